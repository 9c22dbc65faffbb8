// SPDX-License-Identifier: Apache-2.0

package cluster

import "math"

// centroids holds k unit vectors in groups of four, interleaved, so that a text
// is compared with four at a time.
type centroids struct {
	k, dim int
	data   []float32
}

func packCentroids(m matrix) centroids {
	groups := (m.rows + 3) / 4
	c := centroids{m.rows, m.cols, make([]float32, groups*4*m.cols)}
	for i := range m.rows {
		base := (i / 4) * 4 * m.cols
		for j, x := range m.row(i) {
			c.data[base+4*j+i%4] = x
		}
	}
	return c
}

// similarities writes the cosine of v with every centroid; out needs room for
// k rounded up to a multiple of four.
func (c centroids) similarities(out, v []float32) {
	for g := 0; g < c.k; g += 4 {
		block := c.data[g*c.dim : (g+4)*c.dim]
		var a, b, d, e float32
		for _, x := range v {
			if len(block) < 4 {
				break
			}
			a += float32(x * block[0])
			b += float32(x * block[1])
			d += float32(x * block[2])
			e += float32(x * block[3])
			block = block[4:]
		}
		out[g], out[g+1], out[g+2], out[g+3] = a, b, d, e
	}
}

func roundUp4(k int) int { return (k + 3) &^ 3 }

// argMax is the index of the largest value, the first of equals.
func argMax(v []float32) int {
	best := 0
	for i, x := range v {
		if x > v[best] {
			best = i
		}
	}
	return best
}

// meansOf is the unit mean of each of k clusters, summed by block. A cluster
// with no member keeps a zero vector.
func meansOf(x matrix, assign []int32, k, workers int) matrix {
	parts := make([][]float64, (x.rows+blockRows-1)/blockRows)
	eachBlock(x.rows, workers, func(block, from, to int) {
		sum := make([]float64, k*x.cols)
		for i := from; i < to; i++ {
			if assign[i] < 0 {
				continue
			}
			out := sum[int(assign[i])*x.cols:]
			for j, v := range x.row(i) {
				out[j] += float64(v)
			}
		}
		parts[block] = sum
	})
	out := newMatrix(k, x.cols)
	total := make([]float64, k*x.cols)
	for _, p := range parts {
		for i, v := range p {
			total[i] += v
		}
	}
	for i := range k {
		unitFrom(out.row(i), total[i*x.cols:(i+1)*x.cols])
	}
	return out
}

func unitFrom(dst []float32, v []float64) {
	var s float64
	for _, x := range v {
		s += float64(x * x)
	}
	if s <= 1e-30 {
		clear(dst)
		return
	}
	f := 1 / math.Sqrt(s)
	for j, x := range v {
		dst[j] = float32(x * f)
	}
}

// spread chooses k starting points, each the winner of a race in which a text
// far from those already chosen runs fast, and whose luck is drawn from the
// text's own hash.
func spread(x matrix, hashes []uint64, k int, round uint64, workers int) []int {
	far := make([]float32, x.rows)
	for i := range far {
		far[i] = 1
	}
	chosen := make([]int, 0, k)
	for step := range k {
		best, at := math.Inf(1), -1
		for i, f := range far {
			if f <= 1e-6 {
				continue
			}
			// The luck of step s must not depend on s: the same text stays a
			// good candidate, whichever others were chosen before.
			key := -ln(uniform(mix(hashes[i]^mix(round)))) / float64(f*f)
			if key < best {
				best, at = key, i
			}
		}
		if at < 0 {
			break
		}
		chosen = append(chosen, at)
		c := x.row(at)
		eachChunk(x.rows, 4096, workers, func(_, from, to int) {
			for i := from; i < to; i++ {
				far[i] = min(far[i], max(0, 1-dot(x.row(i), c)))
			}
		})
		_ = step
	}
	return chosen
}

// kmeans runs spherical k-means from the given starting points and returns the
// assignment.
func kmeans(x matrix, start []int, passes, workers int) []int32 {
	k := len(start)
	means := newMatrix(k, x.cols)
	for c, i := range start {
		copy(means.row(c), x.row(i))
	}
	assign := make([]int32, x.rows)
	kmeansFrom(x, means, assign, passes, workers)
	return assign
}

// kmeansFrom runs spherical k-means from the given means.
func kmeansFrom(x, means matrix, assign []int32, passes, workers int) {
	for pass := range passes {
		moved, _ := assignNearest(x, means, assign, workers)
		if pass > 0 && moved*500 < x.rows {
			break
		}
		means = meansOf(x, assign, means.rows, workers)
	}
}

func assignNearest(x, means matrix, assign []int32, workers int) (moved int, fit float64) {
	c := packCentroids(means)
	const chunk = 512
	moves, fits := make([]int, (x.rows+chunk-1)/chunk), make([]float64, (x.rows+chunk-1)/chunk)
	eachChunk(x.rows, chunk, workers, func(n, from, to int) {
		sim := make([]float32, roundUp4(c.k))
		for i := from; i < to; i++ {
			c.similarities(sim, x.row(i))
			b := argMax(sim[:c.k])
			if assign[i] != int32(b) {
				moves[n]++
				assign[i] = int32(b)
			}
			fits[n] += float64(sim[b])
		}
	})
	for i := range moves {
		moved += moves[i]
		fit += fits[i]
	}
	return moved, fit / float64(max(1, x.rows))
}
