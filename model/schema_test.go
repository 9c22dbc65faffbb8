// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

func TestSchema_golden(t *testing.T) { modeltest.Golden(t, "example.schema.json", model.Schema()) }

// Each type of the model has the definition's fields and no others, both ways.
func TestSchema_fields(t *testing.T) {
	var schema struct {
		Defs map[string]struct {
			Properties map[string]any
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(model.Schema(), &schema))
	seen := map[string]bool{}
	var visit func(typ reflect.Type)
	visit = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Slice, reflect.Map:
			visit(typ.Elem())
		case reflect.Struct:
			if typ.Name() == "Time" || seen[typ.Name()] {
				return
			}
			seen[typ.Name()] = true
			var want []string
			for _, f := range reflect.VisibleFields(typ) {
				if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
					want = append(want, name)
					visit(f.Type)
				}
			}
			var got []string
			for name := range schema.Defs[typ.Name()].Properties {
				got = append(got, name)
			}
			require.ElementsMatch(t, want, got, typ.Name())
		}
	}
	visit(reflect.TypeFor[model.Example]())
	require.Len(t, schema.Defs, len(seen))
	require.Greater(t, len(seen), 20)
}

func TestSchema_accepts(t *testing.T) {
	check := newSchemaChecker(t)
	out, err := model.EncodeJSON(full(t))
	require.NoError(t, err)
	require.Empty(t, check(t, out))
	require.Empty(t, check(t, []byte(least)))
}

// The made-up collection that the example programs run on.
func TestSchema_sample(t *testing.T) {
	file, err := os.Open("../examples/internal/sample/collection.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the sample collection is not beside the module")
	}
	require.NoError(t, err)
	defer file.Close()
	check, n := newSchemaChecker(t), 0
	for e, err := range (model.Reader{}).JSONLines(file) {
		require.NoError(t, err)
		line, err := model.EncodeJSON(e)
		require.NoError(t, err)
		require.Empty(t, check(t, line), e.ID)
		n++
	}
	require.Positive(t, n)
}

func TestSchema_refuses(t *testing.T) {
	check := newSchemaChecker(t)
	for _, row := range []struct{ name, in, where string }{
		{"unknown field", with(`"extra":1`), "/extra"},
		{"missing", strings.Replace(least, `"id":"e1",`, "", 1), "/id"},
		{"other vocabulary", strings.Replace(least, "ki:", "ch:", 1), "/kind"},
		{"other vocabulary, deep", with(`"challenges":[{"code":"ob:x"}]`), "/challenges/0/code"},
		{"type", with(`"version":"1"`), "/version"},
		{"range", with(`"quality":[{"criterion":"a","score":5}]`), "/quality/0/score"},
		{"enum", with(`"lessons":[{"text":"a","kind":"b"}]`), "/lessons/0/kind"},
		{"level", with(`"agreements":[{"schema":"agreement/1","id":"a","party":"p1","level":"open"}]`), "/agreements/0/level"},
		{"use", with(`"agreements":[{"schema":"agreement/1","id":"a","party":"p1","uses":{"adverts":true}}]`), "/agreements/0/uses"},
		{"empty text", with(`"strategy_steps":[{"text":""}]`), "/strategy_steps/0/text"},
		{"link", with(`"resources":[{"type":"tool","link":"javascript:x"}]`), "/resources/0/link"},
		{"no party", strings.Replace(least, `{"ref":"p1","role":"contributor"}`, "", 1), "/parties"},
		{"repeated", with(`"lifecycle":["lc:x","lc:x"]`), "/lifecycle"},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.Equal(t, row.where, check(t, []byte(row.in)))
			e, err := model.DecodeJSON([]byte(row.in))
			if err == nil {
				err = e.Validate(nil)
			}
			require.Error(t, err, "what the schema refuses, the library refuses")
		})
	}
}

// newSchemaChecker returns a check of the keywords that the schema uses: it
// names the first place that the schema refuses. It panics at a
// keyword that it does not know.
func newSchemaChecker(tb testing.TB) func(t *testing.T, in []byte) string {
	tb.Helper()
	var root map[string]any
	require.NoError(tb, json.Unmarshal(model.Schema(), &root))
	defs, ok := root["$defs"].(map[string]any)
	require.True(tb, ok)
	patterns := map[string]*regexp.Regexp{}

	var check func(at string, v any, schema map[string]any) string
	keyword := func(at string, v any, schema map[string]any, key string, want any) string {
		switch key {
		case "$schema", "$id", "$defs", "title", "description", "format":
			return ""
		case "$ref":
			def, _ := defs[strings.TrimPrefix(want.(string), "#/$defs/")].(map[string]any)
			return check(at, v, def)
		case "oneOf":
			return oneOf(at, v, want.([]any), check)
		case "properties", "required", "additionalProperties", "propertyNames", "maxProperties":
			object, _ := v.(map[string]any)
			return objectKeyword(at, object, schema, key, want, check)
		case "items", "maxItems", "minItems", "uniqueItems":
			list, _ := v.([]any)
			return listKeyword(at, list, key, want, check)
		case "pattern":
			p := patterns[want.(string)]
			if p == nil {
				p = regexp.MustCompile(want.(string))
				patterns[want.(string)] = p
			}
			if text, isText := v.(string); isText && !p.MatchString(text) {
				return at
			}
			return ""
		}
		if !valueKeyword(v, key, want) {
			return at
		}
		return ""
	}
	check = func(at string, v any, schema map[string]any) string {
		for _, key := range sorted(schema) {
			if bad := keyword(at, v, schema, key, schema[key]); bad != "" {
				return bad
			}
		}
		return ""
	}
	return func(t *testing.T, in []byte) string {
		t.Helper()
		var v any
		require.NoError(t, json.Unmarshal(in, &v))
		return check("", v, root)
	}
}

type schemaCheck = func(at string, v any, schema map[string]any) string

func oneOf(at string, v any, want []any, check schemaCheck) string {
	n, first := 0, ""
	for _, s := range want {
		if bad := check(at, v, s.(map[string]any)); bad == "" {
			n++
		} else if len(bad) > len(first) {
			first = bad
		}
	}
	if n != 1 {
		return first
	}
	return ""
}

func objectKeyword(at string, object, schema map[string]any, key string, want any, check schemaCheck) string {
	switch key {
	case "properties":
		for _, name := range sorted(want.(map[string]any)) {
			if inner, given := object[name]; given {
				if bad := check(at+"/"+name, inner, want.(map[string]any)[name].(map[string]any)); bad != "" {
					return bad
				}
			}
		}
	case "required":
		for _, name := range want.([]any) {
			if _, given := object[name.(string)]; !given {
				return at + "/" + name.(string)
			}
		}
	case "additionalProperties":
		known, _ := schema["properties"].(map[string]any)
		for _, name := range sorted(object) {
			if _, given := known[name]; given {
				continue
			}
			if want == false {
				return at + "/" + name
			}
			if bad := check(at+"/"+name, object[name], want.(map[string]any)); bad != "" {
				return bad
			}
		}
	case "propertyNames":
		for name := range object {
			if check(at, name, want.(map[string]any)) != "" {
				return at
			}
		}
	case "maxProperties":
		if len(object) > int(want.(float64)) {
			return at
		}
	}
	return ""
}

func listKeyword(at string, list []any, key string, want any, check schemaCheck) string {
	ok := true
	switch key {
	case "items":
		for i, inner := range list {
			if bad := check(fmt.Sprintf("%s/%d", at, i), inner, want.(map[string]any)); bad != "" {
				return bad
			}
		}
	case "maxItems":
		ok = len(list) <= int(want.(float64))
	case "minItems":
		ok = len(list) >= int(want.(float64))
	case "uniqueItems":
		seen := map[any]bool{}
		for _, inner := range list {
			ok = ok && !seen[inner]
			seen[inner] = true
		}
	}
	if !ok {
		return at
	}
	return ""
}

func valueKeyword(v any, key string, want any) bool {
	text, isText := v.(string)
	number, isNumber := v.(float64)
	switch key {
	case "type":
		return hasType(v, want)
	case "maxLength":
		return utf8.RuneCountInString(text) <= int(want.(float64))
	case "minLength":
		return !isText || utf8.RuneCountInString(text) >= int(want.(float64))
	case "enum":
		return slices.Contains(want.([]any), v)
	case "minimum":
		return !isNumber || number >= want.(float64)
	case "maximum":
		return !isNumber || number <= want.(float64)
	}
	panic("the schema uses a keyword that this check does not know: " + key)
}

func hasType(v, want any) (ok bool) {
	switch want {
	case "object":
		_, ok = v.(map[string]any)
	case "array":
		_, ok = v.([]any)
	case "string":
		_, ok = v.(string)
	case "boolean":
		_, ok = v.(bool)
	case "number":
		_, ok = v.(float64)
	case "integer":
		number, isNumber := v.(float64)
		ok = isNumber && number == float64(int64(number))
	default:
		panic("the schema has a type that this check does not know")
	}
	return ok
}

func sorted(m map[string]any) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
