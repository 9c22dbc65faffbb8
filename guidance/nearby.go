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

// The marks, in the id of a statement, of where it is from: the whole
// collection, a group of topics (then its code follows, and ":"), or another topic
// (then its id follows, and "/").
const (
	everywhere = "all:"
	nearBy     = "near:"
	onTopic    = "topic/"
)

// enough is how many statements about something a section needs before it looks
// no further afield. From the whole collection it takes no more than that many
// in all, so that guides on different topics do not repeat one another.
const enough = 3

// fewFromAll is how many steps a guide takes from the whole collection that have
// nothing to do with the topic, where it has no others.
const fewFromAll = 2

// wider are blocks of statements for a section that the topic's own examples
// leave thin, by closeness: what is told on the topics near this one, then, in
// the whole collection, of its challenge or its steps: what has nothing to do with the
// topic stands on the page about the collection. Each says where it is from. say words a statement; nil
// is mention. No more than most are told.
func (w *writer) wider(most int, pick func(aggregate.Statement) bool, say func(aggregate.Statement) Claim) []Block {
	if say == nil {
		say = w.mention
	}
	found := 0
	for _, s := range w.t.Statements {
		if pick(s) && sayable(s) {
			found++
		}
	}
	var blocks []Block
	for _, near := range w.nearTopics() {
		if found >= enough {
			return blocks
		}
		at := nearBy + string(near.Code)
		claims := w.notYetTold(near.Statements, at+":", most, pick, say)
		if len(claims) == 0 {
			continue
		}
		key := "wider.family"
		if strings.HasPrefix(string(near.Code), "ob:") {
			key = "wider.objective"
		}
		lead := w.claim(at, w.say(key, words.Values{"n": near.Support.Examples, "what": w.noun(near.Code)}), near.Support, countOnly)
		lead.Seen = "" // the sentence says it
		blocks = append(blocks, paragraph(lead), list(claims...))
		found += len(claims)
	}
	if found >= enough {
		return blocks
	}
	here := func(s aggregate.Statement) bool {
		return pick(s) && (w.against(s) || w.onSteps(s)) && !few(s.Support, leastOfAll)
	}
	claims := w.notYetTold(w.c.Statements, everywhere, min(most, enough-found), here, say)
	if len(claims) > 0 {
		blocks = append(blocks, paragraph(w.ofAll("wide", claims)), list(claims...))
	}
	return blocks
}

// ofAll is the line before claims from the whole collection: it says of how many
// examples these are.
func (w *writer) ofAll(key string, claims []Claim) Claim {
	c := w.frame(key, words.Values{"of": claims[0].Support.Of})
	first := claims[0]
	c.Rests = []Claim{w.claim(first.Statement, first.Text, *first.Support, countOnly)}
	return c
}

// nearTopics are the broader topics and the groups that the topic lies in, that of its
// challenge first.
func (w *writer) nearTopics() []aggregate.TopicGroup {
	var out []aggregate.TopicGroup
	for _, t := range w.c.Topics {
		if w.holds(t) {
			out = append(out, aggregate.TopicGroup{Code: cmp.Or(t.Challenge, t.Objective), Topics: []string{w.t.ID, t.ID}, Support: t.Support, Statements: t.Statements})
		}
	}
	for _, near := range w.c.TopicGroups {
		if slices.Contains(near.Topics, w.t.ID) {
			out = append(out, near)
		}
	}
	slices.SortStableFunc(out, func(x, y aggregate.TopicGroup) int {
		return compareBool(strings.HasPrefix(string(x.Code), "ob:"), strings.HasPrefix(string(y.Code), "ob:"))
	})
	return out
}

// notYetTold words the statements that are picked and not told yet: those against
// the topic's challenge first, then those about its steps, then those of most
// contributors.
func (w *writer) notYetTold(from []aggregate.Statement, mark string, most int, pick func(aggregate.Statement) bool, say func(aggregate.Statement) Claim) []Claim {
	var found []aggregate.Statement
	for _, s := range from {
		if !w.said[subject(s)] && pick(s) && sayable(s) {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(x, y aggregate.Statement) int {
		return cmp.Or(-compareBool(w.against(x), w.against(y)), -compareBool(w.onSteps(x), w.onSteps(y)), cmp.Compare(y.Contributors, x.Contributors))
	})
	var out []Claim
	for _, s := range found {
		// Of the whole collection, a guide tells one thing of a concept.
		once := mark + string(s.Code)
		if mark == everywhere && s.Code != "" && w.said[once] {
			continue
		}
		if len(out) < most && !w.said[subject(s)] && w.tells(mark+s.ID) {
			w.said[subject(s)], w.said[once] = true, true
			s.ID = mark + s.ID
			out = append(out, say(s))
		}
	}
	return out
}

// subject returns a key that is equal for statements to be told only once: the code of
// a sign of success, whether it was looked for or reported; else the statement's id.
func subject(s aggregate.Statement) string {
	if isSign(s) {
		return string(s.Code)
	}
	return s.ID
}

// against reports whether enough contributors say that a statement is about the
// topic's challenge.
func (w *writer) against(s aggregate.Statement) bool {
	return slices.ContainsFunc(s.Addresses, func(k aggregate.Count) bool { return w.covers(w.t.Challenge, k.Code) })
}

// covers reports whether a challenge is one that a topic's is, or lies in.
func (w *writer) covers(of, challenge model.Code) bool {
	if of == challenge || of == "" {
		return of == challenge
	}
	c, ok := w.voc.Concept(string(challenge))
	return ok && slices.Contains(c.Links("family"), string(of))
}

// holds reports whether a topic is broader than the guide's.
func (w *writer) holds(t aggregate.Topic) bool {
	return w.t.ID != "" && t.ID != w.t.ID && (t.Challenge == "" || w.covers(t.Challenge, w.t.Challenge)) && (t.Objective == "" || t.Objective == w.t.Objective)
}

// ofFamily are the challenges of the topic's family, those first that most of its
// examples met; none where the topic is about one challenge.
func (w *writer) ofFamily() []model.Code {
	var out []model.Code
	for _, k := range w.metInFamily() {
		out = append(out, k.Code)
	}
	for c := range w.voc.Scheme(vocabulary.Challenge).Concepts() {
		if code := model.Code(c.ID()); code != w.t.Challenge && w.covers(w.t.Challenge, code) && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// metInFamily counts the challenges of the topic's family.
func (w *writer) metInFamily() []aggregate.Count {
	var out []aggregate.Count
	for _, k := range w.t.Together {
		if k.Code != w.t.Challenge && w.covers(w.t.Challenge, k.Code) {
			out = append(out, k)
		}
	}
	return out
}

// onSteps reports whether a statement is about one of the topic's steps or
// about the same group of themes as one.
func (w *writer) onSteps(s aggregate.Statement) bool {
	near := []string{string(s.Code)}
	if c, ok := w.voc.Concept(string(s.Code)); ok {
		near = append(append(near, c.Broader()...), c.Narrower()...)
	}
	return slices.ContainsFunc(w.t.Statements, func(own aggregate.Statement) bool {
		return own.Kind == aggregate.StepStatement && slices.Contains(near, string(own.Code))
	})
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// ofKind picks statements of a kind and, unless empty, a part.
func ofKind(kind aggregate.Kind, part string) func(aggregate.Statement) bool {
	return func(s aggregate.Statement) bool { return s.Kind == kind && (part == "" || s.Part == part) }
}

// fewSteps is the number of steps from which a guide takes none from further afield.
const fewSteps = 7

// The shares of the examples, as one in so many, below which what is told elsewhere is
// no support for this topic: of a step that only topics near it tell, of a step, which is
// general advice then, and of all else.
const (
	leastOfNear  = 4
	leastOfSteps = 6
	leastOfAll   = 20
)

// few reports whether support is less than one in some of the examples.
func few(k aggregate.Support, oneIn int) bool { return k.Examples*oneIn < k.Of }

// toldSteps are the topic's steps and, where these are few, those told elsewhere, in
// one order: on the topics near it, against its challenge in the whole collection,
// there or on another topic in what fits this one, and, where there is nothing of all
// this nor anything to advise, there at all, of most contributors first. What the work
// starts with is taken from the nearest of these, however many steps there are.
func (w *writer) toldSteps() []aggregate.Statement {
	b := borrowing{writer: w, steps: w.orderedSteps(), have: map[model.Code]bool{}}
	for _, s := range w.t.Statements {
		if s.Kind == aggregate.StepStatement {
			b.have[s.Code] = true
		}
	}
	fit := w.fittingCodes(w.t)
	all := stepsFrom(w.c.Statements, everywhere)
	b.takeOpenings(all)
	for _, near := range w.nearTopics() {
		b.take(fewSteps, stepsFrom(near.Statements, nearBy+string(near.Code)+":"), func(s aggregate.Statement) bool {
			return w.against(s) || fit[s.Code] || !w.isFamily(s.Code) && !few(s.Support, leastOfNear) && !w.ofAnother(s, near.Topics)
		})
	}
	b.take(fewSteps, all, func(s aggregate.Statement) bool {
		return w.against(s) && !few(s.Support, leastOfSteps) && !w.isFamily(s.Code)
	})
	b.takeFitting(all, fit)
	if len(b.steps) == 0 && len(w.advisedSteps()) < enough {
		b.take(fewFromAll, all, func(aggregate.Statement) bool { return true })
	}
	slices.SortStableFunc(b.steps, w.compareSteps)
	return w.byDependency(b.steps)
}

// borrowing is the steps of a topic while more are taken from elsewhere, and the codes that it
// has already.
type borrowing struct {
	*writer
	steps []aggregate.Statement
	have  map[model.Code]bool
}

// take adds those of some steps that are picked, until there are most: those against the
// topic's challenge first, then those of most contributors.
func (b *borrowing) take(most int, from []aggregate.Statement, pick func(aggregate.Statement) bool) {
	if len(b.steps) >= most {
		return
	}
	var found []aggregate.Statement
	for _, s := range from {
		if pick(s) && !b.isTheme(s) && b.form(s.Code, vocabulary.FormStep) != "" {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(x, y aggregate.Statement) int {
		return cmp.Or(-compareBool(b.against(x), b.against(y)), cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.ID, y.ID))
	})
	for _, s := range found {
		if len(b.steps) < most && !b.have[s.Code] && !b.overlaps(s, b.steps) {
			b.have[s.Code], b.said[unmarked(s.ID)], s.Order = true, true, 0.5
			b.steps = append(b.steps, s)
		}
	}
}

// takeOpenings takes what the work starts with from the nearest topic that tells of it, or from the
// whole collection.
func (b *borrowing) takeOpenings(all []aggregate.Statement) {
	var sources [][]aggregate.Statement
	for _, near := range b.nearTopics() {
		sources = append(sources, stepsFrom(near.Statements, nearBy+string(near.Code)+":"))
	}
	sources = append(sources, all)
	for i, codes := range b.openings() {
		for _, from := range sources {
			for _, code := range codes {
				if !b.isFamily(code) && !b.hasAny(codes) {
					b.takeOpening(i, code, from)
				}
			}
		}
	}
}

// hasAny reports a step of one of the codes.
func (b *borrowing) hasAny(codes []model.Code) bool {
	return slices.ContainsFunc(b.steps, func(s aggregate.Statement) bool { return slices.Contains(codes, s.Code) })
}

// takeOpening takes the step of a code as number i of those that the work starts with.
func (b *borrowing) takeOpening(i int, code model.Code, from []aggregate.Statement) {
	before := len(b.steps)
	b.take(before+1, from, func(s aggregate.Statement) bool {
		return s.Code == code && (b.seenAt(s) != "seen.all" || !few(s.Support, leastOfSteps))
	})
	for j := range b.steps[before:] {
		b.steps[before+j].Order = firstOf(i)
	}
}

// takeFitting takes steps that fit the topic from the whole collection and from other topics. Of what
// few tell in the whole, the topic where it is told most would be picked out.
func (b *borrowing) takeFitting(all []aggregate.Statement, fit map[model.Code]bool) {
	rare := map[model.Code]bool{}
	for _, s := range all {
		if few(s.Support, leastOfSteps) {
			rare[s.Code] = true
		}
	}
	from := slices.Clone(all)
	for i := range b.c.Topics {
		if t := &b.c.Topics[i]; t.ID != b.t.ID {
			from = append(from, stepsFrom(t.Statements, inTopic(t.ID, ""))...)
		}
	}
	b.take(fewSteps, from, func(s aggregate.Statement) bool { return fit[s.Code] && !rare[s.Code] && !b.isFamily(s.Code) })
}

// overlaps reports whether a step says in short or at length what one of the steps says:
// it is broader or narrower.
func (w *writer) overlaps(s aggregate.Statement, steps []aggregate.Statement) bool {
	return slices.ContainsFunc(steps, func(other aggregate.Statement) bool {
		return slices.Contains(w.broader(s.Code), string(other.Code)) || slices.Contains(w.broader(other.Code), string(s.Code))
	})
}

// ofAnother reports whether a step that is told on several topics is what another of
// them asks for: of the examples beyond that one few took it.
func (w *writer) ofAnother(s aggregate.Statement, topics []string) bool {
	return slices.ContainsFunc(w.c.Topics, func(t aggregate.Topic) bool {
		return t.ID != w.t.ID && !w.holds(t) && slices.Contains(topics, t.ID) && slices.ContainsFunc(t.Statements, func(x aggregate.Statement) bool {
			return x.Kind == s.Kind && x.Code == s.Code && leastOfSteps*(s.Examples-x.Examples) < s.Of-x.Of
		})
	})
}

// stepsFrom are the steps among statements, with a mark before their ids of where they are from.
func stepsFrom(statements []aggregate.Statement, mark string) []aggregate.Statement {
	var out []aggregate.Statement
	for _, s := range statements {
		if s.Kind == aggregate.StepStatement {
			s.ID = mark + s.ID
			out = append(out, s)
		}
	}
	return out
}

// own reports whether a statement is the topic's own.
func (w *writer) own(s aggregate.Statement) bool { return w.seenAt(s) == "" }

// seenAt is the message that says where a statement is from that is not the topic's.
func (w *writer) seenAt(s aggregate.Statement) string {
	switch {
	case strings.HasPrefix(s.ID, nearBy):
		return "seen.near"
	case strings.HasPrefix(s.ID, everywhere):
		return "seen.all"
	case strings.HasPrefix(s.ID, onTopic):
		return "seen.topic"
	}
	return ""
}

// atLarge reports whether a step is what contributors did on anything at all: neither
// against the topic's challenge nor fitting it, nor what the work starts with.
func (w *writer) atLarge(s aggregate.Statement) bool {
	return w.seenAt(s) == "seen.all" && s.Order >= 0 && !w.against(s) && !w.fittingCodes(w.t)[s.Code]
}

// from says, of a claim that stands among the topic's own, where it is from.
func (w *writer) from(s aggregate.Statement, c Claim) Claim {
	if key := w.seenAt(s); key != "" {
		c.Seen = w.say(key, nOf(s.Support))
	}
	return c
}

// nearExamples is an example on a topic near this one, where this one has none.
func (w *writer) nearExamples() []Block {
	if len(w.ownExamples()) > 0 {
		return nil
	}
	for _, near := range w.nearTopics() {
		for _, x := range w.c.Showcase {
			on := func(t aggregate.Topic) bool {
				return slices.Contains(near.Topics, t.ID) && slices.Contains(t.Examples, x.ID)
			}
			if slices.ContainsFunc(w.c.Topics, on) {
				return []Block{paragraph(w.frame("examples.near", nil)), {Kind: Examples, Examples: []Example{w.exhibit(x)}}}
			}
		}
	}
	return nil
}
