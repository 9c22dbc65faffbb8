// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

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

// worked tells what contributors would do again, but for what stands beside a step, and
// how they went about it in whatever they did.
func (w *writer) worked() []Block {
	steps := w.toldSteps()
	inStep := map[model.Code]bool{}
	for _, s := range steps {
		inStep[s.Code] = true
	}
	pick := func(s aggregate.Statement) bool {
		return s.Kind == aggregate.LessonStatement && s.Part == "worked" && !inStep[s.Code]
	}
	var claims []Claim
	for _, s := range w.statements(aggregate.LessonStatement, "worked") {
		if pick(s) && !w.besides[subject(s)] {
			claims = append(claims, w.lessonUnder(s))
		}
	}
	var blocks []Block
	if len(claims) > 0 {
		blocks = append(blocks, list(claims...))
	}
	blocks = append(blocks, w.wider(4, pick, w.lessonUnder)...)
	return append(blocks, w.waysOfWorking(len(steps) > 0)...)
}

// mostSigns bounds the signs by which a guide says what it is for.
const mostSigns = 4

//go:embed data/sign-for.tsv
var signTable string

// warning is an early sign that a step goes wrong, and what to do then.
type warning struct {
	challenge model.Code // whose sign it is
	nth       int        // which of its signs
	only      bool       // the one of languages that have a single sign of it
	answers   []model.Code
}

// warnings are those of sign-for.tsv by the method whose step they stand beside, the most
// telling first.
var warnings = sync.OnceValue(func() map[model.Code][]warning {
	out := map[model.Code][]warning{}
	for _, line := range words.TableLines(signTable) {
		f := strings.Split(line, "\t")
		x := warning{challenge: model.Code(f[1])}
		x.nth, _ = strconv.Atoi(strings.TrimSuffix(f[2], "*"))
		x.only = strings.HasSuffix(f[2], "*")
		for id := range strings.FieldsSeq(f[3]) {
			x.answers = append(x.answers, model.Code(id))
		}
		out[model.Code(f[0])] = append(out[model.Code(f[0])], x)
	}
	return out
})

// warn is the early sign that stands beside the step of a method, with the practice that
// answers it: each once in a guide. Of a step of any work it is another by the topic's
// name, so that guides differ. False where there is none.
func (w *writer) warn(method model.Code) (Claim, bool) {
	signs := warnings()[method]
	if w.ofAnyGuide(method) && len(signs) > 0 {
		at := w.byName(len(signs))
		signs = slices.Concat(signs[at:], signs[:at])
	}
	for i, x := range signs {
		c, ok := w.voc.Concept(string(x.challenge))
		if !ok {
			continue
		}
		shows := w.phrases(c, vocabulary.FormShows)
		if len(shows) == 1 && x.only {
			x.nth = 0
		} else if len(shows) == 1 {
			continue
		}
		if x.nth >= len(shows) || w.shown[shows[x.nth]] || !w.tells(signTip(signs[i])) {
			continue
		}
		if at := slices.IndexFunc(x.answers, w.stillToTell); at >= 0 {
			code := x.answers[at]
			w.shown[shows[x.nth]], w.adviseOnce[code], w.warns = true, true, true
			return w.general(w.say("step.warn", words.Values{"sign": sentence(shows[x.nth]), "what": sentence(w.form(code, vocabulary.FormStep))})), true
		}
	}
	return Claim{}, false
}

// stillToTell reports whether a practice is this guide's to advise, and stands nowhere in it yet.
func (w *writer) stillToTell(code model.Code) bool {
	return !w.fit[code] && !w.adviseOnce[code] && w.sayable(code) && w.tells(string(code))
}

// indispensable are the concepts of a scheme that the topic's challenge and its objective cannot
// do without.
func (w *writer) indispensable(scheme string) []*vocabulary.Concept {
	all := w.sayableSteps(slices.Concat(w.adviceOn(basic+w.t.Challenge), w.adviceOn(basic+w.t.Objective)))
	return slices.DeleteFunc(all, func(c *vocabulary.Concept) bool { return c.Scheme() != scheme })
}

// need adds the methods that the topic cannot do without, where nobody told of them: those of
// the lines of its challenge and its objective, and, for each sign by which the guide says whom
// it is for, one of the methods that answer it, that of which most practices fit.
func (a *advising) need() {
	for _, c := range a.indispensable(vocabulary.Method) {
		if code := model.Code(c.ID()); !a.standsIn(code) {
			a.add(code, 0.5+float64(len(a.out))/1000)
		}
	}
	for _, methods := range answersTo(a.t.Challenge) {
		var best model.Code
		for _, code := range methods {
			if a.of[string(code)] > a.of[string(best)] && a.sayable(code) && !a.isFamily(code) {
				best = code
			}
		}
		if best != "" && !slices.ContainsFunc(methods, a.standsIn) {
			a.add(best, 0.5+float64(len(a.out))/1000)
		}
	}
}

// misplaced reports whether a step makes sense only beside steps that are not there, such as
// preparing people for a meeting where nobody meets.
func (a *advising) misplaced(s aggregate.Statement) bool {
	beside := builtInAdvice()[presupposes+s.Code]
	return len(beside) > 0 && !a.tellsAny(beside)
}

// standsIn reports whether a step or one of its family that goes by it stands among the steps.
func (a *advising) standsIn(code model.Code) bool {
	return a.tells(string(code)) || slices.ContainsFunc(a.broader(code), func(family string) bool {
		return a.tells(family) && !noWay(code, model.Code(family))
	})
}

// answersTo are the methods beside whose steps the signs of a challenge stand, by sign.
func answersTo(challenge model.Code) [][]model.Code {
	of := map[int][]model.Code{}
	for _, method := range slices.Sorted(maps.Keys(warnings())) {
		for _, sign := range warnings()[method] {
			if sign.challenge == challenge {
				of[sign.nth] = append(of[sign.nth], method)
			}
		}
	}
	var out [][]model.Code
	for _, nth := range slices.Sorted(maps.Keys(of)) {
		out = append(out, of[nth])
	}
	return out
}
