// SPDX-License-Identifier: Apache-2.0

package leak

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Ranks tells for each text at which place, from 1, its own profile stands when
// the profiles are ordered by likeness to the text (cosine of TF-IDF weights).
// Ties count half: a text that says nothing stands in the middle.
func Ranks(texts []string, own []int, profiles []string) []float64 {
	terms := make([]map[string]float64, len(profiles))
	df := map[string]int{}
	for i, p := range profiles {
		terms[i] = countsOf(read(p))
		for w := range terms[i] {
			df[w]++
		}
	}
	weigh := func(counts map[string]float64) (words []string, weights []float64, norm float64) {
		for _, w := range slices.Sorted(maps.Keys(counts)) {
			idf := math.Log(float64(1+len(profiles)) / float64(1+df[w]))
			x := float64((1 + math.Log(counts[w])) * idf)
			words, weights = append(words, w), append(weights, x)
			norm += float64(x * x)
		}
		return words, weights, math.Sqrt(norm)
	}
	index := map[string][]posting{}
	norms := make([]float64, len(profiles))
	for i := range profiles {
		words, weights, norm := weigh(terms[i])
		norms[i] = norm
		for j, w := range words {
			index[w] = append(index[w], posting{i, weights[j]})
		}
	}
	out := make([]float64, len(texts))
	for t, s := range texts {
		scores := make([]float64, len(profiles))
		words, weights, _ := weigh(countsOf(read(s)))
		for j, w := range words {
			for _, p := range index[w] {
				scores[p.profile] += float64(weights[j] * p.weight)
			}
		}
		for i := range scores {
			if norms[i] > 0 {
				scores[i] /= norms[i]
			}
		}
		better, same := 0, 0
		for i, x := range scores {
			if i == own[t] {
				continue
			}
			switch c := cmp.Compare(x, scores[own[t]]); {
			case c > 0:
				better++
			case c == 0:
				same++
			}
		}
		out[t] = 1 + float64(better) + float64(same)/2
	}
	return out
}

type posting struct {
	profile int
	weight  float64
}

// countsOf counts the words outside labels.
func countsOf(r *reading) map[string]float64 {
	out := map[string]float64{}
	for _, w := range r.words {
		if !w.label && len(w.text) > 2 {
			out[w.text]++
		}
	}
	return out
}
