// SPDX-License-Identifier: Apache-2.0

package model

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// Schema returns the JSON Schema (draft 2020-12) of an example as JSON: what
// DecodeJSON reads and Validate accepts, as far as a schema can say it. What it
// refuses, they refuse; they also refuse what depends on several fields, on the
// vocabulary, on the number of words and on hidden characters. Same version of
// the library, same bytes.
func Schema() []byte {
	s := schemer{made: map[reflect.Type]bool{}}
	root := s.ref(shapeOf[Example](), rule{})
	out := object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", "urn:sharedpractice:schema:example:1"},
		{"title", "An example of patient engagement"},
	}
	out = append(append(out, root...), member{"$defs", s.defs})
	var b bytes.Buffer
	line, _ := json.Marshal(out)                // strings, numbers and lists of them only
	if json.Indent(&b, line, "", "  ") != nil { // what Marshal wrote
		return nil
	}
	return append(b.Bytes(), '\n')
}

// An object is a JSON object that keeps its order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

type schemer struct {
	defs object
	made map[reflect.Type]bool
}

// ref returns the schema of a value: for an object a reference to its
// definition, which is made on the way.
func (s *schemer) ref(sh *shape, r rule) object {
	switch sh.kind {
	case anObject:
		s.define(sh)
		out := object{{"$ref", "#/$defs/" + sh.typ.Name()}}
		if _, coded := sh.byName["code"]; coded && len(r.codes) > 0 {
			out = append(out, member{"properties", object{{"code", object{{"pattern", codePattern(r.codes)}}}}})
		}
		return out
	case aText:
		s.define(sh)
		text := s.string(maxTextBytes, r)
		return object{{"oneOf", []any{text, object{{"$ref", "#/$defs/Text"}}}}}
	case aRaw:
		out := s.string(maxTextBytes, r)
		if r.form == formURL {
			out = append(out, member{"pattern", "^(https?://|$)"})
		}
		return out
	case aWord:
		return s.word(sh, r)
	case aNamed:
		return object{{"enum", optionValues(namedOptions(sh.typ))}}
	case aMoment:
		return object{{"type", "string"}, {"format", "date-time"}}
	case aWhole:
		return r.bounded(object{{"type", "integer"}})
	case aNumber:
		return r.bounded(object{{"type", "number"}})
	case aFlag:
		return object{{"type", "boolean"}}
	case aList:
		return s.list(sh, r)
	case aMap:
		return s.entries(sh)
	}
	return nil
}

// entries is the schema of a map.
func (s *schemer) entries(sh *shape) object {
	out := object{{"type", "object"}, {"maxProperties", maxList}}
	if sh.typ == reflect.TypeFor[Uses]() {
		out = append(out, member{"propertyNames", object{{"enum", optionValues(useOptions())}}})
	}
	return append(out, member{"additionalProperties", s.ref(sh.elem, rule{})})
}

// bounded adds the bounds of a number; 0 stands for an unknown one.
func (r rule) bounded(out object) object {
	if !r.ranged {
		return out
	}
	return append(out, member{"minimum", min(r.min, 0)}, member{"maximum", r.max})
}

func optionValues(options []Option) []string {
	values := make([]string, len(options))
	for i, o := range options {
		values[i] = o.Value
	}
	return values
}

func (s *schemer) string(most int, r rule) object {
	if r.line {
		most = maxLineBytes
	}
	out := object{{"type", "string"}, {"maxLength", most}}
	if r.required {
		out = append(out, member{"minLength", 1})
	}
	if r.words > 0 {
		out = append(out, member{"description", "at most " + strconv.Itoa(r.words) + " words"})
	}
	return out
}

func (s *schemer) word(sh *shape, r rule) object {
	out := object{{"type", "string"}}
	optional := func(pattern string) string {
		if r.required {
			return pattern
		}
		return "^$|" + pattern
	}
	switch {
	case sh.typ == reflect.TypeFor[Code]():
		return append(out, member{"pattern", optional(codePattern(r.codes))})
	case len(r.in) > 0:
		in := r.in
		if !r.required {
			in = append([]string{""}, in...)
		}
		return append(out, member{"enum", in})
	}
	if p := r.form.pattern(); p != "" {
		return append(out, member{"pattern", optional(p)})
	}
	return append(out, member{"maxLength", maxLineBytes})
}

func (s *schemer) list(sh *shape, r rule) object {
	out := object{{"type", "array"}, {"maxItems", maxList}}
	if r.required {
		out = append(out, member{"minItems", 1})
	}
	inner := r
	inner.required = true
	if sh.elem.kind == aWord {
		out = append(out, member{"uniqueItems", true})
	}
	return append(out, member{"items", s.ref(sh.elem, inner)})
}

func (s *schemer) define(sh *shape) {
	if s.made[sh.typ] {
		return
	}
	s.made[sh.typ] = true
	at := len(s.defs)
	s.defs = append(s.defs, member{name: sh.typ.Name()})
	var fields object
	required := []string{}
	for _, f := range sh.fields {
		fields = append(fields, member{f.name, s.ref(f.shape, f.rule)})
		if f.rule.required {
			required = append(required, f.name)
		}
	}
	s.defs[at].value = object{
		{"type", "object"}, {"properties", fields}, {"required", required}, {"additionalProperties", false},
	}
}

func codePattern(prefixes []string) string {
	prefix := "[a-z]+"
	if len(prefixes) > 0 {
		prefix = "(" + strings.Join(prefixes, "|") + ")"
	}
	return "^" + prefix + ":[a-z0-9]+(-[a-z0-9]+)*$"
}

// pattern is the regular expression of what refuse accepts, or of more.
func (f form) pattern() string {
	switch f {
	case formRef:
		return "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
	case formName:
		return "^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$"
	case formLicence:
		return "^[A-Za-z0-9][A-Za-z0-9.+-]{0,63}$"
	case formDay:
		return "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
	case formDate:
		return "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?$"
	case formLang:
		return "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
	case formCountry:
		return "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"
	case formAges:
		return "^[0-9]{1,3}([+]|-[0-9]{1,3})$"
	case formSHA256:
		return "^[0-9a-f]{64}$"
	case formField:
		return "^[a-z_]+([.][a-z_]+)*$"
	case formUse:
		return "^[a-z_]+$"
	case noForm, formURL:
	}
	return ""
}
