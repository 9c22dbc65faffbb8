// SPDX-License-Identifier: Apache-2.0

package model

import (
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A shape is what a type may hold: its fields and the rules in their tags. The
// decoders, Validate and the schema all read the same shapes, so that they
// cannot come to differ.
type shape struct {
	kind   shapeKind
	typ    reflect.Type
	fields []fieldShape   // of an object
	byName map[string]int // field positions
	elem   *shape         // of a list or map
}

// A fieldShape is one field of an object. Its rule also holds for the elements
// of a list, and its codes for the Coded inside it.
type fieldShape struct {
	name  string
	index []int
	shape *shape
	rule  rule
}

type shapeKind uint8

const (
	anObject shapeKind = iota
	aList
	aMap
	aText  // Text: a string or an object
	aRaw   // Raw
	aWord  // any other string: codes, references, names of values
	aNamed // a TextUnmarshaler: Level, Audience, NameForm
	aMoment
	aWhole
	aNumber
	aFlag
)

// A rule is what a field's tag `rule:"..."` says; its clauses are separated by
// semicolons.
type rule struct {
	required bool
	codes    []string // the vocabularies that a code may be of
	in       []string // the values of a word
	form     form
	line     bool // of one line
	words    int  // at most
	ranged   bool
	min, max float64
}

// A form is a way in which a word is written.
type form uint8

const (
	noForm      form = iota
	formRef          // opaque reference
	formName         // version or criterion
	formDay          // YYYY-MM-DD
	formDate         // YYYY-MM-DD or RFC 3339
	formLang         // BCP 47
	formCountry      // ISO 3166-1 or -2
	formAges         // 18-24, 65+
	formURL          // http or https
	formSHA256       // lower-case hex
	formLicence      // as SPDX writes them
	formField        // JSON name of a field
	formUse          // a Use
)

func formOf(name string) (form, bool) {
	i := slices.Index([]string{
		"ref", "name", "day", "date", "lang", "country", "ages", "url", "sha256", "licence", "field", "use",
	}, name)
	return form(i + 1), i >= 0
}

// parseRule reads a tag. A tag that it cannot read is a mistake of this
// package, and fails at the first use of any shape.
func parseRule(tag string) rule {
	var r rule
	for clause := range strings.SplitSeq(tag, ";") {
		words := strings.Fields(clause)
		if len(words) == 0 {
			continue
		}
		switch words[0] {
		case "required":
			r.required = true
		case "line":
			r.line = true
		case "code":
			r.codes = words[1:]
		case "in":
			r.in = words[1:]
		case "words":
			r.words, _ = strconv.Atoi(words[1])
		case "range":
			r.ranged = true
			r.min, _ = strconv.ParseFloat(words[1], 64)
			r.max, _ = strconv.ParseFloat(words[2], 64)
		default:
			f, ok := formOf(words[0])
			if !ok {
				panic("model: unknown rule in a struct tag of this package")
			}
			r.form = f
		}
	}
	return r
}

// shapes are those of every struct of this package that has a JSON form.
var shapes = sync.OnceValue(func() map[reflect.Type]*shape {
	all := map[reflect.Type]*shape{}
	shapeFor(reflect.TypeFor[Example](), all)
	return all
})

func shapeOf[T any]() *shape { return shapes()[reflect.TypeFor[T]()] }

func shapeFor(t reflect.Type, all map[reflect.Type]*shape) *shape {
	if s := all[t]; s != nil {
		return s
	}
	s := &shape{typ: t}
	switch {
	case t == reflect.TypeFor[time.Time]():
		s.kind = aMoment
	case t == reflect.TypeFor[Raw]():
		s.kind = aRaw
	case reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		s.kind = aNamed
	default:
		switch t.Kind() {
		case reflect.Struct:
			all[t] = s
			s.object(t, all)
			if t == reflect.TypeFor[Text]() {
				s.kind = aText
			}
		case reflect.Slice:
			s.kind, s.elem = aList, shapeFor(t.Elem(), all)
		case reflect.Map:
			s.kind, s.elem = aMap, shapeFor(t.Elem(), all)
		case reflect.String:
			s.kind = aWord
		case reflect.Int:
			s.kind = aWhole
		case reflect.Float64:
			s.kind = aNumber
		case reflect.Bool:
			s.kind = aFlag
		default:
			panic("model: a field's type has no JSON form")
		}
	}
	return s
}

func (s *shape) object(t reflect.Type, all map[reflect.Type]*shape) {
	s.kind, s.byName = anObject, map[string]int{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			continue // an embedded struct, whose fields follow
		}
		s.byName[name] = len(s.fields)
		s.fields = append(s.fields, fieldShape{
			name: name, index: f.Index, shape: shapeFor(f.Type, all), rule: parseRule(f.Tag.Get("rule")),
		})
	}
}

// find follows a dotted field name, as "resources.amount", through lists, and
// reports whether there is such a field. "resources.money" and the like name
// the resources of one type.
func (s *shape) find(path string) bool {
	for name := range strings.SplitSeq(path, ".") {
		for s.elem != nil {
			s = s.elem
		}
		i, ok := s.byName[name]
		if !ok {
			i, ok = s.byName["type"]
			if !ok || s.typ != reflect.TypeFor[Resource]() {
				return false
			}
			return slices.Contains(s.fields[i].rule.in, name) && strings.HasSuffix(path, "."+name)
		}
		s = s.fields[i].shape
	}
	return true
}
