// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"cmp"
	"slices"
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
	sentences []text.Span // of the original; read when first needed
	cuts      []cut       // of the original; sorted, disjoint, written
	fresh     []cut       // found in this reading
	kept      []Decision
	current   string
	reading   *recognize.Document // current, as the recognisers read it; nil if it changed
	// readings are the texts that were read before, where they may be read again; nil if not
	readings map[string]*recognize.Document
	pieces   []piece // of current; sorted, covering
	first    bool
	strict   bool
	denied   bool // default deny has read the original
}

// cut is a finding that is taken out.
type cut struct {
	text.Span           // of the original: what was found
	wide      text.Span // and what was taken with it, once written
	finding   recognize.Finding
	op        Operator // what the policy asks for
	done      Operator // what could be carried out
	out       text.Span
	date      dateValue
	dated     dated
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
		d, ok := parseDate(text.Fold(p.original[c.finding.Start:c.finding.End]))
		c.date, c.dated = d, noDate
		if ok {
			c.dated = isDate
		}
	}
	return c.date, c.dated == isDate
}

// piece is a run of the current text: original text, or what stands for a cut.
type piece struct {
	now, was text.Span
	cut      bool
}

func newPage(p Passage, policy Policy, state *run) *page {
	return &page{
		document: p.Document, original: p.Text, policy: policy, named: newNamed(p.Named), state: state,
		current: p.Text,
		pieces:  []piece{{now: text.Span{End: len(p.Text)}, was: text.Span{End: len(p.Text)}}},
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
	q.pieces = slices.Clone(p.pieces)
	q.state = newRun(p.state.names.draft())
	q.state.midstream = p.state.midstream
	return &q
}

// covers reports that what is cut from the page holds c, and is treated no looser.
func (p *page) covers(c cut) bool {
	at := p.cutAt(c.Start)
	return at != nil && at.Start <= c.Start && c.End <= at.End && at.op.rank() <= c.op.rank()
}

// add takes the findings of a reading of the current text into the cuts and
// reports whether there is anything new.
func (p *page) add(found []recognize.Finding) (changed bool, err error) {
	own := ownLabels(p.current, p.policy)
	if p.first {
		p.reserve()
	}
	for _, o := range own {
		if o.strict {
			f := recognize.Finding{Span: o.Span, Kind: o.kind, Recognizer: "policy", Rule: "looser-label", Score: 1}
			changed = p.cut(f, stricter(Label, p.policy.For(o.kind, ""))) || changed
		}
	}
	for _, f := range found {
		if f.Start < 0 || f.End > len(p.current) || f.Start >= f.End {
			return false, recognize.ErrContract
		}
		op := p.operator(f)
		for _, part := range outside(p.current, f.Span, own) {
			g := f
			g.Span = part
			if op == Keep {
				if p.first {
					p.kept = append(p.kept, decisionOf(g, Keep))
				}
				continue
			}
			changed = p.cut(g, op) || changed
		}
	}
	p.first = false
	if changed {
		p.settle()
	}
	return changed, nil
}

// reserve keeps the numbers of labels that stand in the original from being given.
func (p *page) reserve() {
	for _, o := range ownLabels(p.original, p.policy) {
		p.state.names.in(p.document).reserve(p.original[o.Start+1 : o.End-1])
	}
}

// declare takes findings of the original into the cuts: what is declared decides
// what stands in its place, whatever was masked there already; but for what is called
// by its form, such as an e-mail address. Had that another label where somebody declared
// it, the label would tell who takes part.
func (p *page) declare(found []recognize.Finding) error {
	if len(found) == 0 {
		return nil
	}
	own := ownLabels(p.original, p.policy)
	for _, f := range found {
		if f.Start < 0 || f.End > len(p.original) || f.Start >= f.End {
			return recognize.ErrContract
		}
		op := p.operator(f)
		if at := p.cutAt(f.Start); at != nil && at.Start <= f.Start && f.End <= at.End && calledByForm(at.finding.Kind, f.Kind) {
			f.Kind, f.Subtype, f.Recognizer, f.Rule = at.finding.Kind, at.finding.Subtype, at.finding.Recognizer, at.finding.Rule
			op = stricter(op, p.operator(f))
		}
		for _, part := range outside(p.original, f.Span, own) {
			g := f
			g.Span = wholeRunes(p.original, part)
			if op == Suppress {
				g.Span = p.wholeSentences(g.Span)
			}
			if g.Entity == "" {
				g.Entity = text.Fold(p.original[g.Start:g.End])
			}
			p.fresh = append(p.fresh, cut{Span: g.Span, finding: g, op: op})
		}
	}
	p.settle()
	return nil
}

// calledByForm reports whether a declared name is called what was found in its place.
func calledByForm(found, declared recognize.Kind) bool {
	return found == recognize.Contact || found == declared && (found == recognize.Brand || found == recognize.Place || found == recognize.Code)
}

// deny takes what default deny finds in the text as it came into the cuts.
func (p *page) deny(found []recognize.Finding) error {
	p.denied = true
	own := ownLabels(p.original, p.policy)
	for _, f := range found {
		if f.Start < 0 || f.End > len(p.original) || f.Start >= f.End {
			return recognize.ErrContract
		}
		op := p.operator(f)
		if op == Keep {
			continue
		}
		for _, part := range outside(p.original, f.Span, own) {
			g := f
			g.Span = wholeRunes(p.original, part)
			if op == Suppress {
				g.Span = p.wholeSentences(g.Span)
			}
			if g.Entity == "" {
				g.Entity = text.Fold(p.original[g.Start:g.End])
			}
			if c := (cut{Span: g.Span, finding: g, op: op}); !p.covers(c) {
				p.fresh = append(p.fresh, c)
			}
		}
	}
	p.settle()
	return nil
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

// cut adds a finding of the current text, in offsets of the original. A finding
// that reaches into the replacement of a cut takes the whole of that cut in.
func (p *page) cut(f recognize.Finding, op Operator) bool {
	value := p.current[f.Start:f.End]
	f.Span = p.wasAt(f.Span)
	f.Span = wholeRunes(p.original, f.Span)
	if op == Suppress {
		f.Span = p.wholeSentences(f.Span)
	}
	if c := p.cutAt(f.Start); c != nil && f.End <= c.wide.End && c.op.rank() <= op.rank() {
		return false
	}
	if f.Entity == "" {
		f.Entity = text.Fold(value)
	}
	p.fresh = append(p.fresh, cut{Span: f.Span, finding: f, op: op})
	return true
}

// cutAt is the written cut that holds the offset of the original, or nil.
func (p *page) cutAt(offset int) *cut {
	i, found := slices.BinarySearchFunc(p.cuts, offset, func(c cut, o int) int {
		switch {
		case c.wide.End <= o:
			return -1
		case c.wide.Start > o:
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
	at := func(offset int, end bool) int {
		i, found := slices.BinarySearchFunc(p.pieces, offset, func(q piece, o int) int {
			switch {
			case q.now.End < o || (q.now.End == o && !end):
				return -1
			case q.now.Start > o || (q.now.Start == o && end):
				return 1
			}
			return 0
		})
		if !found {
			return min(max(0, offset), len(p.original))
		}
		q := p.pieces[i]
		switch {
		case !q.cut:
			return q.was.Start + offset - q.now.Start
		case end:
			return q.was.End
		}
		return q.was.Start
	}
	return text.Span{Start: at(span.Start, false), End: at(span.End, true)}
}

func (p *page) sentenceSpans() []text.Span {
	if p.sentences == nil {
		p.sentences = text.Sentences(p.original)
	}
	return p.sentences
}

// wholeSentences widens a span to the sentences that it touches.
func (p *page) wholeSentences(span text.Span) text.Span {
	all := p.sentenceSpans()
	first, _ := slices.BinarySearchFunc(all, span.Start, func(s text.Span, at int) int { return cmp.Compare(s.End, at+1) })
	for _, s := range all[first:] {
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
	s := p.sentenceSpans()
	i, found := slices.BinarySearchFunc(s, offset, func(s text.Span, o int) int {
		switch {
		case s.End <= o:
			return -1
		case s.Start > o:
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
	return s[i].Start
}
