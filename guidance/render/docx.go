// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// DOCX renders a guide as an Office Open XML document (ECMA-376, transitional)
// for Word and LibreOffice: real headings, lists and tables, and a content
// control for each slot, tagged with the slot's id. Since not every word
// processor keeps tags, a bookmark stands around each control, and the document's
// properties say of which slot it is. The parts have no times,
// so that the same guide gives the same bytes with the same version of Go.
//
// The cover shows the group of the Theme, title, facts and contents; pages carry
// the title above and the theme's footer and their numbers below.
type DOCX struct {
	Theme Theme
}

// Render writes the guide.
func (x DOCX) Render(w io.Writer, g *guidance.Guide) error {
	if err := x.Theme.check(); err != nil {
		return err
	}
	d := &docxWriter{locale: g.Front.Locale, theme: x.Theme}
	d.guide(g)
	parts := []docxPart{
		{"[Content_Types].xml", docxFile("content_types")},
		{"_rels/.rels", docxFile("package_rels")},
		{"docProps/core.xml", docxCore(g)},
		{"docProps/custom.xml", docxSlots(d.slots)},
		{"word/document.xml", docxFile("document", "{body}", d.b.String())},
		{"word/styles.xml", docxFile("styles", "{lang}", xmlText(cmp.Or(g.Front.Locale, guidance.SourceLocale)), "{colour}", x.Theme.hex(), "{font}", xmlText(cmp.Or(x.Theme.Font, "Calibri")))},
		{"word/header1.xml", docxFile("header", "{title}", xmlText(headerLine(g.Front)))},
		{"word/footer1.xml", docxFile("footer", "{footer}", xmlText(cmp.Or(x.Theme.Footer, x.Theme.Group)))},
		{"word/numbering.xml", d.numbering()},
		{"word/settings.xml", docxFile("settings")},
		{"word/_rels/document.xml.rels", d.relationships()},
	}
	if len(x.Theme.Logo) > 0 {
		parts = append(parts, docxPart{"word/media/logo.png", string(x.Theme.picture())})
	}
	for i, f := range d.figures {
		var svg strings.Builder
		if err := SVG(&svg, f, fmt.Sprintf("f%d", i+1)); err != nil {
			return err
		}
		picture, err := raster(f)
		if err != nil {
			return err
		}
		parts = append(parts,
			docxPart{fmt.Sprintf("word/media/figure%d.png", i+1), string(picture)},
			docxPart{fmt.Sprintf("word/media/figure%d.svg", i+1), svg.String()})
	}
	return writeParts(w, parts)
}

// docxWriter builds the body of the document.
type docxWriter struct {
	b       bytes.Buffer
	locale  string
	theme   Theme
	section string // title of the section that is being written
	lists   int    // numbered lists begun
	ids     int    // content controls and drawings so far
	figures []*guidance.Figure
	slots   []string // tags, in the order of their bookmarks
}

// The fixed numbering definitions; numbered lists follow from docxOrdered on.
const (
	docxBullets = 1
	docxBoxes   = 2
	docxOrdered = 3
)

// docxShort is how many sections a document has without a cover of its own.
const docxShort = 6

func (d *docxWriter) guide(g *guidance.Guide) {
	d.group()
	cover := len(g.Sections) > docxShort && !atAGlance(g)
	d.front(&g.Front, cover)
	if cover {
		d.contents(g)
	}
	for i, s := range g.Sections {
		d.heading(i, cover && i == 0, s.Title)
		d.section = s.Title
		for i := 0; i < len(s.Blocks); i++ {
			k := s.Blocks[i]
			if n := askedInARow(s.Blocks[i:]); n > 1 {
				d.slotTable(s.Blocks[i : i+n])
				i += n - 1
				continue
			}
			if leadsIn(s.Blocks[i:]) {
				d.paragraphs("LeadIn", k.Claims)
				continue
			}
			d.block(k)
		}
	}
}

// front writes what stands before the sections.
func (d *docxWriter) front(f *guidance.Front, cover bool) {
	space := ""
	if cover {
		space = `<w:spacing w:before="1200" w:after="160" w:line="240" w:lineRule="auto"/>`
	}
	if f.Notice != "" {
		d.paragraph("Notice", run(f.Notice))
	}
	d.b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Title"/>` + space + `</w:pPr>` + run(f.Title) + `</w:p>`)
	if f.Lead != "" {
		d.paragraph("Subtitle", run(f.Lead))
	}
	switch {
	case len(f.Facts) == 0:
	case cover:
		rows := make([][]string, len(f.Facts))
		for i, x := range f.Facts {
			rows[i] = []string{x.Label, x.Value}
		}
		d.table(nil, rows)
	default:
		said := make([]string, len(f.Facts))
		for i, x := range f.Facts {
			said[i] = x.Label + words.Colon(d.locale) + " " + x.Value
		}
		d.paragraph("Small", run(strings.Join(said, " · ")))
	}
}

// leadsIn reports a paragraph before a list or examples.
func leadsIn(blocks []guidance.Block) bool {
	return len(blocks) > 1 && blocks[0].Kind == guidance.Paragraph &&
		slices.Contains([]guidance.BlockKind{guidance.List, guidance.Checklist, guidance.Examples}, blocks[1].Kind)
}

// atAGlance reports whether a document begins with what it says in short, and so needs no
// cover and no contents before that.
func atAGlance(g *guidance.Guide) bool {
	return slices.ContainsFunc(g.Sections, func(s guidance.Section) bool { return s.ID == "glance" })
}

// group writes the name and the logo of the theme's group.
func (d *docxWriter) group() {
	if width, height, err := d.theme.logoSize(); len(d.theme.Logo) > 0 && err == nil {
		const high = 540_000 // English metric units, 15 mm
		d.ids++
		d.paragraph("", docxPicture(d.ids, "Logo", d.theme.Group, high*width/height, high, `<a:blip r:embed="rIdLogo"/>`))
	}
	if d.theme.Group != "" {
		d.paragraph("Group", run(d.theme.Group))
	}
}

// contents lists the sections with their pages, which word processors fill in.
func (d *docxWriter) contents(g *guidance.Guide) {
	const field = `<w:r><w:fldChar w:fldCharType="%s"%s/></w:r>`
	for i, s := range g.Sections {
		d.b.WriteString(`<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>`)
		fmt.Fprintf(&d.b, `<w:hyperlink w:anchor="_Toc%d" w:history="1">%s<w:r><w:tab/></w:r>`, i+1, run(s.Title))
		fmt.Fprintf(&d.b, field+`<w:r><w:instrText xml:space="preserve"> PAGEREF _Toc%d \h </w:instrText></w:r>`+field+`<w:r><w:t> </w:t></w:r>`+field+`</w:hyperlink>`,
			"begin", ` w:dirty="true"`, i+1, "separate", "", "end", "")
		d.b.WriteString(`</w:p>`)
	}
}

// heading begins a section: the first one after a cover, and the annex, begin a page.
func (d *docxWriter) heading(i int, page bool, title string) {
	d.b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Heading1"/>`)
	if page {
		d.b.WriteString(`<w:pageBreakBefore/>`)
	}
	fmt.Fprintf(&d.b, `</w:pPr><w:bookmarkStart w:id="%d" w:name="_Toc%d"/>%s<w:bookmarkEnd w:id="%d"/></w:p>`, docxContents+i, i+1, run(title), docxContents+i)
}

// docxContents is from which number on the bookmarks of the contents are
// counted, apart from those of slots.
const docxContents = 100_000

func (d *docxWriter) block(k guidance.Block) {
	switch k.Kind {
	case guidance.Paragraph:
		d.paragraphs("", k.Claims)
	case guidance.Note:
		for _, c := range k.Claims {
			d.paragraph("Note", d.sentence(c))
		}
	case guidance.List:
		d.items(docxBullets, k.Claims)
	case guidance.Checklist:
		d.items(docxBoxes, k.Claims)
	case guidance.Steps:
		d.steps(&k)
	case guidance.Heading:
		d.paragraph("Heading2", run(k.Title))
	case guidance.TableOf:
		d.captioned(k.Table)
	case guidance.FigureOf:
		d.figure(k.Figure)
	case guidance.SlotOf:
		d.slot(k.Slot)
	case guidance.Verbatim:
		d.paragraph("Verbatim", run(k.Text))
	case guidance.Examples:
		for _, x := range k.Examples {
			d.example(x)
		}
	}
}

// items writes a list, what stands under each claim one level deeper.
func (d *docxWriter) items(list int, claims []guidance.Claim) {
	for _, c := range claims {
		d.item(list, 0, d.sentence(c))
		d.details(c.Details, 1)
	}
}

// steps writes steps in a numbering of their own, or in that of the steps that they go on from.
func (d *docxWriter) steps(k *guidance.Block) {
	if k.Start < 2 || d.lists == 0 {
		d.lists++
	}
	list := docxOrdered + d.lists - 1
	if k.Title != "" {
		d.paragraph("LeadIn", bold(k.Title))
	}
	for _, s := range k.Steps {
		d.step(list, s)
	}
}

// captioned writes a table with its caption, unless its section is called so, and its note.
func (d *docxWriter) captioned(t *guidance.Table) {
	if t.Caption != d.section {
		d.paragraph("Caption", run(t.Caption))
	}
	d.table(t.Header, t.Rows)
	if t.Note != "" {
		d.paragraph("Small", run(t.Note))
	}
}

func (d *docxWriter) paragraphs(style string, claims []guidance.Claim) {
	for _, c := range claims {
		d.paragraph(style, d.sentence(c))
		d.details(c.Details, 0)
	}
}

func (d *docxWriter) details(claims []guidance.Claim, depth int) {
	for _, c := range claims {
		keep := ""
		if len(c.Details) > 0 {
			keep = keepNext
		}
		d.listed(docxBullets, depth, keep, d.sentence(c))
		d.details(c.Details, depth+1)
	}
}

// keepNext keeps a paragraph on the page of the next.
const keepNext = "<w:keepNext/>"

func (d *docxWriter) step(list int, s guidance.Step) {
	var meta []string
	if s.Seen != "" {
		c := s.Claim
		c.Seen = words.UpperFirst(c.Seen)
		meta = append(meta, seen(c))
	}
	if said := s.Meta(); len(said) > 0 {
		meta = append(meta, run(strings.Join(said, " · ")))
	}
	if len(meta) > 1 {
		meta = []string{strings.Join(meta, run(" · "))}
	}
	goesOn := len(s.Details) > 0 || s.Fork != "" || s.Slot != nil
	keep := ""
	if goesOn || len(meta) > 0 {
		keep = keepNext
	}
	d.listed(list, 0, keep, bold(s.Text))
	for i, runs := range meta {
		style := "StepMeta"
		if i == len(meta)-1 && !goesOn {
			style = "StepEnd"
		}
		d.paragraph(style, runs)
	}
	d.details(s.Details, 1)
	if s.Fork != "" {
		d.item(docxBullets, 1, run(s.Fork))
	}
	if s.Slot != nil {
		d.slotIn("Step", s.Slot)
	}
}

func (d *docxWriter) example(x guidance.Example) {
	d.paragraph("Heading2", run(x.Title))
	for _, part := range x.Lines() {
		if part != "" {
			d.paragraph("", run(part))
		}
	}
	if x.DidLabel != "" && len(x.Did) > 0 {
		d.paragraph("LeadIn", run(x.DidLabel+words.Colon(d.locale)))
	}
	for _, item := range x.Did {
		d.item(docxBullets, 0, run(item))
	}
	for _, fact := range labelled(x, d.locale) {
		d.paragraph("Small", run(fact))
	}
}

// sentence is a claim as runs.
func (d *docxWriter) sentence(c guidance.Claim) string {
	out := run(c.Text)
	if c.Seen != "" {
		out += small(" (") + seen(c) + small(")")
	}
	if c.Changed != "" {
		out += bold(" " + c.Changed)
	}
	return out
}

func (d *docxWriter) paragraph(style, runs string) {
	d.b.WriteString("<w:p>")
	if style != "" {
		fmt.Fprintf(&d.b, `<w:pPr><w:pStyle w:val="%s"/></w:pPr>`, style)
	}
	d.b.WriteString(runs + "</w:p>")
}

func (d *docxWriter) item(list, depth int, runs string) { d.listed(list, depth, "", runs) }

// listed writes an item of a list with further properties of its paragraph.
func (d *docxWriter) listed(list, depth int, properties, runs string) {
	fmt.Fprintf(&d.b, `<w:p><w:pPr><w:pStyle w:val="ListParagraph"/>`+properties+`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>%s</w:p>`,
		min(depth, 2), list, runs)
}

// table writes a table; without a head its first column holds the labels.
func (d *docxWriter) table(head []string, rows [][]string) {
	columns := len(head)
	for _, r := range rows {
		columns = max(columns, len(r))
	}
	d.b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Plain"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="04A0" w:firstRow="1" w:firstColumn="1"/></w:tblPr><w:tblGrid>`)
	widths := docxWidths(head, rows, columns)
	for _, width := range widths {
		fmt.Fprintf(&d.b, `<w:gridCol w:w="%d"/>`, width)
	}
	d.b.WriteString("</w:tblGrid>")
	row := func(cells []string, isHead bool) {
		d.b.WriteString("<w:tr>")
		if isHead {
			d.b.WriteString("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
		} else {
			d.b.WriteString("<w:trPr><w:cantSplit/></w:trPr>")
		}
		for i := range columns {
			text := ""
			if i < len(cells) {
				text = cells[i]
			}
			fmt.Fprintf(&d.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, widths[i])
			if isHead || i == 0 {
				d.paragraph("TableText", bold(text))
			} else {
				d.paragraph("TableText", run(text))
			}
			d.b.WriteString("</w:tc>")
		}
		d.b.WriteString("</w:tr>")
	}
	if len(head) > 0 {
		row(head, true)
	}
	for _, r := range rows {
		row(r, false)
	}
	d.b.WriteString("</w:tbl>")
	d.paragraph("", "")
}

// docxWidths shares the page's width, in twentieths of a point, among columns:
// first room for each one's longest word, then what is left by what each one's
// longest text, up to fifty characters, asks for.
func docxWidths(head []string, rows [][]string, columns int) []int {
	const page, characters, most = 9400, 76, 80
	need, want := make([]int, columns), make([]int, columns)
	needed, wanted := 0, 0
	for i := range columns {
		for _, r := range append([][]string{head}, rows...) {
			if i >= len(r) {
				continue
			}
			for word := range strings.FieldsSeq(r[i]) {
				need[i] = max(need[i], min(most, utf8.RuneCountInString(word)))
			}
			want[i] = max(want[i], min(most, utf8.RuneCountInString(r[i])))
		}
		if blank(rows, i) {
			want[i] = max(want[i], 18) // to be written in
		}
		need[i] += 3
		want[i] = max(1, want[i]+3-need[i])
		needed, wanted = needed+need[i], wanted+want[i]
	}
	left := max(0, characters-needed)
	widths := make([]int, columns)
	for i := range widths {
		widths[i] = (need[i]*wanted + want[i]*left) * page / (max(characters, needed) * wanted)
	}
	return widths
}

// blank reports whether a column has no words but its head's.
func blank(rows [][]string, i int) bool {
	return !slices.ContainsFunc(rows, func(r []string) bool { return i < len(r) && r[i] != "" })
}

func run(s string) string  { return runs("", s) }
func bold(s string) string { return runs("<w:rPr><w:b/></w:rPr>", s) }
func seen(c guidance.Claim) string {
	out := small(c.Seen)
	if at := dots(c); at != "" {
		return small(at+" ") + out
	}
	return out
}

func small(s string) string { return runs(`<w:rPr><w:rStyle w:val="Seen"/></w:rPr>`, s) }

// runs writes text as a run; line breaks become breaks.
func runs(properties, s string) string {
	var b strings.Builder
	b.WriteString("<w:r>" + properties)
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		b.WriteString(`<w:t xml:space="preserve">` + xmlText(line) + `</w:t>`)
	}
	b.WriteString("</w:r>")
	return b.String()
}

var xmlMarkup = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
})

// xmlText escapes text for XML and drops what XML 1.0 cannot hold.
func xmlText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case words.Hidden(r), r >= 0xD800 && r <= 0xDFFF:
			return -1
		}
		return r
	}, s)
	return xmlMarkup().Replace(s)
}
