// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"context"
	"slices"
)

// maxPolished bounds the tables that Recode polishes.
const maxPolished = 2000

// Recode recodes as well as it can: the better of topDown and, where the table is
// small enough, bottomUp, up to maxPolished both improved by moving single
// records. It promises what they promise.
func Recode(ctx context.Context, t *Table, cfg Config) (*Recoding, error) {
	if t.Len() > maxBottomUp {
		return topDown(ctx, t, cfg)
	}
	e, con, in, err := prepare(ctx, t, cfg)
	if err != nil {
		return nil, err
	}
	s := &splitter{e: e, con: con, order: in}
	var best *Recoding
	for _, run := range []func(context.Context) ([]part, error){s.local, s.cluster} {
		parts, err := run(ctx)
		if err != nil {
			return nil, err
		}
		if len(in) <= maxPolished {
			if parts, err = s.polish(ctx, parts); err != nil {
				return nil, err
			}
		}
		r, err := e.checked(parts, con)
		if err != nil {
			return nil, err
		}
		if best == nil || r.Loss < best.Loss {
			best = r
		}
	}
	return best, nil
}

// polish improves classes that stand: it moves records between them, one at a
// time or in exchange, wherever that lowers the total penalty and both classes
// still stand, splits classes that have come to allow it, and dissolves those
// whose records all fare better elsewhere. Each step lowers the total, so it
// ends; passes are bounded all the same.
func (s *splitter) polish(ctx context.Context, parts []part) ([]part, error) {
	const passes = 12
	for range passes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		moved := s.moveAll(parts)
		swapped := len(s.order) <= maxSwapRecords && s.swapAll(parts)
		var divided, dissolved bool
		parts, divided = s.divide(parts)
		parts, dissolved = s.dissolve(parts)
		if !moved && !swapped && !divided && !dissolved {
			break
		}
	}
	return parts, nil
}

// divide splits classes again that have come to allow it.
func (s *splitter) divide(parts []part) ([]part, bool) {
	var out []part
	changed := false
	for _, p := range parts {
		s.sort(p.records)
		q := part{records: p.records, level: slices.Clone(p.level)}
		split := s.split(q)
		now := 0.0
		for i := range split {
			s.e.tighten(&split[i])
			now += s.cost(split[i])
		}
		if split == nil || now > s.cost(p)-gainful {
			out = append(out, p)
			continue
		}
		out, changed = append(out, split...), true
	}
	return out, changed
}

// maxSwapRecords bounds the tables in which records are exchanged, pair by pair.
const maxSwapRecords = 400

// swapAll exchanges two records of different classes wherever that lowers the
// total and both classes still stand.
func (s *splitter) swapAll(parts []part) bool {
	changed := false
	for a := range parts {
		for b := a + 1; b < len(parts); b++ {
			for i := 0; i < len(parts[a].records); i++ {
				for j := 0; j < len(parts[b].records); j++ {
					changed = s.swap(&parts[a], &parts[b], i, j) || changed
				}
			}
		}
	}
	return changed
}

func (s *splitter) swap(a, b *part, i, j int) bool {
	exchange := func(p *part, at int, with int32) part {
		q := part{records: slices.Clone(p.records)}
		q.records[at] = with
		q.level = s.e.common(q.records)
		return q
	}
	x, y := exchange(a, i, b.records[j]), exchange(b, j, a.records[i])
	if s.cost(x)+s.cost(y) > s.cost(*a)+s.cost(*b)-gainful || !s.stands(x.records) || !s.stands(y.records) {
		return false
	}
	*a, *b = x, y
	return true
}

// gainful is the least improvement worth a step; it keeps rounding from
// turning steps in circles.
const gainful = 1e-9

func (s *splitter) moveAll(parts []part) bool {
	changed := false
	for a := range parts {
		for _, r := range slices.Clone(parts[a].records) {
			if len(parts[a].records) < 2 {
				break
			}
			changed = s.move(parts, a, r) || changed
		}
	}
	return changed
}

// move puts one record of part a where it lowers the total most.
func (s *splitter) move(parts []part, a int, r int32) bool {
	from := parts[a]
	s.rest = append(s.rest[:0], from.records...)
	rest := part{records: slices.DeleteFunc(s.rest, func(x int32) bool { return x == r })}
	rest.level = s.e.common(rest.records)
	saved := s.cost(from) - s.cost(rest)
	best, target, checked := gainful, -1, false
	for b := range parts {
		if b == a {
			continue
		}
		gain := saved - s.added(parts[b], r, saved-best)
		if gain <= best {
			continue
		}
		// What is left must stand too; asked here, where there is something to gain.
		if !checked {
			if !s.stands(rest.records) {
				return false
			}
			checked = true
		}
		if s.standsWith(parts[b].records, r) {
			best, target = gain, b
		}
	}
	if target < 0 {
		return false
	}
	rest.records = slices.Clone(rest.records)
	parts[a] = rest
	s.put(&parts[target], r)
	return true
}

// put adds a record without sharing memory with what the part was before.
func (s *splitter) put(p *part, r int32) {
	p.records, p.level = slices.Clone(p.records), slices.Clone(p.level)
	s.add(p, r)
}

// added returns by how much the cost of part p grows if record r joins it: the penalty
// of r itself and of the coarser cells of the records already there. It counts no
// further than enough.
func (s *splitter) added(p part, r int32, enough float64) float64 {
	e := s.e
	first := p.records[0]
	sum := 0.0
	for c, l := range p.level {
		up, x, y := e.up[c], e.leaf[c][r], e.leaf[c][first]
		to := l
		for up[to][x] != up[to][y] {
			to++
		}
		grown := e.penalty(c, to, first)
		if to != l {
			grown += float64((grown - e.penalty(c, l, first)) * float64(len(p.records)))
		}
		if sum += grown; sum > enough {
			break
		}
	}
	return sum
}

// dissolve spreads the records of one class after the other over the rest,
// where that lowers the total.
func (s *splitter) dissolve(parts []part) ([]part, bool) {
	changed := false
	for a := 0; a < len(parts) && len(parts) > 1; a++ {
		trial := slices.Delete(slices.Clone(parts), a, a+1)
		left, ok := s.cost(parts[a]), true
		for _, r := range parts[a].records {
			target, least := -1, left
			for b := range trial {
				if cost := s.added(trial[b], r, least); cost < least && s.standsWith(trial[b].records, r) {
					target, least = b, cost
				}
			}
			if target < 0 {
				ok = false
				break
			}
			s.put(&trial[target], r)
			left -= least
		}
		if ok && left > gainful {
			parts, changed = trial, true
			a--
		}
	}
	return parts, changed
}
