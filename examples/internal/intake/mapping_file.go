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
// Unsaid: what a person writes there stands in every row. Last stand all that a column may be
// given.
func (m Mapping) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"column", "header", "question", "found by", "answer", "allowed"})
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
	out := Mapping{Columns: slices.Clone(m.Columns)}
	given, once := map[string]bool{}, map[string]bool{}
	var faults []string
	for _, row := range t.Rows {
		letter, header, id, answer := at0(row.Cells, 0), tidy(program.Uncell(at0(row.Cells, 1))), key2(at0(row.Cells, 2)), program.Uncell(at0(row.Cells, 4))
		if id == "" && answer == "" || key(letter) == "column" || key(letter) == key(mayBe) {
			continue
		}
		fault := func(what string) { faults = append(faults, what+", in row "+itoa(row.Number)) }
		if q, ok := exact()[key(id)]; ok {
			id = q
		}
		if !known(id) {
			fault("names a question that the form does not have")
			continue
		}
		if key(letter) == key(EveryRow) || letter == "" && header == "" {
			if answer == "" {
				continue // a proposal
			}
			o, wrong := newOnce(id, answer)
			if wrong == "" && once[id] {
				wrong = "answers the same question twice for every row"
			}
			if wrong != "" {
				fault(wrong)
			}
			once[id] = true
			out.Once = append(out.Once, o)
			continue
		}
		if answer != "" {
			fault("gives a column an answer, which only “" + EveryRow + "” takes")
			continue
		}
		i := slices.IndexFunc(out.Columns, func(c Mapped) bool { return header != "" && key(c.Header) == key(header) })
		if i < 0 && header == "" {
			i = slices.IndexFunc(out.Columns, func(c Mapped) bool { return strings.EqualFold(c.Letter, letter) })
		}
		if i < 0 {
			continue
		}
		only := id != Aside && id != Person && !Several(id)
		if only && given[id] {
			fault("gives two columns the same question")
			continue
		}
		given[id] = true
		for j := range out.Columns {
			if j != i && out.Columns[j].Question == id && only {
				out.Columns[j].Question, out.Columns[j].Why = Aside, ""
			}
		}
		if out.Columns[i].Question != id || key2(at0(row.Cells, 3)) != m.Columns[i].Why { // not as it was proposed
			out.Columns[i].Why = "given"
		}
		out.Columns[i].Question = id
	}
	if len(faults) > 0 {
		return m, refuse(strings.Join(faults, "; "))
	}
	return out, nil
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
