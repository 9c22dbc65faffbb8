// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

// placer places texts one after the other; not safe for concurrent use.
type placer struct {
	space *space
	mix   *mixture
	means numeric.Centroids
	v     []float32
	sim   []float32 // cosines of the last text
	out   []float32 // its scores
	best  int
	known []bool // columns of seeds, which take only what resembles them
	sc    scratch
}

func newPlacer(s *space, mix *mixture) *placer {
	return &placer{
		space: s, mix: mix, means: numeric.PackCentroids(mix.means), v: make([]float32, s.dim()),
		sim: make([]float32, numeric.RoundUp4(mix.k)), out: make([]float32, mix.k),
	}
}

// place scores a text for every column.
func (p *placer) place(words []uint32, raw string) {
	p.space.place(p.v, words, raw, &p.sc)
	p.means.Similarities(p.sim, p.v)
	p.mix.score(p.out, p.sim, p.sc.terms, p.sc.counts)
	p.best = numeric.ArgMax(p.out)
	if p.known == nil || !p.known[p.best] || p.sim[p.best] >= seedFloor {
		return
	}
	other := -1
	for c, x := range p.out {
		if (!p.known[c] || p.sim[c] >= seedFloor) && (other < 0 || x > p.out[other]) {
			other = c
		}
	}
	if other >= 0 {
		p.best = other
	}
}

const (
	// temper flattens the scores, which count every word as if it were
	// independent evidence.
	temper     = 3
	secondary  = 0.25
	mostOthers = 2
)

// shares are the share of column own (or of none: 0) and the other columns
// with a considerable share, the greatest first.
func (p *placer) shares(own int, ids []string) (float64, []membership) {
	var sum float64
	top := p.out[numeric.ArgMax(p.out)]
	share := make([]float64, len(p.out))
	for i, x := range p.out {
		share[i] = numeric.Exp(float64(x-top) / temper)
		sum += share[i]
	}
	var confidence float64
	var others []membership
	for i := range share {
		share[i] /= sum
		if i == own {
			confidence = share[i]
		} else if share[i] >= secondary {
			others = append(others, membership{ids[i], share[i]})
		}
	}
	if len(others) > 1 && others[1].Share > others[0].Share {
		others[0], others[1] = others[1], others[0]
	}
	return confidence, others[:min(len(others), mostOthers)]
}

// Assign places further items among the clusters, which stay as they are. An
// item with no word to go by has Cluster "empty". The assignments are in the
// order of the items, and each depends on its own text only.
func (m *Model) Assign(ctx context.Context, items []Item) ([]Assignment, error) {
	if err := checkItems(items); err != nil {
		return nil, err
	}
	out := make([]Assignment, len(items))
	for i, it := range items {
		out[i] = Assignment{Item: it.ID, Cluster: emptyID}
	}
	if m.mix == nil {
		return out, nil
	}
	c := readItems(items, m.cfg.Synonyms, m.cfg.Workers)
	s := m.space.over(c.lex, m.terms)
	s.learnWords(m.cfg.Workers)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("cluster: assign: %w", err)
	}
	numeric.EachChunk(len(c.docs), 512, m.cfg.Workers, func(_, from, to int) {
		p := newPlacer(s, m.mix)
		p.known = m.seeded()
		for _, d := range c.docs[from:to] {
			p.place(d.words, items[d.items[0]].Text)
			confidence, others := p.shares(p.best, m.columns)
			id := m.columns[p.best]
			if m.cfg.Outliers && p.sim[p.best] < outlierFloor {
				id, confidence = outlierID, 0
			}
			for _, it := range d.items {
				out[it] = Assignment{Item: items[it].ID, Cluster: id, Confidence: confidence, Others: others}
			}
		}
	})
	return out, nil
}

// seeded marks the columns of seeds.
func (m *Model) seeded() []bool {
	out := make([]bool, len(m.columns))
	for _, s := range m.cfg.Seeds {
		if c := slices.Index(m.columns, s.ID); c >= 0 {
			out[c] = true
		}
	}
	return out
}

// over is the same space for texts with another lexicon.
func (s *space) over(lex *lexicon, terms []string) *space {
	index := make(map[string]int32, len(terms))
	for i, t := range terms {
		index[t] = int32(i)
	}
	w := &weigher{term: make([]int32, len(lex.stems)), idf: s.weigher.idf}
	for i, t := range lex.stems {
		w.term[i] = -1
		if j, ok := index[t]; ok {
			w.term[i] = j
		}
	}
	return &space{lex: lex, weigher: w, project: s.project, embedder: s.embedder, mean: s.mean, lexical: s.lexical, semantic: s.semantic}
}
