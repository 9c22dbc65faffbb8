// SPDX-License-Identifier: Apache-2.0

package numeric

import (
	"math"
	"sort"
)

// The library draws no random numbers. Where an algorithm wants chance, it
// takes it from the texts themselves: a hash of the words, so that a text draws
// the same lot whatever stands before or after it, and most choices stay as
// they were when a few texts come or go.

// HashStart and HashStep are those of FNV-1a.
const (
	HashStart = 14695981039346656037
	HashStep  = 1099511628211
)

// HashWord continues h over a word and a separator.
func HashWord(h uint64, word string) uint64 {
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * HashStep
	}
	return (h ^ 0xff) * HashStep
}

// Mix is the finaliser of splitmix64.
func Mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

// Uniform maps a hash into (0,1).
func Uniform(x uint64) float64 { return (float64(x>>11) + 0.5) / (1 << 53) }

// Ln and Exp are the library's own, to within a few units in the last place:
// the standard ones may use other instructions on other processors, and a
// clustering must not depend on the processor.
func Ln(x float64) float64 {
	if x <= 0 {
		return math.Inf(-1)
	}
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = m*2, e-1
	}
	s := (m - 1) / (m + 1)
	s2 := s * s
	sum := 0.0
	for i := 23; i >= 1; i -= 2 {
		sum = float64(sum*s2) + 1/float64(i)
	}
	return float64(2*s*sum) + float64(float64(e)*math.Ln2)
}

// Exp is e^x, alike on every processor.
func Exp(x float64) float64 {
	switch {
	case x < -700:
		return 0
	case x > 700:
		return math.Inf(1)
	}
	k := math.Round(x / math.Ln2)
	r := x - float64(k*math.Ln2)
	sum := 1.0
	for i := 16; i >= 1; i-- {
		sum = 1 + float64(sum*(r/float64(i)))
	}
	return math.Ldexp(sum, int(k))
}

// SortBy sorts the order by less.
func SortBy(order []int, less func(x, y int) bool) {
	sort.Slice(order, func(i, j int) bool { return less(order[i], order[j]) })
}
