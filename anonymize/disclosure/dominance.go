// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Contribution is one holding's part of a published magnitude: money, people,
// examples after the cap of one vote.
type Contribution struct {
	Holding string
	Value   float64 // 0 or more
}

// MagnitudeRule says when a sum of contributions may be shown (Handbook on
// Statistical Disclosure Control, chapter 4). The zero value of a field asks
// for nothing. Its parameters are secret: "absolutely essential to keep the
// parameters of a concentration rule confidential", so results say pass or
// fail and never which rule failed.
type MagnitudeRule struct {
	Contributors int     // least number of distinct holdings
	N            int     // (n,k)-dominance: the N largest must not hold more
	Share        float64 // than this share of the sum, 0 to 1
	P            float64 // p%: nobody may estimate another's part closer than P percent of it
	Coalition    int     // how many contributors may share what they know, for P; 0 means 1
	MaxShare     float64 // no holding above this share (the safety zone's 25 %)
}

// Passes reports whether the sum may be shown. A holding's contributions are
// added up first: it is one, however many it made.
func (r MagnitudeRule) Passes(all []Contribution) (bool, error) {
	sums := map[string]float64{}
	for i, c := range all {
		if c.Holding == "" || !(c.Value >= 0) || math.IsInf(c.Value, 0) {
			return false, fmt.Errorf("%w: contribution %d has no holding or is not a number of 0 or more", ErrInput, i)
		}
	}
	// Added up in a fixed order, so that floats come out the same.
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Contribution) int {
		return cmp.Or(cmp.Compare(a.Holding, b.Holding), cmp.Compare(a.Value, b.Value))
	})
	var order []string
	for _, c := range sorted {
		if _, ok := sums[c.Holding]; !ok {
			order = append(order, c.Holding)
		}
		sums[c.Holding] += c.Value
	}
	x := make([]float64, 0, len(order))
	for _, h := range order {
		if sums[h] > 0 {
			x = append(x, sums[h])
		}
	}
	slices.Sort(x)
	slices.Reverse(x)
	total := 0.0
	for _, v := range x {
		total += v
	}
	if len(x) == 0 {
		return r.Contributors == 0, nil
	}
	switch {
	case len(x) < r.Contributors:
		return false, nil
	case r.N > 0 && top(x, r.N) > float64(r.Share*total):
		return false, nil
	case r.MaxShare > 0 && x[0] > float64(r.MaxShare*total):
		return false, nil
	// The coalition that can estimate the largest best is the next largest.
	case r.P > 0 && total-top(x, 1+max(r.Coalition, 1)) < float64(r.P/100*x[0]):
		return false, nil
	}
	return true, nil
}

// top adds up the n largest.
func top(x []float64, n int) float64 {
	sum := 0.0
	for _, v := range x[:min(n, len(x))] {
		sum += v
	}
	return sum
}

// PFromDominance converts (2,k)-dominance, k in percent, to the p of the p%
// rule that protects as much: 100(100-k)/k (the same chapter).
func PFromDominance(k float64) float64 { return 100 * (100 - k) / k }
