// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// mostTopics is in how many guides by topic one tip stands, or one warning sign, or one
// thing that contributors told of whatever the topic: whoever reads a third guide knows it.
const mostTopics = 2

// unfit is the place of a topic for what does not fit it in particular.
const unfit = 1000

// places are the topics in which a tip may stand, each by how well it fits.
type places map[int]int

// allotted are the tips that the guide of the topic tells: of each, the guides of those topics
// have it that it fits best, and of topics that it fits as well those with the fewest tips. many
// are the steps that more guides have, of which the page of the collection tells.
func (w *writer) allotted() (tips map[string]bool, many map[model.Code]bool) {
	all, in, of := map[string]places{}, map[model.Code]int{}, map[string][]model.Code{}
	for i := range w.c.Topics {
		x := w.aside()
		if x.onTopic(w.c.Topics[i].ID) != nil {
			continue
		}
		steps := x.allSteps()
		for _, s := range steps {
			in[s.Code]++
		}
		for tip, fit := range x.wanted(steps, of) {
			if all[tip] == nil {
				all[tip] = places{}
			}
			all[tip][i] = fit
		}
	}
	order := slices.Collect(maps.Keys(all))
	slices.SortFunc(order, func(x, y string) int {
		return cmp.Or(cmp.Compare(all[x].best(), all[y].best()), cmp.Compare(len(all[x]), len(all[y])), cmp.Compare(x, y))
	})
	load := make([]int, len(w.c.Topics))
	tips, many = map[string]bool{}, map[model.Code]bool{}
	for _, tip := range order {
		if all[tip].best() == unfit && slices.ContainsFunc(of[tip], func(code model.Code) bool { return in[code] > mostTopics && !w.isFamily(code) }) {
			continue // as general as its step: it stands where that is told for all guides
		}
		for _, i := range all[tip].first(mostTopics, load) {
			load[i]++
			if w.c.Topics[i].ID == w.t.ID {
				tips[tip] = true
			}
		}
	}
	for code, n := range in {
		many[code] = n > mostTopics && !w.isFamily(code) && !w.hasGuide(code)
	}
	maps.DeleteFunc(many, func(_ model.Code, is bool) bool { return !is })
	return tips, many
}

// best is how well a tip fits where it fits best.
func (p places) best() int {
	best := unfit
	for _, fit := range p {
		best = min(best, fit)
	}
	return best
}

// first are the n topics where a tip stands.
func (p places) first(n int, load []int) []int {
	var topics []int
	for i := range p {
		topics = append(topics, i)
	}
	slices.SortFunc(topics, func(x, y int) int {
		return cmp.Or(cmp.Compare(p[x], p[y]), cmp.Compare(load[x], load[y]), cmp.Compare(x, y))
	})
	return topics[:min(n, len(topics))]
}

// The beginnings of what a tip is known by that is no practice.
const (
	tipFirst  = "first:" // what to settle before a step
	tipUsual  = "usual:" // how a step usually goes
	tipSign   = "sign:"  // a warning sign of a challenge
	tipLook   = "look:"  // how one may look for a sign of success
	tipDecide = "decide:"
)

// tells reports whether the guide may tell a tip: any, where it is not on a topic.
func (w *writer) tells(tip string) bool { return w.tips == nil || w.tips[tip] }

// wanted are the tips that the guide of the topic could tell, each with how well it fits. of
// takes the steps that each is about.
func (w *writer) wanted(steps []aggregate.Statement, of map[string][]model.Code) map[string]int {
	out := map[string]int{}
	want := func(tip string, fit int) {
		if had, ok := out[tip]; !ok || fit < had {
			out[tip] = fit
		}
	}
	about := func(tip string, step model.Code) {
		if !slices.Contains(of[tip], step) {
			of[tip] = append(of[tip], step)
		}
	}
	fit := map[string]int{}
	for _, list := range [][]model.Code{w.adviceOn(w.t.Challenge), w.adviceOn(w.t.Objective)} {
		for i, code := range list {
			if had, ok := fit[string(code)]; !ok || i < had {
				fit[string(code)] = i
			}
		}
	}
	place := func(id string) int {
		if at, ok := fit[id]; ok {
			return at
		}
		return unfit
	}
	for _, code := range w.adviceOn(happened + w.t.Challenge) {
		want(string(code), -1)
	}
	for _, s := range steps {
		code := s.Code
		if code == decision {
			for i := range waysToDecide {
				want(fmt.Sprint(tipDecide, i), unfit)
				about(fmt.Sprint(tipDecide, i), code)
			}
			continue
		}
		best := unfit
		ways := []string{}
		for _, p := range w.known(code) {
			ways = append(ways, p.ID())
		}
		if c, ok := w.voc.Concept(string(code)); ok && c.IsGroup() {
			ways = nil
			for _, method := range c.Narrower() {
				for _, p := range w.known(model.Code(method)) {
					ways = append(ways, p.ID())
				}
			}
		}
		for _, id := range ways {
			if w.outOfPlace(model.Code(id)) {
				continue
			}
			want(id, place(id))
			about(id, code)
			best = min(best, place(id))
		}
		for _, tip := range []string{tipFirst + string(code), tipUsual + string(code)} {
			want(tip, best)
			about(tip, code)
		}
		for _, x := range warnings()[code] {
			if x.challenge == w.t.Challenge {
				continue // the guide is for whoever sees it
			}
			want(signTip(x), place(string(x.challenge)))
			about(signTip(x), code)
			for _, answer := range x.answers {
				want(string(answer), place(string(answer)))
			}
		}
		for _, theme := range themesFor(code) {
			for _, x := range w.c.Statements {
				if x.Code == theme && isTold(x) && !few(x.Support, leastOfAll) {
					want(everywhere+x.ID, place(string(theme)))
				}
			}
		}
	}
	for _, near := range w.nearTopics() {
		for _, x := range near.Statements {
			want(nearBy+string(near.Code)+":"+x.ID, place(string(x.Code)))
		}
	}
	for _, x := range w.c.Statements {
		if w.against(x) || w.onSteps(x) || isTold(x) && place(string(x.Code)) < unfit {
			want(everywhere+x.ID, place(string(x.Code)))
		}
	}
	for c := range w.voc.Scheme(vocabulary.Sign).Concepts() {
		want(tipLook+c.ID(), place(c.ID()))
	}
	return out
}

func signTip(x warning) string { return fmt.Sprint(tipSign, x.challenge, ".", x.nth) }

// allSteps are the steps of the topic's guide: those that were told, and general advice.
func (w *writer) allSteps() []aggregate.Statement {
	told := w.toldSteps()
	return w.inOrder(told, w.fitting(told))
}

// inOrder are told steps and general ones in the order of the work.
func (w *writer) inOrder(told, general []aggregate.Statement) []aggregate.Statement {
	all := slices.Concat(told, general)
	slices.SortStableFunc(all, w.compareSteps)
	all = w.withDecision(w.byDependency(all))
	w.stepCodes = map[model.Code]bool{}
	for _, s := range all {
		w.stepCodes[s.Code] = true
	}
	return all
}

// toldElsewhere points from a step without any advice to where it is told for all guides.
func (w *writer) toldElsewhere(step model.Code, details []Claim) []Claim {
	advised := func(c Claim) bool {
		return c.Source == Vocabulary || slices.ContainsFunc(c.Details, func(d Claim) bool { return d.Source == Vocabulary })
	}
	if !w.many[step] || slices.ContainsFunc(details, advised) {
		return nil
	}
	c := w.frame("step.common", words.Values{"title": w.say("collection.title", nil)})
	c.Document = KindAbout
	return []Claim{c}
}

// common are the steps that stand in more guides than a tip may, and how to take them:
// told once for all guides. A method with a guide of its own is told there.
func (w *writer) common() []Block {
	var claims []Claim
	codes := slices.Collect(maps.Keys(w.many))
	slices.SortFunc(codes, func(x, y model.Code) int {
		return cmp.Or(cmp.Compare(w.stageRank(aggregate.Statement{Code: x}), w.stageRank(aggregate.Statement{Code: y})), cmp.Compare(x, y))
	})
	for _, code := range codes {
		step := w.generalStep(code)
		c := w.general(step.Text)
		for _, d := range step.Details {
			if d.Source == Vocabulary {
				c.Details = append(c.Details, d)
			}
		}
		claims = append(claims, c)
	}
	if len(claims) == 0 {
		return nil
	}
	return []Block{paragraph(w.frame("common.lead", nil)), list(claims...)}
}

//go:embed data/theme-for.tsv
var themeTable string

var themesByMethod = sync.OnceValue(func() map[model.Code][]model.Code {
	out := map[model.Code][]model.Code{}
	for _, line := range words.TableLines(themeTable) {
		method, list, _ := strings.Cut(line, "\t")
		for id := range strings.FieldsSeq(list) {
			out[model.Code(method)] = append(out[model.Code(method)], model.Code(id))
		}
	}
	return out
})

// themesFor are the themes that tell how the step of a method is taken.
func themesFor(method model.Code) []model.Code { return themesByMethod()[method] }

// isTold reports whether a statement is what contributors did, or found out by it.
func isTold(s aggregate.Statement) bool {
	return s.Kind == aggregate.StepStatement || s.Kind == aggregate.LessonStatement
}

// mostBeside is how much of what contributors tell of how to take a step stands beside it.
const mostBeside = 3

// beside is what contributors tell of how to take a step, on the topic itself first, then on
// those near it, then whatever the topic: each once in a guide.
func (w *writer) beside(method model.Code) []Claim {
	var did, found []Claim
	take := func(from []aggregate.Statement, mark string) {
		for _, theme := range themesFor(method) {
			for _, s := range from {
				if s.Code != theme || !isTold(s) || len(did)+len(found) >= mostBeside || w.besides[subject(s)] || mark != "" && (!w.tells(mark+s.ID) || few(s.Support, leastOfAll)) {
					continue
				}
				text := w.form(s.Code, vocabulary.FormStep)
				if s.Kind == aggregate.StepStatement && text == "" {
					continue
				}
				w.besides[subject(s)], w.said[subject(s)] = true, true
				if s.ID = mark + s.ID; s.Kind == aggregate.StepStatement {
					c := w.from(s, w.claim(s.ID, sentence(text), s.Support, conceptWords))
					c.Details = w.wordings(s)
					did = append(did, c)
					continue
				}
				found = append(found, w.from(s, w.warned(s)))
			}
		}
	}
	take(w.t.Statements, "")
	for _, near := range w.nearTopics() {
		take(near.Statements, nearBy+string(near.Code)+":")
	}
	take(w.c.Statements, everywhere)
	if len(did) > 0 {
		lead := w.frame("practice.also", nil)
		lead.Details = did
		did = []Claim{lead}
	}
	return append(did, found...)
}
