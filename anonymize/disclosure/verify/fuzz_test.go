// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"errors"
	"testing"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"
)

// FuzzAttackHoldsTheTruth: whatever is shown of a true fill, the attack keeps
// the truth in Outer, Inner in Outer, and never says that the publication
// contradicts itself.
func FuzzAttackHoldsTheTruth(f *testing.F) {
	f.Add([]byte{1, 1, 50, 0, 200, 9}, []byte{7, 3})
	f.Add([]byte{0, 0, 0}, []byte{255})
	f.Add([]byte{9, 8, 7, 6, 5, 4, 3, 2}, []byte{170, 85, 3})
	f.Fuzz(func(t *testing.T, values, masks []byte) {
		if len(values) == 0 || len(values) > 24 || len(masks) > 12 {
			return
		}
		var p verify.Published
		var truth []int
		add := func(v int, how byte) int {
			truth = append(truth, v)
			switch how % 4 {
			case 0:
				p.Cells = append(p.Cells, verify.Range{Lo: v, Hi: v})
			case 1:
				p.Cells = append(p.Cells, verify.Range{Lo: max(v-2, 0), Hi: v + 2})
			case 2:
				p.Cells = append(p.Cells, verify.Range{Lo: 0, Hi: verify.Unbounded})
			default:
				p.Cells = append(p.Cells, verify.Range{Lo: min(v, 1), Hi: max(v, 7)})
			}
			return len(truth) - 1
		}
		for i, v := range values {
			add(int(v)/(1+i%3), v)
		}
		for i, m := range masks {
			s := verify.Sum{Union: i%5 == 4}
			sum, most := 0, 0
			for c := range values {
				if m>>(c%8)&1 == 1 {
					s.Parts = append(s.Parts, c)
					sum, most = sum+truth[c], max(most, truth[c])
				}
			}
			if len(s.Parts) == 0 {
				continue
			}
			if s.Union {
				sum = (sum + most) / 2
			}
			s.Total = add(sum, m/3)
			p.Sums = append(p.Sums, s)
		}
		got, err := verify.Attack(t.Context(), p, verify.Effort{Steps: 3000})
		if err != nil {
			if errors.Is(err, t.Context().Err()) {
				return
			}
			t.Fatal("the truth was called a contradiction")
		}
		for c, b := range got {
			if b.Outer.Lo > truth[c] || truth[c] > b.Outer.Hi {
				t.Fatal("the truth is not in Outer")
			}
			if b.Inner.Lo <= b.Inner.Hi && (b.Inner.Lo < b.Outer.Lo || b.Inner.Hi > b.Outer.Hi) {
				t.Fatal("Inner is not in Outer")
			}
		}
	})
}
