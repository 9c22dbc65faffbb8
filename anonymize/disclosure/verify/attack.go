// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// ErrInput says that the publication refers to cells it does not have, or its numbers
// contradict each other.
var ErrInput = errors.New("verify: invalid input")

// Unbounded stands for "no upper limit known".
const Unbounded = min(1<<40, math.MaxInt)

// Range is what can be said of a whole number: Lo <= x <= Hi.
type Range struct{ Lo, Hi int }

// Fixed reports whether only one value is left.
func (r Range) Fixed() bool { return r.Lo == r.Hi }

// Sum relates published cells: the total is the sum of its parts. With Union
// it is the size of the union of the parts, as counts of distinct
// contributors are: at least the largest part, at most the sum.
type Sum struct {
	Total int
	Parts []int
	Union bool
}

// Published is what a reader sees of one or several tables. A cell shown
// exactly has Lo == Hi; one rounded to the nearest 5 lies within 2 of what is
// shown; a hidden one in the range that its marker implies, {0, Unbounded} if
// it implies none. Linked tables share cells; a cell that two editions show
// is one cell, too.
type Published struct {
	Cells []Range
	Sums  []Sum
}

// Effort bounds an attack.
type Effort struct {
	// Steps is the number of partial fills tried in all, 0 meaning 200,000.
	// Beyond it a cell's Inner may stay smaller than its Outer.
	Steps int
}

// Bound is what an attack finds about one cell. Every fill consistent with
// the publication has the cell in Outer; for both ends of Inner a consistent
// fill was found. Where the two agree the attack is exact.
type Bound struct{ Outer, Inner Range }

// Exact reports whether nothing narrower can be found.
func (b Bound) Exact() bool { return b.Outer == b.Inner }

// Attack narrows every cell as far as the publication allows: bounds are
// propagated through the sums and through what follows from them by
// elimination, then each end is confirmed or refuted by searching for a
// consistent fill. For a safety argument trust Inner (it is witnessed), for an
// accusation Outer. ErrInput if the publication contradicts itself. Time per
// step O(size of the sums); deterministic. Safe for concurrent use.
func Attack(ctx context.Context, p Published, effort Effort) ([]Bound, error) {
	s, err := newSystem(p)
	if err != nil {
		return nil, err
	}
	s.steps = effort.Steps
	if s.steps == 0 {
		s.steps = 200_000
	}
	if !s.propagate(s.root, nil) {
		return nil, fmt.Errorf("%w: no fill is consistent with the published numbers", ErrInput)
	}
	s.eliminate()
	if !s.propagate(s.root, nil) {
		return nil, fmt.Errorf("%w: no fill is consistent with the published numbers", ErrInput)
	}
	return s.bounds(ctx)
}

// limit is one constraint: lo <= sum coef*cell <= hi.
type limit struct {
	cell   []int32
	coef   []int64
	lo, hi int64
}

type system struct {
	root   []span
	limits []limit
	uses   [][]int32 // [cell] limits it appears in
	equal  int       // limits[:equal] are the published equalities
	steps  int
	queued []bool
	queue  []int32
}

type span struct{ lo, hi int64 }

func newSystem(p Published) (*system, error) {
	s := &system{root: make([]span, len(p.Cells))}
	for i, c := range p.Cells {
		if c.Lo > c.Hi || c.Lo < -Unbounded || c.Hi > Unbounded {
			return nil, fmt.Errorf("%w: cell %d has an impossible range", ErrInput, i)
		}
		s.root[i] = span{int64(c.Lo), int64(c.Hi)}
	}
	var unions []limit
	for i, sum := range p.Sums {
		seen := map[int]bool{sum.Total: true}
		if sum.Total < 0 || sum.Total >= len(p.Cells) || len(sum.Parts) == 0 || len(sum.Parts) > 1<<20 {
			return nil, fmt.Errorf("%w: sum %d refers to no cell", ErrInput, i)
		}
		l := limit{cell: []int32{int32(sum.Total)}, coef: []int64{-1}}
		for _, c := range sum.Parts {
			if c < 0 || c >= len(p.Cells) || seen[c] {
				return nil, fmt.Errorf("%w: sum %d refers to no cell, or to one twice", ErrInput, i)
			}
			seen[c] = true
			l.cell, l.coef = append(l.cell, int32(c)), append(l.coef, 1)
			if sum.Union {
				unions = append(unions, limit{[]int32{int32(sum.Total), int32(c)}, []int64{1, -1}, 0, far})
			}
		}
		if sum.Union {
			l.hi = far
			unions = append(unions, l)
		} else {
			s.limits = append(s.limits, l)
		}
	}
	s.equal = len(s.limits)
	s.limits = append(s.limits, unions...)
	s.index()
	return s, nil
}

// far is beyond any sum of cells.
const far = int64(1) << 62

func (s *system) index() {
	s.uses = make([][]int32, len(s.root))
	for i, l := range s.limits {
		for _, c := range l.cell {
			s.uses[c] = append(s.uses[c], int32(i))
		}
	}
	s.queued = make([]bool, len(s.limits))
}

// propagate narrows x to a fixpoint of all limits; false if no fill is left.
// With changed, only limits on those cells are looked at first.
func (s *system) propagate(x []span, changed []int32) bool {
	s.queue = s.queue[:0]
	clear(s.queued)
	push := func(i int32) {
		if !s.queued[i] {
			s.queued[i] = true
			s.queue = append(s.queue, i)
		}
	}
	if changed == nil {
		for i := range s.limits {
			push(int32(i))
		}
	}
	for _, c := range changed {
		for _, i := range s.uses[c] {
			push(i)
		}
	}
	// A chain of tiny steps can be long where ranges are wide; what is not
	// narrowed here is left to the search, so a cap is only a loss of speed.
	for work := 0; len(s.queue) > 0 && work < 64*(len(s.limits)+16); work++ {
		i := s.queue[0]
		s.queue = s.queue[1:]
		s.queued[i] = false
		if !s.tightenLimit(x, &s.limits[i], push) {
			return false
		}
	}
	return true
}

func (s *system) tightenLimit(x []span, l *limit, push func(int32)) bool {
	var lo, hi int64
	for j, c := range l.cell {
		a, b := scaled(x[c], l.coef[j])
		lo, hi = lo+a, hi+b
	}
	if lo > l.hi || hi < l.lo {
		return false
	}
	for j, c := range l.cell {
		a, b := scaled(x[c], l.coef[j])
		if a == b {
			continue
		}
		// coef*cell lies between what the others leave.
		least, most := l.lo-(hi-b), l.hi-(lo-a)
		was, now := x[c], x[c]
		k := l.coef[j]
		if k < 0 {
			least, most, k = -most, -least, -k
		}
		now.lo, now.hi = max(now.lo, ceilDiv(least, k)), min(now.hi, floorDiv(most, k))
		if now.lo > now.hi {
			return false
		}
		if now != was {
			x[c] = now
			na, nb := scaled(now, l.coef[j])
			lo, hi = lo+na-a, hi+nb-b
			for _, i := range s.uses[c] {
				push(i)
			}
		}
	}
	return true
}

func scaled(r span, k int64) (lo, hi int64) {
	if k < 0 {
		return r.hi * k, r.lo * k
	}
	return r.lo * k, r.hi * k
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && a < 0 {
		q--
	}
	return q
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }
