// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Hits finds the vocabulary's own phrases in a sentence.
type Hits struct{ matcher *vocabulary.Matcher }

// NewHits prepares the phrases of a vocabulary.
func NewHits(set *vocabulary.Set) Hits {
	m, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{Set: set, Schemes: []string{
		vocabulary.Challenge, vocabulary.Objective, vocabulary.Situation, vocabulary.Method,
	}})
	if err != nil {
		return Hits{}
	}
	return Hits{m}
}

// In gives the concepts whose phrases stand in s, with their confidence.
func (h Hits) In(s string) map[string]float64 {
	if h.matcher == nil {
		return nil
	}
	found, err := h.matcher.Match(s)
	if err != nil {
		return nil
	}
	var out map[string]float64
	for _, m := range found {
		if m.Negated {
			continue
		}
		if out == nil {
			out = map[string]float64{}
		}
		out[m.Concept] = max(out[m.Concept], m.Confidence)
	}
	return out
}

// Document brings together what the models say of an account.
func (b *Bundle) Document(texts []string, marked []Marked, roles [][]float64, h Hits) Document {
	d := Document{Roles: roles, Whole: b.Codes.Score(nil, Words(strings.Join(texts, "\n"), b.Table))}
	for i, t := range texts {
		d.Sentences = append(d.Sentences, marked[i].Scores)
		d.Hits = append(d.Hits, h.In(t))
	}
	return d
}
