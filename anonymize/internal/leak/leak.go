// SPDX-License-Identifier: Apache-2.0

package leak

import (
	"cmp"
	"slices"
)

// Kind names a kind of leak.
type Kind string

// The kinds of leak.
const (
	Declared   Kind = "declared"   // a form of a secret
	Sound      Kind = "sound"      // a word that sounds like a secret
	Identifier Kind = "identifier" // the shape of an identifier
	Capital    Kind = "capital"    // a rare capitalised word of the original
	Verbatim   Kind = "verbatim"   // a run of words of a public source
)

// Leak is a place in one of the texts.
type Leak struct {
	Kind  Kind
	Text  int // index
	Place int // byte offset
}

// Input holds the secrets and texts that Check looks for.
type Input struct {
	Forms     *Forms
	Originals []string // what the texts were made from
	Others    []string // texts of other contributors: words used there are not rare
	Sources   []string // public texts about the contributor
	Allowed   []string // words and names that may stand
	Run       int      // words of the shortest verbatim run
}

// Check reads the texts and returns what it finds, by text, place and kind.
func Check(texts []string, in Input) []Leak {
	allowed := map[string]bool{}
	for _, a := range in.Allowed {
		for _, w := range wordsOf(a) {
			allowed[w] = true
		}
		allowed[squeeze(a)] = true
	}
	rare := rareWords(in, allowed)
	runs := runsOf(in.Sources, in.Run)
	var out []Leak
	for i, s := range texts {
		r := read(s)
		note := func(k Kind, places []int) {
			for _, p := range places {
				out = append(out, Leak{Kind: k, Text: i, Place: p})
			}
		}
		spelled, sounding := in.Forms.declared(r, allowed)
		note(Declared, spelled)
		note(Sound, sounding)
		note(Identifier, r.identifiers())
		note(Capital, rare.in(r))
		note(Verbatim, runs.in(r))
	}
	slices.SortFunc(out, func(a, b Leak) int {
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Kind, b.Kind))
	})
	return slices.Compact(out)
}

// rareSet holds the capitalised words of the originals that nothing shows to be ordinary.
type rareSet map[string]bool

// rareWords are words that the originals write with a capital inside a sentence,
// that neither they nor others ever write without one, and that no other uses.
func rareWords(in Input, allowed map[string]bool) rareSet {
	out := rareSet{}
	lower := map[string]bool{}
	for _, s := range in.Originals {
		for _, w := range read(s).words {
			switch {
			case !w.upper:
				lower[w.text], lower[singular(w.text)] = true, true
			case !w.begins && !allowed[w.text] && !plainCapitals()[w.text] && len(w.text) > 1:
				out[w.text] = true
			}
		}
	}
	if len(out) == 0 {
		return out
	}
	for _, s := range in.Others {
		for _, w := range read(s).words {
			lower[w.text], lower[singular(w.text)] = true, true
		}
	}
	for w := range out {
		if lower[w] || lower[singular(w)] {
			delete(out, w)
		}
	}
	return out
}

func (s rareSet) in(r *reading) []int {
	var out []int
	if len(s) == 0 {
		return nil
	}
	for _, w := range r.words {
		if w.upper && !w.begins && !w.label && s[w.text] {
			out = append(out, w.at)
		}
	}
	return out
}

// runSet holds the hashes of all runs of n words of the public sources.
type runSet struct {
	n    int
	seen map[uint64]bool
}

func runsOf(sources []string, n int) runSet {
	s := runSet{n: n, seen: map[uint64]bool{}}
	for _, text := range sources {
		s.each(read(text), func(_ int, h uint64) { s.seen[h] = true })
	}
	return s
}

// each visits every run of n words without a label in it.
func (s runSet) each(r *reading, visit func(first int, hash uint64)) {
	if s.n < 1 {
		return
	}
	hashes := make([]uint64, len(r.words))
	for i, w := range r.words {
		hashes[i] = hashOf(w.text)
	}
	broken := -1 // the last word inside a label
	for i := range r.words {
		if r.words[i].label {
			broken = i
		}
		first := i - s.n + 1
		if first < 0 || first <= broken {
			continue
		}
		h := uint64(offsetBasis)
		for _, x := range hashes[first : i+1] {
			h = (h ^ x) * prime
		}
		visit(first, h)
	}
}

// in returns where each stretch of shared runs begins.
func (s runSet) in(r *reading) []int {
	if len(s.seen) == 0 {
		return nil
	}
	var out []int
	last := -2
	s.each(r, func(first int, h uint64) {
		if !s.seen[h] {
			return
		}
		if first != last+1 {
			out = append(out, r.words[first].at)
		}
		last = first
	})
	return out
}

// FNV-1a, 64 bits.
const (
	offsetBasis = 14695981039346656037
	prime       = 1099511628211
)

func hashOf(s string) uint64 {
	h := uint64(offsetBasis)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}
