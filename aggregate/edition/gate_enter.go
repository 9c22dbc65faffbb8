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
	made := &printed{Edition: e.Name, Audience: g.press.cfg.Audience, Collection: e.Collection, States: g.states}
	if g.k > g.press.cfg.K {
		made.Bounds = g.k
	}
	seen := map[aggregate.ItemKey]bool{aggregate.AllItems.Facet("guidance"): true}
	numbers := map[aggregate.ItemKey]aggregate.Support{}
	walk(e.Collection, func(key aggregate.ItemKey, s aggregate.Support) { seen[key], numbers[key] = true, s })
	var untold *aggregate.Item
	proposals := g.proposedFrozen()
	if proposals {
		for _, it := range g.before.Items {
			seen[it.Key] = seen[it.Key] || it.Key.Proposed()
		}
	}
	for key := range g.now {
		seen[key] = seen[key] || !proposals && key.Proposed()
	}
	// Where it is not told how many there are, whatever is counted among them tells it.
	if all := g.now[aggregate.AllItems]; !seen[aggregate.AllItems] && slices.ContainsFunc(slices.Collect(maps.Values(numbers)), func(s aggregate.Support) bool { return s.Of == len(all.Records) }) {
		untold = &all
	}
	// Printed as it was, it is as many as were told of then, not as there are.
	carried, still := g.before.item(aggregate.AllItems)
	if still = still && carried.Untold && !seen[aggregate.AllItems] && g.choice(aggregate.AllItems) == frozen; still {
		untold = nil
	}
	type source struct {
		key     aggregate.ItemKey
		shown   string
		k       int
		records []string
	}
	// A record whose contributors changed stands in the table twice: a frozen number
	// rests on them as they were. A name is made once, since a large edition counts a
	// record thousands of times.
	behindOf := map[string]counted{}
	add := func(id string, holdings []anonymize.Holding) string {
		at := id + " " + strings.Join(texts(holdings), " ")
		behindOf[at] = counted{id, holdings}
		return at
	}
	today, once := map[string]string{}, map[int]string{} // by id, and by place in the edition before
	addToday := func(r anonymize.Record) string {
		if _, known := today[r.ID()]; !known {
			today[r.ID()] = add(r.ID(), r.Holdings())
		}
		return today[r.ID()]
	}
	addOnce := func(at int) string {
		if _, known := once[at]; !known {
			r := g.before.Records[at]
			once[at] = add(r.ID, r.Holdings)
		}
		return once[at]
	}
	var sources []source
	var changed []aggregate.Item
	for _, key := range slices.Sorted(maps.Keys(seen)) {
		if !seen[key] {
			continue
		}
		c := g.choice(key)
		if key.Proposed() {
			c = g.proposedChoice(key)
		}
		old, _ := g.before.item(key)
		s := source{key: key, shown: old.Shown, k: old.K}
		switch c {
		case left:
			continue
		case frozen:
			for _, at := range old.Records {
				s.records = append(s.records, addOnce(at))
			}
		case fresh, same:
			x := g.now[key]
			for _, r := range x.Records {
				s.records = append(s.records, addToday(r))
			}
			if c == fresh {
				s.shown, s.k = x.Shown, x.K
				changed = append(changed, x)
			}
		}
		sources = append(sources, s)
	}
	if untold != nil {
		for _, r := range untold.Records {
			addToday(r)
		}
	}
	var then []string
	if still {
		for _, at := range carried.Records {
			then = append(then, addOnce(at))
		}
	}
	table, at := collectRecords(behindOf)
	made.Records = table
	items := g.ledgerItems(changed)
	known := map[aggregate.ItemKey]bool{}
	for _, it := range items {
		known[aggregate.ItemKey(it.Key)] = true
	}
	members := map[string]disclosure.Member{}
	for name, r := range behindOf {
		members[name] = disclosure.Member{ID: r.ID, Holdings: texts(r.Holdings)}
	}
	for _, s := range sources {
		it := item{Key: s.key, Shown: s.shown, K: s.k, Examples: len(s.records)}
		var behind [][]anonymize.Holding
		entry := disclosure.Item{Key: string(s.key), Shown: s.shown, K: s.k}
		for _, name := range s.records {
			it.Records = append(it.Records, at[name])
			behind = append(behind, behindOf[name].Holdings)
			entry.Examples = append(entry.Examples, members[name])
			entry.Holdings = append(entry.Holdings, members[name].Holdings...)
		}
		slices.Sort(it.Records)
		it.Contributors = anonymize.Independent(behind)
		if n, ok := numbers[s.key]; ok {
			it.Bound = n.AlmostAll
		} else if all := made.at(aggregate.AllItems); all != nil { // of a total that is not printed itself
			in := map[string]bool{}
			for _, name := range s.records {
				in[behindOf[name].ID] = true
			}
			it.Bound = tooFew(made.without(*all, in), g.k)
		}
		made.Items = append(made.Items, it)
		if !known[s.key] {
			slices.Sort(entry.Holdings)
			entry.Holdings = slices.Clone(slices.Compact(entry.Holdings)) // kept with the ledger
			items = append(items, entry)
		}
	}
	if untold != nil {
		it := item{Key: untold.Key, Shown: untold.Shown, K: untold.K, Examples: len(untold.Records), Contributors: aggregate.Independent(untold.Records), Untold: true}
		for _, r := range untold.Records {
			it.Records = append(it.Records, at[addToday(r)])
		}
		slices.Sort(it.Records)
		made.Items = append(made.Items, it)
	}
	if still {
		carried.Records = nil
		for _, name := range then {
			carried.Records = append(carried.Records, at[name])
		}
		slices.Sort(carried.Records)
		made.Items = append(made.Items, carried)
	}
	return made, items
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
