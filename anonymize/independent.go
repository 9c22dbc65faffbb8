// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"cmp"
	"encoding/binary"
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
	c := NewCounter(records)
	for i := range records {
		c.Add(i)
	}
	return c.Count()
}

// Counter counts as Independent does, for many choices from the same records: each
// choice begins with Reset. It is not safe for concurrent use.
type Counter struct {
	sets [][]int32 // distinct, each sorted
	of   []int32   // [record] its set, -1 where it has no holding

	// Of the choice at hand.
	choice  int
	chosen  []int // [set] the last choice it was in
	alone   []int // [holding] the last choice in which it stood alone
	singles int
	several []int32 // chosen sets of more than one holding
	left    [][]int32

	// Of each holding, while sets are compared.
	stamp int
	noted []int    // the last stamp it was noted under
	first []int32  // the first set that has it
	among []uint64 // the sets that have it, one bit each
	many  []int32  // how many sets have it, then where the last of them stands
}

// NewCounter takes the records, each given by its holdings.
func NewCounter[H cmp.Ordered](records [][]H) *Counter {
	c := &Counter{of: make([]int32, len(records)), choice: 1}
	number, known := map[H]int32{}, map[string]int32{}
	var key []byte
	for i, r := range records {
		s := make([]int32, 0, len(r))
		for _, h := range r {
			if _, known := number[h]; !known {
				number[h] = int32(len(number))
			}
			s = append(s, number[h])
		}
		slices.Sort(s)
		s = slices.Compact(s)
		if len(s) == 0 {
			c.of[i] = -1
			continue
		}
		key = key[:0]
		for _, h := range s {
			key = binary.LittleEndian.AppendUint32(key, uint32(h))
		}
		at, seen := known[string(key)]
		if !seen {
			at = int32(len(c.sets))
			known[string(key)], c.sets = at, append(c.sets, s)
		}
		c.of[i] = at
	}
	n := len(number)
	c.chosen, c.alone = make([]int, len(c.sets)), make([]int, n)
	c.noted, c.first, c.among, c.many = make([]int, n), make([]int32, n), make([]uint64, n), make([]int32, n)
	return c
}

// Reset begins another choice.
func (c *Counter) Reset() {
	c.choice++
	c.singles, c.several = 0, c.several[:0]
}

// Add chooses a record, by its place among those that the counter was made of.
func (c *Counter) Add(record int) {
	at := c.of[record]
	if at < 0 || c.chosen[at] == c.choice {
		return
	}
	c.chosen[at] = c.choice
	if s := c.sets[at]; len(s) == 1 {
		c.alone[s[0]] = c.choice
		c.singles++
	} else {
		c.several = append(c.several, at)
	}
}

// Reaches reports whether Count is n or more, in most cases without counting.
func (c *Counter) Reaches(n int) bool {
	switch {
	case c.singles >= n:
		return true
	case c.singles+len(c.several) < n:
		return false
	}
	sets := c.beside()
	if c.singles+len(sets) < n {
		return false
	}
	if len(sets) <= mostExact && c.singles+c.someDisjoint(sets) >= n {
		return true
	}
	return c.singles+c.count(sets, n-c.singles) >= n
}

// Count is Independent of the chosen records.
func (c *Counter) Count() int { return c.singles + c.count(c.beside(), math.MaxInt) }

// beside are the chosen sets of several holdings of which none stands alone. Whoever
// stands alone is best picked alone: that blocks the least.
func (c *Counter) beside() [][]int32 {
	sets := c.left[:0]
	for _, at := range c.several {
		if s := c.sets[at]; !slices.ContainsFunc(s, func(h int32) bool { return c.alone[h] == c.choice }) {
			sets = append(sets, s)
		}
	}
	c.left = sets
	return sets
}

// note reports whether a holding was noted under this stamp, and notes it.
func (c *Counter) note(h int32) bool {
	before := c.noted[h] == c.stamp
	c.noted[h] = c.stamp
	return before
}

// someDisjoint is a lower bound of how many sets are disjoint in pairs: it picks
// one after the other.
func (c *Counter) someDisjoint(sets [][]int32) int {
	c.stamp++
	n := 0
	for _, s := range sets {
		if !slices.ContainsFunc(s, func(h int32) bool { return c.noted[h] == c.stamp }) {
			n++
			for _, h := range s {
				c.noted[h] = c.stamp
			}
		}
	}
	return n
}

// count counts disjoint sets, no further than enough.
func (c *Counter) count(sets [][]int32, enough int) int {
	n := 0
	for _, group := range c.hangTogether(sets) {
		if n >= enough {
			break
		}
		switch {
		case len(group) == 1:
			n++
		case len(group) <= mostExact:
			slices.SortFunc(group, func(a, b []int32) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) })
			n += c.mostDisjoint(group)
		default:
			n += c.atLeastDisjoint(group)
		}
	}
	return n
}

// mostExact is the number of bits in the masks of mostDisjoint.
const mostExact = 64

// hangTogether groups sets that share members, directly or through others. The
// order of sets is kept within a group.
func (c *Counter) hangTogether(sets [][]int32) [][][]int32 {
	parent := make([]int, len(sets))
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	c.stamp++
	for i, s := range sets {
		parent[i] = i
		for _, h := range s {
			if c.note(h) {
				parent[find(i)] = find(int(c.first[h]))
			} else {
				c.first[h] = int32(i)
			}
		}
	}
	at := make([]int, len(sets)) // [root] its group, counted from one
	var out [][][]int32
	for i, s := range sets {
		root := find(i)
		if at[root] == 0 {
			out = append(out, nil)
			at[root] = len(out)
		}
		out[at[root]-1] = append(out[at[root]-1], s)
	}
	return out
}

// mostDisjoint is the largest number of sets that are disjoint in pairs.
func (c *Counter) mostDisjoint(sets [][]int32) int {
	c.stamp++
	for i, s := range sets {
		for _, h := range s {
			if !c.note(h) {
				c.among[h] = 0
			}
			c.among[h] |= 1 << i
		}
	}
	conflicts := make([]uint64, len(sets))
	for i, s := range sets {
		for _, h := range s {
			conflicts[i] |= c.among[h]
		}
		conflicts[i] &^= 1 << i
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

// tally counts in many how often sets name each holding, and returns how often they name any.
func (c *Counter) tally(sets [][]int32) (total int) {
	c.stamp++
	for _, s := range sets {
		total += len(s)
		for _, h := range s {
			if !c.note(h) {
				c.many[h] = 0
			}
			c.many[h]++
		}
	}
	return total
}

// atLeastDisjoint is a lower bound of mostDisjoint (Caro 1979, Wei 1981): it
// adds one part in d+1 for each set that shares with d others.
func (c *Counter) atLeastDisjoint(sets [][]int32) int {
	// The sets of each holding lie side by side in holders, up to its place in many.
	total := c.tally(sets)
	room := make([]int32, total+2*len(sets)+1)
	holders, near, sharing := room[:total], room[total:total+len(sets)], room[total+len(sets):]
	c.stamp++
	at := int32(0)
	for _, s := range sets {
		for _, h := range s {
			if !c.note(h) {
				c.first[h] = at
				at += c.many[h]
				c.many[h] = c.first[h]
			}
		}
	}
	for i, s := range sets {
		for _, h := range s {
			holders[c.many[h]] = int32(i)
			c.many[h]++
		}
	}
	for i, s := range sets {
		n := 0
		for _, h := range s {
			for _, j := range holders[c.first[h]:c.many[h]] {
				if j != int32(i) && near[j] != int32(i)+1 {
					near[j] = int32(i) + 1
					n++
				}
			}
		}
		sharing[n]++
	}
	sum := 0.0
	for d, n := range sharing {
		if n > 0 {
			sum += float64(n) / float64(d+1)
		}
	}
	return max(1, int(math.Ceil(sum-1e-9)))
}
