// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"math/bits"
	"slices"
)

// matcher finds patterns among letters in one pass, whatever their number. The last letters of
// each pattern are noted in a filter of a few kilobytes; where it holds those at hand, the hashes
// of what stands there, of each length that a pattern with such an end has, are looked up in
// another; and what is in both is compared.
type matcher struct {
	first   map[string]int32 // by spelling, the first pattern with it
	ends    bitset           // of the last letters of patterns of gram letters and more
	lengths map[uint32][]int // by these, the lengths of the patterns, the longest first
	whole   bitset           // of the hashes of all patterns
	short   [gram]bool       // whether there are patterns of so many letters
	powers  []uint64         // of hashBase, up to the length of the longest
}

// gram is of how many letters an end is.
const gram = 4

// bitset is a filter of one probe.
type bitset struct {
	bits  []uint64
	shift uint8 // of a hash, what is left is the number of the bit
}

// newBitset is a filter of at least so many bits.
func newBitset(least int) bitset {
	n := uint8(bits.Len(uint(max(least, 64) - 1)))
	return bitset{make([]uint64, 1<<(n-6)), 64 - n}
}

func (b *bitset) bit(h uint64) (word, mask uint64) {
	h = h * 0x9e3779b97f4a7c15 >> b.shift
	return h >> 6, 1 << (h & 63)
}

func (b *bitset) put(h uint64) {
	w, mask := b.bit(h)
	b.bits[w] |= mask
}

func (b *bitset) has(h uint64) bool {
	w, mask := b.bit(h)
	return b.bits[w]&mask != 0
}

// pattern is a compiled form. Forms with one squeezed spelling are chained.
type pattern struct {
	squeezed string
	length   int32
	bounds   []int32 // where words begin inside it
	flags    formFlag
	entity   int32
	next     int32 // the next pattern with the same spelling, or -1
	rule     string
}

// starts reports whether a word begins at offset k.
func (p *pattern) starts(k int) bool {
	_, ok := slices.BinarySearch(p.bounds, int32(k))
	return ok
}

func compilePatterns(forms []form) []pattern {
	ps := make([]pattern, 0, len(forms))
	for _, f := range forms {
		s, bounds := f.squeeze()
		if s == "" {
			continue
		}
		ps = append(ps, pattern{squeezed: s, length: int32(len(s)), bounds: bounds, flags: f.flags, entity: f.entity, next: -1, rule: f.rule})
	}
	slices.SortStableFunc(ps, func(a, b pattern) int {
		return cmp.Or(cmp.Compare(a.squeezed, b.squeezed), cmp.Compare(a.entity, b.entity), cmp.Compare(a.flags, b.flags), slices.Compare(a.bounds, b.bounds), cmp.Compare(a.rule, b.rule))
	})
	return slices.CompactFunc(ps, func(a, b pattern) bool {
		return a.squeezed == b.squeezed && a.entity == b.entity && a.flags == b.flags && slices.Equal(a.bounds, b.bounds)
	})
}

func newMatcher(ps []pattern) matcher {
	const endBits, bitsAPattern = 1 << 16, 32
	m := matcher{first: make(map[string]int32, len(ps)), ends: newBitset(endBits), lengths: map[uint32][]int{}, whole: newBitset(bitsAPattern * len(ps))}
	longest := 0
	for i := range ps {
		s := ps[i].squeezed
		longest = max(longest, len(s))
		if i > 0 && ps[i-1].squeezed == s {
			ps[i-1].next = int32(i)
			continue
		}
		m.first[s] = int32(i)
		m.note(s)
	}
	m.powers = append(m.powers, 1)
	for n := range longest {
		m.powers = append(m.powers, m.powers[n]*hashBase)
	}
	for _, ls := range m.lengths {
		slices.SortFunc(ls, func(a, b int) int { return b - a })
	}
	return m
}

// note notes the end and the hash of a pattern.
func (m *matcher) note(s string) {
	var end uint32
	var h uint64
	for k := range len(s) {
		end = end<<8 | uint32(s[k])
		h = h*hashBase + uint64(s[k])
	}
	m.whole.put(h)
	if len(s) < gram {
		m.short[len(s)] = true
		return
	}
	m.ends.put(uint64(end))
	if ls := m.lengths[end]; !slices.Contains(ls, len(s)) {
		m.lengths[end] = append(ls, len(s))
	}
}

// scan reports every occurrence of a pattern by its number and its end, in the order of the ends
// and the longest first.
func (m *matcher) scan(sq *squeezed, found func(pattern int32, end int)) {
	if len(m.first) == 0 {
		return
	}
	try := func(end, length int) {
		if at := end - length; at >= 0 && m.whole.has(sq.hashes[end]-sq.hashes[at]*m.powers[length]) {
			if p, ok := m.first[string(sq.letters[at:end])]; ok {
				found(p, end)
			}
		}
	}
	var end uint32
	for i, c := range sq.letters {
		end = end<<8 | uint32(c)
		if m.ends.has(uint64(end)) {
			for _, n := range m.lengths[end] {
				try(i+1, n)
			}
		}
		for n := gram - 1; n > 0; n-- {
			if at := i + 1 - n; m.short[n] && at >= 0 && !sq.inside(at) {
				try(i+1, n)
			}
		}
	}
}
