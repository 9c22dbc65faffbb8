// SPDX-License-Identifier: Apache-2.0

package numeric_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster/internal/numeric"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
)

func TestNearest(t *testing.T) {
	x := numeric.NewMatrix(4, 2)
	copy(x.Data, []float32{1, 0, .8, .6, .6, .8, -1, 0})
	near, sims := numeric.Nearest(x, 2, 1)
	require.Equal(t, [][]int32{{1, 2}, {2, 0}, {1, 0}, nil}, near, "nearest first, never itself, none that is turned away")
	require.InDelta(t, .8, sims[0][0], 1e-6)
	again, _ := numeric.Nearest(x, 2, 2)
	require.Equal(t, near, again, "whatever the workers")
}
