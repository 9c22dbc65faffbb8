// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"context"
	"fmt"
	"slices"
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
}

// Detect runs the recognisers over the documents, carries each name found to
// all its mentions in all of them, and returns for each document its findings:
// sorted, disjoint, on character boundaries, of whole words. Where findings
// overlap, their union is reported under the label of the strongest: declared
// before checked before longest before best score.
//
// The order of documents does not change what is found in each; another
// document can only add findings. Any recogniser's error ends the run.
func Detect(ctx context.Context, docs []*Document, rs []Recognizer, opt Options) ([][]Finding, error) {
	public := newTermSet(opt.Public)
	out := make([][]Finding, len(docs))
	for n, d := range docs {
		for _, r := range rs {
			fs, err := r.Recognize(ctx, d)
			if err != nil {
				return nil, fmt.Errorf("recognize: %s: %w", r.Name(), err)
			}
			for _, f := range fs {
				if !d.valid(f.Span) {
					return nil, fmt.Errorf("%w: %s: span outside the text or inside a character", ErrContract, r.Name())
				}
				if f, ok := d.tidy(f); ok && !public.shields(d, f) {
					out[n] = append(out[n], f)
				}
			}
		}
	}
	merged := make([][]Finding, len(docs))
	for n, d := range docs {
		merged[n] = d.listed(d.wholeTitles(merge(d, out[n])))
	}
	names := gatherNames(docs, out, merged)
	for n, d := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[n] = merged[n]
		for _, f := range names.mentions(d) {
			if f, ok := d.tidy(f); ok && !public.shields(d, f) {
				out[n] = append(out[n], f)
			}
		}
		out[n] = merge(d, out[n])
		if opt.Strict {
			out[n] = merge(d, append(out[n], deny(d, public, out[n])...))
		}
		names.label(d, out[n])
	}
	if !opt.Strict && askNobody(docs, out) {
		return make([][]Finding, len(docs)), nil
	}
	return out, nil
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

// saintly reports a house called after a saint, whose possessive is part of its name:
// "St Brannoc's had", but not "St Helen's hospital".
func (d *Document) saintly(from, to int) bool {
	return to-from == 2 && d.isWord(from) && d.str(from) == "st" && d.capital(from) && (!d.isWord(to) || d.words[to].gap >= gapLine || text.IsStopWord(d.str(to)) || d.has(to, clsCopula|clsSaid))
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

// looksLike reports whether a declared name is called what it would be called had
// nobody declared it: otherwise its label would say that somebody did. g is what was
// found there without the declaration, over the same span.
func looksLike(g, declared *Finding, span text.Span) bool {
	if g.Declared || g.Start > span.Start || g.End < span.End {
		return false
	}
	return g.Kind == Contact || g.Kind == declared.Kind && (g.Kind == Brand || g.Kind == Place)
}

// merge sorts findings and unites those that overlap.
func merge(d *Document, fs []Finding) []Finding {
	order := make([]int32, len(fs))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &fs[i], &fs[j]
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		if a.End != b.End {
			return b.End - a.End
		}
		return stronger(a, b)
	})
	out := make([]Finding, 0, len(fs))
	for i := 0; i < len(order); {
		best := &fs[order[i]]
		span := best.Span
		j := i + 1
		for ; j < len(order) && fs[order[j]].Start < span.End; j++ {
			f := &fs[order[j]]
			span.End = max(span.End, f.End)
			if stronger(f, best) < 0 {
				best = f
			}
		}
		f := *best
		if f.Declared {
			for _, at := range order[i:j] {
				if g := &fs[at]; looksLike(g, best, span) {
					f.Kind, f.Subtype, f.Recognizer, f.Rule = g.Kind, g.Subtype, g.Recognizer, g.Rule
					break
				}
			}
		}
		f.Span = d.brackets(span)
		out = append(out, f)
		i = j
	}
	return join(d, out)
}
