// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// agePhrase is a number, in digits or words, that may be an age: words [from,to).
type agePhrase struct {
	*Document
	word     *word // the first of the number
	from, to int
}

// ageRules are the ways in which an age is told, the surest first. Each says from where
// to where the age goes; to is 0 where it does not apply.
var ageRules = [...]struct {
	name  string
	score float64
	find  func(agePhrase) (from, to int)
}{
	{"n years old", 0.9, agePhrase.yearsOld},
	{"n y/o", 0.9, agePhrase.slashOld},
	{"I am n and", 0.7, agePhrase.iAm},
	{"turned n", 0.7, agePhrase.reached},
	{"name, n,", 0.7, agePhrase.afterName},
	{"name (n)", 0.7, agePhrase.bracketed},
	{"who is n", 0.7, agePhrase.whoIs},
	{"age of n", 0.9, agePhrase.ageOf},
	{"aged n", 0.9, agePhrase.aged},
	{"happened at n", 0.7, agePhrase.happenedAt},
}

// whoIs reports "who is 88," of somebody.
func (a agePhrase) whoIs() (from, to int) {
	i := a.from
	if a.word.kind != text.Number || a.word.end-a.word.start != 2 || !(a.wordIn(i-1, "is", "was") && a.wordIs(i-2, "who")) && !a.wordIs(i-1, "who's") {
		return 0, 0
	}
	if !a.lineEnds(a.to) && a.words[a.to].kind < text.Punct && a.str(a.to) != "and" {
		return 0, 0
	}
	return i, a.to
}

// ages masks ages: "aged 45", "45 years old", "a 45-year-old", "in her 40s", "96yr".
func ages(d *Document, emit func(Finding)) {
	for i := range d.words {
		w := &d.words[i]
		if w.kind == text.Number && w.end-w.start <= 3 || w.cls&clsNumberWord != 0 {
			d.ageAt(i, emit)
			continue
		}
		switch {
		case w.flags&wfLabel != 0 || i == 0:
		case (w.kind == text.Mixed && decadeOfLife(d.str(i)) || w.kind == text.Word && d.inList(i, listAgeDecade)) && d.decadeOf(i-1):
			emit(d.found(d.part(i-1, i), i+1, Date, "age", "in her 40s", 0.7))
		case w.kind == text.Mixed && d.shortAge(i):
			emit(d.found(i, i+1, Date, "age", "96yr", 0.7))
		}
	}
}

// decadeOf reports whose decade follows, "early" or "late" between: "in her late".
func (d *Document) decadeOf(j int) bool {
	if d.punct(j, '-') {
		j--
	}
	if d.has(j, clsPartOf) {
		j--
	}
	return d.isWord(j) && possessivePronoun(d.str(j))
}

// ageAt masks the number at i if it is an age.
func (d *Document) ageAt(i int, emit func(Finding)) {
	if d.readingAge(i) {
		return
	}
	a := agePhrase{Document: d, word: &d.words[i]}
	a.from, a.to = d.numberPhrase(i)
	for _, r := range ageRules {
		if from, to := r.find(a); to > 0 {
			emit(d.found(from, to, Date, "age", r.name, r.score))
			return
		}
	}
}

// yearsOld is "45 years old", "45-year-old", "45 years of age". An age in other units
// than years goes with them: "18 months old".
func (a agePhrase) yearsOld() (from, to int) {
	unit := a.to
	if a.punct(unit, '-') {
		unit++
	}
	if !a.isWord(unit) || !yearWord(a.str(unit)) {
		return 0, 0
	}
	k := unit + 1
	if a.punct(k, '-') {
		k++
	}
	switch {
	case !a.isWord(k):
		return 0, 0
	case a.wordIn(k, "old", "olds"):
		if s := a.str(unit); s[0] != 'y' {
			return a.from, k + 1
		}
	case a.wordIs(k+1, "age") && a.str(k) == "of":
	default:
		return 0, 0
	}
	return a.from, a.to
}

// slashOld is "45 y/o", "45 yo".
func (a agePhrase) slashOld() (from, to int) {
	j := a.to
	if !a.isWord(j) || a.words[j].gap > gapSpace {
		return 0, 0
	}
	if a.str(j) == "y" && a.punct(j+1, '/') && a.wordIs(j+2, "o") || a.str(j) == "yo" && a.words[j].shape&shUpper1 == 0 {
		return a.from, a.to
	}
	return 0, 0
}

func (a agePhrase) iAm() (from, to int) {
	if b := a.from - 1; a.isWord(b) && (a.str(b) == "am" || a.str(b) == "i'm") && a.wordIs(a.to, "and") {
		return a.from, a.to
	}
	return 0, 0
}

// reached is "turned 50", "turned fifty".
func (a agePhrase) reached() (from, to int) {
	b := a.from - 1
	if !a.isWord(b) || !turned(a.str(b)) || a.unitAfter(a.to-1) || a.isWord(a.to) && a.words[a.to].gap <= gapSpace && !text.IsStopWord(a.str(a.to)) {
		return 0, 0
	}
	if a.word.kind == text.Number && (a.word.end-a.word.start != 2 || a.isWord(a.to)) || a.word.kind != text.Number && !a.grown() {
		return 0, 0
	}
	return a.from, a.to
}

// grown reports a number in words from eighteen on.
func (a agePhrase) grown() bool {
	s := a.str(a.from)
	return strings.HasSuffix(s, "ty") || s == "eighteen" || s == "nineteen"
}

func (a agePhrase) afterName() (from, to int) {
	one := a.to-a.from == 1 || a.word.kind != text.Number // "Ann, 84", "Ann, eighty-four"
	ends := a.mark(a.to, ",;):") || a.lineEnds(a.to)
	child := a.mark(a.to, "),") && a.from > 1 && a.words[a.from-2].lex&lexGiven != 0 // "Ann, 6)"
	if a.punct(a.from-1, ',') && one && ends && (a.word.end-a.word.start > 1 || child) && a.personBefore(a.from-2) {
		return a.from, a.to
	}
	return 0, 0
}

// happenedAt is "diagnosed at 29.", "retired at 60".
func (a agePhrase) happenedAt() (from, to int) {
	if a.word.kind != text.Number || a.word.end-a.word.start != 2 || !a.wordIs(a.from-1, "at") || !a.wordIn(a.from-2, "diagnosed", "retired", "died", "married", "widowed", "blind", "deaf") {
		return 0, 0
	}
	if a.has(a.to, clsUnit) || a.mark(a.to, "%:") || a.tightMark(a.to, ".") && a.to+1 < len(a.words) && a.words[a.to+1].gap == gapNone {
		return 0, 0
	}
	return a.from, a.to
}

// bracketed is "Ann Oke (45)", "Joy (52)".
func (a agePhrase) bracketed() (from, to int) {
	n := a.from - 2
	if !a.twoDigitsInBrackets() || a.words[n+1].gap != gapSpace || !a.isWord(n) || !a.capital(n) || a.words[n].cls&(clsMonth|clsWeekday) != 0 {
		return 0, 0
	}
	given := func(i int) bool {
		return a.isWord(i) && a.capital(i) && a.words[i].shape&(shInner|shPoss) == 0 && a.givenName(i)
	}
	if given(n) || a.words[n].gap == gapSpace && a.words[n].lex&lexSurname != 0 && given(n-1) {
		return a.from, a.to
	}
	return 0, 0
}

func (a agePhrase) twoDigitsInBrackets() bool {
	return a.word.kind == text.Number && a.word.end-a.word.start == 2 && a.to-a.from == 1 && a.punct(a.from-1, '(') && a.punct(a.to, ')')
}

// ageOf is "an age of 45", "a woman of 45".
func (a agePhrase) ageOf() (from, to int) {
	b := a.from - 2
	if !a.wordIs(b+1, "of") || !a.isWord(b) {
		return 0, 0
	}
	if s := a.str(b); s == "age" || s == "ages" || personNoun(s) && !a.isWord(a.to) {
		return a.from, a.to
	}
	return 0, 0
}

// aged is "aged 45", "aged about seventy", "Age: 45".
func (a agePhrase) aged() (from, to int) {
	b := a.from - 1
	about := a.inList(b, listRoughly)
	if about {
		b--
	}
	if a.isWord(b) && (a.str(b) == "aged" || a.str(b) == "age" && !about) || a.punct(b, ':') && a.wordIs(b-1, "age") {
		return a.from, a.to
	}
	return 0, 0
}

// shortAge reports "96yr" or "45yo" where an age stands: said of somebody, or in
// brackets, or before who it is.
func (d *Document) shortAge(i int) bool {
	s := d.str(i)
	tail := strings.TrimLeft(s, "0123456789")
	if n := len(s) - len(tail); n < 1 || n > 3 || !listed(tail, listAgeTail) {
		return false
	}
	if tail == "yo" || tail == "yof" || tail == "yom" {
		return true
	}
	before := d.mark(i-1, ",(") || d.isWord(i-1) && (d.has(i-1, clsCopula) || d.wordIn(i-1, "aged", "a", "then"))
	after := d.isWord(i+1) && (d.wordIn(i+1, "old", "male", "female", "lady", "m", "f") || personNoun(d.str(i+1)))
	return after || before && !d.isWord(i+1)
}

// readingAge reports the number of "reading age 11" or "a reading age of 11",
// which is of a text and not of a person.
func (d *Document) readingAge(i int) bool {
	if d.wordIs(i-1, "of") {
		i--
	}
	return d.wordIs(i-1, "age") && d.wordIs(i-2, "reading")
}

// numberPhrase widens a number to "forty-two", "20 to 30", "18-25".
func (d *Document) numberPhrase(i int) (from, to int) {
	from, to = i, i+1
	if d.words[i].cls&clsNumberWord != 0 {
		for (d.punct(to, '-') || d.isWord(to)) && to < i+4 {
			j := to
			if d.punct(j, '-') {
				j++
			}
			if !d.has(j, clsNumberWord) {
				break
			}
			to = j + 1
		}
	}
	j := to
	if d.punct(j, '-') || d.wordIn(j, "to", "and") {
		if j+1 < len(d.words) && d.words[j+1].kind == text.Number && d.words[j+1].end-d.words[j+1].start <= 3 {
			to = j + 2
		}
	}
	return from, to
}

func personNoun(s string) bool {
	return listed(s, listPersonNoun)
}

// personBefore reports a name or a word for a person before ", 34,".
func (d *Document) personBefore(i int) bool {
	if !d.isWord(i) || d.words[i+1].gap != gapNone {
		return false
	}
	switch s := d.str(i); {
	case s == "female", s == "male", s == "f", s == "m", personNoun(s), d.has(i, clsRelation):
		return true
	}
	return d.capital(i) && d.words[i].cls&(clsMonth|clsWeekday|clsBrandHead) == 0
}

func turned(s string) bool { return s == "turned" || s == "turn" || s == "turning" || s == "turns" }

func yearWord(s string) bool {
	return listed(s, listYearWord)
}

func decadeOfLife(s string) bool { return len(s) == 3 && s[1] == '0' && s[2] == 's' }

func possessivePronoun(s string) bool {
	return listed(s, listPossessivePronoun)
}

// dateLists masks the days before and after a month that lists of days and ranges name with it:
// "April 7th & 21st", "the 7th, 14th and 21st of April", "Wednesday 4th".
func dateLists(d *Document, emit func(Finding)) {
	for i := range d.words {
		w := &d.words[i]
		if w.flags&wfLabel != 0 {
			continue
		}
		if w.cls&clsWeekday != 0 && d.capital(i) && d.ordinalDay(i+1) && d.words[i+1].gap == gapSpace {
			emit(d.found(i, i+2, Date, "date", "weekday and day", 0.7))
		}
		if w.cls&clsMonth != 0 && d.capital(i) && w.shape&shPoss == 0 {
			d.daysOfMonth(i, emit)
		}
	}
	d.lastDays(emit)
}

// daysOfMonth masks the month at i with each list of days beside it.
func (d *Document) daysOfMonth(i int, emit func(Finding)) {
	if d.wordIs(i-1, "of") && d.has(i-2, clsWeekday) && d.has(i-3, clsOrdinal) && d.words[i-2].gap == gapSpace {
		emit(d.found(i-3, i+1, Date, "date", "weekday of a month", 0.7))
	}
	if from := d.daysBefore(i); from < i {
		emit(d.found(from, i+1, Date, "date", "days and their month", 0.7))
	}
	if to := d.daysAfter(i + 2); to > i+2 && d.dayNumber(i+1) && d.words[i+1].gap == gapSpace {
		emit(d.found(i, to, Date, "date", "month and its days", 0.7))
	}
}

// ordinalDay reports "21st" at i.
func (d *Document) ordinalDay(i int) bool {
	return d.dayNumber(i) && d.words[i].kind == text.Mixed && d.words[i].flags&wfLabel == 0
}

// daysBefore is where the list of days begins that the month at i ends, i if there is none.
func (d *Document) daysBefore(i int) int {
	const longest = 6
	k := i - 1
	if d.wordIs(k, "of") && d.words[i].gap == gapSpace {
		k--
	}
	if !d.dayNumber(k) || d.words[k+1].gap != gapSpace {
		return i
	}
	from, many := k, false
	for range longest {
		j := d.beforeJoints(from)
		if j == from-1 || !d.ordinalDay(j) || d.words[j+1].gap > gapSpace {
			break
		}
		from, many = j, true
		if d.has(from-1, clsWeekday) && d.capital(from-1) {
			from--
		}
	}
	if !many {
		return i
	}
	return from
}

// beforeJoints is the word before the commas and small words that join the day at word from
// to one before it.
func (d *Document) beforeJoints(from int) int {
	const longest = 4
	j := from - 1
	for n := 0; n < longest && j > 0 && d.words[j+1].gap <= gapSpace && (d.mark(j, ",&-") || d.isWord(j) && d.dayJoint(d.str(j))); n++ {
		j--
	}
	return j
}

// dayJoint reports a small word between two days of one month.
func (d *Document) dayJoint(s string) bool {
	switch s {
	case "and", "or", "to", "the", "through", "until", "till":
		return true
	}
	return false
}

// daysAfter is the word after the days that go on at word j after the first of a month.
func (d *Document) daysAfter(j int) int {
	const longest = 6
	to := j
	for range longest {
		k := to
		for n := 0; n < 3 && k < len(d.words) && d.words[k].gap <= gapSpace && (d.mark(k, ",&") || d.wordIn(k, "and", "or", "to")); n++ {
			k++
		}
		if k == to || !d.ordinalDay(k) || d.words[k].gap != gapSpace || !d.dayEnds(k+1) {
			return to
		}
		to = k + 1
	}
	return to
}

// dayEnds reports that no noun follows a day, of which it would be the ordinal: "the 2nd floor".
func (d *Document) dayEnds(k int) bool {
	if d.lineEnds(k) || !d.isWord(k) {
		return true
	}
	return text.IsStopWord(d.str(k)) || d.has(k, clsBridge) || d.year(k) || d.punct(k-1, ',')
}

// lastDays masks a day that another date shows to be one: "the 7th April, 21st May and 3rd",
// "on the 12th.".
func (d *Document) lastDays(emit func(Finding)) {
	for _, n := range d.nums {
		i := int(n)
		if !d.ordinalDay(i) || d.words[i].gap != gapSpace || !d.isWord(i-1) {
			continue
		}
		closed := d.lineEnds(i+1) || d.tightMark(i+1, ".,")
		switch s := d.str(i - 1); {
		case s == "the" && closed && d.wordIn(i-2, "on", "by", "until", "before", "after"),
			s == "and" && closed && i >= 3 && d.has(i-2, clsMonth) && d.dayNumber(i-3):
			emit(d.found(i, i+1, Date, "date", "day alone", 0.6))
		}
	}
}
