// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"
	"fmt"
	"slices"
)

// Statement is a group of items that say the same.
type Statement struct {
	// Items are the IDs, the one that stands for the group first (the most like
	// the others; of equals the first in the alphabet), the rest sorted.
	Items []string
	// Support is the number of distinct sources.
	Support int
	// Agreement is the least likeness of an item to the first, 0-1.
	Agreement float64
}

// sameStatement is the likeness from which two statements count as one. It was
// set on statements written for the purpose, by two people each.
const sameStatement = 0.54

// MergeStatements puts near-identical statements together, with their support;
// statements that contradict each other (see contradicts) are never in one
// group. It compares every pair: meant for up to some thousands of items. The
// order of the items does not matter; statements come by support, then ID.
func MergeStatements(ctx context.Context, items []Item, embedder Embedder) ([]Statement, error) {
	if err := checkItems(items); err != nil {
		return nil, err
	}
	items = slices.Clone(items)
	slices.SortFunc(items, func(a, b Item) int { return compareStrings(a.ID, b.ID) })
	texts := make([]string, len(items))
	for i, it := range items {
		texts[i] = it.Text
	}
	m := newLikeness(texts, embedder)
	n := len(items)
	sim := make([]float32, n*n)
	for i := range n {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("cluster: merge statements: %w", err)
		}
		for j := range i {
			v := m.of(i, j)
			sim[i*n+j], sim[j*n+i] = v, v
		}
	}
	apart := func(i, j int) bool { return m.readings[i].against(m.readings[j]) }
	group := joinAbove(slices.Clone(sim), n, sameStatement, apart)
	return statementsOf(items, sim, group), nil
}

// joinAbove joins rows by average likeness, the most alike first, down to
// floor; groups that hold a pair that must stay apart are not joined.
func joinAbove(sim []float32, n int, floor float32, apart func(i, j int) bool) []int32 {
	type pair struct {
		a, b int32
		sim  float32
	}
	var pairs []pair
	for i := range n {
		for j := range i {
			if sim[i*n+j] >= floor {
				pairs = append(pairs, pair{int32(j), int32(i), sim[i*n+j]})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int {
		switch {
		case x.sim > y.sim:
			return -1
		case x.sim < y.sim:
			return 1
		}
		return 0
	})
	group, members := make([]int32, n), make([][]int32, n)
	for i := range n {
		group[i], members[i] = int32(i), []int32{int32(i)}
	}
	for _, p := range pairs {
		a, b := group[p.a], group[p.b]
		if a == b || !alike(sim, n, members[a], members[b], floor, apart) {
			continue
		}
		keep, gone := min(a, b), max(a, b)
		for _, i := range members[gone] {
			group[i] = keep
		}
		members[keep], members[gone] = append(members[keep], members[gone]...), nil
	}
	return group
}

func alike(sim []float32, n int, a, b []int32, floor float32, apart func(i, j int) bool) bool {
	var sum float32
	for _, i := range a {
		for _, j := range b {
			if apart(int(i), int(j)) {
				return false
			}
			sum += sim[int(i)*n+int(j)]
		}
	}
	return sum >= floor*float32(len(a)*len(b))
}

func statementsOf(items []Item, sim []float32, group []int32) []Statement {
	n := len(items)
	members := make([][]int, n)
	for i, g := range group {
		members[g] = append(members[g], i)
	}
	var out []Statement
	for _, ms := range members {
		if len(ms) == 0 {
			continue
		}
		best, top := ms[0], float32(-1)
		for _, i := range ms {
			var sum float32
			for _, j := range ms {
				sum += sim[i*n+j]
			}
			if sum > top {
				best, top = i, sum
			}
		}
		s := Statement{Items: []string{items[best].ID}, Agreement: 1}
		sources := map[string]struct{}{}
		for _, i := range ms {
			sources[items[i].Source] = struct{}{}
			if i != best {
				s.Items = append(s.Items, items[i].ID)
				s.Agreement = min(s.Agreement, float64(sim[i*n+best]))
			}
		}
		s.Support = len(sources)
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Statement) int {
		if a.Support != b.Support {
			return b.Support - a.Support
		}
		return compareStrings(a.Items[0], b.Items[0])
	})
	return out
}
