// SPDX-License-Identifier: Apache-2.0

package anonymizetest

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Mutation is a name in a disguise, standing in a text.
type Mutation struct {
	// Transform and Place say which disguise and where.
	Transform, Place string
	// Text is the text to feed to a program; Form the disguised name in it.
	Text, Form string
	// Secrets must not be readable in the program's output.
	Secrets []string
}

// Mutations writes a name in 27 forms in each of 14 places of a text. A name of
// one word, or one that a transform leaves as it was, gives fewer. The form
// "one letter off" is made for names of eight letters or more only.
func Mutations(name string) []Mutation {
	var out []Mutation
	seen := map[string]bool{}
	for _, t := range transforms {
		form, secret := t.do(name)
		if form == "" || seen[form] && form != name {
			continue
		}
		seen[form] = true
		for _, p := range places {
			out = append(out, Mutation{Transform: t.name, Place: p.name, Text: fmt.Sprintf(p.text, p.fit(form)), Form: p.fit(form), Secrets: []string{secret}})
		}
	}
	return out
}

type place struct {
	name, text string
	fit        func(string) string
}

func asIs(s string) string { return s }

// oneLine keeps a form in one line where a line break would end the place.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "") }

var places = [...]place{
	{"body", "We were grateful to %s, who had offered a room and a mailing list to the group.", asIs},
	{"start", "%s had offered a room and a mailing list to the group.", asIs},
	{"end", "The room and the mailing list came from %s.", asIs},
	{"title", "How %s reached young carers\n\nThis is what we learned.", oneLine},
	{"bullet", "What helped:\n- a quiet room\n- %s\n- a small budget\n", oneLine},
	{"table cell", "| step | who | when |\n|---|---|---|\n| recruit | %s | month 2 |\n", oneLine},
	{"CSV field", "title,partner,result\nA group for carers,\"%s\",kept going\n", oneLine},
	{"JSON value", "{\"objective\":\"to listen\",\"partner\":\"%s\",\"n\":12}", oneLine},
	{"HTML", "<p>The work was shared with <b>%s</b> and others.</p>", asIs},
	{"footnote", "They met twice a month.[1]\n\n[1] with thanks to %s.", oneLine},
	{"brackets", "The second partner (%s) left after a year.", asIs},
	{"quotation", "A carer told us: \u201cIt was %s that made the difference.\u201d", asIs},
	{"log line", "level=info msg=\"saved draft\" partner=%s step=3", oneLine},
	{"heading in capitals", "LESSONS LEARNED\nWhat %s would do again\n", oneLine},
}

type transform struct {
	name string
	do   func(name string) (form, secret string)
}

var transforms = [...]transform{
	{"as declared", func(n string) (string, string) { return n, n }},
	{"upper case", func(n string) (string, string) { return strings.ToUpper(n), n }},
	{"lower case", several(func(n string) string { return strings.ToLower(n) })},
	{"possessive", func(n string) (string, string) { return n + "’s", n }},
	{"plural", func(n string) (string, string) { return n + "s", n }},
	{"no accents", func(n string) (string, string) { return bare(n), n }},
	{"decomposed", func(n string) (string, string) { return norm.NFD.String(n), n }},
	{"struck out", func(n string) (string, string) { return between(n, "\u0336"), n }},
	{"zero-width spaces", func(n string) (string, string) { return between(n, "\u200b"), n }},
	{"soft hyphens", func(n string) (string, string) { return between(n, "\u00ad"), n }},
	{"full width", func(n string) (string, string) { return strings.Map(wide, bare(n)), n }},
	{"Cyrillic look-alikes", func(n string) (string, string) { return strings.Map(cyrillic, n), n }},
	{"no-break spaces", several(func(n string) string { return strings.ReplaceAll(n, " ", "\u00a0") })},
	{"HTML entities", func(n string) (string, string) { return entities(n), n }},
	{"spaced out", func(n string) (string, string) { return between(bare(n), " "), n }},
	{"dotted", several(func(n string) string { return strings.Join(strings.Fields(strings.ToLower(bare(n))), ".") })},
	{"hyphens", several(func(n string) string { return strings.Join(strings.Fields(n), "-") })},
	{"underscores", several(func(n string) string { return strings.Join(strings.Fields(n), "_") })},
	{"joined", several(func(n string) string { return strings.Join(strings.Fields(n), "") })},
	{"two spaces", several(func(n string) string { return strings.Join(strings.Fields(n), "  ") })},
	{"line break", several(func(n string) string { return strings.Join(strings.Fields(n), "\n") })},
	{"hyphenated at a line end", func(n string) (string, string) { return brokenWord(n), n }},
	{"hashtag", func(n string) (string, string) { return "#" + strings.Join(strings.Fields(bare(n)), ""), n }},
	{"in a URL", func(n string) (string, string) {
		return "https://www." + slug(n, "") + ".example/about?ref=" + url.QueryEscape(n), n
	}},
	{"in an e-mail address", func(n string) (string, string) { return slug(n, ".") + "@example.org", n }},
	{"in a file name", func(n string) (string, string) { return "minutes_" + slug(n, "_") + "_final.docx", n }},
	{"one letter off", func(n string) (string, string) {
		if len([]rune(strings.Join(strings.Fields(n), ""))) < 8 {
			return "", n
		}
		return misspelled(n), misspelled(n)
	}},
}

// several applies to names of two words and more.
func several(do func(string) string) func(string) (string, string) {
	return func(n string) (string, string) {
		if len(strings.Fields(n)) < 2 {
			return "", n
		}
		return do(n), n
	}
}

func bare(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func between(s, sep string) string {
	var b strings.Builder
	rs := []rune(norm.NFC.String(s))
	for i, r := range rs {
		b.WriteRune(r)
		if i+1 < len(rs) && unicode.IsLetter(r) {
			b.WriteString(sep)
		}
	}
	return b.String()
}

func wide(r rune) rune {
	if r > ' ' && r < 0x7f {
		return r - '!' + '！'
	}
	return r
}

func cyrillic(r rune) rune {
	const from, to = "aceopxyisjABCEHKMOPTXYIS", "асеорхуіѕјАВСЕНКМОРТХУІЅ"
	if i := strings.IndexRune(from, r); i >= 0 {
		return []rune(to)[i]
	}
	return r
}

func entities(s string) string {
	var b strings.Builder
	for i, r := range []rune(s) {
		if i%2 == 1 && unicode.IsLetter(r) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// brokenWord splits the longest word in its middle over two lines.
func brokenWord(s string) string {
	ws := strings.Fields(s)
	long := 0
	for i, w := range ws {
		if len([]rune(w)) > len([]rune(ws[long])) {
			long = i
		}
	}
	r := []rune(ws[long])
	m := len(r) / 2
	if m < 2 || !unicode.IsLetter(r[m-1]) || !unicode.IsLetter(r[m]) {
		return s
	}
	ws[long] = string(r[:m]) + "-\n" + string(r[m:])
	return strings.Join(ws, " ")
}

func slug(s, sep string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(bare(s), func(r rune) bool { return r == ' ' || r == '-' }), sep))
}

// misspelled exchanges two different neighbouring letters inside the longest
// word.
func misspelled(s string) string {
	ws := strings.Fields(s)
	long := 0
	for i, w := range ws {
		if len([]rune(w)) > len([]rune(ws[long])) {
			long = i
		}
	}
	r := []rune(ws[long])
	for i := len(r) / 2; i+1 < len(r); i++ {
		if r[i] != r[i+1] && unicode.IsLower(r[i]) && unicode.IsLower(r[i+1]) {
			r[i], r[i+1] = r[i+1], r[i]
			ws[long] = string(r)
			return strings.Join(ws, " ")
		}
	}
	return ""
}
