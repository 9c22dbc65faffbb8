// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// plant fills the n-th text of v, of whatever string type and however deep, with
// the secret, and reports whether there is one.
func plant(v reflect.Value, n *int, secret string) bool {
	switch v.Kind() {
	case reflect.String:
		if *n == 0 {
			v.SetString(secret)
			return true
		}
		*n--
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return false
		}
		for _, field := range v.Fields() {
			if plant(field, n, secret) {
				return true
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return plant(v.Index(0), n, secret)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		if planted := plant(key, n, secret); planted || plant(value, n, secret) {
			v.SetMapIndex(key, value)
			return true
		}
	}
	return false
}

// No text of an example is shown by printing it, or any struct in it, or by any
// error about it, whichever field it stands in and however wrongly.
func TestNothingInPassing(t *testing.T) {
	planted, silent := 0, quickly(t)
	for n := 0; ; n++ {
		secret := modeltest.Canary(t, n)
		var e model.Example
		left := n
		if !plant(reflect.ValueOf(&e).Elem(), &left, secret) {
			break
		}
		planted++
		modeltest.Silent(t, secret, e)
		silent(secret, e.Validate(nil))
		silent(secret, e.Validate(func(model.Code) bool { return false }))
		silent(secret, e.Warnings())
		_, err := model.Resolve(&e, time.Unix(0, 0))
		silent(secret, err)
		silent(secret, model.WriteCSV(discard{}, func(yield func(model.Example, error) bool) { yield(e, nil) }))
		held := 0
		deep(reflect.ValueOf(e), func(v any) {
			if data, err := json.Marshal(v); err != nil || strings.Contains(string(data), secret) {
				held++
				modeltest.Silent(t, secret, v)
			}
		})
		require.Positive(t, held, "something holds the secret")
	}
	require.Greater(t, planted, 100, "each text of the types")
}

// quickly looks at what an error holds, however it is printed, and at the first
// of each type as closely as modeltest.Silent does.
func quickly(t *testing.T) func(secret string, v any) {
	t.Helper()
	seen := map[string]bool{}
	return func(secret string, v any) {
		t.Helper()
		if kind := fmt.Sprintf("%T", v); !seen[kind] {
			seen[kind] = true
			modeltest.Silent(t, secret, v)
		}
		printed := fmt.Sprintf("%v %+v %#v", v, v, v)
		if !seen[printed] {
			seen[printed] = true
			modeltest.Absent(t, secret, "an error", []byte(printed))
		}
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// deep visits every struct in v, and every Raw.
func deep(v reflect.Value, visit func(any)) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[model.Raw]() {
			visit(v.Interface())
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		visit(v.Interface())
		for _, field := range v.Fields() {
			deep(field, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			deep(v.Index(i), visit)
		}
	}
}

// The decoders' errors show nothing of what they could not read, wherever it
// stands: instead of a value, of a key, of a number, of a header.
func TestNothingInPassing_decoders(t *testing.T) {
	secret, silent := modeltest.Canary(t, 0), quickly(t)
	quoted := `"` + secret + `"`
	var texts []string
	var visit func(path string, s reflect.Type)
	visit = func(before string, s reflect.Type) {
		for _, f := range reflect.VisibleFields(s) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" {
				continue
			}
			for _, bad := range []string{quoted, secret, "[" + quoted + "]", `{` + quoted + `:1}`, `[{` + quoted + `:1}]`, "-" + secret, "1e" + secret, quoted + secret, `"` + secret, `"\x` + secret + `"`, `"\ud800` + secret + `"`} {
				texts = append(texts, before+`"`+name+`":`+bad)
			}
			if f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct {
				visit(before+`"`+name+`":[{`, f.Type.Elem())
			}
			if f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[time.Time]() {
				visit(before+`"`+name+`":{`, f.Type)
			}
		}
	}
	visit("{", reflect.TypeFor[model.Example]())
	texts = append(texts, secret, quoted, least+secret, "\xff"+secret)
	refused := 0
	for _, text := range texts {
		for _, end := range []string{"", strings.Repeat("]", strings.Count(text, "[{")) + strings.Repeat("}", strings.Count(text, "{"))} {
			e, err := model.DecodeJSON([]byte(text + end))
			if err == nil {
				err = e.Validate(nil)
			}
			if err != nil {
				refused++
			}
			silent(secret, err)
			var again model.Example
			silent(secret, json.Unmarshal([]byte(text+end), &again))
		}
		_, err := collect(model.Reader{}.JSONLines(strings.NewReader(text)))
		silent(secret, err)
	}
	require.Greater(t, refused, len(texts), "most of these are refused")

	header, row := minimum()
	for i := range header {
		for _, bad := range []string{secret, secret + "\x00", secret + "\xe9", `x"` + secret, secret + " [" + secret + "] [ch:x] [ch:y]", "=" + secret, "\n" + secret} {
			cells := append([]string(nil), row...)
			cells[i] = bad
			names := append([]string(nil), header...)
			names[i] = bad
			for _, in := range []string{sheet(',', header, cells), sheet(',', names, row), strings.Join(header, ",") + "\n" + bad} {
				_, err := collect(model.Reader{}.CSV(strings.NewReader(in)))
				silent(secret, err)
			}
		}
	}
	for _, q := range model.Form() {
		if !q.Minimum {
			in := sheet(',', append(append([]string(nil), header...), q.Label), append(append([]string(nil), row...), secret+" ["+secret+"]"))
			_, err := collect(model.Reader{}.CSV(strings.NewReader(in)))
			silent(secret, err)
		}
	}
}

func TestPrinting(t *testing.T) {
	require.Equal(t, "[step]", fmt.Sprintf("%+v", model.Step{}))
	require.Equal(t, "[text 3 bytes]", fmt.Sprintf("%s", model.Raw("abc")))
}
