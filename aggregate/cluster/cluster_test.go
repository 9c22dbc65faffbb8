// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// topics are made-up statements of five kinds, written for these tests.
var topics = map[string][]string{
	"travel": {
		"Travel costs keep people from coming to meetings", "Patients cannot afford the train to the hospital",
		"The journey to the site is too long for many", "Parking at the hospital is expensive for families",
		"Rural patients travel for hours to each visit", "Bus fares were not refunded to participants",
		"Travel expenses are paid back too late", "The cost of transport keeps families away", "Long journeys tire our members",
	},
	"language": {
		"Leaflets are full of medical jargon", "The consent form is hard to read", "Information is not in plain language",
		"People do not understand the technical words in the leaflet", "Long documents with jargon put people off",
		"The information sheet uses medical language", "Readers found the consent form confusing", "Plain language summaries are missing",
	},
	"time": {
		"Meetings are held in working hours", "Carers have no time to take part during the day", "Evening sessions would suit working people",
		"Meetings clash with school pick-up", "Daytime meetings leave out people with jobs", "The time of the meeting does not suit carers",
		"People at work cannot join daytime sessions",
	},
	"trust": {
		"Communities do not trust the company", "Past research harmed trust in the community", "People fear how their data will be used",
		"Mistrust of drug companies is common", "Members worry that their data are sold", "Building trust with communities takes years",
		"Trust was lost when promises were broken",
	},
	"digital": {
		"Older members struggle with video calls", "Not everyone has broadband at home", "The online portal is hard to log in to",
		"Video meetings exclude people without a computer", "Members lack the equipment for online meetings", "Passwords for the portal get lost",
		"Poor internet connection cut people off from the call",
	},
}

func sample() (items []cluster.Item, gold []string) {
	for _, topic := range []string{"travel", "language", "time", "trust", "digital"} {
		for i, s := range topics[topic] {
			items = append(items, cluster.Item{ID: fmt.Sprintf("%s-%d", topic, i), Text: s, Source: fmt.Sprintf("h%d", i)})
			gold = append(gold, topic)
		}
	}
	return items, gold
}

func fit(t testing.TB, items []cluster.Item, c cluster.Config) *cluster.Model {
	t.Helper()
	if c.Embedder == nil {
		c.Embedder = wordtable.Default()
	}
	m, err := cluster.Fit(t.Context(), items, c)
	require.NoError(t, err)
	return m
}

func placed(m *cluster.Model) (out []string) {
	for _, a := range m.Assignments() {
		out = append(out, a.Cluster)
	}
	return out
}

func TestFitFindsTopics(t *testing.T) {
	items, gold := sample()
	m := fit(t, items, cluster.Config{K: 5})
	_, ari, acc := agreement(gold, placed(m))
	require.Greater(t, ari, 0.5)
	require.Greater(t, acc, 0.7)
	auto := fit(t, items, cluster.Config{})
	require.InDelta(t, 5, auto.Report().K, 3)
	require.NotEmpty(t, auto.Report().Candidates)
}

func TestFitOnLittleOrOddInput(t *testing.T) {
	repeat := func(n int, s string) (items []cluster.Item) {
		for i := range n {
			items = append(items, cluster.Item{ID: fmt.Sprint(i), Text: s})
		}
		return items
	}
	mixed := []string{
		"Die Fahrtkosten sind zu hoch", "Les réunions sont trop longues", "会議が長すぎる", "Travel costs too much", "مواعيد الاجتماعات غير مناسبة",
		"\xff\xfe broken", "🙂🙂", "12345", "Las reuniones son por la mañana", "Слишком дорого ехать", "Travel is too dear", "Die Sitzungen sind zu lang",
		"Reisekosten werden nicht erstattet", "Les frais de transport sont élevés",
	}
	var odd []cluster.Item
	for i, s := range mixed {
		odd = append(odd, cluster.Item{ID: fmt.Sprint(i), Text: s})
	}
	topic, _ := sample()
	long := 20_000
	if testing.Short() {
		long = 1000
	}
	for _, row := range []struct {
		name     string
		items    []cluster.Item
		clusters int // expected, or -1
		reason   string
	}{
		{"none", nil, 0, "nothing to group"},
		{"one", repeat(1, "travel costs"), 1, "one group"},
		{"two", topic[:2], 2, "two texts that differ are not grouped"},
		{"five", topic[:5], -1, "few"},
		{"twenty", topic[:20], -1, "grouped"},
		{"all equal", repeat(30, "travel costs too much"), 1, "duplicates are one text"},
		{"all empty", repeat(30, ""), 1, "the group without words"},
		{"stop words only", repeat(30, "and the of it"), 1, "the group without words"},
		{"white space and symbols", repeat(3, " \t … ♥"), 1, "the group without words"},
		{"mixed languages", odd, -1, "no error"},
		{"very long", repeat(3, strings.Repeat("travel cost ", long)), 1, "bounded"},
	} {
		for _, k := range []int{0, 1, 3, 100} {
			for _, e := range []cluster.Embedder{nil, wordtable.Default()} {
				m, err := cluster.Fit(t.Context(), row.items, cluster.Config{K: k, Embedder: e})
				require.NoError(t, err, row.name)
				require.Len(t, m.Assignments(), len(row.items), row.name)
				if row.clusters >= 0 && k != 1 {
					require.Len(t, m.Clusters(), row.clusters, "%s: %s", row.name, row.reason)
				}
				total := 0
				for _, c := range m.Clusters() {
					total += c.Size
					require.NotEmpty(t, c.Label)
				}
				require.Equal(t, len(row.items), total, row.name)
				for _, a := range m.Assignments() {
					require.NotEmpty(t, a.Cluster)
					require.GreaterOrEqual(t, a.Confidence, 0.0)
					require.LessOrEqual(t, a.Confidence, 1.0)
					require.LessOrEqual(t, len(a.Others), 2)
				}
				_, err = m.Assign(t.Context(), odd)
				require.NoError(t, err, row.name)
			}
		}
	}
}

func TestFitIsTheSameWhateverTheOrder(t *testing.T) {
	items, _ := sample()
	items = append(items, cluster.Item{ID: "dup", Text: items[3].Text + "!", Source: "x"})
	seeds := []cluster.Seed{{ID: "s:travel", Label: "Travel burden", Phrases: []string{"travel costs", "long journey"}}, {ID: "s:none", Label: "Regulation"}}
	shuffles := 20
	if testing.Short() {
		shuffles = 3
	}
	for _, cfg := range []cluster.Config{{}, {K: 6}, {Seeds: seeds}, {K: 4, Outliers: true}} {
		var first []byte
		for n := range shuffles {
			rand.New(rand.NewPCG(uint64(n), 1)).Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
			for _, procs := range []int{1, 2, 8} {
				before := runtime.GOMAXPROCS(procs)
				cfg.Workers = procs
				m := fit(t, items, cfg)
				runtime.GOMAXPROCS(before)
				by := map[string]cluster.Assignment{}
				for _, a := range m.Assignments() {
					by[a.Item] = a
				}
				got, err := json.Marshal([]any{m.Clusters(), by, m.Report()})
				require.NoError(t, err)
				if first == nil {
					first = got
				}
				require.True(t, bytes.Equal(first, got), "shuffle %d with %d workers differs", n, procs)
			}
		}
	}
}

// Above 2,000 distinct texts other code runs: a sample, k-means, split and merge.
func TestLargeFitIsTheSameWhateverTheOrder(t *testing.T) {
	items := recombined(2600)
	workers, k := []int{1, 2, 8}, 12
	if testing.Short() {
		workers, k = []int{8}, 3 // side by side, for the race detector
	}
	var first []byte
	for n, procs := range workers {
		rand.New(rand.NewPCG(uint64(n), 7)).Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		m := fit(t, items, cluster.Config{K: k, Workers: procs})
		require.Greater(t, m.Report().Distinct, 2000)
		by := map[string]cluster.Assignment{}
		for _, a := range m.Assignments() {
			by[a.Item] = a
		}
		got, err := json.Marshal([]any{m.Clusters(), by, m.Report()})
		require.NoError(t, err)
		if first == nil {
			first = got
		}
		require.True(t, bytes.Equal(first, got), "%d workers differ", procs)
	}
}

func TestErrorsSayNothingOfTheText(t *testing.T) {
	const secret = "Canary Castle Charity"
	it := cluster.Item{ID: "a", Text: secret, Source: "s"}
	require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", it, it, it, []cluster.Item{it}), "Canary")
	_, err := cluster.Fit(t.Context(), []cluster.Item{it, it}, cluster.Config{})
	require.ErrorIs(t, err, cluster.ErrItems)
	require.NotContains(t, err.Error(), "Canary")
	_, err = cluster.Fit(t.Context(), []cluster.Item{{Text: secret}}, cluster.Config{})
	require.ErrorIs(t, err, cluster.ErrItems)
	for _, c := range []cluster.Config{
		{K: -1},
		{K: 1 << 20},
		{Workers: -1},
		{Style: 9},
		{MinLabelSources: -1},
		{MaxClusters: -2},
		{Seeds: []cluster.Seed{{ID: "x"}}},
		{Seeds: []cluster.Seed{{ID: "x", Label: "a"}, {ID: "x", Label: "b"}}},
	} {
		_, err = cluster.Fit(t.Context(), nil, c)
		require.ErrorIs(t, err, cluster.ErrConfig)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = cluster.Fit(ctx, []cluster.Item{it}, cluster.Config{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestLabelsNeedSources(t *testing.T) {
	var items []cluster.Item
	for i := range 30 {
		items = append(items, cluster.Item{ID: fmt.Sprint(i), Source: fmt.Sprint(i), Text: fmt.Sprintf("%s number %d", []string{"travel costs", "plain language"}[i%2], i)})
	}
	for i := range 10 { // one source, ten times
		items = append(items, cluster.Item{ID: fmt.Sprint("z", i), Source: "one", Text: fmt.Sprintf("Zanzibar widget %d travel", i)})
	}
	for _, c := range fit(t, items, cluster.Config{K: 3}).Clusters() {
		require.NotContains(t, strings.ToLower(c.Label+c.Description), "zanzibar", "only one source wrote it")
	}
	var labels strings.Builder
	for _, c := range fit(t, items, cluster.Config{K: 3, MinLabelSources: 1}).Clusters() {
		labels.WriteString(strings.ToLower(c.Label))
	}
	require.Contains(t, labels.String(), "zanzibar")
}
