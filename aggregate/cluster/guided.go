// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
)

const (
	// seedFloor and seedMargin are how alike a text must be to a seed (mean of
	// the cosines with its nearest phrase and with its centre), and by how much
	// more than to the next seed, to be counted as the seed's.
	seedFloor  = 0.34
	seedMargin = 0.02
)

// follow gives each text of the sample to the seed it fits, if any. Where K
// asks for no more clusters than there are seeds, every text goes to one.
func (f *fitting) follow(g *grouping) {
	all := f.cfg.K > 0 && f.cfg.K <= len(f.cfg.Seeds)
	s := newSeedFinder(f.x, g.assign, g.fixed, len(f.cfg.Seeds))
	found := make([]int32, f.texts)
	numeric.EachChunk(f.texts, 64, f.cfg.Workers, func(_, from, to int) {
		sims := make([]float32, len(f.cfg.Seeds))
		for i := from; i < to; i++ {
			found[i] = g.assign[i]
			if g.fixed[i] {
				continue
			}
			best, margin := s.best(f.x.Row(i), sims)
			if all || sims[best] >= seedFloor && margin >= seedMargin {
				found[i] = int32(best)
			}
		}
	})
	copy(g.assign, found)
}

// seedFinder compares texts with the phrases of seeds.
type seedFinder struct {
	x       numeric.Matrix
	phrases [][]int // rows of x, by seed
	centres numeric.Matrix
}

func newSeedFinder(x numeric.Matrix, assign []int32, fixed []bool, seeds int) *seedFinder {
	s := &seedFinder{x: x, phrases: make([][]int, seeds)}
	only := make([]int32, len(assign))
	for i, a := range assign {
		only[i] = -1
		if fixed[i] && int(a) < seeds {
			only[i] = a
			s.phrases[a] = append(s.phrases[a], i)
		}
	}
	s.centres = numeric.MeansOf(x, only, seeds, 1)
	return s
}

// best is the seed most like v, and its lead over the next.
func (s *seedFinder) best(v, sims []float32) (best int, margin float32) {
	for c, rows := range s.phrases {
		var top float32
		for _, i := range rows {
			top = max(top, numeric.Dot(v, s.x.Row(i)))
		}
		sims[c] = (top + numeric.Dot(v, s.centres.Row(c))) / 2
	}
	best = numeric.ArgMax(sims)
	next := float32(-1)
	for c, x := range sims {
		if c != best {
			next = max(next, x)
		}
	}
	return best, sims[best] - next
}

// spoken knows what a text must say to be named by a seed.
type spoken struct {
	labels  map[string]string          // by seed
	words   map[string]map[string]bool // by seed, the stems of its label by which it is told from others
	phrases map[string][][]string      // by seed, the stems of each
}

func newSpoken(seeds []Seed) *spoken {
	s := &spoken{labels: map[string]string{}, words: map[string]map[string]bool{}, phrases: map[string][][]string{}}
	seedsOf := map[string]int{}
	for _, seed := range seeds {
		own := map[string]bool{}
		for _, stem := range stemsOf(seed.Label) {
			own[stem] = true
		}
		for stem := range own {
			seedsOf[stem]++
		}
		s.labels[seed.ID], s.words[seed.ID] = seed.Label, own
		for _, phrase := range seed.Phrases {
			if stems := stemsOf(phrase); len(stems) > 0 {
				s.phrases[seed.ID] = append(s.phrases[seed.ID], stems)
			}
		}
	}
	for _, own := range s.words {
		maps.DeleteFunc(own, func(stem string, _ bool) bool { return seedsOf[stem] > max(2, len(seeds)/8) })
	}
	return s
}

// of reports whether a label is the seed's own, and not one that a person gave.
func (s *spoken) of(id, label string) bool { return label != "" && s.labels[id] == label }

// by reports whether half of the texts say a word of the seed's label, or a whole
// phrase of the seed's: what only lies near it, by meanings of words, is not named by it.
func (s *spoken) by(texts []Item, id string) bool {
	n := 0
	for _, t := range texts {
		said := map[string]bool{}
		for _, stem := range stemsOf(t.Text) {
			said[stem] = true
		}
		word := func(stem string) bool { return said[stem] && s.words[id][stem] }
		whole := func(phrase []string) bool {
			return !slices.ContainsFunc(phrase, func(stem string) bool { return !said[stem] })
		}
		if slices.ContainsFunc(slices.Collect(maps.Keys(said)), word) || slices.ContainsFunc(s.phrases[id], whole) {
			n++
		}
	}
	return 2*n >= len(texts)
}
