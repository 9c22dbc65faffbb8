// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"math/rand/v2"
	"slices"
	"strings"
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

// What is left of a wide set has as many contributors as any of it asks for, and as many
// of whom a release tells nothing, or none: beside fourteen of whom one asks to be told of
// among nine, seven others leave seven (life 37 of those who ask for more). All numbers of
// those left, of what one of them asks for, and of those of them who stand in no release.
func TestDifferencesAreOfAsManyAsAnyAsksFor(t *testing.T) {
	seen := map[bool]int{}
	for left := range 8 {
		for more := range 4 {
			for hidden := range left + 1 {
				told := []byte{0, 1, 2, 3, 4, 5, 6, 7} // the last of them are left
				for i := range told {
					told[i] |= 2 << 3
				}
				for i := range hidden {
					told[7-i] = byte(7-i) | 1<<3
				}
				if left > 0 {
					told[8-left] |= byte(more) << 6
				}
				c := made(told)
				few := left > 0 && (left < Floor+more || hidden > 0 && hidden < Floor || hidden == left && hidden < Floor+more)
				all := set{0, 1, 2, 3, 4, 5, 6, 7}
				require.Equal(t, few, c.reveals(all, []set{all[:8-left]}), "%d left, one asks for %d, %d in no release", left, Floor+more, hidden)
				seen[few]++
			}
		}
	}
	require.Greater(t, seen[false], 20)
	require.Greater(t, seen[true], 20)
}

// Where lines of a release are printed as they were, what is counted now must not show
// who of them is not in it: nobody, or as many as it takes. What hangs on no line is
// held against none.
func TestStaleLines(t *testing.T) {
	c := made([]byte{0, 1, 2, 3, 4, 5, 6, 7})
	g := gate{all: c}
	every := func(int) bool { return true }
	for _, row := range []struct {
		reason  string
		stale   set
		members set
		line    func(i int) bool
		want    bool
	}{
		{"no lines", set{0, 1}, set{2, 3, 4}, nil, false},
		{"no line is as it was", nil, set{2, 3, 4}, every, false},
		{"all of them are counted", set{2, 3}, set{2, 3, 4}, every, false},
		{"one is not", set{1, 2, 3}, set{2, 3, 4}, every, true},
		{"one too few are not", set{0, 1}, set{2, 3, 4}, every, true},
		{"as many as it takes are not", set{0, 1, 5}, set{2, 3, 4}, every, false},
		{"of those who are not, one has such a line", set{0, 1, 5}, set{2, 3, 4}, func(i int) bool { return i == 5 }, true},
		{"none has such a line", set{0, 1}, set{2, 3, 4}, func(int) bool { return false }, false},
	} {
		c.stale = row.stale
		require.Equal(t, row.want, g.stale(row.members, row.line), row.reason)
	}
}

// What stands in a mask is nobody's word, and what stands outside is, whatever brackets
// people write.
func TestUnmasked(t *testing.T) {
	for said, want := range map[string]string{
		"we asked people":                       "we asked people",
		"we asked [a support group] first":      "we asked . first",
		"[a [nested] mask] first":               ". first",
		"a stray] bracket and more":             "a stray] bracket and more",
		"] before [a mask] and after ] another": "] before . and after ] another",
		"an open [one hides the rest":           "an open .",
		"[one][two] three":                      ". . three",
	} {
		require.Equal(t, want, strings.Join(strings.Fields(unmasked(said)), " "), said)
	}
}
