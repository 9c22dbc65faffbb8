// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What enough contributors wrote and nobody has coded is proposed as a group; what has
// a code is not, and what too few wrote neither.
func TestProposedAreOfWhatNobodyCoded(t *testing.T) {
	wrote := told{challenge: "ch:jargon", wrote: "the small print of our leaflets"}
	for _, row := range []struct {
		reason    string
		n         int
		suggested bool
		want      int
	}{
		{"nobody coded it", 6, true, 1},
		{"coded", 6, false, 0},
		{"too few", 4, true, 0},
	} {
		x := wrote
		x.suggested = row.suggested
		c := build(t, records(t, several(row.n, x)...), 5)
		require.Len(t, c.Proposed, row.want, row.reason)
		for _, p := range c.Proposed {
			require.Equal(t, "challenge", p.Facet)
			require.GreaterOrEqual(t, p.Contributors, 5)
			require.LessOrEqual(t, p.Contributors, row.n)
		}
	}
}
