// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"context"
	"fmt"
	"math"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

const (
	// fitSample bounds the distinct texts that shape the clusters.
	fitSample = 20000
	// fewTexts is the number of distinct texts under which nothing is grouped
	// but what fits a seed or is nearly the same.
	fewTexts    = 12
	mostLatent  = 80
	polishPull  = 2
	guidedPull  = 15
	polishMass  = 50
	polishSteps = 15
)

// fitting is the state of one Fit.
type fitting struct {
	cfg    Config
	items  []Item          // the caller's, then one for each phrase of a seed
	real   int             // how many are the caller's
	phrase []int           // the seed of each phrase
	ctx    context.Context //nolint:containedctx // lives no longer than Fit

	corpus *corpus
	seed   []int32 // of each document: the seed whose phrase it is, or -1
	space  *space
	sample []int // documents that shape the clusters: first a prefix of the canonical order, then seeds' phrases
	texts  int   // how many of the sample are the caller's
	counts *numeric.Sparse
	x      numeric.Matrix
	hashes []uint64
	met    []float32 // how often the first metRows texts met in the last ensemble
	rows   []int     // the rows of x that met tells of
	prev   *Model    // the clustering that this one continues
	next   int
	final  []int32 // column of each sample row after edits
	report Report
}

// grouping is a partition of the sample into columns; the first columns are
// the seeds'.
type grouping struct {
	k      int
	assign []int32
	fixed  []bool // phrases of seeds
	barred []bool // texts that fit no seed
}

func (f *fitting) run() (*Model, error) {
	f.read()
	if f.texts == 0 {
		return f.finish(nil, nil)
	}
	f.measure()
	if err := f.ctx.Err(); err != nil {
		return nil, fmt.Errorf("cluster: fit: %w", err)
	}
	g := f.group()
	if err := f.ctx.Err(); err != nil {
		return nil, fmt.Errorf("cluster: fit: %w", err)
	}
	pull, steps := float64(polishPull), polishSteps
	if len(f.cfg.Seeds) > 0 {
		pull = guidedPull
	}
	if f.texts < fewTexts {
		steps = 0
	}
	mix := polish(f.counts, f.x, g.assign, g.k, steps, pull, g.fixed, g.barred, len(f.cfg.Seeds), f.cfg.Workers)
	return f.finish(mix, g)
}

// read tokenises items and seeds and chooses the sample.
func (f *fitting) read() {
	f.real = len(f.items)
	f.items = f.items[:f.real:f.real]
	for n, s := range f.cfg.Seeds {
		for _, p := range append([]string{s.Label}, s.Phrases...) {
			f.items = append(f.items, Item{Text: p})
			f.phrase = append(f.phrase, n)
		}
	}
	f.corpus = readItems(f.items, f.cfg.Synonyms, f.cfg.Workers)
	f.seed = make([]int32, len(f.corpus.docs))
	var phrases []int
	silent := f.corpus.silent[:0]
	for _, it := range f.corpus.silent {
		if int(it) < f.real {
			silent = append(silent, it)
		}
	}
	f.corpus.silent = silent
	distinct := 0
	for i := range f.corpus.docs {
		d := &f.corpus.docs[i]
		f.seed[i] = -1
		kept := d.items[:0:0]
		for _, it := range d.items {
			if int(it) < f.real {
				kept = append(kept, it)
			} else if s := int32(f.phrase[int(it)-f.real]); f.seed[i] < 0 || s < f.seed[i] {
				f.seed[i] = s
			}
		}
		d.raw = f.items[d.items[0]].Text
		d.items = kept
		if len(kept) > 0 {
			distinct++
			if len(f.sample) < fitSample {
				f.sample = append(f.sample, i)
				continue
			}
		}
		if f.seed[i] >= 0 {
			phrases = append(phrases, i)
		}
	}
	f.texts = len(f.sample)
	f.sample = append(f.sample, phrases...)
	f.report = Report{Items: f.real, Distinct: distinct, Silent: len(silent)}
}

// measure fits the space of vectors to the sample and places the sample in it.
func (f *fitting) measure() {
	c, workers := f.corpus, f.cfg.Workers
	least := 2
	if len(f.sample) < 1000 {
		least = 1
	}
	w := newWeigher(c, f.sample, least)
	f.counts = countMatrix(c, f.sample, w)
	roots := make([]uint64, len(w.stem))
	for i, s := range w.stem {
		roots[i] = c.lex.root[s]
	}
	f.space = &space{lex: c.lex, weigher: w, embedder: f.cfg.Embedder, lexical: trust(len(f.sample)), semantic: 1}
	f.space.project = numeric.Latent(tfidf(f.counts, w), roots, latentDims(len(f.sample)), workers)
	f.space.learnWords(workers)
	f.space.learnMean(c, f.sample, workers)
	f.report.UnknownWords = f.space.unknown(c, f.sample[:f.texts])
	f.x = numeric.NewMatrix(len(f.sample), f.space.dim())
	f.hashes = make([]uint64, len(f.sample))
	numeric.EachBlock(len(f.sample), workers, func(_, from, to int) {
		var sc scratch
		for i := from; i < to; i++ {
			d := &c.docs[f.sample[i]]
			f.hashes[i] = d.hash
			f.space.place(f.x.Row(i), d.words, d.raw, &sc)
		}
	})
}

// latentDims is into how many directions n texts are resolved: what few texts
// say about each other is mostly noise beyond the first.
func latentDims(n int) int {
	return max(20, min(mostLatent, int(2.5*math.Sqrt(float64(n)))))
}

// trust is the weight of what the texts say about each other, against 1 for
// what words mean anywhere: it grows with the number of texts.
func trust(n int) float32 {
	return float32(min(2, max(0.8, 0.195+float64(0.35*numeric.Ln(float64(max(1, n))))/math.Ln10)))
}

func (f *fitting) warn(s string) { f.report.Warnings = append(f.report.Warnings, s) }
