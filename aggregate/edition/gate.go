// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"fmt"
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
)

// choice says whether an item is printed, and as it is now or as it was.
type choice int

const (
	left   choice = iota // not at all
	fresh                // as it is now
	same                 // as it is now, which is as it was: nothing of it changes
	frozen               // as it was last printed
)

// gate decides of every item how it may be printed beside everything that was
// printed before.
type gate struct {
	press   *Press
	before  *printed   // may be nil
	earlier []*printed // all editions
	records []anonymize.Record
	k       int // that differences must rest on, and what is left of a whole: see boundsOf

	states []state           // of those who are counted, since items last appeared
	still  map[*printed]bool // so few have changed since that nothing appears beside them

	now     map[aggregate.ItemKey]aggregate.Item // of the last round, by key
	choices map[aggregate.ItemKey]choice         // for the keys of now
	refused map[aggregate.ItemKey]bool           // by Build, since they were never printed
	dropped map[aggregate.ItemKey]bool           // never to be printed in this edition
	frozen  map[aggregate.ItemKey]bool           // that are printed as they were though they changed
	present map[string]bool                      // ids of records
	akin    map[string][]akinItem                // by what is counted
	totals  map[aggregate.ItemKey]aggregate.Item // as they were asked for last
	inside  map[aggregate.ItemKey][]akinItem     // by those among whom it was counted
	saying  map[string][]akinItem                // by what a statement says
	bounds  map[aggregate.ItemKey]bool           // of this round, as far as asked
}

// akinItem is an item of an earlier edition that tells of some population.
type akinItem struct {
	codes []string
	in    *printed
	item  item
}

func (g *gate) prepare() {
	if g.akin != nil {
		return
	}
	g.refused, g.dropped, g.present = map[aggregate.ItemKey]bool{}, map[aggregate.ItemKey]bool{}, map[string]bool{}
	for _, r := range g.records {
		g.present[r.ID()] = true
	}
	g.inside, g.saying = map[aggregate.ItemKey][]akinItem{}, map[string][]akinItem{}
	g.akin, g.totals = map[string][]akinItem{}, map[aggregate.ItemKey]aggregate.Item{}
	for i, e := range g.earlier {
		for _, it := range e.Items {
			if it.Bound || i+1 < len(g.earlier) && printedAgain(g.earlier[i+1:], e, it) {
				continue
			}
			for _, parent := range it.Key.Within() {
				g.inside[parent] = append(g.inside[parent], akinItem{nil, e, it})
			}
			said(g.saying, it.Key, akinItem{nil, e, it})
			codes, what := it.Key.Population()
			g.akin[what] = append(g.akin[what], akinItem{codes, e, it})
		}
	}
}

// printedAgain reports whether a later edition printed the same under the key.
func printedAgain(later []*printed, in *printed, it item) bool {
	for _, e := range later {
		if again, ok := e.item(it.Key); ok && again.Bound == it.Bound && again.Shown == it.Shown && len(again.Records) == len(it.Records) &&
			maps.Equal(e.ids(again), in.ids(it)) {
			return true
		}
	}
	return false
}

// admit is the gate as aggregate.Config.Admit asks it. It refuses what was never
// printed and may not be; what was printed can always be printed again.
func (g *gate) admit(items []aggregate.Item) ([]aggregate.ItemKey, error) {
	g.prepare()
	g.bounds = map[aggregate.ItemKey]bool{}
	g.now, g.choices, g.frozen = map[aggregate.ItemKey]aggregate.Item{}, map[aggregate.ItemKey]choice{}, map[aggregate.ItemKey]bool{}
	asked := map[aggregate.ItemKey]bool{} // not the totals that were refused before
	for _, x := range items {
		g.now[x.Key], asked[x.Key] = x, true
		if x.Key.Total() {
			g.totals[x.Key] = x
		}
	}
	// what is counted among them is published, though they were refused
	maps.Copy(g.now, g.totals)
	found, err := g.press.ledger.Check(g.ledgerItems(items))
	if err != nil {
		return nil, err
	}
	conflict := map[aggregate.ItemKey]bool{}
	for _, c := range found {
		conflict[aggregate.ItemKey(c.Item)] = true
	}
	keys := slices.Sorted(maps.Keys(g.now)) // parents come before what they hold
	var refused []aggregate.ItemKey
	for {
		refused = nil
		for _, key := range keys {
			g.choices[key] = g.choose(key, conflict)
			if g.choices[key] == left && !key.Proposed() && asked[key] {
				refused = append(refused, key)
			}
		}
		more := g.complements(keys, conflict)
		if !more {
			break
		}
	}
	for key, c := range g.choices {
		if c == frozen {
			g.frozen[key] = true
		}
	}
	for _, key := range refused {
		g.refused[key] = true
	}
	return refused, nil
}

// choose says how one item is printed.
func (g *gate) choose(key aggregate.ItemKey, conflict map[aggregate.ItemKey]bool) choice {
	x := g.now[key]
	old, had := g.before.item(key)
	if !had && !g.mayAppear(key) {
		return left
	}
	beside := g.unbound(x) || g.amongUntold(x, conflict)
	if had && !old.Untold && !beside && sameRecords(g.before, old, x) && !g.rests(x) { // its whole may have changed
		return same
	}
	if !conflict[key] && !beside && !g.wholeStands(key) && !g.tellsOfFew(x) {
		return fresh
	}
	if had && !g.outgrown(key) {
		return frozen
	}
	return left
}

// tellsOfFew reports whether an item as it is now would tell of few beside anything
// that was printed before.
func (g *gate) tellsOfFew(x aggregate.Item) bool {
	return g.lost(x) || g.leaves(x) || g.numbers(x) || g.rests(x) || g.besideAkin(x) || g.besideWider(x)
}

// wholeStands reports whether that within which an item is counted is printed as it
// was, and with it all that it holds. Within a total items go their own ways.
func (g *gate) wholeStands(key aggregate.ItemKey) bool {
	parent, held := g.parent(key)
	return held && (g.choices[parent] == frozen && !parent.Total() || g.standsStill(parent))
}

// standsStill reports whether an item that did not change is printed as it was told
// among a whole that is printed as it was, though among today's whole it would be told
// as almost all, or no longer: what is counted within it is printed as it was, too, or it
// would stand as one of another whole (life 6977: 6 of 15 in a topic of 6).
func (g *gate) standsStill(key aggregate.ItemKey) bool {
	whole, held := g.parent(key)
	if g.choices[key] != same || !held || !whole.Total() || g.choices[whole] != frozen {
		return false
	}
	old, _ := g.before.item(key)
	return old.Bound != g.bound(key)
}

// outgrown reports whether a total, printed as it was, would stand beside the number
// of all as it is now, and differ from it by 1 to k-1.
func (g *gate) outgrown(key aggregate.ItemKey) bool {
	if !key.Total() || key == aggregate.AllItems || g.choices[aggregate.AllItems] != fresh {
		return false
	}
	all := g.now[aggregate.AllItems]
	return few(g.before.number(key)-len(all.Records), max(g.k, all.K))
}

// unbound reports whether an item would be told to the number that beside an
// earlier edition's whole would show how few were left, as where that edition had to
// tell that it is almost all.
func (g *gate) unbound(x aggregate.Item) bool {
	if g.bound(x.Key) {
		return false
	}
	now := idsOf(x)
	for _, parent := range x.Key.Within() {
		for _, e := range g.earlier {
			all, had := e.item(parent)
			if !had || all.Bound {
				continue
			}
			rest := e.without(all, now)
			if len(all.Records)-len(x.Records) == len(rest) && tooFew(rest, max(g.k, x.K, all.K)) {
				return true
			}
		}
	}
	return false
}

// mostLeft is the number of examples up to which it is asked whose they are, where
// a whole is held against everything that was ever counted within it.
const mostLeft = 200

// leaves reports whether an item beside what an earlier edition counted within it
// would show how few were left.
func (g *gate) leaves(x aggregate.Item) bool {
	var now map[string]anonymize.Record
	for _, c := range g.inside[x.Key] {
		n := len(x.Records) - len(c.item.Records)
		if n < 1 || n > mostLeft {
			continue
		}
		if now == nil {
			now = map[string]anonymize.Record{}
			for _, r := range x.Records {
				now[r.ID()] = r
			}
		}
		nested := !slices.ContainsFunc(c.item.Records, func(at int) bool { _, in := now[c.in.Records[at].ID]; return !in })
		if nested && tooFew(joined(x.Records, c.in.ids(c.item)), max(g.k, x.K, c.item.K)) {
			return true
		}
	}
	return false
}

// whole is the key of those among whom an item is counted now: the narrowest that
// are not almost all themselves.
func (g *gate) whole(key aggregate.ItemKey) (aggregate.ItemKey, bool) {
	last, found := aggregate.ItemKey(""), false
	for _, parent := range key.Within() {
		if _, known := g.now[parent]; !known {
			continue
		}
		last, found = parent, true
		if !g.bound(parent) {
			return parent, true
		}
	}
	if found && last != aggregate.AllItems {
		return g.whole(last)
	}
	return last, found
}

// bound reports whether an item would be told as almost all of a whole now; see
// aggregate.Support.
func (g *gate) bound(key aggregate.ItemKey) bool {
	if known, ok := g.bounds[key]; ok {
		return known
	}
	bound := false
	if whole, ok := g.whole(key); ok {
		x, all := g.now[key], g.now[whole]
		rest := joined(all.Records, idsOf(x))
		bound = tooFew(rest, g.k) || len(rest) == 0 && len(all.Records) == g.press.cfg.K+1
	}
	g.bounds[key] = bound
	return bound
}

func idsOf(x aggregate.Item) map[string]bool {
	out := make(map[string]bool, len(x.Records))
	for _, r := range x.Records {
		out[r.ID()] = true
	}
	return out
}

// lost reports whether an item is almost all of examples whose number is printed
// as it was.
func (g *gate) lost(x aggregate.Item) bool {
	whole, found := g.whole(x.Key)
	if !found || !whole.Total() || g.choices[whole] != frozen {
		return false
	}
	all, _ := g.before.item(whole)
	rest := g.before.number(whole) - len(x.Records)
	return rest < max(g.k, all.K, x.K)
}

// amongUntold reports whether an item is one of examples whose number may not be
// printed: how many they are stands beside it.
func (g *gate) amongUntold(x aggregate.Item, conflict map[aggregate.ItemKey]bool) bool {
	whole, found := g.whole(x.Key)
	if !found || !whole.Total() || g.choices[whole] != left {
		return false
	}
	return conflict[whole] || slices.ContainsFunc(g.earlier, func(e *printed) bool {
		was := e.number(whole)
		return was > 0 && few(was-len(g.now[whole].Records), max(g.k, g.now[whole].K))
	})
}

// sameRecords reports whether an item counts the same records, of the same
// contributors.
func sameRecords(p *printed, it item, x aggregate.Item) bool {
	if len(it.Records) != len(x.Records) {
		return false
	}
	was := map[string][]anonymize.Holding{}
	for _, at := range it.Records {
		was[p.Records[at].ID] = p.Records[at].Holdings
	}
	return !slices.ContainsFunc(x.Records, func(r anonymize.Record) bool {
		holdings, known := was[r.ID()]
		return !known || !slices.Equal(holdings, r.Holdings())
	})
}

// parent is the item among whose records another is counted.
func (g *gate) parent(key aggregate.ItemKey) (aggregate.ItemKey, bool) {
	for _, parent := range key.Within() {
		if _, ok := g.now[parent]; ok {
			return parent, true
		}
	}
	return "", false
}

// numbers reports whether a number that a reader sees would differ by 1 to k-1
// from one that was printed under the key, whoever makes the difference.
func (g *gate) numbers(x aggregate.Item) bool {
	contributors := aggregate.Independent(x.Records)
	for _, e := range g.earlier {
		old, had := e.item(x.Key)
		if !had || old.Bound {
			continue
		}
		k := max(g.k, old.K, x.K)
		if few(old.Examples-len(x.Records), k) || few(old.Contributors-contributors, k) {
			return true
		}
	}
	return false
}

// rests reports whether those of its whole that are not in an item would differ in
// number by 1 to k-1 from those of an earlier edition: of the ten who left a whole
// eight were in it, and so two were not. So does a rest of 1 to k-1 beside a whole that
// is printed as it was.
func (g *gate) rests(x aggregate.Item) bool {
	whole, found := g.whole(x.Key)
	if !found || g.bound(x.Key) {
		return false
	}
	all := len(g.now[whole].Records)
	if g.choices[whole] == frozen {
		all = g.before.number(whole)
		// It would be told as a part of a number that is not of today (life 6278).
		if whole.Total() && few(all-len(x.Records), max(g.k, x.K)) {
			return true
		}
	}
	for _, e := range g.earlier {
		old, had := e.item(x.Key)
		was := e.number(whole)
		if had && !old.Bound && !old.Untold && was > 0 && few((was-old.Examples)-(all-len(x.Records)), max(g.k, old.K, x.K)) {
			return true
		}
	}
	return false
}

// besideAkin reports whether an item, beside one of an earlier edition that tells
// of nearly the same examples by another name, or of what it is a part of, would show
// too few.
func (g *gate) besideAkin(x aggregate.Item) bool {
	now := map[string]bool{}
	for _, r := range x.Records {
		now[r.ID()] = true
	}
	for _, key := range append([]aggregate.ItemKey{x.Key}, x.Key.Nested(g.press.cfg.Vocabulary)...) {
		codes, what := key.Population()
		for _, a := range g.akin[what] {
			if a.item.Key == x.Key || a.item.Key != key && !aggregate.Akin(codes, a.codes, g.press.cfg.Vocabulary) {
				continue
			}
			k := max(g.k, a.item.K, x.K)
			was := a.in.ids(a.item)
			if tooFew(joined(x.Records, was), k) || tooFew(a.in.without(a.item, now), k) {
				return true
			}
		}
	}
	return false
}

// complements finds items that change so that what they hold, and was printed to
// the number, would now leave too few of them; it marks them as in conflict.
func (g *gate) complements(keys []aggregate.ItemKey, conflict map[aggregate.ItemKey]bool) (found bool) {
	for _, key := range keys {
		old, had := g.before.item(key)
		parent, held := g.parent(key)
		if g.choices[key] != same || !had || old.Bound || !held || g.choices[parent] != fresh || conflict[parent] {
			continue
		}
		child, whole := g.now[key], g.now[parent]
		in := map[string]bool{}
		for _, r := range child.Records {
			in[r.ID()] = true
		}
		if tooFew(joined(whole.Records, in), max(g.k, whole.K, child.K)) {
			conflict[parent], found = true, true
		}
	}
	return found
}

// choice is how the item of a key is printed in the end, whether or not it is
// among what could be counted now.
func (g *gate) choice(key aggregate.ItemKey) choice {
	if g.dropped[key] {
		return left
	}
	if _, now := g.now[key]; now {
		if g.choices[key] == frozen && !g.again(key) {
			return left
		}
		return g.choices[key]
	}
	if g.again(key) {
		return frozen
	}
	return left
}

// again reports whether an item may be printed as it was: while fewer than k of
// those behind it are gone, and it has as many as are asked for today.
func (g *gate) again(key aggregate.ItemKey) bool {
	it, had := g.before.item(key)
	if !had {
		return false
	}
	all := g.before.without(it, nil)
	return reaches(all, max(g.press.cfg.K, it.K)) && !reaches(g.before.without(it, g.present), max(g.k, it.K))
}

// Format prints nothing of what a gate holds.
func (g *gate) Format(s fmt.State, _ rune) { fmt.Fprint(s, "[gate]") }
