// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// acrossMost bounds what the page about a collection tells of each kind.
const acrossMost = 6

// About writes the page that goes for every guide of a collection, so that none
// has to repeat it: how to read the guides and what limits them, who is
// speaking, what contributors say whatever the topic, what to ask before one
// starts and before one publishes, and what some words mean.
func About(c *aggregate.Collection, cfg Config) (*Guide, error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	w.figures = true
	g := w.document(KindAbout, KindAbout, words.Values{"n": c.Examples, "contributors": c.Contributors})
	titled := func(id, key string, blocks ...Block) {
		g.Sections = append(g.Sections, Section{ID: id, Title: w.say(key, nil), Blocks: blocks})
	}
	w.add(g, "reading", Block{Kind: Note, Claims: []Claim{w.frame("about.bias", nil), w.frame("about.reading", words.Values{"k": c.K})}},
		list(w.frames(nil, "figures.table", "figures.scale", "collection.silence", "collection.adequacy")...))
	titled("limits", "evidence.concerns", list(w.frames(nil, "concern.methods", "concern.coherence", "concern.relevance")...))
	if speaking := w.bars("evidence.organisations", c.Organisations); speaking != nil {
		w.add(g, "speaking", *speaking)
	} else if orgs := w.counted("who.organisation", c.Organisations); len(orgs) > 0 {
		w.add(g, "speaking", paragraph(w.frame("who.told-by", nil)), list(orgs...))
	}
	if blocks := w.across(); len(blocks) > 0 {
		w.add(g, "across", blocks...)
	}
	if _, w.many = w.allotted(); len(w.many) > 0 {
		titled("common", "section.common", w.common()...)
	}
	titled("care", "section.care", w.care()...)
	titled("everyone", "section.everyone", paragraph(w.frame("everyone.ask", nil)),
		Block{Kind: Checklist, Claims: w.prompts("everyone.", "missing", "payment", "language", "digital", "access", "time", "safety")})
	titled("measure", "section.measure", Block{Kind: Checklist, Claims: w.prompts("measure.", "baseline", "who-defines", "feedback", "three-months")})
	titled("agree", "checklist.agree", Block{Kind: Checklist, Claims: w.prompts("agree.", "scope", "people", "rigour", "clarity", "applicability", "independence")})
	titled("discuss", "checklist.discuss", list(w.prompts("discuss.", "impossible", "missing-voice", "not-help", "sceptic", "only-one", "no-budget")...))
	var terms []Claim
	for _, key := range []string{"example", "contributor", "band", "agree"} {
		terms = append(terms, w.general(w.say("glossary.entry", words.Values{"term": w.say("glossary."+key, nil), "text": w.say("glossary."+key+".text", nil)})))
	}
	titled("glossary", "section.glossary", list(terms...))
	return w.finish(g)
}

// across lists the statements of most contributors, whatever the topic.
func (w *writer) across() []Block {
	w.t = &aggregate.Topic{Statements: w.c.Statements}
	defer func() { w.t = &aggregate.Topic{} }()
	var blocks []Block
	tell := func(key string, statements []aggregate.Statement, say func(aggregate.Statement) Claim) {
		statements = slices.DeleteFunc(statements, func(s aggregate.Statement) bool { return s.Code == "" })
		var claims []Claim
		for _, s := range statements[:min(acrossMost, len(statements))] {
			s.ID = everywhere + s.ID
			s.Approved, s.Shared = nil, nil // they stand in the guides
			claims = append(claims, say(s))
		}
		if len(claims) > 0 {
			blocks = append(blocks, paragraph(w.frame(key, nil)), list(claims...))
		}
	}
	tell("before.told", w.statements(aggregate.PrerequisiteStatement, ""), w.mention)
	tell("section.worked", w.statements(aggregate.LessonStatement, "worked"), w.lessonUnder)
	tell("risks.did-not-work", w.statements(aggregate.LessonStatement, "did-not-work"), w.lessonUnder)
	tell("risks.would-change", w.statements(aggregate.LessonStatement, "would-change"), w.lessonUnder)
	tell("measure.outcomes", w.statements(aggregate.OutcomeStatement, "positive"), func(s aggregate.Statement) Claim { return w.looked(s, w.mention(s)) })
	tell("evidence.worse", w.statements(aggregate.OutcomeStatement, "negative"), w.mention)
	tell("sustain.told", w.statements(aggregate.SustainStatement, ""), w.mention)
	tell("resources.mentioned", w.statements(aggregate.ResourceStatement, ""), w.typed)
	return blocks
}

// Crosstab describes a collection's challenges by objectives as a heat map; nil
// where no cell has enough support.
func Crosstab(c *aggregate.Collection, cfg Config) (*Figure, error) {
	w, err := newWriter(c, cfg)
	if err != nil || len(c.Crosstab.Cells) == 0 {
		return nil, err
	}
	f := &Figure{Kind: HeatMap, Caption: w.say("crosstab.caption", nil)}
	for _, code := range c.Crosstab.Challenges {
		f.Rows = append(f.Rows, w.label(code))
	}
	for _, code := range c.Crosstab.Objectives {
		f.Columns = append(f.Columns, w.label(code))
	}
	var said []string
	for _, cell := range c.Crosstab.Cells { // sorted as the codes are
		n := cell.Examples
		if cell.Hidden {
			n = -1
		} else {
			said = append(said, w.say("crosstab.cell", words.Values{"challenge": w.label(cell.Challenge), "objective": w.label(cell.Objective), "n": n}))
		}
		f.Values = append(f.Values, n)
	}
	f.Alt = w.say("crosstab.alt", words.Values{"k": c.K, "list": words.Semicolons(w.lang, said)})
	return f, nil
}
