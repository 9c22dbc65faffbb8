// SPDX-License-Identifier: Apache-2.0

package recode

import "slices"

// checker groups records at a node of the lattice and counts who would have to
// be suppressed. It keeps the classes of nodes checked before and starts from
// the coarsest of them below the node asked for.
type checker struct {
	e     *encoded
	con   *constraint
	group *grouper
	plain bool // classes can be judged by their size alone
	stays []bool
	past  []snapshot
	room  int // rows still to be kept in snapshots
}

type snapshot struct {
	levels []int
	rows   []int32 // a record of each class
	mass   []int32
	class  []int32 // of every distinct row; nil when plain
}

// snapshotRows bounds the memory of roll-up: 12 bytes each.
const snapshotRows = 8 << 20

func newChecker(e *encoded, con *constraint) *checker {
	return &checker{
		e: e, con: con, group: newGrouper(len(e.rows)), room: snapshotRows,
		plain: e.unique && len(e.ks) == 1 && con.empty(),
	}
}

// base is the smallest set of classes known that the levels can be built from.
func (c *checker) base(levels []int) (snapshot, bool) {
	best, found := snapshot{rows: c.e.rows, mass: c.e.mass}, false
next:
	for _, p := range c.past {
		for i, l := range p.levels {
			if l > levels[i] {
				continue next
			}
		}
		if len(p.rows) < len(best.rows) {
			best, found = p, true
		}
	}
	return best, found
}

// rollUp groups at the levels and remembers the result.
func (c *checker) rollUp(levels []int) snapshot {
	from, rolled := c.base(levels)
	class := make([]int32, len(from.rows))
	n := c.group.group(c.e, levels, from.rows, class)
	s := snapshot{levels: slices.Clone(levels), rows: make([]int32, n), mass: make([]int32, n)}
	for i, at := range slices.Backward(class) {
		s.rows[at] = from.rows[i]
		s.mass[at] += from.mass[i]
	}
	if !c.plain {
		s.class = class
		if rolled {
			s.class = make([]int32, len(c.e.rows))
			for i, f := range from.class {
				s.class[i] = class[f]
			}
		}
	}
	if size := len(s.rows) + len(s.class); size <= c.room && n < len(c.e.rows) {
		c.room -= size
		c.past = append(c.past, s)
	}
	return s
}

// suppressed counts the records that the requirement would drop.
func (c *checker) suppressed(levels []int) int {
	s := c.rollUp(levels)
	if c.plain {
		n, k := 0, c.e.ks[0]
		for _, m := range s.mass {
			if m < k {
				n += int(m)
			}
		}
		return n
	}
	n := 0
	for _, keep := range c.kept(s.class, len(s.rows)) {
		if !keep {
			n++
		}
	}
	return n
}

// classes gives the class of every distinct row, from scratch.
func (c *checker) classes(levels []int) ([]int32, int) {
	class := make([]int32, len(c.e.rows))
	return class, c.group.group(c.e, levels, c.e.rows, class)
}

// kept decides for every record whether it may stay. The slice is reused.
func (c *checker) kept(class []int32, n int) []bool {
	e := c.e
	if c.stays == nil {
		c.stays = make([]bool, e.n)
	}
	level := c.levelOf(class, n)
	for i := range c.stays {
		c.stays[i] = e.k[i] <= level[class[e.row[i]]]
	}
	if !c.con.empty() {
		members := make([][]int32, n)
		for i, keep := range c.stays {
			if keep {
				g := class[e.row[i]]
				members[g] = append(members[g], int32(i))
			}
		}
		for _, m := range members {
			if len(m) > 0 && !c.con.holds(m) {
				for _, r := range m {
					c.stays[r] = false
				}
			}
		}
	}
	return c.stays
}

// levelOf is the kept threshold of every class.
func (c *checker) levelOf(class []int32, n int) []int32 {
	e := c.e
	level := make([]int32, n)
	if e.many != nil {
		members := make([][]int32, n)
		for i := range e.n {
			g := class[e.row[i]]
			members[g] = append(members[g], int32(i))
		}
		for g, m := range members {
			level[g] = e.classThreshold(m)
		}
		return level
	}
	w := len(e.ks)
	holders := make([]int32, n*w)
	if e.unique {
		for i := range e.n {
			holders[int(class[e.row[i]])*w+int(e.kidx[i])]++
		}
	} else {
		last := make([]int32, n) // holding counted last in the class, plus one
		for _, i := range e.order {
			g := class[e.row[i]]
			if last[g] != e.holding[i]+1 {
				last[g] = e.holding[i] + 1
				holders[int(g)*w+int(e.kidx[i])]++
			}
		}
	}
	for g := range level {
		row := holders[g*w : (g+1)*w]
		for j := 1; j < w; j++ {
			row[j] += row[j-1]
		}
		level[g] = keptThreshold(e.ks, func(j int) int { return int(row[j]) })
	}
	return level
}
