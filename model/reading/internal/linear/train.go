// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// Sample is one piece of text for training.
type Sample struct {
	Features
	Labels  []int
	Unknown []int // labels that it may carry or not
	Weight  float32
	Again   bool // of a text that another sample is of too: its names are counted there
}

// Recipe holds the settings of training.
type Recipe struct {
	Rounds  int     // over all samples
	Cost    float64 // of a sample of weight 1 on the wrong side
	MinSeen int     // samples that a feature must stand in
	Keep    int     // least weight that is kept, of 127
	Flat    bool    // a rare name weighs no more than a common one
	Shuffle func() func(n int, swap func(i, j int))
}

// Train fits one logistic regression a label, by descending along one
// coordinate of the dual problem at a time. Same samples, same model.
func Train(labels []string, samples []Sample, dim int, r Recipe) *Model {
	names, idf := frequent(samples, r.MinSeen)
	if r.Flat {
		for i, name := range names {
			idf[i] = 100
			if name&heavy != 0 {
				idf[i] = 200
			}
		}
	}
	rows := make([]row, len(samples))
	for i, s := range samples {
		rows[i] = rowOf(s, names, idf)
	}
	size := len(names) + dim
	n := len(labels)
	w, bias := make([]float32, size*n), make([]float32, n)
	sideBySide((n+lanes-1)/lanes, func(at int) {
		first := at * lanes
		own, b := descend(rows, samples, first, size, r)
		for l := range min(lanes, n-first) {
			for f := range own {
				w[f*n+first+l] = float32(own[f][l])
			}
			bias[first+l] = float32(b[l])
		}
	})
	return pack(labels, names, idf, w, bias, dim, r)
}

// row is a sample as numbers.
type row struct {
	at     []int32
	x      []float64
	dense  []float32
	square float64
}

func rowOf(s Sample, names []uint32, idf []byte) row {
	var out row
	total := 0.0
	for _, n := range s.Names {
		if j, ok := slices.BinarySearch(names, n); ok {
			out.at = append(out.at, int32(j))
			v := float64(idf[j])
			out.x = append(out.x, v)
			total += float64(v * v)
		}
	}
	out.square = 1
	if total > 0 {
		norm := 1 / math.Sqrt(total)
		for i := range out.x {
			out.x[i] *= norm
		}
		out.square++
	}
	if s.Dense != nil {
		out.dense = s.Dense
		for _, v := range s.Dense {
			out.square += float64(float64(v) * float64(v))
		}
	}
	return out
}

// frequent are the names that enough samples have, and how rare each is.
func frequent(samples []Sample, least int) (names []uint32, idf []byte) {
	seen := map[uint32]int{}
	all := 1
	for _, s := range samples {
		if s.Again {
			continue
		}
		all++
		for _, n := range s.Names {
			seen[n]++
		}
	}
	for n, c := range seen {
		if c >= least {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	for _, n := range names {
		v := 1 + ln(float64(all)/float64(seen[n]+1))
		idf = append(idf, byte(min(float64(20*v)+0.5, 255)))
	}
	return names, idf
}

// pack rounds the weights to bytes and leaves out the small ones.
func pack(labels []string, names []uint32, idf []byte, w, bias []float32, dim int, r Recipe) *Model {
	n := len(labels)
	m := &Model{Labels: labels, bias: bias, scale: make([]float32, n), dim: dim}
	for l := range labels {
		top := float32(0)
		for f := range len(w) / n {
			top = max(top, abs(w[f*n+l]))
		}
		m.scale[l] = max(top, 1e-6) / 127
	}
	round := func(f, l int) int { return int(math.Round(float64(w[f*n+l] / m.scale[l]))) }
	m.starts = append(m.starts, 0)
	for f, name := range names {
		for l := range labels {
			if q := round(f, l); q >= r.Keep || q <= -r.Keep {
				m.entry = append(m.entry, byte(l), byte(int8(q)))
			}
		}
		m.names = append(m.names, name) // also without a weight: it counts in the length of a text
		m.idf = append(m.idf, idf[f])
		m.starts = append(m.starts, uint32(len(m.entry)/2))
	}
	for d := range dim {
		for l := range labels {
			m.dense = append(m.dense, byte(int8(round(len(names)+d, l))))
		}
	}
	return m
}

func abs(x float32) float32 { return max(x, -x) }

// sideBySide does the work of n codes, none of which needs another's.
func sideBySide(n int, do func(l int)) {
	todo := make(chan int, n)
	for l := range n {
		todo <- l
	}
	close(todo)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for l := range todo {
				do(l)
			}
		})
	}
	wait.Wait()
}
