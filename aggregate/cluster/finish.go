// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

// IDs of the two groups that are no cluster of meaning.
const (
	emptyID   = "empty"
	outlierID = "outliers"
)

// outlierFloor is the cosine with its cluster's direction under which a text
// fits nowhere.
const outlierFloor = 0.25

// finish places every item, gives the groups their identity, applies a
// person's edits, learns the final mixture and names the groups.
func (f *fitting) finish(mix *mixture, g *grouping) (*Model, error) {
	t := f.identify(f.placeAll(mix, g), g)
	var raw []string
	if len(f.cfg.Edits) > 0 {
		raw = slices.Clone(t.at)
		t.index = make(map[string]int, f.real)
		for i, id := range t.ids {
			t.index[id] = i
		}
	}
	for i, e := range f.cfg.Edits {
		if !t.apply(e) {
			f.warn("Edit " + strconv.Itoa(i+1) + " had nothing to act on.")
		}
	}
	m := &Model{cfg: f.cfg, next: f.next, embedder: f.cfg.Embedder}
	f.settle(m, t)
	f.describe(m, t)
	m.unedited = raw
	m.report = f.report
	return m, nil
}

// placeAll is the column of every item: -1 for silent ones, -2 for outliers.
func (f *fitting) placeAll(mix *mixture, g *grouping) []int32 {
	at := make([]int32, f.real)
	for _, it := range f.corpus.silent {
		at[it] = -1
	}
	if mix == nil {
		return at
	}
	shaped := make([]int32, len(f.corpus.docs))
	for i := range shaped {
		shaped[i] = -1
	}
	for i, d := range f.sample {
		shaped[d] = g.assign[i]
	}
	known := make([]bool, mix.k)
	for c := range f.cfg.Seeds {
		known[c] = true
	}
	docs := f.corpus.docs
	numeric.EachChunk(len(docs), 512, f.cfg.Workers, func(_, from, to int) {
		p := newPlacer(f.space, mix)
		p.known = known
		for i := from; i < to; i++ {
			if len(docs[i].items) == 0 {
				continue
			}
			c := shaped[i]
			if c < 0 || f.cfg.Outliers {
				p.place(docs[i].words, docs[i].raw)
				if c < 0 {
					c = int32(p.best)
				}
				if f.cfg.Outliers && f.seed[i] < 0 && p.sim[c] < outlierFloor {
					c = -2
				}
			}
			for _, it := range docs[i].items {
				at[it] = c
			}
		}
	})
	return at
}

// identify turns columns into cluster IDs: a seed's own, that of the earlier
// clustering's group with mostly the same items, or a new number.
func (f *fitting) identify(at []int32, g *grouping) *table {
	t := &table{ids: make([]string, f.real), at: make([]string, f.real), labels: map[string]string{}}
	k := 0
	if g != nil {
		k = g.k
	}
	size, first := make([]int, k), make([]string, k)
	for i, c := range at {
		t.ids[i] = f.items[i].ID
		if c >= 0 && k > 0 {
			size[c]++
			if first[c] == "" || t.ids[i] < first[c] {
				first[c] = t.ids[i]
			}
		}
	}
	ids := make([]string, k)
	for n, s := range f.cfg.Seeds {
		if n < k {
			ids[n] = s.ID
			t.labels[s.ID] = s.Label
		}
	}
	f.next = 1
	if f.prev != nil {
		f.next = f.prev.next
		f.inherit(ids, at, t)
	}
	f.number(ids, size, first)
	for i, c := range at {
		switch c {
		case -1:
			t.at[i] = emptyID
		case -2:
			t.at[i] = outlierID
		default:
			t.at[i] = ids[c]
		}
	}
	return t
}

// number gives the next numbers to the clusters that have no ID, the largest first.
func (f *fitting) number(ids []string, size []int, first []string) {
	var order []int
	for c := range ids {
		if ids[c] == "" && size[c] > 0 {
			order = append(order, c)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(size[b], size[a]), cmp.Compare(first[a], first[b]))
	})
	for _, c := range order {
		ids[c] = "c" + strconv.Itoa(f.next)
		f.next++
	}
}

// settle orders the clusters by size and learns the mixture that places
// further texts, from the places that people and seeds have settled.
func (f *fitting) settle(m *Model, t *table) {
	size := map[string]int{}
	for _, id := range t.at {
		size[id]++
	}
	ids := make([]string, 0, len(size))
	for id := range size {
		ids = append(ids, id)
	}
	special := func(id string) int {
		if id == emptyID || id == outlierID {
			return 1
		}
		return 0
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(special(a)-special(b), size[b]-size[a], compareStrings(a, b))
	})
	column := map[string]int32{emptyID: -1, outlierID: -1}
	for _, id := range ids {
		m.clusters = append(m.clusters, Cluster{ID: id, Size: size[id], Empty: id == emptyID, Outlier: id == outlierID})
		if special(id) == 0 {
			column[id] = int32(len(m.columns))
			m.columns = append(m.columns, id)
		}
	}
	f.report.K = len(m.columns)
	if len(m.columns) == 0 {
		return
	}
	f.final = make([]int32, len(f.sample))
	for i, d := range f.sample {
		f.final[i] = -1
		if items := f.corpus.docs[d].items; len(items) > 0 {
			f.final[i] = column[t.at[items[0]]]
		} else if c, ok := column[f.cfg.Seeds[f.seed[d]].ID]; ok {
			f.final[i] = c
		}
	}
	m.space = f.space
	m.mix = learnMixture(f.counts, f.x, f.final, len(m.columns), polishPull, polishMass, f.cfg.Workers)
	m.terms = make([]string, len(f.space.weigher.stem))
	for i, s := range f.space.weigher.stem {
		m.terms[i] = f.corpus.lex.stems[s]
	}
}
