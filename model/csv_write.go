// SPDX-License-Identifier: Apache-2.0

package model

import (
	"bufio"
	"io"
	"iter"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// WriteCSV writes the header of Form and one row an example, for a spreadsheet:
// UTF-8 with a byte order mark, commas, every cell in quotation marks. A cell
// that a spreadsheet would run as a formula begins with an apostrophe, which CSV
// takes off. Reader.CSV reads each example back, but for white space around its
// texts and uses that are not granted; one that it would not read back, since it
// says something that the form has no column for, is a *LineError with a Fault
// that names the first such field. WriteCSV stops at the first error.
func WriteCSV(w io.Writer, examples iter.Seq2[Example, error]) error {
	out := bufio.NewWriter(w)
	questions := Form()
	cells := make([]string, len(questions))
	for i, q := range questions {
		cells[i] = q.Label
	}
	out.WriteString("\ufeff")
	writeRow(out, cells)
	row := 0
	for e, err := range examples {
		if err != nil {
			return err
		}
		row++
		for i := range questions {
			cells[i] = guard(cellOf(&e, &questions[i]))
		}
		if err := readsBack(&e, questions, cells); err != nil {
			return &LineError{Row: row, Err: err}
		}
		writeRow(out, cells)
	}
	return out.Flush()
}

func writeRow(out *bufio.Writer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
	}
	out.WriteString("\r\n")
}

// readsBack finds what would be lost.
func readsBack(e *Example, questions []Question, cells []string) error {
	s := sheet{row: 1, names: newRegistry()}
	for i := range questions {
		s.columns = append(s.columns, &questions[i])
	}
	again, _, err := s.example(cells)
	if err != nil {
		return err
	}
	var at place
	if !same(reflect.ValueOf(*e), reflect.ValueOf(again), shapeOf[Example](), &at) {
		return Fault{Path: at.String(), Rule: "cannot be written as CSV: the form has no column for it"}
	}
	return nil
}

// same compares two values but for white space around texts and uses that are
// not granted. Where they differ, at is left at the place.
func same(a, b reflect.Value, s *shape, at *place) bool {
	switch s.kind {
	case anObject, aText:
		for _, f := range s.fields {
			at.field(f.name)
			if !same(a.FieldByIndex(f.index), b.FieldByIndex(f.index), f.shape, at) {
				return false
			}
			at.up()
		}
		return true
	case aList:
		for i := range max(a.Len(), b.Len()) {
			at.index(i)
			if i >= a.Len() || i >= b.Len() || !same(a.Index(i), b.Index(i), s.elem, at) {
				return false
			}
			at.up()
		}
		return true
	case aRaw:
		return trimmed(a.String()) == trimmed(b.String())
	case aMap:
		return sameEntries(a, b, s)
	case aMoment:
		x, _ := moment(a)
		y, _ := moment(b)
		return x.Equal(y)
	default:
		return a.Equal(b)
	}
}

// sameEntries compares maps, of uses those that are granted.
func sameEntries(a, b reflect.Value, s *shape) bool {
	if s.typ != reflect.TypeFor[Uses]() {
		return a.Len() == 0 && b.Len() == 0 || reflect.DeepEqual(a.Interface(), b.Interface())
	}
	x, y := a.Interface().(Uses), b.Interface().(Uses) //nolint:forcetypeassert // by its shape
	for u := range allUses() {
		if x[u] != y[u] {
			return false
		}
	}
	return true
}

func trimmed(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
}

// cellOf writes the answer to a question.
func cellOf(e *Example, q *Question) string {
	v, f, ok := follow(reflect.ValueOf(*e), q.Field)
	if !ok {
		return ""
	}
	switch q.ID {
	case "organisation", "other_names":
		return identities(e.Parties[0].Identities, q.ID == "organisation")
	case "others":
		return others(e.Parties, f.shape.elem)
	case "holding":
		return prefixed(v.String())
	case "clients":
		var refs []string
		for i := range v.Len() {
			refs = append(refs, prefixed(v.Index(i).String()))
		}
		return joinItems(refs)
	case "consent":
		switch v.String() {
		case "given":
			return "yes"
		case "declined":
			return "no"
		}
	}
	return cell(v, f, q)
}

func prefixed(ref string) string {
	if ref == "" {
		return ""
	}
	return "ref:" + ref
}

// follow finds the field of a path, unless a list on the way has no entry.
func follow(v reflect.Value, path string) (reflect.Value, fieldShape, bool) {
	f := fieldShape{shape: shapeOf[Example]()}
	for name := range strings.SplitSeq(path, ".") {
		name, _, indexed := strings.Cut(name, "[")
		f = f.shape.fields[f.shape.byName[name]]
		v = v.FieldByIndex(f.index)
		if indexed {
			if v.Len() == 0 {
				return v, f, false
			}
			v, f = v.Index(0), fieldShape{shape: f.shape.elem}
		}
	}
	return v, f, true
}

func cell(v reflect.Value, f fieldShape, q *Question) string {
	switch f.shape.kind {
	case aText:
		return string(v.Interface().(Text).Value) //nolint:forcetypeassert // by its shape
	case aRaw:
		return v.String()
	case aWord:
		return v.String()
	case aNamed:
		return label(q, v)
	case aFlag:
		if v.Bool() {
			return "yes"
		}
	case aWhole:
		if v.Int() != 0 {
			return strconv.FormatInt(v.Int(), 10)
		}
	case aMoment:
		if t, _ := moment(v); !t.IsZero() {
			return t.UTC().Format(time.RFC3339Nano)
		}
	case aMap:
		return entriesCell(v, q)
	case aList:
		return listCell(v, f)
	case anObject, aNumber:
	}
	return ""
}

func label(q *Question, v reflect.Value) string {
	name, err := marshalNamed(v)
	i := slices.IndexFunc(q.Options, func(o Option) bool { return o.Value == string(name) })
	if err != nil || i < 0 {
		return ""
	}
	return q.Options[i].Label
}

func entriesCell(v reflect.Value, q *Question) string {
	var out []string
	switch m := v.Interface().(type) {
	case Uses:
		for _, o := range q.Options {
			if m[Use(o.Value)] {
				out = append(out, o.Label)
			}
		}
	case map[string]Level:
		for field, level := range m {
			out = append(out, field+": "+level.String())
		}
		slices.Sort(out)
	}
	return strings.Join(out, "\n")
}

func listCell(v reflect.Value, f fieldShape) string {
	var out []string
	elem := f.shape.elem
	for i := range v.Len() {
		switch one := v.Index(i); elem.kind {
		case aText:
			out = append(out, trimmed(one.FieldByName("Value").String()))
		case anObject:
			out = append(out, entryCell(one, elem, f.rule))
		default:
			out = append(out, trimmed(one.String()))
		}
	}
	if elem.kind == aWord {
		return strings.Join(out, "\n")
	}
	return joinItems(out)
}

// entryCell writes the text of an entry and its notes; what has neither place
// is left out, and readsBack finds it missing.
func entryCell(v reflect.Value, s *shape, outer rule) string {
	main, _ := s.mainField()
	text, notes := "", []string(nil)
	for _, f := range s.fields {
		field := v.FieldByIndex(f.index)
		switch {
		case field.IsZero():
		case f.name == main.name:
			text = textOf(field)
		case f.name == "assigned_by" && field.String() == string(ByContributor) && !v.FieldByName("Code").IsZero():
		default:
			notes = append(notes, notesOf(field, f)...)
		}
	}
	// A note that the reader would take for text would swallow those before it.
	notes = slices.DeleteFunc(notes, func(n string) bool {
		return strings.ContainsAny(n, "[]\n") || !note(reflect.New(s.typ).Elem(), s, outer, n)
	})
	return addNotes(text, notes)
}

func textOf(v reflect.Value) string {
	if t, ok := reflect.TypeAssert[Text](v); ok {
		return trimmed(string(t.Value))
	}
	return trimmed(v.String())
}

func notesOf(v reflect.Value, f fieldShape) []string {
	switch f.shape.kind {
	case aText, aRaw:
		if f.rule.form == formURL {
			return []string{v.String()}
		}
		return []string{f.name + ": " + textOf(v)}
	case aWord:
		if f.rule.form != noForm {
			return []string{f.name + " " + v.String()}
		}
		return []string{v.String()}
	case aFlag:
		return []string{f.name}
	case aWhole:
		return []string{f.name + " " + strconv.FormatInt(v.Int(), 10)}
	case aNumber:
		return []string{f.name + " " + strconv.FormatFloat(v.Float(), 'g', -1, 64)}
	case aList:
		var out []string
		for i := range v.Len() {
			elem := fieldShape{name: f.name, shape: f.shape.elem, rule: f.rule}
			out = append(out, notesOf(v.Index(i), elem)...)
		}
		return out
	case anObject:
		if c, ok := reflect.TypeAssert[Coded](v); ok {
			return notesOfCode(c, f.name)
		}
	case aMap, aNamed, aMoment:
	}
	return nil
}

func notesOfCode(c Coded, name string) (out []string) {
	if c.Code != "" {
		out = append(out, string(c.Code))
	}
	if c.AsWritten != "" {
		out = append(out, name+": "+trimmed(string(c.AsWritten)))
	}
	if c.AssignedBy != ByContributor {
		out = append(out, name+" "+string(c.AssignedBy))
	}
	return out
}
