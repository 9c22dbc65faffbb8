// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/sharedpractice/sharedpractice/aggregate/cluster"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// proposed groups what contributors wrote as challenge or objective and nobody
// has coded, guided by the vocabulary, so that a person can accept a code. A
// group is named only by words that enough contributors share.
func (b *build) proposed() ([]Cluster, error) {
	var out []Cluster
	for _, facet := range []struct {
		name, scheme string
		style        cluster.Style
		of           func(anonymize.Content) []anonymize.Statement
	}{
		{"challenge", vocabulary.Challenge, cluster.Challenge, func(c anonymize.Content) []anonymize.Statement { return c.Challenges }},
		{"objective", vocabulary.Objective, cluster.Objective, func(c anonymize.Content) []anonymize.Statement { return c.Objectives }},
	} {
		var mentions []mention
		for _, i := range b.countable {
			for _, s := range facet.of(b.all.content[i]) {
				if !s.Accepted && s.Text != "" {
					mentions = append(mentions, mention{record: i, text: s.Text})
				}
			}
		}
		if len(recordsOf(mentions)) < b.all.k {
			continue
		}
		groups, err := b.grouped(mentions, facet.scheme, facet.style)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			g.Facet = facet.name
			out = append(out, g)
		}
	}
	return out, nil
}

// proposal is a group of what nobody has coded, before it is asked whether it may be told.
type proposal struct {
	id      string
	members set
	label   string
	nearest model.Code
}

func (b *build) grouped(mentions []mention, scheme string, style cluster.Style) ([]Cluster, error) {
	groups, known := b.proposals[scheme]
	if !known {
		var err error
		if groups, err = b.proposalsOf(mentions, scheme, style); err != nil {
			return nil, err
		}
		b.proposals[scheme] = groups
	}
	var out []Cluster
	for _, g := range groups {
		if s := b.gate.admit(question{key: proposedKey(scheme, g.id), of: slices.Clone(g.members)}); s != nil {
			out = append(out, Cluster{Label: g.label, Support: b.all.support(s, b.countable), Nearest: g.nearest})
		}
	}
	slices.SortFunc(out, func(x, y Cluster) int {
		return cmp.Or(cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.Label, y.Label))
	})
	return out, nil
}

func (b *build) proposalsOf(mentions []mention, scheme string, style cluster.Style) (out []proposal, err error) {
	m, err := cluster.Fit(b.ctx, b.clusterItems(mentions), cluster.Config{
		Embedder: b.cfg.Embedder, Seeds: b.seeds(scheme), Style: style, MinLabelSources: b.all.k,
	})
	if err != nil {
		return nil, fmt.Errorf("aggregate: uncoded statements: %w", err)
	}
	members := map[string]set{}
	for _, a := range m.Assignments() {
		i, err := strconv.Atoi(a.Item)
		if err != nil {
			return nil, fmt.Errorf("aggregate: uncoded statements: %w", err)
		}
		members[a.Cluster] = append(members[a.Cluster], mentions[i].record)
	}
	for _, c := range m.Clusters() {
		if c.Empty {
			continue
		}
		slices.Sort(members[c.ID])
		out = append(out, proposal{c.ID, slices.Compact(members[c.ID]), c.Label, model.Code(c.Concept)})
	}
	return out, nil
}

// seeds are the concepts of a scheme as guides for grouping.
func (b *build) seeds(scheme string) []cluster.Seed {
	var out []cluster.Seed
	for c := range b.cfg.Vocabulary.Scheme(scheme).Concepts() {
		if c.IsGroup() {
			continue
		}
		const lang = vocabulary.DefaultLang
		out = append(out, cluster.Seed{
			ID: c.ID(), Label: c.PrefLabel(lang), Phrases: append(c.AltLabels(lang), c.HiddenLabels(lang)...),
		})
	}
	return out
}
