// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

// countable are examples that may be counted before everyone.
func countable(t testing.TB) []model.Example {
	t.Helper()
	var out []model.Example
	for _, e := range collection(t) {
		terms, err := model.Resolve(&e, mustDay(t))
		require.NoError(t, err)
		if ok, _ := terms.Allows(model.UseAggregate, model.Everyone); ok {
			out = append(out, e)
		}
	}
	return out
}

func published(t testing.TB, dir string) (aggregate.Collection, string) {
	t.Helper()
	got := files(t, dir)
	var c aggregate.Collection
	require.NoError(t, json.Unmarshal([]byte(got["collection.json"]), &c))
	return c, got["release.jsonl"]
}

// Law 8: an edition with one more contributor, or one fewer, does not show who.
func TestEditionsDoNotShowWhoJoinedOrLeft(t *testing.T) {
	all := countable(t)[:80]
	key := keyFile(t)
	dir := filepath.Join(t.TempDir(), "out")
	edition := func(examples []model.Example) error {
		_, err := howto(t, "-in", jsonLines(t, examples), "-out", dir, "-key", key)
		return err
	}
	require.NoError(t, edition(all[1:]))
	first, firstRelease := published(t, dir)

	require.NoError(t, edition(all[1:]), "the same again")
	again, _ := published(t, dir)
	require.Equal(t, first.Examples, again.Examples)

	require.NoError(t, edition(all))
	second, secondRelease := published(t, dir)
	require.Equal(t, first.Examples, second.Examples, "one more is held back")
	require.Equal(t, first.Topics, second.Topics)
	require.Equal(t, firstRelease, secondRelease)

	holding := all[5].Parties[0].HoldingRef()
	without := slices.DeleteFunc(slices.Clone(all[1:]), func(e model.Example) bool {
		return slices.ContainsFunc(e.Parties, func(p model.Party) bool { return p.HoldingRef() == holding })
	})
	require.NoError(t, edition(without))
	third, _ := published(t, dir)
	require.Less(t, third.Examples, first.Examples-1, "whoever left is one of many that are no longer counted")
	require.GreaterOrEqual(t, first.Contributors-third.Contributors, aggregate.KPublic)
}
