// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	_ "embed"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/samber/lo"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

//go:embed data/advice-for.tsv
var adviceTable string

var builtInAdvice = sync.OnceValue(func() map[model.Code][]model.Code { return readAdvice(adviceTable) })

// readAdvice reads lines "what it is about, one or several<TAB>concepts, that which most helps
// first".
func readAdvice(table string) map[model.Code][]model.Code {
	out := map[model.Code][]model.Code{}
	for _, line := range words.TableLines(table) {
		keys, list, _ := strings.Cut(line, "\t")
		for about := range strings.FieldsSeq(keys) {
			for id := range strings.FieldsSeq(list) {
				out[model.Code(about)] = append(out[model.Code(about)], model.Code(id))
			}
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

// halfWay is from how many steps a guide takes no more practices of methods of which nothing
// else fits.
const halfWay = 5

// fits begins the id of a step that is general advice for the topic.
const fits = "fits:"

// always is the line of what belongs into every piece of work: a guide that has none of
// what it lists has the first.
const always model.Code = "*"

// basic begins the line of what an objective or a challenge cannot do without: it is advised
// however many steps are told.
const basic model.Code = "+"

// opening begins a line of what the work starts with, in its order: that which stands for
// it where nobody told of any, and what else it is told by.
const opening model.Code = "^"

// happened begins the line of what to do where that which a challenge is about has
// happened already.
const happened model.Code = "!"

// openings are the lines of what the work starts with.
func (w *writer) openings() [][]model.Code {
	var out [][]model.Code
	for _, part := range []model.Code{"purpose", "people", "means"} {
		if codes := w.adviceOn(opening + part); len(codes) > 0 {
			out = append(out, codes)
		}
	}
	return out
}

// firstOf is the place in the order of a step with which the work starts: before all of
// its stage.
func firstOf(i int) float64 { return float64(i) - 10 }

// fitting are steps that fit the topic where few are told: general advice, which nothing
// counts. The method of a practice is the step, and the practice a way to take it; where
// several practices fit of a method whose family is a step, it is how that one goes. Then what the
// work starts with and what its objective cannot do without, where nobody told of it.
func (w *writer) fitting(told []aggregate.Statement) []aggregate.Statement {
	w.ways = map[model.Code]model.Code{}
	a := advising{writer: w, told: told, of: map[string]int{}}
	for _, s := range told {
		if !w.atLarge(s) { // a step of the collection at large stands for none that fits
			a.have++
		}
	}
	advised := w.advisedSteps()
	for _, p := range advised {
		for _, method := range p.Broader() {
			a.of[method]++
		}
	}
	if strings.HasPrefix(string(w.t.Challenge), "fa:") { // first the methods of which most fits
		slices.SortStableFunc(advised, func(x, y *vocabulary.Concept) int { return cmp.Compare(a.ofMethod(y), a.ofMethod(x)) })
	}
	a.open()
	for _, p := range advised {
		a.advise(p, wholeWay)
	}
	a.out = slices.DeleteFunc(a.out, a.misplaced)
	a.need()
	w.basics = w.indispensable(vocabulary.Practice)
	for _, p := range w.basics {
		a.advise(p, math.MaxInt)
	}
	if anywhere := w.adviceOn(always); len(anywhere) > 0 && !a.tellsAny(anywhere) {
		a.add(anywhere[0], 1)
	}
	return a.out
}

// advising is the steps of a topic while general advice is added to those that were told.
type advising struct {
	*writer
	told, out []aggregate.Statement
	have      int            // how many of those that were told are to the point
	of        map[string]int // how many practices of a method fit
}

func (a *advising) tells(codes ...string) bool {
	is := func(s aggregate.Statement) bool { return slices.Contains(codes, string(s.Code)) }
	return slices.ContainsFunc(a.told, is) || slices.ContainsFunc(a.out, is)
}

func (a *advising) tellsAny(codes []model.Code) bool {
	return slices.ContainsFunc(codes, func(code model.Code) bool { return a.tells(string(code)) })
}

func (a *advising) add(code model.Code, order float64) {
	a.fit[code] = true
	a.out = append(a.out, aggregate.Statement{ID: fits + string(code), Kind: aggregate.StepStatement, Code: code, Order: order})
}

// ofMethod is how many practices fit of the method of one.
func (a *advising) ofMethod(p *vocabulary.Concept) (n int) {
	for _, method := range p.Broader() {
		n = max(n, a.of[method])
	}
	return n
}

// open adds what the work starts with, where nobody told of it.
func (a *advising) open() {
	for i, codes := range a.openings() {
		turns := standIns
		if i == 0 { // what the work is for is said of any
			turns = 1
		}
		if a.tellsAny(codes) {
			continue
		}
		if code := a.standIn(codes, turns, a.of); code != "" && !a.tells(a.broader(code)...) {
			a.add(code, firstOf(i))
		}
	}
}

// advise adds a practice that fits, or its method, while there are fewer steps than most.
func (a *advising) advise(p *vocabulary.Concept, most int) {
	methods, method := p.Broader(), model.Code("")
	if len(methods) > 0 {
		method = model.Code(methods[0])
	}
	several := a.of[string(method)] > 1
	if several {
		a.takeWay(method)
	}
	if slices.Contains(slices.Collect(maps.Values(a.ways)), method) {
		return
	}
	steps := a.have + len(a.out)
	if steps >= most || a.tells(append(methods, p.ID())...) || !several && a.tells(a.broader(model.Code(p.ID()))...) {
		return
	}
	// That which most helps stands first among those of its stage.
	order := 0.5 + float64(len(a.out))/1000
	switch {
	case !several && !a.ofAnyWork(string(method)) && steps >= halfWay && most <= wholeWay:
	case method != "" && a.sayable(method):
		a.add(method, order)
	default:
		a.add(model.Code(p.ID()), order)
	}
}

// takeWay makes a method that is no step the way in which the steps that are its families go,
// unless they have one.
func (a *advising) takeWay(method model.Code) {
	if a.tells(string(method)) {
		return
	}
	for _, id := range a.broader(method) {
		if family := model.Code(id); a.ways[family] == "" && a.tells(id) && !noWay(method, family) {
			a.ways[family] = method
		}
	}
}

// standIn is which of some methods stands for a part of the work of which nobody told: that
// of which most practices fit the topic; where none does, one of the first ones, which take
// turns by the topic's name, so that guides differ and each keeps its own. Empty where the
// vocabulary can say none.
func (w *writer) standIn(codes []model.Code, turns int, fit map[string]int) model.Code {
	codes = slices.DeleteFunc(slices.Clone(codes), func(code model.Code) bool { return w.isFamily(code) || !w.sayable(code) })
	if len(codes) == 0 {
		return ""
	}
	best := codes[w.byName(min(turns, len(codes)))]
	for _, code := range codes {
		if fit[string(code)] > fit[string(best)] {
			best = code
		}
	}
	return best
}

// standIns is how many of the methods of a part of the work may stand for it.
const standIns = 2

// byName is a number below n that is the topic's.
func (w *writer) byName(n int) int {
	sum := 0
	for _, b := range []byte(w.t.ID) {
		sum += int(b)
	}
	return sum % n
}

// broader are the concepts that are broader than a code's: of a practice its method and that
// one's family.
func (w *writer) broader(code model.Code) []string {
	c, ok := w.voc.Concept(string(code))
	if !ok {
		return nil
	}
	var out []string
	for _, id := range c.Broader() {
		out = append(append(out, id), w.broader(model.Code(id))...)
	}
	return out
}

// ofAnyWork reports whether a method is of a family that is not one way among others, but
// a part of any work.
func (w *writer) ofAnyWork(method string) bool {
	c, ok := w.voc.Concept(method)
	return ok && slices.ContainsFunc(c.Broader(), func(family string) bool {
		return slices.Contains([]string{"mf:groundwork", "mf:invite", "mf:enable", "mf:answer", "mf:last"}, family)
	})
}

// sayable reports whether the vocabulary can say a step in the guide's language.
func (w *writer) sayable(code model.Code) bool {
	text, mark := w.phrase(code, vocabulary.FormStep)
	return text != "" && mark == ""
}

// methodStep is a method as a step that nobody told of: what to settle first, what one ends
// up with, and a few ways to take it. Those that fit the topic stand first; of a step of
// any work, where none does, others by the topic's name, so that guides differ and each
// keeps its own.
func (w *writer) methodStep(code model.Code) Step {
	step := Step{Claim: w.general(sentence(w.bareStep(aggregate.Statement{Code: code}))), Slot: w.stepSlot(code)}
	warn, warned := w.warn(code)
	known := w.unused(w.known(code))
	most := max(waysAnywhere, min(mostGeneral, waysInAll/max(1, w.count)))
	if w.ofAnyGuide(code) && len(known) > 0 {
		known = w.turned(code, known)
		fit := lo.CountBy(known, w.suits)
		most = max(waysAnywhere, min(fit, most))
	}
	known = w.suited(known)
	known = w.byStage(known[:min(most, len(known))])
	step.Details = w.beside(code, false)
	step.Who = w.whoAll(w.known(code))
	step.Output = w.meta("output", w.form(code, vocabulary.FormOutput))
	if text, mark := w.phrase(code, vocabulary.FormBefore); text != "" && mark == "" && w.tells(tipFirst+string(code)) {
		step.Details = append(step.Details, w.general(w.say("step.first", words.Values{"what": sentence(text)})))
	}
	for _, p := range known {
		w.adviseOnce[model.Code(p.ID())] = true
		step.Details = append(step.Details, w.general(sentence(w.form(model.Code(p.ID()), vocabulary.FormStep))))
	}
	if warned {
		step.Details = append(step.Details, warn)
	}
	step.Details = append(step.Details, w.offer(code)...)
	step.Details = append(step.Details, w.more(code)...)
	return step
}

// lead is who takes a step of whose ways each is another's.
const lead = "do:lead"

// whoAll is who takes most of some practices.
func (w *writer) whoAll(practices []*vocabulary.Concept) string {
	count := map[string]int{}
	best := ""
	for _, p := range practices {
		for _, id := range p.Links("doer") {
			if count[id]++; best == "" || count[id] > count[best] || count[id] == count[best] && id == lead {
				best = id
			}
		}
	}
	if best == "" || best == lead { // that the one who leads leads is not worth a line
		return ""
	}
	return w.meta("who", w.catalog.Inside(w.label(model.Code(best))))
}

// ofAnyGuide reports whether a method stands for what belongs into any work.
func (w *writer) ofAnyGuide(code model.Code) bool {
	return slices.ContainsFunc(append(w.openings(), w.adviceOn(always)), func(codes []model.Code) bool { return slices.Contains(codes, code) })
}

// waysAnywhere is how many ways a step of any work tells.
const waysAnywhere = 3

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

// generalStep is a method or a practice as a step of a topic. That it is general advice
// stands above it.
func (w *writer) generalStep(code model.Code) Step {
	if code == decision {
		return w.decisionStep()
	}
	if c, ok := w.voc.Concept(string(code)); ok && c.Scheme() == vocabulary.Method {
		return w.methodStep(code)
	}
	return w.practiceStep(code)
}

// fittingCodes are the concepts that fit a topic, the methods of the practices among them,
// and the families of which several methods do, each by one practice: where more of one
// fit, that says more than its family.
func (w *writer) fittingCodes(t *aggregate.Topic) map[model.Code]bool {
	fit := map[model.Code]bool{}
	var methods []string
	of, families := map[string]int{}, map[string]int{}
	for _, code := range slices.Concat(w.adviceOn(t.Challenge), w.adviceOn(t.Objective)) {
		fit[code] = true
		if c, ok := w.voc.Concept(string(code)); ok {
			for _, method := range c.Broader() {
				fit[model.Code(method)] = true
				if of[method]++; of[method] == 1 {
					methods = append(methods, method)
				}
			}
		}
	}
	for _, method := range methods {
		for _, family := range w.broader(model.Code(method)) {
			if families[family]++; of[method] > 1 {
				families[family] = -len(methods)
			}
			fit[model.Code(family)] = families[family] > 1
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
				return s.Kind == aggregate.StepStatement && string(s.Code) == code && !w.said[subject(s)] && !few(s.Support, leastOfAll) && w.tells(everywhere+s.ID)
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

// stepSlot takes the group's own wording of a step.
func (w *writer) stepSlot(code model.Code) *Slot {
	return &Slot{ID: "step." + fileName(code), Type: TextSlot, Question: w.say("slot.step", nil), MaxWords: 60}
}

// fileName is a code where a colon may not stand.
func fileName(code model.Code) string { return strings.ReplaceAll(string(code), ":", "-") }
