// SPDX-License-Identifier: Apache-2.0

package reading

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// A method that counts becomes a step where the account tells it in passing,
// once; not where somebody is quoted, advice is given or a heading stands.
func TestMethodsToldInPassing(t *testing.T) {
	r, err := New(Config{})
	require.NoError(t, err)
	for _, row := range []struct {
		why, role string
		steps     int
		method    model.Code
	}{
		{"in an action whose own method is not sure", "action", 1, "me:survey"},
		{"in what came of it", "outcome", 1, "me:survey"},
		{"in the background", "context", 1, "me:survey"},
		{"in somebody's words", "quote", 0, ""},
		{"in advice", "lesson", 0, ""},
		{"in what stood in the way", "challenge", 0, ""},
	} {
		account := "The survey that forty people had answered was read out that evening."
		e := model.Example{Account: model.Raw(account)}
		f := filler{Reader: r, account: account, e: &e, got: &Reading{
			Sentences: []Sentence{{Span: text.Span{End: len(account)}, Role: row.role}},
			Methods:   []Found{{Code: "me:survey", Confidence: .9, Told: true}, {Code: "me:event", Confidence: .4}},
		}}
		if row.role == "action" {
			f.got.Sentences[0].Methods = []model.Code{"me:event"}
		}
		f.sentences()
		require.Len(t, e.Steps, row.steps, row.why)
		if row.steps > 0 {
			require.Equal(t, row.method, e.Steps[0].Method.Code, row.why)
			require.Equal(t, model.BySoftware, e.Steps[0].Method.AssignedBy, row.why)
		}
		require.Len(t, e.Outcomes, map[string]int{"outcome": 1}[row.role], "what came of it is told as well")
	}
}

// Of the methods of an action one that counts is its step's, and each other that
// counts and stands nowhere else has a step of its own.
func TestSeveralMethodsOfOneSentence(t *testing.T) {
	r, err := New(Config{})
	require.NoError(t, err)
	account := "We ran five groups with an interpreter and paid everybody's bus fare."
	told := func(code model.Code, told bool) Found { return Found{Code: code, Confidence: .5, Told: told} }
	for why, row := range map[string]struct {
		found []Found
		codes []model.Code
	}{
		"the second counts":      {[]Found{told("me:focus-group", false), told("me:access-support", true)}, []model.Code{"me:access-support"}},
		"two count":              {[]Found{told("me:focus-group", true), told("me:access-support", true)}, []model.Code{"me:focus-group", "me:access-support"}},
		"none counts":            {[]Found{told("me:focus-group", false), told("me:access-support", false)}, []model.Code{"me:focus-group"}},
		"one that it names last": {[]Found{told("me:event", true)}, []model.Code{"me:event"}},
		"no method":              {nil, []model.Code{""}},
	} {
		e := model.Example{Account: model.Raw(account)}
		s := Sentence{Span: text.Span{End: len(account)}, Role: "action"}
		if len(row.found) > 0 {
			s.Methods = []model.Code{"me:focus-group", "me:access-support"}
		}
		f := filler{Reader: r, account: account, e: &e, got: &Reading{Sentences: []Sentence{s}, Methods: row.found}}
		f.sentences()
		var codes []model.Code
		for _, step := range e.Steps {
			codes = append(codes, step.Method.Code)
		}
		require.Equal(t, row.codes, codes, why)
	}
}

// FillFrom fills what Fill does, and nothing from another account.
func TestFillFrom(t *testing.T) {
	r, err := New(Config{})
	require.NoError(t, err)
	e := model.Example{Account: "Few young people answered our letters. We ran five focus groups with an interpreter. More came than before."}
	got, err := r.Read(string(e.Account), "")
	require.NoError(t, err)
	filled, evidence, err := r.Fill(e)
	require.NoError(t, err)
	again, same := r.FillFrom(e, got)
	require.Equal(t, filled, again)
	require.Equal(t, evidence, same)
	require.NotEmpty(t, same)
	for _, other := range []model.Example{{}, {Account: "Short."}} {
		again, same = r.FillFrom(other, got)
		require.Equal(t, other, again)
		require.Empty(t, same)
	}
	again, same = r.FillFrom(e, nil)
	require.Equal(t, e, again)
	require.Empty(t, same)
}

// "No change" is a finding. Where an account tells no direction, none is filled in.
func TestNoDirectionIsNotNoChange(t *testing.T) {
	r, err := New(Config{})
	require.NoError(t, err)
	account := "Participants said that the leaflet was long."
	for told, filled := range map[string]string{"none": "", "positive": "positive", "mixed": "mixed", "negative": "negative"} {
		e := model.Example{Account: model.Raw(account)}
		f := filler{Reader: r, account: account, e: &e, got: &Reading{Sentences: []Sentence{{Span: text.Span{End: len(account)}, Role: "outcome", Direction: told}}}}
		f.sentences()
		require.Len(t, e.Outcomes, 1)
		require.Equal(t, filled, e.Outcomes[0].Direction, told)
	}
}

// An account of any length fills no list with more than the model accepts.
func TestListsOfLongAccounts(t *testing.T) {
	r, err := New(Config{})
	require.NoError(t, err)
	const sentence = "It went well. "
	account := strings.Repeat(sentence, 3*(longestList+1))
	e := model.Example{Account: model.Raw(account)}
	f := filler{Reader: r, account: account, e: &e, got: &Reading{}}
	for i, role := range slices.Repeat([]string{"outcome", "lesson", "quote"}, longestList+1) {
		f.got.Sentences = append(f.got.Sentences, Sentence{Span: text.Span{Start: i * len(sentence), End: (i + 1) * len(sentence)}, Role: role})
	}
	f.sentences()
	long := func(err error) bool { return strings.Contains(fmt.Sprint(err), "has more than") }
	require.Len(t, e.Lessons, longestList)
	require.False(t, long(e.Validate(nil)))
	e.Lessons = append(e.Lessons, e.Lessons[0])
	require.True(t, long(e.Validate(nil)), "one more would be too many")
}

// The field of health of an account is what it is about: a word of one that stands in
// passing is only proposed.
func TestAreaInPassing(t *testing.T) {
	r, err := New(Config{})
	require.NoError(t, err)
	for account, who := range map[string]model.AssignedBy{
		"We rang everybody whose ceremony had been put off. Their anxiety had grown with each letter. Most came in the end.":   model.BySuggestion,
		"A line for people with depression\nWe rang everybody once a week.":                                                    model.BySoftware,
		"We rang everybody once a week. Half of them lived with depression. A nurse who knows depression wrote the questions.": model.BySoftware,
		"We rang everybody once a week. Depression came up, and depression was what most of them asked about.":                 model.BySuggestion,
		"We rang everybody once a week, and asked them what they had heard of the clinic and of those who work in it.":         "",
	} {
		e, evidence, err := r.Fill(model.Example{Account: model.Raw(account)})
		require.NoError(t, err)
		if who == "" {
			require.Empty(t, e.TherapyAreas, account)
			continue
		}
		require.Len(t, e.TherapyAreas, 1, account)
		require.Equal(t, who, e.TherapyAreas[0].AssignedBy, account)
		require.True(t, slices.ContainsFunc(evidence, func(f Filled) bool { return f.Field == "therapy_areas[0]" }), account)
	}
}

// Words that look like those for people, and are not, bring nobody into an account.
func TestNobodyTookPart(t *testing.T) {
	r, err := New(Config{})
	require.NoError(t, err)
	for account, groups := range map[string][]model.Code{
		"Young men were few relative to young women.":                nil,
		"Our team had two designers and a product manager.":          nil,
		"The project managers met once a week.":                      nil,
		"Patient outcomes rose, and patient flow with them.":         nil,
		"The public inquiry wrote of doctor-patient trust.":          nil,
		"It is a specialist mental health wing.":                     nil,
		"Understanding Patient Data wrote of it.":                    nil,
		"Nothing was said in the patient-staff room.":                nil,
		"Each patient was asked, and a patient chaired.":             {"st:patient"},
		"We wanted to hear from the public.":                         {"st:community-member-or-public"},
		"The public could vote.":                                     {"st:community-member-or-public"},
		"Patients’ views were heard.":                                {"st:patient"},
		"A carer, two nurses and a doctor met.":                      {"st:carer-or-family", "st:doctor", "st:nurse"},
		"Relatives came too.":                                        {"st:carer-or-family"},
		"Managers of three wards met once a week.":                   {"st:practice-or-hospital-manager"},
		"Scientists from two universities wrote the questions.":      {"st:researcher"},
		"Two hundred citizen scientists counted birds by the river.": nil,
	} {
		e, _, err := r.Fill(model.Example{Account: model.Raw(account)})
		require.NoError(t, err)
		var got []model.Code
		for _, s := range e.Stakeholders {
			got = append(got, s.Group)
		}
		require.ElementsMatch(t, groups, got, account)
	}
}
