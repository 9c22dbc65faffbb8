// SPDX-License-Identifier: Apache-2.0

package reading

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// figure is the first share or count of a text, as written, that is no year.
func figure(s string) string {
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ".,;:()[]\"'“”‘’")
		digits := 0
		for _, r := range w {
			if r >= '0' && r <= '9' {
				digits++
			} else if !strings.ContainsRune(".,%£$€", r) {
				digits = -100
			}
		}
		if digits <= 0 || digits > 12 {
			continue
		}
		if n, err := strconv.Atoi(w); err == nil && n >= 1900 && n <= 2100 {
			continue
		}
		return w
	}
	return ""
}

// year is the last of the years that an account names.
func year(s string) (last int, ok bool) {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsDigit(r) && !unicode.IsLetter(r) }) {
		if len(w) != 4 {
			continue
		}
		if n, err := strconv.Atoi(w); err == nil && n >= 1980 && n <= 2035 && n > last {
			last, ok = n, true
		}
	}
	return last, ok
}

// lessonKind tells what a lesson says, by the words with which such sentences
// open.
func lessonKind(s string) string {
	s = text.Fold(s)
	for _, c := range []struct{ kind, cues string }{
		{"would-change", "would have|would now|next time|in future|should have|if we did it again|would do|would start|would not|wish we had|would pay|would ask|differently"},
		{"surprise", "surpris|unexpected|did not expect|had not expected|turned out"},
		{"did-not-work", "did not work|failed|too late|mistake|never again|does not work|underestimated|not enough"},
	} {
		for cue := range strings.SplitSeq(c.cues, "|") {
			if strings.Contains(s, cue) {
				return c.kind
			}
		}
	}
	return "worked"
}

// ordinal is the number that a word says, 0 for none.
func ordinal(word string) int {
	const words = "first second third fourth fifth sixth seventh eighth ninth tenth|one two three four five six seven eight nine ten eleven twelve"
	for list := range strings.SplitSeq(words, "|") {
		if i := slices.Index(strings.Fields(list), word); i >= 0 {
			return i + 1
		}
	}
	return 0
}

// month is the month of a step after the start, where the text says it: "in the
// third month", "after six weeks", "month 4"; 0 is unknown.
func month(s string) int {
	words := strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	number := func(w string) int {
		if n, err := strconv.Atoi(w); err == nil && n > 0 && n <= 60 {
			return n
		}
		return ordinal(w)
	}
	for i, w := range words {
		if i == 0 || i > 0 && number(words[i-1]) == 0 {
			if w == "month" && i+1 < len(words) {
				if n, err := strconv.Atoi(words[i+1]); err == nil && n > 0 && n <= 60 {
					return n
				}
			}
			continue
		}
		n, opens := number(words[i-1]), ""
		if i > 1 {
			opens = words[i-2]
		}
		switch {
		case w == "month" && opens == "the":
			return n
		case w == "months" && opens == "after":
			return n + 1
		case w == "weeks" && opens == "after":
			return n/4 + 1
		}
	}
	return 0
}
