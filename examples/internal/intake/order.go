// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/reading"
)

// told are the questions that are answered in prose, in the order in which forms ask
// them.
func told() []string { return []string{"challenges", "objectives", "steps", "outcomes", "lessons"} }

// leastProse is how many words half of a column's answers have, to be read as prose.
const leastProse = 3

// A toldAt is a column that a question of told was given, and which of them.
type toldAt struct{ column, rank int }

// byOrder gives columns of prose that no heading says anything of the questions that
// nobody answers, by where they stand among the others and by what their sentences
// are: what was done reads otherwise than what came of it.
func (m Mapping) byOrder(rows []Row, taken map[string]bool) {
	var anchors []toldAt
	var open []int
	cells := m.cells(rows)
	for i, c := range m.Columns {
		if rank := slices.Index(told(), c.Question); rank >= 0 {
			anchors = append(anchors, toldAt{i, rank})
		} else if c.Why == "" && c.Question == Aside && c.parts[0].option == "" && m.mayTell(i) && prose(cells[i], len(rows)) {
			open = append(open, i)
		}
	}
	missing := slices.DeleteFunc(told(), func(q string) bool { return taken[q] })
	if len(open) == 0 || len(missing) == 0 || len(anchors) == 0 {
		return
	}
	r, err := proseReader()
	if err != nil {
		return // the columns stay aside
	}
	m.byGaps(anchors, open, taken)
	open = slices.DeleteFunc(open, func(i int) bool { return m.Columns[i].Why != "" })
	missing = slices.DeleteFunc(missing, func(q string) bool { return taken[q] })
	likely := make([]map[string]float64, len(open))
	for n, i := range open {
		likely[n] = likelihood(r, cells[i])
	}
	m.byLikelihood(anchors, open, missing, likely, taken)
}

func (m Mapping) ordered(column int, question string, taken map[string]bool) {
	m.Columns[column].Question, m.Columns[column].Why = question, "order"
	taken[question] = true
}

// byGaps gives as many columns as there are questions between two that are known those
// questions; after the last that is known, the first of the columns.
func (m Mapping) byGaps(anchors []toldAt, open []int, taken map[string]bool) {
	before := toldAt{-1, -1}
	for _, next := range append(slices.Clone(anchors), toldAt{len(m.Columns), len(told())}) {
		var gap []int
		for _, i := range open {
			if i > before.column && i < next.column && m.Columns[i].Why == "" {
				gap = append(gap, i)
			}
		}
		first := before.rank + 1
		n := next.rank - first
		if n > 0 && len(gap) >= n {
			last := next.column == len(m.Columns)
			if last {
				gap = gap[:n] // what comes after is no story
			}
			beside := gap[0] == before.column+1 || before.column < 0
			toNext := gap[len(gap)-1] == next.column-1 || last
			together := beside && toNext && gap[len(gap)-1]-gap[0] == len(gap)-1
			if len(gap) == n && together && !slices.ContainsFunc(told()[first:next.rank], func(q string) bool { return taken[q] }) {
				for k, i := range gap {
					m.ordered(i, told()[first+k], taken)
				}
			}
		}
		before = next
	}
}

// byLikelihood gives columns the questions that their sentences are likely to answer: the best
// assignment that keeps the order. An answer stands between those of its neighbours,
// where the sheet itself keeps it.
func (m Mapping) byLikelihood(anchors []toldAt, open []int, missing []string, likely []map[string]float64, taken map[string]bool) {
	fitsOrder := func(column, rank int) bool {
		for _, a := range anchors {
			if a.rank < rank && a.column > column || a.rank > rank && a.column < column {
				return false
			}
		}
		return true
	}
	best := make([][]float64, len(open)+1)
	for n := range best {
		best[n] = make([]float64, len(missing)+1)
	}
	value := func(n, q int) float64 {
		v := leastLikely
		if likely[n] != nil {
			v = likely[n][missing[q]]
		}
		if v >= leastLikely && fitsOrder(open[n], slices.Index(told(), missing[q])) {
			return v
		}
		return 0
	}
	for n := range slices.Backward(open) {
		for q := len(missing) - 1; q >= 0; q-- {
			best[n][q] = max(best[n+1][q], best[n][q+1])
			if v := value(n, q); v > 0 {
				best[n][q] = max(best[n][q], v+best[n+1][q+1])
			}
		}
	}
	for n, q := 0, 0; n < len(open) && q < len(missing); {
		v := value(n, q)
		switch {
		case v > 0 && best[n][q] == v+best[n+1][q+1]:
			m.ordered(open[n], missing[q], taken)
			n, q = n+1, q+1
		case best[n][q] == best[n+1][q]:
			n++
		default:
			q++
		}
	}
}

// notWhole takes a column for what was done that was taken for the whole story, where
// others hold the rest of it.
func (m Mapping) notWhole(taken map[string]bool) {
	n := len(slices.DeleteFunc(told(), func(q string) bool { return !taken[q] }))
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Question == Account && c.Why == "phrase" && !taken["steps"] && n >= 3 {
			c.Question = "steps"
			taken["steps"], taken[Account] = true, false
		}
	}
}

// byNames finds the column of organisations' names, of which nearly each is another and
// many end as such names do, or before the prose that of titles. An organisation that
// is not known as such is not kept out of texts.
func (m Mapping) byNames(question string, rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	first := len(m.Columns)
	for i, c := range m.Columns {
		if slices.Contains(told(), c.Question) {
			first = min(first, i)
		}
	}
	names := func(i int) bool {
		c := &m.Columns[i]
		distinct := map[string]bool{}
		words := 0
		for _, cell := range cells[i] {
			distinct[cell] = true
			words += len(strings.Fields(cell))
		}
		return c.Why == "" && c.Question == Aside && c.parts[0].option == "" && !permits(c.Header) && !answersAre(cells[i], 2, 5, func(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }) && len(cells[i]) >= 3 && 2*len(cells[i]) >= len(rows) && 5*len(distinct) >= 4*len(cells[i]) && words <= 7*len(cells[i])
	}
	for i := range m.Columns {
		switch {
		case taken[question] || !names(i) || question == "organisation" && kindsOnly(cells[i]):
		case question == "organisation" && (answersAre(cells[i], 1, 3, func(s string) bool { return kindOf(s) != "" && strings.ToLower(s) != s }) ||
			(ofBodies(m.Columns[i].Header) || i+1 < len(m.Columns) && m.Columns[i+1].Question == "organisation_type") && answersAre(cells[i], 3, 4, func(s string) bool { return strings.ToLower(s) != s })),
			question == "title" && taken["organisation"] && i < first:
			m.Columns[i].Question, m.Columns[i].Why = question, "names"
			taken[question] = true
		}
	}
}

// byClients takes those on whose behalf somebody writes for the organisations, where no
// other column names them and nearly every row names one.
func (m Mapping) byClients(rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Question == "clients" && c.Why != "header" && !taken["organisation"] && 5*len(cells[i]) >= 4*len(rows) {
			c.Question, taken["organisation"], taken["clients"] = "organisation", true, false
		}
	}
}

// kindsOnly reports whether half of the answers say what somebody is, and not who.
func kindsOnly(cells []string) bool {
	return answersAre(cells, 1, 2, func(s string) bool { return !properName(s) && kindOf(s) != "" })
}

// ofBodies reports whether a heading names a kind of body, as "Your school or college".
func ofBodies(header string) bool {
	return slices.ContainsFunc(wordsOfHeader(header), func(w string) bool { return headerWords().classes["org"][w] })
}

// byPlace gives the one column of prose between two known ones the one question that
// forms ask between theirs.
func (m Mapping) byPlace(rows []Row, taken map[string]bool) {
	cells := m.cells(rows)
	at := map[string]int{}
	for i, c := range m.Columns {
		if _, ok := at[c.Question]; !ok {
			at[c.Question] = i
		}
	}
	for rank, q := range told() {
		if taken[q] {
			continue
		}
		before, after := "title", ""
		if rank > 0 {
			before = told()[rank-1]
		}
		if rank+1 < len(told()) {
			after = told()[rank+1]
		}
		from, known := at[before]
		to, bounded := at[after]
		if !bounded && after == "" {
			to, bounded = min(from+2, len(m.Columns)), true
		}
		if !known || !bounded {
			continue
		}
		found := -1
		for i := from + 1; i < to; i++ {
			if c := m.Columns[i]; c.Why == "" && c.Question == Aside && m.mayTell(i) && prose(cells[i], len(rows)) {
				if found >= 0 {
					found = len(m.Columns)
					break
				}
				found = i
			}
		}
		if found < 0 || found >= len(m.Columns) {
			continue
		}
		m.Columns[found].Question, m.Columns[found].Why = q, "order"
		taken[q], at[q] = true, found
	}
}

// leastLikely is how likely a question must be at least.
const leastLikely = 0.3

// prose reports whether a column holds sentences or parts of them, in most rows.
func prose(cells []string, rows int) bool {
	if 2*len(cells) < rows || len(cells) < 3 {
		return false
	}
	long := 0
	distinct := map[string]bool{}
	for _, cell := range cells {
		distinct[cell] = true
		if len(strings.Fields(cell)) >= leastProse {
			long++
		}
	}
	return 2*long >= len(cells) && len(distinct) >= 3
}

// mostOther is the share of sentences that have no role at most, where roles say anything.
const mostOther = .65

// likelihood is how likely answers are to each of the questions: the share of their
// sentences that has a role, by the roles that answers to it have when they stand alone.
// What stood in the way is often told as what happened, and an aim or an advice as
// neither.
func likelihood(r *reading.Reader, cells []string) map[string]float64 {
	share, all := map[string]float64{}, 0.0
	seen := map[string]bool{}
	for _, cell := range cells {
		if seen[cell] || len(seen) >= 40 {
			continue
		}
		seen[cell] = true
		found, err := r.Read(sentenced(cell), "")
		if err != nil {
			continue
		}
		for _, s := range found.Sentences[min(1, len(found.Sentences)):] {
			share[s.Role]++
			all++
		}
	}
	if all == 0 {
		return nil
	}
	of := func(role string) float64 { return share[role] / all }
	if of("other") > mostOther {
		return nil // in a language that the reader does not know
	}
	return map[string]float64{
		"challenges": of("challenge") + .7*of("outcome") + .4*of("context") + .2*of("other"),
		"objectives": .1 + .8*of("other") + .4*of("outcome") + .3*of("context"),
		"steps":      of("action") + .2*of("context") + .1*of("other"),
		"outcomes":   .1 + .9*of("outcome") + .3*of("other"),
		"lessons":    .1 + of("lesson") + .6*of("other") + .4*of("outcome") + .4*of("context"),
	}
}

// sentenced writes an answer as sentences of an account, after one that says nothing:
// alone a fragment would be read as a heading.
func sentenced(cell string) string {
	first, size := utf8.DecodeRuneInString(cell)
	cell = string(unicode.ToUpper(first)) + cell[size:]
	if !strings.ContainsAny(cell[len(cell)-1:], ".!?") {
		cell += "."
	}
	return "This is about our work. " + cell
}

// byTicks gives columns of ticks whose options are groups of people the question of who took
// part, whatever their heading asks, unless it speaks of permission.
func (m Mapping) byTicks(taken map[string]bool) {
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Why == "" && !taken["stakeholders"] && c.ofGroups() && !permits(c.Header) {
			c.Question, c.Why = "stakeholders", "answers"
			taken["stakeholders"] = true
		}
	}
}

// laterDay reads a day; of two that it can be the later, so that one to come is not taken for
// one past.
func (r *run) laterDay(cell string, order dayOrder) (string, []Finding) {
	value, findings := r.fact(cell, "is not a date, such as 5 October 2026 or 2026-10-05", order.day)
	if len(findings) > 0 {
		day, _ := dayOrder{}.day(cell)
		other, _ := dayOrder{monthFirst: true}.day(cell)
		value = max(day, other)
	}
	return value, findings
}
