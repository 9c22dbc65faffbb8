// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// settle sorts the cuts and joins those that overlap, and neighbours of one kind
// whose number should not be told. A join takes the stricter operator.
func (p *page) settle() {
	p.cuts = append(p.cuts, p.fresh...)
	p.fresh = p.fresh[:0]
	slices.SortStableFunc(p.cuts, func(a, b cut) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.op.rank(), b.op.rank()))
	})
	out := p.cuts[:0]
	for _, c := range p.cuts {
		if len(out) > 0 {
			last := &out[len(out)-1]
			if c.Start < last.End || (sameLabel(*last, c) && blank(p.original[last.End:c.Start])) {
				joined(last, c)
				continue
			}
			if subtype := p.oneFigure(*last, c); subtype != "" {
				joined(last, c)
				last.finding.Span, last.finding.Kind, last.finding.Subtype = last.Span, recognize.Other, subtype
				continue
			}
		}
		out = append(out, c)
	}
	p.cuts = out
}

func sameLabel(a, b cut) bool {
	return a.op == b.op && !Label.Stricter(a.op) &&
		labelOf(a.finding.Kind, a.finding.Subtype) == labelOf(b.finding.Kind, b.finding.Subtype)
}

func blank(s string) bool { return strings.Trim(s, " \t\u00a0") == "" }

// joined takes b into a. The stricter operator decides; of the same, the longer finding.
func joined(a *cut, b cut) {
	span := text.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}
	longer := b.End-b.Start > a.End-a.Start
	decides := b.op.rank() < a.op.rank() || (b.op == a.op && longer)
	if d := b.finding.Declared; d != a.finding.Declared {
		decides = d
	}
	if decides {
		a.finding, a.op, a.dated = b.finding, b.op, unread
	}
	if a.Start != span.Start || a.End != span.End {
		a.Span = span
	}
	if b.wide.End > 0 && (a.wide.End == 0 || b.wide.Start < a.wide.Start) {
		a.wide = b.wide
	}
}

// noteDates tells the document's origin of dates what dates there are.
func (p *page) noteDates() {
	dates := p.state.datesOf(p.document)
	for i := range p.cuts {
		if c := &p.cuts[i]; c.op == GeneraliseRelative {
			dates.note(p.readDate(c))
		}
	}
}

// write makes the current text from the original and the cuts.
func (p *page) write() {
	var b strings.Builder
	p.pieces = p.pieces[:0]
	last := 0
	literal := func(to int) {
		if to > last {
			now := text.Span{Start: b.Len(), End: b.Len() + to - last}
			b.WriteString(p.original[last:to])
			p.pieces = append(p.pieces, piece{now: now, was: text.Span{Start: last, End: to}})
		}
	}
	for i := range p.cuts {
		c := &p.cuts[i]
		span, replacement := p.replace(c)
		if span.Start < last {
			span.Start = min(c.Start, max(last, c.grown().Start))
		}
		if i+1 < len(p.cuts) && span.End > p.cuts[i+1].Start {
			span.End = c.End
		}
		literal(span.Start)
		c.out = text.Span{Start: b.Len(), End: b.Len() + len(replacement)}
		b.WriteString(replacement)
		p.pieces = append(p.pieces, piece{now: c.out, was: span, cut: true})
		c.wide = span
		last = span.End
	}
	literal(len(p.original))
	if now := b.String(); now != p.current {
		p.current, p.reading = now, nil
	}
}

// replace carries the operator of a cut out: the cut, perhaps grown, and what
// stands in its place.
func (p *page) replace(c *cut) (text.Span, string) {
	kind, subtype := c.finding.Kind, c.finding.Subtype
	// The value is the finding's own text, which a joined cut is longer than.
	value := p.original[c.finding.Start:c.finding.End]
	label := labelOf(kind, subtype)
	c.done = c.op
	say := label.phrase
	switch c.op {
	case Suppress:
		return c.Span, "[" + capitalIf(startsSentence(p.original, p.sentenceAt(c.Start), c.Start), withheldMark) + "]"
	case Remove:
		return c.Span, "[" + removedMark + "]"
	case Pseudonym:
		say = phrase{one: p.state.names.name(p.document, kind, subtype, c.finding.Entity, value)}
	case Generalise, GeneraliseRelative, GeneraliseQuarter, GeneraliseRegion:
		if q, ok := p.coarse(c, value); ok {
			say = q
		} else {
			c.done = Label
		}
	case Label, Keep:
	}
	plural := strings.HasSuffix(text.Fold(value), "s") && text.Fold(value) == c.finding.Entity+"s"
	return fit(p.original, c.grown(), say, p.sentenceAt(c.Start), plural)
}

// grown is the cut with the article before it, if it has grown over that already: what
// stands for it may change, what is cut does not come back.
func (c *cut) grown() text.Span {
	span := c.Span
	if c.wide.End >= span.Start && c.wide.End > 0 {
		span.Start = min(span.Start, c.wide.Start)
	}
	return span
}

// widen lets the cut grow over an article that it has grown over elsewhere, and
// reports whether that is more.
func (c *cut) widen(wide text.Span) bool {
	if wide.End < c.Start || wide.End == 0 || wide.Start >= c.grown().Start {
		return false
	}
	c.wide = wide
	return true
}

// coarse returns the broader words that replace a cut (a quarter for a date, a band
// for an amount), and false where the value cannot be read: it is then removed.
func (p *page) coarse(c *cut, value string) (phrase, bool) {
	kind, subtype := c.finding.Kind, c.finding.Subtype
	if kind != recognize.Date || isFigure(subtype) {
		q, ok := coarse(kind, subtype, value, c.op)
		if ok && (subtype == "money" || subtype == "count") {
			q.one = besideLimit(q.one, text.Fold(p.original[max(0, c.Start-longestLimit):c.Start]))
			ok = q.one != ""
		}
		return q, ok
	}
	d, ok := p.readDate(c)
	if !ok {
		return phrase{}, false
	}
	return coarseDate(d, c.op, p.state.datesOf(p.document))
}

func capitalIf(yes bool, s string) string {
	if yes {
		return capital(s)
	}
	return s
}

func decisionOf(f recognize.Finding, op Operator) Decision {
	return Decision{
		Start: f.Start, End: f.End, FoundStart: f.Start, FoundEnd: f.End, Kind: f.Kind, Subtype: f.Subtype, Recognizer: f.Recognizer, Rule: f.Rule,
		Score: f.Score, Declared: f.Declared, Operator: op,
	}
}

// result is the page as it stands, with its decisions.
func (p *page) result() Redacted {
	out := Redacted{Text: p.current}
	for _, c := range p.cuts {
		d := decisionOf(c.finding, c.done)
		d.FoundStart, d.FoundEnd = c.Start, c.End
		d.Start, d.End, d.OutputStart, d.OutputEnd = c.wide.Start, c.wide.End, c.out.Start, c.out.End
		out.Decisions = append(out.Decisions, d)
	}
	for _, d := range p.kept {
		if now, whole := p.nowAt(text.Span{Start: d.Start, End: d.End}); whole {
			d.OutputStart, d.OutputEnd = now.Start, now.End
			out.Decisions = append(out.Decisions, d)
		}
	}
	slices.SortStableFunc(out.Decisions, func(a, b Decision) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// nowAt maps a span of the original to the current text, if no cut touches it.
func (p *page) nowAt(span text.Span) (text.Span, bool) {
	i, found := slices.BinarySearchFunc(p.pieces, span.Start, func(q piece, o int) int {
		switch {
		case q.was.End <= o:
			return -1
		case q.was.Start > o:
			return 1
		}
		return 0
	})
	if !found || p.pieces[i].cut || span.End > p.pieces[i].was.End {
		return text.Span{}, false
	}
	shift := p.pieces[i].now.Start - p.pieces[i].was.Start
	return text.Span{Start: span.Start + shift, End: span.End + shift}, true
}
