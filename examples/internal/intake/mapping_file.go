// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
)

// Write writes the mapping as CSV for a person to correct: column, header,
// question, how it was found. Below stand, without an answer, the questions of
// Unsaid: what a person writes there stands in every row; and the answers of Meant, whose
// meaning a person writes beside them. Last stand all that a column may be
// given.
func (m Mapping) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write(MappingHead())
	for _, c := range m.Columns {
		_ = out.Write([]string{c.Letter, program.Cell(c.Header), c.Question, c.Why, "", ""})
	}
	line := func(q model.Question, why, answer string) {
		_ = out.Write([]string{EveryRow, q.Label, q.ID, why, program.Cell(answer), strings.Join(Allowed(&q, 40), " | ")})
	}
	for _, o := range m.Once {
		if q, ok := onceQuestion(o.Question); ok {
			line(q, "given", o.Answer)
		}
	}
	for _, q := range m.Unsaid() {
		if !slices.ContainsFunc(m.Once, func(o Once) bool { return o.Question == q.ID }) {
			line(q, "", "")
		}
	}
	for _, a := range m.Meant {
		why := ""
		if a.Means != "" {
			why = "given"
		}
		_ = out.Write([]string{SaidSo, program.Cell(a.Said), a.Question, why, program.Cell(a.Means), strings.Join(a.Options(), " | ")})
	}
	for _, q := range Questions() {
		if !q.Internal {
			_ = out.Write([]string{mayBe, q.Label, q.ID, "", "", ""})
		}
	}
	_ = out.Write([]string{mayBe, "Kept aside: read by nobody, though names in it are kept out of every text", Aside, "", "", ""})
	_ = out.Write([]string{mayBe, "Names of people, which are kept out of every text", Person, "", "", ""})
	out.Flush()
	return out.Error()
}

// mayBe stands where a column would, on lines that tell what may stand in the third
// column: they are for a person to copy from, and say nothing of the sheet.
const mayBe = "may be"

// Correct reads what Write wrote and a person corrected, and lays it over the
// mapping: a column is found by its header, else by its letter. Lines about
// columns that the sheet does not have are passed over, so that a mapping serves
// the next export too. Its error names all faults, and then nothing is laid over.
func (m Mapping) Correct(r io.Reader) (Mapping, error) {
	t, err := ReadCSV(r)
	if err != nil {
		return m, err
	}
	c := correction{Mapping: Mapping{Columns: slices.Clone(m.Columns)}, was: m, given: map[string]bool{}, once: map[string]bool{}}
	var faults []string
	for _, row := range t.Rows {
		if fault := c.line(row.Cells); fault != "" {
			faults = append(faults, fault+", in row "+itoa(row.Number))
		}
	}
	if len(faults) > 0 {
		return m, refuse(strings.Join(faults, "; "))
	}
	return c.Mapping, nil
}

// A correction is a mapping over which lines are laid one after another.
type correction struct {
	Mapping
	was         Mapping
	given, once map[string]bool // questions that a line gave a column, or every row
}

// line lays one line over the mapping, or says what is the matter with it.
func (m *correction) line(cells []string) (fault string) {
	letter, header, id, answer := at0(cells, 0), tidy(program.Uncell(at0(cells, 1))), key2(at0(cells, 2)), program.Uncell(at0(cells, 4))
	if id == "" && answer == "" || key(letter) == "column" || key(letter) == key(mayBe) {
		return ""
	}
	if q, ok := exact()[key(id)]; ok {
		id = q
	}
	switch {
	case letter == SaidSo:
		return m.saidSo(id, program.Uncell(at0(cells, 1)), answer)
	case !known(id):
		return "names a question that the form does not have"
	case key(letter) == key(EveryRow) || letter == "" && header == "":
		return m.everyRow(id, answer)
	case answer != "":
		return "gives a column an answer, which only “" + EveryRow + "” takes"
	}
	i := slices.IndexFunc(m.Columns, func(c Mapped) bool { return header != "" && key(c.Header) == key(header) })
	if i < 0 && header == "" {
		i = slices.IndexFunc(m.Columns, func(c Mapped) bool { return strings.EqualFold(c.Letter, letter) })
	}
	if i < 0 {
		return ""
	}
	return m.column(i, id, key2(at0(cells, 3)))
}

// everyRow takes an answer of all rows; without one the line is a proposal.
func (m *correction) everyRow(id, answer string) (fault string) {
	if answer == "" {
		return ""
	}
	o, wrong := newOnce(id, answer)
	if wrong == "" && m.once[id] {
		wrong = "answers the same question twice for every row"
	}
	m.once[id] = true
	m.Once = append(m.Once, o)
	return wrong
}

// saidSo takes what an answer means; without a meaning the line is a proposal.
func (m *correction) saidSo(id, saying, means string) (fault string) {
	if means == "" {
		return ""
	}
	a, fault := meantBy(id, saying, means)
	if _, twice := m.meant(id, saying); fault == "" && twice {
		return "says twice what an answer means"
	}
	m.Meant = append(m.Meant, a)
	return fault
}

// column gives a column a question, and takes it from the one that had it before, unless
// several may have it.
func (m *correction) column(i int, id, why string) (fault string) {
	only := id != Aside && id != Person && !Several(id)
	if only && m.given[id] {
		return "gives two columns the same question"
	}
	m.given[id] = true
	for j := range m.Columns {
		if j != i && m.Columns[j].Question == id && only {
			m.Columns[j].Question, m.Columns[j].Why = Aside, ""
		}
	}
	was := m.was.Columns[i]
	switch guess := (Mapped{Column: m.Columns[i].Column, Question: id, Why: why}); {
	case guess.Unsure() && (was.Question != id || was.Why != why): // of another export, and nobody said since that it is one
		m.Columns[i].Why = why
	case was.Question != id || was.Why != why: // not as it was proposed
		m.Columns[i].Why = "given"
	}
	m.Columns[i].Question = id
	return ""
}

func key2(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// missing are the questions of the minimum that nothing answers.
func (m Mapping) missing() []*model.Question {
	var out []*model.Question
	account := slices.ContainsFunc(m.Columns, func(c Mapped) bool { return c.Question == Account })
	for i := range form() {
		q := &form()[i]
		if account && q.Section == form()[0].Section {
			continue // an account says it
		}
		if q.Minimum && !m.asks(q.ID) {
			out = append(out, q)
		}
	}
	return out
}

// asks reports whether a column, or an answer for every row, answers a question.
func (m Mapping) asks(id string) bool {
	return slices.ContainsFunc(m.Columns, func(c Mapped) bool { return c.Question == id }) || slices.ContainsFunc(m.Once, func(o Once) bool { return o.Question == id })
}

// MappingHead is the first row of a mapping as a file.
func MappingHead() []string {
	return []string{"column", "header", "question", "found by", "answer", "allowed"}
}

// WriteFindings writes findings as CSV, one a line, for a person beside the
// sheet: in the order of its rows and columns, those about the sheet first.
func WriteFindings(w io.Writer, findings []Finding) error {
	out := csv.NewWriter(w)
	_ = out.Write(FindingsHead())
	for _, f := range Sorted(findings) {
		row, usable := "", "yes"
		if f.Row > 0 {
			row = itoa(f.Row)
		}
		if f.Unusable {
			usable = "no"
		}
		_ = out.Write([]string{row, f.Column, program.Cell(f.Header), f.Question, f.Fault, program.Cell(f.Was), strings.Join(f.Nearest, " | "), strings.Join(f.Allowed, " | "), usable})
	}
	out.Flush()
	return out.Error()
}

// FindingsHead is the first row of a list of findings.
func FindingsHead() []string {
	return []string{"row", "column", "header", "question", "what is the matter", "what was there", "nearest", "allowed", "row can be used"}
}
