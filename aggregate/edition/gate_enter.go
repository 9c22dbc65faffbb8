// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// entered lists the items that the edition prints, for the ledger and for later editions.
func (g *gate) entered(e *Edition) (*printed, []disclosure.Item) {
	g.prepare()
	keys, numbers := g.appearing(e.Collection)
	rows := countedRows{before: g.before, byName: map[string]counted{}, today: map[string]string{}, once: map[int]string{}}
	sources, changed := g.sources(keys, &rows)
	whole := g.untoldWhole(numbers, &rows)

	made := &printed{Edition: e.Name, Audience: g.press.cfg.Audience, Collection: e.Collection, States: g.states}
	if g.k > g.press.cfg.K {
		made.Bounds = g.k
	}
	made.Records, rows.at = collectRecords(rows.byName)
	items := g.ledgerItems(changed)
	entered := map[aggregate.ItemKey]bool{}
	for _, it := range items {
		entered[aggregate.ItemKey(it.Key)] = true
	}
	members := rows.members()
	for _, s := range sources {
		it := rows.placed(s)
		it.Contributors = anonymize.Independent(rows.holdings(s))
		it.Bound = g.toldAsBound(s, &rows, numbers, made)
		made.Items = append(made.Items, it)
		if !entered[s.Key] {
			items = append(items, ledgerItem(s, members))
		}
	}
	if whole != nil {
		made.Items = append(made.Items, rows.placed(*whole))
	}
	return made, items
}

// appearing are the keys of what the edition prints, sorted, and the numbers that its
// collection tells. Proposed topics are printed as they were, or as they are, all of them.
func (g *gate) appearing(c *aggregate.Collection) (keys []aggregate.ItemKey, numbers map[aggregate.ItemKey]aggregate.Support) {
	seen := map[aggregate.ItemKey]bool{aggregate.AllItems.Facet("guidance"): true}
	numbers = map[aggregate.ItemKey]aggregate.Support{}
	walk(c, func(key aggregate.ItemKey, s aggregate.Support) { seen[key], numbers[key] = true, s })
	proposed := maps.Keys(g.now)
	if g.proposedFrozen() {
		proposed = maps.Keys(g.before.keys())
	}
	for key := range proposed {
		if key.Proposed() {
			seen[key] = true
		}
	}
	return slices.Sorted(maps.Keys(seen)), numbers
}

// A source is an item that the edition prints, and the names of the records behind it.
type source struct {
	item
	names []string
}

// sources are the items of the keys as each is printed, and of these the ones that are
// new or read otherwise than before.
func (g *gate) sources(keys []aggregate.ItemKey, rows *countedRows) (all []source, changed []aggregate.Item) {
	for _, key := range keys {
		c := g.choice(key)
		if key.Proposed() {
			c = g.proposedChoice(key)
		}
		old, _ := g.before.item(key)
		s := source{item: item{Key: key, Shown: old.Shown, K: old.K}}
		switch c {
		case left:
			continue
		case frozen:
			s.names = rows.asTheyWere(old.Records)
		case fresh, same:
			now := g.now[key]
			s.names = rows.asTheyAre(now.Records)
			if c == fresh {
				s.Shown, s.K = now.Shown, now.K
				changed = append(changed, now)
			}
		}
		s.Examples = len(s.names)
		all = append(all, s)
	}
	return all, changed
}

// untoldWhole is the number of all examples where the edition does not tell it, but what
// is counted among them does; nil where there is none. Printed as it was, it is as many
// as were told of then, not as there are.
func (g *gate) untoldWhole(numbers map[aggregate.ItemKey]aggregate.Support, rows *countedRows) *source {
	if _, told := numbers[aggregate.AllItems]; told {
		return nil
	}
	old, had := g.before.item(aggregate.AllItems)
	if had && old.Untold && g.choice(aggregate.AllItems) == frozen {
		return &source{old, rows.asTheyWere(old.Records)}
	}
	now := g.now[aggregate.AllItems]
	for _, s := range numbers {
		if s.Of == len(now.Records) {
			it := item{Key: now.Key, Shown: now.Shown, K: now.K, Examples: len(now.Records), Contributors: aggregate.Independent(now.Records), Untold: true}
			return &source{it, rows.asTheyAre(now.Records)}
		}
	}
	return nil
}

// toldAsBound reports whether the number of an item was told as a bound. One that the
// collection does not tell stands beside the number of all.
func (g *gate) toldAsBound(s source, rows *countedRows, numbers map[aggregate.ItemKey]aggregate.Support, made *printed) bool {
	if n, told := numbers[s.Key]; told {
		return n.AlmostAll
	}
	all := made.at(aggregate.AllItems)
	if all == nil {
		return false
	}
	return tooFew(made.without(*all, rows.ids(s)), g.k)
}

// countedRows are the records that the items of an edition count, by a name made of
// the id and the contributors. A record whose contributors changed stands there twice:
// a frozen number rests on them as they were. A name is made once, since a large
// edition counts a record thousands of times.
type countedRows struct {
	before *printed
	byName map[string]counted
	today  map[string]string // names, by id
	once   map[int]string    // names, by place in the edition before
	at     map[string]int    // places in this one, by name
}

func (c *countedRows) add(id string, holdings []anonymize.Holding) (name string) {
	name = id + " " + strings.Join(texts(holdings), " ")
	c.byName[name] = counted{id, holdings}
	return name
}

// asTheyAre are the names of records of today.
func (c *countedRows) asTheyAre(records []anonymize.Record) (names []string) {
	for _, r := range records {
		if _, known := c.today[r.ID()]; !known {
			c.today[r.ID()] = c.add(r.ID(), r.Holdings())
		}
		names = append(names, c.today[r.ID()])
	}
	return names
}

// asTheyWere are the names of records of the edition before, by their places there.
func (c *countedRows) asTheyWere(places []int) (names []string) {
	for _, at := range places {
		if _, known := c.once[at]; !known {
			r := c.before.Records[at]
			c.once[at] = c.add(r.ID, r.Holdings)
		}
		names = append(names, c.once[at])
	}
	return names
}

// placed is an item with the places of the records behind it.
func (c *countedRows) placed(s source) item {
	it := s.item
	it.Records = nil
	for _, name := range s.names {
		it.Records = append(it.Records, c.at[name])
	}
	slices.Sort(it.Records)
	return it
}

func (c *countedRows) ids(s source) map[string]bool {
	ids := map[string]bool{}
	for _, name := range s.names {
		ids[c.byName[name].ID] = true
	}
	return ids
}

func (c *countedRows) holdings(s source) (behind [][]anonymize.Holding) {
	for _, name := range s.names {
		behind = append(behind, c.byName[name].Holdings)
	}
	return behind
}

// members are the records as the ledger takes them, by name.
func (c *countedRows) members() map[string]disclosure.Member {
	members := map[string]disclosure.Member{}
	for name, r := range c.byName {
		members[name] = disclosure.Member{ID: r.ID, Holdings: texts(r.Holdings)}
	}
	return members
}

// ledgerItem is an item for the ledger that reads as it did in the edition before.
func ledgerItem(s source, members map[string]disclosure.Member) disclosure.Item {
	entry := disclosure.Item{Key: string(s.Key), Shown: s.Shown, K: s.K}
	for _, name := range s.names {
		entry.Examples = append(entry.Examples, members[name])
		entry.Holdings = append(entry.Holdings, members[name].Holdings...)
	}
	slices.Sort(entry.Holdings)
	entry.Holdings = slices.Clone(slices.Compact(entry.Holdings)) // kept with the ledger
	return entry
}

func texts(holdings []anonymize.Holding) []string {
	out := make([]string, len(holdings))
	for i, h := range holdings {
		out[i] = string(h)
	}
	return out
}

// ledgerItems are items for the ledger. One that no edition had is held against
// those that told of nearly the same examples by another name.
func (g *gate) ledgerItems(now []aggregate.Item) []disclosure.Item {
	before := map[aggregate.ItemKey]bool{}
	akin := map[string][]aggregate.ItemKey{} // by what is counted
	for _, e := range g.earlier {
		for _, it := range e.Items {
			if !before[it.Key] {
				before[it.Key] = true
				_, what := it.Key.Population()
				akin[what] = append(akin[what], it.Key)
			}
		}
	}
	members := map[string]disclosure.Member{}
	out := make([]disclosure.Item, len(now))
	for i, x := range now {
		out[i] = disclosure.Item{Key: string(x.Key), Shown: x.Shown, K: x.K, Holdings: texts(x.Holdings), Examples: make([]disclosure.Member, len(x.Records))}
		for j, r := range x.Records {
			m, known := members[r.ID()]
			if !known {
				m = disclosure.Member{ID: r.ID(), Holdings: texts(r.Holdings())}
				members[m.ID] = m // its holdings are shared: a large edition counts it thousands of times
			}
			out[i].Examples[j] = m
		}
		if before[x.Key] {
			continue
		}
		codes, what := x.Key.Population()
		for _, key := range akin[what] {
			if others, _ := key.Population(); aggregate.Akin(codes, others, g.press.cfg.Vocabulary) {
				out[i].Parts = append(out[i].Parts, string(key))
			}
		}
	}
	return out
}
