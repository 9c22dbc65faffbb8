// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

func TestAssignMovesNothing(t *testing.T) {
	items, _ := sample()
	m := fit(t, items, cluster.Config{K: 5})
	before := m.Assignments()
	got, err := m.Assign(t.Context(), []cluster.Item{{ID: "new", Text: "Train fares are too high for our patients"}, {ID: "none", Text: "..."}})
	require.NoError(t, err)
	require.Equal(t, before[0].Cluster, got[0].Cluster, "a travel text goes to the travel texts")
	require.Equal(t, "empty", got[1].Cluster)
	require.Equal(t, before, m.Assignments())
	again, err := m.Assign(t.Context(), items)
	require.NoError(t, err)
	same := 0
	for i := range again {
		if again[i].Cluster == before[i].Cluster {
			same++
		}
	}
	require.GreaterOrEqual(t, same*10, len(items)*9)
}

func TestUpdateKeepsIdentity(t *testing.T) {
	items, _ := sample()
	m := fit(t, items, cluster.Config{K: 5, MinLabelSources: 1})
	next, ch, err := m.Update(t.Context(), items)
	require.NoError(t, err)
	require.Equal(t, m.Clusters(), next.Clusters())
	for _, c := range ch {
		require.Equal(t, "kept", c.Kind)
		require.Zero(t, c.Came+c.Left)
	}
	more := append(slices.Clip(items), cluster.Item{ID: "t1", Text: "Travel to the hospital costs too much", Source: "q"},
		cluster.Item{ID: "t2", Text: "Families cannot pay for parking", Source: "r"})
	next, ch, err = m.Update(t.Context(), more)
	require.NoError(t, err)
	kept := 0
	for _, c := range ch {
		if c.Kind == "kept" {
			kept++
		}
	}
	require.GreaterOrEqual(t, kept, 4)
	old := map[string]string{}
	for _, c := range m.Clusters() {
		old[c.ID] = c.Label
	}
	for _, c := range next.Clusters() {
		if l, ok := old[c.ID]; ok {
			require.Equal(t, l, c.Label, "a cluster that stays keeps its label")
		}
	}
}

func TestEditsAreReplayed(t *testing.T) {
	items, _ := sample()
	ctx := t.Context()
	m := fit(t, items, cluster.Config{K: 5})
	a, b := m.Clusters()[0].ID, m.Clusters()[1].ID
	m2, ch, err := m.Update(ctx, items,
		cluster.Edit{Kind: cluster.Merge, Clusters: []string{a, b}},
		cluster.Edit{Kind: cluster.Rename, Clusters: []string{a}, Label: "Getting there"},
		cluster.Edit{Kind: cluster.Pin, Clusters: []string{a}, Items: []string{"digital-0"}},
		cluster.Edit{Kind: cluster.Split, Clusters: []string{a}, Items: []string{"travel-3"}, NewID: "parking", Label: "Parking"})
	require.NoError(t, err)
	require.NotEmpty(t, ch)
	check := func(m *cluster.Model) {
		at := map[string]string{}
		for _, x := range m.Assignments() {
			at[x.Item] = x.Cluster
		}
		require.Equal(t, a, at["digital-0"])
		labels := map[string]string{}
		for _, c := range m.Clusters() {
			labels[c.ID] = c.Label
			require.NotEqual(t, b, c.ID)
		}
		require.Equal(t, "Getting there", labels[a])
		if at["travel-3"] == "parking" {
			require.Equal(t, "Parking", labels["parking"])
		}
	}
	check(m2)
	require.Len(t, m2.Edits(), 4)
	m3, _, err := m2.Update(ctx, append(slices.Clip(items), cluster.Item{ID: "x", Text: "Travel costs again"}))
	require.NoError(t, err)
	check(m3)
	for _, e := range []cluster.Edit{
		{},
		{Kind: "burn", Clusters: []string{a}},
		{Kind: cluster.Merge, Clusters: []string{a}},
		{Kind: cluster.Split, Clusters: []string{a}},
		{Kind: cluster.Rename, Clusters: []string{a}},
		{Kind: cluster.Pin, Clusters: []string{a}},
	} {
		_, _, err = m.Update(ctx, items, e)
		require.ErrorIs(t, err, cluster.ErrEdit)
	}
	m4, _, err := m.Update(ctx, items, cluster.Edit{Kind: cluster.Pin, Clusters: []string{a}, Items: []string{"nobody"}})
	require.NoError(t, err)
	require.Contains(t, strings.Join(m4.Report().Warnings, " "), "nothing to act on")
}

func TestSaveAndLoad(t *testing.T) {
	items, _ := sample()
	seeds := []cluster.Seed{{ID: "s:travel", Label: "Travel burden", Phrases: []string{"travel costs"}}}
	for _, cfg := range []cluster.Config{{K: 5}, {Seeds: seeds, Style: cluster.Challenge}} {
		m := fit(t, items, cfg)
		var b bytes.Buffer
		require.NoError(t, m.Save(&b))
		l, err := cluster.Load(bytes.NewReader(b.Bytes()), wordtable.Default(), 1)
		require.NoError(t, err)
		x, err := m.Assign(t.Context(), items)
		require.NoError(t, err)
		y, err := l.Assign(t.Context(), items)
		require.NoError(t, err)
		require.Equal(t, x, y)
		var c bytes.Buffer
		require.NoError(t, l.Save(&c))
		require.Equal(t, b.String(), c.String())
		u, _, err := l.Update(t.Context(), items)
		require.NoError(t, err)
		require.Equal(t, m.Clusters(), u.Clusters())
		_, err = cluster.Load(bytes.NewReader(b.Bytes()), nil, 1)
		require.ErrorIs(t, err, cluster.ErrFormat, "another embedder")
		for _, s := range []string{"", "{}", "null", `{"format":"sharedpractice-cluster-1","columns":["a"],"terms":["x"],"latent":9}`} {
			_, err = cluster.Load(strings.NewReader(s), nil, 1)
			require.ErrorIs(t, err, cluster.ErrFormat)
		}
	}
}

func TestPartialsMergeInAnyOrder(t *testing.T) {
	items, _ := sample()
	for i := range items {
		items[i].Source = fmt.Sprint(i % 7)
	}
	part := func(xs []cluster.Item) *cluster.Partial {
		p, err := cluster.Collect(xs)
		require.NoError(t, err)
		return p
	}
	js := func(p *cluster.Partial) string {
		b, err := json.Marshal(p)
		require.NoError(t, err)
		return string(b)
	}
	a, b, c := part(items[:11]), part(items[11:20]), part(items[20:])
	left, right := a.Merge(b).Merge(c), a.Merge(b.Merge(c))
	require.Equal(t, js(left), js(right))
	require.Equal(t, js(left), js(c.Merge(a).Merge(b)))
	require.Equal(t, js(left), js(part(items)))
	require.Equal(t, len(items), left.Len())
	var back cluster.Partial
	require.NoError(t, json.Unmarshal([]byte(js(left)), &back))
	require.Equal(t, js(left), js(&back))
	require.Error(t, json.Unmarshal([]byte(`{"format":"other"}`), &back))
	cfg := cluster.Config{K: 5, Embedder: wordtable.Default()}
	m, err := left.Fit(t.Context(), cfg)
	require.NoError(t, err)
	require.Equal(t, fit(t, items, cfg).Clusters(), m.Clusters())
}

func TestSeedsKeepTheirLabels(t *testing.T) {
	items, gold := sample()
	seeds := []cluster.Seed{
		{ID: "ch:travel", Label: "Travel burden", Phrases: []string{"travel costs", "long journeys", "expensive parking", "cannot afford transport"}},
		{ID: "ch:jargon", Label: "Jargon", Phrases: []string{"medical jargon", "hard to read", "plain language", "confusing consent form"}},
		{ID: "ch:trust", Label: "Mistrust", Phrases: []string{"do not trust the company", "fear about data", "broken promises"}},
		{ID: "ch:unused", Label: "Freezer temperature in the laboratory"},
	}
	m := fit(t, items, cluster.Config{Seeds: seeds})
	right, seeded := 0, 0
	want := map[string]string{"travel": "ch:travel", "language": "ch:jargon", "trust": "ch:trust"}
	for i, a := range m.Assignments() {
		if strings.HasPrefix(a.Cluster, "ch:") {
			seeded++
			if want[gold[i]] == a.Cluster {
				right++
			}
		}
	}
	require.GreaterOrEqual(t, right*10, seeded*8, "%d of %d", right, seeded)
	require.GreaterOrEqual(t, seeded, 16)
	proposed := 0
	for _, c := range m.Clusters() {
		switch c.ID {
		case "ch:travel":
			require.Equal(t, "Travel burden", c.Label)
			require.Equal(t, c.ID, c.Concept)
		case "ch:unused":
			t.Fatal("a seed without texts is no cluster")
		}
		if c.Concept == "" {
			proposed++
		}
	}
	require.Positive(t, proposed, "what fits no seed is proposed")
	for _, a := range fit(t, items, cluster.Config{Seeds: seeds, K: 4}).Assignments() {
		require.True(t, strings.HasPrefix(a.Cluster, "ch:"), "K of the seeds: all go to seeds")
	}
	few := fit(t, items[:5], cluster.Config{Seeds: seeds})
	require.Equal(t, "ch:travel", few.Assignments()[0].Cluster)
	require.NotEmpty(t, few.Report().Warnings)
}
