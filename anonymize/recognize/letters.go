// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// namesLine reports letters that end a line which begins with the name they are of, also
// those of a degree or condition: "Mark Dodds (Practice Manager) MD".
func (d *Document) namesLine(i int) bool {
	const longest = 12
	if !d.lineEnds(i+1) || d.words[i].gap >= gapLine {
		return false
	}
	from := i
	for from > 0 && i-from < longest && d.words[from].gap < gapLine {
		from--
	}
	for from < i && (d.has(from, clsTitle) && d.capital(from) || d.punct(from, '.')) {
		from++
	}
	s := d.str(i)
	if from+len(s) > i || !d.spells(from, s) || d.words[from].lex&lexGiven == 0 && d.titleBefore(from) < 0 {
		return false
	}
	return d.pastBrackets(from+len(s), i) == i
}

// pastBrackets is the first word from word from on, what brackets hold left out, at most to.
func (d *Document) pastBrackets(from, to int) int {
	if d.punct(from, '(') {
		for from < to && !d.punct(from, ')') {
			from++
		}
		from++
	}
	for from < to && !d.isWord(from) {
		from++
	}
	return from
}

// spells reports that the letters are the first ones of the words of a name, from word from on.
func (d *Document) spells(from int, letters string) bool {
	for k := range len(letters) {
		j := from + k
		w := &d.words[j]
		if !d.capital(j) || w.allCaps() && w.end-w.start > 1 || d.fold[w.start] != letters[k] || k > 0 && w.gap != gapSpace {
			return false
		}
	}
	return true
}

// citedLetters reports initials after a surname in a list of authors, also those of an
// abbreviation: the AM of "Oke B, Teal AM".
func (d *Document) citedLetters(i int) bool {
	pair := func(i int) bool {
		return i >= 1 && d.spacedWord(i) && d.words[i].allCapsOrOne() && d.words[i].end-d.words[i].start <= 3 && d.capital(i-1) && !d.words[i-1].allCaps() && d.words[i-1].lex.grade() < 3
	}
	return pair(i) && d.tightMark(i-2, ",") && pair(i-3) && (i < 5 || d.mark(i-5, ",:") || d.words[i-4].gap >= gapLine)
}

// lettersAmong masks letters in a list of those present that has others of the kind: the PS
// of "Attendees: Ann Oke, JL, MC, PS".
func (d *Document) lettersAmong(from, end int, emit func(Finding)) {
	var items []int
	sure := 0
	for j := from; j < end && (j == from || d.words[j].gap < gapLine); j++ {
		if !d.letterItem(j) {
			continue
		}
		items = append(items, j)
		if d.words[j].cls&clsAcronym == 0 {
			sure++
		}
	}
	if sure < 2 {
		return
	}
	for _, j := range items {
		emit(d.found(j, j+1, Person, "initials", lettersRule, 0.5))
	}
}

// letterItem reports two or three letters that are an item of a list.
func (d *Document) letterItem(j int) bool {
	return d.letters(j) && d.words[j].end-d.words[j].start <= 3 && (d.mark(j-1, ",:") || d.wordIs(j-1, "and")) &&
		(d.lineEnds(j+1) || d.mark(j+1, ",.") || d.wordIs(j+1, "and"))
}

// lettersAct reports letters, though those of an abbreviation, that do what one person does
// in minutes, or by whom something was done: "AD asked whether", "circulated by MS".
func (d *Document) lettersAct(i int) bool {
	switch w := &d.words[i]; {
	case d.actingBody(i):
		return false
	case (w.flags&(wfStart|wfWeak) != 0 || d.punct(i-1, '-') && w.gap == gapSpace) && d.spacedWord(i+1):
		j := i + 1
		if s := d.str(j); (s == "had" || s == "has" || s == "will" || s == "to") && d.isWord(j+1) {
			j++
		}
		return d.inList(j, listMinutesSaid)
	default:
		return d.wordIs(i-1, "by") && w.gap == gapSpace && d.isWord(i-2) && d.words[i-1].gap == gapSpace && d.inList(i-2, listMinutedBy)
	}
}

// lettersCharged reports letters right after what minutes call the one who proposed,
// took or is to do something: "Proposed: HB", "ACTION AL".
func (d *Document) lettersCharged(i int) bool {
	if d.inList(i, listBodyAcronym) || d.words[i].gap != gapSpace {
		return false
	}
	j := i - 1
	colon := d.punct(j, ':')
	if colon {
		j--
	}
	if !d.isWord(j) || !d.capital(j) {
		return false
	}
	switch d.str(j) {
	case "proposed", "proposer", "seconded", "seconder", "owner", "scribe", "notetaker", "minuted":
		return true
	case "action", "actions", "minutes", "notes", "chair", "lead", "author":
		ends := d.lineEnds(i + 1)
		return ends && !d.actingBody(i) && (colon || d.words[j].allCaps()) && (j == 0 || d.words[j].gap >= gapLine)
	}
	return false
}

// actingBody reports letters of a body, a department or a post, which acts as people do.
func (d *Document) actingBody(i int) bool {
	return d.inList(i, listActingLetters, listBodyAcronym)
}

// lettered masks one letter that stands for somebody after what she or he is: "Sister P".
func lettered(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if !d.words[i].initial() || d.words[i].gap != gapSpace || !d.isWord(i-1) || !d.capital(i-1) || d.words[i].flags&(wfLabel|wfShout) != 0 || d.tightMark(i+1, "-") {
			continue
		}
		switch d.str(i - 1) {
		case "sister", "nurse", "matron", "midwife", "auntie", "aunt", "uncle", "coach":
			emit(d.found(i-1, i+1, Person, "", "a letter for somebody", 0.5))
		}
	}
}

// signed masks who saved, sent or wrote something, in lower case: "Last saved by hcarter",
// "Submitted by: tamsin b".
func signed(d *Document, emit func(Finding)) {
	for i := range d.words {
		if !d.wordIs(i, "by") || !d.inList(i-1, listMinutedBy) {
			continue
		}
		j := i + 1
		colon := d.tightMark(j, ":")
		if colon {
			j++
		}
		if !d.signer(j, colon) {
			continue
		}
		to := j + 1
		if d.spacedWord(to) && d.words[to].end-d.words[to].start == 1 && (d.lineEnds(to+1) || d.words[to+1].kind >= text.Punct) {
			to++
		}
		emit(d.found(j, to, Person, "", "signed in lower case", 0.5))
	}
}

// signer reports a word in lower case that can be the name of who signed: no everyday word, but
// after a colon a forename that is one.
func (d *Document) signer(j int, colon bool) bool {
	if !d.spacedWord(j) || d.words[j].shape&(shLetter|shUpper1|shInner|shPoss) != shLetter || d.words[j].flags&wfLabel != 0 {
		return false
	}
	w := &d.words[j]
	if w.cls&taggerClasses&^clsForename != 0 || text.IsStopWord(d.str(j)) || !colon && d.derived(j) {
		return false
	}
	return w.lex.grade() < 2 || colon && w.cls&clsForename != 0
}

// transcript masks the letters of those who speak, which no colon follows: "CT  Yes, I did."
// It takes several such lines of more than one speaker, and then an abbreviation is
// somebody too. A list that says whose letters they are ("CT - Caroline Tull") is enough
// by itself.
func transcript(d *Document, emit func(Finding)) {
	const fewest = 4
	var at []int
	lines := map[uint64]int{}
	for _, n := range d.caps {
		i := int(n)
		if d.lettersNamed(i) {
			emit(d.found(i, i+1, Person, "initials", lettersRule, 0.5))
		}
		if d.speakerLetters(i) {
			at = append(at, i)
			lines[d.words[i].hash]++
		}
	}
	many := len(at)
	if d.whole != nil {
		lines, many = d.whole.lines, d.whole.speakers
	}
	again := 0
	for _, n := range lines {
		if n > 1 {
			again++
		}
	}
	if many < fewest || len(lines) < 2 || again == 0 {
		return
	}
	for _, i := range at {
		rule := lettersRule
		if d.words[i].initial() {
			rule = "speaker"
		}
		emit(d.found(i, i+1, Person, "initials", rule, 0.5))
	}
}

// speakerLetters reports one to three letters that begin a line on which somebody says
// something: a capital, an opening mark or points follow, or a gap.
func (d *Document) speakerLetters(i int) bool {
	if i > 0 && d.words[i].gap < gapLine || !d.fewCapitals(i) || d.wordIn(i, "q", "a", "i", "nhs") {
		return false
	}
	j := i + 1
	if d.lineEnds(j) || d.words[j].gap == gapNone {
		return false
	}
	if d.words[j].gap == gapWide {
		return true
	}
	return d.capital(j) && !d.words[j].allCaps() && d.words[j].lex.grade() >= 2 || d.mark(j, ".(\"")
}

// fewCapitals reports one to three capitals that are short for no body and no post.
func (d *Document) fewCapitals(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && w.end-w.start <= 3 && w.allCapsOrOne() && w.flags&wfLabel == 0 && w.cls&clsNational == 0 && !d.inList(i, listBodyAcronym, listActingLetters)
}

// lettersNamed reports letters whose owner a dash or an equals sign names: "CT - Caroline Tull".
func (d *Document) lettersNamed(i int) bool {
	w := &d.words[i]
	n := int(w.end - w.start)
	if w.kind != text.Word || !w.allCaps() || n > 3 || w.flags&wfLabel != 0 || !d.mark(i+1, "-=:") || d.words[i+1].gap > gapSpace {
		return false
	}
	s := d.str(i)
	first := i + 2
	if first+n > len(d.words) || len(s) != n {
		return false
	}
	for k := range n {
		if j := first + k; !d.spacedCapital(j) || d.fold[d.words[j].start] != s[k] {
			return false
		}
	}
	return d.words[first].lex&lexGiven != 0 && (d.words[first].lex.grade() < 2 || d.has(first, clsForename)) && d.words[first].shape&shInner == 0
}

// lettersRule is the rule by which letters are somebody's through a whole document.
const lettersRule = "letters of somebody"

// minuted masks the letters by which minutes call somebody, abbreviations too: "Doug (DL)",
// "Action 4 - MR to write to them".
func minuted(d *Document, emit func(Finding)) {
	given := d.givenInLetters() > 0
	letters := func(i int) { emit(d.found(i, i+1, Person, "initials", lettersRule, 0.5)) }
	for _, n := range d.caps {
		i := int(n)
		if !d.twoOrThreeLetters(i) {
			continue
		}
		abbreviation := d.words[i].cls&clsAcronym != 0
		switch {
		case d.namesLine(i):
			letters(i)
		case d.citedLetters(i):
			emit(d.found(i-1, i+1, Person, "", "surname and initials in a list", 0.5))
		case d.afterGivenName(i) && (!abbreviation || given), abbreviation && d.words[i].end-d.words[i].start == 2 && d.lettersAct(i), d.lettersCharged(i), d.lettersToDo(i):
			letters(i)
		case d.pairToDo(i):
			letters(i)
			letters(i + 2)
		}
	}
}

// givenInLetters is how often the whole text has letters, no abbreviation, of a given name.
func (d *Document) givenInLetters() (n int) {
	if d.whole != nil {
		return d.whole.given
	}
	for _, i := range d.caps {
		if d.namedInLetters(int(i)) {
			n++
		}
	}
	return n
}

// twoOrThreeLetters reports two or three capitals; on a line in capitals only where somebody is
// charged with something.
func (d *Document) twoOrThreeLetters(i int) bool {
	w := &d.words[i]
	n := w.end - w.start
	return w.kind == text.Word && w.allCaps() && (n == 2 || n == 3) && w.flags&wfLabel == 0 && !d.has(i, clsTerm) && (w.flags&wfShout == 0 || d.lettersCharged(i))
}

// lettersToDo reports letters at the start of a line, or after a dash, of who is to do
// something: "MR to write to them".
func (d *Document) lettersToDo(i int) bool {
	w := &d.words[i]
	if w.gap < gapLine && !(d.punct(i-1, '-') && w.gap == gapSpace) || d.inList(i, listBodyAcronym) || d.str(i) == "it" {
		return false
	}
	return d.toDo(i + 1)
}

// pairToDo reports the letters of two who are to do something: "SR/TW to follow up".
func (d *Document) pairToDo(i int) bool {
	return d.tightMark(i+1, "/") && d.letters(i+2) && d.words[i+2].gap == gapNone && d.words[i].cls&d.words[i+2].cls&clsAcronym == 0 && d.toDo(i+3)
}

// toDo reports "to" and a plain word at i.
func (d *Document) toDo(i int) bool {
	return d.wordIs(i, "to") && d.words[i].gap == gapSpace && d.plainWord(i+1)
}

// namedInLetters reports letters, no abbreviation, of a given name: "Doug (DL)".
func (d *Document) namedInLetters(i int) bool {
	return d.words[i].allCaps() && d.words[i].cls&clsAcronym == 0 && d.afterGivenName(i)
}

// afterGivenName reports letters in brackets right after a given name that begins as they
// do: "Doug (DL)".
func (d *Document) afterGivenName(i int) bool {
	j := i - 2
	return d.punct(i-1, '(') && d.punct(i+1, ')') && d.isWord(j) && d.capital(j) && d.words[j].lex&lexGiven != 0 && d.words[j].shape&(shInner|shPoss) == 0 && d.words[i].gap == gapNone &&
		d.fold[d.words[j].start] == d.fold[d.words[i].start] && !(d.capital(j-1) && d.words[j].gap == gapSpace && d.words[j-1].cls&clsTitle == 0)
}

// writtenOut masks the words in brackets after letters that nobody knows, of which these
// are the first letters: "the CRISP register (Concerns, Requests, Ideas and Stories of
// Patients)".
func writtenOut(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '(') || d.words[i].gap != gapSpace || !d.capital(i+1) {
			continue
		}
		if letters := d.lettersBeforeBracket(i); letters != "" {
			if to, ok := d.wordsOfLetters(i+1, letters); ok {
				emit(d.found(i+1, to, Brand, "programme", "letters written out", 0.5))
			}
		}
	}
}

// lettersBeforeBracket are the letters that nobody knows before the bracket i, at most two
// words in lower case between; "" if there are none.
func (d *Document) lettersBeforeBracket(i int) string {
	const far, fewest = 2, 3
	j := i - 1
	for n := 0; n < far && d.spacedWord(j) && d.words[j].shape&(shUpper1|shInner) == 0; n++ {
		j--
	}
	if !d.isWord(j) || !d.words[j].allCaps() || d.words[j].end-d.words[j].start < fewest || d.words[j].flags&(wfShout|wfLabel) != 0 || d.cleared(j) != "" {
		return ""
	}
	if d.hyphenedLetters(j) {
		return d.str(j-2) + d.str(j)
	}
	return d.str(j)
}

// hyphenedLetters reports that a hyphen ties word i to letters before it.
func (d *Document) hyphenedLetters(i int) bool {
	return d.punct(i-1, '-') && d.words[i].gap == gapNone && d.isWord(i-2) && d.words[i-2].allCaps()
}

// wordsOfLetters is the closing bracket after words from i on, of which those with capitals begin
// with the letters, in order.
func (d *Document) wordsOfLetters(i int, letters string) (to int, ok bool) {
	const longest, fewest = 23, 3
	at, caps := 0, 0
	for to = i; to < len(d.words) && to-i < longest && !d.punct(to, ')') && d.words[to].gap < gapPara; to++ {
		if !d.capital(to) || at >= len(letters) {
			continue
		}
		caps++
		for at < len(letters) && letters[at] != d.fold[d.words[to].start] {
			at++
		}
		at++
	}
	return to, d.punct(to, ')') && caps >= fewest && at <= len(letters)
}

// lettersOfBody masks letters in general use that stand in brackets after a name of which
// they are the first letters: "the Fenland Care Partnership (FCP)". A kind has no name in it.
func lettersOfBody(d *Document, emit func(Finding)) {
	const fewest = 3
	for _, n := range d.marks {
		i := int(n)
		if !d.lettersInBrackets(i) || d.words[i+1].cls&clsAcronym == 0 || d.words[i+1].flags&(wfShout|wfLabel) != 0 {
			continue
		}
		s := d.str(i + 1)
		if first := i - len(s); first >= 0 && len(s) >= fewest && d.has(i-1, clsOrgHead) && d.beginWith(first, s) && d.namedAmong(first, i) {
			emit(d.found(i+1, i+2, Org, "acronym", "letters of a body", 0.5))
		}
	}
}

// beginWith reports that the words from i on have capitals and begin with the letters, one each.
func (d *Document) beginWith(i int, letters string) bool {
	for k := range len(letters) {
		w := &d.words[i+k]
		if !d.capital(i+k) || w.kind != text.Word || d.fold[w.start] != letters[k] || k > 0 && w.gap != gapSpace {
			return false
		}
	}
	return true
}

// namedAmong reports a word among [from,to) that says whose or where a body is.
func (d *Document) namedAmong(from, to int) bool {
	for i := from; i < to; i++ {
		w := &d.words[i]
		if w.lex.grade() < 2 || w.lex.grade() < 3 && w.lex&lexPlace != 0 && w.cls&(clsKind|clsGeneric|clsOrgHead) == 0 {
			return true
		}
	}
	return false
}

// longForm masks the words before letters in brackets that are their first letters, though
// some of them are in lower case: "Kinder letters And Minutes in Esk (KAMIE)". So many
// letters are nobody's by chance that all may be everyday words with capitals.
func longForm(d *Document, emit func(Finding)) {
	const manyLetters = 5
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '(') {
			continue
		}
		if from, low, ok := d.longFormAt(i); ok && (low || d.words[i+1].end-d.words[i+1].start >= manyLetters || d.bodyOfLetters(from, i)) {
			emit(d.found(from, i, Brand, "programme", "words of the letters after them", 0.5))
		}
	}
}

// longFormAt is where the words begin of which the letters in brackets at i are the first,
// and whether one of them is in lower case.
func (d *Document) longFormAt(i int) (from int, low, ok bool) {
	if !d.punct(i+2, ')') || !d.isWord(i+1) || !d.words[i+1].allCaps() || d.words[i+1].kind != text.Word || d.words[i+1].end-d.words[i+1].start < 3 || d.words[i+1].flags&(wfShout|wfLabel) != 0 || d.cleared(i+1) != "" {
		return i, false, false
	}
	if from, low, ok = d.firstLetters(i-1, i+1); !ok && d.has(i-1, clsOrgSuffix) {
		return d.firstLetters(i-2, i+1) // "Wexmoor Advice and Support for Parents SCIO (WASP)"
	}
	return from, low, ok
}

// firstLetters is where the words that end in word k begin, of which the letters of word j are
// the first.
func (d *Document) firstLetters(k, j int) (from int, low, ok bool) {
	const longest = 16
	s := d.str(j)
	n := len(s) - 1
	for ; n >= 0 && k >= 0 && j-k <= longest && d.isWord(k) && d.words[k+1].gap <= gapSpace && d.words[k].flags&wfLabel == 0; k-- {
		switch {
		case d.capital(k) && d.fold[d.words[k].start] == s[n]:
			n--
		case d.capital(k):
			n = -2
		case d.words[k].cls&clsBridge == 0 && !text.IsStopWord(d.str(k)):
			low = true
		}
	}
	return k + 1, low, n == -1
}
