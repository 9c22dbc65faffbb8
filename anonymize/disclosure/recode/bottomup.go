// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// maxBottomUp bounds bottomUp, whose time grows with the square.
const maxBottomUp = 5000

// bottomUp recodes bottom-up: it grows one class after another around the
// record that asks for most, always by the record that coarsens the class
// least, until the class stands (in the manner of k-member clustering, Byun et
// al. 2007, over holdings). Records left over join the class they coarsen
// least. It promises what topDown promises and is meant for small tables, where
// every split counts: time O(n^2 * attributes), at most maxBottomUp.
func bottomUp(ctx context.Context, t *Table, cfg Config) (*Recoding, error) {
	if t.Len() > maxBottomUp {
		return nil, fmt.Errorf("%w: more than %d records; use TopDown", ErrBound, maxBottomUp)
	}
	e, con, in, err := prepare(ctx, t, cfg)
	if err != nil {
		return nil, err
	}
	done, err := (&splitter{e: e, con: con, order: in}).cluster(ctx)
	if err != nil {
		return nil, err
	}
	return e.checked(done, con)
}

// cluster is the work of bottomUp.
func (s *splitter) cluster(ctx context.Context) ([]part, error) {
	e, in := s.e, s.order
	// The strictest first: whoever asks for most chooses among most.
	open := slices.Clone(in)
	slices.SortStableFunc(open, func(a, b int32) int { return int(e.k[b]) - int(e.k[a]) })
	var done []part
	last := open[0]
	for len(open) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		seed := farthest(e, last, open)
		grown, rest, ok := s.grow(seed, open)
		if !ok {
			break
		}
		done, open, last = append(done, grown), rest, seed
	}
	if len(done) == 0 {
		done, open = []part{{records: open, level: e.common(open)}}, nil
	}
	for _, r := range open {
		s.join(done, r)
	}
	return s.settle(done), nil
}

// farthest is the record most unlike the given one among those that ask for
// most.
func farthest(e *encoded, from int32, open []int32) int32 {
	level := make([]int, len(e.leaf))
	best, far := open[0], -1.0
	for _, r := range open {
		if e.k[r] < e.k[open[0]] {
			break
		}
		if d := e.joinCost(from, level, r, math.Inf(1)); d > far {
			best, far = r, d
		}
	}
	return best
}

// grow builds a class around the seed; ok is false if the open records do not
// suffice.
func (s *splitter) grow(seed int32, open []int32) (grown part, rest []int32, ok bool) {
	e := s.e
	grown = part{records: []int32{seed}, level: make([]int, len(e.leaf))}
	known := map[int32]bool{}
	for _, h := range e.holdersOf(seed) {
		known[h] = true
	}
	rest = slices.DeleteFunc(slices.Clone(open), func(r int32) bool { return r == seed })
	for !s.stands(grown.records) {
		at, best := -1, math.Inf(1)
		for i, r := range rest {
			cost := e.joinCost(seed, grown.level, r, best)
			if cost >= best {
				continue
			}
			// A record of a holding already counted does not help.
			if slices.ContainsFunc(e.holdersOf(r), func(h int32) bool { return known[h] }) {
				cost += float64(len(e.leaf))
			}
			if cost < best {
				at, best = i, cost
			}
		}
		if at < 0 {
			return part{}, open, false
		}
		r := rest[at]
		rest = slices.Delete(rest, at, at+1)
		for _, h := range e.holdersOf(r) {
			known[h] = true
		}
		s.add(&grown, r)
	}
	return grown, rest, true
}

// add puts a record into a part and raises its levels to fit.
func (s *splitter) add(p *part, r int32) {
	e := s.e
	for c := range p.level {
		for e.up[c][p.level[c]][e.leaf[c][r]] != e.up[c][p.level[c]][e.leaf[c][p.records[0]]] {
			p.level[c]++
		}
	}
	p.records = append(p.records, r)
}

// join puts a left-over record into the class it coarsens least, its own need
// included.
func (s *splitter) join(parts []part, r int32) {
	e := s.e
	best, least := -1, 0.0
	for i := range parts {
		p := &parts[i]
		cost := float64(e.joinCost(p.records[0], p.level, r, math.Inf(1)) * float64(len(p.records)))
		for c, l := range p.level {
			to := l
			for e.up[c][to][e.leaf[c][r]] != e.up[c][to][e.leaf[c][p.records[0]]] {
				to++
			}
			cost += e.penalty(c, to, r)
		}
		if !s.standsWith(p.records, r) {
			continue
		}
		if best < 0 || cost < least {
			best, least = i, cost
		}
	}
	if best < 0 { // nobody can take it as they are: settle will join classes
		parts[0].records = append(parts[0].records, r)
		parts[0].level = e.common(parts[0].records)
		return
	}
	s.add(&parts[best], r)
}

// settle joins classes that do not stand with others until all do; the whole
// table stands, so this ends. Parts that come to read alike are joined by
// recoding, which a class that stands survives.
func (s *splitter) settle(parts []part) []part {
	for {
		i := slices.IndexFunc(parts, func(p part) bool { return !s.stands(p.records) })
		if i < 0 || len(parts) == 1 {
			return parts
		}
		j := (i + 1) % len(parts)
		parts[j].records = append(parts[j].records, parts[i].records...)
		parts[j].level = s.e.common(parts[j].records)
		parts = slices.Delete(parts, i, i+1)
	}
}
