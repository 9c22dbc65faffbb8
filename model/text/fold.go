// SPDX-License-Identifier: Apache-2.0

package text

import (
	"strings"
	"unicode/utf8"
)

// Fold brings a word or phrase to the form in which two are compared: as
// Folded of a view, but HTML entities and line-end hyphens are left alone.
// Invalid UTF-8 reads as U+FFFD. Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	if plainLower(s) {
		return s
	}
	s = Repair(s)
	// Folding can uncover a letter that folds again (a look-alike in a ligature);
	// each round only simplifies, so this ends.
	for range 4 {
		b := reader{src: s}
		b.read()
		got := b.folded()
		if got == s {
			break
		}
		s = got
	}
	return s
}

func plainLower(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c < ' ' || c >= 'A' && c <= 'Z' || c == 0x7f {
			return false
		}
	}
	return true
}

// Repair replaces every invalid byte sequence of s by U+FFFD. It is for callers
// who would rather read a damaged text than refuse it.
func Repair(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
