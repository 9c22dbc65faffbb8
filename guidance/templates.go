// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

//go:embed data/template/*.tsv
var templates embed.FS

// Templates lists the names of the documents that a working group copies and
// fills in: terms of reference, an invitation and the like.
func Templates() []string {
	return []string{
		"terms-of-reference", "invitation", "agenda", "role-description", "payment-policy", "feedback-letter", "consent", "evaluation", "budget",
	}
}

//go:embed data/template-for.tsv
var templateForTable string

// templatesFor are which templates serve a step of a method.
var templatesFor = sync.OnceValue(func() map[model.Code][]string {
	out := map[model.Code][]string{}
	for _, line := range words.TableLines(templateForTable) {
		method, name, _ := strings.Cut(line, "\t")
		out[model.Code(method)] = append(out[model.Code(method)], name)
	}
	return out
})

// serve chooses which of a guide's steps each template stands beside: that which most
// needs it.
func (w *writer) serve(steps []aggregate.Statement) {
	w.served = map[string]model.Code{}
	for _, line := range words.TableLines(templateForTable) {
		method, name, _ := strings.Cut(line, "\t")
		if w.served[name] == "" && slices.ContainsFunc(steps, func(s aggregate.Statement) bool {
			c, ok := w.voc.Concept(string(s.Code))
			return ok && (c.ID() == method || string(w.ways[s.Code]) == method || isGeneral(s) && slices.Contains(c.Broader(), method))
		}) {
			w.served[name] = model.Code(method)
		}
	}
}

// offer points to the templates that serve a step, each once in a guide: that with what
// contributors told on the topic, where they told something that helps to fill it in.
func (w *writer) offer(code model.Code) []Claim {
	var out []Claim
	for _, name := range templatesFor()[code] {
		title := w.templateTitle(name)
		if best := w.served[name]; title == "" || w.pointed[KindTemplate+"."+name] || best != "" && best != code {
			continue
		}
		w.pointed[KindTemplate+"."+name] = true
		c := w.frame("step.template", words.Values{"title": title})
		if c.Document = KindTemplate + "." + name; w.t.ID != "" && len(w.aside().toldFor(name)) > 0 {
			c.Document += "." + w.t.ID
		}
		out = append(out, c)
	}
	return out
}

// templateTitle returns the title of a template, "" where there is none.
func (w *writer) templateTitle(name string) string {
	lines, err := w.templateLines(name)
	if err != nil {
		return ""
	}
	for _, f := range lines {
		if f[0] == "title" && len(f) == 2 {
			return w.terms.Say(f[1])
		}
	}
	return ""
}

// aside is a writer on the same topic that remembers nothing of what this one said.
func (w *writer) aside() *writer {
	other := *w
	other.forget()
	return &other
}

// toldFor returns the blocks of a topic that help to fill in the template of that name:
// the steps that it serves, with who took them, when, how long and how often, and the
// lessons on them; for "budget" and "evaluation" also what was spent and measured.
func (w *writer) toldFor(name string) []Block {
	var claims []Claim
	for _, s := range w.orderedSteps() {
		if !slices.Contains(templatesFor()[s.Code], name) {
			continue
		}
		c := w.imperative(s)
		c.Details = w.factsOf(s)
		for _, l := range w.lessonsOn(s.Code) {
			c.Details = append(c.Details, w.lessonAlone(l))
		}
		if len(c.Details) > 0 {
			claims = append(claims, c)
		}
	}
	var blocks []Block
	if len(claims) > 0 {
		blocks = append(blocks, list(claims...))
	}
	switch name {
	case "budget":
		blocks = append(blocks, w.bands()...)
	case "evaluation":
		if criteria := w.statements(aggregate.CriterionStatement, ""); len(criteria) > 0 {
			var signs []Claim
			for _, s := range criteria {
				signs = append(signs, w.mention(s))
			}
			blocks = append(blocks, paragraph(w.frame("measure.told", nil)), list(signs...))
		}
	case "invitation", "role-description":
		if people := w.counted("who.people", w.t.Stakeholders); len(people) > 0 && len(claims) > 0 {
			blocks = append(blocks, paragraph(w.frame("who.took-part", nil)), list(people...))
		}
	}
	return blocks
}

// ForTopic writes one of Templates with what contributors told on a topic before it,
// so that whoever fills it in sees what others chose. Where they told nothing that
// helps, it is ErrArgument and FromTemplate serves.
func ForTopic(c *aggregate.Collection, topicID, name string, cfg Config) (*Guide, error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	if err := w.onTopic(topicID); err != nil {
		return nil, err
	}
	told := w.toldFor(name)
	if len(told) == 0 {
		return nil, ErrArgument
	}
	bare := cfg
	bare.Extra, bare.Answers = nil, nil
	plain, err := FromTemplate(name, bare)
	if err != nil {
		return nil, err
	}
	g := w.document(KindTemplate, KindTemplate+"."+name+"."+w.t.ID, nil)
	g.Front.Title = w.say("glossary.entry", words.Values{"term": plain.Front.Title, "text": w.title()})
	g.Front.Lead, g.Front.Facts = plain.Front.Lead, nil
	g.Front.Topic = w.t.ID
	g.Sections = append([]Section{{
		ID: "told", Title: w.say("template.told", nil),
		Blocks: append([]Block{paragraph(w.frame("template.told.lead", nil))}, told...),
	}}, plain.Sections...)
	return w.finish(g)
}

// FromTemplate writes one of Templates in the language of cfg. Tables of the
// user's own, template/LOCALE.tsv of Config.Catalogs, take the place of the
// built-in ones, template by template.
func FromTemplate(name string, cfg Config) (*Guide, error) {
	w, err := newWriter(nil, cfg)
	if err != nil {
		return nil, err
	}
	lines, err := w.templateLines(name)
	if err != nil {
		return nil, err
	}
	g := w.document(KindTemplate, KindTemplate+"."+name, nil)
	g.Front.Title, g.Front.Lead, g.Front.Facts = "", "", nil
	for _, f := range lines {
		if !w.templateLine(g, f) {
			return nil, errTable
		}
	}
	if g.Front.Title == "" || len(g.Sections) == 0 {
		return nil, errTable
	}
	return w.finish(g)
}

// templateLines are the lines of a template, without its name, from the table
// nearest to the language.
func (w *writer) templateLines(name string) ([][]string, error) {
	type place struct {
		fsys fs.FS
		name string
	}
	var places []place
	tag, err := language.Parse(w.lang)
	if err != nil {
		return nil, fmt.Errorf("%w: no template in this locale", errTable)
	}
	names := words.Lookups(tag)
	slices.Reverse(names)
	for _, l := range names {
		if w.cfg.Catalogs != nil {
			places = append(places, place{w.cfg.Catalogs, "template/" + l + ".tsv"})
		}
	}
	for _, l := range append(names, SourceLocale) {
		places = append(places, place{templates, "data/template/" + l + ".tsv"})
	}
	for _, p := range places {
		body, err := fs.ReadFile(p.fsys, p.name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("guidance: template: %w", err)
		}
		var out [][]string
		for _, line := range words.TableLines(string(body)) {
			if f := strings.Split(line, "\t"); f[0] == name {
				out = append(out, f[1:])
			}
		}
		if len(out) > 0 {
			return out, nil
		}
	}
	return nil, errTable
}

// templateLine adds one line to a document and reports whether it is well formed:
// what it is, the id of what has one, and its words.
func (w *writer) templateLine(g *Guide, f []string) bool {
	kind, id, _ := strings.Cut(f[0], " ")
	if len(f) < 2 || id != "" && !words.IDForm().MatchString(id) {
		return false
	}
	text := w.terms.Say(f[1])
	switch kind {
	case "title":
		g.Front.Title = text
		return true
	case "lead":
		g.Front.Lead = text
		return true
	case "section":
		g.Sections = append(g.Sections, Section{ID: id, Title: text})
		return id != ""
	}
	return len(g.Sections) > 0 && w.sectionLine(&g.Sections[len(g.Sections)-1], kind, id, text, f[1:])
}

// sectionLine adds one line to a section of a document and reports whether it is well formed.
func (w *writer) sectionLine(s *Section, kind, id, text string, cells []string) bool {
	into := func(kind BlockKind) {
		if n := len(s.Blocks); n == 0 || s.Blocks[n-1].Kind != kind {
			s.Blocks = append(s.Blocks, Block{Kind: kind})
		}
		last := &s.Blocks[len(s.Blocks)-1]
		last.Claims = append(last.Claims, Claim{Text: text, Source: Frame})
	}
	switch kind {
	case "text":
		into(Paragraph)
	case "item":
		into(List)
	case "box":
		into(Checklist)
	case "ask", "date":
		slot := &Slot{ID: s.ID + "." + id, Type: TextSlot, Question: text}
		if kind == "date" {
			slot.Type = DateSlot
		}
		s.Blocks = append(s.Blocks, Block{Kind: SlotOf, Slot: slot})
		return id != ""
	case "head":
		s.Blocks = append(s.Blocks, Block{Kind: TableOf, Table: &Table{Caption: s.Title, Header: w.reworded(cells)}})
	case "row":
		n := len(s.Blocks)
		if n == 0 || s.Blocks[n-1].Table == nil || len(cells) != len(s.Blocks[n-1].Table.Header) {
			return false
		}
		t := s.Blocks[n-1].Table
		t.Rows = append(t.Rows, w.reworded(cells))
	default:
		return false
	}
	return true
}

func (w *writer) reworded(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = w.terms.Say(c)
	}
	return out
}
