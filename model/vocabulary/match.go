// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Match is one phrase found in a text that suggests a concept. It is a
// suggestion: only a person can accept it as a code.
type Match struct {
	// Span holds byte offsets into the original text.
	text.Span
	// Concept is the id of the concept suggested.
	Concept string
	// Confidence is above 0 and below 1. It orders suggestions; it is no
	// probability. It is the phrase's weight in the data, times 0.60 for a
	// phrase of one word, 0.80 for two and 0.90 for more; times 0.3 where the
	// phrase is negated; times 0.7 where an ambiguous phrase was settled by
	// words elsewhere in the text.
	Confidence float64
	// Negated says that a negation stands just before the phrase: "no lack of
	// trust".
	Negated bool
	// Sense is the id of the sense that context words chose for an ambiguous
	// phrase such as "PPE", else "".
	Sense string
}

// MatcherConfig selects the phrases to look for. The zero value looks for the English
// phrases of the schemes that examples are coded by.
type MatcherConfig struct {
	// Set holds the concepts; nil means [Default].
	Set *Set
	// Lang is the language of the phrases; "" means [DefaultLang].
	Lang string
	// Schemes are the names of the schemes to suggest from; nil means
	// challenge, objective, method, situation, organisation-type,
	// stakeholder and therapy-area.
	Schemes []string
}

// Matcher finds phrases of a vocabulary in prose. It is immutable and safe for
// concurrent use.
type Matcher struct {
	machine *automaton
	entries []entry
	senses  []sense
	traps   map[string][]int32 // phrase key to senses
	schemes map[string]string  // concept to scheme
}

// entry is a phrase of one concept, or a word of context for a sense, or a
// phrase that only swallows others.
type entry struct {
	concept string
	scheme  string
	weight  float64
	words   int
	phrase  string // the joined keys
	exact   string // for a single capitalised short form: how it must be written
	sense   int32  // for words of context: index of the sense, else -1
	blocks  bool
}

// sense is one meaning of an ambiguous phrase.
type sense struct {
	id    string
	means []string // concepts the sense stands for; none for a foreign sense
}

// NewMatcher builds a matcher. It fails where the set lacks a scheme that is
// named or has no phrase in the language.
func NewMatcher(c MatcherConfig) (*Matcher, error) {
	set, lang := c.Set, cmp.Or(c.Lang, DefaultLang)
	if set == nil {
		set = Default()
	}
	names := c.Schemes
	if names == nil {
		names = []string{Challenge, Objective, Method, Situation, OrganisationType, Stakeholder, TherapyArea}
	}
	m := &Matcher{machine: newAutomaton(), traps: map[string][]int32{}, schemes: map[string]string{}}
	for _, name := range names {
		s := set.Scheme(name)
		if s == nil {
			return nil, fmt.Errorf("vocabulary: matcher: %w: no scheme of a name asked for", errData)
		}
		for c := range s.Concepts() {
			m.learn(c, c.texts[lang])
		}
	}
	if len(m.entries) == 0 {
		return nil, fmt.Errorf("vocabulary: matcher: %w: no phrase in the language asked for", errData)
	}
	for c := range set.Scheme(trapScheme).Concepts() {
		m.learnSense(c, c.texts[lang])
	}
	m.machine.finish()
	return m, nil
}

// learn adds the phrases of a concept.
func (m *Matcher) learn(c *Concept, t *texts) {
	if t == nil || c.IsGroup() {
		return
	}
	m.schemes[c.id] = c.scheme
	seen := map[string]bool{}
	for _, ps := range [][]phrase{{{text: t.pref, weight: 1}}, t.alt, t.hidden} {
		for _, p := range ps {
			for _, form := range joined(p.text) {
				keys := phraseKeys(form)
				e := entry{
					concept: c.id, scheme: c.scheme, weight: p.weight, words: len(keys),
					phrase: strings.Join(keys, " "), exact: exact(form), sense: -1,
				}
				if len(keys) == 0 || seen[e.phrase+"\x00"+e.exact] {
					continue
				}
				seen[e.phrase+"\x00"+e.exact] = true
				m.machine.add(keys, m.entry(e))
			}
		}
	}
}

// learnSense adds an ambiguous phrase's sense with its words of context, or
// phrases that swallow others.
func (m *Matcher) learnSense(c *Concept, t *texts) {
	if t == nil {
		return
	}
	id := int32(len(m.senses))
	m.senses = append(m.senses, sense{id: c.id, means: c.links["means"]})
	for _, p := range t.hidden {
		key := strings.Join(phraseKeys(p.text), " ")
		if !slices.Contains(m.traps[key], id) { // singular and plural have one key
			m.traps[key] = append(m.traps[key], id)
		}
	}
	for _, s := range t.say[formContext] {
		m.machine.add(phraseKeys(s), m.entry(entry{sense: id}))
	}
	for _, s := range t.say[formBlock] {
		m.machine.add(phraseKeys(s), m.entry(entry{sense: -1, blocks: true}))
	}
}

// Forms of the trap scheme.
const (
	formContext Form = "context"
	formBlock   Form = "block"
)

func (m *Matcher) entry(e entry) int32 {
	m.entries = append(m.entries, e)
	return int32(len(m.entries) - 1)
}

// joined gives a label as it is and, for a short prefix with a hyphen, run
// together: co-design, codesign.
func joined(label string) []string {
	out := []string{label}
	if i := strings.IndexByte(label, '-'); i > 1 && i < 6 && strings.Count(label, "-") == 1 &&
		!strings.ContainsAny(label[:i], " ") && i+1 < len(label) && label[i+1] != ' ' {
		out = append(out, label[:i]+label[i+1:])
	}
	return out
}

// exact returns the label where it is one short form in capitals, such as
// NICE or LINk, which must not match the everyday word.
func exact(label string) string {
	if len(label) > 6 || strings.ContainsAny(label, " -&/") {
		return ""
	}
	capitals := 0
	for i, r := range label {
		if i > 0 && unicode.IsUpper(r) {
			capitals++
		}
	}
	if capitals == 0 {
		return ""
	}
	return strings.TrimSuffix(label, "s")
}

// written drops the plural and possessive endings of a short form.
func written(w string) string {
	w = strings.TrimSuffix(w, "'s")
	return strings.TrimSuffix(w, "s")
}

// Match finds the phrases in s. It fails as [text.NewView] does.
func (m *Matcher) Match(s string) ([]Match, error) {
	v, err := text.NewView(s)
	if err != nil {
		return nil, err
	}
	return m.MatchView(v), nil
}

// hit is a phrase found, in words of the stream.
type hit struct {
	entry    int32
	from, to int
}

// MatchView finds the phrases in a view, in order of their place, then of
// concept. Within a scheme the longest phrase at a place wins and shorter ones
// inside or across it are dropped; phrases of different schemes stand beside
// one another, and one phrase may suggest several concepts. Time is linear in
// the text.
func (m *Matcher) MatchView(v *text.View) []Match {
	ws := stream(v)
	var hits []hit
	var blocked []hit
	context := make([][]int, len(m.senses))
	m.machine.scan(ws, func(id int32, from, to int) {
		switch e := &m.entries[id]; {
		case e.sense >= 0:
			context[e.sense] = append(context[e.sense], from)
		case e.blocks:
			blocked = append(blocked, hit{id, from, to})
		case e.exact == "" || written(v.Text()[ws[from].start:ws[to-1].end]) == e.exact:
			hits = append(hits, hit{id, from, to})
		}
	})
	for _, places := range context {
		slices.Sort(places) // found in order of their ends
	}
	var out []Match
	for _, h := range m.longest(unblocked(hits, blocked, len(ws)), len(ws)) {
		e := &m.entries[h.entry]
		match := Match{
			Span:    v.Original(text.Span{Start: ws[h.from].start, End: ws[h.to-1].end}),
			Concept: e.concept, Confidence: e.weight * lengthFactor(e.words), Negated: negated(ws, h.from),
		}
		if senses, ok := m.traps[e.phrase]; ok {
			id, near, ok := m.sense(senses, context, h.from)
			if !ok || !slices.Contains(m.senses[id].means, e.concept) {
				continue
			}
			if match.Sense = m.senses[id].id; !near {
				match.Confidence *= 0.7
			}
		}
		if match.Negated {
			match.Confidence *= 0.3
		}
		out = append(out, match)
	}
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Concept, b.Concept),
			cmp.Compare(b.Confidence, a.Confidence))
	})
	// A short form and its lower-case spelling may both have matched.
	return slices.CompactFunc(out, func(a, b Match) bool { return a.Span == b.Span && a.Concept == b.Concept })
}

// unblocked are the hits among so many words whose ends no longer blocking phrase covers.
func unblocked(hits, blocked []hit, words int) []hit {
	cover := make([]int, words) // to the length of the longest blocking phrase over a word
	for _, b := range blocked {
		for i := b.from; i < b.to; i++ {
			cover[i] = max(cover[i], b.to-b.from)
		}
	}
	return slices.DeleteFunc(hits, func(h hit) bool {
		return cover[h.from] > h.to-h.from || cover[h.to-1] > h.to-h.from
	})
}

// longest keeps, in each scheme, the longest phrases that do not overlap.
// Several entries of the same words stay together.
func (m *Matcher) longest(hits []hit, n int) []hit {
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.to-b.from, a.to-a.from), cmp.Compare(a.from, b.from),
			cmp.Compare(a.entry, b.entry))
	})
	type claim struct{ from, to int }
	taken := map[string][]claim{} // scheme to, for each word, the phrase that holds it
	kept := hits[:0]
	for _, h := range hits {
		scheme := m.entries[h.entry].scheme
		held := taken[scheme]
		if held == nil {
			held = make([]claim, n)
			taken[scheme] = held
		}
		free := true
		for i := h.from; i < h.to && free; i++ {
			free = held[i].to == 0 || held[i] == claim{h.from, h.to}
		}
		if !free {
			continue
		}
		for i := h.from; i < h.to; i++ {
			held[i] = claim{h.from, h.to}
		}
		kept = append(kept, h)
	}
	return kept
}

// contextWords is the reach of a word of context, in words.
const contextWords = 25

// sense chooses the sense whose nearest word of context is nearest; near says
// that it lies within reach. Where none does, a sense that alone has context
// anywhere in the text is chosen. Equal distances choose none.
func (m *Matcher) sense(senses []int32, context [][]int, at int) (chosen int32, near, ok bool) {
	best, tie := math.MaxInt, false
	far, fars := int32(-1), 0
	for _, id := range senses {
		places := context[id]
		if len(places) == 0 {
			continue
		}
		far, fars = id, fars+1
		i, _ := slices.BinarySearch(places, at)
		d := math.MaxInt
		if i < len(places) {
			d = places[i] - at
		}
		if i > 0 {
			d = min(d, at-places[i-1])
		}
		if d < best {
			best, chosen, tie = d, id, false
		} else if d == best {
			tie = true
		}
	}
	switch {
	case best <= contextWords:
		return chosen, true, !tie
	case fars == 1:
		return far, false, true
	}
	return 0, false, false
}

// lengthFactor trusts longer phrases more: they are less often chance.
func lengthFactor(words int) float64 {
	switch words {
	case 1:
		return 0.6
	case 2:
		return 0.8
	}
	return 0.9
}

// negated looks for a negation among the two words before, in the same
// sentence: "no", "not", "without", unless "only", "just" or "yet"
// follows it.
func negated(ws []word, from int) bool {
	for i := from - 1; i >= 0 && i >= from-2; i-- {
		if ws[i].breaks || ws[i].key == comma {
			return false
		}
		switch ws[i].key {
		case "no", "not", "without", "didnt", "doesnt", "isnt", "wasnt", "werent", "arent":
			return i+1 >= len(ws) || !slices.Contains([]string{"only", "just", "yet"}, ws[i+1].key)
		}
	}
	return false
}
