// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"cmp"
	"maps"
	"slices"
)

// whole checks the set as one thing and puts it in order.
func (b *builder) whole() error {
	where := map[string]place{}
	for _, st := range b.statements {
		if _, seen := where[st.id]; !seen && st.lang == "" {
			where[st.id] = st.place
		}
	}
	for _, s := range b.set.schemes {
		if len(s.concepts) == 0 {
			return b.heads[s.name].place.fault("the scheme has no concept")
		}
		slices.SortFunc(s.concepts, func(x, y *Concept) int {
			if x.ranked != y.ranked {
				if x.ranked {
					return -1
				}
				return 1
			}
			return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.id, y.id))
		})
		for _, c := range s.concepts {
			if err := b.concept(c, where[c.id]); err != nil {
				return err
			}
		}
	}
	if c := b.bothWays(); c != nil {
		return where[c.id].fault("a concept is related to itself")
	}
	if c := b.set.cycle(); c != nil {
		return where[c.id].fault("broader runs in a circle or is deeper than 16")
	}
	return nil
}

// bothWays makes relations run both ways, and returns a concept that is related to
// itself, if there is one.
func (b *builder) bothWays() *Concept {
	for _, s := range b.set.schemes {
		for _, c := range s.concepts {
			for _, id := range c.broader {
				up := b.set.byID[id]
				up.narrower = append(up.narrower, c.id)
			}
			for _, id := range c.related {
				b.set.byID[id].related = append(b.set.byID[id].related, c.id)
			}
		}
	}
	for _, s := range b.set.schemes {
		for _, c := range s.concepts {
			c.narrower = tidy(c.narrower)
			c.related = tidy(c.related)
			if slices.Contains(c.related, c.id) {
				return c
			}
		}
	}
	return nil
}

// concept checks one concept's relations and texts.
func (b *builder) concept(c *Concept, at place) error {
	c.broader = tidy(c.broader)
	unknown := func(id string) bool { return b.set.byID[id] == nil }
	switch {
	case slices.ContainsFunc(c.broader, unknown):
		return at.fault("broader names no concept of the set")
	case slices.ContainsFunc(c.related, unknown):
		return at.fault("related names no concept of the set")
	}
	for _, relation := range slices.Sorted(maps.Keys(c.links)) {
		c.links[relation] = tidy(c.links[relation])
		if slices.ContainsFunc(c.links[relation], unknown) {
			return at.fault("a link names no concept of the set")
		}
	}
	if c.bounded && c.min > c.max {
		return at.fault("the lower bound is above the upper")
	}
	t := c.texts[DefaultLang]
	if t == nil || t.pref == "" || t.definition == "" {
		return at.fault("the concept lacks a preferred label or a definition in en-GB")
	}
	for _, lang := range slices.Sorted(maps.Keys(c.texts)) {
		t := c.texts[lang]
		if t.pref == "" {
			return at.fault("a language has texts of the concept but no preferred label")
		}
		seen := map[string]bool{t.pref: true}
		for _, ps := range [][]phrase{t.alt, t.hidden} {
			for _, p := range ps {
				if seen[p.text] {
					return p.place.fault("the label stands twice in the concept")
				}
				seen[p.text] = true
			}
		}
	}
	return nil
}

// tidy sorts and drops doubles.
func tidy(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// cycle returns a concept from which broader does not end within maxDepth
// steps, or nil. It peels off top concepts level by level: linear in the
// relations.
func (s *Set) cycle() *Concept {
	open := map[string]int{}
	var level []string
	for id, c := range s.byID {
		if open[id] = len(c.broader); len(c.broader) == 0 {
			level = append(level, id)
		}
	}
	for range maxDepth {
		var next []string
		for _, id := range level {
			delete(open, id)
			for _, n := range s.byID[id].narrower {
				if open[n]--; open[n] == 0 {
					next = append(next, n)
				}
			}
		}
		level = next
	}
	if len(open) == 0 {
		return nil
	}
	return s.byID[slices.Min(slices.Collect(maps.Keys(open)))]
}
