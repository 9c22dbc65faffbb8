// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// What explains an option of a form is nobody's account: of who ticked "Review of
// documents (protocol, lay summary)" nobody knows that there was a lay summary. What
// one person wrote in brackets is their own.
func TestRead_explainedOptions(t *testing.T) {
	const review = "Reading of papers (protocol, lay summary, consent form)"
	for _, row := range []struct {
		name  string
		cells []string
		want  []string // the first step of each row
	}{
		{"ticked alone", []string{review, review}, []string{"Reading of papers", "Reading of papers"}},
		{"ticked with others", []string{"Sitting on boards, " + review, review + ", Talking to people (by telephone)"}, []string{"Sitting on boards, Reading of papers", "Reading of papers, Talking to people (by telephone)"}},
		{"own words", []string{"We paid for travel (bus, taxi)", "We met (twice)"}, []string{"We paid for travel (bus, taxi)", "We met (twice)"}},
		{"nothing else", []string{"(by hand)", "(by hand)"}, []string{"(by hand)", "(by hand)"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			rows := [][]string{{"What is the example called?", "What did you do?", "Do you agree to this use?"}}
			for i, cell := range row.cells {
				rows = append(rows, []string{"Example " + string(rune('A'+i)), cell, "Yes"})
			}
			table, err := intake.NewTable(rows)
			require.NoError(t, err)
			m, err := intake.Propose(table)
			require.NoError(t, err)
			r, err := intake.Read(table, m, []byte("key"))
			require.NoError(t, err)
			var got []string
			for _, e := range r.Examples {
				got = append(got, string(e.Steps[0].Text.Value))
			}
			require.Equal(t, row.want, got)
		})
	}
}
