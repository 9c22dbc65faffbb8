// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
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

// within are the records that ask to be told of among no more than twice the threshold, or
// than the edition before had: all numbers wait for the strictest who is counted, and one
// who asks for twenty of 24 made a bound of each. Who asks for more is in no edition.
func (p *Press) within(records []anonymize.Record, before *printed) []anonymize.Record {
	most := 2 * p.cfg.K
	if before != nil {
		most = max(most, before.Bounds)
	}
	return slices.DeleteFunc(slices.Clone(records), func(r anonymize.Record) bool { return r.K() > most })
}

func strictest(records []anonymize.Record, asks func(anonymize.Record) int) (k int) {
	for _, r := range records {
		k = max(k, asks(r))
	}
	return k
}
