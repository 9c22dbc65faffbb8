// SPDX-License-Identifier: Apache-2.0

package guidance

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// Traced is one sentence of a guide, and the published items that it says
// something of.
type Traced struct {
	At     string  `json:"at"` // its place, such as steps.2.1
	Text   string  `json:"text"`
	Source Source  `json:"source"`
	Items  []Claim `json:"items,omitempty"` // with Statement, the key, and Support
	// Loose are numbers that the sentence prints and no item gives, and the keys that
	// the collection does not have: there are none in a guide that Build made.
	Loose []string `json:"loose,omitempty"`
}

// Trace follows every sentence of a guide to what the collection publishes. It is
// other code than that which wrote the guide: it reads the printed text, and tells
// which of its numbers nothing published bears out. In documents other than guides
// and briefs, sentences that say what the document is have numbers of their own.
func Trace(g *Guide, c *aggregate.Collection) []Traced {
	t := tracer{c: c, known: supports(cmp.Or(g.Front.Topic, g.Front.ID), c), voc: vocabulary.Default(), lang: g.Front.Locale}
	t.guide = slices.Contains([]string{KindHowTo, KindMethod, KindBrief, kindEvidence}, g.Front.Kind)
	t.catalog, _ = words.OpenCatalog(g.Front.Locale, nil)
	if g.Front.Kind == KindHowTo {
		t.sentence("front", g.Front.Lead, Claim{Source: Frame, Rests: []Claim{t.own("topic")}})
	}
	for _, s := range g.Sections {
		for j, b := range s.Blocks {
			t.block(fmt.Sprintf("%s.%d", s.ID, j+1), b)
		}
	}
	return t.out
}

type tracer struct {
	c     *aggregate.Collection
	known map[string][]aggregate.Support
	voc   *vocabulary.Set
	lang  string
	// catalog is nil where the guide's language has none.
	catalog *words.Catalog
	guide   bool // on a topic or a method, or a brief
	byName  map[string]*vocabulary.Concept
	out     []Traced
}

func (t *tracer) say(key string, n int) string {
	if t.catalog == nil {
		return key
	}
	return t.catalog.Say(key, words.Values{"n": n})
}

// counted are the concepts that a key names: a band, a method, people of a kind.
func (t *tracer) counted(key string) []*vocabulary.Concept {
	if t.byName == nil {
		t.byName = map[string]*vocabulary.Concept{}
		for _, scheme := range t.voc.Schemes() {
			for c := range scheme.Concepts() {
				t.byName[c.ID()], t.byName[fileName(model.Code(c.ID()))] = c, c
			}
		}
	}
	var out []*vocabulary.Concept
	for part := range strings.SplitSeq(key, "/") {
		for _, name := range []string{part, part[strings.LastIndexByte(part, '.')+1:], strings.TrimPrefix(part, nearBy)} {
			if c := t.byName[name]; c != nil && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// own is an item of the collection as a claim.
func (t *tracer) own(key string) Claim {
	c := Claim{Source: Derived, Statement: key}
	if all := t.known[key]; len(all) > 0 {
		c.Support = &all[0]
	}
	return c
}

func (t *tracer) block(at string, b Block) {
	t.claims(at, b.Claims)
	for n, s := range b.Steps {
		here := fmt.Sprintf("%s.%d", at, n+1)
		t.sentence(here, s.Text+" "+s.Seen, s.Claim)
		if s.Fork != "" {
			t.sentence(here+".fork", s.Fork, Claim{Source: Frame, Rests: s.Rests})
		}
		if meta := s.Meta(); len(meta) > 0 {
			in := Claim{Source: s.Source}
			if s.Source == Derived {
				in.Source = Frame
				for _, r := range s.Rests {
					in.Rests = append(append(in.Rests, r), r.Rests...)
				}
			}
			t.sentence(here+".meta", strings.Join(meta, "; "), in)
		}
		t.claims(here, s.Details)
	}
	if b.Table != nil && len(b.Table.Claims) == len(b.Table.Rows) {
		for i, row := range b.Table.Rows {
			t.sentence(fmt.Sprintf("%s.%d", at, i+1), strings.Join(row, ": "), b.Table.Claims[i])
		}
	}
	if b.Figure != nil && len(b.Figure.Claims) > 0 {
		t.sentence(at, b.Figure.Caption+" "+b.Figure.Alt, Claim{Source: Frame, Rests: b.Figure.Claims})
	}
}

func (t *tracer) claims(at string, claims []Claim) {
	for i, c := range claims {
		here := fmt.Sprintf("%s.%d", at, i+1)
		t.sentence(here, strings.TrimSpace(c.Text+" "+c.Seen), c)
		t.claims(here, c.Details)
	}
}

// sentence notes what a text rests on. What is general knowledge, a question or a
// person's own rests on nothing, and its numbers are its own.
func (t *tracer) sentence(at, text string, c Claim) {
	out := Traced{At: at, Text: text, Source: c.Source}
	spoken := text
	given := map[string]bool{}
	if c.Source == Frame {
		given[strconv.Itoa(t.c.K)] = true // the threshold itself
	}
	for _, x := range append([]Claim{c}, c.Rests...) {
		if x.Source != Derived {
			continue
		}
		if x.Support == nil || !slices.Contains(t.known[x.Statement], *x.Support) {
			out.Loose = append(out.Loose, x.Statement)
			continue
		}
		out.Items = append(out.Items, Claim{Source: Derived, Statement: x.Statement, Support: x.Support})
		for _, n := range toldBy(*x.Support) {
			given[strconv.Itoa(n)] = true
		}
		// A bound is told as one.
		for _, key := range []string{"n-of.almost-all", "lead.bound"} {
			bound := t.say(key, x.Support.Examples)
			spoken = strings.ReplaceAll(strings.ReplaceAll(spoken, bound, ""), words.UpperFirst(bound), "")
		}
		spoken = t.withoutNames(spoken, x)
	}
	if c.Source == Derived && c.Rung != ownWords && c.Rung != sharedWords || c.Source == Frame && t.guide {
		for _, n := range numbers(spoken) {
			if !given[n] {
				out.Loose = append(out.Loose, n)
			}
		}
	}
	t.out = append(t.out, out)
}

// toldBy are the numbers that a sentence may tell of a support: of a bound, only of how many.
func toldBy(s aggregate.Support) []int {
	if s.AlmostAll {
		return []int{s.Of}
	}
	return []int{s.Of, s.Examples, s.Contributors, s.Kinds}
}

// withoutNames takes out of a text how the vocabulary names what an item counts:
// a band is called "1 to 4 hours".
func (t *tracer) withoutNames(text string, x Claim) string {
	for _, concept := range t.counted(x.Statement) {
		names := []string{concept.PrefLabel(t.lang)}
		for _, f := range []vocabulary.Form{vocabulary.FormStep, vocabulary.FormNoun, vocabulary.FormMany, vocabulary.FormVerb, vocabulary.FormWhen} {
			all, _ := concept.SayAll(f, t.lang)
			names = append(names, all...)
		}
		for _, name := range names {
			if at := strings.Index(strings.ToLower(text), strings.ToLower(name)); at >= 0 && at+len(name) <= len(text) {
				text = text[:at] + text[at+len(name):]
			}
		}
	}
	return text
}

// numbers are the numbers that a text writes in digits, without the marks between
// thousands.
func numbers(text string) []string {
	var out []string
	fields := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsDigit(r) && r != ',' && r != '.' && r != '\u00a0' && r != '\u202f'
	})
	for _, f := range fields {
		if n := strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return r
			}
			return -1
		}, f); n != "" {
			out = append(out, n)
		}
	}
	return out
}
