// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

const (
	changeKept     = "kept"
	changeNew      = "new"
	changeGone     = "gone"
	changeSplit    = "split"
	changeCombined = "combined"
)

// Change says what became of one cluster between two fits.
type Change struct {
	// Kind is "kept" (the same cluster, though items may have come or gone), "new"
	// (no earlier cluster is like it), "gone" (its items went to other clusters, or
	// left), "split" (its items went to several clusters, named in Others) or
	// "combined" (it holds most of several earlier clusters, named in Others).
	Kind    string
	Cluster string
	Others  []string
	// Came and Left count items that both fits know, and that moved in or out.
	Came, Left int
}

// sameCluster is the Jaccard index of their items from which two clusters count
// as one.
const sameCluster = 0.5

// Update fits again, with all items that shall count, and keeps the ID and the
// label of every cluster of which at least half of the items are the same.
// Edits are replayed, then further ones applied. The changes are ordered by
// cluster ID.
func (m *Model) Update(ctx context.Context, items []Item, edits ...Edit) (*Model, []Change, error) {
	cfg := m.cfg
	cfg.Edits = append(slices.Clip(slices.Clone(cfg.Edits)), edits...)
	cfg.Embedder = m.embedder
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, nil, err
	}
	if err := checkItems(items); err != nil {
		return nil, nil, err
	}
	next, err := (&fitting{cfg: cfg, items: items, ctx: ctx, prev: m}).run()
	if err != nil {
		return nil, nil, fmt.Errorf("cluster: update: %w", err)
	}
	return next, changes(m.before(), next.before()), nil
}

// Edits are the corrections that are replayed at each Update.
func (m *Model) Edits() []Edit { return slices.Clone(m.cfg.Edits) }

// before is each item's cluster before edits.
func (m *Model) before() map[string]string {
	out := make(map[string]string, len(m.items))
	for i, a := range m.items {
		out[a.Item] = a.Cluster
		if m.unedited != nil {
			out[a.Item] = m.unedited[i]
		}
	}
	return out
}

// overlap counts the items that two fits both know, by cluster in each.
type overlap struct {
	both     map[[2]string]int
	old, now map[string]int
}

func overlapOf(old, now map[string]string) overlap {
	o := overlap{map[[2]string]int{}, map[string]int{}, map[string]int{}}
	for item, a := range old {
		if b, ok := now[item]; ok {
			o.both[[2]string{a, b}]++
			o.old[a]++
			o.now[b]++
		}
	}
	return o
}

func (o overlap) pairs() [][2]string {
	return slices.SortedFunc(maps.Keys(o.both), func(x, y [2]string) int {
		return cmp.Or(cmp.Compare(o.jaccard(y), o.jaccard(x)), compareStrings(x[0], y[0]), compareStrings(x[1], y[1]))
	})
}

func (o overlap) jaccard(p [2]string) float64 {
	n := o.both[p]
	return float64(n) / float64(o.old[p[0]]+o.now[p[1]]-n)
}

// inherit gives columns the IDs, and people the labels, of the clusters they
// continue.
func (f *fitting) inherit(ids []string, at []int32, t *table) {
	now := make(map[string]string, len(at))
	for i, c := range at {
		if c >= 0 && ids[c] == "" {
			now[t.ids[i]] = strconv.Itoa(int(c))
		}
	}
	o := overlapOf(f.prev.before(), now)
	taken := map[string]bool{emptyID: true, outlierID: true}
	for _, id := range ids {
		taken[id] = true
	}
	for _, p := range o.pairs() {
		c, _ := strconv.Atoi(p[1])
		if o.jaccard(p) < sameCluster || taken[p[0]] || ids[c] != "" {
			continue
		}
		ids[c], taken[p[0]] = p[0], true
		for _, old := range f.prev.clusters {
			if old.ID == p[0] && !old.numbered {
				t.labels[p[0]] = old.Label
			}
		}
	}
}

// moved lists the clusters of which most went into one, and those into which a quarter
// of it went.
func (o overlap) moved(id string) (from, to []string) {
	for _, p := range o.pairs() {
		if p[0] == id && p[1] != id && 4*o.both[p] >= o.old[id] {
			to = append(to, p[1])
		}
		if p[1] == id && p[0] != id && 2*o.both[p] > o.old[p[0]] {
			from = append(from, p[0])
		}
	}
	return from, to
}

func changes(old, now map[string]string) []Change {
	o := overlapOf(old, now)
	all, known, present := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range old {
		all[c], known[c] = true, true
	}
	for _, c := range now {
		all[c], present[c] = true, true
	}
	var out []Change
	for _, id := range slices.Sorted(maps.Keys(all)) {
		ch := Change{Cluster: id, Kind: changeKept}
		stay := o.both[[2]string{id, id}]
		ch.Came, ch.Left = o.now[id]-stay, o.old[id]-stay
		from, to := o.moved(id)
		switch {
		case !present[id] && len(to) > 1:
			ch.Kind, ch.Others = changeSplit, to
		case !present[id]:
			ch.Kind, ch.Others = changeGone, to
		case known[id] && len(from) > 0, len(from) > 1:
			ch.Kind, ch.Others = changeCombined, from
		case known[id] && len(to) > 0:
			ch.Kind, ch.Others = changeSplit, to
		case !known[id]:
			ch.Kind, ch.Others = changeNew, from
		}
		slices.Sort(ch.Others)
		out = append(out, ch)
	}
	return out
}
