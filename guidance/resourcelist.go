// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// ResourceList writes the list of tools and methods that contributors used,
// with how many used each, how many found it helpful or would do it again, and
// how many report that it did not help.
func ResourceList(c *aggregate.Collection, cfg Config) (*Guide, error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	g := w.document(kindResources, kindResources, words.Values{"n": c.Examples, "contributors": c.Contributors})
	w.add(g, "about", list(w.frames(words.Values{"k": c.K}, "resource-list.about.counts", "resource-list.about.order")...),
		Block{Kind: Note, Claims: w.frames(nil, "about.bias")})
	tools := w.listed(func(s aggregate.Statement) bool {
		return s.Kind == aggregate.ResourceStatement && s.Code != "" && !slices.ContainsFunc(s.Bands, func(b aggregate.Count) bool { return b.Code == s.Code }) &&
			!w.isBand(s.Code) && !w.isGroup(s.Code)
	}, w.tool)
	var toolBlocks []Block
	if len(tools) > 0 {
		toolBlocks = []Block{list(tools...)}
	}
	for _, part := range []struct {
		id     string
		blocks []Block
	}{{"tools", toolBlocks}, {"methods", w.methodsByStage()}} {
		blocks := []Block{w.empty()}
		if len(part.blocks) > 0 {
			blocks = append([]Block{paragraph(w.frame("resource-list."+part.id+".lead", nil))}, part.blocks...)
		}
		w.add(g, part.id, append(blocks, w.ask(part.id, "resource-list.slot."+part.id, TextSlot, 150))...)
	}
	if against := w.againstChallenges(); len(against) > 0 {
		w.add(g, "against", paragraph(w.frame("resource-list.against.lead", nil)), list(against...))
	}
	links, err := w.links()
	if err != nil {
		return nil, err
	}
	w.add(g, "links", append(links, w.ask("links", "resource-list.slot.links", TextSlot, 300))...)
	return w.finish(g)
}

// methodsByStage lists the methods under the stage of the work that each belongs
// to, in the order of the work.
func (w *writer) methodsByStage() []Block {
	stages := slices.SortedFunc(w.voc.Scheme(vocabulary.StepStage).Concepts(), func(x, y *vocabulary.Concept) int {
		rx, _ := x.Rank()
		ry, _ := y.Rank()
		return cmp.Or(cmp.Compare(rx, ry), cmp.Compare(x.ID(), y.ID()))
	})
	var blocks []Block
	for _, stage := range append(stages, nil) {
		claims := w.listed(func(s aggregate.Statement) bool {
			return s.Kind == aggregate.StepStatement && s.Code != "" && !w.isTheme(s) && w.form(s.Code, vocabulary.FormStep) != "" && w.stage(s) == stage
		}, w.method)
		if len(claims) == 0 {
			continue
		}
		if stage != nil {
			blocks = append(blocks, Block{Kind: Heading, Title: w.labelOf(stage)})
		}
		blocks = append(blocks, list(claims...))
	}
	return blocks
}

// againstChallenges lists, for each challenge, the methods and ways that enough
// contributors say they used against it.
func (w *writer) againstChallenges() []Claim {
	used := map[model.Code][]Claim{}
	for _, s := range w.c.Statements {
		if s.Kind != aggregate.StepStatement || s.Code == "" {
			continue
		}
		for _, k := range s.Addresses {
			at := s
			at.ID = everywhere + s.ID
			used[k.Code] = append(used[k.Code], w.within(at, "addresses", k, words.UpperFirst(w.noun(s.Code))))
		}
	}
	out := make([]Claim, 0, len(used))
	for code, claims := range used {
		slices.SortStableFunc(claims, func(x, y Claim) int { return cmp.Compare(y.Support.Contributors, x.Support.Contributors) })
		out = append(out, Claim{Text: w.label(code), Source: Frame, Details: claims})
	}
	alphabet := w.catalog.Order()
	slices.SortFunc(out, func(x, y Claim) int { return alphabet(x.Text, y.Text) })
	return out
}

// links are the resources among the examples that may be named, and the public
// sources of the others.
func (w *writer) links() ([]Block, error) {
	var resources []Example
	var sources []Claim
	for _, x := range w.c.Showcase {
		if owes(x) != "" {
			return nil, errAcknowledgement
		}
		e := w.exhibit(x)
		if x.Kind == "ki:resource" {
			e.Did, e.DidLabel = nil, "" // it is the resource that is sought
			resources = append(resources, e)
			continue
		}
		for _, s := range e.Sources {
			sources = append(sources, Claim{Text: words.SourceLine(s.Title, s.Publisher, s.Year, s.URL), Source: Frame})
		}
	}
	blocks := []Block{paragraph(w.frame("resource-list.links.lead", nil))}
	if len(resources) > 0 {
		blocks = append(blocks, paragraph(w.frame("resource-list.links.resources", nil)), Block{Kind: Examples, Examples: resources})
	}
	if len(sources) > 0 {
		blocks = append(blocks, paragraph(w.frame("resource-list.links.sources", nil)), list(sources...))
	}
	return blocks, nil
}

// listed words the collection's statements that are picked, those of most
// contributors first, then by the alphabet.
func (w *writer) listed(pick func(aggregate.Statement) bool, word func(aggregate.Statement) Claim) []Claim {
	var out []Claim
	for _, s := range w.c.Statements {
		if pick(s) {
			out = append(out, word(s))
		}
	}
	alphabet := w.catalog.Order()
	slices.SortStableFunc(out, func(x, y Claim) int {
		return cmp.Or(cmp.Compare(y.Support.Contributors, x.Support.Contributors), alphabet(x.Text, y.Text))
	})
	return out
}

func (w *writer) isBand(code model.Code) bool {
	c, _ := w.voc.Concept(string(code))
	return c.Scheme() != vocabulary.Method && c.Scheme() != vocabulary.Theme
}

// isGroup reports whether a concept only brings others together.
func (w *writer) isGroup(code model.Code) bool {
	c, _ := w.voc.Concept(string(code))
	return c.IsGroup()
}

// tool words a resource and who found it helpful.
func (w *writer) tool(s aggregate.Statement) Claim {
	id := everywhere + s.ID
	c := w.claim(id, w.say("resource-list.tool", words.Values{"type": w.say("resource."+s.Part, nil), "what": w.noun(s.Code)}), s.Support, conceptWords)
	if s.Helpful != nil {
		c.Details = append(c.Details, w.claim(id+"/helpful", w.say("resource-list.helpful", nil), *s.Helpful, countOnly))
	}
	return c
}

// method words a method, and what the lessons say of it.
func (w *writer) method(s aggregate.Statement) Claim {
	c := w.claim(everywhere+s.ID, words.UpperFirst(w.noun(s.Code)), s.Support, conceptWords)
	w.explained(s.Code, vocabulary.Method, func(_, text string) { c.Details = append(c.Details, w.general(text)) })
	for _, part := range []string{"worked", "would-change", "did-not-work"} {
		for _, l := range w.c.Statements {
			if l.Kind == aggregate.LessonStatement && l.Part == part && l.Code == s.Code {
				c.Details = append(c.Details, w.claim(everywhere+l.ID, w.say("resource-list."+part, nil), l.Support, countOnly))
			}
		}
	}
	return c
}
