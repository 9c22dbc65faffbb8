// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// edit changes the text of a Word sheet as a person would.
func edit(t *testing.T, name string, change func(string) string) []byte {
	t.Helper()
	in, err := zip.OpenReader(name)
	require.NoError(t, err)
	defer in.Close()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		require.NoError(t, err)
		body, err := io.ReadAll(r)
		require.NoError(t, err)
		if f.Name == "word/document.xml" {
			changed := change(string(body))
			require.NotEqual(t, string(body), changed, "nothing was changed")
			body = []byte(changed)
		}
		w, err := out.Create(f.Name)
		require.NoError(t, err)
		_, err = w.Write(body)
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	return b.Bytes()
}

// field types into a sheet's field; with flagged the mark of a placeholder stays.
func field(slot, text string, flagged bool) func(string) string {
	return func(doc string) string {
		before, rest, ok := strings.Cut(doc, `<w:tag w:val="`+slot+`#`)
		if !ok {
			return doc
		}
		if !flagged {
			rest = strings.Replace(rest, "<w:showingPlcHdr/>", "", 1)
			rest = strings.Replace(rest, `<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>`, "", 1)
		}
		return before + `<w:tag w:val="` + slot + `#` + strings.Replace(rest, "…", text, 1)
	}
}

func all(changes ...func(string) string) func(string) string {
	return func(doc string) string {
		for _, c := range changes {
			doc = c(doc)
		}
		return doc
	}
}

func replace(old, text string) func(string) string {
	return func(doc string) string { return strings.Replace(doc, old, text, 1) }
}

// However people answer: one clean yes with a name publishes, whatever else is
// found on a sheet does not, and every file is accounted for.
func TestReturnedSheets(t *testing.T) {
	t.Parallel()
	const yes = "Yes, as it stands here"
	name := field("name", "R. Orme, chair", false)
	note := `<w:p><w:r><w:t>No, please not.</w:t></w:r></w:p>`
	rows := []struct {
		name, file, becomes string
		change              func(string) string
	}{
		{"a clean yes", "a.docx", "yes, filed", all(field("decision", yes, false), name)},
		{"a yes ticked in the line of options", "b.docx", "yes, filed", all(replace("☐ "+yes, "☒ "+yes), name)},
		{"a yes without a name", "c.docx", "no answer, or no name", field("decision", yes, false)},
		{"a no ticked in the line of options", "d.docx", "no: nothing", all(replace("☐ No", "☒ No"), name)},
		{"two ticks", "e.docx", "outside its fields", all(replace("☐ No", "☒ No"), replace("☐ "+yes, "☒ "+yes), name)},
		{"a no typed below the field", "f.docx", "no: nothing", all(field("decision", yes, false), name, replace("<w:sectPr", note+"<w:sectPr"))},
		{"a remark typed below the field", "f2.docx", "outside its fields", all(field("decision", yes, false), name, replace("<w:sectPr", `<w:p><w:r><w:t>No changes, thank you.</w:t></w:r></w:p>`+"<w:sectPr"))},
		{"a loud no", "g2.docx", "no: nothing", all(field("decision", "NO!", false), name)},
		{"a no with the placeholder's mark left", "g.docx", "no: nothing", all(field("decision", "No", true), name)},
		{"a yes struck through", "h.docx", "outside its fields", all(replace("☐ "+yes, "</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>☐ "+yes+"</w:t></w:r><w:r><w:t>"), name)},
		{"a yes and a wish", "i.docx", "only with changes", all(field("decision", yes, false), name, field("change", "Leave out the town.", false))},
		{"a no in a field within the field", "g3.docx", "no: nothing", all(field("decision", `</w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>No</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>`, false), name)},
		{"another format", "j.pdf", "cannot be read: ask", nil},
		{"an old Word document", "j2.doc", "cannot be read: ask", nil},
		{"a Word document with macros that is none", "j3.docm", "no answers can be read", nil},
		{"a message", "j4.eml", "save what is attached", nil},
		{"the sheet to look at", "j6.html", "ask for the Word sheet", nil},
		{"an ODT that is none", "j5.odt", "no answers can be read", nil},
		{"no document at all", "k.docx", "no answers can be read", nil},
	}
	dir, args := small(t)
	_, err := howto(t, args...)
	require.NoError(t, err)
	sheets, err := filepath.Glob(filepath.Join(dir, "private", "sign-off", "*.docx"))
	require.NoError(t, err)
	folder := t.TempDir()
	for i, row := range rows {
		body := []byte("%PDF-1.7 nothing")
		if row.change != nil {
			body = edit(t, sheets[i], row.change)
		}
		require.NoError(t, os.WriteFile(filepath.Join(folder, row.file), body, 0o600))
	}
	_, err = howto(t, append(args, "-signed", folder)...)
	require.NoError(t, err)
	list, err := os.ReadFile(filepath.Join(dir, "private", "returned.csv"))
	require.NoError(t, err)
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, line, ok := strings.Cut(string(list), "\n"+row.file+",")
			require.True(t, ok, "not accounted for")
			line, _, _ = strings.Cut(line, "\n")
			require.Contains(t, line, row.becomes)
		})
	}
}
