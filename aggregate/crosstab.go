// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/model"
)

// crosstab counts the countable examples by accepted challenge and objective.
func (b *build) crosstab() Crosstab {
	sets := map[pair]set{}
	rows, columns := map[model.Code]bool{}, map[model.Code]bool{}
	for _, i := range b.countable {
		for _, c := range challengeCodes(b.all.content[i]) {
			for _, o := range objectiveCodes(b.all.content[i]) {
				sets[pair{c, o}] = append(sets[pair{c, o}], i)
			}
		}
	}
	// A cell has no room for a bound.
	almostAll := func(s set) bool { return b.all.support(s, b.countable).AlmostAll }
	var t Crosstab
	for _, p := range keys(sets) {
		key := Cell{Challenge: p.challenge, Objective: p.objective}.Key()
		if s := b.gate.admit(question{key: key, of: sets[p], line: b.told(p), part: true, unless: almostAll}); s != nil {
			rows[p.challenge], columns[p.objective] = true, true
			t.Cells = append(t.Cells, Cell{Challenge: p.challenge, Objective: p.objective, Examples: len(s)})
		}
	}
	t.Challenges, t.Objectives = sortedKeys(rows), sortedKeys(columns)
	// Every other cell of the rows and columns shown is hidden, an empty one
	// too: which cells are empty would be told by those that are not.
	for _, c := range t.Challenges {
		for _, o := range t.Objectives {
			if !slices.ContainsFunc(t.Cells, func(cell Cell) bool { return cell.Challenge == c && cell.Objective == o }) {
				t.Cells = append(t.Cells, Cell{Challenge: c, Objective: o, Hidden: true})
			}
		}
	}
	slices.SortFunc(t.Cells, func(x, y Cell) int {
		return cmp.Or(cmp.Compare(x.Challenge, y.Challenge), cmp.Compare(x.Objective, y.Objective))
	})
	return t
}

func sortedKeys[T any](m map[model.Code]T) []model.Code {
	var out []model.Code
	for code := range m {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}
