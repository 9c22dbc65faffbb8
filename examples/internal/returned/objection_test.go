// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// repacked is a document as another program packs it, with parts changed and added.
func repacked(t *testing.T, doc []byte, change func(parts map[string]string)) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(doc), int64(len(doc)))
	require.NoError(t, err)
	parts, names := map[string]string{}, []string{}
	for _, f := range in.File {
		r, err := f.Open()
		require.NoError(t, err)
		body, err := io.ReadAll(r)
		require.NoError(t, err)
		parts[f.Name] = string(body)
	}
	change(parts)
	for name := range parts {
		names = append(names, name)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, name := range names {
		w, err := out.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(w, parts[name])
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	return b.Bytes()
}

const word = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// Whoever objects to what a sheet shows, in whatever way, has not said yes; and whoever
// only sends it back has, whatever their programs made of it.
func TestObjections(t *testing.T) {
	example := model.Example{
		ID: "a", Kind: "ki:engagement-activity", Title: model.Text{Value: "A bus run"},
		Challenges: []model.Challenge{{Coded: model.Coded{Code: "ch:seldom-heard", AssignedBy: model.ByContributor, AsWritten: "nobody came"}, Basis: "experienced"}},
		Steps: []model.Step{
			{Text: model.Text{Value: "We asked them again."}, Method: model.Coded{Code: "me:outreach", AssignedBy: model.ByContributor}},
			{Text: model.Text{Value: "We paid them on the day, and never late."}},
		},
		Lessons: []model.Lesson{{Text: model.Text{Value: "Bring tea."}, Kind: "worked"}},
		Parties: []model.Party{{Ref: "p", Role: "contributor", Type: "ot:charity"}},
		Agreements: []model.Agreement{{
			Schema: model.AgreementSchema, ID: "ag", Party: "p", Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
			Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseSingleSource: true}, Approval: model.Approval{Required: true},
		}},
	}
	cfg := Config{
		Anonymize: anonymize.Config{Key: bytes.Repeat([]byte{7}, 32), Now: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC), Audience: model.Everyone, Reviewed: true},
		Locale:    "en-GB", Guide: func(locale string) guidance.Config { return guidance.Config{Locale: locale, Date: "2026-11-29"} },
		Theme: render.Theme{Group: "Quuxmead Voices", Footer: "Made together"},
	}
	examples := []model.Example{example}
	results, err := anonymize.All(t.Context(), cfg.Anonymize, collect.Sequence(examples))
	require.NoError(t, err)
	of := cfg.Guide(cfg.Locale)
	of.SheetCode = Parties(cfg.Anonymize.Key, example, results[0].Record.ID())[0].Code
	g, err := guidance.SignOff(results[0].Record, results[0].Log, of)
	require.NoError(t, err)
	var b, m bytes.Buffer
	require.NoError(t, (render.DOCX{Theme: cfg.Theme}).Render(&b, g))
	require.NoError(t, (render.Markdown{}).Render(&m, g))
	plain := edit(t, b.Bytes(), field("decision", "Yes, as it stands here"), field("name", "Jo Bright, director"), field("date", "2026-11-28"))
	docx := func(changes ...func(string) string) File {
		return File{Name: "s.docx", Body: edit(t, plain, changes...)}
	}
	parts := func(change func(map[string]string)) File {
		return File{Name: "s.docx", Body: repacked(t, plain, change)}
	}
	md := mdField("date", "2026-11-28")(mdField("name", "Jo Bright, director")(mdField("decision", "Yes, as it stands here")(m.String())))
	mark := func(changes ...func(string) string) File {
		doc := md
		for _, change := range changes {
			changed := change(doc)
			require.NotEqual(t, doc, changed, "nothing was changed")
			doc = changed
		}
		return File{Name: "s.md", Body: []byte(doc)}
	}
	odt := func(changes ...func(string) string) File {
		return File{Name: "s.odt", Body: repacked(t, asODT(t, plain), func(parts map[string]string) {
			for _, change := range changes {
				changed := change(parts["content.xml"])
				require.NotEqual(t, parts["content.xml"], changed, "nothing was changed")
				parts["content.xml"] = changed
			}
		})}
	}
	swap := func(old, text string) func(string) string {
		return func(doc string) string {
			require.Contains(t, doc, old)
			return strings.Replace(doc, old, text, 1)
		}
	}
	pattern := func(re, text string) func(string) string {
		return func(doc string) string { return regexp.MustCompile("(?s)"+re).ReplaceAllString(doc, text) }
	}
	without := func(begins, ends, text string) func(string) string { // an element
		return func(doc string) string {
			at := strings.Index(doc, text)
			require.Positive(t, at)
			from := strings.LastIndex(doc[:at], begins)
			require.Positive(t, from)
			return doc[:from] + doc[at+strings.Index(doc[at:], ends)+len(ends):]
		}
	}
	const sentence = `<w:r><w:t xml:space="preserve">We asked them again.</w:t></w:r>`
	around := func(before, after string) func(string) string { return swap(sentence, before+sentence+after) }
	const line = "We asked them again.</t:p>"
	answer := func(format, slot, was, text string) File {
		switch format {
		case "docx":
			return docx(swap(was, text))
		case "odt":
			return odt(swap(was, text))
		}
		return mark(swap(was, text))
	}
	type row struct {
		name string
		file File
	}
	objections := []row{
		{"Word: a row deleted", docx(without("<w:tr>", "</w:tr>", "We asked them again."))},
		{"Word: a row of a list deleted", docx(without("<w:tr>", "</w:tr>", "Reaching seldom-heard groups"))},
		{"Word: the exact text deleted", docx(pattern(`<w:p><w:pPr><w:pStyle w:val="Verbatim"/></w:pPr>.*?</w:p>`, ""))},
		{"Word: a sentence on what it is for deleted", docx(without("<w:p>", "</w:p>", "What it says may stand in guides"))},
		{"Word: the title deleted", docx(pattern(`<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>.*?</w:p>`, ""))},
		{"Word: a tracked deletion", docx(swap(sentence, `<w:del w:id="9" w:author="x"><w:r><w:delText>We asked them again.</w:delText></w:r></w:del>`))},
		{"Word: a tracked deletion that kept its text", docx(around(`<w:del w:id="9" w:author="x">`, `</w:del>`))},
		{"Word: a row deleted and tracked", docx(swap("<w:trPr><w:cantSplit/>", `<w:trPr><w:del w:id="9" w:author="x"/><w:cantSplit/>`))},
		{"Word: a tracked insertion", docx(around("", `<w:ins w:id="9" w:author="x"><w:r><w:t>!</w:t></w:r></w:ins>`))},
		{"Word: a tracked move", docx(around(`<w:moveFrom w:id="9" w:author="x">`, `</w:moveFrom>`))},
		{"Word: a comment", parts(func(p map[string]string) {
			p["word/document.xml"] = around(`<w:commentRangeStart w:id="0"/>`, `<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`)(p["word/document.xml"])
			p["word/comments.xml"] = `<w:comments ` + word + `><w:comment w:id="0" w:author="Jo"><w:p><w:r><w:t>Please leave this out</w:t></w:r></w:p></w:comment></w:comments>`
		})},
		{"Word: a comment to the whole", parts(func(p map[string]string) {
			p["word/comments.xml"] = `<w:comments ` + word + `><w:comment w:id="0" w:author="Jo"><w:p><w:r><w:t>Please leave this out</w:t></w:r></w:p></w:comment></w:comments>`
		})},
		{"Word: a comment that is drawn", parts(func(p map[string]string) {
			p["word/comments.xml"] = `<w:comments ` + word + `><w:comment w:id="0" w:author="Jo"><w:p/></w:comment></w:comments>`
		})},
		{"Word: a footnote", docx(around("", `<w:r><w:footnoteReference w:id="3"/></w:r>`))},
		{"Word: an endnote", parts(func(p map[string]string) {
			p["word/endnotes.xml"] = `<w:endnotes ` + word + `><w:endnote w:id="3"><w:p><w:r><w:t>Please leave this out</w:t></w:r></w:p></w:endnote></w:endnotes>`
		})},
		{"Word: in the footer", parts(func(p map[string]string) {
			p["word/footer1.xml"] = swap("</w:ftr>", `<w:p><w:r><w:t>We do not agree</w:t></w:r></w:p></w:ftr>`)(p["word/footer1.xml"])
		})},
		{"Word: in a header of its own", parts(func(p map[string]string) {
			p["word/header2.xml"] = `<w:hdr ` + word + `><w:p><w:r><w:t>DRAFT, not to be used</w:t></w:r></w:p></w:hdr>`
		})},
		{"Word: across the pages", parts(func(p map[string]string) {
			p["word/header1.xml"] = swap("</w:hdr>", `<w:p><w:r><w:pict><v:shape xmlns:v="v"><v:textpath string="NO"/></v:shape></w:pict></w:r></w:p></w:hdr>`)(p["word/header1.xml"])
		})},
		{"Word: a line drawn through", docx(around(`<w:r><w:pict><v:line xmlns:v="v" from="0,0" to="100,0"/></w:pict></w:r>`, ""))},
		{"Word: a shape", docx(around(`<w:r><w:drawing/></w:r>`, ""))},
		{"Word: ink", parts(func(p map[string]string) { p["word/ink/ink1.xml"] = `<ink xmlns="i"><trace>1 2</trace></ink>` })},
		{"Word: a picture stuck in", docx(around(`<w:r><w:object/></w:r>`, ""))},
		{"Word: another document in it", parts(func(p map[string]string) { p["word/afchunk.mht"] = "Please leave this out" })},
		{"Word: highlighted", docx(around(`<w:r><w:rPr><w:highlight w:val="red"/></w:rPr><w:t> </w:t></w:r>`, ""))},
		{"Word: shaded", docx(swap(sentence, strings.Replace(sentence, "<w:r>", `<w:r><w:rPr><w:shd w:val="clear" w:fill="FF0000"/></w:rPr>`, 1)))},
		{"Word: struck through", docx(swap(sentence, strings.Replace(sentence, "<w:r>", `<w:r><w:rPr><w:strike/></w:rPr>`, 1)))},
		{"Word: struck through twice", docx(swap(sentence, strings.Replace(sentence, "<w:r>", `<w:r><w:rPr><w:dstrike w:val="1"/></w:rPr>`, 1)))},
		{"Word: hidden", docx(swap(sentence, strings.Replace(sentence, "<w:r>", `<w:r><w:rPr><w:vanish/></w:rPr>`, 1)))},
		{"Word: struck through by a style", parts(func(p map[string]string) {
			p["word/document.xml"] = swap(sentence, strings.Replace(sentence, "<w:r>", `<w:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr>`, 1))(p["word/document.xml"])
			p["word/styles.xml"] = swap("</w:styles>", `<w:style w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style><w:style w:styleId="Gone"><w:basedOn w:val="Out"/></w:style></w:styles>`)(p["word/styles.xml"])
		})},
		{"Word: struck through by the style of its paragraph", parts(func(p map[string]string) {
			p["word/document.xml"] = swap(`<w:pPr><w:pStyle w:val="TableText"/></w:pPr>`+sentence, `<w:pPr><w:pStyle w:val="Out"/></w:pPr>`+sentence)(p["word/document.xml"])
			p["word/styles.xml"] = swap("</w:styles>", `<w:style w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style></w:styles>`)(p["word/styles.xml"])
		})},
		{"Word: the yes struck through, and ticked", docx(swap("☐ Yes, as it stands here", `</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>☒ Yes, as it stands here</w:t></w:r><w:r><w:t>`))},
		{"Word: a cross of another font beside it", docx(around(`<w:r><w:sym w:font="Wingdings" w:char="F0FB"/></w:r>`, ""))},
		{"Word: a cross beside it", docx(swap("We asked them again.", "We asked them again. ✗"))},
		{"Word: a question mark beside it", docx(swap("We asked them again.", "We asked them again. ??"))},
		{"Word: a line of strokes over the letters", docx(swap("We asked them again.", "W\u0336e\u0336 asked them again."))},
		{"Word: a remark in the file's properties", parts(func(p map[string]string) {
			p["docProps/core.xml"] = swap("</cp:coreProperties>", "<dc:description>Please leave step 1 out</dc:description></cp:coreProperties>")(p["docProps/core.xml"])
		})},

		{"Markdown: a row removed", mark(pattern(`\| Step 1 \|[^\n]*\n`, ""))},
		{"Markdown: a block removed", mark(pattern(`Step 1\n(?:  [^\n]*\n)+`, ""))},
		{"Markdown: a line of the exact text removed", mark(pattern(`\n  What was done: We asked them again\.`, ""))},
		{"Markdown: the sentences removed", mark(pattern(`## Your sentences.*?## What is`, "## What is"))},
		{"Markdown: the exact text removed", mark(pattern(`## The exact text.*`, ""))},
		{"Markdown: all but the fields removed", mark(pattern(`^.*?(<!-- slot decision)`, "$1"), pattern(`## The exact text.*`, ""))},
		{"Markdown: the decision struck through", mark(swap("☐ Yes, as it stands here", "~~☒ Yes, as it stands here~~"), swap("> Yes, as it stands here", "> …"))},
		{"Markdown: the answer struck through", mark(swap("> Yes, as it stands here", "> ~~Yes, as it stands here~~"))},
		{"Markdown: a sentence struck through", mark(swap("We asked them again.", "~~We asked them again.~~"))},
		{"Markdown: lines struck through", mark(swap("## Your sentences", "~~\n## Your sentences"), swap("## What is published", "~~\n## What is published"))},
		{"Markdown: a sentence deleted by a mark", mark(swap("We asked them again.", "<del>We asked them again.</del>"))},
		{"Markdown: a hidden comment", mark(swap("## The exact text", "<!-- please leave step 1 out -->\n\n## The exact text"))},
		{"Markdown: a row hidden", mark(pattern(`(\| Step 1 \|[^\n]*)\n`, "<!--\n$1\n-->\n"))},
		{"Markdown: a sentence hidden", mark(swap("We asked them again.", "<!--We asked them again.-->"))},
		{"Markdown: a remark in the mark of a field", mark(swap("## The exact text", "<!-- slot please leave step 1 out -->\n\n## The exact text"))},
		{"Markdown: a field of its own", mark(swap("## The exact text", "<!-- slot objection#00 -->\n> We object\n<!-- /slot -->\n\n## The exact text"))},

		{"ODT: a paragraph removed", odt(swap("<t:p>"+line, ""))},
		{"ODT: a tracked deletion", odt(swap("<t:p>", `<t:tracked-changes><t:changed-region/></t:tracked-changes><t:p>`))},
		{"ODT: an annotation", odt(swap(line, `<o:annotation><t:p>Please leave this out</t:p></o:annotation>`+line))},
		{"ODT: an annotation without words", odt(swap(line, `<o:annotation/>`+line))},
		{"ODT: a note", odt(swap(line, `<t:note><t:note-body/></t:note>`+line))},
		{"ODT: struck through", odt(swap("<t:p>"+line, `<t:p><t:span t:style-name="T9">We asked them again.</t:span></t:p>`), swap("<t:p>", `<o:automatic-styles><style name="T9"><text-properties text-line-through-style="solid"/></style></o:automatic-styles><t:p>`))},
		{"ODT: highlighted", odt(swap("<t:p>"+line, `<t:p><t:span t:style-name="T9">We asked them again.</t:span></t:p>`), swap("<t:p>", `<o:automatic-styles><style name="T9"><text-properties background-color="#ff0000"/></style></o:automatic-styles><t:p>`))},
		{"ODT: drawn", odt(swap(line, `<d:line xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"/>`+line))},
		{"ODT: in the footer", File{Name: "s.odt", Body: repacked(t, asODT(t, plain), func(p map[string]string) {
			p["styles.xml"] = `<d><master-styles><footer><p>We do not agree</p></footer></master-styles></d>`
		})}},
	}
	for _, format := range []string{"docx", "odt", "md"} {
		for _, name := range []string{"nobody", "Jo Bright - not authorised to sign", "I do not agree", "Refused by the board"} {
			objections = append(objections, row{format + ": name " + name, answer(format, "name", "Jo Bright, director", name)})
		}
		for _, day := range []string{"withdrawn", "never", "2031-01-01", "1 January 2031"} {
			objections = append(objections, row{format + ": day " + day, answer(format, "date", "2026-11-28", day)})
		}
	}
	honest := []row{
		{"Word", docx(swap("</w:body>", " </w:body>"))},
		{"Markdown", File{Name: "s.md", Body: []byte(md)}},
		{"ODT", File{Name: "s.odt", Body: asODT(t, plain)}},
		{"Word: saved by Word", parts(func(p map[string]string) {
			doc := p["word/document.xml"]
			doc = strings.ReplaceAll(doc, "<w:p>", `<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">`)
			doc = strings.Replace(doc, "We asked", `We</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:lang w:val="en-GB"/><w:rFonts w:ascii="Arial"/><w:strike w:val="0"/><w:highlight w:val="none"/></w:rPr><w:t xml:space="preserve"> asked</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:lastRenderedPageBreak/><w:t xml:space="preserve">`, 1)
			p["word/document.xml"] = doc
			p["word/comments.xml"] = `<w:comments ` + word + `/>`
			p["word/footnotes.xml"] = `<w:footnotes ` + word + `><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote></w:footnotes>`
			p["word/endnotes.xml"] = strings.ReplaceAll(p["word/footnotes.xml"], "footnote", "endnote")
			p["word/settings.xml"], p["word/webSettings.xml"], p["word/fontTable.xml"] = `<w:settings `+word+`/>`, `<w:webSettings `+word+`/>`, `<w:fonts `+word+`/>`
			p["word/theme/theme1.xml"], p["docProps/app.xml"], p["docProps/thumbnail.jpeg"] = `<a:theme xmlns:a="a"><a:t>Office</a:t></a:theme>`, `<Properties><Application>Word</Application></Properties>`, "\xff\xd8"
			p["word/people.xml"], p["word/glossary/document.xml"] = `<w15:people xmlns:w15="w"/>`, `<w:glossaryDocument `+word+`><w:p><w:r><w:t>Click here</w:t></w:r></w:p></w:glossaryDocument>`
			p["customXml/item1.xml"] = `<b:Sources xmlns:b="b"/>`
			p["word/footer2.xml"] = strings.ReplaceAll(p["word/footer1.xml"], "<w:t>1</w:t>", "<w:t>3</w:t>")
			p["docProps/core.xml"] = swap("</cp:coreProperties>", "<dc:description></dc:description><dc:creator>Jo</dc:creator></cp:coreProperties>")(p["docProps/core.xml"])
		})},
		{"Word: its group's name and footer gone", parts(func(p map[string]string) {
			p["word/document.xml"] = pattern(`<w:p><w:pPr><w:pStyle w:val="Group"/></w:pPr>.*?</w:p>`, "")(p["word/document.xml"])
			delete(p, "word/footer1.xml")
			delete(p, "word/header1.xml")
		})},
		{"Word: formatting that was tracked", docx(swap(sentence, strings.Replace(sentence, "<w:r>", `<w:r><w:rPr><w:rPrChange w:id="4" w:author="x"><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr>`, 1)))},
		{"Word: white space", docx(swap("We asked them again.", "We  asked them again. "))},
		{"Word: the exact text broken into paragraphs", docx(pattern(`(Level: anonymous</w:t>)<w:br/>`, `$1</w:r></w:p><w:p><w:r>`))},
		{"Word: two paragraphs made one", docx(pattern(`(May this be published\?.*?Yes: the working group[^<]*</w:t></w:r>)</w:p><w:p><w:pPr>.*?</w:pPr>`, "$1"))},
		{"Word: a day in words", docx(swap("2026-11-28", "28th November 2026"))},
		{"Word: today, elsewhere", docx(swap("2026-11-28", "2026-11-30"))},
		{"Word: ticked", docx(swap("☐ Yes, as it stands here", "☒ Yes, as it stands here"))},
		{"Markdown: smart quotes", mark(func(doc string) string { return strings.NewReplacer("’", "'", "“", `"`, "”", `"`).Replace(doc) })},
		{"Markdown: lines broken as other systems do", mark(func(doc string) string { return strings.ReplaceAll(doc, "\n", "\r\n") })},
		{"Markdown: wrapped", mark(swap("These are all the sentences of yours ", "These are all the sentences of yours\n"))},
		{"Markdown: a table set in another way", mark(func(doc string) string {
			return strings.ReplaceAll(strings.ReplaceAll(doc, " | ", "   |  "), "| --- |", "|:----|")
		})},
		{"Markdown: ticked", mark(swap("☐ Yes, as it stands here", "☒ Yes, as it stands here"), swap("> Yes, as it stands here", "> …"))},
		{"ODT: a footer with other pages", File{Name: "s.odt", Body: repacked(t, asODT(t, plain), func(p map[string]string) {
			p["styles.xml"] = `<d><styles><style name="x"/></styles><master-styles><footer><p>Made together <tab/>2 / 3</p></footer></master-styles></d>`
			p["meta.xml"], p["settings.xml"], p["META-INF/manifest.xml"], p["Thumbnails/thumbnail.png"], p["mimetype"] = `<d><title>x</title></d>`, `<d/>`, `<d/>`, "png", "x"
		})}},
	}
	put := func(t *testing.T, f File) (Became, bool) {
		out, filed, err := Put(t.Context(), examples, []File{f}, cfg)
		require.NoError(t, err)
		require.Len(t, filed.Files, 1)
		return filed.Files[0], out[0].Agreements[0].Approval.TextSHA256 != ""
	}
	for _, row := range objections {
		t.Run(row.name, func(t *testing.T) {
			became, approved := put(t, row.file)
			require.NotEqual(t, guidance.Agreed, became.Verdict)
			require.False(t, approved)
			require.Equal(t, "a", became.Example)
			require.Regexp(t, "nothing of it is published", became.What)
		})
	}
	for _, row := range honest {
		t.Run("honest: "+row.name, func(t *testing.T) {
			became, approved := put(t, row.file)
			require.Equal(t, "yes, filed", became.What)
			require.True(t, approved)
		})
	}
}
