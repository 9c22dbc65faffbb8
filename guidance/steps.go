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

// orderedSteps are the topic's steps by stage, then by dependency, then as the
// examples order them.
func (w *writer) orderedSteps() []aggregate.Statement {
	steps := slices.DeleteFunc(w.statements(aggregate.StepStatement, ""), func(s aggregate.Statement) bool {
		return w.isTheme(s) || w.form(s.Code, vocabulary.FormStep) == ""
	})
	all := slices.Clone(steps)
	steps = slices.DeleteFunc(steps, func(s aggregate.Statement) bool { return w.partOf(s, all) })
	slices.SortStableFunc(steps, w.compareSteps)
	return w.byDependency(steps)
}

// partOf reports whether a statement is about a practice of a method that is one
// of the steps itself.
func (w *writer) partOf(s aggregate.Statement, steps []aggregate.Statement) bool {
	c, _ := w.voc.Concept(string(s.Code))
	return c.Scheme() == vocabulary.Practice && slices.ContainsFunc(steps, func(other aggregate.Statement) bool {
		return slices.Contains(c.Broader(), string(other.Code))
	})
}

// isTheme reports whether a statement is about a theme: how something is done
// rather than what.
func (w *writer) isTheme(s aggregate.Statement) bool {
	c, _ := w.voc.Concept(string(s.Code))
	return c.Scheme() == vocabulary.Theme
}

// manners are the themes that run through the topic's steps.
func (w *writer) manners() []Claim {
	var out []Claim
	for _, s := range w.statements(aggregate.StepStatement, "") {
		if text := w.form(s.Code, vocabulary.FormStep); w.isTheme(s) && text != "" {
			out = append(out, w.claim(s.ID, sentence(text), s.Support, ConceptWords))
		}
	}
	return out
}

func (w *writer) compareSteps(x, y aggregate.Statement) int {
	return cmp.Or(cmp.Compare(w.stageRank(x), w.stageRank(y)), cmp.Compare(x.Order, y.Order), cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.ID, y.ID))
}

// byDependency moves a step behind those that it comes after, stably.
func (w *writer) byDependency(steps []aggregate.Statement) []aggregate.Statement {
	var out []aggregate.Statement
	placed := map[string]bool{}
	var place func(s aggregate.Statement, above map[string]bool)
	place = func(s aggregate.Statement, above map[string]bool) {
		if placed[s.ID] || above[s.ID] {
			return
		}
		above[s.ID] = true
		c, _ := w.voc.Concept(string(s.Code))
		for _, before := range c.Links("after") {
			for _, other := range steps {
				if string(other.Code) == before {
					place(other, above)
				}
			}
		}
		if !placed[s.ID] {
			placed[s.ID] = true
			out = append(out, s)
		}
	}
	for _, s := range steps {
		place(s, map[string]bool{})
	}
	return out
}

func (w *writer) stage(s aggregate.Statement) *vocabulary.Concept {
	c, _ := w.voc.Concept(string(s.Code))
	for _, id := range c.Links("stage") {
		if stage, ok := w.voc.Concept(id); ok {
			return stage
		}
	}
	return nil
}

func (w *writer) stageRank(s aggregate.Statement) int {
	rank, _ := w.stage(s).Rank()
	return rank
}

// bareStep is the imperative sentence of a step, without full stop and without
// who did it: for where another line says that.
func (w *writer) bareStep(s aggregate.Statement) string {
	s.Actors = nil
	return w.stepText(s)
}

// stepText is the imperative sentence of a step with who did it, without full stop.
func (w *writer) stepText(s aggregate.Statement) string {
	var slots vocabulary.StepSlots
	if len(s.Actors) > 0 {
		slots.Actor = string(s.Actors[0].Code)
	}
	if t, in := w.voc.Step(string(s.Code), slots, w.lang); t != "" && in == w.lang {
		return w.terms.Say(t)
	}
	text, mark := w.phrase(s.Code, vocabulary.FormStep)
	return mark + vocabulary.Fill(text, map[string]string{"actor": w.firstTwo(s.Actors, vocabulary.FormMany)})
}

// firstTwo are those who did the step most often, of those who did it in enough
// examples, each named in the first of the forms that it has.
func (w *writer) firstTwo(who []aggregate.Count, forms ...vocabulary.Form) string {
	var names []string
	for _, a := range who[:min(2, len(who))] {
		name := ""
		for _, f := range forms {
			name = cmp.Or(name, w.form(a.Code, f))
		}
		names = append(names, cmp.Or(name, w.catalog.Inside(w.label(a.Code))))
	}
	return w.catalog.List(names)
}

func (w *writer) steps() []Block {
	var out []Step
	all := w.allSteps()
	all = append(all, w.usualSteps(all)...)
	slices.SortStableFunc(all, w.compareSteps)
	for _, s := range w.byDependency(all) {
		out = append(out, w.step(s))
	}
	manners := w.manners()
	var blocks []Block
	if len(out) > 0 {
		blocks = append(blocks, paragraph(w.frame("steps.lead", nil)), Block{Kind: Steps, Steps: out})
	}
	switch {
	case len(manners) > 0 && len(out) > 0:
		blocks = append(blocks, paragraph(w.frame("steps.manners", nil)), list(manners...))
	case len(manners) > 0:
		blocks = append(blocks, paragraph(w.frame("steps.only-manners", nil)), list(manners...))
	}
	if len(out) < enough && len(w.examples()) > 0 {
		blocks = append(blocks, paragraph(w.frame("steps.see-examples", words.Values{"section": w.say("section.examples", nil)})))
	}
	return blocks
}

// fewSteps is how many steps a guide has before it looks no further afield.
const fewSteps = 7

// allSteps are the topic's steps and, where these are few, those of the topics
// near it and those against its challenge in the whole collection, in one order.
// Where there are none at all, those that most contributors took, whatever the
// topic, stand in: a guide without a step helps nobody.
func (w *writer) allSteps() []aggregate.Statement {
	steps := w.orderedSteps()
	if len(steps) >= fewSteps {
		return steps
	}
	most := fewSteps
	have := map[string]bool{}
	for _, s := range w.t.Statements {
		have[s.ID] = true
	}
	take := func(from []aggregate.Statement, mark string, pick func(aggregate.Statement) bool) {
		found := slices.DeleteFunc(slices.Clone(from), func(s aggregate.Statement) bool {
			return s.Kind != aggregate.StepStatement || have[s.ID] || w.isTheme(s) || w.form(s.Code, vocabulary.FormStep) == "" || !pick(s)
		})
		slices.SortStableFunc(found, func(x, y aggregate.Statement) int {
			return cmp.Or(-compareBool(w.against(x), w.against(y)), cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.ID, y.ID))
		})
		for _, s := range found {
			if len(steps) < most {
				have[s.ID], w.said[subject(s)] = true, true
				s.ID, s.Order = mark+s.ID, 0.5
				steps = append(steps, s)
			}
		}
	}
	for _, near := range w.circles() {
		take(near.Statements, nearBy+string(near.Code)+":", func(aggregate.Statement) bool { return true })
	}
	take(w.c.Statements, everywhere, w.against)
	if len(steps) == 0 {
		most = enough
		take(w.c.Statements, everywhere, func(aggregate.Statement) bool { return true })
	}
	slices.SortStableFunc(steps, w.compareSteps)
	return w.byDependency(steps)
}

// usual begins the id of a step that no collection tells of.
const usual = "usual:"

// wholeWay is how many steps a guide has before it adds what usually goes before
// and after them.
const wholeWay = 5

// usualSteps are what the vocabulary says goes before the steps or after them,
// nearest first, where these are few: general advice, which nothing counts.
func (w *writer) usualSteps(steps []aggregate.Statement) []aggregate.Statement {
	if len(steps) == 0 || len(steps) >= wholeWay {
		return nil
	}
	have := map[string]bool{}
	var near []string
	for _, s := range steps {
		have[string(s.Code)] = true
		near = append(near, string(s.Code))
	}
	var out []aggregate.Statement
	add := func(id string) {
		if have[id] || len(steps)+len(out) >= wholeWay {
			return
		}
		have[id] = true
		near = append(near, id)
		if text, mark := w.phrase(model.Code(id), vocabulary.FormStep); text != "" && mark == "" {
			out = append(out, aggregate.Statement{ID: usual + id, Kind: aggregate.StepStatement, Code: model.Code(id), Order: 0.5})
		}
	}
	own := len(near)
	for m := range w.voc.Scheme(vocabulary.Method).Concepts() {
		if m.Candidate() || !slices.ContainsFunc(m.Links("after"), func(id string) bool { return slices.Contains(near[:own], id) }) {
			continue
		}
		if stage := w.stage(aggregate.Statement{Code: model.Code(m.ID())}); stage != nil && stage.Local() == "feed-back" {
			add(m.ID())
		}
	}
	for i := 0; i < len(near); i++ {
		c, _ := w.voc.Concept(near[i])
		for _, id := range c.Links("after") {
			add(id)
		}
	}
	return out
}

// own reports whether a statement is the topic's own.
func (w *writer) own(s aggregate.Statement) bool {
	return !strings.HasPrefix(s.ID, nearBy) && !strings.HasPrefix(s.ID, everywhere)
}

// from says, of a claim that stands among the topic's own, where it is from.
func (w *writer) from(s aggregate.Statement, c Claim) Claim {
	v := nOf(s.Support)
	switch {
	case strings.HasPrefix(s.ID, nearBy):
		c.Seen = w.say("seen.near", v)
	case strings.HasPrefix(s.ID, everywhere):
		c.Seen = w.say("seen.all", v)
	}
	return c
}

// imperative words a step without who did it.
func (w *writer) imperative(s aggregate.Statement) Claim {
	return w.claim(s.ID, sentence(w.bareStep(s)), s.Support, ConceptWords)
}

func (w *writer) step(s aggregate.Statement) Step {
	step := Step{Claim: w.from(s, w.imperative(s))}
	if strings.HasPrefix(s.ID, usual) {
		step.Claim = w.general(step.Text)
		step.Seen = w.say("seen.general", nil)
	}
	// When is told by the examples where they tell it, else by the stage.
	if stage := w.stage(s); stage != nil && len(s.Months) == 0 {
		if key := "when." + stage.Local(); w.catalog.Has(key) {
			step.When = w.meta("when", w.say(key, nil))
		} else {
			step.Stage = w.meta("stage", w.labelOf(stage))
		}
	}
	step.Output = w.meta("output", w.form(s.Code, vocabulary.FormOutput))
	if advice := w.advice(s.Code); advice != "" {
		step.Details = append(step.Details, w.general(w.say("step.general", words.Values{"what": advice})))
	}
	step.Details = append(step.Details, w.practices(s.Code)...)
	part, people := doers(s)
	for _, who := range people[:min(2, len(people))] {
		step.Details = append(step.Details, w.within(s, part, who, w.meta("who", w.firstTwo([]aggregate.Count{who}, formListed, vocabulary.FormMany))))
	}
	for _, e := range s.Efforts {
		step.Details = append(step.Details, w.within(s, "effort", e, w.meta("effort", w.noun(e.Code))))
	}
	for _, m := range s.Months {
		step.Details = append(step.Details, w.within(s, "month", m, w.say("months."+string(m.Code), nil)))
	}
	step.Details = append(step.Details, w.wordings(s)...)
	for _, l := range w.lessonsOn(s.Code) {
		step.Details = append(step.Details, w.lesson(l))
		if l.Opposes != "" && step.Fork == "" {
			step.Fork = w.say("steps.fork", words.Values{"what": w.noun(l.Code)})
		} else if l.Part == "did-not-work" && step.Fork == "" {
			step.Fork = w.say("steps.caution", nil)
		}
	}
	step.Details = append(step.Details, w.offer(s.Code)...)
	id := "step." + strings.ReplaceAll(string(s.Code), ":", "-")
	step.Slot = &Slot{ID: id, Type: TextSlot, Question: w.say("slot.step", nil), MaxWords: 60}
	return step
}

// lessonsOn are the lessons about a method: the topic's own, else those of the
// topics near it, else those of the whole collection.
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
	for _, near := range w.circles() {
		if len(out) == 0 {
			out = on(near.Statements, nearBy+string(near.Code)+":")
		}
	}
	if len(out) == 0 {
		out = on(w.c.Statements, everywhere)
	}
	return out
}

// within is a claim about some of the examples that took a step: a part of its
// statement, such as who did it.
func (w *writer) within(s aggregate.Statement, part string, k aggregate.Count, text string) Claim {
	c := w.claim(s.ID+"/"+part+"/"+string(k.Code), text, k.Support, CountOnly)
	c.Seen = w.say("seen.step", nOf(k.Support))
	return c
}

// advice is what is generally known about a step: what to settle first, and,
// where no practice says it, how it is usually done.
func (w *writer) advice(code model.Code) string {
	var out []string
	forms := []vocabulary.Form{vocabulary.FormBefore}
	if len(w.known(code)) == 0 {
		forms = append(forms, vocabulary.FormUsual)
	}
	for _, f := range forms {
		if text, mark := w.phrase(code, f); text != "" {
			out = append(out, mark+sentence(text))
		}
	}
	return strings.Join(out, " ")
}

// mostQuotes is how many quotations a step or a lesson has.
const mostQuotes = 3

// wordings are the better rungs of the ladder: own and shared words, each once
// in a document.
func (w *writer) wordings(s aggregate.Statement) []Claim {
	var out []Claim
	for _, a := range s.Approved {
		if len(out) < mostQuotes && w.quote(a.Text) {
			out = append(out, w.claim(s.ID, w.say("words.own", words.Values{"words": a.Text}), a.Support, OwnWords))
		}
	}
	for _, shared := range s.Shared {
		if promise(shared.Text) != "" {
			continue // contributors may say so; a guide does not repeat it
		}
		if len(out) < mostQuotes && w.quote(shared.Text) {
			out = append(out, w.claim(s.ID, w.say("words.shared", words.Values{"words": shared.Text}), shared.Support, SharedWords))
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

// quotesHere are the wordings that the guide on the topic may quote: those that
// no two topics before it have.
func (w *writer) quotesHere() map[string]bool {
	in := map[string]int{}
	for _, t := range w.c.Topics {
		here := map[string]bool{}
		for _, s := range t.Statements {
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
	c := w.claim(s.ID, text, s.Support, ConceptWords)
	if s.Code != "" {
		c.Details = w.wordings(s)
	} else {
		c.Rung = SharedWords
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
	c := w.claim(s.ID, text, s.Support, ConceptWords)
	if s.Code != "" {
		c.Details = w.wordings(s)
	} else {
		c.Rung = SharedWords
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

// meta labels what stands in short beside a step.
func (w *writer) meta(key, what string) string {
	if what == "" {
		return ""
	}
	return w.say("meta."+key, words.Values{"what": what})
}

// Meta lists what stands in short beside a step.
func (s Step) Meta() []string {
	return slices.DeleteFunc([]string{s.Stage, s.Who, s.When, s.Effort, s.Output}, func(part string) bool { return part == "" })
}
