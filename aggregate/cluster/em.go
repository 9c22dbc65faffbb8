// SPDX-License-Identifier: Apache-2.0

package cluster

import "github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"

// mixture is the model that polishes a partition and assigns new texts: each
// cluster is a bag of words (naive Bayes, smoothed towards the words of all
// texts) and a direction in the space of vectors. A text's score for a cluster
// is the log of its share, plus the log ratios of its words, plus the cosine
// with the direction times pull.
type mixture struct {
	k      int
	terms  int
	pull   float64
	mass   float64   // strength of the smoothing, in words
	prior  []float32 // of each cluster
	ratio  []float32 // terms x k: ln p(term|cluster)/p(term), without the cluster's share of unseen
	unseen []float32 // of each cluster: ln of what an unseen word keeps
	means  numeric.Matrix
}

// learn fits the mixture to a partition of texts (rows of counts and of x).
func learnMixture(counts *numeric.Sparse, x numeric.Matrix, assign []int32, k int, pull, mass float64, workers int) *mixture {
	m := &mixture{k: k, terms: counts.Cols, pull: pull, mass: mass, means: numeric.MeansOf(x, assign, k, workers)}
	m.learnWords(counts, assign)
	return m
}

func (m *mixture) learnWords(counts *numeric.Sparse, assign []int32) {
	k := m.k
	in := make([]float64, m.terms*k)
	all := make([]float64, m.terms)
	size, length := make([]float64, k), make([]float64, k)
	total, n := 0.0, 0.0
	for i := range counts.Rows {
		c := int(assign[i])
		if c < 0 {
			continue
		}
		size[c]++
		n++
		cols, vals := counts.Row(i)
		for j, t := range cols {
			v := float64(vals[j])
			in[int(t)*k+c] += v
			all[t] += v
			length[c] += v
			total += v
		}
	}
	m.prior, m.unseen = make([]float32, k), make([]float32, k)
	m.ratio = make([]float32, m.terms*k)
	for c := range k {
		m.prior[c] = float32(numeric.Ln((size[c] + 1) / (n + float64(k))))
		m.unseen[c] = float32(numeric.Ln(m.mass / (length[c] + m.mass)))
	}
	for t := range m.terms {
		if all[t] == 0 {
			continue
		}
		base := m.mass * all[t] / total
		for c := range k {
			if v := in[t*k+c]; v > 0 {
				m.ratio[t*k+c] = float32(numeric.Ln((v + base) / base))
			}
		}
	}
}

// score writes the score of a text for every cluster. sim holds its cosines.
func (m *mixture) score(out, sim []float32, terms []int32, counts []float32) {
	var words float32
	copy(out, m.prior)
	for j, t := range terms {
		words += counts[j]
		numeric.AddScaled(out[:m.k], counts[j], m.ratio[int(t)*m.k:(int(t)+1)*m.k])
	}
	numeric.AddScaled(out[:m.k], words, m.unseen)
	numeric.AddScaled(out[:m.k], float32(m.pull), sim[:m.k])
}

// polish reassigns every text to its best cluster and learns again, at most
// passes times, until few texts move. Fixed texts stay; barred ones may not
// enter the first columns, which are those of seeds.
func polish(counts *numeric.Sparse, x numeric.Matrix, assign []int32, k, passes int, pull float64, fixed, barred []bool, seeds, workers int) *mixture {
	m := learnMixture(counts, x, assign, k, pull, polishMass, workers)
	for range passes {
		moved := m.reassign(counts, x, assign, fixed, barred, seeds, workers)
		m = learnMixture(counts, x, assign, k, pull, polishMass, workers)
		if moved*1000 <= x.Rows {
			break
		}
	}
	return m
}

func (m *mixture) reassign(counts *numeric.Sparse, x numeric.Matrix, assign []int32, fixed, barred []bool, seeds, workers int) int {
	c := numeric.PackCentroids(m.means)
	const chunk = 512
	moves := make([]int, (x.Rows+chunk-1)/chunk)
	numeric.EachChunk(x.Rows, chunk, workers, func(n, from, to int) {
		sim, out := make([]float32, numeric.RoundUp4(m.k)), make([]float32, m.k)
		for i := from; i < to; i++ {
			if fixed != nil && fixed[i] {
				continue
			}
			c.Similarities(sim, x.Row(i))
			cols, vals := counts.Row(i)
			m.score(out, sim, cols, vals)
			b := int32(numeric.ArgMax(out))
			if barred != nil && barred[i] {
				b = int32(seeds + numeric.ArgMax(out[seeds:]))
			}
			if b != assign[i] {
				assign[i] = b
				moves[n]++
			}
		}
	})
	total := 0
	for _, v := range moves {
		total += v
	}
	return total
}
