// SPDX-License-Identifier: Apache-2.0

package reading

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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

// ofPeople reports whether a word for people speaks of people in s, and does not stand
// for a kind of thing, as in patient flow, the public inquiry, doctor-patient trust or a
// specialist ward: one that is no plural, with another word right behind it that goes on
// with it, or one that a hyphen ties to a word.
func ofPeople(s string, at text.Span) bool {
	before, word, after := s[:at.Start], s[at.Start:at.End], s[at.End:]
	if tied, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, "-–")); len(strings.TrimRight(before, "-–")) < len(before) && unicode.IsLetter(tied) {
		return false
	}
	if next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, "-–")); len(strings.TrimLeft(after, "-–")) < len(after) && unicode.IsLetter(next) {
		return false
	}
	word = text.Fold(word)
	if strings.HasSuffix(word, "s") || slices.ContainsFunc([]string{"people", "children", "men", "women"}, func(end string) bool { return strings.HasSuffix(word, end) }) {
		return true
	}
	rest, spaced := strings.CutPrefix(after, " ")
	if !spaced {
		return true
	}
	if end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		rest = rest[:end]
	}
	return rest == "" || strings.Contains(behindPeople, " "+text.Fold(rest)+" ")
}

// behindPeople are words that stand behind a person and are no part of a name for a thing.
const behindPeople = " and or nor but who whom whose that which with without from to into in on at of for by as than then near under over " +
	"was is are were be been being has have had will would can could may might shall should must did does do not also either both too " +
	"when while where if because so whether after before during through per each every a an the this these our their his her my we they he she it " +
	"said says told tells asked asks came comes took takes gave gives went goes felt feels wanted wants spoke speaks met meets needed needs " +
	"made makes got gets joined joins wrote writes read reads led leads ran runs held chose thought "

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
