// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"maps"
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
		if text := w.form(s.Code, vocabulary.FormStep); w.isTheme(s) && text != "" && !w.besides[subject(s)] {
			c := w.claim(s.ID, sentence(text), s.Support, conceptWords)
			c.Details = w.wordings(s)
			out = append(out, c)
		}
	}
	return out
}

func (w *writer) compareSteps(x, y aggregate.Statement) int {
	return cmp.Or(cmp.Compare(w.stageRank(x), w.stageRank(y)), cmp.Compare(x.Order, y.Order), cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.ID, y.ID))
}

func (w *writer) stage(s aggregate.Statement) *vocabulary.Concept {
	if s.Code == decision {
		stage, _ := w.voc.Concept(answering)
		return stage
	}
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

// steps are those of the topic, those told elsewhere and general advice, all in the
// order of the work: a reader starts with the first. Beside each stands what it rests
// on.
func (w *writer) steps() []Block {
	told := w.toldSteps()
	general := w.fitting(told)
	own := slices.DeleteFunc(slices.Clone(told), func(s aggregate.Statement) bool { return !w.own(s) })
	all := w.inOrder(told, general)
	w.usualMonth, w.ownSteps, w.toldSome = usualMonth(own), len(own) > 0, len(told) > 0
	w.acting, w.count = true, len(all)
	w.serve(all)
	out := make([]Step, len(all))
	for i, s := range all {
		out[i] = w.step(s)
		if !isGeneral(s) {
			continue
		}
		if i == 0 || !isGeneral(all[i-1]) || !w.sameMethod(all[i-1], s) {
			out[i].Text = w.withMethod(s.Code, out[i].Text)
		}
		if aim, ok := w.isAim(s.Code); ok {
			out[i].Seen, out[i].Rests = w.say("seen.aim", nil), append(out[i].Rests, aim)
		}
	}
	var blocks []Block
	if len(all) > 0 {
		blocks = append([]Block{paragraph(w.leadOf(own, told, general, out)...)}, w.byPhase(all, out, 0)...)
		blocks = append(blocks, w.slot("steps", TextSlot, 200))
	}
	w.acting, w.usualMonth = false, ""
	if len(told) < enough && len(w.ownExamples()) > 0 {
		blocks = append(blocks, paragraph(w.frame("steps.see-examples", words.Values{"section": w.say("section.examples", nil)})))
	}
	return blocks
}

// isGeneral reports whether a step is general advice, which no contributor told.
func isGeneral(s aggregate.Statement) bool { return strings.HasPrefix(s.ID, fits) }

// leadOf is what goes for all steps: their order, and what they rest on.
func (w *writer) leadOf(own, told, general []aggregate.Statement, steps []Step) []Claim {
	switch {
	case len(told) == 0:
		return append(w.frames(nil, "steps.lead.general-only"), w.inCommon(steps)...)
	case len(own) == len(told) && len(general) == 0:
		return append(w.frames(nil, "steps.lead.own"), w.begun(own)...)
	case len(own) == 0:
		return w.frames(nil, "steps.silent", "steps.lead.mixed")
	}
	return append(w.frames(nil, "steps.lead.mixed"), w.begun(own)...)
}

// usualMonth is when most of some steps were begun, where at least three say nothing
// else: then it is told once, since below every step it says little.
func usualMonth(steps []aggregate.Statement) model.Code {
	count, said := map[model.Code]int{}, 0
	for _, s := range steps {
		if len(s.Months) > 0 {
			said++
		}
		if len(s.Months) == 1 {
			count[s.Months[0].Code]++
		}
	}
	for _, code := range slices.Sorted(maps.Keys(count)) {
		if count[code] >= enough && 2*count[code] > said {
			return code
		}
	}
	return ""
}

// usual reports whether a step was begun when most were, and says nothing else.
func (w *writer) usual(s aggregate.Statement) bool {
	return w.usualMonth != "" && w.own(s) && len(s.Months) == 1 && s.Months[0].Code == w.usualMonth
}

// begun says when most of the topic's own steps were begun.
func (w *writer) begun(steps []aggregate.Statement) []Claim {
	var rests []Claim
	for _, s := range steps {
		if w.usual(s) {
			rests = append(rests, w.within(s, "month", s.Months[0], ""))
		}
	}
	if len(rests) == 0 {
		return nil
	}
	c := w.frame("steps.usual-month", words.Values{"what": w.say("month."+string(w.usualMonth), nil)})
	c.Rests = rests
	return []Claim{c}
}

// byPhase are steps as blocks, a new one with each phase of the work.
func (w *writer) byPhase(statements []aggregate.Statement, steps []Step, before int) []Block {
	var blocks []Block
	for i, step := range steps {
		phase := w.phase(statements[i])
		if last := len(blocks) - 1; last >= 0 && blocks[last].Title == phase {
			blocks[last].Steps = append(blocks[last].Steps, step)
			continue
		}
		b := Block{Kind: Steps, Title: phase, Steps: []Step{step}}
		if before+i > 0 {
			b.Start = before + i + 1
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// phase names the phase of the work to which a step belongs, "" for none.
func (w *writer) phase(s aggregate.Statement) string {
	stage := w.stage(s)
	if stage == nil {
		return ""
	}
	if key := "when." + stage.Slug(); w.catalog.Has(key) {
		return words.UpperFirst(w.say(key, nil))
	}
	return words.UpperFirst(w.labelOf(stage))
}

// inCommon says once who does most of the steps and how long most take, and takes
// that out of the steps themselves.
func (w *writer) inCommon(steps []Step) []Claim {
	var said []string
	for _, part := range []func(*Step) *string{func(s *Step) *string { return &s.Who }, func(s *Step) *string { return &s.Effort }} {
		count := map[string]int{}
		most := ""
		for i := range steps {
			what := *part(&steps[i])
			count[what]++
			if what != "" && (count[what] > count[most] || most == "") {
				most = what
			}
		}
		if count[""] > 0 || count[most] < 2 || 2*count[most] < len(steps) {
			continue
		}
		said = append(said, sentence(most))
		for i := range steps {
			if at := part(&steps[i]); *at == most {
				*at = ""
			}
		}
	}
	if len(said) == 0 {
		return nil
	}
	return []Claim{w.general(w.say("steps.common", words.Values{"what": strings.Join(said, " ")}))}
}

// waysOfWorking are the themes that run through the steps: the topic's own and,
// where these are few, those of the whole collection.
func (w *writer) waysOfWorking(steps bool) []Block {
	var blocks []Block
	themes := w.themes()
	switch {
	case len(themes) > 0 && steps:
		blocks = append(blocks, paragraph(w.frame("steps.ways-of-working", nil)), list(themes...))
	case len(themes) > 0:
		blocks = append(blocks, paragraph(w.frame("steps.only-ways-of-working", nil)), list(themes...))
	}
	if len(themes) >= enough {
		return blocks
	}
	if claims := w.fittingThemes(enough - len(themes)); len(claims) > 0 {
		return append(blocks, paragraph(w.ofAll("steps.ways-of-working.all", claims)), list(claims...))
	}
	if len(themes) == 0 && !steps {
		if claims := w.themesOf(w.c.Statements, fewFromAll); len(claims) > 0 {
			return append(blocks, paragraph(w.ofAll("wide", claims)), list(claims...))
		}
	}
	return blocks
}

// themesOf are the themes of most contributors of the whole collection.
func (w *writer) themesOf(from []aggregate.Statement, most int) []Claim {
	pick := func(s aggregate.Statement) bool {
		return s.Kind == aggregate.StepStatement && w.isTheme(s) && w.form(s.Code, vocabulary.FormStep) != ""
	}
	return w.notYetTold(from, everywhere, most, pick, func(s aggregate.Statement) Claim {
		c := w.claim(s.ID, sentence(w.form(s.Code, vocabulary.FormStep)), s.Support, conceptWords)
		c.Details = append(w.factsOf(s), w.wordings(s)...)
		return c
	})
}

// imperative words a step without who did it.
func (w *writer) imperative(s aggregate.Statement) Claim {
	return w.claim(s.ID, sentence(w.bareStep(s)), s.Support, conceptWords)
}

func (w *writer) step(s aggregate.Statement) Step {
	if isGeneral(s) {
		return w.generalStep(s.Code)
	}
	step := Step{Claim: w.from(s, w.imperative(s))}
	step.Output = w.meta("output", w.form(s.Code, vocabulary.FormOutput))
	w.asFacts(&step, w.factsOf(s))
	step.Details = append(step.Details, w.wordings(s)...)
	for _, l := range w.lessonsOn(s.Code) {
		step.Details = append(step.Details, w.lesson(l))
		if l.Opposes != "" && step.Fork == "" {
			step.Fork = w.say("steps.fork", words.Values{"what": w.noun(l.Code)})
		} else if l.Part == "did-not-work" && step.Fork == "" {
			step.Fork = w.say("steps.caution", nil)
		}
		if l.Opposes != "" || l.Part == "did-not-work" {
			step.Rests = append(step.Rests, w.claim(l.ID, "", l.Support, countOnly))
		}
	}
	step.Details = append(step.Details, w.beside(s.Code, true)...)
	step.Details = append(step.Details, w.practices(s.Code)...)
	step.Details = append(step.Details, w.offer(s.Code)...)
	if way := w.ways[s.Code]; way != "" {
		step.Details = append(step.Details, w.offer(way)...)
	}
	step.Slot = w.stepSlot(s.Code)
	return step
}

// asFacts puts in short beside a step who took it, when and how long.
func (w *writer) asFacts(step *Step, facts []Claim) {
	for _, f := range facts {
		part, _, _ := strings.Cut(strings.TrimPrefix(f.Statement, step.Statement+"/"), "/")
		at := map[string]*string{"actor": &step.Who, "side": &step.Who, "effort": &step.Effort}[part]
		if at == nil {
			at = &step.When
		}
		step.Rests = append(step.Rests, f)
		if part == "effort" && w.lowest(f) || part == "month" && w.seenAt(aggregate.Statement{ID: step.Statement}) != "" {
			continue // no time to plan the step by: of one way to take it, or of other work
		}
		if *at != "" {
			*at += w.say("told.separator", nil)
		}
		*at += f.Text
	}
}

// mostOptions is how many of the ways in which contributors differ a line names.
const mostOptions = 3

// factsOf say how those who took a step went about it: who did it, when, how long it
// took and how often, each with how many say so, most first. Where contributors
// differ, the line gives the options. Who did it on other topics is not who would here.
func (w *writer) factsOf(s aggregate.Statement) []Claim {
	part, people := doers(s)
	if from := w.seenAt(s); w.t.ID != "" && (from == "seen.all" || from == "seen.topic") {
		people = nil
	}
	told := func(key string) func(model.Code) string {
		return func(code model.Code) string { return w.say(key+"."+string(code), nil) }
	}
	var out []Claim
	for _, f := range []struct {
		label, part string
		counts      []aggregate.Count
		name        func(model.Code) string
	}{
		{"did", part, people, func(code model.Code) string {
			return w.firstTwo([]aggregate.Count{{Code: code}}, formListed, vocabulary.FormMany)
		}},
		{"when", "month", s.Months, told("month")},
		{"effort", "effort", s.Efforts, w.noun},
		{"often", "often", s.Often, told("often")},
	} {
		if len(f.counts) > 0 && (f.part != "month" || !w.usual(s)) {
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
	differs := part == "effort" && len(counts) > 2
	if differs { // from hours to weeks: no duration that one could plan by
		slices.SortStableFunc(counts, func(x, y aggregate.Count) int { return cmp.Compare(w.rank(x.Code), w.rank(y.Code)) })
	}
	var said, plain []string
	var rests []Claim
	several := 0
	for _, k := range counts {
		several += k.Examples
		v := nOf(k.Support)
		v["what"] = name(k.Code)
		said = append(said, w.say("told.part", v))
		plain = append(plain, name(k.Code))
		rests = append(rests, w.within(s, part, k, w.meta(label, name(k.Code))))
	}
	c := rests[0]
	if w.acting {
		text := strings.Join(plain, w.say("told.separator", nil))
		w.plain[c.Statement] = w.meta(label, text)
		if differs {
			text = w.say("told.differs", words.Values{"what": text})
		}
		c.Text, c.Seen, c.Rests = w.meta(label, text), "", rests[1:]
		return c
	}
	if len(counts) == 1 {
		c.Text, c.Seen = w.meta(label, name(counts[0].Code)), w.say("told.seen", nOf(counts[0].Support))
		return c
	}
	sameWhole := !slices.ContainsFunc(counts, func(k aggregate.Count) bool { return k.Of != counts[0].Of })
	if sameWhole && several > counts[0].Of { // more answers than examples
		said = append(said, w.say("told.several", nil))
	}
	text := strings.Join(said, w.say("told.separator", nil))
	if differs {
		text = w.say("told.differs", words.Values{"what": text})
	}
	c.Text, c.Seen, c.Rests = w.meta(label, text), "", rests[1:]
	return c
}

// rank is the place of a concept in its scheme's order.
func (w *writer) rank(code model.Code) int {
	c, _ := w.voc.Concept(string(code))
	n, _ := c.Rank()
	return n
}

// within is a claim about some of the examples that took a step: a part of its
// statement, such as who did it.
func (w *writer) within(s aggregate.Statement, part string, k aggregate.Count, text string) Claim {
	c := w.claim(s.ID+"/"+part+"/"+string(k.Code), text, k.Support, countOnly)
	c.Seen = w.say("seen.step", nOf(k.Support))
	return c
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
