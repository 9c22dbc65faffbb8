// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"math"
	"slices"
)

// Sample is one piece of text for training.
type Sample struct {
	Features
	Labels  []int
	Unknown []int // labels that it may carry or not
	Weight  float32
}

// Recipe is how a model is trained.
type Recipe struct {
	Epochs  int
	Rate    float32
	Decay   float32 // pull of the weights towards nothing
	MinSeen int     // samples that a feature must stand in
	Keep    int     // least weight that is kept, of 127
	Shuffle func(n int, swap func(i, j int))
}

// Train fits one logistic regression a label, by gradient steps of a size that
// shrinks with what a weight has moved already. Same samples, same model.
func Train(labels []string, samples []Sample, dim int, r Recipe) *Model {
	names := frequent(samples, r.MinSeen)
	at := make([][]int32, len(samples))
	for i, s := range samples {
		for _, n := range s.Names {
			if j, ok := slices.BinarySearch(names, n); ok {
				at[i] = append(at[i], int32(j))
			}
		}
	}
	n := len(labels)
	rows := len(names) + dim
	w, g := make([]float32, rows*n), make([]float32, rows*n)
	bias, gb := make([]float32, n), make([]float32, n)
	for i := range g {
		g[i] = 1e-1
	}
	for l := range bias {
		bias[l], gb[l] = -3, 1
	}
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	score, slope := make([]float32, n), make([]float32, n)
	moved := make([]int, 0, n)
	for range r.Epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			s := &samples[i]
			copy(score, bias)
			norm := float32(1 / math.Sqrt(float64(max(len(s.Names), 1))))
			for _, f := range at[i] {
				addTo(score, w[int(f)*n:int(f+1)*n], norm)
			}
			for d, x := range s.Dense {
				f := len(names) + d
				addTo(score, w[f*n:(f+1)*n], x)
			}
			for l, v := range score {
				slope[l] = float32(Sigmoid(float64(v))) * s.Weight
			}
			for _, l := range s.Labels {
				slope[l] -= s.Weight
			}
			for _, l := range s.Unknown {
				slope[l] = 0
			}
			for l, v := range slope {
				gb[l] += float32(v * v)
				bias[l] -= float32(r.Rate * v / sqrt(gb[l]))
			}
			moved = moved[:0] // labels whose slope is next to nothing stay where they are
			for l, v := range slope {
				if v > 0.004 || v < -0.004 {
					moved = append(moved, l)
				}
			}
			for _, f := range at[i] {
				step(w[int(f)*n:int(f+1)*n], g[int(f)*n:int(f+1)*n], slope, moved, norm, r)
			}
			for d, x := range s.Dense {
				f := len(names) + d
				step(w[f*n:(f+1)*n], g[f*n:(f+1)*n], slope, moved, x, r)
			}
		}
	}
	return pack(labels, names, w, bias, dim, r)
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func addTo(dst, row []float32, x float32) {
	for l, v := range row {
		dst[l] += float32(v * x)
	}
}

// step moves the weights of one feature.
func step(w, g, slope []float32, labels []int, x float32, r Recipe) {
	for _, l := range labels {
		d := float32(slope[l]*x) + float32(r.Decay*w[l])
		g[l] += float32(d * d)
		w[l] -= float32(r.Rate * d / sqrt(g[l]))
	}
}

func frequent(samples []Sample, least int) []uint32 {
	seen := map[uint32]int{}
	for _, s := range samples {
		for _, n := range s.Names {
			seen[n]++
		}
	}
	var out []uint32
	for n, c := range seen {
		if c >= least {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// pack rounds the weights to bytes and leaves out the small ones.
func pack(labels []string, names []uint32, w, bias []float32, dim int, r Recipe) *Model {
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
		some := false
		for l := range labels {
			if q := round(f, l); q >= r.Keep || q <= -r.Keep {
				m.entry = append(m.entry, byte(l), byte(int8(q)))
				some = true
			}
		}
		if some {
			m.names = append(m.names, name)
			m.starts = append(m.starts, uint32(len(m.entry)/2))
		}
	}
	for d := range dim {
		for l := range labels {
			m.dense = append(m.dense, byte(int8(round(len(names)+d, l))))
		}
	}
	return m
}

func abs(x float32) float32 { return max(x, -x) }
