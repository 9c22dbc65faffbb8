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

// Where one member asks for six, others leave at no more cost than where nobody
// does: it is told among six or more, and comes and goes with five others; the rest
// comes and goes as five. Of eleven lines that are read alike one left and none was
// printed any more.
func TestOneAsksForMore(t *testing.T) {
	seeds, step := uint64(4), 3
	if testing.Short() {
		step = 9
	}
	if large(t) > 0 {
		seeds, step = 16, 1
	}
	for _, n := range []int{16, 24} {
		for seed := range seeds {
			r := rand.New(rand.NewPCG(seed, uint64(n)))
			var rows []row
			for i := range n {
				x := random(r, fmt.Sprintf("r%02d", i))
				if seed%2 == 1 {
					x = groups["wide"](r, fmt.Sprintf("r%02d", i))
				}
				rows = append(rows, x)
			}
			strict := map[int]bool{}
			for _, i := range r.Perm(n)[:6] {
				strict[i] = true
			}
			for i := range strict {
				rows[i].k = 6
			}
			ids, asks := map[string]string{}, asking{} // of the lines
			for _, x := range rows {
				id := records(t, model.Everyone, []row{x})[0].ID()
				ids[x.ref], asks[id] = id, x.k
			}
			store := &edition.Memory{}
			first := pressOf(t, store)
			before, err := first.Publish(t.Context(), records(t, model.Everyone, rows))
			require.NoError(t, err)
			require.Len(t, before.Release.Behind, n, "%d of %d", seed, n)
			was := linesOf(before)
			for i := range rows {
				if i%step > 0 && !strict[i] {
					continue
				}
				copied := edition.Copy(store)
				p := pressOf(t, copied)
				e, err := p.Publish(t.Context(), records(t, model.Everyone, slices.Delete(slices.Clone(rows), i, i+1)))
				require.NoError(t, err)
				gives, err := intrudeAsking(t.Context(), p, asks)
				require.NoError(t, err)
				require.Empty(t, gives)
				now := linesOf(e)
				cost := len(was) - 1 - len(now)
				most := 4
				if strict[i] {
					most = 5
				}
				require.LessOrEqual(t, cost, most, "%d rows, life %d: %d left", n, seed, i)
				for at := range strict { // it is among six, here or gone
					_, here := now[ids[rows[at].ref]]
					together := 0
					for id, line := range was {
						if _, other := now[id]; other == here && quasi(line) == quasi(was[ids[rows[at].ref]]) {
							together++
						}
					}
					require.GreaterOrEqual(t, together, 6, "%d rows, life %d: %d left", n, seed, i)
				}
			}
		}
	}
}

func pressOf(t *testing.T, store edition.Store) *edition.Press {
	t.Helper()
	p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone, K: 5})
	require.NoError(t, err)
	return p
}

// linesOf are the lines of an edition by their ids.
func linesOf(e *edition.Edition) map[string]string {
	out := map[string]string{}
	for _, r := range e.Release.Behind {
		body, err := r.MarshalJSON()
		if err == nil {
			out[r.ID()] = string(body)
		}
	}
	return out
}

// Newcomers whom members alone may read are not printed among those who wait for the
// next edition for everyone: that could not print so few of a class, ever.
func TestNewcomersForSomeReaders(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 8))
	var rows []row
	join := func(n int, membersOnly bool) {
		for range n {
			x := random(r, fmt.Sprintf("r%02d", len(rows)))
			x.membersOnly = membersOnly
			rows = append(rows, x)
		}
	}
	store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
	lines := func() (everyone, members int) {
		for _, readers := range []model.Audience{model.Everyone, model.Members} {
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), records(t, readers, rows))
			require.NoError(t, err)
			intruder.read(fmt.Sprint(len(rows), readers), p, e)
			everyone, members = members, len(e.Release.Behind)
		}
		return everyone, members
	}
	said := func(wantEveryone, wantMembers int, why string) {
		t.Helper()
		everyone, members := lines()
		require.Equal(t, []int{wantEveryone, wantMembers}, []int{everyone, members}, why)
	}
	join(20, false)
	said(20, 20, "first")
	join(4, false)
	join(2, true)
	said(20, 20, "four for everyone and two for members wait")
	join(5, false)
	said(25, 25, "nine for everyone are enough for five")
	join(3, true)
	said(25, 30, "five for members are enough")
	join(1, false)
	said(30, 35, "the four who waited and one more")
}

// Lives in which some ask for more: whatever is subtracted from whatever is of as many
// as the strictest in it asks for, and every edition can be made.
func TestLivesOfThoseWhoAskForMore(t *testing.T) {
	first, lives, failed := 0, 12, []uint64{37} // once
	if testing.Short() {
		lives = 2
	}
	if from, asked := span(t); asked > 0 {
		first, lives, failed = from, asked, nil
	}
	for n := range lives {
		failed = append(failed, uint64(first+n))
	}
	for _, seed := range failed {
		r := rand.New(rand.NewPCG(seed, 66))
		var rows []row
		asks := asking{}
		next := 0
		join := func(n int) {
			for range n {
				x := random(r, fmt.Sprintf("r%03d", next))
				if r.IntN(8) == 0 || seed%4 != 1 && r.IntN(2) == 0 {
					x.k = 6 + r.IntN(4)
				}
				next++
				rows = append(rows, x)
				asks[records(t, model.Members, []row{x})[0].ID()] = x.k
			}
		}
		join(8 + r.IntN(25))
		store := &edition.Memory{}
		for i := range 6 {
			readers := []model.Audience{model.Everyone, model.Everyone, model.Members}[r.IntN(3)]
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
			require.NoError(t, err)
			_, err = p.Publish(t.Context(), records(t, readers, rows))
			require.NoError(t, err, "life %d, edition %d", seed, i)
			gives, err := intrudeAsking(t.Context(), p, asks)
			require.NoError(t, err)
			require.Empty(t, gives, "life %d, edition %d", seed, i)
			switch at := r.IntN(len(rows)); r.IntN(5) {
			case 0, 1:
				join(1 + r.IntN(8))
			case 2:
				rows = slices.Delete(rows, at, at+1)
			case 3:
				x := random(r, rows[at].ref)
				x.k, x.membersOnly = rows[at].k, rows[at].membersOnly
				rows[at] = x
			case 4:
				rows[at].membersOnly = true
			}
		}
	}
}
