// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

func TestCompleteness(t *testing.T) {
	require.Zero(t, model.Example{}.Completeness())
	whole := full(t)
	require.InDelta(t, 0.91, whole.Completeness(), 0, "two parties have not agreed")
	whole.Parties = whole.Parties[:1]
	require.InDelta(t, 1, whole.Completeness(), 0)

	e, err := model.DecodeJSON([]byte(least))
	require.NoError(t, err)
	require.InDelta(t, 0.18, e.Completeness(), 0, "a title and a kind")
	e.Steps = []model.Step{{Text: model.Text{Value: "a"}}}
	require.InDelta(t, 0.21, e.Completeness(), 0, "one step of three")
	e.Steps[0].Method = model.Coded{Code: "me:workshop", AssignedBy: model.BySuggestion}
	require.InDelta(t, 0.21, e.Completeness(), 0, "a suggestion never counts")
	e.Agreements = []model.Agreement{{Party: "p1", Consent: model.Consent{Status: "requested"}}}
	require.InDelta(t, 0.21, e.Completeness(), 0, "a question is no answer")
	e.Agreements[0].Consent.Status = "declined"
	require.InDelta(t, 0.30, e.Completeness(), 0, "a no is")
}

// Taking anything away never makes an example more complete.
func TestCompleteness_monotonic(t *testing.T) {
	whole := full(t)
	for i := range reflect.TypeFor[model.Example]().NumField() {
		less := whole
		reflect.ValueOf(&less).Elem().Field(i).SetZero()
		require.LessOrEqual(t, less.Completeness(), whole.Completeness(), reflect.TypeFor[model.Example]().Field(i).Name)
	}
}

func TestWarnings(t *testing.T) {
	for _, row := range []struct {
		name, reason, path, rule string
		change                   func(e *model.Example)
	}{
		{"unanswered", "the small form asks for it", "lessons", "is not answered", func(e *model.Example) { e.Lessons = nil }},
		{"few steps", "", "strategy_steps", "is best told in three to seven steps", func(e *model.Example) { e.Steps = e.Steps[:1] }},
		{"no agreement", "Resolve withholds it", "parties[0]", "has no agreement, which withholds the example", func(e *model.Example) { e.Agreements = nil }},
		{"no names", "", "parties[0].identities", "is empty: names that nobody declared are harder to find", func(e *model.Example) { e.Parties[0].Identities = nil }},
		{"short name", "", "parties[0].identities[1].name", "is so short that it is found in other words, or not at all", func(e *model.Example) { e.Parties[0].Identities[1].Name = "Al" }},
		{"schema", "", "agreements[0].schema", "is not agreement/1, which withholds the example", func(e *model.Example) { e.Agreements[0].Schema = "agreement/2" }},
		{"conditions", "", "agreements[0].conditions", "must be read by a person; until then the example is withheld", func(e *model.Example) { e.Agreements[0].ConditionsReviewed = "" }},
		{"attribution", "", "agreements[0].attribution", "is required but has no text, which withholds the example", func(e *model.Example) { e.Agreements[0].Attribution.Text = "" }},
		{"public but anonymous", "linking the two identifies it", "public_refs", "says that the example is public, but it was agreed to be anonymous: ask for attributed, or leave the references out", func(e *model.Example) {
			e.PublicRefs = []model.PublicRef{{Type: "web", Title: "made up"}}
		}},
		{"verbatim", "", "quotes[0].verbatim_public", "means that a search finds the words and so the speaker", func(e *model.Example) { e.Quotes[0].VerbatimPublic = true }},
		{"funded", "the ABPI Code asks for it", "funding[0].statement", "is empty: funded work is told by name only with its acknowledgement", func(e *model.Example) { e.Agreements[0].Level = model.Attributed }},
		{"award", "", "lessons[0].text", "speaks of an award, but no public reference is given", func(e *model.Example) {
			e.Lessons[0].Text.Value = "It was shortlisted for two made-up awards"
		}},
		{"mark", "what a web page puts for an address", "lessons[0].text", "holds a mark of redaction from its source, which hides nothing that stands beside it", func(e *model.Example) {
			e.Lessons[0].Text.Value = "Write to Ann at [email\u00a0protected]"
		}},
		{"encoding", "", "condition", "was damaged by a wrong encoding", func(e *model.Example) { e.Condition.Value = "peopleâ€™s" }},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := full(t)
			e.Parties = e.Parties[:1]
			e.PublicRefs, e.Outcomes[0].Source = nil, 0
			e.Steps = append(e.Steps, e.Steps[0])
			e.Agreements[0].ConditionsReviewed = model.HashText(string(e.Agreements[0].Conditions))
			require.Empty(t, e.Warnings())
			row.change(&e)
			require.Equal(t, []model.Fault{{Path: row.path, Rule: row.rule}}, e.Warnings(), row.reason)
		})
	}
}
