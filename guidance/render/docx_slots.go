// SPDX-License-Identifier: Apache-2.0

package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// askedInARow is how many slots the blocks begin with.
func askedInARow(blocks []guidance.Block) int {
	if i := slices.IndexFunc(blocks, func(b guidance.Block) bool { return b.Kind != guidance.SlotOf }); i >= 0 {
		return i
	}
	return len(blocks)
}

// slotTable writes slots as a table: what is asked, and room for the answer.
func (d *docxWriter) slotTable(blocks []guidance.Block) {
	const asked, answered = 3600, 5800
	fmt.Fprintf(&d.b, `<w:tbl><w:tblPr><w:tblStyle w:val="Plain"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0480" w:firstColumn="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid>`, asked, answered)
	for _, b := range blocks {
		fmt.Fprintf(&d.b, `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, asked)
		d.paragraph("TableText", bold(b.Slot.Question))
		d.hints("TableText", b.Slot)
		fmt.Fprintf(&d.b, `</w:tc><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="FFFDF4"/></w:tcPr>`, answered)
		d.paragraph("TableText", d.control(b.Slot))
		d.outdated(b.Slot)
		d.b.WriteString("</w:tc></w:tr>")
	}
	d.b.WriteString("</w:tbl>")
	d.paragraph("", "")
}

func (d *docxWriter) slot(s *guidance.Slot) { d.slotIn("Slot", s) }

// slotIn writes the question and room for the answer in the paragraph styles of a place:
// "Slot", or "Step" below a step, where both are one paragraph.
func (d *docxWriter) slotIn(place string, s *guidance.Slot) {
	if place == "Step" {
		d.hints("SlotHint", s)
		d.paragraph(place+"Answer", small(s.Question+words.Colon(d.locale)+" ")+d.control(s))
	} else {
		d.paragraph(place+"Question", run(s.Question))
		d.hints("SlotHint", s)
		d.paragraph(place+"Answer", d.control(s))
	}
	d.outdated(s)
}

// hints are why a slot asks, and what may be answered.
func (d *docxWriter) hints(style string, s *guidance.Slot) {
	if s.Why != "" {
		d.paragraph(style, run(s.Why))
	}
	if len(s.Options) > 0 && s.Answer == "" {
		d.paragraph(style, run(words.OptionsLine(s.Options)))
	}
}

// outdated says that the evidence of an answer has changed.
func (d *docxWriter) outdated(s *guidance.Slot) {
	if s.Outdated != "" {
		d.paragraph("Small", bold(s.Outdated))
	}
}

// control is a content control that carries a slot's id and the basis of its answer in the
// tag, within a bookmark.
func (d *docxWriter) control(s *guidance.Slot) string {
	d.ids++
	d.slots = append(d.slots, slotTag(s))
	var b strings.Builder
	fmt.Fprintf(&b, `<w:bookmarkStart w:id="%d" w:name="%s%d"/>`, len(d.slots), docxBookmark, len(d.slots))
	fmt.Fprintf(&b, `<w:sdt><w:sdtPr><w:alias w:val="%s"/><w:tag w:val="%s"/><w:id w:val="%d"/>`,
		xmlText(shorten(s.Question, 60)), xmlText(slotTag(s)), d.ids)
	answer := run(s.Answer)
	if s.Answer == "" {
		b.WriteString("<w:showingPlcHdr/>")
		answer = `<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>…</w:t></w:r>`
	}
	switch s.Type {
	case guidance.DateSlot:
		fmt.Fprintf(&b, `<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="%s"/><w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>`, xmlText(d.locale))
	case guidance.ChoiceSlot:
		b.WriteString("<w:dropDownList>")
		for _, o := range s.Options {
			fmt.Fprintf(&b, `<w:listItem w:displayText="%s" w:value="%s"/>`, xmlText(o), xmlText(o))
		}
		b.WriteString("</w:dropDownList>")
	default:
		b.WriteString(`<w:text w:multiLine="1"/>`)
	}
	b.WriteString(`</w:sdtPr><w:sdtContent>` + answer + `</w:sdtContent></w:sdt>`)
	fmt.Fprintf(&b, `<w:bookmarkEnd w:id="%d"/>`, len(d.slots))
	return b.String()
}

// slotTag returns the tag of a slot's content control: its id and the hash that its
// answer rests on. Word allows 64 characters.
func slotTag(s *guidance.Slot) string { return s.ID + "#" + s.Basis }
