// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model"
)

// mostMerged bounds how many texts are compared pair by pair. Where there are
// more, only the wordings that they share are looked for.
const mostMerged = 1500

// merged makes statements of what no concept covers: texts that say the same
// are one statement, told by the wordings that enough contributors share, or by
// the words that they share where there is no such wording.
func (b *build) merged(where string, grouped map[statementKey][]mention, of int) ([]Statement, error) {
	var out []Statement
	for _, k := range sortedStatementKeys(grouped) {
		if k.code != "" {
			continue
		}
		groups, err := b.sameStatements(grouped[k])
		if err != nil {
			return nil, err
		}
		for _, mentions := range groups {
			if st, ok := b.wordedTogether(where, k, mentions, of); ok {
				out = append(out, st)
			}
		}
	}
	return out, nil
}

// sameStatements groups mentions that say the same. The first group holds all
// mentions: wordings may be shared across statements that are not the same.
func (b *build) sameStatements(mentions []mention) ([][]mention, error) {
	groups := [][]mention{mentions}
	if len(mentions) > mostMerged || len(recordsOf(mentions)) < b.all.k {
		return groups, nil
	}
	items := b.clusterItems(mentions)
	same, err := cluster.MergeStatements(b.ctx, items, b.cfg.Embedder)
	if err != nil {
		return nil, fmt.Errorf("aggregate: merge: %w", err)
	}
	for _, s := range same {
		if len(s.Items) < b.all.k || len(s.Items) == len(mentions) {
			continue
		}
		var group []mention
		for _, id := range s.Items {
			i, err := strconv.Atoi(id)
			if err != nil {
				return nil, fmt.Errorf("aggregate: merge: %w", err)
			}
			group = append(group, mentions[i])
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// clusterItems are mentions as the clustering takes them. A record's first holding
// stands for its source; support is counted by Independent all the same.
func (b *build) clusterItems(mentions []mention) []cluster.Item {
	items := make([]cluster.Item, len(mentions))
	for i, m := range mentions {
		items[i] = cluster.Item{ID: fmt.Sprintf("%06d", i), Text: m.text, Source: string(b.all.holdings[m.record][0])}
	}
	return items
}

// wordedTogether is the statement of a group that shares a wording.
func (b *build) wordedTogether(where string, k statementKey, mentions []mention, of int) (Statement, bool) {
	key := where + "/" + k.id()
	shared := b.shared(key, mentions, of)
	if len(shared) == 0 {
		return Statement{}, false
	}
	first := shared[0]
	return Statement{
		ID: k.id() + ".words-" + model.HashText(first.Text)[:12], Kind: k.kind, Part: k.part, Support: first.Support, Shared: shared,
	}, true
}

func sortedStatementKeys(m map[statementKey][]mention) []statementKey {
	out := make([]statementKey, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(x, y statementKey) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.part, y.part), cmp.Compare(x.code, y.code))
	})
	return out
}
