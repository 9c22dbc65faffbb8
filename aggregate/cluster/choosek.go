// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"math"
	"slices"
)

// Candidate is one number of clusters that was considered.
type Candidate struct {
	K int
	// Gap is how much the similarity graph falls apart more easily into K
	// pieces than into K+1 (a gap between eigenvalues, 0-1).
	Gap float64
}

// chooseSample is how many texts the choice of K looks at.
const chooseSample = 600

// chooseK ranks the numbers of clusters by the eigengap of the normalised
// graph of nearest neighbours, the best first.
func chooseK(x matrix, maxK, workers int) []Candidate {
	n := min(x.rows, chooseSample)
	if n < 3 {
		return []Candidate{{K: max(1, min(n, 1))}}
	}
	values := graphSpectrum(x, n, workers)
	top := min(maxK, max(2, n/4), len(values)-1)
	var out []Candidate
	for k := 2; k <= top; k++ {
		out = append(out, Candidate{K: k, Gap: values[k-1] - values[k]})
	}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		switch {
		case a.Gap > b.Gap:
			return -1
		case a.Gap < b.Gap:
			return 1
		}
		return a.K - b.K
	})
	return out
}

// graphSpectrum is the eigenvalues, descending, of the normalised adjacency of
// the graph that joins each text to its nearest neighbours.
func graphSpectrum(x matrix, n, workers int) []float64 {
	near := max(3, min(10, int(math.Round(math.Sqrt(float64(n))/1.5))))
	w := make([]float64, n*n)
	sims := make([][]float32, n)
	eachChunk(n, 32, workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			s := make([]float32, n)
			for j := range n {
				s[j] = dot(x.row(i), x.row(j))
			}
			s[i] = -2
			sims[i] = s
		}
	})
	for i := range n {
		order := make([]int, n)
		for j := range order {
			order[j] = j
		}
		s := sims[i]
		sortBy(order, func(a, b int) bool {
			if s[a] != s[b] {
				return s[a] > s[b]
			}
			return a < b
		})
		for _, j := range order[:min(near, n-1)] {
			v := float64(max(0, s[j]))
			w[i*n+j] += v / 2
			w[j*n+i] += v / 2
		}
	}
	scale := make([]float64, n)
	for i := range n {
		d := 1e-9
		for _, v := range w[i*n : (i+1)*n] {
			d += v
		}
		scale[i] = 1 / math.Sqrt(d)
	}
	for i := range n {
		for j := range n {
			w[i*n+j] *= scale[i] * scale[j]
		}
	}
	values, _ := symmetricEigen(w, n)
	return values
}
