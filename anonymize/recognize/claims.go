// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// claims masks what makes somebody the only one of a kind, by which anybody finds
// them: "the first in the UK", "Canada's first national strategy", "the only one of
// its kind".
func claims(d *Document, emit func(Finding)) {
	for i := range d.words {
		w := &d.words[i]
		if w.cls&clsClaim == 0 || w.flags&(wfLabel|wfShout) != 0 || w.shape&shUpper1 != 0 && w.flags&wfStart == 0 {
			continue
		}
		if to := d.claimOver(i); to > 0 {
			emit(d.found(i, to, Other, "claim", "only one of a kind", 0.5))
		} else if from, to := d.claimOf(i); to > 0 {
			emit(d.found(from, to, Other, "claim", "first of a place", 0.5))
		}
	}
}

// claimOver is the word after "first ... in the UK", "only ... of its kind", 0 if i
// begins neither.
func (d *Document) claimOver(i int) int {
	const far = 7
	for j := i + 1; j < len(d.words) && j-i <= far && d.words[j].gap == gapSpace && d.isWord(j) && d.words[j].flags&wfLabel == 0; j++ {
		switch d.str(j) {
		case "of":
			if d.isWord(j+2) && (d.str(j+1) == "its" || d.str(j+1) == "their") && (d.str(j+2) == "kind" || d.str(j+2) == "type") {
				return j + 3
			}
		case "in", "across":
			k := j + 1
			if d.isWord(k) && (d.str(k) == "the" || d.str(k) == "all") {
				k++
			}
			if (d.claimPlace(k) || d.str(i) != "first" && d.claimArea(k)) && d.words[k].gap == gapSpace {
				for d.claimPlace(k+1) && d.words[k+1].gap == gapSpace {
					k++
				}
				return k + 1
			}
			return 0
		}
	}
	return 0
}

// claimPlace reports a place over which somebody may be the only one.
func (d *Document) claimPlace(i int) bool {
	if !d.isWord(i) {
		return false
	}
	switch d.str(i) {
	case "country", "world", "nation", "nhs":
		return true
	}
	return d.has(i, clsWide) && d.capital(i)
}

// claimArea reports a kind of place that a reader who knows the country can go
// through one by one. To be first in one is no more than an order of events.
func (d *Document) claimArea(i int) bool {
	if !d.isWord(i) {
		return false
	}
	switch d.str(i) {
	case "county", "region", "district", "borough", "city", "province", "island", "continent":
		return true
	}
	return false
}

// claimOf widens "the UK's first patient charter" to what is claimed. to is 0 where no
// place stands before word i.
func (d *Document) claimOf(i int) (from, to int) {
	from = i - 1
	if from < 0 || !d.claimPlace(from) || d.words[from].shape&shPoss == 0 || d.words[i].gap != gapSpace {
		return 0, 0
	}
	for d.has(from-1, clsWide) && d.words[from].gap == gapSpace {
		from--
	}
	const far = 6
	for to = i + 1; to < len(d.words) && to-i < far && d.isWord(to) && d.words[to].gap == gapSpace && d.words[to].flags&wfLabel == 0 && d.words[to].shape&shUpper1 == 0 &&
		!text.IsStopWord(d.str(to)) && !d.has(to, clsBridge|clsSaid|clsCopula); to++ {
	}
	return from, to
}
