// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"cmp"
	"math"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

// candidateK is one number of clusters that was considered.
type candidateK struct {
	K int
	// Score is the modularity of K clusters, the mean over two graphs: of the
	// texts' nearest neighbours, and of the texts that met in the repeated runs.
	Score float64
	// Gap is the relative gap behind the K-th eigenvalue of the second graph:
	// large where the texts fall into K groups by themselves.
	Gap float64
}

// resolution above 1 favours more and smaller clusters; at 1 modularity is
// known to join small ones.
const resolution = 1.5

// chooseK ranks the numbers of clusters from 2 to most, the best first.
func chooseK(x numeric.Matrix, met []float32, t numeric.Tree, most, workers int) []candidateK {
	n := x.Rows
	near := neighbourGraph(x, neighbours(n), workers)
	sharp := newGraph(n)
	for i := range n {
		for j := range n {
			if v := met[i*n+j]; j != i && v > 0.05 {
				sharp.add(i, j, v*v)
			}
		}
	}
	values := spectrum(met, n)
	var out []candidateK
	for k := 2; k <= min(most, n-1); k++ {
		cut := t.Cut(k)
		c := candidateK{K: k, Score: (near.modularity(cut, k) + sharp.modularity(cut, k)) / 2}
		if k < len(values) && values[k-1] > 0 {
			c.Gap = (values[k-1] - values[k]) / values[k-1]
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b candidateK) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

// neighbours is to how many others a text is joined in the graph of n.
func neighbours(n int) int {
	return max(3, min(12, int(math.Round(0.45*math.Sqrt(float64(n))))))
}

// graph is a weighted graph, each edge held at both ends.
type graph struct {
	to     [][]int32
	weight [][]float32
}

func newGraph(n int) *graph {
	return &graph{to: make([][]int32, n), weight: make([][]float32, n)}
}

func (g *graph) add(i, j int, w float32) {
	g.to[i] = append(g.to[i], int32(j))
	g.weight[i] = append(g.weight[i], w)
}

// modularity is how much more of the weight lies inside the groups than would
// by chance.
func (g *graph) modularity(group []int32, k int) float64 {
	inside, total := 0.0, 0.0
	degree := make([]float64, k)
	for i, to := range g.to {
		for e, j := range to {
			w := float64(g.weight[i][e])
			total += w
			degree[group[i]] += w
			if group[i] == group[j] {
				inside += w
			}
		}
	}
	if total == 0 {
		return 0
	}
	q := inside / total
	for _, d := range degree {
		q -= float64(resolution * (d / total) * (d / total))
	}
	return q
}

// neighbourGraph joins each text to its nearest others by their cosine.
func neighbourGraph(x numeric.Matrix, near, workers int) *graph {
	n := x.Rows
	lists := make([][]int32, n)
	sims := make([][]float32, n)
	numeric.EachChunk(n, 32, workers, func(_, from, to int) {
		all, order := make([]float32, n), make([]int32, n)
		for i := from; i < to; i++ {
			for j := range n {
				all[j], order[j] = numeric.Dot(x.Row(i), x.Row(j)), int32(j)
			}
			all[i] = -2
			slices.SortFunc(order, func(a, b int32) int {
				return cmp.Or(cmp.Compare(all[b], all[a]), cmp.Compare(a, b))
			})
			for _, j := range order[:min(near, n-1)] {
				if all[j] > 0 {
					lists[i] = append(lists[i], j)
					sims[i] = append(sims[i], all[j])
				}
			}
		}
	})
	g := newGraph(n)
	for i := range n {
		for e, j := range lists[i] {
			g.add(i, int(j), sims[i][e])
			g.add(int(j), i, sims[i][e])
		}
	}
	return g
}

// spectrum is the eigenvalues, descending, of a similarity matrix normalised
// by its degrees.
func spectrum(sim []float32, n int) []float64 {
	scale, w := make([]float64, n), make([]float64, n*n)
	for i := range n {
		var d float64
		for _, v := range sim[i*n : (i+1)*n] {
			d += float64(v)
		}
		scale[i] = 1 / math.Sqrt(d)
	}
	for i := range n {
		for j := range n {
			w[i*n+j] = float64(sim[i*n+j]) * scale[i] * scale[j]
		}
	}
	values, _ := numeric.SymmetricEigen(w, n)
	return values
}
