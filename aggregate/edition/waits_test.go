// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// How lines are classed does not tell that somebody waits who is in no edition for these
// readers: of twelve newcomers beside fifteen ten were printed, and all twelve where three
// waited, since a collection of thirty is no small one.
func TestClassesDoNotTellWhoWaits(t *testing.T) {
	for _, waiting := range []int{0, 3} {
		var rows []row
		join := func(n int, org model.Code, membersOnly bool) {
			for range n {
				rows = append(rows, row{
					ref: fmt.Sprintf("r%02d", len(rows)), level: model.Anonymous, kind: "ki:engagement-activity", org: org, membersOnly: membersOnly,
					challenges: []model.Code{"ch:tokenism"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:survey"},
				})
			}
		}
		store := &edition.Memory{}
		publish := func(readers model.Audience, k int) (classes []int) {
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: k})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), records(t, readers, rows))
			require.NoError(t, err)
			sizes := map[string]int{}
			for _, line := range linesOf(e) {
				sizes[quasi(line)]++
			}
			return slices.Sorted(maps.Values(sizes))
		}
		join(15, "ot:charity", false)
		publish(model.Everyone, 5)
		join(waiting, "ot:charity", true)
		publish(model.Members, 3)
		for i := 15; i < len(rows); i++ {
			rows[i].membersOnly = false // members know these few: they wait
		}
		join(12, "ot:nhs-acute-trust", false)
		require.Equal(t, []int{10, 15}, publish(model.Everyone, 5), "%d wait", waiting)
	}
}
