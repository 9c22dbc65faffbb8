// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// Those who join and ask for more change no number while they are too few, of bounds
// neither: their threshold is one for all, and would have told that somebody came who asks
// for more. It rises when as many have joined as these ask for, and falls no more.
func TestBoundsOfOneThreshold(t *testing.T) {
	bounds := 0
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 31))
		var rows []row
		join := func(n, k int) {
			for range n {
				x := random(r, fmt.Sprintf("r%02d", len(rows)))
				x.k = k
				rows = append(rows, x)
			}
		}
		store := &edition.Memory{}
		publish := func() *edition.Edition {
			e, err := pressOf(t, store).Publish(t.Context(), records(t, model.Everyone, rows))
			require.NoError(t, err)
			return e
		}
		join(24, 0)
		first := publish()
		require.Equal(t, 5, first.Collection.Bounds)
		join(5, 6)
		second := publish()
		require.Equal(t, string(first.Body), string(second.Body), "five joined, who ask for six")
		require.Equal(t, 5, second.Held.Stricter)
		rows[3].k = 6
		require.Equal(t, 5, publish().Collection.Bounds, "six ask for six now, of whom five have joined")
		rows[3].k = 0
		join(1, 6)
		third := publish()
		require.Equal(t, 6, third.Collection.Bounds, "six have joined")
		was := numbersOf(t, second)
		for at, n := range numbersOf(t, third) {
			if n.bound && n != was[at] { // or printed as it was
				require.LessOrEqual(t, n.examples, max(5, n.of-5), at)
				bounds++
			}
		}
		rows = slices.Delete(rows, 24, 30)
		require.Equal(t, 6, publish().Collection.Bounds, "they have left again")
	}
	require.Positive(t, bounds)
}

// Whichever six of those who are counted ask for six: what editions print at a place they print
// alike, and as it was or as it is. Five joined, and the numbers of whoever asks for more
// waited for a sixth, where the others did not.
func TestWhoAsksForMoreIsNotTold(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var rows []row
	for i := range 30 {
		rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
	}
	for i := 24; i < 30; i++ { // who say the same
		ref := rows[i].ref
		rows[i] = rows[7]
		rows[i].ref = ref
	}
	changed := random(r, "r08")
	var first [3]map[string]number
	compared := 0
	for strict := range 6 {
		lives := slices.Clone(rows)
		for i := range 6 {
			lives[strict+i].k = 6
		}
		changed.k = lives[8].k
		store := &edition.Memory{}
		other := map[string]bool{} // places that stood in one of the two only
		for i, n := range []int{24, 29, 30} {
			if i == 2 {
				lives[8] = changed
			}
			e, err := pressOf(t, store).Publish(t.Context(), records(t, model.Everyone, lives[:n]))
			require.NoError(t, err)
			require.Equal(t, 6, e.Collection.Bounds)
			now := numbersOf(t, e)
			if first[i] == nil {
				first[i] = now
			}
			for at, x := range now {
				if was, both := first[i][at]; both && !other[at] {
					require.Equal(t, was, x, "edition %d: %s: %d asks for six", i+1, at, strict)
					compared++
				} else if !both {
					other[at] = true
				}
			}
			for at := range first[i] {
				if _, both := now[at]; !both {
					other[at] = true
				}
			}
		}
	}
	require.Greater(t, compared, 250)
}

// Who asks for more than the threshold, where fewer do than that one asks for, is in no
// edition, and changes none: numbers waited where he was among fewer than that, which told
// which line was his; one who asked for twenty made a bound of every number of 24. Who asked
// for less before, and was printed, is one who left.
func TestFewWhoAskForMore(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 24))
	var rows []row
	for i := range 24 {
		rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
	}
	asking := func(k, n int) []row {
		out := slices.Clone(rows)
		for i := range n {
			out[i+3].k = k
		}
		return out
	}
	publish := func(store *edition.Memory, rows []row) *edition.Edition {
		e, err := pressOf(t, store).Publish(t.Context(), records(t, model.Everyone, rows))
		require.NoError(t, err)
		return e
	}
	for k, n := range map[int]int{6: 1, 7: 6, 10: 9, 20: 1, 11: 20} {
		without, with := publish(&edition.Memory{}, slices.Delete(slices.Clone(rows), 3, 3+n)), publish(&edition.Memory{}, asking(k, n))
		require.Equal(t, string(without.Body), string(with.Body), k)
		require.Equal(t, linesOf(without), linesOf(with), k)
		require.Equal(t, n, with.Held.Stricter)
		require.Equal(t, 5, with.Collection.Bounds)
	}
	for k, n := range map[int]int{6: 6, 7: 9, 10: 20} {
		e := publish(&edition.Memory{}, asking(k, n))
		require.Zero(t, e.Held.Stricter, "enough ask for %d", k)
		require.Equal(t, k, e.Collection.Bounds)
		require.Greater(t, e.Collection.Examples, 24-n)
	}

	// Five who ask for six are counted only: the line of a sixth would be known.
	strict := asking(6, 6)
	for i := 4; i < 9; i++ {
		strict[i].level = model.Aggregate
	}
	without, with := publish(&edition.Memory{}, slices.Delete(slices.Clone(rows), 3, 9)), publish(&edition.Memory{}, strict)
	require.Equal(t, string(without.Body), string(with.Body))
	require.Equal(t, linesOf(without), linesOf(with))
	require.Equal(t, 6, with.Held.Stricter)

	strict = slices.Clone(rows)
	store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
	for i, k := range []int{0, 20} {
		strict[3].k = k
		p := pressOf(t, store)
		e, err := p.Publish(t.Context(), records(t, model.Everyone, strict))
		require.NoError(t, err)
		require.Equal(t, i, e.Held.Stricter)
		intruder.read(fmt.Sprintf("edition %d", i), p, e)
	}
}

// The threshold of bounds is held against editions for other readers, too: with one who
// joined after an edition for everyone it does not rise in the next for members, whoever
// has joined since their last, nor in the first for everyone after one for members.
func TestBoundsBesideOtherReaders(t *testing.T) {
	for _, c := range []struct {
		readers []model.Audience
		join    []int
	}{
		{[]model.Audience{model.Members, model.Everyone, model.Members}, []int{24, 6, 0}},
		{[]model.Audience{model.Members, model.Everyone}, []int{24, 0}},
		{[]model.Audience{model.Everyone, model.Members, model.Everyone}, []int{24, 6, 0}},
	} {
		r := rand.New(rand.NewPCG(3, 31))
		var rows []row
		store := &edition.Memory{}
		for i, readers := range c.readers {
			for range c.join[i] {
				rows = append(rows, random(r, fmt.Sprintf("r%02d", len(rows))))
			}
			if i == len(c.readers)-1 { // three who joined ask for six now, and so do three who join
				for at := range 3 {
					rows[len(rows)-1-at].k = 6
				}
				for n := range 3 {
					x := random(r, fmt.Sprintf("strict-%d", n))
					x.k = 6
					rows = append(rows, x)
				}
			}
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), records(t, readers, rows))
			require.NoError(t, err)
			require.Equal(t, 5, e.Collection.Bounds, "%v: edition %d", c.readers, i)
		}
	}
}
