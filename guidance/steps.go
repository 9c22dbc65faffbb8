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

// themes run through the topic's steps: how contributors went about them.
func (w *writer) themes() []Claim {
	var out []Claim
	for _, s := range w.statements(aggregate.StepStatement, "") {
		if text := w.form(s.Code, vocabulary.FormStep); w.isTheme(s) && text != "" {
			c := w.claim(s.ID, sentence(text), s.Support, ConceptWords)
			c.Details = w.wordings(s)
			out = append(out, c)
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
	told := w.toldSteps()
	general := w.fitting(told)
	all := append(slices.Clone(told), general...)
	slices.SortStableFunc(all, w.compareSteps)
	var out []Step
	for _, s := range w.byDependency(all) {
		out = append(out, w.step(s))
	}
	var blocks []Block
	if len(out) > 0 {
		lead := w.frames(nil, "steps.lead")
		switch {
		case len(told) == 0:
			lead = w.frames(nil, "steps.lead.general-only")
		case len(general) > 0:
			lead = w.frames(nil, "steps.lead", "steps.lead.general")
		}
		blocks = append(blocks, paragraph(lead...), Block{Kind: Steps, Steps: out})
	}
	themes := w.themes()
	switch {
	case len(themes) > 0 && len(out) > 0:
		blocks = append(blocks, paragraph(w.frame("steps.ways-of-working", nil)), list(themes...))
	case len(themes) > 0:
		blocks = append(blocks, paragraph(w.frame("steps.only-ways-of-working", nil)), list(themes...))
	}
	if len(themes) < enough {
		if claims := w.fittingThemes(enough - len(themes)); len(claims) > 0 {
			blocks = append(blocks, paragraph(w.frame("steps.ways-of-working.all", nil)), list(claims...))
		}
	}
	if len(told) < enough && len(w.examples()) > 0 {
		blocks = append(blocks, paragraph(w.frame("steps.see-examples", words.Values{"section": w.say("section.examples", nil)})))
	}
	return blocks
}

// fewSteps is the number of steps from which a guide takes none from further afield.
const fewSteps = 7

// toldSteps are the topic's steps and, where these are few, those of the topics
// near it and those against its challenge in the whole collection, in one order.
// What contributors did whatever the topic stands in the guides of the methods.
func (w *writer) toldSteps() []aggregate.Statement {
	steps := w.orderedSteps()
	if len(steps) >= fewSteps {
		return steps
	}
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
			if len(steps) < fewSteps {
				have[s.ID], w.said[subject(s)] = true, true
				s.ID, s.Order = mark+s.ID, 0.5
				steps = append(steps, s)
			}
		}
	}
	for _, near := range w.nearTopics() {
		take(near.Statements, nearBy+string(near.Code)+":", func(aggregate.Statement) bool { return true })
	}
	take(w.c.Statements, everywhere, w.against)
	slices.SortStableFunc(steps, w.compareSteps)
	return w.byDependency(steps)
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
	if strings.HasPrefix(s.ID, fits) {
		return w.generalStep(s.Code)
	}
	step := Step{Claim: w.from(s, w.imperative(s))}
	// When is told by the examples where they tell it, else by the stage.
	if stage := w.stage(s); stage != nil && len(s.Months) == 0 {
		if key := "when." + stage.Slug(); w.catalog.Has(key) {
			step.When = w.meta("when", w.say(key, nil))
		} else {
			step.Stage = w.meta("stage", w.labelOf(stage))
		}
	}
	step.Output = w.meta("output", w.form(s.Code, vocabulary.FormOutput))
	step.Details = append(step.Details, w.factsOf(s)...)
	step.Details = append(step.Details, w.wordings(s)...)
	for _, l := range w.lessonsOn(s.Code) {
		step.Details = append(step.Details, w.lesson(l))
		if l.Opposes != "" && step.Fork == "" {
			step.Fork = w.say("steps.fork", words.Values{"what": w.noun(l.Code)})
		} else if l.Part == "did-not-work" && step.Fork == "" {
			step.Fork = w.say("steps.caution", nil)
		}
		if l.Opposes != "" || l.Part == "did-not-work" {
			step.Rests = append(step.Rests, w.claim(l.ID, "", l.Support, CountOnly))
		}
	}
	step.Details = append(step.Details, w.practices(s.Code)...)
	if advice := w.advice(s.Code); advice != "" {
		step.Details = append(step.Details, w.general(w.say("step.general", words.Values{"what": advice})))
	}
	step.Details = append(step.Details, w.offer(s.Code)...)
	step.Slot = w.stepSlot(s.Code)
	return step
}

// mostOptions is how many of the ways in which contributors differ a line names.
const mostOptions = 3

// factsOf say how those who took a step went about it: who did it, when, how long it
// took and how often, each with how many say so, most first. Where contributors
// differ, the line gives the options.
func (w *writer) factsOf(s aggregate.Statement) []Claim {
	part, people := doers(s)
	told := func(key string) func(model.Code) string {
		return func(code model.Code) string { return w.say(key+"."+string(code), nil) }
	}
	var out []Claim
	for _, f := range []struct {
		label, part string
		counts      []aggregate.Count
		name        func(model.Code) string
	}{
		{"who", part, people, func(code model.Code) string {
			return w.firstTwo([]aggregate.Count{{Code: code}}, formListed, vocabulary.FormMany)
		}},
		{"when", "month", s.Months, told("month")},
		{"effort", "effort", s.Efforts, w.noun},
		{"often", "often", s.Often, told("often")},
	} {
		if len(f.counts) > 0 {
			out = append(out, w.options(s, f.label, f.part, f.counts, f.name))
		}
	}
	return out
}

// options is one line on a part of a step, such as who did it.
func (w *writer) options(s aggregate.Statement, label, part string, counts []aggregate.Count, name func(model.Code) string) Claim {
	counts = slices.Clone(counts)
	slices.SortStableFunc(counts, func(x, y aggregate.Count) int { return cmp.Compare(y.Contributors, x.Contributors) })
	counts = counts[:min(mostOptions, len(counts))]
	var said []string
	var rests []Claim
	for _, k := range counts {
		v := nOf(k.Support)
		v["what"] = name(k.Code)
		said = append(said, w.say("told.part", v))
		rests = append(rests, w.within(s, part, k, ""))
	}
	c := rests[0]
	if len(counts) == 1 {
		c.Text, c.Seen = w.meta(label, name(counts[0].Code)), w.say("told.seen", nOf(counts[0].Support))
		return c
	}
	c.Text, c.Seen, c.Rests = w.meta(label, strings.Join(said, "; ")), "", rests[1:]
	return c
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
