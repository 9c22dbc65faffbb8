// SPDX-License-Identifier: Apache-2.0

package model

import (
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A cellReader turns cells into the values of fields, led by their shapes.
type cellReader struct {
	rd Reader
	at place
}

func (c *cellReader) fault(rule string) error { return Fault{Path: c.at.String(), Rule: rule} }

// set fills v from a cell that is not empty.
func (c *cellReader) set(v reflect.Value, f fieldShape, q *Question, cell string) error {
	switch f.shape.kind {
	case aText:
		v.Set(reflect.ValueOf(Text{Value: Raw(cell)}))
	case aRaw:
		v.SetString(cell)
	case aWord:
		return c.word(v, f, q, cell)
	case aNamed:
		return c.named(v, q, cell)
	case aFlag:
		yes, ok := yesNo(cell)
		if !ok {
			return c.fault("is neither yes nor no")
		}
		v.SetBool(yes)
	case aWhole:
		n, err := strconv.ParseInt(cell, 10, 32)
		if err != nil {
			return c.fault("is not a whole number")
		}
		v.SetInt(n)
	case aMap:
		if f.shape.typ == reflect.TypeFor[Uses]() {
			return c.uses(v, q, cell)
		}
		return c.overrides(v, cell)
	case aList:
		return c.list(v, f, cell)
	case aMoment:
		t, ok := parseMoment(cell)
		if !ok {
			return c.fault("is not a date as YYYY-MM-DD or RFC 3339")
		}
		v.Set(reflect.ValueOf(t))
	case anObject, aNumber:
		return c.fault("has no form in a cell")
	}
	return nil
}

func (c *cellReader) named(v reflect.Value, q *Question, cell string) error {
	value, ok := q.option(cell)
	u, isNamed := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr())
	if !ok || !isNamed || u.UnmarshalText([]byte(value)) != nil {
		return c.fault("is none of the options")
	}
	return nil
}

func yesNo(cell string) (yes, ok bool) {
	switch squeeze(cell) {
	case "yes", "y", "true", "1", "x", "iagree", "agreed", "given":
		return true, true
	case "no", "n", "false", "0", "declined":
		return false, true
	}
	return false, false
}

func (c *cellReader) word(v reflect.Value, f fieldShape, q *Question, cell string) error {
	switch {
	case len(f.rule.codes) > 0:
		code, ok := c.code(f.rule.codes, cell)
		if !ok {
			return c.fault("is neither a code nor an option of the vocabulary")
		}
		v.SetString(string(code))
	case q.ID == "consent":
		if yes, ok := yesNo(cell); ok {
			cell = "declined"
			if yes {
				cell = "given"
			}
		}
		v.SetString(strings.ToLower(cell))
	case len(f.rule.in) > 0:
		value, ok := q.option(cell)
		if !ok {
			return c.fault("is none of the options")
		}
		v.SetString(value)
	default:
		v.SetString(cell)
	}
	return nil
}

// code reads a code or, with the vocabulary's help, its label or bare name.
func (c *cellReader) code(prefixes []string, cell string) (Code, bool) {
	prefix, name, found := strings.Cut(cell, ":")
	if found && kebab(name) && slices.Contains(prefixes, prefix) {
		return Code(cell), true
	}
	for _, p := range prefixes {
		if c.rd.Label != nil {
			if code, ok := c.rd.Label(p, cell); ok {
				return code, true
			}
		}
		if code := Code(p + ":" + cell); c.rd.Known != nil && kebab(cell) && c.rd.Known(code) {
			return code, true
		}
	}
	return "", false
}

func (c *cellReader) uses(v reflect.Value, q *Question, cell string) error {
	chosen, n, ok := choose(cell, q.option)
	if !ok {
		c.at.index(n)
		return c.fault("is none of the options")
	}
	uses := Uses{}
	for _, u := range chosen {
		uses[Use(u)] = true
	}
	v.Set(reflect.ValueOf(uses))
	return nil
}

func (c *cellReader) overrides(v reflect.Value, cell string) error {
	levels := map[string]Level{}
	for i, item := range items(cell) {
		field, word, _ := strings.Cut(item, ":")
		var level Level
		if level.UnmarshalText([]byte(strings.TrimSpace(word))) != nil {
			c.at.index(i)
			return c.fault("is not a field, a colon and a level")
		}
		levels[strings.TrimSpace(field)] = level
	}
	v.Set(reflect.ValueOf(levels))
	return nil
}

func (c *cellReader) list(v reflect.Value, f fieldShape, cell string) error {
	elem := f.shape.elem
	if elem.kind == aWord && len(f.rule.codes) > 0 {
		chosen, n, ok := choose(cell, func(s string) (string, bool) {
			code, ok := c.code(f.rule.codes, s)
			return string(code), ok
		})
		if !ok {
			c.at.index(n)
			return c.fault("is neither a code nor an option of the vocabulary")
		}
		for _, s := range chosen {
			v.Set(reflect.Append(v, reflect.ValueOf(Code(s))))
		}
		return nil
	}
	entries := items(cell)
	if len(entries) > maxList {
		return c.fault("has more than " + strconv.Itoa(maxList) + " entries")
	}
	for i, item := range entries {
		c.at.index(i)
		one := reflect.New(elem.typ).Elem()
		switch elem.kind {
		case anObject:
			if err := c.entry(one, elem, f.rule, item); err != nil {
				return err
			}
		default:
			setText(one, item)
		}
		v.Set(reflect.Append(v, one))
		c.at.up()
	}
	return nil
}

// mainField is the field of an entry that its text goes to.
func (s *shape) mainField() (fieldShape, bool) {
	for _, name := range []string{"text", "as_written", "title", "name", "role"} {
		if i, ok := s.byName[name]; ok && (s.fields[i].shape.kind == aText || s.fields[i].shape.kind == aRaw) {
			return s.fields[i], true
		}
	}
	return fieldShape{}, false
}

// entry fills one entry of a list of objects: its text, and notes in brackets.
func (c *cellReader) entry(v reflect.Value, s *shape, outer rule, item string) error {
	text, notes := cutNotes(item, func(n string) bool { return note(reflect.New(s.typ).Elem(), s, outer, n) })
	for _, n := range notes {
		if !note(v, s, outer, n) {
			return c.fault("has a note in brackets twice")
		}
	}
	main, hasText := s.mainField()
	coded, isCoded := s.codeField(outer)
	if text != "" && isCoded && v.FieldByIndex(coded.index).String() == "" {
		if code, ok := c.code(coded.rule.codes, text); ok {
			note(v, s, outer, string(code))
			if string(code) == text {
				text = ""
			}
		} else if !hasText {
			return c.fault("is neither a code nor an option of the vocabulary")
		}
	}
	if hasText && text != "" {
		if name, forms, ok := alsoKnown(text); ok && s.typ == reflect.TypeFor[Identity]() {
			text = name
			v.Set(reflect.ValueOf(Identity{Type: v.Interface().(Identity).Type, Forms: forms})) //nolint:forcetypeassert // by its shape
		}
		setText(v.FieldByIndex(main.index), text)
	}
	c.otherwise(v)
	return nil
}

// otherwise sets what an entry must say and its writer left out.
func (c *cellReader) otherwise(v reflect.Value) {
	switch e := v.Addr().Interface().(type) {
	case *Identity:
		if e.Type == "" {
			e.Type = "organisation"
		}
	case *Resource:
		if e.Type == "" {
			e.Type = "material"
		}
	case *PublicRef:
		if e.Type == "" {
			e.Type = "web"
		}
	case *Stakeholder:
		if e.Group == "" {
			e.Group = "st:unknown"
		}
	}
}

// codeField is the field for the code that an entry is about.
func (s *shape) codeField(outer rule) (fieldShape, bool) {
	for _, name := range []string{"code", "group", "type"} {
		i, ok := s.byName[name]
		if !ok {
			continue
		}
		f := s.fields[i]
		if name == "code" {
			f.rule.codes = outer.codes
		}
		if len(f.rule.codes) > 0 {
			return f, true
		}
	}
	return fieldShape{}, false
}

// note sets the field that a note in brackets stands for and reports whether
// there is one, still empty: a code, one of a field's values, the name of a
// flag, a link, a field's name with a number, date or the like, or a field's
// name, a colon and a text.
func note(v reflect.Value, s *shape, outer rule, n string) bool {
	prefix, name, isCode := strings.Cut(n, ":")
	isCode = isCode && kebab(name)
	word, value, _ := strings.Cut(n, " ")
	for _, f := range s.fields {
		field, codes := v.FieldByIndex(f.index), f.rule.codes
		if f.name == "code" {
			codes = outer.codes
		}
		isCode := isCode && slices.Contains(codes, prefix)
		done := false
		switch f.shape.kind {
		case aList:
			if isCode && f.shape.elem.kind == aWord {
				field.Set(reflect.Append(field, reflect.ValueOf(Code(n))))
				return true
			}
			if strings.TrimSuffix(word, ":") == f.name {
				return noteEntry(field, f, word, value)
			}
		case anObject:
			done = f.shape.typ == reflect.TypeFor[Coded]() && noteCoded(field, f, n, isCode)
		case aText, aRaw:
			done = field.IsZero() && noteText(field, f, n)
		default:
			done = noteWord(v, field, f, n, isCode)
		}
		if done {
			return true
		}
	}
	return false
}

// noteText sets a field of prose, or of a link, to what the note says it is.
func noteText(field reflect.Value, f fieldShape, n string) bool {
	word, value, _ := strings.Cut(n, " ")
	if word == f.name+":" && value != "" {
		setText(field, value)
		return true
	}
	if f.rule.form == formURL && webLink(n) {
		field.SetString(n)
		return true
	}
	return false
}

// noteWord sets a field that holds no prose.
func noteWord(v, field reflect.Value, f fieldShape, n string, isCode bool) bool {
	word, value, _ := strings.Cut(n, " ")
	if !field.IsZero() && (f.name != "assigned_by" || field.String() != string(ByContributor)) {
		return false
	}
	switch f.shape.kind {
	case aWord:
		switch {
		case isCode:
			if field.SetString(n); f.name == "code" {
				assign(v)
			}
		case slices.Contains(f.rule.in, n):
			field.SetString(n)
		case f.name == word && f.rule.form != noForm && f.rule.form.refuse(value) == "":
			field.SetString(value)
		default:
			return false
		}
		return true
	case aFlag:
		field.SetBool(f.name == n)
		return f.name == n
	case aWhole, aNumber:
		return f.name == word && noteNumber(field, value)
	default:
		return false
	}
}

// noteNumber sets a field to a number other than 0.
func noteNumber(field reflect.Value, value string) bool {
	if field.CanInt() {
		i, err := strconv.ParseInt(value, 10, 32)
		if err != nil || i == 0 {
			return false
		}
		field.SetInt(i)
		return true
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || x == 0 {
		return false
	}
	field.SetFloat(x)
	return true
}

// noteEntry adds to a list: "materials: A checklist", "surfaces quotes".
func noteEntry(field reflect.Value, f fieldShape, word, value string) bool {
	elem := f.shape.elem
	one := reflect.New(elem.typ).Elem()
	switch {
	case word == f.name+":" && (elem.kind == aText || elem.kind == aRaw) && value != "":
		setText(one, value)
	case word == f.name && elem.kind == aWord && f.rule.form != noForm && f.rule.form.refuse(value) == "":
		one.SetString(value)
	default:
		return false
	}
	field.Set(reflect.Append(field, one))
	return true
}

// noteCoded sets a part of a Coded: its code, "method: the words", "method editor".
func noteCoded(field reflect.Value, f fieldShape, n string, isCode bool) bool {
	c := field.Interface().(Coded) //nolint:forcetypeassert // by its shape
	word, value, _ := strings.Cut(n, " ")
	switch {
	case isCode && c.Code == "":
		c.Code, c.AssignedBy = Code(n), ByContributor
	case word == f.name+":" && c.AsWritten == "" && value != "":
		c.AsWritten = Raw(value)
	case word == f.name && (value == string(ByEditor) || value == string(BySuggestion) || value == string(BySoftware)):
		c.AssignedBy = AssignedBy(value)
	default:
		return false
	}
	field.Set(reflect.ValueOf(c))
	return true
}

func setText(v reflect.Value, value string) {
	if v.Type() == reflect.TypeFor[Text]() {
		v.Set(reflect.ValueOf(Text{Value: Raw(value)}))
		return
	}
	v.SetString(value)
}

// assign says that the contributor gave the code, unless a note says otherwise.
func assign(v reflect.Value) {
	if by := v.FieldByName("AssignedBy"); by.IsValid() && by.IsZero() {
		by.SetString(string(ByContributor))
	}
}

// alsoKnown reads "Name (also Form; Form)".
func alsoKnown(text string) (name string, forms []Raw, ok bool) {
	name, rest, ok := strings.Cut(text, " (also ")
	if !ok || !strings.HasSuffix(rest, ")") {
		return text, nil, false
	}
	for form := range strings.SplitSeq(strings.TrimSuffix(rest, ")"), ";") {
		if form = strings.TrimSpace(form); form != "" {
			forms = append(forms, Raw(form))
		}
	}
	return strings.TrimSpace(name), forms, true
}
