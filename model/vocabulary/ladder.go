// SPDX-License-Identifier: Apache-2.0

package vocabulary

import "slices"

// IsGroup reports whether the concept exists to generalise others and is not
// meant to be chosen in a form: "health service body".
func (c *Concept) IsGroup() bool { return c.Notation("group") == "true" }

// Ladder returns the generalisations of id from itself upwards, nearest
// first: each step has the concepts that lie so many times broader away,
// sorted; no concept stands twice. Nil for an unknown id.
func (s *Set) Ladder(id string) [][]string {
	c, ok := s.byID[id]
	if !ok {
		return nil
	}
	seen := map[string]bool{id: true}
	steps := [][]string{{id}}
	for level := c.Broader(); len(level) > 0; {
		var step, next []string
		for _, up := range level {
			if !seen[up] {
				seen[up] = true
				step = append(step, up)
				next = append(next, s.byID[up].broader...)
			}
		}
		if len(step) > 0 {
			steps = append(steps, step)
		}
		level = tidy(next)
	}
	return steps
}

// Generalise returns the single concept that lies up times broader above id,
// or the top where the ladder is shorter. It returns false for an unknown id
// and where a step has several concepts, which no hierarchy can use.
func (s *Set) Generalise(id string, up int) (string, bool) {
	if _, ok := s.byID[id]; !ok || up < 0 {
		return "", false
	}
	passed := append(make([]string, 0, 8), id)
	for range up {
		next := ""
		for _, above := range s.byID[id].broader {
			switch {
			case slices.Contains(passed, above), above == next:
			case next != "":
				return "", false
			default:
				next = above
			}
		}
		if next == "" {
			break
		}
		passed, id = append(passed, next), next
	}
	return id, true
}

// IsA reports whether id is the concept ancestor or lies below it.
func (s *Set) IsA(id, ancestor string) bool {
	for _, step := range s.Ladder(id) {
		if slices.Contains(step, ancestor) {
			return true
		}
	}
	return false
}

// Band returns the concept of the scheme whose bounds include n: people in
// peopleSizeScheme, whole pounds sterling in MoneyBand, a year in yearBandScheme. Where
// bands overlap, the one of the lowest rank.
func (s *Scheme) Band(n int64) (*Concept, bool) {
	for c := range s.Concepts() {
		if low, high, ok := c.Bounds(); ok && low <= n && n <= high {
			return c, true
		}
	}
	return nil, false
}

// AtLeast reports whether id ranks as high as floor or higher in the scheme,
// such as an evidence design of "before-after" or stronger. An unranked or
// unknown id does not.
func (s *Scheme) AtLeast(id, floor string) bool {
	a, okA := s.Concept(id)
	b, okB := s.Concept(floor)
	if !okA || !okB {
		return false
	}
	x, okX := a.Rank()
	y, okY := b.Rank()
	return okX && okY && x >= y
}
