// SPDX-License-Identifier: Apache-2.0

package recognize

//go:generate go run ./internal/gen -lists $GAZETTEERS -dict /usr/share/dict -out data/lexicon.bin

import (
	_ "embed"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// lexFlags says what the embedded word table knows of a folded word. The table
// is a help, never a gate: a name is masked for its shape and context too, and
// no word is cleared for being in the table alone.
type lexFlags uint8

const (
	lexGradeMask lexFlags = 3      // 0 unknown, 1 rare, 2 usual, 3 everyday word in lower case
	lexGiven     lexFlags = 1 << 2 // a given name somewhere
	lexSurname   lexFlags = 1 << 3 // a surname somewhere
	lexPlace     lexFlags = 1 << 4 // a British place, or its words joined
	lexProper    lexFlags = 1 << 5 // a dictionary writes it with a capital
	lexTerm      lexFlags = 1 << 6 // a medical or scientific term
)

func (f lexFlags) grade() int { return int(f & lexGradeMask) }

// lexicon.bin is written by internal/gen; data/README.md states its sources.
//
//go:embed data/lexicon.bin
var lexiconBytes string

// lexiconTable is an open-addressed table of 24-bit fingerprints. One look-up
// in about five million finds a word that is not there.
type lexiconTable struct {
	slots uint64
	fp    string // 3 bytes a slot
	flags string // 1 byte a slot; 0 = empty
}

const lexiconHeader = 16

var lexicon = sync.OnceValue(func() *lexiconTable {
	b := lexiconBytes
	if len(b) < lexiconHeader || b[:8] != "splexic1" {
		panic("recognize: embedded word table is damaged")
	}
	n := uint64(binary.LittleEndian.Uint32([]byte(b[8:12])))
	return &lexiconTable{slots: n, fp: b[lexiconHeader : lexiconHeader+3*n], flags: b[lexiconHeader+3*n : lexiconHeader+4*n]}
})

func (t *lexiconTable) look(hash uint64) lexFlags {
	i := (hash >> 32) * t.slots >> 32
	a, b, c := byte(hash), byte(hash>>8), byte(hash>>16)
	for {
		f := t.flags[i]
		if f == 0 {
			return 0
		}
		if p := 3 * i; t.fp[p] == a && t.fp[p+1] == b && t.fp[p+2] == c {
			return lexFlags(f)
		}
		if i++; i == t.slots {
			i = 0
		}
	}
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// mix spreads an FNV hash over all its bits.
func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// wordHash is the hash by which tables know a folded word. It is not secret
// and never leaves the process.
func wordHash(s string) uint64 {
	h := uint64(fnvOffset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return mix(h)
}

// PublicTerms is the built-in list of what names nobody and stays readable: the
// NHS, Parliament, laws, standards and common tools. National bodies such as
// regulators are not in it; whoever wants to read them adds them. The caller may change
// the copy it gets and hand it to Options.Public.
func PublicTerms() []string { return slices.Clone(publicTerms()) }

var publicTerms = sync.OnceValue(func() []string {
	data, err := english.ReadFile("data/en/terms.txt")
	if err != nil {
		panic("recognize: embedded table is missing: terms")
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
})

// termSet knows public terms by the hashes of their words.
type termSet map[uint64][][]uint64

func newTermSet(terms []string) termSet {
	if terms == nil {
		return builtinTerms()
	}
	return makeTermSet(terms)
}

var builtinTerms = sync.OnceValue(func() termSet { return makeTermSet(publicTerms()) })

func makeTermSet(terms []string) termSet {
	t := termSet{}
	for _, s := range terms {
		if ws := hashWords(s); len(ws) > 0 {
			t[ws[0]] = append(t[ws[0]], ws)
		}
	}
	for _, ws := range t {
		slices.SortStableFunc(ws, func(a, b []uint64) int { return len(b) - len(a) })
	}
	return t
}

// shields reports that an undeclared finding is, word for word, public terms
// and small words.
func (t termSet) shields(d *Document, f Finding) bool {
	if f.Declared || f.Kind == Contact || f.Kind == Code || f.Kind == Date {
		return false
	}
	from, to := d.wordsOf(d.view.Reading(f.Span))
	some := false
	for i := from; i < to; {
		switch n := t.match(d, i); {
		case n > 0: // it may reach beyond the finding
			some = true
			i += n
		case !d.isWord(i), d.words[i].cls&clsBridge != 0:
			i++
		default:
			return false
		}
	}
	return some
}

// match counts the tokens from i that a public term takes, 0 for none. A term of
// one word needs the capital that makes it one.
func (t termSet) match(d *Document, i int) int {
	for _, ws := range t[d.words[i].hash] {
		if len(ws) == 1 && d.words[i].shape&(shUpper1|shInner) == 0 {
			continue
		}
		if to := d.matches(i, ws); to > 0 {
			return to - i
		}
	}
	return 0
}

// derived reports a contraction or a compound whose form is English.
func (d *Document) derived(i int) bool {
	s := d.str(i)
	if text.IsStopWord(s) {
		return true
	}
	lex := lexicon()
	for _, p := range [...]string{"non", "un", "re", "pre", "co", "multi", "anti", "inter", "over", "under", "sub", "mis", "out", "self", "micro", "bio", "neuro", "tele", "cyber", "semi", "post"} {
		if len(s) > len(p)+3 && s[:len(p)] == p && lex.look(wordHash(s[len(p):])).grade() >= 2 {
			return true
		}
	}
	for _, p := range [...]string{"s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "less", "able", "n't", "'ll", "'ve", "'re", "'d"} {
		if len(s) > len(p)+2 && s[len(s)-len(p):] == p && lex.look(wordHash(s[:len(s)-len(p)])).grade() >= 2 {
			return true
		}
	}
	return false
}

// compound reports two everyday words written as one: "flipchart".
func (d *Document) compound(i int) bool {
	const least, most = 4, 45 // letters of a word of the lexicon
	s, lex := d.str(i), lexicon()
	if len(s) > 2*most {
		return false
	}
	for k := least; k <= len(s)-least; k++ {
		if lex.look(wordHash(s[:k])).grade() == 3 && lex.look(wordHash(s[k:])).grade() == 3 {
			return true
		}
	}
	return false
}

// study fills in the shape and the hash of a word, its possessive left out.
func (d *Document) study(w *word) {
	s, f := d.read[w.start:w.end], d.fold[w.start:w.end]
	end := len(f)
	if n := end; n > 2 && f[n-2] == '\'' && f[n-1] == 's' {
		end = n - 2
		w.shape |= shPoss
	}
	h := uint64(fnvOffset)
	for i := range end {
		h = (h ^ uint64(f[i])) * fnvPrime
	}
	w.hash = mix(h)
	for i := 0; i < end; {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z':
			w.shape |= shLower | shLetter
		case c >= 'A' && c <= 'Z':
			if i == 0 {
				w.shape |= shUpper1
			} else {
				w.shape |= shInner
			}
			w.shape |= shLetter
		case c >= '0' && c <= '9':
			w.shape |= shDigit
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			w.shape |= shapeOf(r, i == 0)
			i += size
			continue
		}
		i++
	}
}

// shapeOf is what a character beyond ASCII adds to the shape of its word.
func shapeOf(r rune, first bool) shape {
	const wide = shWide | shLetter
	switch {
	case unicode.IsUpper(r) && first:
		return wide | shUpper1
	case unicode.IsUpper(r):
		return wide | shInner
	case unicode.IsLower(r):
		return wide | shLower
	case first && unicode.IsLetter(r):
		return wide | shNoCase
	case unicode.IsDigit(r):
		return wide | shDigit
	}
	return wide
}

// sightings remembers, for a whole document, which words were seen in lower
// case and which with a capital inside a sentence. It is a Bloom filter of one
// probe: a false memory makes a guess worse, never an answer unsafe.
type sightings struct {
	bits []uint64
	mask uint64
}

// mostSightings is the size from which a filter grows no more.
const mostSightings = 1 << 24

// sightingsOf is the size of a filter for so many words.
func sightingsOf(words int) uint64 {
	n := uint64(1024)
	for n < uint64(words)*16 && n < mostSightings {
		n *= 2
	}
	return n
}

func (s *sightings) gather(d *Document) {
	n := sightingsOf(len(d.words))
	s.bits, s.mask = make([]uint64, n/64), n-1
	s.see(d, 0, len(d.words))
}

// see remembers words [from,to).
func (s *sightings) see(d *Document, from, to int) {
	for i := from; i < to; i++ {
		w := &d.words[i]
		if w.kind != text.Word {
			continue
		}
		switch {
		case w.shape&(shUpper1|shInner|shNoCase) == 0:
			s.put(w.hash >> 3)
		case w.flags&(wfStart|wfWeak|wfShout|wfTitle) == 0 && w.shape&shLower != 0:
			s.put(w.hash >> 5 * 3)
		}
	}
}

// shrink makes the filter what it would be, had it been made for so many words.
func (s *sightings) shrink(words int) {
	n := sightingsOf(words)
	for k := n / 64; k < uint64(len(s.bits)); k++ {
		s.bits[k&(n/64-1)] |= s.bits[k]
	}
	s.bits, s.mask = slices.Clip(s.bits[:n/64]), n-1
}

func (s *sightings) put(h uint64)      { h &= s.mask; s.bits[h>>6] |= 1 << (h & 63) }
func (s *sightings) has(h uint64) bool { h &= s.mask; return s.bits[h>>6]>>(h&63)&1 != 0 }

// lower reports whether the word stands in lower case somewhere.
func (s *sightings) lower(w *word) bool { return s.has(w.hash >> 3) }

// inside reports whether it stands with a capital inside a sentence.
func (s *sightings) inside(w *word) bool { return s.has(w.hash >> 5 * 3) }

// facts is what recognisers ask of the whole text, where it is read in pieces.
type facts struct {
	seen      sightings
	capitals  capitals
	explained map[uint64]bool
	bodies    map[uint64]bool // letters that may be a body's
	given     int             // letters in brackets after a given name
	charged   map[uint64]int  // how often the letters stand in brackets
	lines     map[uint64]int  // how many lines begin with the letters
	speakers  int             // and how many with any
}

func newFacts() *facts {
	return &facts{seen: sightings{make([]uint64, mostSightings/64), mostSightings - 1}, explained: map[uint64]bool{}, bodies: map[uint64]bool{}, charged: map[uint64]int{}, lines: map[uint64]int{}}
}

// gather takes in words [from,to) of a piece.
func (a *facts) gather(d *Document, from, to int) {
	a.seen.see(d, from, to)
	a.capitals.count(d, from, to)
	d.explain(from, to, func(h uint64) { a.explained[h] = true })
	for _, n := range d.caps {
		i := int(n)
		if i < from || i >= to {
			continue
		}
		if d.tellsBody(i) {
			a.bodies[d.words[i].hash] = true
		}
		if d.namedInLetters(i) || d.fullNameInLetters(i) {
			a.given++
		}
		if d.inBrackets(i) {
			a.charged[d.words[i].hash]++
		}
		if d.speakerLetters(i) {
			a.lines[d.words[i].hash]++
			a.speakers++
		}
	}
}

// finish is called when all pieces are gathered.
func (a *facts) finish() { a.seen.shrink(a.capitals.all) }

// belongTo makes d a piece of the text that the facts are of.
func (d *Document) belongTo(a *facts) {
	d.whole, d.seen, d.explained, d.style = a, a.seen, a.explained, a.capitals.style()
}

var nicknames = sync.OnceValue(func() map[string][]string {
	data, err := english.ReadFile("data/en/nicknames.txt")
	if err != nil {
		panic("recognize: embedded table is missing: nicknames")
	}
	m := map[string][]string{}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		group := strings.Fields(line)
		for _, a := range group {
			for _, b := range group {
				if a != b {
					m[a] = append(m[a], b)
				}
			}
		}
	}
	return m
})
