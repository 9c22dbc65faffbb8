// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// However many read alike, whoever leaves takes at most four others along, and so do
// the second and the third who leave; one who asks for more, as many as it asks for less
// one. Of nine lines all nine went with the first, of twelve of whom one asks for eight all
// twelve, and of nineteen the last nine with the third.
func TestOneLeavesAnyClass(t *testing.T) {
	step := 4
	if large(t) > 0 {
		step = 1
	}
	for n := 5; n <= 24; n++ {
		for name, strict := range map[string][]int{"none": nil, "one of six": {6}, "one of eight": {8}, "two of six": {6, 6}} {
			if testing.Short() && n%8 > 1 {
				continue
			}
			r := rand.New(rand.NewPCG(uint64(n), 5))
			var rows []row
			for i := range n {
				rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
			}
			for i, k := range strict {
				rows[(i+1)*(n-1)/2].k = k
			}
			store := &edition.Memory{}
			publish := func(store *edition.Memory, rows []row) map[string]bool {
				e, err := pressOf(t, store).Publish(t.Context(), records(t, model.Everyone, rows))
				require.NoError(t, err)
				out := map[string]bool{}
				for id := range linesOf(e) {
					out[id] = true
				}
				return out
			}
			first := publish(store, rows)
			if strict == nil {
				want := n
				if n < 20 {
					want = n / 5 * 5
				}
				require.Len(t, first, want, "%d", n)
			}
			require.GreaterOrEqual(t, len(first), min(n/5*5, 15)-5*len(strict), "%d, %s", n, name)
			leaves := func(store *edition.Memory, before map[string]bool, rows []row, i int) (*edition.Memory, map[string]bool, []row) {
				copied := edition.Copy(store)
				own := records(t, model.Everyone, rows[i:i+1])[0].ID()
				left := slices.Delete(slices.Clone(rows), i, i+1)
				now, lost := publish(copied, left), 0
				for id := range before {
					if !now[id] && id != own {
						lost++
					}
				}
				most := max(5, rows[i].k) - 1
				if n-len(strict) < 5 {
					most = n - 1 // without those who ask for more nothing could be printed
				}
				if len(rows) < n && strict != nil { // nor of those who waited with them
					most = max(most, slices.Max(strict)-1)
				}
				require.LessOrEqual(t, lost, most, "%d, %s: %d left", n, name, i)
				return copied, now, left
			}
			for i := 0; i < n; i += step {
				copied, now, left := leaves(store, first, rows, i)
				if i%(2*step) == 0 {
					copied, now, left = leaves(copied, now, left, (i+3)%len(left))
					if strict == nil {
						leaves(copied, now, left, (i+7)%len(left))
					}
				}
			}
		}
	}
}

// Three who were printed for members alone, where three are enough, cannot be printed for
// everyone when they open, whoever joins: members know them as the three. The edition says
// so, and of how many. Six come at once, and those that were printed nowhere with others.
func TestOpenedAfterMembersSawThem(t *testing.T) {
	for _, c := range []struct{ n, members, later, narrower int }{{3, 23, 20, 3}, {4, 23, 20, 3}, {6, 26, 26, 0}} {
		r := rand.New(rand.NewPCG(4, 8))
		var rows []row
		join := func(n int, membersOnly bool) {
			for range n {
				x := random(r, fmt.Sprintf("r%02d", len(rows)))
				x.membersOnly = membersOnly
				rows = append(rows, x)
			}
		}
		store := &edition.Memory{}
		publish := func(readers model.Audience) *edition.Edition {
			p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers})
			require.NoError(t, err)
			e, err := p.Publish(t.Context(), records(t, readers, rows))
			require.NoError(t, err)
			return e
		}
		join(20, false)
		join(c.n, true)
		require.Len(t, publish(model.Everyone).Release.Behind, 20)
		require.Len(t, publish(model.Members).Release.Behind, c.members, "%d", c.n)
		for i := range rows {
			rows[i].membersOnly = false
		}
		e := publish(model.Everyone)
		require.Len(t, e.Release.Behind, c.later, "%d", c.n)
		require.Equal(t, c.narrower, e.Held.Narrower, "%d", c.n)
		require.Zero(t, e.Held.Hiding, "%d: nobody left", c.n)
		join(10, false)
		e = publish(model.Everyone)
		require.Len(t, e.Release.Behind, len(rows)-c.narrower, "%d: the rest come", c.n)
		require.Equal(t, c.narrower, e.Held.Narrower, "%d", c.n)
	}
}

// Where contributors tell of several examples, and their lines read alike, whoever leaves
// takes lines of at most four others along, and so does the second who leaves.
// Of fifteen lines of ten contributors the first took four, and the second lines of six.
func TestOneLeavesWhereOthersTellOfSeveral(t *testing.T) {
	seeds := 12
	if n := large(t); n > 0 {
		seeds = n
	}
	if testing.Short() {
		seeds = 4
	}
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 15))
		several := func(n, most int) (rows []row) {
			for c := range n {
				for i := range 1 + r.IntN(most) {
					x := random(r, fmt.Sprintf("r%02d-%d", c, i))
					x.party = fmt.Sprintf("r%02d", c)
					rows = append(rows, x)
				}
			}
			return rows
		}
		rows := several(10+r.IntN(8), 1+r.IntN(3))
		store := &edition.Memory{}
		publish := func() map[string]anonymize.Record {
			e, err := pressOf(t, store).Publish(t.Context(), records(t, model.Everyone, rows))
			require.NoError(t, err)
			out := map[string]anonymize.Record{}
			for _, x := range e.Release.Behind {
				out[x.ID()] = x
			}
			return out
		}
		last := publish()
		lines := len(last)
		for n := range 2 {
			at := r.IntN(len(rows))
			leaver := rows[at]
			rows = slices.Delete(rows, at, at+1)
			now := publish()
			var lost []anonymize.Record // of others
			for id, x := range last {
				if _, still := now[id]; !still && !slices.Equal(x.Holdings(), records(t, model.Everyone, []row{leaver})[0].Holdings()) {
					lost = append(lost, x)
				}
			}
			require.LessOrEqual(t, aggregate.Independent(lost), 4, "%d: %d lines, %d left", seed, lines, n)
			last = now
		}
	}
}

// Who waits is chance: readers have the ids and the lines, and if either decided, they would
// know of one who joins that he was not among those who waited. A draft says what its
// publication does.
func TestWhoWaitsIsChance(t *testing.T) {
	const n, keys = 14, 24
	var rows []row
	for i := range n {
		x := random(rand.New(rand.NewPCG(1, 1)), fmt.Sprintf("r%02d", i))
		rows = append(rows, x)
	}
	byID, waited := 0, map[string]bool{}
	for k := range keys {
		own := fmt.Appendf(nil, "a key of thirty-two bytes, no. %02d", k)
		of := recordsUnder(t, own, model.Everyone, rows)
		p, err := edition.Open(t.Context(), &edition.Memory{}, own, edition.Config{Now: today, Audience: model.Everyone, K: 5})
		require.NoError(t, err)
		draft, err := p.Draft(t.Context(), of)
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), of)
		require.NoError(t, err)
		require.Equal(t, linesOf(draft), linesOf(e))
		printed := linesOf(e)
		require.Len(t, printed, 10)
		var ids []string
		for i, r := range of {
			if ids = append(ids, r.ID()); printed[r.ID()] == "" {
				waited[rows[i].ref] = true
			}
		}
		slices.Sort(ids)
		if !slices.ContainsFunc(ids[:10], func(id string) bool { return printed[id] == "" }) {
			byID++
		}
	}
	require.LessOrEqual(t, byID, 1, "of %d keys, where one of 1,001 is expected", keys)
	require.Len(t, waited, n, "each waits under some key")
}
