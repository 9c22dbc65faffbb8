// SPDX-License-Identifier: Apache-2.0

package model

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// text checks prose: any characters but those that only deceive.
func (c *checker) text(s string, r rule) {
	c.size += len(s)
	limit := maxTextBytes
	if r.line {
		limit = maxLineBytes
	}
	switch {
	case strings.TrimSpace(s) == "" && r.required:
		c.fault("is required")
	case len(s) > limit:
		c.fault("is longer than " + strconv.Itoa(limit) + " bytes")
	case !utf8.ValidString(s):
		c.fault("is not UTF-8")
	default:
		if what := unfit(s, r.line); what != "" {
			c.fault("holds " + what)
		}
	}
	if r.words > 0 && moreWords(s, r.words) {
		c.fault("is longer than " + strconv.Itoa(r.words) + " words")
	}
}

func moreWords(s string, most int) bool {
	n := 0
	for range strings.FieldsSeq(s) {
		if n++; n > most {
			return true
		}
	}
	return false
}

// unfit names the kind of the first character that has no place in a text:
// those that control a terminal or the direction of writing, and those that
// carry letters nobody sees.
func unfit(s string, line bool) string {
	const blackFlag = '\U0001f3f4' // what follows it are no hidden letters
	var before rune
	for i, r := range s {
		switch r {
		case '\n', '\t', '\u2028', '\u2029':
			if line {
				return "a line break or tab, but is one line"
			}
		case '\r':
			if line || !strings.HasPrefix(s[i+1:], "\n") {
				return "a carriage return"
			}
		default:
			if before == blackFlag && r >= firstTag && r <= lastTag {
				continue
			}
			if kind := unfitKind(r); kind != "" {
				return kind
			}
		}
		before = r
	}
	return ""
}

const firstTag, lastTag = 0xe0000, 0xe007f

// unfitRunes are the characters that have no place in a text.
func unfitRunes() [6]unfitRange {
	return [...]unfitRange{
		{0, 0x1f, "a control character"},
		{0x7f, 0x9f, "a control character"},
		{'\u202a', '\u202e', "a character that changes the direction of writing"},
		{'\u2066', '\u2069', "a character that changes the direction of writing"},
		{0xfdd0, 0xfdef, "a noncharacter"},
		{firstTag, lastTag, "a tag character"},
	}
}

type unfitRange struct {
	from, to rune
	kind     string
}

func unfitKind(r rune) string {
	if r >= ' ' && r <= '~' {
		return ""
	}
	for _, k := range unfitRunes() {
		if r >= k.from && r <= k.to {
			return k.kind
		}
	}
	if r&0xfffe == 0xfffe {
		return "a noncharacter"
	}
	return ""
}

// word checks a string that is no prose against its values or form.
func (c *checker) word(w string, r rule) {
	if len(r.in) > 0 {
		if !slices.Contains(r.in, w) {
			c.fault("is none of " + strings.Join(r.in, ", "))
		}
		return
	}
	if what := r.form.refuse(w); what != "" {
		c.fault(what)
	}
}

// forms are the forms of words: what fits them, and what is wrong with what does not.
var forms = sync.OnceValue(func() map[form]formRule {
	return map[form]formRule{
		formRef: {
			func(w string) bool { return token(w, 64, "._-") },
			"is not an opaque reference: 1 to 64 letters, digits, dots, hyphens or underscores",
		},
		formName: {
			func(w string) bool { return token(w, 64, "._-/") },
			"is not a name of letters, digits, dots, hyphens, underscores or slashes, at most 64",
		},
		formLicence: {
			func(w string) bool { return token(w, 64, ".+-") },
			"is not a licence as SPDX names them, such as CC-BY-4.0, or none",
		},
		formDay:     {isDay, "is not a date as YYYY-MM-DD"},
		formDate:    {isMoment, "is not a date as YYYY-MM-DD or RFC 3339"},
		formLang:    {language, "is not a language tag (BCP 47), such as en-GB"},
		formCountry: {country, "is not a code of ISO 3166, such as GB or GB-WLS"},
		formAges:    {ages, "is not an age band, such as 18-24 or 65+"},
		formURL:     {webLink, "is not a link that begins with https:// or http://"},
		formSHA256:  {isSHA256, "is not 64 digits of a SHA-256 in small hex"},
		formField:   {isField, "is no field of an example"},
		formUse:     {isUse, "is no use"},
		noForm:      {isShortLine, "is not a short line of text"},
	}
})

type formRule struct {
	fits func(w string) bool
	rule string
}

// refuse returns what is wrong with a word of the form, or nothing.
func (f form) refuse(w string) string {
	if is, ok := forms()[f]; ok && !is.fits(w) {
		return is.rule
	}
	return ""
}

func isDay(w string) bool {
	_, err := time.Parse(time.DateOnly, w)
	return err == nil
}

func isMoment(w string) bool {
	_, ok := parseMoment(w)
	return ok
}

func isSHA256(w string) bool { return len(w) == 64 && strings.Trim(w, "0123456789abcdef") == "" }

func isField(w string) bool { return len(w) <= 100 && shapeOf[Example]().find(w) }

func isUse(w string) bool {
	_, ok := allUses()[Use(w)]
	return ok
}

func isShortLine(w string) bool {
	return len(w) <= maxLineBytes && utf8.ValidString(w) && unfit(w, true) == ""
}

// token reports whether s is at most so many ASCII letters, digits and others,
// beginning with a letter or digit.
func token(s string, most int, others string) bool {
	for i := range len(s) {
		c := s[i]
		if alphanumeric(c) || i > 0 && strings.IndexByte(others, c) >= 0 {
			continue
		}
		return false
	}
	return s != "" && len(s) <= most
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func kebab(s string) bool {
	for part := range strings.SplitSeq(s, "-") {
		if part == "" || part != strings.ToLower(part) || !token(part, 100, "") {
			return false
		}
	}
	return true
}

func language(s string) bool {
	for i, part := range strings.Split(s, "-") {
		letters := strings.Trim(strings.ToLower(part), "abcdefghijklmnopqrstuvwxyz") == ""
		switch {
		case i == 0 && (!letters || len(part) < 2 || len(part) > 3),
			i > 0 && (!token(part, 8, "") || len(part) < 2), i > 3:
			return false
		}
	}
	return true
}

func country(s string) bool {
	state, region, divided := strings.Cut(s, "-")
	if len(state) != 2 || strings.Trim(state, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return false
	}
	return !divided || token(region, 3, "") && region == strings.ToUpper(region)
}

func ages(s string) bool {
	if from, ok := strings.CutSuffix(s, "+"); ok {
		return age(from) >= 0
	}
	from, to, ok := strings.Cut(s, "-")
	return ok && age(from) >= 0 && age(from) <= age(to)
}

func age(s string) int {
	n, err := strconv.ParseUint(s, 10, 8)
	if err != nil || n > 120 {
		return -1
	}
	return int(n)
}

func webLink(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && !strings.HasPrefix(rest, "/") && !strings.ContainsFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\"<>\\^`{|}", r)
	})
}

// squeeze keeps letters and digits, in small letters.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func marshalNamed(v reflect.Value) ([]byte, error) {
	switch x := v.Interface().(type) {
	case Level:
		return x.MarshalText()
	case Audience:
		return x.MarshalText()
	case NameForm:
		return x.MarshalText()
	}
	return nil, errUnknownValue
}

func moment(v reflect.Value) (time.Time, bool) {
	return reflect.TypeAssert[time.Time](v)
}
