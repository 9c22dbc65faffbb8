// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"math"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

// An ensemble is many quick clusterings, each under other conditions: another
// number of clusters, another weight of words against meaning, more or fewer
// latent dimensions, other starting points. What most of them agree on is in
// the texts; what few agree on was in the conditions.

// view copies the vectors with only the first latent columns and other weights
// of the two halves.
func view(x numeric.Matrix, latent, keep int, lexical, semantic float32, workers int) numeric.Matrix {
	y := numeric.NewMatrix(x.Rows, keep+x.Cols-latent)
	numeric.EachChunk(x.Rows, 1024, workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			row, src := y.Row(i), x.Row(i)
			left, right := row[:keep], row[keep:]
			copy(left, src[:keep])
			copy(right, src[latent:])
			numeric.Unit(left)
			numeric.Unit(right)
			for j := range left {
				left[j] *= lexical
			}
			for j := range right {
				right[j] *= semantic
			}
			numeric.Unit(row)
		}
	})
	return y
}

// ensemble runs k-means with numbers of clusters between low and high.
func ensemble(x numeric.Matrix, latent int, hashes []uint64, low, high float64, runs, workers int) [][]int32 {
	out := make([][]int32, runs)
	fewest := min(latent, max(2, min(10, latent/2)))
	most := min(latent, max(fewest, int(math.Sqrt(float64(8*x.Rows)))))
	each := func(r int) []int32 {
		draw := func(what uint64) float64 { return numeric.Uniform(numeric.Mix(numeric.Mix(uint64(r)+17) ^ what)) }
		k := int(math.Round(between(low, high, draw(1))))
		keep := 0
		if latent > 0 {
			keep = int(math.Round(between(float64(fewest), float64(most), draw(2))))
		}
		lexical := float32(0.5 + draw(3))
		y := view(x, latent, keep, lexical, 2-lexical, 1)
		a := numeric.KMeans(y, numeric.Spread(y, hashes, max(2, min(k, x.Rows)), uint64(r), 1), 10, 1)
		return a
	}
	numeric.EachChunk(runs, 1, workers, func(r, _, _ int) { out[r] = each(r) })
	return out
}

// between is a point between low and high on a logarithmic scale.
func between(low, high, share float64) float64 {
	return low * numeric.Exp(share*numeric.Ln(high/low))
}
