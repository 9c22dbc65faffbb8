// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
)

// FuzzFit checks the laws of a clustering on lines of any bytes: every item is
// in one cluster that exists, sizes add up, the order does not matter, and a
// phrase of one source is in no label.
func FuzzFit(f *testing.F) {
	items, _ := sample()
	var all []string
	for _, it := range items {
		all = append(all, it.Text)
	}
	f.Add(strings.Join(all, "\n"), uint8(3))
	f.Add("a\nb\n\n\xff\n会議\n1 2 3\nthe the the", uint8(0))
	f.Add(strings.Repeat("same words\n", 20), uint8(2))
	f.Fuzz(func(t *testing.T, s string, k uint8) {
		lines := strings.Split(s, "\n")
		lines = lines[:min(len(lines), 60)]
		var items []cluster.Item
		for i, l := range lines {
			items = append(items, cluster.Item{ID: fmt.Sprint(i), Text: l + " canaryword", Source: "one"})
		}
		c := cluster.Config{K: int(k % 10)}
		m, err := cluster.Fit(t.Context(), items, c)
		require.NoError(t, err)
		size := map[string]int{}
		for i, a := range m.Assignments() {
			require.Equal(t, items[i].ID, a.Item)
			size[a.Cluster]++
		}
		total := 0
		for _, c := range m.Clusters() {
			require.Equal(t, size[c.ID], c.Size)
			require.NotContains(t, strings.ToLower(c.Label+c.Description), "canaryword")
			total += c.Size
		}
		require.Equal(t, len(items), total)
		slices.Reverse(items)
		again, err := cluster.Fit(t.Context(), items, c)
		require.NoError(t, err)
		require.Equal(t, m.Clusters(), again.Clusters())
		var b bytes.Buffer
		require.NoError(t, m.Save(&b))
		_, err = cluster.Load(&b, nil, 1)
		require.NoError(t, err)
	})
}

func FuzzContradict(f *testing.F) {
	f.Add("Hold it online", "Hold it in person")
	f.Add("Pay 2 people", "pay two people")
	f.Fuzz(func(t *testing.T, a, b string) {
		require.Equal(t, cluster.Contradict(a, b), cluster.Contradict(b, a))
		require.False(t, cluster.Contradict(a, a), "a statement does not contradict itself")
		s := cluster.Similarity(a, b, nil)
		require.GreaterOrEqual(t, s, 0.0)
		require.LessOrEqual(t, s, 1.000001)
	})
}

func FuzzLoad(f *testing.F) {
	f.Add(`{"format":"sharedpractice-cluster-1"}`)
	f.Add(`{"format":"sharedpractice-cluster-1","columns":["a"],"terms":["x"],"latent":1,"lexical":"AACAPwAAgD8AAIA/","idf":"AACAPw=="}`)
	f.Fuzz(func(t *testing.T, s string) {
		m, err := cluster.Load(strings.NewReader(s), nil, 1)
		if err != nil {
			return
		}
		_, err = m.Assign(t.Context(), []cluster.Item{{ID: "a", Text: "travel costs"}})
		require.NoError(t, err)
	})
}
