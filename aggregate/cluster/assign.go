// SPDX-License-Identifier: Apache-2.0

package cluster

// placer places texts one after the other; not safe for concurrent use.
type placer struct {
	space *space
	mix   *mixture
	means centroids
	v     []float32
	sim   []float32
	out   []float32
	sc    scratch
}

func (m *Model) newPlacer() *placer {
	return &placer{space: m.space, mix: m.mix, means: packCentroids(m.mix.means), v: make([]float32, m.space.dim()),
		sim: make([]float32, roundUp4(m.mix.k)), out: make([]float32, m.mix.k)}
}

// place returns the best column for a text, and its share.
func (p *placer) place(words []uint32, raw string) (int, float64) {
	p.space.place(p.v, words, raw, &p.sc)
	p.means.similarities(p.sim, p.v)
	p.mix.score(p.out, p.sim, p.sc.terms, p.sc.counts)
	best := argMax(p.out)
	var sum float64
	for _, x := range p.out {
		sum += exp(float64(x-p.out[best]) / 3)
	}
	return best, 1 / sum
}
