// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// title names the guide: in the words and the order that the vocabulary has for
// the pair, else by a message.
func (w *writer) title() string {
	if t, in := w.voc.Title(string(w.t.Objective), string(w.t.Challenge), "", w.lang); t != "" && in == w.lang {
		return w.terms.Say(t)
	}
	verb, when := w.form(w.t.Objective, vocabulary.FormVerb), w.form(w.t.Challenge, vocabulary.FormWhen)
	switch {
	case verb != "" && when != "":
		return w.say("title.both", words.Values{"objective": verb, "when": when})
	case verb != "":
		return w.say("title.objective", words.Values{"objective": verb})
	}
	return w.say("title.challenge", words.Values{"when": when})
}

func (w *writer) front() Front {
	f := Front{
		ID: w.t.ID, Kind: "how-to", Title: w.title(), Locale: w.lang, Version: max(1, w.cfg.Version),
		Status: cmp.Or(w.cfg.Status, Draft), Audience: w.c.Audience.String(), Jurisdiction: w.cfg.Jurisdiction,
		Edition: w.c.Edition, K: w.c.K, Examples: w.t.Support.Examples, Contributors: w.t.Support.Contributors,
		Date: w.cfg.Date, Authors: w.cfg.Authors, Funding: w.cfg.Funding,
	}
	f.Lead = w.say("lead", words.Values{"n": w.t.Support.Examples, "contributors": w.t.Support.Contributors, "kinds": w.t.Support.Kinds})
	fact := func(key, value string) {
		if value != "" {
			f.Facts = append(f.Facts, Fact{Label: w.say("fact."+key, nil), Value: value})
		}
	}
	fact("status", w.say("status."+string(f.Status), nil))
	fact("version", w.catalog.Number(f.Version))
	fact("date", w.catalog.Date(w.cfg.Date))
	fact("audience", w.say("audience."+f.Audience, nil))
	fact("jurisdiction", f.Jurisdiction)
	fact("based", w.say("based", words.Values{"n": w.t.Support.Examples, "of": w.t.Support.Of, "contributors": w.t.Support.Contributors}))
	fact("threshold", w.say("threshold", words.Values{"k": w.c.K}))
	fact("edition", shortEdition(w.c.Edition))
	fact("authors", w.catalog.List(f.Authors))
	fact("funding", f.Funding)
	f.Changes = []ChangeNote{{Version: f.Version, Date: f.Date, Text: w.say("change.generated", nil)}}
	return f
}

func shortEdition(s string) string { return s[:min(12, len(s))] }

func (w *writer) about() []Block {
	return []Block{
		{Kind: Note, Claims: []Claim{w.frame("about.bias", nil), w.frame("about.reading", words.Values{"k": w.c.K})}},
		w.slot("authors", NameSlot, 0),
		w.slot("review-by", DateSlot, 0),
		w.slot("independence", TextSlot, 60),
	}
}

func (w *writer) brief() []Block {
	steps := w.orderedSteps()
	if len(steps) == 0 {
		return []Block{w.empty(), w.slot("brief", TextSlot, 120)}
	}
	most := slices.Clone(steps)
	slices.SortStableFunc(most, func(x, y aggregate.Statement) int { return cmp.Compare(y.Contributors, x.Contributors) })
	most = most[:min(5, len(most))]
	slices.SortStableFunc(most, w.compareSteps)
	var claims []Claim
	for _, s := range most {
		claims = append(claims, w.imperative(s))
	}
	blocks := []Block{paragraph(w.frame("brief.lead", nil)), list(claims...)}
	if failed := w.statements(aggregate.LessonStatement, "did-not-work"); len(failed) > 0 {
		blocks = append(blocks, paragraph(w.lesson(failed[0])))
	}
	return append(blocks, w.slot("brief", TextSlot, 120))
}

func (w *writer) who() []Block {
	var blocks []Block
	if orgs := append(w.counted("who.organisation", w.t.Sectors), w.counted("who.organisation", w.t.Organisations)...); len(orgs) > 0 {
		blocks = append(blocks, paragraph(w.frame("who.told-by", nil)), list(orgs...))
	}
	if people := w.counted("who.people", w.t.Stakeholders); len(people) > 0 {
		blocks = append(blocks, paragraph(w.frame("who.took-part", nil)), list(people...))
	}
	if sits := w.counted("who.situation", w.t.Situations); len(sits) > 0 {
		blocks = append(blocks, paragraph(w.frame("who.situations", nil)), list(sits...))
	}
	if len(w.t.Sectors) == 0 {
		blocks = append(blocks, Block{Kind: Note, Claims: []Claim{w.frame("who.mixed", words.Values{"k": w.c.K})}})
	} else if unseen := w.unseenSectors(); len(unseen) > 0 {
		blocks = append(blocks, Block{Kind: Note, Claims: []Claim{w.frame("who.unseen", words.Values{"list": w.catalog.List(unseen), "k": w.c.K})}})
	}
	if bad := w.statements(aggregate.UnsuitableStatement, ""); len(bad) > 0 {
		blocks = append(blocks, paragraph(w.frame("who.unsuitable", nil)), list(w.mentioned(bad)...))
	}
	if len(blocks) == 0 {
		blocks = append(blocks, w.empty())
	}
	return append(blocks, w.slot("who-for", TextSlot, 80), w.slot("not-for", TextSlot, 80))
}

func (w *writer) unseenSectors() []string {
	var out []string
	for s := range w.voc.Scheme("sector").Concepts() {
		if _, ranked := s.Rank(); ranked || s.Local() == "unknown" || s.Local() == "any" || len(s.Narrower()) > 0 {
			continue
		}
		if !slices.ContainsFunc(w.t.Sectors, func(k aggregate.Count) bool { return string(k.Code) == s.ID() }) {
			out = append(out, w.catalog.Inside(w.labelOf(s)))
		}
	}
	return w.catalog.Sorted(out)
}

func (w *writer) problem() []Block {
	var blocks []Block
	if c, ok := w.voc.Concept(string(w.t.Challenge)); ok {
		blocks = append(blocks, paragraph(w.general(w.definition(c))))
		var facts []Claim
		if w.t.Experienced != nil {
			facts = append(facts, w.claim("experienced", w.say("problem.experienced", nil), *w.t.Experienced, CountOnly))
		}
		if w.t.Perceived != nil {
			facts = append(facts, w.claim("perceived", w.say("problem.perceived", nil), *w.t.Perceived, CountOnly))
		}
		for _, s := range w.statements(aggregate.ChallengeStatement, "") {
			for _, shared := range s.Shared {
				if promise(shared.Text) != "" {
					continue
				}
				facts = append(facts, w.claim(s.ID, w.say("problem.words", words.Values{"words": shared.Text}), shared.Support, SharedWords))
			}
		}
		if len(facts) > 0 {
			blocks = append(blocks, list(facts...))
		} else {
			blocks = append(blocks, paragraph(w.frame("problem.basis-unknown", nil)))
		}
		if shows := w.phrases(c, vocabulary.FormShows); len(shows) > 0 {
			var signs []Claim
			for _, s := range shows {
				signs = append(signs, w.general(s))
			}
			blocks = append(blocks, paragraph(w.frame("problem.signs", nil)), list(signs...))
		}
	} else {
		blocks = append(blocks, paragraph(w.frame("problem.any", words.Values{"objective": w.form(w.t.Objective, vocabulary.FormVerb)})))
		if together := w.counted("problem.met", w.t.Together); len(together) > 0 {
			blocks = append(blocks, list(together...))
		}
	}
	return append(blocks, w.slot("problem", TextSlot, 120))
}

func (w *writer) forces() []Block {
	var blocks []Block
	if w.t.Challenge != "" {
		if together := w.counted("forces.together", w.t.Together); len(together) > 0 {
			blocks = append(blocks, paragraph(w.frame("forces.lead", nil)), list(together...))
		}
	}
	if c, ok := w.voc.Concept(string(w.t.Challenge)); ok {
		var pairs []Claim
		for _, pair := range w.phrases(c, vocabulary.FormForce) {
			if one, other, ok := strings.Cut(pair, " <> "); ok {
				pairs = append(pairs, w.general(w.say("forces.pair", words.Values{"one": words.UpperFirst(one), "other": other})))
			}
		}
		if len(pairs) > 0 {
			blocks = append(blocks, paragraph(w.frame("forces.general", nil)), list(pairs...))
		}
	}
	for i, s := range w.statements(aggregate.LessonStatement, "worked") {
		if s.Opposes != "" && i < 3 {
			blocks = append(blocks, paragraph(w.claim(s.ID, w.say("forces.disagree", words.Values{"what": w.noun(s.Code)}), s.Support, ConceptWords)))
		}
	}
	if len(blocks) == 0 {
		blocks = append(blocks, w.empty())
	}
	return append(blocks, w.slot("forces", TextSlot, 100))
}

func (w *writer) evidence() []Block {
	strength := "evidence.emerging"
	if w.t.Support.Contributors >= 5 && w.t.Support.Kinds >= 2 {
		strength = "evidence.recurring"
		if w.t.Measured != nil && w.t.Measured.Examples >= 3 {
			strength = "evidence.measured"
		}
	}
	v := words.Values{"n": w.t.Support.Examples, "of": w.t.Support.Of, "contributors": w.t.Support.Contributors, "kinds": w.t.Support.Kinds}
	if w.t.Measured != nil {
		v["measured"] = w.t.Measured.Examples
	}
	topic := w.claim("topic", w.say(strength, v), w.t.Support, CountOnly)
	topic.Seen = "" // the sentence says it
	blocks := []Block{paragraph(topic)}
	if figure := w.bars("evidence.organisations", w.t.Organisations); figure != nil {
		blocks = append(blocks, *figure)
	}
	var rows [][]string
	var rest []Claim
	for _, d := range w.t.Designs {
		rows = append(rows, []string{w.label(d.Code), w.say("n-of", words.Values{"n": d.Examples, "of": d.Of})})
		rest = append(rest, w.claim(string(d.Code), w.label(d.Code), d.Support, CountOnly))
	}
	if len(rows) > 0 {
		blocks = append(blocks, Block{Kind: TableOf, Table: &Table{
			Caption: w.say("evidence.designs", nil), Head: []string{w.say("evidence.design", nil), w.say("evidence.examples", nil)},
			Rows: rows, Note: w.say("evidence.designs-note", words.Values{"k": w.c.K}), Claims: rest,
		}})
	} else {
		blocks = append(blocks, paragraph(w.frame("evidence.no-design", words.Values{"k": w.c.K})))
	}
	var directions []Claim
	for _, d := range w.t.Directions {
		directions = append(directions, w.claim("direction-"+string(d.Code), w.say("evidence.direction."+string(d.Code), nil), d.Support, CountOnly))
	}
	if len(directions) > 0 {
		blocks = append(blocks, paragraph(w.frame("evidence.results", nil)), list(directions...))
	}
	if w.t.Independent != nil {
		blocks = append(blocks, paragraph(w.claim("independent", w.say("evidence.independent", nil), *w.t.Independent, CountOnly)))
	} else {
		blocks = append(blocks, paragraph(w.frame("evidence.not-independent", words.Values{"k": w.c.K})))
	}
	concerns := []Claim{w.frame("concern.methods", nil), w.frame("concern.coherence", nil)}
	if w.t.Support.Examples < 20 {
		concerns = append(concerns, w.frame("concern.adequacy", words.Values{"n": w.t.Support.Examples}))
	}
	concerns = append(concerns, w.frame("concern.relevance", nil))
	blocks = append(blocks, Block{Kind: Heading, Title: w.say("evidence.concerns", nil)}, list(concerns...))
	return append(blocks, w.slot("evidence", TextSlot, 100))
}

// bars draws counts as a bar chart; nil where there is nothing to compare.
func (w *writer) bars(key string, counts []aggregate.Count) *Block {
	if len(counts) < 2 {
		return nil
	}
	f := &Figure{Kind: Bars, Caption: w.say(key, nil), Of: counts[0].Of}
	var said []string
	for _, k := range counts {
		f.Rows = append(f.Rows, w.label(k.Code))
		f.Values = append(f.Values, k.Examples)
		f.Claims = append(f.Claims, w.claim(string(k.Code), w.label(k.Code), k.Support, CountOnly))
		said = append(said, fmt.Sprintf("%s: %s", w.label(k.Code), w.say("n-of", words.Values{"n": k.Examples, "of": k.Of})))
	}
	f.Alt = w.say("figure.alt", words.Values{"caption": f.Caption, "list": w.catalog.List(said)})
	return &Block{Kind: FigureOf, Figure: f}
}

func (w *writer) before() []Block {
	var blocks []Block
	if pre := w.statements(aggregate.PrerequisiteStatement, ""); len(pre) > 0 {
		blocks = append(blocks, paragraph(w.frame("before.told", nil)), list(w.mentioned(pre)...))
	}
	if start := w.statements(aggregate.StartStatement, ""); len(start) > 0 {
		blocks = append(blocks, paragraph(w.frame("before.started", nil)), list(w.mentioned(start)...))
	}
	blocks = append(blocks, w.wider(5, func(s aggregate.Statement) bool {
		return s.Kind == aggregate.PrerequisiteStatement || s.Kind == aggregate.StartStatement
	}, nil)...)
	if len(blocks) == 0 {
		blocks = append(blocks, w.empty())
	}
	var settle []Claim
	for _, s := range w.orderedSteps() {
		if text := w.form(s.Code, vocabulary.FormBefore); text != "" && len(settle) < 6 {
			settle = append(settle, w.general(sentence(text)))
		}
	}
	if len(settle) > 0 {
		blocks = append(blocks, paragraph(w.frame("before.settle", nil)), list(settle...))
	}
	return append(blocks, w.slot("rules", TextSlot, 80), w.slot("local-conditions", TextSlot, 80))
}

func (w *writer) resources() []Block {
	var blocks []Block
	var rows [][]string
	var rest []Claim
	for _, s := range w.statements(aggregate.ResourceStatement, "") {
		for _, band := range s.Bands {
			if band.Code == s.Code {
				rows = append(rows, []string{w.say("resource."+s.Part, nil), w.label(s.Code), w.say("n-of", words.Values{"n": s.Examples, "of": s.Of})})
				rest = append(rest, w.claim(s.ID, w.label(s.Code), s.Support, CountOnly))
			}
		}
	}
	if len(rows) > 0 {
		blocks = append(blocks, Block{Kind: TableOf, Table: &Table{
			Caption: w.say("resources.bands", nil),
			Head:    []string{w.say("resources.what", nil), w.say("resources.band", nil), w.say("evidence.examples", nil)},
			Rows:    rows, Note: w.say("resources.note", words.Values{"k": w.c.K}), Claims: rest,
		}})
	}
	var mentioned []aggregate.Statement
	for _, s := range w.statements(aggregate.ResourceStatement, "") {
		if len(s.Bands) == 0 || s.Bands[0].Code != s.Code {
			mentioned = append(mentioned, s)
		}
	}
	if len(mentioned) > 0 {
		blocks = append(blocks, paragraph(w.frame("resources.mentioned", nil)), list(w.mentioned(mentioned)...))
	}
	if len(blocks) == 0 {
		blocks = w.wider(4, func(s aggregate.Statement) bool {
			return s.Kind == aggregate.ResourceStatement && !w.isGroup(s.Code)
		}, w.typed)
	}
	if len(blocks) == 0 {
		blocks = append(blocks, w.empty())
	}
	return append(blocks, w.slot("resources", TextSlot, 80))
}

// typed words a resource with its type: "Money: under £10,000".
func (w *writer) typed(s aggregate.Statement) Claim {
	what := w.noun(s.Code)
	if c, ok := w.voc.Concept(string(s.Code)); ok && c.Scheme() != vocabulary.Method && c.Scheme() != vocabulary.Theme {
		what = w.catalog.Inside(w.labelOf(c))
	}
	return w.claim(s.ID, w.say("resource-list.tool", words.Values{"type": w.say("resource."+s.Part, nil), "what": what}), s.Support, ConceptWords)
}

func (w *writer) everyone() []Block {
	var told []aggregate.Statement
	for _, s := range w.t.Statements {
		if (s.Kind == aggregate.StepStatement || s.Kind == aggregate.LessonStatement && s.Part == "worked") && inclusive(s.Code) {
			told = append(told, s)
		}
	}
	var blocks []Block
	if len(told) > 0 {
		blocks = append(blocks, paragraph(w.frame("everyone.told", nil)), list(w.mentioned(told)...))
	}
	blocks = append(blocks, w.wider(5, func(s aggregate.Statement) bool {
		return inclusive(s.Code) && (s.Kind == aggregate.StepStatement || s.Kind == aggregate.LessonStatement && s.Part == "worked")
	}, nil)...)
	if len(blocks) == 0 {
		blocks = append(blocks, w.empty())
	}
	var prompts []Claim
	for _, key := range []string{"missing", "payment", "language", "digital", "access", "time", "safety"} {
		prompts = append(prompts, w.prompt("everyone."+key))
	}
	blocks = append(blocks, paragraph(w.frame("everyone.ask", nil)), Block{Kind: Checklist, Claims: prompts})
	return append(blocks, w.slot("everyone", TextSlot, 100))
}

// inclusive reports whether a method lowers a barrier to taking part.
func inclusive(code model.Code) bool {
	return slices.Contains([]model.Code{
		"me:access-support", "me:payment-policy", "me:plain-language", "me:outreach", "me:flexible-options",
		"me:micro-volunteering", "me:targeted-recruitment", "me:debrief-support",
	}, code)
}

func (w *writer) risks() []Block {
	var blocks []Block
	for _, part := range []string{"did-not-work", "would-change", "surprise"} {
		if lessons := w.statements(aggregate.LessonStatement, part); len(lessons) > 0 {
			var claims []Claim
			for _, s := range lessons {
				claims = append(claims, w.lessonUnder(s))
			}
			blocks = append(blocks, paragraph(w.frame("risks."+part, nil)), list(claims...))
		}
	}
	blocks = append(blocks, w.wider(6, func(s aggregate.Statement) bool {
		return s.Kind == aggregate.LessonStatement && s.Part != "worked"
	}, w.warned)...)
	for _, k := range w.t.Kinds {
		if k.Code == "ki:attempt" {
			blocks = append(blocks, paragraph(w.claim("attempts", w.say("risks.attempts", nil), k.Support, CountOnly)))
		}
	}
	if len(blocks) == 0 {
		blocks = append(blocks, w.empty())
	}
	return append(blocks, w.slot("risks", TextSlot, 100))
}

func (w *writer) sustain() []Block {
	var blocks []Block
	if keep := w.statements(aggregate.SustainStatement, ""); len(keep) > 0 {
		blocks = append(blocks, paragraph(w.frame("sustain.told", nil)), list(w.mentioned(keep)...))
	}
	if adapt := w.statements(aggregate.AdaptStatement, ""); len(adapt) > 0 {
		blocks = append(blocks, paragraph(w.frame("sustain.adapted", nil)), list(w.mentioned(adapt)...))
	}
	blocks = append(blocks, w.wider(5, func(s aggregate.Statement) bool {
		return s.Kind == aggregate.SustainStatement || s.Kind == aggregate.AdaptStatement
	}, nil)...)
	if len(blocks) == 0 {
		blocks = append(blocks, w.empty())
	}
	return append(blocks, w.slot("sustain", TextSlot, 80), w.slot("adapt", TextSlot, 80))
}

func (w *writer) examples() []Block {
	var out []Example
	for _, id := range w.t.Examples {
		for _, x := range w.c.Showcase {
			if x.ID == id {
				out = append(out, w.exhibit(x))
			}
		}
	}
	if len(out) == 0 {
		blocks := []Block{paragraph(w.frame("examples.none", nil))}
		if near := w.nearExamples(); len(near) > 0 {
			blocks = append(blocks, paragraph(w.frame("examples.near", nil)), Block{Kind: Examples, Examples: near})
		}
		return append(blocks, w.slot("examples", TextSlot, 80))
	}
	return []Block{paragraph(w.frame("examples.lead", nil)), {Kind: Examples, Examples: out}, w.slot("examples", TextSlot, 80)}
}

// nearExamples are up to two examples on topics near this one.
func (w *writer) nearExamples() []Example {
	var out []Example
	for _, near := range w.circles() {
		for _, x := range w.c.Showcase {
			on := func(t aggregate.Topic) bool {
				return slices.Contains(near.Topics, t.ID) && slices.Contains(t.Examples, x.ID)
			}
			if len(out) < 2 && slices.ContainsFunc(w.c.Topics, on) {
				out = append(out, w.exhibit(x))
			}
		}
	}
	return out
}

func (w *writer) checklist() []Block {
	var boxes []Claim
	steps := w.orderedSteps()
	for _, s := range steps[:min(9, len(steps))] {
		text := cmp.Or(w.form(s.Code, vocabulary.FormOutput), w.noun(s.Code))
		boxes = append(boxes, w.claim(s.ID, w.say("checklist.have", words.Values{"what": text}), s.Support, ConceptWords))
	}
	var blocks []Block
	if len(boxes) > 0 {
		blocks = append(blocks, Block{Kind: Checklist, Claims: boxes})
	} else {
		blocks = append(blocks, w.empty())
	}
	var agree []Claim
	for _, key := range []string{"scope", "people", "rigour", "clarity", "applicability", "independence"} {
		agree = append(agree, w.prompt("agree."+key))
	}
	blocks = append(blocks, Block{Kind: Heading, Title: w.say("checklist.agree", nil)}, Block{Kind: Checklist, Claims: agree})
	var prompts []Claim
	for _, key := range []string{"impossible", "missing-voice", "not-help", "sceptic", "only-one", "no-budget"} {
		prompts = append(prompts, w.prompt("discuss."+key))
	}
	blocks = append(blocks, Block{Kind: Heading, Title: w.say("checklist.discuss", nil)}, list(prompts...),
		Block{Kind: Heading, Title: w.say("checklist.open", nil)})
	useful := w.slot("useful", ChoiceSlot, 0)
	for _, answer := range []string{"yes", "partly", "no"} {
		useful.Slot.Options = append(useful.Slot.Options, w.say("answer."+answer, nil))
	}
	return append(blocks, w.slot("open-questions", TextSlot, 120), w.slot("decision", TextSlot, 80),
		Block{Kind: Heading, Title: w.say("checklist.useful", nil)}, useful, w.slot("useful-changed", TextSlot, 120))
}
