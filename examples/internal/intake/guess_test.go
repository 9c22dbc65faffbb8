// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// An option in somebody's own words is read as the concept that it is about, where no other is
// nearly as near, and listed; one that denies, says something, or is near two is none.
func TestGuess(t *testing.T) {
	for _, row := range []struct{ question, said, want string }{
		{"organisation_type", "A company that makes medicines", "ot:pharmaceutical-company"},
		{"lifecycle", "Setting the questions", "lc:"},
		{"stakeholders", "healthcare assistants", "st:health-care-staff"},
		{"organisation_type", "no company that makes medicines", ""},
		{"organisation_type", "The company is making medicines", ""},
		{"organisation_type", "Wibble fnord", ""},
		{"organisation_type", "Other", ""},
		{"organisation_type", "?", ""},
		{"stakeholders", "things", ""},
	} {
		q, ok := question(row.question)
		require.True(t, ok)
		got := guess(q, row.said)
		if row.question == "lifecycle" {
			assert.True(t, strings.HasPrefix(got, "lc:"), "%s: %s", row.said, got)
			continue
		}
		assert.Equal(t, row.want, got, row.said)
	}
}

// Of what may be done nothing is guessed, however near it is; what is not decided is said to
// be so, and withheld.
func TestGuess_neverLeave(t *testing.T) {
	for _, q := range form() {
		if agrees(&q) || limits(&q) || opens(&q) {
			for _, o := range q.Options {
				assert.Empty(t, guess(&q, "quite "+o.Label), q.ID)
			}
			assert.Empty(t, guess(&q, "yes of course"), q.ID)
		}
	}
	rows := [][]string{{"What is the example called?", "Do you agree to this use?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?"}}
	for _, said := range []string{"not sure yet", "Weiß nicht", "nous demander avant", "ask me first", "weet ik niet", "vet inte", "check with the director"} {
		rows = append(rows, []string{"A title " + said, said, "What we did, but not who we are", "As a source of guidance", "Everyone"})
	}
	r := readRows(t, rows)
	require.Len(t, r.Examples, len(rows)-1)
	for i, e := range r.Examples {
		require.Equal(t, model.Withheld, e.Agreements[0].Level, rows[i+1][1])
		require.True(t, slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Row == r.Rows[i] && strings.HasPrefix(f.Fault, notDecided) }), rows[i+1][1])
	}
}

// What is guessed is listed with what it was read as, offered to a person, and the person's
// word stands before it.
func TestRead_guessed(t *testing.T) {
	rows := [][]string{{"What is the example called?", "At which stage?", "Who was involved?"}}
	for i := range 3 {
		rows = append(rows, []string{fmt.Sprintf("Number %d", i), "Setting the questions", "9 patients, people who had complained, 12"})
	}
	r := readRows(t, rows)
	e := r.Examples[0]
	require.Len(t, e.Lifecycle, 1)
	q, _ := question("lifecycle")
	require.Equal(t, guess(q, "Setting the questions"), string(e.Lifecycle[0]))
	require.Len(t, e.Stakeholders, 2)
	require.Equal(t, model.Code("st:patient"), e.Stakeholders[0].Group)
	require.Equal(t, model.Code("st:community-member-or-public"), e.Stakeholders[1].Group)
	require.Equal(t, 2, len(slices.DeleteFunc(r.Findings, func(f Finding) bool { return f.Row != 2 || !strings.Contains(f.Fault, "likest") })))
	require.Len(t, r.Unheard, 2)
	another := Allowed(q, 1)[0]
	meant, fault := meantBy("lifecycle", "setting the questions", another)
	require.Empty(t, fault)
	r = readRows(t, rows, meant)
	require.Equal(t, []model.Code{model.Code(meant.values[0])}, r.Examples[0].Lifecycle)
}

// What an option of a questionnaire's own list means is asked, and read once a person has said
// it.
func TestRead_ownListMeant(t *testing.T) {
	rows := [][]string{{"What is the example called?", "What stood in the way?"}}
	for i := range 8 {
		rows = append(rows, []string{fmt.Sprintf("Number %d", i), []string{"Fnords, Blurbs", "Fnords", "Blurbs, Quuxes", "Quuxes, Fnords"}[i%4]})
	}
	r := readRows(t, rows)
	require.True(t, slices.ContainsFunc(r.Unheard, func(m Meant) bool { return m.Question == "challenges" && m.Said == "Fnords" }))
	q, _ := question("challenges")
	label := Allowed(q, 1)[0]
	meant, fault := meantBy("challenges", "fnords", label)
	require.Empty(t, fault)
	r = readRows(t, rows, meant)
	require.Equal(t, model.Code(meant.values[0]), r.Examples[0].Challenges[0].Code)
	require.False(t, slices.ContainsFunc(r.Unheard, func(m Meant) bool { return m.Said == "Fnords" }))
}

// An option with its code in brackets is that concept, also where several rows chose it.
func TestRead_ownListCoded(t *testing.T) {
	q, _ := question("challenges")
	id := labels()[q.Scheme][key(Allowed(q, 1)[0])]
	rows := [][]string{{"What is the example called?", "What stood in the way?"}}
	for i := range 8 {
		rows = append(rows, []string{fmt.Sprintf("Number %d", i), []string{"Fnords [" + id + "], Blurbs", "Fnords [" + id + "]", "Blurbs, Quuxes", "Quuxes, Fnords [" + id + "]"}[i%4]})
	}
	r := readRows(t, rows)
	require.Equal(t, model.Code(id), r.Examples[0].Challenges[0].Code)
	require.Equal(t, model.Raw("Fnords"), r.Examples[0].Challenges[0].AsWritten)
	require.False(t, slices.ContainsFunc(r.Unheard, func(m Meant) bool { return strings.HasPrefix(m.Said, "Fnords") }))
}

// Sentences that answer no question go to the account, from which reading fills the rest; what
// limits, or says who somebody is, does not.
func TestPropose_rest(t *testing.T) {
	rows := [][]string{{"What is the example called?", "Zorblatt fnord", "What did you do, step by step?", "What came of it?", "Quuxly grault", "What may nobody ever print of this?"}}
	for i := range 6 {
		rows = append(rows, []string{
			fmt.Sprintf("Number %d", i), "Our town has 300 benches and it rains on all of them, says the paper.", fmt.Sprintf("We met %d times in the hall.", i+2), fmt.Sprintf("%d more people came than in the year before.", i),
			fmt.Sprintf("There were %d of us from the choir, and the mayor with a dog that sang.", i), fmt.Sprintf("Nobody must read of the %d people in the choir.", i),
		})
	}
	got := proposed(t, rows)
	require.NotEqual(t, Aside, got["Quuxly grault"])
	require.NotContains(t, []string{Account, "steps", "outcomes", "lessons", "challenges", "objectives"}, got["What may nobody ever print of this?"])
}
