// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// mostMerged bounds how many texts are compared pair by pair. Where there are
// more, only the wordings that they share are looked for.
const mostMerged = 200

// merged makes statements of what no concept covers: texts that say the same
// are one statement, told by the wordings that enough contributors share, or by
// the words that they share where there is no such wording.
func (b *build) merged(where ItemKey, grouped map[statementKey][]mention, of set) ([]Statement, error) {
	var out []Statement
	for _, k := range sortedStatementKeys(grouped) {
		if k.code != "" {
			continue
		}
		groups, err := b.sameStatements(where.Statement(k.id()), grouped[k])
		if err != nil {
			return nil, err
		}
		for i, mentions := range groups {
			if i == 0 && len(groups) > 1 {
				continue // its groups are told one by one
			}
			st, ok, err := b.wordedTogether(where, k, mentions, of, i > 0)
			if err != nil {
				return nil, err
			}
			if ok && !slices.ContainsFunc(out, func(o Statement) bool { return o.ID == st.ID }) {
				out = append(out, st)
			}
		}
	}
	return out, nil
}

// sameness is which of some mentions say the same, and whose mentions they are: beside
// what was refused in a round, a topic may be of other examples in the next.
type sameness struct {
	records []int
	groups  []cluster.Statement
}

// sameStatements groups mentions that say the same. The first group holds all
// mentions: wordings may be shared across statements that are not the same.
func (b *build) sameStatements(key ItemKey, mentions []mention) ([][]mention, error) {
	groups := [][]mention{mentions}
	if len(mentions) > mostMerged || len(recordsOf(mentions)) < b.all.k {
		return groups, nil
	}
	records := make([]int, len(mentions))
	for i, m := range mentions {
		records[i] = m.record
	}
	same, known := b.same[key]
	if !known || !slices.Equal(same.records, records) {
		groups, err := cluster.MergeStatements(b.ctx, b.clusterItems(mentions), b.cfg.Embedder)
		if err != nil {
			return nil, fmt.Errorf("aggregate: merge: %w", err)
		}
		same = sameness{records, groups}
		b.same[key] = same
	}
	for _, s := range same.groups {
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
		items[i] = cluster.Item{ID: fmt.Sprintf("%06d", i), Text: unmasked(m.text), Source: string(b.all.holdings[m.record][0])}
	}
	return items
}

// wordedTogether is the statement of a group: told by a wording that enough
// contributors share or, for a group that says the same, by words that they do.
func (b *build) wordedTogether(where ItemKey, k statementKey, mentions []mention, of set, alike bool) (Statement, bool, error) {
	if shared := b.shared(where, k, mentions, of, false); len(shared) > 0 {
		return b.uncovered(k, shared), true, nil
	}
	members := b.all.supported(recordsOf(mentions))
	if members == nil || !alike {
		return Statement{}, false, nil
	}
	mentions = slices.DeleteFunc(slices.Clone(mentions), func(m mention) bool { return !members.has(m.record) })
	names, err := cluster.Name(b.ctx, [][]cluster.Item{b.clusterItems(mentions)}, cluster.Config{Embedder: b.cfg.Embedder, MinLabelSources: b.all.k})
	if err != nil {
		return Statement{}, false, fmt.Errorf("aggregate: name: %w", err)
	}
	label := text.Fold(names[0].Label)
	if contentWords(strings.Fields(label)) < 2 {
		return Statement{}, false, nil // one word says nothing
	}
	wrote := recordsOf(slices.DeleteFunc(mentions, func(m mention) bool { return !says(m.text, label) }))
	if wrote = b.gate.admit(question{key: where.Wording(k.id(), label), of: wrote}); wrote == nil {
		return Statement{}, false, nil
	}
	return b.uncovered(k, []Wording{{Text: label, Support: b.all.support(wrote, of)}}), true, nil
}

// says reports whether a text holds all words of a label, by stem.
func says(s, label string) bool {
	has := map[string]bool{}
	for _, run := range runs(s) {
		for _, word := range run {
			has[text.Stem(word)] = true
		}
	}
	for word := range strings.FieldsSeq(label) {
		if !has[text.Stem(word)] {
			return false
		}
	}
	return label != ""
}

// uncovered is a statement that no concept covers, told by its first wording.
func (b *build) uncovered(k statementKey, shared []Wording) Statement {
	first := shared[0]
	return Statement{
		ID: k.id() + "." + wordsMark + wordsHash(first.Text), Kind: k.kind, Part: k.part, Support: first.Support, Shared: shared,
	}
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
