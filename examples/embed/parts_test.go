// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

func TestCompare(t *testing.T) {
	label := func(start, end, outStart, outEnd int) redact.Decision {
		return redact.Decision{Start: start, End: end, OutputStart: outStart, OutputEnd: outEnd, Kind: recognize.Person, Operator: redact.Label}
	}
	for _, c := range []struct {
		name, before, after string
		decisions           []redact.Decision
		want                bool
	}{
		{"unchanged", "a b", "a b", nil, true},
		{"one", "Ann rang", "[name] rang", []redact.Decision{label(0, 3, 0, 6)}, true},
		{"two, out of order", "Ann and Bo", "[name] and [name]", []redact.Decision{label(8, 10, 11, 17), label(0, 3, 0, 6)}, true},
		{"changed without a decision", "a b", "a c", nil, false},
		{"changed beside a decision", "Ann rang", "[name] sang", []redact.Decision{label(0, 3, 0, 6)}, false},
		{"beyond the text", "Ann", "[name]", []redact.Decision{label(0, 4, 0, 6)}, false},
		{"overlapping", "Ann", "[name]", []redact.Decision{label(0, 3, 0, 6), label(1, 2, 1, 2)}, false},
		{"turned round", "Ann", "[name]", []redact.Decision{label(3, 0, 0, 6)}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			pieces, changes, ok := compare(c.before, c.after, c.decisions, 1)
			require.Equal(t, c.want, ok)
			if !ok {
				return
			}
			require.Len(t, changes, len(c.decisions))
			var raw, out strings.Builder
			for _, p := range pieces {
				raw.WriteString(p.Raw)
				out.WriteString(p.Out)
			}
			require.Equal(t, c.before, raw.String())
			require.Equal(t, c.after, out.String())
		})
	}
}

func TestMade_passesOverWhatIsClosed(t *testing.T) {
	e := model.Example{
		Resources: []model.Resource{
			{Type: "money", Text: model.Text{Value: "a"}}, {Type: "time", Text: model.Text{Value: "b"}}, {Type: "money", Text: model.Text{Value: "c"}},
		},
		Quotes: []model.Quote{{Text: model.Text{Value: "d"}}, {Text: model.Text{Value: "e"}, Consent: true}},
		Steps:  []model.Step{{Text: model.Text{Value: "f"}}},
	}
	got := made(e, anonymize.Content{Resources: []anonymize.Resource{{Type: "time", Text: "B"}}, Quotes: []anonymize.Quote{{Text: "E"}}})
	require.Empty(t, got["resources[0].text"])
	require.Equal(t, "B", got["resources[1].text"])
	require.Empty(t, got["resources[2].text"])
	require.Equal(t, "E", got["quotes[1].text"])
	require.Empty(t, got["strategy_steps[0].text"])
}

func TestSlotField(t *testing.T) {
	written := func(slot guidance.Slot) string {
		var b strings.Builder
		require.NoError(t, slotField(&b, &slot))
		return b.String()
	}
	require.Equal(t, `<label class="question" for="slot.x">Why &lt;so&gt;?</label><p class="why">b</p>`+
		`<textarea rows="3" maxlength="20000" id="slot.x" name="slot.x">`+"\n"+`&lt;/textarea&gt;&lt;b&gt;</textarea>`,
		written(guidance.Slot{ID: "x", Type: guidance.TextSlot, Question: "Why <so>?", Why: "b", Answer: "</textarea><b>"}))
	require.Contains(t, written(guidance.Slot{ID: "x", Type: guidance.ChoiceSlot, Options: []string{"Yes", "No"}, Answer: "Maybe"}),
		`<option value="Maybe" selected>Maybe</option>`, "what a document said is not lost")
}

// Every reason that the model and the anonymizer give has words.
func TestReasonWords(t *testing.T) {
	for _, code := range []string{
		model.ReasonNoAgreement, model.ReasonSchema, model.ReasonValue, model.ReasonConsent, model.ReasonDate, model.ReasonNotYet,
		model.ReasonExpired, model.ReasonWithdrawn, model.ReasonConditions, model.ReasonLevel, model.ReasonUse, model.ReasonAudience,
		model.ReasonField, model.ReasonUnknownField, model.ReasonLoosens, model.ReasonAttribution,
		anonymize.ReasonNothingGranted, anonymize.ReasonVerification, anonymize.ReasonApproval,
	} {
		require.NotEqual(t, "It is closed.", reasonWords(code), code)
	}
	require.Equal(t, "It is closed.", reasonWords("new"))
}

func TestFaultOf(t *testing.T) {
	for path, want := range map[string]fault{
		"title":                          {ID: "title", Label: "What is the example called?", Rule: "r"},
		"strategy_steps[2].method.code":  {ID: "steps", Label: "What did you do, step by step?", Rule: "entry 3 r"},
		"agreements[0].level":            {ID: "confidentiality", Label: "How may this example be told?", Rule: "r"},
		"agreements[0].consent.given_at": {Label: "agreements[0].consent.given_at", Rule: "r"},
		"":                               {Label: "The example", Rule: "r"},
	} {
		require.Equal(t, want, faultOf(model.Fault{Path: path, Rule: "r"}), path)
	}
}
