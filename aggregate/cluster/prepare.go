// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// doc is one distinct text: all items whose words are the same, in order.
type doc struct {
	words []uint32 // indexes into lexicon.forms
	items []int32  // indexes into the caller's items, in canonical order
	hash  uint64
	raw   string // the first item's text
}

// corpus is the items in canonical order with exact duplicates folded. Nothing
// in it depends on the order in which the items came.
type corpus struct {
	lex  *lexicon
	docs []doc
	// silent are the items without a word that carries meaning.
	silent []int32
}

// joined are the prefixes that make one word with what follows the hyphen:
// co-design is codesign, and re-consent is reconsent.
const joined = " co re pre non anti de un e multi inter sub "

// words appends the folded words of s to dst: letters and digits only, an
// ending 's dropped, hyphenated prefixes joined.
func words(dst []string, tokens []text.Token, s string) ([]string, []text.Token) {
	s = text.Fold(s)
	tokens = text.AppendTokens(tokens[:0], s)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.Kind == text.Punct || t.Kind == text.Symbol {
			continue
		}
		w := s[t.Start:t.End]
		if t.Kind == text.Word && i+2 < len(tokens) && len(w) <= 5 && s[t.End] == '-' &&
			tokens[i+2].Kind == text.Word && tokens[i+2].Start == t.End+1 && strings.Contains(joined, " "+w+" ") {
			w += s[tokens[i+2].Start:tokens[i+2].End]
			i += 2
		}
		w = strings.TrimSuffix(w, "'s")
		if len(w) > maxWord {
			w = w[:maxWord]
		}
		if w != "" {
			dst = append(dst, w)
		}
	}
	return dst, tokens
}

// maxWord bounds a word in bytes: longer runs are no words but data.
const maxWord = 64

// maxWords bounds the words of one text that are looked at.
const maxWords = 400

type wordTable struct {
	index map[string]uint32
	forms []string
}

func (t *wordTable) id(w string) uint32 {
	if id, ok := t.index[w]; ok {
		return id
	}
	id := uint32(len(t.forms))
	w = strings.Clone(w)
	t.index[w], t.forms = id, append(t.forms, w)
	return id
}

// readItems tokenises the items, folds duplicates and orders what remains by a
// hash of the words, then by the words: an order that is the same for the same
// texts, and whose beginning is a fair sample.
func readItems(items []Item, synonyms map[string]string, workers int) *corpus {
	const chunk = 16384
	chunks := (len(items) + chunk - 1) / chunk
	tables, runs, ends := make([]wordTable, chunks), make([][]uint32, chunks), make([][]uint32, chunks)
	numeric.EachChunk(len(items), chunk, workers, func(c, from, to int) {
		t := wordTable{index: map[string]uint32{}}
		var ws []string
		var tokens []text.Token
		run, end := make([]uint32, 0, 10*(to-from)), make([]uint32, 0, to-from)
		for _, it := range items[from:to] {
			ws, tokens = words(ws[:0], tokens, it.Text)
			for _, w := range ws[:min(len(ws), maxWords)] {
				if s, ok := synonyms[w]; ok {
					w = s
				}
				run = append(run, t.id(w))
			}
			end = append(end, uint32(len(run)))
		}
		tables[c], runs[c], ends[c] = t, run, end
	})
	var forms []string
	for _, t := range tables {
		forms = append(forms, t.forms...)
	}
	slices.Sort(forms)
	forms = slices.Compact(forms)
	lex := newLexicon(forms)
	docs := make([]doc, len(items))
	numeric.EachChunk(len(items), chunk, workers, func(c, from, to int) {
		remap := make([]uint32, len(tables[c].forms))
		for i, w := range tables[c].forms {
			g, _ := slices.BinarySearch(forms, w)
			remap[i] = uint32(g)
		}
		run, start := runs[c], uint32(0)
		for i, id := range run {
			run[i] = remap[id]
		}
		for i, end := range ends[c] {
			d := doc{words: run[start:end:end], hash: numeric.HashStart}
			for _, w := range d.words {
				d.hash = (d.hash ^ lex.hash[w]) * numeric.HashStep
			}
			d.hash = numeric.Mix(d.hash)
			d.items = []int32{int32(from + i)}
			docs[from+i], start = d, end
		}
	})
	return foldDuplicates(items, lex, docs)
}

func foldDuplicates(items []Item, lex *lexicon, docs []doc) *corpus {
	slices.SortFunc(docs, func(a, b doc) int {
		if c := cmp.Compare(a.hash, b.hash); c != 0 {
			return c
		}
		if c := slices.Compare(a.words, b.words); c != 0 {
			return c
		}
		x, y := items[a.items[0]], items[b.items[0]]
		return cmp.Or(strings.Compare(x.Text, y.Text), strings.Compare(x.ID, y.ID))
	})
	c := &corpus{lex: lex}
	kept := docs[:0]
	for _, d := range docs {
		if !lex.carries(d.words) {
			c.silent = append(c.silent, d.items...)
			continue
		}
		if n := len(kept); n > 0 && kept[n-1].hash == d.hash && slices.Equal(kept[n-1].words, d.words) {
			kept[n-1].items = append(kept[n-1].items, d.items...)
			continue
		}
		kept = append(kept, d)
	}
	c.docs = kept
	return c
}
