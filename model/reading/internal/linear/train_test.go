// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

var _ = modeltest.API // registers -update

func recipe() Recipe {
	return Recipe{Rounds: 20, Cost: 10, MinSeen: 1, Keep: 1, Shuffle: func() func(int, func(int, int)) {
		return rand.New(rand.NewPCG(1, 2)).Shuffle
	}}
}

func samples() []Sample {
	var out []Sample
	for i := range 40 {
		s := Sample{Features: Features{Names: []uint32{uint32(i % 2), uint32(10 + i%7)}, Dense: []float32{1, 0}}, Labels: []int{i % 2}, Weight: 1}
		if i%4 == 0 {
			s.Unknown = []int{1}
		}
		out = append(out, s)
	}
	return out
}

// What tells two labels apart is learned, the same bytes each time, and kept
// through Append and Cut.
func TestTrain(t *testing.T) {
	m := Train([]string{"a", "b"}, samples(), 2, recipe())
	again := Train([]string{"a", "b"}, samples(), 2, recipe())
	body := m.Append(nil)
	require.Equal(t, body, again.Append(nil))
	read, rest, err := Cut(string(body) + "rest")
	require.NoError(t, err)
	require.Equal(t, "rest", rest)
	for n, want := range []int{0, 1} {
		s := read.Score(nil, Features{Names: []uint32{uint32(n)}, Dense: []float32{1, 0}})
		require.Equal(t, s, m.Score(nil, Features{Names: []uint32{uint32(n)}, Dense: []float32{1, 0}}))
		require.Greater(t, s[want], s[1-want])
	}
	for n := range len(body) {
		_, _, err := Cut(string(body[:n]))
		require.ErrorIs(t, err, ErrFormat)
	}
}

// The dual step ends where the slope is nothing.
func TestNewton(t *testing.T) {
	for _, row := range []struct{ q, margin, a, c float64 }{{2, 0, 1e-8, 10}, {3, 5, 1, 10}, {3, -5, 0.2, 1}, {1, 40, 0.5, 2}, {1, -40, 1e-8, 2}} {
		z := row.a + newton(row.q, row.margin, row.a, row.c)
		require.True(t, z > 0 && z < row.c)
		if z > 1e-6 && z < row.c-1e-6 {
			require.InDelta(t, 0, row.q*(z-row.a)+row.margin+ln(z/(row.c-z)), 0.01)
		}
	}
}

// A sentence that says nothing by itself goes with its neighbours.
func TestGiven(t *testing.T) {
	b := &Bundle{}
	for q := range b.Follows {
		for r := range b.Follows[q] {
			b.Follows[q][r] = 0.5
			if q == r {
				b.Follows[q][r] = 3
			}
		}
	}
	flat := []float64{1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7}
	sure := []float64{.01, .01, .9, .02, .02, .02, .02}
	p := b.given([][]float64{sure, flat, sure})
	for _, row := range p {
		sum := 0.0
		for _, v := range row {
			sum += v
		}
		require.InDelta(t, 1, sum, 1e-9)
		require.InDelta(t, slices.Max(row), row[2], 0)
	}
	require.Empty(t, b.given(nil))
}

// A quotation goes on from sentence to sentence until it is closed, and never
// for ever; a list stands under the line that introduces it.
func TestPlaces(t *testing.T) {
	quoted := func(s ...string) (out []bool) {
		for _, p := range Places(s, "") {
			out = append(out, p.Quoted)
		}
		return out
	}
	require.Equal(t, []bool{false, true, true, false}, quoted("She said: “We came.", "We saw.", "We left.”", "Nobody asked."))
	require.Equal(t, []bool{false, true, false}, quoted("\"We came.", "We left.\"", "Nobody asked."))
	require.Equal(t, []bool{false, true, false}, quoted("“We came.", "What we did", "Nobody asked."))
	long := []string{"“We came."}
	for range 40 {
		long = append(long, "Nobody ever closes it.")
	}
	require.False(t, quoted(long...)[40])
	lead := func(s ...string) (out []string) {
		for _, p := range Places(s, "") {
			out = append(out, p.Lead)
		}
		return out
	}
	require.Equal(t, []string{"", "We found:", "We found:", ""}, lead("We found:", "- cost", "- time", "Then we met."))
}

// A code that is right less often than its features say is told less surely, by
// no more than what was seen of it bears out.
func TestFitOwn(t *testing.T) {
	var cases []Case
	add := func(label string, right, wrong int) {
		for i := range right + wrong {
			x := [PoolSize]float64{1}
			cases = append(cases, Case{Label: label, X: x, Right: i < right, Weight: 1})
		}
	}
	add("ch:often", 80, 20)
	add("ch:seldom", 5, 95)
	add("ch:once", 1, 0)
	j := &Judge{}
	j.Fit(cases)
	j.FitOwn(cases)
	x := [PoolSize]float64{1}
	require.InDelta(t, 0.8, j.Confidence("ch:often", x), 0.05)
	require.InDelta(t, 0.05, j.Confidence("ch:seldom", x), 0.08) // drawn to the rest
	all := Sigmoid(j.sum(0, x))
	require.InDelta(t, all, j.Confidence("ch:once", x), 0.1)
	require.InDelta(t, all, j.Confidence("ch:unseen", x), 1e-9)
}
