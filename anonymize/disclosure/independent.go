// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"math/bits"
	"slices"
)

// independent counts holdings that are independent of each other: the largest
// number of records no two of which share a holding. With one holding a record
// this is the number of distinct holdings. A record of an agency and its client
// counts once, and neither can be counted again through another record.
//
// Among more than mostExact records that hang together by holdings, those with
// the fewest holdings are picked first and the count is a lower bound; below,
// it is exact, so that it does not depend on how holdings are numbered.
func independent(sets [][]int32) int {
	alone := map[int32]bool{}
	for _, s := range sets {
		if len(s) == 1 {
			alone[s[0]] = true
		}
	}
	// Whoever stands alone is best picked alone: that blocks the least.
	var joint [][]int32
	for _, s := range sets {
		if len(s) > 1 && !slices.ContainsFunc(s, func(h int32) bool { return alone[h] }) {
			joint = append(joint, s)
		}
	}
	n := len(alone)
	if len(joint) == 0 {
		return n
	}
	slices.SortFunc(joint, func(a, b []int32) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
	joint = slices.CompactFunc(joint, slices.Equal)
	for _, group := range hangTogether(joint) {
		if len(group) <= mostExact {
			n += mostDisjoint(group)
		} else {
			n += pickInOrder(group)
		}
	}
	return n
}

// mostExact bounds the work of mostDisjoint, whose masks have 32 bits.
const mostExact = 24

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

// mostDisjoint is the largest number of sets that are disjoint in pairs.
func mostDisjoint(sets [][]int32) int {
	conflicts := make([]uint32, len(sets))
	for i, a := range sets {
		for j, b := range sets[:i] {
			if slices.ContainsFunc(a, func(h int32) bool { return slices.Contains(b, h) }) {
				conflicts[i] |= 1 << j
				conflicts[j] |= 1 << i
			}
		}
	}
	var most func(left uint32) int
	most = func(left uint32) int {
		n := 0
		for left != 0 {
			busiest, degree := 0, -1
			for rest := left; rest != 0; rest &= rest - 1 {
				i := bits.TrailingZeros32(rest)
				d := bits.OnesCount32(conflicts[i] & left)
				if d <= 1 { // nothing is lost by picking it
					n++
					left &^= 1<<i | conflicts[i]
					degree = -1
					break
				}
				if d > degree {
					busiest, degree = i, d
				}
			}
			if degree > 1 {
				without := left &^ (1 << busiest)
				return n + max(1+most(without&^conflicts[busiest]), most(without))
			}
		}
		return n
	}
	return most(1<<len(sets) - 1)
}

func pickInOrder(sets [][]int32) int {
	taken := map[int32]bool{}
	n := 0
	for _, s := range sets {
		if slices.ContainsFunc(s, func(h int32) bool { return taken[h] }) {
			continue
		}
		for _, h := range s {
			taken[h] = true
		}
		n++
	}
	return n
}
