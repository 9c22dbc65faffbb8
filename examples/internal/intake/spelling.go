// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// A speller knows long words, and mends others in which one letter is wrong, missing, too
// many or at its neighbour's place, where only one word can have been meant.
type speller struct {
	words map[string]bool
	order []string            // the words in their order
	less  map[string][]string // words by what is left of them without one of their letters
}

// leastSpelled is how many letters a word has at least that is mended.
const leastSpelled = 6

func newSpeller(texts []string) *speller {
	s := &speller{words: map[string]bool{}, less: map[string][]string{}}
	for _, text := range texts {
		for _, w := range wordsOfPhrase(text) {
			if s.words[w] {
				continue
			}
			s.words[w] = true
			if utf8.RuneCountInString(w) >= leastSpelled {
				for _, short := range without1(w) {
					s.less[short] = append(s.less[short], w)
				}
			}
		}
	}
	s.order = slices.Sorted(maps.Keys(s.words))
	return s
}

// What is shortened has so many letters at least, and its word so many more; of so many
// words at most it may stand for one.
const (
	leastShort, leastCut = 3, 2
	mostLong             = 24
)

// long are the words that a word may be short for: those that begin so, "onc" and "paeds".
// What is itself a word of English is short for none.
func (s *speller) long(w string) (out []string) {
	if p, ok := strings.CutSuffix(w, "s"); ok && len(p) >= leastShort && !s.words[w] {
		w = p
	}
	if s.words[w] || utf8.RuneCountInString(w) < leastShort || strings.ContainsAny(w, "0123456789") || english(w) {
		return nil
	}
	at, _ := slices.BinarySearch(s.order, w)
	for ; at < len(s.order) && strings.HasPrefix(s.order[at], w); at++ {
		if len(s.order[at]) >= len(w)+leastCut {
			out = append(out, s.order[at])
		}
	}
	return out
}

// lengthened finds the one concept of a scheme that an answer with shortened words can name.
func lengthened(q *model.Question, written string) (found string, ok bool) {
	s := spellingsOf()[q.Scheme]
	w := wordsOfPhrase(written)
	initials := func(w string) bool {
		return len(w) > 2 && len(w) < 6 && strings.Trim(w, "IVX") != "" && strings.ToUpper(strings.TrimSuffix(w, "s")) == strings.TrimSuffix(w, "s")
	}
	if s == nil || len(w) == 0 || len(w) > 4 || denies(written) || slices.ContainsFunc(strings.Fields(written), initials) {
		return "", false
	}
	forms, short := []string{""}, false
	for i, x := range w {
		candidates := s.long(x)
		if x == "ph" && i+1 < len(w) && strings.Trim(w[i+1], "ivab1234") == "" {
			candidates = []string{"phase"}
		}
		if short = short || candidates != nil; candidates == nil {
			candidates = []string{x}
		}
		if len(forms)*len(candidates) > mostLong*mostLong || len(candidates) > mostLong {
			return "", false
		}
		var next []string
		for _, f := range forms {
			for _, c := range candidates {
				next = append(next, f+" "+c)
			}
		}
		forms = next
	}
	for _, form := range forms {
		id := cmp.Or(labels()[q.Scheme][key(form)], term(q.Scheme, form))
		if id == "" || !short {
			continue
		}
		if found != "" && found != id {
			return "", false
		}
		found = id
	}
	return found, found != ""
}

// without1 is what is left of a word without each of its letters but the first and last.
func without1(w string) []string {
	r := []rune(w)
	var out []string
	for i := 1; i < len(r)-1; i++ {
		if short := string(r[:i]) + string(r[i+1:]); !slices.Contains(out, short) {
			out = append(out, short)
		}
	}
	return out
}

// mend writes the word that was meant. A word of English is none that is misspelt.
func (s *speller) mend(w string) string {
	if s.words[w] || utf8.RuneCountInString(w) < leastSpelled || strings.ContainsAny(w, "0123456789") || english(w) {
		return w
	}
	var found []string
	consider := func(candidates ...string) {
		for _, c := range candidates {
			if s.words[c] && utf8.RuneCountInString(c) >= leastSpelled && slip(w, c) && !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
	}
	consider(s.less[w]...)
	for _, short := range without1(w) {
		consider(short)
		consider(s.less[short]...)
	}
	if of := slices.DeleteFunc(slices.Clone(found), func(c string) bool { return !english(c) }); len(of) == 1 {
		return of[0]
	}
	if len(found) != 1 {
		return w
	}
	return found[0]
}

// mendAll mends the words of a text; false where none was.
func (s *speller) mendAll(text string) (string, bool) {
	w, changed := wordsOfPhrase(text), false
	for i := range w {
		if m := s.mend(w[i]); m != w[i] {
			w[i], changed = m, true
		}
	}
	return strings.Join(w, " "), changed
}

// slip reports whether two words differ in one letter, or in the order of two neighbours.
// The last letter is an ending: another one is another form or another word.
func slip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if x[len(x)-1] != y[len(y)-1] {
		return false
	}
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return len(x) <= 1 && len(y) <= 1 || len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

// english reports whether a word is one of English.
func english(w string) bool {
	t := wordtable.Default()
	return t.EmbedWord(make([]float32, t.Dim()), w)
}

// spellings are the words of headings that are known.
var spellings = sync.OnceValue(func() *speller {
	var all []string
	for line := range strings.Lines(headsTSV) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); len(cells) == 3 && !strings.HasPrefix(line, "#") {
			all = append(all, strings.Split(cells[2], "|")...)
		}
	}
	for _, p := range phrases() {
		all = append(all, slices.Concat(p.parts...)...)
	}
	for _, words := range headerWords().classes {
		for w := range words {
			all = append(all, strings.TrimPrefix(w, stemmed))
		}
	}
	return newSpeller(all)
})

// spellingsOf are the words of the concepts of a scheme, and of what people call them.
var spellingsOf = sync.OnceValue(func() map[string]*speller {
	texts := map[string][]string{}
	for _, table := range []string{kindsTSV, groupsTSV, termsTSV} {
		for line := range strings.Lines(table) {
			id, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
			if scheme, _, _ := strings.Cut(id, ":"); ok && !strings.HasPrefix(line, "#") {
				texts[scheme] = append(texts[scheme], strings.Split(list, "|")...)
			}
		}
	}
	set := vocabulary.Default()
	for _, scheme := range set.Schemes() {
		for c := range scheme.Concepts() {
			for _, lang := range set.Languages() {
				for round := range 3 {
					texts[scheme.Prefix()] = append(texts[scheme.Prefix()], namesOf(c, lang, round)...)
				}
			}
		}
	}
	all := map[string]*speller{}
	for scheme, of := range texts {
		all[scheme] = newSpeller(of)
	}
	return all
})

// misspelt is what an answer says once the words of a scheme in it are mended.
func misspelt(scheme, written string) (string, bool) {
	s := spellingsOf()[scheme]
	if s == nil {
		return written, false
	}
	if right, ok := s.mendAll(written); ok {
		return right, true
	}
	return written, false
}
