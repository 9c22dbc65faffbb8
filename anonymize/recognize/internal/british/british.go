// SPDX-License-Identifier: Apache-2.0

// Package british makes accounts of patient engagement from templates and lists of
// made-up names: odd templates train the tagger, even ones judge it.
package british

import (
	"errors"
	"fmt"
	"math/rand/v2" //nolint:depguard // seeded by the number of the template
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Passage is a generated account of patient engagement with what must be
// masked and what must stay. All names in it are made up.
type Passage struct {
	Text     string
	Secret   []text.Span
	Stay     []text.Span
	Kinds    []string // of the secrets
	Template int
}

var slotPattern = regexp.MustCompile(`\{\{[^}]+\}\}|\{[a-z]+[0-9]?(?:\.[a-z]+)?\}`)

type filler struct {
	lists map[string][]string
	rnd   *rand.Rand
	held  map[string]string
	half  int
	tail  string // a common noun after the name
}

func fillers(folder string) (map[string][]string, error) {
	b, err := os.ReadFile(filepath.Join(folder, "names.txt")) //nolint:gosec // a folder of this module
	if err != nil {
		return nil, err
	}
	m := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		if line[0] == '#' {
			continue
		}
		k, v, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			return nil, errors.New("british: a line of names without a colon")
		}
		if strings.Contains(v, "|") {
			m[k] = strings.Split(v, "|")
		} else {
			m[k] = strings.Fields(v)
		}
	}
	return m, nil
}

// Passages fills every template of a folder whose number is chosen, fills times.
func Passages(folder string, fills int, chosen func(template int) bool) (out []Passage, err error) {
	b, err := os.ReadFile(filepath.Join(folder, "templates.txt")) //nolint:gosec // a folder of this module
	if err != nil {
		return nil, err
	}
	body := strings.SplitN(string(b), "\n", 3)[2]
	lists, err := fillers(folder)
	if err != nil {
		return nil, err
	}
	for n, t := range strings.Split(body, "\n---\n") {
		if !chosen(n + 1) {
			continue
		}
		for k := range fills {
			f := filler{lists: lists, rnd: rand.New(rand.NewPCG(uint64(n), uint64(k))), held: map[string]string{}, half: n % 2} //nolint:gosec // made-up names need no secret
			out = append(out, f.fill(t, n+1))
		}
	}
	return out, nil
}

func (f *filler) fill(t string, n int) Passage {
	p := Passage{Template: n}
	var b strings.Builder
	at := 0
	for _, m := range slotPattern.FindAllStringIndex(t, -1) {
		b.WriteString(t[at:m[0]])
		at = m[1]
		slot := t[m[0]:m[1]]
		if strings.HasPrefix(slot, "{{") {
			term := strings.Trim(slot, "{}")
			p.Stay = append(p.Stay, text.Span{Start: b.Len(), End: b.Len() + len(term)})
			b.WriteString(term)
			continue
		}
		before, secret := f.value(strings.Trim(slot, "{}"))
		b.WriteString(before)
		if kind := strings.TrimRight(strings.SplitN(strings.Trim(slot, "{}"), ".", 2)[0], "0123456789"); kind != "condition" {
			p.Secret = append(p.Secret, text.Span{Start: b.Len(), End: b.Len() + len(secret)})
			p.Kinds = append(p.Kinds, kind)
		}
		b.WriteString(secret)
		if tail := f.tail; tail != "" {
			b.WriteString(tail)
			f.tail = ""
		}
	}
	b.WriteString(t[at:])
	p.Text = b.String()
	return p
}

// pick takes a filler from one half of a list: templates that are trained on
// and templates held out share no name.
func (f *filler) pick(list string) string {
	l := f.lists[list]
	if list == "age" || list == "money" || list == "date" {
		return l[f.rnd.IntN(len(l))]
	}
	return l[f.rnd.IntN(len(l)/2)*2+f.half]
}

func (f *filler) keep(key string, makeIt func() string) string {
	if _, ok := f.held[key]; !ok {
		f.held[key] = makeIt()
	}
	return f.held[key]
}

func (f *filler) surname() string {
	if f.rnd.IntN(10) == 0 {
		return f.pick("wordname")
	}
	return f.pick("surname")
}

// value fills a slot of a template, such as "person1.last". It returns the secret and
// the public words before it (a title, an article). Slots with the same number share
// their names.
func (f *filler) value(slot string) (before, secret string) {
	name, part, _ := strings.Cut(slot, ".")
	kind, n := strings.TrimRight(name, "0123456789"), strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz")
	first := func() string { return f.keep("first"+n, func() string { return f.pick("given") }) }
	last := func() string { return f.keep("last"+n, f.surname) }
	switch kind + "." + part {
	case "person.first":
		return "", first()
	case "person.last", "surname.":
		return "", last()
	}
	switch kind {
	case "person":
		return "", first() + " " + last()
	case "titled":
		title := f.keep("title"+n, func() string { return f.oneOf("Dr ", "Professor ", "Mrs ", "Mr ", "Dr. ") })
		full := f.keep("full"+n, func() string {
			if f.rnd.IntN(2) == 0 {
				return first() + " " + last()
			}
			return last()
		})
		if part == "last" {
			return title, last()
		}
		return title, full
	case "email":
		return "", strings.ToLower(ascii(first())) + "." + strings.ToLower(ascii(last())) + "@example.org"
	case "phone":
		return "", f.oneOf("07700 900123", "020 7946 0958", "+44 161 496 0000", "(0117) 496 0321", "01632 960 455")
	case "nhsno":
		return "", f.oneOf("999 123 4560", "9990271788", "999-000-0018")
	case "address":
		return "", fmt.Sprintf("%d %s %s, %s, %s", 1+f.rnd.IntN(98), f.oneOf("Larkrise", "Station", "Mill", "Ottoman", "Queen Adela"),
			f.oneOf("Road", "Street", "Lane", "Close"), f.pick("place"), f.oneOf("HU5 2QX", "LS1 4AP", "SW1A 2AA", "M13 9PL"))
	case "tag":
		return "", strings.ReplaceAll(ascii(f.pick("programme")), " ", "")
	case "condition":
		return "", f.oneOf("asthma", "epilepsy", "Crohn's disease", "heart failure")
	}
	return f.listed(name, kind)
}

func (f *filler) oneOf(values ...string) string { return values[f.rnd.IntN(len(values))] }

// listed is a name of the list of a kind, without what is public of it.
func (f *filler) listed(name, kind string) (before, secret string) {
	v := f.keep(name, func() string { return f.pick(kind) })
	if rest, tail, ok := strings.Cut(v, " programme"); ok && tail == "" {
		v, f.tail = rest, " programme"
	} else if rest, tail, ok := strings.Cut(v, " campaign"); ok && tail == "" {
		v, f.tail = rest, " campaign"
	}
	for _, article := range []string{"the ", "The "} {
		if rest, ok := strings.CutPrefix(v, article); ok {
			return article, rest
		}
	}
	return "", v
}

func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) && r < 0x7f || r == ' ' {
			return r
		}
		return -1
	}, text.Fold(s)+"")
}
