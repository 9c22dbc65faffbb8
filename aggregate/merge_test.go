// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// What says the same is found anew where a topic is of other examples than in the round
// before: of those whose places had moved, some that say something else stood together, and
// of fewer there was none in the last place.
func TestSameStatementsOfOtherExamples(t *testing.T) {
	b := &build{ctx: t.Context(), all: &corpus{k: 2}, same: map[ItemKey]sameness{}}
	var all []mention
	for i := range 8 {
		text := "Travel costs were paid in cash on the day of the meeting."
		if i%2 == 1 {
			text = "Minutes went out in large print a week before."
		}
		b.all.holdings = append(b.all.holdings, []anonymize.Holding{anonymize.Holding(fmt.Sprint("h", i))})
		all = append(all, mention{record: i, text: text})
	}
	for _, round := range []struct {
		reason string
		of     []mention
		sizes  []int // of the whole, and of each that says the same
	}{
		{"all", all, []int{8, 4, 4}},
		{"the same once more", all, []int{8, 4, 4}},
		{"without the first", all[1:], []int{7, 4, 3}},
		{"others than before, as many", slices.Concat(all[:2], all[3:]), []int{7, 4, 3}},
		{"all again", all, []int{8, 4, 4}},
	} {
		groups, err := b.sameStatements("topic/x", round.of)
		require.NoError(t, err)
		var sizes []int
		for n, group := range groups {
			sizes = append(sizes, len(group))
			for _, m := range group {
				require.True(t, n == 0 || m.text == group[0].text, "%s: group %d", round.reason, n)
			}
		}
		require.Equal(t, round.sizes, sizes, round.reason)
	}
}
