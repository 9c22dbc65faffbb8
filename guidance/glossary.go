// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"

	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// mostExplained bounds the terms of the vocabulary that a glossary explains.
const mostExplained = 10

// glossary explains the terms that the guide uses: its own, and those of the
// vocabulary that it names and that have a definition in its language.
func (w *writer) glossary() []Block {
	var terms []Claim
	add := func(term, text string) {
		terms = append(terms, w.general(w.say("glossary.entry", words.Values{"term": term, "text": text})))
	}
	for _, key := range []string{"example", "contributor", "seen", "band", "agree"} {
		add(w.say("glossary."+key, nil), w.say("glossary."+key+".text", nil))
	}
	n := 0
	for _, s := range w.t.Statements {
		if s.Kind == aggregate.StepStatement && n < mostExplained && w.explained(s.Code, vocabulary.Method, add) {
			n++
		}
	}
	for _, d := range w.t.Designs {
		w.explained(d.Code, vocabulary.EvidenceDesign, add)
	}
	return []Block{paragraph(w.frame("glossary.lead", nil)), list(terms...)}
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
