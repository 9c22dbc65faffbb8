// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

const (
	leastCount = 11  // what fewer people did, in digits, says little; it is the method's own size
	roundCount = 100 // below this, tens are round

	mostCounted = 1_000_000_000 // more is no count of anything that somebody counted
)

// counts masks exact counts of people, groups and meetings, with what is counted:
// "303 members of the public", "twenty-three engagement sessions". By them a report
// is found.
func counts(d *Document, emit func(Finding)) {
	for i := range d.words {
		to := d.exactCount(i)
		if to == 0 {
			continue
		}
		if end := max(d.countedNoun(i, to), d.thingsCounted(i, to)); end > to && !d.methodsOwn(i, to, end) {
			emit(d.found(i, end, Other, "count", "exact count", 0.5))
		}
	}
}

// methodsOwn reports few interviews or meetings, in [number,to) and what they are up to end: how a thing
// was done.
func (d *Document) methodsOwn(number, to, end int) bool {
	const few = 20
	if !d.wordIn(end-1, "interviews", "sessions", "workshops", "meetings", "surveys", "questionnaires", "webinars", "seminars", "calls") {
		return false
	}
	v, err := strconv.Atoi(d.compact(number, to))
	return err == nil && v < few || err != nil && to == number+1
}

// exactCount is the word after the exact number that begins at i, 0 if none does.
func (d *Document) exactCount(i int) int {
	w := &d.words[i]
	switch {
	case w.flags&wfLabel != 0:
		return 0
	case w.kind == text.Number:
		return d.exactFigure(i)
	case w.cls&clsNumberWord != 0:
		return d.exactWords(i)
	}
	return 0
}

// exactFigure is the word after an exact count in digits at i, 0 if it is none.
func (d *Document) exactFigure(i int) int {
	if i > 0 && d.words[i].gap == gapNone || d.article(i) || d.partOfWhole(i) {
		return 0
	}
	to := d.figureEnd(i)
	v, err := strconv.Atoi(d.compact(i, to))
	if err != nil || v < leastCount || v < roundCount && v%10 == 0 || d.listNumber(i, to) || d.yearFigure(i, to) || d.publicLine(i, to) {
		return 0
	}
	return to
}

// exactWords is the word after an exact count in words that begins at i, 0 if it is none.
func (d *Document) exactWords(i int) int {
	if d.has(i-1, clsNumberWord) || d.isWord(i-1) && d.words[i-1].kind == text.Number || d.punct(i-1, '-') && d.words[i].gap == gapNone || d.partOfWhole(i) {
		return 0
	}
	to := d.numberEnd(i + 1)
	for j := i; j < to; j++ {
		s := d.str(j)
		if strings.HasPrefix(s, "hundred") || strings.HasPrefix(s, "thousand") || strings.HasPrefix(s, "million") || s == "eleven" || s == "twelve" || strings.HasSuffix(s, "teen") || j+1 < to && strings.HasSuffix(s, "ty") {
			return to
		}
	}
	return 0
}

// partOfWhole reports the whole of "17 of 22".
func (d *Document) partOfWhole(i int) bool {
	j := i - 1
	if d.wordIs(j, "the") {
		j--
	}
	if !d.wordIs(j, "of") {
		return false
	}
	if d.wordIs(j-1, "out") {
		j--
	}
	return d.isWord(j-1) && (d.words[j-1].kind == text.Number || d.has(j-1, clsNumberWord) && !d.wordIs(j-1, "one"))
}

// yearFigure reports a number that may as well be a year.
func (d *Document) yearFigure(i, to int) bool {
	s := d.str(i)
	return to == i+1 && len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && s[2:] != "00"
}

// countedNoun is the word after what the number from number to i counts: a noun of the table,
// after at most two words that describe it. 0 if there is none.
func (d *Document) countedNoun(number, i int) int {
	const describing = 3
	nouns := clsCounted
	if i-number > 1 || d.words[number].end-d.words[number].start >= 3 {
		nouns |= clsCountedMany
	}
	for n := 0; n <= describing; n++ {
		j := i + n
		if !d.spacedWord(j) || d.words[j].flags&wfLabel != 0 || d.words[j].shape&(shUpper1|shInner|shDigit) != 0 && !d.words[j].allCaps() || text.IsStopWord(d.str(j)) || d.has(j, clsBridge|clsNumberWord) {
			return 0
		}
		if d.has(j, nouns) && !d.has(j+1, nouns) {
			return d.alsoCounted(d.ofThePublic(d.kindsCounted(j + 1)))
		}
		if d.tightMark(j+1, "-") && d.plainAfterHyphen(j+2) {
			i += 2 // "26 co-designed workshops"
		}
	}
	return 0
}

// thingsCounted is the word after the things, of no table, that the number from number to
// i counts one by one: "92 incident reports". 0 if it counts none, or is round.
func (d *Document) thingsCounted(number, i int) int {
	v, err := strconv.Atoi(d.compact(number, i))
	if err != nil || v >= mostCounted || v%10 == 0 && (v < 1000 || v%100 == 0 && d.words[number].end-d.words[number].start > 3 || v%1000 == 0) {
		return 0
	}
	const describing = 3
	j := i
	for n := 0; n < describing && !d.severalThings(v, j) && d.describes(j); n++ {
		if j++; d.tightMark(j, "-") && d.plainAfterHyphen(j+1) {
			j += 2 // "66 semi-structured interviews"
		}
	}
	if d.severalThings(v, j) && !d.severalThings(v, j+1) {
		return j + 1
	}
	return 0
}

// plainAfterHyphen reports a word in lower case that a hyphen ties to the one before.
func (d *Document) plainAfterHyphen(i int) bool {
	return d.isWord(i) && d.words[i].gap == gapNone && d.words[i].kind == text.Word && d.words[i].shape&(shUpper1|shInner|shPoss) == 0
}

// describes reports a word in lower case that may stand before what is counted.
func (d *Document) describes(i int) bool {
	return d.plainWord(i) && (d.words[i].lex.grade() >= 2 || d.punct(i+1, '-')) && !d.has(i, clsUnit|clsBridge|clsNumberWord|clsSaid|clsCopula)
}

// plainWord reports a word in lower case after a space, no small word.
func (d *Document) plainWord(i int) bool {
	return d.spacedWord(i) && d.words[i].kind == text.Word && d.words[i].shape&(shUpper1|shInner|shPoss) == 0 && d.words[i].flags&wfLabel == 0 && !text.IsStopWord(d.str(i))
}

// severalThings reports a plural at word j, no measure and no part of a text or a
// method, which a count of v is told of: "4,706 signatures".
func (d *Document) severalThings(v, j int) bool {
	if !d.plainWord(j) || d.words[j].lex.grade() < 1 && !d.derived(j) {
		return false
	}
	s := d.str(j)
	if !pluralForm(s) || d.has(j, clsUnit) && (!thingUnit(s) || v < roundCount) {
		return false
	}
	if v < roundCount && !doneEnding(s) {
		return false // below a hundred, things are the method's own
	}
	return !listed(s, listPartCounted, listTimeUnit, listCurrencyWord)
}

// doneEnding reports the plural of somebody who does something, or of what was done: "walkers",
// "inspections".
func doneEnding(s string) bool {
	for _, end := range [...]string{"ers", "ors", "ists", "ees", "ants", "ians", "ations", "ctions"} {
		if len(s) > len(end)+3 && strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// kindsCounted takes in the others that one number counts: "400 students, teachers and
// visitors".
func (d *Document) kindsCounted(to int) int {
	const most = 6
	counted := func(j int) bool {
		return d.plainWord(j) && (d.has(j, clsCounted) || d.words[j].lex.grade() >= 2 && d.str(j)[len(d.str(j))-1] == 's')
	}
	end := to
	for j, n := to, 0; n < most; n++ {
		comma := d.tightMark(j, ",")
		if comma {
			j++
		}
		if d.wordIs(j, "and") && d.words[j].gap == gapSpace && counted(j+1) && (n > 0 || comma) {
			return j + 2
		}
		if !comma || !counted(j) {
			return end
		}
		j++
	}
	return end
}

// ofThePublic takes in "and members" and "of the public" after a noun that is counted.
func (d *Document) ofThePublic(to int) int {
	if d.wordIs(to, "and") && d.has(to+1, clsCounted) && d.words[to+1].shape&shUpper1 == 0 && d.words[to+1].gap == gapSpace {
		to += 2
	}
	if d.wordIs(to, "of") && d.has(to+1, clsCounted) && d.words[to+1].shape&shUpper1 == 0 && d.words[to+1].gap == gapSpace {
		return to + 2 // "130 hours of hearings"
	}
	if d.wordIs(to+2, "public") && d.str(to) == "of" && d.str(to+1) == "the" && d.words[to+2].gap == gapSpace {
		to += 3
	}
	return to
}

// alsoCounted takes in how many places they are from: "500 people from 48 states".
func (d *Document) alsoCounted(to int) int {
	if !d.wordIn(to, "from", "in", "across") || to+2 >= len(d.words) || d.words[to+1].gap != gapSpace {
		return to
	}
	j := to + 1
	if d.words[j].kind != text.Number && d.words[j].cls&clsNumberWord == 0 {
		return to
	}
	k := d.numberEnd(j + 1)
	if d.has(k, clsCounted) && d.words[k].gap == gapSpace && d.words[k].shape&shUpper1 == 0 {
		return k + 1
	}
	return to
}

// countedSo masks what a number counts with the words that describe it: "[52] purposively sampled
// members", "ten different [Wexish] boroughs".
func (d *denial) countedSo(i int) {
	const describing = 5
	first := d.manySo(i)
	if first == 0 || d.isWord(first) && (strings.HasSuffix(d.str(first), "ing") || pluralWord(d.str(first)) && !d.wordIs(first+1, "and")) {
		return
	}
	for j := first; j <= first+describing && d.describesCount(j); j++ {
		if j > first && pluralWord(d.str(j)) && !d.inList(j, listPartCounted, listTimeUnit) && !d.wordIn(j, "types", "kinds") {
			if d.wordIs(i-1, "of") && d.wordIs(i-2, "one") {
				i -= 2
			}
			d.mask(i, j+1, Other, "count", "what is counted and how")
			return
		}
	}
}

// manySo is the word after a number of ten or more at word i, which is no day, year or measure, not
// of a greater number and no part of a name; 0 if there is none.
func (d *denial) manySo(i int) int {
	w, to := &d.words[i], i+1
	switch {
	case w.kind == text.Number:
		if to = d.figureEnd(i); w.gap == gapNone && d.mark(i-1, ".,") || d.words[to-1].end-w.start < 2 || d.yearFigure(i, to) || d.maskedCapital(i-1) || d.tightMark(i+1, ".") || d.has(to-1, clsNumberWord) {
			return 0
		}
	case w.cls&clsNumberWord == 0, d.isWord(i-1) && d.words[i-1].kind == text.Number, d.numberInWords(i) < leastDenied && !d.wordIs(i, "ten"):
		return 0
	}
	if d.ofSoMany(i) || d.mark(i-1, "/-") || d.has(to, clsUnit|clsMonth|clsNumberWord) {
		return 0
	}
	return to
}

// ofSoMany reports a number that says of how many another is: "3 of 20".
func (d *denial) ofSoMany(i int) bool {
	return d.wordIs(i-1, "of") && i > 1 && (d.words[i-2].kind == text.Number || d.has(i-2, clsNumberWord) && !d.wordIs(i-2, "one"))
}

// describesCount reports a word that may stand between a number and what it counts.
func (d *Document) describesCount(j int) bool {
	if !d.spacedWord(j) || d.words[j].kind != text.Word || d.words[j].flags&wfLabel != 0 {
		return false
	}
	return d.wordIs(j, "and") || !text.IsStopWord(d.str(j)) && !d.has(j, clsBridge|clsSaid|clsCopula) && !(d.didSomething(j) && d.didSomething(j-1))
}

// pluralForm reports a word that ends as regular nouns of many do.
func pluralForm(s string) bool {
	n := len(s)
	return n >= 4 && s[n-1] == 's' && s[n-2] != 's' && s[n-2] != 'u' && s[n-2] != 'i'
}

// pluralWord reports a noun of many.
func pluralWord(s string) bool {
	return pluralForm(s) || s == "people" || s == "children" || s == "women"
}
