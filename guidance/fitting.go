// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	_ "embed"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/samber/lo"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

//go:embed data/advice-for.tsv
var adviceTable string

var builtInAdvice = sync.OnceValue(func() map[model.Code][]model.Code { return readAdvice(adviceTable) })

// readAdvice reads lines "challenge or objective<TAB>concepts, that which most
// helps first".
func readAdvice(table string) map[model.Code][]model.Code {
	out := map[model.Code][]model.Code{}
	for _, line := range words.TableLines(table) {
		about, list, _ := strings.Cut(line, "\t")
		for id := range strings.FieldsSeq(list) {
			out[model.Code(about)] = append(out[model.Code(about)], model.Code(id))
		}
	}
	return out
}

// adviceOn returns the practices that are advised for a challenge or an objective: those
// of its line in the user's own advice-for.tsv, else in the built-in one, else those of
// the related concepts. Nil for no code.
func (w *writer) adviceOn(code model.Code) []model.Code {
	if code == "" {
		return nil
	}
	if w.cfg.Catalogs != nil {
		if body, err := fs.ReadFile(w.cfg.Catalogs, "advice-for.tsv"); err == nil {
			if own := readAdvice(string(body))[code]; len(own) > 0 {
				return own
			}
		}
	}
	if list := builtInAdvice()[code]; len(list) > 0 {
		return list
	}
	var out []model.Code
	if c, ok := w.voc.Concept(string(code)); ok {
		for _, id := range c.Related() {
			out = append(out, builtInAdvice()[model.Code(id)]...)
		}
	}
	if code != w.t.Challenge {
		return out
	}
	// Of a family, by turns what fits its challenges.
	of := w.ofFamily()
	for i, more := 0, true; more; i++ {
		more = false
		for _, challenge := range of {
			if list := w.adviceOn(challenge); i < len(list) {
				more = true
				if !slices.Contains(out, list[i]) {
					out = append(out, list[i])
				}
			}
		}
	}
	return out
}

// advised are the concepts of a scheme that fit the topic, by turns those of its
// challenge and of its objective.
func (w *writer) advised(scheme string) []*vocabulary.Concept {
	var out []*vocabulary.Concept
	lists := [][]model.Code{w.adviceOn(w.t.Challenge), w.adviceOn(w.t.Objective)}
	for i := range max(len(lists[0]), len(lists[1])) {
		for _, list := range lists {
			if i >= len(list) {
				continue
			}
			c, ok := w.voc.Concept(string(list[i]))
			if ok && c.Scheme() == scheme && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// wholeWay is how many steps a guide has, the general ones among them, before it
// adds no more of these.
const wholeWay = 8

// fits begins the id of a step that is general advice for the topic.
const fits = "fits:"

// always is the line of what belongs into every piece of work: a guide that has none of
// what it lists has the first.
const always model.Code = "*"

// basic begins the line of what an objective cannot do without: it is advised however
// many steps are told.
const basic model.Code = "+"

// fitting are practices that fit the topic, as steps, where few are told: general
// advice, which nothing counts. Those of a method that is told stand below its step,
// those of one method together.
func (w *writer) fitting(told []aggregate.Statement) []aggregate.Statement {
	var out []aggregate.Statement
	have := 0 // a step of the collection at large stands for none that fits
	for _, s := range told {
		if !w.atLarge(s) {
			have++
		}
	}
	first := map[string]float64{}
	add := func(p *vocabulary.Concept) {
		w.fit[model.Code(p.ID())] = true
		// That which most helps stands first among those of its stage.
		method := strings.Join(p.Broader(), " ")
		if _, ok := first[method]; !ok {
			first[method] = 0.5 + float64(len(out))/1000
		}
		order := first[method] + float64(len(out))/1e6
		out = append(out, aggregate.Statement{ID: fits + p.ID(), Kind: aggregate.StepStatement, Code: model.Code(p.ID()), Order: order})
	}
	for _, p := range w.advisedSteps() {
		if have+len(out) < wholeWay && !slices.ContainsFunc(told, func(s aggregate.Statement) bool {
			return string(s.Code) == p.ID() || slices.Contains(p.Broader(), string(s.Code))
		}) {
			add(p)
		}
	}
	var basics []model.Code
	if w.t.Objective != "" {
		basics = w.adviceOn(basic + w.t.Objective)
	}
	for _, p := range w.sayableSteps(basics) {
		if !slices.ContainsFunc(slices.Concat(told, out), func(s aggregate.Statement) bool {
			return string(s.Code) == p.ID() || slices.Contains(p.Broader(), string(s.Code))
		}) {
			add(p)
		}
	}
	if anywhere := w.adviceOn(always); len(anywhere) > 0 && !slices.ContainsFunc(slices.Concat(told, out), func(s aggregate.Statement) bool {
		return slices.Contains(anywhere, s.Code)
	}) {
		out = append(out, aggregate.Statement{ID: fits + string(anywhere[0]), Kind: aggregate.StepStatement, Code: anywhere[0], Order: 1})
	}
	return out
}

// anywhereStep is a step that belongs into every piece of work, with a few ways to do it:
// those that fit the topic, then others by the topic's name, so that guides differ and
// each keeps its own.
func (w *writer) anywhereStep(code model.Code) Step {
	step := Step{Claim: w.general(sentence(w.bareStep(aggregate.Statement{Code: code}))), Slot: w.stepSlot(code)}
	sum := 0
	for _, b := range []byte(w.t.ID) {
		sum += int(b)
	}
	known := w.known(code)
	if len(known) > 0 {
		at := sum % len(known)
		known = w.suited(slices.Concat(known[at:], known[:at]))
	}
	with := w.frame("practice.with", nil)
	for _, p := range known[:min(waysAnywhere, len(known))] {
		w.adviseOnce[model.Code(p.ID())] = true
		with.Details = append(with.Details, w.general(sentence(w.form(model.Code(p.ID()), vocabulary.FormStep))))
	}
	if len(with.Details) > 0 {
		step.Details = append(step.Details, with)
	}
	step.Details = append(step.Details, w.offer(code)...)
	step.Details = append(step.Details, w.more(code)...)
	return step
}

// waysAnywhere is how many ways such a step tells.
const waysAnywhere = 2

// advisedSteps are the practices that fit the topic and that the vocabulary can say
// in the guide's language.
func (w *writer) advisedSteps() []*vocabulary.Concept {
	var codes []model.Code
	for _, p := range w.advised(vocabulary.Practice) {
		codes = append(codes, model.Code(p.ID()))
	}
	return w.sayableSteps(codes)
}

func (w *writer) sayableSteps(codes []model.Code) []*vocabulary.Concept {
	var out []*vocabulary.Concept
	for _, code := range codes {
		p, ok := w.voc.Concept(string(code))
		if text, mark := w.phrase(code, vocabulary.FormStep); ok && text != "" && mark == "" {
			out = append(out, p)
		}
	}
	return out
}

// generalStep is a practice as a step of a topic, with what to settle first and what
// else belongs to its method. That it is general advice stands above it.
func (w *writer) generalStep(code model.Code) Step {
	if c, ok := w.voc.Concept(string(code)); ok && c.Scheme() == vocabulary.Method {
		return w.anywhereStep(code)
	}
	step := w.practiceStep(code)
	c, _ := w.voc.Concept(string(code))
	for _, id := range c.Broader() {
		method := model.Code(id)
		if w.advisedOf[method] {
			continue
		}
		w.advisedOf[method] = true
		at := w.stageRank(aggregate.Statement{Code: code})
		late := at > w.stageRank(aggregate.Statement{Code: method}) // how it begins is told too late here
		if text, mark := w.phrase(method, vocabulary.FormBefore); text != "" && mark == "" && !late && !saysTheSame(text, step.Text) {
			step.Details = append(step.Details, w.general(w.say("step.first", words.Values{"what": sentence(text)})))
		}
		if !late {
			step.Details = append(step.Details, w.inShort(method)...)
		}
		with := w.frame("practice.with", nil)
		for _, p := range w.suited(w.known(method)) {
			if early := w.stageRank(aggregate.Statement{Code: model.Code(p.ID())}) < at; len(with.Details) < mostBeside && !w.fit[model.Code(p.ID())] && (!late || !early) {
				w.adviseOnce[model.Code(p.ID())] = true
				with.Details = append(with.Details, w.general(sentence(w.form(model.Code(p.ID()), vocabulary.FormStep))))
			}
		}
		if len(with.Details) > 0 {
			step.Details = append(step.Details, with)
		}
		step.Details = append(step.Details, w.offer(method)...)
		step.Details = append(step.Details, w.more(method)...)
	}
	return step
}

// fittingCodes are the concepts that fit a topic, and the methods of the practices
// among them.
func (w *writer) fittingCodes(t *aggregate.Topic) map[model.Code]bool {
	fit := map[model.Code]bool{}
	for _, code := range slices.Concat(w.adviceOn(t.Challenge), w.adviceOn(t.Objective)) {
		fit[code] = true
		if c, ok := w.voc.Concept(string(code)); ok {
			for _, of := range c.Broader() {
				fit[model.Code(of)] = true
			}
		}
	}
	return fit
}

// fittingIn are the steps and themes of the whole collection that fit a topic.
func (w *writer) fittingIn(t *aggregate.Topic) []aggregate.Statement {
	fit := w.fittingCodes(t)
	var out []aggregate.Statement
	for _, s := range w.c.Statements {
		if s.Kind == aggregate.StepStatement && fit[s.Code] {
			out = append(out, s)
		}
	}
	return out
}

// fittingThemes are ways of going about it that contributors of the whole collection
// told of and that fit the topic: the themes themselves, or the broader ones where
// only these have enough.
func (w *writer) fittingThemes(most int) []Claim {
	var out []Claim
	for _, theme := range w.advised(vocabulary.Theme) {
		for _, code := range append([]string{theme.ID()}, theme.Broader()...) {
			at := slices.IndexFunc(w.c.Statements, func(s aggregate.Statement) bool {
				return s.Kind == aggregate.StepStatement && string(s.Code) == code && !w.said[subject(s)] && !few(s.Support, leastOfAll)
			})
			if at < 0 || len(out) >= most || w.form(model.Code(code), vocabulary.FormStep) == "" {
				continue
			}
			s := w.c.Statements[at]
			w.said[subject(s)] = true
			s.ID = everywhere + s.ID
			c := w.from(s, w.claim(s.ID, sentence(w.form(s.Code, vocabulary.FormStep)), s.Support, conceptWords))
			c.Details = append(w.factsOf(s), w.wordings(s)...)
			out = append(out, c)
			break
		}
	}
	return out
}

// inShort says how a method usually goes and what one ends up with.
func (w *writer) inShort(method model.Code) []Claim {
	var said []string
	if text, mark := w.phrase(method, vocabulary.FormUsual); text != "" && mark == "" {
		said = append(said, sentence(text))
	}
	if text, mark := w.phrase(method, vocabulary.FormOutput); text != "" && mark == "" {
		said = append(said, sentence(w.meta("output", text)))
	}
	if len(said) == 0 {
		return nil
	}
	return []Claim{w.general(strings.Join(said, " "))}
}

// saysTheSame reports whether two sentences have nearly all their words in common.
func saysTheSame(one, other string) bool {
	split := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	}
	x, y := split(one), split(other)
	return 5*len(lo.Intersect(x, y)) >= 4*max(len(lo.Uniq(x)), len(lo.Uniq(y)))
}

// practiceStep is a practice as a step: by whom and what it takes, as the vocabulary
// says. When it is done is told by its phase.
func (w *writer) practiceStep(code model.Code) Step {
	step := Step{Claim: w.general(sentence(w.form(code, vocabulary.FormStep))), Slot: w.stepSlot(code)}
	p, ok := w.voc.Concept(string(code))
	if !ok {
		return step
	}
	for _, id := range p.Links("doer") {
		step.Who = w.meta("who", w.catalog.Inside(w.label(model.Code(id))))
	}
	for _, id := range p.Links("effort") {
		step.Effort = w.meta("effort", w.noun(model.Code(id)))
	}
	return step
}

// stepSlot takes the group's own wording of a step.
func (w *writer) stepSlot(code model.Code) *Slot {
	return &Slot{ID: "step." + fileName(code), Type: TextSlot, Question: w.say("slot.step", nil), MaxWords: 60}
}

// fileName is a code where a colon may not stand.
func fileName(code model.Code) string { return strings.ReplaceAll(string(code), ":", "-") }

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

// hasGuide reports whether a guide of a method can be written: enough
// contributors took it, and the vocabulary says how it is done.
func (w *writer) hasGuide(method model.Code) bool {
	return slices.ContainsFunc(w.c.Statements, func(s aggregate.Statement) bool {
		return s.Kind == aggregate.StepStatement && s.Code == method
	}) && len(w.known(method)) >= fewestWays
}

// suited puts first, of the practices of a method, those that fit the topic.
func (w *writer) suited(known []*vocabulary.Concept) []*vocabulary.Concept {
	fit := w.advised(vocabulary.Practice)
	place := func(p *vocabulary.Concept) int {
		if at := slices.Index(fit, p); at >= 0 {
			return at
		}
		return len(fit)
	}
	out := slices.Clone(known)
	slices.SortStableFunc(out, func(x, y *vocabulary.Concept) int { return cmp.Compare(place(x), place(y)) })
	return out
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
