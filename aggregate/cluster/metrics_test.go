// SPDX-License-Identifier: Apache-2.0

package cluster_test

import "math"

// agreement compares a partition with gold classes: normalised mutual
// information, adjusted Rand index, and the share of texts right under the
// best one-to-one match of clusters and classes.
func agreement(gold, got []string) (nmi, ari, acc float64) {
	g, p := ids(gold), ids(got)
	a, b := count(g), count(p)
	table := make([][]float64, len(a))
	for i := range table {
		table[i] = make([]float64, len(b))
	}
	for i := range g {
		table[g[i]][p[i]]++
	}
	n := float64(len(g))
	pairs := func(x float64) float64 { return x * (x - 1) / 2 }
	entropy := func(xs []float64) (h float64) {
		for _, x := range xs {
			h -= x / n * math.Log(x/n)
		}
		return h
	}
	var mi, same, sa, sb float64
	for i, row := range table {
		for j, c := range row {
			if c > 0 {
				mi += c / n * math.Log(c*n/(a[i]*b[j]))
				same += pairs(c)
			}
		}
	}
	for _, x := range a {
		sa += pairs(x)
	}
	for _, x := range b {
		sb += pairs(x)
	}
	nmi, ari = 1, 1
	if h := (entropy(a) + entropy(b)) / 2; h > 0 {
		nmi = mi / h
	}
	if e := sa * sb / math.Max(1, pairs(n)); (sa+sb)/2 != e {
		ari = (same - e) / ((sa+sb)/2 - e)
	}
	return nmi, ari, bestMatch(table) / math.Max(1, n)
}

func ids(labels []string) []int {
	seen := map[string]int{}
	out := make([]int, len(labels))
	for i, l := range labels {
		if _, ok := seen[l]; !ok {
			seen[l] = len(seen)
		}
		out[i] = seen[l]
	}
	return out
}

func count(ids []int) []float64 {
	var out []float64
	for _, i := range ids {
		for len(out) <= i {
			out = append(out, 0)
		}
		out[i]++
	}
	return out
}

// bestMatch is the greatest sum of one entry a row and column (the Hungarian
// method with potentials).
func bestMatch(table [][]float64) float64 {
	n := len(table)
	for _, r := range table {
		n = max(n, len(r))
	}
	cost := func(i, j int) float64 {
		if i < len(table) && j < len(table[i]) {
			return -table[i][j]
		}
		return 0
	}
	u, v := make([]float64, n+1), make([]float64, n+1)
	match, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		match[0] = i
		j0 := 0
		least, used := make([]float64, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		for match[j0] != 0 {
			used[j0] = true
			i0, j1, delta := match[j0], 0, math.Inf(1)
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if c := cost(i0-1, j-1) - u[i0] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := range n + 1 {
				if used[j] {
					u[match[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
		}
		for j0 != 0 {
			match[j0] = match[way[j0]]
			j0 = way[j0]
		}
	}
	var sum float64
	for j := 1; j <= n; j++ {
		sum -= cost(match[j]-1, j-1)
	}
	return sum
}
