// SPDX-License-Identifier: Apache-2.0

package numeric

import (
	"math"
	"sync"
)

// Matrix is a dense row-major Matrix of float32.
type Matrix struct {
	Rows, Cols int
	Data       []float32
}

// NewMatrix is a matrix of zeros.
func NewMatrix(rows, cols int) Matrix {
	return Matrix{rows, cols, make([]float32, rows*cols)}
}

// Row is a view of row i.
func (m Matrix) Row(i int) []float32 { return m.Data[i*m.Cols : (i+1)*m.Cols : (i+1)*m.Cols] }

// Dot is the inner product, summed in one fixed order. The conversions forbid
// fused multiply-add, so that every processor rounds alike.
func Dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	for len(a) >= 4 && len(b) >= 4 {
		s0 += float32(a[0] * b[0])
		s1 += float32(a[1] * b[1])
		s2 += float32(a[2] * b[2])
		s3 += float32(a[3] * b[3])
		a, b = a[4:], b[4:]
	}
	for i, x := range a {
		s0 += float32(x * b[i])
	}
	return (s0 + s1) + (s2 + s3)
}

// AddScaled adds f*x to y.
func AddScaled(y []float32, f float32, x []float32) {
	x = x[:len(y)]
	for i := range y {
		y[i] += float32(f * x[i])
	}
}

// Unit scales v to length 1; a zero vector stays zero and is reported.
func Unit(v []float32) bool {
	var s float64
	for _, x := range v {
		s += float64(float64(x) * float64(x))
	}
	if s <= 1e-30 {
		clear(v)
		return false
	}
	f := 1 / math.Sqrt(s)
	for i, x := range v {
		v[i] = float32(float64(x) * f)
	}
	return true
}

// BlockRows is the fixed size of the blocks in which rows are summed: sums are
// taken per block and added in block order, never per worker.
const BlockRows = 2048

// EachBlock calls do for every block of n rows, on at most workers goroutines.
// do must write only what belongs to its block.
func EachBlock(n, workers int, do func(block, from, to int)) {
	EachChunk(n, BlockRows, workers, do)
}

// EachChunk is EachBlock with chunks of a size of their own.
func EachChunk(n, size, workers int, do func(chunk, from, to int)) {
	chunks := (n + size - 1) / size
	if workers <= 1 || chunks <= 1 {
		for c := range chunks {
			do(c, c*size, min(n, (c+1)*size))
		}
		return
	}
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(workers, chunks) {
		wg.Go(func() {
			for c := range next {
				do(c, c*size, min(n, (c+1)*size))
			}
		})
	}
	for c := range chunks {
		next <- c
	}
	close(next)
	wg.Wait()
}

// SymmetricEigen returns the eigenvalues (descending) and eigenvectors (as
// rows) of a symmetric matrix given as n rows of n; a is overwritten. The
// reduction is Householder's, the iteration implicit QL.
func SymmetricEigen(a []float64, n int) (values []float64, vectors []float64) {
	if n == 0 {
		return nil, nil
	}
	d, e := make([]float64, n), make([]float64, n)
	tridiagonal(a, n, d, e)
	for i := range n {
		for j := range i {
			a[i*n+j], a[j*n+i] = a[j*n+i], a[i*n+j]
		}
	}
	implicitQL(a, n, d, e)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	SortBy(order, func(x, y int) bool {
		if d[x] != d[y] {
			return d[x] > d[y]
		}
		return x < y
	})
	values, vectors = make([]float64, n), make([]float64, n*n)
	for r, o := range order {
		values[r] = d[o]
		big, sign := 0.0, 1.0
		for i := range n {
			x := a[o*n+i]
			vectors[r*n+i] = x
			if math.Abs(x) > big*(1+1e-9) {
				big, sign = math.Abs(x), math.Copysign(1, x)
			}
		}
		for i := range n {
			vectors[r*n+i] *= sign
		}
	}
	return values, vectors
}

// tridiagonal reduces a to a tridiagonal matrix (diagonal d, off-diagonal e)
// and leaves the transformation in a.
func tridiagonal(a []float64, n int, d, e []float64) {
	for i := n - 1; i > 0; i-- {
		l := i
		h, scale := 0.0, 0.0
		if l > 1 {
			for k := range l {
				scale += math.Abs(a[i*n+k])
			}
		}
		if scale == 0 {
			e[i] = a[i*n+l-1]
			d[i] = 0
			continue
		}
		for k := range l {
			a[i*n+k] /= scale
			h += float64(a[i*n+k] * a[i*n+k])
		}
		f := a[i*n+l-1]
		g := -math.Copysign(math.Sqrt(h), f)
		e[i] = scale * g
		h -= float64(f * g)
		a[i*n+l-1] = f - g
		f = 0
		own := a[i*n : i*n+l]
		for j, x := range own { // row by row; each sum is taken in the order of its column
			a[j*n+i] = x / h
			row := a[j*n : j*n+j+1]
			g = 0
			for k, y := range row {
				g += float64(y * own[k])
			}
			for k, y := range row[:j] {
				e[k] += float64(y * x)
			}
			e[j] = g
		}
		for j, x := range own {
			e[j] /= h
			f += float64(e[j] * x)
		}
		hh := f / (h + h)
		for j := range l {
			f = a[i*n+j]
			g = e[j] - float64(hh*f)
			e[j] = g
			for k := 0; k <= j; k++ {
				a[j*n+k] -= float64(f*e[k]) + float64(g*a[i*n+k])
			}
		}
		d[i] = h
	}
	d[0], e[0] = 0, 0
	sums := make([]float64, n)
	for i := range n {
		if d[i] != 0 {
			clear(sums[:i])
			for k := range i {
				for j, y := range a[k*n : k*n+i] {
					sums[j] += float64(a[i*n+k] * y)
				}
			}
			for k := range i {
				f, row := a[k*n+i], a[k*n:k*n+i]
				for j, g := range sums[:i] {
					row[j] -= float64(g * f)
				}
			}
		}
		d[i] = a[i*n+i]
		a[i*n+i] = 1
		for j := range i {
			a[j*n+i], a[i*n+j] = 0, 0
		}
	}
}

// implicitQL finds the eigenvalues of a tridiagonal matrix, and turns the columns of
// what led to it, which are the rows of z, into eigenvectors.
func implicitQL(z []float64, n int, d, e []float64) {
	for i := 1; i < n; i++ {
		e[i-1] = e[i]
	}
	if n > 0 {
		e[n-1] = 0
	}
	for l := range n {
		for range 60 {
			m := l
			for ; m < n-1; m++ {
				dd := math.Abs(d[m]) + math.Abs(d[m+1])
				if math.Abs(e[m]) <= 1e-15*dd {
					break
				}
			}
			if m == l {
				break
			}
			g := (d[l+1] - d[l]) / (2 * e[l])
			r := math.Sqrt(float64(g*g) + 1)
			g = d[m] - d[l] + e[l]/(g+math.Copysign(r, g))
			s, c, p := 1.0, 1.0, 0.0
			i := m - 1
			for ; i >= l; i-- {
				f, b := s*e[i], c*e[i]
				r = math.Sqrt(float64(f*f) + float64(g*g))
				e[i+1] = r
				if r == 0 {
					d[i+1] -= p
					e[m] = 0
					break
				}
				s, c = f/r, g/r
				g = d[i+1] - p
				r = float64((d[i]-g)*s) + float64(2*c*b)
				p = s * r
				d[i+1] = g + p
				g = float64(c*r) - b
				this, next := z[i*n:i*n+n], z[(i+1)*n:(i+1)*n+n]
				for k, x := range this {
					y := next[k]
					next[k] = float64(s*x) + float64(c*y)
					this[k] = float64(c*x) - float64(s*y)
				}
			}
			if r == 0 && i >= l {
				continue
			}
			d[l] -= p
			e[l] = g
			e[m] = 0
		}
	}
}
