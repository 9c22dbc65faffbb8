// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// reserve keeps the numbers of labels that stand in the original from being given.
func (p *page) reserve() {
	for _, o := range p.ownIn(p.original) {
		p.state.names.in(p.document).reserve(p.original[o.Start+1 : o.End-1])
	}
}

// declare takes findings of the original into the cuts: what is declared is masked as
// strictly as its kind asks for, but called what was masked there already, or what default
// deny masks there. Had it another label where somebody declared it, the label would tell
// who takes part.
func (p *page) declare(found []recognize.Finding, denied []cut) error {
	if len(found) == 0 {
		return nil
	}
	own := p.ownIn(p.original)
	for _, f := range found {
		if f.Start < 0 || f.End > len(p.original) || f.Start >= f.End {
			return recognize.ErrContract
		}
		op := p.operatorIn(p.original, &f)
		at := p.cutAt(f.Start)
		if at == nil || at.Start > f.Start || f.End > at.End {
			at = unknownIn(denied, f.Span)
		}
		if at != nil {
			if calledByForm(at.finding.Kind, f.Kind) || at.finding.Subtype == "unknown" {
				f.Recognizer, f.Rule = at.finding.Recognizer, at.finding.Rule
			}
			f.Kind, f.Subtype = at.finding.Kind, at.finding.Subtype
			op = stricter(op, p.operatorIn(p.original, &f))
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
			p.fresh = append(p.fresh, p.newCut(&g, op))
		}
	}
	p.settle()
	return nil
}

// unknownIn is the cut, of those of default deny in order, that holds a span as words not
// known to be harmless, or nil.
func unknownIn(denied []cut, span text.Span) *cut {
	i, _ := slices.BinarySearchFunc(denied, span.Start, func(c cut, at int) int { return cmp.Compare(c.End, at+1) })
	if i < len(denied) && denied[i].Start <= span.Start && span.End <= denied[i].End && denied[i].finding.Subtype == "unknown" {
		return &denied[i]
	}
	return nil
}

// calledByForm reports whether what was found in the place of a declared name is said
// to have been found by its form, such as an e-mail address.
func calledByForm(found, declared recognize.Kind) bool {
	return found == recognize.Contact || found == declared && (found == recognize.Brand || found == recognize.Place || found == recognize.Code)
}

// deny takes what default deny finds in the text as it came into the cuts.
func (p *page) deny(found []recognize.Finding) error {
	if err := p.takeDenied(found); err != nil {
		return err
	}
	p.settle()
	return nil
}

// takeDenied takes what default deny finds in the part of the text, as it came, that
// is being read.
func (p *page) takeDenied(found []recognize.Finding) error {
	p.denied = true
	own := p.ownIn(p.at.text)
	for _, f := range found {
		if f.Start < 0 || f.End > len(p.at.text) || f.Start >= f.End {
			return recognize.ErrContract
		}
		op := p.operator(&f)
		if op == Keep {
			continue
		}
		for _, part := range outside(p.at.text, f.Span, own) {
			g := f
			g.Span = wholeRunes(p.original, text.Span{Start: part.Start + p.at.start, End: part.End + p.at.start})
			if op == Suppress {
				g.Span = p.wholeSentences(g.Span)
			}
			if g.Entity == "" {
				g.Entity = text.Fold(p.original[g.Start:g.End])
			}
			if c := p.newCut(&g, op); !p.covers(c) {
				p.fresh = append(p.fresh, c)
			}
		}
	}
	return nil
}
