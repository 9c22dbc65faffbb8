// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

// likeness compares short statements word by word: each word looks for its
// best counterpart in the other statement, the same stem or one of like
// meaning, and rare words count for more; beside it stands the cosine of the
// statements as wholes.
type likeness struct {
	texts    [][]int32 // ids of each statement's stems, without stop words
	idf      []float32
	vectors  numeric.Matrix // of each stem, if the embedder knows words
	known    []bool
	whole    numeric.Matrix
	placed   []bool
	readings []reading
}

func newLikeness(texts []string, embedder Embedder) *likeness {
	items := make([]Item, len(texts))
	for i, t := range texts {
		items[i].Text = t
	}
	m := &likeness{texts: make([][]int32, len(texts)), readings: make([]reading, len(texts))}
	var ws []string
	seen := map[string]int32{}
	form := []string{}
	for i, t := range texts {
		m.readings[i] = read(t)
		ws, _ = words(ws[:0], nil, t)
		for _, w := range ws[:min(len(ws), maxWords)] {
			s := stemOf(w)
			if s == "" {
				continue
			}
			id, ok := seen[s]
			if !ok {
				id = int32(len(form))
				seen[s] = id
				form = append(form, w)
			}
			if !slices.Contains(m.texts[i], id) {
				m.texts[i] = append(m.texts[i], id)
			}
		}
	}
	df := make([]int, len(form))
	for _, t := range m.texts {
		for _, id := range t {
			df[id]++
		}
	}
	m.idf = make([]float32, len(form))
	for i, d := range df {
		m.idf[i] = float32(1 + numeric.Ln(float64(1+max(50, len(texts)))/float64(1+d)))
	}
	m.embed(texts, form, embedder)
	return m
}

func (m *likeness) embed(texts, form []string, embedder Embedder) {
	m.known, m.placed = make([]bool, len(form)), make([]bool, len(texts))
	if embedder == nil {
		return
	}
	d := embedder.Dim()
	m.whole = numeric.NewMatrix(len(texts), d)
	for i, t := range texts {
		m.placed[i] = embedder.Embed(m.whole.Row(i), t) && numeric.Unit(m.whole.Row(i))
	}
	if we, ok := embedder.(wordEmbedder); ok {
		m.vectors = numeric.NewMatrix(len(form), d)
		for i, w := range form {
			m.known[i] = we.EmbedWord(m.vectors.Row(i), w) && numeric.Unit(m.vectors.Row(i))
		}
	}
}

// of is the likeness of two statements, 0-1.
func (m *likeness) of(i, j int) float32 {
	a, b := m.texts[i], m.texts[j]
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	words := (m.covered(a, b) + m.covered(b, a)) / 2
	if !m.placed[i] || !m.placed[j] {
		return words
	}
	return 0.5*words + 0.5*max(0, numeric.Dot(m.whole.Row(i), m.whole.Row(j)))
}

// covered is the share of a's words, by weight, that have a counterpart in b.
func (m *likeness) covered(a, b []int32) float32 {
	var got, all float32
	for _, w := range a {
		all += m.idf[w]
		var best float32
		for _, v := range b {
			if v == w {
				best = 1
				break
			}
			if m.known[w] && m.known[v] {
				// Words of one field are alike without meaning the same.
				best = max(best, (numeric.Dot(m.vectors.Row(int(w)), m.vectors.Row(int(v)))-0.3)/0.7)
			}
		}
		got += float32(m.idf[w] * best)
	}
	return got / all
}

// Match is an item that answers a query.
type Match struct {
	Item string
	// Score is the likeness, 0-1.
	Score float64
}

// Ranker finds the texts most like a query. Safe for concurrent use.
type Ranker struct {
	items    []Item
	texts    []string
	embedder Embedder
}

// NewRanker prepares items for ranking. The items are copied.
func NewRanker(items []Item, embedder Embedder) (*Ranker, error) {
	if err := checkItems(items); err != nil {
		return nil, err
	}
	r := &Ranker{items: slices.Clone(items), embedder: embedder}
	slices.SortFunc(r.items, func(a, b Item) int { return compareStrings(a.ID, b.ID) })
	for _, it := range r.items {
		r.texts = append(r.texts, it.Text)
	}
	return r, nil
}

// Rank returns up to limit items by likeness to the query, the most alike
// first, of equals the first ID; items without any likeness are left out.
func (r *Ranker) Rank(query string, limit int) []Match {
	m := newLikeness(append(slices.Clip(slices.Clone(r.texts)), query), r.embedder)
	var out []Match
	for i, it := range r.items {
		if s := m.of(i, len(r.items)); s > 0 {
			out = append(out, Match{it.ID, float64(s)})
		}
	}
	slices.SortStableFunc(out, func(a, b Match) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	return out[:min(len(out), max(0, limit))]
}

// similarity is the likeness of two short texts, 0-1: how far each word of one
// has a counterpart in the other.
func similarity(a, b string, embedder Embedder) float64 {
	return float64(newLikeness([]string{a, b}, embedder).of(0, 1))
}

// nearlySame groups rows that say the same, and leaves each other row alone.
func (f *fitting) nearlySame(rows []int) []int32 {
	texts := make([]string, len(rows))
	for n, i := range rows {
		texts[n] = f.corpus.docs[f.sample[i]].raw
	}
	m := newLikeness(texts, f.cfg.Embedder)
	n := len(rows)
	sim := make([]float32, n*n)
	for i := range n {
		for j := range i {
			v := m.of(i, j)
			sim[i*n+j], sim[j*n+i] = v, v
		}
	}
	group := joinAbove(sim, n, sameStatement, func(i, j int) bool { return m.readings[i].against(m.readings[j]) })
	number, next := make([]int32, n), int32(0)
	out := make([]int32, n)
	for i, g := range group {
		if int(g) == i {
			number[i] = next
			next++
		}
		out[i] = number[g]
	}
	return out
}
