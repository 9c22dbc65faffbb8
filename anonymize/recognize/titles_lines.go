// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// leastBody is how many words and marks must follow a line that is taken for the title of
// the text.
const leastBody = 40

// opening masks the title that a text begins with, of words in lower case too, which a colon
// or dash before a second title shows: "Asking first: how carers chose".
func opening(d *Document, emit func(Finding)) {
	if len(d.words) == 0 {
		return
	}
	from := d.firstLine()
	to := d.lineEnd(from)
	if len(d.words)-to < leastBody || !d.titleLine(from, to) {
		return
	}
	first := d.firstWord(from, to)
	switch {
	case d.callsOut(from, to):
	case d.words[from].flags&wfTitle != 0 && d.titleOfWork(from, to):
		first = from
	default:
		k := d.titleParts(from, to)
		if k < 0 || !d.titleBeforePart(first, k) || !d.saysMore(first, k, to) {
			return
		}
	}
	emit(d.found(first, to, Brand, "title", "title of the text", 0.5))
}

// titleParts is the colon or dash that parts two titles on the line [from,to), -1 if none does.
func (d *Document) titleParts(from, to int) int {
	for k := from + 1; k+2 < to; k++ {
		dash := d.punct(k, '-') && d.words[k].gap == gapSpace
		if (dash || d.punct(k, ':')) && d.words[k+1].gap == gapSpace {
			return k
		}
	}
	return -1
}

// titleBeforePart reports that the words [from,k) may be a title: no post, group, label or
// number, and no single word but an everyday one.
func (d *Document) titleBeforePart(from, k int) bool {
	for j := from; j < k; j++ {
		if d.punct(j, '(') {
			return false
		}
	}
	if d.holder(k-1) || d.groups(from, k) || d.has(k-1, clsLabel|clsAttendance) || listed(d.str(k-1), listNumberedPart) || d.words[k-1].kind == text.Number {
		return false
	}
	return k-from > 1 || d.everydayCapital(from)
}

// saysMore reports that what follows the mark k says more than what kind of text or of people
// it is about.
func (d *Document) saysMore(from, k, to int) bool {
	if d.saysKind(k-1) || d.saysKind(from) {
		return false
	}
	words, kinds := 0, true
	for j := k + 1; j < to; j++ {
		if !d.isWord(j) || d.words[j].kind != text.Word || d.words[j].cls&(clsMonth|clsWeekday) != 0 {
			continue
		}
		words++
		kinds = kinds && d.words[j].cls&(clsKind|clsRole|clsBridge) != 0
		if words <= 2 && d.saysKind(j) {
			return false
		}
	}
	return words >= 2 && !kinds
}

// headed masks the title of an article among the first lines of a text, which the line after it
// shows: its author, or when and by whom it was published.
func headed(d *Document, emit func(Finding)) {
	const lines = 6
	for n, from := 0, 0; n < lines && from < len(d.words); n++ {
		to := d.lineEnd(from)
		if d.articleTitle(from, to) && (d.authorAlone(to) || to-from >= 4 && d.credit(to)) {
			emit(d.found(d.firstWord(from, to), to, Brand, "title", "title before its author", 0.5))
			return
		}
		from = to
	}
}

// articleTitle reports a line of three words or more, that ends as no sentence does and says
// more than a kind of text or group.
func (d *Document) articleTitle(from, to int) bool {
	const fewest, most = 3, 44
	if to-from < fewest || to-from > most || to >= len(d.words) || !d.capital(d.firstWord(from, to)) || d.mark(to-1, ".:,") || d.words[from].flags&wfShout != 0 || d.groups(from, to) {
		return false
	}
	words := 0
	for j := from; j < to; j++ {
		w := &d.words[j]
		if w.flags&wfLabel != 0 || d.has(j, clsAttendance|clsTitle|clsMonth) || w.lex&lexGiven != 0 && w.lex.grade() < 2 || d.mark(j, "|@") {
			return false
		}
		if w.kind == text.Word {
			words++
		}
	}
	first := d.firstWord(from, to)
	person := d.words[first].lex&lexGiven != 0 && d.capital(first+1) && d.words[first+1].lex&(lexSurname|lexGiven) != 0
	return words >= fewest && !person && !d.saysKind(to-1) && !d.saysKind(from) && !d.holder(to-1) && !d.punct(first+2, '(') && !d.punct(first+1, '(')
}

// authorAlone reports a line that is nothing but a person, after "By" or not.
func (d *Document) authorAlone(first int) bool {
	if first >= len(d.words) {
		return false
	}
	end, by := d.lineEnd(first), d.wordIs(first, "by")
	if by {
		first++
	}
	return end-first >= 2 && end-first <= 3 && d.capital(first) && d.words[first].lex&lexGiven != 0 && d.words[first].cls&(clsKind|clsRole|clsMonth) == 0 && d.capital(end-1) && d.words[end-1].kind == text.Word && d.words[end-1].cls&(clsKind|clsOrgHead|clsRole) == 0 && (by || d.words[first].lex.grade() < 2)
}

// credit reports a short line that says by whom or when something was published, or a list of
// authors with their notes.
func (d *Document) credit(from int) bool {
	const longest, authors = 16, 60
	if from >= len(d.words) || !d.isWord(from) {
		return false
	}
	to := d.lineEnd(from)
	if to-from <= longest {
		switch d.str(from) {
		case "author", "authors", "writer", "writers":
			return d.punct(from+1, ':')
		case "by":
			return d.capital(from+1) && to-from >= 3
		case "written", "posted", "published":
			return d.wordIn(from+1, "by", "on") || d.punct(from+1, ':')
		}
	}
	if to-from > authors || !d.words[from].initial() && d.words[from].lex&lexGiven == 0 {
		return false
	}
	commas, others := 0, 0
	for j := from; j < to; j++ {
		switch {
		case d.punct(j, ','):
			commas++
		case d.isWord(j) && d.words[j].kind == text.Word && !d.capital(j) && !d.has(j, clsBridge|clsParticle):
			others++
		}
	}
	return commas >= 2 && others == 0
}

// callsOut reports a first line, with nothing beside it, that ends as a call or as a question which
// no form asks: "Welcoming our new helpers!".
func (d *Document) callsOut(from, to int) bool {
	const longest = 24
	if to-from > longest || !d.mark(to-1, "!?") || d.words[to].gap < gapPara || d.words[from].flags&wfShout != 0 {
		return false
	}
	return !listed(d.str(d.firstWord(from, to)), listAsks)
}

// firstLine is where the first line begins that is no date.
func (d *Document) firstLine() int {
	i, to := 0, d.lineEnd(0)
	for j := range to {
		if d.isWord(j) && d.words[j].cls&(clsMonth|clsWeekday) == 0 && d.words[j].shape&shDigit == 0 {
			return 0
		}
	}
	if to < len(d.words) {
		i = to
	}
	return i
}

// titleOfWork reports a line in Title Case, with small words in it, of which at least two words
// are no kinds: "The Power of Quiet Voices in Rare Illness".
func (d *Document) titleOfWork(from, to int) bool {
	const fewest = 4
	capitals, small, own := 0, 0, 0
	for j := from; j < to; j++ {
		switch w := &d.words[j]; {
		case !d.isWord(j):
			if !d.tightMark(j, "-") && !d.mark(j, "'&?") {
				return false
			}
		case w.shape&shDigit != 0 || w.cls&(clsMonth|clsWeekday|clsTitle) != 0 || d.holder(j):
			return false
		case !d.capital(j):
			small++
		default:
			capitals++
			if w.cls&(clsKind|clsGeneric|clsOrgHead|clsBrandHead|clsDocument|clsCondition) == 0 && !text.IsStopWord(d.str(j)) && w.lex.grade() >= 2 {
				own++
			}
		}
	}
	return capitals >= fewest && small >= 1 && own >= 2 && !d.saysKind(to-1) && !d.saysKind(from)
}

// saysKind reports a word for what a text is, which a title has beside the name of what it
// is about: "Big Chat: headline findings".
func (d *Document) saysKind(i int) bool {
	if !d.isWord(i) {
		return false
	}
	return listed(d.str(i), listSaysKind)
}

// episodes masks the title of one of a series: "Episode 2 - Who asks whom? (with Ann Oke)".
func episodes(d *Document, emit func(Finding)) {
	for i := range d.words {
		if !d.wordIn(i, "episode", "ep") || d.words[i].flags&(wfStart|wfLabel) != wfStart {
			continue
		}
		k := i + 1
		if d.punct(k, '.') {
			k++
		}
		if k >= len(d.words) || d.words[k].kind != text.Number || !d.mark(k+1, ":-") || !d.spaced(k+2) || !d.isWord(k+2) {
			continue
		}
		to, end, words := k+2, d.lineEnd(i), 0
		for ; to < end && !d.mark(to, "(|") && d.words[to].flags&wfLabel == 0 && !(d.punct(to, '-') && d.words[to].gap == gapSpace); to++ {
			if to > k+2 && d.wordIn(to, "with", "by") && d.capital(to+1) && !d.capital(to) {
				break
			}
			if d.isWord(to) {
				words++
			}
		}
		if words >= 2 && to-k < 24 {
			emit(d.found(k+2, to, Brand, "title", "title of one of a series", 0.5))
		}
	}
}

// awardNames masks an award by what it is for or given to, though all its words are everyday
// words: "Award for Kind Patient Care", "Patient and Community Choice Award".
func awardNames(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if !d.awardWord(i) || d.words[i].flags&(wfLabel|wfShout) != 0 || d.words[i].shape&shPoss != 0 {
			continue
		}
		if d.wordIs(i+1, "for") && !d.capital(i+1) && d.spacedCapital(i+2) {
			to, capitals := d.properEnd(i)
			for j := i + 1; j+1 < to; j++ {
				if d.str(j) == "and" && d.str(j+1) == "the" {
					to = j // "and the Wexmoor Prize"
				}
			}
			if capitals >= 3 && to-i > 2 {
				from, _ := d.capRun(i)
				if d.words[from].flags&wfStart != 0 && text.IsStopWord(d.str(from)) {
					from++
				}
				emit(d.found(from, to, Brand, "title", "award for something", 0.5))
			}
			continue
		}
		if from, capitals := d.properFrom(i); capitals >= 3 && i+1-from > capitals && !d.spacedCapital(i+1) {
			emit(d.found(from, i+1, Brand, "title", "award with its words", 0.5))
		}
	}
}

// properFrom is where the proper name in Title Case begins that the capital i ends, and how
// many capitals it holds. Small words that begin it are not of it.
func (d *Document) properFrom(i int) (from, capitals int) {
	const longest, small = 14, 3
	from, capitals = i, 1
	for from > 0 && i-from < longest && d.words[from].gap == gapSpace && d.words[from].flags&wfStart == 0 {
		j := from - 1
		if d.capital(j) && d.words[j].flags&wfLabel == 0 && d.words[j].shape&shPoss == 0 && !(d.words[j].flags&wfStart != 0 && text.IsStopWord(d.str(j))) {
			from = j
			capitals++
			continue
		}
		for n := 0; n < small && j > 0 && d.words[j+1].gap == gapSpace && d.words[j].shape&(shUpper1|shInner|shDigit) == 0 && (d.isWord(j) && (d.has(j, clsBridge) || text.IsStopWord(d.str(j))) || d.punct(j, '&')); n++ {
			j--
		}
		if d.wordIs(from-1, "the") && d.wordIs(from-2, "and") {
			return from, capitals // two names
		}
		if j == from-1 || !d.capital(j) || d.words[j+1].gap != gapSpace || d.words[j].flags&wfLabel != 0 || d.words[j].shape&shPoss != 0 || d.words[j].flags&wfStart != 0 && text.IsStopWord(d.str(j)) {
			return from, capitals
		}
		from = j
		capitals++
	}
	return from, capitals
}

// datedTitles masks a document called by everyday words with the year of it: "Patient and
// Public Care Strategy 2014-17", "Home Care Review, 2013".
func datedTitles(d *Document, emit func(Finding)) {
	for _, n := range d.nums {
		i := int(n)
		last := i - 1
		if d.mark(last, ",(") {
			last--
		}
		if !d.year(i) || d.words[i].gap > gapSpace || !d.capital(last) || !d.has(last, clsDocument|clsBrandHead) || d.words[last].flags&(wfLabel|wfShout) != 0 || d.words[last].shape&(shInner|shPoss) != 0 || d.has(last, clsMonth|clsWeekday) {
			continue
		}
		switch d.str(last) {
		case "act", "day", "week", "month", "conference", "agreement", "convention", "treaty":
			continue
		}
		if from, capitals := d.properFrom(last); capitals >= 3 || capitals == 2 && !d.kindsOnly(from, last+1) {
			emit(d.found(from, last+1, Brand, "title", "document with its year", 0.5))
		}
	}
}

// numberInName is the end of the number that ends the name f: "the Wexmoor Voice 100 list".
func (d *Document) numberInName(f *Finding) int {
	if f.Declared || f.Kind != Org && f.Kind != Brand || f.Subtype == "medicine" || f.Score > 0.7 {
		return 0
	}
	from, i := d.wordsOf(d.view.Reading(f.Span))
	coined := i-from == 1 && d.words[from].shape&(shInner|shLower) == shInner|shLower // "PPWeek 23 is"
	if !d.spaced(i) || d.words[i].kind != text.Number || d.words[i].end-d.words[i].start > 3 || d.words[i].end-d.words[i].start < 2 || i-from < 2 && !coined || d.words[i].flags&wfLabel != 0 || d.words[i-1].shape&shPoss != 0 {
		return 0
	}
	j := i + 1
	if !d.spacedWord(j) {
		if j < len(d.words) && d.tightMark(j, ",.") && !(d.isWord(j+1) && d.words[j+1].gap == gapNone) {
			return d.found(i, i+1, Brand, "", "", 0).End
		}
		return 0
	}
	if coined && (d.has(j, clsCopula) || text.IsStopWord(d.str(j))) {
		return d.found(i, i+1, Brand, "", "", 0).End
	}
	if listed(d.str(j), listAfterNumber) {
		return d.found(i, i+1, Brand, "", "", 0).End
	}
	return 0
}

// lowerAward is the end of "award" or "project" in lower case after the name f: "the [Wexmoor
// Care] award".
func (d *Document) lowerAward(f *Finding) int {
	if f.Declared || f.Kind == Contact || f.Kind == Code || f.Kind == Date || f.Kind == Other && f.Subtype != "name" || f.Score > 0.7 {
		return 0
	}
	from, i := d.wordsOf(d.view.Reading(f.Span))
	if !d.spaced(i) || d.capital(i) || d.words[i-1].shape&(shPoss|shDigit) != 0 || d.has(i-1, clsBrandHead) || !d.capital(from) {
		return 0
	}
	switch d.str(i) {
	case "award", "awards", "prize", "campaign", "fund":
		if f.Kind != Person && f.Kind != Place {
			return d.found(i, i+1, Brand, "", "", 0).End
		}
	case "project", "programme", "scheme", "workshop", "conference", "summit":
		if from > 0 && d.oneSuch(from-1) && d.words[from].gap == gapSpace && !(d.spacedWord(i+1) && d.has(i+1, clsRole|clsNameTail)) {
			return d.found(i, i+1, Brand, "", "", 0).End // "the [Wexmoor] project"
		}
	}
	return 0
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
	if f.Declared || f.Kind != Org && f.Kind != Brand && f.Kind != Place && f.Subtype != "name" || f.Score > 0.7 {
		return 0
	}
	_, i := d.wordsOf(d.view.Reading(f.Span))
	if !d.spaced(i) || !d.capital(i) || d.words[i-1].shape&shPoss != 0 || d.words[i].cls&(clsKind|clsTerm) == 0 {
		return 0
	}
	for j := i; j < len(d.words) && j-i < far && d.words[j].gap <= gapSpace && d.words[j].flags&wfLabel == 0; j++ {
		switch {
		case d.has(j, clsOrgHead) && d.capital(j) && j > i:
			return d.found(i, j+1, Org, "", "", 0).End
		case d.capital(j) && d.words[j].cls&(clsKind|clsTerm|clsAcronym) != 0, j > i && d.has(j, clsBridge), d.punct(j, '&'):
		case d.punct(j, '(') && d.isWord(j+1) && d.words[j+1].allCaps() && d.punct(j+2, ')'):
			j += 2
		default:
			return 0
		}
	}
	return 0
}

// labelledNames masks the body or work that a label at the start of its line announces: "Lead
// organisation: Common Ground Network".
func labelledNames(d *Document, emit func(Finding)) {
	const longest = 16
	for i := 0; i < len(d.words); {
		from, to := i, d.lineEnd(i)
		i = to
		colon := from + 1
		if d.isWord(from+1) && d.words[min(from+1, len(d.words)-1)].gap == gapSpace {
			colon++
		}
		if !d.punct(colon, ':') || colon+1 >= to || to-colon > longest || !d.spacedCapital(colon+1) || d.words[colon+1].flags&(wfLabel|wfShout) != 0 || d.punct(to-1, '.') {
			continue
		}
		kind := Org
		switch label := d.str(colon - 1); {
		case listed(label, listBodyLabel):
		case listed(label, listWorkLabel):
			kind = Brand
		case label == "title", label == "name":
			if colon-from < 2 || !d.has(from, clsCampaign|clsBrandHead|clsNamedThing|clsDocument) {
				continue
			}
			kind = Brand
		default:
			continue
		}
		if end, capitals := d.properEnd(colon + 1); end == to && capitals >= 2 && !d.kindsOnly(colon+1, to) && !d.anyRole(colon+1, to) {
			emit(d.found(colon+1, to, kind, "", "announced by its label", 0.5))
		}
	}
}

// titleShape counts the words and capitals of a line, and says whether a colon or dash parts it.
func (d *Document) titleShape(from, to int) (words, capitals int, parted bool) {
	for j := from; j < to; j++ {
		if d.isWord(j) && d.words[j].kind == text.Word {
			words++
		}
		if d.capital(j) {
			capitals++
		}
		dash := d.punct(j, '-') && d.words[j].gap == gapSpace
		parted = parted || j > from && d.words[j].gap <= gapSpace && (dash || d.punct(j, ':'))
	}
	return words, capitals, parted
}

// firstWord is the first word of [i,to).
func (d *Document) firstWord(i, to int) int {
	for i < to-1 && !d.isWord(i) {
		i++
	}
	return i
}
