// SPDX-License-Identifier: Apache-2.0

package leak

import (
	"regexp"
	"sync"
	"unicode"
)

type scanner struct {
	*regexp.Regexp
	valid func(match string) bool
}

// scanners find the shapes of identifiers in a folded text, whatever stands
// around them. (Go's regexp runs in linear time.)
var scanners = sync.OnceValue(func() []scanner {
	re := regexp.MustCompile
	return []scanner{
		{re(`[a-z0-9._+-]+\s?@\s?[a-z0-9-]+(?:\s?\.\s?[a-z0-9-]+)+`), nil},
		{re(`[a-z0-9._-]+[\s(\[]+at[\s)\]]+[a-z0-9-]+(?:[\s(\[]+dot[\s)\]]+[a-z]{2,}|\s?\.\s?[a-z]{2,4}\b)`), nil},
		{re(`https?:|\bwww\s?\.|\b[a-z0-9-]+\.(?:com|org|net|info|nhs\.uk|co\.uk|org\.uk|ac\.uk|gov\.uk|uk|eu|ly|me|io)\b`), nil},
		{re(`(?:^|[\s(,;])@[a-z0-9_]{3,}`), nil},
		{re(`#[a-z][a-z0-9_]{2,}`), nil},
		{re(`\b[a-z]{1,2}\d[a-z\d]?\s{0,2}\d[abd-hjlnp-uw-z]{2}\b`), nil},
		{re(`\b[a-z]{2}(?:[\s.-]?\d){6}[\s.-]?[a-d]\b`), nil},
		{re(`\b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){2,7}(?:\s?[a-z0-9]{1,3})?\b`), hasDigits(8)},
		{re(`\b(?:\d{1,3}\.){3}\d{1,3}\b`), nil},
		{re(`\+?\(?\d(?:[\s().–/_-]{0,3}\d){6,}`), noDates},
		{re(`\b(?:(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|treble)[\s,-]+){6,}`), nil},
		{re(`\b10\.\d{4,9}/\S+`), nil},
		{re(`\bnct\s?\d{6,}|\bisrctn\s?\d{6,}|\b\d{4}-\d{6}-\d{2}\b`), nil},
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
func noDates(match string) bool { return !dateShapes().MatchString(match) }

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
		folded = append(folded, string(x)...)
		for range len(folded) - n {
			at = append(at, c.at)
		}
	}
	var out []int
	for _, s := range scanners() {
		for _, m := range s.FindAllIndex(folded, -1) {
			if s.valid == nil || s.valid(string(folded[m[0]:m[1]])) {
				out = append(out, at[m[0]])
			}
		}
	}
	return out
}
