// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// The lengths, in words, of the wordings that are looked for. Shorter ones say
// too little; of longer ones k independent contributors share none in practice.
const (
	shortestWording = 3
	longestWording  = 8
	mostWordings    = 3
)

// shared finds the wordings that enough contributors share: runs of words that
// begin and end with a content word and cross neither punctuation nor a place
// where something was taken out. They are told in lower case, as a capital may
// be one contributor's own.
func (b *build) shared(where ItemKey, says statementKey, mentions []mention, of set, wide bool) []Wording {
	by := map[string]set{}
	for _, m := range mentions {
		for _, phrase := range phrasesOf(m.text) {
			by[phrase] = append(by[phrase], m.record)
		}
	}
	var out []Wording
	for phrase, s := range by {
		slices.Sort(s) // mentions of a broader theme come theme by theme
		by[phrase] = slices.Compact(s)
		if s = b.all.supported(by[phrase]); s != nil {
			out = append(out, Wording{Text: phrase, Support: b.all.support(s, of)})
		}
	}
	slices.SortFunc(out, func(x, y Wording) int {
		return cmp.Or(
			cmp.Compare(strings.Count(y.Text, " "), strings.Count(x.Text, " ")),
			cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.Text, y.Text))
	})
	var kept []Wording
	for _, w := range out {
		if len(kept) < mostWordings && !slices.ContainsFunc(kept, func(k Wording) bool { return overlaps(k.Text, w.Text) }) {
			q := question{key: where.Wording(says.id(), w.Text), of: by[w.Text], unless: func(members set) bool { return b.gate.besideWords(w.Text, members) }}
			// Whoever uses a longer wording uses a shorter one in it, so that all of a
			// statement are held against one another.
			q = b.besideTopics(q, says, wide || b.holdsTopics(where), func(k statementKey) statementKey { return k.of("words", "") })
			if members := b.gate.admit(q); members != nil {
				w.Support = b.all.support(members, of) // those of whom no line tells may be left out
				kept = append(kept, w)
				b.gate.worded = append(b.gate.worded, worded{w.Text, members})
			}
		}
	}
	return kept
}

// worded is a wording that was let through, of whatever statement, and who uses it.
type worded struct {
	text    string
	members set
}

// besideWords reports whether a wording, told beside the same or a part of it in another
// statement, would show that too few use it in one of the two only.
func (g *gate) besideWords(text string, members set) bool {
	within := func(part, whole string) bool { return strings.Contains(" "+whole+" ", " "+part+" ") }
	differs := func(wide, narrow set) bool { return narrow.in(wide) && g.all.leavesTooFew(wide, narrow.has) }
	return slices.ContainsFunc(g.worded, func(w worded) bool {
		return (within(w.text, text) || within(text, w.text)) && (differs(members, w.members) || differs(w.members, members))
	})
}

// overlaps reports whether two phrases share more than half of the shorter's words.
func overlaps(a, b string) bool {
	words := strings.Fields(a)
	others := strings.Fields(b)
	n := 0
	for _, w := range others {
		if slices.Contains(words, w) {
			n++
		}
	}
	return 2*n > min(len(words), len(others))
}

// phrasesOf lists the distinct candidate wordings of one text.
func phrasesOf(s string) []string {
	seen := map[string]bool{}
	var out []string
	for _, run := range runs(s) {
		for from := range run {
			if text.IsStopWord(run[from]) {
				continue
			}
			for n := shortestWording; n <= longestWording && from+n <= len(run); n++ {
				words := run[from : from+n]
				if text.IsStopWord(words[n-1]) || contentWords(words) < 2 {
					continue
				}
				if phrase := strings.Join(words, " "); !seen[phrase] {
					seen[phrase] = true
					out = append(out, phrase)
				}
			}
		}
	}
	return out
}

func contentWords(words []string) int {
	n := 0
	for _, w := range words {
		if !text.IsStopWord(w) {
			n++
		}
	}
	return n
}

// runs splits a text into runs of folded words; punctuation, numbers and
// bracketed labels end a run.
func runs(s string) [][]string {
	var out [][]string
	var run []string
	flush := func() {
		if len(run) > 0 {
			out = append(out, run)
		}
		run = nil
	}
	depth := 0
	for _, t := range text.Tokens(s) {
		word := s[t.Start:t.End]
		switch {
		case word == "[":
			depth++
			flush()
		case word == "]":
			depth = max(0, depth-1)
			flush()
		case depth > 0:
		case t.Kind == text.Word && !strings.ContainsFunc(word, unicode.IsDigit):
			run = append(run, text.Fold(word))
		default:
			flush()
		}
	}
	flush()
	return out
}
