// SPDX-License-Identifier: Apache-2.0

package intake

import (
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
	return q.Kind == model.AskChoice || q.Kind == model.AskChoices || q.ID == "country" || q.ID == "stakeholders" || q.ID == "year"
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
