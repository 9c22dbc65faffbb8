// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"context"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model"
)

// boundsOf is the threshold of numbers that are told as bounds, the same for all of an
// edition: the strictest that anybody who is counted asks for, and no lower than that of
// the edition before. Were it that of whoever stands behind a number, the bound would
// tell of what the one who asks for more says.
//
// All bounds change with it, which shows that somebody asks for more. So who asks for
// more than an earlier edition had, for whichever readers, is not counted yet where fewer
// have joined since than that one asks for, and is not in the release.
func (p *Press) boundsOf(records []anonymize.Record, before *printed, earlier []*printed, listed map[string]bool) (k int, counted []anonymize.Record) {
	k, counted = p.cfg.K, records
	if before != nil {
		k = max(k, before.Bounds)
	}
	asks := func(r anonymize.Record) int {
		if listed[r.ID()] {
			return 0
		}
		return r.K()
	}
	for most := strictest(counted, asks); most > k && rises(counted, earlier, most); most = strictest(counted, asks) {
		counted = slices.DeleteFunc(slices.Clone(counted), func(r anonymize.Record) bool { return asks(r) == most })
	}
	// Who asks for more than there are is not counted by anybody.
	all := slices.DeleteFunc(slices.Clone(counted), func(r anonymize.Record) bool { return !r.Allows(model.UseAggregate) })
	for {
		most := strictest(all, anonymize.Record.K)
		if most <= k || reaches(joined(all, nil), most) {
			k = max(k, most)
			break
		}
		all = slices.DeleteFunc(all, func(r anonymize.Record) bool { return r.K() == most })
	}
	for _, r := range counted {
		if !r.Allows(model.UseAggregate) && r.Allows(model.UseGuidance) {
			k = max(k, r.K())
		}
	}
	return k, counted
}

// rises reports whether a threshold would be seen to rise since an earlier edition since
// which fewer have joined.
func rises(counted []anonymize.Record, earlier []*printed, most int) bool {
	return slices.ContainsFunc(earlier, func(e *printed) bool {
		return e.Bounds < most && !reaches(joined(counted, e.counts()), most)
	})
}

// staying reports of a record that asks for more than the threshold whether it stays in
// editions for these readers, since one of them showed it and told bounds of as many.
func (p *Press) staying(before *printed, earlier []*printed) func(anonymize.Record) bool {
	return func(r anonymize.Record) bool {
		return before != nil && r.K() <= before.Bounds && slices.ContainsFunc(earlier, func(e *printed) bool {
			return e.Audience >= p.cfg.Audience && e.shows(r.ID())
		})
	}
}

// release makes the release of the records within, and returns these. Of those who ask for
// more no line is printed, or those of as many as they ask for: else it is made without
// them.
func (p *Press) release(ctx context.Context, given []anonymize.Record, cfg disclosure.ReleaseConfig, stays func(anonymize.Record) bool) (*disclosure.Release, []anonymize.Record, error) {
	records := p.within(given, stays)
	for {
		r, err := disclosure.NewRelease(ctx, records, cfg)
		if err != nil {
			return nil, nil, fmt.Errorf("edition: %w", err)
		}
		stricter := slices.DeleteFunc(slices.Clone(r.Behind), func(r anonymize.Record) bool { return r.K() <= p.cfg.K || r.Level() != model.Anonymous })
		less := slices.DeleteFunc(slices.Clone(records), func(r anonymize.Record) bool { return r.K() > p.cfg.K && !stays(r) })
		if !tooFew(joined(stricter, nil), strictest(stricter, anonymize.Record.K)) || len(less) == len(records) {
			return r, records, nil
		}
		records = less
	}
}

// within are the records of those who ask to be told of among no more than the threshold,
// and of those who ask for more where as many of these are there as they ask for, and for
// no more than twice the threshold: a number waits where one of them is among fewer than
// that one asks for, and whoever holds all numbers against all lines sees which line is of
// one who does. Who asks for more is in no edition.
func (p *Press) within(records []anonymize.Record, stays func(anonymize.Record) bool) []anonymize.Record {
	most := 0 // that is asked for by enough
	asks := func(r anonymize.Record) int {
		if r.K() <= 2*p.cfg.K {
			return r.K()
		}
		return 0
	}
	stricter := slices.DeleteFunc(slices.Clone(records), func(r anonymize.Record) bool { return asks(r) <= p.cfg.K })
	for len(stricter) > 0 && most == 0 {
		if k := strictest(stricter, asks); reaches(joined(stricter, nil), k) {
			most = k
		} else {
			stricter = slices.DeleteFunc(stricter, func(r anonymize.Record) bool { return asks(r) == k })
		}
	}
	return slices.DeleteFunc(slices.Clone(records), func(r anonymize.Record) bool { return r.K() > max(most, p.cfg.K) && !stays(r) })
}

func strictest(records []anonymize.Record, asks func(anonymize.Record) int) (k int) {
	for _, r := range records {
		k = max(k, asks(r))
	}
	return k
}
