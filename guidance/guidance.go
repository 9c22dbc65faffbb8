// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// errTopic says that the collection tells too little of such a topic, method or role.
var errTopic = fmt.Errorf("%w: the collection has no such topic, method or role", ErrArgument)

// Config says in which language and for whom a guide is written. The zero value
// writes British English with the built-in vocabulary.
type Config struct {
	Locale       string          // BCP 47; empty means SourceLocale
	Catalogs     fs.FS           // the user's own messages over the built-in ones
	Terminology  string          // how those are called whom the catalogs call patients, see OpenTerminology; empty means as they do
	Vocabulary   *vocabulary.Set // nil means vocabulary.Default
	Jurisdiction string          // whose rules apply, as the reader should see it
	Date         string          // YYYY-MM-DD, of issue
	Version      int             // of the guide; 0 means 1
	Status       Status          // empty means Draft
	Authors      []string
	Funding      string
	Notice       string // stands above every document, such as that nothing of it is published
	// SheetCode tells a sign-off sheet from those of the other parties of the record:
	// at most seven of a-z and 2-7, which come back in SignedOff.Code.
	SheetCode string
	// Answers are the working group's own words by slot id. They are kept
	// whatever becomes of the evidence beside them.
	Answers map[string]Answer
	// Extra are sections of the user's own, added in order.
	Extra []OwnSection
}

// Answer is the working group's text in a slot.
type Answer struct {
	Text  string `json:"text"`
	Basis string `json:"basis,omitempty"` // Slot.Basis as it was when answered
}

// Format implements fmt.Formatter: what people wrote prints as its size.
func (a Answer) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[answer %d bytes]", len(a.Text)) }

// LogValue implements slog.LogValuer.
func (a Answer) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(a)) }

// Build writes the HOW TO guide of one topic. Each sentence has support from
// the collection, or is marked as general knowledge or as a question to the
// working group. A section stands only where it says something; questions that no
// guide does without are asked at the end instead. What it rests on is told beside each
// step and in a few sentences at the end, and in full by WithEvidence. What goes for every
// guide of a collection stands in About.
func Build(c *aggregate.Collection, topicID string, cfg Config) (*Guide, error) {
	g, _, err := WithEvidence(c, topicID, cfg)
	return g, err
}

// WithEvidence writes the guide of a topic, as Build does, and what it rests on: how many told
// of what, and what is not known. That has no slots.
func WithEvidence(c *aggregate.Collection, topicID string, cfg Config) (guide, evidence *Guide, err error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, nil, err
	}
	if err := w.onTopic(topicID); err != nil {
		return nil, nil, err
	}
	w.quotable = w.quotesHere()
	w.tips, w.many = w.allotted()
	w.figures = true
	g := &Guide{Schema: Schema, Front: w.front()}
	for _, s := range w.action() {
		if blocks := s.write(); len(blocks) > 0 {
			g.Sections = append(g.Sections, Section{ID: s.id, Title: w.say("section."+s.id, nil), Blocks: blocks})
		}
	}
	g.Front.Lead = w.leadLine()
	g.Sections = append(g.Sections, Section{ID: "checklist", Title: w.say("section.checklist", nil), Blocks: w.settle("brief", "problem", "who-for", "not-for", "roles", "rules", "everyone", "safeguarding", "measure", "risks", "sustain")})
	w.annex(g, w.inFewWords()...)
	if own := w.ownExamples(); len(own) > 0 {
		g.Sections = append(g.Sections, Section{ID: "examples", Title: w.say("section.examples", nil), Blocks: own})
	}
	full := map[string]bool{figures: true}
	for _, s := range w.evidenced() {
		if blocks := s.write(); len(blocks) > 0 {
			full[s.id] = true
			g.Sections = append(g.Sections, Section{ID: s.id, Title: w.say(w.evidenceTitle(s.id), nil), Blocks: blocks})
		}
	}
	w.keeps = true
	if g, err = w.finish(g); err != nil {
		return nil, nil, err
	}
	e := w.document(kindEvidence, kindEvidence+"."+g.Front.ID, words.Values{"title": g.Front.Title})
	e.Front.Topic, e.Front.Notice = g.Front.ID, g.Front.Notice
	e.Front.Facts = append(e.Front.Facts, Fact{Label: w.say("fact.read-first", nil), Value: w.say("collection.title", nil)})
	g.Sections = slices.DeleteFunc(g.Sections, func(s Section) bool {
		if full[s.ID] {
			e.Sections = append(e.Sections, s)
		}
		return full[s.ID]
	})
	if at := slices.IndexFunc(g.Sections, func(s Section) bool { return s.ID == "steps" }); at >= 0 {
		glance := w.glance(g.Sections[at])
		g.Sections = slices.Insert(g.Sections, at, w.helped(e)...)
		first := 0
		if g.Sections[0].ID == "brief" {
			first = 1
		}
		g.Sections = slices.Insert(g.Sections, first, glance...)
	}
	for _, d := range []*Guide{g, e} {
		d.number()
		if err := Check(d, w.c); err != nil {
			return nil, nil, err
		}
	}
	return g, e, nil
}

// evidenceTitle is the message that heads a section of what a guide rests on.
func (w *writer) evidenceTitle(id string) string {
	switch {
	case id == "problem" && w.t.Challenge == "":
		return "section.aim"
	case id == "nearby":
		return "section.examples"
	case !w.catalog.Has("annex." + id):
		return "section." + id
	}
	return "annex." + id
}

// glance lists the steps, a line each with what it rests on, or, where all are general advice,
// with what one ends up with: readers asked for one page before the rest.
func (w *writer) glance(steps Section) []Section {
	t := &Table{Caption: w.say("glance.caption", nil), Header: []string{w.say("glance.step", nil), w.say("glance.rests", nil)}}
	if !w.toldSome {
		t.Header[1] = w.say("glance.get", nil)
	}
	before, after, _ := strings.Cut(w.meta("output", "\x00"), "\x00")
	for _, b := range steps.Blocks {
		for _, s := range b.Steps {
			beside := w.say("seen.general", nil)
			switch {
			case !w.toldSome:
				get := strings.TrimSuffix(strings.TrimPrefix(s.Output, before), after)
				beside = cmp.Or(get, "–")
			case s.Source == Derived:
				beside, _ = w.did(s.Claim)
			}
			t.Rows = append(t.Rows, []string{s.Text, words.UpperFirst(beside)})
		}
	}
	if len(t.Rows) < enough {
		return nil
	}
	return []Section{{ID: "glance", Title: w.say("section.glance", nil), Blocks: []Block{{Kind: TableOf, Table: t}}}}
}

// mostShort is how many lines of a list a guide tells of what stands in full elsewhere.
const mostShort = 3

// helped is what helped and what did not, of what a guide rests on, as the guide tells it.
func (w *writer) helped(e *Guide) []Section {
	var out []Section
	told := map[string]bool{}
	once := func(c Claim) bool { // what is said of one thing once
		of := c.Statement[1+strings.LastIndexByte(c.Statement, '.'):]
		if c.Source != Derived || c.Rung == countOnly {
			return false
		}
		defer func() { told[of] = true }()
		return told[of]
	}
	for _, s := range e.Sections {
		clear(told)
		if !slices.Contains([]string{"before", "worked", "risks", "sustain"}, s.ID) {
			continue
		}
		var blocks []Block
		n := 0
		for _, b := range s.Blocks {
			if n >= mostShort {
				break
			}
			b.Claims = slices.DeleteFunc(slices.Clone(b.Claims), once)
			if b.Claims = b.Claims[:min(mostShort, len(b.Claims))]; len(b.Claims) == 0 {
				continue
			}
			for i := range b.Claims {
				b.Claims[i].Details = slices.DeleteFunc(slices.Clone(b.Claims[i].Details), func(d Claim) bool { return d.Source == Derived && d.Rung == countOnly })
			}
			if b.Kind == List {
				n += len(b.Claims)
			}
			blocks = append(blocks, b)
		}
		if last := len(blocks) - 1; last > 0 && blocks[last].Kind != List && strings.HasSuffix(blocks[last].Claims[len(blocks[last].Claims)-1].Text, ":") {
			blocks = blocks[:last]
		}
		s.Blocks = blocks
		out = append(out, s)
	}
	return out
}

// part is a section of a guide, and what writes it.
type part struct {
	id    string
	write func() []Block
}

// action are the sections by which one acts, in order.
func (w *writer) action() []part {
	return []part{{"brief", w.purpose}, {"changes", w.changeable}, {"steps", w.steps}, {"meetings", w.meetings}, {"look", w.look}}
}

// leadLine says what a guide is built from: of one of which no step is the contributors',
// that it is general advice.
func (w *writer) leadLine() string {
	key := "lead"
	switch {
	case w.ownSteps:
	case w.toldSome:
		key = "lead.general"
	default:
		key = "lead.general-only"
	}
	if w.t.Support.AlmostAll {
		key += ".bound"
	}
	return w.say(key, words.Values{"n": w.t.Support.Examples, "contributors": w.t.Support.Contributors})
}

// retired reports whether what a slot asks is told or asked elsewhere now: it stands only
// where somebody has answered it.
func retired(id string) bool {
	return slices.Contains([]string{"roles", "risks", "not-for", "open-questions", "independence", "useful-changed"}, id)
}

// annexed is the section that says in few words what a guide rests on.
const annexed = "annex"

// annex says what the guide rests on, or begins the sections that do.
func (w *writer) annex(g *Guide, said ...Block) {
	if len(said) == 0 {
		said = []Block{paragraph(w.frame("evidence.lead", nil))}
	}
	g.Sections = append(g.Sections, Section{ID: annexed, Title: w.say("section.annex", nil), Blocks: said})
}

// evidenced are the sections that tell in full what a guide rests on, in order. The
// glossary is written last: it explains what the others name.
func (w *writer) evidenced() []part {
	return []part{
		{"evidence", w.evidence},
		{"problem", w.problem},
		{"who", w.who},
		{"forces", w.forces},
		{"before", w.before},
		{"worked", w.worked},
		{"risks", w.risks},
		{"resources", w.resources},
		{"everyone", w.everyone},
		{"measure", func() []Block { return w.measured }},
		{"sustain", w.sustain},
		{"nearby", w.nearExamples},
		{"glossary", w.glossary},
	}
}

// settle asks what is settled once for the whole guide, some of it first.
func (w *writer) settle(first ...string) []Block {
	var out []Block
	ask := func(id string, kind SlotType, words int) {
		if !retired(id) || w.cfg.Answers[id].Text != "" {
			out = append(out, w.slot(id, kind, words))
		}
	}
	for _, id := range append(first, "open-questions", "decision") {
		ask(id, TextSlot, 100)
	}
	ask("authors", NameSlot, 0)
	ask("review-by", DateSlot, 0)
	ask("independence", TextSlot, 60)
	useful := w.slot("useful", ChoiceSlot, 0)
	for _, answer := range []string{"yes", "partly", "no"} {
		useful.Slot.Options = append(useful.Slot.Options, w.say("answer."+answer, nil))
	}
	out = append(out, useful)
	ask("useful-changed", TextSlot, 120)
	return out
}

// keep adds what the group wrote in slots that this guide no longer has: nothing
// that a person wrote is lost.
func (w *writer) keep(g *Guide) {
	have := map[string]bool{}
	g.slots(func(_ *Section, s *Slot) { have[s.ID] = true })
	var blocks []Block
	for _, id := range slices.Sorted(maps.Keys(w.cfg.Answers)) {
		if !have[id] && words.IDForm().MatchString(id) && w.cfg.Answers[id].Text != "" {
			blocks = append(blocks, Block{Kind: SlotOf, Slot: &Slot{ID: id, Type: TextSlot, Question: w.say("slot.kept", nil)}})
		}
	}
	if len(blocks) > 0 {
		g.Sections = append(g.Sections, Section{ID: "kept", Title: w.say("section.kept", nil), Blocks: blocks})
	}
}

// writer writes the sections of one guide.
type writer struct {
	catalog *words.Catalog
	terms   *words.Terminology
	voc     *vocabulary.Set
	lang    string
	c       *aggregate.Collection
	t       *aggregate.Topic
	cfg     Config
	// said are the subjects that the document has told of; quoted the wordings.
	said, quoted map[string]bool
	pointed      map[string]bool           // documents that it points to
	served       map[string]model.Code     // the method beside whose step a template stands
	fit          map[model.Code]bool       // practices that are steps because they fit
	basics       []*vocabulary.Concept     // practices that the topic cannot do without
	adviseOnce   map[model.Code]bool       // practices that it advised below a step or as an answer to a sign
	shown        map[string]bool           // signs that it named
	usualMonth   model.Code                // when most of the steps were begun, while these are written
	quotable     map[string]bool           // nil is all
	named        map[model.Code]bool       // concepts that it names, not only tells of
	keeps        bool                      // answers that have no slot any more
	figures      bool                      // tells of steps in figures in the annex
	acting       bool                      // writes the steps, which stand without figures
	count        int                       // how many steps it writes
	measured     []Block                   // how contributors told whether it went well
	plain        map[string]string         // how a table of figures names parts of a step, by statement
	tips         map[string]bool           // that the guide may tell; nil is all
	besides      map[string]bool           // statements that stand beside a step
	many         map[model.Code]bool       // steps that stand in more guides than a tip may
	stepCodes    map[model.Code]bool       // the steps that it has
	ways         map[model.Code]model.Code // the method that stands for a family and is no step itself
	ownSteps     bool                      // contributors told of steps on the topic itself
	warns        bool                      // a warning sign stands beside one of its steps
	toldSome     bool                      // contributors told of some of its steps, on whatever topic
}

func (w *writer) say(key string, v words.Values) string { return w.catalog.Say(key, v) }

// form is a phrase of a concept, "" where the vocabulary has none. One that is
// in another language is marked so.
func (w *writer) form(code model.Code, f vocabulary.Form) string {
	text, mark := w.phrase(code, f)
	return mark + text
}

// label is a concept's name, marked where it is in another language.
func (w *writer) label(code model.Code) string {
	c, ok := w.voc.Concept(string(code))
	if !ok {
		return string(code)
	}
	return w.labelOf(c)
}

// noun is how a concept is named inside a sentence: a phrase in the guide's
// language if there is any, else its label, else a marked phrase.
func (w *writer) noun(code model.Code) string {
	w.named[code] = true
	marked := ""
	for _, f := range []vocabulary.Form{vocabulary.FormNoun, vocabulary.FormMany, vocabulary.FormFragment} {
		text, mark := w.phrase(code, f)
		if text != "" && mark == "" {
			return text
		}
		marked = cmp.Or(marked, mark+text)
	}
	label := w.label(code)
	if marked != "" && strings.HasPrefix(label, "[") {
		return marked
	}
	return w.catalog.Inside(label)
}

// claim is a derived sentence with what it rests on.
func (w *writer) claim(id, text string, s aggregate.Support, at rung) Claim {
	return Claim{Text: text, Source: Derived, Rung: at, Support: &s, Statement: id, Seen: w.seen(s)}
}

// seen words support: the ladder of evidence wordings, by contributors.
func (w *writer) seen(s aggregate.Support) string {
	return w.say("seen", nOf(s))
}

// nOf gives a message its numbers: so many of so many.
func nOf(s aggregate.Support) words.Values {
	if s.AlmostAll {
		return words.Values{"n": words.AlmostAll(s.Examples), "of": s.Of}
	}
	return words.Values{"n": s.Examples, "of": s.Of}
}

func (w *writer) frame(key string, v words.Values) Claim {
	return Claim{Text: w.say(key, v), Source: Frame}
}

func (w *writer) general(text string) Claim { return Claim{Text: text, Source: Vocabulary} }

// prompt is a question to the working group inside a list.
func (w *writer) prompt(key string) Claim {
	return Claim{Text: w.say(key, nil), Source: Prompt}
}

func (w *writer) slot(id string, kind SlotType, maxWords int) Block {
	s := &Slot{ID: id, Type: kind, Question: w.say("slot."+id, nil), MaxWords: maxWords}
	if key := "slot." + id + ".why"; w.catalog.Has(key) {
		s.Why = w.say(key, nil)
	}
	return Block{Kind: SlotOf, Slot: s}
}

// empty says that no example addresses a section.
func (w *writer) empty() Block {
	return Block{Kind: Paragraph, Claims: []Claim{w.frame("empty", nil)}}
}

func paragraph(claims ...Claim) Block { return Block{Kind: Paragraph, Claims: claims} }
func list(claims ...Claim) Block      { return Block{Kind: List, Claims: claims} }

// sentence makes a phrase a sentence.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return words.UpperFirst(s)
	}
	return words.UpperFirst(s) + "."
}

// statements picks the topic's statements of a kind (and part, unless empty).
func (w *writer) statements(kind aggregate.Kind, part string) []aggregate.Statement {
	var out []aggregate.Statement
	for _, s := range w.t.Statements {
		if s.Kind == kind && (part == "" || s.Part == part) && sayable(s) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(x, y aggregate.Statement) int { return cmp.Compare(y.Contributors, x.Contributors) })
	return out
}

// sayable reports whether a statement has a concept, or shared words that a
// guide may repeat.
func sayable(s aggregate.Statement) bool {
	return s.Code != "" || len(s.Shared) > 0 && overclaim(s.Shared[0].Text) == ""
}

// several names people or organisations of a kind in the plural; anything else
// by its label.
func (w *writer) several(code model.Code) string {
	c, _ := w.voc.Concept(string(code))
	for _, f := range []vocabulary.Form{formListed, vocabulary.FormMany} {
		if text, mark := w.phrase(code, f); text != "" && mark == "" && !c.IsGroup() {
			return words.UpperFirst(text)
		}
	}
	return w.label(code)
}

// formListed is the plural in a list or after a colon, in the languages where
// that is not the one within a sentence: French sets no article there.
const formListed vocabulary.Form = "listed"

// plural names people or organisations of a kind in a list or after a colon,
// "" where the vocabulary has no plural.
func (w *writer) plural(code model.Code) string {
	return cmp.Or(w.form(code, formListed), w.form(code, vocabulary.FormMany))
}

// counted makes one claim of counts: "hospital trusts (7 of 12), charities (5 of 12)".
func (w *writer) counted(key string, counts []aggregate.Count) []Claim {
	var out []Claim
	for _, k := range counts {
		c := w.claim(string(k.Code), w.say(key, words.Values{"what": w.noun(k.Code), "label": w.several(k.Code)}), k.Support, countOnly)
		out = append(out, c)
	}
	return out
}
