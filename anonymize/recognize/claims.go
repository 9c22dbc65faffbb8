// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// claims masks what makes somebody the only one of a kind, by which anybody finds
// them: "the first in the UK", "Canada's first national strategy", "the only one of
// its kind".
func claims(d *Document, emit func(Finding)) {
	for i := range d.words {
		w := &d.words[i]
		if w.cls&clsClaim == 0 || d.oneOfThe(i) || w.flags&(wfLabel|wfShout) != 0 || w.shape&shUpper1 != 0 && w.flags&wfStart == 0 {
			continue
		}
		if to := d.claimOver(i); to > 0 {
			emit(d.found(i, to, Other, "claim", "only one of a kind", 0.5))
		} else if from, to := d.claimOf(i); to > 0 {
			emit(d.found(from, to, Other, "claim", "first of a place", 0.5))
		}
	}
}

// claimOver is the word after "first ... in the UK", "only ... of its kind", with what
// is claimed for it: "... to pay its members". 0 if i begins neither.
func (d *Document) claimOver(i int) int {
	const far = 9
	for j := i + 1; j < len(d.words) && j-i <= far && d.words[j].gap <= gapSpace && (d.isWord(j) || d.punct(j, '-')) && d.words[j].flags&wfLabel == 0; j++ {
		if to := d.claimAt(i, j); to > 0 {
			return to
		}
	}
	return 0
}

// claimAt is the word after what word j says of the claim that i begins; 0 if it says nothing.
func (d *Document) claimAt(i, j int) int {
	switch d.str(j) {
	case "only":
		if j == i+2 && d.str(i+1) == "and" && d.stands(i) {
			return d.claimedThing(j + 1) // "are the first and only prize"
		}
	case "worldwide", "nationwide", "nationally":
		return j + 1
	case "wide":
		if d.punct(j-1, '-') && d.wordIn(j-2, "world", "nation") {
			return j + 1
		}
	case "ever":
		if d.stands(i) {
			return d.claimed(j + 1) // "the youngest people ever to advise them"
		}
	case "of":
		return d.claimOfKind(i, j)
	case "in", "across", "on":
		if to := d.claimScope(i, j); to > 0 {
			return d.claimed(to)
		}
	}
	return 0
}

// claimOfKind is the word after "of its kind" at j, and where.
func (d *Document) claimOfKind(i, j int) int {
	if !d.wordIn(j+1, "its", "their") || !d.wordIn(j+2, "kind", "type") {
		return 0
	}
	if k := j + 3; d.spacedWord(k) && d.wordIn(k, "in", "across") {
		if to := d.claimScope(i, k); to > 0 {
			return to
		}
	}
	return d.claimed(j + 3)
}

// claimedThing is the word after the noun, with what describes it, from word j on.
func (d *Document) claimedThing(j int) int {
	const far = 5
	to := j
	for d.spaced(to) && to-j < far && d.isWord(to) && d.words[to].flags&wfLabel == 0 && d.words[to].shape&shUpper1 == 0 &&
		!text.IsStopWord(d.str(to)) && !d.has(to, clsBridge|clsSaid|clsCopula) {
		to++
	}
	return to
}

// oneOfThe reports that word i says one of several: "one of the oldest", "the second
// largest", "the first of which".
func (d *Document) oneOfThe(i int) bool {
	if d.has(i-1, clsOrdinal|clsNumberWord) || d.wordIs(i+1, "of") && d.wordIn(i+2, "which", "these", "the") {
		return true
	}
	return d.isWord(i-3) && d.wordIs(i-2, "of") && d.wordIs(i-1, "the")
}

// claimScope is the word after "in the whole of the UK" at j, over which word i claims
// something, 0 if that is no such place.
func (d *Document) claimScope(i, j int) int {
	k := j + 1
	for n := 0; n < 3 && d.wordIn(k, "the", "all", "whole", "of", "entire"); n++ {
		k++
	}
	if !d.spacedWord(k) {
		return 0
	}
	if d.has(k, clsDirection) && d.capital(k) && d.stands(i) {
		return d.regionEnd(k)
	}
	if !d.claimPlace(k) && !d.claimedOver(k, i) {
		return 0
	}
	for d.claimPlace(k+1) && d.words[k+1].gap == gapSpace {
		k++
	}
	return k + 1
}

// claimedOver reports an area or country over which word i claims something: a "first" only where
// it stands for itself.
func (d *Document) claimedOver(k, i int) bool {
	if d.claimArea(k) {
		return d.str(i) != "first" || d.stands(i)
	}
	return d.has(k, clsWorld) && d.capital(k) && d.stands(i)
}

// regionEnd is the word after "North West" at k, or after "North West of England".
func (d *Document) regionEnd(k int) int {
	for d.has(k, clsDirection) && d.capital(k) {
		k++
	}
	if d.wordIs(k, "of") && d.claimPlace(k+1) {
		return k + 2
	}
	return k
}

// stands reports that "the first" at i is what somebody is said to be: "is the first",
// "We, the first". Elsewhere it is no more than an order of events.
func (d *Document) stands(i int) bool {
	j := i - 1
	if !d.wordIs(j, "the") {
		return false
	}
	j--
	return d.has(j, clsCopula) || d.inList(j, listBecomes) || d.mark(j, ",-:")
}

// claimed takes in what somebody is the first to do: "to train companions in five
// languages".
func (d *Document) claimed(to int) int {
	const far = 9
	if !d.spacedWord(to) {
		return to
	}
	switch d.str(to) {
	case "to", "with", "that", "which", "who":
	default:
		if s := d.str(to); len(s) < 5 || s[len(s)-2:] != "ed" {
			return to
		}
	}
	if d.isWord(to+2) && d.str(to+1) == "do" && d.inList(to+2, listDone) {
		return to // "to do so"
	}
	j := to
	for d.spaced(j) && j-to < far && d.isWord(j) && d.words[j].flags&wfLabel == 0 {
		j++
	}
	if !d.lineEnds(j) && d.words[j].kind < text.Punct {
		return to // the clause goes on
	}
	return j
}

// claimPlace reports a place over which somebody may be the only one.
func (d *Document) claimPlace(i int) bool {
	if !d.isWord(i) {
		return false
	}
	switch d.str(i) {
	case "country", "world", "nation":
		return !d.capital(i)
	case "nhs":
		return true
	}
	return d.has(i, clsWide) && !d.has(i, clsDemonym) && d.capital(i)
}

// claimArea reports a kind of place that a reader who knows the country can go
// through one by one.
func (d *Document) claimArea(i int) bool {
	if !d.isWord(i) {
		return false
	}
	return d.inList(i, listClaimArea)
}

// claimSeat reports a kind of place that has many things of which one is the first: "the
// capital's first", "the county's only".
func (d *Document) claimSeat(i int) bool {
	if !d.isWord(i) {
		return false
	}
	switch d.str(i) {
	case "capital", "town", "village", "state":
		return true
	}
	return d.claimArea(i)
}

// claimOf widens "the UK's first patient charter" to what is claimed. to is 0 where no
// place stands before word i.
func (d *Document) claimOf(i int) (from, to int) {
	from = i - 1
	if from < 0 || !d.claimant(from) || d.words[i].gap != gapSpace {
		return 0, 0
	}
	for d.has(from-1, clsWide) && d.words[from].gap == gapSpace {
		from--
	}
	const far = 6
	for to = i + 1; d.spaced(to) && to-i < far && d.isWord(to) && d.words[to].flags&wfLabel == 0 && d.words[to].shape&shUpper1 == 0 &&
		!text.IsStopWord(d.str(to)) && !d.has(to, clsBridge|clsSaid|clsCopula); to++ {
	}
	return from, to
}

// claimant reports "the UK's", "the city's".
func (d *Document) claimant(i int) bool {
	return (d.claimPlace(i) || d.claimSeat(i) && !d.capital(i)) && d.words[i].shape&shPoss != 0
}

// denyClaim masks a claim to be the first or largest up to the name of the place it is made
// for, with its article: "the largest children's hospital in [Spain]", "unique to [Wexmoor]".
func (d *denial) denyClaim(i int) {
	const far = 10
	if !d.isWord(i) || !d.has(i, clsClaim) && !d.wordIn(i, "unique", "leading") || d.words[i].shape&shUpper1 != 0 || d.oneOfThe(i) {
		return
	}
	from := i
	switch {
	case d.wordIs(i-1, "the"):
		from = i - 1
	case d.isWord(i-1) && d.covered[i-1] && d.words[i-1].shape&shPoss != 0:
		to := d.claimedThing(i + 1)
		for d.wordIs(to, "and") && to-i < far {
			to = d.claimedThing(to + 1)
		}
		d.mask(i, max(to, i+1), Other, "claim", "first of a place")
		return
	case d.str(i) == "leading":
		return
	}
	if !d.covered[i] {
		if end := d.claimedPlace(i, i+far); end > 0 {
			d.mask(from, end, Other, "claim", "only one of a place")
		}
	} else if from < i {
		d.mask(from, i+1, Other, "claim", "article of a claim")
	}
}

// claimedPlace is the word after the masked name of the place for which the claim i is made, last
// at the most; 0 if there is none.
func (d *denial) claimedPlace(i, last int) (end int) {
	for j := i + 1; j < len(d.words) && j <= last && d.words[j].gap <= gapSpace && (d.isWord(j) || d.mark(j, "-'")) && d.words[j].flags&wfLabel == 0; j++ {
		if !d.isWord(j) || !d.covered[j] || !d.capital(j) || !d.isWord(j-1) {
			continue
		}
		if end > 0 || locative(d.str(j-1)) || d.wordIn(j-1, "the", "to", "of") {
			end = j + 1
		}
	}
	return end
}
