// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// keepGuard runs recognisers and drops what the policy of a document keeps
// wherever it touches what the policy does not keep. Findings that overlap are
// united under one label; without the guard, a place that is kept could take the
// person inside its name with it. Only a mere suspicion gives way, and only to a
// date, sum or postcode that has its full shape, or to a declared name.
type keepGuard struct {
	recognizers []recognize.Recognizer
	pages       []*page
	of          map[*recognize.Document]*page // nil where the pages are read in pieces
}

// guarded returns the recognisers as they are if no policy keeps anything.
func guarded(rs []recognize.Recognizer, pages []*page, of map[*recognize.Document]*page) []recognize.Recognizer {
	if slices.ContainsFunc(pages, (*page).keeps) {
		return []recognize.Recognizer{keepGuard{rs, pages, of}}
	}
	return rs
}

// named is a Named, prepared.
type named struct {
	owners map[string]bool // of declared names that may be told
	names  map[string]bool // and those names, folded, should others declare them too
	tell   bool
	closed Policy
}

func newNamed(n *Named) *named {
	if n == nil {
		return nil
	}
	out := &named{owners: map[string]bool{}, names: map[string]bool{}, tell: n.Tell, closed: n.Closed}
	for _, d := range n.Own {
		out.owners[d.Owner] = true
		for _, name := range append([]string{d.Name}, d.Forms...) {
			out.names[text.Fold(name)] = true
		}
	}
	return out
}

// operator returns the operator for a finding of the page. On a page that may name
// its contributor, names that its own parties declared follow the page's policy;
// names that others declared follow the closed policy, even if the page keeps names.
func (p *page) operator(f *recognize.Finding) Operator { return p.operatorIn(p.at.text, f) }

// operatorIn is operator for a finding of some text of the page.
func (p *page) operatorIn(in string, f *recognize.Finding) Operator {
	op := p.policy.For(f.Kind, f.Subtype)
	if p.named == nil || !f.Declared {
		return op
	}
	switch {
	case p.others(in, f):
		return stricter(op, p.named.closed.For(f.Kind, f.Subtype))
	case p.named.tell && f.Kind == recognize.Org:
		return Keep
	}
	return op
}

// others reports a finding of a text of the page that is a name which somebody declared
// who does not stand beside the page by name.
func (p *page) others(in string, f *recognize.Finding) bool {
	return p.named != nil && f.Declared && !p.named.owners[f.Owner] && !p.named.names[text.Fold(in[f.Start:f.End])]
}

// Name implements recognize.Recognizer.
func (keepGuard) Name() string { return "policy" }

// Recognize implements recognize.Recognizer.
func (g keepGuard) Recognize(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	page := g.of[d]
	if page == nil {
		page = g.pages[0].state.piece
	}
	var cut, kept []recognize.Finding
	for _, r := range g.recognizers {
		found, err := r.Recognize(ctx, d)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name(), err)
		}
		for _, f := range found {
			if page.operator(&f) == Keep {
				kept = append(kept, f)
			} else {
				cut = append(cut, f)
			}
		}
	}
	sure := newCover(slices.DeleteFunc(slices.Clone(kept), func(f recognize.Finding) bool { return !isSure(f) }))
	cut = slices.DeleteFunc(cut, func(f recognize.Finding) bool { return isSuspicion(f) && sure.holds(f) })
	cuts, out := newCover(cut), cut
	for _, f := range kept {
		if !cuts.touches(f) {
			out = append(out, f)
		}
	}
	return out, nil
}

// isSure reports a finding with the full shape of a date, sum or postcode, or of
// a declared name.
func isSure(f recognize.Finding) bool {
	return f.Declared || f.Score >= 0.9 && (f.Kind == recognize.Date || f.Kind == recognize.Place || f.Kind == recognize.Other)
}

// isSuspicion reports a finding that rests on little.
func isSuspicion(f recognize.Finding) bool { return !f.Declared && f.Score <= 0.5 }

// cover answers what spans overlap, in logarithmic time.
type cover struct {
	spans []recognize.Finding // by start
	reach []int               // the furthest end of the spans up to each
}

func newCover(fs []recognize.Finding) cover {
	c := cover{spans: slices.Clone(fs), reach: make([]int, len(fs))}
	slices.SortFunc(c.spans, func(a, b recognize.Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	furthest := 0
	for i, f := range c.spans {
		furthest = max(furthest, f.End)
		c.reach[i] = furthest
	}
	return c
}

// until is the number of spans that begin before the offset.
func (c cover) until(offset int) int {
	i, _ := slices.BinarySearchFunc(c.spans, offset, func(f recognize.Finding, o int) int { return cmp.Compare(f.Start, o) })
	return i
}

// touches reports that a span shares a byte with f.
func (c cover) touches(f recognize.Finding) bool {
	i := c.until(f.End)
	return i > 0 && c.reach[i-1] > f.Start
}

// holds reports that f lies inside one span.
func (c cover) holds(f recognize.Finding) bool {
	i := c.until(f.Start + 1)
	return i > 0 && c.reach[i-1] >= f.End
}
