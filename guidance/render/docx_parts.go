// SPDX-License-Identifier: Apache-2.0

package render

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const docxNamespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"`

const docxContentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>`

const docxPackageRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>`

const docxSettings = xmlHead + `<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

// docxCore holds the title and the language, and neither an author nor a time:
// file metadata would tell who made the document and when.
func docxCore(g *guidance.Guide) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		xmlText(g.Front.Title) + `</dc:title><dc:language>` + xmlText(g.Front.Locale) + `</dc:language></cp:coreProperties>`
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
			fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="360"/></w:pPr></w:lvl>`,
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

func docxStyles(locale string) string {
	var b strings.Builder
	fmt.Fprintf(&b, xmlHead+`<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="%s"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`, xmlText(cmp.Or(locale, guidance.SourceLocale)))
	style := func(id, name, based, next, paragraph, text string) {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"%s><w:name w:val="%s"/>`, id, map[bool]string{true: ` w:default="1"`}[id == "Normal"], name)
		if based != "" {
			fmt.Fprintf(&b, `<w:basedOn w:val="%s"/>`, based)
		}
		if next != "" {
			fmt.Fprintf(&b, `<w:next w:val="%s"/>`, next)
		}
		fmt.Fprintf(&b, `<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, paragraph, text)
	}
	style("Normal", "Normal", "", "", "", "")
	style("Title", "Title", "Normal", "Subtitle", `<w:keepNext/><w:spacing w:after="80"/>`, `<w:b/><w:sz w:val="44"/>`)
	style("Subtitle", "Subtitle", "Normal", "Normal", `<w:spacing w:after="240"/>`, `<w:color w:val="333B44"/><w:sz w:val="24"/>`)
	style("Heading1", "heading 1", "Normal", "Normal", `<w:keepNext/><w:keepLines/><w:pBdr><w:bottom w:val="single" w:sz="8" w:space="2" w:color="1D4F6E"/></w:pBdr><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:sz w:val="30"/>`)
	style("Heading2", "heading 2", "Normal", "Normal", `<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>`, `<w:b/><w:sz w:val="25"/>`)
	style("LeadIn", "Lead-in", "Normal", "ListParagraph", `<w:keepNext/><w:spacing w:before="140" w:after="60"/>`, "")
	style("ListParagraph", "List Paragraph", "Normal", "", `<w:spacing w:after="60"/>`, "")
	style("Caption", "caption", "Normal", "Normal", `<w:keepNext/><w:spacing w:before="120" w:after="60"/>`, `<w:b/>`)
	style("Note", "Note", "Normal", "", `<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="1D4F6E"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="F1F5F8"/>`, "")
	style("Small", "Small", "Normal", "", "", `<w:color w:val="4A5560"/><w:sz w:val="19"/>`)
	style("Verbatim", "Verbatim", "Normal", "", `<w:spacing w:line="240" w:lineRule="auto"/>`, `<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:sz w:val="17"/>`)
	style("StepMeta", "Step details", "Normal", "", `<w:spacing w:after="60"/><w:ind w:left="454"/>`, `<w:color w:val="333B44"/><w:sz w:val="20"/>`)
	style("TableText", "Table text", "Normal", "", `<w:spacing w:after="20"/>`, "")
	style("SlotQuestion", "Slot question", "Normal", "SlotAnswer", `<w:keepNext/><w:spacing w:before="120" w:after="40"/>`, `<w:b/>`)
	style("SlotAnswer", "Slot answer", "Normal", "", `<w:pBdr><w:top w:val="dashed" w:sz="4" w:space="4" w:color="5B6873"/><w:left w:val="dashed" w:sz="4" w:space="4" w:color="5B6873"/><w:bottom w:val="dashed" w:sz="4" w:space="4" w:color="5B6873"/><w:right w:val="dashed" w:sz="4" w:space="4" w:color="5B6873"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FFFDF4"/>`, "")
	b.WriteString(`<w:style w:type="character" w:styleId="Seen"><w:name w:val="Seen"/><w:rPr><w:color w:val="4A5560"/><w:sz w:val="19"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="5B6873"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:styleId="Plain"><w:name w:val="Plain"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:color="C5CCD3"/><w:bottom w:val="single" w:sz="4" w:color="C5CCD3"/><w:insideH w:val="single" w:sz="4" w:color="C5CCD3"/></w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	b.WriteString(`</w:styles>`)
	return b.String()
}
