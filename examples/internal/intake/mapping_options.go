// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
)

// byAnswers gives columns without a question one whose options they hold, where
// at least three answers in four are options of that question and of no other; of kinds
// of organisations, groups and scales, for which people have many words, half of them. Of
// two columns that hold those of one question it is the one of whose answers more are, or
// whose heading is more like it.
func (m Mapping) byAnswers(rows []Row, taken map[string]bool) {
	found := map[int]optionsOf{}
	cells := map[int][]string{}
	look := func(i int) {
		delete(found, i)
		if best := m.bestOptions(i, rows, cells[i], taken); best.enough(len(cells[i])) {
			best.worth = float64(best.n)/float64(len(cells[i])) + max(-1, min(headingAtMost, knownHeadings().speaks(m.Columns[i].Header)[best.question]))/2
			found[i] = best
		}
	}
	for i, c := range m.Columns {
		if cells[i] = answersOf(c.Column, rows); c.Why == "" && len(cells[i]) >= 3 {
			look(i)
		}
	}
	for len(found) > 0 {
		column := -1
		for i, best := range found {
			if column < 0 || best.worth > found[column].worth || best.worth == found[column].worth && i < column {
				column = i
			}
		}
		id := found[column].question
		m.Columns[column].Question, m.Columns[column].Why = id, "answers"
		taken[id] = true
		delete(found, column)
		for i, best := range found {
			if best.question == id {
				look(i)
			}
		}
	}
}

// byGroupsToo gives columns that nothing else took, and whose answers are chosen from groups
// of people, the question of who took part beside the column that has it: forms ask for
// those outside and inside a house apart.
func (m Mapping) byGroupsToo(rows []Row, taken map[string]bool) {
	q, ok := question("stakeholders")
	if !ok || !taken[q.ID] {
		return
	}
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Why != "" || c.Question != Aside || len(cells[i]) < 5 || permits(c.Header) || reserves(c.Header) || knownHeadings().likest(c.Header) == "population" || !several(cells[i]) || tells(cells[i]) {
			continue
		}
		if answersAre(cells[i], 3, 4, func(s string) bool { return understood(q, s) }) {
			c.Question, c.Why = q.ID, "answers"
		}
	}
}

// optionsOf is the question of whose options most answers of a column are, how many are,
// and of how many the same can be said of another question.
type optionsOf struct {
	question string
	n, other int
	worth    float64 // for the whole sheet
}

// bestOptions finds the question whose options a column holds.
func (m Mapping) bestOptions(column int, rows []Row, cells []string, taken map[string]bool) (best optionsOf) {
	limiting := permits(m.Columns[column].Header)
	for _, q := range form() {
		if q.ID == "confidentiality" && ofTheirs(m.Columns[column].Header) {
			continue // their name is not that of who answers
		}
		if q.ID == "year" && m.toCome(rows, cells) {
			continue // until when, and not when
		}
		if taken[q.ID] || q.Internal || limiting && !ofAgreement(&q) || !hasOptions(&q) || !fits(&q, cells) || m.namesOrDeeds(&q, column, rows, cells) {
			continue
		}
		n := 0
		option := once(func(cell string) bool { return understood(&q, cell) })
		for _, cell := range cells {
			if option(cell) && (q.ID != "year" || len([]rune(cell)) <= longestYear) {
				n++
			}
		}
		best = best.or(optionsOf{question: q.ID, n: n})
	}
	return best
}

// hasOptions reports whether a question is known by its answers.
func hasOptions(q *model.Question) bool {
	return q.Kind == model.AskChoice || q.Kind == model.AskChoices || slices.Contains([]string{"country", "stakeholders", "year", "therapy_areas"}, q.ID)
}

// namesOrDeeds reports whether answers that read like options are names of organisations,
// or what was done.
func (m Mapping) namesOrDeeds(q *model.Question, column int, rows []Row, cells []string) bool {
	c := m.Columns[column]
	switch q.ID {
	case "organisation_type":
		return !repeats(cells) && !kindsOnly(cells) || several(cells) || len(c.parts) > 2
	case "stakeholders":
		return !several(cells) && c.parts[0].option == "" && m.early(column, rows)
	case "participation":
		return len(cells) < 5 || !chosen(cells)
	}
	return false
}

// or is the better of two. Questions of one family share their options: of these that on
// the kind of organisation is taken where none has more.
func (o optionsOf) or(next optionsOf) optionsOf {
	akin := sameFamily(o.question, next.question)
	switch {
	case next.n > o.n && !(akin && o.question == "organisation_type"), next.n == o.n && next.n > 0 && akin && next.question == "organisation_type":
		next.other = o.other
		if !akin {
			next.other = o.n
		}
		return next
	case next.n > o.other && !akin:
		o.other = next.n
	}
	return o
}

// enough reports whether so many of all answers are options that the column is of the
// question.
func (o optionsOf) enough(all int) bool {
	enough := 4*o.n >= 3*all
	switch o.question {
	case "organisation_type", "stakeholders", "scale":
		enough = 2*o.n >= all && 3*o.other <= 2*o.n
	case "confidentiality", "audience", "year", "participation":
		enough = 5*o.n >= 3*all
	}
	return enough && o.other < o.n
}

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

// unlettered is an option without the letter or number that a list puts before it: "T2 –",
// "B)", "3.". A letter alone may be a yes or a no.
func unlettered(q *model.Question, s string) string {
	mark := listMark().FindString(s)
	if len(q.Options) == 0 && q.Scheme == "" || mark == "" || len(mark) == len(s) || agrees(q) && !strings.ContainsAny(mark, "0123456789") {
		return s
	}
	return s[len(mark):]
}

var listMark = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\(?(?:[A-Za-z]|[A-Za-z]?[0-9]{1,2})(?:[.):]\s+|\s+[–—-]\s+)`)
})
