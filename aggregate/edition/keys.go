// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"github.com/sharedpractice/sharedpractice/aggregate"
)

// facet is a list of counts and the name that it has in keys.
type facet struct {
	name   string
	counts *[]aggregate.Count
}

func overall(c *aggregate.Collection) []facet {
	return []facet{
		{"challenge", &c.Challenges},
		{"objective", &c.Objectives},
		{"situation", &c.Situations},
		{"organisation", &c.Organisations},
		{"sector", &c.Sectors},
		{"level", &c.Levels},
		{"kind", &c.Kinds},
	}
}

func facets(t *aggregate.Topic) []facet {
	return []facet{
		{"situation", &t.Situations},
		{"together", &t.Together},
		{"stakeholder", &t.Stakeholders},
		{"organisation", &t.Organisations},
		{"sector", &t.Sectors},
		{"therapy-area", &t.TherapyAreas},
		{"lifecycle", &t.Lifecycle},
		{"level", &t.Levels},
		{"scale", &t.Scales},
		{"kind", &t.Kinds},
		{"budget", &t.Budgets},
		{"design", &t.Designs},
		{"direction", &t.Directions},
		{"domain", &t.Domains},
		{"criteria-by", &t.CriteriaBy},
		{"criteria-met", &t.CriteriaMet},
	}
}

func parts(s *aggregate.Statement) []facet {
	return []facet{
		{"actor", &s.Actors},
		{"effort", &s.Efforts},
		{"band", &s.Bands},
		{"defined-by", &s.DefinedBy},
		{"met", &s.Met},
		{"addresses", &s.Addresses},
		{"month", &s.Months},
		{"often", &s.Often},
		{"side", &s.Sides},
	}
}

// option is a count that a topic has or has not.
type option struct {
	name    string
	support **aggregate.Support
}

func options(t *aggregate.Topic) []option {
	return []option{
		{"experienced", &t.Experienced}, {"perceived", &t.Perceived}, {"measured", &t.Measured}, {"independent", &t.Independent},
	}
}

// A visitor is told what a collection counts, under the keys of aggregate.Item.
type visitor func(key aggregate.ItemKey, s aggregate.Support)

func (visit visitor) counts(where aggregate.ItemKey, facet string, all []aggregate.Count) {
	for _, k := range all {
		visit(where.Count(facet, k.Code), k.Support)
	}
}

func (visit visitor) statements(where aggregate.ItemKey, all []aggregate.Statement) {
	for _, s := range all {
		key := where.Statement(s.ID)
		visit(key, s.Support)
		for _, f := range parts(&s) {
			visit.counts(key, f.name, *f.counts)
		}
		if s.Helpful != nil {
			visit(key.Facet("helpful"), *s.Helpful)
		}
		for _, w := range s.Shared {
			visit(where.Wording(s.ID, w.Text), w.Support)
		}
	}
}

// walk visits everything that a collection counts.
func walk(c *aggregate.Collection, visit visitor) {
	if c.Examples > 0 {
		visit(aggregate.AllItems, aggregate.Support{Examples: c.Examples, Contributors: c.Contributors})
	}
	for _, f := range overall(c) {
		visit.counts(aggregate.AllItems, f.name, *f.counts)
	}
	for _, x := range c.Crosstab.Cells {
		if !x.Hidden {
			visit(x.Key(), aggregate.Support{Examples: x.Examples})
		}
	}
	if c.Uncoded != nil {
		visit(aggregate.AllItems.Facet("uncoded"), *c.Uncoded)
	}
	visit.statements(aggregate.AllItems, c.Statements)
	for _, x := range c.TopicGroups {
		visit(x.Key(), x.Support)
		visit.statements(x.Key(), x.Statements)
	}
	for i := range c.Topics {
		t := &c.Topics[i]
		key := t.Key()
		visit(key, t.Support)
		for _, f := range facets(t) {
			visit.counts(key, f.name, *f.counts)
		}
		for _, o := range options(t) {
			if *o.support != nil {
				visit(key.Facet(o.name), **o.support)
			}
		}
		visit.statements(key, t.Statements)
	}
}
