// SPDX-License-Identifier: Apache-2.0

package anonymize

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// keepGuard runs recognisers and drops what the policy of a document keeps
// wherever it touches what the policy does not keep. Findings that overlap are
// united under one label; without the guard, a place that is kept could take the
// person inside its name with it.
type keepGuard struct {
	recognizers []recognize.Recognizer
	policies    map[*recognize.Document]Policy
}

// guarded returns the recognisers as they are if no policy keeps anything.
func guarded(rs []recognize.Recognizer, policies map[*recognize.Document]Policy) []recognize.Recognizer {
	for _, p := range policies {
		if slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.Operator == Keep }) {
			return []recognize.Recognizer{keepGuard{rs, policies}}
		}
	}
	return rs
}

// Name implements recognize.Recognizer.
func (keepGuard) Name() string { return "policy" }

// Recognize implements recognize.Recognizer.
func (g keepGuard) Recognize(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	policy := g.policies[d]
	var cut, kept []recognize.Finding
	for _, r := range g.recognizers {
		found, err := r.Recognize(ctx, d)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name(), err)
		}
		for _, f := range found {
			if policy.For(f.Kind, f.Subtype) == Keep {
				kept = append(kept, f)
			} else {
				cut = append(cut, f)
			}
		}
	}
	slices.SortFunc(cut, func(a, b recognize.Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	reach := make([]int, len(cut)) // the furthest end of the cuts up to each
	for i, f := range cut {
		reach[i] = f.End
		if i > 0 {
			reach[i] = max(reach[i], reach[i-1])
		}
	}
	out := cut
	for _, f := range kept {
		// The last cut that begins before f ends: it or an earlier one may reach into f.
		i, _ := slices.BinarySearchFunc(cut, f.End, func(c recognize.Finding, end int) int { return cmp.Compare(c.Start, end) })
		if i == 0 || reach[i-1] <= f.Start {
			out = append(out, f)
		}
	}
	return out, nil
}
