// SPDX-License-Identifier: Apache-2.0

package numeric

import (
	"slices"
)

// Sparse is a matrix of rows of (column, value), columns ascending.
type Sparse struct {
	Rows, Cols int
	Start      []int // rows+1
	Col        []int32
	Val        []float32
}

// Row is a view of row i: columns and values.
func (s *Sparse) Row(i int) ([]int32, []float32) {
	a, b := s.Start[i], s.Start[i+1]
	return s.Col[a:b], s.Val[a:b]
}

// Transpose exchanges rows and columns.
func (s *Sparse) Transpose() *Sparse {
	t := &Sparse{
		Rows: s.Cols, Cols: s.Rows, Start: make([]int, s.Cols+1),
		Col: make([]int32, len(s.Col)), Val: make([]float32, len(s.Val)),
	}
	for _, c := range s.Col {
		t.Start[c+1]++
	}
	for i := range s.Cols {
		t.Start[i+1] += t.Start[i]
	}
	next := slices.Clone(t.Start)
	for i := range s.Rows {
		cols, vals := s.Row(i)
		for j, c := range cols {
			t.Col[next[c]], t.Val[next[c]] = int32(i), vals[j]
			next[c]++
		}
	}
	return t
}

// Times is s*m, one row of the result a time.
func (s *Sparse) Times(m Matrix, workers int) Matrix {
	out := NewMatrix(s.Rows, m.Cols)
	EachChunk(s.Rows, 256, workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			cols, vals := s.Row(i)
			y := out.Row(i)
			for j, c := range cols {
				AddScaled(y, vals[j], m.Row(int(c)))
			}
		}
	})
	return out
}
