// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

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
