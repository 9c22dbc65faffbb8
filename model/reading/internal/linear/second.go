// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"math"
	"slices"
)

// Second looks again at each sentence once all of an account have been read by
// themselves: how likely its own roles, those of the three before and the three
// after, and those of all others are, and in which fifth of the account it stands. A
// row of weights a role.
type Second [roles * secondSize]float64

const (
	roles      = 7
	around     = 3
	fifths     = 5
	secondSize = 1 + roles + 2*around*roles + 2 + 2*roles + fifths + 1
)

// fewest is how many sentences an account has in which neighbours tell anything;
// none that the second look is fitted on has less.
const fewest = 4

// Settle tells how likely each role of each sentence is, given how likely each
// was by itself. In an answer of a sentence or three that is all there is to know.
func (s *Second) Settle(alone [][]float64) [][]float64 {
	if len(alone) < fewest {
		return alone
	}
	out := make([][]float64, len(alone))
	var x [secondSize]float64
	all := together(alone)
	for i := range alone {
		look(&x, alone, all, i)
		out[i] = s.chances(&x)
	}
	return out
}

func together(alone [][]float64) []float64 {
	all := make([]float64, roles)
	for _, c := range alone {
		for r, p := range c {
			all[r] += p
		}
	}
	return all
}

// look writes what is seen of sentence i to x.
func look(x *[secondSize]float64, alone [][]float64, all []float64, i int) {
	clear(x[:])
	x[0] = 1
	for r, p := range alone[i] {
		x[1+r] = ln(p + 1e-3)
	}
	at := 1 + roles
	for off := -around; off <= around; off++ {
		if off == 0 {
			continue
		}
		if j := i + off; j >= 0 && j < len(alone) {
			copy(x[at:at+roles], alone[j])
		}
		at += roles
	}
	if i == 0 {
		x[at] = 1
	}
	if i == len(alone)-1 {
		x[at+1] = 1
	}
	at += 2
	for r, sum := range all {
		p := max(sum-alone[i][r], 0) / float64(max(len(alone)-1, 1))
		x[at+r], x[at+roles+r] = p, ln(p+0.02)
	}
	at += 2 * roles
	x[at+fifths*i/len(alone)] = 1
	x[at+fifths] = float64(min(len(alone), longAccount)) / longAccount
}

// longAccount is how many sentences an account has that is as long as any.
const longAccount = 30

func (s *Second) chances(x *[secondSize]float64) []float64 {
	out := make([]float64, roles)
	for r := range out {
		for k, w := range s[r*secondSize : (r+1)*secondSize] {
			out[r] += float64(w * x[k])
		}
	}
	top := slices.Max(out)
	for r := range out {
		out[r] = exp(max(out[r]-top, -30))
	}
	normalise(out)
	return out
}

func normalise(x []float64) {
	total := 0.0
	for _, v := range x {
		total += v
	}
	if total <= 0 {
		return
	}
	for i := range x {
		x[i] /= total
	}
}

// Read is an account whose sentences were read by themselves, by models that did
// not learn from it, and which roles were meant (-1 where none is known).
type Read struct {
	Alone  [][]float64
	Meant  []int
	Weight float64
}

// FitSecond fits the second look, by descending along one sentence at a time: the mean
// of the weights that the later half of the rounds go through, since the last few
// sentences would weigh too much in what they are at the end. Same accounts in the same
// order, same weights.
func FitSecond(accounts []Read, rounds int, shuffle func(n int, swap func(i, j int))) *Second {
	s := &Second{}
	for r := range roles { // where nothing is learned, as each was by itself
		s[r*secondSize+1+r] = 1
	}
	var moved, mean Second
	type place struct{ account, sentence int }
	var order []place
	sums := make([][]float64, len(accounts))
	for a, acc := range accounts {
		sums[a] = together(acc.Alone)
		for i, m := range acc.Meant {
			if m >= 0 {
				order = append(order, place{a, i})
			}
		}
	}
	var x [secondSize]float64
	steps := 0.0
	for round := range rounds {
		shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for n, p := range order {
			acc := accounts[p.account]
			look(&x, acc.Alone, sums[p.account], p.sentence)
			for r, d := range s.chances(&x) {
				if r == acc.Meant[p.sentence] {
					d--
				}
				d *= acc.Weight
				for k, v := range x {
					g := float64(d * v)
					at := r*secondSize + k
					moved[at] += float64(g * g)
					s[at] -= float64(0.05*g) / (math.Sqrt(moved[at]) + 1)
				}
			}
			if n%8 == 0 && 2*round >= rounds {
				for at, v := range s {
					mean[at] += v
				}
				steps++
			}
		}
	}
	if steps == 0 {
		return s
	}
	for at := range mean {
		mean[at] /= steps
	}
	return &mean
}
