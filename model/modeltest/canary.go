// SPDX-License-Identifier: Apache-2.0

package modeltest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
)

// Canary returns a made-up name of 20 letters, a capital and 19 small ones, that
// no text holds by chance. It depends on the test's name and on n only, so that
// a failure can be repeated, and differs between tests and between n.
func Canary(tb testing.TB, n int) string {
	tb.Helper()
	const vowels, consonants = "aeiou", "bdfghjklmnprstvz"
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", tb.Name(), n))
	name := make([]byte, 20)
	for i := range name {
		letters := consonants
		if i%2 == 1 {
			letters = vowels
		}
		name[i] = letters[int(sum[i])%len(letters)]
	}
	name[0] -= 'a' - 'A'
	return string(name)
}

// Absent fails tb where data holds the secret: as it is, in any case, with
// spaces or punctuation between its letters, backwards, or encoded as hex,
// base64 (at any alignment) or a URL escape. where names the place in the
// failure; neither the secret nor the data is printed. A secret of fewer than
// eight letters and digits is a failure: letters in a row across words would
// show it by chance. Safe for concurrent use.
func Absent(tb testing.TB, secret, where string, data []byte) {
	tb.Helper()
	if form, found := holds(secret, data); found {
		tb.Errorf("modeltest: %s holds the secret (%s)", where, form)
	}
}

// Silent fails tb where formatting or logging v shows the secret: every fmt verb
// that prints text, with and without flags, for v and for a pointer to a copy of
// it in a struct, slice and map; slog's text and JSON handlers; and, where v is
// an error, each error that it wraps. Safe for concurrent use.
func Silent(tb testing.TB, secret string, v any) {
	tb.Helper()
	type box struct{ V any }
	shapes := []struct {
		name string
		v    any
	}{
		{"the value", v},
		{"a struct", box{v}},
		{"a pointer to a struct", &box{v}},
		{"a slice", []any{v}},
		{"a map", map[string]any{"k": v}},
		{"an error", fmt.Errorf("wrapped: %v", v)},
	}
	for _, shape := range shapes {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%T"} {
			Absent(tb, secret, shape.name+" printed by "+verb, fmt.Appendf(nil, verb, shape.v))
		}
		var b bytes.Buffer
		slog.New(slog.NewTextHandler(&b, nil)).Info("m", "v", shape.v)
		Absent(tb, secret, shape.name+" in slog's text", b.Bytes())
		b.Reset()
		if _, failed := v.(error); failed || shape.name == "the value" {
			slog.New(slog.NewJSONHandler(&b, nil)).Info("m", "v", shape.v)
			Absent(tb, secret, shape.name+" in slog's JSON", b.Bytes())
		}
	}
	if err, ok := v.(error); ok {
		chain(err, func(e error) {
			Absent(tb, secret, fmt.Sprintf("a wrapped %T", e), fmt.Appendf(nil, "%v %+v", e, e))
		})
	}
}

func chain(err error, visit func(error)) {
	if err == nil {
		return
	}
	visit(err)
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			chain(e, visit)
		}
		return
	}
	chain(errors.Unwrap(err), visit)
}

// holds tells whether data shows the secret, and in which form.
func holds(secret string, data []byte) (form string, found bool) {
	squeezed := squeeze(secret)
	if len(squeezed) < 8 {
		return "or may: it has fewer than eight letters and digits", true
	}
	text := strings.ToLower(string(data))
	low := strings.ToLower(secret)
	forms := []struct{ name, needle, hay string }{
		{"as it is", low, text},
		{"letters only", squeezed, squeeze(text)},
		{"backwards", reverse(squeezed), squeeze(text)},
		{"hex", hex.EncodeToString([]byte(secret)), squeeze(text)},
		{"hex of small letters", hex.EncodeToString([]byte(low)), squeeze(text)},
		{"URL escape", strings.ToLower(url.QueryEscape(secret)), text},
	}
	for _, f := range forms {
		if strings.Contains(f.hay, f.needle) {
			return f.name, true
		}
	}
	for _, s := range []string{secret, low} {
		for shift := range 3 {
			// Drop what depends on the neighbours: the letters that share bits with them.
			enc := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + s))
			enc = enc[(shift*8+5)/6 : (shift+len(s))*8/6]
			inURL := strings.NewReplacer("+", "-", "/", "_").Replace(enc)
			if bytes.Contains(data, []byte(enc)) || bytes.Contains(data, []byte(inURL)) {
				return "base64", true
			}
		}
	}
	return "", false
}

// squeeze keeps the letters and digits of s, in small letters.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r >= 0x80:
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, s)
}

func reverse(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}
