// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"strings"
	"unicode"
)

// hidden reports whether a character shows nothing but changes how others are
// read: controls other than line breaks and tabs, overrides and embeddings of
// the direction of writing, tags, noncharacters. Marks that languages need
// (joiners, the left-to-right and right-to-left marks) are not among them.
func hidden(r rune) bool {
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

// clean drops hidden characters.
func clean(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return hidden(r) || r == unicode.ReplacementChar }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, s)
}

// breaks reports whether a line may be broken at a character: at white space, but
// for the no-break spaces that French sets before its high punctuation.
func breaks(r rune) bool { return unicode.IsSpace(r) && !glues(r) }

// glues reports whether a character is a space that holds two words together.
func glues(r rune) bool { return r == '\u00A0' || r == '\u202F' }

// colon is what stands between a label and what it says.
func colon(locale string) string { return high(locale, ":") }

// semicolons joins what has commas of its own.
func semicolons(locale string, parts []string) string {
	return strings.Join(parts, high(locale, ";")+" ")
}

// high is a mark with the space that French sets before it.
func high(locale, mark string) string {
	if base, _, _ := strings.Cut(locale, "-"); base == "fr" {
		return "\u00A0" + mark
	}
	return mark
}

// unixLines ends every line with a line feed alone.
func unixLines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// bareID keeps what ids are made of, so that a hand-built guide cannot close a
// slot's marker with its id.
func bareID(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '.' || r == '_' || r == '-' {
			return r
		}
		return -1
	}, s)
}

// optionsLine lists what a choice is between.
func optionsLine(options []string) string { return "☐ " + strings.Join(options, "   ☐ ") }
