// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// asODT is a Word document as an office program saves it as ODT: its paragraphs,
// without fields.
func asODT(t *testing.T, docx []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	require.NoError(t, err)
	f, err := in.Open("word/document.xml")
	require.NoError(t, err)
	var text bytes.Buffer
	text.WriteString(`<o:document xmlns:o="o" xmlns:t="t">`)
	d := xml.NewDecoder(f)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch x := token.(type) {
		case xml.StartElement:
			if x.Name.Local == "p" {
				text.WriteString("<t:p>")
			}
		case xml.EndElement:
			if x.Name.Local == "p" {
				text.WriteString("</t:p>")
			}
		case xml.CharData:
			require.NoError(t, xml.EscapeText(&text, x))
		}
	}
	text.WriteString("</o:document>")
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	w, err := out.Create("content.xml")
	require.NoError(t, err)
	_, err = w.Write(text.Bytes())
	require.NoError(t, err)
	require.NoError(t, out.Close())
	return b.Bytes()
}

// Of an example of several parties each answers on a sheet of its own: its yes is
// its own, the example waits for the others, and a no of anyone in any form takes it
// out. Sheets come back on another day than they were made.
func TestSheetsOfSeveralParties(t *testing.T) {
	agreement := func(party string) model.Agreement {
		return model.Agreement{
			Schema: model.AgreementSchema, ID: "ag-" + party, Party: party, Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
			Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseSingleSource: true}, Approval: model.Approval{Required: true},
		}
	}
	example := func(id string, parties ...string) model.Example {
		e := model.Example{
			ID: id, Kind: "ki:engagement-activity", Title: model.Text{Value: "A bus run"},
			Challenges: []model.Challenge{{Coded: model.Coded{Code: "ch:seldom-heard", AssignedBy: model.ByContributor, AsWritten: "nobody came"}, Basis: "experienced"}},
			Steps:      []model.Step{{Text: model.Text{Value: "We asked them again."}, Method: model.Coded{Code: "me:outreach", AssignedBy: model.ByContributor}}},
		}
		for i, p := range parties {
			e.Parties = append(e.Parties, model.Party{Ref: p, Role: []string{"contributor", "partner"}[i], Holding: "h-" + p, Type: "ot:charity"})
			e.Agreements = append(e.Agreements, agreement(p))
		}
		return e
	}
	examples := []model.Example{example("other", "p3"), example("e", "p1", "p2")}
	day := "2026-11-22"
	cfg := Config{
		Anonymize: anonymize.Config{Key: bytes.Repeat([]byte{7}, 32), Now: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC), Audience: model.Everyone, Reviewed: true},
		Locale:    "en-GB", Guide: func(locale string) guidance.Config { return guidance.Config{Locale: locale, Date: day} },
		Theme: render.Theme{Group: "Quuxmead Voices", Footer: "Made together"}, Groups: []string{"", "Wexmoor Voices"},
	}
	sheets := func() func(party string, format render.Renderer) []byte {
		out := map[string]func(format render.Renderer) []byte{}
		for i, e := range examples {
			results, err := anonymize.All(t.Context(), cfg.Anonymize, func(yield func(model.Example, error) bool) { yield(e, nil) })
			require.NoError(t, err)
			require.False(t, results[0].Withheld())
			for _, p := range Parties(cfg.Anonymize.Key, examples[i], results[0].Record.ID()) {
				of := cfg.Guide("en-GB")
				of.SheetCode = p.Code
				g, err := guidance.SignOff(results[0].Record, results[0].Log, of)
				require.NoError(t, err)
				out[p.Ref] = func(format render.Renderer) []byte {
					var b bytes.Buffer
					require.NoError(t, format.Render(&b, g))
					return b.Bytes()
				}
				out[p.Ref+" code"] = func(render.Renderer) []byte { return []byte(p.Code) }
			}
		}
		return func(party string, format render.Renderer) []byte { return out[party](format) }
	}
	earlier := sheets()
	examples[1].Lessons = []model.Lesson{{Text: model.Text{Value: "Bring tea."}, Kind: "worked"}}
	now := sheets()
	day = "2026-11-29"
	code := func(party string) string { return string(now(party+" code", nil)) }

	word := func(from func(string, render.Renderer) []byte, party string, changes ...func(string) string) []byte {
		return edit(t, from(party, render.DOCX{Theme: cfg.Theme}), changes...)
	}
	yes := func(by string) func(string) string {
		return func(doc string) string { return field("name", by)(field("decision", "Yes, as it stands here")(doc)) }
	}
	replace := func(old, text string) func(string) string {
		return func(doc string) string {
			require.Contains(t, doc, old)
			return strings.Replace(doc, old, text, 1)
		}
	}
	typed := func(text string) func(string) string {
		return replace("<w:sectPr", `<w:p><w:r><w:t>`+text+`</w:t></w:r></w:p><w:sectPr`)
	}
	fields := func(docx []byte, from, to string) []byte {
		change := func(doc string) string { return strings.ReplaceAll(doc, from, to) }
		return editMarks(t, docx, change, change)
	}
	shown := func(from, to string) func(string) string { return replace(strings.ToUpper(from), strings.ToUpper(to)) }
	no := replace("☐ No", "☒ No")
	md := func(party, old, text string) []byte {
		return []byte(replace(old, text)(string(now(party, render.Markdown{}))))
	}
	const nobody, waits = "aaaaaaa", "waits for the others"
	yesA, yesB := word(now, "p1", yes("R. Orme")), word(now, "p2", yes("T. Vale"))
	odt := func(docx []byte) []byte { return asODT(t, docx) }

	for _, row := range []struct {
		name     string
		files    []File
		approved bool
		whose    string // of the last file
		said     string // of the last file
	}{
		{"yes of one", []File{{"1.docx", yesA, false}}, false, "p1", waits},
		{"yes of both", []File{{"1.docx", yesA, false}, {"2.docx", yesB, false}}, true, "p2", "yes, filed"},
		{"yes of both, one on a sheet of an earlier look", []File{{"1.docx", yesA, false}, {"2.docx", edit(t, now("p2", render.DOCX{Theme: render.Theme{Group: "Wexmoor Voices"}}), yes("T. Vale")), false}}, true, "p2", "yes, filed"},
		{"a sheet with a name of no look", []File{{"1.docx", yesA, false}, {"2.docx", edit(t, now("p2", render.DOCX{Theme: render.Theme{Group: "Please not"}}), yes("T. Vale")), false}}, false, "p2", "outside its fields"},
		{"yes of both, in Markdown", []File{{"1.docx", yesA, false}, {"2.md", []byte(mdField("name", "T. Vale")(mdField("decision", "Yes")(string(now("p2", render.Markdown{}))))), false}}, true, "p2", "yes, filed"},
		{"yes of both, as ODT", []File{{"1.odt", odt(yesA), false}, {"2.odt", odt(yesB), false}}, true, "p2", "yes, filed"},
		{"no of the other, ticked", []File{{"1.docx", yesA, false}, {"2.docx", word(now, "p2", no), false}}, false, "p2", "no: nothing"},
		{"no of the other, typed below", []File{{"1.docx", yesA, false}, {"2.docx", word(now, "p2", yes("T. Vale"), typed("Nein, danke.")), false}}, false, "p2", "no: nothing"},
		{"no of the other, in ODT", []File{{"1.docx", yesA, false}, {"2.odt", odt(word(now, "p2", no)), false}}, false, "p2", "no: nothing"},
		{"no of the other, ticked in Markdown", []File{{"1.docx", yesA, false}, {"2.md", md("p2", "☐ No", "☒ No"), false}}, false, "p2", "no: nothing"},
		{"no of the other, below a Markdown sheet", []File{{"1.docx", yesA, false}, {"2.md", append(now("p2", render.Markdown{}), "\nNo.\n"...), false}}, false, "p2", "no: nothing"},
		{"the other signs a copy", []File{{"1.docx", yesA, false}, {"2.docx", word(now, "p1", yes("T. Vale")), false}}, false, "p1", "came back under another name"},
		{"a code that is nobody's", []File{{"1.docx", yesA, false}, {"2.docx", fields(yesB, code("p2"), nobody), false}}, false, "", "its code is of nobody behind this example"},
		{"fields with another's code", []File{{"1.docx", yesA, false}, {"2.docx", fields(word(now, "p1", yes("T. Vale")), code("p1"), code("p2")), false}}, false, "", "a copy of another’s sheet"},
		{"text with another's code", []File{{"1.docx", yesA, false}, {"2.docx", word(now, "p1", yes("T. Vale"), shown(code("p1"), code("p2"))), false}}, false, "", "a copy of another’s sheet"},
		{"the code of another example's party", []File{{"1.docx", yesA, false}, {"2.odt", odt(word(now, "p2", yes("T. Vale"), shown(code("p2"), code("p3")))), false}}, false, "", "a copy of another’s sheet"},
		{"fields of another example", []File{{"1.docx", yesA, false}, {"2.docx", pasted(t, yesB, word(now, "p3")), false}}, false, "", "put together from two sheets"},
		{"a no in fields of another example", []File{{"1.docx", yesA, false}, {"2.docx", yesB, false}, {"3.docx", pasted(t, word(now, "p2", field("decision", "No")), word(now, "p3")), false}}, true, "", "until a yes to the text as it is now"},
		{"no on a sheet of another code", []File{{"1.docx", yesA, false}, {"2.docx", yesB, false}, {"3.docx", fields(word(now, "p2", field("decision", "No")), code("p2"), nobody), false}}, false, "", "no: nothing"},
		{"no code at all", []File{{"1.docx", yesA, false}, {"2.docx", fields(word(now, "p2", yes("T. Vale"), shown(code("p2"), "")), code("p2"), ""), false}}, false, "", "outside its fields"},
		{"yes to an earlier text", []File{{"1.docx", yesA, false}, {"2.docx", word(earlier, "p2", yes("T. Vale")), false}}, false, "p2", "answers for no text as it would be published now"},
		{"no to an earlier text, typed below", []File{{"1.docx", yesA, false}, {"2.docx", word(earlier, "p2", typed("No, thank you.")), false}}, false, "p2", "until a yes to the text as it is now"},
		{"no to an earlier text, in ODT", []File{{"1.docx", yesA, false}, {"2.odt", odt(word(earlier, "p2", no)), false}}, false, "p2", "until a yes to the text as it is now"},
		{"no to an earlier text, then yes", []File{{"1.docx", yesA, false}, {"2.docx", word(earlier, "p2", typed("No, thank you.")), false}, {"3.docx", yesB, false}}, true, "p2", "yes, filed"},
		{"yes to an earlier text of one, yes of the other", []File{{"1.docx", word(earlier, "p1", yes("R. Orme")), false}, {"2.docx", yesB, false}}, false, "p2", waits},
	} {
		t.Run(row.name, func(t *testing.T) {
			out, filed, err := Put(t.Context(), examples, row.files, cfg)
			require.NoError(t, err)
			last := filed.Files[len(filed.Files)-1]
			require.Contains(t, last.What, row.said)
			require.Equal(t, row.whose, last.Party)
			results, err := anonymize.All(t.Context(), cfg.Anonymize, func(yield func(model.Example, error) bool) { yield(out[1], nil) })
			require.NoError(t, err)
			require.Equal(t, row.approved, !slices.ContainsFunc(results[0].Log.Reasons, func(r model.Reason) bool { return r.Code == anonymize.ReasonApproval }))
		})
	}
}

// edit changes the text of a Word sheet as a person would.
func edit(t *testing.T, docx []byte, changes ...func(string) string) []byte {
	t.Helper()
	return editMarks(t, docx, nil, changes...)
}

// editMarks changes also what a sheet says of its fields beside its text.
func editMarks(t *testing.T, docx []byte, marks func(string) string, changes ...func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	require.NoError(t, err)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		require.NoError(t, err)
		body, err := io.ReadAll(r)
		require.NoError(t, err)
		if f.Name == "word/document.xml" {
			for _, change := range changes {
				changed := change(string(body))
				require.NotEqual(t, string(body), changed, "nothing was changed")
				body = []byte(changed)
			}
		} else if f.Name == "docProps/custom.xml" && marks != nil {
			body = []byte(marks(string(body)))
		}
		w, err := out.Create(f.Name)
		require.NoError(t, err)
		_, err = w.Write(body)
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	return b.Bytes()
}

// field types into a field of a Word sheet.
func field(slot, text string) func(string) string {
	return func(doc string) string {
		before, rest, ok := strings.Cut(doc, `<w:tag w:val="`+slot+`#`)
		if !ok {
			return doc
		}
		rest = strings.Replace(rest, "<w:showingPlcHdr/>", "", 1)
		rest = strings.Replace(rest, `<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>`, "", 1)
		return before + `<w:tag w:val="` + slot + `#` + strings.Replace(rest, "…", text, 1)
	}
}

// mdField types into a field of a Markdown sheet.
func mdField(slot, text string) func(string) string {
	return func(doc string) string {
		before, rest, _ := strings.Cut(doc, "<!-- slot "+slot+"#")
		return before + "<!-- slot " + slot + "#" + strings.Replace(rest, "> …", "> "+text, 1)
	}
}

// pasted is the text of one sheet with the fields of another.
func pasted(t *testing.T, text, fields []byte) []byte {
	t.Helper()
	tag := regexp.MustCompile(`#[0-9a-f]{48}[a-z2-7]{7}`)
	var from, to string
	edit(t, text, func(doc string) string { from = tag.FindString(doc); return doc + " " })
	edit(t, fields, func(doc string) string { to = tag.FindString(doc); return doc + " " })
	require.NotEqual(t, from, to)
	change := func(doc string) string { return strings.ReplaceAll(doc, from, to) }
	return editMarks(t, text, change, change)
}
