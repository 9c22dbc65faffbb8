// SPDX-License-Identifier: Apache-2.0

package numeric

// Together counts, for every pair of texts, in what share of the runs they
// met.
func Together(runs [][]int32, n, workers int) []float32 {
	sim := make([]float32, n*n)
	step := 1 / float32(len(runs))
	EachChunk(n, 64, workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			row := sim[i*n : (i+1)*n]
			for _, r := range runs {
				own := r[i]
				for j, c := range r {
					if c == own {
						row[j] += step
					}
				}
			}
		}
	})
	return sim
}

// Nearest lists, for each row, the rows of the greatest positive cosines with
// it, the nearest first, and those cosines.
func Nearest(x Matrix, most, workers int) (near [][]int32, sims [][]float32) {
	near, sims = make([][]int32, x.Rows), make([][]float32, x.Rows)
	all := PackCentroids(x)
	EachChunk(x.Rows, 64, workers, func(_, from, to int) {
		sim := make([]float32, RoundUp4(x.Rows))
		for i := from; i < to; i++ {
			all.Similarities(sim, x.Row(i))
			sim[i] = -2
			for range most {
				b := ArgMax(sim[:x.Rows])
				if sim[b] <= 0 {
					break
				}
				near[i], sims[i] = append(near[i], int32(b)), append(sims[i], sim[b])
				sim[b] = -2
			}
		}
	})
	return near, sims
}
