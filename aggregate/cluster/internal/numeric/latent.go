// SPDX-License-Identifier: Apache-2.0

package numeric

import "math"

// Latent finds the projection of terms onto the strongest dims directions of
// the TF-IDF matrix (latent semantic analysis), by subspace iteration from a
// start that is drawn from the words themselves. Its columns are orthonormal.
func Latent(a *Sparse, roots []uint64, dims, workers int) Matrix {
	m := min(dims+min(dims, 16), a.Cols, a.Rows)
	dims = min(dims, m)
	if dims == 0 {
		return Matrix{Rows: a.Cols}
	}
	q := NewMatrix(a.Cols, m)
	for i := range q.Rows {
		row := q.Row(i)
		for j := range row {
			row[j] = float32(2*Uniform(Mix(roots[i]+uint64(j)*0x9e37)) - 1)
		}
	}
	q = orthonormal(q, m, workers)
	t := a.Transpose()
	passes := 5
	if a.Rows < 3000 { // small, and with less of a gap behind the last direction
		passes = 12
	}
	for range passes {
		q = orthonormal(t.Times(a.Times(q, workers), workers), m, workers)
	}
	b := a.Times(q, workers)
	values, vectors := SymmetricEigen(gram(b, workers), b.Cols)
	return rotate(q, vectors, nil, countAbove(values[:min(dims, b.Cols)], 1e-9), workers)
}

func countAbove(values []float64, floor float64) int {
	n := 0
	for n < len(values) && values[n] > floor*values[0] && values[n] > 0 {
		n++
	}
	return n
}

// gram is b'b, summed by block.
func gram(b Matrix, workers int) []float64 {
	m := b.Cols
	parts := make([][]float64, (b.Rows+BlockRows-1)/BlockRows)
	EachBlock(b.Rows, workers, func(block, from, to int) {
		g := make([]float64, m*m)
		for i := from; i < to; i++ {
			row := b.Row(i)
			for j, x := range row {
				if x == 0 {
					continue
				}
				fx, out := float64(x), g[j*m+j:(j+1)*m]
				for k, y := range row[j:] {
					out[k] += float64(fx * float64(y))
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
func orthonormal(b Matrix, m, workers int) Matrix {
	values, vectors := SymmetricEigen(gram(b, workers), b.Cols)
	n := countAbove(values, 1e-10)
	scale := make([]float64, n)
	for i := range scale {
		scale[i] = 1 / math.Sqrt(values[i])
	}
	return rotate(b, vectors, scale, min(n, m), workers)
}

// rotate is b times the first n vectors (rows of length b.cols), scaled.
func rotate(b Matrix, vectors, scale []float64, n, workers int) Matrix {
	out := NewMatrix(b.Rows, n)
	v := NewMatrix(n, b.Cols)
	for i := range n {
		f := 1.0
		if scale != nil {
			f = scale[i]
		}
		for j := range b.Cols {
			v.Data[i*b.Cols+j] = float32(vectors[i*b.Cols+j] * f)
		}
	}
	EachChunk(b.Rows, 256, workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			row, y := b.Row(i), out.Row(i)
			for j := range y {
				y[j] = Dot(row, v.Row(j))
			}
		}
	})
	return out
}
