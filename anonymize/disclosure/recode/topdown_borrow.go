// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"cmp"
	"math"
	"slices"
)

// stands reports whether the records may form a class of their own.
func (s *splitter) stands(records []int32) bool {
	need := s.e.mostAsked(records)
	return s.e.reaches(records, need, int(need)) && s.con.holds(records)
}

// standsWith reports whether the records may form a class together with r.
func (s *splitter) standsWith(records []int32, r int32) bool {
	s.with = append(append(s.with[:0], records...), r)
	return s.stands(s.with)
}

// borrow moves records from children that hold more holdings than they need to
// a remainder that holds too few: those first that coarsen the remainder least,
// one record a holding, and none that asks for more than the remainder must
// offer anyway. Children still stand afterwards; the remainder may not.
func (s *splitter) borrow(rest []int32, children [][]int32) ([]int32, [][]int32) {
	e := s.e
	need := e.mostAsked(rest)
	lack := int(need) - e.countUpTo(rest, need)
	if lack <= 0 { // short of diversity, not of holdings: whole children help
		return rest, children
	}
	known := map[int32]bool{}
	for _, r := range rest {
		for _, h := range e.holdersOf(r) {
			known[h] = true
		}
	}
	offers, spare := e.offers(rest, children, need)
	leaving := make(map[int32]bool, lack)
	took := make([][]int32, len(children))
	for _, o := range offers {
		if lack == 0 {
			break
		}
		own := e.holdersOf(o.record)
		if spare[o.child] == 0 || slices.ContainsFunc(own, func(h int32) bool { return known[h] }) {
			continue
		}
		for _, h := range own {
			known[h] = true
		}
		leaving[o.record] = true
		took[o.child] = append(took[o.child], o.record)
		spare[o.child]--
		lack--
	}
	for i, t := range took {
		if len(t) == 0 {
			continue
		}
		stay := slices.DeleteFunc(slices.Clone(children[i]), func(r int32) bool { return leaving[r] })
		if s.stands(stay) {
			children[i] = stay
			rest = append(rest, t...)
		}
	}
	return rest, children
}

// mostAsked is the most that one of the records asks for.
func (e *encoded) mostAsked(records []int32) (most int32) {
	for _, r := range records {
		most = max(most, e.k[r])
	}
	return most
}

// An offer is a record that a child could do without.
type offer struct {
	record int32
	child  int
	cost   float64 // what the remainder loses by it
}

// offers are the records that children could do without, the cheapest first, and how many
// holdings each child could. None asks for more than need.
func (e *encoded) offers(rest []int32, children [][]int32, need int32) (offers []offer, spare []int) {
	spare = make([]int, len(children))
	level := e.common(rest)
	for i, m := range children {
		most := e.mostAsked(m)
		if spare[i] = e.countUpTo(m, most) - int(most); spare[i] <= 0 {
			continue
		}
		for _, r := range m {
			if e.k[r] <= need {
				offers = append(offers, offer{r, i, e.joinCost(rest[0], level, r, math.Inf(1))})
			}
		}
	}
	slices.SortStableFunc(offers, func(a, b offer) int { return cmp.Compare(a.cost, b.cost) })
	return offers, spare
}

// common gives, for each column, the lowest level at which records agree.
func (e *encoded) common(records []int32) []int {
	p := part{records: records, level: make([]int, len(e.leaf))}
	for c := range p.level {
		for !e.agree(records, c, p.level[c]) {
			p.level[c]++
		}
	}
	return p.level
}

// joinCost is how much coarser one record would make the label of a set whose
// common levels are given and of which first is a member. It counts no further than
// enough.
func (e *encoded) joinCost(first int32, level []int, r int32, enough float64) float64 {
	sum := 0.0
	for c, l := range level {
		up, x, y := e.up[c], e.leaf[c][r], e.leaf[c][first]
		to := l
		for up[to][x] != up[to][y] {
			to++
		}
		if to == l {
			continue
		}
		if sum += e.penalty(c, to, first) - e.penalty(c, l, first); sum >= enough {
			break
		}
	}
	return sum
}

// holdersOf lists the holdings of a record.
func (e *encoded) holdersOf(r int32) []int32 {
	switch {
	case e.many != nil:
		return e.many[r]
	case e.holding != nil:
		return e.holding[r : r+1]
	}
	return []int32{r}
}

// sort puts records back into canonical order.
func (s *splitter) sort(records []int32) {
	if s.place == nil {
		s.place = make([]int32, s.e.n)
		for i, r := range s.order {
			s.place[r] = int32(i)
		}
	}
	slices.SortFunc(records, func(a, b int32) int { return int(s.place[a]) - int(s.place[b]) })
}
