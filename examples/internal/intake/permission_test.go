// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

func proposed(t *testing.T, rows ...[]string) (map[string]string, intake.Result) {
	t.Helper()
	table, err := intake.NewTable(rows)
	require.NoError(t, err)
	m, err := intake.Propose(table)
	require.NoError(t, err)
	got := map[string]string{}
	for _, c := range m.Columns {
		got[c.Letter] = c.Question
	}
	return got, read(t, table)
}

// A column that limits what may be done, in words that no question has, is not set
// aside: its answers are conditions that a person must read first.
func TestRead_permission(t *testing.T) {
	got, r := proposed(t,
		[]string{"What is the example called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "Is it all right to publish the wibble?", "Wird es in Quux veröffentlicht?", "May we contact you about the wibble?"},
		[]string{"One", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", "Only the second half of it", "Nicht vor dem Sommer", "Yes"},
		[]string{"Two", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", "", "n/a", "No"},
	)
	require.Equal(t, "conditions", got["F"])
	require.Equal(t, "conditions", got["G"])
	require.NotEqual(t, "conditions", got["H"])
	require.Len(t, r.Examples, 2)
	require.Equal(t, model.Raw("Is it all right to publish the wibble?: Only the second half of it\nWird es in Quux veröffentlicht?: Nicht vor dem Sommer"), r.Examples[0].Agreements[0].Conditions)
	require.Empty(t, r.Examples[1].Agreements[0].Conditions)
}

// How long a permission lasts is no consent, though its answers begin with "no".
func TestRead_permissionLasts(t *testing.T) {
	got, r := proposed(t,
		[]string{"What is the example called?", "For how long does your permission last?"},
		[]string{"One", "No end"}, []string{"Two", "No end at all"}, []string{"Three", "Two years"},
	)
	require.Equal(t, "expires", got["B"])
	for _, e := range r.Examples { // until a person has said that it is
		require.Empty(t, e.Agreements[0].Consent.Status)
		require.Equal(t, model.Withheld, e.Agreements[0].Level)
	}
}

// "At least three others" are four with the one who answers.
func TestRead_narrower(t *testing.T) {
	for header, want := range map[string]int{"Minimum number of other organisations": 4, "Minimum number of organisations": 3, "Mindestens so vielen anderen Vereinen": 4} {
		got, r := proposed(t, []string{"What is the example called?", header}, []string{"One", "3"}, []string{"Two", "0"}, []string{"Three", "3.0"})
		require.Equal(t, "k", got["B"], header)
		require.Equal(t, want, r.Examples[0].Agreements[0].K, header)
		require.Equal(t, want, r.Examples[2].Agreements[0].K, header)
		require.Zero(t, r.Examples[1].Agreements[0].K)
	}
}

// What several columns say of one question is put together; what is written beside a
// list is the list's; a contact's name is kept out of every text.
func TestRead_together(t *testing.T) {
	got, r := proposed(t,
		[]string{"What is the example called?", "Barriers", "barriers_oth", "A few words on the obstacles encountered", "Contact person", "Contact email", "G02Q06[SQ001]. Was wollten Sie erreichen? [Mehr Wibble]", "G02Q06[SQ002]. Was wollten Sie erreichen? [Mehr Quux]", "submitdate. Datum Abgeschickt"},
		[]string{"One", "The hall was shut.", "Nobody had a key.", "It rained for a week.", "Jo Bright, 0123 456789", "jo@x.example", "Ja", "Ja", "2026-01-02"},
		[]string{"Two", "The bus was late.", "", "", "Al Green", "al@x.example", "", "Ja", "2026-01-02"},
	)
	require.Equal(t, map[string]string{"A": "title", "B": "challenges", "D": "challenges", "E": "person", "F": "contact", "G": "objectives", "I": intake.Aside}, got)
	e := r.Examples[0]
	require.Len(t, e.Challenges, 3)
	require.Len(t, e.Objectives, 2)
	names := map[string]bool{}
	for _, p := range e.Parties {
		for _, id := range p.Identities {
			names[string(id.Name)] = true
		}
	}
	require.True(t, names["Jo Bright"], "without its telephone number")
	require.True(t, names["jo@x.example"])
}
