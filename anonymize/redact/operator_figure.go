// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// oneFigure tells whether two cuts are the parts of one number, such as "4,812",
// or of a proportion, such as "9 of 12", that is to be told coarsely: by the
// subtype that they have together, "" if they have none.
func (p *page) oneFigure(a, b *cut) string {
	if a.finding.op != Generalise || b.finding.op != Generalise || !isCount(a.finding.Subtype) || !isCount(b.finding.Subtype) {
		return ""
	}
	left, right := text.Fold(p.original[a.Start:a.End]), text.Fold(p.original[b.Start:b.End])
	switch gap := p.original[a.End:b.Start]; gap {
	case ",", ".":
		if isDigit(p.original[a.End-1]) && isDigit(p.original[b.Start]) && p.policy.For(recognize.Other, "figure") == Generalise {
			return "figure"
		}
	case " of ", " out of ", " of the ", "/":
		if (gap == "/" || countBand(left) != "") && countBand(right) != "" && scoreBand(left+gap+right) != "" &&
			p.policy.For(recognize.Other, "score") == Generalise {
			return "score"
		}
	}
	return ""
}

func isCount(subtype string) bool {
	return subtype == "figure" || subtype == "count" || subtype == "unknown"
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
