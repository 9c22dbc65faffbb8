// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"cmp"
	"maps"
	"math"
	"math/bits"
	"slices"
)

// Independent counts contributors: the largest number of records no two of
// which share a holding, each record given by its holdings. One contributor
// with five examples is one; so are an agency and the clients it submits for,
// and sister companies. A record without a holding counts for nobody.
//
// The count hangs on who shares with whom and never on what holdings are
// called, so that another key counts the same. Where more than 64 records hang
// together it is a lower bound; below it is exact.
func Independent[H cmp.Ordered](records [][]H) int {
	number := map[H]int32{}
	alone := map[int32]bool{}
	sets := make([][]int32, 0, len(records))
	for _, r := range records {
		s := make([]int32, 0, len(r))
		for _, h := range r {
			if _, known := number[h]; !known {
				number[h] = int32(len(number))
			}
			s = append(s, number[h])
		}
		slices.Sort(s)
		s = slices.Compact(s)
		if len(s) == 1 {
			alone[s[0]] = true
		}
		if len(s) > 1 {
			sets = append(sets, s)
		}
	}
	// Whoever stands alone is best picked alone: that blocks the least.
	sets = slices.DeleteFunc(sets, func(s []int32) bool {
		return slices.ContainsFunc(s, func(h int32) bool { return alone[h] })
	})
	n := len(alone)
	if len(sets) == 0 {
		return n
	}
	slices.SortFunc(sets, func(a, b []int32) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
	sets = slices.CompactFunc(sets, slices.Equal)
	for _, group := range hangTogether(sets) {
		if len(group) <= mostExact {
			n += mostDisjoint(group)
		} else {
			n += atLeastDisjoint(group)
		}
	}
	return n
}

// mostExact is the number of bits in the masks of mostDisjoint.
const mostExact = 64

// hangTogether groups sets that share members, directly or through others. The
// order of sets is kept within a group.
func hangTogether(sets [][]int32) [][][]int32 {
	parent := make([]int, len(sets))
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	first := map[int32]int{}
	for i, s := range sets {
		parent[i] = i
		for _, h := range s {
			if j, seen := first[h]; seen {
				parent[find(i)] = find(j)
			} else {
				first[h] = i
			}
		}
	}
	at := map[int]int{}
	var out [][][]int32
	for i, s := range sets {
		g, ok := at[find(i)]
		if !ok {
			g = len(out)
			at[find(i)] = g
			out = append(out, nil)
		}
		out[g] = append(out[g], s)
	}
	return out
}

func overlap(a, b []int32) bool {
	return slices.ContainsFunc(a, func(h int32) bool { return slices.Contains(b, h) })
}

// mostDisjoint is the largest number of sets that are disjoint in pairs.
func mostDisjoint(sets [][]int32) int {
	conflicts := make([]uint64, len(sets))
	for i, a := range sets {
		for j, b := range sets[:i] {
			if overlap(a, b) {
				conflicts[i] |= 1 << j
				conflicts[j] |= 1 << i
			}
		}
	}
	var most func(left uint64) int
	most = func(left uint64) int {
		n := 0
		for left != 0 {
			i, free := choose(conflicts, left)
			if !free {
				without := left &^ (1 << i)
				return n + max(1+most(without&^conflicts[i]), most(without))
			}
			n++
			left &^= 1<<i | conflicts[i]
		}
		return n
	}
	return most(math.MaxUint64 >> (64 - len(sets)))
}

// choose finds a set that can be picked without loss, free: whoever it shares
// with share among each other, so that only one of them could be picked. Where
// there is none, it is the one that shares with most.
func choose(conflicts []uint64, left uint64) (at int, free bool) {
	most := -1
	for rest := left; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		near := conflicts[i] & left
		clique := true
		for r := near; r != 0 && clique; r &= r - 1 {
			j := bits.TrailingZeros64(r)
			clique = near&^(conflicts[j]|1<<j) == 0
		}
		if clique {
			return i, true
		}
		if d := bits.OnesCount64(near); d > most {
			at, most = i, d
		}
	}
	return at, false
}

// atLeastDisjoint is a lower bound of mostDisjoint (Caro 1979, Wei 1981): it
// adds one part in d+1 for each set that shares with d others.
func atLeastDisjoint(sets [][]int32) int {
	holders := map[int32][]int{}
	for i, s := range sets {
		for _, h := range s {
			holders[h] = append(holders[h], i)
		}
	}
	sharing := map[int]int{} // how many sets share with so many
	for i, s := range sets {
		near := map[int]bool{}
		for _, h := range s {
			for _, j := range holders[h] {
				near[j] = j != i
			}
		}
		delete(near, i)
		sharing[len(near)]++
	}
	sum := 0.0
	for _, d := range slices.Sorted(maps.Keys(sharing)) {
		sum += float64(sharing[d]) / float64(d+1)
	}
	return max(1, int(math.Ceil(sum-1e-9)))
}
