// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"context"
	"fmt"
	"strings"
)

// Population is how a recoding looks against everybody who might be in it.
type Population struct {
	// Register is, for each class, the number of holdings in the register
	// that read like it.
	Register []int
	// Least is the smallest of them: the k of k-map (Sweeney 2002; El Emam and
	// Dankar 2008).
	Least int
	// Presence is, for each class, the share of those in the register that
	// are in the class: how surely a reader can tell that one of them took
	// part (delta-presence, Nergiz et al. 2007). Low and High are its bounds.
	Presence  []float64
	Low, High float64
}

// Meets reports whether every class reads like at least k of the register and
// membership can be told with a confidence between low and high at most.
func (p *Population) Meets(k int, low, high float64) bool {
	return p.Least >= k && p.Low >= low && p.High <= high
}

// Against compares a recoding with a register of all that might have
// contributed: eligible organisations with the same quasi-identifiers, in the
// same order. A sample of five out of five is certainty, whatever k says. A
// register that lacks holdings that are in the release is an error: it is no
// register of them.
func Against(ctx context.Context, r *Recoding, cfg RecodeConfig, register *Table) (*Population, error) {
	e, err := encode(register, cfg.Hierarchies, Requirement{K: 1})
	if err != nil {
		return nil, err
	}
	p := &Population{Register: make([]int, len(r.Classes)), Presence: make([]float64, len(r.Classes)), Low: 1}
	byLevels := map[string][]int{}
	var order []string
	for g, c := range r.Classes {
		if len(c.Levels) != len(cfg.Hierarchies) {
			return nil, fmt.Errorf("%w: recoding has other quasi-identifiers", ErrInput)
		}
		key := fmt.Sprint(c.Levels)
		if byLevels[key] == nil {
			order = append(order, key)
		}
		byLevels[key] = append(byLevels[key], g)
	}
	for _, key := range order {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		classes := byLevels[key]
		levels := r.Classes[classes[0]].Levels
		members := map[string][]int32{}
		for i := range e.n {
			var b strings.Builder
			for c, l := range levels {
				if l >= len(e.up[c]) {
					return nil, fmt.Errorf("%w: recoding has other hierarchies", ErrInput)
				}
				label := e.label[c][l][e.up[c][l][e.leaf[c][i]]]
				fmt.Fprintf(&b, "%d:%s", len(label), label)
			}
			members[b.String()] = append(members[b.String()], int32(i))
		}
		for _, g := range classes {
			var b strings.Builder
			for _, label := range r.Classes[g].Labels {
				fmt.Fprintf(&b, "%d:%s", len(label), label)
			}
			p.Register[g] = e.countUpTo(members[b.String()], 1)
		}
	}
	for g, n := range p.Register {
		if n < r.Classes[g].Holdings {
			return nil, fmt.Errorf("%w: class %d has more holdings in the release than in the register", ErrInput, g)
		}
		p.Presence[g] = float64(r.Classes[g].Holdings) / float64(n)
		p.Low, p.High = min(p.Low, p.Presence[g]), max(p.High, p.Presence[g])
		if g == 0 || n < p.Least {
			p.Least = n
		}
	}
	return p, nil
}
