// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// rows reads a tab-separated file of testdata.
func rows(t testing.TB, name string) (out [][]string) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	require.NotEmpty(t, out)
	return out
}

// pairF1 compares groups by the pairs they put together.
func pairF1(gold map[string]string, got []cluster.Statement) (precision, recall, f1 float64) {
	at := map[string]int{}
	for i, s := range got {
		for _, id := range s.Items {
			at[id] = i
		}
	}
	var both, inGold, inGot float64
	for a, ga := range gold {
		for b, gb := range gold {
			if a >= b {
				continue
			}
			same := at[a] == at[b]
			if ga == gb {
				inGold++
			}
			if same {
				inGot++
			}
			if same && ga == gb {
				both++
			}
		}
	}
	precision, recall = both/max(1, inGot), both/inGold
	return precision, recall, 2 * precision * recall / max(1e-9, precision+recall)
}

func statements(t testing.TB) (items []cluster.Item, gold map[string]string) {
	t.Helper()
	gold = map[string]string{}
	for i, r := range rows(t, "statements.tsv") {
		id := fmt.Sprintf("p%03d", i)
		items = append(items, cluster.Item{ID: id, Text: r[1], Source: fmt.Sprint(i % 2)})
		gold[id] = r[0]
	}
	return items, gold
}

func TestMergeStatementsFindsParaphrases(t *testing.T) {
	items, gold := statements(t)
	require.GreaterOrEqual(t, len(items), 240)
	got, err := cluster.MergeStatements(t.Context(), items, wordtable.Default())
	require.NoError(t, err)
	p, r, f1 := pairF1(gold, got)
	t.Logf("%d statements: pairwise precision %.3f recall %.3f F1 %.3f", len(items), p, r, f1)
	require.GreaterOrEqual(t, f1, 0.80)
	for _, s := range got {
		require.LessOrEqual(t, s.Support, 2)
	}
	plain, err := cluster.MergeStatements(t.Context(), items, nil)
	require.NoError(t, err)
	p, r, f1 = pairF1(gold, plain)
	t.Logf("by words only: precision %.3f recall %.3f F1 %.3f", p, r, f1)
}

func TestContradictionsAreNeverMerged(t *testing.T) {
	for _, r := range rows(t, "contradictions.tsv") {
		require.Len(t, r, 2)
		require.True(t, cluster.Contradict(r[0], r[1]), "%q and %q", r[0], r[1])
		require.True(t, cluster.Contradict(r[1], r[0]))
		got, err := cluster.MergeStatements(t.Context(), []cluster.Item{{ID: "a", Text: r[0]}, {ID: "b", Text: r[1]}}, wordtable.Default())
		require.NoError(t, err)
		require.Len(t, got, 2)
	}
}

func TestParaphrasesAreNotTakenForContradictions(t *testing.T) {
	by := map[string][]string{}
	all := rows(t, "statements.tsv")
	for _, r := range all {
		by[r[0]] = append(by[r[0]], r[1])
	}
	wrong := 0
	for _, ws := range by {
		if cluster.Contradict(ws[0], ws[1]) {
			t.Logf("apart: %q and %q", ws[0], ws[1])
			wrong++
		}
	}
	require.LessOrEqual(t, wrong*20, len(by), "at most one in twenty")
}

func TestRankerFindsTheNeed(t *testing.T) {
	items, _ := sample()
	r, err := cluster.NewRanker(items, wordtable.Default())
	require.NoError(t, err)
	got := r.Rank("our members cannot pay for the bus to the clinic", 3)
	require.Len(t, got, 3)
	for _, m := range got[:2] {
		require.True(t, strings.HasPrefix(m.Item, "travel"), m.Item)
	}
	require.Greater(t, cluster.Similarity("refund travel costs", "pay back travel expenses", wordtable.Default()),
		cluster.Similarity("refund travel costs", "write in plain language", wordtable.Default()))
}
