// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/wording"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// voice is one text with the language it is written in.
type voice struct {
	runs   [][]token
	source string
	votes  map[string]float64
	cased  bool // begins with a capital and is not written in capitals throughout
}

// readBooks counts the phrases of groups of texts. A group speaks the language
// of most of its texts, and what others write is left out; words that name no
// topic in that language, and names of persons and places, are in no phrase.
func readBooks(groups [][]Item) []*phraseBook {
	voices := make([][]voice, len(groups))
	all := map[string]float64{}
	own := make([]map[string]float64, len(groups))
	for g, items := range groups {
		own[g] = map[string]float64{}
		in := map[string]float64{}
		for _, it := range items {
			v := hear(it)
			voices[g] = append(voices[g], v)
			for _, w := range v.words() {
				in[w]++
			}
		}
		for _, v := range voices[g] {
			// Each text has one vote, and the topic's words little of it.
			votes, sum := map[string]float64{}, 0.0
			for _, w := range v.words() {
				wording.Guess(votes, w, 1/math.Sqrt(in[w]))
			}
			codes := slices.Sorted(maps.Keys(votes))
			for _, c := range codes {
				sum += votes[c]
			}
			for _, c := range codes {
				own[g][c] += votes[c] / sum
				all[c] += votes[c] / sum
			}
		}
	}
	speech := make([]*wording.Language, len(groups))
	uses := usage{words: map[string]*use{}}
	for g := range groups {
		speech[g] = wording.Best(own[g])
		if own[g][speech[g].Code] < tellingVotes {
			speech[g] = wording.Best(all)
		}
		kept := voices[g][:0]
		for _, v := range voices[g] {
			if !v.foreign(speech[g]) {
				v.part(speech[g])
				kept = append(kept, v)
				uses.learn(v, speech[g])
			}
		}
		voices[g] = kept
	}
	books := make([]*phraseBook, len(groups))
	for g, lang := range speech {
		b := &phraseBook{phrases: map[string]*phrase{}, words: map[string]int{}}
		for _, v := range voices[g] {
			for _, run := range v.runs {
				uses.sort(run, lang)
			}
			b.read(v.runs, v.source)
		}
		books[g] = b
	}
	return books
}

// tellingVotes is under how many votes a group's own language is taken to be
// that of all.
const tellingVotes = 2

// words are the different words of the text.
func (v voice) words() (out []string) {
	for _, run := range v.runs {
		for _, t := range run {
			if !slices.Contains(out, t.folded) {
				out = append(out, t.folded)
			}
		}
	}
	return out
}

func hear(it Item) voice {
	v := voice{runs: runsOf(it.Text), source: it.Source, votes: map[string]float64{}}
	capitals, words := 0, 0
	for _, run := range v.runs {
		for _, t := range run {
			wording.Guess(v.votes, t.folded, 1)
			words++
			if isCapital(t.surface) {
				capitals++
			}
		}
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(it.Text, func(r rune) bool { return !unicode.IsLetter(r) }))
	v.cased = unicode.IsUpper(first) && (words < 3 || 3*capitals < 2*words)
	return v
}

// foreign reports whether the text is plainly of another language.
func (v voice) foreign(lang *wording.Language) bool {
	l := wording.Best(v.votes)
	return l != lang && v.votes[l.Code] >= 1 && v.votes[l.Code] >= 2*v.votes[lang.Code]
}

func isCapital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// part splits what an apostrophe joins: "l'attente" is two words.
func (v voice) part(lang *wording.Language) {
	for r, run := range v.runs {
		var out []token
		for i, t := range run {
			j := strings.IndexByte(t.surface, '\'')
			if j <= 0 || j+1 == len(t.surface) || !lang.Plays(wording.Elided, strings.ToLower(t.surface[:j])) {
				if out != nil {
					out = append(out, t)
				}
				continue
			}
			if out == nil {
				out = slices.Clone(run[:i])
			}
			rest := t.surface[j+1:]
			folded := text.Fold(rest)
			out = append(out, token{surface: t.surface[:j+1], folded: strings.ToLower(t.surface[:j])},
				token{surface: rest, folded: folded, stem: stemOf(folded)})
		}
		if out != nil {
			v.runs[r] = out
		}
	}
}

// use counts how the texts use a word: how often at all; with what initial,
// where neither is owed to its place; and beside what.
type use struct{ all, capital, small, title, article, lead, name, says int }

// usage tells names from words by how the texts at hand write them.
type usage struct {
	words        map[string]*use
	cased, texts int
}

// of is the use of a word that some text has.
func (u *usage) of(folded string) *use {
	w := strings.TrimSuffix(folded, "'s")
	if u.words[w] == nil {
		u.words[w] = &use{}
	}
	return u.words[w]
}

func (u *usage) learn(v voice, lang *wording.Language) {
	u.texts++
	if v.cased {
		u.cased++
	}
	for _, run := range v.runs {
		for i, t := range run {
			w := u.of(t.folded)
			w.all++
			capital := isCapital(t.surface)
			switch {
			case i == 0 && capital, !v.cased:
			case capital:
				w.capital++
			default:
				w.small++
			}
			var before token
			if i > 0 {
				before = run[i-1]
			}
			w.after(before, lang)
			if capital && isCapital(before.surface) && wording.Is(wording.Given, before.folded) {
				w.name++
			}
			if i+1 < len(run) && capital && lang.Plays(wording.Says, run[i+1].folded) && !lang.Plays(wording.Article, before.folded) {
				w.says++
			}
		}
	}
}

// after counts a use after another word.
func (n *use) after(before token, lang *wording.Language) {
	switch {
	case lang.Plays(wording.Title, before.folded):
		n.title++
	case lang.Plays(wording.Article, before.folded), strings.HasSuffix(before.surface, "'"):
		n.article++
	case lang.Plays(wording.Lead, before.folded):
		n.lead++
	}
}

// sort marks the words of a run: what names nothing has no stem, what names
// something only beside others is a part, and what is a name cuts the run.
func (u *usage) sort(run []token, lang *wording.Language) {
	for i := range run {
		t := &run[i]
		switch lang.Kind(strings.ToLower(t.surface), t.folded) {
		case wording.Aside:
			t.stem, t.cut = "", true
			continue
		case wording.Plain:
			t.stem = ""
			continue
		case wording.Part:
			t.part = true
		case wording.State:
			t.state = true
		default:
			t.part = u.onlySmall(t.folded, lang)
		}
		if first, _ := utf8.DecodeRuneInString(t.folded); unicode.IsDigit(first) && len(t.folded) <= 4 || !strings.ContainsFunc(t.folded, unicode.IsLetter) {
			t.stem = ""
			continue
		}
		if u.isName(t, lang) {
			t.stem, t.cut = "", true
			if i > 0 && lang.Plays(wording.Title, run[i-1].folded) {
				run[i-1].stem, run[i-1].cut = "", true
			}
		}
	}
}

// writesCapitals reports whether the texts tell names by their initials.
func (u *usage) writesCapitals() bool { return 2*u.cased > u.texts }

// onlySmall reports whether a German word is no noun, since those have capitals.
func (u *usage) onlySmall(w string, lang *wording.Language) bool {
	n := u.of(w)
	return lang.Code == "de" && n.small > n.capital && u.writesCapitals()
}

// isName reports whether a word is the name of a person or a place.
func (u *usage) isName(t *token, lang *wording.Language) bool {
	w := strings.TrimSuffix(t.folded, "'s")
	n := u.of(w)
	if lang.Plays(wording.Proper, w) {
		return false
	}
	if u.writesCapitals() && n.small <= n.capital {
		switch {
		case 4*n.title > n.all, 3*n.name >= n.all && n.name > 0, 4*n.says > n.all && n.capital > 0:
			return true
		case lang.Code != "en" && lang.Code != "de" && n.capital > 0 && n.small == 0 && t.surface != strings.ToUpper(t.surface):
			return true // in most languages only names have capitals
		}
	}
	for _, b := range lang.Bases(w) {
		if u.isPerson(b, n, lang) || u.isPlace(b, n, lang) {
			return true
		}
	}
	return false
}

// thing reports whether the texts use a word as they use nouns.
func (n *use) thing() bool { return 5*n.article > n.all }

// isPerson reports whether a word of the lists of persons is used as a name.
func (u *usage) isPerson(w string, n *use, lang *wording.Language) bool {
	common, given, word := wording.Is(wording.Common, w), wording.Is(wording.Given, w), wording.Is(wording.EnglishWord, w)
	switch {
	case !given && !common:
		return n.isSurname(w, lang)
	case !u.writesCapitals():
		return common && !(word && lang.Code == "en")
	case lang.Code == "en" && !word && common:
		return true
	case lang.Code == "en" && !common:
		return n.small < n.capital && 5*(n.article+n.lead) < n.all
	case lang.Code == "de":
		return 3*n.article < n.all && n.small <= n.capital
	}
	return n.small <= n.capital && !n.thing()
}

// isSurname reports whether a word of the list of surnames is used as one; in German all
// nouns have capitals.
func (n *use) isSurname(w string, lang *wording.Language) bool {
	return wording.Is(wording.Surname, w) && n.capital > n.small && lang.Code != "de" && !n.thing()
}

// isPlace reports whether a word of the list of places is used as a name.
func (u *usage) isPlace(w string, n *use, lang *wording.Language) bool {
	switch {
	case !wording.Is(wording.Place, w) || n.thing():
		return false
	case !u.writesCapitals():
		return 2*n.lead >= n.all
	case lang.Code == "de":
		return n.small <= n.capital
	case lang.Code == "en" && !wording.Is(wording.EnglishWord, w):
		return n.small <= n.capital || 3*n.lead >= n.all
	}
	return n.capital > n.small
}
