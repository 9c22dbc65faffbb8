// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// ErrTopic says that the collection has no such topic.
var ErrTopic = errors.New("guidance: the collection has no such topic")

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
	// Answers are the working group's own words by slot id. They are kept
	// whatever becomes of the evidence beside them.
	Answers map[string]Answer
	// Extra are sections of the user's own, added in order.
	Extra []SectionWriter
}

// Answer is what the working group put in a slot.
type Answer struct {
	Text  string `json:"text"`
	Basis string `json:"basis,omitempty"` // Slot.Basis as it was when answered
}

// Build writes the HOW TO guide of one topic. Each sentence has support from
// the collection, or is marked as general knowledge or as a question to the
// working group. A section that no example addresses says so.
func Build(c *aggregate.Collection, topicID string, cfg Config) (*Guide, error) {
	w, err := newWriter(c, cfg)
	if err != nil {
		return nil, err
	}
	if err := w.onTopic(topicID); err != nil {
		return nil, err
	}
	g := &Guide{Schema: Schema, Front: w.front()}
	for _, s := range []struct {
		id    string
		write func() []Block
	}{
		{"about", w.about},
		{"brief", w.brief},
		{"who", w.who},
		{"problem", w.problem},
		{"forces", w.forces},
		{"evidence", w.evidence},
		{"before", w.before},
		{"steps", w.steps},
		{"resources", w.resources},
		{"everyone", w.everyone},
		{"measure", w.measure},
		{"risks", w.risks},
		{"sustain", w.sustain},
		{"examples", w.examples},
		{"checklist", w.checklist},
		{"glossary", w.glossary}, // last: it explains what the others name
	} {
		g.Sections = append(g.Sections, Section{ID: s.id, Title: w.say("section."+s.id, nil), Blocks: s.write()})
	}
	return w.finish(g)
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
func (w *writer) claim(id, text string, s aggregate.Support, rung Rung) Claim {
	return Claim{Text: text, Source: Derived, Rung: rung, Support: &s, Statement: id, Seen: w.seen(s)}
}

// seen words support: the ladder of evidence wordings, by contributors.
func (w *writer) seen(s aggregate.Support) string {
	return w.say("seen", words.Values{"n": s.Examples, "of": s.Of})
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

func sorted(s []string) []string { slices.Sort(s); return s }

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
	return s.Code != "" || len(s.Shared) > 0 && promise(s.Shared[0].Text) == ""
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
		c := w.claim(string(k.Code), w.say(key, words.Values{"what": w.noun(k.Code), "label": w.several(k.Code)}), k.Support, CountOnly)
		out = append(out, c)
	}
	return out
}
