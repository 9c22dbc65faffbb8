// SPDX-License-Identifier: Apache-2.0

// Package linear is the machinery of package reading: sentences, features of a
// sentence, and the linear models over them, with the format of their weights.
// Everything here is pure, linear in its input and gives the same numbers on
// every processor.
package linear

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Sentences cuts an account into sentences, headings and bullets, as byte
// offsets, in order and disjoint. A line that goes on after a hard wrap is one
// with the next; pieces without a letter or digit are left out.
func Sentences(s string) []text.Span {
	var out []text.Span
	for _, b := range blocks(s) {
		out = cutBlock(out, s, b)
	}
	return out
}

// blocks are lines, hard wraps joined.
func blocks(s string) []text.Span {
	var out []text.Span
	last := 0 // where the last line of the last block starts
	for from := 0; from < len(s); {
		end := len(s)
		if i := strings.IndexAny(s[from:], "\n\r\u0085\u2028\u2029"); i >= 0 {
			end = from + i
		}
		line := trim(s, text.Span{Start: from, End: end})
		if line.Len() > 0 {
			if n := len(out); n > 0 && goesOn(s, text.Span{Start: last, End: out[n-1].End}, line) {
				out[n-1].End = line.End
			} else {
				out = append(out, line)
			}
			last = line.Start
		}
		_, width := utf8.DecodeRuneInString(s[min(end, len(s)-1):])
		from = end + width
	}
	return out
}

// goesOn reports whether a line is the rest of the one before it.
func goesOn(s string, before, line text.Span) bool {
	gap := s[before.End:line.Start]
	if strings.Count(gap, "\n") > 1 || bullet(s[line.Start:line.End]) {
		return false
	}
	prev := s[before.Start:before.End]
	if ended(prev) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s[line.Start:])
	if unicode.IsLower(first) || strings.ContainsRune("(,;&", first) {
		return true
	}
	if strings.HasSuffix(prev, ",") || strings.HasSuffix(prev, "-") || strings.HasSuffix(prev, "–") {
		return true
	}
	at := strings.LastIndexFunc(prev, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	return len(prev) >= 45 && unfinished()[prev[at+1:]]
}

// unfinished are words with which no line ends.
var unfinished = sync.OnceValue(func() map[string]bool {
	return set("a an the of and or to in on for with by at from as that which who is are was were be been has have had their our its his her this these those into than not but if when while")
})

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

const closers = "\"”’')]"

func ended(s string) bool {
	s = strings.TrimRight(s, closers)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:;…", r) && r != utf8.RuneError
}

// bullet reports whether a line starts as an item of a list does.
func bullet(line string) bool {
	r, width := utf8.DecodeRuneInString(line)
	if strings.ContainsRune("•·▪●○◦-–—*✓➢", r) {
		return true
	}
	i := 0
	for i < len(line) && i < 3 && line[i] >= '0' && line[i] <= '9' {
		i++
	}
	if i > 0 && i < 3 && i+1 < len(line) && (line[i] == '.' || line[i] == ')') && line[i+1] == ' ' {
		return true
	}
	return r >= 'a' && r <= 'z' && width+1 < len(line) && line[width] == ')' && line[width+1] == ' '
}

func trim(s string, b text.Span) text.Span {
	part := s[b.Start:b.End]
	left := strings.TrimLeftFunc(part, unicode.IsSpace)
	b.Start += len(part) - len(left)
	b.End = b.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return b
}

// cutBlock adds the sentences of one block.
func cutBlock(out []text.Span, s string, b text.Span) []text.Span {
	start := b.Start
	add := func(end int) {
		if p := trim(s, text.Span{Start: start, End: end}); strings.IndexFunc(s[p.Start:p.End], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			out = append(out, p)
		}
		start = end
	}
	for i := b.Start; i < b.End; {
		r, width := utf8.DecodeRuneInString(s[i:b.End])
		i += width
		if r != '.' && r != '!' && r != '?' && r != '…' {
			continue
		}
		stop := i
		for i < b.End {
			r, width = utf8.DecodeRuneInString(s[i:b.End])
			if !strings.ContainsRune(".!?…"+closers, r) {
				break
			}
			i += width
		}
		if i >= b.End || !unicode.IsSpace(r) || !opens(s[i:b.End]) {
			continue
		}
		if head := s[start:stop]; abbreviated(head) {
			continue
		}
		add(i)
	}
	add(b.End)
	return out
}

// opens reports whether what follows a full stop starts a sentence.
func opens(rest string) bool {
	rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	r, width := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune("\"“‘'([", r) && r != utf8.RuneError {
		r, _ = utf8.DecodeRuneInString(rest[width:])
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '“' || r == '‘'
}

var abbreviations = sync.OnceValue(func() map[string]bool {
	return set("dr mr mrs ms prof st no nos vs etc e.g i.e eg ie fig figs inc ltd co corp al approx rev sr jr ph.d vol pp p cf tel dept gen sen hon ref para ext")
})

// abbreviated reports whether the full stop at the end of head belongs to a
// short form, an initial or the number of an item.
func abbreviated(head string) bool {
	if !strings.HasSuffix(head, ".") {
		return false
	}
	head = head[:len(head)-1]
	from := max(0, len(head)-12)
	tail := head[from:]
	at := strings.LastIndexFunc(tail, func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == '[' })
	word := tail[at+1:]
	if len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' {
		return true
	}
	if abbreviations()[strings.ToLower(word)] && word != "no" {
		return true
	}
	whole := strings.TrimSpace(head)
	return len(whole) > 0 && len(whole) <= 3 && strings.Trim(whole, "(0123456789") == ""
}
