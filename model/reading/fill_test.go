// SPDX-License-Identifier: Apache-2.0

package reading

import (
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
