// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// passage is a generated account of patient engagement with what must be
// masked and what must stay. All names in it are made up.
type passage struct {
	text     string
	secret   []text.Span
	stay     []text.Span
	kinds    []string
	template int
}

var slotPattern = regexp.MustCompile(`\{\{[^}]+\}\}|\{[a-z]+[0-9]?(?:\.[a-z]+)?\}`)

type filler struct {
	lists map[string][]string
	rnd   *rand.Rand
	held  map[string]string
	half  int
	tail  string // a common noun after the name
}

func fillers(tb testing.TB) map[string][]string {
	tb.Helper()
	b, err := os.ReadFile("testdata/british/names.txt")
	require.NoError(tb, err)
	m := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		if line[0] == '#' {
			continue
		}
		k, v, ok := strings.Cut(strings.TrimSpace(line), ": ")
		require.True(tb, ok)
		if strings.Contains(v, "|") {
			m[k] = strings.Split(v, "|")
		} else {
			m[k] = strings.Fields(v)
		}
	}
	return m
}

// britishSet fills every template whose number is chosen, fills times.
func britishSet(tb testing.TB, fills int, chosen func(template int) bool) (out []passage) {
	tb.Helper()
	b, err := os.ReadFile("testdata/british/templates.txt")
	require.NoError(tb, err)
	body := strings.SplitN(string(b), "\n", 3)[2]
	lists := fillers(tb)
	for n, t := range strings.Split(body, "\n---\n") {
		if !chosen(n + 1) {
			continue
		}
		for k := range fills {
			f := filler{lists: lists, rnd: rand.New(rand.NewPCG(uint64(n), uint64(k))), held: map[string]string{}, half: n % 2}
			out = append(out, f.fill(t, n+1))
		}
	}
	return out
}

func (f *filler) fill(t string, n int) passage {
	p := passage{template: n}
	var b strings.Builder
	at := 0
	for _, m := range slotPattern.FindAllStringIndex(t, -1) {
		b.WriteString(t[at:m[0]])
		at = m[1]
		slot := t[m[0]:m[1]]
		if strings.HasPrefix(slot, "{{") {
			term := strings.Trim(slot, "{}")
			p.stay = append(p.stay, text.Span{Start: b.Len(), End: b.Len() + len(term)})
			b.WriteString(term)
			continue
		}
		before, secret := f.value(strings.Trim(slot, "{}"))
		b.WriteString(before)
		if kind := strings.TrimRight(strings.SplitN(strings.Trim(slot, "{}"), ".", 2)[0], "0123456789"); kind != "condition" {
			p.secret = append(p.secret, text.Span{Start: b.Len(), End: b.Len() + len(secret)})
			p.kinds = append(p.kinds, kind)
		}
		b.WriteString(secret)
		if tail := f.tail; tail != "" {
			b.WriteString(tail)
			f.tail = ""
		}
	}
	b.WriteString(t[at:])
	p.text = b.String()
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

// value is what stands before the secret (a title, an article), and the secret.
func (f *filler) value(slot string) (before, secret string) {
	name, part, _ := strings.Cut(slot, ".")
	kind, n := strings.TrimRight(name, "0123456789"), strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz")
	first := func() string { return f.keep("first"+n, func() string { return f.pick("given") }) }
	last := func() string { return f.keep("last"+n, f.surname) }
	switch kind {
	case "person":
		switch part {
		case "first":
			return "", first()
		case "last":
			return "", last()
		}
		return "", first() + " " + last()
	case "surname":
		return "", last()
	case "titled":
		title := f.keep("title"+n, func() string { return []string{"Dr ", "Professor ", "Mrs ", "Mr ", "Dr. "}[f.rnd.IntN(5)] })
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
		return "", []string{"07700 900123", "020 7946 0958", "+44 161 496 0000", "(0117) 496 0321", "01632 960 455"}[f.rnd.IntN(5)]
	case "nhsno":
		return "", []string{"999 123 4560", "9990271788", "999-000-0018"}[f.rnd.IntN(3)]
	case "address":
		return "", fmt.Sprintf("%d %s %s, %s, %s", 1+f.rnd.IntN(98), []string{"Larkrise", "Station", "Mill", "Ottoman", "Queen Adela"}[f.rnd.IntN(5)],
			[]string{"Road", "Street", "Lane", "Close"}[f.rnd.IntN(4)], f.pick("place"), []string{"HU5 2QX", "LS1 4AP", "SW1A 2AA", "M13 9PL"}[f.rnd.IntN(4)])
	case "tag":
		return "", strings.ReplaceAll(ascii(f.pick("programme")), " ", "")
	case "condition":
		return "", []string{"asthma", "epilepsy", "Crohn's disease", "heart failure"}[f.rnd.IntN(4)]
	}
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

type tally struct{ right, all int }

func (t tally) rate() float64 { return float64(t.right) / float64(max(t.all, 1)) }

// judge counts entities masked whole and public terms left readable.
func judge(tb testing.TB, ps []passage, strict bool, rs []Recognizer) (entities, terms tally, missed map[string]int, over tally) {
	tb.Helper()
	missed = map[string]int{}
	for _, p := range ps {
		d, err := NewDocument(p.text)
		require.NoError(tb, err)
		fs, err := Detect(tb.Context(), []*Document{d}, rs, Options{Strict: strict})
		require.NoError(tb, err)
		masked := make([]bool, len(p.text))
		for _, f := range fs[0] {
			for i := f.Start; i < f.End; i++ {
				masked[i] = true
			}
		}
		gold := make([]bool, len(p.text))
		for k, s := range p.secret {
			entities.all++
			ok := true
			for i := s.Start; i < s.End; i++ {
				gold[i] = true
				ok = ok && (masked[i] || !isWordByte(p.text[i]))
			}
			if ok {
				entities.right++
			} else {
				missed[p.kinds[k]]++
				if os.Getenv("SHAREDPRACTICE_SHOW") != "" {
					tb.Logf("template %d, %s: %s", p.template, p.kinds[k], p.text[max(0, s.Start-20):min(len(p.text), s.End+15)]) // made-up names
				}
			}
		}
		for _, s := range p.stay {
			terms.all++
			ok := true
			for i := s.Start; i < s.End; i++ {
				ok = ok && !masked[i]
			}
			if ok {
				terms.right++
			} else if os.Getenv("SHAREDPRACTICE_SHOW") != "" {
				tb.Logf("template %d, term masked: %s", p.template, p.text[s.Start:s.End])
			}
		}
		for _, k := range text.Tokens(p.text) {
			if k.Kind < text.Punct && masked[k.Start] {
				over.all++
				if gold[k.Start] {
					over.right++
				} else if os.Getenv("SHAREDPRACTICE_SHOW") == "over" {
					tb.Logf("over: %s", p.text[max(0, k.Start-15):min(len(p.text), k.End+15)])
				}
			}
		}
	}
	return entities, terms, missed, over
}

// TestBritishPassages holds the built-in recognisers to their figures on the
// templates that the tagger was not trained on.
func TestBritishPassages(t *testing.T) {
	ps := britishSet(t, 14, func(n int) bool { return n%2 == 0 })
	require.GreaterOrEqual(t, len(ps), 300)
	for _, row := range []struct {
		name          string
		strict        bool
		entity, terms float64
	}{
		{"balanced", false, 0.985, 0.95},
		{"strict", true, 0.998, 0.95},
	} {
		t.Run(row.name, func(t *testing.T) {
			entities, terms, missed, over := judge(t, ps, row.strict, builtin())
			t.Logf("%d passages: entity recall %.4f of %d, terms kept %.4f of %d, token precision %.3f, missed by kind %v", len(ps), entities.rate(), entities.all, terms.rate(), terms.all, over.rate(), missed)
			require.GreaterOrEqual(t, entities.rate(), row.entity)
			require.GreaterOrEqual(t, terms.rate(), row.terms)
		})
	}
}
