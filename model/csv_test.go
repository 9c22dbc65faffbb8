// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// minimum is the header of the smallest file and one row under it, by column.
func minimum() (header, row []string) {
	cells := map[string]string{
		"title": "A made-up title", "kind": "ki:consultation", "stakeholders": "• patients [st:patient]\n• the board",
		"challenges": "Nobody answered [ch:low-response] [experienced]", "objectives": "ob:be-heard",
		"steps": "1. Asked\n2. Waited", "outcomes": "27 answers [positive] [n 27]", "lessons": "Ask early [worked] | Ask again",
		"confidentiality": "What we did, but not who we are", "uses": "Counted, and told together with others, As a source of guidance",
		"audience": "everyone", "consent": "Yes",
	}
	for _, q := range model.Form() {
		if q.Minimum {
			header = append(header, q.Label)
			row = append(row, cells[q.ID])
		}
	}
	return header, row
}

func sheet(comma rune, rows ...[]string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	w.WriteAll(rows)
	return b.String()
}

func one(t testing.TB, seq iter.Seq2[model.Example, error]) model.Example {
	t.Helper()
	var all []model.Example
	for e, err := range seq {
		require.NoError(t, err)
		all = append(all, e)
	}
	require.Len(t, all, 1)
	return all[0]
}

func TestReadCSV_minimum(t *testing.T) {
	header, row := minimum()
	e := one(t, model.Reader{}.CSV(strings.NewReader(sheet(',', header, row))))
	require.Equal(t, "row-1", e.ID)
	require.Equal(t, "unnamed", e.Parties[0].Ref)
	require.Equal(t, model.Code("st:patient"), e.Stakeholders[0].Group)
	require.Equal(t, model.Code("st:unknown"), e.Stakeholders[1].Group)
	require.Equal(t, "the board", string(e.Stakeholders[1].Role.Value))
	require.Equal(t, model.Coded{Code: "ch:low-response", AsWritten: "Nobody answered", AssignedBy: model.ByContributor}, e.Challenges[0].Coded)
	require.Equal(t, "experienced", e.Challenges[0].Basis)
	require.Equal(t, model.Coded{Code: "ob:be-heard", AssignedBy: model.ByContributor}, e.Objectives[0].Coded)
	require.Equal(t, []string{"Asked", "Waited"}, []string{string(e.Steps[0].Text.Value), string(e.Steps[1].Text.Value)})
	require.Equal(t, 27, e.Outcomes[0].N)
	require.Equal(t, "positive", e.Outcomes[0].Direction)
	require.Equal(t, "Ask again", string(e.Lessons[1].Text.Value))
	a := e.Agreements[0]
	require.Equal(t, model.Anonymous, a.Level)
	require.Equal(t, model.Everyone, a.Audience, "the label, whatever its case")
	require.Equal(t, model.Uses{model.UseAggregate: true, model.UseGuidance: true}, a.Uses, "options hold commas")
	require.Equal(t, "given", a.Consent.Status)
}

func TestReadCSV_closedByDefault(t *testing.T) {
	header, row := minimum()
	for i, q := range header {
		for _, question := range model.Form() {
			if question.Label == q && strings.HasPrefix(question.Field, "agreements") {
				row[i] = ""
			}
		}
	}
	require.Empty(t, one(t, model.Reader{}.CSV(strings.NewReader(sheet(',', header, row)))).Agreements)
}

// Each answer on confidentiality opens what it names and nothing else: take one
// away, and guidance for members can no longer be made of the row.
func TestReadCSV_eachAnswerIsNeeded(t *testing.T) {
	header, row := minimum()
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	allowed := func(header, row []string) bool {
		e := one(t, model.Reader{}.CSV(strings.NewReader(sheet(',', header, row))))
		terms, err := model.Resolve(&e, now)
		require.NoError(t, err)
		ok, _ := terms.Allows(model.UseGuidance, model.Members)
		return ok
	}
	require.True(t, allowed(header, row))
	for i := range header {
		if i >= len(header)-4 { // the four answers of the ninth question
			less := append([]string(nil), row...)
			less[i] = ""
			require.False(t, allowed(header, less), header[i])
		}
	}
	for _, more := range [][2]string{
		{"expires", "2026-01-01"},
		{"not_before", "2027-01-01"},
		{"conditions", "Not before we have met"},
		{"others", "A made-up partner"},
		{"overrides", "outcomes: withheld"}, // closes a field only
	} {
		ok := allowed(append(append([]string(nil), header...), more[0]), append(append([]string(nil), row...), more[1]))
		require.Equal(t, more[0] == "overrides", ok, more[0])
	}
}

func TestReadCSV_dialects(t *testing.T) {
	header, row := minimum()
	want := one(t, model.Reader{}.CSV(strings.NewReader(sheet(',', header, row))))
	numbered := make([]string, len(header))
	for i, h := range header {
		numbered[i] = fmt.Sprintf("%d. %s *", i+1, strings.ToUpper(h))
	}
	var ids []string
	for _, q := range model.Form() {
		if q.Minimum {
			ids = append(ids, q.ID)
		}
	}
	for _, in := range []struct{ name, text string }{
		{"semicolon", sheet(';', header, row)},
		{"tab", sheet('\t', header, row)},
		{"byte order mark", "\ufeff" + sheet(',', header, row)},
		{"Excel's separator line", "sep=;\r\n" + sheet(';', header, row)},
		{"both", "\ufeffsep=;\n" + sheet(';', header, row)},
		{"Windows line ends", strings.ReplaceAll(sheet(',', header, row), "\n", "\r\n")},
		{"numbered headers", sheet(',', numbered, row)},
		{"ids as headers", sheet(',', ids, row)},
		{"blank rows", sheet(',', header, row, make([]string, len(row))) + "\n\n"},
	} {
		t.Run(in.name, func(t *testing.T) {
			require.Equal(t, want, one(t, model.Reader{}.CSV(strings.NewReader(in.text))))
		})
	}
}

func TestReadCSV_refuses(t *testing.T) {
	header, row := minimum()
	change := func(cells []string, at int, to string) []string {
		out := append([]string(nil), cells...)
		out[at] = to
		return out
	}
	good := sheet(',', header, row)
	for _, c := range []struct {
		name, in          string
		line, row, column int
		path, rule        string
	}{
		{"nothing", "", 1, 0, 0, "header", "is missing"},
		{"Windows-1252", sheet(',', header, change(row, 0, "Caf\xe9 \x96 made up")), 2, 1, 1, "title", "is in Windows-1252, not in UTF-8"},
		{"Windows-1252 header", sheet(',', append(header, "Caf\xe9"), append(row, "")), 1, 0, 13, "header", "is in Windows-1252"},
		{"neither", sheet(',', header, change(row, 0, "\x81\x8d")), 2, 1, 1, "title", "is not UTF-8"},
		{"UTF-16", "\xff\xfe" + strings.Join(strings.Split(good, ""), "\x00"), 1, 0, 0, "header", "is in UTF-16"},
		{"UTF-16 without a mark", strings.Join(strings.Split(good, ""), "\x00"), 1, 0, 0, "header", "is in UTF-16"},
		{"unknown column", sheet(',', append(header, "Shoe size"), append(row, "12")), 1, 0, 13, "header", "has a column that the form does not have"},
		{"doubled column", sheet(',', append(header, "title"), append(row, "12")), 1, 0, 13, "title", "has a second column (What is the example called?), after column 1"},
		{"missing column", sheet(',', header[1:], row[1:]), 1, 0, 0, "title", "has no column (What is the example called?)"},
		{"short row", sheet(',', header, row[:5]), 2, 1, 0, "row", "has 5 cells where the header has 12"},
		{"long row", sheet(',', header, append(row, "x")), 2, 1, 0, "row", "has 13 cells where the header has 12"},
		{"quotation mark", good + "a\"b,c\n", 5, 2, 0, "row", "has a quotation mark that neither opens nor closes a cell, in line 5"},
		{"open cell", good + `"` + strings.Repeat("x\n", 100), 5, 2, 0, "row", "has a quotation mark"},
		{"endless cell", good + `"` + strings.Repeat("x\n", 4<<20), 5, 2, 0, "", "is longer than 1048576 bytes"},
		{"no code", sheet(',', header, change(row, 1, "Something else")), 2, 1, 2, "kind", "is neither a code nor an option"},
		{"no option", sheet(',', header, row, change(row, 8, "As you like")), 5, 2, 9, "agreements[0].level", "is none of the options"},
		{"second choice", sheet(',', header, change(row, 9, "In translation; adverts")), 2, 1, 10, "agreements[0].uses[1]", "is none of the options"},
		{"consent", sheet(',', header, change(row, 11, "perhaps")), 2, 1, 12, "agreements[0].consent.status", "is none of not-asked"},
		{"two codes", sheet(',', header, change(row, 3, "first\nsecond [ch:x] [ch:y]")), 2, 1, 4, "challenges[1]", "has a note in brackets twice"},
		{"invalid", sheet(',', header, change(row, 3, "first\nsecond\nthird\x07 bell")), 2, 1, 4, "challenges[2].as_written", "holds a control character"},
		{"same id", sheet(',', append(header, "id"), append(row, "x"), append(row, "x")), 5, 2, 13, "id", "is used by an earlier example"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := collect(model.Reader{}.CSV(strings.NewReader(c.in)))
			at, ok := errors.AsType[*model.LineError](err)
			require.True(t, ok, "%v", err)
			fault, ok := errors.AsType[model.Fault](err)
			require.True(t, ok)
			require.Equal(t, []int{c.line, c.row, c.column}, []int{at.Line, at.Row, at.Column}, "%v", err)
			require.Equal(t, c.path, fault.Path)
			require.Contains(t, fault.Rule, c.rule)
		})
	}
}

func TestReadCSV_passColumns(t *testing.T) {
	header, row := minimum()
	in := sheet(',', append([]string{"Start time", "E-mail of the respondent"}, header...), append([]string{"x", "y@example.org"}, row...))
	rd := model.Reader{PassColumns: []string{"start time", "E-mail of the respondent"}}
	e := one(t, rd.CSV(strings.NewReader(in)))
	require.Empty(t, e.Parties[0].Contact)
	require.Equal(t, "A made-up title", string(e.Title.Value))

	// A condition under a header that nobody foresaw is not passed over.
	_, err := collect(rd.CSV(strings.NewReader(sheet(',', append(header, "Not to be used after"), append(row, "2020-01-01")))))
	require.EqualError(t, err, "model: line 1, column 13: header has a column that the form does not have")
}

func TestReadCSV_labels(t *testing.T) {
	header, row := minimum()
	row[1], row[3] = "Consultation", "low response\nNobody came"
	rd := model.Reader{
		Known: func(model.Code) bool { return true },
		Label: func(prefix, label string) (model.Code, bool) {
			code, ok := map[string]model.Code{"kiConsultation": "ki:consultation", "chlow response": "ch:low-response"}[prefix+label]
			return code, ok
		},
	}
	e := one(t, rd.CSV(strings.NewReader(sheet(',', header, row))))
	require.Equal(t, model.Code("ki:consultation"), e.Kind)
	require.Equal(t, model.Coded{Code: "ch:low-response", AsWritten: "low response", AssignedBy: model.ByContributor}, e.Challenges[0].Coded)
	require.Equal(t, model.Coded{AsWritten: "Nobody came"}, e.Challenges[1].Coded, "the contributor's words, not yet coded")
}

func TestReadCSV_organisations(t *testing.T) {
	header, row := minimum()
	header = append(header, "organisation", "holding", "clients", "other_names")
	with := func(org, holding, clients, names string) []string {
		return append(append([]string(nil), row...), org, holding, clients, names)
	}
	in := sheet(',', header,
		with("Quentish Care (also QC; Quentish)", "Bigstone Group", "", "Ann Mockford [person]\nFlyHigh [programme]"),
		with("Bigstone  group", "", "", ""),
		with("Agency Mock", "ref:h9", "Quentish Care\nref:x7", ""),
		with("", "", "", ""),
		with("", "", "", ""),
	)
	var parties []model.Party
	for e, err := range (model.Reader{}).CSV(strings.NewReader(in)) {
		require.NoError(t, err)
		parties = append(parties, e.Parties[0])
	}
	require.Equal(t, "org-1", parties[0].Ref)
	require.Equal(t, "org-2", parties[0].Holding)
	require.Equal(t, []model.Identity{
		{Type: "organisation", Name: "Quentish Care", Forms: []model.Raw{"QC", "Quentish"}},
		{Type: "person", Name: "Ann Mockford"},
		{Type: "programme", Name: "FlyHigh"},
		{Type: "organisation", Name: "Bigstone Group"},
	}, parties[0].Identities, "the parent's name is protected as well")
	require.Equal(t, "org-2", parties[1].Ref, "the parent of the first is the second, however its name is set")
	require.Equal(t, []string{"org-1", "x7"}, parties[2].Clients)
	require.Equal(t, "h9", parties[2].Holding)
	require.Equal(t, parties[3].Ref, parties[4].Ref, "nobody is counted twice")
}

// full is an example with an answer to every question of the form.
func full(t testing.TB) model.Example {
	t.Helper()
	data, err := os.ReadFile("testdata/full.json")
	require.NoError(t, err)
	e, err := model.DecodeJSON(data)
	require.NoError(t, err)
	require.NoError(t, e.Validate(nil))
	return e
}

func written(t testing.TB, examples ...model.Example) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, model.WriteCSV(&b, func(yield func(model.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	}))
	return b.String()
}

func TestWriteCSV_roundTrip(t *testing.T) {
	e := full(t)
	out := written(t, e)
	record, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, record, 2)
	for i, cell := range record[1] {
		require.NotEmpty(t, cell, "the example answers every question, so also %q", record[0][i])
	}
	require.Equal(t, e, one(t, model.Reader{}.CSV(strings.NewReader(out))))
	modeltest.Golden(t, "full.csv", []byte(out))
}

func TestWriteCSV_whatHasNoColumn(t *testing.T) {
	for _, c := range []struct {
		path   string
		change func(e *model.Example)
	}{
		{"parties[1].identities[1]", func(e *model.Example) {
			e.Parties[1].Identities = append(e.Parties[1].Identities, model.Identity{Type: "place", Name: "made up"})
		}},
		{"agreements[1]", func(e *model.Example) {
			e.Agreements = append(e.Agreements, model.Agreement{Schema: model.AgreementSchema, ID: "a-10", Party: "p-18"})
		}},
		{"outcomes[0].metric.value", func(e *model.Example) { e.Outcomes[0].Metric.Value = "made [up]" }},
		{"title.lang", func(e *model.Example) { e.Title.Lang = "cy" }},
		{"strategy_steps[1].method.confidence", func(e *model.Example) { e.Steps[1].Method.Confidence = 0.5 }},
		{"agreements[0].withdrawal.effect", func(e *model.Example) { e.Agreements[0].Withdrawal.Effect = "no-new-use" }},
	} {
		e := full(t)
		c.change(&e)
		err := model.WriteCSV(&bytes.Buffer{}, func(yield func(model.Example, error) bool) { yield(e, nil) })
		require.EqualError(t, err, "model: row 1: "+c.path+" cannot be written as CSV: the form has no column for it")
	}
}

func TestWriteCSV_formulas(t *testing.T) {
	for _, title := range []string{"=1+1", "+44", "-1", "@SUM", "'=1", "'tis", "''=x", "＝1"} {
		e := full(t)
		e.Title.Value = model.Raw(title)
		out := written(t, e)
		records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
		require.NoError(t, err)
		for _, cell := range records[1] {
			require.NotContains(t, "=+-@\t\r", cell[:1])
		}
		require.Equal(t, title, string(one(t, model.Reader{}.CSV(strings.NewReader(out))).Title.Value))
	}
}

func TestWriteCSV_items(t *testing.T) {
	for _, texts := range [][]string{
		{"one"},
		{"one | two"},
		{"one", "two | three"},
		{"- one"},
		{"1. one", "two"},
		{"one\ntwo", "three"},
		{"one\n- two\n\n  three\n4) four", "five"},
		{"ends in [brackets]"},
		{"ends in [me:workshop]"},
		{"ends in []"},
		{"[me:workshop]"},
		{"a\tb", "c"},
	} {
		e := full(t)
		e.Steps = nil
		for _, s := range texts {
			e.Steps = append(e.Steps, model.Step{Text: model.Text{Value: model.Raw(s)}, Month: 3})
		}
		require.Equal(t, e, one(t, model.Reader{}.CSV(strings.NewReader(written(t, e)))), "%q", texts)
	}
}
