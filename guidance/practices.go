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

// mostPractices bounds the ways that a step shows which contributors told of, and
// mostGeneral those of a step that is all general advice: fewer where there are many
// steps, of which a guide tells waysInAll.
const (
	mostPractices = 3
	mostGeneral   = 5
	waysInAll     = 40
)

// practices say how a step is done: first those that enough contributors told of,
// on the topic, then, marked as general, what to settle first and others of the
// vocabulary.
func (w *writer) practices(method model.Code) []Claim {
	var told, general []Claim
	var picked []*vocabulary.Concept
	family, way, most := w.isFamily(method), w.way(method), mostPractices
	known := w.known(cmp.Or(way, method))
	if w.ways[method] != "" { // all of it, since it is no step beside
		most = mostGeneral
	}
	if family && way == "" {
		known = nil
	}
	warn, warned := w.warn(cmp.Or(way, method))
	for _, s := range w.statements(aggregate.StepStatement, "") {
		at := slices.IndexFunc(known, func(p *vocabulary.Concept) bool { return p.ID() == string(s.Code) })
		if at >= 0 && len(told) < mostPractices {
			told = append(told, w.claim(s.ID, sentence(w.form(s.Code, vocabulary.FormStep)), s.Support, conceptWords))
			known = slices.Delete(known, at, at+1)
		}
	}
	for _, p := range w.suited(w.turned(method, w.unused(known))) {
		if len(told)+len(picked) < most {
			w.adviseOnce[model.Code(p.ID())] = true
			picked = append(picked, p)
		}
	}
	for _, p := range w.byStage(picked) {
		general = append(general, w.general(sentence(w.form(model.Code(p.ID()), vocabulary.FormStep))))
	}
	general = append(w.advice(cmp.Or(way, method)), general...)
	if family && len(general) == 0 {
		way = ""
	}
	if warned {
		general = append(general, warn)
	}
	lead := w.frame("practice.ways", nil)
	if way != "" {
		lead = w.frame("practice.way-of", words.Values{"what": w.catalog.Inside(w.label(way))})
	}
	out := slices.Concat(under(w.frame("practice.told", nil), told), under(lead, general), w.more(method), w.more(way))
	if family {
		out = append(out, w.methodsOf(method, way)...)
	}
	return out
}

// under puts claims beneath a line that leads to them, nothing where there are none.
func under(lead Claim, claims []Claim) []Claim {
	if len(claims) == 0 {
		return nil
	}
	lead.Details = claims
	return []Claim{lead}
}

// byStage are practices in the order of the work.
func (w *writer) byStage(practices []*vocabulary.Concept) []*vocabulary.Concept {
	slices.SortStableFunc(practices, func(x, y *vocabulary.Concept) int {
		return cmp.Compare(w.stageRank(aggregate.Statement{Code: model.Code(x.ID())}), w.stageRank(aggregate.Statement{Code: model.Code(y.ID())}))
	})
	return practices
}

// methodsOf names the methods of a family, those first that most contributors of the collection
// told of, and points to the guide of one: each but that by which the guide tells how it goes and
// those that are steps of their own.
func (w *writer) methodsOf(family, way model.Code) []Claim {
	told := w.tellers()
	f, _ := w.voc.Concept(string(family))
	methods := slices.DeleteFunc(slices.Clone(f.Narrower()), func(id string) bool {
		return model.Code(id) == way || w.stepCodes[model.Code(id)] || noWay(model.Code(id), family)
	})
	slices.SortStableFunc(methods, func(x, y string) int { return cmp.Compare(told[y], told[x]) })
	var names []string
	var guides []Claim
	for _, id := range methods[:min(mostPractices, len(methods))] {
		names = append(names, w.catalog.Inside(w.label(model.Code(id))))
		if len(guides) == 0 && (way == "" || !w.hasGuide(way)) {
			guides = w.more(model.Code(id))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return append(w.frames(words.Values{"what": strings.Join(names, w.say("told.separator", nil))}, "step.family"), guides...)
}

// turned are the practices of a step of any work from another on by the topic's name, so
// that guides differ and each keeps its own.
func (w *writer) turned(method model.Code, known []*vocabulary.Concept) []*vocabulary.Concept {
	if len(known) == 0 || !w.ofAnyGuide(method) {
		return known
	}
	at := w.byName(len(known))
	return slices.Concat(known[at:], known[:at])
}

// way is the method by which a guide tells how a family of methods goes, as its practices belong
// together: the one that is no step beside it, else that which fits the topic best, then that of
// which most contributors of the collection told. Empty for what is no family.
func (w *writer) way(family model.Code) model.Code {
	f, ok := w.voc.Concept(string(family))
	if !ok || !f.IsGroup() {
		return ""
	}
	if way := w.ways[family]; way != "" {
		return way
	}
	fit := w.advisedSteps()
	place := func(method string) int {
		if at := slices.IndexFunc(fit, func(p *vocabulary.Concept) bool { return slices.Contains(p.Broader(), method) }); at >= 0 {
			return at
		}
		return len(fit)
	}
	told := w.tellers()
	methods := slices.DeleteFunc(slices.Clone(f.Narrower()), func(id string) bool {
		return w.stepCodes[model.Code(id)] || noWay(model.Code(id), family) || len(w.known(model.Code(id))) < fewestWays
	})
	if len(methods) == 0 {
		return ""
	}
	return model.Code(slices.MinFunc(methods, func(x, y string) int {
		return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(told[y], told[x]))
	}))
}

// otherwise begins the line of a family of methods with those by which its step does not go.
const otherwise model.Code = "-"

func noWay(method, family model.Code) bool {
	return slices.Contains(builtInAdvice()[otherwise+family], method)
}

// tellers counts, of each step, the contributors of the collection who told of it.
func (w *writer) tellers() map[string]int {
	told := map[string]int{}
	for _, s := range w.c.Statements {
		if s.Kind == aggregate.StepStatement {
			told[string(s.Code)] = s.Contributors
		}
	}
	return told
}

// presupposes begins the line of a practice that makes sense only beside one of some steps.
const presupposes model.Code = "?"

// repeats begins the line of a practice or theme that says again what the steps of some methods
// say, or what they say to do first.
const repeats model.Code = "~"

// again reports whether a practice or theme says again what a step does.
func again(code, step model.Code) bool {
	return slices.Contains(builtInAdvice()[repeats+code], step)
}

// unused are those practices that the guide may advise and does not yet.
func (w *writer) unused(known []*vocabulary.Concept) []*vocabulary.Concept {
	return slices.DeleteFunc(slices.Clone(known), func(p *vocabulary.Concept) bool {
		if of := p.Broader(); len(of) > 0 && again(model.Code(p.ID()), model.Code(of[0])) {
			return true
		}
		return w.outOfPlace(model.Code(p.ID())) || w.fit[model.Code(p.ID())] || w.adviseOnce[model.Code(p.ID())] || !w.tells(p.ID())
	})
}

// outOfPlace reports whether a practice makes sense only beside steps that the guide does not
// have, such as a wall where nobody meets.
func (w *writer) outOfPlace(practice model.Code) bool {
	beside := builtInAdvice()[presupposes+practice]
	return len(beside) > 0 && w.t.ID != "" && !slices.ContainsFunc(beside, func(code model.Code) bool { return w.stepCodes[code] })
}

// known are the practices of a method that the vocabulary can say in the guide's
// language: one of each stage first, in the order of the stages, so that the
// first few are a way from beginning to end.
func (w *writer) known(method model.Code) []*vocabulary.Concept {
	m, ok := w.voc.Concept(string(method))
	if !ok {
		return nil
	}
	if m.IsGroup() {
		return w.knownOf(m)
	}
	type placed struct {
		practice *vocabulary.Concept
		stage, n int
	}
	var all []placed
	at := map[int]int{}
	for _, id := range m.Narrower() {
		p, ok := w.voc.Concept(id)
		if !ok || p.Scheme() != vocabulary.Practice {
			continue
		}
		if text, mark := w.phrase(model.Code(id), vocabulary.FormStep); text == "" || mark != "" {
			continue
		}
		rank := w.stageRank(aggregate.Statement{Code: model.Code(id)})
		all = append(all, placed{p, rank, at[rank]})
		at[rank]++
	}
	slices.SortStableFunc(all, func(x, y placed) int { return cmp.Or(cmp.Compare(x.n, y.n), cmp.Compare(x.stage, y.stage)) })
	out := make([]*vocabulary.Concept, len(all))
	for i, p := range all {
		out[i] = p.practice
	}
	return out
}

// knownOf are practices of the methods of a family: the first of each, then the
// second.
func (w *writer) knownOf(family *vocabulary.Concept) []*vocabulary.Concept {
	var out []*vocabulary.Concept
	for i := range mostOfMethod {
		for _, id := range family.Narrower() {
			if of := w.known(model.Code(id)); i < len(of) {
				out = append(out, of[i])
			}
		}
	}
	return out
}

// mostOfMethod is how many practices of each of its methods stand for a family.
const mostOfMethod = 2

// isFamily reports whether a code is a family of methods, of which a practice is told
// with its method's name.
func (w *writer) isFamily(code model.Code) bool {
	c, ok := w.voc.Concept(string(code))
	return ok && c.IsGroup()
}

// newGroup is the objective of those who need members, roles and a first meeting.
const newGroup model.Code = "ob:establish-group"

// meetings is general advice for a group that begins or begins again: an agenda for its
// first meeting, before it has a chair, who does what in it, and what comes after.
func (w *writer) meetings() []Block {
	if w.t.Objective != newGroup {
		return nil
	}
	roles := &Table{Caption: w.say("meetings.roles", nil), Header: []string{w.say("meetings.role", nil), w.say("meetings.does", nil)}}
	for _, role := range []string{"chair", "secretary", "staff", "everyone"} {
		roles.Rows = append(roles.Rows, []string{w.say("meetings."+role, nil), w.say("meetings."+role+".does", nil)})
	}
	agenda := &Table{Caption: w.say("meetings.agenda", nil), Header: []string{w.say("meetings.what", nil), w.say("meetings.minutes", nil), w.say("meetings.who", nil)}}
	for _, item := range []struct {
		key     string
		minutes int
		who     string
	}{
		{"welcome", 10, "host"},
		{"hopes", 15, "everyone"},
		{"purpose", 20, "staff"},
		{"rules", 15, "everyone"},
		{"task", 20, "everyone"},
		{"close", 10, "host"},
	} {
		agenda.Rows = append(agenda.Rows, []string{w.say("meetings.item."+item.key, nil), w.catalog.Number(item.minutes), w.say("meetings."+item.who, nil)})
	}
	var rules []Claim
	for i := range rulesOfTalk {
		rules = append(rules, w.general(w.say(fmt.Sprintf("meetings.rule.%d", i+1), nil)))
	}
	return []Block{
		{Kind: TableOf, Table: agenda},
		paragraph(w.frame("meetings.rules", nil)), list(rules...),
		{Kind: TableOf, Table: roles},
		paragraph(w.frame("meetings.after", nil)), list(w.general(w.say("meetings.second", nil)), w.general(w.say("meetings.third", nil))),
	}
}

// rulesOfTalk is how many lines there are on how to speak and listen.
const rulesOfTalk = 6

// advice is the vocabulary's on a step: what to settle first, and, for a concept without
// practices, how it is usually done.
func (w *writer) advice(code model.Code) []Claim {
	var out []Claim
	if text, mark := w.phrase(code, vocabulary.FormBefore); text != "" && w.tells(tipFirst+string(code)) {
		out = append(out, w.general(w.say("step.first", words.Values{"what": mark + sentence(text)})))
	}
	if text, mark := w.phrase(code, vocabulary.FormUsual); text != "" && len(w.known(code)) == 0 && w.tells(tipUsual+string(code)) {
		out = append(out, w.general(mark+sentence(text)))
	}
	return out
}

// sameMethod reports whether two practices are of one method and of one phase.
func (w *writer) sameMethod(x, y aggregate.Statement) bool {
	one, _ := w.voc.Concept(string(x.Code))
	other, _ := w.voc.Concept(string(y.Code))
	return slices.Equal(one.Broader(), other.Broader()) && w.phase(x) == w.phase(y)
}

// withMethod puts the name of its method before a practice: that speaks of "it", and
// would say of nothing what.
func (w *writer) withMethod(code model.Code, text string) string {
	c, _ := w.voc.Concept(string(code))
	if of := c.Broader(); len(of) > 0 && c.Scheme() == vocabulary.Practice {
		return w.say("glossary.entry", words.Values{"term": w.label(model.Code(of[0])), "text": text})
	}
	return text
}

// lowest reports whether a line on a part of a step names the lowest band of its scheme.
func (w *writer) lowest(f Claim) bool {
	return slices.ContainsFunc(append([]Claim{f}, f.Rests...), func(told Claim) bool {
		return w.isLowest(model.Code(told.Statement[1+strings.LastIndexByte(told.Statement, '/'):]))
	})
}

// isLowest reports whether a code is the lowest band of its scheme.
func (w *writer) isLowest(code model.Code) bool {
	c, ok := w.voc.Concept(string(code))
	if !ok {
		return false
	}
	rank, ranked := c.Rank()
	for other := range w.voc.Scheme(c.Scheme()).Concepts() {
		r, has := other.Rank()
		ranked = ranked && (!has || rank <= r)
	}
	return ranked
}

// decision is the step between listening and answering, which the vocabulary does not
// have: what was said is sorted, taken to whoever decides, and settled point by point.
const decision model.Code = "decision"

// answering is the stage of work to which that step belongs.
const answering = "sg:feed-back"

// deciding begins the line of what is told in its place.
const deciding model.Code = "^decision"

// hearing begins the line of the ways to hear people, after which there is something to
// decide.
const hearing model.Code = "^hearing"

// withDecision puts that step before the first of those that answer, where people were
// heard and none of the steps tells of it.
func (w *writer) withDecision(steps []aggregate.Statement) []aggregate.Statement {
	at := slices.IndexFunc(steps, func(s aggregate.Statement) bool {
		stage := w.stage(s)
		return stage != nil && stage.ID() == answering
	})
	among := func(codes []model.Code) bool {
		return slices.ContainsFunc(steps, func(s aggregate.Statement) bool {
			return slices.ContainsFunc(append(w.broader(s.Code), string(s.Code)), func(id string) bool { return slices.Contains(codes, model.Code(id)) })
		})
	}
	if at < 0 || among(w.adviceOn(deciding)) || !among(w.adviceOn(hearing)) {
		return steps
	}
	return slices.Insert(slices.Clone(steps), at, aggregate.Statement{ID: fits + string(decision), Kind: aggregate.StepStatement, Code: decision})
}

// waysToDecide is how many ways to take that step there are.
const waysToDecide = 5

// decisionStep is that step.
func (w *writer) decisionStep() Step {
	step := Step{Claim: w.general(w.say("decision.step", nil)), Output: w.meta("output", w.say("decision.output", nil)), Slot: w.stepSlot(decision)}
	for i := range waysToDecide {
		if w.tells(fmt.Sprint(tipDecide, i)) {
			step.Details = append(step.Details, w.general(w.say(fmt.Sprintf("decision.way.%d", i+1), nil)))
		}
	}
	return step
}

// aim begins the line of the step that an objective itself is.
const aim model.Code = "="

// isAim returns what a step rests on that is the topic's objective itself: all its examples
// set out to take it.
func (w *writer) isAim(code model.Code) (Claim, bool) {
	if w.t.Objective == "" || !slices.Contains(w.adviceOn(aim+w.t.Objective), code) {
		return Claim{}, false
	}
	return w.claim("topic", w.say("seen.aim", nil), w.t.Support, countOnly), true
}

// suits reports whether a practice fits the topic.
func (w *writer) suits(p *vocabulary.Concept) bool {
	return slices.Contains(w.basics, p) || slices.Contains(w.advised(vocabulary.Practice), p)
}

// suited puts first, of the practices of a method, those that fit the topic.
func (w *writer) suited(known []*vocabulary.Concept) []*vocabulary.Concept {
	fit := slices.Concat(w.basics, w.advised(vocabulary.Practice))
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
		if !w.isLowest(model.Code(id)) { // no time to plan a step by
			step.Effort = w.meta("effort", w.noun(model.Code(id)))
		}
	}
	return step
}
