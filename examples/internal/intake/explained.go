// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
)

// explained are the entries of columns to choose from that say something in brackets and
// that more than one row holds word for word: options of the form. What stands in the
// brackets explains such an option. Whoever ticked it did not say that.
func explained(m Mapping, rows []Row) map[string]bool {
	in := map[string]int{}
	for _, c := range m.Columns {
		if q, ok := question(c.Question); !ok || !Several(q.ID) {
			continue
		}
		for _, row := range rows {
			once := map[string]bool{}
			for _, part := range apart(c.cell(row), entryMarks) {
				if part = strings.TrimSpace(unbullet(part)); withoutBrackets(part) != part && !once[part] {
					once[part] = true
					in[part]++
				}
			}
		}
	}
	out := map[string]bool{}
	for part, n := range in {
		if n > 1 {
			out[part] = true
		}
	}
	return out
}

// entryMarks part the entries of a cell to choose from.
const entryMarks = ",;|\n"

// asTicked is a cell without what explains the options in it.
func (r *run) asTicked(cell string) string {
	for _, part := range apart(cell, entryMarks) {
		if part = strings.TrimSpace(unbullet(part)); r.explained[part] {
			cell = strings.ReplaceAll(cell, part, withoutBrackets(part))
		}
	}
	return cell
}

// withoutBrackets is a text without what stands in round brackets; as it is where
// nothing else would be left.
func withoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, c := range s {
		switch {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(c)
		}
	}
	if out := strings.Join(strings.Fields(b.String()), " "); out != "" && strings.ContainsRune(s, '(') {
		return out
	}
	return s
}

// codes finds the columns to choose from that hold nothing but figures: a tool's
// codes, of which the sheet does not say what they stand for. None is guessed.
func codes(m Mapping, rows []Row, find func(Finding)) map[int]bool {
	out := map[int]bool{}
	for i, c := range m.Columns {
		q, ok := question(c.Question)
		if !ok || q.Kind != model.AskChoice && q.Kind != model.AskChoices && (q.Kind != model.AskItems || q.Scheme == "") && q.ID != "consent" {
			continue
		}
		n := 0
		for _, row := range rows {
			if cell := c.cell(row); code(cell) {
				n++
			} else if cell != "" {
				n = -1
				break
			}
		}
		if n > 0 {
			out[i] = true
			find(Finding{
				Column: c.Letter, Header: c.Header, Question: q.Label, Unusable: closes(q) || q.ID == "uses",
				Fault: "holds figures that stand for answers, and the sheet does not say which: export it with labels (REDCap: “CSV (labels)”; LimeSurvey: “Full answers”; Qualtrics: “Use choice text”)", Allowed: Allowed(q, 12),
			})
		}
	}
	return out
}
