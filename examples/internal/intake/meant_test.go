// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// An answer that was not understood goes out with the mapping; what a person writes beside
// it is read in this export and in the next, in each row and part of a cell that says so.
func TestMapping_meant(t *testing.T) {
	heads := []string{"What is the example called?", "What is your organisation called?", "Type of organisation", "Who took part?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	row := func(kind, who, told, agree string) []string {
		return []string{"A title " + kind, "Zorblatt Trust", kind, who, "We met each month.", told, "As a source of guidance", "Members", agree}
	}
	sheet := sheetOf(heads, row("Wibblery", "Patients, snorks", "as per the mouse", "when the cows come home"), row("Charity", "snorks", "What we did, but not who we are", "Yes"))
	m, err := intake.Propose(sheet)
	require.NoError(t, err)
	r, err := intake.Read(sheet, m, []byte("key"))
	require.NoError(t, err)
	require.Equal(t, model.Withheld, r.Examples[0].Agreements[0].Level)
	m.Meant = r.Unheard
	var b bytes.Buffer
	require.NoError(t, m.Write(&b))
	fill := func(question, said, means string) {
		line := "answer," + said + "," + question + ",,,"
		require.Equal(t, 1, strings.Count(b.String(), line), said)
		was := b.String()
		b.Reset()
		b.WriteString(strings.Replace(was, line, "answer,"+said+","+question+",,"+means+",", 1))
	}
	again, err := intake.Propose(sheet)
	require.NoError(t, err)
	same, err := again.Correct(bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	require.Empty(t, same.Meant, "a question that nobody answered")
	fill("organisation_type", "Wibblery", "University or research institute")
	fill("stakeholders", "snorks", "Nurse")
	fill("confidentiality", "as per the mouse", `"Only in totals, together with others"`)
	fill("consent", "when the cows come home", "No")
	again, err = again.Correct(bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	require.Len(t, again.Meant, 4)
	r, err = intake.Read(sheet, again, []byte("key"))
	require.NoError(t, err)
	require.Empty(t, r.Unheard)
	first, second := r.Examples[0], r.Examples[1]
	assert.Equal(t, model.Code("ot:university-or-research-institute"), first.Parties[0].Type)
	assert.Equal(t, "declined", first.Agreements[0].Consent.Status)
	assert.Equal(t, model.Code("st:nurse"), second.Stakeholders[0].Group)
	assert.Len(t, first.Stakeholders, 2)
	b.Reset()
	require.NoError(t, again.Write(&b))
	assert.Contains(t, b.String(), "answer,snorks,stakeholders,given,Nurse,", "it is kept for the next export")
	for line, fault := range map[string]string{
		"answer,x,title,,Yes": "no options", "answer,x,consent,,Perhaps": "none of its options", "answer,,consent,,Yes": "not which",
		"answer,x,consent,,Yes | No": "several", "answer,x,consent,,Yes\nanswer,X,consent,,No": "twice",
	} {
		_, err := m.Correct(strings.NewReader(line + "\n"))
		require.ErrorContains(t, err, fault)
		require.NotContains(t, err.Error(), "Perhaps")
	}
}

// What a person said that an answer means is read of that answer only: not of one with
// another sign, which may be its contrary, nor of the same words in a column that asks the
// other way round; and no answer that says no, or keeps a name back, is opened by it.
func TestMapping_meantOfNothingElse(t *testing.T) {
	heads := []string{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	read := func(heads []string, lines, told, agree string, others ...string) (model.Agreement, intake.Result) {
		t.Helper()
		var rows [][]string
		for i, told := range append([]string{told}, others...) {
			rows = append(rows, []string{"A title" + strings.Repeat("i", i), "Zorblatt Trust", "We met each month.", told, "As a source of guidance", "Members", agree})
		}
		sheet := sheetOf(heads, rows...)
		m, err := intake.Propose(sheet)
		require.NoError(t, err)
		m, err = m.Correct(strings.NewReader(lines))
		require.NoError(t, err)
		r, err := intake.Read(sheet, m, []byte("key"))
		require.NoError(t, err)
		return r.Examples[0].Agreements[0], r
	}
	const told, named = "What we did, but not who we are", "With our name, once we have approved the text"
	open := func(a model.Agreement) bool { return a.Level != model.Withheld && a.Consent.Status == "given" }
	for lines, said := range map[string][]string{
		"answer,no prob,consent,,Yes\n":         {"No Prob", "no  prob", "no, prob", "no: prob!", "no prob?", "no prob 👎"},
		"answer,tanti saluti,consent,,Yes\n":    {"Tanti saluti", "tanti  saluti", "tanti saluti…", "(tanti) saluti", "tanti saluti ✗"},
		"answer,passt wie immer,consent,,Yes\n": {"passt wie immer", "Passt wie immer", "passt – wie immer?", "passt wie immer 🙁"},
	} {
		for i, s := range said {
			a, _ := read(heads, lines, told, s)
			assert.Equal(t, i < 2, open(a), s)
		}
	}
	for _, no := range []string{"No", "Nein", "Non"} {
		a, _ := read(heads, "answer,"+no+",consent,,Yes\n", told, no)
		assert.False(t, open(a), no)
		for _, level := range []string{"Anonymous, but we do not agree", "Anonym, aber nein", "Anonyme, mais non"} {
			a, _ = read(heads, "answer,when the cows come home,consent,,Yes\nanswer,\""+level+"\",confidentiality,,\"What we did, but not who we are\"\n", level, "when the cows come home")
			assert.False(t, open(a), level)
		}
	}
	for _, header := range []string{"Do you wish to remain unnamed?", "Möchten Sie ungenannt bleiben?", "Souhaitez-vous rester anonyme ?"} {
		turned := append([]string(nil), heads...)
		turned[3] = header
		a, r := read(turned, "answer,like the mouse,confidentiality,,\""+named+"\"\n", "like the mouse", "Yes", "Yes", "Ja", "Oui", "Yes")
		assert.False(t, open(a), header)
		for _, u := range r.Unheard { // what it limits, a person may say
			assert.Equal(t, "conditions", u.Question, header)
		}
	}
}

// A column that was taken for the consent, and that nobody said is one, stays so where the
// mapping of one export is laid over the next.
func TestMapping_unsureStays(t *testing.T) {
	heads := []string{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "Column"}
	m, err := intake.Propose(sheetOf(heads, []string{"A title", "Zorblatt Trust", "We met each month.", "Yes"}))
	require.NoError(t, err)
	for why, unsure := range map[string]bool{"likeness": true, "given": false, "": false} {
		next, err := m.Correct(strings.NewReader("D,Column,consent," + why + "\n"))
		require.NoError(t, err)
		require.Equal(t, "consent", next.Columns[3].Question)
		assert.Equal(t, unsure, next.Columns[3].Unsure(), why)
		again, err := next.Correct(strings.NewReader("D,Column,consent,given\n"))
		require.NoError(t, err)
		assert.False(t, again.Columns[3].Unsure())
	}
}

// What answers of a column that may limit something mean, a person says once, for each
// different one. It narrows the rows that say so, or lets them be; what is said anew, or under
// another heading, is asked about, and who refuses is never passed over.
func TestMapping_settled(t *testing.T) {
	heads := []string{"What is the example called?", "What is your organisation called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "Wibble restrictions on release, if any"}
	sheet := func(heading string, answers ...string) intake.Table {
		rows := [][]string{slices.Clone(heads)}
		rows[0][6] = heading
		for i, a := range answers {
			rows = append(rows, []string{"A title " + string(rune('a'+i)), "Zorblatt Trust", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", a})
		}
		return sheetOf(rows[0], rows[1:]...)
	}
	answers := []string{"yes", "no", "Legal", "Yes ", "no", "please do not publish"}
	first := sheet(heads[6], answers...)
	m, err := intake.Propose(first)
	require.NoError(t, err)
	r, err := intake.Read(first, m, nil)
	require.NoError(t, err)
	require.Len(t, r.Examples, len(answers))
	for _, e := range r.Examples {
		require.NotEmpty(t, e.Agreements[0].Conditions)
	}
	asked := map[string][]string{}
	for _, u := range r.Unheard {
		require.Equal(t, "conditions", u.Question)
		asked[u.Said] = u.Options()
	}
	said := func(heading, answer string) string { return "“" + heading + "”: " + answer }
	require.Len(t, asked, 4, "each different answer once")
	require.Contains(t, asked[said(heads[6], "no")], "Limits nothing")
	require.NotContains(t, asked[said(heads[6], "please do not publish")], "Limits nothing")

	settle := func(table intake.Table, lines ...string) []model.Agreement {
		t.Helper()
		m, err := intake.Propose(table)
		require.NoError(t, err)
		for range 2 { // as it was said, and as it is written for the next export
			m, err = m.Correct(strings.NewReader("column,header,question,found by,answer\n" + strings.Join(lines, "\n")))
			require.NoError(t, err)
			var b bytes.Buffer
			require.NoError(t, m.Write(&b))
			lines = []string{b.String()}
		}
		require.Equal(t, "conditions", m.Columns[6].Question)
		r, err := intake.Read(table, m, nil)
		require.NoError(t, err)
		var out []model.Agreement
		for _, e := range r.Examples {
			out = append(out, e.Agreements[0])
		}
		return out
	}
	line := func(answer, means string) string {
		return `answer,"` + said(heads[6], answer) + `",conditions,given,"` + means + `"`
	}
	all := []string{line("yes", "The text must be approved first"), line("no", "Limits nothing"), line("please do not publish", "Limits nothing")}
	got := settle(first, all...)
	for i, want := range []struct{ held, approval bool }{{approval: true}, {}, {held: true}, {approval: true}, {}, {held: true}} {
		assert.Equal(t, want.held, got[i].Conditions != "", answers[i])
		assert.Equal(t, want.approval, got[i].Approval.Required, answers[i])
	}
	for i, a := range settle(sheet("Wibble restrictions on release there, if any", answers...), all...) {
		assert.NotEmpty(t, a.Conditions, "another heading: %s", answers[i])
	}
	for means, want := range map[string]struct {
		level    model.Level
		audience model.Audience
	}{
		"Not at all for now": {model.Withheld, model.Everyone}, "Only in totals, together with others": {model.Aggregate, model.Everyone}, "What we did, but not who we are": {model.Anonymous, model.Everyone},
		"The working group": {model.Anonymous, model.WorkingGroup}, "Members | Only in totals, together with others": {model.Aggregate, model.Members},
	} {
		a := settle(first, line("yes", means))[0]
		assert.Equal(t, want.level, a.Level, means)
		assert.Equal(t, want.audience, a.Audience, means)
		assert.Empty(t, a.Conditions, means)
	}
	for _, wrong := range []string{"Everyone", "With our name, once we have approved the text", "Yes", "Members | Limits nothing"} {
		_, err := m.Correct(strings.NewReader("column,header,question,found by,answer\n" + line("yes", wrong)))
		require.Error(t, err, wrong)
	}
	// What closes in the same row stays closed.
	closed := sheet(heads[6], "no", "no", "Legal", "yes")
	for i := range closed.Rows {
		if i > 0 && i < 3 {
			closed.Rows[i].Cells[5] = []string{"", "No", "Yes, unless somebody objects"}[i]
		}
	}
	for i, a := range settle(closed, all...)[:2] {
		assert.True(t, a.Consent.Status != "given" || a.Level == model.Withheld, i)
	}
}

// Leave that was refused, put off or left out is passed over by nobody, whatever the heading.
func TestMapping_settledNever(t *testing.T) {
	for heading, refused := range map[string][]string{
		"May we publish the wibble?":     {"no", "not yet", "to be decided", "nein", ""},
		"Permission to publish obtained": {"no", "non", "pending", ""},
		"Cleared by the wibble board":    {"No", ""},
	} {
		rows := [][]string{}
		for _, answer := range slices.Concat(refused, []string{"yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "Legal"}) {
			rows = append(rows, []string{"A title " + string(rune('a'+len(rows))), "Zorblatt Trust", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", answer})
		}
		sheet := sheetOf([]string{"What is the example called?", "What is your organisation called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", heading}, rows...)
		m, err := intake.Propose(sheet)
		require.NoError(t, err)
		require.Equal(t, "conditions", m.Columns[6].Question, heading)
		var lines strings.Builder
		lines.WriteString("column,header,question,found by,answer\n")
		for _, answer := range slices.Concat(refused, []string{"(left empty)", "yes"}) {
			if answer != "" {
				lines.WriteString("answer,“" + heading + "”: " + answer + ",conditions,given,Limits nothing\n")
			}
		}
		m, err = m.Correct(strings.NewReader(lines.String()))
		require.NoError(t, err)
		r, err := intake.Read(sheet, m, nil)
		require.NoError(t, err)
		require.Len(t, r.Examples, len(rows))
		for i, e := range r.Examples {
			answer := rows[r.Rows[i]-2][6]
			assert.Equal(t, answer != "yes", e.Agreements[0].Conditions != "" || e.Agreements[0].Level == model.Withheld, "%s %q", heading, answer)
		}
	}
}

// One word by which something must not be used holds an example that came as a record, as
// several do; the names of its fields and its codes say nothing.
func TestHoldRemarks_oneWord(t *testing.T) {
	for word, held := range map[string]bool{"Confidential": true, "Vertraulich.": true, "EMBARGO": true, "Workshop": false, "": false} {
		e := model.Example{Kind: "ki:engagement-activity", Agreements: []model.Agreement{{Party: "p", Level: model.Anonymous}}}
		e.Account = model.Raw(word)
		found := intake.HoldRemarks([]model.Example{e}, []int{3})
		assert.Equal(t, held, len(found) == 1, word)
	}
}
