// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/samber/lo"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// mostTopics is in how many guides by topic one tip stands, or one warning sign, or one
// thing that contributors told of whatever the topic: whoever reads a third guide knows it.
// A step that would have less than fewestTips takes more, those that stand in the fewest
// guides: whoever reads one guide is to know how.
const (
	mostTopics = 2
	fewestTips = 3
)

// unfit is the place of a topic for what does not fit it in particular.
const unfit = 1000

// places are the topics in which a tip may stand, each by how well it fits.
type places map[int]int

// allotted are the tips that the guide of the topic tells: of each, the guides of those topics
// have it that it fits best, and of topics that it fits as well those with the fewest tips. many
// are the steps that more guides have, of which the page of the collection tells.
func (w *writer) allotted() (tips map[string]bool, many map[model.Code]bool) {
	all, in, of := map[string]places{}, map[model.Code]int{}, map[string][]model.Code{}
	told := make([]map[string]bool, len(w.c.Topics))
	asked := make([]wishes, len(w.c.Topics))
	for i := range w.c.Topics {
		x := w.aside()
		if x.onTopic(w.c.Topics[i].ID) != nil {
			continue
		}
		steps := x.allSteps()
		for _, s := range steps {
			in[s.Code]++
		}
		told[i], asked[i] = map[string]bool{}, x.wanted(steps, of)
		for tip, fit := range asked[i].fit {
			if all[tip] == nil {
				all[tip] = places{}
			}
			all[tip][i] = fit
		}
	}
	best := map[string]int{}
	for tip, fits := range all {
		best[tip] = slices.Min(slices.Collect(maps.Values(fits)))
	}
	order := slices.SortedFunc(maps.Keys(all), func(x, y string) int {
		return cmp.Or(cmp.Compare(best[x], best[y]), cmp.Compare(len(all[x]), len(all[y])), cmp.Compare(x, y))
	})
	load := make([]int, len(w.c.Topics))
	guides := map[string]int{}
	for _, tip := range order {
		if best[tip] == unfit && slices.ContainsFunc(of[tip], func(code model.Code) bool { return in[code] > mostTopics && !w.isFamily(code) }) {
			continue // as general as its step: it stands where that is told for all guides
		}
		for _, i := range all[tip].first(mostTopics, load) {
			load[i]++
			guides[tip]++
			told[i][tip] = true
		}
	}
	for i := range asked {
		asked[i].fill(told[i], guides)
		if w.c.Topics[i].ID == w.t.ID {
			tips = told[i]
		}
	}
	return tips, w.ofManyGuides(in)
}

// ofManyGuides are the steps that more guides have than a tip stands in, but for families and
// what has a guide of its own.
func (w *writer) ofManyGuides(in map[model.Code]int) map[model.Code]bool {
	many := map[model.Code]bool{}
	for code, n := range in {
		if n > mostTopics && !w.isFamily(code) && !w.hasGuide(code) {
			many[code] = true
		}
	}
	return many
}

// first are the n topics where a tip stands.
func (p places) first(n int, load []int) []int {
	topics := slices.SortedFunc(maps.Keys(p), func(x, y int) int {
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
func (w *writer) wanted(steps []aggregate.Statement, of map[string][]model.Code) wishes {
	x := wishes{w: w, fit: map[string]int{}, of: of, rank: map[string]int{}}
	for _, list := range [][]model.Code{w.adviceOn(w.t.Challenge), w.adviceOn(w.t.Objective)} {
		for i, code := range list {
			if had, ok := x.rank[string(code)]; !ok || i < had {
				x.rank[string(code)] = i
			}
		}
	}
	for _, code := range w.adviceOn(happened + w.t.Challenge) {
		x.want(string(code), -1)
	}
	for _, s := range steps {
		x.ofStep(s.Code)
	}
	x.toldByOthers()
	for c := range w.voc.Scheme(vocabulary.Sign).Concepts() {
		x.want(tipLook+c.ID(), x.place(c.ID()))
	}
	return x
}

// fill adds, to the tips that a guide tells, of each step that has too few of those that say how
// it is taken, the ones that stand in the fewest guides.
func (x *wishes) fill(told map[string]bool, guides map[string]int) {
	for _, step := range x.steps {
		ways := slices.Clone(step.ways)
		for _, sign := range warnings()[step.way] {
			if told[signTip(sign)] { // it takes the first of its answers
				at := slices.IndexFunc(sign.answers, func(code model.Code) bool { return told[string(code)] })
				ways = slices.DeleteFunc(ways, func(tip string) bool { return at >= 0 && tip == string(sign.answers[at]) })
			}
		}
		slices.SortStableFunc(ways, func(a, b string) int {
			return cmp.Or(cmp.Compare(guides[a], guides[b]), cmp.Compare(x.fit[a], x.fit[b]))
		})
		have := lo.CountBy(ways, func(tip string) bool { return told[tip] })
		for _, tip := range ways {
			if have < fewestTips && !told[tip] {
				have++
				guides[tip]++
				told[tip] = true
			}
		}
	}
}

// wishes are the tips that a guide could tell.
type wishes struct {
	w     *writer
	fit   map[string]int          // how well each fits
	of    map[string][]model.Code // the steps that each is about
	rank  map[string]int          // of practices, in the advice on the topic
	steps []taken
}

// taken is a step with the method by which it goes and the tips that say how.
type taken struct {
	way  model.Code
	ways []string
}

func (x *wishes) want(tip string, fit int) {
	if had, ok := x.fit[tip]; !ok || fit < had {
		x.fit[tip] = fit
	}
}

func (x *wishes) about(tip string, step model.Code) {
	if !slices.Contains(x.of[tip], step) {
		x.of[tip] = append(x.of[tip], step)
	}
}

func (x *wishes) place(id string) int {
	if at, ok := x.rank[id]; ok {
		return at
	}
	return unfit
}

// ofStep adds what can be told of one step.
func (x *wishes) ofStep(code model.Code) {
	way := cmp.Or(x.w.way(code), code)
	var ways []string
	defer func() { x.steps = append(x.steps, taken{way, ways}) }()
	if code == decision {
		for i := range waysToDecide {
			x.want(fmt.Sprint(tipDecide, i), unfit)
			x.about(fmt.Sprint(tipDecide, i), code)
			ways = append(ways, fmt.Sprint(tipDecide, i))
		}
		return
	}
	best := unfit
	for _, id := range x.w.practicesOf(code) {
		if x.w.outOfPlace(model.Code(id)) {
			continue
		}
		x.want(id, x.place(id))
		x.about(id, code)
		best = min(best, x.place(id))
		if !x.w.fit[model.Code(id)] && !slices.Contains(x.w.adviceOn(happened+x.w.t.Challenge), model.Code(id)) && !again(model.Code(id), way) {
			ways = append(ways, id)
		}
	}
	for _, tip := range []string{tipFirst + string(way), tipUsual + string(way)} {
		x.want(tip, best)
		x.about(tip, code)
	}
	if x.w.form(way, vocabulary.FormBefore) != "" {
		ways = append(ways, tipFirst+string(way))
	}
	x.ofSigns(way, code)
	for _, theme := range themesFor()[code] {
		for _, s := range x.w.c.Statements {
			if s.Code == theme && isTold(s) && !few(s.Support, leastOfAll) {
				x.want(everywhere+s.ID, x.place(string(theme)))
			}
		}
	}
}

// ofSigns adds the early signs that may stand beside a step, with what answers them.
func (x *wishes) ofSigns(way, code model.Code) {
	for _, sign := range warnings()[way] {
		if sign.challenge == x.w.t.Challenge {
			continue // the guide is for whoever sees it
		}
		x.want(signTip(sign), x.place(string(sign.challenge)))
		x.about(signTip(sign), code)
		for _, answer := range sign.answers {
			x.want(string(answer), x.place(string(answer)))
		}
	}
}

// practicesOf are the practices that are known of a step: of a family's, those of one method.
func (w *writer) practicesOf(step model.Code) (ids []string) {
	for _, p := range w.known(cmp.Or(w.way(step), step)) {
		ids = append(ids, p.ID())
	}
	return ids
}

// toldByOthers adds what is told of neighbouring topics and of all.
func (x *wishes) toldByOthers() {
	for _, near := range x.w.nearTopics() {
		for _, s := range near.Statements {
			x.want(nearBy+string(near.Code)+":"+s.ID, x.place(string(s.Code)))
		}
	}
	for _, s := range x.w.c.Statements {
		if x.w.against(s) || x.w.onSteps(s) || isTold(s) && x.place(string(s.Code)) < unfit {
			x.want(everywhere+s.ID, x.place(string(s.Code)))
		}
	}
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

// themesFor are, by the method of a step, the themes that tell how it is taken.
var themesFor = sync.OnceValue(func() map[model.Code][]model.Code { return readAdvice(themeTable) })

// isTold reports whether a statement is what contributors did, or found out by it.
func isTold(s aggregate.Statement) bool {
	return s.Kind == aggregate.StepStatement || s.Kind == aggregate.LessonStatement
}

// mostBeside is how much of what contributors tell of how to take a step stands beside it.
const mostBeside = 3

// beside is what contributors tell of how to take a step, on the topic itself first, then on
// those near it, then whatever the topic: each once in a guide. Of a step that is told, not what
// says it again.
func (w *writer) beside(method model.Code, told bool) []Claim {
	b := besideStep{w: w, method: method, told: told}
	b.take(w.t.Statements, "")
	for _, near := range w.nearTopics() {
		b.take(near.Statements, nearBy+string(near.Code)+":")
	}
	b.take(w.c.Statements, everywhere)
	return append(under(w.frame("practice.also", nil), b.did), b.found...)
}

// A besideStep collects what stands beside a step: what was done, and what was found.
type besideStep struct {
	w          *writer
	method     model.Code
	told       bool
	did, found []Claim
}

// take adds what statements say of the themes of the step; mark is where they stand.
func (b *besideStep) take(from []aggregate.Statement, mark string) {
	for _, theme := range themesFor()[b.method] {
		for _, s := range from {
			if s.Code == theme && b.open(s, mark) {
				b.add(s, mark)
			}
		}
	}
}

// open reports whether there is room for a statement, and this guide is to tell it and did not.
func (b *besideStep) open(s aggregate.Statement, mark string) bool {
	if !isTold(s) || len(b.did)+len(b.found) >= mostBeside || b.w.besides[subject(s)] {
		return false
	}
	return mark == "" || b.w.tells(mark+s.ID) && !few(s.Support, leastOfAll)
}

func (b *besideStep) add(s aggregate.Statement, mark string) {
	done := s.Kind == aggregate.StepStatement
	text := b.w.form(s.Code, vocabulary.FormStep)
	saysAgain := b.told && done && again(s.Code, b.method) && len(s.Shared)+len(s.Approved) == 0
	if done && text == "" && !saysAgain {
		return
	}
	b.w.besides[subject(s)], b.w.said[subject(s)] = true, true
	if saysAgain {
		return
	}
	s.ID = mark + s.ID
	if !done {
		b.found = append(b.found, b.w.from(s, b.w.warned(s)))
		return
	}
	c := b.w.from(s, b.w.claim(s.ID, sentence(text), s.Support, conceptWords))
	c.Details = b.w.wordings(s)
	b.did = append(b.did, c)
}

// inTurn is the line of the steps that answer what was said, in their order: nobody is told what
// changes before it is settled.
const inTurn model.Code = ">"

// earlier are the steps after which one comes.
func (w *writer) earlier(code model.Code) []string {
	c, _ := w.voc.Concept(string(code))
	out := slices.Clone(c.Links("after"))
	turns := builtInAdvice()[inTurn]
	for _, before := range turns[:max(0, slices.Index(turns, code))] {
		out = append(out, string(before))
	}
	return out
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
		for _, before := range w.earlier(s.Code) {
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
