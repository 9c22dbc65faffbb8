// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

func TestSearchAdult(t *testing.T) {
	table, hs := adult(t)
	for _, tt := range []struct {
		name       string
		reason     string
		k          int
		suppress   float64
		levels     []int
		loss       float64
		suppressed int
		classes    int
		maxChecks  int
	}{
		{"k5s4", "published optimum", 5, 0.04, []int{1, 0, 1, 1, 3, 2, 2, 0, 1}, 255559.85455731067, 906, 1498, 0},
		{"k100s4", "published optimum", 100, 0.04, []int{1, 1, 1, 1, 3, 2, 2, 1, 1}, 379417.3460570988, 866, 90, 0},
		{"k5", "published optimum; the best published search needs 115 checks", 5, 0, []int{1, 2, 1, 1, 3, 2, 2, 1, 1}, 407289.5388925293, 0, 48, 115},
		{"k100", "published optimum", 100, 0, []int{0, 4, 1, 1, 3, 2, 2, 1, 1}, 453196.8932458743, 0, 12, 150},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := recode.Search(t.Context(), table, recode.SearchConfig{
				Hierarchies: hs, Requirement: recode.Requirement{K: tt.k}, Suppress: tt.suppress, MaxChecks: tt.maxChecks,
			})
			require.NoError(t, err)
			require.Equal(t, tt.levels, got.Levels)
			require.InDelta(t, tt.loss, got.Loss, 1e-6)
			require.Equal(t, tt.suppressed, got.Suppressed)
			require.Equal(t, tt.classes, got.Classes)
			require.InDelta(t, 0.6465751607983555, got.AverageRiskBefore, 1e-15)
			require.Equal(t, 12960, got.Nodes)
			require.Len(t, got.Released, table.Len()-tt.suppressed)
		})
	}
}

// bruteForce tries every node with nothing but strings and maps.
func bruteForce(t *testing.T, table *recode.Table, hs []*recode.Hierarchy, req recode.Requirement, limit int) (levels []int, loss float64, suppressed, feasible int) {
	t.Helper()
	loss = math.Inf(1)
	at := make([]int, len(hs))
	for {
		classes := map[string][]int{}
		sum := 0.0
		for c := range hs {
			leaf, joined := map[string]float64{}, map[string]float64{}
			for _, v := range table.Quasi[c].Values {
				g, ok := hs[c].Generalize(v, at[c])
				require.True(t, ok)
				leaf[v]++
				joined[g]++
			}
			for _, v := range slices.Sorted(func(yield func(string) bool) {
				for v := range leaf {
					if !yield(v) {
						return
					}
				}
			}) {
				g, _ := hs[c].Generalize(v, at[c])
				sum -= leaf[v] * math.Log2(leaf[v]/joined[g])
			}
		}
		for i := range table.Len() {
			var key []string
			for c := range hs {
				g, _ := hs[c].Generalize(table.Quasi[c].Values[i], at[c])
				key = append(key, g)
			}
			k := strings.Join(key, "\x00")
			classes[k] = append(classes[k], i)
		}
		out := 0
		for _, class := range classes {
			out += len(class) - len(keepNaive(table, req, class))
		}
		if out <= limit {
			feasible++
			if sum < loss-1e-9 {
				levels, loss, suppressed = slices.Clone(at), sum, out
			}
		}
		c := len(at) - 1
		for ; c >= 0; c-- {
			if at[c]++; at[c] < hs[c].Height() {
				break
			}
			at[c] = 0
		}
		if c < 0 {
			return levels, loss, suppressed, feasible
		}
	}
}

// keepNaive drops the most demanding records until the class suits the rest.
func keepNaive(table *recode.Table, req recode.Requirement, class []int) []int {
	threshold := func(i int) int {
		if table.K == nil {
			return req.K
		}
		return max(req.K, table.K[i])
	}
	keep := slices.Clone(class)
	for len(keep) > 0 {
		holders, need := map[string]bool{}, 0
		for _, i := range keep {
			h := fmt.Sprint("own ", i)
			if table.Holdings != nil {
				h = table.Holdings[i][0]
			}
			holders[h] = true
			need = max(need, threshold(i))
		}
		if len(holders) >= need {
			break
		}
		keep = slices.DeleteFunc(keep, func(i int) bool { return threshold(i) == need })
	}
	for _, d := range req.Diversity {
		n := map[string]float64{}
		for _, i := range keep {
			n[table.Sensitive[0].Values[i]]++
		}
		h := 0.0
		for _, x := range n {
			h -= x / float64(len(keep)) * math.Log(x/float64(len(keep)))
		}
		if d.Entropy && math.Exp(h) < d.L-1e-9 || !d.Entropy && float64(len(n)) < d.L {
			return nil
		}
	}
	return keep
}

func TestSearchAgainstBruteForce(t *testing.T) {
	found, cases := 0, 120
	if testing.Short() {
		cases = 24
	}
	for seed := range uint64(cases) {
		r := rand.New(rand.NewPCG(seed, 1))
		table, hs := randomTable(r, 30+r.IntN(80))
		req := recode.Requirement{K: 2 + r.IntN(6)}
		switch seed % 4 {
		case 1, 3:
			table.Holdings = make([][]string, table.Len())
			for i := range table.Holdings {
				table.Holdings[i] = []string{fmt.Sprintf("h%d", r.IntN(25))}
			}
		}
		if seed%3 == 1 {
			table.K = make([]int, table.Len())
			for i := range table.K {
				table.K[i] = []int{0, 3, 5, 9}[r.IntN(4)]
			}
		}
		if seed%5 == 2 {
			req.Diversity = []recode.Diversity{{Column: "s", L: 2, Entropy: seed%2 == 0}}
		}
		suppress := []float64{0, 0.05, 0.2}[r.IntN(3)]
		levels, loss, out, feasible := bruteForce(t, table, hs, req, int(suppress*float64(table.Len())))
		got, err := recode.Search(t.Context(), table, recode.SearchConfig{Hierarchies: hs, Requirement: req, Suppress: suppress})
		if feasible == 0 {
			require.ErrorIs(t, err, recode.ErrInfeasible, "seed %d", seed)
			continue
		}
		found++
		require.NoError(t, err, "seed %d", seed)
		require.InDelta(t, loss, got.Loss, 1e-9, "seed %d", seed)
		require.Equal(t, levels, got.Levels, "seed %d", seed)
		require.Equal(t, out, got.Suppressed, "seed %d", seed)
	}
	require.GreaterOrEqual(t, found, cases/2, "too few cases with an optimum to say anything")
}

func TestSearchIgnoresOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	table, hs := randomTable(r, 200)
	cfg := recode.SearchConfig{Hierarchies: hs, Requirement: recode.Requirement{K: 4}, Suppress: 0.1}
	want, err := recode.Search(t.Context(), table, cfg)
	require.NoError(t, err)
	got, err := recode.Search(t.Context(), table.Select(r.Perm(200)), cfg)
	require.NoError(t, err)
	want.Released, got.Released = nil, nil
	require.Equal(t, want, got)
}

func TestSearchBounds(t *testing.T) {
	table, hs := randomTable(rand.New(rand.NewPCG(1, 1)), 50)
	req := recode.Requirement{K: 2}
	_, err := recode.Search(t.Context(), table, recode.SearchConfig{Hierarchies: hs, Requirement: req, MaxNodes: 3})
	require.ErrorIs(t, err, recode.ErrBound)
	_, err = recode.Search(t.Context(), table, recode.SearchConfig{Hierarchies: hs, Requirement: req, MaxChecks: 1})
	require.ErrorIs(t, err, recode.ErrBound)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = recode.Search(ctx, table, recode.SearchConfig{Hierarchies: hs, Requirement: req})
	require.ErrorIs(t, err, context.Canceled)
	_, err = recode.Search(t.Context(), table, recode.SearchConfig{Hierarchies: hs, Requirement: recode.Requirement{K: 51}})
	require.ErrorIs(t, err, recode.ErrInfeasible)
	_, err = recode.Search(t.Context(), table, recode.SearchConfig{Hierarchies: hs})
	require.ErrorIs(t, err, recode.ErrInput, "no k is no promise")
}
