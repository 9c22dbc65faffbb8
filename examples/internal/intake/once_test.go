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

// saidOnce reads a sheet with lines that a person wrote into the mapping.
func saidOnce(t *testing.T, rows [][]string, lines string) (intake.Mapping, intake.Result, error) {
	t.Helper()
	table, err := intake.NewTable(rows)
	require.NoError(t, err)
	m, err := intake.Propose(table)
	require.NoError(t, err)
	if m, err = m.Correct(strings.NewReader(lines)); err != nil {
		return m, intake.Result{}, err
	}
	r, err := intake.Read(table, m, []byte("key"))
	require.NoError(t, err)
	return m, r, nil
}

const (
	agreed    = "every row,,consent,,Yes\n"
	anonymous = "every row,,confidentiality,,\"What we did, but not who we are\"\n"
	used      = "every row,,uses,,\"As a source of guidance | Counted, and told together with others\"\n"
	members   = "every row,,audience,,Members\n"
)

// What was said once stands where a row says nothing itself. Nothing that a row says
// is widened by it.
func TestCorrect_once(t *testing.T) {
	const title, consent, level, uses, audience = "What is the example called?", "Do you agree to this use?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?"
	for _, row := range []struct {
		name         string
		head, cells  []string
		once         string
		status       string
		level        model.Level
		uses, reader string
	}{
		{"said once", nil, nil, agreed + anonymous + used + members, "given", model.Anonymous, "aggregate guidance", "members"},
		{"nobody said it", nil, nil, "", "", model.Withheld, "", "working-group"},
		{"agreement alone opens nothing", nil, nil, agreed, "given", model.Withheld, "", "working-group"},
		{"in another language of the form", nil, nil, "every row,,consent,,Ja\n" + anonymous + used, "given", model.Anonymous, "aggregate guidance", "working-group"},
		{"by the question's words, in no column", nil, nil, ",,Do you agree to this use?,,yes\n" + anonymous + used, "given", model.Anonymous, "aggregate guidance", "working-group"},
		{"own no", []string{consent}, []string{"No"}, agreed + anonymous + used, "declined", model.Anonymous, "aggregate guidance", "working-group"},
		{"own level", []string{level}, []string{"Only in totals, together with others"}, agreed + anonymous + used, "given", model.Aggregate, "aggregate guidance", "working-group"},
		{"own uses", []string{uses}, []string{"Counted, and told together with others"}, agreed + anonymous + used, "given", model.Anonymous, "aggregate", "working-group"},
		{"own readers", []string{audience}, []string{"The working group"}, agreed + anonymous + used + members, "given", model.Anonymous, "aggregate guidance", "working-group"},
		{"an empty cell is filled", []string{level}, []string{""}, agreed + anonymous + used, "given", model.Anonymous, "aggregate guidance", "working-group"},
		{"an unreadable level withholds", []string{level}, []string{"quux wibble"}, agreed + anonymous + used, "given", model.Withheld, "aggregate guidance", "working-group"},
		{"an unreadable agreement withholds", []string{consent}, []string{"quux wibble"}, agreed + anonymous + used, "", model.Withheld, "aggregate guidance", "working-group"},
		{"unreadable uses grant nothing", []string{uses}, []string{"quux wibble"}, agreed + anonymous + used, "given", model.Anonymous, "", "working-group"},
		{"not applicable is no empty cell", []string{consent}, []string{"n/a"}, agreed + anonymous + used, "", model.Anonymous, "aggregate guidance", "working-group"},
		{"a no beside the level", []string{level}, []string{"No, not at all"}, agreed + anonymous + used, "given", model.Withheld, "aggregate guidance", "working-group"},
		{"a limit beside the agreement", []string{consent}, []string{"Yes, but without our name"}, agreed + "every row,,confidentiality,,public\n" + used, "given", model.Anonymous, "aggregate guidance", "working-group"},
		{"a box that was not ticked", []string{uses + " [As a source of guidance]", uses + " [Counted, and told together with others]"}, []string{"", ""}, agreed + anonymous + used, "given", model.Anonymous, "", "working-group"},
	} {
		t.Run(row.name, func(t *testing.T) {
			head := append([]string{title}, row.head...)
			// Another row of each column, so that it is known by its answers too.
			other := append([]string{"Other"}, slices.Repeat([]string{""}, len(row.head))...)
			if len(row.head) > 0 {
				other[1] = map[string]string{consent: "No", level: "Only in totals, together with others", audience: "Members"}[row.head[0]]
			}
			if len(row.head) > 1 {
				other[1] = "Yes"
			}
			_, r, err := saidOnce(t, [][]string{head, append([]string{"One"}, row.cells...), other}, row.once)
			require.NoError(t, err)
			require.Len(t, r.Examples, 2)
			a := r.Examples[0].Agreements[0]
			var uses []string
			for u, ok := range a.Uses {
				if ok {
					uses = append(uses, string(u))
				}
			}
			slices.Sort(uses)
			assert.Equal(t, row.status, a.Consent.Status, "agreement")
			assert.Equal(t, row.level, a.Level)
			assert.Equal(t, row.uses, strings.Join(uses, " "))
			assert.Equal(t, row.reader, a.Audience.String())
		})
	}
}

// Who was asked to agree and left the cell empty has not agreed, whatever the others
// answered.
func TestCorrect_onceBox(t *testing.T) {
	head := []string{"What is the example called?", "Do you agree to this use?"}
	_, r, err := saidOnce(t, [][]string{head, {"One", "Yes"}, {"Two", ""}, {"Three", "Yes"}}, agreed)
	require.NoError(t, err)
	require.Empty(t, r.Examples[1].Agreements[0].Consent.Status)
	require.Zero(t, r.Once[0].Rows)
	_, r, err = saidOnce(t, [][]string{head, {"One", "Yes"}, {"Two", ""}, {"Three", "No"}}, agreed)
	require.NoError(t, err)
	require.Empty(t, r.Examples[1].Agreements[0].Consent.Status)
	require.Zero(t, r.Once[0].Rows)
	require.Equal(t, "declined", r.Examples[2].Agreements[0].Consent.Status)
	require.Equal(t, "For 0 rows the sheet itself says nothing of “Do you agree to this use?”; taken from the mapping: Yes", r.Once[0].String())
}

// The same survey says the same, whether its tool writes the list of uses into one
// column or into one for each; and a column of codes is understood in no row.
func TestCorrect_onceList(t *testing.T) {
	for name, rows := range map[string][][]string{
		"one":   {{"What is the example called?", "What may it be used for?"}, {"One", "As a source of guidance"}, {"Two", ""}},
		"each":  {{"What is the example called?", "What may it be used for? [As a source of guidance]", "What may it be used for? [In translation]"}, {"One", "Yes", ""}, {"Two", "", ""}},
		"codes": {{"What is the example called?", "What may it be used for?"}, {"One", "2"}, {"Two", ""}},
	} {
		_, r, err := saidOnce(t, rows, used)
		require.NoError(t, err, name)
		require.Empty(t, r.Examples[1].Agreements[0].Uses, name)
		require.Zero(t, r.Once[0].Rows, name)
	}
	_, r, err := saidOnce(t, [][]string{{"What is the example called?", "Do you agree to this use?"}, {"One", "1"}, {"Two", "2"}, {"Three", ""}}, agreed)
	require.NoError(t, err)
	for _, e := range r.Examples {
		require.Empty(t, e.Agreements[0].Consent.Status)
	}
	_, r, err = saidOnce(t, [][]string{{"What is the example called?", "What may it be used for?"}, {"One", ""}}, used)
	require.NoError(t, err)
	require.Equal(t, 1, r.Once[0].Rows, "a column that nobody answered says nothing")
}

// A column in which every row answers leaves nothing to say once.
func TestCorrect_onceAnswered(t *testing.T) {
	rows := [][]string{{"What is the example called?", "Do you agree to this use?"}, {"One", "Yes"}, {"Two", "No"}}
	_, without, err := saidOnce(t, rows, "")
	require.NoError(t, err)
	_, with, err := saidOnce(t, rows, agreed)
	require.NoError(t, err)
	require.Equal(t, without.Examples, with.Examples)
	require.Equal(t, without.Findings, with.Findings)
	require.Zero(t, with.Once[0].Rows)
}

// It is read as a further column with that answer in every row is.
func TestCorrect_onceIsAColumn(t *testing.T) {
	head, cells, lines := []string{"What is the example called?"}, []string{"One"}, ""
	for id, answer := range map[string]string{
		"consent": "Yes", "confidentiality": "What we did, but not who we are", "uses": "As a source of guidance\nCounted, and told together with others", "audience": "Members",
		"expires": "31 December 2031", "k": "8", "country": "Wales", "year": "2025", "organisation_type": "Charity",
	} {
		head, cells = append(head, id), append(cells, answer)
		lines += "every row,," + id + ",,\"" + answer + "\"\n"
	}
	_, want, err := saidOnce(t, [][]string{head, cells}, "")
	require.NoError(t, err)
	_, got, err := saidOnce(t, [][]string{{head[0], "Wibble"}, {"One", ""}}, lines)
	require.NoError(t, err)
	require.Len(t, got.Once, 9)
	require.Equal(t, want.Examples, got.Examples)
	require.Equal(t, "GB-WLS", got.Examples[0].Context.Jurisdiction)
	require.Equal(t, 8, got.Examples[0].Agreements[0].K)
	require.Equal(t, "ot:charity", string(got.Examples[0].Parties[0].Type))
}

// All faults are named at once with their rows, and nothing is taken over.
func TestCorrect_onceFaults(t *testing.T) {
	rows := [][]string{{"What is the example called?", "Wibble"}, {"One", "Quux"}}
	m, _, err := saidOnce(t, rows, "column,header,question,found by,answer\n"+
		agreed+ // row 2
		"every row,,consent,,Perhaps\n"+
		"every row,,wibble,,Yes\n"+
		"every row,,title,,A title\n"+
		"every row,,organisation,,Quuxmead\n"+
		"every row,,country,,Quuxland\n"+
		"every row,,expires,,01/02/2031\n"+
		"every row,,k,,many\n"+
		"every row,,confidentiality,,anonymous | public\n"+
		agreed+
		"B,Wibble,lessons,,Yes\n"+
		"every row,,year,,\n")
	require.Error(t, err)
	for row, fault := range map[string]string{
		"3": "none of its options", "4": "does not have", "5": "each contributor answers", "6": "each contributor answers", "7": "read in one way",
		"8": "read in one way", "9": "read in one way", "10": "none of its options", "11": "twice", "12": "a column an answer",
	} {
		assert.Regexp(t, fault+"[^;]*, in row "+row+"(;|$)", err.Error())
	}
	assert.Equal(t, 9, strings.Count(err.Error(), ";"), "nothing else: %s", err)
	for _, text := range []string{"Quux", "Perhaps", "A title"} {
		assert.NotContains(t, err.Error(), text)
	}
	assert.Empty(t, m.Once)
	assert.Equal(t, intake.Aside, m.Columns[1].Question)
}

// The mapping as it is written proposes what no column answers, without an answer; as
// it comes back it says the same.
func TestWrite_once(t *testing.T) {
	rows := [][]string{{"What is the example called?", "Do you agree to this use?", "In which country?"}, {"One", "Yes", "Wales"}}
	m, r, err := saidOnce(t, rows, "")
	require.NoError(t, err)
	require.Empty(t, r.Once)
	var b bytes.Buffer
	require.NoError(t, m.Write(&b))
	for _, id := range []string{"confidentiality", "uses", "audience", "expires", "k", "year", "organisation_type"} {
		assert.Regexp(t, `(?m)^every row,.*,`+id+`,,,`, b.String())
	}
	assert.NotRegexp(t, `(?m)^every row,.*,(consent|country),`, b.String())
	again, _, err := saidOnce(t, rows, b.String())
	require.NoError(t, err)
	require.Empty(t, again.Once, "a proposal says nothing")
	m, want, err := saidOnce(t, rows, anonymous+used+"every row,,k,,8\n")
	require.NoError(t, err)
	b.Reset()
	require.NoError(t, m.Write(&b))
	_, got, err := saidOnce(t, rows, b.String())
	require.NoError(t, err)
	require.Equal(t, want, got)
}
