// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// formLook says how one may look whether a sign of success is there.
const formLook vocabulary.Form = "look"

// measure tells by what contributors told whether it went well, who defined
// that, whether it was reached, and what changed.
func (w *writer) measure() []Block {
	var blocks []Block
	if criteria := w.statements(aggregate.CriterionStatement, ""); len(criteria) > 0 {
		var claims []Claim
		for _, s := range criteria {
			c := w.mention(s)
			for _, d := range s.DefinedBy {
				c.Details = append(c.Details, w.claim(s.ID+"/defined-by/"+string(d.Code), w.say("measure.defined-by", words.Values{"who": w.noun(d.Code)}), d.Support, countOnly))
			}
			claims = append(claims, c)
		}
		blocks = append(blocks, paragraph(w.frame("measure.told", nil)), list(claims...))
	}
	outcomes := w.statements(aggregate.OutcomeStatement, "positive")
	if len(outcomes) > 0 {
		var claims []Claim
		for _, s := range outcomes {
			claims = append(claims, w.looked(s, w.mention(s)))
		}
		blocks = append(blocks, paragraph(w.frame("measure.outcomes", nil)), list(claims...))
	}
	blocks = append(blocks, w.wider(5, isSign, w.sign)...)
	for _, part := range []struct {
		key    string
		counts []aggregate.Count
	}{{"criteria-by", w.t.CriteriaBy}, {"criteria-met", w.t.CriteriaMet}, {"domain", w.t.Domains}} {
		var claims []Claim
		for _, k := range part.counts {
			var text string
			if part.key == "criteria-by" {
				text = w.several(k.Code)
			} else {
				text = w.say("measure."+part.key+"."+string(k.Code), nil)
			}
			id := part.key + "/" + string(k.Code)
			if part.key == "domain" {
				id = "domain-" + string(k.Code)
			}
			claims = append(claims, w.claim(id, text, k.Support, countOnly))
		}
		// That all results are of one domain helps nobody.
		if len(claims) > 1 || len(claims) == 1 && part.key != "domain" {
			blocks = append(blocks, paragraph(w.frame("measure."+part.key, nil)), list(claims...))
		}
	}
	return blocks
}

// isSign picks what tells of success: criteria, and outcomes for the better.
func isSign(s aggregate.Statement) bool {
	return s.Code != "" && (s.Kind == aggregate.CriterionStatement || s.Kind == aggregate.OutcomeStatement && s.Part == "positive")
}

// sign words a sign of success from further afield, with whether it was looked
// for or reported.
func (w *writer) sign(s aggregate.Statement) Claim {
	key := "measure.sign.sought"
	if s.Kind == aggregate.OutcomeStatement {
		key = "measure.sign.reported"
	}
	return w.looked(s, w.claim(s.ID, w.say(key, words.Values{"what": w.noun(s.Code)}), s.Support, conceptWords))
}

// looked adds to what contributors report how they looked at it: by routine counts, before
// and after, in a comparison.
func (w *writer) looked(s aggregate.Statement, c Claim) Claim {
	if s.Kind == aggregate.OutcomeStatement && len(s.Bands) > 0 {
		c.Details = append(c.Details, w.options(s, "looked", "band", s.Bands, func(code model.Code) string { return w.catalog.Inside(w.label(code)) }))
	}
	return c
}

// waysToLook are general advice for the signs that the blocks name and, where
// these are few, for those that fit the topic.
func (w *writer) waysToLook(blocks []Block) []Claim {
	ways := map[string]string{}
	for c := range w.voc.Scheme(vocabulary.Sign).Concepts() {
		ways[fileName(model.Code(c.ID()))] = w.form(model.Code(c.ID()), formLook)
	}
	var out []Claim
	for _, b := range blocks {
		for _, c := range b.Claims {
			sign := c.Statement[strings.LastIndexByte(c.Statement, '.')+1:]
			if ways[sign] != "" && len(out) <= enough && w.tells(tipLook+strings.Replace(sign, "-", ":", 1)) {
				out = append(out, w.general(sentence(ways[sign])))
				delete(ways, sign)
			}
		}
	}
	for _, sign := range w.advised(vocabulary.Sign) {
		if way := ways[fileName(model.Code(sign.ID()))]; way != "" && len(out) < enough && w.tells(tipLook+sign.ID()) {
			out = append(out, w.general(sentence(way)))
		}
	}
	return out
}

// inFewWords says in a few sentences what a guide rests on, and where it is told in full.
func (w *writer) inFewWords() []Block {
	v := nOf(w.t.Support)
	v["contributors"] = w.t.Support.Contributors
	key := "evidence.emerging"
	if w.t.Support.AlmostAll {
		key = "evidence.bound"
	}
	topic := w.claim("topic", words.UpperFirst(w.say(key, v)), w.t.Support, countOnly)
	topic.Seen = "" // the sentence says it
	said := []Claim{topic}
	add := func(key string, claims []Claim) {
		if len(claims) == 0 {
			return
		}
		var parts []string
		for _, c := range claims {
			v := nOf(*c.Support)
			v["what"] = w.catalog.Inside(c.Text)
			parts = append(parts, w.say("told.part", v))
		}
		lead := strings.TrimRight(w.say(key, nil), ":\u00a0 ")
		said = append(said, Claim{
			Text: sentence(w.say("glossary.entry", words.Values{"term": lead, "text": strings.Join(parts, w.say("told.separator", nil))})), Source: Frame, Rests: claims,
		})
	}
	add("evidence.results", w.directions())
	add("evidence.worse", w.mentioned(w.statements(aggregate.OutcomeStatement, "negative")))
	said = append(said, w.aboutResults(false)...)
	var designs []Claim
	for _, d := range w.t.Designs {
		designs = append(designs, w.claim(string(d.Code), w.label(d.Code), d.Support, countOnly))
	}
	add("evidence.designs", designs)
	var bands []Claim
	for _, s := range w.statements(aggregate.ResourceStatement, "") {
		if len(s.Bands) > 0 && s.Bands[0].Code == s.Code {
			bands = append(bands, w.claim(s.ID, w.typed(s).Text, s.Support, countOnly))
		}
	}
	add("resources.bands", bands)
	if unseen := w.unseenSectors(); len(w.t.Sectors) > 0 && len(unseen) > 0 {
		said = append(said, w.frame("who.unseen", words.Values{"list": w.catalog.List(unseen), "k": w.c.K}))
	}
	full := w.frame("evidence.full", nil)
	full.Document = kindEvidence + "." + w.t.ID
	return []Block{list(append(said, full)...)}
}

// directions are the results as contributors report them: for the better, then the others.
func (w *writer) directions() []Claim {
	var out []Claim
	directions := slices.Clone(w.t.Directions)
	slices.SortStableFunc(directions, func(x, y aggregate.Count) int { return compareBool(x.Code != "positive", y.Code != "positive") })
	for _, d := range directions {
		out = append(out, w.claim("direction-"+string(d.Code), w.say("evidence.direction."+string(d.Code), nil), d.Support, countOnly))
	}
	return out
}

// aboutResults says how results are to be read, in full or in short.
func (w *writer) aboutResults(full bool) []Claim {
	tells := func(codes ...model.Code) bool {
		return slices.ContainsFunc(w.t.Directions, func(k aggregate.Count) bool { return slices.Contains(codes, k.Code) })
	}
	switch {
	case len(w.t.Directions) > 1 && tells("negative", "mixed"):
		var several []Claim
		sum := 0
		for _, k := range w.t.Directions {
			sum += k.Examples
		}
		if full || sum > w.t.Support.Examples {
			several = w.frames(nil, "evidence.several")
		}
		if tells("negative") && len(w.statements(aggregate.OutcomeStatement, "negative")) == 0 {
			several = append(several, w.frame("evidence.unnamed", words.Values{"k": w.c.K}))
			if w.warns {
				several = append(several, w.frame("evidence.watch", nil))
			}
		}
		return several
	case tells("positive") && !tells("negative", "mixed", "none"):
		return []Claim{w.frame("evidence.only-better", nil)}
	}
	return nil
}

func (w *writer) evidence() []Block {
	strength, v := "evidence.emerging", nOf(w.t.Support)
	v["contributors"], v["kinds"] = w.t.Support.Contributors, w.t.Support.Kinds
	recurring := w.t.Support.Contributors >= 5 && w.t.Support.Kinds >= 2
	switch {
	case w.t.Support.AlmostAll: // how many contributors, and of how many kinds, is not told
		strength = "evidence.bound"
	case recurring:
		strength = "evidence.recurring"
	}
	topic := w.claim("topic", words.UpperFirst(w.say(strength, v)), w.t.Support, countOnly)
	topic.Seen = "" // the sentence says it
	said := []Claim{topic}
	if recurring && w.t.Measured != nil && w.t.Measured.Examples >= 3 {
		c := w.claim("measured", words.UpperFirst(w.say("evidence.measured", nOf(*w.t.Measured))), *w.t.Measured, countOnly)
		c.Seen = ""
		said = append(said, c)
	}
	blocks := []Block{paragraph(said...)}
	var rows [][]string
	var rest []Claim
	for _, d := range w.t.Designs {
		rows = append(rows, []string{w.label(d.Code), w.say("n-of", nOf(d.Support))})
		rest = append(rest, w.claim(string(d.Code), w.label(d.Code), d.Support, countOnly))
	}
	if len(rows) > 0 {
		blocks = append(blocks, Block{Kind: TableOf, Table: &Table{
			Caption: w.say("evidence.designs", nil), Header: []string{w.say("evidence.design", nil), w.say("evidence.examples", nil)},
			Rows: rows, Note: w.say("evidence.designs-note", words.Values{"k": w.c.K}), Claims: rest,
		}})
	}
	if directions := w.directions(); len(directions) > 0 {
		blocks = append(blocks, paragraph(w.frame("evidence.results", nil)), list(directions...))
	}
	if worse := w.statements(aggregate.OutcomeStatement, "negative"); len(worse) > 0 {
		blocks = append(blocks, paragraph(w.frame("evidence.worse", nil)), list(w.mentioned(worse)...))
	}
	if about := w.aboutResults(true); len(about) > 0 {
		blocks = append(blocks, paragraph(about...))
	}
	if w.t.Independent != nil {
		blocks = append(blocks, paragraph(w.claim("independent", w.say("evidence.independent", nil), *w.t.Independent, countOnly)))
	}
	return blocks
}
