// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"math"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

const (
	// consensusMost is how many texts the consensus compares pair by pair.
	consensusMost = 2000
	// chooseMost is how many texts the choice of K looks at.
	chooseMost = 400
	runsWide   = 60
	// drawnMost is up to how many texts each is also tried drawn towards its
	// drawnNear nearest, in all drawnPull times as heavy as itself.
	drawnMost    = 5000
	drawnNear    = 12
	drawnPull    = 2
	explainSteps = 6
)

// group makes the first grouping of the sample: what fits a seed goes to it,
// the rest is grouped among itself.
func (f *fitting) group() *grouping {
	seeds := len(f.cfg.Seeds)
	g := &grouping{k: seeds, assign: make([]int32, len(f.sample)), fixed: make([]bool, len(f.sample)), barred: make([]bool, len(f.sample))}
	free := make([]int, 0, f.texts)
	if f.texts < fewTexts {
		f.warn("Too few texts to group: only what fits a known concept or is nearly the same was put together.")
	}
	for i, d := range f.sample {
		g.assign[i] = f.seed[d]
		g.fixed[i] = f.seed[d] >= 0
	}
	if seeds > 0 {
		f.follow(g)
	}
	for i := range f.texts {
		if g.assign[i] < 0 {
			free = append(free, i)
			g.barred[i] = true
		}
	}
	if len(free) == 0 {
		return g
	}
	k := 0
	if f.cfg.K > seeds {
		k = f.cfg.K - seeds
	}
	var part []int32
	if f.texts < fewTexts || seeds > 0 && len(free) < fewTexts {
		part = f.nearlySame(free)
	} else {
		part = f.partition(free, k)
	}
	for n, i := range free {
		g.assign[i] = int32(seeds) + part[n]
		g.k = max(g.k, seeds+int(part[n])+1)
	}
	return g
}

// partition groups the given rows: by consensus of an ensemble where they are
// few, else by k-means from the consensus of the first. k 0 chooses.
func (f *fitting) partition(rows []int, k int) []int32 {
	x, hashes := f.pick(rows)
	n := x.Rows
	if n < 3 {
		return sequence(min(n, max(k, 1)), n)
	}
	if k == 0 {
		k = f.choose(x, hashes, min(n, chooseMost))
	}
	k = min(k, n)
	if k <= 1 {
		return make([]int32, n)
	}
	m := min(n, consensusMost)
	f.rows = rows[:m]
	if m == n {
		return f.consensus(x, hashes, float64(k)*0.7, float64(k)*1.3, votes(m)).Cut(k)
	}
	// Fresh starts on all rows were tried beside this one, and never explained
	// the texts better.
	all := f.spread(x, hashes, m, k)
	if n != f.x.Rows {
		return all
	}
	if n <= drawnMost {
		// Where groups are small a text is known better by its neighbours than
		// alone; where they are large that blurs them. The texts say which.
		met := f.met
		drawn := f.spread(drawn(x, f.cfg.Workers), hashes, m, k)
		if f.explained(x, drawn, k) > f.explained(x, all, k) {
			all = drawn
		} else {
			f.met = met
		}
	}
	f.rebalance(x, f.counts, hashes, all, k)
	return all
}

// spread groups the first m rows by consensus and the others by k-means from
// there.
func (f *fitting) spread(x numeric.Matrix, hashes []uint64, m, k int) []int32 {
	head := numeric.Matrix{Rows: m, Cols: x.Cols, Data: x.Data[:m*x.Cols]}
	assign := f.consensus(head, hashes, float64(k)*0.7, float64(k)*1.3, votes(m)).Cut(k)
	all := make([]int32, x.Rows)
	numeric.KMeansFrom(x, numeric.MeansOf(head, assign, k, f.cfg.Workers), all, 30, f.cfg.Workers)
	return all
}

// explained is how well the mixture, polished from a partition, explains the
// texts.
func (f *fitting) explained(x numeric.Matrix, assign []int32, k int) float64 {
	assign = slices.Clone(assign)
	m := polish(f.counts, x, assign, k, explainSteps, polishPull, nil, nil, 0, f.cfg.Workers)
	return m.fit(f.counts, x, assign)
}

// drawn is each row drawn towards those near it that it is near to.
func drawn(x numeric.Matrix, workers int) numeric.Matrix {
	near, sims := numeric.Nearest(x, drawnNear, workers)
	y := numeric.NewMatrix(x.Rows, x.Cols)
	numeric.EachChunk(x.Rows, 256, workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			row := y.Row(i)
			copy(row, x.Row(i))
			for e, j := range near[i] {
				if slices.Contains(near[j], int32(i)) {
					numeric.AddScaled(row, sims[i][e]*drawnPull/drawnNear, x.Row(int(j)))
				}
			}
			numeric.Unit(row)
		}
	})
	return y
}

// votes is how many runs the ensemble has on n texts: few texts need more, and
// cost less.
func votes(n int) int { return max(40, min(100, 60000/n)) }

// sequence numbers n rows 0, 1, ..., k-1, k-1, ...
func sequence(k, n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(min(i, k-1))
	}
	return out
}

// pick copies rows of the sample, unless they are all of it.
func (f *fitting) pick(rows []int) (numeric.Matrix, []uint64) {
	if len(rows) == f.x.Rows {
		return f.x, f.hashes
	}
	x, hashes := numeric.NewMatrix(len(rows), f.x.Cols), make([]uint64, len(rows))
	for n, i := range rows {
		copy(x.Row(n), f.x.Row(i))
		hashes[n] = f.hashes[i]
	}
	return x, hashes
}

func (f *fitting) consensus(x numeric.Matrix, hashes []uint64, low, high float64, runs int) numeric.Tree {
	f.met = numeric.Together(ensemble(x, f.space.project.Cols, hashes, low, high, runs, f.cfg.Workers), x.Rows, f.cfg.Workers)
	return numeric.AverageLink(append([]float32(nil), f.met...), x.Rows)
}

// choose picks the number of clusters on the first m texts, a fair part of all
// since the order is that of a hash.
func (f *fitting) choose(x numeric.Matrix, hashes []uint64, m int) int {
	root := math.Sqrt(float64(m))
	head := numeric.Matrix{Rows: m, Cols: x.Cols, Data: x.Data[:m*x.Cols]}
	t := f.consensus(head, hashes, max(2, root/2), root*2, runsWide)
	f.report.Candidates = chooseK(head, f.met, t, min(f.cfg.MaxClusters, m/2), f.cfg.Workers)
	if len(f.report.Candidates) == 0 {
		return 1
	}
	if f.report.Candidates[0].Score < weakScore {
		f.warn("The texts do not fall into clear groups: read the groups as a first sorting only.")
	}
	return f.report.Candidates[0].K
}

// weakScore is the modularity under which groups are hardly better than chance.
const weakScore = 0.15
