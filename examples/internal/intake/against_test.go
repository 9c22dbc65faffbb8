// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// saidYes is a sheet of which each row says yes to everything, with one column more.
func saidYes(header string, cells ...string) intake.Table {
	head := []string{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", header}
	var rows [][]string
	for i, cell := range cells {
		n := string(rune('A'+i%26)) + string(rune('a'+i/26))
		rows = append(rows, []string{"Tea " + n, "Quux" + n + " Trust", "We met each month in hall " + n + ".", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", cell})
	}
	return sheetOf(head, rows...)
}

// held reports of each row whether its example may not be used, and that the list says so.
func held(t *testing.T, table intake.Table) (out []bool) {
	t.Helper()
	r := read(t, table)
	require.Len(t, r.Examples, len(table.Rows)-1)
	for i, e := range r.Examples {
		closed := slices.ContainsFunc(e.Agreements, func(a model.Agreement) bool {
			return a.Level == model.Withheld || a.Conditions != "" || a.Consent.Status != "given"
		})
		listed := slices.ContainsFunc(r.Findings, func(f intake.Finding) bool { return f.Row == r.Rows[i] && f.Unusable })
		assert.Equal(t, closed, listed, "row %d: a row is held and nobody is told, or told and not held", i)
		out = append(out, closed)
	}
	return out
}

// In a column about the agreement, under the form's heading or another, what says no or is
// not understood holds the row; what answers the question does not.
func TestRead_against(t *testing.T) {
	for _, row := range []struct {
		header string
		no     []string
		yes    []string
	}{
		{"When did you agree?", []string{"not yet", "never", "TBC", "refused", "withdrawn 3/5/26", "noch offen"}, []string{"2026-05-03", "3 May 2026", "", "-"}},
		{"Date of consent", []string{"refused", "awaiting", "not given", "withdrawn 3/5/26", "TBC"}, []string{"2026-05-03", "2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09", "2026-05-10", "2026-05-11", "2026-05-12", ""}},
		{"In which capacity did you agree?", []string{"not authorised", "without authority of the board"}, []string{"organisation-signatory", ""}},
		{"Where is the consent kept?", []string{"none given", "refused by phone 3 May", "TBC"}, []string{"Folder 3", "in the safe", ""}},
		{"Who signed for the party?", []string{"nobody yet", "unsigned", "not signed", "refused to sign"}, []string{"p-12", ""}},
		{"Signed by", []string{"nobody", "unsigned", "not signed", "refused to sign"}, []string{"A. Person", "B. Person", "C. Person", "D. Person", "E. Person", "F. Person"}},
		{"Which version of the terms was shown?", []string{"none shown"}, []string{"v2", ""}},
		{"Where does it stand in review?", []string{"rejected", "withdrawn"}, []string{""}},
		{"Which words must stand beside it?", []string{"None: do not publish"}, []string{"With thanks to the wards", ""}},
		{"May readers be put in touch with you?", []string{"we withdraw our consent"}, []string{"Yes", "No", ""}},
		{"How can the working group reach you?", []string{"withdrawn", "please do not use, ring first 01632 960001", "withdrawn by phone 3 May"}, []string{"a@b.example", "not on Mondays", ""}},
		{"Reference of the example", []string{"WITHDRAWN"}, []string{"ex-1"}},
		{"On whose behalf do you submit it?", []string{"withdrawn", "Please do not publish this"}, []string{"Zorblatt Trust", ""}},
	} {
		t.Run(row.header, func(t *testing.T) {
			got := held(t, saidYes(row.header, append(slices.Clone(row.no), row.yes...)...))
			for i, no := range row.no {
				assert.True(t, got[i], "%q opens", no)
			}
			for i, yes := range row.yes {
				assert.False(t, got[len(row.no)+i], "%q is held", yes)
			}
		})
	}
}
