// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// How many contributors stand behind records of several parties must not hang
// on what the parties are called: it once did, and a whole class was dropped
// under some keys.
func TestHoldingsCountTheSameUnderAnyName(t *testing.T) {
	h, err := recode.NewHierarchy([][]string{{"same"}})
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		records, holdings := 2+r.IntN(9), 2+r.IntN(9)
		sets := make([][]int, records)
		for i := range sets {
			sets[i] = r.Perm(holdings)[:1+r.IntN(min(3, holdings))]
		}
		want := mostDisjoint(sets)
		if want < 2 {
			continue
		}
		for range 4 {
			name := r.Perm(holdings)
			table := &recode.Table{Quasi: []recode.Column{{Name: "q"}}}
			for _, s := range sets {
				var own []string
				for _, h := range s {
					own = append(own, fmt.Sprint("h", name[h]))
				}
				table.Quasi[0].Values = append(table.Quasi[0].Values, "same")
				table.Holdings = append(table.Holdings, own)
			}
			got, err := recode.Recode(t.Context(), table, recode.Config{
				Hierarchies: []*recode.Hierarchy{h},
				Requirement: recode.Requirement{K: want},
			})
			require.NoError(t, err, "%v asks for %d", sets, want)
			require.Equal(t, want, got.Classes[0].Holdings, "%v", sets)
		}
	}
}

// mostDisjoint tries every choice of sets.
func mostDisjoint(sets [][]int) int {
	best := 0
	for choice := range 1 << len(sets) {
		var all []int
		n := 0
		for i, s := range sets {
			if choice>>i&1 == 1 {
				all, n = append(all, s...), n+1
			}
		}
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) == len(all) {
			best = max(best, n)
		}
	}
	return best
}
