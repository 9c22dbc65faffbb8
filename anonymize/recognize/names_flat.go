// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// flatNames masks people where a capital says nothing, in a text or on a line that is all small
// letters or all capitals, whatever words they are called by: after a title ("cllr peach"), behind
// initials in a list ("g. meek, j. print"), and a given name with a surname ("linda mould,").
func flatNames(d *Document, emit func(Finding)) {
	for i := 0; i < len(d.words); i++ {
		if !d.flat(i) {
			continue
		}
		if to, rule := d.flatPerson(i, false); to > i {
			emit(d.found(i, to, Person, "", rule, 0.5))
			i = to - 1
		}
	}
	if d.anyFlat() {
		flatAgain(d, emit)
	}
}

// flatAgain masks given names that are words too where somebody must be meant, letters that stand for
// somebody, and both wherever they stand again.
func flatAgain(d *Document, emit func(Finding)) {
	letters, called := map[uint64]bool{}, map[uint64]bool{}
	lettered := func(i int, rule string) { emit(d.found(i, i+1, Person, "initials", rule, 0.5)) }
	d.flatRoll(false, letters, lettered)
	d.flatBrackets(letters, lettered)
	for i := range d.words {
		if d.flat(i) && d.flatMeant(i) {
			emit(d.found(i, i+1, Person, "", "given name without a capital that is a word too", 0.5))
			called[d.words[i].hash] = true
		}
	}
	for i := range d.words {
		switch {
		case len(letters)+len(called) == 0 || !d.flat(i):
		case called[d.words[i].hash] && !d.notCalled(i) && (d.nameEnds(i+1) || d.flatVerb(i+1)):
			emit(d.found(i, i+1, Person, "", "given name without a capital, as before", 0.5))
		case letters[d.words[i].hash] && !text.IsStopWord(d.str(i)):
			lettered(i, "letters of somebody, as before")
		}
	}
}

// flatMeant reports a given name that is a word too, where grammar asks for somebody: it begins a sentence
// and does something, has what people have, or stands after a post or where somebody is named.
func (d *Document) flatMeant(i int) bool {
	if !d.wordName(i) || text.IsStopWord(d.str(i)) || d.virtue(i) || d.notCalled(i) && !d.turnedTo(i) {
		return false
	}
	j := i + 1
	begins := d.words[i].gap >= gapLine || d.begins(i) || d.mark(i-1, ",")
	switch {
	case d.words[i].shape&shPoss != 0:
		return begins || d.inList(j, listPersonHas) || d.has(j, clsRelation)
	case d.turnedTo(i):
		return d.nameEnds(j)
	case begins && (d.flatVerb(j) || d.wordIn(j, "also", "never", "always", "would", "could")):
		return true
	case d.words[i].gap != gapSpace || !d.asksForSomebody(i):
		return false
	}
	return d.nameEnds(j) || d.flatVerb(j)
}

// flat reports a word whose capitals say nothing, since all around it is written so.
func (d *Document) flat(i int) bool {
	if !d.isWord(i) {
		return false
	}
	w := &d.words[i]
	if w.kind != text.Word || w.flags&wfLabel != 0 {
		return false
	}
	return d.caseless(i) || w.flags&wfShout != 0 && w.initial()
}

// flatPerson is the word after the person that flat word i begins, and the rule that says so; i if
// it begins none. Default deny (strict) asks for less of what stands around.
func (d *Document) flatPerson(i int, strict bool) (to int, rule string) {
	if t := d.flatTitle(i); t >= 0 {
		if to = d.flatTitled(i, t, strict); to > i {
			return to, "name without a capital after a title"
		}
	}
	if to = d.flatInitialled(i, strict); to > i {
		return to, "initials and a name without capitals"
	}
	if to = d.flatReversed(i, strict); to > i {
		return to, "surname and initials without capitals"
	}
	if to = d.flatFull(i, strict); to > i {
		return to, "given name and surname without capitals"
	}
	return i, ""
}

// flatTitle is the title right before word i, -1 if there is none.
func (d *Document) flatTitle(i int) int {
	t := i - 1
	if d.tightMark(t, ".") {
		t--
	}
	if !d.isWord(t) || d.words[i].gap > gapSpace || d.words[t].shape&shPoss != 0 {
		return -1
	}
	switch d.str(t) {
	case "dr":
		if d.wordIn(t-1, "my", "the", "a", "our", "your", "his", "her", "their", "this", "another", "new", "any") && d.words[i].lex.grade() >= 2 {
			return -1 // "my dr explained"
		}
		return t
	case "mr", "mrs", "ms", "mx", "prof", "cllr", "cllrs", "rev", "revd", "smt", "messrs", "senator", "councillor", "professor", "reverend":
		return t
	}
	return -1
}

// flatTitled is the word after the name i that the title t announces.
func (d *Document) flatTitled(i, t int, strict bool) int {
	j := i
	for n := 0; n < 3 && d.flatLetters(j) && d.words[j].gap <= gapSpace; n++ {
		j++
		if d.tightMark(j, ".") {
			j++
		}
	}
	if !d.flatSurname(j) {
		return i
	}
	if w := &d.words[j]; w.lex.grade() >= 2 && !d.titledWord(t, j, strict) {
		return i
	}
	if j++; d.words[j-1].shape&shPoss == 0 && d.flatSurname(j) && d.words[j].gap == gapSpace && (d.given(j-1) && d.words[j].lex&lexSurname != 0 || d.words[j].lex.grade() == 0) {
		j++
	}
	return j
}

// titledWord reports that the title t may stand before the everyday word j as somebody's name. "Ms" is a
// disease and a maker of programs too.
func (d *Document) titledWord(t, j int, strict bool) bool {
	surname := d.words[j].lex&lexSurname != 0
	switch {
	case d.wordIs(t, "ms"):
		return surname && d.nameEnds(j+1) && (strict || !d.wordIn(t-1, "with", "have", "has", "had", "my", "of", "for", "the", "living", "on", "about"))
	case d.words[t].end-d.words[t].start > 5:
		return d.nameEnds(j+1) && (strict || surname) // not "a senator asked"
	}
	return true
}

// given reports a given name, a word too or not.
func (d *Document) given(i int) bool {
	return d.isWord(i) && (d.words[i].lex&lexGiven != 0 && d.words[i].lex.grade() <= 1 && d.words[i].cls&(clsAcronym|clsWorld|clsWide|clsDemonym) == 0 || d.wordName(i))
}

// wordName reports a given name that is a word too.
func (d *Document) wordName(i int) bool {
	return d.has(i, clsForename) || d.inList(i, listGivenWord)
}

// flatLetters reports one letter, or two that are no small word, of a name.
func (d *Document) flatLetters(i int) bool {
	if !d.flat(i) {
		return false
	}
	switch w := &d.words[i]; w.end - w.start {
	case 1:
		return w.shape&shLetter != 0
	case 2:
		return !text.IsStopWord(d.str(i)) && d.words[i].lex.grade() < 2 && w.shape&shPoss == 0 && d.flatSurname(i+1) && d.words[i+1].gap == gapSpace
	}
	return false
}

// flatSurname reports a word that somebody may be called by the surname, on the same line: no small
// word and no verb of what people do.
func (d *Document) flatSurname(j int) bool {
	if !d.flat(j) || d.words[j].gap > gapSpace {
		return false
	}
	w := &d.words[j]
	return w.end-w.start >= 2 && !text.IsStopWord(d.str(j)) && !d.flatVerb(j) && w.cls&(clsTitle|clsMonth|clsWeekday|clsNumberWord|clsBridge) == 0
}

// flatVerb reports what somebody is, says or does, whatever its capitals.
func (d *Document) flatVerb(j int) bool {
	if !d.isWord(j) {
		return false
	}
	if d.has(j, clsCopula|clsSaid) || d.inList(j, listDid, listPeopleAct, listBareContraction, listMinutesSaid) {
		return true
	}
	s := d.str(j)
	return len(s) > 4 && s[len(s)-2:] == "ed" && d.words[j].lex.grade() >= 2
}

// listedBefore reports what stands before one of a list, or before whoever does something: a mark, the
// start of a line, a small word or a post.
func (d *Document) listedBefore(i int) bool {
	if d.words[i].gap >= gapLine || d.mark(i-1, ",;:(&-*|") && d.words[i].gap <= gapWide {
		return true
	}
	return d.words[i].gap == gapSpace && (d.wordIn(i-1, "and", "by", "from", "with", "chair", "chairman", "clerk", "apologies", "present") || d.has(i-1, clsRole|clsOccupation|clsAttendance) || d.flatTitle(i) >= 0)
}

// listedAfter reports what stands after one of a list: the end of the line, a mark, "and", what
// somebody is, says or does.
func (d *Document) listedAfter(j int) bool {
	return d.lineEnds(j) || d.mark(j, ",;:().&-|") || d.wordIs(j, "and") || d.flatVerb(j)
}

// flatInitialled is the word after the initials and surname that begin at word i.
func (d *Document) flatInitialled(i int, strict bool) int {
	to, sure := d.initialledEnd(i)
	if to == i || !d.listedBefore(i) || !d.listedAfter(to) {
		return i
	}
	if sure || d.besideInitialled(i, to) {
		return to
	}
	if w := &d.words[to-1]; strict && (w.lex&lexSurname != 0 || w.lex.grade() < 2 || d.mark(to-2, ".") && d.words[i].gap < gapLine) {
		return to
	}
	return i
}

// initialledEnd is the word after one or more letters and a word, which begin at word i; sure says
// that the word is a surname and hardly anything else.
func (d *Document) initialledEnd(i int) (to int, sure bool) {
	j, dotted := i, false
	for n := 0; n < 3 && d.flat(j) && d.words[j].end-d.words[j].start == 1 && d.words[j].shape&shLetter != 0 && (j == i || d.words[j].gap <= gapSpace); n++ {
		if j++; d.tightMark(j, ".") {
			dotted = true
			j++
		}
	}
	if j == i || !d.flatSurname(j) || d.words[j].shape&shPoss != 0 || d.words[j].end-d.words[j].start < 3 {
		return i, false
	}
	if !dotted && j == i+1 && (d.wordIn(i, "a", "i") || d.wordIn(i, "x", "e", "t", "c", "b") && d.wordIn(j, "ray", "rays", "mail", "mails", "shirt", "shirts", "section", "sections", "test", "cell", "cells", "scan", "scans")) {
		return i, false
	}
	if dotted && j == i+2 && d.words[i].gap >= gapLine && d.words[j].lex.grade() >= 2 {
		return i, false // "a. welcome"
	}
	w := &d.words[j]
	return j + 1, w.lex&lexSurname != 0 && w.lex.grade() < 2 && w.lex&lexTerm == 0
}

// besideInitialled reports that one more of the kind stands beside the initials and surname [i,to).
func (d *Document) besideInitialled(i, to int) bool {
	for j := to; j <= to+1 && (d.mark(j, ",;&") || d.wordIs(j, "and")); j++ {
		if end, _ := d.initialledEnd(j + 1); end > j+1 && d.listedAfter(end) {
			return true
		}
	}
	j := i - 1
	if !d.mark(j, ",;&") && !d.wordIs(j, "and") {
		return false
	}
	if d.mark(j-1, ",") {
		j--
	}
	for k := j - 2; k >= j-4 && k >= 0; k-- {
		if end, _ := d.initialledEnd(k); end == j {
			return true
		}
	}
	return false
}

// flatReversed is the word after the surname and initials that begin at word i, one of several: "moss a,
// teal jm".
func (d *Document) flatReversed(i int, strict bool) int {
	if !d.reversedItem(i) {
		return i
	}
	const item = 3 // a surname, letters and the mark after them
	before := (d.mark(i-1, ",;&") || d.wordIs(i-1, "and")) && i >= item && d.reversedItem(i-item)
	after := (d.mark(i+2, ",;&") || d.wordIs(i+2, "and")) && d.reversedItem(i+item)
	if before || after || strict && d.words[i].lex.grade() < 2 && (d.mark(i+2, "(,.") || d.lineEnds(i+2)) {
		return i + 2
	}
	return i
}

// reversedItem reports a word and one or two letters after it, between marks.
func (d *Document) reversedItem(i int) bool {
	if !d.flatSurname(i) && !(d.flat(i) && d.words[i].gap >= gapLine) {
		return false
	}
	w, j := &d.words[i], i+1
	if w.end-w.start < 3 || w.lex.grade() >= 2 && w.lex&lexSurname == 0 || text.IsStopWord(d.str(i)) || !d.flat(j) || d.words[j].gap != gapSpace || d.words[j].end-d.words[j].start > 2 || d.words[j].shape&shDigit != 0 || d.has(j, clsPostnominal) {
		return false
	}
	if w.lex.grade() >= 2 && d.words[j].end-d.words[j].start == 2 && text.IsStopWord(d.str(j)) {
		return false // "price is"
	}
	return (d.words[i].gap >= gapLine || d.mark(i-1, ",;:&(") || d.wordIn(i-1, "and", "by")) && (d.lineEnds(j+1) || d.mark(j+1, ",;.&()") || d.wordIs(j+1, "and"))
}

// flatFull is the word after the given name i and a surname.
func (d *Document) flatFull(i int, strict bool) int {
	j := i + 1
	if !d.given(i) || d.words[i].shape&shPoss != 0 || text.IsStopWord(d.str(i)) && !strict || !d.flatSurname(j) || d.words[j].gap != gapSpace || d.notCalled(i) {
		return i
	}
	if text.IsStopWord(d.str(i)) && d.words[j].lex.grade() >= 2 || !d.flatPair(i, strict) { // "will address"
		return i
	}
	to := j + 1
	if d.tightMark(to, "-") && d.isWord(to+1) && d.words[to+1].gap == gapNone && d.flat(to+1) {
		to += 2
	}
	return to
}

// flatPair reports that a given name and the word after it name somebody: the one or the other is
// hardly a word but a name, or what stands around them says so.
func (d *Document) flatPair(i int, strict bool) bool {
	j := i + 1
	rare := d.words[i].lex.grade() <= 1 // hardly a word but a name
	surname := d.words[j].lex&lexSurname != 0
	unknown := d.unknownSurname(j)
	ends := d.nameEnds(j+1) || d.flatVerb(j+1)
	switch {
	case rare && surname && (ends || strict), rare && unknown && ends && (surname || strict):
		return true
	case surname && d.words[j].lex.grade() <= 1 && !d.massNoun(d.str(i)):
		return true
	case d.virtue(i):
		return false
	case unknown && ends && d.listedBefore(i), surname && ends && d.saidToCome(i):
		return true
	}
	return strict && ends && d.listedBefore(i) && d.listedSurname(j)
}

// unknownSurname reports a word that no list knows as anything but a name, nor as made of others.
func (d *Document) unknownSurname(j int) bool {
	w := &d.words[j]
	return w.lex.grade() <= 1 && w.lex&lexTerm == 0 && w.end-w.start >= 4 && !d.derived(j) && !d.compound(j) && !d.loanWord(j)
}

// listedSurname reports a word that may be the surname of one in a list: no term, and known for a
// surname or followed by the rest of the list.
func (d *Document) listedSurname(j int) bool {
	w, s := &d.words[j], d.str(j)
	return w.lex&lexTerm == 0 && (w.lex&lexSurname != 0 || d.listedAfter(j+1) && !d.massNoun(s) && s[len(s)-1] != 's')
}

// saidToCome reports that a post or a word for a person says who comes, or that the name is all of its
// line or begins it before a comma.
func (d *Document) saidToCome(i int) bool {
	if d.words[i].gap >= gapLine {
		return d.lineEnds(i+2) || d.mark(i+2, ",(:")
	}
	return d.words[i].gap == gapSpace && (d.has(i-1, clsRole|clsOccupation|clsRelation) || d.wordIn(i-1, "member", "chair", "by")) || d.mark(i-1, ",") && d.has(i-2, clsRole|clsOccupation|clsRelation) || d.mark(i-1, ",") && d.wordIn(i-2, "member", "treasurer", "chair")
}

// flatRoll masks the letters of a list of those who came, "jl, mc, rm": any after "present:", and
// where they may be anywhere three or more between commas. It adds them to the letters.
func (d *Document) flatRoll(anywhere bool, letters map[uint64]bool, mask func(i int, rule string)) {
	const fewest = 3
	var roll []int
	headed := false
	flush := func() {
		if anywhere && len(roll) >= fewest || headed && len(roll) > 0 {
			for _, i := range roll {
				if len(roll) < fewest && text.IsStopWord(d.str(i)) {
					continue // "present: all"
				}
				mask(i, "letters in a list of those who came")
				letters[d.words[i].hash] = true
			}
		}
		roll, headed = roll[:0], false
	}
	for i := range d.words {
		w := &d.words[i]
		switch {
		case d.flat(i) && w.end-w.start >= 2 && w.end-w.start <= 3 && w.shape&shPoss == 0 && d.betweenMarks(i):
			roll = append(roll, i)
		case d.mark(i, ",;.&") || d.wordIs(i, "and"):
			if w.gap >= gapLine {
				flush()
			}
		case d.has(i, clsAttendance):
			flush()
			headed = d.mark(i+1, ":-") || d.lineEnds(i+1)
		case d.mark(i, ":-") && headed && len(roll) == 0:
		default:
			flush()
		}
	}
	flush()
}

// betweenMarks reports a word that a mark, "and" or the end of a line parts from others on both sides.
func (d *Document) betweenMarks(i int) bool {
	before := d.words[i].gap >= gapLine || d.mark(i-1, ",;:&") || d.wordIs(i-1, "and")
	after := d.lineEnds(i+1) || d.mark(i+1, ",;.&") || d.wordIs(i+1, "and")
	return before && after
}

// flatBrackets masks letters in brackets after the name they stand for, "anni dong (ad)", and adds them
// to the letters.
func (d *Document) flatBrackets(letters map[uint64]bool, mask func(i int, rule string)) {
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '(') || !d.punct(i+2, ')') || !d.flat(i+1) {
			continue
		}
		s := d.str(i + 1)
		if len(s) < 2 || len(s) > 3 || i < len(s) {
			continue
		}
		person := false
		for k := range len(s) {
			j := i - len(s) + k
			if !d.isWord(j) || d.words[j].gap >= gapLine && k > 0 || d.fold[d.words[j].start] != s[k] {
				person = false
				break
			}
			person = person || d.given(j) || d.words[j].lex.grade() == 0
		}
		if person {
			mask(i+1, "letters of somebody in brackets")
			letters[d.words[i+1].hash] = true
		}
	}
}

// lowRolls masks who is named in lower case on a line that a label begins: "cc: rachel; okonkwo",
// "signed: r. okonkwo"; and whose relative is called by a word: "my daughter hope was".
func lowRolls(d *Document, emit func(Finding)) {
	for i := 1; i < len(d.words); i++ {
		if d.lowRelative(i) {
			emit(d.found(i, i+1, Person, "", "relative called by a word", 0.5))
		}
		if !d.tightMark(i, ":") || d.words[i-1].gap < gapLine && i > 1 || !d.has(i-1, clsAttendance) && !d.wordIn(i-1, "cc", "bcc", "to", "from", "by", "signed", "thanks", "action") {
			continue
		}
		var items [][2]int
		sure := false
		for j := i + 1; j < len(d.words) && d.words[j].gap < gapLine && len(items) < longestRoll; {
			to, given := d.lowItem(j)
			if to == j {
				break
			}
			items, sure = append(items, [2]int{j, to}), sure || given
			if j = to; !d.mark(j, ",;/&") && !d.wordIs(j, "and") {
				break
			}
			j++
		}
		for _, it := range items {
			if sure {
				emit(d.found(it[0], it[1], Person, "", "one of a line in lower case", 0.5))
			}
		}
	}
}

// lowItem is the word after the one or two words in lower case at j that somebody may be called, an
// initial before them or not, and whether nothing else is called so.
func (d *Document) lowItem(j int) (to int, sure bool) {
	k := j
	if d.isWord(k) && d.words[k].end-d.words[k].start == 1 && d.tightMark(k+1, ".") {
		k, sure = k+2, true
	}
	to = j
	for n := 0; n < 2 && k < len(d.words) && d.isWord(k) && (n == 0 || d.words[k].gap == gapSpace); n, k = n+1, k+1 {
		w := &d.words[k]
		if w.kind != text.Word || w.shape&(shUpper1|shInner) != 0 || w.flags&wfLabel != 0 || w.end-w.start < 2 || text.IsStopWord(d.str(k)) || w.lex.grade() >= 2 && w.lex&(lexGiven|lexSurname) == 0 || w.cls&(taggerClasses&^clsForename) != 0 {
			break
		}
		sure = sure || w.lex&lexGiven != 0 && w.lex.grade() < 2
		to = k + 1
	}
	return to, sure && to > j
}

// lowRelative reports a given name in lower case that is a word too, after whose relative it is, and
// before what somebody is or did: "my daughter hope was".
func (d *Document) lowRelative(i int) bool {
	w := &d.words[i]
	if i < 2 || w.kind != text.Word || w.shape&(shUpper1|shInner|shPoss) != 0 || w.gap != gapSpace || !d.wordName(i) || d.has(i, clsMonth) || d.wordIs(i, "will") {
		return false
	}
	return d.has(i-1, clsRelation) && possessivePronoun(d.str(i-2)) && d.words[i-1].gap == gapSpace && (d.has(i+1, clsCopula) || d.wordIn(i+1, "was", "is", "has", "had") || d.didSomething(i+1))
}
