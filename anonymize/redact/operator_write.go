// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// settle sorts the cuts and joins those that overlap, and neighbours of one kind
// whose number should not be told. A join takes the stricter operator.
func (p *page) settle() {
	if len(p.cuts) == 0 {
		p.cuts, p.fresh = p.fresh, p.cuts
	} else {
		p.cuts = append(p.cuts, p.fresh...)
	}
	p.fresh = p.fresh[:0]
	slices.SortStableFunc(p.cuts, func(a, b cut) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.finding.op.rank(), b.finding.op.rank()))
	})
	out := p.cuts[:0]
	for i := range p.cuts {
		c := p.cuts[i]
		if len(out) > 0 {
			last := &out[len(out)-1]
			if c.Start < last.End || (sameLabel(last, &c) && blank(p.original[last.End:c.Start])) {
				joined(last, &c)
				continue
			}
			if subtype := p.oneFigure(last, &c); subtype != "" {
				joined(last, &c)
				f := *last.finding
				f.Kind, f.Subtype = recognize.Other, subtype
				last.foundAt, last.finding = placed(last.Span), &f
				continue
			}
		}
		// What this one has grown over stays cut, where another now stands in it.
		for j := len(out) - 1; j >= 0 && c.wide().End > 0 && c.wide().Start < out[j].Start; j-- {
			out[j].widen(text.Span{Start: c.wide().Start, End: out[j].End})
		}
		out = append(out, c)
	}
	clear(p.cuts[len(out):])
	p.cuts = out
}

func sameLabel(a, b *cut) bool {
	return a.finding.op == b.finding.op && !Label.Stricter(a.finding.op) &&
		labelOf(a.finding.Kind, a.finding.Subtype) == labelOf(b.finding.Kind, b.finding.Subtype)
}

func blank(s string) bool { return strings.Trim(s, " \t\u00a0") == "" }

// joined takes b into a. The stricter operator decides; of the same, the longer finding.
func joined(a, b *cut) {
	span := text.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}
	longer := b.End-b.Start > a.End-a.Start
	decides := b.finding.op.rank() < a.finding.op.rank() || (b.finding.op == a.finding.op && longer)
	if d := b.finding.Declared; d != a.finding.Declared {
		decides = d
	}
	if decides {
		a.finding, a.foundAt, a.dated = b.finding, b.foundAt, unread
	}
	if a.Start != span.Start || a.End != span.End {
		a.Span = span
	}
	if b.wide().End > 0 && (a.wide().End == 0 || b.wide().Start < a.wide().Start) {
		a.widely = b.widely
	}
}

// noteDates tells the document's origin of dates what dates there are.
func (p *page) noteDates() {
	dates := p.state.datesOf(p.document)
	for i := range p.cuts {
		if c := &p.cuts[i]; c.finding.op == GeneraliseRelative {
			dates.note(p.readDate(c))
		}
	}
}

// write makes the current text from the original and the cuts.
func (p *page) write() {
	at, last := 0, 0
	for i := range p.cuts {
		c := &p.cuts[i]
		span, replacement := p.replace(c)
		if span.Start < last {
			span.Start = min(c.Start, max(last, c.grown().Start))
		}
		if i+1 < len(p.cuts) && span.End > p.cuts[i+1].Start {
			span.End = c.End
		}
		at += max(0, span.Start-last)
		c.say = replacement
		c.outStart = at
		c.widely = placed(span)
		at, last = c.out().End, span.End
	}
	size := at + max(0, len(p.original)-last)
	if p.long != nil {
		p.seen = p.long.written(p.cuts, size) && p.seen
		return
	}
	if now := p.render(0, size); now != p.current {
		p.current, p.reading, p.seen = now, nil, false
	}
}

// render is a part of the text as it was written last.
func (p *page) render(from, to int) string {
	var b strings.Builder
	b.Grow(to - from)
	literal := func(was, now text.Span) {
		if start, end := max(now.Start, from), min(now.End, to); start < end {
			b.WriteString(p.original[was.Start+start-now.Start : was.Start+end-now.Start])
		}
	}
	was, now := 0, 0
	n := p.written(from)
	if n > 0 {
		was, now = p.cuts[n-1].wide().End, p.cuts[n-1].out().End
	}
	for ; n < len(p.cuts) && now < to; n++ {
		c := &p.cuts[n]
		literal(text.Span{Start: was, End: c.wide().Start}, text.Span{Start: now, End: c.out().Start})
		if start, end := max(c.out().Start, from), min(c.out().End, to); start < end {
			b.WriteString(c.say[start-c.out().Start : end-c.out().Start])
		}
		was, now = c.wide().End, c.out().End
	}
	literal(text.Span{Start: was, End: len(p.original)}, text.Span{Start: now, End: now + len(p.original) - was})
	return b.String()
}

// replace carries the operator of a cut out: the cut, perhaps grown, and what
// stands in its place.
func (p *page) replace(c *cut) (text.Span, string) {
	kind, subtype := c.finding.Kind, c.finding.Subtype
	// The value is the finding's own text, which a joined cut is longer than.
	value := p.original[c.found().Start:c.found().End]
	label := labelOf(kind, subtype)
	c.labelled = false
	say := label.phrase
	switch c.finding.op {
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
			c.labelled = true
		}
	case Label, Keep:
	}
	plural := strings.HasSuffix(text.Fold(value), "s") && text.Fold(value) == c.finding.Entity+"s"
	return fit(p.original, c.Span, c.grown(), say, p.sentenceAt(c.Start), plural)
}

// grown is the cut with the article before it, if it has grown over that already: what
// stands for it may change, what is cut does not come back.
func (c *cut) grown() text.Span {
	span := c.Span
	if c.wide().End >= span.Start && c.wide().End > 0 {
		span.Start = min(span.Start, c.wide().Start)
	}
	return span
}

// widen lets the cut grow over an article that it has grown over elsewhere, and
// reports whether that is more.
func (c *cut) widen(wide text.Span) bool {
	if wide.End < c.Start || wide.End == 0 || wide.Start >= c.grown().Start {
		return false
	}
	c.widely = placed(wide)
	return true
}

// coarse returns the broader words that replace a cut (a quarter for a date, a band
// for an amount), and false where the value cannot be read: it is then removed.
func (p *page) coarse(c *cut, value string) (phrase, bool) {
	kind, subtype := c.finding.Kind, c.finding.Subtype
	if kind != recognize.Date || isFigure(subtype) {
		q, ok := coarse(kind, subtype, value, c.finding.op)
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
	return coarseDate(d, c.finding.op, p.state.datesOf(p.document))
}

func capitalIf(yes bool, s string) string {
	if yes {
		return capital(s)
	}
	return s
}

func decisionOf(f *recognize.Finding, found text.Span, op Operator) Decision {
	return Decision{
		Start: found.Start, End: found.End, FoundStart: found.Start, FoundEnd: found.End, Kind: f.Kind, Subtype: f.Subtype, Recognizer: f.Recognizer, Rule: f.Rule,
		Score: f.Score, Declared: f.Declared, Operator: op,
	}
}

// result is the page as it stands, with its decisions.
func (p *page) result() Redacted {
	out := Redacted{Text: p.current}
	if p.long != nil {
		out.Text = p.render(0, p.long.size)
	}
	if n := len(p.cuts) + len(p.kept); n > 0 {
		out.Decisions = make([]Decision, 0, n)
	}
	for i := range p.cuts {
		c := &p.cuts[i]
		d := decisionOf(&c.finding.Finding, c.Span, c.done())
		d.Start, d.End, d.OutputStart, d.OutputEnd = c.wide().Start, c.wide().End, c.out().Start, c.out().End
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
	n := sort.Search(len(p.cuts), func(i int) bool { return p.cuts[i].wide().End > span.Start })
	if n < len(p.cuts) && p.cuts[n].wide().Start < span.End {
		return text.Span{}, false
	}
	shift := 0
	if n > 0 {
		shift = p.cuts[n-1].out().End - p.cuts[n-1].wide().End
	}
	return text.Span{Start: span.Start + shift, End: span.End + shift}, true
}
