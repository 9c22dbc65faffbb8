// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

// supports lists what a collection prints of numbers, by their place.
func supports(t *testing.T, v any) map[string]aggregate.Support {
	t.Helper()
	body, err := json.Marshal(v)
	require.NoError(t, err)
	var whole any
	require.NoError(t, json.Unmarshal(body, &whole))
	out := map[string]aggregate.Support{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range []string{"id", "code", "text"} {
				if s, ok := v[name].(string); ok {
					at += "/" + s
				}
			}
			if _, counts := v["examples"].(float64); counts {
				var s aggregate.Support
				one, err := json.Marshal(v)
				require.NoError(t, err)
				require.NoError(t, json.Unmarshal(one, &s))
				out[at] = s
			}
			for name, inner := range v {
				walk(at+"/"+name, inner)
			}
		case []any:
			for _, inner := range v {
				walk(at, inner)
			}
		}
	}
	walk("", whole)
	return out
}

// Whoever of a collection asks for six, what is printed is printed alike: no number, and
// no bound, tells whether the one who asks for more stands behind it. "At least 6 of 11"
// stood where "at least 7 of 11" stood without, and so told the topics of that one.
func TestNoNumberTellsWhoAsksForMore(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 11))
	compared, bounds := 0, 0
	for range 12 {
		var all []told
		for i := range 12 + r.IntN(8) {
			x := topic
			x.holding = fmt.Sprintf("h%02d", i)
			x.kind = []model.Code{"ki:engagement-activity", "ki:consultation"}[r.IntN(2)]
			x.scale = []model.Code{"sc:national", "sc:regional"}[r.IntN(2)]
			x.actor = []model.Code{"st:patient", "st:nurse", ""}[r.IntN(3)]
			x.month = r.IntN(5)
			if r.IntN(3) == 0 {
				x.method = "me:survey"
			}
			if r.IntN(4) == 0 {
				x.challenge = "ch:burden"
			}
			all = append(all, x)
		}
		var first map[string]aggregate.Support
		for strict := range all {
			all[strict].k = 6
			now := supports(t, build(t, records(t, all...), 5).Topics)
			all[strict].k = 0
			if first == nil {
				first = now
				continue
			}
			for at, s := range now {
				if was, both := first[at]; both {
					require.Equal(t, was, s, "%s, of %d: %d asks for six", at, len(all), strict)
					compared++
					if s.AlmostAll {
						bounds++
					}
				} else {
					first[at] = s
				}
			}
		}
	}
	require.Greater(t, bounds, 100)
	require.Greater(t, compared, bounds)
}

// A collection's numbers are the same whatever form its contributors agreed to be
// published in: that of whoever is not shown by name is told nowhere. The most closed of
// those behind a number was told, and so that somebody who is counted only was.
func TestNoNumberTellsOfAgreements(t *testing.T) {
	var all []told
	for i := range 16 {
		x := topic
		x.holding = fmt.Sprintf("h%02d", i)
		if i%3 == 0 {
			x.method = "me:survey"
		}
		all = append(all, x)
	}
	for _, form := range []struct {
		level model.Level
		of    []int
	}{
		{model.Attributed, []int{1}},
		{model.Attributed, []int{0, 3, 4, 5, 8}},
		{model.Aggregate, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
	} {
		var two []string
		for _, level := range []model.Level{model.Anonymous, form.level} {
			changed := append([]told(nil), all...)
			for _, i := range form.of { // whose sentences are approved, and printed either way
				changed[i].level, changed[i].approves = level, form.level == model.Attributed
			}
			rs := records(t, changed...)
			require.Equal(t, min(level, model.Anonymous), rs[form.of[0]].Level(), "not to be shown by name")
			body, err := json.Marshal(build(t, rs, 5))
			require.NoError(t, err)
			two = append(two, string(body))
		}
		require.JSONEq(t, two[0], two[1], "%v of %v", form.level, form.of)
	}
}
