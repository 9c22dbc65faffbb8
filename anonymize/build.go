// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/samber/lo"

	"github.com/sharedpractice/sharedpractice/model"
)

// A builder turns an example into content. It runs twice over the same
// example: once to collect the texts, once to place what became of them, so
// that both runs must meet the same texts in the same order.
type builder struct {
	terms model.Terms
	// text takes one text and returns what may stand in its place. path names
	// the place in the example.
	text func(path string, raw model.Raw) string
}

// open reports whether a field may be used at all, if only for counting.
func (b builder) open(field string) bool { return b.terms.FieldLevel(field) >= model.Aggregate }

func (b builder) say(field, path string, t model.Text) string {
	if !b.open(field) || t.Empty() {
		return ""
	}
	return b.text(path, t.Value)
}

func (b builder) list(field string, texts []model.Text) []string {
	var out []string
	for i, t := range texts {
		if s := b.say(field, fmt.Sprintf("%s[%d]", field, i), t); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (b builder) content(e *model.Example) Content {
	c := Content{Kind: when(b.open("kind"), e.Kind)}
	c.Title = b.say("title", "title", e.Title)
	c.Summary = b.say("public_summary", "public_summary", e.Summary)
	c.PartnershipTypes = when(b.open("partnership_types"), sortedCodes(e.PartnershipTypes))
	if b.open("organisations") {
		c.OrganisationTypes, c.Sectors = organisations(e)
	}
	if b.open("stakeholders") {
		for _, s := range e.Stakeholders {
			c.Stakeholders = append(c.Stakeholders, Stakeholder{Group: s.Group, Size: sizeBand(s.Number, s.Size), Level: s.Level})
		}
	}
	c.TherapyAreas = when(b.open("therapy_areas"), acceptedCodes(e.TherapyAreas))
	c.Lifecycle = when(b.open("lifecycle"), sortedCodes(e.Lifecycle))
	c.Level = when(b.open("level"), e.Level)
	if b.open("context") {
		c.Setting, c.Scale = e.Context.Setting, e.Context.Scale
		c.Region = region(e.Context)
		if e.Context.Year > 0 {
			c.Year = strconv.Itoa(e.Context.Year)
		}
	}
	b.statements(&c, e)
	b.practice(&c, e)
	b.adoption(&c, e)
	b.named(&c, e)
	return c
}

func (b builder) statements(c *Content, e *model.Example) {
	coded := func(field string, i int, k model.Coded, basis string) Statement {
		return Statement{
			Code: k.Code, Accepted: k.Accepted(), Basis: basis,
			Text: b.say(field, fmt.Sprintf("%s[%d].as_written", field, i), model.Text{Value: k.AsWritten}),
		}
	}
	if b.open("challenges") {
		for i, k := range e.Challenges {
			c.Challenges = append(c.Challenges, coded("challenges", i, k.Coded, k.Basis))
		}
	}
	if b.open("objectives") {
		for i, k := range e.Objectives {
			c.Objectives = append(c.Objectives, coded("objectives", i, k.Coded, ""))
		}
	}
	if b.open("situations") {
		for i, k := range e.Situations {
			c.Situations = append(c.Situations, coded("situations", i, k, ""))
		}
	}
}

func (b builder) practice(c *Content, e *model.Example) {
	if b.open("strategy_steps") {
		for i, s := range e.Steps {
			step := Step{
				Text:  b.say("strategy_steps", fmt.Sprintf("strategy_steps[%d].text", i), s.Text),
				Actor: s.Actor, Order: i, Month: s.Month, Effort: s.Effort, Addresses: slices.Clone(s.Addresses),
			}
			if s.Method.Accepted() {
				step.Method = s.Method.Code
			}
			c.Steps = append(c.Steps, step)
		}
	}
	for i, r := range e.Resources {
		if field := "resources." + r.Type; b.open(field) {
			c.Resources = append(c.Resources, Resource{
				Type: r.Type, Band: r.Band, Licence: b.licence(r.Licence), Helpful: r.Helpful,
				Text: b.say(field, fmt.Sprintf("resources[%d].text", i), r.Text),
			})
			if r.Type == "money" {
				c.Budget = max(c.Budget, r.Band)
			}
		}
	}
	if b.open("outcomes") {
		for i, o := range e.Outcomes {
			c.Outcomes = append(c.Outcomes, Outcome{
				Text:      b.say("outcomes", fmt.Sprintf("outcomes[%d].text", i), o.Text),
				Direction: o.Direction, Beneficiary: o.Beneficiary, Design: o.Design,
				Independent: o.Independent, Domain: o.Domain, Size: sizeBand(max(o.N, o.Denominator), ""),
			})
		}
	}
	if b.open("success_criteria") {
		for i, k := range e.Criteria {
			c.Criteria = append(c.Criteria, Criterion{
				Text:      b.say("success_criteria", fmt.Sprintf("success_criteria[%d].text", i), k.Text),
				DefinedBy: sortedCodes(k.DefinedBy), Met: k.Met,
			})
		}
	}
	if b.open("lessons") {
		for i, l := range e.Lessons {
			c.Lessons = append(c.Lessons, Lesson{
				Text: b.say("lessons", fmt.Sprintf("lessons[%d].text", i), l.Text),
				Kind: l.Kind, Addresses: slices.Clone(l.Addresses),
			})
		}
	}
}

func (b builder) adoption(c *Content, e *model.Example) {
	c.GettingStarted = b.list("adoption.getting_started", e.Adoption.GettingStarted)
	c.Sustaining = b.list("adoption.sustaining", e.Adoption.Sustaining)
	c.Adapted = b.list("adoption.adapted_elsewhere", e.Adoption.Adapted)
	c.Prerequisites = b.list("adoption.prerequisites", e.Adoption.Prerequisites)
	c.NotSuitableFor = b.list("adoption.not_suitable_for", e.Adoption.NotSuitableFor)
}

// quotable reports whether a quote may stand beside the others: the speaker
// agreed to that, a minor's never beside a name, and words that a search engine
// finds only beside one.
func (b builder) quotable(q model.Quote) bool {
	switch {
	case !q.Consent || !slices.Contains(q.Surfaces, string(model.UseQuotes)):
		return false
	case b.terms.Level < model.Attributed:
		return !q.VerbatimPublic
	}
	return !q.Minor
}

// licence is the licence of a tool. Its form would let a name through, so that
// beside no name only the well-known ones are told.
func (b builder) licence(s string) string {
	if b.terms.Level >= model.Attributed || wellKnownLicence(s) {
		return s
	}
	return ""
}

// wellKnownLicence reports whether a licence is none of somebody's own, by its
// SPDX identifier.
func wellKnownLicence(s string) bool {
	parts := strings.Split(strings.ToUpper(s), "-")
	if !slices.Contains([]string{"NONE", "CC", "CC0", "OGL", "APACHE", "MIT", "BSD", "GPL", "LGPL", "AGPL", "MPL", "GFDL", "ODBL", "PDDL"}, parts[0]) {
		return false
	}
	return !slices.ContainsFunc(parts[1:], func(part string) bool {
		return strings.Trim(part, "0123456789.+") != "" &&
			!slices.Contains([]string{"BY", "NC", "SA", "ND", "UK", "IGO", "CLAUSE", "ONLY", "OR", "LATER"}, part)
	})
}

// named adds quotes, and what only named examples may carry.
func (b builder) named(c *Content, e *model.Example) {
	if b.terms.Uses[model.UseQuotes] && b.terms.FieldLevel("quotes") >= model.Anonymous {
		for i, q := range e.Quotes {
			if !b.quotable(q) {
				continue
			}
			if s := b.say("quotes", fmt.Sprintf("quotes[%d].text", i), q.Text); s != "" {
				c.Quotes = append(c.Quotes, Quote{Text: s, Speaker: q.SpeakerRole})
			}
		}
	}
	if b.terms.Level < model.Attributed {
		return
	}
	if b.terms.NameForm >= model.NameOrganisation {
		c.Name = organisationName(e)
	}
	for _, a := range b.terms.Attributions {
		c.Acknowledgements = append(c.Acknowledgements, string(a.Text))
	}
	if b.terms.FieldLevel("funding") >= model.Attributed {
		for _, f := range e.Funding {
			for _, t := range []model.Text{f.Statement, f.Independence} {
				if !t.Empty() {
					c.Acknowledgements = append(c.Acknowledgements, string(t.Value))
				}
			}
		}
	}
	c.Acknowledgements = lo.Uniq(c.Acknowledgements)
	if b.terms.FieldLevel("public_refs") >= model.Attributed {
		for _, r := range e.PublicRefs {
			c.Sources = append(c.Sources, Source{
				Type: r.Type, Title: string(r.Title), Publisher: string(r.Publisher), Year: r.Year,
				URL: string(r.URL), Licence: r.Licence, Attribution: string(r.Attribution),
			})
		}
	}
}

// owing reports whether somebody who paid cannot be acknowledged.
func owing(e *model.Example, t model.Terms) bool {
	return slices.ContainsFunc(e.Funding, func(f model.Funding) bool {
		return f.Statement.Empty() || t.FieldLevel("funding") < model.Attributed
	})
}

func organisations(e *model.Example) (types, sectors []model.Code) {
	for _, o := range e.Organisations {
		types, sectors = append(types, o.Type), append(sectors, o.Sector)
	}
	for _, p := range e.Parties {
		types, sectors = append(types, p.Type), append(sectors, p.Sector)
	}
	return sortedCodes(types), sortedCodes(sectors)
}

// organisationName is the declared name of the contributing organisation.
func organisationName(e *model.Example) string {
	if len(e.Parties) == 0 {
		return ""
	}
	for _, id := range e.Parties[0].Identities {
		if id.Type == "organisation" {
			return string(id.Name)
		}
	}
	return ""
}

func sortedCodes(codes []model.Code) []model.Code {
	out := slices.DeleteFunc(slices.Clone(codes), func(c model.Code) bool { return c == "" })
	if len(out) == 0 {
		return nil
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func acceptedCodes(coded []model.Coded) []model.Code {
	return sortedCodes(lo.FilterMap(coded, func(c model.Coded, _ int) (model.Code, bool) { return c.Code, c.Accepted() }))
}

func when[T any](ok bool, v T) T {
	if !ok {
		v = *new(T)
	}
	return v
}
