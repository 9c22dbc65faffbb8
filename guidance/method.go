// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samber/lo"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// fewestWays is the number of practices from which a method has a guide of its own.
const fewestWays = 3

// Methods lists the methods that a guide of their own can be written of: enough
// contributors of the collection, or of a topic, took them, and the vocabulary says, in
// the language of cfg, how they are done. Sorted.
func Methods(c *aggregate.Collection, cfg Config) ([]model.Code, error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	var out []model.Code
	for code := range w.methodsTold() {
		if w.hasGuide(code) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out, nil
}

// ForMethod writes the guide of one method (a code of Methods), whatever the
// topic: what to settle first, how it is done step by step, where contributors
// did it, what they would do again and what did not help. A method that Methods
// does not list is ErrArgument.
func ForMethod(c *aggregate.Collection, method model.Code, cfg Config) (*Guide, error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	concept, ok := w.voc.Concept(string(method))
	if !ok || !w.hasGuide(method) {
		return nil, errTopic
	}
	w.figures = true
	at := slices.IndexFunc(c.Statements, func(s aggregate.Statement) bool {
		return s.Kind == aggregate.StepStatement && s.Code == method
	})
	var where []Block
	seen := words.Values{}
	if at >= 0 {
		told := c.Statements[at]
		told.ID = everywhere + told.ID
		seen, where = nOf(told.Support), w.toldOf(told)
	}
	seen["what"] = w.labelOf(concept)
	g := w.document(KindMethod, KindMethod+"."+strings.ReplaceAll(string(method), ":", "-"), seen)
	if at < 0 {
		g.Front.Lead = w.say("method.lead.topics", nil)
	}
	g.Front.Facts = append(g.Front.Facts, Fact{Label: w.say("fact.read-first", nil), Value: w.say("collection.title", nil)})
	add := func(id string, blocks []Block, asks ...Block) {
		if len(blocks) > 0 {
			title := "section." + id
			if id == "risks" {
				title = "annex.risks"
			}
			g.Sections = append(g.Sections, Section{ID: id, Title: w.say(title, nil), Blocks: append(blocks, asks...)})
		}
	}
	lessons := func(part string) []Block {
		var claims []Claim
		for _, s := range c.Statements {
			if s.Kind == aggregate.LessonStatement && s.Code == method && s.Part == part && sayable(s) {
				s.ID = everywhere + s.ID
				s.Approved, s.Shared = nil, nil
				claims = append(claims, w.lesson(s))
			}
		}
		if len(claims) == 0 {
			return nil
		}
		return []Block{list(claims...)}
	}
	add("aim", []Block{paragraph(w.general(w.definition(concept)))})
	add("where", append(where, w.whereDone(method)...))
	add("worked", lessons("worked"))
	add("risks", append(lessons("did-not-work"), lessons("would-change")...))
	add("before", w.beforeMethod(concept))
	add("steps", w.waysOf(method), w.slot("steps", TextSlot, 200))
	g.Sections = append(g.Sections, Section{ID: "checklist", Title: w.say("section.checklist", nil), Blocks: w.settle("brief", "roles", "rules", "measure")})
	w.keeps = true
	return w.finish(g)
}

// toldOf says how many contributors took a method, who did, how long it took and when, as
// far as they told.
func (w *writer) toldOf(told aggregate.Statement) []Block {
	step := w.imperative(told)
	step.Details = append(w.factsOf(told), w.beside(told.Code, true)...)
	return []Block{list(step)}
}

// beforeMethod is general advice on what to settle before a method.
func (w *writer) beforeMethod(c *vocabulary.Concept) []Block {
	var claims []Claim
	if text, mark := w.phrase(model.Code(c.ID()), vocabulary.FormBefore); text != "" {
		claims = append(claims, w.general(mark+sentence(text)))
	}
	for _, id := range c.Links("after") {
		if text, mark := w.phrase(model.Code(id), vocabulary.FormStep); text != "" && mark == "" {
			claims = append(claims, w.general(sentence(vocabulary.Fill(text, nil))))
		}
	}
	if len(claims) == 0 {
		return nil
	}
	return []Block{paragraph(w.frame("method.before", nil)), list(claims...)}
}

// waysOf are the practices of a method as steps, in the order of the stages of
// work: those that enough contributors told of with their number, the others
// under a line that says that they are general advice.
func (w *writer) waysOf(method model.Code) []Block {
	known := w.known(method)
	slices.SortStableFunc(known, func(x, y *vocabulary.Concept) int {
		return cmp.Compare(w.stageRank(aggregate.Statement{Code: model.Code(x.ID())}), w.stageRank(aggregate.Statement{Code: model.Code(y.ID())}))
	})
	var seen, general []Step
	var told, advised []aggregate.Statement
	for _, p := range known {
		code := model.Code(p.ID())
		step := w.practiceStep(code)
		at := slices.IndexFunc(w.c.Statements, func(s aggregate.Statement) bool {
			return s.Kind == aggregate.StepStatement && s.Code == code
		})
		if at < 0 {
			general, advised = append(general, step), append(advised, aggregate.Statement{Code: code})
			continue
		}
		s := w.c.Statements[at]
		step.Text, step.Source, step.Rung, step.Support = sentence(w.form(code, vocabulary.FormStep)), Derived, conceptWords, &s.Support
		step.Statement, step.Seen = everywhere+s.ID, w.seen(s.Support)
		seen, told = append(seen, step), append(told, s)
	}
	var blocks []Block
	if len(seen) > 0 {
		blocks = append(blocks, paragraph(w.frame("practice.told", nil)))
		blocks = append(blocks, w.byPhase(told, seen, 0)...)
	}
	if len(general) > 0 {
		lead := append([]Claim{w.frame("steps.lead.method", nil)}, w.inCommon(general)...)
		blocks = append(blocks, paragraph(lead...))
		blocks = append(blocks, w.byPhase(advised, general, len(seen))...)
	}
	if table := w.suitsTable(known); table != nil {
		blocks = append(blocks, *table)
	}
	if offer := w.offer(method); len(offer) > 0 {
		blocks = append(blocks, paragraph(offer...))
	}
	return blocks
}

// suitsTable says in one table what each way to take a method suits, and what less.
func (w *writer) suitsTable(known []*vocabulary.Concept) *Block {
	t := &Table{
		Caption: w.say("practice.suits", nil),
		Header:  []string{w.say("practice.way", nil), w.say("practice.fits", nil), w.say("practice.unfit", nil)},
	}
	for _, p := range known {
		code := model.Code(p.ID())
		fits, unfit := w.form(code, vocabulary.FormFits), w.form(code, vocabulary.FormUnfit)
		if fits != "" || unfit != "" {
			t.Rows = append(t.Rows, []string{sentence(w.form(code, vocabulary.FormStep)), words.UpperFirst(cmp.Or(fits, "–")), words.UpperFirst(cmp.Or(unfit, "–"))})
		}
	}
	if len(t.Rows) < 2 {
		return nil
	}
	return &Block{Kind: TableOf, Table: t}
}

// whereDone lists the topics on which enough contributors took a method.
func (w *writer) whereDone(method model.Code) []Block {
	var claims []Claim
	for i := range w.c.Topics {
		t := &w.c.Topics[i]
		for _, s := range t.Statements {
			if s.Kind == aggregate.StepStatement && s.Code == method {
				w.t = t
				claims = append(claims, w.claim(inTopic(t.ID, s.ID), w.title(), s.Support, countOnly))
			}
		}
	}
	w.t = &aggregate.Topic{}
	if len(claims) == 0 {
		return nil
	}
	return []Block{paragraph(w.frame("method.topics", nil)), list(claims...)}
}

// Brief is a guide by Build or ForMethod on two pages, to be handed out: what it is for, what
// contributors tell, the steps, the first way to take each, and how one will know, with what
// the group wrote in its slots. Of another document it is ErrArgument.
func Brief(c *aggregate.Collection, whole *Guide, cfg Config) (*Guide, error) {
	if whole == nil || whole.Front.Kind != KindHowTo && whole.Front.Kind != KindMethod {
		return nil, ErrArgument
	}
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	g := w.document(KindBrief, KindBrief+"."+whole.Front.ID, words.Values{"title": whole.Front.Title})
	g.Front.Topic, g.Front.Lead = whole.Front.ID, w.say("brief.doc.lead", nil)
	g.Front.Facts = nil // they stand in the whole guide
	steps := 0
	for _, s := range whole.Sections {
		for _, b := range s.Blocks {
			steps += len(b.Steps)
		}
	}
	most := mostBrief
	if steps > mostOnTwoPages {
		most = 0
	}
	for _, s := range whole.Sections {
		if s.ID == annexed {
			break
		}
		if s.ID == "brief" || s.ID == "worked" || s.ID == "risks" {
			s.Blocks = toFirstList(s.Blocks)
		}
		if s.Blocks = w.answered(s.Blocks, inBrief(s.ID, steps), most); len(s.Blocks) > 0 {
			g.Sections = append(g.Sections, s)
		}
	}
	w.t = &aggregate.Topic{}
	w.cfg.Extra, w.cfg.Answers = nil, nil // they stand in the whole guide
	return w.finish(g)
}

// mostOnTwoPages is how many steps leave room on two pages for how one will know.
const mostOnTwoPages = 9

// inBrief reports whether a section stands in a brief of so many steps: of others, only
// what the group wrote.
func inBrief(section string, steps int) bool {
	if section == "look" {
		return steps <= mostOnTwoPages
	}
	return slices.Contains([]string{"brief", "aim", "where", "worked", "risks", "steps"}, section)
}

// toFirstList are the blocks up to the first list, and the slots behind it.
func toFirstList(blocks []Block) []Block {
	i := slices.IndexFunc(blocks, func(b Block) bool { return b.Kind == List })
	if i < 0 {
		return blocks
	}
	return slices.Concat(blocks[:i+1], lo.Filter(blocks[i+1:], func(b Block, _ int) bool { return b.Kind == SlotOf }))
}

// answered returns blocks with what was written in slots in their place, and without the
// slots: these are filled in the whole guide. Of a section that is not told, nothing else; of a
// step, beside what contributors tell, most ways to take it.
func (w *writer) answered(blocks []Block, told bool, most int) []Block {
	var out []Block
	for i, b := range blocks {
		switch {
		case !told && b.Kind != SlotOf:
			continue
		case i+1 < len(blocks) && b.Kind == Paragraph && blocks[i+1].Kind == Steps: // of what goes for all steps, the first
			b.Claims = b.Claims[:min(1, len(b.Claims))]
		}
		switch b.Kind {
		case Steps:
			b.Steps = slices.Clone(b.Steps)
			for i := range b.Steps {
				step := &b.Steps[i]
				step.Details, step.Slot = append(w.shortly(step.Details, most), w.answer(step.Slot)...), nil
				step.Who, step.When, step.Effort, step.Output = "", "", "", ""
			}
		case TableOf: // it stands in the whole guide
			continue
		case SlotOf:
			if b = (Block{Kind: Paragraph, Claims: w.answer(b.Slot)}); len(b.Claims) == 0 {
				continue
			}
		case Paragraph, List, Checklist, Note, Heading, FigureOf, Examples, Verbatim:
		}
		out = append(out, b)
	}
	return out
}

// answer is what was written in a slot, with what it answers.
func (w *writer) answer(s *Slot) []Claim {
	switch {
	case s == nil || s.Answer == "":
		return nil
	case !strings.HasSuffix(s.Question, "?"):
		return []Claim{{Text: w.say("glossary.entry", words.Values{"term": s.Question, "text": s.Answer}), Source: Human}}
	}
	return []Claim{{Text: s.Question, Source: Frame, Details: []Claim{{Text: s.Answer, Source: Human}}}}
}

// mostBrief is how many ways to take a step a brief tells.
const mostBrief = 1

// shortly are the details of a step as a brief tells them: the first of what contributors tell,
// beside it so many ways to take the step, or one where they tell nothing, no early sign, no
// other methods and no further documents.
func (w *writer) shortly(details []Claim, most int) []Claim {
	warns, _, _ := strings.Cut(w.say("step.warn", words.Values{"sign": "\x00", "what": ""}), "\x00")
	others, _, _ := strings.Cut(w.say("step.family", words.Values{"what": "\x00"}), "\x00")
	told, ways := 0, 0
	var pick func(details []Claim) []Claim
	pick = func(details []Claim) []Claim {
		var out []Claim
		for _, d := range details {
			switch {
			case d.Document != "", d.Source == Frame && strings.HasPrefix(d.Text, others):
			case d.Source == Derived:
				if told++; told <= mostBrief {
					d.Details = nil
					out = append(out, d)
				}
			case d.Source == Vocabulary:
				if !strings.HasPrefix(d.Text, warns) && (ways < most || told+ways == 0) {
					ways++
					out = append(out, d)
				}
			default:
				below := len(d.Details)
				if d.Details = pick(d.Details); below == 0 || len(d.Details) > 0 {
					out = append(out, d)
				}
			}
		}
		return out
	}
	return pick(details)
}

// more points to the guide of a method, where there is one, once in a guide.
func (w *writer) more(method model.Code) []Claim {
	id := KindMethod + "." + fileName(method)
	c, ok := w.voc.Concept(string(method))
	if !ok || w.pointed[id] || !w.hasGuide(method) {
		return nil
	}
	w.pointed[id] = true
	link := w.frame("step.method", words.Values{"what": w.labelOf(c)})
	link.Document = id
	return []Claim{link}
}

// hasGuide reports whether a guide of a method can be written: enough contributors took
// it, in the collection or on a topic (their number in the collection may show too much
// beside that of a topic), and the vocabulary says how it is done. A family of methods has
// none: of no single one of them enough told, and a guide would offer what nobody did.
func (w *writer) hasGuide(method model.Code) bool {
	return !w.isFamily(method) && w.methodsTold()[method] && len(w.known(method)) >= fewestWays
}

// methodsTold are the codes of the steps that enough contributors took, of the collection or
// of a topic.
func (w *writer) methodsTold() map[model.Code]bool {
	out := map[model.Code]bool{}
	add := func(statements []aggregate.Statement) {
		for _, s := range statements {
			if s.Kind == aggregate.StepStatement && s.Code != "" {
				out[s.Code] = true
			}
		}
	}
	add(w.c.Statements)
	for i := range w.c.Topics {
		add(w.c.Topics[i].Statements)
	}
	return out
}
