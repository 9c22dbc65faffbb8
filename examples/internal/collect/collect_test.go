// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Every preferred label finds its concept, so that a form's answer is read as
// the option that was chosen.
func TestLabel(t *testing.T) {
	n := 0
	set := vocabulary.Default()
	for _, scheme := range set.Schemes() {
		for c := range scheme.Concepts() {
			code, ok := collect.Label(scheme.Prefix(), " "+c.PrefLabel("en-GB")+" *")
			require.True(t, ok, c.ID())
			require.Equal(t, model.Code(c.ID()), code)
			require.True(t, collect.Known(code))
			n++
		}
	}
	require.Greater(t, n, 100)
	_, ok := collect.Label("ki", "no such label")
	require.False(t, ok)
	require.False(t, collect.Known("ki:no-such"))
}
