// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// Names of people, of organisations and e-mail addresses are kept out of every text,
// whatever the column is called that holds them, and also where it is kept aside. What
// somebody does, who is named beside it, is no name.
func TestRead_namesAside(t *testing.T) {
	for _, c := range []struct{ header, cell, question, want, not string }{
		{"Your name and role", "Dr Ingrid Vasseur, Patient Engagement Lead", intake.Person, "Dr Ingrid Vasseur", "Patient Engagement Lead"},
		{"Your name and role", "Maureen O'Hallaghan (chair)", intake.Person, "Maureen O'Hallaghan", "chair"},
		{"Nom et fonction", "Delphine Carrouge, cheffe de projet", intake.Person, "Delphine Carrouge", "cheffe de projet"},
		{"Imię i nazwisko", "Tomasz Wilkowski", intake.Person, "Tomasz Wilkowski", ""},
		{"Ihr Name", "Greta Lindqvist", intake.Person, "Greta Lindqvist", ""},
		{"Enw a swydd", "Owain Tredegar, rheolwr", intake.Person, "Owain Tredegar", "rheolwr"},
		{"Completed by", "Paul Adeyinka-Frost", intake.Person, "Paul Adeyinka-Frost", ""},
		{"Line manager to copy in", "Dr Kelly Prewett", intake.Aside, "Kelly Prewett", ""},
		{"Zzz", "kelly.prewett@wexmoor.example", intake.Aside, "kelly.prewett@wexmoor.example", ""},
		{"Internal cc", "Wexmoor Hospital NHS Trust", intake.Aside, "Wexmoor Hospital NHS Trust", ""},
	} {
		table := sheetOf([]string{"What is the example called?", "What is your organisation called?", "What did you do?", c.header},
			[]string{"One", "Zorblatt Trust", "We met each month in the hall.", c.cell}, []string{"Two", "Quuxmead Forum", "We wrote a letter to everybody.", ""})
		m, err := intake.Propose(table)
		require.NoError(t, err)
		assert.Equal(t, c.question, m.Columns[3].Question, c.header)
		r, err := intake.Read(table, m, []byte("key"))
		require.NoError(t, err)
		var names []string
		for _, p := range r.Examples[0].Parties {
			for _, id := range p.Identities {
				names = append(names, string(id.Name))
			}
		}
		assert.True(t, strings.Contains(strings.Join(names, "\n"), c.want), c.header)
		if c.not != "" {
			assert.NotContains(t, names, c.not, c.header)
		}
	}
}

// An answer that says in one breath whether, to whom and how an example may be told is
// read whole: beside a column of its own it narrows only, and what takes somebody out of
// everybody is not understood.
func TestRead_breath(t *testing.T) {
	form := []string{"What is the example called?", "What is your organisation called?", "What may it be used for?", "May we share your example?"}
	for _, c := range []struct{ cell, readers, level, audience, consent string }{
		{"Yes, share with everyone but without my name", "", "anonymous", "public", "given"},
		{"Yes, share with everyone but without my name", "Members", "anonymous", "members", "given"},
		{"Yes, anonymously, members only", "Everyone", "anonymous", "members", "given"},
		{"Yes, everyone but members", "", "withheld", "working-group", ""},
		{"No, please don't share", "", "", "working-group", "declined"},
	} {
		heads, row := append([]string(nil), form...), []string{"One", "Zorblatt Trust", "As a source of guidance", c.cell}
		if c.readers != "" {
			heads, row = append(heads, "Who may read what comes of it?"), append(row, c.readers)
		}
		r := readRows(t, heads, [][]string{row, row[:1]})
		a := r.Examples[0].Agreements[0]
		assert.Equal(t, c.consent, a.Consent.Status, c.cell)
		assert.Equal(t, c.audience, a.Audience.String(), c.cell)
		if c.level != "" {
			assert.Equal(t, c.level, a.Level.String(), c.cell)
		}
	}
}
