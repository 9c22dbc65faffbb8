// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// keptThreshold decides which records of a class may stay: those whose
// threshold is at most the result. holders(j) is the number of holdings among
// the records with threshold at most ks[j]. Zero means none may stay. A record
// that asks for more than its class offers is dropped alone and takes nobody
// with it; joining classes can only raise the result, which is what makes the
// lattice search exact.
func keptThreshold(ks []int32, holders func(j int) int) int32 {
	for j, k := range slices.Backward(ks) {
		if holders(j) >= int(k) {
			return k
		}
	}
	return 0
}

// classThreshold is keptThreshold for a class given by its records.
func (e *encoded) classThreshold(records []int32) int32 {
	return keptThreshold(e.ks, func(j int) int { return e.countUpTo(records, e.ks[j]) })
}

// countUpTo counts the holdings of the records with threshold at most k.
func (e *encoded) countUpTo(records []int32, k int32) int {
	if e.unique {
		n := 0
		for _, r := range records {
			if e.k[r] <= k {
				n++
			}
		}
		return n
	}
	if e.many != nil {
		e.choose(records, k)
		return e.counter.Count()
	}
	seen := make([]int32, 0, len(records))
	for _, r := range records {
		if e.k[r] <= k {
			seen = append(seen, e.holding[r])
		}
	}
	slices.Sort(seen)
	return len(slices.Compact(seen))
}

// reaches reports whether the holdings of the records with threshold at most k are
// n or more.
func (e *encoded) reaches(records []int32, k int32, n int) bool {
	if e.many == nil {
		return e.countUpTo(records, k) >= n
	}
	e.choose(records, k)
	return e.counter.Reaches(n)
}

func (e *encoded) choose(records []int32, k int32) {
	if e.counter == nil {
		e.counter = anonymize.NewCounter(e.many)
	}
	e.counter.Reset()
	for _, r := range records {
		if e.k[r] <= k {
			e.counter.Add(int(r))
		}
	}
}
