// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

// body is a collection as it is published.
func body(c *aggregate.Collection) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(c); err != nil {
		return nil, fmt.Errorf("edition: collection: %w", err)
	}
	return b.Bytes(), nil
}

// merge puts together what is printed as it is now and what as it was.
func (g *gate) merge(now *aggregate.Collection) *aggregate.Collection {
	g.prepare()
	old := &aggregate.Collection{}
	if g.before != nil {
		old = g.before.Collection
	}
	c := *now
	if g.before == nil && len(g.dropped) == 0 && !g.proposedFrozen() {
		return &c
	}
	if g.choice(aggregate.AllItems) == frozen {
		c.Examples, c.Contributors = old.Examples, old.Contributors
	} else if g.choice(aggregate.AllItems) == left {
		c.Examples, c.Contributors = 0, 0
	}
	was := overall(old)
	for i, f := range overall(&c) {
		*f.counts = g.counts(aggregate.AllItems, f.name, *f.counts, *was[i].counts, false)
	}
	c.Crosstab = g.crosstab(now.Crosstab, old.Crosstab)
	c.Topics = g.topics(now.Topics, old.Topics)
	printed := map[string]bool{}
	for _, t := range c.Topics {
		printed[t.ID] = true
	}
	c.TopicGroups = g.topicGroups(now.TopicGroups, old.TopicGroups, printed)
	c.Statements = g.statements(aggregate.AllItems, now.Statements, old.Statements, false)
	c.Uncoded = g.optional(aggregate.AllItems.Facet("uncoded"), now.Uncoded, old.Uncoded, false)
	if g.proposedFrozen() {
		if c.Proposed = nil; g.proposedAgain() {
			c.Proposed = old.Proposed
		}
	}
	c.Edition = ""
	if text, err := json.Marshal(c); err == nil {
		sum := sha256.Sum256(text)
		c.Edition = hex.EncodeToString(sum[:16])
	}
	return &c
}

// support returns the numbers that are printed for an item, and how they were chosen:
// now are those of the present records, old those last printed, nil where there are
// none. kept: the parent is printed as it was, and so is all within it. The choice left
// means that the item is not printed.
func (g *gate) support(key aggregate.ItemKey, now, old *aggregate.Support, kept bool) (s aggregate.Support, c choice) {
	if kept {
		return g.asItWas(key, old)
	}
	c = g.choice(key)
	total, amongOld := g.frozenTotal(key)
	switch {
	case old != nil && (c == frozen || c == same && amongOld):
		return *old, c
	case now == nil || c != fresh && c != same:
		return s, left
	}
	s = *now
	s.Of = g.of(key, s.Of)
	if c == fresh && amongOld {
		s.Of = g.before.number(total)
	}
	if c == fresh || old == nil {
		return s, fresh
	}
	s.Kinds = old.Kinds
	if s.AlmostAll {
		s.Kinds = 0
	}
	return s, same
}

// asItWas returns the numbers of an item within one that is printed as it was.
func (g *gate) asItWas(key aggregate.ItemKey, old *aggregate.Support) (s aggregate.Support, c choice) {
	if old != nil && g.choice(key) != left && g.again(key) {
		return *old, frozen
	}
	return s, left
}

// frozenTotal is the total within which an item stands, if that is printed as it was.
func (g *gate) frozenTotal(key aggregate.ItemKey) (total aggregate.ItemKey, ok bool) {
	total, held := g.parent(key)
	return total, held && total.Total() && g.choices[total] == frozen
}

// of is the number of those among whom an item is counted, as it is printed.
func (g *gate) of(key aggregate.ItemKey, n int) int {
	if whole, ok := g.whole(key); ok && whole.Total() && g.choices[whole] == frozen {
		return g.before.number(whole)
	}
	return n
}

func (g *gate) counts(where aggregate.ItemKey, facet string, now, old []aggregate.Count, kept bool) []aggregate.Count {
	by := map[model.Code][2]*aggregate.Support{}
	for i := range old {
		by[old[i].Code] = [2]*aggregate.Support{nil, &old[i].Support}
	}
	for i := range now {
		by[now[i].Code] = [2]*aggregate.Support{&now[i].Support, by[now[i].Code][1]}
	}
	var out []aggregate.Count
	for code, two := range by {
		if s, c := g.support(where.Count(facet, code), two[0], two[1], kept); c != left {
			out = append(out, aggregate.Count{Code: code, Support: s})
		}
	}
	slices.SortFunc(out, func(a, b aggregate.Count) int {
		return cmp.Or(cmp.Compare(b.Contributors, a.Contributors), cmp.Compare(b.Examples, a.Examples), cmp.Compare(a.Code, b.Code))
	})
	return out
}

func (g *gate) optional(key aggregate.ItemKey, now, old *aggregate.Support, kept bool) *aggregate.Support {
	s, c := g.support(key, now, old, kept)
	if c == left {
		return nil
	}
	return &s
}

func (g *gate) crosstab(now, old aggregate.Crosstab) aggregate.Crosstab {
	cells := map[aggregate.ItemKey]aggregate.Cell{}
	for _, x := range old.Cells {
		if !x.Hidden && g.choice(x.Key()) == frozen {
			cells[x.Key()] = x
		}
	}
	for _, x := range now.Cells {
		if c := g.choice(x.Key()); !x.Hidden && (c == fresh || c == same) {
			cells[x.Key()] = x
		}
	}
	var t aggregate.Crosstab
	for _, key := range slices.Sorted(maps.Keys(cells)) {
		t.Cells = append(t.Cells, cells[key])
		t.Challenges, t.Objectives = append(t.Challenges, cells[key].Challenge), append(t.Objectives, cells[key].Objective)
	}
	slices.Sort(t.Challenges)
	slices.Sort(t.Objectives)
	t.Challenges, t.Objectives = slices.Compact(t.Challenges), slices.Compact(t.Objectives)
	for _, c := range t.Challenges {
		for _, o := range t.Objectives {
			hidden := aggregate.Cell{Challenge: c, Objective: o, Hidden: true}
			if _, shown := cells[hidden.Key()]; !shown {
				t.Cells = append(t.Cells, hidden)
			}
		}
	}
	slices.SortFunc(t.Cells, func(x, y aggregate.Cell) int {
		return cmp.Or(cmp.Compare(x.Challenge, y.Challenge), cmp.Compare(x.Objective, y.Objective))
	})
	return t
}

func (g *gate) topics(now, old []aggregate.Topic) []aggregate.Topic {
	by := map[string][2]*aggregate.Topic{}
	for i := range old {
		by[old[i].ID] = [2]*aggregate.Topic{{}, &old[i]}
	}
	for i := range now {
		was := by[now[i].ID][1]
		if was == nil {
			was = &aggregate.Topic{}
		}
		by[now[i].ID] = [2]*aggregate.Topic{&now[i], was}
	}
	var out []aggregate.Topic
	for id, two := range by {
		key := aggregate.Topic{ID: id}.Key()
		var nowSupport, oldSupport *aggregate.Support
		if two[0].ID != "" {
			nowSupport = &two[0].Support
		}
		if two[1].ID != "" {
			oldSupport = &two[1].Support
		}
		s, c := g.support(key, nowSupport, oldSupport, false)
		if c == left {
			continue
		}
		t := *two[0]
		kept := c == frozen || g.standsStill(key)
		if kept {
			t = *two[1]
			t.Examples = two[0].Examples // of the showcase, which is as it is now
		}
		t.Support = s
		was, is := facets(two[1]), facets(two[0])
		for i, f := range facets(&t) {
			*f.counts = g.counts(key, f.name, *is[i].counts, *was[i].counts, kept)
		}
		wasOne, isOne := options(two[1]), options(two[0])
		for i, f := range options(&t) {
			*f.support = g.optional(key.Facet(f.name), *isOne[i].support, *wasOne[i].support, kept)
		}
		t.Statements = g.statements(key, two[0].Statements, two[1].Statements, kept)
		out = append(out, t)
	}
	slices.SortFunc(out, func(x, y aggregate.Topic) int {
		return cmp.Or(cmp.Compare(y.Support.Contributors, x.Support.Contributors), cmp.Compare(y.Support.Examples, x.Support.Examples), cmp.Compare(x.ID, y.ID))
	})
	return out
}

func (g *gate) topicGroups(now, old []aggregate.TopicGroup, topics map[string]bool) []aggregate.TopicGroup {
	by := map[model.Code][2]*aggregate.TopicGroup{}
	for i := range old {
		by[old[i].Code] = [2]*aggregate.TopicGroup{{}, &old[i]}
	}
	for i := range now {
		was := by[now[i].Code][1]
		if was == nil {
			was = &aggregate.TopicGroup{}
		}
		by[now[i].Code] = [2]*aggregate.TopicGroup{&now[i], was}
	}
	var out []aggregate.TopicGroup
	for code, two := range by {
		var nowSupport, oldSupport *aggregate.Support
		if two[0].Code != "" {
			nowSupport = &two[0].Support
		}
		if two[1].Code != "" {
			oldSupport = &two[1].Support
		}
		key := aggregate.TopicGroup{Code: code}.Key()
		s, c := g.support(key, nowSupport, oldSupport, false)
		if c == left {
			continue
		}
		x := *two[0]
		if c != fresh && two[1].Code != "" {
			x = *two[1]
		}
		x.Support = s
		x.Topics = slices.DeleteFunc(slices.Clone(x.Topics), func(id string) bool { return !topics[id] })
		x.Statements = g.statements(key, two[0].Statements, two[1].Statements, c == frozen || g.standsStill(key))
		out = append(out, x)
	}
	slices.SortFunc(out, func(x, y aggregate.TopicGroup) int { return cmp.Compare(x.Code, y.Code) })
	return out
}

func (g *gate) statements(where aggregate.ItemKey, now, old []aggregate.Statement, kept bool) []aggregate.Statement {
	by := map[string][2]*aggregate.Statement{}
	for i := range old {
		by[old[i].ID] = [2]*aggregate.Statement{{}, &old[i]}
	}
	for i := range now {
		was := by[now[i].ID][1]
		if was == nil {
			was = &aggregate.Statement{}
		}
		by[now[i].ID] = [2]*aggregate.Statement{&now[i], was}
	}
	var out []aggregate.Statement
	ids := map[string]bool{}
	for id, two := range by {
		if st, ok := g.statement(where, id, two[0], two[1], kept); ok {
			ids[id] = true
			out = append(out, st)
		}
	}
	for i := range out {
		if !ids[out[i].Opposes] {
			out[i].Opposes = ""
		}
	}
	slices.SortFunc(out, func(x, y aggregate.Statement) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Part, y.Part), cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.ID, y.ID))
	})
	return out
}

// statement is one statement as it is printed, if it is; of now and old the one that
// there is not is empty.
func (g *gate) statement(where aggregate.ItemKey, id string, now, old *aggregate.Statement, kept bool) (st aggregate.Statement, ok bool) {
	key := where.Statement(id)
	var nowSupport, oldSupport *aggregate.Support
	if now.ID != "" {
		nowSupport = &now.Support
	}
	if old.ID != "" {
		oldSupport = &old.Support
	}
	s, c := g.support(key, nowSupport, oldSupport, kept)
	if c == left {
		return st, false
	}
	st = *now
	if c == frozen || c == same {
		st = *old
	}
	st.Support = s
	st.Approved = slices.Clone(now.Approved) // single sentences are printed while they are approved
	for i := range st.Approved {             // among those who are printed as saying so
		st.Approved[i].Of = s.Examples
		if s.AlmostAll {
			st.Approved[i].Of = s.Of
		}
	}
	within := c == frozen || g.standsStill(key)
	was, is := parts(old), parts(now)
	for i, f := range parts(&st) {
		*f.counts = g.counts(key, f.name, *is[i].counts, *was[i].counts, within)
	}
	st.Helpful = g.optional(key.Facet("helpful"), now.Helpful, old.Helpful, within)
	st.Shared = g.wordings(where, id, now.Shared, old.Shared, within)
	return st, true
}

func (g *gate) wordings(where aggregate.ItemKey, statement string, now, old []aggregate.Wording, kept bool) []aggregate.Wording {
	by := map[string][2]*aggregate.Support{}
	for i := range now {
		by[now[i].Text] = [2]*aggregate.Support{&now[i].Support, nil}
	}
	for i := range old {
		by[old[i].Text] = [2]*aggregate.Support{by[old[i].Text][0], &old[i].Support}
	}
	var out []aggregate.Wording
	for text, two := range by {
		if s, c := g.support(where.Wording(statement, text), two[0], two[1], kept); c != left {
			out = append(out, aggregate.Wording{Text: text, Support: s})
		}
	}
	slices.SortFunc(out, func(a, b aggregate.Wording) int { // by what is printed
		return cmp.Or(cmp.Compare(strings.Count(b.Text, " "), strings.Count(a.Text, " ")), cmp.Compare(b.Contributors, a.Contributors), cmp.Compare(a.Text, b.Text))
	})
	return out
}

// proposedFrozen reports whether the proposals, whose groups have no names that
// last, are printed as they were: all of them or none. Where there is no edition before,
// they are not printed then.
func (g *gate) proposedFrozen() bool {
	for key, x := range g.now {
		if !key.Proposed() {
			continue
		}
		if len(g.still) > 0 {
			return true
		}
		for _, e := range g.earlier {
			for _, it := range e.Items {
				if !it.Key.Proposed() {
					continue
				}
				now := map[string]bool{}
				for _, r := range x.Records {
					now[r.ID()] = true
				}
				k := max(g.k, it.K, x.K)
				if tooFew(joined(x.Records, e.ids(it)), k) || tooFew(e.without(it, now), k) {
					return true
				}
			}
		}
		if g.choices[key] == left || g.choices[key] == frozen {
			return true
		}
	}
	return false
}

// proposedAgain reports whether the proposals may be printed as they were, all of them.
func (g *gate) proposedAgain() bool {
	for key := range g.before.keys() {
		if key.Proposed() && !g.again(key) {
			return false
		}
	}
	return true
}

func (g *gate) proposedChoice(key aggregate.ItemKey) choice {
	if g.proposedFrozen() {
		if g.proposedAgain() {
			return frozen
		}
		return left
	}
	if _, now := g.now[key]; now {
		return fresh
	}
	return left
}
