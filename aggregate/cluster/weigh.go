// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"math"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

// weigher turns a text's stems into a TF-IDF row. Stems it does not know have
// no weight.
type weigher struct {
	term []int32   // of each stem of the lexicon, or -1
	idf  []float32 // of each term
	stem []int32   // of each term, its stem in the lexicon
}

// newWeigher counts in how many of the documents each stem occurs and keeps
// those that occur in minDocs or more.
func newWeigher(c *corpus, docs []int, minDocs int) *weigher {
	df := make([]int32, len(c.lex.stems))
	seen := make([]int32, len(c.lex.stems))
	for n, i := range docs {
		for _, w := range c.docs[i].words {
			if s := c.lex.stem[w]; s >= 0 && seen[s] != int32(n+1) {
				seen[s] = int32(n + 1)
				df[s]++
			}
		}
	}
	w := &weigher{term: make([]int32, len(df))}
	for s, d := range df {
		w.term[s] = -1
		if int(d) >= minDocs {
			w.term[s] = int32(len(w.idf))
			w.stem = append(w.stem, int32(s))
			w.idf = append(w.idf, float32(numeric.Ln(float64(1+len(docs))/float64(1+d))+1))
		}
	}
	return w
}

// terms appends the text's terms with their counts, ascending.
func (w *weigher) terms(dst []int32, counts []float32, lex *lexicon, words []uint32) ([]int32, []float32) {
	from := len(dst)
	for _, f := range words {
		if s := lex.stem[f]; s >= 0 && w.term[s] >= 0 {
			dst = append(dst, w.term[s])
		}
	}
	slices.Sort(dst[from:])
	n := from
	for i := from; i < len(dst); i++ {
		if n > from && dst[n-1] == dst[i] {
			counts[len(counts)-1]++
			continue
		}
		dst[n] = dst[i]
		counts = append(counts, 1)
		n++
	}
	return dst[:n], counts
}

// weigh replaces counts by the weights of a row of length 1.
func (w *weigher) weigh(terms []int32, counts []float32) {
	var sum float64
	for i, t := range terms {
		x := (1 + numeric.Ln(float64(counts[i]))) * float64(w.idf[t])
		counts[i] = float32(x)
		sum += float64(x * x)
	}
	if sum == 0 {
		return
	}
	f := 1 / math.Sqrt(sum)
	for i := range counts {
		counts[i] = float32(float64(counts[i]) * f)
	}
}

// countMatrix is the documents as rows of term counts.
func countMatrix(c *corpus, docs []int, w *weigher) *numeric.Sparse {
	m := &numeric.Sparse{Rows: len(docs), Cols: len(w.idf), Start: make([]int, 1, len(docs)+1)}
	for _, i := range docs {
		m.Col, m.Val = w.terms(m.Col, m.Val, c.lex, c.docs[i].words)
		m.Start = append(m.Start, len(m.Col))
	}
	return m
}

// tfidf is the documents as rows of length 1.
func tfidf(counts *numeric.Sparse, w *weigher) *numeric.Sparse {
	m := &numeric.Sparse{Rows: counts.Rows, Cols: counts.Cols, Start: counts.Start, Col: counts.Col, Val: slices.Clone(counts.Val)}
	for i := range m.Rows {
		w.weigh(m.Row(i))
	}
	return m
}
