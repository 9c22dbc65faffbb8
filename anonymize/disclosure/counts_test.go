// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

func TestSuppressSiblings(t *testing.T) {
	// Wards of a trust: 1, 1 and 50, and the trust's 52. Hiding the two small
	// ones alone tells both.
	c := disclosure.Counts{Cells: []int{1, 1, 50, 52}, Sums: []verify.Sum{{Total: 3, Parts: []int{0, 1, 2}}}}
	h, err := disclosure.Suppress(t.Context(), c, disclosure.CountRule{Threshold: 5})
	require.NoError(t, err)
	require.Equal(t, []bool{true, true, true, false}, h.Cells)
	require.Equal(t, 2, h.Primary)

	c = disclosure.Counts{Cells: []int{8, 7, 15}, Sums: []verify.Sum{{Total: 2, Parts: []int{0, 1}}}}
	h, err = disclosure.Suppress(t.Context(), c, disclosure.CountRule{Threshold: 8})
	require.NoError(t, err)
	require.Equal(t, []bool{true, true, false}, h.Cells, "all minus males")
}

// table makes rows x cols counts with both margins and the grand total.
func table(r *rand.Rand, rows, cols, most int) disclosure.Counts {
	var c disclosure.Counts
	cell := func(v int) int { c.Cells = append(c.Cells, v); return len(c.Cells) - 1 }
	at := make([][]int, rows)
	for i := range at {
		for range cols {
			at[i] = append(at[i], cell(min(r.IntN(most), r.IntN(most))))
		}
	}
	add := func(parts []int) int {
		sum := 0
		for _, p := range parts {
			sum += c.Cells[p]
		}
		total := cell(sum)
		c.Sums = append(c.Sums, verify.Sum{Total: total, Parts: parts})
		return total
	}
	var totals []int
	for i := range at {
		totals = append(totals, add(at[i]))
	}
	for j := range cols {
		var col []int
		for i := range at {
			col = append(col, at[i][j])
		}
		add(col)
	}
	add(totals)
	return c
}

// reaches looks for a fill in which the cell is at least so large, by brute
// force over the hidden cells, up to a largest value that suffices here.
func reaches(p verify.Published, cell, least int) bool {
	x := make([]int, len(p.Cells))
	var walk func(i int) bool
	walk = func(i int) bool {
		if i == len(x) {
			for _, s := range p.Sums {
				sum := 0
				for _, q := range s.Parts {
					sum += x[q]
				}
				if sum != x[s.Total] {
					return false
				}
			}
			return true
		}
		lo, hi := p.Cells[i].Lo, p.Cells[i].Hi
		if hi == verify.Unbounded {
			hi = max(lo, 14) // enough for tables of cells below 7
		}
		if i == cell {
			lo = max(lo, least)
		}
		for x[i] = lo; x[i] <= hi; x[i]++ {
			if fits(p, x, i) && walk(i+1) {
				return true
			}
		}
		return false
	}
	return walk(0)
}

func fits(p verify.Published, x []int, i int) bool {
	for _, s := range p.Sums {
		last, sum := s.Total, 0
		for _, c := range s.Parts {
			last, sum = max(last, c), sum+x[c]
		}
		if last == i && sum != x[s.Total] {
			return false
		}
	}
	return true
}

func TestSuppressRandomTables(t *testing.T) {
	cases := uint64(80)
	if os.Getenv("SHAREDPRACTICE_EVAL") != "" {
		cases = 1000
	}
	for seed := range cases {
		r := rand.New(rand.NewPCG(seed, 11))
		c := table(r, 2, 2, 7)
		h, err := disclosure.Suppress(t.Context(), c, disclosure.CountRule{Threshold: 5})
		require.NoError(t, err, "seed %d", seed)
		again, err := disclosure.Suppress(t.Context(), c, disclosure.CountRule{Threshold: 5})
		require.NoError(t, err)
		require.Equal(t, h, again, "deterministic")
		for i, v := range c.Cells {
			if v > 0 && v < 5 {
				require.True(t, h.Cells[i])
				require.True(t, reaches(h.Published, i, 5), "seed %d: cell %d is known to be small", seed, i)
			}
		}
		_, err = disclosure.Suppress(t.Context(), c, disclosure.CountRule{Threshold: 5, Key: testKey(t)})
		require.NoError(t, err)
	}
}

func TestSuppressLarger(t *testing.T) {
	c := table(rand.New(rand.NewPCG(5, 5)), 12, 10, 60)
	attacks := 0
	h, err := disclosure.Suppress(t.Context(), c, disclosure.CountRule{Threshold: 5, Progress: func(int, int) { attacks++ }})
	require.NoError(t, err)
	found, err := verify.Attack(t.Context(), h.Published, verify.Effort{})
	require.NoError(t, err)
	hidden := 0
	for i, v := range c.Cells {
		if h.Cells[i] {
			hidden++
		}
		if v > 0 && v < 5 {
			require.GreaterOrEqual(t, found[i].Inner.Hi, 5)
		}
	}
	t.Logf("%d cells, %d hidden by the rule, %d in all, %d attacks", len(c.Cells), h.Primary, hidden, attacks)
}

func TestRounding(t *testing.T) {
	hes := disclosure.Rounding{Hide: 7, Base: 5}
	mid := disclosure.Rounding{Midpoint: 6}
	for _, tt := range []struct {
		name   string
		r      disclosure.Rounding
		n      int
		shown  int
		hidden bool
		reads  verify.Range
	}{
		{"zero", hes, 0, 0, false, verify.Range{}},
		{"one", hes, 1, 0, true, verify.Range{Lo: 1, Hi: 7}},
		{"seven", hes, 7, 0, true, verify.Range{Lo: 1, Hi: 7}},
		{"eight", hes, 8, 10, false, verify.Range{Lo: 8, Hi: 12}},
		{"twelve", hes, 12, 10, false, verify.Range{Lo: 8, Hi: 12}},
		{"thirteen", hes, 13, 15, false, verify.Range{Lo: 13, Hi: 17}},
		{"midpoint zero", mid, 0, 0, false, verify.Range{}},
		{"midpoint one", mid, 1, 3, false, verify.Range{Lo: 1, Hi: 6}},
		{"midpoint six", mid, 6, 3, false, verify.Range{Lo: 1, Hi: 6}},
		{"midpoint seven", mid, 7, 9, false, verify.Range{Lo: 7, Hi: 12}},
		{"as they are", disclosure.Rounding{}, 3, 3, false, verify.Range{Lo: 3, Hi: 3}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			shown, hidden := tt.r.Show(tt.n)
			require.Equal(t, tt.shown, shown)
			require.Equal(t, tt.hidden, hidden)
			require.Equal(t, tt.reads, tt.r.Range(shown, hidden))
		})
	}
	// What a reader concludes is exactly what would be shown the same.
	for _, r := range []disclosure.Rounding{hes, mid, {Base: 10}, {Hide: 3}, {Hide: 4, Base: 3}} {
		for n := range 60 {
			shown, hidden := r.Show(n)
			reads := r.Range(shown, hidden)
			for m := range 70 {
				s, h := r.Show(m)
				require.Equal(t, s == shown && h == hidden, reads.Lo <= m && m <= reads.Hi, "%+v: %d beside %d", r, m, n)
			}
		}
	}
	p, ok := hes.Percentage(33, 100)
	require.True(t, ok)
	require.InDelta(t, 35, p, 0)
	_, ok = hes.Percentage(9, 15)
	require.False(t, ok)
}

func TestMagnitudeRule(t *testing.T) {
	c := func(values ...float64) (out []disclosure.Contribution) {
		for i, v := range values {
			out = append(out, disclosure.Contribution{Holding: string(rune('a' + i)), Value: v})
		}
		return out
	}
	for _, tt := range []struct {
		name, reason string
		rule         disclosure.MagnitudeRule
		in           []disclosure.Contribution
		want         bool
	}{
		{"enough", "three of three", disclosure.MagnitudeRule{Contributors: 3}, c(1, 1, 1), true},
		{"counted once", "two contributions of one holding are one", disclosure.MagnitudeRule{Contributors: 3}, append(c(1, 1), disclosure.Contribution{Holding: "a", Value: 5}), false},
		{"nothing given", "who gave 0 gave nothing", disclosure.MagnitudeRule{Contributors: 3}, c(1, 1, 0), false},
		{"dominated", "two hold 95 of 100", disclosure.MagnitudeRule{N: 2, Share: 0.9}, c(50, 45, 5), false},
		{"not dominated", "two hold 80 of 100", disclosure.MagnitudeRule{N: 2, Share: 0.9}, c(50, 30, 20), true},
		{"p", "the second knows the first to 5 of 50", disclosure.MagnitudeRule{P: 25}, c(50, 45, 5), false},
		{"p kept", "and here to 20 of 50", disclosure.MagnitudeRule{P: 25}, c(50, 30, 20), true},
		{"coalition", "the second and third together know it exactly", disclosure.MagnitudeRule{P: 25, Coalition: 2}, c(50, 30, 20), false},
		{"quarter", "the safety zone's share", disclosure.MagnitudeRule{MaxShare: 0.25}, c(26, 25, 25, 24), false},
		{"quarter kept", "exactly a quarter is allowed", disclosure.MagnitudeRule{MaxShare: 0.25}, c(25, 25, 25, 25), true},
		{"nobody", "a sum of nothing", disclosure.MagnitudeRule{Contributors: 1}, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.rule.Passes(tt.in)
			require.NoError(t, err)
			require.Equal(t, tt.want, got, tt.reason)
		})
	}
	_, err := disclosure.MagnitudeRule{}.Passes([]disclosure.Contribution{{Holding: "a", Value: -1}})
	require.ErrorIs(t, err, disclosure.ErrInput)
	require.InDelta(t, 25, disclosure.PFromDominance(80), 1e-12)
	require.InDelta(t, 5.263, disclosure.PFromDominance(95), 1e-3)
}

func TestPresets(t *testing.T) {
	for _, p := range disclosure.Presets() {
		require.NotEmpty(t, p.Source, p.Name)
		require.GreaterOrEqual(t, p.K, 3, p.Name)
		got, ok := disclosure.FindPreset(p.Name)
		require.True(t, ok)
		require.Equal(t, p, got)
		if p.Rounding.Midpoint == 0 && p.Rounding.Hide > 0 {
			_, hidden := p.Rounding.Show(p.K - 1)
			require.True(t, hidden, p.Name)
			_, hidden = p.Rounding.Show(p.K)
			require.False(t, hidden, p.Name)
		}
	}
}

func TestMergeToParent(t *testing.T) {
	h, err := disclosure.NewTree(map[string]string{"leeds": "north", "york": "north", "hull": "north", "bath": "south", "wells": "south"})
	require.NoError(t, err)
	cat := func(label string, holdings ...string) disclosure.Category {
		c := disclosure.Category{Label: label}
		for _, x := range holdings {
			c.Holdings = append(c.Holdings, []string{x})
		}
		return c
	}
	labels := func(cs []disclosure.Category) (out []string) {
		for _, c := range cs {
			out = append(out, c.Label)
		}
		return out
	}
	got, ok, err := disclosure.MergeToParent([]disclosure.Category{
		cat("leeds", "a", "b", "c"), cat("york", "d"), cat("hull"), cat("bath", "e", "f", "g"), cat("wells", "h", "i", "j"),
	}, h, 3)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, []string{"bath", "north", "wells"}, labels(got), "Leeds goes with York, or York could be subtracted")
	got, ok, err = disclosure.MergeToParent([]disclosure.Category{cat("leeds", "a", "a", "b"), cat("bath", "b", "c")}, h, 3)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, []string{"*"}, labels(got), "a holding twice is one")
	got, ok, err = disclosure.MergeToParent([]disclosure.Category{cat("leeds", "a", "b")}, h, 3)
	require.NoError(t, err)
	require.False(t, ok)
	require.Empty(t, got)
	_, _, err = disclosure.MergeToParent([]disclosure.Category{cat("elsewhere", "a")}, h, 3)
	require.ErrorIs(t, err, disclosure.ErrInput)
	require.NotContains(t, err.Error(), "elsewhere")
}

func TestSuppressLinkedAndDistinct(t *testing.T) {
	// Two tables share the cell with 2: hiding 30 with it in the first does
	// not help if the second gives it away.
	c := disclosure.Counts{
		Cells: []int{2, 30, 32, 40, 42},
		Sums:  []verify.Sum{{Total: 2, Parts: []int{0, 1}}, {Total: 4, Parts: []int{0, 3}}},
	}
	h, err := disclosure.Suppress(t.Context(), c, disclosure.CountRule{Threshold: 5})
	require.NoError(t, err)
	require.Equal(t, []bool{true, true, false, true, false}, h.Cells)

	// Of distinct contributors the total is no sum: 3 of 40 may hide among 39.
	c = disclosure.Counts{Cells: []int{3, 39, 40}, Sums: []verify.Sum{{Total: 2, Parts: []int{0, 1}, Union: true}}}
	h, err = disclosure.Suppress(t.Context(), c, disclosure.CountRule{Threshold: 5})
	require.NoError(t, err)
	require.Equal(t, []bool{true, false, false}, h.Cells)
}
