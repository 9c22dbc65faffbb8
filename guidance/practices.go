// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// mostPractices bounds the ways that a step shows which contributors told of, and
// mostGeneral those of a step that is all general advice.
const (
	mostPractices = 4
	mostGeneral   = 5
)

// practices say how a step is done: first those that enough contributors told of,
// on the topic, then, marked as general, what to settle first and others of the
// vocabulary.
func (w *writer) practices(method model.Code) []Claim {
	var told, general, out []Claim
	known := w.known(method)
	family := w.isFamily(method)
	if family {
		known = w.ofOne(method)
	}
	warn, warned := w.warn(method)
	for _, s := range w.statements(aggregate.StepStatement, "") {
		at := slices.IndexFunc(known, func(p *vocabulary.Concept) bool { return p.ID() == string(s.Code) })
		if at >= 0 && len(told) < mostPractices {
			told = append(told, w.claim(s.ID, sentence(w.form(s.Code, vocabulary.FormStep)), s.Support, conceptWords))
			known = slices.Delete(known, at, at+1)
		}
	}
	for _, p := range w.suited(w.unused(known)) {
		if family && slices.ContainsFunc(append(p.Broader(), p.ID()), func(id string) bool { return w.fit[model.Code(id)] }) {
			continue // it is a step of its own, or a way to take one
		}
		if len(told)+len(general) < mostPractices {
			w.adviseOnce[model.Code(p.ID())] = true
			text := sentence(w.form(model.Code(p.ID()), vocabulary.FormStep))
			if family && len(general) == 0 { // all are of one method
				text = w.withMethod(model.Code(p.ID()), text)
			}
			general = append(general, w.general(text))
		}
	}
	general = append(w.advice(method), general...)
	if warned {
		general = append(general, warn)
	}
	for _, group := range []struct {
		key    string
		claims []Claim
	}{{"practice.told", told}, {"practice.ways", general}} {
		if len(group.claims) > 0 {
			c := w.frame(group.key, nil)
			c.Details = group.claims
			out = append(out, c)
		}
	}
	return append(out, w.more(method)...)
}

// ofOne are the practices of one method of a family, that of which one fits the topic
// best: of several methods, they would tell of things that do not belong together. None
// where no method fits.
func (w *writer) ofOne(family model.Code) []*vocabulary.Concept {
	fit := w.fittingCodes(w.t)
	f, _ := w.voc.Concept(string(family))
	var all []*vocabulary.Concept
	for _, method := range f.Narrower() {
		if fit[model.Code(method)] {
			all = append(all, w.known(model.Code(method))...)
		}
	}
	all = w.suited(w.unused(all))
	return slices.DeleteFunc(slices.Clone(all), func(p *vocabulary.Concept) bool { return !slices.Equal(p.Broader(), all[0].Broader()) })
}

// unused are those practices that the guide does not advise yet.
func (w *writer) unused(known []*vocabulary.Concept) []*vocabulary.Concept {
	return slices.DeleteFunc(slices.Clone(known), func(p *vocabulary.Concept) bool {
		return w.fit[model.Code(p.ID())] || w.adviseOnce[model.Code(p.ID())]
	})
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
	return []Block{
		{Kind: TableOf, Table: agenda},
		{Kind: TableOf, Table: roles},
		paragraph(w.frame("meetings.after", nil)), list(w.general(w.say("meetings.second", nil)), w.general(w.say("meetings.third", nil))),
	}
}

// advice is the vocabulary's on a step: what to settle first, and, for a concept without
// practices, how it is usually done.
func (w *writer) advice(code model.Code) []Claim {
	var out []Claim
	if text, mark := w.phrase(code, vocabulary.FormBefore); text != "" {
		out = append(out, w.general(w.say("step.first", words.Values{"what": mark + sentence(text)})))
	}
	if text, mark := w.phrase(code, vocabulary.FormUsual); text != "" && len(w.known(code)) == 0 {
		out = append(out, w.general(mark+sentence(text)))
	}
	return out
}
