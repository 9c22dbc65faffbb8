// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// year reports a number that reads as a year from 1500 to 2099.
func (d *Document) year(i int) bool {
	if i < 0 || i >= len(d.words) || d.words[i].kind != text.Number || d.words[i].end-d.words[i].start != 4 {
		return false
	}
	s := d.fold[d.words[i].start:d.words[i].end]
	return s >= "1500" && s <= "2099"
}

func (d *Document) dayNumber(i int) bool {
	if i < 0 || i >= len(d.words) || d.words[i].shape&shDigit == 0 {
		return false
	}
	s := d.fold[d.words[i].start:d.words[i].end]
	if d.words[i].kind == text.Mixed {
		if !ordinalDigits(s) {
			return false
		}
		s = s[:len(s)-2]
	}
	v, err := strconv.Atoi(s)
	return err == nil && v >= 1 && v <= 31 && len(s) <= 2
}

// dates masks dates, years, decades, seasons and quarters with a year, and
// clock times. A month or weekday alone stays.
func dates(d *Document, emit func(Finding)) {
	d.runs(func(r numRun) { d.numericDate(r, emit) })
	d.relativeMonths(emit)
	d.spokenDates(emit)
	d.holidays(emit)
	for _, n := range d.nums {
		i := int(n)
		switch {
		case d.words[i].kind == text.Mixed && d.squeezedDay(i):
			emit(d.found(d.weekdayBefore(i), d.yearAfter(i+1), Date, "date", "month and day as one word", 0.9))
		case d.timestamp(i, emit), d.monthDate(i, emit):
		case d.year(i) && (d.yearSaid(i) || !d.article(i)) && !d.unitAfter(i):
			from := d.yearFrom(i)
			sub := "year"
			if from < i {
				sub = "month-year"
			}
			emit(d.found(from, i+1, Date, sub, "year", 0.7))
		case d.decade(i):
			emit(d.found(d.part(i-1, i), i+1, Date, "decade", "1990s", 0.7))
		case d.nthAlone(i):
			emit(d.found(i, i+1, Date, "date", "the nth", 0.6))
		case d.romanMonth(i):
			emit(d.found(i, i+5, Date, "date", "month in Roman numerals", 0.9))
		case d.weekdayTheNth(i):
			emit(d.found(i-2, i+1, Date, "date", "weekday the nth", 0.7))
		default:
			d.timeOfDay(i, emit)
		}
	}
}

// weekdayTheNth reports "Monday the 4th" at its day.
func (d *Document) weekdayTheNth(i int) bool {
	return d.words[i].kind == text.Mixed && d.dayNumber(i) && d.wordIs(i-1, "the") && d.has(i-2, clsWeekday) && d.words[i].gap < gapLine
}

// nthAlone reports a day without its month, which a sentence or line ends or goes on after: "by
// 31st.", "on the 4th so".
func (d *Document) nthAlone(i int) bool {
	j := i - 1
	if d.words[i].kind != text.Mixed || !d.dayNumber(i) || d.words[i].gap != gapSpace {
		return false
	}
	if d.wordIs(j, "the") {
		j--
	}
	if !d.wordIn(j, "by", "on", "before", "until", "till", "since", "from", "due") {
		return false
	}
	j = i + 1
	return d.lineEnds(j) || d.mark(j, ".,;:)?!") || d.wordIn(j, "so", "and", "at", "if", "but", "because", "when", "as", "with", "for", "to") && !d.capital(j) && !d.dayNumber(j+1)
}

// romanMonth reports "3.ii.24" at its day.
func (d *Document) romanMonth(i int) bool {
	if !d.dayNumber(i) || i+4 >= len(d.words) || !d.tightMark(i+1, "./") || !d.tightMark(i+3, "./") || !d.inList(i+2, listRoman) || d.words[i+2].gap != gapNone || d.words[i+4].gap != gapNone {
		return false
	}
	n := d.words[i+4].end - d.words[i+4].start
	return d.words[i+4].kind == text.Number && (n == 2 || n == 4)
}

// holidays masks a day of the week that is one holiday of the year: "Bank Holiday Monday".
func (d *Document) holidays(emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if d.words[i].cls&clsWeekday == 0 || d.words[i].gap != gapSpace || d.spacedCapital(i+1) {
			continue
		}
		switch {
		case d.wordIs(i-1, "holiday") && d.wordIs(i-2, "bank"):
			emit(d.found(i-2, i+1, Date, "relative-date", "feast", 0.6))
		case d.capital(i-1) && d.wordIn(i-1, "easter", "shrove", "ash", "maundy", "palm", "whit", "good"):
			emit(d.found(i-1, i+1, Date, "relative-date", "feast", 0.6))
		}
	}
}

// squeezedDay reports a month and a day written as one word: "June11th", "3rdMay".
func (d *Document) squeezedDay(i int) bool {
	s := d.str(i)
	a := strings.IndexAny(s, "0123456789")
	b := strings.LastIndexAny(s, "0123456789") + 1
	if b-a > 2 {
		return false
	}
	ordinal := func(s string) bool { return s == "" || s == "st" || s == "nd" || s == "rd" || s == "th" }
	if a >= 3 {
		return wordClass(s[:a])&clsMonth != 0 && ordinal(s[b:])
	}
	for n := b; n <= min(b+2, len(s)); n += 2 {
		if a == 0 && len(s)-n >= 3 && ordinal(s[b:n]) && wordClass(s[n:])&clsMonth != 0 {
			return true
		}
	}
	return false
}

// yearSaid reports a year that follows what years follow: "in 2003", "since 2019".
func (d *Document) yearSaid(i int) bool {
	if !d.isWord(i-1) || d.words[i].gap != gapSpace {
		return false
	}
	switch d.str(i - 1) {
	case "in", "since", "during", "until", "till":
		return true
	}
	return false
}

// monthAndYear reports "05/2021" of two groups of digits.
func (d *Document) monthAndYear(r numRun) bool {
	return r.groups[0] <= 2 && r.groups[1] == 4 && r.only("/") && d.year(r.to-1)
}

// yearRange reports "2019/20", "2019-2021" of two groups of digits.
func (d *Document) yearRange(r numRun) bool {
	return r.groups[0] == 4 && (r.groups[1] == 2 || r.groups[1] == 4) && r.only("/-") && d.year(r.from)
}

// yearFrom is where the date begins that ends in the year i: "early spring 2021",
// "June and July 2021".
func (d *Document) yearFrom(i int) int {
	from := i
	if d.wordIs(i-1, "to") && d.words[i].gap == gapSpace && d.year(i-2) {
		return i - 2 // "2019 to 2021"
	}
	for from > 0 && d.words[from].gap < gapLine && d.partOfAYear(from-1) {
		from--
	}
	if from == i && d.wordIs(i-1, "of") && (d.season(i-2) || d.wordIs(i-2, "fall")) {
		from = i - 2
	}
	if from == i && d.unknownSeason(i-1) {
		from = i - 1
	}
	if j := from - 1; from < i && (d.wordIn(j, "and", "to", "or") || d.mark(j, "-/")) && (d.month(j-1) || d.season(j-1)) {
		from = j - 1
	}
	return d.earlyOrLate(from)
}

// partOfAYear reports a month, season or quarter.
func (d *Document) partOfAYear(i int) bool {
	return d.has(i, clsMonth) || d.season(i) || d.isWord(i) && d.quarter(i)
}

// earlyOrLate is where "early" or "mid-" begins before word from, or from.
func (d *Document) earlyOrLate(from int) int {
	switch {
	case d.wordIn(from-1, "early", "late", "mid"):
		return from - 1
	case d.punct(from-1, '-') && d.words[from].gap == gapNone && d.wordIs(from-2, "mid"):
		return from - 2 // "mid-2019"
	}
	return from
}

// timeOfDay masks "7pm", "7.30pm", "7 o'clock".
func (d *Document) timeOfDay(i int, emit func(Finding)) {
	switch w := &d.words[i]; {
	case w.kind == text.Number && d.meridiem(i+1) > i+1 && w.end-w.start <= 2:
		emit(d.found(i, d.meridiem(i+1), Date, "time", "n pm", 0.7))
	case w.kind == text.Mixed && d.minutes(i):
		emit(d.found(i-2, i+1, Date, "time", "n.nnpm", 0.7))
	case w.kind == text.Mixed && d.clock(i):
		emit(d.found(i, i+1, Date, "time", "npm", 0.7))
	}
}

// timestamp masks the date and time that machines write, whole:
// "2023-05-12T10:15:00Z".
func (d *Document) timestamp(i int, emit func(Finding)) bool {
	const form, rest = "dddd-dd-ddtdd:dd", "0123456789:.+z" // what may follow
	start := int(d.words[i].start)
	if !d.year(i) || len(d.fold) < start+len(form) {
		return false
	}
	for k, c := range []byte(form) {
		if got := d.fold[start+k]; c == 'd' && (got < '0' || got > '9') || c != 'd' && got != c {
			return false
		}
	}
	end := start + len(form)
	for end < len(d.fold) && strings.IndexByte(rest, d.fold[end]) >= 0 {
		end++
	}
	_, to := d.wordsOf(text.Span{Start: start, End: end})
	for to > i+1 && !d.isWord(to-1) {
		to--
	}
	emit(d.found(i, to, Date, "date", "timestamp", 0.9))
	return true
}

// spokenDates masks a date in words: "the twelfth of March twenty twenty-one".
func (d *Document) spokenDates(emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if !d.month(i) || !d.isWord(i) {
			continue
		}
		from, to := d.spokenDay(i), i+1
		if y := d.spokenYear(to); y > to {
			to = y
		} else if from == i {
			continue
		}
		emit(d.found(from, to, Date, "date", "date in words", 0.7))
	}
}

// spokenDay is where the day in words begins before the month at i, i if there is none.
func (d *Document) spokenDay(i int) int {
	from := i
	if d.wordIs(i-1, "of") && d.has(i-2, clsOrdinal) {
		from = i - 2
	} else if d.has(i-1, clsOrdinal) && d.words[i].gap == gapSpace {
		from = i - 1
	}
	if d.has(from-1, clsNumberWord) || d.punct(from-1, '-') && d.has(from-2, clsNumberWord) {
		for from > 0 && (d.has(from-1, clsNumberWord) || d.punct(from-1, '-')) && i-from < 5 {
			from-- // "twenty-first of"
		}
	}
	return from
}

// spokenYear is the word after a year in words that begins at i, or i: "twenty
// twenty-one", "nineteen ninety-eight", "two thousand and nineteen".
func (d *Document) spokenYear(i int) int {
	if !d.spacedWord(i) {
		return i
	}
	switch d.str(i) {
	case "nineteen", "twenty":
	case "two":
		if !d.wordIs(i+1, "thousand") {
			return i
		}
	default:
		return i
	}
	to := d.numberEnd(i + 1)
	if to == i+1 || d.has(to, clsUnit|clsCounted) {
		return i
	}
	return to
}

// relativeMonths masks "last July" and "next December".
func (d *Document) relativeMonths(emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if d.words[i].cls&clsMonth != 0 && d.wordIn(i-1, "last", "next") && d.words[i].gap == gapSpace && !d.dayNumber(i+1) {
			emit(d.found(i-1, i+1, Date, "relative-month", "last/next month", 0.7))
		}
	}
}

// monthDate masks a date that holds a month's name, from the number beside it.
func (d *Document) monthDate(i int, emit func(Finding)) bool {
	if d.shortYear(i) {
		from := d.yearFrom(i - 1)
		emit(d.found(from, i+1, Date, "month-year", "month 'yy", 0.9))
		return true
	}
	if !d.dayNumber(i) {
		return false
	}
	from, to := d.dayAndMonth(i)
	if to < 0 {
		return false
	}
	// "October 25-26"
	if from < i && (d.punct(to, '-') || d.has(to, clsRange) && !d.wordIn(to, "and", "or")) && d.dayNumber(to+1) && d.words[to+1].gap < gapLine && !d.unitAfter(to+1) {
		to += 2
	}
	emit(d.found(d.weekdayBefore(from), d.yearAfter(to), Date, "date", "day+month", 0.9))
	return true
}

// shortYear reports the number of a year without its century, after a month and an
// apostrophe: "Sept '21".
func (d *Document) shortYear(i int) bool {
	return d.words[i].kind == text.Number && d.words[i].end-d.words[i].start == 2 && d.words[i].gap == gapNone && d.punct(i-1, '\'') && d.words[i-1].gap == gapSpace && d.month(i-2)
}

// dayAndMonth is the day i with its month, to -1 if it has none.
func (d *Document) dayAndMonth(i int) (from, to int) {
	switch m := d.skipOf(i + 1); {
	case d.has(m, clsMonth) && d.words[m].gap < gapLine && (d.capital(m) || !d.wordIn(m, "may", "mar")):
		return i, m + 1
	case d.month(i - 1):
		if from = i - 1; !d.isWord(from) {
			from--
		}
		return from, i + 1
	case d.wordIs(i-1, "the") && d.month(i-2):
		return i - 2, i + 1
	}
	// "12-14 March", "3, 4 and 5 May"
	if m := d.rangeEnd(i); m >= 0 {
		return i, m + 1
	}
	return i, -1
}

// yearAfter is the word after the year that follows a date which ends before to, or to.
func (d *Document) yearAfter(to int) int {
	y := to
	for y < len(d.words) && y < to+2 && (d.mark(y, ",-'") || d.tightMark(y, ".")) {
		y++
	}
	switch {
	case d.year(y) && d.words[y].gap < gapLine || y < len(d.words) && d.punct(y-1, '\'') && d.words[y].kind == text.Number:
		return y + 1
	case d.has(to-1, clsMonth) && d.yearInTwo(y):
		return y + 1
	}
	return to
}

// yearInTwo reports a year in two digits after a month: "May 21".
func (d *Document) yearInTwo(y int) bool {
	return !d.lineEnds(y) && d.words[y].kind == text.Number && d.words[y].end-d.words[y].start == 2 && !d.punct(y-1, ',') && !d.unitAfter(y)
}

// weekdayBefore takes in "Tuesday," or "Tuesday the" before a date.
func (d *Document) weekdayBefore(from int) int {
	w := from - 1
	if d.punct(w, ',') || d.wordIs(w, "the") {
		w--
	}
	if d.has(w, clsWeekday) && d.words[from].gap < gapLine {
		return w
	}
	return from
}

func (d *Document) month(i int) bool {
	if d.mark(i, ".-/") {
		i--
	}
	return d.has(i, clsMonth) && (d.capital(i) || !d.wordIn(i, "may", "march", "mar"))
}

func (d *Document) skipOf(i int) int {
	for n := 0; n < 2 && i < len(d.words); n++ {
		if d.wordIs(i, "of") || d.mark(i, "-/") || d.tightMark(i, ".") {
			i++
		}
	}
	return i
}

// rangeEnd finds the month that ends a list or range of days.
func (d *Document) rangeEnd(i int) int {
	for j := i + 1; !d.lineEnds(j) && j < i+8; j++ {
		switch {
		case d.has(j, clsMonth) && d.capital(j):
			return j
		case d.dayNumber(j), d.punct(j, '-'), d.punct(j, ','), d.punct(j, '/'), d.wordIn(j, "and", "to", "or"):
		default:
			return -1
		}
	}
	return -1
}

func (d *Document) season(i int) bool {
	if !d.isWord(i) {
		return false
	}
	return d.inList(i, listSeason)
}

func (d *Document) quarter(i int) bool {
	return d.inList(i, listQuarter)
}

func (d *Document) decade(i int) bool {
	s := d.fold[d.words[i].start:d.words[i].end]
	return len(s) == 5 && s[4] == 's' && s[3] == '0' && s >= "1500" && s <= "2099s"
}

// meridiem is the word after "am", "pm", "a.m.", "o'clock" at i, or i.
func (d *Document) meridiem(i int) int {
	if !d.isWord(i) || d.words[i].gap >= gapLine {
		return i
	}
	switch s := d.str(i); {
	case s == "am" || s == "pm" || s == "o'clock":
		return i + 1
	case (s == "a" || s == "p") && d.punct(i+1, '.') && d.wordIs(i+2, "m"):
		return i + 3
	}
	return i
}

// minutes reports the "30pm" of "7.30pm".
func (d *Document) minutes(i int) bool {
	s := d.str(i)
	return len(s) == 4 && (s[2:] == "am" || s[2:] == "pm") && s[0] >= '0' && s[0] <= '5' && s[1] >= '0' && s[1] <= '9' &&
		d.tightMark(i-1, ".:") && d.words[i].gap == gapNone &&
		i >= 2 && d.words[i-2].kind == text.Number && d.words[i-2].end-d.words[i-2].start <= 2
}

func (d *Document) clock(i int) bool {
	s := d.str(i)
	return len(s) >= 3 && len(s) <= 4 && (s[len(s)-2:] == "am" || s[len(s)-2:] == "pm") && s[0] >= '1' && s[0] <= '9' &&
		(len(s) == 3 || s[1] >= '0' && s[1] <= '2')
}

// unitAfter reports that a number counts something.
func (d *Document) unitAfter(i int) bool {
	return d.has(i+1, clsUnit) && d.words[i+1].gap < gapLine || d.punct(i+1, '%')
}

// oneDay reports a weekday that is one day, no habit: "on Wednesday we met". "Every Wednesday"
// and "on Wednesdays" are habits.
func (d *Document) oneDay(i int) bool {
	s := d.str(i)
	for j := i + 1; j <= i+3 && d.isWord(j); j++ {
		switch d.str(j) {
		case "mornings", "afternoons", "evenings", "nights":
			return false // "on Monday and Thursday nights"
		}
	}
	if d.spacedCapital(i) && d.words[i].shape&shPoss != 0 && len(s) > 3 && d.isWord(i-1) && !d.capital(i-1) && !d.wordIn(i-1, "every", "each", "a") {
		return true // "during Friday's workshop"
	}
	return d.spacedCapital(i) && s[len(s)-1] != 's' && d.wordIs(i-1, "on")
}

// monthInSentence reports a month's name where a month stands, though somebody
// may be called so: "in June", "since April".
func (d *Document) monthInSentence(i int) bool {
	if !d.isWord(i-1) || d.words[i].gap != gapSpace || d.words[i-1].shape&shUpper1 != 0 || d.spacedWord(i+1) && (d.capital(i+1) || d.words[i+1].shape&shDigit != 0) {
		return false
	}
	return d.inList(i-1, listMonthInSentence)
}

// noted reports "15/03" where a line begins with it: when something was noted, or the number of a minute.
func (d *Document) noted(r numRun) bool {
	return r.groups[0] == 2 && r.groups[1] == 2 && r.seps[0] == '/' && (r.from == 0 || d.words[r.from].gap >= gapLine) && d.spacedCapital(r.to)
}

// feastTold reports a feast by which a time is told: "by Easter", "since Ramadan", no party of it.
func (d *Document) feastTold(i int) bool {
	if !d.capital(i) || d.words[i].gap != gapSpace || d.words[i].flags&(wfLabel|wfShout|wfTitle) != 0 || d.words[i].shape&shPoss != 0 || !d.inList(i, listFeast) || d.spacedCapital(i+1) {
		return false
	}
	return d.wordIn(i-1, "by", "since", "at", "before", "after", "until", "till", "to", "over", "during", "around", "from") && (!d.spacedWord(i+1) || text.IsStopWord(d.str(i+1)) || d.year(i+1) || d.has(i+1, clsCopula|clsSaid))
}
