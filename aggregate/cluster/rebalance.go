// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"cmp"
	"math"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

const (
	rebalanceRows  = 5000
	rebalanceTries = 8  // pairs of groups to try before giving up
	rebalanceMost  = 12 // changes tried in all
	rebalanceSteps = 4
)

// rebalance mends what k-means and EM cannot by moving single texts: it
// dissolves the group that holds least together, splits the one that spreads
// most into two, and keeps the change if the mixture then explains the texts
// better (split-and-merge EM). assign is changed in place.
func (f *fitting) rebalance(x numeric.Matrix, counts *numeric.Sparse, hashes []uint64, assign []int32, k int) {
	n := min(x.Rows, rebalanceRows)
	if k < 3 {
		return
	}
	x = numeric.Matrix{Rows: n, Cols: x.Cols, Data: x.Data[:n*x.Cols]}
	counts = &numeric.Sparse{Rows: n, Cols: counts.Cols, Start: counts.Start[:n+1], Col: counts.Col, Val: counts.Val}
	best := slices.Clone(assign[:n])
	m := polish(counts, x, best, k, rebalanceSteps, polishPull, nil, nil, 0, f.cfg.Workers)
	value := m.fit(counts, x, best)
	for try, all := 0, 0; try < rebalanceTries && all < rebalanceMost && f.ctx.Err() == nil; try, all = try+1, all+1 {
		loose, wide := m.weakest(counts, x, best)
		from, into := loose[try%2], wide[try/2]
		if from == into {
			continue
		}
		next := m.exchange(counts, x, hashes, best, from, into)
		if next == nil {
			continue
		}
		mix := polish(counts, x, next, k, rebalanceSteps, polishPull, nil, nil, 0, f.cfg.Workers)
		if v := mix.fit(counts, x, next); v > value+0.002 {
			best, m, value, try = next, mix, v, -1
		}
	}
	if n == len(assign) {
		copy(assign, best)
		return
	}
	copy(assign[:n], best)
	all := make([]int32, len(assign))
	numeric.KMeansFrom(f.x, numeric.MeansOf(x, best, k, f.cfg.Workers), all, 2, f.cfg.Workers)
	copy(assign[n:], all[n:])
}

// fit is the mean score of the texts for their own groups.
func (m *mixture) fit(counts *numeric.Sparse, x numeric.Matrix, assign []int32) float64 {
	out, sim := make([]float32, m.k), make([]float32, m.k)
	var sum float64
	for i, c := range assign {
		sim[c] = numeric.Dot(x.Row(i), m.means.Row(int(c)))
		cols, vals := counts.Row(i)
		m.score(out, sim, cols, vals)
		sum += float64(out[c])
	}
	return sum / float64(max(1, len(assign)))
}

// weakest orders the groups twice: by how little their texts prefer them to the
// next best group, and by how far in sum their texts lie from the centre.
func (m *mixture) weakest(counts *numeric.Sparse, x numeric.Matrix, assign []int32) (loose, wide []int) {
	c := numeric.PackCentroids(m.means)
	out, sim := make([]float32, m.k), make([]float32, numeric.RoundUp4(m.k))
	margin, size, far := make([]float64, m.k), make([]float64, m.k), make([]float64, m.k)
	for i, own := range assign {
		c.Similarities(sim, x.Row(i))
		cols, vals := counts.Row(i)
		m.score(out, sim, cols, vals)
		mine := out[own]
		out[own] = float32(math.Inf(-1))
		margin[own] += float64(mine - out[numeric.ArgMax(out)])
		size[own]++
		far[own] += float64(1 - sim[own])
	}
	for g := range m.k {
		loose, wide = append(loose, g), append(wide, g)
		margin[g] /= math.Max(1, size[g])
	}
	slices.SortStableFunc(loose, func(a, b int) int { return cmp.Compare(margin[a], margin[b]) })
	slices.SortStableFunc(wide, func(a, b int) int { return cmp.Compare(far[b], far[a]) })
	for len(wide) < rebalanceTries {
		wide = append(wide, wide[len(wide)-1])
	}
	return loose, wide
}

// exchange sends the texts of one group to their next best, and halves another.
func (m *mixture) exchange(counts *numeric.Sparse, x numeric.Matrix, hashes []uint64, assign []int32, from, into int) []int32 {
	next := slices.Clone(assign)
	c := numeric.PackCentroids(m.means)
	out, sim := make([]float32, m.k), make([]float32, numeric.RoundUp4(m.k))
	var rows []int
	for i, own := range assign {
		switch int(own) {
		case from:
			c.Similarities(sim, x.Row(i))
			cols, vals := counts.Row(i)
			m.score(out, sim, cols, vals)
			out[from] = float32(math.Inf(-1))
			next[i] = int32(numeric.ArgMax(out))
		case into:
			rows = append(rows, i)
		}
	}
	if len(rows) < 4 {
		return nil
	}
	part, hash := numeric.NewMatrix(len(rows), x.Cols), make([]uint64, len(rows))
	for n, i := range rows {
		copy(part.Row(n), x.Row(i))
		hash[n] = hashes[i]
	}
	half := numeric.KMeans(part, numeric.Spread(part, hash, 2, 0, 1), 15, 1)
	for n, i := range rows {
		if half[n] == 1 {
			next[i] = int32(from)
		}
	}
	return next
}
