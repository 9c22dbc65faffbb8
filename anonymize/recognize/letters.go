// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/model/text"
)

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
	charged := d.chargedInBrackets(given)
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
		case charged[d.words[i].hash] > 1 && d.inBrackets(i) && !d.explained[d.words[i].hash]:
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
		if d.namedInLetters(int(i)) || d.fullNameInLetters(int(i)) {
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

// fullNameInLetters reports letters in brackets after the whole name that they are of: "Ann Oke (AO)".
func (d *Document) fullNameInLetters(i int) bool {
	n := int(d.words[i].end - d.words[i].start)
	from := i - 1 - n
	return d.inBrackets(i) && d.words[i].cls&clsAcronym == 0 && from >= 0 && d.words[from].lex&lexGiven != 0 && d.spells(from, d.str(i))
}

// inBrackets reports two letters that stand in brackets, alone.
func (d *Document) inBrackets(i int) bool {
	w := &d.words[i]
	return w.end-w.start == 2 && w.allCaps() && w.kind == text.Word && w.gap == gapNone && w.flags&(wfShout|wfLabel) == 0 && d.punct(i-1, '(') && d.punct(i+1, ')')
}

// chargedInBrackets is how often letters stand in brackets, abbreviations too, in minutes that call
// people by theirs: "a leaflet (CT)". Those of the words before them are none.
func (d *Document) chargedInBrackets(named bool) map[uint64]int {
	if !named {
		return nil
	}
	if d.whole != nil {
		return d.whole.charged
	}
	charged := map[uint64]int{}
	for _, n := range d.caps {
		if i := int(n); d.inBrackets(i) {
			charged[d.words[i].hash]++
		}
	}
	return charged
}

// spacedLetters masks a name that is written with a space after each of its letters: "R a c h e l".
func spacedLetters(d *Document, emit func(Finding)) {
	const fewest = 4
	one := func(j int) bool {
		return d.words[j].kind == text.Word && utf8.RuneCountInString(d.read[d.words[j].start:d.words[j].end]) == 1
	}
	for k := 0; k < len(d.caps); k++ {
		i := int(d.caps[k])
		if !one(i) {
			continue
		}
		to, lower := i+1, 0
		for ; to < len(d.words) && d.words[to].gap == gapSpace && one(to); to++ {
			if d.words[to].shape&shUpper1 == 0 {
				lower++
			}
		}
		if to-i >= fewest && lower >= 2 {
			emit(d.found(i, to, Person, "", "a space after each letter", 0.5))
		}
		for k+1 < len(d.caps) && int(d.caps[k+1]) < to {
			k++
		}
	}
}

// amongPeople masks a word with a capital between two people of a list, and the surname at the start of
// a line of who is to do something with somebody: "[Moss], Field, [Banks]", "Field to ring [Banks]".
func (d *denial) amongPeople(i int) {
	w := &d.words[i]
	const others = clsRole | clsOrgHead | clsGeneric | clsOccupation | clsTitle | clsPostnominal | clsAcronym | clsMonth | clsWeekday | clsWorld | clsDemonym | clsAttendance | clsTerm | clsCondition | clsRelation
	if d.covered[i] || w.kind != text.Word || w.shape&(shUpper1|shLower|shInner) != shUpper1|shLower || w.flags&(wfLabel|wfShout) != 0 || w.cls&others != 0 || w.cls&clsKind != 0 && w.lex&lexSurname == 0 || text.IsStopWord(d.str(i)) {
		return
	}
	person := func(j int) bool { return d.maskedCapital(j) && d.kinds[j] == Person }
	switch {
	case w.gap == gapSpace && d.mark(i-1, ",") && person(i-2) && (d.mark(i+1, ",") || d.wordIs(i+1, "and")) && person(i+2):
	case w.flags&wfStart != 0 && w.lex&lexSurname != 0 && d.wordIs(i+1, "to") && d.spacedWord(i+2) && d.inList(i+2, listTask) && person(i+3):
	default:
		return
	}
	d.mask(i, i+1, Person, "", "among people")
}
