// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Of many sets beside a wide one, nothing that is left when all but one, or the first
// ones, are taken away has 1 to k-1 contributors, nor what any of them or all leave. It
// is counted here by hand, record by record, each of a contributor of its own.
func TestRevealsBesideManySets(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 2026))
	seen := map[bool]int{}
	for range 4000 {
		told := make([]byte, 8)
		for i := range told {
			told[i] = byte(i) | 2<<3
		}
		c := made(told)
		wide := make(set, len(told))
		for i := range wide {
			wide[i] = i
		}
		sets := make([]set, mostCombined+1+r.IntN(3))
		often := 1 + r.IntN(4) // in how many sets a record is at most
		for i := range wide {
			for range r.IntN(often + 1) {
				n := r.IntN(len(sets))
				sets[n] = append(sets[n], i)
			}
		}
		for n, s := range sets {
			slices.Sort(s)
			sets[n] = slices.Compact(s)
		}
		few := func(take func(n int) bool) bool {
			left := map[int]bool{}
			for _, i := range wide {
				left[i] = true
			}
			for n, s := range sets {
				if take(n) {
					for _, i := range s {
						delete(left, i)
					}
				}
			}
			return len(left) > 0 && len(left) < Floor
		}
		want := few(func(int) bool { return true })
		for n := range sets {
			want = want || few(func(m int) bool { return m == n }) || few(func(m int) bool { return m != n }) || few(func(m int) bool { return m <= n })
		}
		require.Equal(t, want, c.reveals(wide, sets), "%v", sets)
		if c.oneByOne(wide, sets) {
			require.True(t, want)
		}
		seen[want]++
	}
	require.Greater(t, seen[false], 100)
	require.Greater(t, seen[true], 100)
}
