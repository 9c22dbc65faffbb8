// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Document is a text prepared once for all recognisers. It is immutable and
// safe for concurrent use. It prints as its length only.
type Document struct {
	// Text is the original.
	Text string

	view  *text.View
	read  string // view.Text()
	fold  string // view.Folded()
	words []word
	caps  []int32 // words with a capital letter, or of letters without case
	nums  []int32 // words with a digit
	marks []int32 // tokens that are no words
	seen  sightings
	// digitRuns are the runs of digits, grouped as people group them.
	digitRuns []numRun
	// explained are abbreviations whose long form stands before them in lower case.
	explained map[uint64]bool
	style     style
	// whole is what is known of the text that this is a piece of; nil if it is all of it.
	whole *facts
	// bare are its letters and digits, once a dictionary has asked for them.
	bare     *squeezed
	bareOnce sync.Once
}

// word is a token with what every recogniser asks about it.
type word struct {
	start, end int32 // in the view
	hash       uint64
	cls        class
	lex        lexFlags
	kind       text.Kind
	shape      shape
	gap        gap
	flags      wordFlag
	entry      uint16 // what the files of data/en hold of it
}

type shape uint8

const (
	shUpper1 shape = 1 << iota // begins with a capital
	shLower                    // holds a lower-case letter
	shInner                    // holds a capital after its first letter
	shDigit                    // holds a digit
	shWide                     // holds a letter beyond ASCII
	shPoss                     // ends in a possessive
	shLetter                   // holds a letter
	shNoCase                   // begins with a letter of a script without case
)

type gap uint8

const (
	gapNone gap = iota
	gapSpace
	gapWide // a tab, or spaces that part columns
	gapLine
	gapPara
)

type wordFlag uint8

const (
	wfStart   wordFlag = 1 << iota // begins a sentence or line
	wfWeak                         // follows a colon, an opening quote or bracket
	wfLabel                        // inside a label in brackets that an earlier pass wrote
	wfShout                        // on a line in capitals
	wfTitle                        // on a line in title case: a heading
	wfPhrase                       // inside a phrase of a trigger table
	wfPhrase1                      // the first word of it
)

// NewDocument prepares s. It fails with text.ErrInvalidUTF8 or
// text.errTooLong.
func NewDocument(s string) (*Document, error) {
	v, err := text.NewView(s)
	if err != nil {
		return nil, err
	}
	d := &Document{Text: s, view: v, read: v.Text(), fold: v.Folded()}
	d.prepare()
	return d, nil
}

// View is the normalised reading of the document.
func (d *Document) View() *text.View { return d.view }

// Tokens are the tokens of View().Text().
func (d *Document) Tokens() []text.Token {
	out := make([]text.Token, len(d.words))
	for i, w := range d.words {
		out[i] = text.Token{Span: text.Span{Start: int(w.start), End: int(w.end)}, Kind: w.kind}
	}
	return out
}

// Words are the words and numbers of View().Text(), in order.
func (d *Document) Words() iter.Seq[text.Span] {
	return func(yield func(text.Span) bool) {
		for i := range d.words {
			if w := &d.words[i]; w.kind < text.Punct && !yield(text.Span{Start: int(w.start), End: int(w.end)}) {
				return
			}
		}
	}
}

// Sentences are the sentences of View().Text().
func (d *Document) Sentences() []text.Span { return text.Sentences(d.read) }

// Format prints the length, never the text.
func (d *Document) Format(f fmt.State, _ rune) {
	if d == nil {
		_, _ = fmt.Fprint(f, "[no document]")
		return
	}
	_, _ = fmt.Fprintf(f, "[document of %d bytes]", len(d.Text))
}

// LogValue logs the length, never the text.
func (d *Document) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(d)) }

// classesOf is what a word is to the rules; letters with a note or a plural are what they are
// without.
func (d *Document) classesOf(w *word, trig *wordTable) class {
	cls := trig.entries[w.entry].class
	if cls == 0 && w.kind == text.Mixed && w.shape&shInner != 0 {
		cls = d.notedPostnominal(w, trig)
	}
	if cls == 0 && w.shape&(shInner|shLower) == shInner|shLower {
		cls = d.pluralAcronym(w, trig)
	}
	if cls&clsPostnominal != 0 && w.end-w.start == 2 && w.shape&(shInner|shLower) == shLower && d.fold[w.start+1] != 'r' {
		cls &^= clsPostnominal | clsAcronym // "Ba", "Ma": letters after a name are capitals, but "Jr" and "Sr"
	}
	return cls
}

func (d *Document) prepare() {
	d.divide()
	lex, trig := lexicon(), wordTables()
	caps, nums, marks := 0, 0, 0
	for i := range d.words {
		w := &d.words[i]
		if w.kind >= text.Punct {
			w.hash = uint64(d.read[w.start])
			marks++
			continue
		}
		d.study(w)
		w.entry = trig.find(w.hash)
		if w.kind != text.Number {
			w.lex, w.cls = lex.look(w.hash), d.classesOf(w, trig)
		}
		if w.shape&(shUpper1|shInner|shNoCase) != 0 {
			caps++
		}
		if w.shape&shDigit != 0 {
			nums++
		}
	}
	d.caps, d.nums, d.marks = make([]int32, 0, caps), make([]int32, 0, nums), make([]int32, 0, marks)
	for i := range d.words {
		w := &d.words[i]
		if w.kind >= text.Punct {
			d.marks = append(d.marks, int32(i))
			continue
		}
		if w.shape&(shUpper1|shInner|shNoCase) != 0 {
			d.caps = append(d.caps, int32(i))
		}
		if w.shape&shDigit != 0 {
			d.nums = append(d.nums, int32(i))
		}
	}
	d.place(trig)
	d.seen.gather(d)
	var n capitals
	n.count(d, 0, len(d.words))
	d.style = n.style()
	d.gatherRuns()
	d.explain(0, len(d.words), func(h uint64) {
		if d.explained == nil {
			d.explained = map[uint64]bool{}
		}
		d.explained[h] = true
	})
}

// pluralAcronym is the class of the abbreviation that w is the plural of:
// "PPGs", "DVDs".
func (d *Document) pluralAcronym(w *word, trig *wordTable) class {
	s := d.read[w.start:w.end]
	n := len(s) - 1
	if n < 2 || s[n] != 's' || strings.ToUpper(s[:n]) != s[:n] {
		return 0
	}
	return trig.look(wordHash(d.fold[w.start:int(w.start)+n])) & clsAcronym
}

// notedPostnominal is the class of the letters after a name that the digit of a note
// follows: "PhD2".
func (d *Document) notedPostnominal(w *word, trig *wordTable) class {
	n := int(w.end-w.start) - 1
	if c := d.fold[int(w.start)+n]; n < 3 || c < '0' || c > '9' {
		return 0
	}
	return trig.look(wordHash(d.fold[w.start:int(w.start)+n])) & clsPostnominal
}

// leastWide is how many spaces part columns; fewer are typing.
const leastWide = 3

// trained is the gap as the tagger was trained to see it, which knew no columns.
func (g gap) trained() uint64 {
	if g >= gapWide {
		g--
	}
	return uint64(g)
}

// str is the folded word without its possessive.
func (d *Document) str(i int) string {
	w := &d.words[i]
	s := d.fold[w.start:w.end]
	if w.shape&shPoss != 0 {
		s = s[:len(s)-2]
	}
	return s
}

// punct reports whether word i is the ASCII character c.
func (d *Document) punct(i int, c byte) bool {
	return i >= 0 && i < len(d.words) && d.words[i].kind >= text.Punct && d.read[d.words[i].start] == c
}

// mark reports whether word i is one of the ASCII characters in marks.
func (d *Document) mark(i int, marks string) bool {
	return i >= 0 && i < len(d.words) && d.words[i].kind >= text.Punct && oneOf(d.read[d.words[i].start], marks)
}

// oneOf is strings.IndexByte for the few characters that marks are.
func oneOf(c byte, marks string) bool {
	for i := range len(marks) {
		if marks[i] == c {
			return true
		}
	}
	return false
}

// tightMark reports whether word i is one of the ASCII characters in marks, with nothing
// before it.
func (d *Document) tightMark(i int, marks string) bool {
	return d.mark(i, marks) && d.words[i].gap == gapNone
}

// isWord reports whether token i is letters or digits.
func (d *Document) isWord(i int) bool {
	return i >= 0 && i < len(d.words) && d.words[i].kind < text.Punct
}

// wordIs reports whether token i is the word s, in whatever case.
func (d *Document) wordIs(i int, s string) bool { return d.isWord(i) && d.str(i) == s }

// wordIn reports whether token i is one of the words, in whatever case.
func (d *Document) wordIn(i int, words ...string) bool {
	return d.isWord(i) && slices.Contains(words, d.str(i))
}

// inList reports whether token i is a word of one of the lists.
func (d *Document) inList(i int, on ...list) bool {
	return d.isWord(i) && d.words[i].entry != 0 && d.entry(i).lists.any(on)
}

// entry is what the files of data/en hold of word i.
func (d *Document) entry(i int) *wordEntry { return &wordTables().entries[d.words[i].entry] }

// spaced reports whether there is a token i and nothing but a space before it.
func (d *Document) spaced(i int) bool {
	return i >= 0 && i < len(d.words) && d.words[i].gap == gapSpace
}

// spacedWord reports whether token i is a word with nothing but a space before it.
func (d *Document) spacedWord(i int) bool { return d.isWord(i) && d.words[i].gap == gapSpace }

// spacedCapital reports whether token i is a word with a capital and nothing but a space
// before it.
func (d *Document) spacedCapital(i int) bool { return d.capital(i) && d.words[i].gap == gapSpace }

// lineEnds reports whether the line has ended before token i.
func (d *Document) lineEnds(i int) bool {
	return i >= len(d.words) || d.words[i].gap >= gapLine
}

// has reports whether token i is a word of one of the classes.
func (d *Document) has(i int, c class) bool {
	return i >= 0 && i < len(d.words) && d.words[i].cls&c != 0
}

// capital reports whether token i is a word that begins with a capital.
func (d *Document) capital(i int) bool {
	return i >= 0 && i < len(d.words) && d.words[i].shape&(shUpper1|shNoCase) != 0
}

func (w *word) allCaps() bool {
	return w.shape&(shUpper1|shLower|shInner) == shUpper1|shInner
}

// initial reports a single capital letter.
func (w *word) initial() bool { return w.end-w.start == 1 && w.shape&shUpper1 != 0 }

// found maps words [from,to) to a finding.
func (d *Document) found(from, to int, k Kind, sub, rule string, score float64) Finding {
	return d.at(int(d.words[from].start), int(d.words[to-1].end), k, sub, rule, score)
}

// at maps a span of the view to a finding.
func (d *Document) at(start, end int, k Kind, sub, rule string, score float64) Finding {
	return Finding{
		Span: d.view.Original(text.Span{Start: start, End: end}),
		Kind: k, Subtype: sub, Rule: rule, Score: score,
	}
}

// style describes how a text uses capitals.
type style uint8

const (
	styleShort   style = 1 << iota // a line or two
	styleTagged                    // holds handles, tags or links: a post
	styleLower                     // sentences begin in lower case
	styleShout                     // mostly capitals
	styleMinutes                   // says who was there and who was not
	styleFew                       // a sentence or two

	// taggerStyles are those that the tagger was trained with.
	taggerStyles = styleMinutes - 1
)

// wordsAPost is how many words a post may have for each tag; an account with one address
// or hashtag is no post.
const wordsAPost = 60

// capitals counts how a text uses them.
type capitals struct {
	all, words, caps, starts, lowStarts, tags int
	minutes                                   bool
}

// count takes in words [from,to) of d.
func (n *capitals) count(d *Document, from, to int) {
	n.all += to - from
	for i := from; i < to; i++ {
		w := &d.words[i]
		if w.shape&shLetter == 0 {
			if d.opensTag(i) {
				n.tags++
			}
			continue
		}
		n.words++
		if w.allCaps() {
			n.caps++
		}
		if w.flags&wfStart == 0 {
			continue
		}
		n.starts++
		if w.shape&shUpper1 == 0 {
			n.lowStarts++
		} else if w.cls&clsAttendance != 0 && (d.punct(i+1, ':') || d.punct(i+2, ':') && d.words[i+1].gap < gapLine) {
			n.minutes = true
		}
	}
}

// opensTag reports the mark of "@name" or "#topic".
func (d *Document) opensTag(i int) bool {
	at := d.punct(i, '@') && !(d.words[i].gap == gapNone && d.isWord(i-1))
	return (at || d.punct(i, '#')) && i+1 < len(d.words) && d.words[i+1].gap == gapNone
}

func (n *capitals) style() (s style) {
	if n.minutes {
		s |= styleMinutes
	}
	if n.tags > 0 && n.words < n.tags*wordsAPost {
		s |= styleTagged
	}
	if n.words < 60 {
		s |= styleShort
	}
	if n.all < 50 {
		s |= styleFew
	}
	if n.lowStarts*2 > n.starts {
		s |= styleLower
	}
	if n.caps*2 > n.words {
		s |= styleShout
	}
	return s
}

// eachCapital calls do for each word with a capital, in order, but for those before the word that
// the last call returned.
func (d *Document) eachCapital(do func(i int) (next int)) {
	next := 0
	for _, n := range d.caps {
		if i := int(n); i >= next {
			next = do(i)
		}
	}
}

// divide divides the text into words and marks: by so much of it at a time, up to a space, that
// its tokens need little memory.
func (d *Document) divide() {
	const most, fewest, letters = 2 << 10, 8, 4
	buf := make([]text.Token, 0, min(len(d.read), most)/letters+fewest)
	d.words = make([]word, 0, len(d.read)/letters+fewest)
	at := 0
	for from := 0; from < len(d.read); {
		to := len(d.read)
		if from+most < to {
			if n := strings.LastIndexByte(d.read[from:from+most], ' '); n > 0 {
				to = from + n
			} else if n := strings.IndexByte(d.read[from+most:], ' '); n >= 0 {
				to = from + most + n
			}
		}
		buf = text.AppendTokens(buf[:0], d.read[from:to])
		for _, k := range buf {
			start, end := from+k.Start, from+k.End
			d.words = append(d.words, word{start: int32(start), end: int32(end), kind: k.Kind, gap: gapOf(d.read[at:start], len(d.words) == 0)})
			at = end
		}
		from = to
	}
}

func gapOf(s string, first bool) gap {
	if first {
		return gapPara
	}
	g := gapNone
	for i := range len(s) {
		switch s[i] {
		case '\n':
			if g >= gapLine {
				return gapPara
			}
			g = gapLine
		case '\t':
			g = max(g, gapWide)
		default:
			g = max(g, gapSpace)
		}
	}
	if g == gapSpace && len(s) >= leastWide {
		return gapWide
	}
	return g
}
