// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// Of rows that are one example the most closed terms of all count, in whatever order they
// stand; and none that is more open than another opens it.
func TestRead_sentAgain(t *testing.T) {
	head := []string{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "Until when may it be used?", "From when may it be used?", "On what other conditions?", "With how many others at least?", "Do you want to approve the exact text?", "Which parts are more confidential?", "Who else must agree?", "What else should one know of the circumstances?"}
	open := []string{"Tea", "Quux Trust", "We met each month in the hall.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", "", "", "", "", "", "", "", ""}
	withheld := func(a model.Agreement) bool { return a.Level == model.Withheld }
	for _, row := range []struct {
		name   string
		column int
		answer string
		holds  func(model.Agreement) bool
	}{
		{"level", 3, "Not at all for now", withheld},
		{"audience", 5, "The working group", func(a model.Agreement) bool { return a.Audience == model.WorkingGroup }},
		{"uses", 4, "Nothing", func(a model.Agreement) bool { return !a.Uses[model.UseGuidance] }},
		{"no consent", 6, "", withheld},
		{"doubtful consent", 6, "?", withheld},
		{"refusal", 6, "No", withheld},
		{"expiry", 7, "2026-01-01", func(a model.Agreement) bool { return a.Expires == "2026-01-01" }},
		{"embargo", 8, "2030-01-01", func(a model.Agreement) bool { return a.NotBefore == "2030-01-01" }},
		{"condition", 9, "Ask our board first", func(a model.Agreement) bool { return a.Conditions != "" }},
		{"threshold", 10, "30", func(a model.Agreement) bool { return a.K >= 30 }},
		{"approval", 11, "Yes", func(a model.Agreement) bool { return a.Approval.Required }},
		{"part", 12, "lessons: withheld", func(a model.Agreement) bool { _, ok := a.Fields["lessons"]; return ok }},
		{"another party", 13, "The Funder Foundation [funder]", withheld},
		{"remark", 14, "Please do not publish this.", func(a model.Agreement) bool { return a.Conditions != "" }},
		{"no without a title", 0, "", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			later := append([]string(nil), open...)
			later[row.column] = row.answer
			if row.holds == nil { // a no that does not tell to what
				later[2], later[6], row.holds = "", "No", withheld
			}
			for _, rows := range [][][]string{{open, later}, {later, open}} {
				r := read(t, sheetOf(head, rows...))
				require.Len(t, r.Examples, 2)
				for i, e := range r.Examples {
					if e.Agreements[0].Consent.Status == "given" {
						terms, err := model.Resolve(&e, time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC))
						require.NoError(t, err)
						assert.True(t, row.holds(e.Agreements[0]) || terms.Level == model.Withheld && row.column == 13, "row %d", r.Rows[i])
					}
				}
				assert.NotEmpty(t, r.Findings, "nobody is told")
			}
		})
	}
	r := read(t, sheetOf(head, open, open))
	for _, e := range r.Examples {
		require.Equal(t, model.Anonymous, e.Agreements[0].Level, "twice the same closes nothing")
		require.True(t, e.Agreements[0].Uses[model.UseGuidance])
	}
	other := append([]string(nil), open...)
	other[0], other[2], other[6] = "Soup", "We cooked for forty people on Fridays.", "No"
	r = read(t, sheetOf(head, open, other))
	require.Equal(t, model.Anonymous, r.Examples[0].Agreements[0].Level, "a no to another example")
	require.NotEmpty(t, r.Findings)
	other[0] = "Tea (withdrawn)"
	r = read(t, sheetOf(head, open, other))
	require.Equal(t, model.Withheld, r.Examples[0].Agreements[0].Level, "a title that says what the no is to")
}

// A yes that was struck through is none, and a no in brackets belongs to the whole option.
func TestRead_struck(t *testing.T) {
	head := []string{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	struck := "Y\u0336e\u0336s\u0336"
	r := read(t, sheetOf(head,
		[]string{"A", "Quux Trust", "We met.", "What we did, but not who we are", "As a source of guidance", "Everyone", struck},
		[]string{"B", "Quuz Trust", "We sang.", "What we did, but not who we are", "Counted, and told together with others (no)", "Everyone", "Yes"},
	))
	require.Equal(t, model.Withheld, r.Examples[0].Agreements[0].Level)
	require.False(t, r.Examples[1].Agreements[0].Uses[model.UseAggregate])
}
