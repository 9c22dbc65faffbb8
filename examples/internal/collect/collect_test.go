// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
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

// What the sample says in a row, it says again when it is read from one.
func TestSample_throughCSV(t *testing.T) {
	written, all := 0, 0
	for e, err := range collect.Reader().JSONLines(sample.Collection()) {
		require.NoError(t, err)
		all++
		var file bytes.Buffer
		if model.WriteCSV(&file, func(yield func(model.Example, error) bool) { yield(e, nil) }) != nil {
			continue // it says what the form does not ask, such as a partner's own agreement
		}
		written++
		for again, err := range collect.Reader().CSV(&file) {
			require.NoError(t, err)
			again.Agreements = e.Agreements // uses not granted are left out
			want, err := model.EncodeJSON(e)
			require.NoError(t, err)
			got, err := model.EncodeJSON(again)
			require.NoError(t, err)
			require.True(t, bytes.Equal(want, got), "example %d", all)
		}
	}
	require.Greater(t, 2*written, all, "most of the sample has a row")
}
