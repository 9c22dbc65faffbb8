// SPDX-License-Identifier: Apache-2.0

package model

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A scanner reads the tokens of one JSON text. Its faults name the place and
// the byte, never the text, which the errors of encoding/json quote.
type scanner struct {
	data []byte
	pos  int
	at   place
}

func (s *scanner) fault(rule string) error { return Fault{Path: s.at.String(), Rule: rule} }

func (s *scanner) broken() error {
	return s.fault("is not JSON (at byte " + strconv.Itoa(s.pos+1) + ")")
}

// next skips white space and returns the byte that follows, 0 at the end.
func (s *scanner) next() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// take skips c, after white space, and reports whether it was there.
func (s *scanner) take(c byte) bool {
	if s.next() != c {
		return false
	}
	s.pos++
	return true
}

// literal skips the word, after white space, and reports whether it was there.
func (s *scanner) literal(word string) bool {
	s.next()
	end := s.pos + len(word)
	if end > len(s.data) || string(s.data[s.pos:end]) != word || end < len(s.data) && alphanumeric(s.data[end]) {
		return false
	}
	s.pos = end
	return true
}

// text reads a string.
func (s *scanner) text() (string, error) {
	if !s.take('"') {
		return "", s.fault("is not a text in double quotes")
	}
	from, plain := s.pos, true
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; {
		case c == '"':
			raw := s.data[from:s.pos]
			s.pos++
			if plain {
				return string(raw), nil
			}
			return s.unescape(raw, from)
		case c == '\\':
			plain = false
			s.pos += 2
		case c < 0x20:
			return "", s.broken()
		default:
			s.pos++
		}
	}
	s.pos = len(s.data)
	return "", s.broken()
}

// unescape resolves the escapes of raw, which begins at byte from. A quote
// never follows its last backslash, since text has skipped it.
func (s *scanner) unescape(raw []byte, from int) (string, error) {
	const letters, meant = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			out = append(out, raw[i])
			continue
		}
		i++
		if at := strings.IndexByte(letters, raw[i]); at >= 0 {
			out = append(out, meant[at])
			continue
		}
		if raw[i] != 'u' {
			s.pos = from + i
			return "", s.broken()
		}
		r, size := unicodeEscape(raw[i+1:])
		if size == 0 {
			s.pos = from
			return "", s.fault("holds an escape that stands for no character")
		}
		out = utf8.AppendRune(out, r)
		i += size
	}
	return string(out), nil
}

// unicodeEscape reads the four digits after \u, and a second escape where two stand for one
// character; size is 0 where they stand for none.
func unicodeEscape(s []byte) (r rune, size int) {
	const digits, pair = 4, 10
	r, ok := hex4(s, 0)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, digits
	}
	if len(s) < pair || s[digits] != '\\' || s[digits+1] != 'u' {
		return 0, 0
	}
	low, ok := hex4(s, digits+2)
	if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
		return 0, 0
	}
	return r, pair
}

func hex4(b []byte, at int) (rune, bool) {
	if at+4 > len(b) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[at:at+4]), 16, 16)
	return rune(n), err == nil
}

// number reads a number as it is written, and reports whether it is whole.
func (s *scanner) number() (word string, whole bool, err error) {
	s.next()
	from := s.pos
	s.skip("-")
	switch {
	case s.skip("0"):
	case s.digits():
	default:
		s.pos = from
		return "", false, s.fault("is not a number")
	}
	whole = true
	if s.skip(".") {
		if whole = false; !s.digits() {
			return "", false, s.broken()
		}
	}
	if s.skip("eE") {
		whole = false
		s.skip("+-")
		if !s.digits() {
			return "", false, s.broken()
		}
	}
	if s.pos < len(s.data) && alphanumeric(s.data[s.pos]) {
		return "", false, s.broken()
	}
	return string(s.data[from:s.pos]), whole, nil
}

// skip passes over one byte if it is among those given.
func (s *scanner) skip(among string) bool {
	if s.pos == len(s.data) {
		return false
	}
	for i := range len(among) {
		if s.data[s.pos] == among[i] {
			s.pos++
			return true
		}
	}
	return false
}

func (s *scanner) digits() bool {
	from := s.pos
	for s.skip("0123456789") {
	}
	return s.pos > from
}
