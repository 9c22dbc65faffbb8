// SPDX-License-Identifier: Apache-2.0

package recode

import "math"

// grouper numbers equal tuples. It is reused from check to check.
type grouper struct {
	keys  []uint64
	slot  []int32
	owner []uint64
}

func newGrouper(n int) *grouper { return &grouper{keys: make([]uint64, n)} }

// group gives records the number of their class at the levels: class[i] for
// records[i]. Numbers follow the order of first appearance.
func (g *grouper) group(e *encoded, levels []int, records, class []int32) int {
	keys := g.keys[:len(records)]
	clear(keys)
	width := uint64(1)
	for c, l := range levels {
		card := uint64(len(e.label[c][l]))
		if card == 1 {
			continue
		}
		if width > math.MaxUint64/card {
			groups := g.number(keys, class)
			for i := range keys {
				keys[i] = uint64(class[i])
			}
			width = uint64(groups)
		}
		leaf, up := e.leaf[c], e.up[c][l]
		for i, r := range records {
			keys[i] = keys[i]*card + uint64(up[leaf[r]])
		}
		width *= card
	}
	return g.number(keys, class)
}

// number replaces keys by dense numbers in order of first appearance, with an
// open-addressing table of at most half load.
func (g *grouper) number(keys []uint64, class []int32) int {
	size := 16
	for size < 2*len(keys) {
		size *= 2
	}
	if len(g.slot) < size {
		g.slot, g.owner = make([]int32, size), make([]uint64, size)
	}
	slot, owner := g.slot[:size], g.owner[:size]
	clear(slot)
	mask, next := uint64(size-1), int32(0)
	for i, k := range keys {
		x := k * 0x9e3779b97f4a7c15
		h := (x ^ x>>29) * 0xbf58476d1ce4e5b9
		for p := h >> 20 & mask; ; p = (p + 1) & mask {
			if slot[p] == 0 {
				next++
				slot[p], owner[p] = next, k
				class[i] = next - 1
				break
			}
			if owner[p] == k {
				class[i] = slot[p] - 1
				break
			}
		}
	}
	return int(next)
}
