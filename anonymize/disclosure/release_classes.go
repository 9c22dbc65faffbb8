// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// newClass holds records that no edition has published, to be printed under the same
// labels.
type newClass struct {
	records []int // of builder.plain
	labels  []string
}

// classes are the classes of newcomers, each so large that one can leave it at the
// cost of K-1 others: of K contributors, or of 2K or more. One of a size between is put
// together with the one that it costs least to be read like; where there is none, only
// as many are printed as make such a class, and the others wait. Where records ask for
// more than the edition, a class has as many more, so that others leave it no harder.
// In a small collection, where the second who leaves is mostly of the class that the
// first one left, two can, one after the other.
func (b *builder) classes(r *recode.Recoding, fresh []int) []*newClass {
	groups := make([]*newClass, len(r.Classes))
	for g := range r.Classes {
		groups[g] = &newClass{labels: r.Classes[g].Labels}
	}
	for j, i := range fresh {
		if g := r.ClassOf[j]; g >= 0 {
			groups[g].records = append(groups[g].records, i)
		}
	}
	groups = b.wideEnough(groups)
	for _, g := range groups {
		b.cut(g)
	}
	return groups
}

// fewClasses is the number of times K up to which a collection is small.
const fewClasses = 6

// between reports whether with one who leaves such a class, now or as the second, more
// than K-1 others would have to go, or of one who asks for more as many as it asks for
// less one.
func (b *builder) between(records []int) bool {
	k, next, strict := b.cfg.K, b.cfg.K, 0 // what the two strictest ask for
	for _, i := range records {
		own := b.plain[i].K()
		if own > b.cfg.K {
			strict++
		}
		if own > k {
			k, next = own, k
		} else {
			next = max(next, own)
		}
	}
	if strict <= k { // all of them can go with the strictest
		next = b.cfg.K
	}
	n, second := b.contributors(records), 0
	if b.small {
		second = b.cfg.K
	}
	if k > b.cfg.K {
		return n < k+next+second
	}
	return n%k > 0 && n < 2*k+second
}

// wideEnough puts classes of a size between together with others.
func (b *builder) wideEnough(groups []*newClass) []*newClass {
	apart := func(g *newClass) bool {
		return b.between(g.records) || b.contributors(g.records) == b.cfg.K && len(g.records) > b.cfg.K // more lines than K
	}
	for len(groups) > 1 {
		at := slices.IndexFunc(groups, apart)
		if at < 0 {
			break
		}
		g := groups[at]
		best, cost := -1, 0.0
		var labels []string
		for o, other := range groups {
			if o == at {
				continue
			}
			joined := slices.Concat(g.records, other.records)
			l, c := b.joint(joined)
			// What is read more broadly than before, in records.
			c = c*float64(len(joined)) - b.levels(g.records, g.labels)*float64(len(g.records)) - b.levels(other.records, other.labels)*float64(len(other.records))
			if apart(other) {
				c *= 0.5 // two at once
			}
			if best < 0 || c < cost {
				best, cost, labels = o, c, l
			}
		}
		other := groups[best]
		if !b.diverse(slices.Concat(g.records, other.records)) {
			break
		}
		g.records, g.labels = append(g.records, other.records...), labels
		groups = slices.Delete(groups, best, best+1)
	}
	return groups
}

// cut takes so many out of a class of a size between that it is none: those who ask for
// more than others, or all but K contributors, whichever leaves more lines. It takes
// out nobody where the rest would lack the diversity that is asked for.
func (b *builder) cut(g *newClass) {
	if !b.between(g.records) {
		return
	}
	var best []int
	keep := func(records []int) {
		if len(records) > len(best) && !b.between(records) && b.contributors(records) >= b.strictest(records) && b.diverse(records) {
			best = records
		}
	}
	rest := slices.Clone(g.records)
	for k := b.strictest(rest); k > b.cfg.K; k = b.strictest(rest) {
		rest = slices.DeleteFunc(slices.Clone(rest), func(i int) bool { return b.plain[i].K() == k })
		keep(rest)
	}
	for _, seed := range rest[:min(b.cfg.K, len(rest))] {
		keep(b.nearest(rest, seed, b.contributors(rest)/b.cfg.K*b.cfg.K))
	}
	if best == nil {
		return
	}
	g.records = best
	g.labels, _ = b.joint(best)
}

// nearest are records of n contributors that can be read most alike, beginning with one.
func (b *builder) nearest(records []int, seed, n int) []int {
	out := []int{seed}
	rest := slices.DeleteFunc(slices.Clone(records), func(i int) bool { return i == seed })
	for len(rest) > 0 {
		best, cost := -1, 0.0
		for at, i := range rest {
			with := append(slices.Clip(out), i)
			if b.contributors(with) > n {
				continue
			}
			if _, c := b.joint(with); best < 0 || c < cost {
				best, cost = at, c
			}
		}
		if best < 0 {
			break
		}
		out, rest = append(out, rest[best]), slices.Delete(rest, best, best+1)
	}
	return out
}

// strictest is the K that the strictest of records asks for.
func (b *builder) strictest(records []int) int {
	k := b.cfg.K
	for _, i := range records {
		k = max(k, b.plain[i].K())
	}
	return k
}

// joint are the narrowest labels under which all records read alike, and how far
// up they stand, column by column, in parts of the whole ladder.
func (b *builder) joint(records []int) (labels []string, cost float64) {
	for c, h := range b.hierarchies() {
		for l := range h.Height() {
			first, ok := h.Generalize(b.quasi[records[0]][c], l)
			if ok && !slices.ContainsFunc(records, func(i int) bool {
				g, ok := h.Generalize(b.quasi[i][c], l)
				return !ok || g != first
			}) {
				labels, cost = append(labels, first), cost+float64(l)/float64(max(1, h.Height()-1))
				break
			}
		}
		if len(labels) == c {
			labels, cost = append(labels, recode.Suppressed), cost+1
		}
	}
	return labels, cost
}

// levels is the cost of labels that records have.
func (b *builder) levels(records []int, labels []string) (cost float64) {
	for c, h := range b.hierarchies() {
		for l := range h.Height() {
			if g, ok := h.Generalize(b.quasi[records[0]][c], l); ok && g == labels[c] {
				cost += float64(l) / float64(max(1, h.Height()-1))
				break
			}
		}
	}
	return cost
}
