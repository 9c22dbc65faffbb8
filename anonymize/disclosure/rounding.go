// SPDX-License-Identifier: Apache-2.0

package disclosure

import "github.com/sharedpractice/sharedpractice/anonymize/disclosure/verify"

// Rounding says how counts are shown. The order matters: counts are hidden
// first and rounded then, for "5 or fewer hidden, rounded to 5" would tell
// that a 5 is a 6 or 7 (OpenSAFELY's statistical disclosure control). The zero
// value shows counts as they are.
type Rounding struct {
	Hide int // counts 1..Hide are hidden
	Base int // others go to the nearest multiple, halves up; 0 or 1 leaves them
	// Midpoint, if above 1, shows the middle of the step instead: with 6, 0
	// stays 0, 1-6 read 3, 7-12 read 9 (OpenSAFELY's midpoint 6). Unbiased and
	// nothing is hidden; Hide and Base are ignored. Even numbers only.
	Midpoint int
}

// Show is what is published of a count.
func (r Rounding) Show(n int) (shown int, hidden bool) {
	switch {
	case r.Midpoint > 1:
		if n <= 0 {
			return 0, false
		}
		return (n+r.Midpoint-1)/r.Midpoint*r.Midpoint - r.Midpoint/2, false
	case n > 0 && n <= r.Hide:
		return 0, true
	case r.Base > 1:
		return (2*n + r.Base) / (2 * r.Base) * r.Base, false
	}
	return n, false
}

// Range is what a reader can conclude from what is shown, the rule being
// public: what verify.Attack is to be given.
func (r Rounding) Range(shown int, hidden bool) verify.Range {
	switch {
	case hidden:
		return verify.Range{Lo: 1, Hi: max(r.Hide, 1)}
	case r.Midpoint > 1 && shown > 0:
		return verify.Range{Lo: shown - r.Midpoint/2 + 1, Hi: shown + r.Midpoint/2}
	case r.Midpoint <= 1 && r.Base > 1:
		lo, hi := shown-r.Base/2, shown+(r.Base-1)/2
		if shown == 0 && r.Hide >= hi {
			return verify.Range{} // 1..hi would be hidden
		}
		return verify.Range{Lo: max(lo, min(r.Hide+1, shown), 0), Hi: hi}
	}
	return verify.Range{Lo: shown, Hi: shown}
}

// Percentage is what may be said of a share: rounded parts of rounded whole,
// to one place, and nothing where either is hidden or the whole is below 20,
// where a percentage pretends to more than there is.
func (r Rounding) Percentage(part, whole int) (percent float64, ok bool) {
	p, ph := r.Show(part)
	w, wh := r.Show(whole)
	if ph || wh || w < 20 || p > w {
		return 0, false
	}
	return float64((2000*p+w)/(2*w)) / 10, true
}
