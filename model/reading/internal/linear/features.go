// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// Features of one piece of text: hashed names with equal weight, sorted and
// unique, and one dense vector of length one (or nothing).
type Features struct {
	Names []uint32
	Dense []float32
}

// hash is FNV-1a over the parts.
func hash(parts ...string) uint32 {
	h := uint32(2166136261)
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint32(p[i])) * 16777619
		}
		h = (h ^ 0x1f) * 16777619
	}
	return h &^ heavy
}

// heavy marks a name that weighs twice as much as others where all else weigh
// alike.
const heavy = 1 << 31

// Words are the features of what a text says: stems, pairs of them, beginnings
// of long words, and the mean of its words' vectors.
func Words(s string, table *wordtable.Table) Features {
	var f Features
	folded := text.Fold(s)
	tokens := text.Tokens(folded)
	sum := make([]float64, table.Dim())
	row := make([]float32, table.Dim())
	before, before2 := "^", ""
	for _, t := range tokens {
		word := folded[t.Start:t.End]
		switch t.Kind {
		case text.Word:
		case text.Number, text.Mixed:
			word = "#"
		default:
			continue
		}
		word = strings.TrimSuffix(word, "'s")
		stem := text.Stem(word)
		f.Names = append(f.Names, hash("w", stem), hash("b", before, stem))
		if before2 != "" && !(text.IsStopWord(before2) && text.IsStopWord(word)) {
			f.Names = append(f.Names, hash("s", before2, stem))
		}
		if len(word) > 6 {
			f.Names = append(f.Names, hash("p", word[:5]))
		}
		before2, before = before, stem
		if word == "#" || text.IsStopWord(word) || !table.EmbedWord(row, word) {
			continue
		}
		for i, x := range row {
			sum[i] += float64(x)
		}
	}
	slices.Sort(f.Names)
	f.Names = slices.Compact(f.Names)
	norm := 0.0
	for _, x := range sum {
		norm += float64(x * x)
	}
	if norm = math.Sqrt(norm); norm > 0 {
		f.Dense = make([]float32, len(sum))
		for i, x := range sum {
			f.Dense[i] = float32(x / norm)
		}
	}
	return f
}

// Place is the position of a sentence.
type Place struct {
	Index, Of int    // of the sentences
	Heading   string // the last heading or question above it, "" for none
	Before    string // the sentence before
	After     string // the sentence after
	Quoted    bool   // a quotation that was opened before goes on here
	Lead      string // the line that introduces the list in which it stands
}

// Role are the features that tell what a sentence is for.
func Role(s string, words Features, dim int, p Place) Features {
	f := Features{Names: slices.Clone(words.Names), Dense: denseRole(words.Dense, dim, s, p)}
	add := func(parts ...string) { f.Names = append(f.Names, hash(parts...)) }
	folded := text.Fold(s)
	tokens := strings.Fields(folded)
	narrow, broad := grammar(folded)
	for _, g := range slices.Concat(narrow, broad) {
		f.Names = append(f.Names, hash("grammar", g)|heavy)
	}
	for i, w := range tokens[:min(3, len(tokens))] {
		add("first", string(rune('0'+i)), w)
	}
	if len(tokens) > 0 {
		add("last", tokens[len(tokens)-1])
	}
	size := "long"
	for _, b := range []struct {
		n    int
		name string
	}{{3, "1"}, {6, "2"}, {10, "3"}, {18, "4"}, {30, "5"}} {
		if len(tokens) <= b.n {
			size = b.name
			break
		}
	}
	add("size", size)
	add("open", shape(s))
	if strings.ContainsAny(s, "“”\"‘") {
		add("quote mark")
		if strings.ContainsAny(s[:min(4, len(s))], "“\"‘'") {
			add("opens quote")
		}
	}
	if strings.ContainsFunc(s, unicode.IsDigit) {
		add("digit")
	}
	if strings.Contains(s, "%") || strings.Contains(s, "per cent") {
		add("per cent")
	}
	if strings.Contains(s, "@") || strings.Contains(s, "http") || strings.Contains(s, "www") {
		add("address")
	}
	if Heading(s) {
		add("heading")
	}
	end := s[len(s)-1:]
	if strings.ContainsAny(end, ".!?:") {
		add("end", end)
	} else {
		add("end", "none")
	}
	// Where in the account a sentence stands is left out: what is sent in is often
	// an excerpt.
	if p.Of > 0 {
		neighbour(add, "before", p.Before)
		neighbour(add, "after", p.After)
	}
	if p.Quoted {
		add("quoted")
	}
	if p.Lead != "" {
		add("listed")
		for w := range strings.FieldsSeq(text.Fold(p.Lead)) {
			add("lead", text.Stem(strings.Trim(w, ".,:?!")))
		}
	}
	if p.Heading != "" {
		for w := range strings.FieldsSeq(text.Fold(p.Heading)) {
			add("under", text.Stem(strings.Trim(w, ".,:?!")))
		}
	}
	voice(add, tokens)
	slices.Sort(f.Names)
	f.Names = slices.Compact(f.Names)
	return f
}

// neighbour adds how the sentence beside one looks.
func neighbour(add func(...string), where, s string) {
	if s == "" {
		add(where, "none")
		return
	}
	_, broad := grammar(text.Fold(s))
	for _, g := range broad {
		add(where, "grammar", g)
	}
	if Heading(s) {
		add(where, "heading")
	}
	if strings.ContainsAny(s[:min(4, len(s))], "“\"‘") {
		add(where, "quote")
	}
}

// voice adds tense, person and voice, as far as small words show them.
func voice(add func(...string), tokens []string) {
	was, will := "", ""
	for i, w := range tokens {
		switch w = strings.Trim(w, ".,;:()?!\"“”‘’"); w {
		case "i", "me", "my", "we", "us", "our", "you", "your", "they", "their", "he", "she":
			add("person", w)
		case "is", "are", "has", "have", "was", "were", "had", "be", "been":
			was = w
			add("verb", w)
		case "will", "would", "should", "must", "can", "could", "may", "might", "need":
			will = w
			add("modal", w)
		case "not", "no", "never", "nobody", "none", "without", "lack", "too", "only", "but", "however", "although":
			add("turn", w)
		default:
			if strings.HasSuffix(w, "ed") && len(w) > 4 {
				if i > 0 && was != "" && strings.Trim(tokens[i-1], ",") == was {
					add("passive", was, text.Stem(w))
					add("passive", was)
				} else {
					add("past")
				}
			}
			if strings.HasSuffix(w, "ing") && len(w) > 5 {
				add("going")
			}
		}
	}
	if was == "" && will == "" {
		add("verb", "none")
	}
}

// shape is how a text opens: capital, small letter, digit, mark.
func shape(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case s == "":
		return ""
	case unicode.IsUpper(r):
		return "A"
	case unicode.IsLower(r):
		return "a"
	case unicode.IsDigit(r):
		return "0"
	}
	return "-"
}

// Heading reports whether a line is a heading or a question that stands above
// what follows.
func Heading(s string) bool {
	if len(s) > 90 || strings.Count(s, " ") > 11 {
		return false
	}
	return !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "!") && !strings.ContainsAny(s[:min(3, len(s))], "“\"‘'•-–*·")
}
