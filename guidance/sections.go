// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// title names the guide: in the words and the order that the vocabulary has for
// the pair, else by a message.
func (w *writer) title() string {
	if key := fmt.Sprintf("title.%s.%s", w.t.Objective, w.t.Challenge); w.catalog.Has(key) { // both would say the same
		return w.say(key, nil)
	}
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
		Edition: w.c.Edition, K: w.c.K, Examples: w.t.Support.Examples, Contributors: w.t.Support.Contributors, AlmostAll: w.t.Support.AlmostAll,
		Date: w.cfg.Date, Authors: w.cfg.Authors, Funding: w.cfg.Funding,
	}
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
	fact("authors", w.catalog.List(f.Authors))
	fact("funding", f.Funding)
	f.Changes = []ChangeNote{{Version: f.Version, Date: f.Date, Text: w.say("change.generated", nil)}}
	return f
}

func shortEdition(s string) string { return s[:min(12, len(s))] }

func (w *writer) who() []Block {
	var blocks []Block
	if figure := w.bars("evidence.organisations", w.t.Organisations); figure != nil {
		blocks = append(blocks, *figure)
	} else if orgs := w.counted("who.organisation", w.t.Organisations); len(orgs) > 0 {
		blocks = append(blocks, paragraph(w.frame("who.told-by", nil)), list(orgs...))
	}
	if people := w.counted("who.people", w.t.Stakeholders); len(people) > 0 {
		blocks = append(blocks, paragraph(w.frame("who.took-part", nil)), list(people...))
	}
	if sits := w.counted("who.situation", w.t.Situations); len(sits) > 0 {
		blocks = append(blocks, paragraph(w.frame("who.situations", nil)), list(sits...))
	}
	if unseen := w.unseenSectors(); len(w.t.Sectors) > 0 && len(unseen) > 0 {
		blocks = append(blocks, Block{Kind: Note, Claims: []Claim{w.frame("who.unseen", words.Values{"list": w.catalog.List(unseen), "k": w.c.K})}})
	}
	if bad := w.statements(aggregate.UnsuitableStatement, ""); len(bad) > 0 {
		blocks = append(blocks, paragraph(w.frame("who.unsuitable", nil)), list(w.mentioned(bad)...))
	}
	return blocks
}

func (w *writer) unseenSectors() []string {
	var out []string
	for s := range w.voc.Scheme("sector").Concepts() {
		if _, ranked := s.Rank(); ranked || s.Slug() == "unknown" || s.Slug() == "any" || len(s.Narrower()) > 0 {
			continue
		}
		if !slices.ContainsFunc(w.t.Sectors, func(k aggregate.Count) bool { return string(k.Code) == s.ID() }) {
			out = append(out, w.catalog.Inside(w.labelOf(s)))
		}
	}
	return w.catalog.Sorted(out)
}

// purpose says what a guide is for, in general words, and what it is not for, with what
// to do where that which it is about has happened already.
func (w *writer) purpose() []Block {
	var blocks []Block
	if c, ok := w.voc.Concept(string(w.t.Challenge)); ok {
		if strings.HasPrefix(c.ID(), "ch:") { // that of a family only sorts
			blocks = append(blocks, paragraph(w.general(w.ownDefinition(c))))
		}
		shows := w.phrases(c, vocabulary.FormShows)
		for _, code := range w.ofFamily() {
			if of, ok := w.voc.Concept(string(code)); ok && len(shows) < mostSigns {
				shows = append(shows, first(w.phrases(of, vocabulary.FormShows))...)
			}
		}
		var signs []Claim
		for _, s := range shows {
			w.shown[s] = true
			signs = append(signs, w.general(s))
		}
		if len(signs) > 0 {
			blocks = append(blocks, paragraph(w.frame("purpose.for", nil)), list(signs...))
		}
	} else if c, ok := w.voc.Concept(string(w.t.Objective)); ok {
		blocks = append(blocks, paragraph(w.general(w.definition(c))))
	}
	late := w.nowThat()
	for _, p := range w.sayableSteps(w.adviceOn(happened + w.t.Challenge)) {
		code := model.Code(p.ID())
		if !w.tells(p.ID()) {
			continue
		}
		w.adviseOnce[code] = true
		late = append(late, w.general(sentence(w.form(code, vocabulary.FormStep))))
	}
	if len(late) > 0 {
		blocks = append(blocks, paragraph(w.frame("purpose.happened", nil)), list(late...))
	}
	return blocks
}

// nowThat is what the catalog has to say on what to do where that which a challenge is about has
// happened already.
func (w *writer) nowThat() []Claim {
	var out []Claim
	_, challenge, _ := strings.Cut(string(w.t.Challenge), ":")
	for i := 1; w.catalog.Has(fmt.Sprintf("now.%s.%d", challenge, i)); i++ {
		out = append(out, w.general(w.say(fmt.Sprintf("now.%s.%d", challenge, i), nil)))
	}
	return out
}

// lateInvolvement is the challenge of those who are asked when little can still change.
const lateInvolvement model.Code = "ch:late-involvement"

// stagesOfChange is how many stages of work the table of what can still change has.
const stagesOfChange = 5

// changeable is general advice on what can still change at each stage of the work.
func (w *writer) changeable() []Block {
	if w.t.Challenge != lateInvolvement {
		return nil
	}
	t := &Table{Caption: w.say("changes.caption", nil), Header: []string{w.say("changes.stage", nil), w.say("changes.open", nil), w.say("changes.fixed", nil)}}
	for i := range stagesOfChange {
		key := fmt.Sprintf("changes.%d", i+1)
		t.Rows = append(t.Rows, []string{w.say(key, nil), words.UpperFirst(w.say(key+".open", nil)), words.UpperFirst(w.say(key+".fixed", nil))})
	}
	return []Block{{Kind: TableOf, Table: t}}
}

// care is general advice on harm and distress, and on what people need.
func (w *writer) care() []Block {
	var claims []Claim
	for _, key := range []string{"harm", "upset"} {
		claims = append(claims, w.general(w.say("care."+key, nil)))
	}
	return []Block{paragraph(w.frame("care.lead", nil)), list(claims...)}
}

// look is general advice on how one may see whether it goes well.
func (w *writer) look() []Block {
	w.measured = w.measure()
	if ways := w.waysToLook(w.measured); len(ways) > 0 {
		return []Block{paragraph(w.frame("measure.look", nil)), list(ways...)}
	}
	return nil
}

// problem tells how contributors met the problem, or what they met on the way to the aim.
func (w *writer) problem() []Block {
	var blocks []Block
	if _, ok := w.voc.Concept(string(w.t.Challenge)); ok {
		var facts []Claim
		if w.t.Experienced != nil {
			facts = append(facts, w.claim("experienced", w.say("problem.experienced", nil), *w.t.Experienced, countOnly))
		}
		if w.t.Perceived != nil {
			facts = append(facts, w.claim("perceived", w.say("problem.perceived", nil), *w.t.Perceived, countOnly))
		}
		for _, s := range w.statements(aggregate.ChallengeStatement, "") {
			for _, shared := range s.Shared {
				if overclaim(shared.Text) != "" {
					continue
				}
				if !w.quote(shared.Text) {
					continue
				}
				facts = append(facts, w.claim(s.ID, w.say("problem.words", words.Values{"words": shared.Text}), shared.Support, sharedWords))
			}
		}
		if len(facts) > 0 {
			blocks = append(blocks, list(facts...))
		}
		if met := w.counted("problem.met", w.metInFamily()); len(met) > 0 {
			blocks = append(blocks, paragraph(w.frame("problem.family", nil)), list(met...))
		}
	} else {
		if together := w.counted("problem.met", w.t.Together); len(together) > 0 {
			blocks = append(blocks, paragraph(w.frame("problem.any", words.Values{"objective": w.form(w.t.Objective, vocabulary.FormVerb)})), list(together...))
		}
	}
	return blocks
}

func (w *writer) forces() []Block {
	var blocks []Block
	if w.t.Challenge != "" {
		others := slices.DeleteFunc(slices.Clone(w.t.Together), func(k aggregate.Count) bool { return w.covers(w.t.Challenge, k.Code) })
		if together := w.counted("forces.together", others); len(together) > 0 {
			blocks = append(blocks, paragraph(w.frame("forces.lead", nil)), list(together...))
		}
	}
	return append(append(blocks, w.tradeOffs()...), w.disagreements()...)
}

// first is the first of some phrases.
func first(all []string) []string { return all[:min(1, len(all))] }

// tradeOffs are general knowledge of what pulls in different directions.
func (w *writer) tradeOffs() []Block {
	c, ok := w.voc.Concept(string(w.t.Challenge))
	if !ok {
		return nil
	}
	forces := w.phrases(c, vocabulary.FormForce)
	for _, k := range w.metInFamily() {
		if of, ok := w.voc.Concept(string(k.Code)); ok {
			forces = append(forces, first(w.phrases(of, vocabulary.FormForce))...)
		}
	}
	var pairs []Claim
	for _, pair := range forces {
		if one, other, ok := strings.Cut(pair, " <> "); ok {
			pairs = append(pairs, w.general(w.say("forces.pair", words.Values{"one": words.UpperFirst(one), "other": other})))
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	return []Block{paragraph(w.frame("forces.general", nil)), list(pairs...)}
}

// bars draws counts as a bar chart; nil where there is nothing to compare, as where
// not all are counted among as many: beside what an edition printed before.
func (w *writer) bars(key string, counts []aggregate.Count) *Block {
	if len(counts) < 2 || slices.ContainsFunc(counts, func(k aggregate.Count) bool { return k.Of != counts[0].Of }) {
		return nil
	}
	counts = slices.Clone(counts)
	slices.SortStableFunc(counts, func(x, y aggregate.Count) int { return cmp.Compare(y.Examples, x.Examples) })
	f := &Figure{Kind: Bars, Caption: w.say(key, nil), Of: counts[0].Of}
	var said []string
	for _, k := range counts {
		f.Rows = append(f.Rows, w.label(k.Code))
		f.Values = append(f.Values, k.Examples)
		f.Claims = append(f.Claims, w.claim(string(k.Code), w.label(k.Code), k.Support, countOnly))
		said = append(said, fmt.Sprintf("%s: %s", w.label(k.Code), w.say("n-of", nOf(k.Support))))
	}
	plain := f.Caption
	f.Caption = w.say("figure.most", words.Values{"caption": f.Caption, "what": cmp.Or(w.plural(counts[0].Code), w.catalog.Inside(w.label(counts[0].Code))), "n": nOf(counts[0].Support)["n"], "of": counts[0].Of})
	f.Alt = w.say("figure.alt", words.Values{"caption": plain, "list": w.catalog.List(said)})
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
	return blocks
}

func (w *writer) resources() []Block {
	blocks := w.bands()
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
	return blocks
}

// bands returns the table of resources with the bands of money, time and people that
// enough contributors named, and how many did; nil where there is none.
func (w *writer) bands() []Block {
	var rows [][]string
	var rest []Claim
	for _, s := range w.statements(aggregate.ResourceStatement, "") {
		for _, band := range s.Bands {
			if band.Code == s.Code {
				rows = append(rows, []string{w.say("resource."+s.Part, nil), w.label(s.Code), w.say("n-of", nOf(s.Support))})
				rest = append(rest, w.claim(s.ID, w.label(s.Code), s.Support, countOnly))
			}
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return []Block{{Kind: TableOf, Table: &Table{
		Caption: w.say("resources.bands", nil),
		Header:  []string{w.say("resources.what", nil), w.say("resources.band", nil), w.say("evidence.examples", nil)},
		Rows:    rows, Note: w.say("resources.note", words.Values{"k": w.c.K}), Claims: rest,
	}}}
}

// typed words a resource with its type: "Money: under £10,000".
func (w *writer) typed(s aggregate.Statement) Claim {
	what := w.noun(s.Code)
	if c, ok := w.voc.Concept(string(s.Code)); ok && c.Scheme() != vocabulary.Method && c.Scheme() != vocabulary.Theme {
		what = w.catalog.Inside(w.labelOf(c))
	}
	return w.claim(s.ID, w.say("resource-list.tool", words.Values{"type": w.say("resource."+s.Part, nil), "what": what}), s.Support, conceptWords)
}

// everyone tells what lowered barriers, beside the steps that did.
func (w *writer) everyone() []Block {
	pick := func(s aggregate.Statement) bool {
		return inclusive(s.Code) && (s.Kind == aggregate.StepStatement || s.Kind == aggregate.LessonStatement && s.Part == "worked")
	}
	var told []aggregate.Statement
	steps := w.orderedSteps()
	for _, s := range w.t.Statements {
		if pick(s) && !slices.ContainsFunc(steps, func(step aggregate.Statement) bool { return step.Code == s.Code }) {
			told = append(told, s)
		}
	}
	var blocks []Block
	if len(told) > 0 {
		blocks = append(blocks, paragraph(w.frame("everyone.told", nil)), list(w.mentioned(told)...))
	}
	return append(blocks, w.wider(5, pick, nil)...)
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
				if !w.besides[subject(s)] {
					claims = append(claims, w.lessonUnder(s))
				}
			}
			if len(claims) == 0 {
				continue
			}
			blocks = append(blocks, paragraph(w.frame("risks."+part, nil)), list(claims...))
		}
	}
	blocks = append(blocks, w.wider(6, func(s aggregate.Statement) bool {
		return s.Kind == aggregate.LessonStatement && s.Part != "worked"
	}, w.warned)...)
	for _, k := range w.t.Kinds {
		if k.Code == "ki:attempt" {
			blocks = append(blocks, paragraph(w.claim("attempts", w.say("risks.attempts", nil), k.Support, countOnly)))
		}
	}
	return blocks
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
	return blocks
}

// ownExamples are the topic's examples that may be shown by name.
func (w *writer) ownExamples() []Block {
	var out []Example
	for _, id := range w.t.Examples {
		for _, x := range w.c.Showcase {
			if x.ID == id {
				shown := w.exhibit(x)
				shown.About, shown.Facts = nil, slices.DeleteFunc(shown.Facts, func(f Fact) bool { // the guide says that
					return f.Label == w.say("example.kind", nil) || f.Label == w.say("example.about", nil)
				})
				out = append(out, shown)
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []Block{paragraph(w.frame("examples.lead", words.Values{"n": len(out)})), {Kind: Examples, Examples: out}}
}

// errSection says that a section of the user's own, or one of its slots, has an
// id that is malformed or taken; the error names the rule.
var errSection = fmt.Errorf("%w: own section", ErrArgument)

// OwnSection is a section of the user's own for a document. Config.Extra takes
// them; they are written in order, after the built-in sections. What they write is
// checked as the built-in sections are: a derived claim needs the support that the
// collection gives for its Statement.
type OwnSection struct {
	// After is the id of the section that it follows. Where that is empty, or the
	// document has no such section, it comes last.
	After string
	// Write writes the section for the document whose front matter is f. The
	// collection is for reading only; it has no topics in a document that rests on
	// none. A section without blocks is left out.
	Write func(f Front, c *aggregate.Collection) (Section, error)
}

// extend adds the user's own sections to a guide.
func (w *writer) extend(g *Guide) error {
	if len(w.cfg.Extra) == 0 {
		return nil
	}
	for _, x := range w.cfg.Extra {
		s, err := x.Write(g.Front, w.c)
		if err != nil {
			return fmt.Errorf("guidance: own section: %w", err)
		}
		if len(s.Blocks) == 0 {
			continue
		}
		if !words.IDForm().MatchString(s.ID) || slices.ContainsFunc(g.Sections, func(have Section) bool { return have.ID == s.ID }) {
			return fmt.Errorf("%w: the section's id is malformed or taken", errSection)
		}
		at := len(g.Sections)
		if i := slices.IndexFunc(g.Sections, func(have Section) bool { return have.ID == x.After }); i >= 0 {
			at = i + 1
		}
		g.Sections = slices.Insert(g.Sections, at, s)
	}
	seen := map[string]bool{}
	var err error
	g.slots(func(_ *Section, s *Slot) {
		if seen[s.ID] || !words.IDForm().MatchString(s.ID) {
			err = fmt.Errorf("%w: a slot's id is malformed or taken", errSection)
		}
		seen[s.ID] = true
	})
	return err
}
