// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

func TestLocalAdultPerRecord(t *testing.T) {
	table, hs := adult(t)
	loss := map[string]float64{}
	for _, u := range []int{3, 5, 11, 100} {
		cfg := disclosure.RecodeConfig{Hierarchies: hs, Requirement: disclosure.Requirement{K: u}}
		r, err := disclosure.Local(t.Context(), table, cfg)
		require.NoError(t, err)
		fmt.Println(u, r.Loss, len(r.Classes))
		loss[fmt.Sprint(u)] = r.Loss
	}
	rr := rand.New(rand.NewPCG(5, 5))
	table.K = make([]int, table.Len())
	for i := range table.K {
		switch x := rr.IntN(100); {
		case x < 50:
			table.K[i] = 3
		case x < 85:
			table.K[i] = 5
		default:
			table.K[i] = 11
		}
	}
	r, err := disclosure.Local(t.Context(), table, disclosure.RecodeConfig{Hierarchies: hs, Requirement: disclosure.Requirement{K: 3}})
	require.NoError(t, err)
	fmt.Println("mixed", r.Loss, len(r.Classes), 1-r.Loss/loss["11"])
	for _, c := range r.Classes {
		require.GreaterOrEqual(t, c.Holdings, c.K)
	}
}
