// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
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
			questions, ok := intake.ShortForm(locale)
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
	_, ok := intake.ShortForm("tlh")
	require.False(t, ok)
}
