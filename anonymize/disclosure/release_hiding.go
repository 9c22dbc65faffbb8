// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// leaveOut takes so many records from those of a class who are still here that
// with those who are gone they are as many as these ask for; nothing is left where
// fewer would be than those ask for who are. Which ones is chance; those of whom more
// lines stay are left out first, and those who ask for more stay, only as far as too
// few would be left otherwise.
//
// In a small collection it looks one step further: where somebody who stays could leave
// only at the cost of more than K-1 others, all lines go of those who are gone or left
// out, so that a multiple of K stay.
func (b *builder) leaveOut(class earlierClass, here, gone []LedgerMember, need func([]LedgerMember) int, chance map[string][]byte) []LedgerMember {
	keep := leaveOutBy(waysOfHiding[:], class, here, gone, need, chance)
	if !b.small || len(keep) == 0 || b.easy(class, keep, need, chance) {
		return keep
	}
	for _, how := range waysOfHiding[:2] {
		how.chance, how.whole = chance, true
		all := how.leaveOut(class, here, gone, need)
		if k := need(all); class.count(all) >= k && (class.count(all)-k)%b.cfg.K == 0 {
			return all
		}
	}
	return keep
}

// easy reports whether whoever leaves a class takes no more than K-1 others along, or of
// those who ask for more as many as they ask for less one.
func (b *builder) easy(class earlierClass, members []LedgerMember, need func([]LedgerMember) int, chance map[string][]byte) bool {
	n, k := class.count(members), need(members)
	if n == k || n >= k+b.cfg.K {
		return true
	}
	tried := map[string]bool{} // those of the same contributors leave at the same cost
	for i, m := range members {
		same := fmt.Sprint(m.Support, class.first[m.ID].Support, need([]LedgerMember{m}))
		if tried[same] {
			continue
		}
		tried[same] = true
		rest := slices.Delete(slices.Clone(members), i, i+1)
		if len(leaveOutBy(waysOfHiding[:], class, rest, []LedgerMember{m}, need, chance)) == 0 {
			return false
		}
	}
	return true
}

// waysOfHiding are in the order in which they are tried.
var waysOfHiding = [...]hiding{{strictStay: true}, {}, {strictStay: true, many: true}, {many: true}}

func leaveOutBy(ways []hiding, class earlierClass, here, gone []LedgerMember, need func([]LedgerMember) int, chance map[string][]byte) []LedgerMember {
	for _, how := range ways {
		how.chance = chance
		if keep := how.leaveOut(class, here, gone, need); class.count(keep) >= need(keep) {
			return keep
		}
	}
	return nil
}

// hiding is by what those are chosen who are left out beside somebody who is gone.
type hiding struct {
	chance     map[string][]byte // by record
	strictStay bool              // those who ask for more are chosen last
	many       bool              // those with more lines in the class are chosen first
	whole      bool              // all lines of those who are gone or left out are
}

func (h hiding) leaveOut(class earlierClass, here, gone []LedgerMember, need func([]LedgerMember) int) []LedgerMember {
	keep, out := h.rest(slices.Clone(here), slices.Clone(gone))
	for n := class.count(out); n < need(out) && len(keep) > 0; n = class.count(out) {
		best, asks := -1, 0
		for i, m := range keep {
			with := append(slices.Clip(out), m)
			if class.count(with) <= n {
				continue
			}
			k := need(with)
			if !h.strictStay {
				k = -need([]LedgerMember{m})
			}
			if best < 0 || k < asks || k == asks && h.before(m, keep[best], keep) {
				best, asks = i, k
			}
		}
		if best < 0 { // only two of them together make one more
			best = 0
		}
		out = append(out, keep[best])
		keep, out = h.rest(slices.Delete(keep, best, best+1), out)
	}
	return keep
}

// rest moves what else those tell who are left out to them, where all of it goes.
func (h hiding) rest(keep, out []LedgerMember) ([]LedgerMember, []LedgerMember) {
	if !h.whole {
		return keep, out
	}
	theirs := func(m LedgerMember) bool {
		return slices.ContainsFunc(out, func(o LedgerMember) bool { return sharesHolding(m, o) })
	}
	var stay, also []LedgerMember
	for _, m := range keep {
		if theirs(m) {
			also = append(also, m)
		} else {
			stay = append(stay, m)
		}
	}
	return stay, append(out, also...)
}

// before reports whether one record rather than another is left out of those that
// are kept.
func (h hiding) before(one, other LedgerMember, keep []LedgerMember) bool {
	lines := func(m LedgerMember) (n int) {
		for _, k := range keep {
			if h.many && sharesHolding(m, k) {
				n++
			}
		}
		return n
	}
	return cmp.Or(cmp.Compare(lines(other), lines(one)), bytes.Compare(h.chance[one.ID], h.chance[other.ID])) < 0
}

// chances is in which order records of a class are left out: at random under the key,
// anew in each edition, by contributor first, so that one with many records is chosen no
// more often. It must not hang on what lines say or on who is gone. Readers have this
// program and the lines: they would find the same others again for whoever is gone, and
// know the one that they would not have found.
func (b *builder) chances(records []LedgerMember, at map[string]int) map[string][]byte {
	edition := strconv.Itoa(len(b.cfg.Ledger.entries))
	out := make(map[string][]byte, len(records))
	for _, m := range records {
		var first []byte
		for _, holding := range holdingNames(b.plain[at[m.ID]]) {
			if mac := b.cfg.Key.raw("left out, contributor", edition, holding); first == nil || bytes.Compare(mac, first) < 0 {
				first = mac
			}
		}
		out[m.ID] = append(first, b.cfg.Key.raw("left out, record", edition, m.ID)...)
	}
	return out
}

func sharesHolding(a, b LedgerMember) bool {
	return slices.ContainsFunc(a.Support, func(h int32) bool { return b.Support.has(int(h)) })
}
