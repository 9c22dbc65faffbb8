// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// marked is a workbook of n examples that may all be used, but for what change marks in it.
func marked(t *testing.T, n int, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]string{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}))
	for i := range n {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+2), &[]string{fmt.Sprintf("Title %d", i+2), fmt.Sprintf("Zorblatt Trust %d", i+2), "We met in the hall. Nobody came.", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes"}))
	}
	change(f)
	b, err := f.WriteToBuffer()
	require.NoError(t, err)
	return b.Bytes()
}

// withheldRows are the rows of a sheet whose examples are withheld, and those that are listed as
// unusable.
func withheldRows(t *testing.T, body []byte) (out, listed map[int]bool, r intake.Result) {
	t.Helper()
	table, err := newSheetFile(body).table("Sheet1")
	require.NoError(t, err)
	m, err := intake.Propose(table)
	require.NoError(t, err)
	r, err = intake.Read(table, m, nil)
	require.NoError(t, err)
	out, listed = map[int]bool{}, map[int]bool{}
	for i, e := range r.Examples {
		if e.Agreements[0].Level == model.Withheld {
			out[r.Rows[i]] = true
		}
	}
	for _, f := range r.Findings {
		if f.Unusable {
			listed[f.Row] = true
		}
	}
	return out, listed, r
}

// What a person marks in a workbook by a line through it, a note or hiding withholds the
// example until a person has settled it; what nobody marked is read as it was.
func TestCollect_marked(t *testing.T) {
	through := &excelize.Font{Strike: true}
	style := func(f *excelize.File, from, to string) {
		id, err := f.NewStyle(&excelize.Style{Font: through})
		require.NoError(t, err)
		require.NoError(t, f.SetCellStyle("Sheet1", from, to, id))
	}
	note := func(f *excelize.File, cell, text string) {
		require.NoError(t, f.AddComment("Sheet1", excelize.Comment{Cell: cell, Author: "Officer", Text: text}))
	}
	rich := func(f *excelize.File, cell string, runs ...excelize.RichTextRun) {
		require.NoError(t, f.SetCellRichText("Sheet1", cell, runs))
	}
	for _, c := range []struct {
		name string
		all  bool // every row, not the first one only
		open bool // listed, not withheld
		mark func(f *excelize.File)
	}{
		{"the whole row struck", false, false, func(f *excelize.File) { style(f, "A2", "G2") }},
		{"the style of the row", false, false, func(f *excelize.File) {
			id, err := f.NewStyle(&excelize.Style{Font: through})
			require.NoError(t, err)
			require.NoError(t, f.SetRowStyle("Sheet1", 2, 2, id))
		}},
		{"the title struck", false, false, func(f *excelize.File) { style(f, "A2", "A2") }},
		{"the yes struck", false, false, func(f *excelize.File) { style(f, "G2", "G2") }},
		{"the yes struck as text", false, false, func(f *excelize.File) { rich(f, "G2", excelize.RichTextRun{Text: "Yes", Font: through}) }},
		{"a use struck", false, false, func(f *excelize.File) {
			rich(f, "E2", excelize.RichTextRun{Text: "As a source of guidance"}, excelize.RichTextRun{Text: "; Counted", Font: through})
		}},
		{"a part of the story struck", false, false, func(f *excelize.File) {
			rich(f, "C2", excelize.RichTextRun{Text: "We met in the hall. "}, excelize.RichTextRun{Text: "Nobody came.", Font: through})
		}},
		{"a note on the yes", false, false, func(f *excelize.File) { note(f, "G2", "see mail of 3 May") }},
		{"a note on the organisation", false, false, func(f *excelize.File) { note(f, "B2", "rang") }},
		{"a note beside the columns", false, false, func(f *excelize.File) { note(f, "K2", "rang") }},
		{"a note on the story that takes it back", false, false, func(f *excelize.File) { note(f, "C2", "Please do not publish this.") }},
		{"a status as a note on the story", false, false, func(f *excelize.File) { note(f, "C2", "Withdrawn 3 May") }},
		{"another note on the story", false, true, func(f *excelize.File) { note(f, "C2", "which hall?") }},
		{"a hidden row", false, false, func(f *excelize.File) { require.NoError(t, f.SetRowVisible("Sheet1", 2, false)) }},
		{"a row of no height", false, false, func(f *excelize.File) { require.NoError(t, f.SetRowHeight("Sheet1", 2, 0)) }},
		{"a hidden column of the agreement", true, false, func(f *excelize.File) { require.NoError(t, f.SetColVisible("Sheet1", "G", false)) }},
		{"a hidden column of the story", true, false, func(f *excelize.File) { require.NoError(t, f.SetColVisible("Sheet1", "C:D", false)) }},
		{"a heading struck", true, false, func(f *excelize.File) { style(f, "G1", "G1") }},
		{"a note on a heading that takes back", true, false, func(f *excelize.File) { note(f, "A1", "Do not publish any of these.") }},
		{"another note on a heading", false, true, func(f *excelize.File) { note(f, "A1", "in a few words") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := marked(t, 3, c.mark)
			got, listed, r := withheldRows(t, body)
			require.Len(t, r.Examples, 3)
			want := map[int]bool{}
			if c.all {
				want = map[int]bool{2: true, 3: true, 4: true}
			} else if !c.open {
				want = map[int]bool{2: true}
			}
			assert.Equal(t, want, got)
			assert.Equal(t, want, listed)
			plain, _, before := withheldRows(t, marked(t, 3, func(*excelize.File) {}))
			assert.Empty(t, plain)
			assert.Greater(t, len(r.Findings), len(before.Findings), "it is listed")
		})
	}
	// What is struck out of the story is no part of it; a no counts though a line goes through.
	_, _, r := withheldRows(t, marked(t, 2, func(f *excelize.File) {
		rich(f, "C2", excelize.RichTextRun{Text: "We met in the hall."}, excelize.RichTextRun{Text: " Nobody came.", Font: through})
		require.NoError(t, f.SetCellStr("Sheet1", "G3", "No"))
		style(f, "G3", "G3")
	}))
	raw, err := model.EncodeJSON(r.Examples[0])
	require.NoError(t, err)
	assert.Contains(t, string(raw), `"We met in the hall."`)
	assert.Equal(t, "declined", r.Examples[1].Agreements[0].Consent.Status)
	// A row struck through for the most part says no, for whatever else is of the example.
	_, _, r = withheldRows(t, marked(t, 2, func(f *excelize.File) { style(f, "A2", "E2") }))
	assert.Equal(t, "declined", r.Examples[0].Agreements[0].Consent.Status)
}

// Threads of comments are read where no older note stands for them.
func TestCollect_threads(t *testing.T) {
	body := marked(t, 3, func(*excelize.File) {})
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range z.File {
		require.NoError(t, out.Copy(part))
	}
	w, err := out.Create("xl/threadedComments/threadedComment1.xml")
	require.NoError(t, err)
	_, err = io.WriteString(w, `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="C3" id="{1}"><text>Nice.</text></threadedComment><threadedComment ref="C3" id="{2}" parentId="{1}"><text>Withdrawn by phone 3 May, do not publish</text></threadedComment></ThreadedComments>`)
	require.NoError(t, err)
	require.NoError(t, out.Close())
	got, _, r := withheldRows(t, b.Bytes())
	assert.Equal(t, map[int]bool{3: true}, got)
	assert.Contains(t, string(r.Examples[1].Agreements[0].Conditions), "Withdrawn by phone 3 May")
}

// A hidden sheet is not the one that is read first, and a person settles what was held for
// a mark, having read it.
func TestCollect_markedSettled(t *testing.T) {
	v := desk(t, newPath(t))
	v.taken("x.xlsx", marked(t, 2, func(f *excelize.File) {
		require.NoError(t, f.AddComment("Sheet1", excelize.Comment{Cell: "G2", Author: "Officer", Text: "by phone, on the third"}))
		_, err := f.NewSheet("Before")
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Before", "A1", &[]string{"What is the example called?"}))
		require.NoError(t, f.SetSheetRow("Before", "A2", &[]string{"An old one"}))
		require.NoError(t, f.MoveSheet("Before", "Sheet1"))
		f.SetActiveSheet(1)
		require.NoError(t, f.SetSheetVisible("Before", false))
	}))
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 2)
	_, page := v.get("/check")
	assert.Contains(t, page, "has a note in the workbook")
	read := 0
	for _, e := range all {
		code, page := v.get("/examples/" + e.ID + "/agreement")
		require.Equal(t, http.StatusOK, code)
		read += strings.Count(page, "a note in the workbook: by phone, on the third")
	}
	assert.Equal(t, 1, read)
}
