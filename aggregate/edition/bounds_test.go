// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// One who joins and asks for more changes no number, of bounds neither: their threshold
// is one for all, and would have told that somebody came who asks for more. It rises
// when as many have joined as that one asks for, and falls no more.
func TestBoundsOfOneThreshold(t *testing.T) {
	bounds := 0
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 31))
		var rows []row
		join := func(n, k int) {
			for range n {
				x := random(r, fmt.Sprintf("r%02d", len(rows)))
				x.k = k
				rows = append(rows, x)
			}
		}
		store := &edition.Memory{}
		publish := func() *edition.Edition {
			e, err := pressOf(t, store).Publish(t.Context(), records(t, model.Everyone, rows))
			require.NoError(t, err)
			return e
		}
		join(24, 0)
		first := publish()
		require.Equal(t, 5, first.Collection.Bounds)
		join(1, 6)
		second := publish()
		require.Equal(t, string(first.Body), string(second.Body), "one joined, who asks for six")
		rows[3].k = 6
		require.Equal(t, 5, publish().Collection.Bounds, "one asks for six now")
		rows[3].k = 0
		join(5, 0)
		third := publish()
		require.Equal(t, 6, third.Collection.Bounds, "six have joined")
		for at, n := range numbersOf(t, third) {
			if n.bound {
				require.LessOrEqual(t, n.examples, max(5, n.of-5), at)
				bounds++
			}
		}
		rows = slices.Delete(rows, 24, 30)
		require.Equal(t, 6, publish().Collection.Bounds, "they have left again")
	}
	require.Positive(t, bounds)
}
