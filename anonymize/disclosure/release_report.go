// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"context"
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// overview lays out the whole release, records of earlier editions included,
// as one recoding of what would have been published.
func (b *builder) overview() error {
	if len(b.plain) == 0 {
		return nil
	}
	every, labels := make([]int, len(b.plain)), make([][]string, len(b.plain))
	for i, r := range b.plain {
		every[i] = i
		if l := b.label[r.ID()]; l != nil {
			labels[i] = published(l)
		}
	}
	t := b.table(every)
	r, err := recode.FromLabels(t, b.recodeConfig(), labels)
	if err != nil {
		return ofRecoding(err)
	}
	b.rel.Before, b.rel.Recoding, b.rel.ids = t, r, nil
	for _, r := range b.plain {
		b.rel.ids = append(b.rel.ids, r.ID())
	}
	return nil
}

// Report measures the release: risk before and after, utility, what other
// thresholds would make of it, what each agreement costs (named by the first
// digits of its hash), and a work sheet of the ten records to try first. cfg
// and records are those that NewRelease was given. ErrInput where every record
// is named. It is for the working group; see Report.WriteMarkdown.
func (r *Release) Report(ctx context.Context, records []anonymize.Record, cfg ReleaseConfig) (*recode.Report, error) {
	if r.Recoding == nil {
		return nil, fmt.Errorf("%w: the release has no records that are recoded", ErrInput)
	}
	b := &builder{cfg: cfg}
	b.names, b.fields = quasiMembers()
	if b.cfg.K == 0 {
		b.cfg.K = 5
	}
	rc := b.recodeConfig()
	raw, err := recode.FullDomain(r.Before, rc, make([]int, len(b.names)), upTo(r.Before.Len()))
	if err != nil {
		return nil, ofRecoding(err)
	}
	u, err := recode.MeasureUtility(r.Before, r.Recoding, rc)
	if err != nil {
		return nil, ofRecoding(err)
	}
	out := &recode.Report{
		Before: recode.MeasureRisks(raw, 0), After: recode.MeasureRisks(r.Recoding, 0), Utility: u, Worksheet: recode.Worksheet(r.Recoding, 10),
	}
	if out.WhatIf, err = recode.WhatIfK(ctx, r.Before, rc, []int{2, 3, 5, 8, 11, 20}); err != nil {
		return nil, ofRecoding(err)
	}
	hash := map[string]string{}
	for _, rec := range records {
		hash[rec.ID()] = rec.AgreementHash()
	}
	agreements := make([]string, 0, r.Before.Len())
	for _, id := range r.ids {
		agreements = append(agreements, hash[id][:min(12, len(hash[id]))])
	}
	out.Agreements, err = recode.CostByAgreement(ctx, r.Before, rc, agreements)
	return out, ofRecoding(err)
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
