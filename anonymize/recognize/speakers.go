// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// speakers masks who speaks in a transcript or a quotation: initials or a given name
// at the start of a line, a colon, and what was said.
func speakers(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if !d.maySpeak(i) {
			continue
		}
		j, letters := d.initialsAfter(i)
		if !d.punct(j, ':') || d.words[j].gap > gapSpace || !d.saidAfter(j) && (d.words[i].lex&lexGiven == 0 || letters < 3 || d.lineEnds(j+1)) {
			continue
		}
		low := d.words[i].shape&shLower != 0
		switch {
		case !low && (letters <= 3 || j == i+1 && d.givenName(i)) && !text.IsStopWord(d.str(i)):
			emit(d.found(i, j, Person, "initials", "speaker", 0.5))
		case low && j == i+1 && (d.givenName(i) || d.mayBeCalled(i) && d.saysOfHimself(j)):
			emit(d.found(i, j, Person, "", "speaker", 0.5))
		}
	}
}

// maySpeak reports a capital that begins a line, no label, month or abbreviation.
func (d *Document) maySpeak(i int) bool {
	w := &d.words[i]
	if w.flags&(wfStart|wfLabel) != wfStart || i > 0 && w.gap < gapLine && !d.lineMark(i-1) {
		return false
	}
	return w.cls&(clsLineLabel|clsMonth|clsWeekday|clsLabel|clsTerm) == 0 && w.cls&(clsAcronym|clsPostnominal) != clsAcronym
}

// initialsAfter is the word after the initials with full stops that begin at i, and how many
// letters they have: "M.D."
func (d *Document) initialsAfter(i int) (j int, letters int32) {
	j, letters = i+1, d.words[i].end-d.words[i].start
	for d.tightMark(j, ".") && d.capital(j+1) && d.words[j+1].initial() && d.words[j+1].gap == gapNone {
		letters, j = letters+1, j+2
	}
	if d.tightMark(j, ".") && letters > 1 {
		j++
	}
	return j, letters
}

// lineMark reports a bullet, an opening quotation mark or a bracket that begins a line.
func (d *Document) lineMark(i int) bool {
	return d.words[i].kind >= text.Punct && (i == 0 || d.words[i].gap >= gapLine)
}

// saidAfter reports that words follow the colon at j on its line.
func (d *Document) saidAfter(j int) bool {
	n := 0
	for k := j + 1; !d.lineEnds(k) && n < 3; k++ {
		if d.isWord(k) {
			n++
		}
	}
	return n >= 3
}

// givenName reports a given name that is no everyday word, or one that people bear
// though it is.
func (d *Document) givenName(i int) bool {
	w := &d.words[i]
	return w.cls&clsForename != 0 || w.lex&lexGiven != 0 && w.lex.grade() < 2 && w.cls&(clsRole|clsOrgHead|clsBrandHead|clsGeneric|clsTitle|clsRelation|clsTerm|clsCondition|clsKind|clsWorld|clsDemonym|clsOccupation) == 0
}

// firstNames masks given names that are words, where a person does something:
// "Sue objected.", "Grace's idea", "we asked Will to", "Pat and I".
func firstNames(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		w := &d.words[i]
		if w.shape&(shLower|shInner) != shLower || w.flags&(wfLabel|wfTitle|wfShout) != 0 || w.cls&clsMonth != 0 {
			continue
		}
		switch {
		case d.givenName(i):
			alone := !d.followsCapital(i) && !d.spacedCapital(i+1)
			if alone && (d.acts(i) || w.flags&(wfStart|wfWeak) == 0 && d.metBefore(i)) {
				emit(d.found(i, i+1, Person, "", "given name that acts", 0.5))
			}
		case d.surnameSays(i):
			emit(d.found(i, i+1, Person, "", "surname that says something", 0.5))
		case d.surnameStarts(i) && d.atWork(i+1):
			emit(d.found(i, i+1, Person, "", "name of whom a work is told", 0.5))
		}
	}
}

// surnameStarts reports a surname that is a rare word too, at the start of a sentence.
func (d *Document) surnameStarts(i int) bool {
	w := &d.words[i]
	return w.flags&wfStart != 0 && w.lex&lexSurname != 0 && w.lex.grade() == 2 && w.cls == 0
}

// followsCapital reports a capital right before word i that does not begin a sentence.
func (d *Document) followsCapital(i int) bool {
	return d.capital(i-1) && d.words[i].gap == gapSpace && d.words[i-1].flags&wfStart == 0
}

// surnameSays reports a surname after a comma that says something: "in the north, Cook said".
func (d *Document) surnameSays(i int) bool {
	w := &d.words[i]
	if !d.punct(i-1, ',') || w.flags&(wfStart|wfWeak) != 0 || w.lex&lexSurname == 0 {
		return false
	}
	return w.cls&(clsRole|clsOrgHead|clsKind|clsTitle|clsWorld|clsDemonym|clsCondition|clsTerm|clsMonth|clsWeekday) == 0 && d.spacedWord(i+1) && d.wordIn(i+1, "said", "says", "added")
}

// atWork reports words that tell of one person's work: "is currently working as a", "was
// employed by". What is no person works, but as nothing.
func (d *Document) atWork(j int) bool {
	if !d.spacedWord(j) || !d.has(j, clsCopula) {
		return false
	}
	if j++; d.isWord(j) {
		switch d.str(j) {
		case "currently", "now", "also", "still", "presently", "previously":
			j++
		}
	}
	if !d.isWord(j) || !d.isWord(j+1) {
		return false
	}
	switch after := d.str(j + 1); d.str(j) {
	case "working":
		return after == "as" || after == "for"
	case "employed":
		return after == "as" || after == "by"
	case "married":
		return after == "to" || after == "with"
	}
	return false
}

// acts reports that what follows word i is what a person does or has.
func (d *Document) acts(i int) bool {
	w := &d.words[i]
	j := i + 1
	if w.shape&shPoss != 0 {
		return w.cls&clsForename != 0 && d.isWord(j) && d.words[j].shape&shUpper1 == 0
	}
	if d.andSomebodyElse(j) || d.ageBeside(j) || d.punct(j, ',') && d.wordIn(j+1, "who", "whose", "aged") {
		return true
	}
	if d.wordIs(j, "the") && d.has(j+1, clsRole|clsOccupation) && d.saysOrDid(j+2) {
		return true // "Mark the porter showed us"
	}
	return d.spacedWord(j) && d.words[j].shape&shUpper1 == 0 && d.saysOrDid(j)
}

// andSomebodyElse reports "and" and one more person: "Pat and I".
func (d *Document) andSomebodyElse(j int) bool {
	return d.wordIs(j, "and") && (d.wordIn(j+1, "i", "her", "his") || d.capital(j+1) && d.givenName(j+1))
}

// saysOrDid reports a verb of what a person says, does or did.
func (d *Document) saysOrDid(j int) bool {
	return d.has(j, clsSaid) && !d.has(j, clsCopula) || d.didSomething(j)
}

// ageBeside reports an age as it stands after a name: ", 34,", "(34)".
func (d *Document) ageBeside(j int) bool {
	if j+2 >= len(d.words) || d.words[j+1].kind != text.Number || d.words[j+1].end-d.words[j+1].start != 2 || d.words[j+1].gap > gapSpace {
		return false
	}
	return d.tightMark(j, ",") && d.punct(j+2, ',') || d.punct(j, '(') && d.words[j].gap == gapSpace && d.punct(j+2, ')')
}

// didSomething reports a verb at word j of what a person does or did: "wondered", "drew".
func (d *Document) didSomething(j int) bool {
	if !d.spacedWord(j) || d.words[j].shape&(shUpper1|shInner) != 0 {
		return false
	}
	s := d.str(j)
	return len(s) > 4 && s[len(s)-2:] == "ed" && d.words[j].lex.grade() >= 2 || listed(s, listDid)
}

// metBefore reports that the word before i does something to a person, or with one.
func (d *Document) metBefore(i int) bool {
	if !d.isWord(i-1) || d.words[i].gap != gapSpace {
		return false
	}
	return d.has(i-1, clsMet)
}

// calendar masks a month without its year, a season or weekday with "this", "last"
// or "next": "in June", "late October and early November of 2009", "last Friday".
func calendar(d *Document, emit func(Finding)) {
	for i := range d.words {
		if d.thisSeason(i) {
			emit(d.found(i-1, i+1, Date, "relative-date", "this/last/next", 0.7))
		} else if to := d.dayOfThis(i); to > 0 {
			from := i
			if d.wordIs(i-1, "the") && d.has(i-2, clsWeekday) {
				from = i - 2
			}
			emit(d.found(from, to, Date, "relative-date", "day of this month", 0.7))
		} else if d.has(i, clsWeekday) && d.words[i].flags&wfLabel == 0 && d.oneDay(i) && !d.spacedCapital(i+1) {
			emit(d.found(i, i+1, Date, "weekday", "on a weekday", 0.7))
		} else if d.feastTold(i) {
			emit(d.found(i, i+1, Date, "relative-date", "feast", 0.6))
		} else if from := d.dayTold(i); from >= 0 && d.style&(styleShort|styleTagged) == 0 {
			emit(d.found(from, i+1, Date, "relative-date", "a day told from today", 0.7))
		} else if d.bareMonth(i) {
			emit(d.found(d.dayOfMonth(d.part(i-1, i)), d.monthsTo(i), Date, "month", "month", 0.7))
		}
	}
}

// thisSeason reports "this", "last" or "next" and a weekday or season at word i.
func (d *Document) thisSeason(i int) bool {
	return (d.has(i, clsWeekday|clsSeason) || d.wordIs(i, "fall") && !d.wordIs(i-1, "this")) && d.spacedWord(i) && d.isWord(i-1) && d.has(i-1, clsThis) && d.words[i].flags&wfLabel == 0 && !d.spacedCapital(i+1)
}

// monthsTo is the word after the months that are told with the month i, and their year:
// "October and early November of 2009".
func (d *Document) monthsTo(i int) int {
	const most = 4
	to := i + 1
	for range most {
		k := to
		if !d.mark(k, "-/,") && !(d.spacedWord(k) && d.has(k, clsRange)) {
			break
		}
		if k++; d.has(k, clsPartOf) {
			k++
		}
		if !d.has(k, clsMonth) || !d.capital(k) || d.words[k].gap > gapSpace {
			break
		}
		to = k + 1
	}
	if d.wordIs(to, "of") && to+1 < len(d.words) && d.year(to+1) {
		to += 2
	}
	return to
}

// dayOfThis is the word after "12th of this month" at i, 0 if that is not there.
func (d *Document) dayOfThis(i int) int {
	if d.words[i].kind != text.Mixed || !ordinalDigits(d.str(i)) || !d.isWord(i+3) || d.str(i+1) != "of" || d.words[i].flags&wfLabel != 0 {
		return 0
	}
	if s := d.str(i + 2); (s == "this" || s == "last" || s == "next") && d.str(i+3) == "month" {
		return i + 4
	}
	return 0
}

// dayTold is where "yesterday", "this morning" or "last night" begins that ends at i, else -1.
func (d *Document) dayTold(i int) int {
	if !d.isWord(i) || d.words[i].flags&wfLabel != 0 || d.words[i].shape&shPoss != 0 {
		return -1
	}
	switch s := d.str(i); s {
	case "yesterday":
		return i
	case "morning", "afternoon", "evening", "night":
		if d.isWord(i-1) && d.words[i].gap == gapSpace && (d.str(i-1) == "this" && s != "night" || d.str(i-1) == "last" && s == "night") {
			return i - 1
		}
	}
	return -1
}

// part takes in "early", "late", "mid" before a month.
func (d *Document) part(j, from int) int {
	if d.punct(j, '-') && d.has(j-1, clsPartOf) {
		return j - 1
	}
	if d.has(j, clsPartOf) && d.isWord(j) {
		return j
	}
	if d.wordIs(j, "of") && d.words[from].gap == gapSpace {
		j--
	}
	if d.wordIn(j, "end", "start", "beginning", "middle") && d.words[j+1].gap == gapSpace && d.words[from].gap <= gapSpace {
		return j
	}
	return from
}

// bareMonth reports a month's name where a month stands. "May" and "March" need what
// makes them one.
func (d *Document) bareMonth(i int) bool {
	w := &d.words[i]
	if w.cls&clsMonth == 0 || w.flags&wfLabel != 0 {
		return false
	}
	if w.end-w.start < 4 && d.str(i) != "may" {
		return d.capital(i) && w.gap == gapSpace && d.wordIn(i-1, "end", "mid", "early", "late", "start") && !d.spacedCapital(i+1) // "end Feb"
	}
	if !d.capital(i) {
		return d.style&styleLower != 0 && d.wordIn(i-1, "in", "since", "till", "until", "by", "last", "next") && w.gap == gapSpace
	}
	if w.shape&shPoss != 0 && (w.flags&(wfStart|wfWeak) != 0 || d.ownsAsPerson(i) || !d.spacedWord(i+1) || d.capital(i+1)) || d.besideName(i) {
		return false
	}
	if w.cls&clsForename == 0 && d.wordIn(i-1, "of", "the", "our", "from") && d.spacedCapital(i+1) && d.has(i+1, clsOrgHead|clsKind) && d.words[i+1].lex.grade() == 3 && d.words[i+1].shape&shInner == 0 {
		return true // "of February Committee meeting"
	}
	if d.spacedCapital(i+1) && d.words[i+1].cls&(clsMonth|clsWeekday) == 0 || d.isWord(i-1) && d.followsCapital(i) {
		return false // part of a longer name
	}
	if d.wordIn(i, "may", "march") {
		return w.flags&(wfStart|wfWeak|wfTitle|wfShout) == 0 || d.has(i+1, clsRange) && d.has(i+2, clsMonth)
	}
	return true
}

// longestRoll is how many words and marks a list of those present may have.
const longestRoll = 250

// attendance masks those who came or did not: the names, parted by commas, that follow
// "Present:" or "Apologies:", everyday words too.
func attendance(d *Document, emit func(Finding)) {
	for i := range d.words {
		d.lettersPresent(i, emit)
		if !d.punct(i, ':') || d.words[i].gap > gapSpace || !d.has(i-1, clsAttendance) {
			continue
		}
		end := min(len(d.words), i+longestRoll)
		d.lettersAmong(i+1, end, emit)
		for first := i + 1; first < end && d.words[first].gap >= gapLine && (d.has(first, clsTitle) && d.capital(first) || d.nameAlone(first)); first = d.lineEnd(first) {
			if d.nameAlone(first) && !d.groups(first, d.nameEnd(first)) {
				emit(d.found(first, d.nameEnd(first), Person, "", "line of those present", 0.5))
			}
		}
		d.present(i+1, end, emit)
	}
}

// present masks the names on the line that begins at from, up to its first full stop. What stands
// in brackets is what somebody is.
func (d *Document) present(from, end int, emit func(Finding)) {
	for j := from; j < end && d.words[j].gap < gapLine; j++ {
		switch {
		case d.punct(j, '('):
			for j < end && !d.punct(j, ')') && d.words[j].gap < gapLine {
				j++
			}
		case d.punct(j, '.') && !d.words[j-1].initial() && d.words[j-1].cls&clsTitle == 0:
			return
		case d.capital(j) && d.words[j].flags&wfLabel == 0:
			_, to := d.capRun(j)
			if d.partedName(j, to) && to-j <= 4 && !d.groups(j, to) {
				emit(d.found(j, to, Person, "", "list of those present", 0.5))
			}
			j = to - 1
		}
	}
}

// partedName reports that marks or "and" part words [from,to) from what is beside them.
func (d *Document) partedName(from, to int) bool {
	if !d.mark(from-1, ":,;") && !d.wordIs(from-1, "and") {
		return false
	}
	return to >= len(d.words) || d.words[to].gap >= gapWide || d.words[to].kind >= text.Punct || d.wordIs(to, "and")
}

// nameAlone reports a line that holds nothing but a name of two to four words with
// capitals, and what stands in brackets or after a dash or comma: "Ann Oke (AO)".
func (d *Document) nameAlone(i int) bool {
	const longest = 4
	to := d.nameEnd(i)
	words := to - i
	if words < 2 || words > longest || d.words[i].flags&wfLabel != 0 {
		return false
	}
	for j := i; j < to; j++ {
		if w := &d.words[j]; w.kind != text.Word || w.cls&(clsRole|clsOrgHead|clsKind|clsGeneric|clsTerm|clsMonth|clsWeekday|clsAttendance) != 0 && w.lex&(lexGiven|lexSurname) == 0 || text.IsStopWord(d.str(j)) && !(d.punct(to, '(') && d.isWord(to+1) && d.lettersOf(to+1)) {
			return false
		}
	}
	return d.lineEnds(to) || d.mark(to, "(,-")
}

// nameEnd is the word after the capitals from word i on, on its line.
func (d *Document) nameEnd(i int) int {
	to := i
	for d.capital(to) && (to == i || d.words[to].gap == gapSpace) {
		to++
	}
	return to
}

// lineEnd is the first word of the line after that of word i.
func (d *Document) lineEnd(i int) int {
	for i++; !d.lineEnds(i); i++ {
	}
	return i
}

// lettersPresent masks the letters by which a list of those present calls them, also those
// of an abbreviation: "Apologies VS, MT", "Attendees:" and a line of letters.
func (d *Document) lettersPresent(i int, emit func(Finding)) {
	if !d.has(i, clsAttendance) || d.words[i].flags&wfStart == 0 {
		return
	}
	j := i + 1
	for d.mark(j, ":-") {
		j++
	}
	first, n := j, 0
	for k := j; k < len(d.words) && k-first < longestRoll; k++ {
		switch {
		case k > first && d.words[k].gap >= gapLine:
			k = len(d.words)
		case d.letters(k):
			n++
		case d.punct(k, ','), d.punct(k, '.'), d.punct(k, ';'), d.punct(k, '&'), d.wordIs(k, "and"):
		default:
			return
		}
	}
	if n < 2 {
		return
	}
	for k := first; k < len(d.words) && (k == first || d.words[k].gap < gapLine); k++ {
		if d.letters(k) {
			emit(d.found(k, k+1, Person, "initials", lettersRule, 0.5))
		}
	}
}

// letters reports two to four capitals that may be somebody's.
func (d *Document) letters(i int) bool {
	if !d.isWord(i) {
		return false
	}
	w := &d.words[i]
	n := w.end - w.start
	return w.kind == text.Word && w.shape&(shUpper1|shLower) == shUpper1 && n >= 2 && n <= 4 && w.flags&wfLabel == 0
}

// groups reports that words [from,to) are posts, bodies and kinds, of which none is somebody's name.
func (d *Document) groups(from, to int) bool {
	for j := from; j < to; j++ {
		if d.words[j].cls&(clsRole|clsOrgHead|clsKind|clsGeneric|clsAcronym|clsRelation|clsTerm|clsMonth|clsWeekday|clsNumberWord) == 0 {
			return false
		}
	}
	return true
}

// reversed masks names in a list of authors, the surname first: "Finch, Anna; Oke, B.".
func reversed(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		if !d.tightMark(i, ",") || !d.capital(i-1) || !d.spacedCapital(i+1) || d.words[i-1].flags&wfLabel != 0 || !d.nameHere(i+1) {
			continue
		}
		from, to := d.surnameAndGiven(i)
		opened := d.mark(from-1, ";:&") || d.words[from].gap >= gapLine
		if d.monthReversed(from, i) || opened && d.mark(to, ";&") || d.punct(from-1, ';') && d.lineEnds(to) {
			emit(d.found(from, to, Person, "", "surname first", 0.5))
		}
	}
}

// surnameAndGiven is the name around the comma i, with what hyphens join before and initials after.
func (d *Document) surnameAndGiven(i int) (from, to int) {
	from, to = i-1, i+2
	for d.tightMark(from-1, "-") && d.words[from].gap == gapNone && d.capital(from-2) {
		from -= 2
	}
	for d.spacedCapital(to) && d.words[to].initial() {
		to++
	}
	return from, to
}

// monthReversed reports a given name after the comma i that is a month's too, among other names
// with the surname first: "West, Ann, Geer, Jan, Holm, Bea".
func (d *Document) monthReversed(from, i int) bool {
	if !d.has(i+1, clsMonth) || !d.tightMark(i+2, ",") || !d.punct(from-1, ',') || !d.nameHere(from-2) {
		return false
	}
	return d.capital(i+3) && d.punct(i+4, ',') && d.capital(i+5) && d.nameHere(i+5)
}

// nameHere reports a given name or an initial at word i.
func (d *Document) nameHere(i int) bool {
	return d.words[i].initial() || d.words[i].lex&lexGiven != 0 && d.words[i].shape&(shInner|shPoss) == 0
}
