// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"strings"
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
