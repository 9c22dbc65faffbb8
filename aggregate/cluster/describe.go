// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

const (
	labelTexts   = 400 // texts of a cluster that its label is made from
	exemplarPool = 30
	exemplars    = 3
	// relevance weighs likeness to the centre against likeness to exemplars
	// already chosen (maximal marginal relevance).
	relevance = 0.7
)

// member is an item in its cluster.
type member struct {
	item int32
	doc  int32
	sim  float32
}

// describe places every item once more, under the final mixture, and fills in
// what is said of clusters and items.
func (f *fitting) describe(m *Model, t *table) {
	index := make(map[string]int, len(m.clusters))
	for i, c := range m.clusters {
		index[c.ID] = i
	}
	m.items = make([]Assignment, f.real)
	for i := range m.items {
		m.items[i] = Assignment{Item: t.ids[i], Cluster: t.at[i]}
	}
	docs := f.corpus.docs
	sims := make([]float32, len(docs))
	if m.mix != nil {
		numeric.EachChunk(len(docs), 512, f.cfg.Workers, func(_, from, to int) {
			p := newPlacer(m.space, m.mix)
			for i := from; i < to; i++ {
				if len(docs[i].items) == 0 {
					continue
				}
				p.place(docs[i].words, docs[i].raw)
				for _, it := range docs[i].items {
					col := slices.Index(m.columns, t.at[it])
					m.items[it].Confidence, m.items[it].Others = p.shares(col, m.columns)
					if col >= 0 {
						sims[i] = p.sim[col]
					}
				}
			}
		})
	}
	members := make([][]member, len(m.clusters))
	for i, d := range docs {
		for _, it := range d.items {
			c := index[t.at[it]]
			members[c] = append(members[c], member{it, int32(i), sims[i]})
		}
	}
	for c := range m.clusters {
		f.measureCluster(m, c, members[c])
	}
	f.nameAll(m, t, members)
	f.stability(m)
	f.advise(m)
}

func (f *fitting) measureCluster(m *Model, c int, members []member) {
	cl := &m.clusters[c]
	sources := map[string]struct{}{}
	var sum float64
	for _, x := range members {
		sources[f.items[x.item].Source] = struct{}{}
		sum += float64(x.sim)
	}
	if cl.Empty {
		for _, it := range f.corpus.silent {
			sources[f.items[it].Source] = struct{}{}
		}
	}
	cl.Sources = len(sources)
	col := slices.Index(m.columns, cl.ID)
	if col < 0 {
		return
	}
	cl.Cohesion = max(0, sum/float64(max(1, len(members))))
	nearest := float32(-1)
	for other := range m.columns {
		if other != col {
			nearest = max(nearest, numeric.Dot(m.mix.means.Row(col), m.mix.means.Row(other)))
		}
	}
	cl.Separation = min(1, float64(1-nearest))
	cl.Exemplars = f.exemplars(m, members)
}

// exemplars are the items most like the cluster's centre and unlike each other.
func (f *fitting) exemplars(m *Model, members []member) []string {
	pool := slices.Clone(members)
	slices.SortFunc(pool, func(a, b member) int {
		return cmp.Or(cmp.Compare(b.sim, a.sim), cmp.Compare(a.doc, b.doc), compareStrings(f.items[a.item].ID, f.items[b.item].ID))
	})
	pool = slices.CompactFunc(pool, func(a, b member) bool { return a.doc == b.doc })
	pool = pool[:min(len(pool), exemplarPool)]
	vectors := numeric.NewMatrix(len(pool), m.space.dim())
	var sc scratch
	for i, x := range pool {
		d := f.corpus.docs[x.doc]
		m.space.place(vectors.Row(i), d.words, d.raw, &sc)
	}
	var out []string
	var chosen []int
	for len(out) < min(exemplars, len(pool)) {
		best, top := -1, float32(-9)
		for i, x := range pool {
			if slices.Contains(chosen, i) {
				continue
			}
			near := float32(0)
			for _, j := range chosen {
				near = max(near, numeric.Dot(vectors.Row(i), vectors.Row(j)))
			}
			if v := float32(relevance*x.sim) - float32((1-relevance)*near); v > top {
				best, top = i, v
			}
		}
		chosen = append(chosen, best)
		out = append(out, f.items[pool[best].item].ID)
	}
	return out
}

func (f *fitting) nameAll(m *Model, t *table, members [][]member) {
	var groups [][]Item
	var fixed []string
	spoken := newSpoken(f.cfg.Seeds)
	for _, id := range m.columns {
		c := slices.IndexFunc(m.clusters, func(c Cluster) bool { return c.ID == id })
		var items []Item
		for _, x := range members[c][:min(len(members[c]), labelTexts)] {
			items = append(items, f.items[x.item])
		}
		groups = append(groups, items)
		label := t.labels[id]
		if spoken.of(id, label) && !spoken.by(items, id) {
			label = "" // they name themselves; Concept says what they are near to
		}
		fixed = append(fixed, label)
	}
	names := newNamer(readBooks(groups), f.cfg.MinLabelSources, f.cfg.Style, f.cfg.StopLabels).names(fixed)
	unnamed := 0
	for i := range m.clusters {
		c := &m.clusters[i]
		switch col := slices.Index(m.columns, c.ID); {
		case c.Empty:
			c.Label = "No words to group by"
		case c.Outlier:
			c.Label = "Fits no group"
		default:
			c.Label, c.Description = names[col].label, names[col].description
			if c.Label == "" {
				unnamed++
				c.Label, c.numbered = "Group "+strconv.Itoa(unnamed), true
			}
		}
		if slices.ContainsFunc(f.cfg.Seeds, func(s Seed) bool { return s.ID == c.ID }) {
			c.Concept = c.ID
		}
	}
	if unnamed > 0 {
		f.warn("Some groups have no wording that enough sources share, and bear a number instead of a name.")
	}
}

// stability is the mean share of the last ensemble's runs in which two texts of
// a cluster met.
func (f *fitting) stability(m *Model) {
	n := len(f.rows)
	if n == 0 || len(f.met) != n*n {
		return
	}
	sum, pairs := make([]float64, len(m.columns)), make([]int, len(m.columns))
	for a := range n {
		c := f.final[f.rows[a]]
		if c < 0 {
			continue
		}
		for b := range a {
			if f.final[f.rows[b]] == c {
				sum[c] += float64(f.met[a*n+b])
				pairs[c]++
			}
		}
	}
	for i := range m.clusters {
		if c := slices.Index(m.columns, m.clusters[i].ID); c >= 0 && pairs[c] > 0 {
			m.clusters[i].Stability = sum[c] / float64(pairs[c])
		}
	}
}

func (f *fitting) advise(m *Model) {
	if f.report.Silent > 0 {
		f.warn(strconv.Itoa(f.report.Silent) + " texts hold no word to group by.")
	}
	if f.report.UnknownWords > 0.25 {
		f.warn("More than a quarter of the words are not in the table of meanings: another language, or terms of art.")
	}
	if len(m.columns) > 1 && 2*m.clusters[0].Size > f.real {
		f.warn("One group holds more than half of the texts.")
	}
}
