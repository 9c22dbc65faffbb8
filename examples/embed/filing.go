// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// unfiled is an entry that no word of the vocabulary stands beside, and those
// that its text points at. A suggestion counts for nothing until a person takes it.
type unfiled struct {
	Label, Text string
	Words       []model.Option
}

var matcher = sync.OnceValues(func() (*vocabulary.Matcher, error) {
	return vocabulary.NewMatcher(vocabulary.MatcherConfig{Lang: locale})
})

const mostSuggested = 3

// unfiledIn lists the entries of an example by which topics and steps are made
// and that are not filed.
func unfiledIn(e model.Example) ([]unfiled, error) {
	m, err := matcher()
	if err != nil {
		return nil, err
	}
	var out []unfiled
	add := func(id, scheme string, i int, text model.Raw) {
		if text == "" || err != nil {
			return
		}
		one := unfiled{Label: question(id).Label + " Entry " + strconv.Itoa(i+1) + ":", Text: string(text)}
		var found []vocabulary.Suggestion
		found, err = m.Suggest(string(text), scheme)
		for _, s := range found[:min(len(found), mostSuggested)] {
			one.Words = append(one.Words, model.Option{Value: s.Concept, Label: label(model.Code(s.Concept))})
		}
		out = append(out, one)
	}
	for i, s := range e.Stakeholders {
		if s.Group == "" || s.Group == "st:unknown" {
			add("stakeholders", "stakeholder", i, s.Role.Value)
		}
	}
	for i, k := range e.Challenges {
		if k.Code == "" {
			add("challenges", "challenge", i, k.AsWritten)
		}
	}
	for i, k := range e.Objectives {
		if k.Code == "" {
			add("objectives", "objective", i, k.AsWritten)
		}
	}
	for i, s := range e.Steps {
		if s.Method.Code == "" {
			add("steps", "method", i, s.Text.Value)
		}
	}
	return out, err
}
