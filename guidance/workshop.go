// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// The number of people that the workshop's method serves.
const (
	minParticipants = 12
	maxParticipants = 30
)

// groups is how many small groups the method has; with 30 people none has more
// than ten.
const groups = 3

// maxCards is how many cards a group can rank in one sitting.
const maxCards = 16

// fewestCards is how many cards of the topic's own there must be, or else other
// topics' are added.
const fewestCards = 6

// Workshop writes the pack for a workshop on one topic: an agenda by the
// adapted nominal group technique (individual view, round robin, ranking in
// three small groups, ranking in three re-mixed groups, plenary; ranks summed,
// lowest total first), a discussion card for each statement of the topic, the
// ranking sheet, the rules and the record form. Times grow with the number of
// participants and of cards. Another number of participants than 12 to 30 is
// ErrArgument.
func Workshop(c *aggregate.Collection, topicID string, participants int, cfg Config) (*Guide, error) {
	if participants < minParticipants || participants > maxParticipants {
		return nil, fmt.Errorf("%w: a workshop has %d to %d participants", ErrArgument, minParticipants, maxParticipants)
	}
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	if err := w.onTopic(topicID); err != nil {
		return nil, err
	}
	w.figures = true
	cards, left := w.cards()
	g := w.document(KindWorkshop, "workshop."+w.t.ID, words.Values{"topic": w.title(), "people": participants})
	g.Front.Topic = w.t.ID
	agenda := w.agenda(participants, len(cards))
	w.add(g, "purpose",
		list(w.frames(words.Values{"people": participants, "n": len(cards)}, "workshop.aim", "workshop.result", "workshop.not")...),
		Block{Kind: Note, Claims: w.frames(nil, "workshop.chatham", "about.bias")},
		w.ask("question", "workshop.slot.question", TextSlot, 40), w.ask("facilitators", "workshop.slot.facilitators", NameSlot, 0))
	if blocks := w.contested(); len(blocks) > 0 {
		w.add(g, "contested", blocks...)
	}
	w.add(g, "agenda", w.agendaTable(agenda), w.mixTable(participants))
	w.add(g, "facilitators", Block{Kind: Checklist, Claims: w.prompts("workshop.facilitator.", "neutral", "one-each", "quiet", "mix", "cards", "paper", "access", "paid")},
		list(w.frames(nil, "workshop.stage.individual", "workshop.stage.robin", "workshop.stage.small", "workshop.stage.mixed", "workshop.stage.plenary")...))
	w.add(g, "rules", list(w.frames(nil, "workshop.rule.chatham", "workshop.rule.voice", "workshop.rule.own", "workshop.rule.leave")...),
		w.heading("workshop.merging", nil),
		list(w.frames(nil, "workshop.merge.same", "workshop.merge.owner", "workshop.merge.before", "workshop.merge.split", "workshop.merge.note")...),
		w.heading("workshop.counting", nil),
		list(w.frames(nil, "workshop.count.rank", "workshop.count.sum", "workshop.count.tie", "workshop.count.missing")...),
		w.ask("rules-agreed", "workshop.slot.rules-agreed", ChoiceSlot, 0, w.say("answer.yes", nil), w.say("answer.changed", nil)))
	w.add(g, "cards", w.cardBlocks(cards, left)...)
	w.add(g, "ranking", w.rankingTable(cards), w.groupTable(cards),
		paragraph(w.frames(words.Values{"n": len(cards)}, "workshop.ranking.how")...))
	w.add(g, "record", w.record()...)
	return w.finish(g)
}

// contested returns the blocks that open a workshop: lessons on which contributors
// disagree, with both sides; steps that they took in different ways, with the ways; and
// the generally known trade-offs. Nil where there are none.
func (w *writer) contested() []Block {
	blocks := w.disagreements()
	var differ []Claim
	for _, s := range w.orderedSteps() {
		c := w.imperative(s)
		for _, f := range w.factsOf(s) {
			if len(f.Rests) > 0 {
				c.Details = append(c.Details, f)
			}
		}
		if len(c.Details) > 0 {
			differ = append(differ, c)
		}
	}
	if len(differ) > 0 {
		blocks = append(blocks, paragraph(w.frame("workshop.differ", nil)), list(differ...))
	}
	blocks = append(blocks, w.tradeOffs()...)
	if len(blocks) == 0 {
		return nil
	}
	return append([]Block{paragraph(w.frame("workshop.contested.lead", nil))}, append(blocks, w.ask("contested", "workshop.slot.contested", TextSlot, 120))...)
}

func (w *writer) prompts(prefix string, keys ...string) []Claim {
	var out []Claim
	for _, key := range keys {
		out = append(out, w.prompt(prefix+key))
	}
	return out
}

// stage is one part of the agenda.
type stage struct {
	key     string
	minutes int
}

// agenda plans a workshop's minutes, each part rounded up to five. The largest
// small group sets the pace, since the groups work side by side.
func (w *writer) agenda(participants, cards int) []stage {
	largest := (participants + groups - 1) / groups
	cards = max(cards, 6) // what a topic without cards makes of its blank ones
	up := func(minutes int) int { return (minutes + 4) / 5 * 5 }
	return []stage{
		{"welcome", up(15 + participants/3)},  // 20 seconds a person to say who they are
		{"individual", up(5 + cards)},         // a minute a card, alone and in silence
		{"robin", up(3 * largest)},            // three minutes a person
		{"merge", up(5 + cards/2)},            // half a minute a card
		{"small", up(10 + 2*cards)},           // two minutes a card
		{"break", 20},                         // in which the ranks are summed
		{"mixed-view", up(5 + largest)},       // a minute a person
		{"mixed", up(10 + 3*cards/2)},         // a minute and a half a card: the second look is shorter
		{"break", 20},                         // in which the ranks are summed again
		{"plenary", up(15 + cards + largest)}, // the shared list, and who has not been heard
		{"close", 10},
	}
}

func (w *writer) agendaTable(agenda []stage) Block {
	t := &Table{
		Caption: w.say("workshop.agenda", nil),
		Header:  []string{w.say("workshop.part", nil), w.say("workshop.start", nil), w.say("workshop.minutes", nil), w.say("workshop.what", nil)},
	}
	at := 0
	for _, s := range agenda {
		t.Rows = append(t.Rows, []string{w.say("workshop.part."+s.key, nil), fmt.Sprintf("%d:%02d", at/60, at%60), w.catalog.Number(s.minutes), w.say("workshop.what."+s.key, nil)})
		at += s.minutes
	}
	t.Note = w.say("workshop.total", words.Values{"hours": at / 60, "minutes": at % 60})
	return Block{Kind: TableOf, Table: t}
}

// groupSizes are the sizes of the small groups, within one of each other.
func groupSizes(participants int) [groups]int {
	var out [groups]int
	for i := range out {
		out[i] = (participants + groups - 1 - i) / groups
	}
	return out
}

// mix tells how many people of each small group (rows) go to each re-mixed
// group (columns): each group counts off, the next beginning with the next
// number, so that the new groups are within one of each other too.
func mix(participants int) [groups][groups]int {
	var out [groups][groups]int
	next := 0
	for i, n := range groupSizes(participants) {
		for range n {
			out[i][next%groups]++
			next++
		}
	}
	return out
}

func (w *writer) mixTable(participants int) Block {
	t := &Table{Caption: w.say("workshop.mix", nil), Header: []string{w.say("workshop.mix.from", nil)}}
	mixed := mix(participants)
	for j := range groups {
		t.Header = append(t.Header, w.say("workshop.mix.to", words.Values{"n": j + 1}))
	}
	t.Header = append(t.Header, w.say("workshop.mix.size", nil))
	total := make([]int, groups+1)
	for i, row := range mixed {
		cells := []string{w.say("workshop.mix.group", words.Values{"letter": string(rune('A' + i))})}
		sum := 0
		for j, n := range row {
			cells = append(cells, w.catalog.Number(n))
			total[j] += n
			sum += n
		}
		total[groups] += sum
		t.Rows = append(t.Rows, append(cells, w.catalog.Number(sum)))
	}
	last := []string{w.say("workshop.mix.size", nil)}
	for _, n := range total {
		last = append(last, w.catalog.Number(n))
	}
	t.Rows = append(t.Rows, last)
	t.Note = w.say("workshop.mix.note", nil)
	return Block{Kind: TableOf, Table: t}
}

// card is a discussion card.
type card struct {
	kind string
	Claim
}

// cards are the topic's statements as cards, steps first in their order, then
// by how many contributors say so; left is how many do not fit.
func (w *writer) cards() (out []card, left int) {
	add := func(s aggregate.Statement, claim Claim) {
		claim.Details = nil // the wordings below a claim would make a card too long to rank
		out = append(out, card{kind: w.say("kind."+string(s.Kind), nil), Claim: claim})
	}
	for _, s := range w.orderedSteps() {
		add(s, w.claim(s.ID, sentence(w.stepText(s)), s.Support, conceptWords))
	}
	for _, s := range w.statements(aggregate.StepStatement, "") {
		if w.isTheme(s) && w.form(s.Code, vocabulary.FormStep) != "" {
			add(s, w.claim(s.ID, sentence(w.stepText(s)), s.Support, conceptWords))
		}
	}
	for _, kind := range []aggregate.Kind{
		aggregate.LessonStatement, aggregate.OutcomeStatement, aggregate.CriterionStatement, aggregate.PrerequisiteStatement,
		aggregate.StartStatement, aggregate.SustainStatement, aggregate.AdaptStatement, aggregate.UnsuitableStatement,
	} {
		for _, s := range w.statements(kind, "") {
			add(s, w.mention(s))
		}
	}
	for _, s := range w.statements(aggregate.ResourceStatement, "") {
		if slices.ContainsFunc(s.Bands, func(b aggregate.Count) bool { return b.Code == s.Code }) {
			continue // a sum of money is nothing to rank
		}
		m := w.mention(s)
		m.Text = w.say("workshop.card.resource", words.Values{"type": w.say("resource."+s.Part, nil), "what": w.cardNoun(s.Code, m.Text)})
		add(s, m)
	}
	if len(out) > maxCards {
		left = len(out) - maxCards
		out = out[:maxCards]
	}
	if len(out) < fewestCards {
		out = append(out, w.cardsFromElsewhere()...)
	}
	return out, left
}

// cardsFromElsewhere are cards of what other topics say: what should be in
// place, what went wrong, and how people knew.
func (w *writer) cardsFromElsewhere() []card {
	var out []card
	for _, pick := range []func(aggregate.Statement) bool{
		ofKind(aggregate.PrerequisiteStatement, ""),
		func(s aggregate.Statement) bool { return s.Kind == aggregate.LessonStatement && s.Part != "worked" },
		isSign,
	} {
		w.wider(enough, pick, func(s aggregate.Statement) Claim {
			c := w.mention(s)
			c.Details = nil
			out = append(out, card{kind: w.say("workshop.elsewhere", words.Values{"kind": w.say("kind."+string(s.Kind), nil)}), Claim: c})
			return c
		})
	}
	return out
}

// cardNoun is a band's label or a concept's noun.
func (w *writer) cardNoun(code model.Code, otherwise string) string {
	if code == "" {
		return otherwise
	}
	return w.noun(code)
}

func (w *writer) cardBlocks(cards []card, left int) []Block {
	if len(cards) == 0 {
		return []Block{
			w.empty(), paragraph(w.frame("workshop.cards.blank", nil)), w.ask("card.1", "workshop.slot.card", TextSlot, 30),
			w.ask("card.2", "workshop.slot.card", TextSlot, 30), w.ask("card.3", "workshop.slot.card", TextSlot, 30),
		}
	}
	blocks := []Block{paragraph(w.frame("workshop.cards.lead", words.Values{"n": len(cards)}))}
	if left > 0 {
		blocks = append(blocks, paragraph(w.frame("workshop.cards.left", words.Values{"n": left})))
	}
	for i, k := range cards {
		blocks = append(blocks, w.heading("workshop.card", words.Values{"n": i + 1, "kind": k.kind}), paragraph(k.Claim))
	}
	return append(blocks, paragraph(w.frame("workshop.cards.blank", nil)), w.ask("card.1", "workshop.slot.card", TextSlot, 30), w.ask("card.2", "workshop.slot.card", TextSlot, 30))
}

// rankingTable is one person's sheet.
func (w *writer) rankingTable(cards []card) Block {
	t := &Table{Caption: w.say("workshop.sheet", nil), Header: []string{
		w.say("workshop.sheet.card", nil), w.say("workshop.sheet.text", nil), w.say("workshop.sheet.own", nil),
	}, Note: w.say("workshop.sheet.note", words.Values{"n": len(cards)})}
	for i, k := range cards {
		t.Rows = append(t.Rows, []string{w.catalog.Number(i + 1), k.Text, blank})
	}
	t.Rows = append(t.Rows, []string{w.say("workshop.sheet.new", nil), blank, blank}, []string{w.say("workshop.sheet.new", nil), blank, blank})
	return Block{Kind: TableOf, Table: t}
}

// groupTable is the sheet on which the groups' ranks are summed.
func (w *writer) groupTable(cards []card) Block {
	t := &Table{Caption: w.say("workshop.sums", nil), Header: []string{w.say("workshop.sheet.card", nil)}, Note: w.say("workshop.sums.note", nil)}
	for i := range groups {
		t.Header = append(t.Header, w.say("workshop.mix.group", words.Values{"letter": string(rune('A' + i))}))
	}
	t.Header = append(t.Header, w.say("workshop.sums.first", nil))
	for j := range groups {
		t.Header = append(t.Header, w.say("workshop.sums.group", words.Values{"n": j + 1}))
	}
	t.Header = append(t.Header, w.say("workshop.sums.total", nil), w.say("workshop.sums.place", nil))
	for i := range cards {
		t.Rows = append(t.Rows, append([]string{w.catalog.Number(i + 1)}, blanks(2*groups+3)...))
	}
	for range 2 {
		t.Rows = append(t.Rows, append([]string{w.say("workshop.sheet.new", nil)}, blanks(2*groups+3)...))
	}
	return Block{Kind: TableOf, Table: t}
}

// blank is a cell to write in.
const blank = ""

func blanks(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = blank
	}
	return out
}

func (w *writer) record() []Block {
	blocks := []Block{
		paragraph(w.frame("workshop.record.lead", nil)),
		w.ask("held", "workshop.slot.held", DateSlot, 0), w.ask("present", "workshop.slot.present", TextSlot, 80),
		w.ask("balance", "workshop.slot.balance", TextSlot, 80),
	}
	for i := range 5 {
		s := w.ask(fmt.Sprintf("priority.%d", i+1), "workshop.slot.priority", TextSlot, 60)
		s.Slot.Question = w.say("workshop.slot.priority", words.Values{"n": i + 1})
		blocks = append(blocks, s)
	}
	for _, id := range []string{"merged", "dissent", "missing", "changed", "next"} {
		blocks = append(blocks, w.ask(id, "workshop.slot."+id, TextSlot, 120))
	}
	return append(blocks, w.ask("published", "workshop.slot.published", ChoiceSlot, 0, w.say("answer.yes", nil), w.say("answer.no", nil), w.say("answer.changed", nil)))
}
