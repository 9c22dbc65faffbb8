// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// What was sent twice is named by its rows, whoever it is from, and so are
// organisations that look like one; what only begins alike is neither.
func TestRead_repeats(t *testing.T) {
	const story = "Patients told us that our appointment letters were full of jargon, so twelve of them rewrote every letter with us over three workshops."
	const another = "Nobody came to our evening meetings, since patients on dialysis are tired at night, so two volunteers sat with people in the ward."
	rows := [][]string{
		{"What is your organisation called?", "What is the example called?", "What did you do, step by step?", "How can the working group reach you?"},
		{"Quuxmead NHS Trust", "Letters", story, "a@quuxmead.example.net.uk"},
		{"Zorblatt Pharma", "Tea", another, "b@zorblatt.eu"},
		{"Quuxmead NHS Trust", "Letters", story, "a@quuxmead.example.net.uk"},
		{"Wexmoor Kidney Friends", "Letters again", story + " We would do it again.", "c@wexmoor.eu"},
		{"Zorblatt Pharma UK Ltd", "Something else", "We went to see them.", "d@other.eu"},
		{"Ostvik Region", "Once more", "We asked.", "e@zorblatt.eu"},
		{"Tidewater Carers", "Letters", "Patients told us that our letters were good.", "f@tidewater.eu"},
	}
	table, err := intake.NewTable(rows)
	require.NoError(t, err)
	m, err := intake.Propose(table)
	require.NoError(t, err)
	result, err := intake.Read(table, m, nil)
	require.NoError(t, err)
	got := map[int]string{}
	for _, f := range result.Findings {
		if f.Row > 0 && (strings.Contains(f.Fault, "nearly the same") || strings.Contains(f.Fault, "looks like")) {
			require.Empty(t, got[f.Row], "once a row")
			require.False(t, f.Unusable)
			require.NotContains(t, f.Fault, "Quuxmead")
			got[f.Row] = f.Fault
		}
	}
	require.Len(t, got, 4)
	require.Contains(t, got[4], "the same as row 2")
	require.Contains(t, got[5], "the same as row 2")
	require.Contains(t, got[6], "that of row 3, by its name")
	require.Contains(t, got[7], "that of row 3, by its e-mail address")
}

// What people put above the headings, merged across columns or not, is no heading,
// and what they put below the answers no example.
func TestRead_headingsBelowTitles(t *testing.T) {
	headings := []string{"ID", "E-Mail", "Ihre Organisation / Your organisation", "Titel / Title", "Was war das Problem? / What was the problem?", "Was haben Sie gemacht? / What did you do?", "Dürfen wir Ihr Beispiel verwenden? / May we use your example?", "Bis wann? / Until when?"}
	answers := [][]string{
		{"1", "a@example.org", "Wexmoor", "Tea", "Nobody came to the meetings.", "We went to them.", "Ja", "47848"},
		{"2", "b@example.org", "Zorblatt", "Cake", "The letters had a problem with jargon.", "We rewrote them. What did you do?", "Tak", "01.12.2031"},
	}
	for name, above := range map[string][][]string{
		"nothing":            nil,
		"a title":            {{"Patient engagement examples 2026"}},
		"a title and groups": {{"Praxisbeispiele 2026", "", "", "", "", "", "", ""}, {"(auto)", "", "About you", "Your example", "", "", "Consent", ""}},
		"groups":             {{"", "", "About you", "Your example", "", "", "Consent", ""}},
		"notes":              {{"Exported on 2026-11-28"}, {""}, {"Do not forward", "confidential"}},
	} {
		t.Run(name, func(t *testing.T) {
			rows := append(append(slices.Clone(above), headings), answers...)
			rows = append(rows, []string{""}, []string{"Ende der Liste"})
			table, err := intake.NewTable(rows)
			require.NoError(t, err)
			m, err := intake.Propose(table)
			require.NoError(t, err)
			require.Len(t, m.Columns, len(headings))
			for i, q := range []string{"id", "contact", "organisation", "title", "challenges", "steps", "consent", "expires"} {
				require.Equal(t, q, m.Columns[i].Question, "column %d", i)
			}
			result, err := intake.Read(table, m, nil)
			require.NoError(t, err)
			require.Len(t, result.Examples, 2)
			require.Equal(t, []int{len(above) + 2, len(above) + 3}, result.Rows)
			require.Equal(t, "2030-12-31", result.Examples[0].Agreements[0].Expires)
			require.True(t, slices.ContainsFunc(result.Findings, func(f intake.Finding) bool {
				return f.Row == len(rows) && strings.Contains(f.Fault, "passed over") && !f.Unusable
			}))
		})
	}
}

// What is meant is offered in whatever language it was written; who says what must not
// be is offered nothing that may be.
func TestRead_nearest(t *testing.T) {
	nearest := func(question, answer string) []string {
		table, err := intake.NewTable([][]string{{"title", question}, {"x", answer}, {"y", answer}})
		require.NoError(t, err)
		m, err := intake.Propose(table)
		require.NoError(t, err)
		r, err := intake.Read(table, m, nil)
		require.NoError(t, err)
		for _, f := range r.Findings {
			if f.Row == 2 && f.Was != "" {
				return f.Nearest
			}
		}
		return nil
	}
	require.Contains(t, nearest("What may it be used for?", "als Quelle für Leitfäden und Ähnliches"), "As a source of guidance")
	require.NotContains(t, nearest("How may this example be told?", "All but our name"), "With our name, once we have approved the text")
	require.Contains(t, nearest("What may it be used for?", "jako źródło dla innych"), "As a source of guidance")
	require.NotContains(t, nearest("How may this example be told?", "nicht mit unserem Namen"), "With our name, once we have approved the text")
	require.NotContains(t, nearest("How may this example be told?", "pas avec notre nom"), "With our name, once we have approved the text")
}
