// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// mostCombined is the number of sets inside another up to which every
// combination of them is taken away from it.
const mostCombined = 8

// reveals reports whether a wide set, published beside narrower ones, shows
// that too few contributors make the difference: beside any of them, and
// beside several together. Of many, these are all of them, those inside the
// wide one, all but one of those, and the first ones up to each.
func (c *corpus) reveals(wide set, narrow []set) bool {
	var inside []set
	for _, n := range narrow {
		if n.in(wide) {
			inside = append(inside, n)
		}
		if c.leavesTooFew(wide, n.has) {
			return true
		}
	}
	if len(narrow) == 0 {
		return false
	}
	all := union(narrow)
	if c.leavesTooFew(wide, all.has) {
		return true
	}
	if len(inside) <= mostCombined {
		return c.combined(wide, inside)
	}
	return c.oneByOne(wide, inside)
}

// leavesTooFew reports whether what a wide set holds beyond what is taken away is
// something, and has fewer contributors than the collection or any of it asks for:
// nobody is left out of a difference for asking for more. The same goes for those of it
// who stand in no release.
func (c *corpus) leavesTooFew(wide set, taken func(i int) bool) bool {
	return c.tooFew(wide, func(i int) bool { return !taken(i) }) ||
		c.hidden && c.tooFew(wide, func(i int) bool { return c.unlisted[i] && !taken(i) })
}

// tooFew reports whether those of a set for whom left holds are some, and have fewer
// contributors than the collection or any of them asks for.
func (c *corpus) tooFew(s set, left func(i int) bool) bool {
	var rest set
	seen := map[anonymize.Holding]bool{}
	for _, i := range s {
		if !left(i) {
			continue
		}
		rest = append(rest, i)
		// Records of a single holding are independent of one another.
		if h := c.holdings[i]; len(h) == 1 {
			if seen[h[0]] = true; len(seen) >= c.strictest {
				return false
			}
		}
	}
	return len(rest) > 0 && !c.enough(rest)
}

// combined tries every combination of a few sets.
func (c *corpus) combined(wide set, sets []set) bool {
	in := make(map[int]int, len(wide))
	for n, s := range sets {
		for _, i := range s {
			in[i] |= 1 << n
		}
	}
	for chosen := 1; chosen < 1<<len(sets); chosen++ {
		if c.leavesTooFew(wide, func(i int) bool { return in[i]&chosen != 0 }) {
			return true
		}
	}
	return false
}

// oneByOne tries all sets but one, and the first up to each.
func (c *corpus) oneByOne(wide set, sets []set) bool {
	in, first := make(map[int]int, len(wide)), make(map[int]int, len(wide))
	for n, s := range sets {
		for _, i := range s {
			if in[i]++; in[i] == 1 {
				first[i] = n
			}
		}
	}
	for n, s := range sets {
		if c.leavesTooFew(wide, func(i int) bool { return in[i] > 1 || in[i] == 1 && !s.has(i) }) ||
			c.leavesTooFew(wide, func(i int) bool { return in[i] > 0 && first[i] <= n }) {
			return true
		}
	}
	return false
}

// leavesFew reports whether outer holds inner and a rest that is too small to be
// published.
func (c *corpus) leavesFew(outer, inner set) bool {
	return inner.in(outer) && c.leavesTooFew(outer, inner.has)
}

func union(sets []set) set {
	out := slices.Concat(sets...)
	slices.Sort(out)
	return slices.Compact(out)
}
