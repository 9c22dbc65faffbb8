// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

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
// In a small collection, where who leaves next is mostly of the class that the first one
// left, three can, one after the other: a class is of a multiple of K, or of 4K or more.
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
	for lines := -1; lines != len(fresh); { // those cut may come to read like others
		lines = len(fresh)
		fresh = fresh[:0:0]
		groups = oneOfAKind(groups)
		for _, g := range groups {
			b.cut(g)
			fresh = append(fresh, g.records...)
		}
	}
	return groups
}

// oneOfAKind puts classes together that are printed under the same labels: to a reader, and
// in the ledger, they are one.
func oneOfAKind(groups []*newClass) (out []*newClass) {
	at := map[string]*newClass{}
	for _, g := range groups {
		key := strings.Join(published(g.labels), "\x00")
		if same := at[key]; same != nil {
			same.records = append(same.records, g.records...)
			for i, l := range g.labels {
				if l != same.labels[i] { // of one it is missing, of the other it is left out
					same.labels[i] = recode.Suppressed
				}
			}
			continue
		}
		at[key], g.labels = g, slices.Clone(g.labels)
		out = append(out, g)
	}
	return out
}

// fewClasses is the number of times K up to which a collection is small.
const fewClasses = 6

// between reports whether with one who leaves such a class, now or later, more than K-1
// others would have to go, or of one who asks for more as many as it asks for less one.
func (b *builder) between(records []int) bool {
	return b.betweenOf(records, b.contributors(records))
}

func (b *builder) betweenOf(records []int, n int) bool {
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
	over, most := (n-k)%b.cfg.K, 2*k
	if b.small {
		most = k + 3*b.cfg.K
	}
	if k > b.cfg.K {
		least := k + next
		if b.small {
			least += b.cfg.K
		}
		return n < least || b.small && over > 0 && n < most
	}
	return over != 0 && n < most
}

// waiting is how many contributors of a class would have to wait for it to be of no size
// between, those who ask for more or others, whichever are fewer.
func (b *builder) waiting(records []int) int {
	n := b.contributors(records)
	out := 0
	for out < n && b.betweenOf(records, n-out) {
		out++
	}
	if most := b.strictest(records); most > b.cfg.K {
		rest := slices.DeleteFunc(slices.Clone(records), func(i int) bool { return b.plain[i].K() == most })
		out = min(out, n-b.contributors(rest)+b.waiting(rest))
	}
	return out
}

// wideEnough puts classes of a size between together with others, and those of K who have
// more lines. In a small collection it does so only where no more have to wait then, and
// fewer do of a size between, if not at once, then of all together.
func (b *builder) wideEnough(groups []*newClass) []*newClass {
	alone := map[*newClass]bool{} // nobody is put together with
	for len(groups) > 1 {
		between := false
		at := slices.IndexFunc(groups, func(g *newClass) bool {
			between = b.between(g.records)
			return !alone[g] && (between || b.manyLines(g))
		})
		if at < 0 {
			break
		}
		most := 0
		if b.small && between && b.moreWait(groups...) >= 0 {
			most = -1
		}
		g := groups[at]
		best, labels := b.cheapest(groups, at, most)
		if best < 0 || !b.diverse(slices.Concat(g.records, groups[best].records)) {
			alone[g] = true
			continue
		}
		both := &newClass{slices.Concat(g.records, groups[best].records), labels}
		groups[at] = both
		groups = slices.Delete(groups, best, best+1)
	}
	return groups
}

// cheapest is the class with which another is put together at the least cost, and what both
// are called then: -1 where with none no more than so many have to wait.
func (b *builder) cheapest(groups []*newClass, at, most int) (best int, labels []string) {
	best, cost := -1, 0.0
	g := groups[at]
	for o, other := range groups {
		if o == at || b.small && b.moreWait(g, other) > most {
			continue
		}
		joined := slices.Concat(g.records, other.records)
		l, c := b.joint(joined)
		// What is read more broadly than before, in records.
		c = c*float64(len(joined)) - b.levels(g.records, g.labels)*float64(len(g.records)) - b.levels(other.records, other.labels)*float64(len(other.records))
		if b.between(other.records) || b.manyLines(other) {
			c *= 0.5 // two at once
		}
		if best < 0 || c < cost {
			best, cost, labels = o, c, l
		}
	}
	return best, labels
}

// manyLines reports whether a class is of K contributors, with more lines than these are.
func (b *builder) manyLines(g *newClass) bool {
	return b.contributors(g.records) == b.cfg.K && len(g.records) > b.cfg.K
}

// moreWait is how many more would have to wait if classes were put together.
func (b *builder) moreWait(groups ...*newClass) (more int) {
	var all []int
	for _, g := range groups {
		all = append(all, g.records...)
		more -= b.waiting(g.records)
	}
	return more + b.waiting(all)
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
	for _, records := range [][]int{g.records, rest} {
		n := b.contributors(records)
		for n > 0 && b.betweenOf(records, n) {
			n--
		}
		for try := range b.cfg.K { // one may lack the diversity, or tell of fewer examples
			keep(b.someOf(records, n, try))
		}
	}
	if best == nil {
		return
	}
	g.records = best
	g.labels, _ = b.joint(best)
}

// someOf are records of n contributors, chosen at random under the key, all lines of one
// together. It must hang neither on what lines say nor on their ids: readers have both, and
// would know of whom joins later that he was not among those who waited.
func (b *builder) someOf(records []int, n, try int) []int {
	edition := "0"
	if b.cfg.Ledger != nil {
		edition = strconv.Itoa(len(b.cfg.Ledger.entries))
	}
	chance := make(map[int][]byte, len(records))
	for _, i := range records {
		var first []byte
		for _, holding := range holdingNames(b.plain[i]) {
			if mac := b.cfg.Key.raw("waits, contributor", edition, strconv.Itoa(try), holding); first == nil || bytes.Compare(mac, first) < 0 {
				first = mac
			}
		}
		chance[i] = append(first, b.cfg.Key.raw("waits, record", edition, strconv.Itoa(try), b.plain[i].ID())...)
	}
	order := slices.SortedFunc(slices.Values(records), func(x, y int) int { return bytes.Compare(chance[x], chance[y]) })
	var out []int
	in := map[string]bool{} // holdings of one record: another of the same adds nobody
	for _, i := range order {
		of := strings.Join(holdingNames(b.plain[i]), "\x00")
		if !in[of] && b.contributors(append(slices.Clip(out), i)) > n {
			continue
		}
		in[of] = true
		out = append(out, i)
	}
	slices.Sort(out)
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
