// SPDX-License-Identifier: Apache-2.0

package edition

import "github.com/sharedpractice/sharedpractice/anonymize"

// few reports whether a difference is that of 1 to k-1.
func few(difference, k int) bool { return difference != 0 && max(difference, -difference) < k }

// tooFew reports whether 1 to k-1 contributors stand behind records.
func tooFew(holdings [][]anonymize.Holding, k int) bool {
	return len(holdings) > 0 && !reaches(holdings, k)
}

// reaches reports whether k independent contributors or more stand behind records.
// Those of a single holding are independent of one another, and mostly enough.
func reaches(holdings [][]anonymize.Holding, k int) bool {
	single := make(map[anonymize.Holding]bool, k)
	for _, h := range holdings {
		if len(h) == 1 {
			if single[h[0]] = true; len(single) >= k {
				return true
			}
		}
	}
	return anonymize.Independent(holdings) >= k
}

// joined are the holdings of the records that are not in a set.
func joined(records []anonymize.Record, in map[string]bool) [][]anonymize.Holding {
	var out [][]anonymize.Holding
	for _, r := range records {
		if !in[r.ID()] {
			out = append(out, r.Holdings())
		}
	}
	return out
}

// without are the holdings of the records of an item that are not in a set.
func (p *printed) without(it item, in map[string]bool) [][]anonymize.Holding {
	var out [][]anonymize.Holding
	for _, at := range it.Records {
		if r := p.Records[at]; !in[r.ID] {
			out = append(out, r.Holdings)
		}
	}
	return out
}
