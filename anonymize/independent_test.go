// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// Law 7: the count is the largest number of records that share nobody, and is
// the same whatever holdings are called, which is up to a random key.
func TestIndependentIsExactUnderAnyName(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 2000 {
		records, holdings := r.IntN(11), 1+r.IntN(9)
		sets := make([][]int, records)
		for i := range sets {
			sets[i] = r.Perm(holdings)[:1+r.IntN(min(3, holdings))]
		}
		want := 0
		for choice := range 1 << records {
			used, n, ok := map[int]bool{}, 0, true
			for i, s := range sets {
				if choice>>i&1 == 0 {
					continue
				}
				n++
				for _, h := range s {
					ok = ok && !used[h]
					used[h] = true
				}
			}
			if ok {
				want = max(want, n)
			}
		}
		for range 3 {
			name, order := r.Perm(holdings), r.Perm(records)
			named := make([][]string, records)
			for i, s := range sets {
				for _, h := range s {
					named[order[i]] = append(named[order[i]], fmt.Sprint("h", name[h]))
				}
			}
			require.Equal(t, want, anonymize.Independent(named), "%v", sets)
		}
	}
}

func TestIndependentOfMany(t *testing.T) {
	var agency, chain [][]int
	for i := 1; i <= 200; i++ {
		agency = append(agency, []int{0, i})
		chain = append(chain, []int{i, i + 1})
	}
	require.Equal(t, 1, anonymize.Independent(agency), "an agency and its 200 clients")
	require.GreaterOrEqual(t, anonymize.Independent(chain), 60)
	require.LessOrEqual(t, anonymize.Independent(chain), 100)
	require.Zero(t, anonymize.Independent[int](nil))
	require.Zero(t, anonymize.Independent([][]int{{}, nil}), "nobody stands behind it")
}

// A counter counts each choice as Independent does, whatever was chosen before.
func TestCounterCountsChoices(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 11))
	for range 200 {
		holdings := 1 + r.IntN(120)
		sets := make([][]int, r.IntN(300))
		for i := range sets {
			sets[i] = r.Perm(holdings)[:min(holdings, r.IntN(4))]
		}
		c := anonymize.NewCounter(sets)
		for range 10 {
			c.Reset()
			var chosen [][]int
			for range r.IntN(2*len(sets) + 1) {
				i := r.IntN(len(sets))
				c.Add(i)
				chosen = append(chosen, sets[i])
			}
			want := anonymize.Independent(chosen)
			require.Equal(t, want, c.Count())
			for n := range want + 3 {
				require.Equal(t, want >= n, c.Reaches(n))
			}
		}
	}
}
