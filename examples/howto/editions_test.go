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

// publish is howto with -publish.
func publish(t testing.TB, args ...string) (string, error) {
	t.Helper()
	return howto(t, append([]string{"-publish"}, args...)...)
}

// Law 8: an edition with one more contributor, or one fewer, does not show who.
func TestEditionsDoNotShowWhoJoinedOrLeft(t *testing.T) {
	t.Parallel()
	all := countable(t)[:50]
	key := keyFile(t)
	dir := filepath.Join(t.TempDir(), "out")
	edition := func(examples []model.Example) error {
		_, err := publish(t, "-in", jsonLines(t, examples), "-out", dir, "-key", key)
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
	fell := first.Contributors - third.Contributors
	require.True(t, fell == 0 || fell >= aggregate.KPublic, "whoever left is one of none or many that are no longer counted: %d", fell)
}

// Law 8: nor does an edition show one example of a contributor that has others,
// under the same name or under another.
func TestEditionsDoNotShowOneExampleOfSeveral(t *testing.T) {
	t.Parallel()
	all := countable(t)[:100]
	by := map[string]int{}
	for _, e := range all {
		by[e.Parties[0].HoldingRef()]++
	}
	key, dir := keyFile(t), filepath.Join(t.TempDir(), "out")
	edition := func(examples []model.Example) aggregate.Collection {
		_, err := publish(t, "-in", jsonLines(t, examples), "-out", dir, "-key", key)
		require.NoError(t, err)
		c, _ := published(t, dir)
		return c
	}
	gone := slices.IndexFunc(all, func(e model.Example) bool { return by[e.Parties[0].HoldingRef()] > 3 && len(e.Challenges) > 0 })
	first := edition(all)
	second := edition(slices.Delete(slices.Clone(all), gone, gone+1))
	require.GreaterOrEqual(t, len(second.Topics), len(first.Topics), "whoever left is hidden, and no topic with it")
	enough := func(was, now aggregate.Support, at string) {
		fell := was.Examples - now.Examples
		require.True(t, fell == 0 || fell >= aggregate.KPublic, "%s: %d, then %d", at, was.Examples, now.Examples)
	}
	enough(aggregate.Support{Examples: first.Examples}, aggregate.Support{Examples: second.Examples}, "all")
	for _, now := range second.Topics {
		for _, was := range first.Topics {
			if was.Challenge != now.Challenge || now.Objective != "" && was.Objective != now.Objective {
				continue
			}
			enough(was.Support, now.Support, now.ID)
			for _, s := range now.Statements {
				for _, before := range was.Statements {
					if before.ID == s.ID {
						enough(before.Support, s.Support, now.ID+" "+s.ID)
					}
				}
			}
		}
	}
}

// Members read the public edition too, so what they may know beyond it must not
// come from fewer than k, and is held back where it does.
func TestMembersAfterThePublic(t *testing.T) {
	t.Parallel()
	in := jsonLines(t, collection(t)[:110])
	public, members := filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "members")
	_, err := publish(t, "-in", in, "-out", public)
	require.NoError(t, err)
	private := filepath.Join(public, "private")
	shared := []string{"-key", filepath.Join(private, "key"), "-ledger", filepath.Join(private, "ledger")}
	says, err := publish(t, append(shared, "-in", in, "-out", members, "-audience", "members")...)
	require.NoError(t, err)
	require.Contains(t, says, "held back")
	first, _ := published(t, public)
	second, _ := published(t, members)
	require.Equal(t, first.Examples, second.Examples, "too few examples are for members only")
	require.Greater(t, len(second.Topics), len(first.Topics), "members are shown topics that the public is not")
	for _, was := range first.Topics {
		for _, now := range second.Topics {
			if was.ID == now.ID {
				more := now.Support.Examples - was.Support.Examples
				require.True(t, more == 0 || more >= aggregate.KPublic, was.ID)
			}
		}
	}
	_, err = publish(t, append(shared, "-in", in, "-out", public)...)
	require.NoError(t, err, "and the public edition again")
}
