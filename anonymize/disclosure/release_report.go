// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// overview lays out the whole release, records of earlier editions included,
// as one recoding of what would have been published.
func (b *builder) overview() error {
	if len(b.plain) == 0 {
		return nil
	}
	every := make([]int, len(b.plain))
	groups := map[string][]int32{}
	for i, r := range b.plain {
		every[i] = i
		if labels := b.label[r.ID()]; labels != nil {
			key := strings.Join(published(labels), "\x00")
			groups[key] = append(groups[key], int32(i))
		}
	}
	t := b.table(every)
	e, err := encode(t, b.hierarchies(), b.requirement())
	if err != nil {
		return err
	}
	var parts []part
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		p := part{records: groups[key], level: make([]int, len(b.names))}
		labels := published(b.label[b.plain[p.records[0]].ID()])
		for c := range p.level {
			p.level[c] = e.levelOf(p.records, c, labels[c])
		}
		parts = append(parts, p)
	}
	b.rel.Before, b.rel.Recoding, b.rel.ids = t, e.recoding(parts), nil
	for _, r := range b.plain {
		b.rel.ids = append(b.rel.ids, r.ID())
	}
	return nil
}

// levelOf is the lowest level at which all records read as the label; the top
// where the label is suppressed.
func (e *encoded) levelOf(records []int32, c int, label string) int {
	top := len(e.up[c]) - 1
	for l := range top {
		reads := func(r int32) bool { return e.label[c][l][e.up[c][l][e.leaf[c][r]]] == label }
		if !slices.ContainsFunc(records, func(r int32) bool { return !reads(r) }) {
			return l
		}
	}
	return top
}

// Report measures the release: risk before and after, utility, what other
// thresholds would make of it, what each agreement costs (named by the first
// digits of its hash), and a work sheet of the ten records to try first. cfg
// and records are those that NewRelease was given. ErrInput where every record
// is named. It is for the working group; see Report.WriteMarkdown.
func (r *Release) Report(ctx context.Context, records []anonymize.Record, cfg ReleaseConfig) (*Report, error) {
	if r.Recoding == nil {
		return nil, fmt.Errorf("%w: the release has no records that are recoded", ErrInput)
	}
	b := &builder{cfg: cfg}
	b.names, b.fields = quasiMembers()
	if b.cfg.K == 0 {
		b.cfg.K = 5
	}
	rc := RecodeConfig{Hierarchies: b.hierarchies(), Requirement: b.requirement(), Suppress: 1}
	raw, err := FullDomain(r.Before, rc, make([]int, len(b.names)), upTo(r.Before.Len()))
	if err != nil {
		return nil, err
	}
	u, err := MeasureUtility(r.Before, r.Recoding, rc)
	if err != nil {
		return nil, err
	}
	out := &Report{
		Before: MeasureRisks(raw, nil, 0), After: MeasureRisks(r.Recoding, nil, 0), Utility: u, Worksheet: Worksheet(r.Recoding, 10),
	}
	if out.WhatIf, err = WhatIfK(ctx, r.Before, rc, []int{2, 3, 5, 8, 11, 20}); err != nil {
		return nil, err
	}
	hash := map[string]string{}
	for _, rec := range records {
		hash[rec.ID()] = rec.AgreementHash()
	}
	agreements := make([]string, 0, r.Before.Len())
	for _, id := range r.ids {
		agreements = append(agreements, hash[id][:min(12, len(hash[id]))])
	}
	out.Agreements, err = CostByAgreement(ctx, r.Before, rc, agreements)
	return out, err
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
