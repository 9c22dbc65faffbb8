// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"context"
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

const (
	// longestWhole is the length up to which a text is read whole, at fifty times its size
	// in memory. A longer one is read in pieces of a quarter of that.
	longestWhole = 1 << 20
	piecesAWhole = 4
	// besidePiece is how much of the text on either side of a piece is read with it. It
	// is more than any recogniser looks back or ahead.
	besidePiece = 8 << 10
	// mostBytes is the length from which a text is refused.
	mostBytes = 1 << 30
)

// long is what is kept of a text that is read in pieces.
type long struct {
	piece    int // the length of a piece
	size     int // of the text as it stands
	sum      uint64
	seed     maphash.Seed
	findings map[decided]*decided
	said     map[string]string
}

// lengthen makes the page one that is read in pieces.
func (p *page) lengthen(longest int) error {
	if len(p.original) >= mostBytes || !utf8.ValidString(p.original) {
		if _, err := text.NewView(p.original); err != nil {
			return err //nolint:wrapcheck // the caller says of which passage
		}
	}
	p.long = &long{piece: longest / piecesAWhole, size: len(p.original), seed: maphash.MakeSeed(), findings: map[decided]*decided{}, said: map[string]string{}}
	p.current = ""
	return nil
}

// shared is one copy of findings that differ in nothing but where they were.
func (l *long) shared(f decided) *decided {
	if g := l.findings[f]; g != nil {
		return g
	}
	f.Entity = strings.Clone(f.Entity)
	l.findings[f] = &f
	return &f
}

// written notes the text that the cuts make, and reports whether it is the same as before.
func (l *long) written(cuts []cut, size int) bool {
	var h maphash.Hash
	h.SetSeed(l.seed)
	for i := range cuts {
		c := &cuts[i]
		say, ok := l.said[c.say]
		if !ok {
			say = c.say
			l.said[say] = say
		}
		c.say = say
		maphash.WriteComparable(&h, c.widely)
		_, _ = h.WriteString(say)
	}
	same := l.sum == h.Sum64() && l.size == size
	l.sum, l.size = h.Sum64(), size
	return same
}

// apart is the same for a page that is read by itself.
func (l *long) apart() *long {
	if l == nil {
		return nil
	}
	other := *l
	other.findings, other.said = map[decided]*decided{}, map[string]string{}
	return &other
}

func whole(s string) window { return window{text: s, core: text.Span{End: len(s)}} }

func inPieces(pages []*page) bool {
	return slices.ContainsFunc(pages, func(p *page) bool { return p.long != nil })
}

// windows are the pieces of the text as it stands, each with what stands beside it.
func (p *page) windows() iter.Seq2[string, text.Span] {
	if p.long == nil {
		return p.only(p.current)
	}
	return p.divided(p.long.size, p.render)
}

// rawWindows are those of the text as it came.
func (p *page) rawWindows() iter.Seq2[string, text.Span] {
	if p.long == nil {
		return p.only(p.original)
	}
	return p.divided(len(p.original), func(from, to int) string { return p.original[from:to] })
}

func (p *page) only(s string) iter.Seq2[string, text.Span] {
	return func(yield func(string, text.Span) bool) {
		p.at, p.state.piece = whole(s), p
		yield(s, p.at.core)
	}
}

// divided divides a text of so many bytes.
func (p *page) divided(size int, part func(from, to int) string) iter.Seq2[string, text.Span] {
	return func(yield func(string, text.Span) bool) {
		for at := 0; at < size; {
			from, to := max(0, at-besidePiece), min(size, at+p.long.piece+besidePiece)
			s := part(from, to)
			end := to
			if to < size {
				end = at + pieceEnd(s[at-from:at-from+p.long.piece])
				s = s[:lastWhole(s, end-from)]
			}
			first := firstWhole(s, at-from)
			p.state.piece = p
			p.at = window{text: s[first:], start: from + first, core: text.Span{Start: at - from - first, End: end - from - first}}
			if !yield(p.at.text, p.at.core) {
				return
			}
			at = end
		}
	}
}

// pieceEnd is where a piece ends that s begins with: after a paragraph, a line, a
// sentence or a word, in this order, in its last quarter.
func pieceEnd(s string) int {
	least := len(s) * 3 / 4
	for _, mark := range []string{"\n\n", "\n", ". ", " "} {
		if i := strings.LastIndex(s[least:], mark); i >= 0 {
			return least + i + len(mark)
		}
	}
	return wholeRunesEnd(s)
}

// wholeRunesEnd is where the last whole character of s ends.
func wholeRunesEnd(s string) int {
	return len(s) - partialRune([]byte(s[max(0, len(s)-utf8.UTFMax):]))
}

// firstWhole is where the first whole line, or else word or character, of s begins, at
// before or before.
func firstWhole(s string, before int) int {
	for _, mark := range []byte{'\n', ' '} {
		if i := strings.IndexByte(s[:before], mark); i >= 0 && i < before/2 {
			return i + 1
		}
	}
	i := 0
	for i < before && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}

// lastWhole is where the last whole line, or else word or character, of s ends, at after
// or after.
func lastWhole(s string, after int) int {
	for _, mark := range []byte{'\n', ' '} {
		if i := strings.LastIndexByte(s[after:], mark); i > len(s[after:])/2 {
			return after + i
		}
	}
	return wholeRunesEnd(s)
}

// pieces are those of several pages.
type pieces struct {
	pages []*page
	texts []iter.Seq2[string, text.Span]
}

func piecesOf(pages []*page, windows func(*page) iter.Seq2[string, text.Span]) pieces {
	out := pieces{pages: pages}
	for _, p := range pages {
		out.texts = append(out.texts, windows(p))
	}
	return out
}

// each tells what is found in each piece.
func (p pieces) each(ctx context.Context, rs []recognize.Recognizer, options recognize.Options, found func(i int, fs []recognize.Finding) error) error {
	defer func() {
		for _, q := range p.pages {
			q.state.piece = nil
		}
	}()
	if err := options.DetectPieces(ctx, p.texts, rs, found); err != nil {
		return fmt.Errorf("redact: recognise: %w", err)
	}
	return nil
}

// passInPieces is pass where one page or more is read in pieces.
func passInPieces(ctx context.Context, rs []recognize.Recognizer, options recognize.Options, pages []*page) (changed bool, err error) {
	for _, p := range pages {
		if p.first {
			p.reserve()
		}
	}
	more := make([]bool, len(pages))
	err = piecesOf(pages, (*page).windows).each(ctx, guarded(rs, pages, nil), options, func(i int, fs []recognize.Finding) error {
		some, err := pages[i].take(fs)
		more[i] = more[i] || some
		return err
	})
	if err != nil {
		return false, err
	}
	for i, p := range pages {
		p.seen = true
		p.taken(more[i])
		changed = changed || more[i]
	}
	if changed {
		rewrite(pages)
	}
	return changed, nil
}
