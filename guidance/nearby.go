// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
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

// fewFromAll is how many statements a section takes from the whole collection that
// have nothing to do with the topic, where it has nothing else.
const fewFromAll = 2

// wider are blocks of statements for a section that the topic's own examples
// leave thin, by closeness: what is told on the topics near this one, then, in
// the whole collection, of its challenge or its steps, and, where there is nothing
// of all this, what most contributors told. Each says where it is from. say words a statement; nil
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
		lead := w.claim(at, w.say(key, words.Values{"n": near.Support.Examples, "what": w.noun(near.Code)}), near.Support, CountOnly)
		lead.Seen = "" // the sentence says it
		blocks = append(blocks, paragraph(lead), list(claims...))
		found += len(claims)
	}
	if found >= enough {
		return blocks
	}
	here := func(s aggregate.Statement) bool { return pick(s) && (w.against(s) || w.onSteps(s)) }
	claims := w.notYetTold(w.c.Statements, everywhere, min(most, enough-found), here, say)
	if len(claims)+found == 0 {
		claims = w.notYetTold(w.c.Statements, everywhere, min(most, fewFromAll), pick, say)
	}
	if len(claims) > 0 {
		blocks = append(blocks, paragraph(w.frame("wide", nil)), list(claims...))
	}
	return blocks
}

// nearTopics are the groups that the topic lies in, that of its challenge first.
func (w *writer) nearTopics() []aggregate.TopicGroup {
	var out []aggregate.TopicGroup
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
		if len(out) < most && !w.said[subject(s)] {
			w.said[subject(s)], w.said[once] = true, true
			s.ID = mark + s.ID
			out = append(out, say(s))
		}
	}
	return out
}

// subject is what a statement is about, so that it is told once: signs of
// success are one whether they were looked for or reported.
func subject(s aggregate.Statement) string {
	if isSign(s) {
		return string(s.Code)
	}
	return s.ID
}

// against reports whether enough contributors say that a statement is about the
// topic's challenge.
func (w *writer) against(s aggregate.Statement) bool {
	return slices.ContainsFunc(s.Addresses, func(k aggregate.Count) bool { return k.Code == w.t.Challenge })
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
