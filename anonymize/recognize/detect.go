// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// Options says how Detect decides. The zero value uses the built-in public
// terms and the balanced strength.
type Options struct {
	// Strict adds default deny: every capitalised, unknown or numeric token is
	// reported unless a stated reason clears it.
	Strict bool
	// Public lists terms that stay readable; nil means PublicTerms(). A term
	// never shields a declared identity.
	Public []string

	memory map[memoryKey]recognised // nil if nothing is remembered
	spare  *sync.Pool               // of *buffers; nil if each reading makes its own
}

// Remembering is o with a memory of its own: recognisers are asked once about a
// document, where the same slice of them is asked again. It is for one goroutine.
func (o Options) Remembering() Options {
	o.memory = map[memoryKey]recognised{}
	return o
}

type memoryKey struct {
	document *Document
	first    *Recognizer
	number   int
}

// recognised is what the recognisers find in a document: all of it, and as one
// finding where several overlap.
type recognised struct{ all, merged []Finding }

// Detect runs the recognisers over the documents, carries each name found to
// all its mentions in all of them, and returns for each document its findings:
// sorted, disjoint, on character boundaries, of whole words. Where findings
// overlap, their union is reported under the label of the strongest: declared
// before checked before longest before best score.
//
// The order of documents does not change what is found in each; another
// document can only add findings. Any recogniser's error ends the run.
func Detect(ctx context.Context, docs []*Document, rs []Recognizer, opt Options) ([][]Finding, error) {
	look := search{rs: rs, public: newTermSet(opt.Public), strict: opt.Strict, memory: opt.memory, buffers: opt.take()}
	defer opt.give(look.buffers)
	look.one = len(docs) == 1 && opt.memory == nil
	out := make([][]Finding, len(docs))
	merged := make([][]Finding, len(docs))
	for n, d := range docs {
		var err error
		if out[n], merged[n], err = look.recognise(ctx, d); err != nil {
			return nil, err
		}
	}
	names := gatherNames(docs, out, merged)
	for n, d := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[n] = look.complete(d, merged[n], names)
	}
	if !opt.Strict && askNobody(docs, out) {
		return make([][]Finding, len(docs)), nil
	}
	return out, nil
}

// search is what is looked for, and how.
type search struct {
	rs     []Recognizer
	public termSet
	strict bool
	memory map[memoryKey]recognised
	one    bool // document at a time, of which nothing is remembered
	*buffers
}

// recognise returns what the recognisers find in a document.
func (s *search) recognise(ctx context.Context, d *Document) (all, merged []Finding, err error) {
	if s.memory == nil || len(s.rs) == 0 {
		return s.ask(ctx, d)
	}
	key := memoryKey{d, &s.rs[0], len(s.rs)}
	got, ok := s.memory[key]
	if !ok {
		if got.all, got.merged, err = s.ask(ctx, d); err != nil {
			return nil, nil, err
		}
		got.merged = slices.Clip(got.merged)
		s.memory[key] = got
	}
	return got.all, got.merged, ctx.Err()
}

func errSpan(r Recognizer) error {
	return fmt.Errorf("%w: %s: span outside the text or inside a character", ErrContract, r.Name())
}

// complete adds to what the recognisers found the other mentions of names, what stands around
// them, and what default deny masks.
func (s *search) complete(d *Document, merged []Finding, names *names) []Finding {
	out := merged
	for _, f := range names.mentions(d) {
		if f, ok := d.tidy(f); ok && !s.public.shields(d, f) {
			out = append(out, f)
		}
	}
	out = s.merge(d, d.doubleNames(out))
	out = s.merge(d, append(out, around(d, s.public, out, s.buffers)...))
	if s.strict {
		out = s.merge(d, append(out, deny(d, s.public, out, s.buffers)...))
	}
	names.label(d, out)
	return slices.Clone(out) // nothing is kept of the buffers
}

// DetectPieces is Detect for texts too long to be prepared at once. texts[i] yields
// the pieces of text i in order, the same whenever it is asked: a piece with some text
// on either side of it, and the span of the piece in that. found is told what begins in
// each piece, in offsets of what was yielded, in the order of the pieces; but a short
// text of one piece may come last.
//
// A name found in one piece is found in all of all texts, and what recognisers ask of a
// whole text is gathered first: the pieces are read three times, and recognisers asked
// once about each. What a recogniser sees of the text around a piece ends where what was
// yielded ends.
func (o Options) DetectPieces(ctx context.Context, texts []iter.Seq2[string, text.Span], rs []Recognizer, found func(i int, fs []Finding) error) error {
	look := search{rs: rs, public: newTermSet(o.Public), strict: o.Strict, buffers: o.take(), one: true}
	defer o.give(look.buffers)
	of := make([]*facts, len(texts))
	for i := range texts {
		of[i] = newFacts()
		if err := eachPiece(ctx, texts[i], func(d *Document, core text.Span) error {
			from, to := d.wordsIn(core)
			of[i].gather(d, from, to)
			return nil
		}); err != nil {
			return err
		}
		of[i].finish()
	}
	names := newNames()
	names.brief = true
	var noted notes
	for i := range texts {
		if err := eachPiece(ctx, texts[i], func(d *Document, core text.Span) error {
			d.belongTo(of[i])
			all, merged, err := look.recognise(ctx, d)
			noted.add(merged)
			names.gather(d, beginIn(core, all))
			names.gather(d, beginIn(core, merged))
			return err
		}); err != nil {
			return err
		}
	}
	names.sort()
	var asking []func() error
	some := false
	for i := range texts {
		if err := eachPiece(ctx, texts[i], func(d *Document, core text.Span) error {
			d.belongTo(of[i])
			look.all = noted.next(look.all[:0])
			fs := beginIn(core, look.complete(d, look.all, names))
			if !o.Strict && core.Len() == len(d.Text) && askNobody([]*Document{d}, [][]Finding{fs}) {
				asking = append(asking, func() error {
					if !some {
						return found(i, nil)
					}
					return found(i, fs)
				})
				return nil
			}
			some = some || len(fs) > 0
			return found(i, fs)
		}); err != nil {
			return err
		}
	}
	for _, tell := range asking {
		if err := tell(); err != nil {
			return err
		}
	}
	return nil
}

// notes are what recognisers found in the pieces of long texts, kept in a fraction of its size.
type notes struct {
	pieces [][]note
	shared map[Finding]*Finding // without their spans
}

type note struct {
	start, end int32
	of         *Finding
}

// add notes what was found in the next piece.
func (n *notes) add(found []Finding) {
	out := make([]note, 0, len(found))
	for _, f := range found {
		at := f.Span
		f.Span = text.Span{}
		of := n.shared[f]
		if of == nil {
			f.Entity = strings.Clone(f.Entity) // not the piece
			of = &f
			put(&n.shared, f, of)
		}
		out = append(out, note{int32(at.Start), int32(at.End), of})
	}
	n.pieces = append(n.pieces, out)
}

// next adds to out what was noted of the next piece, and forgets it.
func (n *notes) next(out []Finding) []Finding {
	for _, at := range n.pieces[0] {
		f := *at.of
		f.Span = text.Span{Start: int(at.start), End: int(at.end)}
		out = append(out, f)
	}
	n.pieces[0] = nil
	n.pieces = n.pieces[1:]
	return out
}

// eachPiece reads a text piece by piece.
func eachPiece(ctx context.Context, pieces iter.Seq2[string, text.Span], do func(d *Document, core text.Span) error) error {
	for s, core := range pieces {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := NewDocument(s)
		if err != nil {
			return err
		}
		if err := do(d, core); err != nil {
			return err
		}
	}
	return nil
}

// wordsIn is the range of words that begin in a span of the original.
func (d *Document) wordsIn(s text.Span) (from, to int) {
	begins := func(i, at int) int {
		return cmp.Compare(d.view.Original(text.Span{Start: int(d.words[i].start), End: int(d.words[i].end)}).Start, at)
	}
	from = sort.Search(len(d.words), func(i int) bool { return begins(i, s.Start) >= 0 })
	to = sort.Search(len(d.words), func(i int) bool { return begins(i, s.End) >= 0 })
	return from, to
}

// beginIn are the findings that begin in a span.
func beginIn(s text.Span, fs []Finding) []Finding {
	if len(fs) == 0 {
		return nil
	}
	return slices.DeleteFunc(fs, func(f Finding) bool { return f.Start < s.Start || f.Start >= s.End })
}

func (d *Document) valid(s text.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(d.Text) &&
		utf8.RuneStart(d.Text[s.Start]) && (s.End == len(d.Text) || utf8.RuneStart(d.Text[s.End]))
}

// tidy widens a finding to whole words, leaves out a possessive at its end,
// and drops what lies in a label of an earlier pass.
func (d *Document) tidy(f Finding) (Finding, bool) {
	from, to := d.wordsOf(d.view.Reading(f.Span))
	for !f.Declared && from < to && (d.words[from].kind >= text.Punct && d.words[from].cls&taggerClasses == 0 && !keepEdge(d, from)) {
		from++
	}
	if from >= to {
		return f, f.Declared
	}
	if d.words[from].flags&wfLabel != 0 && d.words[to-1].flags&wfLabel != 0 && !f.Declared {
		return f, false
	}
	start, end := int(d.words[from].start), int(d.words[to-1].end)
	poss := d.words[to-1].shape&shPoss != 0 && !d.saintly(from, to)
	if poss {
		end -= 2
	}
	got := d.view.Original(text.Span{Start: start, End: max(end, start)})
	// Never less than was reported, possessive aside.
	f.Start = min(f.Start, got.Start)
	if !poss {
		f.End = max(f.End, got.End)
	} else if f.End > got.Start {
		f.End = got.End
	}
	return f, f.Start < f.End
}

// saintly reports a house called after a saint or somebody, whose possessive is part of its name:
// "St Brannoc's had", "at Queen Ann's in", but not "St Helen's hospital".
func (d *Document) saintly(from, to int) bool {
	return to-from == 2 && (d.wordIs(from, "st") || d.wordIn(from-1, "at", "from", "in")) && d.capital(from) && (!d.isWord(to) || d.words[to].gap >= gapLine || text.IsStopWord(d.str(to)) || d.has(to, clsCopula|clsSaid))
}

// brackets takes in the bracket that closes or opens one inside the span, so that
// "Ferrant (M.F.)" leaves none behind.
func (d *Document) brackets(s text.Span) text.Span {
	open, closed := 0, 0
	for i := s.Start; i < s.End; i++ {
		switch d.Text[i] {
		case '(':
			open++
		case ')':
			if open > 0 {
				open--
			} else {
				closed++
			}
		}
	}
	if open > 0 {
		end := s.End
		if end < len(d.Text) && d.Text[end] == '.' {
			end++
		}
		if end < len(d.Text) && d.Text[end] == ')' {
			s.End = end + 1
		}
	}
	if closed > 0 && s.Start > 0 && d.Text[s.Start-1] == '(' {
		s.Start--
	}
	return s
}

func keepEdge(d *Document, i int) bool {
	switch d.read[d.words[i].start] {
	case '#', '@', '+', '(', '$', '/':
		return true
	}
	return d.read[d.words[i].start] >= utf8.RuneSelf
}

// wordsOf is the range of words that share a byte with a span of the view.
func (d *Document) wordsOf(s text.Span) (from, to int) {
	// By hand, since a word is large and the search is most of merging.
	to = len(d.words)
	for from < to {
		if half := (from + to) / 2; int(d.words[half].end) <= s.Start {
			from = half + 1
		} else {
			to = half
		}
	}
	// Most spans are short, but names joined to names may go on for a whole text.
	const short = 8
	for to = from; to < len(d.words) && int(d.words[to].start) < s.End; to++ {
		if to-from < short {
			continue
		}
		low, high := to, len(d.words)
		for low < high {
			if half := (low + high) / 2; int(d.words[half].start) < s.End {
				low = half + 1
			} else {
				high = half
			}
		}
		return from, low
	}
	return from, to
}

// stronger orders findings by the label they deserve.
func stronger(a, b *Finding) int {
	if c := compareBool(b.Declared, a.Declared); c != 0 {
		return c
	}
	if c := compareBool(b.Score >= 0.9, a.Score >= 0.9); c != 0 {
		return c
	}
	if c := b.Len() - a.Len(); c != 0 {
		return c
	}
	if c := cmp.Compare(b.Score, a.Score); c != 0 {
		return c
	}
	if c := rank(a.Kind) - rank(b.Kind); c != 0 {
		return c
	}
	for _, p := range [...][2]string{
		{string(a.Kind), string(b.Kind)}, {a.Subtype, b.Subtype}, {a.Recognizer, b.Recognizer}, {a.Rule, b.Rule}, {a.Entity, b.Entity}, {a.Owner, b.Owner},
	} {
		if c := cmp.Compare(p[0], p[1]); c != 0 {
			return c
		}
	}
	return a.Start - b.Start
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// buffers are what a reading needs and nothing keeps: most of what it would otherwise allocate.
type buffers struct {
	all      []Finding
	merged   [2][]Finding // one is read while the other is written
	order    []int32
	covered  []bool
	kinds    []Kind
	masked   []Finding
	telling  []int32
	verdicts verdicts
}

// mostSpare is the number of words from which the buffers of a text are let go: one long text
// shall not hold its memory for all short ones after it.
const mostSpare = 1 << 16

// Reusing is o with buffers that its readings use one after another. It is safe for concurrent use.
func (o Options) Reusing() Options {
	o.spare = &sync.Pool{New: func() any { return new(buffers) }}
	return o
}

// take are buffers for one reading.
func (o Options) take() *buffers {
	if o.spare != nil {
		if b, ok := o.spare.Get().(*buffers); ok {
			return b
		}
	}
	return new(buffers)
}

// give hands them back, without what they hold of the text.
func (o Options) give(b *buffers) {
	if o.spare == nil || cap(b.covered) > mostSpare || cap(b.verdicts.is) > mostSpare {
		return
	}
	for _, fs := range [...]*[]Finding{&b.all, &b.merged[0], &b.merged[1], &b.masked} {
		clear((*fs)[:cap(*fs)])
	}
	b.verdicts.Document, b.verdicts.features.d = nil, nil
	o.spare.Put(b)
}

// merge is merge into one of two buffers in turn.
func (b *buffers) merge(d *Document, fs []Finding) []Finding {
	b.order = slices.Grow(b.order[:0], len(fs))[:len(fs)]
	out := mergeInto(slices.Grow(b.merged[1][:0], len(fs)), b.order, d, fs)
	b.merged[1], b.merged[0] = b.merged[0], out
	return out
}

// blank is n zero values, in place of buffer where that is long enough.
func blank[T any](buffer []T, n int) []T {
	if cap(buffer) < n {
		return make([]T, n)
	}
	buffer = buffer[:n]
	clear(buffer)
	return buffer
}

// put puts a value into a map that is made when it is first needed: most texts name few.
func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}
