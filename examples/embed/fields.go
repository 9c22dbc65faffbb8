// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"html"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/guidance"
)

const (
	slotPrefix = "slot."
	mostAnswer = 20_000 // characters, as guidance reads back from documents
)

var errSlots = errors.New("the guide's page does not show its slots as expected")

// slotsOf are the slots of a guide by their ids.
func slotsOf(g *guidance.Guide) map[string]guidance.Slot {
	out := map[string]guidance.Slot{}
	for _, section := range g.Sections {
		for _, b := range section.Blocks {
			if b.Slot != nil {
				out[b.Slot.ID] = *b.Slot
			}
			for _, step := range b.Steps {
				if step.Slot != nil {
					out[step.Slot.ID] = *step.Slot
				}
			}
		}
	}
	return out
}

// withFields puts a form field in the place of every slot's answer in a rendered
// guide, labelled by the slot's question. Text in a rendered guide is escaped, so
// that what it is looking for is the renderer's own.
func withFields(page string, slots map[string]guidance.Slot) (string, error) {
	const (
		slotOpen     = `<div class="slot" data-slot="`
		questionOpen = `<p class="question">`
		answerOpen   = `<div class="answer">`
	)
	var b strings.Builder
	found := 0
	for {
		before, rest, ok := strings.Cut(page, slotOpen)
		b.WriteString(before)
		if !ok {
			break
		}
		id, rest, ok := strings.Cut(rest, `"`)
		slot, known := slots[html.UnescapeString(id)]
		between, rest, ok2 := strings.Cut(rest, questionOpen)
		question, rest, ok3 := strings.Cut(rest, `</p>`)
		more, rest, ok4 := strings.Cut(rest, answerOpen)
		_, rest, ok5 := strings.Cut(rest, `</div>`)
		if !ok || !known || !ok2 || !ok3 || !ok4 || !ok5 || strings.Contains(between+more, slotOpen) {
			return "", errSlots
		}
		b.WriteString(slotOpen + id + `"` + between)
		b.WriteString(`<label class="question" for="` + slotPrefix + id + `">` + question + `</label>` + more)
		writeField(&b, slot)
		page = rest
		found++
	}
	if found != len(slots) {
		return "", errSlots
	}
	return b.String(), nil
}

func writeField(b *strings.Builder, s guidance.Slot) {
	id := template.HTMLEscapeString(slotPrefix + s.ID)
	named := ` id="` + id + `" name="` + id + `"`
	value := template.HTMLEscapeString(s.Answer)
	switch {
	case s.Type == guidance.ChoiceSlot && len(s.Options) > 0:
		b.WriteString(`<select` + named + `><option value="">—</option>`)
		options := s.Options
		if s.Answer != "" && !slices.Contains(options, s.Answer) {
			options = append(slices.Clone(options), s.Answer)
		}
		for _, o := range options {
			selected := ""
			if o == s.Answer {
				selected = ` selected`
			}
			text := template.HTMLEscapeString(o)
			b.WriteString(`<option value="` + text + `"` + selected + `>` + text + `</option>`)
		}
		b.WriteString(`</select>`)
	case s.Type == guidance.DateSlot || s.Type == guidance.NameSlot:
		// Documents give dates and numbers back as they were written, so that the
		// field takes any text.
		b.WriteString(`<input type="text" maxlength="1000"` + named + ` value="` + value + `"` + hint(s.Type) + `>`)
	default:
		// The parser drops the first line break of a text area.
		b.WriteString(`<textarea rows="3" maxlength="20000"` + named + ">\n" + value + `</textarea>`)
	}
}

func hint(t guidance.SlotType) string {
	switch t {
	case guidance.DateSlot:
		return ` placeholder="YYYY-MM-DD"`
	case guidance.NameSlot, guidance.TextSlot, guidance.ChoiceSlot:
	}
	return ""
}

// tidy takes what was written in a field as plain text: line breaks as one
// character, no control characters. It reports false for what no person wrote.
func tidy(s string) (string, bool) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > mostAnswer {
		return "", false
	}
	return s, !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
}
