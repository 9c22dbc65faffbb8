// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

// enumerate tries every fill, with nothing but the definition.
func enumerate(p verify.Published) (lo, hi []int, fills int) {
	x := make([]int, len(p.Cells))
	lo, hi = make([]int, len(x)), make([]int, len(x))
	var walk func(i int)
	walk = func(i int) {
		if i < len(x) {
			for x[i] = p.Cells[i].Lo; x[i] <= p.Cells[i].Hi; x[i]++ {
				if possible(p, x, i) {
					walk(i + 1)
				}
			}
			return
		}
		for c, v := range x {
			if fills == 0 || v < lo[c] {
				lo[c] = v
			}
			if fills == 0 || v > hi[c] {
				hi[c] = v
			}
		}
		fills++
	}
	walk(0)
	return lo, hi, fills
}

// possible checks the sums whose cells are all set, the last of them being i.
func possible(p verify.Published, x []int, i int) bool {
	for _, s := range p.Sums {
		last, sum, most := s.Total, 0, 0
		for _, c := range s.Parts {
			last = max(last, c)
			if c <= i {
				sum, most = sum+x[c], max(most, x[c])
			}
		}
		// Parts are never negative: too much already is too much.
		if !s.Union && sum > p.Cells[s.Total].Hi || s.Union && most > p.Cells[s.Total].Hi {
			return false
		}
		if last != i {
			continue
		}
		if !s.Union && sum != x[s.Total] || s.Union && (x[s.Total] > sum || x[s.Total] < most) {
			return false
		}
	}
	return true
}

// randomPublished makes a table of at most 12 cells (totals included), fills
// it, and shows, rounds or hides each cell. Some tables are linked by a
// further sum over arbitrary cells; some count distinct contributors.
func randomPublished(r *rand.Rand) verify.Published {
	type shape struct{ rows, cols int }
	s := []shape{{1, 2}, {1, 5}, {1, 9}, {2, 2}, {2, 3}, {3, 2}}[r.IntN(6)]
	var p verify.Published
	var x []int
	at := make([][]int, s.rows)
	union := r.IntN(4) == 0
	add := func(v int) int { x = append(x, v); return len(x) - 1 }
	for i := range at {
		for range s.cols {
			at[i] = append(at[i], add(min(r.IntN(13), r.IntN(13))))
		}
	}
	total := func(parts []int) int {
		sum, most := 0, 0
		for _, c := range parts {
			sum, most = sum+x[c], max(most, x[c])
		}
		if union {
			sum = most + r.IntN(sum-most+1)
		}
		t := add(sum)
		p.Sums = append(p.Sums, verify.Sum{Total: t, Parts: parts, Union: union})
		return t
	}
	var all []int
	for i := range at {
		all = append(all, at[i]...)
	}
	if s.rows > 1 && !union {
		var rows []int
		for i := range at {
			rows = append(rows, total(at[i]))
		}
		for j := range s.cols {
			var col []int
			for i := range at {
				col = append(col, at[i][j])
			}
			total(col)
		}
		if len(x) < 12 {
			total(rows)
		}
	} else {
		total(all)
	}
	if len(x) < 12 && r.IntN(2) == 0 { // a linked table
		var parts []int
		for _, c := range all {
			if r.IntN(2) == 0 {
				parts = append(parts, c)
			}
		}
		if len(parts) > 0 {
			total(parts)
		}
	}
	free := 0 // wide ranges so far: all fills must be tried
	for _, v := range x {
		how := r.IntN(5)
		if how > 1 {
			if free++; free > 5 {
				how = 5
			}
		}
		switch how {
		case 0, 1:
			p.Cells = append(p.Cells, verify.Range{Lo: v, Hi: v})
		case 2:
			lo := (v + 2) / 5 * 5
			p.Cells = append(p.Cells, verify.Range{Lo: max(lo-2, 0), Hi: lo + 2})
		case 3:
			p.Cells = append(p.Cells, verify.Range{Lo: min(v, 1), Hi: max(v, 7)})
		case 5:
			p.Cells = append(p.Cells, verify.Range{Lo: max(v-1, 0), Hi: v + r.IntN(2)})
		default:
			p.Cells = append(p.Cells, verify.Range{Lo: 0, Hi: v + r.IntN(6)})
		}
	}
	return p
}

func TestAttackAgreesWithEnumeration(t *testing.T) {
	cases, narrowed := uint64(1500), 0
	if os.Getenv("SHAREDPRACTICE_EVAL") != "" {
		cases = 10_000
	}
	for seed := range cases {
		p := randomPublished(rand.New(rand.NewPCG(seed, 3)))
		require.LessOrEqual(t, len(p.Cells), 12)
		got, err := verify.Attack(t.Context(), p, verify.Effort{})
		require.NoError(t, err, "seed %d", seed)
		lo, hi, fills := enumerate(p)
		require.Positive(t, fills)
		for c := range p.Cells {
			require.Truef(t, got[c].Exact(), "seed %d cell %d: %v", seed, c, got[c])
			require.Equal(t, verify.Range{Lo: lo[c], Hi: hi[c]}, got[c].Outer, "seed %d cell %d", seed, c)
			if got[c].Outer != p.Cells[c] {
				narrowed++
			}
		}
	}
	require.Greater(t, narrowed, int(cases), "tables that give nothing away test nothing")
}

func TestAttackKnownLeaks(t *testing.T) {
	hidden := verify.Range{Lo: 1, Hi: 4}
	shown := func(v int) verify.Range { return verify.Range{Lo: v, Hi: v} }
	for _, tt := range []struct {
		name, reason string
		p            verify.Published
		want         map[int]verify.Range
	}{
		{
			"friends and family siblings", "1-4 hidden, both of the two lowest already hidden, the parent's total published",
			verify.Published{Cells: []verify.Range{hidden, hidden, shown(50), shown(52)}, Sums: []verify.Sum{{Total: 3, Parts: []int{0, 1, 2}}}},
			map[int]verify.Range{0: shown(1), 1: shown(1)},
		},
		{
			"all minus males", "15 in all, 8 of them male: 7 are not, though their count is hidden",
			verify.Published{Cells: []verify.Range{shown(8), {Lo: 1, Hi: 7}, shown(15)}, Sums: []verify.Sum{{Total: 2, Parts: []int{0, 1}}}},
			map[int]verify.Range{1: shown(7)},
		},
		{
			"three singletons", "three hidden ones in a row that sums to 3 are all 1",
			verify.Published{Cells: []verify.Range{hidden, hidden, hidden, shown(3)}, Sums: []verify.Sum{{Total: 3, Parts: []int{0, 1, 2}}}},
			map[int]verify.Range{0: shown(1), 1: shown(1), 2: shown(1)},
		},
		{
			"linked tables", "a cell hidden in two tables, safe in each, known from both: a+b=10 here, a+b+c=19 and c+d=12 with d shown in another",
			verify.Published{
				Cells: []verify.Range{{Hi: 100}, {Hi: 100}, {Hi: 100}, shown(3), shown(10), shown(12), {Lo: 0, Hi: 100}},
				Sums:  []verify.Sum{{Total: 4, Parts: []int{0, 1}}, {Total: 5, Parts: []int{2, 3}}, {Total: 6, Parts: []int{0, 1, 2}}},
			},
			map[int]verify.Range{2: shown(9), 6: shown(19)},
		},
		{
			"rounded total", "rounding alone leaves both open",
			verify.Published{Cells: []verify.Range{{Lo: 1, Hi: 7}, {Lo: 8, Hi: 12}, {Lo: 13, Hi: 17}}, Sums: []verify.Sum{{Total: 2, Parts: []int{0, 1}}}},
			map[int]verify.Range{0: {Lo: 1, Hi: 7}},
		},
		{
			"distinct contributors", "a total of distinct contributors is no sum: 8 and 8 of 10 overlap",
			verify.Published{Cells: []verify.Range{shown(8), {Lo: 0, Hi: 10}, shown(10)}, Sums: []verify.Sum{{Total: 2, Parts: []int{0, 1}, Union: true}}},
			map[int]verify.Range{1: {Lo: 2, Hi: 10}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := verify.Attack(t.Context(), tt.p, verify.Effort{})
			require.NoError(t, err)
			for c, want := range tt.want {
				require.Equal(t, want, got[c].Outer, tt.reason)
				require.True(t, got[c].Exact())
			}
		})
	}
}

func TestAttackLarge(t *testing.T) {
	// 20 x 20 with margins, every cell below 8 hidden: the bounds hold the truth.
	r := rand.New(rand.NewPCG(1, 9))
	const n = 20
	var p verify.Published
	var truth []int
	cell := func(v int, hide bool) int {
		truth = append(truth, v)
		c := verify.Range{Lo: v, Hi: v}
		if hide && v > 0 && v < 8 {
			c = verify.Range{Lo: 1, Hi: 7}
		}
		p.Cells = append(p.Cells, c)
		return len(truth) - 1
	}
	at := [n][n]int{}
	for i := range n {
		for j := range n {
			at[i][j] = cell(r.IntN(30), true)
		}
	}
	for i := range n {
		row, col := verify.Sum{}, verify.Sum{}
		rt, ct := 0, 0
		for j := range n {
			row.Parts, col.Parts = append(row.Parts, at[i][j]), append(col.Parts, at[j][i])
			rt, ct = rt+truth[at[i][j]], ct+truth[at[j][i]]
		}
		row.Total, col.Total = cell(rt, false), cell(ct, false)
		p.Sums = append(p.Sums, row, col)
	}
	got, err := verify.Attack(t.Context(), p, verify.Effort{})
	require.NoError(t, err)
	exact := 0
	for c, b := range got {
		require.True(t, b.Outer.Lo <= truth[c] && truth[c] <= b.Outer.Hi)
		if b.Exact() {
			exact++
		}
	}
	t.Logf("%d of %d cells settled exactly", exact, len(got))
	require.Greater(t, exact, len(got)*9/10)
}

func TestAttackRefuses(t *testing.T) {
	for name, p := range map[string]verify.Published{
		"contradiction": {Cells: []verify.Range{{Lo: 1, Hi: 1}, {Lo: 2, Hi: 2}}, Sums: []verify.Sum{{Total: 0, Parts: []int{1}}}},
		"no such cell":  {Cells: []verify.Range{{}}, Sums: []verify.Sum{{Total: 0, Parts: []int{1}}}},
		"twice":         {Cells: []verify.Range{{}, {}}, Sums: []verify.Sum{{Total: 0, Parts: []int{1, 1}}}},
		"empty range":   {Cells: []verify.Range{{Lo: 2, Hi: 1}}},
		"parity": {
			Cells: []verify.Range{{Hi: 9}, {Hi: 9}, {Hi: 9}, {Lo: 3, Hi: 3}, {Lo: 3, Hi: 3}, {Lo: 3, Hi: 3}},
			Sums:  []verify.Sum{{Total: 3, Parts: []int{0, 1}}, {Total: 4, Parts: []int{1, 2}}, {Total: 5, Parts: []int{0, 2}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := verify.Attack(t.Context(), p, verify.Effort{})
			require.ErrorIs(t, err, verify.ErrInput)
		})
	}
}
