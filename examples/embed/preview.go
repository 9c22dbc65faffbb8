// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// preview is exactly what would be published from an example, and why.
type preview struct {
	Assumed  bool // the visitor has not chosen; these are common choices
	Level    string
	Audience string
	Withheld bool
	Reasons  []reason
	Allows   []allowed
	Passages []passage
	Facts    []fact
	Private  []string // what is never published, in words
	Warnings []fault
	Unfiled  []unfiled
	Text     string // to approve, every character of it
	Hash     string
	Changes  int
	Bare     bool // no sentence is published, only codes
	terms    terms
	result   anonymize.Result
}

type reason struct{ Words, Code, Clause string }

type allowed struct {
	Use string
	Yes bool
	Why string
}

type passage struct {
	Path, Label string
	Pieces      []piece
	Changes     []change
	Raw, Out    string // where the two cannot be set side by side
	Fate        string // published, counted, left-out
}

// FateWords says what becomes of a text.
func (p passage) FateWords() string {
	switch p.Fate {
	case "published":
		return "published as on the right"
	case "counted":
		return "compared and counted, but not printed"
	}
	return "left out"
}

type fact struct {
	Label  string
	Values []string
}

// show makes the preview of an example under the visitor's terms.
func (a *app) show(ctx context.Context, e model.Example, parties []model.Party) (preview, error) {
	full, assumed := termsOf(e).completed()
	shown := full.under(e, "", a.day())
	resolved, err := model.Resolve(&shown, a.now())
	loosens := errors.Is(err, model.ErrLoosens)
	if err != nil && !loosens {
		return preview{}, err
	}
	p := preview{
		Assumed: assumed, terms: full,
		Level: optionLabel("confidentiality", full.level.String()), Audience: optionLabel("audience", full.audience.String()),
	}
	for _, o := range question("uses").Options {
		yes, why := resolved.Allows(model.Use(o.Value), resolved.Audience)
		one := allowed{Use: o.Label, Yes: yes}
		if !yes {
			one.Why = reasonWords(why.Code)
			if why.Code == model.ReasonLevel && resolved.Level > model.Withheld {
				one.Why = "Not at the level that you chose."
			}
		}
		p.Allows = append(p.Allows, one)
	}
	if loosens { // anonymize refuses what model refuses
		p.Withheld = true
		p.reasons(resolved.Reasons)
		return p, nil
	}
	if p.result, err = a.outcome(ctx, shown, resolved.Audience, parties); err != nil {
		return preview{}, err
	}
	p.Withheld = p.result.Withheld()
	p.reasons(slices.DeleteFunc(slices.Clone(p.result.Log.Reasons), func(r model.Reason) bool {
		return r.Code == anonymize.ReasonApproval // said by the page itself
	}))
	if p.Unfiled, err = unfiledIn(e); err != nil {
		return preview{}, err
	}
	p.Private = unpublished(e, full.level)
	for _, w := range shown.Warnings() {
		p.Warnings = append(p.Warnings, faultOf(w))
	}
	if p.Withheld {
		return p, nil
	}
	record := p.result.Record
	p.Text, p.Hash = record.ApprovalText(), p.result.Log.Approval
	p.compare(e)
	p.Facts = facts(record.Proposed())
	if len(p.Facts) == 0 {
		p.Facts = facts(record.Countable())
	}
	return p, nil
}

func (p *preview) reasons(all []model.Reason) {
	for _, r := range all {
		one := reason{reasonWords(r.Code), r.Code, r.Clause}
		if !slices.Contains(p.Reasons, one) {
			p.Reasons = append(p.Reasons, one)
		}
	}
}

// compare sets every text beside what became of it.
func (p *preview) compare(e model.Example) {
	decisions := map[string][]redact.Decision{}
	for _, d := range p.result.Log.Decisions {
		decisions[d.Path] = append(decisions[d.Path], d.Decision)
	}
	record := p.result.Record
	after, published := made(e, record.Anonymised()), made(e, record.Proposed())
	p.Bare = true
	for _, r := range raws(e) {
		one := passage{Path: r.path, Label: labelOf(r.path), Raw: r.text, Out: after[r.path], Fate: "left-out"}
		if one.Out != "" {
			one.Fate = "counted"
			if published[r.path] == one.Out {
				one.Fate, p.Bare = "published", false
			}
			if pieces, changes, ok := compare(r.text, one.Out, decisions[r.path], p.Changes+1); ok {
				one.Pieces, one.Changes = pieces, changes
				p.Changes += len(changes)
			}
		}
		p.Passages = append(p.Passages, one)
	}
}

// unpublished names what an example holds that no reader sees.
func unpublished(e model.Example, level model.Level) []string {
	var out []string
	add := func(has bool, words string) {
		if has {
			out = append(out, words)
		}
	}
	add(slices.ContainsFunc(e.Parties, func(p model.Party) bool { return len(p.Identities) > 0 }) && level < model.Attributed,
		"The names that you declared: your organisation’s and the others")
	add(slices.ContainsFunc(e.Parties, func(p model.Party) bool { return p.Contact != "" }), "How you can be reached")
	add(!e.Condition.Empty(), "The condition or illness in your words")
	add(!e.Context.Note.Empty(), "Your note on the circumstances")
	add(!e.Context.PolicyFrame.Empty() || len(e.Context.Population) > 0 || e.Context.AgeBand != "", "Whom it was for, and the policy it answered to, in your words")
	add(e.Context.Region != "", "The region in your words; at most its nation or region is told")
	add(len(e.Funding) > 0 && level < model.Attributed, "Who paid")
	add(len(e.Interests) > 0, "The interests that you told")
	add(len(e.PublicRefs) > 0 && level < model.Attributed, "Where it was published")
	add(slices.ContainsFunc(e.Quotes, func(q model.Quote) bool { return !q.Consent }), "Quotes without their speaker’s consent")
	add(slices.ContainsFunc(e.Resources, func(r model.Resource) bool { return r.Amount != "" }), "Exact sums; at most a band is told")
	return out
}

// facts words the codes of a content.
func facts(c anonymize.Content) []fact {
	var out []fact
	add := func(label string, values ...string) {
		values = slices.DeleteFunc(values, func(s string) bool { return s == "" })
		if len(values) > 0 {
			out = append(out, fact{label, values})
		}
	}
	coded := func(id string, codes ...model.Code) {
		add(question(id).Label, labels(codes)...)
	}
	statements := func(id string, all []anonymize.Statement) {
		var codes []model.Code
		for _, s := range all {
			if s.Accepted {
				codes = append(codes, s.Code)
			}
		}
		coded(id, codes...)
	}
	coded("kind", c.Kind)
	var groups, methods []string
	for _, s := range c.Stakeholders {
		groups = append(groups, bracketed(label(s.Group), label(s.Size)))
	}
	add(question("stakeholders").Label, groups...)
	statements("challenges", c.Challenges)
	statements("objectives", c.Objectives)
	for _, s := range c.Steps {
		methods = append(methods, bracketed(label(s.Method), label(s.Actor)))
	}
	add("Methods and who used them", methods...)
	statements("situations", c.Situations)
	coded("partnership_types", c.PartnershipTypes...)
	add("Kinds of organisation", labels(c.OrganisationTypes)...)
	add("Sectors", labels(c.Sectors)...)
	coded("therapy_areas", c.TherapyAreas...)
	coded("lifecycle", c.Lifecycle...)
	coded("participation", c.Level)
	coded("setting", c.Setting)
	coded("scale", c.Scale)
	coded("region", c.Region)
	add(question("year").Label, c.Year)
	add("What it cost, as a band", label(c.Budget))
	return out
}

func labels(codes []model.Code) []string {
	var out []string
	for _, code := range codes {
		if code != "" {
			out = append(out, label(code))
		}
	}
	return out
}

func bracketed(s, more string) string {
	if s == "" || more == "" {
		return strings.TrimSpace(s)
	}
	return s + " (" + more + ")"
}
