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
	hash := map[string]string{}
	for _, rec := range records {
		hash[rec.ID()] = rec.AgreementHash()
	}
	agreements := make([]string, 0, r.Before.Len())
	for _, id := range r.ids {
		agreements = append(agreements, hash[id][:min(12, len(hash[id]))])
	}
	out, err := recode.NewReport(ctx, r.Before, r.Recoding, b.recodeConfig(), agreements)
	return out, ofRecoding(err)
}
