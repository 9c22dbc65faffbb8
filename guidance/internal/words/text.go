// SPDX-License-Identifier: Apache-2.0

package words

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Hidden reports whether a character shows nothing but changes how others are
// read: controls other than line breaks and tabs, overrides and embeddings of
// the direction of writing, tags, noncharacters. Marks that languages need
// (joiners, the left-to-right and right-to-left marks) are not among them.
func Hidden(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\n' && r != '\r' && r != '\t'
	case r < 0x7F:
		return false
	case r <= 0x9F,
		0x202A <= r && r <= 0x202E, 0x2066 <= r && r <= 0x2069, 0x2060 <= r && r <= 0x2064,
		r == 0xFEFF, 0xFFF9 <= r && r <= 0xFFFB, 0xE0000 <= r && r <= 0xE0FFF,
		r&0xFFFE == 0xFFFE, 0xFDD0 <= r && r <= 0xFDEF:
		return true
	}
	return false
}

// Clean drops hidden characters.
func Clean(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return Hidden(r) || r == unicode.ReplacementChar }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if Hidden(r) {
			return -1
		}
		return r
	}, s)
}

// Breaks reports whether a line may be broken at a character: at white space, but
// for the no-break spaces that French sets before its high punctuation.
func Breaks(r rune) bool { return unicode.IsSpace(r) && !Glues(r) }

// Glues reports whether a character is a space that holds two words together.
func Glues(r rune) bool { return r == '\u00A0' || r == '\u202F' }

// Colon is the mark after a label, with its spaces.
func Colon(locale string) string { return High(locale, ":") }

// Semicolons joins what has commas of its own.
func Semicolons(locale string, parts []string) string {
	return strings.Join(parts, High(locale, ";")+" ")
}

// High is a mark with the space that French sets before it.
func High(locale, mark string) string {
	if base, _, _ := strings.Cut(locale, "-"); base == "fr" {
		return "\u00A0" + mark
	}
	return mark
}

// UnixLines ends every line with a line feed alone.
func UnixLines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// BareID keeps what ids are made of, so that a hand-built guide cannot close a
// slot's marker with its id.
func BareID(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '.' || r == '_' || r == '-' {
			return r
		}
		return -1
	}, s)
}

// OptionsLine lists what a choice is between.
func OptionsLine(options []string) string { return "☐ " + strings.Join(options, "   ☐ ") }

// UpperFirst begins a text with a capital.
func UpperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// LowerFirst begins a text in lower case, but for an abbreviation.
func LowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[size:]); size == 0 || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[size:]
}

// IDForm is the form of ids: of sections and slots, at most 64 characters.
var IDForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9][a-zA-Z0-9._-]{0,63}$`) })

// SourceLine words a source in one line, without what is not known of it.
func SourceLine(title, publisher string, year int, rest ...string) string {
	parts := []string{title}
	if publisher != "" {
		parts = append(parts, publisher)
	}
	if year > 0 {
		parts = append(parts, fmt.Sprint(year))
	}
	for _, r := range rest {
		if r != "" {
			parts = append(parts, r)
		}
	}
	return strings.Join(parts, ", ")
}
