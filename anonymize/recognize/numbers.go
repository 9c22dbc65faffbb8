// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// numRun is a run of digits as people group them: number tokens on one line
// with at most one separator (and spaces) between neighbours.
type numRun struct {
	from, to int    // words
	digits   string // at most 40
	groups   []int  // digits in each group
	plus     bool   // a plus sign stands before it
	spaced   bool   // a separator is a space
	seps     string // the separators, one byte each; ' ' for space alone
}

// runs gives every run of digits, in order. A run is given from its first
// token only.
func (d *Document) runs(do func(numRun)) {
	for i := range d.digitRuns {
		do(d.digitRuns[i])
	}
}

func (d *Document) gatherRuns() {
	const most = 40
	var buf [2 * most]byte
	for n := 0; n < len(d.nums); {
		i := int(d.nums[n])
		if d.words[i].kind != text.Number {
			n++
			continue
		}
		r := numRun{from: i, to: i + 1}
		digits, seps := buf[:0:most], buf[most:most]
		digits = append(digits, d.fold[d.words[i].start:d.words[i].end]...)
		r.groups = append(r.groups, len(digits))
		r.plus = d.punct(i-1, '+') || d.punct(i-1, '(') && d.punct(i-2, '+')
		for len(digits) < most {
			j, sep := d.separator(r.to)
			if j < 0 || d.tightMark(j+1, "%") {
				break
			}
			// "13/12/2023 11.40": a date and a time, not one number.
			if sep == ' ' && len(r.groups) == 3 && !r.spaced && (&numRun{groups: r.groups, digits: string(digits), seps: string(seps)}).dateLike() {
				break
			}
			g := d.fold[d.words[j].start:d.words[j].end]
			digits = append(digits, g...)
			r.groups = append(r.groups, len(g))
			seps = append(seps, sep)
			r.spaced = r.spaced || sep == ' '
			r.to = j + 1
		}
		r.digits, r.seps = string(digits), string(seps)
		d.digitRuns = append(d.digitRuns, r)
		for n++; n < len(d.nums) && int(d.nums[n]) < r.to; n++ {
		}
	}
}

// separator finds the number token that continues a run ending before word i.
func (d *Document) separator(i int) (next int, sep byte) {
	sep = ' '
	for n := 0; n < 3 && i < len(d.words); n++ {
		w := &d.words[i]
		switch {
		case w.gap >= gapLine:
			return -1, 0
		case w.kind == text.Number:
			if sep == ' ' && w.gap == gapNone {
				return -1, 0
			}
			return i, sep
		case w.kind < text.Punct || !d.joinsDigits(i):
			return -1, 0
		}
		if c := d.read[w.start]; sep == ' ' {
			sep = c
		} else if c != '(' && c != ')' {
			return -1, 0
		}
		i++
	}
	return -1, 0
}

// joinsDigits reports a mark after which a number may go on: no comma of a list, and no full stop
// of a sentence.
func (d *Document) joinsDigits(i int) bool {
	spaceAfter := i+1 < len(d.words) && d.words[i+1].gap != gapNone
	switch d.read[d.words[i].start] {
	case '-', '/', '(', ')', '_', '+', ':', '\\', '~':
		return true
	case ',':
		return d.words[i].gap == gapNone && !spaceAfter
	case '.':
		return !spaceAfter
	}
	return false
}

func (r *numRun) only(seps string) bool { return strings.Trim(r.seps, seps) == "" }

// labelled reports whether one of the words stands within five words before
// word i on the same line.
func (d *Document) labelled(i int, words ...string) bool {
	seen := 0
	for j := i - 1; j >= 0 && seen < 5; j-- {
		if d.words[j+1].gap >= gapPara {
			return false
		}
		if !d.isWord(j) {
			if d.punct(j, '.') && d.words[j+1].flags&wfStart != 0 {
				return false
			}
			continue
		}
		seen++
		s := d.str(j)
		if slices.Contains(words, s) {
			return true
		}
	}
	return false
}

// numbers masks identifiers that a label announces, long numbers, and codes of
// letters and digits.
func numbers(d *Document, emit func(Finding)) {
	d.runs(func(r numRun) {
		n := len(r.digits)
		switch {
		case d.article(r.from):
		case r.caseNumber():
			emit(d.found(r.from, r.to, Code, "case-number", "number/year", 0.9))
		case n >= 2 && d.announced(r.from, n):
			emit(d.found(r.from, r.to, Code, "reference", "label+number", 0.9))
		case n >= 6 && !r.only(","):
			emit(d.found(r.from, r.to, Code, "number", "six digits or more", 0.5))
		case n >= 5 && len(r.groups) == 1:
			emit(d.found(r.from, r.to, Code, "number", "five digits or more", 0.5))
		}
	})
	for _, n := range d.nums {
		switch i := int(n); {
		case d.words[i].kind == text.Mixed:
			d.mixed(i, emit)
		case d.lettersAndDigits(i):
			emit(d.found(i-2, i+1, Code, "code", "letters-digits", 0.5))
		}
	}
}

// caseNumber reports "18403/91".
func (r *numRun) caseNumber() bool {
	return r.only("/") && len(r.groups) == 2 && r.groups[0] >= 2 && r.groups[1] == 2 && len(r.digits) >= 5
}

// lettersAndDigits reports the digits of "ABC-123", whose letters are no acronym of the field.
func (d *Document) lettersAndDigits(i int) bool {
	if i < 2 || !d.tightMark(i-1, "-") || d.words[i].gap != gapNone || d.words[i].end-d.words[i].start < 3 {
		return false
	}
	letters := &d.words[i-2]
	return letters.kind == text.Word && letters.allCapsOrOne() && letters.end-letters.start <= 5 && letters.cls&clsAcronym == 0
}

// article reports a reference to a numbered passage of a public text.
func (d *Document) article(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 6; j-- {
		switch {
		case !d.isWord(j), d.words[j].kind != text.Word:
			continue
		}
		switch s := d.str(j); {
		case listed(s, listNumberedPart):
			return true
		case listed(s, listBetweenNumbers):
			continue
		}
		return false
	}
	return false
}

// announced reports a word right before that announces an identifier of n
// characters. In brackets, few are a figure: "29 have a policy (11 before)".
func (d *Document) announced(i, n int) bool {
	const fewest = 4
	strong := false
	for j := i - 1; j >= 0 && i-j <= 5; j-- {
		if d.words[j+1].gap >= gapLine {
			return strong
		}
		if !d.isWord(j) {
			switch {
			case d.punct(j, '#') && j == i-1:
				strong = true
				continue
			case d.punct(j, '('):
				if n < fewest && !strong {
					return false
				}
				continue
			case d.punct(j, ':'), d.punct(j, '.'), d.punct(j, '-'), d.punct(j, '='):
				continue
			}
			return strong
		}
		switch s := d.str(j); {
		case listed(s, listAnnouncing):
			return true
		case listed(s, listAnnouncedBy):
			continue
		}
		return strong
	}
	return strong
}

// mixed decides on a token of letters and digits.
func (d *Document) mixed(i int, emit func(Finding)) {
	w := &d.words[i]
	s := d.str(i)
	if s == "" || w.cls != 0 || w.lex.grade() > 0 {
		return
	}
	digits, letters := 0, 0
	for k := range len(s) {
		if s[k] >= '0' && s[k] <= '9' {
			digits++
		} else {
			letters++
		}
	}
	from, to := d.hyphened(i)
	switch {
	case strings.HasPrefix(s, "covid"), ordinalDigits(s), quantity(s):
		return
	case d.announced(from, digits+letters):
		emit(d.found(from, to, Code, "reference", "label+code", 0.9))
	case digits >= 3 || digits >= 2 && letters >= 2 && len(s) >= 5:
		emit(d.found(from, to, Code, "code", "letters and digits", 0.5))
	case to-from > 1 && w.shape&(shUpper1|shInner) != 0:
		emit(d.found(from, to, Code, "code", "hyphened code", 0.5))
	}
}

// hyphened widens word i to the tokens joined to it by hyphens, slashes or
// underscores without space.
func (d *Document) hyphened(i int) (from, to int) {
	from, to = i, i+1
	join := func(j int) bool {
		return d.tightMark(j, "-/_")
	}
	for n := 0; n < 4 && from >= 2 && join(from-1) && d.words[from].gap == gapNone && d.isWord(from-2); n++ {
		from -= 2
	}
	for n := 0; n < 4 && join(to) && to+1 < len(d.words) && d.words[to+1].gap == gapNone && d.isWord(to+1); n++ {
		to += 2
	}
	return from, to
}

func ordinalDigits(s string) bool {
	t := strings.TrimLeft(s, "0123456789")
	switch t {
	case "st", "nd", "rd", "th":
		return len(s)-len(t) <= 2
	}
	return false
}

// quantity reports a number with its unit and no space: "5mg", "3pm", "20s".
func quantity(s string) bool {
	t := strings.TrimLeft(s, "0123456789")
	if t == s {
		return false
	}
	return len(s)-len(t) <= 4 && listed(t, listUnitLetters)
}

// spelled masks identifiers dictated in words: six or more digits in a row
// ("oh seven seven double nine ..."), or digits mixed with such words.
func spelled(d *Document, emit func(Finding)) {
	for i := 0; i < len(d.words); i++ {
		if d.words[i].cls&clsDigitWord == 0 {
			continue
		}
		last, count := d.digitWords(i)
		if count >= 6 {
			emit(d.found(i, last+1, Code, "spelled-number", "digits in words", 0.7))
		}
		i = last
	}
}

// digitWords is the last word of the dictated digits that begin at i, and how
// many words and digits they are.
func (d *Document) digitWords(i int) (last, count int) {
	last = i
	for j := i; j < len(d.words) && j-i < 80; j++ {
		w := &d.words[j]
		switch {
		case j > i && w.gap >= gapPara:
			return last, count
		case w.cls&clsDigitWord != 0:
			count++
			last = j
		case w.kind == text.Number && w.end-w.start <= 4:
			count += int(w.end - w.start)
			last = j
		case d.punct(j, ','), d.punct(j, '-'), d.punct(j, '.') && w.gap == gapNone:
		default:
			return last, count
		}
	}
	return last, count
}

// numberEnd is the word after a number in words that goes on at to: "thirty-eight",
// "two hundred and six".
func (d *Document) numberEnd(to int) int {
	for {
		j := to
		if d.tightMark(j, "-") || d.wordIs(j, "and") && d.has(j-1, clsNumberWord) {
			j++
		}
		if !d.has(j, clsNumberWord) || d.words[j].gap > gapSpace || d.words[j].flags&wfLabel != 0 || d.words[to-1].kind == text.Number && d.words[j].gap == gapNone {
			return to
		}
		to = j + 1
	}
}

// countedTo takes in the unit that a denied number counts, where it tells as much
// as the number does: "three years", "22 miles". What is counted stays: "eleven
// people".
func (d *Document) countedTo(to int) (int, string) {
	j := to
	if d.tightMark(j, "-") {
		j++
	}
	if !d.has(j, clsUnit) || d.words[j].gap >= gapLine || d.words[j].flags&wfLabel != 0 || d.words[j].shape&shUpper1 != 0 {
		return to, "unknown"
	}
	switch s := d.str(j); {
	case timeUnit(s):
		if j++; d.wordIs(j, "old") && d.words[j].gap == gapSpace {
			j++
		}
		return j, "duration"
	case thingUnit(s):
		return to, "unknown"
	}
	return j + 1, "unknown"
}

func timeUnit(s string) bool {
	return listed(s, listTimeUnit)
}

// thingUnit reports a unit that is a thing or a person, not a measure.
func thingUnit(s string) bool {
	return listed(s, listThingUnit)
}

// counted reports a number in words, two or more, that counts time or things.
func (d *Document) counted(i int) bool {
	if d.wordIn(i, "one", "zero") {
		return false
	}
	j := i + 1
	for n := 0; n < 4 && (d.has(j, clsNumberWord) || d.punct(j, '-')); n++ {
		j++
	}
	return d.has(j, clsUnit) || d.punct(i-1, '-') && d.has(i-2, clsNumberWord) || d.has(i-1, clsNumberWord) || d.has(i+1, clsNumberWord) || d.punct(i+1, '-')
}

// occupied reports that an occupation is said of somebody: "was a lawyer",
// "as an accountant", "former dancer".
func (d *Document) occupied(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 3 && d.words[j+1].gap == gapSpace && d.isWord(j); j-- {
		switch d.str(j) {
		case "a", "an", "as", "former", "retired", "by", "trainee", "profession", "the":
			return true
		}
	}
	return false
}

// fourOctets reports four numbers up to 255 with full stops between.
func (r *numRun) fourOctets() bool {
	if len(r.groups) != 4 || !r.only(".") {
		return false
	}
	at := 0
	for _, g := range r.groups {
		if g > 3 || g == 3 && r.digits[at:at+3] > "255" {
			return false
		}
		at += g
	}
	return true
}

// dateLike reports three groups that can be a day, month and year.
func (r *numRun) dateLike() bool {
	if len(r.groups) != 3 || !r.only("/-.: ") {
		return false
	}
	g := r.groups
	var v [3]int
	at := 0
	for i, n := range g {
		v[i], _ = strconv.Atoi(r.digits[at : at+n])
		at += n
	}
	switch {
	case g[0] == 4 && g[1] <= 2 && g[2] <= 2:
		return monthAndDay(v[1], v[2])
	case g[0] <= 2 && g[1] <= 2 && (g[2] == 4 || g[2] == 2):
		return monthAndDay(v[1], v[0]) || monthAndDay(v[0], v[1])
	}
	return false
}

func monthAndDay(month, day int) bool { return month >= 1 && month <= 12 && day >= 1 && day <= 31 }

// timeRange reports "11.45-13.30", two times of day.
func (r *numRun) timeRange() bool {
	if len(r.groups) != 4 || r.seps != ".-." && r.seps != ":-:" {
		return false
	}
	o := 0
	for k, n := range r.groups {
		v, err := strconv.Atoi(r.digits[o : o+n])
		if o += n; err != nil || n > 2 || k%2 == 0 && v > 24 || k%2 == 1 && (n != 2 || v > 59) {
			return false
		}
	}
	return true
}

// hourAndMinutes reports "10:30" or "9.15" at the start of a run.
func (r *numRun) hourAndMinutes(sep byte) bool {
	return len(r.groups) >= 2 && r.groups[0] <= 2 && r.groups[1] == 2 && r.seps[0] == sep
}

// shortMonthYear reports "05/21": no score begins with a nought.
func (r *numRun) shortMonthYear() bool {
	return r.only("/") && len(r.digits) == 4 && r.groups[0] == 2 && r.digits[0] == '0' && r.digits[1] != '0'
}

// numericDate masks dates and times written in digits alone.
func (d *Document) numericDate(r numRun, emit func(Finding)) {
	two := len(r.groups) == 2
	switch {
	case r.dateLike() && !r.only(" :"):
		emit(d.found(r.from, r.to, Date, "date", "numeric", 0.9))
	case r.timeRange():
		emit(d.found(r.from, d.meridiem(r.to), Date, "time", "hh.mm-hh.mm", 0.9))
	case r.hourAndMinutes(':'):
		emit(d.found(r.from, d.meridiem(r.to), Date, "time", "hh:mm", 0.7))
	case r.hourAndMinutes('.') && d.meridiem(r.to) > r.to:
		emit(d.found(r.from, d.meridiem(r.to), Date, "time", "hh.mm am", 0.7))
	case two && d.yearRange(r):
		emit(d.found(r.from, r.to, Date, "year-range", "yyyy/yy", 0.9))
	case two && d.monthAndYear(r):
		emit(d.found(r.from, r.to, Date, "month-year", "mm/yyyy", 0.9))
	case two && d.noted(r):
		if month := d.str(r.to - 1); d.dayNumber(r.from) && month >= "01" && month <= "12" {
			emit(d.found(r.from, r.to, Date, "date", "dd/mm", 0.7))
		} else {
			emit(d.found(r.from, r.to, Code, "reference", "number of a minute", 0.6))
		}
	case two && r.shortMonthYear():
		emit(d.found(r.from, r.to, Date, "month-year", "mm/yy", 0.7))
	}
}
