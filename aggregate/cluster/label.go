// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"cmp"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/english"
	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// namer scores phrases of each group against the others.
type namer struct {
	books   []*phraseBook
	out     map[string]float64 // mean share of texts with a stem, over groups
	support int                // distinct sources a phrase must have
	style   Style
	stop    map[string]bool // keys never to be used
}

const (
	wordFloor     = 0.01 // share under which a word elsewhere makes no difference
	wordBase      = 1.5  // weight of a word for its frequency alone, beside its log ratio
	wordCost      = 0.3  // of each further word, in weights of the best word
	pairFloor     = 0.4  // worth of a second phrase, against the first
	ownFloor      = 0.25 // worth of a phrase of the group's own, against one that half of the groups share
	inDescription = 4
)

func newNamer(books []*phraseBook, support int, style Style, stopLabels []string) *namer {
	n := &namer{books: books, out: map[string]float64{}, support: support, style: style, stop: map[string]bool{}}
	for _, b := range books {
		for s, c := range b.words {
			n.out[s] += float64(c) / float64(max(1, b.texts))
		}
	}
	for _, s := range stopLabels {
		var key []string
		for _, run := range runsOf(s) {
			for _, t := range run {
				key = append(key, cmp.Or(t.stem, t.folded))
			}
		}
		n.stop[strings.Join(key, " ")] = true
	}
	return n
}

// weight rates a stem as a label of a group: the share of the group's texts that hold
// it, times the logarithm of how many times the mean share of the other groups that is.
// Never negative; higher is better.
func (n *namer) weight(group int, stem string) float64 {
	b := n.books[group]
	in := b.share(stem)
	others := float64(max(1, len(n.books)-1))
	out := (n.out[stem] - in) / others
	return in * max(0, numeric.Ln((in+wordFloor)/(out+wordFloor))+wordBase)
}

type candidate struct {
	p     *phrase
	value float64
	words []string
}

// candidates are the group's phrases with their worth, the best first.
func (n *namer) candidates(group int) []candidate {
	b := n.books[group]
	least := max(min(2, b.texts), int(math.Ceil(0.02*float64(b.texts))))
	if b.texts > 4 {
		least = max(least, 2)
	}
	var out []candidate
	for _, k := range slices.Sorted(maps.Keys(b.phrases)) {
		p := b.phrases[k]
		if p.docs < least || len(p.sources) < n.support || !p.topic() && !p.state() || n.stop[k] || text.IsStopWord(k) || b.halved(p) {
			continue
		}
		rarest := b.texts
		var sum, top float64
		for _, s := range p.stems {
			w := n.weight(group, s)
			sum += w
			top = max(top, w)
			rarest = min(rarest, b.words[s])
		}
		tied := float64(p.docs) / float64(max(1, rarest))
		v := (sum - wordCost*top*float64(len(p.stems)-1)) * math.Sqrt(math.Sqrt(tied))
		out = append(out, candidate{p, v * n.shape(p), p.stems})
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.value, a.value) })
	return out[:min(len(out), 60)]
}

// halved reports whether a word is mostly one half of a verb with a particle.
func (b *phraseBook) halved(p *phrase) bool {
	for _, particle := range [...]string{" up", " out", " off", " down"} {
		if whole := b.phrases[p.key+particle]; whole != nil && 2*whole.docs >= p.docs {
			return true
		}
	}
	return false
}

// shape prefers phrases of the grammatical shape asked for.
func (n *namer) shape(p *phrase) float64 {
	first, _, _ := strings.Cut(strings.ToLower(p.surface()), " ")
	verb, ing := english.IsVerb(first), english.Plain(first) != ""
	switch n.style {
	case Challenge:
		if ing || verb && len(p.stems) > 1 {
			return 1.1
		}
	case Objective:
		if (ing || verb) && len(p.stems) > 1 {
			return 1.5
		}
	}
	return 1
}

// wording is a phrase as a label has it: without possessives, and with its
// verb in the form that the style asks for.
func (n *namer) wording(p *phrase, first bool) string {
	ws := strings.Fields(p.surface())
	kept := ws[:0:0]
	for _, w := range ws {
		if strings.Contains(" my our your their his her ", " "+strings.ToLower(w)+" ") {
			continue
		}
		kept = append(kept, w)
	}
	if w := strings.ToLower(kept[0]); len(kept) > 1 && first {
		switch {
		case n.style == Challenge && english.IsVerb(w):
			kept[0] = english.Gerund(w)
		case n.style == Objective && english.Plain(w) != "":
			kept[0] = english.Plain(w)
		}
	}
	return strings.Join(kept, " ")
}

// name is a finished label with the stems in it.
type name struct {
	label, description string
	stems              []string
}

// label is the phrase, or the two phrases, that say most about the group; ""
// where no phrase has the support.
func (n *namer) label(group int) (string, []string) {
	c := n.candidates(group)
	first := slices.IndexFunc(c, func(c candidate) bool { return c.p.topic() })
	if first < 0 {
		return "", nil
	}
	c[0], c[first] = c[first], c[0]
	if own := slices.IndexFunc(c, func(c candidate) bool { return c.p.topic() && !n.everywhere(group, c.p) }); own > 0 && c[own].value >= ownFloor*c[0].value {
		c = c[own:]
	}
	parts, stems := []string{n.wording(c[0].p, true)}, slices.Clone(c[0].p.stems)
	if len(stems) < 3 {
		best, worth := -1, 0.0
		for i, s := range c[1:] {
			if len(s.p.stems)+len(stems) <= 4 && !shares(s.p.stems, stems) && s.value >= pairFloor*c[0].value {
				if v := s.value * math.Sqrt(float64(1+more(s.p.in, c[0].p.in))); v > worth {
					best, worth = i+1, v
				}
			}
		}
		if best > 0 {
			parts, stems = append(parts, n.wording(c[best].p, false)), append(stems, c[best].p.stems...)
		}
	}
	return strings.Join(parts, ", "), stems
}

// more is how many texts hold one phrase and not the other.
func more(one, other []uint64) (n int) {
	for i, w := range one {
		if i < len(other) {
			w &^= other[i]
		}
		n += bits.OnesCount64(w)
	}
	return n
}

// everywhere reports whether half of the groups say the phrase's words hardly
// less often than this one.
func (n *namer) everywhere(group int, p *phrase) bool {
	if len(n.books) < 4 {
		return false
	}
	for _, s := range p.stems {
		own, many := n.books[group].share(s), 0
		for _, b := range n.books {
			if 2*b.share(s) > own {
				many++
			}
		}
		if 2*many < len(n.books) {
			return false
		}
	}
	return true
}

// describe is a line of the phrases that say most, each with other words.
func (n *namer) describe(group int) string {
	var parts, stems []string
	for _, c := range n.candidates(group) {
		if len(parts) < inDescription && !shares(c.p.stems, stems) {
			parts, stems = append(parts, n.wording(c.p, false)), append(stems, c.p.stems...)
		}
	}
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return "Speaks of " + parts[0] + "."
	}
	return "Speaks of " + strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1] + "."
}

// names labels every group, so that no two labels consist of the same words; fixed labels (of
// seeds) are taken first. A group without a phrase of its own gets "".
func (n *namer) names(fixed []string) []name {
	out := make([]name, len(n.books))
	taken := map[string]bool{}
	for g, l := range fixed {
		if l != "" {
			out[g] = name{label: l, description: n.describe(g)}
			taken[labelKey(stemsOf(l))] = true
		}
	}
	for g := range n.books {
		if out[g].label != "" {
			continue
		}
		l, stems := n.label(g)
		out[g].description = n.describe(g)
		if l == "" {
			continue
		}
		if taken[labelKey(stems)] {
			l, stems = n.tellApart(g, l, stems, taken)
		}
		taken[labelKey(stems)] = true
		out[g].label, out[g].stems = capital(l), stems
	}
	return out
}

// tellApart adds to a label the best phrase that makes it unlike those taken;
// where there is none the label is given up.
func (n *namer) tellApart(g int, l string, stems []string, taken map[string]bool) (string, []string) {
	for _, c := range n.candidates(g) {
		if more := append(slices.Clone(stems), c.p.stems...); !shares(c.p.stems, stems) && !taken[labelKey(more)] {
			return l + ", " + n.wording(c.p, false), more
		}
	}
	return "", nil
}

func labelKey(stems []string) string {
	s := slices.Clone(stems)
	slices.Sort(s)
	return strings.Join(slices.Compact(s), " ")
}

func stemsOf(s string) (out []string) {
	for _, run := range runsOf(s) {
		for _, t := range run {
			if t.stem != "" {
				out = append(out, t.stem)
			}
		}
	}
	return out
}

func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 || len(r) > 1 && unicode.IsUpper(r[1]) {
		return s
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// shares reports whether two phrases have a stem in common, or one stem that
// continues another (top, topup).
func shares(a, b []string) bool {
	for _, s := range a {
		for _, t := range b {
			if s == t || len(s) > 2 && strings.HasPrefix(t, s) || len(t) > 2 && strings.HasPrefix(s, t) {
				return true
			}
		}
	}
	return false
}
