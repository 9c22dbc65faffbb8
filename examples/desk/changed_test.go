// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/sharedpractice/sharedpractice/model"
)

// Columns of the exports below.
const (
	inTime = iota
	inAddress
	inOrganisation
	inTitle
	inSteps
	inLevel
	inUses
	inReaders
	inConsent
)

// export is what a survey tool gives, with rows that differ in their words.
func export() [][]string {
	rows := [][]string{{"Timestamp", "Email Address", "What is your organisation called?", "What is the example called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}}
	for i, x := range [][]string{
		{"Zorblatt Trust", "Tea on the landing", "We put a kettle on each landing and asked whoever came by what the lift repairs had cost them."},
		{"", "A rent book for all", "I drew up a rent book in large print with my neighbour and the housing office now hands it out."},
		{"Quuxmead Homes", "Voices at the board", "Two tenants sit on the board, paid by the meeting, and brief the others in the laundry each month."},
		{"", "Night walk", "Eleven of us walked the stairwells at night with the caretaker and marked every broken lamp on a map."},
		{"Fells Housing", "Damp diary", "Families kept a diary of damp for six weeks; surveyors read it before they came."},
		{"", "", "My story: the scaffolding stayed for a year. I wrote to the council, then we hung bedsheets from it, and it went."},
		{"Marl Estates", "Young inspectors", "Teenagers inspected the play areas and gave marks, which the estate had to answer within a month."},
		{"Plonk Living", "Repairs by text", "Tenants text a picture of what is broken and are told the day on which somebody comes."},
	} {
		rows = append(rows, []string{fmt.Sprintf("2026/03/%02d 9:1%d:05 am", i+1, i), fmt.Sprintf("person%d@mail%d.example", i, i), x[0], x[1], x[2], "What we did, but not who we are", "Counted, and told together with others;As a source of guidance", "Everyone", "Yes"})
	}
	return rows
}

func csvOf(t *testing.T, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	require.NoError(t, w.WriteAll(rows))
	return b.Bytes()
}

// open are the titles of examples of which something may be published.
func (v *visit) open() (titles []string, all int) {
	v.Helper()
	examples, err := v.examples(v.Context())
	require.NoError(v, err)
	for _, e := range examples {
		if opens(e) && e.Agreements[0].Withdrawal.Effect == "" {
			titles = append(titles, shortened(called(e), 12))
		}
	}
	slices.Sort(titles)
	return titles, len(examples)
}

func (v *visit) waits() (gone, changed []differing) {
	v.Helper()
	gone, changed, err := v.differences(v.Context())
	require.NoError(v, err)
	return gone, changed
}

// An export that is taken in again with a change: what is the same is the same, what has
// changed a little is no new example, and nothing is published of what stood there before
// while nobody has decided.
func TestExport_again(t *testing.T) {
	v := desk(t, newPath(t))
	for _, x := range []struct {
		name          string
		change        func(rows [][]string) [][]string
		all           int
		gone, changed int
		open          int // of the examples
	}{
		{"the same", func(r [][]string) [][]string { return r }, 8, 0, 0, 8},
		{"sorted otherwise", func(r [][]string) [][]string { slices.Reverse(r[1:]); return r }, 8, 0, 0, 8},
		{"more rows", func(r [][]string) [][]string {
			return append(r, []string{"2026/04/01 8:00:00 am", "new@new.example", "", "Lodgers’ lunch", "We cooked for every lodger in the street and heard who had no heating.", r[1][inLevel], r[1][inUses], "Everyone", "Yes"})
		}, 9, 0, 0, 9},
		{"a sentence more, with an organisation", func(r [][]string) [][]string { r[1][inSteps] += " It went on."; return r }, 8, 0, 0, 8},
		{"no, with an organisation", func(r [][]string) [][]string { r[1][inConsent] = "No"; return r }, 8, 0, 0, 7},
		{"a sentence more, without", func(r [][]string) [][]string { r[2][inSteps] += " It went on."; return r }, 8, 0, 1, 7},
		{"no, without an organisation", func(r [][]string) [][]string { r[2][inConsent] = "No"; return r }, 8, 0, 1, 7},
		{"fewer readers, without", func(r [][]string) [][]string { r[4][inReaders] = "Members"; return r }, 8, 0, 1, 7},
		{"a story mended", func(r [][]string) [][]string { r[6][inSteps] += " Nobody said sorry."; return r }, 8, 0, 1, 7},
		{"another title", func(r [][]string) [][]string { r[3][inTitle] = "Voices on the board"; return r }, 8, 0, 1, 7},
		{"another name", func(r [][]string) [][]string { r[3][inOrganisation] = "Quuxmead Housing"; return r }, 8, 0, 1, 7},
		{"a name at last", func(r [][]string) [][]string { r[2][inOrganisation] = "Pennyfold Tenants"; return r }, 8, 0, 1, 7},
		{"another title and text, of the same time", func(r [][]string) [][]string {
			r[4][inTitle], r[4][inSteps] = "Lamps", "The council mended what we wrote down."
			return r
		}, 8, 0, 1, 7},
		{"another time, of the same title", func(r [][]string) [][]string {
			r[4][inTime], r[4][inAddress], r[4][inSteps] = "2026/04/09 7:00:00 pm", "", "The council mended what we wrote down."
			return r
		}, 8, 0, 1, 7},
		{"a row less", func(r [][]string) [][]string { return slices.Delete(r, 3, 4) }, 8, 1, 0, 7},
		{"a row less, one changed, one no", func(r [][]string) [][]string {
			r[2][inSteps] += " It went on."
			r[4][inConsent] = "No"
			return slices.Delete(r, 7, 8)
		}, 8, 1, 2, 5},
		{"a column more", func(r [][]string) [][]string {
			for i := range r {
				r[i] = append(r[i], []string{"What came of it?", "It was mended."}[min(i, 1)])
			}
			return r
		}, 8, 0, 3, 5},
		{"another survey of the same form", func(r [][]string) [][]string {
			for i := range r[1:] {
				r[i+1] = []string{fmt.Sprintf("2027/01/0%d 1:11:11 pm", i+1), "", "", fmt.Sprintf("Title %c", 'A'+i), strings.Repeat(fmt.Sprintf("wibble%c ", 'a'+i), 9), r[1][inLevel], r[1][inUses], "Everyone", "Yes"}
			}
			return r
		}, 16, 0, 0, 16},
		{"another form, with one example of both", func(r [][]string) [][]string {
			return [][]string{
				{"organisation", "title", "steps", "confidentiality", "uses", "audience", "consent"},
				append(slices.Clone(r[1][inOrganisation:inLevel]), r[1][inLevel:]...),
				append([]string{"Wexmoor Homes", "Lodgers’ lunch", "We cooked for every lodger in the street."}, r[1][inLevel:]...),
			}
		}, 9, 0, 0, 9},
	} {
		t.Run(x.name, func(t *testing.T) {
			for _, table := range []string{"example", "upload", "form", "mark", "difference", "alias"} {
				_, err := v.db.ExecContext(t.Context(), "DELETE FROM "+table)
				require.NoError(t, err)
			}
			v.taken("a.csv", csvOf(t, export()))
			titles, all := v.open()
			require.Equal(t, 8, all)
			require.Len(t, titles, 8)
			v.taken("b.csv", csvOf(t, x.change(export())))
			gone, changed := v.waits()
			titles, all = v.open()
			assert.Equal(t, x.all, all, "examples")
			assert.Len(t, gone, x.gone, "gone")
			assert.Len(t, changed, x.changed, "changed")
			assert.Len(t, titles, x.open, "of which something may be published")
		})
	}
}

// decide answers what Check asks about an example.
func (v *visit) decide(example, said string) {
	v.Helper()
	code, _ := v.post("/check/differences", url.Values{"example": {example}, "said": {said}})
	require.Equal(v, http.StatusOK, code)
}

// What a person says of a difference holds for every export after it, and over restarts.
func TestExport_decided(t *testing.T) {
	path := newPath(t)
	v := desk(t, path)
	rows := export()
	v.taken("a.csv", csvOf(t, rows))
	was, err := v.examples(t.Context())
	require.NoError(t, err)
	rows[2][inSteps] += " It went on."
	rows[4][inConsent] = "No"
	rows = slices.Delete(rows, 7, 8) // Marl Estates
	upload := v.taken("b.csv", csvOf(t, rows))

	v = desk(t, path)
	_, page := v.get("/check")
	for _, said := range []string{"1 example of earlier exports is not in the last one", "2 rows look like examples that you have, changed", "It went on.", "The row allows nothing now", "Young inspectors"} {
		assert.Contains(t, page, said)
	}
	for _, at := range []string{"/", "/publish"} {
		assert.Contains(t, v.page(at), "the last export says something else", at)
	}
	assert.Contains(t, v.page("/draft"), "nobody has decided what that means")
	gone, changed := v.waits()
	require.Len(t, gone, 1)
	require.Len(t, changed, 2)
	assert.Contains(t, v.page("/examples/"+gone[0].ID), "nobody has decided what that means")
	assert.False(t, changed[0].Closed)
	assert.True(t, changed[1].Closed)
	code, _ := v.post("/check/differences", url.Values{"example": {gone[0].ID}, "said": {"same"}})
	assert.Equal(t, http.StatusConflict, code, "it is gone, not changed")
	code, _ = v.post("/check/differences", url.Values{"all": {"yes"}, "said": {"x"}})
	assert.Equal(t, http.StatusBadRequest, code)

	// Taken once more by other columns: the same rows.
	code, _ = v.post("/collect/"+upload, url.Values{"do": {"take"}, "column-4": {"lessons"}})
	require.Equal(t, http.StatusOK, code)
	again, _ := v.waits()
	assert.Len(t, again, 1)
	_, all := v.open()
	assert.Equal(t, 8, all)
	code, _ = v.post("/collect/"+upload, url.Values{"do": {"take"}, "column-4": {"steps"}})
	require.Equal(t, http.StatusOK, code)

	v.decide(changed[0].ID, "same")
	titles, all := v.open()
	assert.Equal(t, 8, all)
	assert.Len(t, titles, 6)
	now, err := v.examples(t.Context())
	require.NoError(t, err)
	for i := range now {
		assert.Equal(t, was[i].ID, now[i].ID, "whatever was said of an example before, holds")
	}
	v.decide(gone[0].ID, "keep")
	titles, _ = v.open()
	assert.Len(t, titles, 7)

	// They were two after all: the one that said yes is gone, and the one that says no is new.
	v.decide(changed[1].ID, "two")
	titles, all = v.open()
	assert.Equal(t, 9, all)
	assert.Len(t, titles, 7)
	gone, changed = v.waits()
	assert.Empty(t, changed)
	require.Len(t, gone, 1)
	v.decide(gone[0].ID, "withdraw")

	v = desk(t, path)
	v.taken("c.csv", csvOf(t, rows))
	gone, changed = v.waits()
	assert.Empty(t, gone, "what was said holds")
	assert.Empty(t, changed)
	titles, all = v.open()
	assert.Equal(t, 9, all)
	assert.Len(t, titles, 7)

	// The old row again beside the new one: then they are two.
	first := export()
	v.taken("d.csv", csvOf(t, append(slices.Clone(rows), first[2])))
	_, changed = v.waits()
	assert.Empty(t, changed)
	titles, all = v.open()
	assert.Equal(t, 10, all)
	assert.Len(t, titles, 8)

	// A row that is kept and comes back is asked about when it goes again.
	v.taken("e.csv", csvOf(t, append(slices.Clone(rows), first[2], first[7])))
	v.taken("f.csv", csvOf(t, append(slices.Clone(rows), first[2])))
	gone, _ = v.waits()
	require.Len(t, gone, 1)
	assert.Equal(t, "Young inspectors", gone[0].Title)
	assert.NotContains(t, v.log.String(), "Young")
}

// An example that was withdrawn does not swallow another that looks like it.
func TestExport_withdrawn(t *testing.T) {
	v := desk(t, newPath(t))
	rows := export()
	v.taken("a.csv", csvOf(t, rows))
	examples, err := v.examples(t.Context())
	require.NoError(t, err)
	i := slices.IndexFunc(examples, func(e model.Example) bool { return called(e) == "Night walk" })
	_, _ = v.post("/examples/"+examples[i].ID+"/withdraw", url.Values{"effect": {"no-new-use"}})
	rows[4][inTime], rows[4][inAddress], rows[4][inSteps] = "2026/05/05 5:55:55 pm", "", "I walked by day, and asked the shops for light."
	v.taken("b.csv", csvOf(t, rows))
	_, changed := v.waits()
	require.Len(t, changed, 1)
	_, page := v.get("/check")
	assert.Contains(t, page, "The example was withdrawn, and stays so if it is the same.")
	v.decide(changed[0].ID, "two")
	titles, all := v.open()
	assert.Equal(t, 9, all)
	assert.Len(t, titles, 8)
	gone, changed := v.waits()
	assert.Empty(t, gone, "it is withdrawn")
	assert.Empty(t, changed)
}

// Both sheets of a workbook may be taken: what one of them lacks later is missed.
func TestExport_sheets(t *testing.T) {
	two := func(first, second [][]string) []byte {
		t.Helper()
		f := excelize.NewFile()
		defer f.Close()
		_, err := f.NewSheet("Second")
		require.NoError(t, err)
		for sheet, rows := range map[string][][]string{"Sheet1": first, "Second": second} {
			for i, row := range rows {
				require.NoError(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row))
			}
		}
		b, err := f.WriteToBuffer()
		require.NoError(t, err)
		return b.Bytes()
	}
	second := [][]string{{"organisation", "title", "steps", "confidentiality", "uses", "audience", "consent"}}
	for _, title := range []string{"Lamps", "Stairs"} {
		second = append(second, append([]string{"", title, "We mended the " + title + " ourselves."}, export()[1][inLevel:]...))
	}
	v := desk(t, newPath(t))
	id := v.taken("a.xlsx", two(export(), second))
	_, _ = v.post("/collect/"+id, url.Values{"do": {"sheet"}, "sheet": {"Second"}})
	_, _ = v.post("/collect/"+id, url.Values{"do": {"take"}})
	_, all := v.open()
	require.Equal(t, 10, all)
	gone, changed := v.waits()
	require.Empty(t, gone)
	require.Empty(t, changed)
	v.taken("b.csv", csvOf(t, slices.Delete(export(), 3, 4)))
	gone, _ = v.waits()
	assert.True(t, slices.ContainsFunc(gone, func(d differing) bool { return d.Title == "Voices at the board" }))
}

// Of several rows of one organisation and title, what they say tells which is which: one
// that was withdrawn does not hand its place to another.
func TestExport_namesakes(t *testing.T) {
	v := desk(t, newPath(t))
	rows := export()
	rows[3][inOrganisation], rows[3][inTitle] = rows[1][inOrganisation], rows[1][inTitle]
	v.taken("a.csv", csvOf(t, rows))
	examples, err := v.examples(t.Context())
	require.NoError(t, err)
	i := slices.IndexFunc(examples, func(e model.Example) bool { return strings.HasSuffix(e.ID, "-2") })
	require.GreaterOrEqual(t, i, 0)
	_, _ = v.post("/examples/"+examples[i].ID+"/withdraw", url.Values{"effect": {"no-new-use"}})
	text := string(examples[i].Steps[0].Text.Value)
	rows = slices.Delete(rows, 1, 2) // now the second is the first
	v.taken("b.csv", csvOf(t, rows))
	examples, err = v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, examples, 8)
	for _, e := range examples {
		if string(e.Steps[0].Text.Value) == text {
			assert.NotEmpty(t, e.Agreements[0].Withdrawal.Effect, "it was withdrawn")
		}
	}
	gone, changed := v.waits()
	assert.Len(t, gone, 1)
	assert.Empty(t, changed)
}

// An account that is pasted once more, mended, is no other; a deleted file's number is
// no later file's.
func TestAccount_again(t *testing.T) {
	v := desk(t, newPath(t))
	paste := func(story, consent string) {
		t.Helper()
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for name, value := range map[string]string{"account": story, "confidentiality": "What we did, but not who we are", "uses": "As a source of guidance", "audience": "Everyone", "consent": consent} {
			require.NoError(t, m.WriteField(name, value))
		}
		require.NoError(t, m.Close())
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.at+"/collect/account/upload", &b)
		require.NoError(t, err)
		r.Header.Set("Content-Type", m.FormDataContentType())
		code, _ := v.do(r)
		require.Equal(t, http.StatusOK, code)
	}
	const story = "We put a kettle on each landing and asked whoever came by what the lift repairs had cost them."
	paste(story, "Yes")
	paste("Teenagers inspected the play areas and gave marks, which the estate had to answer within a month.", "Yes")
	titles, _ := v.open()
	require.Len(t, titles, 2)
	paste(story+" It took a year.", "No")
	titles, all := v.open()
	assert.Equal(t, 2, all)
	assert.Len(t, titles, 1)
	gone, changed := v.waits()
	assert.Empty(t, gone)
	assert.Len(t, changed, 1)

	id := v.taken("a.csv", csvOf(t, export()))
	_, _ = v.post("/collect/"+id+"/delete", nil)
	_, page := v.send("/collect/upload", "b.csv", csvOf(t, export()))
	require.NotEqual(t, id, inCollect.FindStringSubmatch(page)[1])
	assert.Contains(t, page, "8 of them are known from earlier files")
}

// Thousands of changed rows are compared in the time that they take to be read.
func TestPairs_many(t *testing.T) {
	const n = 4000
	var known, fresh []version
	for i := range n {
		e := model.Example{ID: fmt.Sprintf("e-%024d", i), Title: model.Text{Value: model.Raw(fmt.Sprintf("Title %d", i))}}
		e.Steps = []model.Step{{Text: model.Text{Value: model.Raw(fmt.Sprintf("We asked word%d and word%d what had helped them most in the summer.", i, i+1))}}}
		known = append(known, version{example: e, upload: 1, row: i, ids: []string{e.ID}})
		e.ID, e.Title = fmt.Sprintf("e-%024d", n+i), model.Text{Value: "x"}
		fresh = append(fresh, version{example: e, upload: 2, row: i})
	}
	begun := time.Now()
	got := pairs(known, fresh, 0, false, func(int64) bool { return true })
	require.Len(t, got, n)
	for _, p := range got {
		require.Equal(t, p.old, p.fresh)
		require.Equal(t, sameText, p.why)
	}
	assert.Less(t, time.Since(begun), 20*time.Minute) // an hour where each is held against each
}

// Survey tools count rows from 1 in each survey: a row of another one that has the same
// number takes no example's place, nor what was said of it.
func TestExport_counted(t *testing.T) {
	counted := func(rows [][]string, from int) [][]string {
		for i := range rows {
			rows[i] = append([]string{"ID"}, rows[i]...)
			if i > 0 {
				rows[i][0] = strconv.Itoa(from + i - 1)
			}
		}
		return rows
	}
	others := func() [][]string {
		rows := export()
		for i := range rows[1:] {
			rows[i+1] = append([]string{fmt.Sprintf("2027/01/0%d 1:11:11 pm", i+1), fmt.Sprintf("other%d@elsewhere.example", i), "", fmt.Sprintf("Title %c", 'A'+i), strings.Repeat(fmt.Sprintf("wibble%c ", 'a'+i), 9)}, rows[i+1][inLevel:]...)
		}
		return rows
	}
	v := desk(t, newPath(t))
	start := func() (withdrawn string) {
		t.Helper()
		for _, table := range []string{"example", "upload", "form", "mark", "difference", "alias", "withdrawal"} {
			_, err := v.db.ExecContext(t.Context(), "DELETE FROM "+table)
			require.NoError(t, err)
		}
		v.taken("a.csv", csvOf(t, counted(export(), 1)))
		examples, err := v.examples(t.Context())
		require.NoError(t, err)
		require.Len(t, examples, 8)
		i := slices.IndexFunc(examples, func(e model.Example) bool { return called(e) == "Night walk" })
		_, _ = v.post("/examples/"+examples[i].ID+"/withdraw", url.Values{"effect": {"no-new-use"}})
		return "Night walk"
	}
	withdrawn := func() (titles []string) {
		t.Helper()
		examples, err := v.examples(t.Context())
		require.NoError(t, err)
		for _, e := range examples {
			if e.Agreements[0].Withdrawal.Effect != "" {
				titles = append(titles, called(e))
			}
		}
		return titles
	}
	for _, x := range []struct {
		name               string
		next               [][]string
		all, gone, changed int
	}{
		{"the same form, begun anew", counted(others(), 1), 16, 0, 0},
		{"another form", func() [][]string {
			rows := counted(others(), 1)
			copy(rows[0], []string{"ID", "Begun", "Reach you at", "organisation", "title", "steps", "confidentiality", "uses", "audience", "consent"})
			return rows
		}(), 16, 0, 0},
		{"the same survey, an answer written anew", func() [][]string {
			rows := counted(export(), 1)
			rows[2][1+inTitle], rows[2][1+inSteps] = "Lamps", "The council mended what we wrote down."
			return rows
		}(), 8, 0, 0},
		{"the same survey, one deleted", slices.Delete(counted(export(), 1), 1, 2), 8, 1, 0},
	} {
		was := start()
		v.taken("b.csv", csvOf(t, x.next))
		v.taken("c.csv", csvOf(t, x.next))
		_, all := v.open()
		gone, changed := v.waits()
		assert.Equal(t, x.all, all, x.name)
		assert.Len(t, gone, x.gone, x.name)
		assert.Len(t, changed, x.changed, x.name)
		assert.Equal(t, []string{was}, withdrawn(), x.name)
	}
}
