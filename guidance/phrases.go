// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// foreign is the mark of a phrase that is in another language than the guide;
// "" where it is in the guide's.
func (w *writer) foreign(in string) string {
	own, _, _ := strings.Cut(w.lang, "-")
	if base, _, _ := strings.Cut(in, "-"); in == "" || base == own {
		return ""
	}
	return "[" + in + "] "
}

// phrase is a phrase of a concept and the mark of its language; both are ""
// where the vocabulary has none.
func (w *writer) phrase(code model.Code, f vocabulary.Form) (text, mark string) {
	c, ok := w.voc.Concept(string(code))
	if !ok {
		return "", ""
	}
	text, in := c.Say(f, w.lang)
	return w.preferred(text, w.foreign(in))
}

// phrases are all phrases of a form, each marked where it is in another language.
func (w *writer) phrases(c *vocabulary.Concept, f vocabulary.Form) []string {
	all, in := c.SayAll(f, w.lang)
	mark := w.foreign(in)
	for i := range all {
		text, mark := w.preferred(all[i], mark)
		all[i] = mark + text
	}
	return all
}

// labelOf is a concept's label, marked where it is in another language.
func (w *writer) labelOf(c *vocabulary.Concept) string {
	base, _, _ := strings.Cut(w.lang, "-")
	if c.HasLang(w.lang) || c.HasLang(base) || w.foreign(vocabulary.DefaultLang) == "" {
		return w.terms.Say(c.PrefLabel(w.lang))
	}
	return w.foreign(vocabulary.DefaultLang) + c.PrefLabel(w.lang)
}

// definition is a concept's definition, marked where it is in another language.
func (w *writer) definition(c *vocabulary.Concept) string {
	text := c.Definition(w.lang)
	if text == c.Definition(vocabulary.DefaultLang) {
		text, mark := w.preferred(text, w.foreign(vocabulary.DefaultLang))
		return mark + text
	}
	return w.terms.Say(text)
}

// ownDefinition is a concept's definition without a last sentence that others of its
// scheme end in too: that sorts the concept for coders, and says nothing of it.
func (w *writer) ownDefinition(c *vocabulary.Concept) string {
	text := w.definition(c)
	at := strings.LastIndex(strings.TrimSuffix(text, "."), ". ")
	if at < 0 {
		return text
	}
	for other := range w.voc.Scheme(c.Scheme()).Concepts() {
		if other != c && strings.HasSuffix(w.definition(other), text[at:]) {
			return text[:at+1]
		}
	}
	return text
}

// preferred rewords a phrase of the vocabulary by the working group's preferred
// words, but for one that is marked as being in another language.
func (w *writer) preferred(text, foreign string) (reworded, mark string) {
	if foreign != "" {
		return text, foreign
	}
	return w.terms.Reword(text)
}

// mostExplained bounds the terms of the vocabulary that a glossary explains.
const mostExplained = 10

// glossary explains the terms of the vocabulary that the guide names and that
// have a definition in its language.
func (w *writer) glossary() []Block {
	var terms []Claim
	add := func(term, text string) {
		terms = append(terms, w.general(w.say("glossary.entry", words.Values{"term": term, "text": text})))
	}
	n := 0
	for _, code := range slices.Sorted(maps.Keys(w.named)) {
		if n < mostExplained && w.explained(code, vocabulary.Method, add) {
			n++
		}
	}
	for _, d := range w.t.Designs {
		w.explained(d.Code, vocabulary.EvidenceDesign, add)
	}
	if len(terms) == 0 {
		return nil
	}
	return []Block{list(terms...)}
}

// explained adds a concept of a scheme, where it has a definition in the guide's
// own language.
func (w *writer) explained(code model.Code, scheme string, add func(term, text string)) bool {
	c, ok := w.voc.Concept(string(code))
	if !ok || c.Scheme() != scheme {
		return false
	}
	if w.foreign(vocabulary.DefaultLang) != "" && c.Definition(w.lang) == c.Definition(vocabulary.DefaultLang) {
		return false
	}
	add(w.labelOf(c), w.definition(c))
	return true
}
