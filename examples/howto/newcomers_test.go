// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
)

// Twenty contributors join the sample in four editions, five at a time: each of them is
// in the release in the end, none in an edition of fewer than five newcomers, and no
// line of those who were there is lost on the way.
func TestTwentyNewcomersAppear(t *testing.T) {
	t.Parallel()
	o, err := parse([]string{"-now", "2026-11-28"})
	require.NoError(t, err)
	all := collection(t)
	l := &changing{t: t, o: o, store: &edition.Memory{}}
	results, err := anonymize.All(t.Context(), o.anonymizer(sampleSecret), collect.Sequence(all))
	require.NoError(t, err)
	ids := map[string]string{} // record -> example
	for _, r := range results {
		ids[r.Record.ID()] = r.Log.Example
	}
	released := func(without []string, name string) map[string]bool {
		records := slices.DeleteFunc(anonymize.Records(results), func(r anonymize.Record) bool { return slices.Contains(without, ids[r.ID()]) })
		out := map[string]bool{}
		for _, r := range l.publishRecords(name, records).Release.Behind {
			out[ids[r.ID()]] = true
		}
		return out
	}
	draft, err := l.press().Draft(t.Context(), anonymize.Records(results))
	require.NoError(t, err)
	var late []string // one example of each of twenty contributors, whose line can stand in a release
	seen := map[string]bool{}
	for _, r := range draft.Release.Behind {
		i := slices.IndexFunc(all, func(e model.Example) bool { return e.ID == ids[r.ID()] })
		holding := all[i].Parties[0].HoldingRef()
		if r.Level() == model.Anonymous && len(late) < 20 && !seen[holding] && i%3 == 0 {
			late, seen[holding] = append(late, all[i].ID), true
		}
	}
	require.Len(t, late, 20)
	before := released(late, "without them")
	for n := 0; n < len(late); n += 5 {
		now := released(late[n+5:], "five joined")
		for id := range before {
			require.True(t, now[id], "a line was lost")
		}
		came := 0
		for id := range now {
			if !before[id] {
				came++
			}
		}
		t.Logf("%d lines came", came)
		require.True(t, came == 0 || came >= 5, "%d came", came)
		before = now
	}
	for _, id := range late {
		require.True(t, before[id], "a newcomer is still held back")
	}
}
