// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"context"
	"fmt"
	"slices"
)

// maxCoef bounds the coefficients that elimination may produce; beyond it a
// derived row is dropped, which costs strength and never soundness.
const maxCoef = 1 << 10

// maxConst bounds the constants of derived rows in the same way.
const maxConst = 1 << 50

// maxEliminate bounds the number of equalities that elimination works on.
const maxEliminate = 400

// eliminate adds what follows from the equalities taken together: their
// reduced row echelon form over the cells still open. Bounds propagated
// through single sums miss what only two sums together give away.
func (s *system) eliminate() {
	if s.equal == 0 || s.equal > maxEliminate {
		return
	}
	type row struct {
		coef map[int32]int64
		b    int64
	}
	var rows []row
	for _, l := range s.limits[:s.equal] {
		r := row{map[int32]int64{}, l.lo}
		for j, c := range l.cell {
			if v := s.root[c]; v.lo == v.hi {
				r.b -= l.coef[j] * v.lo
			} else {
				r.coef[c] += l.coef[j]
			}
		}
		if len(r.coef) > 0 {
			rows = append(rows, r)
		}
	}
	open := map[int32]bool{}
	for _, r := range rows {
		for c := range r.coef {
			open[c] = true
		}
	}
	cells := make([]int32, 0, len(open))
	for c := range open {
		cells = append(cells, c)
	}
	slices.Sort(cells)
	at := 0
	for _, c := range cells {
		p := slices.IndexFunc(rows[at:], func(r row) bool { return r.coef[c] != 0 })
		if p < 0 {
			continue
		}
		rows[at], rows[at+p] = rows[at+p], rows[at]
		pivot := rows[at]
		for i, r := range rows {
			k := r.coef[c]
			if i == at || k == 0 {
				continue
			}
			f, g := pivot.coef[c], k
			d := gcd(f, g)
			f, g = f/d, g/d
			next := row{map[int32]int64{}, f*r.b - g*pivot.b}
			for c, v := range r.coef {
				next.coef[c] += f * v
			}
			for c, v := range pivot.coef {
				next.coef[c] -= g * v
			}
			norm := next.b
			for c, v := range next.coef {
				if v == 0 {
					delete(next.coef, c)
				}
				norm = gcd(norm, v)
			}
			ok := true
			for c := range next.coef {
				next.coef[c] /= norm
				ok = ok && max(next.coef[c], -next.coef[c]) <= maxCoef
			}
			if norm != 0 {
				next.b /= norm
			}
			if ok && max(next.b, -next.b) <= maxConst {
				rows[i] = next
			}
		}
		if at++; at == len(rows) {
			break
		}
	}
	for _, r := range rows {
		l := limit{lo: r.b, hi: r.b}
		for _, c := range cells {
			if k := r.coef[c]; k != 0 {
				l.cell, l.coef = append(l.cell, c), append(l.coef, k)
			}
		}
		if len(l.cell) > 0 && len(l.cell) <= 1<<10 {
			s.limits = append(s.limits, l)
		}
	}
	s.index()
}

func gcd(a, b int64) int64 {
	a, b = max(a, -a), max(b, -b)
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// bounds confirms or refutes the ends of every open cell.
func (s *system) bounds(ctx context.Context) ([]Bound, error) {
	out := make([]Bound, len(s.root))
	inner := make([]span, len(s.root))
	for c := range inner {
		inner[c] = span{far, -far}
	}
	// note widens what is witnessed by a fill.
	note := func(fill []span) {
		for c, v := range fill {
			inner[c] = span{min(inner[c].lo, v.lo), max(inner[c].hi, v.lo)}
		}
	}
	if len(s.root) == 0 {
		return out, nil
	}
	budget := s.steps
	first, known := s.fill(ctx, slices.Clone(s.root), &budget, 0)
	if known && first == nil {
		return nil, fmt.Errorf("%w: no fill is consistent with the published numbers", ErrInput)
	}
	if first != nil {
		note(first)
	}
	open := 0
	for _, v := range s.root {
		if v.lo < v.hi {
			open++
		}
	}
	for c := range s.root {
		if s.root[c].lo == s.root[c].hi || inner[c].lo > inner[c].hi {
			continue
		}
		share := max(budget/(2*open), 1) // a fair part for each end
		open = max(open-1, 1)
		for _, end := range []int{0, 1} {
			left := share
			if err := s.end(ctx, c, end == 0, inner, note, &left); err != nil {
				return nil, err
			}
			budget -= share - left
		}
	}
	for c, v := range s.root {
		out[c].Outer = Range{int(v.lo), int(v.hi)}
		out[c].Inner = Range{int(inner[c].lo), int(inner[c].hi)}
		if inner[c].lo > inner[c].hi { // nothing witnessed: an empty range
			out[c].Inner = Range{Lo: out[c].Outer.Hi + 1, Hi: out[c].Outer.Lo - 1}
		}
		if v.lo == v.hi {
			out[c].Inner = out[c].Outer
		}
	}
	return out, ctx.Err()
}

// end moves the lower (or upper) end of a cell's outer range and that of its
// inner range towards each other by halving.
func (s *system) end(ctx context.Context, c int, lower bool, inner []span, note func([]span), budget *int) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		try := slices.Clone(s.root)
		outer := s.root[c]
		if lower {
			if outer.lo >= inner[c].lo {
				return nil
			}
			try[c].hi = outer.lo + (inner[c].lo-outer.lo-1)/2
		} else {
			if outer.hi <= inner[c].hi {
				return nil
			}
			try[c].lo = outer.hi - (outer.hi-inner[c].hi-1)/2
		}
		fill, known := s.fill(ctx, try, budget, c)
		switch {
		case fill != nil:
			note(fill)
		case !known:
			return nil
		case lower: // the half tried is refuted
			s.root[c].lo = outer.lo + (inner[c].lo-outer.lo-1)/2 + 1
		default:
			s.root[c].hi = outer.hi - (outer.hi-inner[c].hi-1)/2 - 1
		}
	}
}

// fill looks for one consistent fill within x, which it may change. known is
// false if the budget ended first. The cell named is settled first.
func (s *system) fill(ctx context.Context, x []span, budget *int, first int) (found []span, known bool) {
	if !s.propagate(x, nil) {
		return nil, true
	}
	return s.descend(ctx, x, budget, int32(first))
}

// consistent checks a complete fill against every limit.
func (s *system) consistent(x []span) bool {
	for _, l := range s.limits {
		sum := int64(0)
		for j, c := range l.cell {
			sum += l.coef[j] * x[c].lo
		}
		if sum < l.lo || sum > l.hi {
			return false
		}
	}
	return true
}

func (s *system) descend(ctx context.Context, x []span, budget *int, c int32) ([]span, bool) {
	if *budget--; *budget < 0 || ctx.Err() != nil {
		return nil, false
	}
	if x[c].lo == x[c].hi {
		c = -1
		for i, v := range x {
			if v.lo < v.hi && len(s.uses[i]) > 0 && (c < 0 || v.hi-v.lo < x[c].hi-x[c].lo) {
				c = int32(i)
			}
		}
		if c < 0 {
			for i := range x { // cells in no sum are free
				x[i].hi = x[i].lo
			}
			if !s.consistent(x) {
				return nil, true
			}
			return x, true
		}
	}
	mid := x[c].lo + (x[c].hi-x[c].lo)/2
	known := true
	for _, half := range []span{{x[c].lo, mid}, {mid + 1, x[c].hi}} {
		y := slices.Clone(x)
		y[c] = half
		if !s.propagate(y, []int32{c}) {
			continue
		}
		got, ok := s.descend(ctx, y, budget, c)
		if got != nil {
			return got, true
		}
		known = known && ok
		if *budget < 0 {
			return nil, false
		}
	}
	return nil, known
}
