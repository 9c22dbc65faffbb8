// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// recombined makes n texts out of halves of the sample's.
func recombined(n int) []cluster.Item {
	items, _ := sample()
	out := make([]cluster.Item, n)
	for i := range out {
		a, b := strings.Fields(items[lot(i, "a")%uint64(len(items))].Text), strings.Fields(items[lot(i, "b")%uint64(len(items))].Text)
		out[i] = cluster.Item{ID: fmt.Sprint(i), Text: strings.Join(append(a[:len(a)/2:len(a)/2], b[len(b)/2:]...), " ") + fmt.Sprintf(" w%d", i%997)}
	}
	return out
}

func BenchmarkFit(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		items := recombined(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := cluster.Fit(b.Context(), items, cluster.Config{Embedder: wordtable.Default(), Workers: 2})
				require.NoError(b, err)
			}
		})
	}
}

func BenchmarkAssign(b *testing.B) {
	items := recombined(2000)
	m, err := cluster.Fit(b.Context(), items, cluster.Config{K: 20, Embedder: wordtable.Default()})
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := m.Assign(b.Context(), items)
		require.NoError(b, err)
	}
}
