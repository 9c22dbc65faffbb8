// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
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

// statementKey is the key of a statement. One that no concept covers is its
// first wording's.
func statementKey(where, id string) string {
	return where + "/" + strings.Replace(id, ".words-", "/words-", 1)
}

// wordsAt is where the wordings of a statement stand.
func wordsAt(where, id string) string {
	id, _, _ = strings.Cut(id, ".words-")
	return where + "/" + id
}

// walk visits everything that a collection counts, under the keys of
// aggregate.Evidence.
func walk(c *aggregate.Collection, visit func(key string, s aggregate.Support)) {
	counts := func(where string, all []aggregate.Count) {
		for _, k := range all {
			visit(where+"/"+string(k.Code), k.Support)
		}
	}
	statements := func(where string, all []aggregate.Statement) {
		for _, s := range all {
			key := statementKey(where, s.ID)
			visit(key, s.Support)
			for _, f := range parts(&s) {
				counts(key+"/"+f.name, *f.counts)
			}
			if s.Helpful != nil {
				visit(key+"/helpful", *s.Helpful)
			}
			for _, w := range s.Shared {
				visit(wordsAt(where, s.ID)+"/words-"+model.HashText(w.Text)[:12], w.Support)
			}
		}
	}
	if c.Examples > 0 {
		visit("all", aggregate.Support{Examples: c.Examples, Contributors: c.Contributors})
	}
	for _, f := range overall(c) {
		counts("all/"+f.name, *f.counts)
	}
	for _, x := range c.Crosstab.Cells {
		if !x.Hidden {
			visit(cellKey(x), aggregate.Support{Examples: x.Examples})
		}
	}
	if c.Uncoded != nil {
		visit("all/uncoded", *c.Uncoded)
	}
	statements("all", c.Statements)
	for _, x := range c.Circles {
		visit("near/"+string(x.Code), x.Support)
		statements("near/"+string(x.Code), x.Statements)
	}
	for i := range c.Topics {
		t := &c.Topics[i]
		key := "topic/" + t.ID
		visit(key, t.Support)
		for _, f := range facets(t) {
			counts(key+"/"+f.name, *f.counts)
		}
		for _, o := range options(t) {
			if *o.support != nil {
				visit(key+"/"+o.name, **o.support)
			}
		}
		statements(key, t.Statements)
	}
}
