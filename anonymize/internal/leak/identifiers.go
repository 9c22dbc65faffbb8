// SPDX-License-Identifier: Apache-2.0

package leak

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A trigger is a character or word that each identifier of one shape must have (a
// digit, an at sign). Only reach bytes around a trigger are scanned.
type trigger uint8

const (
	onDigit trigger = iota
	onAt
	onHash
	onStop  // a full stop or colon inside a word
	onDot   // the word dot
	onCount // a numeral in words
	triggers
)

// reach is how many bytes around a trigger are scanned: more than the longest
// identifier, beside which the triggers inside it stand closer than that.
const reach = 64

type scanner struct {
	on trigger
	*regexp.Regexp
	valid func(match string) bool
}

// scanners find the shapes of identifiers in a folded text, whatever stands
// around them. (Go's regexp runs in linear time.)
var scanners = sync.OnceValue(func() []scanner {
	re := regexp.MustCompile
	return []scanner{
		{onAt, re(`[a-z0-9._+-]+\s?@\s?[a-z0-9-]+(?:\s?\.\s?[a-z0-9-]+)+`), nil},
		{onAt, re(`(?:^|[\s(,;])@[a-z0-9_]{3,}`), nil},
		{onDot, re(`[a-z0-9._-]+[\s(\[]+at[\s)\]]+[a-z0-9-]+[\s(\[]+dot[\s)\]]+[a-z]{2,}`), nil},
		{onStop, re(`[a-z0-9._-]+[\s(\[]+at[\s)\]]+(?:[a-z0-9-]+\.)+(?:com|org|net|info|edu|gov|uk|eu|ie|io|me)\b`), nil},
		{onStop, re(`https?:/|\bwww\s?\.|\b[a-z0-9-]+\.(?:com|org|net|info|nhs\.uk|co\.uk|org\.uk|ac\.uk|gov\.uk|uk|eu|ly|me|io)\b`), nil},
		{onHash, re(`#[a-z][a-z0-9_]{2,}`), nil},
		{onDigit, re(`\b[a-z]{1,2}\d[a-z\d]?\s{0,2}\d[abd-hjlnp-uw-z]{2}\b`), nil},
		{onDigit, re(`\b[a-z]{2}(?:[\s.-]?\d){6}[\s.-]?[a-d]\b`), nil},
		{onDigit, re(`\b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){2,7}(?:\s?[a-z0-9]{1,3})?\b`), hasDigits(8)},
		{onDigit, re(`\b(?:\d{1,3}\.){3}\d{1,3}\b`), nil},
		{onDigit, re(`\+?\(?\d(?:[\s().–/_-]{0,3}\d){6,}`), noDates},
		{onCount, re(`\b(?:(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|treble)[\s,-]+){6,}`), nil},
		{onDigit, re(`\b10\.\d{4,9}/\S+`), nil},
		{onDigit, re(`\bnct\s?\d{6,}|\bisrctn\s?\d{6,}|\b\d{4}-\d{6}-\d{2}\b`), nil},
	}
})

func hasDigits(n int) func(string) bool { return func(s string) bool { return digitsIn(s) >= n } }

func digitsIn(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

var dateShapes = sync.OnceValue(func() *regexp.Regexp {
	const year = `(?:1[5-9]|20)\d\d`
	return regexp.MustCompile(`^(?:\d{1,2}[\s./-]\d{1,2}[\s./-]` + year + `|` + year + `[\s./-]\d{1,2}[\s./-]\d{1,2}|` +
		year + `(?:[\s./–-]{1,3}(?:` + year + `|\d\d))+|(?:\d{1,2}[\s./-]{1,2})?` + year + `)$`)
})

// noDates leaves dates, which policies may keep, to the recognisers: a run of
// digits that reads as years or as a numeric date is no identifier.
func noDates(match string) bool { return !dateShapes().MatchString(strings.Trim(match, "( )")) }

// identifiers returns the byte offsets of what looks like an identifier.
func (r *reading) identifiers() []int {
	folded := make([]byte, 0, len(r.chars))
	at := make([]int, 0, len(r.chars)+1)
	for _, c := range r.chars {
		n := len(folded)
		x := c.r
		if unicode.IsSpace(x) && x != '\n' {
			x = ' '
		}
		folded = utf8.AppendRune(folded, x)
		for range len(folded) - n {
			at = append(at, c.at)
		}
	}
	areas := surroundings(folded)
	var out []int
	for _, s := range scanners() {
		for _, area := range areas[s.on] {
			for _, m := range s.FindAllIndex(folded[area[0]:area[1]], -1) {
				from, to := area[0]+m[0], area[0]+m[1]
				if s.valid == nil || s.valid(string(folded[from:to])) {
					out = append(out, at[from])
				}
			}
		}
	}
	return out
}

// surroundings are the parts of a text around each kind of trigger, between blanks.
func surroundings(folded []byte) [triggers][][2]int {
	var out [triggers][][2]int
	add := func(on trigger, i int) {
		from, to := max(0, i-reach), min(len(folded), i+reach)
		for from > 0 && !blank(folded[from-1]) && i-from < 4*reach {
			from--
		}
		for to < len(folded) && !blank(folded[to]) && to-i < 4*reach {
			to++
		}
		if n := len(out[on]); n > 0 && from <= out[on][n-1][1] {
			out[on][n-1][1] = to
			return
		}
		out[on] = append(out[on], [2]int{from, to})
	}
	for i := range folded {
		if on, ok := triggerAt(folded, i); ok {
			add(on, i)
		}
	}
	return out
}

// triggerAt is the trigger that ends with byte i.
func triggerAt(folded []byte, i int) (on trigger, ok bool) {
	switch b := folded[i]; b {
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return onDigit, true
	case '@':
		return onAt, true
	case '#':
		return onHash, true
	case ':':
		return onStop, i+1 < len(folded) && folded[i+1] == '/'
	case '.':
		return onStop, i > 0 && blank(folded[i-1]) || i+1 < len(folded) && !blank(folded[i+1])
	case 't':
		if bytes.HasSuffix(folded[:i+1], []byte("dot")) {
			return onDot, true
		}
		return onCount, endsWithNumeral(folded[:i+1])
	case 'o', 'e', 'n', 'x', 'r':
		return onCount, endsWithNumeral(folded[:i+1])
	}
	return 0, false
}

func endsWithNumeral(s []byte) bool {
	for _, numeral := range []string{"two", "one", "five", "nine", "seven", "zero", "three", "six", "eight", "four", "nought"} {
		if bytes.HasSuffix(s, []byte(numeral)) {
			return true
		}
	}
	return false
}

func blank(b byte) bool { return b == ' ' || b == '\n' || b == '\t' }
