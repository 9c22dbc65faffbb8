// SPDX-License-Identifier: Apache-2.0

package anonymizetest

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NoLeak fails the test if any secret can be read in out, in whatever disguise
// the package knows. Out may be a string, bytes, *os.File (whole), a
// *httptest.ResponseRecorder (headers and body), an error, a fmt.Stringer, or
// any value: its fields, elements, keys and pointers are searched by
// reflection, unexported ones too. Archives, escapes and encodings are opened, one in
// another too. Secrets shorter than three letters or
// digits are refused, because they are found everywhere.
func NoLeak(tb testing.TB, out any, secrets ...string) {
	tb.Helper()
	if n := leaks(tb, out, secrets); len(n) > 0 {
		tb.Errorf("anonymizetest: %d of %d secrets can be read in the output (numbers %v, shown without their text)", len(n), len(secrets), n)
	}
}

// Leaks reports whether any secret can be read in a text, for callers who count
// rather than fail. It sees through what NoLeak sees through.
func Leaks(text string, secrets ...string) bool {
	s := searcher{}
	for _, secret := range secrets {
		s.keys, s.hit = append(s.keys, tight(secret)), append(s.hit, false)
	}
	s.text(text)
	return slices.Contains(s.hit, true)
}

func leaks(tb testing.TB, out any, secrets []string) (found []int) {
	tb.Helper()
	s := searcher{}
	for i, secret := range secrets {
		k := tight(secret)
		if len([]rune(k)) < 3 {
			tb.Fatalf("anonymizetest: secret number %d is shorter than three letters or digits", i)
		}
		s.keys = append(s.keys, k)
		s.hit = append(s.hit, false)
	}
	if err := s.value(out); err != nil {
		tb.Fatalf("anonymizetest: the output cannot be read: %v", err)
	}
	for i, h := range s.hit {
		if h {
			found = append(found, i)
		}
	}
	return found
}

type searcher struct {
	keys []string
	hit  []bool
}

func (s *searcher) value(out any) error {
	switch v := out.(type) {
	case nil:
	case string:
		s.text(v)
	case []byte:
		s.text(string(v))
	case *os.File:
		b, err := os.ReadFile(v.Name())
		if err != nil {
			return fmt.Errorf("file: %w", errUnreadable)
		}
		s.text(string(b))
	case *httptest.ResponseRecorder:
		s.text(v.Body.String())
		for k, vs := range v.Header() {
			s.text(k)
			for _, x := range vs {
				s.text(x)
			}
		}
	case error:
		s.text(v.Error())
		s.text(fmt.Sprintf("%+v", v))
	case fmt.Stringer:
		s.text(v.String())
		s.reflected(reflect.ValueOf(out), map[visit]bool{}, 0)
	default:
		s.reflected(reflect.ValueOf(out), map[visit]bool{}, 0)
	}
	return nil
}

var errUnreadable = fmt.Errorf("cannot be opened")

type visit struct {
	at uintptr
	t  reflect.Type
}

const deepest = 64

func (s *searcher) reflected(v reflect.Value, seen map[visit]bool, depth int) {
	if depth > deepest || !v.IsValid() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		s.text(v.String())
	case reflect.Pointer:
		k := visit{v.Pointer(), v.Type()}
		if v.IsNil() || seen[k] {
			return
		}
		seen[k] = true
		s.reflected(v.Elem(), seen, depth+1)
	case reflect.Interface:
		s.reflected(v.Elem(), seen, depth+1)
	case reflect.Struct:
		for _, field := range v.Fields() {
			s.reflected(field, seen, depth+1)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			s.reflected(k, seen, depth+1)
			s.reflected(v.MapIndex(k), seen, depth+1)
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			s.text(string(bytesOf(v)))
			return
		}
		for i := range v.Len() {
			s.reflected(v.Index(i), seen, depth+1)
		}
	}
}

// bytesOf reads a slice or an array of bytes, of an unexported field too.
func bytesOf(v reflect.Value) []byte {
	b := make([]byte, v.Len())
	for i := range b {
		b[i] = byte(v.Index(i).Uint())
	}
	return b
}

// text looks for every key in what a reader, a browser or a program could make
// of t, archives and encodings opened.
func (s *searcher) text(t string) {
	for _, r := range readings(t, 0) {
		k := tight(r)
		for i, secret := range s.keys {
			s.hit[i] = s.hit[i] || whole(k, secret) || initialled(r, secret)
		}
	}
}

// whole reports the secret in the text, or its last word before the others, both
// without separators.
func whole(k, secret string) bool {
	if within(k, secret) {
		return true
	}
	ws := strings.Split(secret, "\x00")
	n := len(ws) - 1
	return n > 0 && within(k, ws[n]+"\x00"+strings.Join(ws[:n], "\x00"))
}

// within reports the secret. One of fewer than six letters must not be a part of a
// longer word by chance, so it is looked for between the marks that tight leaves.
func within(k, secret string) bool {
	plain := strings.ReplaceAll(secret, "\x00", "")
	if len([]rune(plain)) >= 6 {
		return strings.Contains(strings.ReplaceAll(k, "\x00", ""), plain)
	}
	edged := "\x00" + k + "\x00"
	return strings.Contains(edged, "\x00"+secret+"\x00") || strings.Contains(edged, "\x00"+secret+"s\x00") ||
		slices.ContainsFunc(strings.Split(k, "\x00"), func(w string) bool { return w == plain || w == plain+"s" }) ||
		strings.Contains(edged, "\x00"+strings.Join(strings.Split(plain, ""), "\x00")+"\x00")
}

// initialled reports the initials of a secret of several words with full stops, as
// "Z.P." or "Z. P.", or the first as an initial before its last word.
func initialled(t, secret string) bool {
	ws := strings.Split(secret, "\x00")
	if len(ws) < 2 {
		return false
	}
	pattern := `(?i)(?:^|[^\pL\pN.])`
	for _, w := range ws {
		r, _ := utf8.DecodeRuneInString(w)
		pattern += regexp.QuoteMeta(string(r)) + `\. ?`
	}
	last := ws[len(ws)-1]
	first, _ := utf8.DecodeRuneInString(ws[0])
	if regexp.MustCompile(pattern).MatchString(t) {
		return true
	}
	pattern = `(?:^|[^\pL\pN.'’])` + regexp.QuoteMeta(string(unicode.ToUpper(first))) + `\.? (?i:` + regexp.QuoteMeta(last) + `)(?:[^\pL\pN]|$)`
	return len([]rune(last)) >= 4 && regexp.MustCompile(pattern).MatchString(t)
}

// tight folds a text to its letters and digits, with a mark where words end.
func tight(s string) string {
	s = norm.NFKD.String(strings.ToValidUTF8(s, " "))
	var b strings.Builder
	gap := true
	for _, r := range s {
		switch {
		case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r) && r != '\n' && r != '\t' && r != '\r':
			continue
		case r == '\'', r == '’', r == 'ʼ', r == '‘':
			continue
		}
		if l, ok := alike()[r]; ok {
			r = l
		}
		r = unicode.ToLower(r)
		if l, ok := alike()[r]; ok {
			r = l
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if !gap {
				b.WriteByte(0)
			}
			gap = true
			continue
		}
		gap = false
		if unicode.IsDigit(r) && r > '9' {
			r = digit(r)
		}
		b.WriteRune(r)
	}
	return strings.Trim(b.String(), "\x00")
}

func digit(r rune) rune {
	for z := r; z > r-10; z-- {
		if !unicode.IsDigit(z - 1) {
			return '0' + r - z
		}
	}
	return r
}

// alike maps letters that look like Latin ones, or do not decompose to them.
var alike = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for _, pair := range []string{
		"аa", "вb", "еe", "кk", "мm", "нh", "оo", "рp", "сc", "тt", "уy", "хx", "іi", "јj", "ѕs", "һh", "ԁd", "ԛq", "ԝw", "ѵv",
		"αa", "βb", "εe", "ιi", "κk", "νv", "οo", "ρp", "τt", "υu", "χx", "ΑA", "ΒB", "ΕE", "ΖZ", "ΗH", "ΙI", "ΚK", "ΜM", "ΝN", "ΟO",
		"ΡP", "ΤT", "ΥY", "ΧX", "АA", "ВB", "ЕE", "КK", "МM", "НH", "ОO", "РP", "СC", "ТT", "УY", "ХX", "ІI", "ЈJ", "ЅS",
		"øo", "łl", "đd", "ðd", "ıi", "ħh", "ŧt", "əe", "ɑa", "ɡg",
	} {
		r := []rune(pair)
		m[r[0]] = r[1]
	}
	return m
})

func percentOff(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if u, err := url.PathUnescape(s[i : i+3]); err == nil {
				b.WriteString(u)
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
