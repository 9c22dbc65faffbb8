// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// page is one passage while it is redacted: the original, what is cut from it,
// and the text as it stands now.
type page struct {
	document  string
	original  string
	policy    Policy
	named     *named
	state     *run
	sentences []place // of the original; read when first needed
	cuts      []cut   // of the original; sorted, disjoint, written
	fresh     []cut   // found in this reading
	kept      []Decision
	current   string              // the text as it stands; "" if it is long
	reading   *recognize.Document // current, as the recognisers read it; nil if it changed
	// readings are the texts that were read before, where they may be read again; nil if not
	readings map[string]*recognize.Document
	own      []ownSpan // the labels in ownOf; nil if none were looked for
	ownOf    string
	at       window // what is being read
	long     *long  // of a text that is read in pieces; nil if it is read whole
	first    bool
	strict   bool
	denied   bool // default deny has read the original
	seen     bool // the recognisers have read the text as it stands
}

// window is a part of a text, and where it begins in that.
type window struct {
	text  string
	start int
	core  text.Span // of the part: what is not read for what is around it
}

// cut is a finding that is taken out.
type cut struct {
	text.Span          // of the original: what was found
	widely    place    // and what was taken with it, once written
	foundAt   place    // that of the finding that decides
	finding   *decided // shared, never changed
	outStart  int      // where in the text as it was written
	say       string   // what stands for it
	date      *dateValue
	dated     dated
	labelled  bool // what the policy asks for could not be carried out
}

// decided is a finding, without its span, and what the policy asks for.
type decided struct {
	recognize.Finding
	op Operator
}

// place is a span of an original, which is shorter than 1 GiB, that is held for every cut
// or sentence.
type place struct{ start, end int32 }

func placed(s text.Span) place { return place{int32(s.Start), int32(s.End)} }

func (q place) span() text.Span { return text.Span{Start: int(q.start), End: int(q.end)} }

func (c *cut) wide() text.Span  { return c.widely.span() }
func (c *cut) found() text.Span { return c.foundAt.span() }
func (c *cut) out() text.Span   { return text.Span{Start: c.outStart, End: c.outStart + len(c.say)} }

// done is what was carried out.
func (c *cut) done() Operator {
	if c.labelled {
		return Label
	}
	return c.finding.op
}

// dated says whether the text of a cut was read as a date.
type dated uint8

const (
	unread dated = iota
	isDate
	noDate
)

// readDate reads the text of a cut as a date, once.
func (p *page) readDate(c *cut) (dateValue, bool) {
	if c.dated == unread {
		d, ok := parseDate(text.Fold(p.original[c.found().Start:c.found().End]))
		c.date, c.dated = nil, noDate
		if ok {
			c.date, c.dated = &d, isDate
		}
	}
	if c.dated != isDate {
		return dateValue{}, false
	}
	return *c.date, true
}

func newPage(p Passage, policy Policy, state *run) *page {
	return &page{
		document: p.Document, original: p.Text, policy: policy, named: newNamed(p.Named), state: state,
		current: p.Text,
		first:   true,
	}
}

// read is the current text as the recognisers read it.
func (p *page) read() (*recognize.Document, error) {
	if p.reading == nil {
		d, err := p.prepared(p.current)
		if err != nil {
			return nil, err
		}
		p.reading = d
	}
	p.at, p.seen = whole(p.current), true
	return p.reading, nil
}

// prepared is a text of the page as the recognisers read it, prepared once if the page is
// read more than once.
func (p *page) prepared(s string) (*recognize.Document, error) {
	if d := p.readings[s]; d != nil {
		return d, nil
	}
	d, err := recognize.NewDocument(s)
	if err == nil && p.readings != nil {
		p.readings[s] = d
	}
	return d, err
}

// apart is the page as if it stood alone: the numbers that it gives are its own.
func (p *page) apart() *page {
	q := *p
	q.long, q.own = p.long.apart(), nil
	q.state = newRun(p.state.names.draft())
	q.state.midstream = p.state.midstream
	return &q
}

// covers reports that what is cut from the page holds c, and is treated no looser.
func (p *page) covers(c cut) bool {
	at := p.cutAt(c.Start)
	return at != nil && at.Start <= c.Start && c.End <= at.End && at.finding.op.rank() <= c.finding.op.rank()
}

// add takes the findings of a reading of the current text into the cuts and
// reports whether there is anything new.
func (p *page) add(found []recognize.Finding) (changed bool, err error) {
	if p.first {
		p.reserve()
	}
	if changed, err = p.take(found); err != nil {
		return false, err
	}
	p.taken(changed)
	return changed, nil
}

// taken is called when the findings of a reading of all the text are taken.
func (p *page) taken(changed bool) {
	p.first = false
	if changed {
		p.settle()
	}
}

// take takes the findings of the part of the current text that is being read.
func (p *page) take(found []recognize.Finding) (changed bool, err error) {
	own := p.ownIn(p.at.text)
	for _, o := range own {
		if o.strict && o.Start >= p.at.core.Start && o.Start < p.at.core.End {
			f := recognize.Finding{Span: o.Span, Kind: o.kind, Recognizer: "policy", Rule: "looser-label", Score: 1}
			changed = p.cut(f, stricter(Label, p.policy.For(o.kind, ""))) || changed
		}
	}
	for _, f := range found {
		if f.Start < 0 || f.End > len(p.at.text) || f.Start >= f.End {
			return false, recognize.ErrContract
		}
		op := p.operator(&f)
		for _, part := range outside(p.at.text, f.Span, own) {
			g := f
			g.Span = part
			if op == Keep {
				if p.first {
					g.Start, g.End = g.Start+p.at.start, g.End+p.at.start
					p.kept = append(p.kept, decisionOf(&g, g.Span, Keep))
				}
				continue
			}
			changed = p.cut(g, op) || changed
		}
	}
	return changed, nil
}

// ownIn are the labels in a text of the page, looked for once while it is the last that was asked
// for.
func (p *page) ownIn(s string) []ownSpan {
	if p.ownOf != s || p.own == nil {
		p.own, p.ownOf = ownLabels(p.own[:0], s, p.policy), s
		if p.own == nil {
			p.own = []ownSpan{}
		}
	}
	return p.own
}

// keeps reports that names may stand on the page.
func (p *page) keeps() bool {
	return p.named != nil || slices.ContainsFunc(p.policy.Rules, func(r Rule) bool { return r.Operator == Keep })
}

// outside returns the parts of span, a range of bytes of s, that no label in own
// covers, in order. own is sorted and does not overlap. Blanks and punctuation at
// the edges of a part are cut off; a part of nothing else is left out.
func outside(s string, span text.Span, own []ownSpan) []text.Span {
	out := []text.Span{span}
	if len(own) == 0 {
		return out
	}
	first, _ := slices.BinarySearchFunc(own, span.Start, func(o ownSpan, at int) int { return cmp.Compare(o.End, at+1) })
	for _, o := range own[first:] {
		if o.Start >= span.End {
			break
		}
		var next []text.Span
		for _, part := range out {
			if o.End <= part.Start || o.Start >= part.End {
				next = append(next, part)
				continue
			}
			for _, rest := range []text.Span{{Start: part.Start, End: o.Start}, {Start: o.End, End: part.End}} {
				if rest = trimmed(s, rest); rest.Start < rest.End {
					next = append(next, rest)
				}
			}
		}
		out = next
	}
	return out
}

func trimmed(s string, span text.Span) text.Span {
	if span.Start >= span.End {
		return text.Span{}
	}
	inner := s[span.Start:span.End]
	left := strings.IndexFunc(inner, letterOrDigit)
	if left < 0 {
		return text.Span{}
	}
	right := strings.LastIndexFunc(inner, letterOrDigit)
	_, n := utf8.DecodeRuneInString(inner[right:])
	return text.Span{Start: span.Start + left, End: span.Start + right + n}
}

// newCut is a cut of what was found in the original.
func (p *page) newCut(f *recognize.Finding, op Operator) cut {
	c := cut{Span: f.Span, foundAt: placed(f.Span)}
	g := decided{*f, op}
	g.Span = text.Span{}
	if p.long != nil {
		c.finding = p.long.shared(g)
	} else {
		c.finding = &g
	}
	return c
}

// cut adds a finding of the current text, in offsets of the original. A finding
// that reaches into the replacement of a cut takes the whole of that cut in.
func (p *page) cut(f recognize.Finding, op Operator) bool {
	value := p.at.text[f.Start:f.End]
	f.Span = p.wasAt(text.Span{Start: f.Start + p.at.start, End: f.End + p.at.start})
	f.Span = wholeRunes(p.original, f.Span)
	if op == Suppress {
		f.Span = p.wholeSentences(f.Span)
	}
	if c := p.cutAt(f.Start); c != nil && f.End <= c.wide().End && c.finding.op.rank() <= op.rank() {
		return false
	}
	if f.Entity == "" {
		f.Entity = text.Fold(value)
	}
	p.fresh = append(p.fresh, p.newCut(&f, op))
	return true
}

// cutAt is the written cut that holds the offset of the original, or nil.
func (p *page) cutAt(offset int) *cut {
	i, found := slices.BinarySearchFunc(p.cuts, offset, func(c cut, o int) int {
		switch {
		case c.wide().End <= o:
			return -1
		case c.wide().Start > o:
			return 1
		}
		return 0
	})
	if !found {
		return nil
	}
	return &p.cuts[i]
}

func wholeRunes(s string, span text.Span) text.Span {
	for span.Start > 0 && span.Start < len(s) && !utf8.RuneStart(s[span.Start]) {
		span.Start--
	}
	for span.End < len(s) && !utf8.RuneStart(s[span.End]) {
		span.End++
	}
	return span
}

// wasAt maps a span of the current text to the original.
func (p *page) wasAt(span text.Span) text.Span {
	start := span.Start - p.shift(span.Start)
	if c := p.replacedAt(span.Start, false); c != nil {
		start = c.wide().Start
	}
	end := span.End - p.shift(span.End)
	if c := p.replacedAt(span.End, true); c != nil {
		end = c.wide().End
	}
	return text.Span{Start: start, End: end}
}

// written is the number of cuts whose replacement ends at the offset of the current
// text or before.
func (p *page) written(offset int) int {
	return sort.Search(len(p.cuts), func(i int) bool { return p.cuts[i].out().End > offset })
}

// shift is by how much the current text runs ahead of the original at an offset that
// no replacement covers.
func (p *page) shift(offset int) int {
	n := p.written(offset)
	if n == 0 {
		return 0
	}
	c := &p.cuts[n-1]
	return c.out().End - c.wide().End
}

// replacedAt is the cut whose replacement holds the offset of the current text, as the
// end of a span or as its start; nil if none does.
func (p *page) replacedAt(offset int, end bool) *cut {
	at := offset
	if end {
		at--
	}
	n := p.written(at)
	if n == len(p.cuts) || p.cuts[n].out().Start > at {
		return nil
	}
	return &p.cuts[n]
}

func (p *page) sentencePlaces() []place {
	if p.sentences == nil {
		all := text.Sentences(p.original)
		p.sentences = make([]place, len(all))
		for i, s := range all {
			p.sentences[i] = placed(s)
		}
	}
	return p.sentences
}

// wholeSentences widens a span to the sentences that it touches.
func (p *page) wholeSentences(span text.Span) text.Span {
	all := p.sentencePlaces()
	first, _ := slices.BinarySearchFunc(all, span.Start, func(s place, at int) int { return cmp.Compare(int(s.end), at+1) })
	for _, q := range all[first:] {
		s := q.span()
		if s.Start >= span.End {
			break
		}
		inner := strings.TrimRightFunc(p.original[s.Start:s.End], unicode.IsSpace)
		span.Start = min(span.Start, s.Start)
		span.End = max(span.End, s.Start+len(inner))
	}
	return span
}

// sentenceAt is where the sentence begins that holds the offset, -1 if it began
// in an earlier block of a stream.
func (p *page) sentenceAt(offset int) int {
	s := p.sentencePlaces()
	i, found := slices.BinarySearchFunc(s, offset, func(s place, o int) int {
		switch {
		case int(s.end) <= o:
			return -1
		case int(s.start) > o:
			return 1
		}
		return 0
	})
	switch {
	case !found:
		return offset
	case i == 0 && p.state.midstream:
		return -1
	}
	return int(s[i].start)
}
