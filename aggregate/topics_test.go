// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Measured is what compares: before and after, or a stronger design; of each design
// there is, this is as strong as it or it is not.
func TestMeasured(t *testing.T) {
	v := vocabulary.Default()
	designs := v.Scheme(vocabulary.EvidenceDesign)
	least, ok := designs.Concept("before-after")
	require.True(t, ok)
	seen := map[bool]int{}
	for c := range designs.Concepts() {
		want := designs.AtLeast(c.ID(), least.ID())
		require.Equal(t, want, measured(v, model.Code(c.ID())), c.ID())
		seen[want]++
	}
	require.Greater(t, seen[true], 1)
	require.Greater(t, seen[false], 1)
	require.True(t, measured(v, model.Code(least.ID())), "itself")
	require.False(t, measured(v, ""))
	require.False(t, measured(v, "ed:guess-work"))
}
