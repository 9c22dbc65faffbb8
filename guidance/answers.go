// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"maps"
	"slices"
)

// Answers are the filled slots of a guide.
func (g *Guide) Answers() map[string]Answer {
	out := map[string]Answer{}
	g.slots(func(_ *Section, s *Slot) {
		if s.Answer != "" {
			out[s.ID] = Answer{Text: s.Answer, Basis: s.Basis}
		}
	})
	return out
}

// Conflict is a slot that two people answered differently since the base.
type Conflict struct {
	Slot         string
	Mine, Theirs Answer
}

// MergeAnswers merges two sets of answers that both go back to base: what one
// side changed is taken, what both changed in the same way too. Where they
// differ, mine stays in the result and the slot is a conflict for a person to
// settle. Conflicts are sorted by slot.
func MergeAnswers(base, mine, theirs map[string]Answer) (map[string]Answer, []Conflict) {
	merged := map[string]Answer{}
	ids := map[string]bool{}
	for _, m := range []map[string]Answer{base, mine, theirs} {
		for id := range m {
			ids[id] = true
		}
	}
	var conflicts []Conflict
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		b, m, t := base[id], mine[id], theirs[id]
		take := m
		switch {
		case m.Text == t.Text, t.Text == b.Text:
		case m.Text == b.Text:
			take = t
		default:
			conflicts = append(conflicts, Conflict{Slot: id, Mine: m, Theirs: t})
		}
		if take.Text != "" {
			merged[id] = take
		}
	}
	return merged, conflicts
}
