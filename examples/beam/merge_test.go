// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/tally"
	"github.com/sharedpractice/sharedpractice/model"
)

// merging is what a runner may do with a combiner: parts of any size, in any order,
// merged in any grouping, sent from machine to machine between any two steps.
func merging[A, I, O any](t *testing.T, rnd *rand.Rand, in []I, create func() A, add func(A, I) A, merge func(A, A) A, send func(A) A, extract func(A) O) O {
	t.Helper()
	in = slices.Clone(in)
	rnd.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
	parts := []A{create()}
	for len(in) > 0 {
		n := min(len(in), 1+rnd.IntN(1+len(in)/2))
		part := create()
		for _, x := range in[:n] {
			part = add(part, x)
		}
		parts, in = append(parts, part), in[n:]
	}
	for len(parts) > 1 {
		i := rnd.IntN(len(parts))
		one := parts[i]
		parts = append(parts[:i:i], parts[i+1:]...)
		if j := rnd.IntN(len(parts)); rnd.IntN(2) == 0 {
			parts[j] = merge(parts[j], send(one))
		} else {
			parts[j] = merge(send(one), parts[j])
		}
	}
	return extract(parts[0])
}

func TestIndexMerges(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	fn := &indexFn{}
	for range 200 {
		var all []place
		for range rnd.IntN(3000) {
			example := rnd.Uint64N(40)
			all = append(all, place{rnd.Uint64N(60), example, uint32(10 + example)})
		}
		of := map[uint64]map[uint64]bool{}
		for _, p := range all {
			if of[p.Shingle] == nil {
				of[p.Shingle] = map[uint64]bool{}
			}
			of[p.Shingle][p.Example] = true
		}
		got := merging(t, rnd, all, fn.CreateAccumulator, fn.AddInput, fn.MergeAccumulators, func(x index) index {
			sent, err := decodeIndex(encodeIndex(x))
			require.NoError(t, err)
			return sent
		}, fn.ExtractOutput)
		want := map[uint64][]uint64{}
		for h, have := range of {
			ids := slices.Sorted(maps.Keys(have))
			want[h] = ids[:min(len(ids), mostPlaces)]
		}
		have := map[uint64][]uint64{}
		got.each(func(at []place) {
			for _, p := range at {
				have[p.Shingle] = append(have[p.Shingle], p.Example)
			}
		})
		require.Equal(t, want, have)
		again := merging(t, rnd, append(all, all...), fn.CreateAccumulator, fn.AddInput, fn.MergeAccumulators, func(x index) index { return x }, fn.ExtractOutput)
		require.Equal(t, encodeIndex(got), encodeIndex(again), "what is said twice counts once")
	}
	_, err := decodeIndex(make([]byte, placeSize+1))
	require.Error(t, err)
}

// Near copies are those that the library finds where it sees all examples at once:
// also where the words are shared by many, and by short texts.
func TestNearCopiesAreTheLibrarys(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	fn := &indexFn{}
	copies := 0
	for range 40 {
		stock := make([]string, 25) // of stretches of words that texts are made of
		for i := range stock {
			for range 5 + rnd.IntN(12) {
				stock[i] += fmt.Sprintf("word%d ", rnd.IntN(400))
			}
		}
		var all []*model.Example
		var places []place
		ids := map[uint64]string{}
		for i := range 15 + rnd.IntN(40) {
			var said strings.Builder
			for range 1 + rnd.IntN(4) {
				said.WriteString(stock[rnd.IntN(len(stock))])
			}
			e := &model.Example{ID: fmt.Sprintf("e%d", i), Kind: "ki:resource", Title: model.Text{Value: "made up"}, Parties: []model.Party{{Ref: fmt.Sprintf("p%d", i), Role: "contributor"}}, Steps: []model.Step{{Text: model.Text{Value: model.Raw(said.String())}}}}
			all, ids[hashOf(e.ID)] = append(all, e), e.ID
			line, err := model.EncodeJSON(*e)
			require.NoError(t, err)
			require.NoError(t, (&shingleFn{}).ProcessElement(string(line), func(_ uint64, p place) { places = append(places, p) }, func(string) {}))
		}
		want := map[[2]string]bool{}
		for _, a := range anonymize.LookAlikes(all, nil) {
			want[[2]string{a.A, a.B}] = true
		}
		x := merging(t, rnd, places, fn.CreateAccumulator, fn.AddInput, fn.MergeAccumulators, func(x index) index { return x }, fn.ExtractOutput)
		got := map[[2]string]bool{}
		(&shareFn{}).ProcessElement(0, x, func(p pair, shared int) {
			(&nearFn{}).ProcessElement(p, shared, func(p pair) {
				got[[2]string{min(ids[p.X], ids[p.Y]), max(ids[p.X], ids[p.Y])}] = true
			})
		})
		require.Equal(t, want, got)
		copies += len(want)
	}
	require.Positive(t, copies)
}

// The tallies of shards, combined in whatever order, are the tally of the whole, and
// one that was changed on the way stops the run.
func TestTalliesCombine(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, makeKey(key))
	secret, err := readKey(key)
	require.NoError(t, err)
	results, _ := beside(t, lines(t, collection(t, 120)), secret)
	whole, err := tally.Of(len(results), anonymize.Records(results))
	require.NoError(t, err)
	want, err := whole.Encode(secret)
	require.NoError(t, err)
	var shards []string
	for part := range slices.Chunk(results, 3) {
		require.NoError(t, tell(func(s string) { shards = append(shards, s) }, secret, len(part), anonymize.Records(part)))
	}
	fn := &tallyFn{KeyFile: key}
	rnd := rand.New(rand.NewPCG(7, 8))
	must := func(of []string, err error) []string { require.NoError(t, err); return of }
	for range 20 {
		got := merging(t, rnd, shards, fn.CreateAccumulator,
			func(a []string, one string) []string { return must(fn.AddInput(a, one)) },
			func(a, b []string) []string { return must(fn.MergeAccumulators(a, b)) },
			func(a []string) []string { return a },
			func(a []string) string {
				one, err := fn.ExtractOutput(a)
				require.NoError(t, err)
				return one
			})
		require.True(t, string(want) == got, "the bytes differ")
	}
	bad := append(slices.Clone(shards), strings.Replace(shards[0], `"read":3`, `"read":4`, 1))
	require.False(t, shards[0] == bad[len(shards)])
	_, err = fn.ExtractOutput(bad)
	require.ErrorIs(t, err, tally.ErrSeal)
}

// Where only counts are asked for, they are those that a collection is made from, and
// nothing is written for other readers.
func TestOnlyCounts(t *testing.T) {
	all := lines(t, collection(t, 120))
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, makeKey(key))
	in := filepath.Join(t.TempDir(), "in.jsonl")
	require.NoError(t, os.WriteFile(in, []byte(strings.Join(all, "\n")+"\n"), 0o600))
	var said [][]byte
	for _, o := range []options{{shards: 3}, {shards: 9, counts: true}} {
		o.in, o.out, o.key, o.k, o.workers, o.now, o.locale = in, t.TempDir(), key, aggregate.KPublic, 2, day, "en-GB"
		got, err := process(t.Context(), o)
		require.NoError(t, err)
		counts, err := os.ReadFile(filepath.Join(o.out, "private", "counts.jsonl"))
		require.NoError(t, err)
		said = append(said, counts)
		if o.counts {
			require.Empty(t, got.records)
			written, err := os.ReadDir(o.out)
			require.NoError(t, err)
			require.Len(t, written, 1, "only private/")
			continue
		}
		// An edition may leave some of them out, for those who ask for more than it does.
		var whole struct{ Examples, Contributors int }
		first, _, _ := bytes.Cut(counts, []byte("\n"))
		require.NoError(t, json.Unmarshal(first, &whole))
		require.LessOrEqual(t, got.edition.Collection.Examples, whole.Examples)
		require.LessOrEqual(t, got.edition.Collection.Contributors, whole.Contributors)
		require.LessOrEqual(t, whole.Examples, len(got.records))
	}
	require.True(t, bytes.Equal(said[0], said[1]), "the counts differ")
}
