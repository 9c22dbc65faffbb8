// SPDX-License-Identifier: Apache-2.0

package main

import (
	"html/template"
	"io"
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

// slotField writes, in the place of a slot's question and answer, a form field
// labelled by the question. It escapes all text.
func slotField(w io.Writer, s *guidance.Slot) error {
	var b strings.Builder
	id := template.HTMLEscapeString(slotPrefix + s.ID)
	b.WriteString(`<label class="question" for="` + id + `">` + template.HTMLEscapeString(s.Question) + `</label>`)
	if s.Why != "" {
		b.WriteString(`<p class="why">` + template.HTMLEscapeString(s.Why) + `</p>`)
	}
	writeField(&b, *s)
	_, err := io.WriteString(w, b.String())
	return err
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
