// SPDX-License-Identifier: Apache-2.0

package cluster_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// evalSet reads an evaluation set: JSON Lines {"id","text","label"} in the
// folder that SHAREDPRACTICE_EVAL names. The evaluations are long, so they run
// only where the variable is set.
func evalSet(t *testing.T, file, prefix string) (items []cluster.Item, gold []string) {
	t.Helper()
	dir := os.Getenv("SHAREDPRACTICE_EVAL")
	if dir == "" {
		t.Skip("SHAREDPRACTICE_EVAL is not set: no evaluation data")
	}
	f, err := os.Open(filepath.Join(dir, "cluster", file))
	if err != nil {
		t.Skip("no evaluation set " + file)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var r struct{ ID, Text, Label string }
		require.NoError(t, json.Unmarshal(sc.Bytes(), &r))
		if strings.HasPrefix(r.ID, prefix) {
			items = append(items, cluster.Item{ID: r.ID, Text: r.Text, Source: r.ID})
			gold = append(gold, r.Label)
		}
	}
	return items, gold
}

func lot(parts ...any) uint64 {
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, parts...)
	x := h.Sum64()
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	return x ^ (x >> 31)
}

// draw takes n texts of k classes, by lot.
func draw(items []cluster.Item, gold []string, n, k, number int) ([]cluster.Item, []string) {
	classes := slices.Sorted(maps.Keys(map[string]bool{}))
	for _, g := range gold {
		if !slices.Contains(classes, g) {
			classes = append(classes, g)
		}
	}
	slices.SortFunc(classes, func(a, b string) int { return cmp.Compare(lot(number, a), lot(number, b)) })
	classes = classes[:min(k, len(classes))]
	var pool []int
	for i, g := range gold {
		if slices.Contains(classes, g) {
			pool = append(pool, i)
		}
	}
	slices.SortFunc(pool, func(a, b int) int { return cmp.Compare(lot(number, items[a].ID), lot(number, items[b].ID)) })
	var di []cluster.Item
	var dg []string
	for _, i := range pool[:min(n, len(pool))] {
		di, dg = append(di, items[i]), append(dg, gold[i])
	}
	return di, dg
}

var evalSets = []struct {
	file, prefix  string
	k             int
	nmi, ari, acc float64
}{
	{"banking77.jsonl", "test-", 77, .66, .31, .43},
	{"stackoverflow.jsonl", "", 20, .72, .60, .78},
}

func TestEvalTrueK(t *testing.T) {
	for _, s := range evalSets {
		items, gold := evalSet(t, s.file, s.prefix)
		nmi, ari, acc := agreement(gold, placed(fit(t, items, cluster.Config{K: s.k, MinLabelSources: 1, Workers: 2})))
		t.Logf("%s: NMI %.1f ARI %.1f ACC %.1f", s.file, 100*nmi, 100*ari, 100*acc)
		require.GreaterOrEqual(t, nmi, s.nmi)
		require.GreaterOrEqual(t, ari, s.ari)
		require.GreaterOrEqual(t, acc, s.acc)
	}
}

func TestEvalChoosesK(t *testing.T) {
	for _, s := range evalSets {
		items, gold := evalSet(t, s.file, "")
		var errs, own, known float64
		const draws = 20
		for d := range draws {
			k := 6 + int(lot("k", d)%15)
			di, dg := draw(items, gold, 200, k, d)
			m := fit(t, di, cluster.Config{Workers: 2})
			_, a, _ := agreement(dg, placed(m))
			_, b, _ := agreement(dg, placed(fit(t, di, cluster.Config{K: k, Workers: 2})))
			errs += math.Abs(float64(m.Report().K-k)) / float64(k) / draws
			own, known = own+a/draws, known+b/draws
		}
		t.Logf("%s, %d draws of 200: relative error of K %.3f, ARI %.3f, with true K %.3f (%.1f %%)", s.file, draws, errs, own, known, 100*own/known)
		require.LessOrEqual(t, errs, 0.30)
		require.GreaterOrEqual(t, own, 0.93*known)
	}
}

func TestEvalSeeds(t *testing.T) {
	for _, s := range evalSets {
		items, gold := evalSet(t, s.file, "")
		right, all := 0.0, 0.0
		for d := range 20 {
			di, dg := draw(items, gold, 12*60, 12, 100+d)
			seeds := map[string]*cluster.Seed{}
			var rest []cluster.Item
			var rg []string
			for i, it := range di {
				sd := seeds[dg[i]]
				switch {
				case sd == nil:
					seeds[dg[i]] = &cluster.Seed{ID: dg[i], Label: it.Text}
				case len(sd.Phrases) < 4:
					sd.Phrases = append(sd.Phrases, it.Text)
				case len(rest) < 40:
					rest, rg = append(rest, it), append(rg, dg[i])
				}
			}
			cfg := cluster.Config{K: len(seeds), Workers: 2}
			for _, g := range slices.Sorted(maps.Keys(seeds)) {
				cfg.Seeds = append(cfg.Seeds, *seeds[g])
			}
			for i, c := range placed(fit(t, rest, cfg)) {
				all++
				if c == rg[i] {
					right++
				}
			}
		}
		t.Logf("%s, 20 draws of 40 texts, 12 classes, 5 seeds each: ACC %.1f", s.file, 100*right/all)
		if s.k == 77 {
			require.GreaterOrEqual(t, right/all, 0.85)
		}
	}
}

func TestEvalStability(t *testing.T) {
	for _, s := range evalSets {
		items, gold := evalSet(t, s.file, "")
		for _, row := range []struct {
			n, draws int
			floor    float64
		}{{100, 20, 0.75}, {500, 8, 0.82}, {2000, 2, 0.75}} {
			var sum float64
			for d := range row.draws {
				di, _ := draw(items, gold, row.n, 12, 200+d)
				whole := placed(fit(t, di, cluster.Config{K: 12, Workers: 2}))
				var kept []cluster.Item
				var before []string
				for i, it := range di {
					if lot("drop", d, it.ID)%20 != 0 {
						kept, before = append(kept, it), append(before, whole[i])
					}
				}
				_, ari, _ := agreement(before, placed(fit(t, kept, cluster.Config{K: 12, Workers: 2})))
				sum += ari / float64(row.draws)
			}
			t.Logf("%s: 5 %% of %d texts dropped, ARI on the rest %.3f", s.file, row.n, sum)
			require.GreaterOrEqual(t, sum, row.floor)
		}
	}
}

func stems(s string) map[string]bool {
	out := map[string]bool{}
	s = text.Fold(strings.ReplaceAll(s, "_", " "))
	for _, tok := range text.Tokens(s) {
		if w := s[tok.Start:tok.End]; tok.Kind == text.Word && !text.IsStopWord(w) {
			out[text.Stem(w)] = true
		}
	}
	return out
}

func overlapF1(gold, got map[string]bool) float64 {
	hit := 0.0
	for s := range got {
		if gold[s] {
			hit++
		}
	}
	return 2 * hit / math.Max(1, float64(len(gold)+len(got)))
}

func TestEvalLabels(t *testing.T) {
	items, gold := evalSet(t, "banking77.jsonl", "")
	names := map[string][]cluster.Item{}
	for i, it := range items {
		names[gold[i]] = append(names[gold[i]], it)
	}
	classes := slices.Sorted(maps.Keys(names))
	var groups [][]cluster.Item
	for _, c := range classes {
		groups = append(groups, names[c])
	}
	got, err := cluster.Name(t.Context(), groups, cluster.Config{MinLabelSources: 3})
	require.NoError(t, err)
	var ours, peer float64
	seen := map[string]bool{}
	for i, c := range classes {
		ours += overlapF1(stems(c), stems(got[i].Label)) / float64(len(classes))
		peer += overlapF1(stems(c), ctfidf(groups, i)) / float64(len(classes))
		require.False(t, seen[got[i].Label], "label given twice")
		seen[got[i].Label] = true
	}
	t.Logf("label F1 against the names of 77 classes: %.1f; c-TF-IDF top 3: %.1f", 100*ours, 100*peer)
	require.GreaterOrEqual(t, ours, 0.62)
}

// ctfidf is the three stems of the greatest class-based TF-IDF: frequency in
// the class times ln(1 + mean words a class / frequency in all).
func ctfidf(groups [][]cluster.Item, class int) map[string]bool {
	in, all, words := map[string]float64{}, map[string]float64{}, 0.0
	for g, items := range groups {
		for _, it := range items {
			s := text.Fold(it.Text)
			for _, tok := range text.Tokens(s) {
				w := s[tok.Start:tok.End]
				if tok.Kind != text.Word || text.IsStopWord(w) {
					continue
				}
				w = text.Stem(w)
				words++
				all[w]++
				if g == class {
					in[w]++
				}
			}
		}
	}
	score := func(w string) float64 { return in[w] * math.Log(1+words/float64(len(groups))/all[w]) }
	ws := slices.SortedFunc(maps.Keys(in), func(a, b string) int { return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a, b)) })
	out := map[string]bool{}
	for _, w := range ws[:min(3, len(ws))] {
		out[w] = true
	}
	return out
}

// TestEvalSeedsLeaveRoom seeds half of the classes: the other half must not be
// drawn to them.
func TestEvalSeedsLeaveRoom(t *testing.T) {
	for _, s := range evalSets {
		items, gold := evalSet(t, s.file, "")
		var seeded, right, foreign, drawn float64
		for d := range 8 {
			di, dg := draw(items, gold, 300, 12, 300+d)
			seeds := map[string]*cluster.Seed{}
			var rest []cluster.Item
			var rg []string
			for i, it := range di {
				if sd := seeds[dg[i]]; lot("half", dg[i])%2 == 0 && (sd == nil || len(sd.Phrases) < 4) {
					if sd == nil {
						seeds[dg[i]] = &cluster.Seed{ID: "s" + dg[i], Label: it.Text}
					} else {
						sd.Phrases = append(sd.Phrases, it.Text)
					}
					continue
				}
				rest, rg = append(rest, it), append(rg, dg[i])
			}
			cfg := cluster.Config{Workers: 2}
			for _, g := range slices.Sorted(maps.Keys(seeds)) {
				cfg.Seeds = append(cfg.Seeds, *seeds[g])
			}
			for i, c := range placed(fit(t, rest, cfg)) {
				switch to := strings.HasPrefix(c, "s"); {
				case seeds[rg[i]] != nil:
					seeded++
					if c == "s"+rg[i] {
						right++
					}
				default:
					foreign++
					if to {
						drawn++
					}
				}
			}
		}
		t.Logf("%s: of texts of a seeded class %.1f %% reach their seed; of other texts %.1f %% are drawn to a seed", s.file, 100*right/seeded, 100*drawn/foreign)
		require.Less(t, drawn/foreign, 0.5)
	}
}
