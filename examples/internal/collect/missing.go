// SPDX-License-Identifier: Apache-2.0

package collect

import (
	"cmp"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// mostNear is how many subjects are listed that lack contributors.
const mostNear = 20

// Near is a subject that fewer contributors tell of than may be told of.
type Near struct {
	Code         model.Code
	Contributors int
}

// Lacking lists the challenges, objectives and methods that 1 to k-1 contributors
// tell of, those first that lack the fewest.
func Lacking(records []anonymize.Record, k int) []Near {
	by := map[model.Code][]anonymize.Record{}
	for _, r := range records {
		codes := map[model.Code]bool{}
		content := r.Countable()
		for _, list := range [][]anonymize.Statement{content.Challenges, content.Objectives} {
			for _, s := range list {
				codes[s.Code] = true
			}
		}
		for _, s := range content.Steps {
			codes[s.Method] = true
		}
		delete(codes, "")
		for c := range codes {
			by[c] = append(by[c], r)
		}
	}
	var out []Near
	for code, told := range by {
		if n := aggregate.Independent(told); n < k {
			out = append(out, Near{code, n})
		}
	}
	slices.SortFunc(out, func(a, b Near) int {
		return cmp.Or(cmp.Compare(b.Contributors, a.Contributors), cmp.Compare(a.Code, b.Code))
	})
	return out[:min(len(out), mostNear)]
}
