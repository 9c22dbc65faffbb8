// SPDX-License-Identifier: Apache-2.0

package numeric

import "math"

// Centroids holds k unit vectors in groups of four, interleaved, so that a text
// is compared with four at a time.
type Centroids struct {
	k, dim int
	data   []float32
}

// PackCentroids lays the rows of m out for Similarities.
func PackCentroids(m Matrix) Centroids {
	groups := (m.Rows + 3) / 4
	c := Centroids{m.Rows, m.Cols, make([]float32, groups*4*m.Cols)}
	for i := range m.Rows {
		base := (i / 4) * 4 * m.Cols
		for j, x := range m.Row(i) {
			c.data[base+4*j+i%4] = x
		}
	}
	return c
}

// Similarities writes the cosine of v with every centroid; out needs room for
// k rounded up to a multiple of four.
func (c Centroids) Similarities(out, v []float32) {
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

// RoundUp4 is the next multiple of four.
func RoundUp4(k int) int { return (k + 3) &^ 3 }

// ArgMax is the index of the largest value, the first of equals.
func ArgMax(v []float32) int {
	best := 0
	for i, x := range v {
		if x > v[best] {
			best = i
		}
	}
	return best
}

// MeansOf is the unit mean of each of k clusters, summed by block. A cluster
// with no member keeps a zero vector.
func MeansOf(x Matrix, assign []int32, k, workers int) Matrix {
	parts := make([][]float64, (x.Rows+BlockRows-1)/BlockRows)
	EachBlock(x.Rows, workers, func(block, from, to int) {
		sum := make([]float64, k*x.Cols)
		for i := from; i < to; i++ {
			if assign[i] < 0 {
				continue
			}
			out := sum[int(assign[i])*x.Cols:]
			for j, v := range x.Row(i) {
				out[j] += float64(v)
			}
		}
		parts[block] = sum
	})
	out := NewMatrix(k, x.Cols)
	total := make([]float64, k*x.Cols)
	for _, p := range parts {
		for i, v := range p {
			total[i] += v
		}
	}
	for i := range k {
		UnitFrom(out.Row(i), total[i*x.Cols:(i+1)*x.Cols])
	}
	return out
}

// UnitFrom writes v, scaled to length 1, to dst.
func UnitFrom(dst []float32, v []float64) {
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

// Spread chooses k starting points, each the winner of a race in which a text
// far from those already chosen runs fast, and whose luck is drawn from the
// text's own hash.
func Spread(x Matrix, hashes []uint64, k int, round uint64, workers int) []int {
	far := make([]float32, x.Rows)
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
			key := -Ln(Uniform(Mix(hashes[i]^Mix(round)))) / float64(f*f)
			if key < best {
				best, at = key, i
			}
		}
		if at < 0 {
			break
		}
		chosen = append(chosen, at)
		c := x.Row(at)
		EachChunk(x.Rows, 4096, workers, func(_, from, to int) {
			for i := from; i < to; i++ {
				far[i] = min(far[i], max(0, 1-Dot(x.Row(i), c)))
			}
		})
		_ = step
	}
	return chosen
}

// KMeans runs spherical k-means from the given starting points and returns the
// assignment.
func KMeans(x Matrix, start []int, passes, workers int) []int32 {
	k := len(start)
	means := NewMatrix(k, x.Cols)
	for c, i := range start {
		copy(means.Row(c), x.Row(i))
	}
	assign := make([]int32, x.Rows)
	KMeansFrom(x, means, assign, passes, workers)
	return assign
}

// KMeansFrom runs spherical k-means from the given means.
func KMeansFrom(x, means Matrix, assign []int32, passes, workers int) {
	for pass := range passes {
		moved, _ := AssignNearest(x, means, assign, workers)
		if pass > 0 && moved*500 < x.Rows {
			break
		}
		means = MeansOf(x, assign, means.Rows, workers)
	}
}

// AssignNearest gives each row the nearest mean.
func AssignNearest(x, means Matrix, assign []int32, workers int) (moved int, fit float64) {
	c := PackCentroids(means)
	const chunk = 512
	moves, fits := make([]int, (x.Rows+chunk-1)/chunk), make([]float64, (x.Rows+chunk-1)/chunk)
	EachChunk(x.Rows, chunk, workers, func(n, from, to int) {
		sim := make([]float32, RoundUp4(c.k))
		for i := from; i < to; i++ {
			c.Similarities(sim, x.Row(i))
			b := ArgMax(sim[:c.k])
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
	return moved, fit / float64(max(1, x.Rows))
}
