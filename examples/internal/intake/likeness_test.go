// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

func sheetOf(heads []string, rows ...[]string) intake.Table {
	t := intake.Table{Rows: []intake.Row{{Number: 1, Cells: heads}}}
	for i, r := range rows {
		t.Rows = append(t.Rows, intake.Row{Number: i + 2, Cells: r})
	}
	return t
}

// A heading that no phrase names is known by its likeness to others, in each language,
// where the answers can be to its question. What opens something must be very like; what
// asks nothing of the form stays aside.
func TestPropose_likeness(t *testing.T) {
	prose := []string{
		"We met each month in the library and wrote down what people said.",
		"Two nurses rang everybody before the first evening.",
		"A leaflet was written anew with six families.",
		"We paid the fares on the day and kept a chair free.",
	}
	for _, c := range []struct {
		header, want, reason string
		answers              []string
	}{
		{"Jakie kroki zostały podjęte w ramach działania?", "steps", "Polish, other forms of known words", prose},
		{"Quali criticita avevate riscontrato?", "challenges", "Italian, without its accent", prose},
		{"Hvad var vigtigt?", intake.Account, "Danish is no language of the form; its sentences are read as they stand", prose},
		{"Newsletter?", intake.Aside, "asks nothing of the form", []string{"Yes", "No", "Yes", "Yes"}},
		{"Do you agree to the terms on data protection?", intake.Aside, "no consent to what the form asks", []string{"Yes", "Yes", "Yes", "Yes"}},
		{"Zgoda na przetwarzanie danych osobowych", intake.Aside, "nor in Polish", []string{"Tak", "Tak", "Tak", "Tak"}},
		{"Numero dei partecipanti", intake.Aside, "a number is nobody who took part", []string{"12", "40", "7", "22"}},
		{"Names of persons to be protected", "other_names", "narrows: better read than set aside", []string{"", "Mrs Ferrant", "", ""}},
		{"Whcih orgnisation are you from?", "organisation", "slips of the pen", []string{"Amber Trust", "Bell Charity", "Cole Hospital", "Dale Council"}},
	} {
		var rows [][]string
		for _, a := range c.answers {
			rows = append(rows, []string{a, "x"})
		}
		m, err := intake.Propose(sheetOf([]string{c.header, "y"}, rows...))
		require.NoError(t, err)
		got := m.Columns[0].Question
		if c.want == intake.Aside && got == "conditions" {
			got = intake.Aside // which a person reads before anything is used
		}
		assert.Equal(t, c.want, got, "%s: %s", c.header, c.reason)
	}
}

// A word in which one letter went wrong is read as the one that was meant; where two may
// have been, or it is another word or another form of one, it is listed.
func TestRead_slips(t *testing.T) {
	rows := [][]string{
		{"A", "Housing asociation", "Ptaients", "1"},
		{"B", "Patinet organisation", "Voluntears", "2"},
		{"C", "Univeristy", "Kliniken", "3"},
		{"D", "Charity", "Patents", "4"},
	}
	r := readRows(t, []string{"Organisation", "Type of organisation", "Who was involved?", "What did you do?"}, rows)
	var types, groups []string
	for _, e := range r.Examples {
		types = append(types, string(e.Parties[0].Type))
		groups = append(groups, string(e.Stakeholders[0].Group))
	}
	assert.Equal(t, []string{"ot:other", "ot:patient-organisation", "ot:university-or-research-institute", "ot:charity"}, types)
	assert.Equal(t, []string{"st:patient", "st:volunteer", "st:unknown", "st:unknown"}, groups)
}

// The lines of a matrix are the groups that took part, of whichever tool it is; who did
// not is not among them.
func TestRead_matrices(t *testing.T) {
	for _, heads := range [][]string{
		{"Organisation", "What did you do?", "Who took part? [Patients]", "Who took part? [Nurses]", "Who took part? [Doctors]"},
		{"Organisation", "What did you do?", "Who took part? - Patients", "Who took part? - Nurses", "Who took part? - Doctors"},
	} {
		r := readRows(t, heads, [][]string{
			{"A", "met", "Led it", "Not at all", "Were asked"},
			{"B", "wrote", "Were asked", "", "Not at all"},
			{"C", "rang", "Led it", "Led it", "None"},
		})
		var got []int
		for _, e := range r.Examples {
			got = append(got, len(e.Stakeholders))
		}
		assert.Equal(t, []int{2, 1, 2}, got, heads[2])
	}
}

func readRows(t *testing.T, heads []string, rows [][]string) intake.Result {
	t.Helper()
	table := sheetOf(heads, rows...)
	m, err := intake.Propose(table)
	require.NoError(t, err)
	r, err := intake.Read(table, m, []byte("key"))
	require.NoError(t, err)
	require.Len(t, r.Examples, len(rows))
	return r
}
