// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Utility measures how much a recoding coarsened and left out: the more, the less use
// a release is to its readers.
type Utility struct {
	Records, Suppressed, Classes int
	// Histogram counts classes by the number of holdings in them.
	Histogram []classSize
	// AverageClass is N / classes, a suppressed rest counting as one (AECS).
	AverageClass float64
	// Discernibility is the sum of squared class sizes, a suppressed record
	// counting N (Bayardo and Agrawal 2005).
	Discernibility float64
	// Penalty is Recoding.Loss: the mean normalised certainty penalty, 0 to 1.
	Penalty float64
	// Entropy is the non-uniform entropy lost, in bits: Optimum.Loss where
	// every record has the same levels. It covers the records kept.
	Entropy float64
}

// classSize counts the classes of one size.
type classSize struct{ Holdings, Classes int }

// measureUtility measures a recoding of a table.
func measureUtility(t *Table, r *Recoding, cfg Config) (*Utility, error) {
	if len(r.ClassOf) != t.Len() {
		return nil, fmt.Errorf("%w: recoding of another table", ErrInput)
	}
	e, err := encode(t, cfg.Hierarchies, cfg.Requirement)
	if err != nil {
		return nil, err
	}
	u := &Utility{Records: e.n, Suppressed: r.Suppressed(), Classes: len(r.Classes), Penalty: r.Loss}
	bars := map[int]int{}
	parts := len(r.Classes)
	for _, c := range r.Classes {
		bars[c.Holdings]++
		u.Discernibility += float64(float64(len(c.Records)) * float64(len(c.Records)))
	}
	for _, size := range slices.Sorted(maps.Keys(bars)) {
		u.Histogram = append(u.Histogram, classSize{size, bars[size]})
	}
	u.Discernibility += float64(float64(u.Suppressed) * float64(e.n))
	if u.Suppressed > 0 {
		parts++
	}
	if parts > 0 {
		u.AverageClass = float64(e.n) / float64(parts)
	}
	for c := range e.leaf {
		below := make([][]int, len(e.up[c])) // records by level and label
		for l, up := range e.up[c] {
			below[l] = make([]int, len(e.label[c][l]))
			for v, n := range e.count[c] {
				below[l][up[v]] += n
			}
		}
		at := make([][]int, len(e.up[c])) // kept records by level and value
		for l := range at {
			at[l] = make([]int, len(e.count[c]))
		}
		for _, class := range r.Classes {
			for _, i := range class.Records {
				at[class.Levels[c]][e.leaf[c][i]]++
			}
		}
		for l, n := range at {
			for v, m := range n {
				u.Entropy -= float64(float64(m) * math.Log2(float64(e.count[c][v])/float64(below[l][e.up[c][l][v]])))
			}
		}
	}
	return u, nil
}

// whatIf measures the release at another k.
type whatIf struct {
	K          int
	Possible   bool
	Loss       float64
	Classes    int
	Suppressed int
}

// whatIfAt recodes the table at each k and says what would be lost. Records
// keep their own thresholds. now is the table recoded at cfg's own k; nil to find it out.
func whatIfAt(ctx context.Context, t *Table, cfg Config, ks []int, now *Recoding) ([]whatIf, error) {
	var out []whatIf
	for _, k := range ks {
		c := cfg
		c.Requirement.K = k
		r, err := now, error(nil)
		if now == nil || k != cfg.Requirement.K {
			r, err = Recode(ctx, t, c)
		}
		switch {
		case errors.Is(err, ErrInfeasible):
			out = append(out, whatIf{K: k})
		case err != nil:
			return nil, err
		default:
			out = append(out, whatIf{k, true, r.Loss, len(r.Classes), r.Suppressed()})
		}
	}
	return out, nil
}

// agreementCost measures the coarsening that one agreement causes for all.
type agreementCost struct {
	Agreement string
	Records   int
	K         int // the strictest threshold of its records
	// Loss and Suppressed are what the release would have if its records
	// asked for no more than the Requirement; Saved is how much lower the
	// loss would be, and is negative where chance made it higher.
	Loss       float64
	Suppressed int
	Saved      float64
}

// costByAgreement recodes the table once for each agreement that asks for more
// than the Requirement's K, without that wish, and compares with now. agreements names
// each record's; the result is sorted by Saved, the costliest first. What an
// agreement costs is for the working group, not for print.
func costByAgreement(ctx context.Context, t *Table, cfg Config, agreements []string, now *Recoding) ([]agreementCost, error) {
	if len(agreements) != t.Len() {
		return nil, fmt.Errorf("%w: %d agreements for %d records", ErrInput, len(agreements), t.Len())
	}
	members := map[string][]int{}
	for i, a := range agreements {
		members[a] = append(members[a], i)
	}
	var out []agreementCost
	for _, a := range slices.Sorted(maps.Keys(members)) {
		cost := agreementCost{Agreement: a, Records: len(members[a]), K: cfg.Requirement.K, Loss: now.Loss, Suppressed: now.Suppressed()}
		without := *t
		without.K = slices.Clone(t.K)
		if t.K != nil {
			for _, i := range members[a] {
				cost.K = max(cost.K, t.K[i])
				without.K[i] = 0
			}
		}
		if cost.K > cfg.Requirement.K {
			r, err := Recode(ctx, &without, cfg)
			if err != nil {
				return nil, err
			}
			cost.Loss, cost.Suppressed, cost.Saved = r.Loss, r.Suppressed(), now.Loss-r.Loss
		}
		out = append(out, cost)
	}
	slices.SortStableFunc(out, func(a, b agreementCost) int {
		switch {
		case a.Saved > b.Saved:
			return -1
		case a.Saved < b.Saved:
			return 1
		}
		return 0
	})
	return out, nil
}
