// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// resampled draws n records from Adult; with mix, each value for itself, so
// that hardly two records are alike.
func resampled(r *rand.Rand, from *recode.Table, n int, mix bool) *recode.Table {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = r.IntN(from.Len())
	}
	t := &recode.Table{}
	for _, c := range from.Quasi {
		col := recode.Column{Name: c.Name, Values: make([]string, n)}
		for i := range n {
			j := rows[i]
			if mix {
				j = r.IntN(from.Len())
			}
			col.Values[i] = c.Values[j]
		}
		t.Quasi = append(t.Quasi, col)
	}
	return t
}

func BenchmarkSearchAdult(b *testing.B) {
	table, hs := adult(b)
	for _, bench := range []struct {
		name     string
		k        int
		suppress float64
	}{{"k5", 5, 0}, {"k5s4", 5, 0.04}} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := recode.Search(b.Context(), table, recode.SearchConfig{
					Hierarchies: hs, Requirement: recode.Requirement{K: bench.k}, Suppress: bench.suppress,
				})
				require.NoError(b, err)
			}
		})
	}
}

func BenchmarkSearch10000(b *testing.B) {
	table, hs := adult(b)
	small := resampled(rand.New(rand.NewPCG(1, 1)), table, 10_000, false)
	b.ReportAllocs()
	for b.Loop() {
		_, err := recode.Search(b.Context(), small, recode.SearchConfig{
			Hierarchies: hs, Requirement: recode.Requirement{K: 5}, Suppress: 0.04,
		})
		require.NoError(b, err)
	}
}

// BenchmarkLocalMillion runs a million records once an iteration, with a
// threshold per record.
func BenchmarkLocalMillion(b *testing.B) {
	table, hs := adult(b)
	for name, mix := range map[string]bool{"adult": false, "mixed": true} {
		b.Run(name, func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 1))
			big := resampled(r, table, 1_000_000, mix)
			big.K = strictness(r, big.Len())
			b.ReportAllocs()
			for b.Loop() {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				start := time.Now()
				got, err := recode.TopDown(b.Context(), big, recode.Config{Hierarchies: hs, Requirement: recode.Requirement{K: 3}})
				require.NoError(b, err)
				b.ReportMetric(float64(big.Len())/time.Since(start).Seconds(), "records/s")
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.HeapSys-before.HeapSys)/1e6, "MB-more-heap")
				b.ReportMetric(got.Loss, "loss")
			}
		})
	}
}

// BenchmarkExhaustive checks every node of Adult's lattice, as a measure for
// BenchmarkSearchAdult.
func BenchmarkExhaustive(b *testing.B) {
	table, hs := adult(b)
	for b.Loop() {
		n := exhaustive(b, table, hs, 5)
		require.Equal(b, 12960, n)
	}
}

// exhaustive groups the records anew at every node, with integer codes but no
// inference between nodes, and returns how many nodes there were.
func exhaustive(tb testing.TB, t *recode.Table, hs []*recode.Hierarchy, k int) int {
	tb.Helper()
	labels := make([][][]uint64, len(hs)) // [column][level][record]
	for c, h := range hs {
		for l := range h.Height() {
			code := map[string]uint64{}
			col := make([]uint64, t.Len())
			for i, v := range t.Quasi[c].Values {
				g, ok := h.Generalize(v, l)
				require.True(tb, ok)
				if _, ok := code[g]; !ok {
					code[g] = uint64(len(code))
				}
				col[i] = code[g]
			}
			labels[c] = append(labels[c], col)
		}
	}
	at, nodes, feasible := make([]int, len(hs)), 0, 0
	for {
		nodes++
		keys := make([]uint64, t.Len())
		for c, l := range at {
			for i, x := range labels[c][l] {
				keys[i] = keys[i]*100 + x
			}
		}
		count := make(map[uint64]int, 1<<10)
		for _, key := range keys {
			count[key]++
		}
		ok := true
		for _, n := range count {
			ok = ok && n >= k
		}
		if ok {
			feasible++
		}
		c := len(at) - 1
		for ; c >= 0; c-- {
			if at[c]++; at[c] < hs[c].Height() {
				break
			}
			at[c] = 0
		}
		if c < 0 {
			require.Positive(tb, feasible)
			return nodes
		}
	}
}
