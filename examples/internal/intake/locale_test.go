// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// What is answered from the lists of the short form is read back in each language:
// every question, every option.
func TestShortForm(t *testing.T) {
	require.Len(t, intake.FormLocales(), 9)
	for _, locale := range intake.FormLocales() {
		t.Run(locale, func(t *testing.T) {
			questions, ok := intake.Form(locale, true)
			require.True(t, ok)
			require.Len(t, questions, 13)
			for _, level := range questions[8].Options {
				var head, cells []string
				for _, q := range questions {
					head = append(head, q.Label)
					cell := "Wibble"
					switch {
					case q.ID == "confidentiality":
						cell = level.Label
					case q.Kind == model.AskChoices:
						var all []string
						for _, o := range q.Options {
							all = append(all, o.Label)
						}
						cell = strings.Join(all, "\n")
					case len(q.Options) > 0:
						cell = q.Options[len(q.Options)-1].Label
						if q.ID == "consent" {
							cell = q.Options[0].Label
						}
					}
					cells = append(cells, cell)
				}
				table, err := intake.NewTable([][]string{head, cells})
				require.NoError(t, err)
				m, err := intake.Propose(table)
				require.NoError(t, err)
				for i, c := range m.Columns {
					require.Equal(t, questions[i].ID, c.Question)
					require.Equal(t, "header", c.Why)
				}
				r := read(t, table)
				require.Len(t, r.Examples, 1)
				a := r.Examples[0].Agreements[0]
				require.Equal(t, level.Value, a.Level.String())
				require.Equal(t, "given", a.Consent.Status)
				require.Equal(t, model.Everyone, a.Audience)
				require.Len(t, a.Uses, 9)
			}
		})
	}
	_, ok := intake.Form("tlh", true)
	require.False(t, ok)
}

// The whole form is read back in each language: every question by its own words, and
// every option that it offers. The row that shows how it is answered is passed over,
// and is nobody's agreement where it was only half replaced.
func TestForm(t *testing.T) {
	for i, locale := range intake.FormLocales() {
		if testing.Short() && i > 1 {
			break
		}
		t.Run(locale, func(t *testing.T) {
			questions, ok := intake.Form(locale, false)
			require.True(t, ok)
			require.Len(t, questions, 61)
			shown := intake.ExampleRow(locale)
			most := 0
			var head, example []string
			for _, q := range questions {
				require.NotEmpty(t, q.Label)
				head = append(head, q.Label)
				example = append(example, shown[q.ID])
				most = max(most, len(q.Options))
			}
			require.Greater(t, most, 20)
			rows := [][]string{head, example}
			for n := range most {
				row := make([]string, len(head))
				row[0] = "Wibble " + strconv.Itoa(n)
				for i, q := range questions {
					if n < len(q.Options) {
						row[i] = q.Options[n].Label
					}
				}
				rows = append(rows, row)
			}
			titled := slices.Clone(example) // of which only the title was replaced
			titled[0] = "Wibble"
			rows = append(rows, titled)
			half := slices.Clone(rows[2])
			half[0], half[8], half[11] = example[0], questions[8].Options[4].Label, questions[11].Options[0].Label
			rows = append(rows, half)
			table, err := intake.NewTable(rows)
			require.NoError(t, err)
			m, err := intake.Propose(table)
			require.NoError(t, err)
			require.Len(t, m.Columns, len(questions))
			for i, c := range m.Columns {
				require.Equal(t, questions[i].ID, c.Question)
				require.Equal(t, "header", c.Why)
			}
			r := read(t, table)
			passed, kept := 0, 0
			for _, f := range r.Findings {
				require.NotContains(t, f.Fault, "none of the options", "%s, row %d", f.Question, f.Row)
				if strings.Contains(f.Fault, "own example; passed over") {
					require.Equal(t, 2, f.Row)
					passed++
				}
				if strings.Contains(f.Fault, "title of the form’s own example") {
					require.Equal(t, len(rows), f.Row)
					kept++
				}
			}
			require.Equal(t, 1, passed)
			require.Equal(t, 1, kept)
			require.Len(t, r.Examples, most+2)
			require.Empty(t, r.Examples[most].Steps)
			require.Empty(t, r.Examples[most].Challenges)
			require.Equal(t, model.Withheld, r.Examples[most+1].Agreements[0].Level)
		})
	}
}
