// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"fmt"
	"maps"
	"slices"
)

// A gate decides what is published. Every number that a reader will see is asked
// for once, when everything that it must be held against is known; what was let
// through is never taken back.
type gate struct {
	all     *corpus
	refused map[ItemKey]bool // by Config.Admit, in any round
	// inside lists the keys of what is counted among a part of those that a key counts.
	inside func(ItemKey) []ItemKey
	// told says of each record whether its line tells of a topic, or a group of topics, by
	// their keys. Of what is counted within one a line tells where it tells of both.
	told map[ItemKey][]bool

	// Of what was let through in this round.
	items   map[ItemKey]Item
	members map[ItemKey]set
	said    map[statementKey][]set // by what it says, topics first
	parts   []set                  // topics, groups of topics and cells of the crosstab
	worded  []worded
}

func newGate(all *corpus) *gate {
	return &gate{all: all, refused: map[ItemKey]bool{}, told: map[ItemKey][]bool{}}
}

// start forgets what was let through, but not what was refused.
func (g *gate) start() {
	g.items, g.members, g.said, g.parts = map[ItemKey]Item{}, map[ItemKey]set{}, map[statementKey][]set{}, nil
	g.worded = nil
}

// question asks whether a number may be published.
type question struct {
	key ItemKey
	of  set // those who would be counted
	// line says whether what the release tells of a record tells this too; nil where
	// a release tells no such thing.
	line func(i int) bool
	// beside are the sets that a reader could take away from what would be published.
	beside func(members set) []set
	// unless may refuse it for another reason.
	unless func(members set) bool

	says statementKey // what it is remembered as for later questions
	part bool         // whether it is remembered as a part of the totals
}

// admit answers with those who may be counted, none where the number may not be
// published. It asks in this order: whether as many stand behind it as the
// collection and each of them asks for, whether those of whom a release does not
// tell the same are none or enough, and those of whom only an old line does, whether what it has beyond others is none or
// enough, and whether the ledger refused it; and where it is refused, all of that once more
// of those alone of whom a release tells. Last of all it notes the item.
func (g *gate) admit(q question) set {
	q.line = g.lineWithin(q)
	members := g.all.supportedBeside(q.of, q.line)
	if g.refuses(q, members) {
		if !g.all.hidden {
			return nil
		}
		members = g.all.supportedBeside(slices.DeleteFunc(slices.Clone(q.of), func(i int) bool { return g.all.unlisted[i] }), q.line)
		if g.refuses(q, members) {
			return nil
		}
	}
	g.note(q, members)
	return members
}

// refuses reports whether these members of what is asked for may not be counted.
func (g *gate) refuses(q question, members set) bool {
	return members == nil ||
		g.stale(members, q.line) ||
		q.beside != nil && g.all.reveals(members, q.beside(members)) ||
		g.revealsInside(q.key, members) ||
		q.unless != nil && q.unless(members) ||
		g.refused[q.key]
}

// lineWithin says whether the line of a record tells what is asked of it, and of the topic
// within which it is counted: readers hold a number against the lines that tell both.
func (g *gate) lineWithin(q question) func(i int) bool {
	p, _ := q.key.parse()
	told := g.told[keyParts{scope: p.scope, id: p.id}.key()]
	if q.line == nil || told == nil {
		return q.line
	}
	return func(i int) bool { return told[i] && q.line(i) }
}

// tells notes of which records the lines tell of a topic, or a group of topics.
func (g *gate) tells(key ItemKey, line func(i int) bool) {
	told := make([]bool, len(g.all.records))
	for i := range told {
		told[i] = line(i)
	}
	g.told[key] = told
}

// revealsInside reports whether members, beside what was let through of a part of
// them, would show too few.
func (g *gate) revealsInside(key ItemKey, members set) bool {
	if g.inside == nil {
		return false
	}
	var parts []set
	for _, k := range g.inside(key) {
		if part := g.members[k]; part != nil {
			parts = append(parts, part)
		}
	}
	return g.all.reveals(members, parts)
}

// stale reports whether lines that are printed as they were tell of too few what
// these members do not.
func (g *gate) stale(members set, line func(i int) bool) bool {
	if line == nil {
		return false
	}
	more := slices.DeleteFunc(slices.Clone(g.all.stale), func(i int) bool { return members.has(i) || !line(i) })
	return len(more) > 0 && !g.all.enough(more)
}

func (g *gate) note(q question, members set) {
	shown := g.all.support(members, nil)
	e := Item{
		Key: q.key, K: g.all.strictestOf(members),
		Shown: fmt.Sprintf("%d/%d/%d", shown.Examples, shown.Contributors, shown.Kinds),
	}
	for _, i := range members {
		e.Holdings = append(e.Holdings, g.all.holdings[i]...)
		e.Records = append(e.Records, g.all.records[i])
	}
	slices.Sort(e.Holdings)
	e.Holdings = slices.Clone(slices.Compact(e.Holdings)) // kept for as long as the edition is made
	g.items[q.key], g.members[q.key] = e, members
	if q.says != (statementKey{}) {
		g.said[q.says] = append(g.said[q.says], members)
	}
	if q.part {
		g.parts = append(g.parts, members)
	}
}

// partsWithin are the topics, groups of topics and cells within a set. A cell and a topic
// are often one set.
func (g *gate) partsWithin(members set) []set {
	inside := slices.DeleteFunc(slices.Clone(g.parts), func(part set) bool { return !part.in(members) })
	slices.SortFunc(inside, slices.Compare[set])
	return slices.CompactFunc(inside, slices.Equal[set])
}

// passed lists the items that were let through, sorted by key.
func (g *gate) passed() []Item {
	var out []Item
	for _, key := range slices.Sorted(maps.Keys(g.items)) {
		out = append(out, g.items[key])
	}
	return out
}

// supported is the largest part of s that its own members let be published:
// enough contributors for the collection's k and for the k of every record in
// it. A record that asks for more than there are is left out, which never
// lowers what the others ask for. Records that may be counted only are left out
// too, where they come from too few: beside a release of all others, each of
// which can be counted by its codes, they would be what is left over. The result
// is nil where nothing may be published.
func (c *corpus) supported(s set) set { return c.supportedBeside(s, nil) }

// supportedBeside is supported for what a release tells of its records one by
// one: beside it, those of which it does not tell are what is left over. line
// says whether the line of a record does; nil where lines are not asked. Where lines
// tell of those who were left out since they ask for more, and these are too few,
// nothing may be published.
func (c *corpus) supportedBeside(s set, line func(i int) bool) set {
	s = slices.Clone(s)
	all := slices.Clone(s)
	silent := func(i int) bool { return c.unlisted[i] || line != nil && !line(i) }
	for {
		c.choose(s)
		if !c.counter.Reaches(c.k) {
			return nil
		}
		strictest := 0
		for _, i := range s {
			strictest = max(strictest, c.asks[i])
		}
		if !c.counter.Reaches(strictest) {
			s = slices.DeleteFunc(s, func(i int) bool { return c.asks[i] == strictest })
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(s), func(i int) bool { return !silent(i) })
		if len(rest) == 0 || c.enough(rest) {
			if more := slices.DeleteFunc(all, func(i int) bool { return s.has(i) || silent(i) }); line != nil && len(more) > 0 && !c.enough(more) {
				return nil
			}
			return s
		}
		s = slices.DeleteFunc(s, silent)
	}
}

// enough reports whether as many stand behind the records as each asks for.
func (c *corpus) enough(s set) bool {
	c.choose(s)
	return c.counter.Reaches(c.strictestOf(s))
}
