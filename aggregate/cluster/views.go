// SPDX-License-Identifier: Apache-2.0

package cluster

import "github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"

// space is how a text becomes a vector: what its words say about each other in
// these texts (LSA) beside what they mean anywhere (the embedder). Both halves
// are fitted once, then fixed.
type space struct {
	lex      *lexicon
	weigher  *weigher
	project  numeric.Matrix // terms x latent dimensions
	embedder Embedder
	forms    numeric.Matrix // word vectors of the lexicon's forms, if the embedder knows words
	known    []bool         // forms that the embedder knows
	mean     []float32      // the texts' common direction, taken away from each
	lexical  float32        // weights of the two halves
	semantic float32
}

func (s *space) dim() int { return s.project.Cols + s.semanticDim() }

func (s *space) semanticDim() int {
	if s.embedder == nil {
		return 0
	}
	return s.embedder.Dim()
}

// learnWords looks every form up once where the embedder allows it.
func (s *space) learnWords(workers int) {
	we, ok := s.embedder.(wordEmbedder)
	if !ok {
		return
	}
	s.forms = numeric.NewMatrix(len(s.lex.forms), we.Dim())
	s.known = make([]bool, len(s.lex.forms))
	numeric.EachBlock(len(s.lex.forms), workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			s.known[i] = we.EmbedWord(s.forms.Row(i), s.lex.forms[i])
		}
	})
}

// meaning writes the embedder's vector of a text, of length 1.
func (s *space) meaning(dst []float32, words []uint32, raw string) bool {
	if s.known == nil {
		return s.embedder.Embed(dst, raw) && numeric.Unit(dst)
	}
	clear(dst)
	known := false
	for _, w := range words {
		if s.known[w] {
			known = true
			for j, x := range s.forms.Row(int(w)) {
				dst[j] += x
			}
		}
	}
	return known && numeric.Unit(dst)
}

// scratch holds the buffers with which one goroutine places texts.
type scratch struct {
	terms  []int32
	counts []float32
	weight []float32
}

// place writes the vector of a text, of length 1, or 0 where nothing in the text
// was known. After it, sc.terms and sc.counts hold its terms.
func (s *space) place(dst []float32, words []uint32, raw string, sc *scratch) {
	sc.terms, sc.counts = s.weigher.terms(sc.terms[:0], sc.counts[:0], s.lex, words)
	sc.weight = append(sc.weight[:0], sc.counts...)
	s.weigher.weigh(sc.terms, sc.weight)
	d := s.project.Cols
	left, right := dst[:d], dst[d:]
	clear(left)
	for i, t := range sc.terms {
		numeric.AddScaled(left, sc.weight[i], s.project.Row(int(t)))
	}
	numeric.Unit(left)
	if len(right) > 0 {
		if s.meaning(right, words, raw) {
			for j := range right {
				right[j] -= s.mean[j]
			}
			numeric.Unit(right)
		} else {
			clear(right)
		}
	}
	for j := range left {
		left[j] *= s.lexical
	}
	for j := range right {
		right[j] *= s.semantic
	}
	numeric.Unit(dst)
}

// learnMean finds the common direction of the documents' meanings.
func (s *space) learnMean(c *corpus, docs []int, workers int) {
	n := s.semanticDim()
	s.mean = make([]float32, n)
	if n == 0 || len(docs) == 0 {
		return
	}
	parts := make([][]float64, (len(docs)+numeric.BlockRows-1)/numeric.BlockRows)
	numeric.EachBlock(len(docs), workers, func(block, from, to int) {
		sum, v := make([]float64, n), make([]float32, n)
		for _, i := range docs[from:to] {
			d := &c.docs[i]
			if s.meaning(v, d.words, d.raw) {
				for j, x := range v {
					sum[j] += float64(x)
				}
			}
		}
		parts[block] = sum
	})
	for j := range s.mean {
		var t float64
		for _, p := range parts {
			t += p[j]
		}
		s.mean[j] = float32(t / float64(len(docs)))
	}
}

// unknown is the share of the texts' words that the embedder does not know.
func (s *space) unknown(c *corpus, docs []int) float64 {
	if s.known == nil {
		return 0
	}
	missing, all := 0, 0
	for _, i := range docs {
		for _, w := range c.docs[i].words {
			all++
			if !s.known[w] && s.lex.stem[w] >= 0 {
				missing++
			}
		}
	}
	return float64(missing) / float64(max(1, all))
}
