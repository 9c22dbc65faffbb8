// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// resampled draws n records from Adult; with mix, each value for itself, so
// that hardly two records are alike.
func resampled(r *rand.Rand, from *disclosure.Table, n int, mix bool) *disclosure.Table {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = r.IntN(from.Len())
	}
	t := &disclosure.Table{}
	for _, c := range from.Quasi {
		col := disclosure.Column{Name: c.Name, Values: make([]string, n)}
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
				_, err := disclosure.Search(b.Context(), table, disclosure.SearchConfig{
					Hierarchies: hs, Requirement: disclosure.Requirement{K: bench.k}, Suppress: bench.suppress,
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
		_, err := disclosure.Search(b.Context(), small, disclosure.SearchConfig{
			Hierarchies: hs, Requirement: disclosure.Requirement{K: 5}, Suppress: 0.04,
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
				got, err := disclosure.Local(b.Context(), big, disclosure.RecodeConfig{Hierarchies: hs, Requirement: disclosure.Requirement{K: 3}})
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
func exhaustive(tb testing.TB, t *disclosure.Table, hs []*disclosure.Hierarchy, k int) int {
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

// BenchmarkWording indexes and checks a megabyte of prose of 60 holdings.
func BenchmarkWording(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var sources []disclosure.SourceText
	for h := range 60 {
		var text strings.Builder
		for text.Len() < 1<<20/60 {
			fmt.Fprintf(&text, "w%c%c%c ", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+min(r.IntN(26), r.IntN(26)))
			if r.IntN(12) == 0 {
				text.WriteString("end. ")
			}
		}
		sources = append(sources, disclosure.SourceText{Text: text.String(), Holdings: []string{fmt.Sprint(h)}})
	}
	b.SetBytes(1 << 20)
	b.ReportAllocs()
	for b.Loop() {
		w, err := disclosure.NewWording(sources, disclosure.WordingConfig{})
		require.NoError(b, err)
		_, err = w.Check(sources[0].Text)
		require.NoError(b, err)
	}
}
