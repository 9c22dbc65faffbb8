// SPDX-License-Identifier: Apache-2.0

package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences splits s into sentences, in order and disjoint; together they hold
// every character of s that is not white space. A sentence ends at a full
// stop, question or exclamation mark followed by space and a beginning; at an
// empty line; before a bullet; and at a line break, unless the next line
// continues the sentence in lower case (wrapped prose).
func Sentences(s string) []Span {
	var out []Span
	start := 0
	cut := func(end int) {
		a, b := trim(s, start, end)
		if a < b {
			out = append(out, Span{a, b})
		}
		start = end
	}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\n':
			j := i + 1
			if lineContinues(s, start, i, j) {
				i = j
				continue
			}
			cut(j)
			i = j
		case c == '.' || c == '!' || c == '?':
			j := terminalEnd(s, i)
			if j > i && sentenceEnds(s, start, i, j) {
				cut(j)
			}
			i = max(j, i+1)
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			switch r {
			case '。', '！', '？', '\u2028', '\u2029':
				cut(i + size)
			}
			i += size
		}
	}
	cut(len(s))
	return out
}

func trim(s string, a, b int) (int, int) {
	part := strings.TrimRightFunc(s[a:b], unicode.IsSpace)
	b = a + len(part)
	a = b - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	return a, b
}

// terminalEnd is the end of a run of terminal marks and closing quotes.
func terminalEnd(s string, i int) int {
	for i < len(s) && strings.IndexByte(`.!?`, s[i]) >= 0 {
		i++
	}
	for n := 0; i < len(s) && n < 3; n++ {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("\"')]”’", r) {
			break
		}
		i += size
	}
	return i
}

func sentenceEnds(s string, start, dot, end int) bool {
	if end < len(s) {
		r, _ := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsSpace(r) {
			return false
		}
	}
	k := end
	for k < len(s) && (s[k] == ' ' || s[k] == '\t') {
		k++
	}
	if k >= len(s) || s[k] == '\n' {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s[k:])
	if unicode.IsLower(r) || strings.ContainsRune(",;:)", r) {
		return false
	}
	if s[dot] != '.' {
		return true
	}
	return !abbreviated(s, start, dot)
}

// abbreviated reports whether the word before the full stop at dot usually
// carries one inside a sentence.
func abbreviated(s string, start, dot int) bool {
	i := dot
	for i > start && dot-i < 16 {
		r, size := utf8.DecodeLastRuneInString(s[start:i])
		if !unicode.IsLetter(r) && r != '.' {
			break
		}
		i -= size
	}
	word := strings.ToLower(s[i:dot])
	if word == "" {
		return itemNumber(strings.TrimSpace(s[start:dot]))
	}
	if utf8.RuneCountInString(word) == 1 {
		r, _ := utf8.DecodeRuneInString(s[i:dot])
		return unicode.IsUpper(r) && word != "i" // an initial
	}
	switch word {
	case "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "revd", "fr", "st", "hon", "sr", "jr", "capt", "col", "gen", "lt",
		"sgt", "messrs", "mlle", "mme", "no", "nos", "vs", "v", "cf", "e.g", "i.e", "eg", "ie", "al", "approx", "fig", "figs",
		"dept", "est", "tel", "ext", "ref", "vol", "ed", "eds", "pp", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
		"sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "inc", "ave", "rd", "bn", "viz", "u.s":
		return true
	}
	return strings.Contains(word, ".") && len(word) <= 5 // initials: "J.R"
}

func itemNumber(s string) bool {
	return len(s) > 0 && len(s) <= 3 && strings.Trim(s, "0123456789") == ""
}

// lineContinues reports whether the text after the line break [i,j) continues
// the sentence that began at start.
func lineContinues(s string, start, i, j int) bool {
	for j < len(s) && (s[j] == ' ' || s[j] == '\t' || s[j] == '\r') {
		j++
	}
	if j >= len(s) || s[j] == '\n' || bullet(s[j:]) {
		return false
	}
	head := strings.TrimRightFunc(s[start:i], unicode.IsSpace)
	if head == "" {
		return false
	}
	if strings.IndexByte(".!?:;", head[len(head)-1]) >= 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[j:])
	return unicode.IsLower(r)
}

// bullet reports whether a line begins as an item of a list.
func bullet(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("-*+•·‣◦▪●○–—>#|", r) {
		return true
	}
	n := 0
	for n < len(s) && n < 4 && isASCIIAlnum(s[n]) {
		n++
	}
	if n == 0 || n+1 >= len(s) || s[n] != '.' && s[n] != ')' || s[n+1] != ' ' {
		return r == '(' && len(s) > size+1 && (s[size+1] == ')')
	}
	return n == 1 || s[0] >= '0' && s[0] <= '9'
}
