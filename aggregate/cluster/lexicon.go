// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/english"
	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// lexicon is every distinct word of the corpus, sorted, with its stem.
type lexicon struct {
	forms []string // sorted
	hash  []uint64 // of the form
	stem  []int32  // index into stems, or -1 for a word that carries no meaning
	stems []string // sorted
	root  []uint64 // hash of the stem
}

func newLexicon(forms []string) *lexicon {
	l := &lexicon{forms: forms, hash: make([]uint64, len(forms)), stem: make([]int32, len(forms))}
	stems := make([]string, len(forms))
	for i, f := range forms {
		l.hash[i] = numeric.HashWord(numeric.HashStart, f)
		stems[i] = stemOf(f)
	}
	l.stems = slices.Clone(stems)
	slices.Sort(l.stems)
	l.stems = slices.Compact(l.stems)
	if len(l.stems) > 0 && l.stems[0] == "" {
		l.stems = l.stems[1:]
	}
	l.root = make([]uint64, len(l.stems))
	for i, s := range l.stems {
		l.root[i] = numeric.HashWord(numeric.HashStart, s)
	}
	for i, s := range stems {
		l.stem[i] = -1
		if s != "" {
			j, _ := slices.BinarySearch(l.stems, s)
			l.stem[i] = int32(j)
		}
	}
	return l
}

// stemOf is the stem under which a folded word is counted, or "" for one that
// carries no meaning by itself: a stop word, a bare number, a single letter.
func stemOf(form string) string {
	if text.IsStopWord(form) || len(form) < 2 && form < "\x80" || isNumber(form) {
		return ""
	}
	return english.BritishStem(text.Stem(form))
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func (l *lexicon) carries(words []uint32) bool {
	for _, w := range words {
		if l.stem[w] >= 0 {
			return true
		}
	}
	return false
}
