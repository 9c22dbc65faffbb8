// SPDX-License-Identifier: Apache-2.0

package text

import (
	"slices"
	"strings"
)

// Stem reduces a folded English word to its stem by the Porter2 algorithm
// (M. F. Porter, "The English (Porter2) stemming algorithm"). Words of one or
// two letters, and words with a character outside a-z and the apostrophe, are
// returned as they are.
func Stem(word string) string {
	if len(word) <= 2 {
		return word
	}
	for i := range len(word) {
		if c := word[i]; (c < 'a' || c > 'z') && c != '\'' {
			return word
		}
	}
	if to, ok := stemException(word); ok {
		return to
	}
	var buf [64]byte
	s := stemmer{w: append(buf[:0], strings.TrimPrefix(word, "'")...)}
	s.markY()
	s.regions()
	s.step0()
	s.step1a()
	if stemStopsAfter1a(string(s.w)) {
		return string(s.w)
	}
	s.step1b()
	s.step1c()
	s.step2()
	s.step3()
	s.step4()
	s.step5()
	for i, c := range s.w {
		if c == 'Y' {
			s.w[i] = 'y'
		}
	}
	return string(s.w)
}

func stemException(w string) (string, bool) {
	switch w {
	case "skis":
		return "ski", true
	case "skies":
		return "sky", true
	case "dying":
		return "die", true
	case "lying":
		return "lie", true
	case "tying":
		return "tie", true
	case "idly":
		return "idl", true
	case "gently":
		return "gentl", true
	case "ugly":
		return "ugli", true
	case "early":
		return "earli", true
	case "only":
		return "onli", true
	case "singly":
		return "singl", true
	case "sky", "news", "howe", "atlas", "cosmos", "bias", "andes":
		return w, true
	}
	return "", false
}

func stemStopsAfter1a(w string) bool {
	switch w {
	case "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed":
		return true
	}
	return false
}

type stemmer struct {
	w      []byte
	r1, r2 int
}

func vowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// markY writes Y for a y that is a consonant: at the start or after a vowel.
func (s *stemmer) markY() {
	for i, c := range s.w {
		if c == 'y' && (i == 0 || vowel(s.w[i-1])) {
			s.w[i] = 'Y'
		}
	}
}

func (s *stemmer) regions() {
	w := string(s.w)
	s.r1 = len(w)
	special := false
	for _, p := range []string{"gener", "commun", "arsen"} {
		if strings.HasPrefix(w, p) {
			s.r1, special = len(p), true
		}
	}
	if !special {
		s.r1 = s.after(0)
	}
	s.r2 = s.after(s.r1)
}

// after is the offset after the first consonant that follows a vowel, from i.
func (s *stemmer) after(i int) int {
	for i++; i < len(s.w); i++ {
		if !vowel(s.w[i]) && vowel(s.w[i-1]) {
			return i + 1
		}
	}
	return len(s.w)
}

func (s *stemmer) has(suffix string) bool {
	return len(s.w) >= len(suffix) && string(s.w[len(s.w)-len(suffix):]) == suffix
}

func (s *stemmer) cut(n int)            { s.w = s.w[:len(s.w)-n] }
func (s *stemmer) in(r, n int) bool     { return len(s.w)-n >= r }
func (s *stemmer) swap(n int, t string) { s.w = append(s.w[:len(s.w)-n], t...) }

func (s *stemmer) hasVowelBefore(n int) bool {
	return slices.ContainsFunc(s.w[:max(0, len(s.w)-n)], vowel)
}

// shortSyllable reports whether the word ends in a short syllable.
func (s *stemmer) shortSyllable() bool {
	n := len(s.w)
	if n == 2 {
		return vowel(s.w[0]) && !vowel(s.w[1])
	}
	if n < 3 {
		return false
	}
	c := s.w[n-1]
	return !vowel(s.w[n-3]) && vowel(s.w[n-2]) && !vowel(c) && c != 'w' && c != 'x' && c != 'Y'
}

func (s *stemmer) step0() {
	for _, x := range []string{"'s'", "'s", "'"} {
		if s.has(x) {
			s.cut(len(x))
			return
		}
	}
}

func (s *stemmer) step1a() {
	switch {
	case s.has("sses"):
		s.cut(2)
	case s.has("ied"), s.has("ies"):
		if len(s.w) > 4 {
			s.cut(2)
		} else {
			s.cut(1)
		}
	case s.has("us"), s.has("ss"):
	case s.has("s"):
		// Delete if a vowel stands before the letter before the s.
		if s.hasVowelBefore(2) {
			s.cut(1)
		}
	}
}

func (s *stemmer) step1b() {
	switch {
	case s.has("eedly"):
		if s.in(s.r1, 5) {
			s.cut(3)
		}
		return
	case s.has("eed"):
		if s.in(s.r1, 3) {
			s.cut(1)
		}
		return
	}
	for _, x := range []string{"ingly", "edly", "ing", "ed"} {
		if !s.has(x) {
			continue
		}
		if !s.hasVowelBefore(len(x)) {
			return
		}
		s.cut(len(x))
		switch {
		case s.has("at"), s.has("bl"), s.has("iz"):
			s.w = append(s.w, 'e')
		case s.doubled():
			s.cut(1)
		case s.r1 >= len(s.w) && s.shortSyllable():
			s.w = append(s.w, 'e')
		}
		return
	}
}

func (s *stemmer) doubled() bool {
	n := len(s.w)
	return n > 1 && s.w[n-1] == s.w[n-2] && strings.IndexByte("bdfgmnprt", s.w[n-1]) >= 0
}

func (s *stemmer) step1c() {
	n := len(s.w)
	if n > 2 && (s.w[n-1] == 'y' || s.w[n-1] == 'Y') && !vowel(s.w[n-2]) {
		s.w[n-1] = 'i'
	}
}

type stemRule struct{ from, to string }

func (s *stemmer) step2() {
	for _, r := range [...]stemRule{
		{"ational", "ate"},
		{"fulness", "ful"},
		{"iveness", "ive"},
		{"ization", "ize"},
		{"ousness", "ous"},
		{"biliti", "ble"},
		{"lessli", "less"},
		{"tional", "tion"},
		{"alism", "al"},
		{"aliti", "al"},
		{"ation", "ate"},
		{"entli", "ent"},
		{"fulli", "ful"},
		{"iviti", "ive"},
		{"ousli", "ous"},
		{"abli", "able"},
		{"alli", "al"},
		{"anci", "ance"},
		{"ator", "ate"},
		{"enci", "ence"},
		{"izer", "ize"},
		{"bli", "ble"},
		{"ogi", "og"},
		{"li", ""},
	} {
		if !s.has(r.from) {
			continue
		}
		if !s.in(s.r1, len(r.from)) {
			return
		}
		before := byte(0)
		if i := len(s.w) - len(r.from) - 1; i >= 0 {
			before = s.w[i]
		}
		if r.from == "ogi" && before != 'l' || r.from == "li" && strings.IndexByte("cdeghkmnrt", before) < 0 {
			return
		}
		s.swap(len(r.from), r.to)
		return
	}
}

func (s *stemmer) step3() {
	for _, r := range [...]stemRule{
		{"ational", "ate"},
		{"tional", "tion"},
		{"alize", "al"},
		{"ative", ""},
		{"icate", "ic"},
		{"iciti", "ic"},
		{"ical", "ic"},
		{"ness", ""},
		{"ful", ""},
	} {
		if !s.has(r.from) {
			continue
		}
		if s.in(s.r1, len(r.from)) && (r.from != "ative" || s.in(s.r2, len(r.from))) {
			s.swap(len(r.from), r.to)
		}
		return
	}
}

func (s *stemmer) step4() {
	for _, x := range [...]string{
		"ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive", "ize", "ous",
		"al", "er", "ic",
	} {
		if !s.has(x) {
			continue
		}
		if !s.in(s.r2, len(x)) {
			return
		}
		if x == "ion" {
			if i := len(s.w) - 4; i < 0 || s.w[i] != 's' && s.w[i] != 't' {
				return
			}
		}
		s.cut(len(x))
		return
	}
}

func (s *stemmer) step5() {
	n := len(s.w)
	if n == 0 {
		return
	}
	switch {
	case s.has("e"):
		if s.in(s.r2, 1) {
			s.cut(1)
			return
		}
		if s.in(s.r1, 1) {
			t := stemmer{w: s.w[:n-1]}
			if !t.shortSyllable() {
				s.cut(1)
			}
		}
	case s.has("l"):
		if s.in(s.r2, 1) && n > 1 && s.w[n-2] == 'l' {
			s.cut(1)
		}
	}
}
