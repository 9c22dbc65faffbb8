// SPDX-License-Identifier: Apache-2.0

package cluster

import "github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"

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
