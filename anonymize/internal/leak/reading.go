// SPDX-License-Identifier: Apache-2.0

// Package leak looks for what should not have survived in anonymised text. It
// shares no table and no code with the recognisers, so that a fault of theirs is
// not repeated here: it reads characters, folds words, finds identifiers and
// compares texts in its own, simpler way. It knows no grammar, and prefers a
// false alarm to a miss.
package leak

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// char is a character as a reader would take it, and where it came from.
type char struct {
	r     rune // lower case, without marks
	at    int  // byte offset in the text
	upper bool
}

// word is a run of letters and digits; an apostrophe inside it is left out.
type word struct {
	text       string
	start, end int // chars
	at         int // byte offset
	upper      bool
	allUpper   bool
	begins     bool // begins a sentence, line or list item
	apart      bool // a sentence ended before it
	label      bool // inside square brackets
}

// reading is a text, prepared.
type reading struct {
	chars   []char
	words   []word
	letters []int // indices of chars that are letters or digits: the squeezed text
}

func read(s string) *reading {
	r := &reading{}
	for at := 0; at < len(s); {
		ru, n := decode(s[at:])
		r.take(ru, at)
		at += n
	}
	for i, c := range r.chars {
		if alnum(c.r) {
			r.letters = append(r.letters, i)
		}
	}
	r.split()
	return r
}

// decode is the next character, with percent escapes and character references read.
func decode(s string) (rune, int) {
	ru, n := utf8.DecodeRuneInString(s)
	switch {
	case ru == '%' && len(s) >= 3:
		if v := hex(s[1])<<4 | hex(s[2]); hex(s[1]) >= 0 && hex(s[2]) >= 0 && v >= 0x20 && v < 0x7f {
			return rune(v), 3
		}
	case ru == '&':
		end := strings.IndexByte(s[:min(len(s), 10)], ';')
		if end < 2 {
			break
		}
		name := s[1:end]
		if v, ok := reference(name); ok {
			return v, end + 1
		}
	}
	return ru, n
}

func hex(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b|0x20 >= 'a' && b|0x20 <= 'f':
		return int(b|0x20-'a') + 10
	}
	return -1
}

func reference(name string) (rune, bool) {
	if r, ok := namedReferences()[name]; ok {
		return r, true
	}
	if name[0] != '#' || len(name) < 2 {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0]|0x20 == 'x' {
		base, digits = 16, digits[1:]
	}
	v := 0
	for i := range len(digits) {
		d := hex(digits[i])
		if d < 0 || d >= base {
			return 0, false
		}
		v = v*base + d
	}
	return rune(v), digits != "" && v > 0 && v <= unicode.MaxRune && utf8.ValidRune(rune(v))
}

var namedReferences = sync.OnceValue(func() map[string]rune {
	return map[string]rune{"amp": '&', "apos": '\'', "quot": '"', "nbsp": ' ', "shy": '\u00ad', "zwj": '\u00ad', "zwnj": '\u00ad', "commat": '@'}
})

// take adds a character in the form in which it is compared.
func (r *reading) take(ru rune, at int) {
	upper := unicode.IsUpper(ru) || unicode.IsTitle(ru)
	add := func(x rune) { r.chars = append(r.chars, char{r: x, at: at, upper: upper}) }
	if ru < utf8.RuneSelf {
		add(unicode.ToLower(ru))
		return
	}
	if unicode.Is(unicode.Cf, ru) || unicode.Is(unicode.Mn, ru) {
		return
	}
	var buf [utf8.UTFMax]byte
	for _, d := range string(norm.NFKD.Bytes(buf[:utf8.EncodeRune(buf[:], ru)])) {
		if unicode.Is(unicode.Mn, d) || unicode.Is(unicode.Cf, d) {
			continue
		}
		upper = upper || unicode.IsUpper(d)
		for _, x := range alike(unicode.ToLower(d)) {
			add(x)
		}
	}
}

// alike is the Latin spelling of letters that look or are written so.
func alike(r rune) string {
	const from, to = "авекмнорстухіјѕһԁԛԝєғοαβεικνρτυχγσωηɡıłđðøŀ", "abekmhopctyxijshdqwefoabeikvptuxgowngilddol"
	switch r {
	case 'ß', 'ẞ':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case '‘', '’', 'ʼ', '′', '`', '´':
		return "'"
	}
	if r >= utf8.RuneSelf {
		if unicode.IsDigit(r) {
			// Decimal digits of a script follow each other from its zero.
			zero := r
			for zero > 0 && unicode.IsDigit(zero-1) && r-zero < 9 {
				zero--
			}
			return string('0' + (r - zero))
		}
		at := 0
		for _, f := range from {
			if f == r && at < len(to) {
				return to[at : at+1]
			}
			at++
		}
	}
	return string(r)
}

func alnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// split finds the words.
func (r *reading) split() {
	begins, apart, depth := true, false, 0
	for i := 0; i < len(r.chars); {
		c := r.chars[i]
		if !alnum(c.r) {
			switch c.r {
			case '.', '!', '?', '\n', ':', '•', '*', '|', '"', '“', '”':
				begins = true
				apart = apart || (c.r == '.' || c.r == '!' || c.r == '?') && (i+1 == len(r.chars) || unicode.IsSpace(r.chars[i+1].r))
			case '[':
				depth = 1
			case ']':
				depth = 0
			}
			i++
			continue
		}
		w := r.wordAt(i)
		w.begins, w.apart, w.label = begins, apart, depth > 0
		r.words = append(r.words, w)
		begins, apart, i = false, false, w.end
	}
}

// wordAt is the word that begins at a char. An apostrophe within it is no part of its
// text.
func (r *reading) wordAt(start int) word {
	i, allUpper := start, true
	var b strings.Builder
	for i < len(r.chars) {
		c := r.chars[i]
		if c.r == '\'' && i+1 < len(r.chars) && alnum(r.chars[i+1].r) {
			i++
			continue
		}
		if !alnum(c.r) {
			break
		}
		allUpper = allUpper && (c.upper || unicode.IsDigit(c.r))
		b.WriteRune(c.r)
		i++
	}
	c := r.chars[start]
	return word{text: b.String(), start: start, end: i, at: c.at, upper: c.upper, allUpper: allUpper && c.upper}
}

// squeezed is all letters in a row, and where each begins in it; last where it ends.
func (r *reading) squeezed() (text string, offset []int) {
	var b strings.Builder
	offset = make([]int, 0, len(r.letters)+1)
	for _, i := range r.letters {
		offset = append(offset, b.Len())
		b.WriteRune(r.chars[i].r)
	}
	return b.String(), append(offset, b.Len())
}

// singular is a word without the s of a possessive or plural.
func singular(w string) string {
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return w[:len(w)-1]
	}
	return w
}

// squeeze is a name as letters and digits only, folded.
func squeeze(s string) string {
	r := read(s)
	var b strings.Builder
	for _, i := range r.letters {
		b.WriteRune(r.chars[i].r)
	}
	return b.String()
}

func wordsOf(s string) []string {
	r := read(s)
	out := make([]string, len(r.words))
	for i, w := range r.words {
		out[i] = w.text
	}
	return slices.Clip(out)
}
