// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// What the collection tells as a lower bound, each page tells as one: the contents and
// the summary said that so many examples are of a topic, and a guide's head in JSON that
// so many are.
func TestABoundIsToldAsOne(t *testing.T) {
	t.Parallel()
	all := ofOneTopic(t)
	of := all[0].Challenges[0].Code
	has := func(e model.Example) bool {
		return slices.ContainsFunc(e.Challenges, func(c model.Challenge) bool { return c.Code == of })
	}
	var rows []model.Example
	others := 0
	for _, e := range all {
		if has(e) && len(rows) < 24 {
			rows = append(rows, e)
		}
		if !has(e) && others < 2 {
			rows, others = append(rows, e), others+1
		}
	}
	out := filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-in", jsonLines(t, rows), "-out", out)
	require.NoError(t, err)
	got := files(t, out)
	var c aggregate.Collection
	require.NoError(t, json.Unmarshal([]byte(got["collection.json"]), &c))
	bounds := 0
	for _, x := range c.Topics {
		var g guidance.Guide
		require.NoError(t, json.Unmarshal([]byte(got["guides/"+x.ID+".json"]), &g))
		require.Equal(t, x.Support.AlmostAll, g.Front.AlmostAll, x.ID)
		if !x.Support.AlmostAll {
			continue
		}
		bounds++
		require.Regexp(t, `guides/`+x.ID+`\.html">[^<]*</a></h3>\n<p>.*Examples: at least \d+ of \d+ · Contributors: at least \d`, got["index.html"])
		require.Regexp(t, `\(guides/`+x.ID+`\.md\): at least \d+ of`, got["summary.md"])
	}
	require.Positive(t, bounds, "the rows have a topic of almost all")
}
