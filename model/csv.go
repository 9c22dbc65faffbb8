// SPDX-License-Identifier: Apache-2.0

package model

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CSV reads one example a row, as a survey tool exports them. The first row
// holds the questions of Form, their ids or aliases, whatever their order, case,
// punctuation and numbering; the columns of the minimum must be there. Cells are
// separated by commas, semicolons or tabs, which the header decides.
//
// A cell of several entries has one a line, with or without bullets, or " | "
// between them; options may also be separated by semicolons or commas. Notes in
// square brackets at an entry's end say more of it: a code, one of a field's
// values, a flag's name, a name and a number, or a link, as in "Met monthly
// [me:workshop] [month 2]". A cell "'=..." is the text "=...": see WriteCSV.
//
// Rows without a reference of the organisation get one by the organisation's
// name, in the order of the names in the file; all rows without a name count as
// one organisation, so that nobody is counted twice. Rows without a reference of
// the example are "row-1", "row-2" and so on. An agreement is made where any
// answer on confidentiality is given; what it does not say is closed.
//
// Examples are validated and checked as in JSONLines. The first error, a
// *LineError with line, row and column, ends the sequence. One row is held at a
// time, with what Checker keeps and the organisations' names.
func (rd Reader) CSV(r io.Reader) iter.Seq2[Example, error] {
	return func(yield func(Example, error) bool) {
		s, err := rd.sheet(r)
		if err != nil {
			yield(Example{}, err)
			return
		}
		check := Checker{Known: rd.Known}
		for {
			record, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			var e Example
			column := 0
			if err == nil {
				if blank(record) {
					continue
				}
				e, column, err = s.example(record)
			}
			if err == nil {
				if err = check.Check(e); err != nil {
					column = s.columnOf(err)
				}
			}
			if err != nil {
				yield(Example{}, s.lineError(column, err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// A sheet is a CSV file being read.
type sheet struct {
	rd      Reader
	meter   *meter
	csv     *csv.Reader
	before  int // lines before the header
	columns []*Question
	line    int // on which the row starts
	after   int // on which the next can start
	row     int
	names   registry
}

func (rd Reader) sheet(r io.Reader) (*sheet, error) {
	questions := Form()
	known := headers(questions)
	s := &sheet{rd: rd, after: 1, meter: &meter{r: r, left: 2 * headerBytes}, names: newRegistry()}
	in := bufio.NewReaderSize(s.meter, headerBytes)
	comma, before, err := dialect(in, known)
	if err != nil {
		return nil, &LineError{Line: 1, Err: inHeader(err)}
	}
	s.before = before
	s.csv = newCSV(in, comma)
	record, err := s.next()
	if errors.Is(err, io.EOF) {
		err = Fault{Rule: "is missing"}
	}
	column := 0
	if err == nil {
		s.columns, column, err = columns(record, known, questions, rd.passes())
	}
	s.row = 0
	if err != nil {
		return nil, s.lineError(column, inHeader(err))
	}
	return s, nil
}

// inHeader says so where a Fault without a path would be the example's.
func inHeader(err error) error {
	if f, ok := errors.AsType[Fault](err); ok && f.Path == "" {
		return Fault{Path: "header", Rule: f.Rule}
	}
	return err
}

// next reads a row within the bounds of an example. It passes no error of
// encoding/csv on.
func (s *sheet) next() ([]string, error) {
	s.meter.left = 2 * MaxExampleBytes // what is read ahead is less
	record, err := s.csv.Read()
	s.row++
	if err == nil {
		s.line, _ = s.csv.FieldPos(0)
		s.after = s.line + 1
		for _, cell := range record {
			s.after += strings.Count(cell, "\n")
		}
		return record, nil
	}
	s.line = s.after
	parse, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return nil, err
	}
	s.line = parse.StartLine
	if errors.Is(parse.Err, csv.ErrQuote) || errors.Is(parse.Err, csv.ErrBareQuote) {
		return nil, Fault{Path: "row", Rule: "has a quotation mark that neither opens nor closes a cell, in line " + strconv.Itoa(parse.Line+s.before)}
	}
	return nil, Fault{Path: "row", Rule: "is not CSV"}
}

func (s *sheet) lineError(column int, err error) error {
	return &LineError{Line: s.line + s.before, Row: s.row, Column: column, Err: err}
}

func blank(record []string) bool {
	return !slices.ContainsFunc(record, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// example reads a row; column is where the error is, if it is in one.
func (s *sheet) example(record []string) (e Example, column int, err error) {
	if len(record) != len(s.columns) {
		return e, 0, Fault{Path: "row", Rule: "has " + strconv.Itoa(len(record)) + " cells where the header has " + strconv.Itoa(len(s.columns))}
	}
	e.Parties = []Party{{Role: "contributor"}}
	size := 0
	for i, cell := range record {
		q := s.columns[i]
		if q == nil {
			continue
		}
		if size += len(cell); size > MaxExampleBytes {
			return e, i + 1, Fault{Rule: "is longer than " + strconv.Itoa(MaxExampleBytes) + " bytes"}
		}
		if !utf8.ValidString(cell) {
			return e, i + 1, Fault{Path: q.Field, Rule: notUTF8Cell(cell)}
		}
		cell = strings.TrimSpace(unguard(strings.Trim(cell, " ")))
		if cell == "" {
			continue
		}
		if err := s.fill(&e, q, record[i], cell); err != nil {
			return e, i + 1, err
		}
	}
	if err := s.complete(&e, record); err != nil {
		return e, s.columnOf(err), err
	}
	return e, 0, nil
}

// fill sets the question's field from its cell.
func (s *sheet) fill(e *Example, q *Question, whole, cell string) error {
	c := cellReader{rd: s.rd}
	v, f := c.reach(reflect.ValueOf(e).Elem(), q.Field)
	switch q.ID {
	case "holding", "clients":
		return nil // when the organisation's own reference is known
	case "others":
		return c.others(e, f.shape.elem, cell)
	case "organisation":
		one := reflect.New(f.shape.elem.typ).Elem()
		if err := c.entry(one, f.shape.elem, rule{}, cell); err != nil {
			return err
		}
		rest := v.Interface().([]Identity)                                              //nolint:forcetypeassert // by its shape
		v.Set(reflect.ValueOf(append([]Identity{one.Interface().(Identity)}, rest...))) //nolint:forcetypeassert // by its shape
		return nil
	}
	if f.shape.kind == aList && strings.HasSuffix(whole, "\n") {
		cell += "\n" // a cell of one entry that may hold " | "
	}
	return c.set(v, f, q, cell)
}

// reach finds the field of a path and makes the list entries on the way.
func (c *cellReader) reach(v reflect.Value, path string) (reflect.Value, fieldShape) {
	f := fieldShape{shape: shapeOf[Example]()}
	for name := range strings.SplitSeq(path, ".") {
		name, _, indexed := strings.Cut(name, "[")
		f = f.shape.fields[f.shape.byName[name]]
		v = v.FieldByIndex(f.index)
		c.at.field(name)
		if indexed {
			if v.Len() == 0 {
				v.Set(reflect.MakeSlice(f.shape.typ, 1, 1))
			}
			v, f = v.Index(0), fieldShape{shape: f.shape.elem}
			c.at.index(0)
		}
	}
	return v, f
}

// columnOf finds the column that fills the field at fault, 0 if there is none.
func (s *sheet) columnOf(err error) int {
	f, ok := errors.AsType[Fault](err)
	if !ok {
		return 0
	}
	best, length := 0, 0
	for i, q := range s.columns {
		if q == nil || len(q.Field) <= length || !strings.HasPrefix(f.Path, q.Field) {
			continue
		}
		if rest := f.Path[len(q.Field):]; rest == "" || rest[0] == '.' || rest[0] == '[' {
			best, length = i+1, len(q.Field)
		}
	}
	return best
}

// A meter bounds what may be read before it is set again.
type meter struct {
	r    io.Reader
	left int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, Fault{Rule: "is longer than " + strconv.Itoa(MaxExampleBytes) + " bytes"}
	}
	n, err := m.r.Read(p[:min(len(p), m.left)])
	m.left -= n
	return n, err
}

// Answers makes an example of the answers to the form, by the questions' ids or
// labels, as a web page sends them: what CSV reads from a row, validated. An
// answer to a question that is neither the form's nor among PassColumns is a
// Fault.
func (rd Reader) Answers(answers map[string]string) (Example, error) {
	known := headers(Form())
	s := sheet{rd: rd, row: 1, names: newRegistry()}
	var record []string
	pass := rd.passes()
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		q := known[headerKey(name)]
		switch {
		case q == nil && pass[headerKey(name)]:
			continue
		case q == nil:
			return Example{}, Fault{Path: "answers", Rule: "hold one to a question that the form does not have"}
		case slices.Contains(s.columns, q):
			return Example{}, Fault{Path: q.Field, Rule: "is answered twice"}
		}
		s.columns, record = append(s.columns, q), append(record, strings.ReplaceAll(answers[name], "\r\n", "\n"))
	}
	e, _, err := s.example(record)
	if err == nil {
		err = e.Validate(rd.Known)
	}
	if err != nil {
		return Example{}, err
	}
	return e, nil
}
