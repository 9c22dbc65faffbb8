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
