// SPDX-License-Identifier: Apache-2.0

package render

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"embed"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// docxFiles are the parts that differ between documents in names and colours only.
//
//go:embed docx/*.xml
var docxFiles embed.FS

// docxFile is one of docxFiles with words in its places, escaped but for those
// that are XML.
func docxFile(name string, places ...string) string {
	body, err := docxFiles.ReadFile("docx/" + name + ".xml")
	if err != nil {
		return "" // unreachable: the names are constants
	}
	return strings.NewReplacer(places...).Replace(string(body))
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// docxCore holds the title and the language, and neither an author nor a time:
// file metadata would tell who made the document and when.
func docxCore(g *guidance.Guide) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		xmlText(g.Front.Title) + `</dc:title><dc:language>` + xmlText(g.Front.Locale) + `</dc:language></cp:coreProperties>`
}

// headerLine is printed at the top of each page.
func headerLine(f guidance.Front) string {
	if f.Notice == "" {
		return f.Title
	}
	return f.Title + " — " + f.Notice
}

// docxBookmark begins the name of the bookmark around a slot's control, and of
// the property that says of which slot it is. A number follows.
const docxBookmark = "slot"

func docxSlots(tags []string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`)
	for i, tag := range tags {
		fmt.Fprintf(&b, `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="%s%d"><vt:lpwstr>%s</vt:lpwstr></property>`, i+2, docxBookmark, i+1, xmlText(tag))
	}
	b.WriteString(`</Properties>`)
	return b.String()
}

func (d *docxWriter) relationships() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	add := func(id, kind, target string) {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
	}
	add("rIdStyles", "styles", "styles.xml")
	add("rIdNumbering", "numbering", "numbering.xml")
	add("rIdSettings", "settings", "settings.xml")
	add("rIdHeader", "header", "header1.xml")
	add("rIdFooter", "footer", "footer1.xml")
	if len(d.theme.Logo) > 0 {
		add("rIdLogo", "image", "media/logo.png")
	}
	for i := range d.figures {
		add(fmt.Sprintf("rIdPng%d", i+1), "image", fmt.Sprintf("media/figure%d.png", i+1))
		add(fmt.Sprintf("rIdSvg%d", i+1), "image", fmt.Sprintf("media/figure%d.svg", i+1))
	}
	b.WriteString("</Relationships>")
	return b.String()
}

func (d *docxWriter) numbering() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`)
	abstract := func(id int, format, text string) {
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="hybridMultilevel"/>`, id)
		for level := range 3 {
			f, t := format, text
			if level > 0 {
				f, t = "bullet", "•"
			}
			fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="454"/></w:pPr></w:lvl>`,
				level, f, t, 454+level*454)
		}
		b.WriteString(`</w:abstractNum>`)
	}
	abstract(0, "bullet", "•")
	abstract(1, "bullet", "☐")
	abstract(2, "decimal", "%1.")
	number := func(id, abstract int, restart bool) {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>`, id, abstract)
		if restart {
			b.WriteString(`<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`)
		}
		b.WriteString(`</w:num>`)
	}
	number(docxBullets, 0, false)
	number(docxBoxes, 1, false)
	for i := range max(1, d.lists) {
		number(docxOrdered+i, 2, true)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

// bars is how many blocks a full bar has.
const bars = 16

// figure writes bars as a table, which every reader shows with its labels, and a heat map
// as a picture.
func (d *docxWriter) figure(f *guidance.Figure) {
	if f.Kind == guidance.Bars {
		d.paragraph("Caption", run(f.Caption))
		rows := make([][]string, len(f.Rows))
		for i, label := range f.Rows {
			value := max(0, at(f.Values, i))
			full := bars * min(value, max(1, f.Of)) / max(1, f.Of)
			rows[i] = []string{label, strings.Repeat("█", full) + strings.Repeat("░", bars-full), barValue(f, i)}
		}
		d.table(nil, rows)
		return
	}
	d.figures = append(d.figures, f)
	d.ids++
	n := len(d.figures)
	d.paragraph("Caption", run(f.Caption))
	width, height := sizeOf(f)
	const emu = 7000 // English metric units a point of the drawing
	d.paragraph("", docxPicture(1000+d.ids, fmt.Sprintf("Figure %d", n), f.Alt, width*emu, height*emu, fmt.Sprintf(
		`<a:blip r:embed="rIdPng%d"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip r:embed="rIdSvg%d"/></a:ext></a:extLst></a:blip>`, n, n)))
}

// docxPicture is a run that shows an image.
func docxPicture(id int, name, alt string, width, height int, blip string) string {
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="%s" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>%s<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		width, height, id, name, xmlText(alt), id, name, xmlText(alt), blip, width, height)
}

type docxPart struct{ name, body string }

// A writer of deflate holds over a megabyte, a sign-off sheet a few kilobytes.
var deflaters = sync.OnceValue(func() *sync.Pool {
	return &sync.Pool{New: func() any {
		w, err := flate.NewWriter(nil, flate.BestSpeed)
		if err != nil {
			panic(err) // of a level that there is not
		}
		return w
	}}
})

// writeParts writes the package with sizes in front of each part, as strict readers
// want them, and without times: the same guide gives the same bytes.
func writeParts(w io.Writer, parts []docxPart) error {
	z := zip.NewWriter(w)
	var packed bytes.Buffer
	deflate, _ := deflaters().Get().(*flate.Writer)
	defer deflaters().Put(deflate)
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, CRC32: crc32.ChecksumIEEE([]byte(p.body)), UncompressedSize64: uint64(len(p.body))}
		body := p.body
		if !strings.HasSuffix(p.name, ".png") { // packed already
			packed.Reset()
			deflate.Reset(&packed)
			if _, err := io.WriteString(deflate, p.body); err != nil {
				return err
			}
			if err := deflate.Close(); err != nil {
				return err
			}
			body, h.Method = packed.String(), zip.Deflate
		}
		h.CompressedSize64 = uint64(len(body))
		f, err := z.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, body); err != nil {
			return err
		}
	}
	return z.Close()
}
