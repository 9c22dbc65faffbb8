// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

// numbered counts examples by code.
func numbered(counts []aggregate.Count) map[model.Code]int {
	out := map[model.Code]int{}
	for _, k := range counts {
		out[k.Code] = k.Examples
	}
	return out
}

// Who did a step is told by person where enough say so, and by group where that
// does not show how few of the group are left.
func TestSides(t *testing.T) {
	for _, row := range []struct {
		name, reason     string
		patients, carers int
		actors, sides    map[model.Code]int
	}{
		{"neither", "four in all", 2, 2, map[model.Code]int{}, map[model.Code]int{}},
		{"the group only", "three of each are six", 3, 3, map[model.Code]int{}, map[model.Code]int{"st:patients-and-carers": 6}},
		{"one of them", "the group less the patients would show two carers", 6, 2, map[model.Code]int{"st:patient": 6}, map[model.Code]int{}},
		{"both", "none is left, and all but one did it: 8 is what that leaves to tell", 6, 5, map[model.Code]int{"st:patient": 6, "st:carer-or-family": 5}, map[model.Code]int{"st:patients-and-carers": 8}},
		{"a third", "the group less patients and carers would show one parent", 6, 5, map[model.Code]int{"st:patient": 6, "st:carer-or-family": 5}, map[model.Code]int{}},
		{"all the same", "the group is the patients", 6, 0, map[model.Code]int{"st:patient": 6}, map[model.Code]int{"st:patients-and-carers": 6}},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := several(12, topic)
			for i := range row.patients {
				all[i].actor = "st:patient"
			}
			for i := range row.carers {
				all[row.patients+i].actor = "st:carer-or-family"
			}
			if row.name == "a third" {
				all[11].actor = "st:parent-or-guardian"
			}
			c := build(t, records(t, all...), 5)
			s := statement(c.Topics[0].Statements, "step.me-outreach")
			require.Equal(t, row.actors, numbered(s.Actors), row.reason)
			require.Equal(t, row.sides, numbered(s.Sides), row.reason)
		})
	}
}

func TestMonthsAreSpansOfEnoughContributors(t *testing.T) {
	all := several(14, topic)
	for i, month := range []int{1, 2, 3, 3, 1, 4, 5, 6, 6, 12, 7, 13, 30} {
		all[i].month = month
	}
	c := build(t, records(t, all...), 3)
	s := statement(c.Topics[0].Statements, "step.me-outreach")
	require.Equal(t, map[model.Code]int{"1-3": 5, "4-6": 4}, numbered(s.Months), "two in months 7 to 12, two later, one untold")
	require.Equal(t, 14, s.Months[0].Of)
}

// Who defined success is told by group, and whether it was reached.
func TestCriteriaByGroup(t *testing.T) {
	all := several(9, topic)
	for i, who := range []model.Code{"st:patient", "st:carer-or-family", "st:parent-or-guardian", "st:patient", "st:patient", "st:nurse", "st:doctor"} {
		all[i].definedBy = who
	}
	c := build(t, records(t, all...), 5)
	require.Equal(t, map[model.Code]int{"st:patients-and-carers": 5}, numbered(c.Topics[0].CriteriaBy), "two professionals are too few")
	require.Equal(t, map[model.Code]int{"partly": 5}, numbered(c.Topics[0].CriteriaMet), "7 of 9 are almost all")
	require.True(t, c.Topics[0].CriteriaMet[0].AlmostAll)
	require.True(t, slices.ContainsFunc(c.Topics[0].Statements, func(s aggregate.Statement) bool { return s.ID == "criterion.sn-answers" }))
}
