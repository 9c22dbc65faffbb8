// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"sync"
)

// A contentField is one field of Content and where it comes from. The tags of
// Content are the one table of them: what closes, copies and lists content reads
// it, so that a new field is closed and copied from the day it is there. Only what
// is granted otherwise (name, acknowledgements, sources) comes from no field.
type contentField struct {
	index int
	from  string // the field of the example that an agreement names
	texts string // format of the place of the nth text; "" where there is none
}

var contentFields = sync.OnceValue(func() []contentField {
	t := reflect.TypeFor[Content]()
	var out []contentField
	for i := range t.NumField() {
		f := t.Field(i)
		field := contentField{index: i, from: f.Tag.Get("from")}
		if field.from != "" {
			switch {
			case f.Type == reflect.TypeFor[[]string]():
				field.texts = field.from + "[%d]"
			case f.Type == reflect.TypeFor[string]() && f.Tag.Get("text") != "none":
				field.texts = field.from
			case f.Type == reflect.TypeFor[[]Statement]():
				field.texts = field.from + "[%d].as_written"
			case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
				if _, ok := f.Type.Elem().FieldByName("Text"); ok {
					field.texts = field.from + "[%d].text"
				}
			}
		}
		out = append(out, field)
	}
	return out
})

// Passages are the texts of the content, empty ones too, by their places in the
// example, such as "lessons[0].text".
func (c Content) Passages() iter.Seq2[string, string] {
	return func(yield func(place, text string) bool) {
		v := reflect.ValueOf(c)
		for _, f := range contentFields() {
			if f.texts == "" {
				continue
			}
			value := v.Field(f.index)
			if value.Kind() == reflect.String {
				if !yield(f.texts, value.String()) {
					return
				}
				continue
			}
			for i := range value.Len() {
				text := value.Index(i)
				if text.Kind() == reflect.Struct {
					text = text.FieldByName("Text")
				}
				if !yield(fmt.Sprintf(f.texts, i), text.String()) {
					return
				}
			}
		}
	}
}

// clone copies the content, so that no slice is shared.
func (c Content) clone() Content {
	deepCopy(reflect.ValueOf(&c).Elem())
	return c
}

func deepCopy(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		if v.Type().Elem().Kind() == reflect.Struct {
			for i := range v.Len() {
				deepCopy(v.Index(i))
			}
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			deepCopy(field)
		}
	}
}

// close empties every field that shut says is closed. Of the resources single types
// may be.
func (c *Content) close(shut func(field string) bool) {
	v := reflect.ValueOf(c).Elem()
	for _, f := range contentFields() {
		if f.from == "resources" {
			c.Resources = slices.DeleteFunc(c.Resources, func(r Resource) bool { return shut("resources." + r.Type) })
		} else if f.from != "" && shut(f.from) {
			v.Field(f.index).SetZero()
		}
	}
}

// dropUncounted empties the codes that are not counted: a line that told them would be
// known by the counts that lack it. The words beside them stay.
func (c *Content) dropUncounted() {
	for _, list := range []*[]Statement{&c.Challenges, &c.Objectives, &c.Situations} {
		for i, s := range *list {
			if !s.Accepted {
				(*list)[i].Code = ""
			}
		}
		*list = slices.DeleteFunc(*list, func(s Statement) bool { return s.Code == "" && s.Text == "" })
	}
}

// dropTexts empties every sentence, and what is nothing without it.
func (c *Content) dropTexts() {
	v := reflect.ValueOf(c).Elem()
	walkStrings(v, func(v reflect.Value) { v.SetString("") })
	for _, f := range contentFields() {
		if f.from != "" && v.Field(f.index).Type() == reflect.TypeFor[[]string]() {
			v.Field(f.index).SetZero()
		}
	}
	c.Quotes = nil
	bare := func(s Statement) bool { return s.Code == "" }
	c.Challenges = slices.DeleteFunc(c.Challenges, bare)
	c.Objectives = slices.DeleteFunc(c.Objectives, bare)
	c.Situations = slices.DeleteFunc(c.Situations, bare)
	c.Steps = slices.DeleteFunc(c.Steps, func(s Step) bool { return s.Method == "" })
	c.Resources = slices.DeleteFunc(c.Resources, func(r Resource) bool { return r.Band == "" })
	c.Criteria = slices.DeleteFunc(c.Criteria, func(k Criterion) bool { return len(k.DefinedBy) == 0 && k.Met == "" })
}
