// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// Columns whose headings say nothing are known by what they hold and where they stand, all
// together: of two columns of dates the one behind the story, with days to come, is until when
// it may be used; of two of names the one that holds bodies is who tells it.
func TestPropose_sheet(t *testing.T) {
	rows := [][]string{{"Timestamp", "Wibble", "Quux", "What did you do, step by step?", "Fnord", "Zorblatt", "Blurb", "What would you tell others?", "Plonk", "Grault"}}
	bodies := []string{"Marl Hospital", "Fells University", "Stour Alliance", "Pell Council", "Nierenverein Ost", "Association du Lac"}
	paid := []string{"£400", "about 1,000 euros", "no budget", "2.000 EUR", "$90", "300 €"}
	for i, body := range bodies {
		rows = append(rows, []string{
			fmt.Sprintf("2025-03-%02d 10:00:00", i+1), "The green " + []string{"door", "bench", "letter", "bus", "table", "lamp"}[i], body, fmt.Sprintf("We met %d times in the hall and wrote down what was said.", i+2),
			[]string{"2021", "since 2019", "May 2022 to June 2023", "2020-2021", "09/22", "18 months"}[i], paid[i], fmt.Sprintf("“I came %d times, and was heard.”", i+1),
			fmt.Sprintf("Ask at least %d people before you plan anything.", i+3), fmt.Sprintf("p%d@x.example, 0123 45678%d", i, i), []string{"2027", "no expiry", "31 December 2026", "2 years", "2028", "end of 2027"}[i],
		})
	}
	require.Equal(t, map[string]string{
		"Timestamp": Aside, "Wibble": "title", "Quux": "organisation", "What did you do, step by step?": "steps", "Fnord": "year", "Zorblatt": "resources", "Blurb": "quotes",
		"What would you tell others?": "lessons", "Plonk": "contact", "Grault": "expires",
	}, proposed(t, rows))
	r := readRows(t, rows)
	want := []string{"2027-01-01", "", "2026-12-31", "2027-03-04", "2028-01-01", "2027-12-31"}
	require.Len(t, r.Examples, len(want))
	for i, e := range r.Examples {
		require.Equal(t, want[i], e.Agreements[0].Expires)
		require.Equal(t, model.Withheld, e.Agreements[0].Level)
		require.Equal(t, []int{2021, 0, 2023, 2021, 2022, 0}[i], e.Context.Year)
	}
}

// A column that speaks of leave, and that its answers make likest until when it lasts,
// allows nothing until a person has said so.
func TestPropose_sheetLimits(t *testing.T) {
	heads := []string{"What is the example called?", "What did you do?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "Secret until"}
	rows := [][]string{heads}
	for i := range 5 {
		rows = append(rows, []string{fmt.Sprintf("Number %d", i), "We met.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", fmt.Sprintf("%d", 2030+i)})
	}
	table, err := NewTable(rows)
	require.NoError(t, err)
	m, err := Propose(table)
	require.NoError(t, err)
	last := &m.Columns[len(m.Columns)-1]
	require.Contains(t, []string{"conditions", "not_before", "expires"}, last.Question)
	last.Question, last.Why = "expires", "sheet"
	require.True(t, last.Unsure())
	r, err := Read(table, m, []byte("key"))
	require.NoError(t, err)
	for _, e := range r.Examples {
		require.Equal(t, model.Withheld, e.Agreements[0].Level)
	}
	last.Why = "given"
	r, err = Read(table, m, []byte("key"))
	require.NoError(t, err)
	for _, e := range r.Examples {
		require.Equal(t, model.Anonymous, e.Agreements[0].Level)
		require.NotEmpty(t, e.Agreements[0].Expires)
	}
}

// Of all ways to give columns questions the one is taken for which most speaks.
func TestAssigned(t *testing.T) {
	require.Equal(t, []string{"b", "a", ""}, assigned([]map[string]float64{{"a": 3, "b": 2.9}, {"a": 2.8}, {"a": 1, "b": 1}}, []string{"a", "b"}))
	require.Equal(t, []string{""}, assigned([]map[string]float64{{}}, nil))
	require.Empty(t, assigned(nil, []string{"a"}))
}

// readRows reads rows, the headings first, by the mapping that is proposed and by what a
// person said that answers mean.
func readRows(t *testing.T, rows [][]string, meant ...Meant) Result {
	t.Helper()
	table, err := NewTable(rows)
	require.NoError(t, err)
	m, err := Propose(table)
	require.NoError(t, err)
	m.Meant = meant
	r, err := Read(table, m, []byte("key"))
	require.NoError(t, err)
	return r
}

// Until when, as people say it: the day that allows least.
func TestRun_term(t *testing.T) {
	r := &run{sent: "2025-03-31"}
	for said, want := range map[string]string{
		"2028": "2028-01-01", "until 2028": "2028-01-01", "bis Juni 2027": "2027-06-01", "12/2026": "2026-12-01", "2027-05": "2027-05-01", "jusqu'à mars 2027": "2027-03-01",
		"2 years": "2027-03-31", "for one year": "2026-03-31", "6 Monate": "2025-10-01", "zwei Jahre": "2027-03-31", "2 ans": "2027-03-31",
		"no expiry": "", "unbefristet": "", "sans limite": "",
	} {
		got, ok := r.term("expires", said)
		require.True(t, ok, said)
		require.Equal(t, want, got, said)
	}
	for _, said := range []string{"until they leave school", "when the trial ends", "no", "not without limits", "never say never before 2027", "ask me", "3 weeks", "2 or 3 years", "2026 or 2027", "no expiry but not after 2027"} {
		_, ok := r.term("expires", said)
		require.False(t, ok, said)
	}
	from, ok := r.term("not_before", "2028")
	require.True(t, ok)
	require.Equal(t, "2028-12-31", from)
	_, ok = (&run{}).term("expires", "2 years")
	require.False(t, ok, "from when, nobody says")
	_, ok = r.term("not_before", "never")
	require.False(t, ok)
}

// A column beside those on what may be done that names who has still to say yes, or says what
// must not be, holds back, whatever its heading.
func TestPropose_holdsBack(t *testing.T) {
	heads := []string{"What is the example called?", "What did you do?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "Zorblatt", "Fnord"}
	rows := [][]string{heads}
	for i := range 6 {
		rows = append(rows, []string{
			fmt.Sprintf("Number %d", i), "We met.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes",
			[]string{"nobody", "the director", "Head of press", "none", "nobody", "our lawyer"}[i], []string{"no photos", "the ward not", "keine Namen", "nothing without the film", "no town", "not the year"}[i],
		})
	}
	got := proposed(t, rows)
	require.Equal(t, "conditions", got["Zorblatt"])
	require.Equal(t, "conditions", got["Fnord"])
}

// Where several countries are told none is the country, and the work is one of several.
func TestRead_countries(t *testing.T) {
	rows := [][]string{{"What is the example called?", "In which country?"}, {"One", "Belgium and Netherlands"}, {"Two", "France/Belgium"}, {"Three", "whole Europe"}, {"Four", "Wales"}, {"Five", "Wibble"}}
	r := readRows(t, rows)
	for i, e := range r.Examples {
		require.Equal(t, []string{"", "", "", "GB-WLS", ""}[i], e.Context.Jurisdiction)
		require.Equal(t, []model.Code{"sc:multinational", "sc:multinational", "sc:multinational", "", ""}[i], e.Context.Scale)
	}
	n := 0
	for _, f := range r.Findings {
		if f.Row > 0 && f.Question == Label("country") {
			n++
		}
	}
	require.Equal(t, 1, n)
}

// How far somebody agrees with a statement is no leave, and how hard something was limits
// nothing, whatever words their headings hold.
func TestRead_degrees(t *testing.T) {
	heads := []string{"What is the example called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree? [We were heard]", "Do you agree? [The tea was good]", "How was it? - To find a room", "How was it? - To have it published"}
	rows := [][]string{heads}
	for i := range 8 {
		agree, hard := []string{"strongly agree", "rather agree", "neither", "disagree"}, []string{"very hard", "rather hard", "easy"}
		rows = append(rows, []string{fmt.Sprintf("Number %d", i), "What we did, but not who we are", "As a source of guidance", "Everyone", agree[i%4], agree[(i+1)%4], hard[i%3], hard[(i+1)%3]})
	}
	got := proposed(t, rows)
	for _, head := range heads[4:] {
		require.NotContains(t, []string{"consent", "conditions", "contact_allowed"}, got[head], head)
	}
	r := readRows(t, rows)
	for _, e := range r.Examples {
		require.NotEqual(t, "given", e.Agreements[0].Consent.Status)
	}
}
