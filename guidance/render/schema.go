// SPDX-License-Identifier: Apache-2.0

package render

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// Schema is the JSON Schema (draft 2020-12) of the JSON form of a Guide,
// made from the types themselves, indented, the same bytes every time.
func (JSON) Schema() []byte {
	s := schemaMaker{defs: map[string]any{}}
	root := map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id":     "https://github.com/sharedpractice/sharedpractice/guidance/" + guidance.Schema,
		"title":   "A guide: a document as a tree of meaning",
		"$ref":    s.of(reflect.TypeFor[guidance.Guide]())["$ref"],
		"$defs":   s.defs,
	}
	body, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return nil // unreachable: maps, slices and strings only
	}
	return append(body, '\n')
}

// schemaMaker collects the definitions of named structs.
type schemaMaker struct{ defs map[string]any }

// choices are the values of the types that are lists of words.
func choices() map[reflect.Type][]string {
	levels := []string{}
	for l := model.Withheld; l <= model.Public; l++ {
		levels = append(levels, l.String())
	}
	words := func(v any) (out []string) {
		r := reflect.ValueOf(v)
		for i := range r.Len() {
			out = append(out, r.Index(i).String())
		}
		return out
	}
	return map[reflect.Type][]string{
		reflect.TypeFor[model.Level]():         levels,
		reflect.TypeFor[guidance.Status]():     words([]guidance.Status{guidance.Draft, guidance.Consulted, guidance.Approved, guidance.Retired}),
		reflect.TypeFor[guidance.BlockKind]():  words([]guidance.BlockKind{guidance.Paragraph, guidance.List, guidance.Steps, guidance.Checklist, guidance.Note, guidance.Heading, guidance.TableOf, guidance.FigureOf, guidance.SlotOf, guidance.Examples, guidance.Verbatim}),
		reflect.TypeFor[guidance.Source]():     words([]guidance.Source{guidance.Derived, guidance.Vocabulary, guidance.Prompt, guidance.Human, guidance.Frame}),
		reflect.TypeFor[guidance.SlotType]():   words([]guidance.SlotType{guidance.TextSlot, guidance.ChoiceSlot, guidance.DateSlot, guidance.NameSlot}),
		reflect.TypeFor[guidance.FigureKind](): words([]guidance.FigureKind{guidance.Bars, guidance.HeatMap}),
	}
}

func (s *schemaMaker) of(t reflect.Type) map[string]any {
	if words, ok := choices()[t]; ok {
		return map[string]any{"type": "string", "enum": words}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	case reflect.Struct:
		name := t.Name()
		if _, ok := s.defs[name]; !ok {
			s.defs[name] = nil // a claim holds claims
			s.defs[name] = s.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	default:
		return map[string]any{"type": "string"}
	}
}

func (s *schemaMaker) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for f := range t.Fields() {
		if f.Anonymous {
			inner := s.object(f.Type)
			//nolint:forcetypeassert // made below
			maps.Copy(properties, inner["properties"].(map[string]any))
			required = append(required, inner["required"].([]string)...) //nolint:forcetypeassert // made below
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		properties[name] = s.of(f.Type)
		if !strings.Contains(options, "omitempty") {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}
