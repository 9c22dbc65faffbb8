// SPDX-License-Identifier: Apache-2.0

package model

import (
	"encoding"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// decode fills the value from one JSON text, strictly: every key is a field,
// spelt as it is, given once; every value has the field's type; nothing follows.
// Since the types do not contain themselves, no text can nest deeper than they.
func decode(data []byte, into reflect.Value, s *shape) error {
	if len(data) > MaxExampleBytes {
		return Fault{Rule: "is longer than " + strconv.Itoa(MaxExampleBytes) + " bytes"}
	}
	if !utf8.Valid(data) {
		return Fault{Rule: notUTF8(data)}
	}
	d := scanner{data: data}
	if err := d.value(into, s); err != nil {
		return err
	}
	if d.next(); d.pos < len(data) {
		return Fault{Rule: "is followed by something else (at byte " + strconv.Itoa(d.pos+1) + ")"}
	}
	return nil
}

func notUTF8(data []byte) string {
	if len(data) >= 2 && (data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff) {
		return "is in UTF-16: save it as UTF-8"
	}
	return "is not UTF-8"
}

func (s *scanner) value(v reflect.Value, sh *shape) error {
	switch sh.kind {
	case anObject:
		return s.object(v, sh)
	case aText:
		if s.next() != '"' {
			return s.object(v, sh)
		}
		t, err := s.text()
		v.Set(reflect.ValueOf(Text{Value: Raw(t)}))
		return err
	case aRaw, aWord:
		t, err := s.text()
		v.SetString(t)
		return err
	case aList:
		return s.list(v, sh)
	case aMap:
		return s.entries(v, sh)
	case aNamed:
		t, err := s.text()
		if err != nil {
			return err
		}
		if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr()); !ok || u.UnmarshalText([]byte(t)) != nil {
			return s.fault("is none of the values it may have")
		}
	case aMoment:
		return s.moment(v)
	case aWhole, aNumber:
		return s.numeric(v, sh)
	case aFlag:
		return s.flag(v)
	}
	return nil
}

func (s *scanner) flag(v reflect.Value) error {
	switch {
	case s.literal("true"):
		v.SetBool(true)
	case s.literal("false"):
		v.SetBool(false)
	default:
		return s.fault("is neither true nor false")
	}
	return nil
}

func (s *scanner) numeric(v reflect.Value, sh *shape) error {
	word, whole, err := s.number()
	if err != nil {
		return err
	}
	if sh.kind == aWhole {
		n, err := strconv.ParseInt(word, 10, 32)
		if err != nil || !whole {
			return s.fault("is not a whole number of ordinary size")
		}
		v.SetInt(n)
		return nil
	}
	x, err := strconv.ParseFloat(word, 64)
	if err != nil {
		return s.fault("is not a number that can be kept")
	}
	v.SetFloat(x)
	return nil
}

func (s *scanner) object(v reflect.Value, sh *shape) error {
	if !s.take('{') {
		return s.fault("is not an object in braces")
	}
	given := make([]bool, len(sh.fields))
	return s.members(func(key string, n int) error {
		i, ok := sh.byName[key]
		if !ok {
			return s.fault(unknownKey(sh, key, n))
		}
		f := sh.fields[i]
		s.at.field(f.name)
		defer s.at.up()
		if given[i] {
			return s.fault("is given twice")
		}
		given[i] = true
		if s.literal("null") { // as if it were absent
			return nil
		}
		return s.value(v.FieldByIndex(f.index), f.shape)
	})
}

// members reads the keys of an object whose brace is open; each reads what
// follows the key.
func (s *scanner) members(each func(key string, n int) error) error {
	if s.take('}') {
		return nil
	}
	for n := 1; ; n++ {
		if s.next() != '"' {
			return s.broken()
		}
		key, err := s.text()
		if err != nil {
			return err
		}
		if !s.take(':') {
			return s.broken()
		}
		if err := each(key, n); err != nil {
			return err
		}
		if s.take('}') {
			return nil
		}
		if !s.take(',') {
			return s.broken()
		}
	}
}

func (s *scanner) list(v reflect.Value, sh *shape) error {
	if !s.take('[') {
		return s.fault("is not a list in square brackets")
	}
	if s.take(']') {
		return nil
	}
	for i := 0; ; i++ {
		s.at.index(i)
		if i == maxList {
			return s.fault("is one entry too many: a list has at most " + strconv.Itoa(maxList))
		}
		v.Grow(1)
		v.SetLen(i + 1)
		v.Index(i).SetZero()
		if err := s.value(v.Index(i), sh.elem); err != nil {
			return err
		}
		s.at.up()
		if s.take(']') {
			return nil
		}
		if !s.take(',') {
			return s.broken()
		}
	}
}

// entries reads a map. Its keys may not differ in case only.
func (s *scanner) entries(v reflect.Value, sh *shape) error {
	if !s.take('{') {
		return s.fault("is not an object in braces")
	}
	given := map[string]bool{}
	m := reflect.MakeMap(sh.typ)
	err := s.members(func(key string, n int) error {
		switch low := strings.ToLower(key); {
		case given[low]:
			return s.fault("has a key twice (the " + ordinal(n) + ")")
		case n > maxList:
			return s.fault("has more than " + strconv.Itoa(maxList) + " entries")
		default:
			given[low] = true
		}
		s.at.index(n - 1)
		defer s.at.up()
		entry := reflect.New(sh.elem.typ).Elem()
		if err := s.value(entry, sh.elem); err != nil {
			return err
		}
		m.SetMapIndex(reflect.ValueOf(key).Convert(sh.typ.Key()), entry)
		return nil
	})
	if err == nil && m.Len() > 0 {
		v.Set(m)
	}
	return err
}

func (s *scanner) moment(v reflect.Value) error {
	word, err := s.text()
	if err != nil {
		return err
	}
	var t time.Time
	if t.UnmarshalText([]byte(word)) != nil {
		return s.fault("is not a moment as RFC 3339 writes it")
	}
	v.Set(reflect.ValueOf(t.UTC()))
	return nil
}

// unknownKey says that the n-th key of an object is no field, and which field
// is like it, without saying what the key is.
func unknownKey(sh *shape, key string, n int) string {
	has := "has an unknown field (its " + ordinal(n) + ")"
	near, least := "", 3
	for _, f := range sh.fields {
		if strings.EqualFold(f.name, key) {
			return "has a field in the wrong case (its " + ordinal(n) + "): it is " + f.name
		}
		if d := distance(f.name, key, least); d < least {
			near, least = f.name, d
		}
	}
	if near != "" {
		has += ": perhaps " + near + " is meant"
	}
	return has
}

func ordinal(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

// distance is the Levenshtein distance in bytes, or at least limit.
func distance(a, b string, limit int) int {
	if len(b) > len(a)+limit || len(a) > len(b)+limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
