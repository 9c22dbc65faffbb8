// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
)

// Which cells of a merged table are empty is not told by those that are not: every
// other cell of the rows and columns shown is hidden, and none stands twice.
func TestCellsThatAreNotPrintedAreHidden(t *testing.T) {
	cells := []aggregate.Cell{
		{Challenge: "ch:a", Objective: "ob:x", Examples: 5}, {Challenge: "ch:b", Objective: "ob:y", Examples: 6},
	}
	g := &gate{now: map[aggregate.ItemKey]aggregate.Item{}, choices: map[aggregate.ItemKey]choice{}}
	for _, x := range cells {
		g.now[x.Key()], g.choices[x.Key()] = aggregate.Item{Key: x.Key()}, fresh
	}
	require.Equal(t, []aggregate.Cell{
		cells[0], {Challenge: "ch:a", Objective: "ob:y", Hidden: true}, {Challenge: "ch:b", Objective: "ob:x", Hidden: true}, cells[1],
	}, g.crosstab(aggregate.Crosstab{Cells: cells}, aggregate.Crosstab{}).Cells)
	g.choices[cells[1].Key()] = left
	require.Equal(t, cells[:1], g.crosstab(aggregate.Crosstab{Cells: cells}, aggregate.Crosstab{}).Cells)
}

// A total and a cell of its code tell of the same examples; a total of another code
// does not.
func TestWhoIsCountedUnderTwoKeys(t *testing.T) {
	total := aggregate.AllItems.Count("challenge", "ch:a")
	cell := aggregate.Cell{Challenge: "ch:a", Objective: "ob:x"}.Key()
	codes, what := total.Population()
	of, also := cell.Population()
	require.Equal(t, what, also)
	require.True(t, aggregate.Akin(codes, of, nil))
	other, _ := aggregate.AllItems.Count("challenge", "ch:b").Population()
	require.False(t, aggregate.Akin(other, of, nil))
}
