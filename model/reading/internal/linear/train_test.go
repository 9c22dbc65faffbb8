// SPDX-License-Identifier: Apache-2.0

package linear

import (
	"math"
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

// The logarithm is the usual one.
func TestLn(t *testing.T) {
	for _, x := range []float64{1e-12, 1e-3, 0.5, 0.7, 0.7072, 1, 1.4, 2, 3, 1e6} {
		require.InDelta(t, math.Log(x), ln(x), 1e-14*max(1, math.Abs(math.Log(x))))
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

// A sentence that says nothing by itself goes with its neighbours, once accounts
// have shown that they go together.
func TestSecond(t *testing.T) {
	flat := []float64{1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7}
	sure := func(r int) []float64 {
		out := []float64{.02, .02, .02, .02, .02, .02, .02}
		out[r] = .88
		return out
	}
	var accounts []Read
	for i := range 70 {
		r := i % 7
		accounts = append(accounts, Read{Alone: [][]float64{sure(r), sure(r), flat, sure(r)}, Meant: []int{r, r, r, -1}, Weight: 1})
	}
	order := func(int, func(i, j int)) {}
	s := FitSecond(accounts, 20, order)
	require.Equal(t, s, FitSecond(accounts, 20, order))
	for r := range roles {
		for _, row := range s.Settle([][]float64{sure(r), sure(r), flat, sure(r)}) {
			sum := 0.0
			for _, v := range row {
				sum += v
			}
			require.InDelta(t, 1, sum, 1e-9)
			require.InDelta(t, slices.Max(row), row[r], 0)
		}
	}
	require.Empty(t, s.Settle(nil))
	unfitted := FitSecond(nil, 1, order).Settle([][]float64{sure(2), flat, flat, flat})
	require.InDeltaSlice(t, sure(2), unfitted[0], 0.01)
	short := [][]float64{sure(2), flat, sure(3)}
	require.Equal(t, short, s.Settle(short), "three sentences say nothing of each other")
}

// A sentence that nothing tells of, itself or those beside it, is what accounts say in
// that part of them.
func TestSecond_part(t *testing.T) {
	flat := []float64{1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7}
	const sentences = 20
	a := Read{Weight: 1}
	for i := range sentences {
		a.Alone = append(a.Alone, flat)
		a.Meant = append(a.Meant, []int{0, 2, 2, 2, 4}[i*fifths/sentences])
	}
	got := FitSecond(slices.Repeat([]Read{a}, 20), 20, func(int, func(i, j int)) {}).Settle(a.Alone)
	for i, row := range got {
		require.InDelta(t, slices.Max(row), row[a.Meant[i]], 0, i)
	}
}

// Who does what is found behind auxiliaries and before what hangs on the actor.
func TestGrammar(t *testing.T) {
	for s, want := range map[string]string{
		"we held three workshops":                           "we does",
		"most of the patients felt heard":                   "-",
		"residents were invited to a meeting":               "people does were passive",
		"the project aims to reach carers":                  "project",
		"the results were then shared":                      "results",
		"participants from two towns have said they prefer": "people finds have",
	} {
		_, broad := grammar(s)
		require.NotEmpty(t, broad)
		require.Contains(t, broad[0], want, s)
	}
	narrow, broad := grammar("what we did next:")
	require.NotEmpty(t, broad)
	require.Contains(t, narrow, "head we")
	_, broad = grammar("background")
	require.Equal(t, []string{"no verb", "no verb -"}, broad)
	narrow, broad = grammar("")
	require.Empty(t, narrow)
	require.Equal(t, []string{"no verb"}, broad)
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

// A code that goes with another is surer where the other is, what goes with
// nothing stays as it was; the same bytes each time, kept through Append.
func TestOthers(t *testing.T) {
	var accounts []Told
	for i := range 400 {
		together, lone := i%2 == 0, i%4 < 2
		a := Told{Sure: []float64{.1, .5, .3}, Right: []bool{together, together, lone}, Weight: 1}
		if together {
			a.Sure[0] = .9
		}
		accounts = append(accounts, a)
	}
	order := func(int, func(i, j int)) {}
	o := FitOthers(accounts, 8, order)
	body := o.Append(nil)
	require.Equal(t, body, FitOthers(accounts, 8, order).Append(nil))
	got := o.Settle([]float64{.9, .5, .3})
	require.Greater(t, got[1], .7)
	require.Less(t, o.Settle([]float64{.1, .5, .3})[1], .3)
	require.InDelta(t, .5, got[2], .25, "what is right half of the time")
	read, rest, err := CutOthers(string(body) + "rest")
	require.NoError(t, err)
	require.Equal(t, "rest", rest)
	require.Equal(t, got, read.Settle([]float64{.9, .5, .3}))
	require.Equal(t, []float64{.2}, o.Settle([]float64{.2}), "other labels")
	for n := range len(body) {
		_, _, err := CutOthers(string(body[:n]))
		require.ErrorIs(t, err, ErrFormat)
	}
	var none *Others
	_, rest, err = CutOthers(string(none.Append(nil)))
	require.NoError(t, err)
	require.Empty(t, rest)
	require.Equal(t, []float64{.2}, none.Settle([]float64{.2}))
}

// A rare code is not made likelier by the few accounts that speak of it: those in
// which it is unlikely, each a little, weigh against it.
func TestOthersRare(t *testing.T) {
	var accounts []Told
	for i := range 2000 {
		often := i%2 == 0
		a := Told{Sure: []float64{.2, .004}, Right: []bool{often, i%500 == 0}, Weight: .4}
		if often {
			a.Sure[0] = .7
		}
		accounts = append(accounts, a)
	}
	o := FitOthers(accounts, 8, rand.New(rand.NewPCG(1, 2)).Shuffle)
	require.InDelta(t, .004, o.Settle([]float64{.7, .004})[1], .0003, "as often as it was right")
}
