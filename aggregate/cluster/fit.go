// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"
	"fmt"
	"slices"
	"strconv"
)

const (
	// fitSample is how many distinct texts, at most, shape the clusters.
	fitSample   = 20000
	latentDims  = 100
	polishPull  = 5
	polishMass  = 50
	polishSteps = 15
)

// fitting is the state of one Fit.
type fitting struct {
	cfg    Config
	items  []Item
	ctx    context.Context
	corpus *corpus
	space  *space
	sample []int // documents that shape the clusters: a prefix of the canonical order
	counts *sparse
	x      matrix
	report Report
}

func (f *fitting) run() (*Model, error) {
	f.corpus = readItems(f.items, f.cfg.Workers)
	f.report = Report{Items: len(f.items), Distinct: len(f.corpus.docs), Silent: len(f.corpus.silent)}
	n := len(f.corpus.docs)
	f.sample = make([]int, min(n, fitSample))
	for i := range f.sample {
		f.sample[i] = i
	}
	f.measure()
	if err := f.ctx.Err(); err != nil {
		return nil, fmt.Errorf("cluster: fit: %w", err)
	}
	k := f.cfg.K
	if k == 0 {
		f.report.Candidates = chooseK(f.x, f.cfg.MaxClusters, f.cfg.Workers)
		if len(f.report.Candidates) > 0 {
			k = f.report.Candidates[0].K
		}
	}
	k = min(k, len(f.sample))
	assign := f.partition(k)
	mix := polish(f.counts, f.x, assign, max(1, k), polishSteps, polishPull, polishMass, nil, f.cfg.Workers)
	return f.finish(mix, assign), nil
}

// measure fits the space of vectors to the sample and places the sample in it.
func (f *fitting) measure() {
	c, workers := f.corpus, f.cfg.Workers
	minDocs := 2
	w := newWeigher(c, f.sample, minDocs)
	f.counts = countMatrix(c, f.sample, w)
	roots := make([]uint64, len(w.stem))
	for i, s := range w.stem {
		roots[i] = c.lex.root[s]
	}
	f.space = &space{lex: c.lex, weigher: w, embedder: f.cfg.Embedder, lexical: 1, semantic: 1}
	f.space.project = latent(tfidf(f.counts, w), roots, latentDims, workers)
	f.space.learnWords(workers)
	f.space.learnMean(c, f.sample, f.items, workers)
	f.x = newMatrix(len(f.sample), f.space.dim())
	eachBlock(len(f.sample), workers, func(_, from, to int) {
		var sc scratch
		for i := from; i < to; i++ {
			d := &c.docs[f.sample[i]]
			f.space.place(f.x.row(i), d.words, f.items[d.items[0]].Text, &sc)
		}
	})
}

// partition is the best of several runs of k-means.
func (f *fitting) partition(k int) []int32 {
	if k < 1 {
		return make([]int32, len(f.sample))
	}
	hashes := make([]uint64, len(f.sample))
	for i, d := range f.sample {
		hashes[i] = f.corpus.docs[d].hash
	}
	var best []int32
	bestFit := -1.0
	for r := range 10 {
		assign, fit := kmeans(f.x, spread(f.x, hashes, k, uint64(r), f.cfg.Workers), 30, f.cfg.Workers)
		if fit > bestFit {
			best, bestFit = assign, fit
		}
	}
	return best
}

// finish turns columns of the mixture into clusters and places every item.
func (f *fitting) finish(mix *mixture, _ []int32) *Model {
	m := &Model{cfg: f.cfg, space: f.space, mix: mix, items: make([]Assignment, len(f.items)), report: f.report}
	docs := f.corpus.docs
	type place struct {
		column int32
		share  float32
	}
	places := make([]place, len(docs))
	eachChunk(len(docs), 512, f.cfg.Workers, func(_, from, to int) {
		p := m.newPlacer()
		for i := from; i < to; i++ {
			c, s := p.place(docs[i].words, f.items[docs[i].items[0]].Text)
			places[i] = place{int32(c), float32(s)}
		}
	})
	size := make([]int, mix.k)
	for i, p := range places {
		size[p.column] += len(docs[i].items)
	}
	order := make([]int, 0, mix.k)
	for c := range mix.k {
		if size[c] > 0 {
			order = append(order, c)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return size[b] - size[a] })
	ids := make([]string, mix.k)
	for n, c := range order {
		id := "c" + strconv.Itoa(n+1)
		ids[c] = id
		m.clusters = append(m.clusters, Cluster{ID: id, Label: "Group " + strconv.Itoa(n+1), Size: size[c]})
		m.slot = append(m.slot, c)
	}
	for i, p := range places {
		for _, it := range docs[i].items {
			m.items[it] = Assignment{Item: f.items[it].ID, Cluster: ids[p.column], Confidence: float64(p.share)}
		}
	}
	if n := len(f.corpus.silent); n > 0 {
		m.clusters = append(m.clusters, Cluster{ID: emptyID, Label: "No words to group by", Size: n, Empty: true})
		m.slot = append(m.slot, -1)
		for _, it := range f.corpus.silent {
			m.items[it] = Assignment{Item: f.items[it].ID, Cluster: emptyID}
		}
	}
	m.report.K = len(order)
	return m
}

const emptyID = "empty"
