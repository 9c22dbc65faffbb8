// SPDX-License-Identifier: Apache-2.0

package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"unicode/utf8"
)

// errEncode says that a value could not be written. The error never says what
// the value is.
var errEncode = errors.New("model: cannot be written")

// DecodeJSON reads one example from one JSON object of at most MaxExampleBytes.
// Unknown, doubled and wrongly cased keys, values of another type, text that is
// not UTF-8 and whatever follows the object are refused with a Fault that names
// the place. A text is a string or an object with lang, value and origin; null
// is as if the field were absent. Moments become UTC. The example is not yet
// validated.
func DecodeJSON(data []byte) (Example, error) {
	var e Example
	if err := decode(data, reflect.ValueOf(&e).Elem(), shapeOf[Example]()); err != nil {
		return Example{}, err
	}
	return e, nil
}

// EncodeJSON writes the example as one line of JSON, without the line's end.
// DecodeJSON reads it back unchanged. Same example, same bytes.
func EncodeJSON(e Example) ([]byte, error) {
	if !utf8Only(reflect.ValueOf(e)) {
		return nil, errEncode
	}
	return marshal(e)
}

// UnmarshalJSON implements json.Unmarshaler as DecodeJSON does.
func (e *Example) UnmarshalJSON(data []byte) error { return unmarshal(data, e) }

// UnmarshalJSON implements json.Unmarshaler with the strictness of DecodeJSON.
func (a *Agreement) UnmarshalJSON(data []byte) error { return unmarshal(data, a) }

// UnmarshalJSON implements json.Unmarshaler with the strictness of DecodeJSON.
func (p *Party) UnmarshalJSON(data []byte) error { return unmarshal(data, p) }

// UnmarshalJSON implements json.Unmarshaler: a string, or an object.
func (t *Text) UnmarshalJSON(data []byte) error { return unmarshal(data, t) }

// MarshalJSON implements json.Marshaler: a text of which nothing but the words
// is told is a string.
func (t Text) MarshalJSON() ([]byte, error) {
	if t.Lang == "" && t.Origin == "" {
		return marshal(string(t.Value))
	}
	type object Text // without this method
	return marshal(object(t))
}

func unmarshal[T any](data []byte, into *T) error {
	var v T
	if string(data) == "null" {
		return nil
	}
	if err := decode(data, reflect.ValueOf(&v).Elem(), shapeOf[T]()); err != nil {
		return err
	}
	*into = v
	return nil
}

// marshal writes one line, and no error of encoding/json.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) != nil {
		return nil, errEncode
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// utf8Only reports whether every string in v is UTF-8; encoding/json would
// replace what is not.
func utf8Only(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return utf8.ValidString(v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && !utf8Only(v.Field(i)) {
				return false
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if !utf8Only(v.Index(i)) {
				return false
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if !utf8Only(it.Key()) || !utf8Only(it.Value()) {
				return false
			}
		}
	}
	return true
}
