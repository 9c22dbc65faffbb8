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
	if d.holder(k-1) || d.groups(from, k) || d.has(k-1, clsLabel|clsAttendance) || d.inList(k-1, listNumberedPart) || d.words[k-1].kind == text.Number {
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
	if to-from < fewest || to-from > most || to >= len(d.words) {
		return false
	}
	if !d.opensTitle(d.firstWord(from, to)) || d.mark(to-1, ".:,") || d.words[from].flags&wfShout != 0 || d.groups(from, to) || d.saysKind(from) || d.saysKind(to-1) || d.holder(to-1) {
		return false
	}
	words := 0
	for j := from; j < to; j++ {
		if !d.mayBeInTitle(j) {
			return false
		}
		if d.words[j].kind == text.Word {
			words++
		}
	}
	return words >= fewest
}

// opensTitle reports a capital that begins no name of somebody and has no bracket right after it.
func (d *Document) opensTitle(first int) bool {
	return d.capital(first) && !d.punct(first+1, '(') && !d.punct(first+2, '(') && !d.givenAndSurname(first)
}

// givenAndSurname reports somebody's name at word i.
func (d *Document) givenAndSurname(i int) bool {
	return d.words[i].lex&lexGiven != 0 && d.capital(i+1) && d.words[i+1].lex&(lexSurname|lexGiven) != 0
}

// mayBeInTitle reports a word or mark that may stand in the title of an article: no label, month,
// person or address.
func (d *Document) mayBeInTitle(j int) bool {
	w := &d.words[j]
	return w.flags&wfLabel == 0 && !d.has(j, clsAttendance|clsTitle|clsMonth) && (w.lex&lexGiven == 0 || w.lex.grade() >= 2) && !d.mark(j, "|@")
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
	const longest = 16
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
	return d.listOfAuthors(from, to)
}

// listOfAuthors reports a line of three names or more and nothing else.
func (d *Document) listOfAuthors(from, to int) bool {
	const longest = 60
	if to-from > longest || !d.words[from].initial() && d.words[from].lex&lexGiven == 0 {
		return false
	}
	commas := 0
	for j := from; j < to; j++ {
		switch {
		case d.punct(j, ','):
			commas++
		case d.isWord(j) && d.words[j].kind == text.Word && !d.capital(j) && !d.has(j, clsBridge|clsParticle):
			return false
		}
	}
	return commas >= 2
}

// callsOut reports a first line, with nothing beside it, that ends as a call or as a question which
// no form asks: "Welcoming our new helpers!".
func (d *Document) callsOut(from, to int) bool {
	const longest = 24
	if to-from > longest || !d.mark(to-1, "!?") || d.words[to].gap < gapPara || d.words[from].flags&wfShout != 0 {
		return false
	}
	return !d.inList(d.firstWord(from, to), listAsks)
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
			if d.ownToTitle(j) {
				own++
			}
		}
	}
	return capitals >= fewest && small >= 1 && own >= 2 && !d.saysKind(to-1) && !d.saysKind(from)
}

// ownToTitle reports an everyday word that says no kind of thing.
func (d *Document) ownToTitle(j int) bool {
	w := &d.words[j]
	return w.cls&(clsKind|clsGeneric|clsOrgHead|clsBrandHead|clsDocument|clsCondition) == 0 && !text.IsStopWord(d.str(j)) && w.lex.grade() >= 2
}

// saysKind reports a word for what a text is, which a title has beside the name of what it
// is about: "Big Chat: headline findings".
func (d *Document) saysKind(i int) bool {
	if !d.isWord(i) {
		return false
	}
	return d.inList(i, listSaysKind)
}

// episodes masks the title of one of a series: "Episode 2 - Who asks whom? (with Ann Oke)".
func episodes(d *Document, emit func(Finding)) {
	const fewest, longest = 2, 22
	for i := range d.words {
		first := d.episodeTitle(i)
		if first == 0 {
			continue
		}
		to, end, words := first, d.lineEnd(i), 0
		for ; to < end && !d.mark(to, "(|") && d.words[to].flags&wfLabel == 0 && !d.guestFollows(first, to); to++ {
			if d.isWord(to) {
				words++
			}
		}
		if words >= fewest && to-first < longest {
			emit(d.found(first, to, Brand, "title", "title of one of a series", 0.5))
		}
	}
}

// episodeTitle is the first word of the title after "Episode 4:" at word i, 0 if that is not there.
func (d *Document) episodeTitle(i int) int {
	if d.words[i].flags&(wfStart|wfLabel) != wfStart || !d.wordIn(i, "episode", "ep") {
		return 0
	}
	k := i + 1
	if d.punct(k, '.') {
		k++
	}
	if k >= len(d.words) || d.words[k].kind != text.Number || !d.mark(k+1, ":-") || !d.spacedWord(k+2) {
		return 0
	}
	return k + 2
}

// guestFollows reports that a dash, or "with" and a name, ends the title that begins at first.
func (d *Document) guestFollows(first, i int) bool {
	if d.punct(i, '-') && d.words[i].gap == gapSpace {
		return true
	}
	return i > first && d.wordIn(i, "with", "by") && d.capital(i+1) && !d.capital(i)
}

// awardNames masks an award by what it is for or given to, though all its words are everyday
// words: "Award for Kind Patient Care", "Patient and Community Choice Award".
func awardNames(d *Document, emit func(Finding)) {
	const fewest = 3
	for _, n := range d.caps {
		i := int(n)
		if !d.awardWord(i) || d.words[i].flags&(wfLabel|wfShout) != 0 || d.words[i].shape&shPoss != 0 {
			continue
		}
		if d.wordIs(i+1, "for") && !d.capital(i+1) && d.spacedCapital(i+2) {
			if to, capitals := d.awardFor(i); capitals >= fewest && to-i > 2 {
				from, _ := d.capRun(i)
				if d.words[from].flags&wfStart != 0 && text.IsStopWord(d.str(from)) {
					from++
				}
				emit(d.found(from, to, Brand, "title", "award for something", 0.5))
			}
			continue
		}
		if from, capitals := d.properFrom(i); capitals >= fewest && i+1-from > capitals && !d.spacedCapital(i+1) {
			emit(d.found(from, i+1, Brand, "title", "award with its words", 0.5))
		}
	}
}

// awardFor is the word after what the award i is for, and how many capitals that has with it. "And
// the" begins another award.
func (d *Document) awardFor(i int) (to, capitals int) {
	to, capitals = d.properEnd(i)
	for j := i + 1; j+1 < to; j++ {
		if d.str(j) == "and" && d.str(j+1) == "the" {
			to = j
		}
	}
	return to, capitals
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

// labelledNames masks the body or work that a label at the start of its line announces: "Lead
// organisation: Common Ground Network".
func labelledNames(d *Document, emit func(Finding)) {
	const longest = 16
	for from := 0; from < len(d.words); {
		line, to := from, d.lineEnd(from)
		from = to
		colon := line + 1
		if d.spacedWord(colon) {
			colon++
		}
		first := colon + 1
		if !d.punct(colon, ':') || first >= to || to-colon > longest || !d.spacedCapital(first) || d.words[first].flags&(wfLabel|wfShout) != 0 || d.punct(to-1, '.') {
			continue
		}
		if d.str(line) == "title" && colon == line+1 && d.titleOfItself(first, to) {
			emit(d.found(first, to, Brand, "title", "announced by its label", 0.5))
		}
		kind := d.labelOfNames(line, colon)
		if end, capitals := d.properEnd(first); kind != "" && end == to && capitals >= 2 && !d.kindsOnly(first, to) && !d.anyRole(first, to) {
			emit(d.found(first, to, kind, "", "announced by its label", 0.5))
		}
	}
}

// titleOfItself reports that words [from,to), after the label for a title, say more than one kind
// of document or post: "Patient and Carer Involvement Policy", not "Annual report".
func (d *Document) titleOfItself(from, to int) bool {
	const fewest = 3
	return to-from >= fewest && !d.has(from, clsRole) && !d.kindsOnly(from, to-1) && !d.holder(to-1)
}

// labelOfNames is the kind of what the label [from,colon) announces; "" if it announces no name.
func (d *Document) labelOfNames(from, colon int) Kind {
	switch label := d.str(colon - 1); {
	case listed(label, listBodyLabel):
		return Org
	case listed(label, listWorkLabel), (label == "title" || label == "name") && colon-from >= 2 && d.has(from, clsCampaign|clsBrandHead|clsNamedThing|clsDocument):
		return Brand
	}
	return ""
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
