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

// mostPractices bounds the practices that a step shows.
const mostPractices = 5

// practices say how a step is done: first those that enough contributors told of,
// on the topic, then, marked as general, what to settle first and others of the
// vocabulary.
func (w *writer) practices(method model.Code) []Claim {
	var told, general, out []Claim
	known := w.known(method)
	family := w.isFamily(method)
	if family {
		known = w.ofFitting(known)
	}
	by := !family && w.bySituation(known)
	for _, s := range w.statements(aggregate.StepStatement, "") {
		at := slices.IndexFunc(known, func(p *vocabulary.Concept) bool { return p.ID() == string(s.Code) })
		if at >= 0 && len(told) < mostPractices {
			told = append(told, w.claim(s.ID, sentence(w.form(s.Code, vocabulary.FormStep)), s.Support, conceptWords))
			known = slices.Delete(known, at, at+1)
		}
	}
	for _, p := range w.suited(known) {
		if family && slices.ContainsFunc(append(p.Broader(), p.ID()), func(id string) bool { return w.fit[model.Code(id)] }) {
			continue // it is a step of its own, or a way to take one
		}
		if len(told)+len(general) < mostPractices {
			w.adviseOnce[model.Code(p.ID())] = true
			text := w.practice(p, by)
			if family {
				text = w.withMethod(model.Code(p.ID()), text)
			}
			general = append(general, w.general(text))
		}
	}
	ways := "practice.ways"
	if by {
		ways = "practice.by-situation"
	}
	if advice := w.advice(method); advice != "" {
		if len(general) > 0 && !by {
			general = append([]Claim{w.general(advice)}, general...)
		} else {
			out = append(out, w.general(w.say("step.general", words.Values{"what": advice})))
		}
	}
	for _, group := range []struct {
		key    string
		claims []Claim
	}{{"practice.told", told}, {ways, general}} {
		if len(group.claims) > 0 {
			c := w.frame(group.key, nil)
			c.Details = group.claims
			out = append(out, c)
		}
	}
	return append(out, w.more(method)...)
}

// ofFitting are those practices whose method fits the topic: a family has many, and most
// are about something else.
func (w *writer) ofFitting(known []*vocabulary.Concept) []*vocabulary.Concept {
	fit := w.fittingCodes(w.t)
	return slices.DeleteFunc(slices.Clone(known), func(p *vocabulary.Concept) bool {
		return !slices.ContainsFunc(p.Broader(), func(method string) bool { return fit[model.Code(method)] })
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

// stepsPerFork is how many steps come to one whose ways are told by situation: where
// every step asks the reader to choose, none is chosen.
const stepsPerFork = 3

// bySituation reports whether the ways to take a step are told by what each suits,
// as a fork: in the first step of a few for which each way suits something else.
func (w *writer) bySituation(known []*vocabulary.Concept) bool {
	w.asked++
	if w.asked < w.nextFork || len(known) < 2 {
		return false
	}
	suits := map[string]bool{}
	for _, p := range known {
		text := w.form(model.Code(p.ID()), vocabulary.FormFits)
		if text == "" || suits[text] {
			return false
		}
		suits[text] = true
	}
	w.nextFork = w.asked + stepsPerFork
	return true
}

// practice words a practice, after what it suits where that decides.
func (w *writer) practice(p *vocabulary.Concept, bySituation bool) string {
	code := model.Code(p.ID())
	what := sentence(w.form(code, vocabulary.FormStep))
	if !bySituation {
		return what
	}
	return w.say("glossary.entry", words.Values{"term": words.UpperFirst(w.form(code, vocabulary.FormFits)), "text": what})
}

// newGroup is the objective of those who need members, roles and a first meeting.
const newGroup model.Code = "ob:establish-group"

// memberWays are the practices by which a new group finds members, in their order.
func memberWays() []model.Code {
	return []model.Code{"pr:rec-who-already", "pr:rec-personal", "pr:rec-many-doors", "pr:rec-say-yes-small", "pr:group-new-twice-year"}
}

// meetings is general advice for a group that begins or begins again: how it finds
// members, who does what in it, and an agenda for its first meeting.
func (w *writer) meetings() []Block {
	if w.t.Objective != newGroup {
		return nil
	}
	var ways []Claim
	for _, code := range memberWays() {
		if text, mark := w.phrase(code, vocabulary.FormStep); text != "" && mark == "" {
			ways = append(ways, w.general(sentence(text)))
		}
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
		{"welcome", 10, "chair"},
		{"hopes", 15, "everyone"},
		{"purpose", 20, "staff"},
		{"rules", 15, "everyone"},
		{"task", 20, "everyone"},
		{"close", 10, "secretary"},
	} {
		agenda.Rows = append(agenda.Rows, []string{w.say("meetings.item."+item.key, nil), w.catalog.Number(item.minutes), w.say("meetings."+item.who, nil)})
	}
	var blocks []Block
	if len(ways) > 0 {
		blocks = []Block{paragraph(w.frame("meetings.members", nil)), list(ways...)}
	}
	return append(blocks,
		Block{Kind: TableOf, Table: roles}, Block{Kind: TableOf, Table: agenda},
		paragraph(w.frame("meetings.after", nil)), list(w.general(w.say("meetings.second", nil)), w.general(w.say("meetings.third", nil))))
}

// advice returns the vocabulary's sentences about a step: what to settle first, and,
// for a concept without practices, how it is usually done. Empty where it has none.
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
