// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

func (d *Document) capitalName(i int) bool {
	return i >= 0 && i < len(d.words) && d.words[i].kind < text.Punct && d.words[i].shape&(shUpper1|shInner|shNoCase) != 0
}

// shoutedName reports a word in capitals, among others that are not, which what follows says
// to be somebody: "RESOLVE, a charity,".
func (d *Document) shoutedName(i int) bool {
	const shortest = 4
	w := &d.words[i]
	if !w.allCaps() || w.end-w.start < shortest || w.flags&(wfShout|wfTitle|wfLabel) != 0 || w.cls&clsAcronym != 0 || text.IsStopWord(d.str(i)) || d.capital(i-1) && w.gap == gapSpace {
		return false
	}
	if d.style&styleShout == 0 && (d.shoutedBody(i) || d.shoutedOwner(i)) {
		return true
	}
	return !d.capital(i-1) && d.punct(i+1, ',') && d.wordIn(i+2, "a", "an", "the", "our", "whose", "which") && d.words[i+2].shape&shUpper1 == 0
}

// shoutedBody reports a long word in capitals that did something or is a programme: "INVOLVE
// commissioned her", "the RECLAIM programme".
func (d *Document) shoutedBody(i int) bool {
	const shortest = 6
	w := &d.words[i]
	if !d.spacedWord(i+1) || w.end-w.start < shortest || w.flags&wfWeak != 0 {
		return false
	}
	next := d.str(i + 1)
	return d.didSomething(i+1) && next[len(next)-1] == 'd' || w.flags&wfStart == 0 && d.has(i+1, clsCampaign)
}

// shoutedOwner reports a long word in capitals inside a sentence that something belongs to.
func (d *Document) shoutedOwner(i int) bool {
	const shortest = 7
	w := &d.words[i]
	return w.shape&shPoss != 0 && w.flags&wfStart == 0 && w.end-w.start >= shortest && d.isWord(i-1) && !d.capital(i-1)
}

// generalSetting reports a wide country in a long text that only says where things
// are so: "across England", "Canadian charities". "A Canadian nurse" is somebody.
func (d *Document) generalSetting(i int) bool {
	w := &d.words[i]
	if w.cls&clsWide == 0 || d.style&(styleShort|styleTagged) != 0 || w.flags&(wfShout|wfTitle|wfStart) != 0 || !d.isWord(i-1) || w.shape&shPoss != 0 {
		return false
	}
	first, last := d.wideRun(i)
	before := first - 1
	if d.wordIs(before, "the") {
		before--
	}
	if !d.isWord(before) || d.capital(before) || d.words[first].gap != gapSpace || d.spacedCapital(last+1) && !d.has(last+1, clsWide) {
		return false
	}
	if d.words[last].cls&clsDemonym != 0 {
		return d.spacedWord(last+1) && !d.has(before, clsCopula) && !d.wordIn(before, "a", "an")
	}
	return d.saysWhere(before)
}

// saysWhere reports that what stands before a country makes it no part of a name or list: not
// "Bank of England", nor "Leeds and England".
func (d *Document) saysWhere(before int) bool {
	switch d.str(before) {
	case "of", "for":
		return !d.capital(before - 1)
	case "and":
		return d.has(before-1, clsWide)
	}
	return true
}

// wideRun is the first and the last of the words of wide countries around word i.
func (d *Document) wideRun(i int) (first, last int) {
	first, last = i, i
	for ; first > 0 && d.has(first-1, clsWide) && d.words[first].gap == gapSpace; first-- {
	}
	for ; d.has(last+1, clsWide) && d.words[last+1].gap == gapSpace; last++ {
	}
	return first, last
}

// plainTitle reports an everyday word on a line of a long text in Title Case, all of
// whose words are everyday words: "Emergency Department Wait Times". Inside a sentence
// the same words would be a name.
func (d *Document) plainTitle(i int) bool {
	if d.words[i].flags&wfTitle == 0 || d.style&(styleShort|styleTagged) != 0 {
		return false
	}
	from, to := i, i+1
	for from > 0 && d.words[from].gap < gapLine {
		from--
	}
	for !d.lineEnds(to) {
		to++
	}
	for j := from; j < to; j++ {
		if d.isWord(j) && !d.plainInTitle(j) {
			return false
		}
	}
	return true
}

// plainInTitle reports a word in Title Case that is no name by itself.
func (d *Document) plainInTitle(j int) bool {
	w := &d.words[j]
	if w.kind != text.Word || w.allCaps() || w.cls&(clsWorld|clsForename|clsOrgSuffix) != 0 || w.lex&lexGiven != 0 && w.lex.grade() < 3 {
		return false
	}
	if d.seen.inside(w) && !d.seen.lower(w) || w.cls&clsNameTail != 0 && w.cls&clsKind == 0 {
		return false
	}
	return w.lex.grade() >= 2 || w.lex&lexTerm != 0 || w.cls&(clsKind|clsBridge|clsNumberWord) != 0 || w.lex.grade() == 1 && w.lex&(lexGiven|lexSurname|lexPlace|lexProper) == 0
}

// kindAlone reports a single everyday word that says a kind of body or document:
// "City services", "Fund rules".
func (d *Document) kindAlone(i int) bool {
	w := &d.words[i]
	return w.cls&(clsOrgHead|clsBrandHead|clsKind|clsGeneric) != 0 && w.lex.grade() == 3 && w.shape&(shUpper1|shInner) == shUpper1 && w.shape&shPoss == 0 && w.cls&(clsForename|clsWorld) == 0 &&
		d.run(i) == 1 && !(d.spacedWord(i+1) && d.wordIn(i+1, "of", "for"))
}

// law reports that word i, nothing unknown, stands in the name of a statute or
// treaty, which is public.
func (d *Document) law(i int) bool {
	if d.words[i].lex.grade() < 2 || d.words[i].shape&shInner != 0 {
		return false
	}
	from, to := d.capRun(i)
	if to-from < 2 {
		return false
	}
	return d.inList(to-1, listLaw)
}

// speaks reports a given name that begins a sentence and does what people do:
// "Hope chaired", "Mark said".
func (d *Document) speaks(i int) bool {
	w := &d.words[i]
	if w.flags&wfStart == 0 || w.lex&lexGiven == 0 || w.cls&(clsRole|clsOrgHead|clsBrandHead|clsGeneric|clsTitle|clsRelation) != 0 || text.IsStopWord(d.str(i)) ||
		!d.has(i+1, clsSaid) || d.words[i+1].gap != gapSpace {
		return false
	}
	return !d.inList(i+1, listSpeaks)
}

// titled reports what stands right after a personal title: "MR T. SAID". Among
// words in capitals only what is no everyday word.
func (d *Document) titled(i int) bool {
	w := &d.words[i]
	if d.capital(i) && w.gap == gapSpace && w.shape&(shLower|shInner) == shLower && w.cls&(clsRole|clsKind|clsTitle|clsPostnominal) == 0 && d.capital(i-1) && d.words[i-1].gap == gapSpace && d.words[i-1].cls&clsForename != 0 && d.titleBefore(i-1) >= 0 {
		return true // "Dr Peter Reading"
	}
	return d.capital(i) && w.gap == gapSpace && d.titleBefore(i) >= 0 && (w.flags&wfShout == 0 || w.lex.grade() < 2 && !text.IsStopWord(d.str(i)) || w.initial() && !d.wordIn(i, "a", "i"))
}

// afterInitial reports a capitalised word right after initials: "Z. Smith".
func (d *Document) afterInitial(i int) bool {
	w := &d.words[i]
	return d.capital(i) && w.end-w.start > 2 && w.gap <= gapSpace && d.tightMark(i-1, ".") && i >= 2 && d.words[i-2].initial() &&
		!d.tightMark(i-3, "&") && d.words[i-2].flags&wfStart == 0 && !text.IsStopWord(d.str(i))
}

// minutesHeading reports an everyday word in the heading of an item of minutes: "1. Staffing
// Update", "Previous Minutes".
func (d *Document) minutesHeading(i int) bool {
	const longest = 6
	if d.style&styleMinutes == 0 {
		return false
	}
	from, to := d.capRun(i)
	if from >= 2 && d.wordIn(from-1, "of", "via") && d.words[from].gap == gapSpace && d.capital(from-2) {
		from, _ = d.capRun(from - 2) // "Approval of Previous Minutes"
	}
	if d.words[from].flags&wfStart == 0 || to-from > longest {
		return false
	}
	for j := from; j < to; j++ {
		if d.capital(j) && !d.words[j].everyday() {
			return false
		}
	}
	return d.lineEnds(to) || d.mark(to, "(:-")
}

// everyday reports a word of dictionaries that names nobody, no body and no place, in lower case but
// for its first letter.
func (w *word) everyday() bool {
	const names = clsWorld | clsDemonym | clsForename | clsOrgSuffix | clsTitle | clsNational
	return w.kind == text.Word && w.lex.grade() >= 2 && w.shape&(shInner|shPoss) == 0 && w.lex&lexGiven == 0 && w.cls&names == 0
}

// presentWord reports what heads a list of those who came or did not, though names stand
// right after it: "Attendees Ann Oke, Ben Teal Apologies Carol Moss".
func (d *Document) presentWord(i int) bool {
	w := &d.words[i]
	return w.cls&clsAttendance != 0 && w.shape&shInner == 0 && w.lex&lexGiven == 0 && w.cls&(clsOrgHead|clsRole) == 0 && d.spacedCapital(i+1) && d.str(i)[len(d.str(i))-1] == 's'
}

// emphasis reports an everyday word in capitals beside a small word in capitals, in a text
// that is not: "we are SO PROUD".
func (d *Document) emphasis(i int) bool {
	w := &d.words[i]
	if !w.allCaps() || w.flags&(wfShout|wfTitle) != 0 || d.style&styleShout != 0 || !w.known() {
		return false
	}
	small := func(j, gapOf int) bool {
		return d.isWord(j) && d.words[j].allCaps() && text.IsStopWord(d.str(j)) && d.words[gapOf].gap == gapSpace
	}
	if d.afterDash(i) && (d.lineEnds(i+1) || d.punct(i+1, '.')) && w.end-w.start >= 4 {
		return true // "told them - CLOSED"
	}
	return small(i-1, i) || i+1 < len(d.words) && small(i+1, i+1)
}

// known reports a common word that is no name and no acronym.
func (w *word) known() bool {
	return w.lex.grade() >= 3 && w.lex&(lexGiven|lexSurname) == 0 && w.cls&(clsAcronym|clsNational) == 0
}

// meet reports "Meet" or "Thank" at the start of a sentence, before somebody's name.
func (d *Document) meet(i int) bool {
	if w := &d.words[i]; w.flags&wfStart == 0 || w.shape&(shUpper1|shInner|shPoss) != shUpper1 || !d.spacedCapital(i+1) {
		return false
	}
	switch d.str(i) {
	case "meet", "thank", "ask", "contact", "call", "email", "introducing", "congratulate":
		return true
	}
	return false
}

// fullName reports that word j, a post elsewhere, is the surname after a given name that
// stands with it alone: "Diane Head, Debra White".
func (d *Document) fullName(j int) bool {
	from, to := d.capRun(j)
	return to-from == 2 && j == from+1 && d.words[j].start-d.words[from].end == 1 && d.words[from].lex&lexGiven != 0 && d.words[from].lex.grade() == 0 && d.words[from].shape&shPoss == 0 &&
		(d.words[j].lex&lexSurname != 0 || (d.punct(j+1, ',') || d.wordIs(j+1, "and")) && d.capital(j+2) && d.words[j+2].lex&lexGiven != 0) && d.words[j].flags&(wfShout|wfLabel) == 0 && d.words[j].cls&(clsTitleName|clsPostnominal|clsAcronym) == 0
}

// everyday reports that no more than its capital, or no dictionary, makes word i
// suspect.
func (d *Document) everyday(i int, margin int32) bool {
	if w := &d.words[i]; w.shape&(shUpper1|shInner|shNoCase) == 0 {
		return margin >= marginAny && margin < marginStart && d.ordinaryForm(i)
	} else if w.cls&(clsRole|clsUnit) != 0 && (d.functions(i) || d.everydayStart(i)) {
		return true
	}
	if w := &d.words[i]; margin < marginHeading && w.flags&wfTitle != 0 && w.lex.grade() == 3 && w.cls&(clsWorld|clsDemonym|clsForename) == 0 && w.shape&(shInner|shPoss) == 0 {
		return true
	}
	return margin < marginStart && (d.everydayStart(i) || d.shoutedWord(i) && d.run(i) > 2)
}

// everydayStart reports an everyday word that begins a sentence, heading or item
// and is followed by one in lower case: "Letters were", "Ward feedback",
// "Pre-meeting". A capital there says nothing.
func (d *Document) everydayStart(i int) bool {
	if !d.mayStartEveryday(i) {
		return false
	}
	if d.standsAlone(i) {
		return true
	}
	w, j := &d.words[i], i+1
	if d.tightMark(j, "-") {
		j++
		if !d.isWord(j) || attached(d.str(j)) {
			return false
		}
		return d.goesOnLow(w, j)
	}
	if d.tightMark(j, "'") {
		j++ // "Carers' voice"
	}
	somebody := w.lex&(lexGiven|lexSurname) != 0
	if !d.spacedWord(j) || somebody && d.has(j, clsSaid) && w.cls&(clsRole|clsUnit) == 0 {
		return false
	}
	return d.goesOnLow(w, j)
}

// standsAlone reports an everyday word that a mark parts from what follows.
func (d *Document) standsAlone(i int) bool {
	w, j := &d.words[i], i+1
	switch {
	case w.flags&wfStart == 0 && d.afterDash(i) && d.lineEnds(j):
		return true // "told them - Closed"
	case d.punct(j, ','):
		return w.lex.grade() == 3 && w.lex&lexGiven == 0 // "Older, female patients"
	case d.tightMark(j, ":"), d.punct(j, '('):
		return w.lex&(lexGiven|lexSurname) == 0 // "Timeliness: delays", "Download (PDF)"
	}
	return false
}

// goesOnLow reports that word j, after the everyday word w, goes on in lower case, and not as a
// place called w would: "Teal valley".
func (d *Document) goesOnLow(w *word, j int) bool {
	if d.wordIs(j, "estate") || d.has(j, clsPlaceHead) && w.lex&(lexSurname|lexPlace|lexProper) != 0 {
		return false
	}
	if d.has(j, clsBridge) {
		j++ // "Bullocks to Stan"
	}
	return d.isWord(j) && (!d.capital(j) || d.cleared(j) != "")
}

// mayStartEveryday reports an everyday word, post or department that begins a sentence or item,
// and does not stand with a capital inside one too.
func (d *Document) mayStartEveryday(i int) bool {
	w := &d.words[i]
	if w.flags&wfStart == 0 && !d.weakStart(i) || w.lex.grade() < 2 && w.cls&(clsRole|clsUnit) == 0 && !d.prefix(i) {
		return false
	}
	if w.shape&shInner != 0 || w.cls&(clsWorld|clsDemonym) != 0 || d.style&styleTagged != 0 || d.seen.inside(w) {
		return false
	}
	return w.shape&shPoss == 0 || d.anybody(i)
}

// weakStart reports a very common word, nobody's name, after a colon, a quotation mark or a
// bracket.
func (d *Document) weakStart(i int) bool {
	w := &d.words[i]
	return w.flags&wfWeak != 0 && w.lex.grade() == 3 && w.lex&(lexGiven|lexSurname|lexPlace) == 0 && w.kind == text.Word
}

// afterDash reports a word after a dash between spaces: "told them - Closed".
func (d *Document) afterDash(i int) bool {
	return d.punct(i-1, '-') && d.words[i].gap == gapSpace && d.words[i-1].gap == gapSpace
}

// anybody reports a word for people of a kind, whose possessive begins a line:
// "Children's panel".
func (d *Document) anybody(i int) bool {
	w := &d.words[i]
	return (w.cls&(clsKind|clsRole|clsOccupation) != 0 || d.post1(i) || w.lex.grade() >= 2 && w.lex&(lexSurname|lexProper) == 0 && d.someEnding(i)) && w.lex&lexGiven == 0 && d.spacedWord(i+1) && !d.capital(i+1)
}

// someEnding reports a word for somebody who does something, with the possessive: "Funder's".
func (d *Document) someEnding(i int) bool {
	for _, end := range [...]string{"er", "or", "ist", "ee", "ant"} {
		if s := strings.TrimSuffix(d.str(i), "'s"); len(s) > len(end)+3 && strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// prefix reports the first part of "Pre-meeting".
func (d *Document) prefix(i int) bool {
	if !d.punct(i+1, '-') {
		return false
	}
	return d.inList(i, listPrefix)
}

// functions reports a post or department of an organisation, alone: "Legal says
// no", "ask Medical".
func (d *Document) functions(i int) bool {
	w := &d.words[i]
	return w.cls&clsRole != 0 && w.lex.grade() >= 2 && w.lex&lexGiven == 0 && w.shape&(shInner|shPoss) == 0 && w.flags&wfTitle == 0 && d.roleRun(i) &&
		!d.wordIn(i+1, "of", "for")
}

// ordinaryForm reports a word in lower case that no dictionary has, but which is
// made of such words: "readmissions", "homecare".
func (d *Document) ordinaryForm(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && w.shape&(shUpper1|shInner|shNoCase|shPoss) == 0 && w.lex == 0 && w.cls&taggerClasses == 0 && (d.derived(i) || d.compound(i))
}

// attached reports a word that a hyphen ties to a name: "Reading-based".
func attached(s string) bool {
	return listed(s, listAttached)
}

// awardRun reports that word i stands in capitalised words that end in "Award" or
// "Prize", by which its winners are found.
func (d *Document) awardRun(i int) bool {
	if d.words[i].shape&(shUpper1|shInner|shNoCase) == 0 || d.words[i].flags&(wfTitle|wfShout) != 0 {
		return false
	}
	from, to := d.capRun(i)
	if to-from < 3 || !d.has(to-1, clsBrandHead) {
		return false
	}
	return d.awardWord(to - 1)
}

// hometown reports where somebody is from, after a name or an age: "Ann, 43, of
// Quayside".
func (d *Document) hometown(i int) bool {
	if !d.punct(i-2, ',') || !d.spacedCapital(i) || !d.isWord(i-1) || !d.isWord(i-3) {
		return false
	}
	if s := d.str(i - 1); s != "of" && s != "from" {
		return false
	}
	return d.words[i-3].kind == text.Number && d.words[i-3].end-d.words[i-3].start <= 3 || d.capital(i-3)
}

// shoutedWord reports an everyday word among words in capitals, which is no part
// of the name beside it for its capitals: "KELECHI TO WRITE TO HIM".
func (d *Document) shoutedWord(j int) bool {
	w := &d.words[j]
	return w.flags&wfShout != 0 && (w.lex.grade() >= 2 || text.IsStopWord(d.str(j))) && w.lex&(lexGiven|lexSurname) == 0 && w.cls&(clsOrgHead|clsOrgSuffix|clsPlaceHead|clsBrandHead) == 0
}

// orgRun reports that word i stands in a run of capitalised words, inside a
// sentence, whose last is the head noun of an organisation, and which are not
// all posts and general words.
func (d *Document) orgRun(i int) bool {
	if d.words[i].flags&(wfTitle|wfShout) != 0 {
		return false
	}
	from, to := d.capRun(i)
	if d.words[from].flags&wfStart != 0 && d.ordinary(from, 2) {
		from++
	}
	if to-from < 2 || i < from || !d.has(to-1, clsOrgHead|clsOrgSuffix) {
		return false
	}
	for j := from; j < to-1; j++ {
		if d.words[j].cls&(clsRole|clsOrgHead|clsGeneric|clsTitle|clsBrandHead) == 0 {
			return true
		}
	}
	return false
}

// innerCandidate reports a word in lower case, of any frequency, with a
// capitalised candidate at most two words away.
func (d *Document) innerCandidate(i int) bool {
	w := &d.words[i]
	if w.kind >= text.Punct || w.flags&wfLabel != 0 || w.cls&(clsMonth|clsWeekday) != 0 || d.candidate(i) {
		return false
	}
	if w.kind == text.Number && w.end-w.start > 4 {
		return false
	}
	return d.capitalName(i+1) || d.capitalName(i-1) || d.capitalName(i+2) || d.capitalName(i-2)
}

// acronymAlone reports letters that are all of a name.
func (d *Document) acronymAlone(i int) bool {
	return d.isWord(i) && d.words[i].allCaps() && d.words[i].end-d.words[i].start <= 5 && d.words[i].flags&wfShout == 0 && !d.spacedCapital(i+1)
}

// andSomebody reports "and" and a person at word j, after a body: "the Mereside School and
// Ann Oke".
func (d *Document) andSomebody(from, to, j int) bool {
	n := j + 1
	return d.wordIs(j, "and") && d.words[j].shape&shUpper1 == 0 && d.head(from, to) && d.spacedCapital(n) && d.words[n].lex&(lexGiven|lexPlace) == lexGiven && d.words[n].lex.grade() < 2 &&
		d.spacedCapital(n+1) && !d.head(n, d.nameEnd(n)) && !d.has(d.nameEnd(n)-1, clsOrgSuffix|clsWide|clsBrandHead)
}

// maysDo reports what somebody may or will do: "can cover", "couldn't come".
func (d *Document) maysDo(j int) bool {
	return d.modal(j) && !d.capital(j) && d.spacedWord(j+1) && !d.capital(j+1) && (d.inList(j+1, listTask) || d.wordIn(j+1, "do", "come", "cover", "help", "make", "start", "not", "also", "now"))
}

// modal reports a word for what somebody may or will do.
func (d *Document) modal(j int) bool {
	return d.spacedWord(j) && d.wordIn(j, "can", "could", "may", "might", "should", "must", "will", "would", "can't", "cannot", "couldn't", "won't", "wouldn't", "shouldn't")
}
