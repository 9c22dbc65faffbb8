// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// The forms in which themes are said beside lessons: what was to be avoided, and
// what one would do instead.
const (
	formAvoid  vocabulary.Form = "avoid"
	formChange vocabulary.Form = "change"
)

// lessonsOn are the lessons about a method, of most contributors first: the topic's
// own, else those of the topics near it, else those of the whole collection.
func (w *writer) lessonsOn(code model.Code) []aggregate.Statement {
	on := func(from []aggregate.Statement, mark string) []aggregate.Statement {
		var out []aggregate.Statement
		for _, s := range from {
			if s.Kind == aggregate.LessonStatement && s.Code == code {
				s.ID = mark + s.ID
				out = append(out, s)
			}
		}
		return out
	}
	out := on(w.t.Statements, "")
	for _, near := range w.nearTopics() {
		if len(out) == 0 {
			out = on(near.Statements, nearBy+string(near.Code)+":")
		}
	}
	if len(out) == 0 {
		out = on(w.c.Statements, everywhere)
	}
	slices.SortStableFunc(out, func(x, y aggregate.Statement) int { return cmp.Compare(y.Contributors, x.Contributors) })
	return out
}

// mostQuotes bounds the quotations of a step or a lesson.
const mostQuotes = 3

// mostMasks bounds the masks in a quotation: with more, one reads masks.
const mostMasks = 1

// wordings are the better rungs of the ladder: own and shared words, each once
// in a document, those first from which nothing was taken out. Several contributors'
// own words stand under one line.
func (w *writer) wordings(s aggregate.Statement) []Claim {
	own := slices.DeleteFunc(slices.Clone(s.Approved), func(a aggregate.Wording) bool { return strings.Count(a.Text, "[") > mostMasks })
	slices.SortStableFunc(own, func(x, y aggregate.Wording) int {
		return cmp.Compare(strings.Count(x.Text, "["), strings.Count(y.Text, "["))
	})
	var out []Claim
	first := ""
	for _, a := range own {
		if len(out) < mostQuotes && w.quote(a.Text) {
			c := w.claim(s.ID, w.say("words.quoted", words.Values{"words": a.Text}), a.Support, ownWords)
			c.Seen = "" // one contributor's
			first = cmp.Or(first, a.Text)
			out = append(out, c)
		}
	}
	quotes := len(out)
	switch {
	case quotes == 1:
		out[0].Text = w.say("words.own", words.Values{"words": first})
	case quotes > 1:
		several := w.frame("words.several", nil)
		several.Details = out
		out = []Claim{several}
	}
	for _, shared := range s.Shared {
		if overclaim(shared.Text) != "" {
			continue // contributors may say so; a guide does not repeat it
		}
		if quotes < mostQuotes && w.quote(shared.Text) {
			quotes++
			out = append(out, w.claim(s.ID, w.say("words.shared", words.Values{"words": shared.Text}), shared.Support, sharedWords))
		}
	}
	return out
}

// quote reports whether a wording may be quoted here, and remembers that it was.
func (w *writer) quote(text string) bool {
	if w.quoted[text] || w.quotable != nil && !w.quotable[text] {
		return false
	}
	w.quoted[text] = true
	return true
}

// mostGuides is in how many guides one quotation stands.
const mostGuides = 2

// quotesHere are the wordings that the guide on the topic may quote: those of the
// topic and of what fits it in the whole collection that no two topics before it have.
func (w *writer) quotesHere() map[string]bool {
	in := map[string]int{}
	for _, t := range w.c.Topics {
		here := map[string]bool{}
		for _, s := range slices.Concat(t.Statements, w.fittingIn(&t)) {
			for _, word := range slices.Concat(s.Approved, s.Shared) {
				here[word.Text] = true
			}
		}
		for text := range here {
			in[text]++
			if in[text] > mostGuides {
				delete(here, text)
			}
		}
		if t.ID == w.t.ID {
			return here
		}
	}
	return map[string]bool{}
}

// lesson words a lesson by its kind and concept.
func (w *writer) lesson(s aggregate.Statement) Claim {
	key, what := w.lessonWords(s)
	return w.lessonClaim(s, w.say(key, words.Values{"what": what}))
}

// lessonAlone words a lesson without contributors' wordings: these stand where the
// lesson does.
func (w *writer) lessonAlone(s aggregate.Statement) Claim {
	key, what := w.lessonWords(s)
	c := w.claim(s.ID, w.say(key, words.Values{"what": what}), s.Support, conceptWords)
	if s.Code == "" {
		c.Rung = sharedWords
	}
	return c
}

// lessonUnder words a lesson that stands under a line which tells its kind.
func (w *writer) lessonUnder(s aggregate.Statement) Claim {
	_, what := w.lessonWords(s)
	return w.instead(s, w.lessonClaim(s, words.UpperFirst(what)))
}

// warned words a lesson with what to do instead.
func (w *writer) warned(s aggregate.Statement) Claim { return w.instead(s, w.lesson(s)) }

// instead adds, as general advice, what to do instead of what did not help.
func (w *writer) instead(s aggregate.Statement, c Claim) Claim {
	if text := w.form(s.Code, vocabulary.FormStep); s.Part == "did-not-work" && w.isTheme(s) && text != "" {
		c.Details = append(c.Details, w.general(w.say("risks.instead", words.Values{"what": sentence(text)})))
	}
	return c
}

// lessonWords picks the message of a lesson and the words for its concept.
func (w *writer) lessonWords(s aggregate.Statement) (key, what string) {
	key, what = "lesson."+s.Part, w.noun(s.Code)
	switch s.Part {
	case "did-not-work":
		if avoid := w.form(s.Code, formAvoid); avoid != "" {
			what = avoid
		}
	case "would-change":
		if change := w.form(s.Code, formChange); change != "" {
			key, what = "lesson.change", change
		}
	}
	if s.Code == "" && len(s.Shared) > 0 {
		what = w.say("words.quoted", words.Values{"words": s.Shared[0].Text})
	}
	return key, what
}

func (w *writer) lessonClaim(s aggregate.Statement, text string) Claim {
	c := w.claim(s.ID, text, s.Support, conceptWords)
	if s.Code != "" {
		c.Details = w.wordings(s)
	} else {
		c.Rung = sharedWords
	}
	return c
}

// mention words any statement about a concept.
func (w *writer) mention(s aggregate.Statement) Claim {
	if s.Kind == aggregate.LessonStatement {
		return w.lesson(s)
	}
	text := ""
	if s.Code != "" {
		text = w.say("mention", words.Values{"what": words.UpperFirst(w.noun(s.Code))})
	} else if len(s.Shared) > 0 {
		text = w.say("words.shared", words.Values{"words": s.Shared[0].Text})
	}
	c := w.claim(s.ID, text, s.Support, conceptWords)
	if s.Code != "" {
		c.Details = w.wordings(s)
	} else {
		c.Rung = sharedWords
	}
	return c
}

func (w *writer) mentioned(statements []aggregate.Statement) []Claim {
	var out []Claim
	for _, s := range statements {
		out = append(out, w.mention(s))
	}
	return out
}

// disagreements returns a paragraph and a list of both sides for each lesson that some
// would do again and others report as no help.
func (w *writer) disagreements() []Block {
	var blocks []Block
	for _, s := range w.statements(aggregate.LessonStatement, "worked") {
		for _, other := range w.statements(aggregate.LessonStatement, "did-not-work") {
			if s.Opposes != other.ID || other.ID == "" {
				continue
			}
			both := []Claim{w.lessonAlone(s), w.lessonAlone(other)}
			c := w.frame("forces.disagree", words.Values{"what": w.noun(s.Code)})
			c.Rests = both
			blocks = append(blocks, paragraph(c), list(both...))
		}
	}
	return blocks
}

// worked tells what contributors would do again, but for what stands beside a step.
func (w *writer) worked() []Block {
	inStep := map[model.Code]bool{}
	for _, s := range w.toldSteps() {
		inStep[s.Code] = true
	}
	pick := func(s aggregate.Statement) bool {
		return s.Kind == aggregate.LessonStatement && s.Part == "worked" && !inStep[s.Code]
	}
	var claims []Claim
	for _, s := range w.statements(aggregate.LessonStatement, "worked") {
		if pick(s) {
			claims = append(claims, w.lessonUnder(s))
		}
	}
	var blocks []Block
	if len(claims) > 0 {
		blocks = append(blocks, list(claims...))
	}
	return append(blocks, w.wider(4, pick, w.lessonUnder)...)
}

// mostSigns bounds the early signs that a guide tells.
const mostSigns = 4

// earlySigns are how that shows itself which often goes with the topic's
// challenge or stands in the way of its objective, each with what it is a sign of:
// general advice.
func (w *writer) earlySigns() []Claim {
	near := w.advised(vocabulary.Challenge)
	if c, ok := w.voc.Concept(string(w.t.Challenge)); ok {
		for _, id := range c.Related() {
			if other, ok := w.voc.Concept(id); ok {
				near = append(near, other)
			}
		}
	}
	var out []Claim
	for _, c := range near {
		all, in := c.SayAll(vocabulary.FormShows, w.lang)
		if len(all) == 0 || w.foreign(in) != "" || w.covers(w.t.Challenge, model.Code(c.ID())) {
			continue
		}
		claim := w.general(sentence(w.terms.Say(all[len(out)%len(all)])))
		claim.Seen = w.say("seen.sign", words.Values{"what": w.catalog.Inside(w.labelOf(c))})
		if what := w.answerTo(model.Code(c.ID())); what != "" {
			claim.Details = []Claim{w.general(what)}
		}
		if len(out) < mostSigns && !slices.ContainsFunc(out, func(have Claim) bool { return have.Text == claim.Text }) {
			out = append(out, claim)
		}
	}
	return out
}

// fewAdvised is how many of what is advised against a challenge answer to its signs.
const fewAdvised = 3

// answerTo says what to do at a sign of a challenge: the first of the few practices most
// advised against it that the guide does not tell yet, with the name of its method in
// brackets; where it tells them all, the step that has one. Empty where there is neither.
func (w *writer) answerTo(challenge model.Code) string {
	best := slices.DeleteFunc(w.sayableSteps(w.adviceOn(challenge)), func(p *vocabulary.Concept) bool {
		return p.Scheme() != vocabulary.Practice || len(p.Broader()) == 0
	})
	best = best[:min(fewAdvised, len(best))]
	for _, p := range best {
		if code := model.Code(p.ID()); !w.fit[code] && !w.adviseOnce[code] {
			w.adviseOnce[code] = true
			return w.say("risks.if-seen", words.Values{"what": sentence(w.form(code, vocabulary.FormStep)) + " (" + w.label(model.Code(p.Broader()[0])) + ")"})
		}
	}
	for _, p := range best {
		for _, id := range append([]string{p.ID()}, p.Broader()...) {
			if n := w.stepAt[model.Code(id)]; n > 0 {
				return w.say("risks.if-step", words.Values{"n": n})
			}
		}
	}
	return ""
}
