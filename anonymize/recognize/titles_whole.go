// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// wholeTitles widens what is part of a name in Title Case, of everyday words with small
// words between them, to all of it: "joined [Learn] to Lead", "called Hand in [Hand]".
func (d *Document) wholeTitles(fs []Finding) []Finding {
	grown := false
	for k := range fs {
		grown = d.makeWhole(&fs[k]) || grown
	}
	if !grown {
		return fs
	}
	return merge(d, fs)
}

// makeWhole makes a finding the whole of the name or title that it is part of, and reports whether it
// was not.
func (d *Document) makeWhole(f *Finding) bool {
	if e := max(d.numberInName(f), d.groupOn(f), d.lowerAward(f), d.yearInName(f)); e > f.End {
		if f.End = e; f.Kind == Place || f.Kind == Person {
			f.Kind, f.Subtype = Brand, ""
		}
		return true
	}
	switch {
	case f.Declared:
		return false
	case f.Kind == Org:
		return d.growBody(f)
	}
	return d.loose(f) && d.growTitle(f)
}

// growBody makes a body's name whole.
func (d *Document) growBody(f *Finding) (grown bool) {
	from, to := d.wordsOf(d.view.Reading(f.Span))
	first := d.bodyFrom(from, to)
	if c, e := d.cell(from, to); e == to {
		first = c
	}
	if to == from+1 && d.wordIn(to, "a", "an") && d.everydayCapital(from) {
		if end := d.titleTo(from, to); end > to {
			f.End, grown = d.found(from, end, Org, "", "", 0).End, true
		}
	}
	if first < from {
		f.Start, grown = d.found(first, to, Org, "", "", 0).Start, true
	}
	return grown
}

// growTitle makes everyday words the title that they are part of.
func (d *Document) growTitle(f *Finding) bool {
	from, to := d.wordsOf(d.view.Reading(f.Span))
	a, b := d.titleFrom(from), d.titleTo(from, to)
	if c, e := d.cell(from, to); e > 0 {
		a, b = c, e
	}
	if a == from && b == to {
		return false
	}
	whole := d.found(a, b, Brand, "title", f.Rule, f.Score)
	whole.Recognizer = f.Recognizer
	*f = whole
	return true
}

// titleTo is where the title ends that the everyday words [from,to) inside a sentence
// begin; to where they are all of it.
func (d *Document) titleTo(from, to int) int {
	const longest = 7
	if !d.capital(from) || d.words[from].flags&(wfStart|wfTitle|wfShout) != 0 || from > 0 && d.words[from-1].kind == text.Number {
		return to
	}
	end, _ := d.properEnd(from)
	if end-from > longest || d.words[to-1].shape&shPoss != 0 {
		return to
	}
	for j := to; j < end; j++ {
		if d.capital(j) && !d.titleWord(j) || !d.capital(j) && !d.titleJoint(j) {
			return to
		}
	}
	return max(end, to)
}

// titleFrom is where the title begins that the everyday words from word from on end.
func (d *Document) titleFrom(from int) int {
	j := from - 1
	if d.words[from].gap == gapSpace && d.joinedAlso(j) {
		return j - 1 // "Few & [Far]"
	}
	if d.words[from].gap == gapSpace && d.most(j) {
		return j // "the Most [Valuable Idea]"
	}
	for n := 0; n < 2 && d.isWord(j) && !d.capital(j) && d.titleJoint(j) && d.words[j+1].gap == gapSpace; n++ {
		j--
	}
	if j == from-1 || !d.capital(j) || d.words[j+1].gap != gapSpace || d.words[j].flags&alreadyTitled != 0 || !d.titleWord(j) {
		return from
	}
	return d.titleWordsFrom(j, from)
}

// most reports "Most", "More" or "Best" whose capital nothing else gives it.
func (d *Document) most(i int) bool {
	return d.wordIn(i, "most", "more", "best") && d.capital(i) && d.words[i].flags&(alreadyTitled|wfWeak) == 0
}

// alreadyTitled are words whose capital something else gives them.
const alreadyTitled = wfStart | wfTitle | wfShout | wfLabel

// joinedAlso reports "&" after an everyday word with a capital that is no kind of people or post.
func (d *Document) joinedAlso(i int) bool {
	if !d.mark(i, "&+") || d.words[i].gap != gapSpace || !d.capital(i-1) {
		return false
	}
	w := &d.words[i-1]
	return w.flags&alreadyTitled == 0 && w.lex.grade() >= 2 && w.cls&(clsRole|clsKind) == 0
}

// titleWordsFrom is where the everyday words with capitals begin that go on at j; from where they
// are the heading of a section: "10.7 References to Sections".
func (d *Document) titleWordsFrom(j, from int) int {
	for d.capital(j-1) && d.words[j].gap == gapSpace && d.titleWord(j-1) && d.words[j-1].flags&wfStart == 0 {
		j--
	}
	if j > 0 && d.words[j-1].kind == text.Number || d.punct(j-1, ';') {
		return from
	}
	return j
}

// bodyFrom is where the name of the body [from,to) begins, if words for kinds and a small
// word stand before what it is for: "the Partnership for Leadership in [Applied Arts Trust]".
func (d *Document) bodyFrom(from, to int) int {
	if first := d.nameFrom(from, to); first < from {
		return first
	}
	if to-from < 2 || !d.plainFirst(from) || d.words[from].flags&(wfStart|wfTitle|wfShout) != 0 {
		return from
	}
	first := from
	for range 2 {
		j := first - 1
		if !d.spacedWord(j) || !d.wordIn(j, "in", "for") || d.words[j].shape&shUpper1 != 0 || d.words[first].gap != gapSpace || !d.capital(j-1) {
			break
		}
		a, _ := d.capRun(j - 1)
		if d.words[a].flags&(wfStart|wfTitle|wfShout|wfLabel) != 0 || d.holder(j-1) || !d.kindsOnly(a, j) {
			break
		}
		first = a
	}
	return first
}

// nameFrom is where the body or programme [from,to) begins, if a determiner and everyday words
// with capitals and small words stand before it: "the Friends and Family [Choice Test]".
func (d *Document) nameFrom(from, to int) int {
	if !d.has(to-1, clsOrgHead|clsBrandHead|clsCampaign) && d.str(to-1) != "test" {
		return from
	}
	first, capitals := d.properFrom(from)
	if capitals < 2 || first == from || d.words[first].flags&(wfStart|wfTitle|wfShout) != 0 || d.words[first].gap != gapSpace || !d.wordIn(first-1, "the", "our", "its", "their", "this") {
		return from
	}
	if !d.everydayOnly(first, from) || d.everydayOnly(from, from+1) && d.has(from, clsOrgHead) {
		return from
	}
	for j := first; j < from; j++ {
		if !d.joinsName(j) {
			return from
		}
	}
	return first
}

// joinsName reports a capital or small word inside a name, which is neither "the" nor somebody who
// holds a post.
func (d *Document) joinsName(j int) bool {
	joins := d.capital(j) || d.has(j, clsBridge) || d.titleJoint(j) || d.punct(j, '&')
	return joins && !d.wordIs(j, "the") && !d.holder(j)
}

// cell is the cell of a table that the name [from,to) ends, if all of it is in Title Case
// and of everyday words before the name: "| Remove the [Doubt] |".
func (d *Document) cell(from, to int) (a, b int) {
	const longest = 7
	if !d.punct(to, '|') || d.words[to].gap >= gapLine {
		return 0, 0
	}
	a = from
	for ; a > 0 && !d.punct(a-1, '|') && d.words[a].gap < gapLine; a-- {
		if to-a > longest || !(d.capital(a-1) && d.words[a-1].lex.grade() >= 2 && d.words[a-1].flags&wfLabel == 0 && d.words[a-1].cls&(clsTitle|clsRole) == 0) && !d.titleJoint(a-1) {
			return 0, 0
		}
	}
	if a == from || !d.capital(a) || a == 0 {
		return 0, 0
	}
	return a, to
}

// numberInName is the end of the number that ends the name f: "the Wexmoor Voice 100 list".
func (d *Document) numberInName(f *Finding) int {
	if f.Declared || f.Kind != Org && f.Kind != Brand || f.Subtype == "medicine" || f.Score > 0.7 {
		return 0
	}
	from, i := d.wordsOf(d.view.Reading(f.Span))
	coined := i-from == 1 && d.words[from].shape&(shInner|shLower) == shInner|shLower // "PPWeek 23 is"
	if !d.twoOrThreeDigits(i) || i-from < 2 && !coined || d.words[i-1].shape&shPoss != 0 || !d.ofNoCount(i+1, coined) {
		return 0
	}
	return d.found(i, i+1, Brand, "", "", 0).End
}

// twoOrThreeDigits reports a number of two or three digits.
func (d *Document) twoOrThreeDigits(i int) bool {
	if !d.spaced(i) || d.words[i].kind != text.Number || d.words[i].flags&wfLabel != 0 {
		return false
	}
	n := d.words[i].end - d.words[i].start
	return n == 2 || n == 3
}

// ofNoCount reports that what stands at j, after a number, is nothing that the number counts.
func (d *Document) ofNoCount(j int, coined bool) bool {
	if !d.spacedWord(j) {
		return d.tightMark(j, ",.") && !(d.isWord(j+1) && d.words[j+1].gap == gapNone)
	}
	return coined && (d.has(j, clsCopula) || text.IsStopWord(d.str(j))) || d.inList(j, listAfterNumber)
}

// lowerAward is the end of "award" or "project" in lower case after the name f: "the [Wexmoor
// Care] award".
func (d *Document) lowerAward(f *Finding) int {
	if !f.unsure() || slices.Contains([]Kind{Contact, Code, Date}, f.Kind) || f.Kind == Other && f.Subtype != "name" {
		return 0
	}
	from, i := d.wordsOf(d.view.Reading(f.Span))
	if !d.spaced(i) || d.capital(i) || d.words[i-1].shape&(shPoss|shDigit) != 0 || d.has(i-1, clsBrandHead) || !d.capital(from) {
		return 0
	}
	belongs := false
	switch d.str(i) {
	case "award", "awards", "prize", "campaign", "fund":
		belongs = f.Kind != Person && f.Kind != Place
	case "project", "programme", "scheme", "workshop", "conference", "summit":
		belongs = d.oneOfItsKind(from, i)
	}
	if !belongs {
		return 0
	}
	return d.found(i, i+1, Brand, "", "", 0).End
}

// unsure reports a finding that neither a declaration nor its own form made.
func (f Finding) unsure() bool { return !f.Declared && f.Score <= 0.7 }

// oneOfItsKind reports "the [Wexmoor] project", whose noun is word i, but no "project manager".
func (d *Document) oneOfItsKind(from, i int) bool {
	return from > 0 && d.oneSuch(from-1) && d.words[from].gap == gapSpace && !(d.spacedWord(i+1) && d.has(i+1, clsRole|clsNameTail))
}

// oneSuch reports a small word before what there is one of: "the", "our", "current".
func (d *Document) oneSuch(i int) bool {
	if !d.isWord(i) || d.words[i].shape&shInner != 0 {
		return false
	}
	switch d.str(i) {
	case "the", "our", "its", "their", "this", "a", "current", "new", "whole":
		return true
	}
	return false
}

// yearInName is the end of what goes on after the year in the name f: "the [Wexmoor Times] 2016
// Award".
func (d *Document) yearInName(f *Finding) int {
	if f.Declared || f.Kind != Org && f.Kind != Brand && f.Subtype != "name" || f.Score > 0.7 {
		return 0
	}
	from, i := d.wordsOf(d.view.Reading(f.Span))
	if !d.year(i) || d.words[i].gap != gapSpace || !d.spacedCapital(i+1) || !d.has(i+1, clsBrandHead) || d.words[i+1].flags&(wfTitle|wfShout|wfLabel) != 0 || !d.capital(from) {
		return 0
	}
	_, to := d.capRun(i + 1)
	return d.found(i, to, Brand, "", "", 0).End
}

// groupOn is the end of the kind of group that the name f goes on with, its abbreviation in
// brackets among it: "[Wexmoor Trauma] Patient and Public Involvement (PPI) Group".
func (d *Document) groupOn(f *Finding) int {
	const far = 10
	if !f.unsure() || f.Subtype != "name" && !slices.Contains([]Kind{Org, Brand, Place}, f.Kind) {
		return 0
	}
	_, i := d.wordsOf(d.view.Reading(f.Span))
	if !d.spacedCapital(i) || d.words[i-1].shape&shPoss != 0 || d.words[i].cls&(clsKind|clsTerm) == 0 {
		return 0
	}
	for j := i; j-i < far && d.unbroken(j); j++ {
		switch {
		case j > i && d.has(j, clsOrgHead) && d.capital(j):
			return d.found(i, j+1, Org, "", "", 0).End
		case d.lettersInBrackets(j):
			j += 2
		case !d.inGroupName(j, i):
			return 0
		}
	}
	return 0
}

// unbroken reports a token with at most a space before it that labels nothing.
func (d *Document) unbroken(i int) bool {
	return i < len(d.words) && d.words[i].gap <= gapSpace && d.words[i].flags&wfLabel == 0
}

// inGroupName reports a kind of people or term with a capital, or what joins two, in a name from
// word i on.
func (d *Document) inGroupName(j, i int) bool {
	return d.capital(j) && d.words[j].cls&(clsKind|clsTerm|clsAcronym) != 0 || j > i && d.has(j, clsBridge) || d.punct(j, '&')
}

// categoryWon masks the line before one that says who won: what is won.
func (d *denial) categoryWon(i int) {
	const longest = 12
	if d.words[i].gap < gapLine || !d.capital(i) || d.inList(i, listAwardLabel) {
		return
	}
	to := d.lineEnd(i)
	if to >= len(d.words) || to-i > longest || d.mark(to-1, ".:,") || !d.unlabelled(i, to) || d.saysKind(i) || !d.inList(to, listAwardLabel) {
		return
	}
	if colon := to + 1; d.tightMark(colon, ":") || d.isWord(colon) && d.tightMark(colon+1, ":") {
		d.mask(i, to, Brand, "title", "what is won")
	}
}

// publishedLine masks the title of a line of a list of works, which its year in brackets ends: "Being
// heard at home: who asks (2019)". A line with an author has its title elsewhere.
func (d *denial) publishedLine(i int) {
	const fewest, longest = 2, 24
	if d.words[i].gap < gapLine || !d.capital(i) {
		return
	}
	to := d.lineEnd(i)
	last := to - 3
	if to-i > longest || last <= i || !d.punct(last, '(') || !d.year(last+1) || !d.punct(last+2, ')') || !d.unlabelled(i, to) {
		return
	}
	words := 0
	for j := i; j < last; j++ {
		if d.covered[j] && d.kinds[j] == Person && !d.nobodys(j, j+1) || d.mark(j, ".") {
			return
		}
		if d.isWord(j) {
			words++
		}
	}
	if words >= fewest {
		d.mask(i, last, Brand, "title", "title and its year")
	}
}

// givenIn reports the words [from,to) of an item, no sentence, after which brackets say who gives it.
func (d *denial) givenIn(from, to int) bool {
	return d.mark(to, "(") && d.maskedCapital(to+1) && !d.sentenceWithin(from, to)
}

// saidTwice masks two parts of a slogan in capitals that begin with the same word: "We Care, We Count".
func (d *denial) saidTwice(i int) {
	if !d.tightMark(i, ",") || !d.spacedCapital(i+1) {
		return
	}
	from := i - 1
	for from > 0 && i-from < 4 && d.capital(from) && d.words[from].gap == gapSpace && d.capital(from-1) {
		from--
	}
	_, to := d.capRun(i + 1)
	if i-from < 2 || to-i < 3 || !d.capital(from) || d.words[from].hash != d.words[i+1].hash || d.words[from].flags&wfShout != 0 || d.words[from].cls&clsTitle != 0 || d.anyRole(from, to) || d.words[from].lex&lexGiven != 0 && !text.IsStopWord(d.str(from)) {
		return
	}
	d.mask(from, to, Brand, "name", "slogan that says a word twice")
}

// afterTime is the word after the time that begins a line at word i, 0 if none does.
func (d *Document) afterTime(i int) int {
	digits := func(j int) bool {
		return d.isWord(j) && d.words[j].kind == text.Number && d.words[j].end-d.words[j].start <= 2
	}
	if digits(i) && d.tightMark(i+1, ":.") && digits(i+2) && d.words[i+2].gap == gapNone && d.words[i+2].end-d.words[i+2].start == 2 {
		return i + 3
	}
	return 0
}
