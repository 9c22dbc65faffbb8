// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
)

// What a collection prints is what Independent counts, agencies and their
// clients included.
func TestCountsAreOfIndependentContributors(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	fewer := 0
	for range 30 {
		var all []told
		for range 8 + r.IntN(20) {
			x := topic
			x.holding = fmt.Sprintf("h%d", r.IntN(14))
			x.clients = nil
			for _, h := range r.Perm(14)[:r.IntN(3)] {
				x.clients = append(x.clients, fmt.Sprintf("h%d", h))
			}
			all = append(all, x)
		}
		rs := records(t, all...)
		want := aggregate.Independent(rs)
		if want < len(all) {
			fewer++
		}
		c := build(t, rs, 3)
		if want < 3 {
			require.Zero(t, c.Contributors)
			continue
		}
		require.Equal(t, want, c.Contributors)
		for _, tp := range c.Topics {
			require.Equal(t, want, tp.Support.Contributors)
		}
	}
	require.Positive(t, fewer)
}
