// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Suggestion is a concept that phrases in a text point at. It never counts as
// a code until a person accepts it.
type Suggestion struct {
	// Concept is the id of the concept.
	Concept string
	// Confidence is above 0 and at most 0.95: 1 - (1-c1)(1-c2)... over its
	// distinct phrases. It orders suggestions and is no probability.
	Confidence float64
	// Spans are the phrases' byte offsets in the text, in order.
	Spans []text.Span
}

// maxConfidence: no number of phrases makes a suggestion certain.
const maxConfidence = 0.95

// Suggest gathers the matches of s by concept, most confident first, then by
// id. A phrase that is repeated word for word counts once. schemes limits the
// suggestions to those schemes' concepts; nil means all of the matcher's.
func (m *Matcher) Suggest(s string, schemes ...string) ([]Suggestion, error) {
	v, err := text.NewView(s)
	if err != nil {
		return nil, err
	}
	index := map[string]int{}
	said := map[string]float64{} // concept and phrase to the confidence counted
	var out []Suggestion
	rest := []float64{} // what is left of doubt
	for _, match := range m.MatchView(v) {
		if len(schemes) > 0 && !slices.Contains(schemes, m.schemes[match.Concept]) {
			continue
		}
		i, ok := index[match.Concept]
		if !ok {
			i = len(out)
			index[match.Concept] = i
			out = append(out, Suggestion{Concept: match.Concept})
			rest = append(rest, 1)
		}
		out[i].Spans = append(out[i].Spans, match.Span)
		key := match.Concept + "\x00" + text.Fold(s[match.Start:match.End])
		if said[key] == 0 {
			said[key] = match.Confidence
			rest[i] *= 1 - match.Confidence
		}
	}
	for i := range out {
		out[i].Confidence = min(1-rest[i], maxConfidence)
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Concept, b.Concept))
	})
	return out, nil
}
