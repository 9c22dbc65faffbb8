// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// Rules of k-anonymous wording.
const (
	wordingPhrase = "phrase"    // five or more words in a row
	wordingNumber = "number"    // a figure
	wordingName   = "name"      // a capital within a sentence or a word, or letters with digits
	wordingRare   = "rare-word" // a word that is not everyday language
)

// phraseWords is the length from which a run of words counts as somebody's.
const phraseWords = 5

// WordingConfig holds the arguments of NewWording. The zero value asks for 5 holdings
// and takes no word for everyday language but those of the grammar.
type WordingConfig struct {
	K int // 0 means 5
	// Public are texts that anybody may write: labels of vocabularies,
	// templates, names of public bodies. Their phrases, numbers and words pass.
	Public []string
	// Everyday reports whether a word, folded and as inflected, is everyday
	// language. Nil means that none is.
	Everyday func(word string) bool
	// Texts, if not nil, are all that will be checked, and Check of any other
	// text is an error. Only what occurs in them is kept of the sources: memory
	// then grows with what is published, not with what was collected.
	Texts []string
}

// SourceText is a text of one record, with the record's holdings.
type SourceText struct {
	Text     string
	Holdings []string
}

// WordingFault is a place of a published text that fewer than k holdings
// wrote, and at least one. It does not hold the text.
type WordingFault struct {
	text.Span        // bytes of the text checked
	Rule      string // Wording...
	Holdings  int    // how many independent holdings wrote it, 1 to k-1
}

// Wording checks that what is published could have been written by any of k
// contributors: k-anonymity on text. A phrase of five words or more, a number,
// a name or a rare word that occurs in any contributor's text must occur in
// those of k independent holdings, or in public wording. What no contributor
// wrote gives nobody away and passes. Words are compared folded, rare words by
// stem, across punctuation but not across sentences. Phrases are compared at
// the lengths 5 to 8, 10, 12, 16 and 24, so time and memory are linear in the
// texts. Immutable; safe for concurrent use.
type Wording struct {
	k        int
	everyday func(string) bool
	holdings map[string]int32
	words    map[string]int32
	pairs    map[[3]int32]int32      // (length, first half, second half) -> gram
	wrote    map[writtenKey]*writers // of tokens
	phrase   []writers               // of phrases, by gram
	public   map[writtenKey]bool
	texts    map[string]bool // all that will be checked; nil where that is open
}

// writtenKey is a phrase (gram) or a token (folded text) under its rule.
type writtenKey struct {
	rule string
	gram int32
	word string
}

// writers are those who wrote something: the holdings of each source, few.
type writers struct {
	sets [][]int32
	last int // source seen last
}

// writersOf returns the holdings that wrote a text, nil if none did.
func (w *Wording) writersOf(k writtenKey) *writers {
	if k.gram == 0 {
		return w.wrote[k]
	}
	if int(k.gram) >= len(w.phrase) || w.phrase[k.gram].sets == nil {
		return nil
	}
	return &w.phrase[k.gram]
}

func (w *Wording) addWriters(k writtenKey) *writers {
	if k.gram == 0 {
		x := &writers{last: -1}
		w.wrote[k] = x
		return x
	}
	for int(k.gram) >= len(w.phrase) {
		w.phrase = append(w.phrase, writers{last: -1})
	}
	return &w.phrase[k.gram]
}

// maxWriters bounds what is kept of one phrase; beyond it the count is a lower
// bound, which only makes the check stricter.
const maxWriters = 256

// NewWording indexes the sources and the public wording. A source without a
// holding is an error, invalid UTF-8 is read with replacement characters.
func NewWording(sources []SourceText, cfg WordingConfig) (*Wording, error) {
	w := &Wording{
		k: cfg.K, everyday: cfg.Everyday, holdings: map[string]int32{}, words: map[string]int32{},
		pairs: map[[3]int32]int32{}, wrote: map[writtenKey]*writers{}, public: map[writtenKey]bool{},
	}
	switch {
	case w.k == 0:
		w.k = 5
	case w.k < 0:
		return nil, fmt.Errorf("%w: k must not be negative", ErrInput)
	}
	if w.everyday == nil {
		w.everyday = func(string) bool { return false }
	}
	if cfg.Texts != nil {
		if err := w.expect(cfg.Texts); err != nil {
			return nil, err
		}
	}
	as := reading
	if w.texts == nil {
		as |= learning
	}
	for i, s := range sources {
		if len(s.Holdings) == 0 || slices.Contains(s.Holdings, "") {
			return nil, fmt.Errorf("%w: source %d has no holding", ErrInput, i)
		}
		if err := w.learn(i, s, as); err != nil {
			return nil, err
		}
	}
	for _, p := range cfg.Public {
		if err := w.scan(p, as, func(k writtenKey, _ text.Span) { w.public[k] = true }); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// expect notes the texts that will be checked, and their words: of no others it is kept
// whose they are.
func (w *Wording) expect(texts []string) error {
	w.texts = make(map[string]bool, len(texts))
	for _, s := range texts {
		w.texts[s] = true
		if err := w.scan(s, learning|reading, func(k writtenKey, _ text.Span) {
			if k.gram == 0 && w.wrote[k] == nil {
				w.addWriters(k)
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

// learn notes whose the words and phrases of the ith source are.
func (w *Wording) learn(i int, s SourceText, as scanning) error {
	var own []int32
	for _, h := range s.Holdings {
		if _, ok := w.holdings[h]; !ok {
			w.holdings[h] = int32(len(w.holdings))
		}
		own = append(own, w.holdings[h])
	}
	slices.Sort(own)
	own = slices.Compact(own)
	return w.scan(s.Text, as, func(k writtenKey, _ text.Span) {
		x := w.writersOf(k)
		if x == nil {
			if w.texts != nil && k.gram == 0 {
				return // no text has it
			}
			x = w.addWriters(k)
		}
		if x.last != i && len(x.sets) < maxWriters {
			x.last = i
			if !slices.ContainsFunc(x.sets, func(o []int32) bool { return slices.Equal(o, own) }) {
				x.sets = append(x.sets, own)
			}
		}
	})
}

// Check returns the places of a text that too few holdings wrote, in order of
// their beginning, each rule's overlapping places joined. Numbers that the
// publisher computed itself ("7 of 12") are named in computed, written as in
// the text.
func (w *Wording) Check(published string, computed ...string) ([]WordingFault, error) {
	if w.texts != nil && !w.texts[published] {
		return nil, fmt.Errorf("%w: the text is none of those to be checked", ErrInput)
	}
	own := map[string]bool{}
	for _, c := range computed {
		own[text.Fold(strings.ReplaceAll(c, ",", ""))] = true
	}
	var out []WordingFault
	err := w.scan(published, 0, func(k writtenKey, at text.Span) {
		x := w.writersOf(k)
		if x == nil || len(x.sets) == 0 || w.public[k] || k.rule == wordingNumber && own[k.word] {
			return
		}
		if n := anonymize.Independent(x.sets); n < w.k {
			out = append(out, WordingFault{at, k.rule, n})
		}
	})
	if err != nil {
		return nil, err
	}
	return joinedFaults(out), nil
}

// joinedFaults are faults in order of their beginning, each rule's overlapping places
// joined.
func joinedFaults(out []WordingFault) []WordingFault {
	slices.SortStableFunc(out, func(a, b WordingFault) int {
		if a.Rule != b.Rule {
			return strings.Compare(a.Rule, b.Rule)
		}
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	joined := out[:0]
	for _, f := range out {
		if n := len(joined); n > 0 && joined[n-1].Rule == f.Rule && joined[n-1].End > f.Start {
			joined[n-1].End = max(joined[n-1].End, f.End)
			joined[n-1].Holdings = min(joined[n-1].Holdings, f.Holdings)
			continue
		}
		joined = append(joined, f)
	}
	slices.SortStableFunc(joined, func(a, b WordingFault) int { return a.Start - b.Start })
	return joined
}

// scanning says how a text is scanned.
type scanning uint8

const (
	learning scanning = 1 << iota // new words and grams are numbered, not passed over
	reading                       // as a source: a token is noted under all rules
)

// scan reports every phrase and every notable token of a text.
func (w *Wording) scan(s string, as scanning, found func(writtenKey, text.Span)) error {
	v, err := text.NewView(text.Repair(s))
	if err != nil {
		return fmt.Errorf("disclosure: wording: %w", err)
	}
	repaired := len(v.Source()) != len(s)
	report := func(k writtenKey, at text.Span) {
		o := v.Original(at)
		if repaired { // places would not fit the bytes given
			o = text.Span{Start: 0, End: len(s)}
		}
		found(k, o)
	}
	cased, folded := v.Text(), v.Folded()
	for _, sentence := range text.Sentences(cased) {
		w.sentence(cased[sentence.Start:sentence.End], folded[sentence.Start:sentence.End], sentence.Start, as, report)
	}
	return nil
}

// piece is a word or number of a sentence.
type piece struct {
	text.Span
	kind text.Kind
	word string // folded; of a number its digits without commas
}

func (w *Wording) sentence(cased, folded string, offset int, as scanning, found func(writtenKey, text.Span)) {
	pieces := readPieces(cased, folded)
	ids := make([]int32, len(pieces))
	for i, p := range pieces {
		id, ok := w.words[p.word]
		if !ok {
			id = -1
			if as&learning != 0 {
				id = int32(len(w.words) + 1)
				w.words[p.word] = id
			}
		}
		ids[i] = id
		at := text.Span{Start: p.Start + offset, End: p.End + offset}
		for _, k := range w.notable(p, cased, i == 0, as&reading != 0) {
			found(k, at)
		}
	}
	w.phrases(ids, as&learning != 0, func(gram int32, first, n int) {
		at := text.Span{Start: pieces[first].Start + offset, End: pieces[first+n-1].End + offset}
		found(writtenKey{rule: wordingPhrase, gram: gram}, at)
	})
}

// readPieces joins figures written with separators ("1,200", "3.5").
func readPieces(cased, folded string) []piece {
	var out []piece
	tokens := text.Tokens(cased)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		switch t.Kind {
		case text.Word, text.Mixed:
			out = append(out, piece{t.Span, t.Kind, folded[t.Start:t.End]})
		case text.Number:
			p := piece{t.Span, t.Kind, folded[t.Start:t.End]}
			for i+2 < len(tokens) && tokens[i+2].Kind == text.Number && tokens[i+1].Start == p.End && tokens[i+2].Start == tokens[i+1].End {
				sep := folded[tokens[i+1].Start:tokens[i+1].End]
				if sep != "," && sep != "." {
					break
				}
				if sep == "." {
					p.word += sep
				}
				p.word += folded[tokens[i+2].Start:tokens[i+2].End]
				p.End = tokens[i+2].End
				i += 2
			}
			out = append(out, p)
		}
	}
	return out
}

// notable says under which rules a single token is looked at. What sources
// wrote is kept under all of them, so that a name is found again in small
// letters and a word as a name.
func (w *Wording) notable(p piece, cased string, first, source bool) []writtenKey {
	if p.kind == text.Number {
		return []writtenKey{{rule: wordingNumber, word: p.word}}
	}
	if text.IsStopWord(p.word) {
		return nil
	}
	name := writtenKey{rule: wordingName, word: p.word}
	rare := writtenKey{rule: wordingRare, word: text.Stem(p.word)}
	if source {
		return []writtenKey{name, rare}
	}
	capitals := 0
	for i, r := range cased[p.Start:p.End] {
		if unicode.IsUpper(r) && (i > 0 || !first) {
			capitals++
		}
	}
	switch {
	case p.kind == text.Mixed || capitals > 0:
		return []writtenKey{name}
	case w.everyday(p.word):
		return nil
	}
	return []writtenKey{rare}
}

// phrases numbers the runs of words at the lengths checked. A run of 2n words
// is known by its two halves, one of another length by two runs that overlap,
// so each length costs one look-up a word.
func (w *Wording) phrases(ids []int32, learn bool, found func(gram int32, first, n int)) {
	runs := map[int][]int32{1: ids}
	for _, step := range []struct{ n, of int }{
		{2, 1}, {4, 2}, {5, 4}, {6, 4}, {7, 4}, {8, 4}, {10, 8}, {12, 8}, {16, 8}, {24, 16},
	} {
		if len(ids) < step.n {
			return
		}
		part := runs[step.of]
		now := make([]int32, len(ids)-step.n+1)
		for i := range now {
			a, b := part[i], part[i+step.n-step.of]
			now[i] = -1
			if a < 0 || b < 0 {
				continue
			}
			key := [3]int32{int32(step.n), a, b}
			gram, ok := w.pairs[key]
			if !ok {
				if !learn {
					continue
				}
				gram = int32(len(w.pairs) + 1)
				w.pairs[key] = gram
			}
			now[i] = gram
			if step.n >= phraseWords {
				found(gram, i, step.n)
			}
		}
		runs[step.n] = now
	}
}

// Format prints nothing of the sources.
func (w *Wording) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "[wording check, k %d]", w.k) }
