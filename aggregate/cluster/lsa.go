// SPDX-License-Identifier: Apache-2.0

package cluster

import "math"

// latent finds the projection of terms onto the strongest dims directions of
// the TF-IDF matrix (latent semantic analysis), by subspace iteration from a
// start that is drawn from the words themselves. Its columns are orthonormal.
func latent(a *sparse, roots []uint64, dims, workers int) matrix {
	m := min(dims+min(dims, 16), a.cols, a.rows)
	dims = min(dims, m)
	if dims == 0 {
		return matrix{rows: a.cols}
	}
	q := newMatrix(a.cols, m)
	for i := range q.rows {
		row := q.row(i)
		for j := range row {
			row[j] = float32(2*uniform(mix(roots[i]+uint64(j)*0x9e37)) - 1)
		}
	}
	q = orthonormal(q, m, workers)
	t := a.transpose()
	passes := 5
	if a.rows < 3000 { // small, and with less of a gap behind the last direction
		passes = 12
	}
	for range passes {
		q = orthonormal(t.times(a.times(q, workers), workers), m, workers)
	}
	b := a.times(q, workers)
	values, vectors := symmetricEigen(gram(b, workers), b.cols)
	return rotate(q, vectors, nil, countAbove(values[:min(dims, b.cols)], 1e-9), workers)
}

func countAbove(values []float64, floor float64) int {
	n := 0
	for n < len(values) && values[n] > floor*values[0] && values[n] > 0 {
		n++
	}
	return n
}

// gram is b'b, summed by block.
func gram(b matrix, workers int) []float64 {
	m := b.cols
	parts := make([][]float64, (b.rows+blockRows-1)/blockRows)
	eachBlock(b.rows, workers, func(block, from, to int) {
		g := make([]float64, m*m)
		for i := from; i < to; i++ {
			row := b.row(i)
			for j, x := range row {
				if x == 0 {
					continue
				}
				fx, out := float64(x), g[j*m:(j+1)*m]
				for k := j; k < m; k++ {
					out[k] += float64(fx * float64(row[k]))
				}
			}
		}
		parts[block] = g
	})
	sum := make([]float64, m*m)
	for _, g := range parts {
		for i, x := range g {
			sum[i] += x
		}
	}
	for j := range m {
		for k := range j {
			sum[j*m+k] = sum[k*m+j]
		}
	}
	return sum
}

// orthonormal spans the same space by at most m orthonormal columns.
func orthonormal(b matrix, m, workers int) matrix {
	values, vectors := symmetricEigen(gram(b, workers), b.cols)
	n := countAbove(values, 1e-10)
	scale := make([]float64, n)
	for i := range scale {
		scale[i] = 1 / math.Sqrt(values[i])
	}
	return rotate(b, vectors, scale, min(n, m), workers)
}

// rotate is b times the first n vectors (rows of length b.cols), scaled.
func rotate(b matrix, vectors, scale []float64, n, workers int) matrix {
	out := newMatrix(b.rows, n)
	v := newMatrix(n, b.cols)
	for i := range n {
		f := 1.0
		if scale != nil {
			f = scale[i]
		}
		for j := range b.cols {
			v.data[i*b.cols+j] = float32(vectors[i*b.cols+j] * f)
		}
	}
	eachChunk(b.rows, 256, workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			row, y := b.row(i), out.row(i)
			for j := range y {
				y[j] = dot(row, v.row(j))
			}
		}
	})
	return out
}
