// SPDX-License-Identifier: Apache-2.0

package numeric

import (
	"cmp"
	"slices"
)

// Tree is the history of an average-link clustering, the most alike joined
// first.
type Tree struct {
	n      int
	merges []merge
}

// AverageLink joins the n rows of a symmetric similarity matrix until one group
// is left; a group's similarity to another is the mean over their pairs. Equal
// similarities are settled by the lower index. sim is overwritten. Time n*n
// (nearest-neighbour chain).
func AverageLink(sim []float32, n int) Tree {
	t := Tree{n: n, merges: chainMerges(sim, n)}
	// The chain finds merges out of order.
	slices.SortStableFunc(t.merges, func(a, b merge) int { return cmp.Compare(b.sim, a.sim) })
	return t
}

// Cut is the grouping with k groups, numbered in order of their first member.
func (t Tree) Cut(k int) []int32 {
	return t.CutAfter(max(0, len(t.merges)-(k-1)))
}

// CutAfter cuts the tree after so many merges.
func (t Tree) CutAfter(merges int) []int32 {
	parent := make([]int32, t.n)
	for i := range parent {
		parent[i] = int32(i)
	}
	find := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, m := range t.merges[:merges] {
		a, b := find(m.a), find(m.b)
		parent[max(a, b)] = min(a, b)
	}
	number := make([]int32, t.n)
	for i := range number {
		number[i] = -1
	}
	out, next := make([]int32, t.n), int32(0)
	for i := range out {
		r := find(int32(i))
		if number[r] < 0 {
			number[r] = next
			next++
		}
		out[i] = number[r]
	}
	return out
}

type merge struct {
	a, b int32 // any member of either side
	sim  float32
}

func chainMerges(sim []float32, n int) []merge {
	if n < 2 {
		return nil
	}
	size := make([]float32, n)
	alive := make([]int32, n) // indexes of live groups, ascending
	for i := range n {
		size[i], alive[i] = 1, int32(i)
	}
	live := make([]bool, n)
	for i := range live {
		live[i] = true
	}
	merges := make([]merge, 0, n)
	var chain []int32
	for len(merges) < n-1 {
		if len(chain) == 0 {
			for !live[alive[0]] {
				alive = alive[1:]
			}
			chain = append(chain, alive[0])
		}
		top := chain[len(chain)-1]
		row := sim[int(top)*n : int(top+1)*n]
		best, at := float32(-3), int32(-1)
		if len(chain) > 1 { // the one before wins ties, or the chain may not end
			at = chain[len(chain)-2]
			best = row[at]
		}
		w := 0
		for _, j := range alive {
			if !live[j] {
				continue
			}
			alive[w] = j
			w++
			if j != top && row[j] > best {
				best, at = row[j], j
			}
		}
		alive = alive[:w]
		if len(chain) < 2 || at != chain[len(chain)-2] {
			chain = append(chain, at)
			continue
		}
		chain = chain[:len(chain)-2]
		keep, gone := min(top, at), max(top, at)
		merges = append(merges, merge{keep, gone, best})
		live[gone] = false
		average(sim, n, keep, gone, size[keep], size[gone], alive)
		size[keep] += size[gone]
	}
	return merges
}

// average makes the likeness of keep to all others that of both groups, by their sizes a and b;
// of what is no longer alive nobody asks.
func average(sim []float32, n int, keep, gone int32, a, b float32, others []int32) {
	k, g := sim[int(keep)*n:int(keep+1)*n], sim[int(gone)*n:int(gone+1)*n]
	for _, j := range others {
		if j != keep && j != gone {
			v := (float32(a*k[j]) + float32(b*g[j])) / (a + b)
			k[j] = v
			sim[int(j)*n+int(keep)] = v
		}
	}
}
