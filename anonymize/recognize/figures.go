// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// ages masks ages: "aged 45", "45 years old", "a 45-year-old", "in her 40s".
func ages(d *Document, emit func(Finding)) {
	for i := range d.words {
		w := &d.words[i]
		number := w.kind == text.Number && w.end-w.start <= 3 || w.cls&clsNumberWord != 0
		if number && d.readingAge(i) {
			continue
		}
		if !number {
			if w.kind == text.Mixed && decadeOfLife(d.str(i)) && d.isWord(i-1) && possessivePronoun(d.str(i-1)) {
				emit(d.found(i, i+1, Date, "age", "in her 40s", 0.7))
			}
			continue
		}
		from, to := d.numberPhrase(i)
		j := to
		if d.punct(j, '-') {
			j++
		}
		switch {
		case d.isWord(j) && yearWord(d.str(j)):
			k := j + 1
			if d.punct(k, '-') {
				k++
			}
			if d.isWord(k) && (d.str(k) == "old" || d.str(k) == "olds" || d.isWord(k+1) && d.str(k) == "of" && d.str(k+1) == "age") {
				emit(d.found(from, to, Date, "age", "n years old", 0.9))
			}
		case d.isWord(j) && d.str(j) == "y" && d.punct(j+1, '/') && d.isWord(j+2) && d.str(j+2) == "o":
			emit(d.found(from, to, Date, "age", "n y/o", 0.9))
		case d.isWord(from-1) && (d.str(from-1) == "am" || d.str(from-1) == "i'm") && d.isWord(to) && d.str(to) == "and":
			emit(d.found(from, to, Date, "age", "I am n and", 0.7))
		case w.kind == text.Number && d.isWord(from-1) && turned(d.str(from-1)) && !d.unitAfter(to-1) && w.end-w.start == 2 && !d.isWord(to):
			emit(d.found(from, to, Date, "age", "turned n", 0.7))
		case d.punct(from-1, ',') && (d.punct(to, ',') || d.punct(to, ';') || d.punct(to, ')')) && to-from == 1 && d.personBefore(from-2):
			emit(d.found(from, to, Date, "age", "name, n,", 0.7))
		case d.isWord(from-1) && d.str(from-1) == "of" && d.isWord(from-2) && (d.str(from-2) == "age" || d.str(from-2) == "ages" || personNoun(d.str(from-2)) && !d.isWord(to)):
			emit(d.found(from, to, Date, "age", "age of n", 0.9))
		case d.isWord(from-1) && (d.str(from-1) == "aged" || d.str(from-1) == "age") || d.punct(from-1, ':') && d.isWord(from-2) && d.str(from-2) == "age":
			emit(d.found(from, to, Date, "age", "aged n", 0.9))
		}
	}
}

// readingAge reports the number of "reading age 11" or "a reading age of 11",
// which is of a text and not of a person.
func (d *Document) readingAge(i int) bool {
	if d.isWord(i-1) && d.str(i-1) == "of" {
		i--
	}
	return d.isWord(i-1) && d.str(i-1) == "age" && d.isWord(i-2) && d.str(i-2) == "reading"
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
	if d.punct(j, '-') || d.isWord(j) && (d.str(j) == "to" || d.str(j) == "and") {
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
	switch d.str(i) {
	case "female", "male", "man", "woman", "boy", "girl", "f", "m", "widow", "mother", "father", "carer", "patient":
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

// money masks amounts: "£12,500", "GBP 3k", "€1.2 million", "500 pounds".
func money(d *Document, emit func(Finding)) {
	for _, n := range d.nums {
		i := int(n)
		if i > 0 && d.words[i-1].kind == text.Number && d.words[i].gap == gapNone {
			continue
		}
		from, to := i, d.figureEnd(i)
		if to == 0 {
			continue
		}
		if d.has(to, clsDemonym) && d.isWord(to+1) && currencyWord(d.str(to+1)) && d.words[to].gap < gapLine {
			to++
		}
		for d.has(to, clsNumberWord) && d.words[to].gap < gapLine || d.isWord(to) && (d.str(to) == "m" || d.str(to) == "k" || d.str(to) == "bn") {
			to++
		}
		switch {
		case i > 0 && d.currencySign(i-1):
			from = i - 1
			if d.isWord(from-1) && d.words[from].gap == gapNone && d.words[from-1].allCaps() {
				from--
			}
		case d.isWord(i-1) && currencyCode(d.str(i-1)) && d.words[i].gap < gapLine:
			from = i - 1
		case d.isWord(to) && d.words[to].gap < gapLine && (currencyCode(d.str(to)) || currencyWord(d.str(to))):
			to++
		case to < len(d.words) && d.currencySign(to) && d.words[to].gap < gapLine:
			to++
		default:
			continue
		}
		if d.isWord(to) && d.str(to) == "sterling" {
			to++
		}
		for range 2 {
			if j := from - 1; d.isWord(j) && d.words[from].gap < gapLine && roughly(d.str(j)) {
				from = j
			} else if d.punct(j, '.') && d.isWord(j-1) && d.str(j-1) == "approx" {
				from = j - 1
			}
		}
		emit(d.found(from, to, Other, "money", "currency+number", 0.9))
	}
}

func roughly(s string) bool {
	return s == "approximately" || s == "approx" || s == "about" || s == "around" || s == "roughly" || s == "nearly"
}

// figureEnd is the word after the number at i with its thousands and decimals.
func (d *Document) figureEnd(i int) int {
	if d.words[i].kind == text.Mixed {
		s := d.str(i)
		if s[0] < '0' || s[0] > '9' {
			return 0
		}
		return i + 1
	}
	j := i + 1
	for j+1 < len(d.words) && (d.punct(j, ',') || d.punct(j, '.')) && d.words[j].gap == gapNone && d.words[j+1].gap == gapNone && d.words[j+1].shape&shDigit != 0 {
		j += 2
	}
	for j < len(d.words) && d.words[j].kind == text.Number && d.words[j].end-d.words[j].start == 3 && d.words[j].gap == gapSpace {
		j++
	}
	return j
}

func (d *Document) currencySign(i int) bool {
	w := &d.words[i]
	if w.kind < text.Punct {
		return false
	}
	switch d.read[w.start:w.end] {
	case "£", "$", "€", "¥", "₹", "₺", "₽", "₩", "₦", "₴", "¢":
		return true
	}
	return false
}

func currencyCode(s string) bool {
	return listed(s, listCurrencyCode)
}

func currencyWord(s string) bool {
	return listed(s, listCurrencyWord)
}

// oddFigures masks exact figures by which a report can be found: decimals,
// fractions of a score, "n=63", and counts that are not round.
func oddFigures(d *Document, emit func(Finding)) {
	for _, n := range d.nums {
		i := int(n)
		if d.words[i].kind != text.Number || i > 0 && d.words[i].gap == gapNone && (d.punct(i-1, '.') || d.punct(i-1, ',')) && d.isWord(i-2) && d.words[i-2].shape&shDigit != 0 {
			continue
		}
		to := d.figureEnd(i)
		s := strings.TrimRight(d.compact(i, to), "kmbn")
		v, err := strconv.Atoi(s)
		if err != nil || d.article(i) || d.listNumber(i, to) || d.publicLine(i, to) {
			continue
		}
		decimal := to-i >= 3 && d.punct(to-2, '.')
		if decimal || d.fraction(to) {
			if d.fraction(to) {
				to = d.figureEnd(to + 1)
			}
			if d.punct(to, '%') {
				to++
			}
			emit(d.found(i, to, Other, "figure", "decimal or score", 0.5))
			continue
		}
		if d.punct(to, '%') && v%10 != 0 {
			emit(d.found(i, to+1, Other, "percentage", "not round", 0.5))
			continue
		}
		if v >= 100 && v%50 != 0 && to-i != 2 || v >= 1000 && v%500 != 0 || d.punct(i-1, '=') && d.isWord(i-2) && d.str(i-2) == "n" {
			emit(d.found(i, to, Other, "figure", "odd count", 0.5))
		}
	}
}

// publicLine reports the number of an emergency or advice line that everybody
// has: "999 calls", "rang 111".
func (d *Document) publicLine(i, to int) bool {
	if to != i+1 {
		return false
	}
	switch d.str(i) {
	case "999", "111", "112", "101", "119":
	default:
		return false
	}
	if d.isWord(i + 1) {
		switch d.str(i + 1) {
		case "call", "calls", "caller", "callers", "operator", "operators", "service", "services", "line", "online":
			return true
		}
	}
	if d.isWord(i - 1) {
		switch d.str(i - 1) {
		case "nhs", "ring", "rang", "call", "called", "calling", "dial", "dialled":
			return true
		}
	}
	return false
}

func (d *Document) fraction(i int) bool {
	return d.punct(i, '/') && d.words[i].gap == gapNone && i+1 < len(d.words) && d.words[i+1].kind == text.Number && d.words[i+1].gap == gapNone &&
		i+2 <= len(d.words) && !d.punct(i+2, '/')
}

// listNumber reports the number of a heading or item: "3.1 Aims".
func (d *Document) listNumber(i, to int) bool {
	return d.words[i].gap >= gapLine && to < len(d.words) && d.words[to].gap < gapLine && d.words[i].end-d.words[i].start <= 2 &&
		!d.punct(to, '%') && (to == i+1 || d.punct(i+1, '.'))
}

// durations masks the lengths of a person's history: a sentence served, an
// employment, an illness. How long a project took stays.
func durations(d *Document, emit func(Finding)) {
	for i := range d.words {
		w := &d.words[i]
		if !(w.kind == text.Number && w.end-w.start <= 3) && w.cls&clsNumberWord == 0 || d.has(i-1, clsNumberWord) {
			continue
		}
		from, to := d.numberPhrase(i)
		if d.punct(to, '-') {
			to++
		}
		if !d.isWord(to) || !yearWord(d.str(to)) {
			continue
		}
		to++
		possessive := d.punct(to, '\'') && d.words[to].gap == gapNone || d.words[to-1].shape&shPoss != 0
		if possessive || d.personalHistory(from, to) {
			emit(d.found(from, to, Date, "duration", "length of a history", 0.5))
		}
	}
}

func (d *Document) personalHistory(from, to int) bool {
	for j := from - 1; j >= 0 && from-j <= 8 && d.words[j+1].flags&wfStart == 0; j-- {
		if d.isWord(j) && historyWord(d.str(j)) {
			return true
		}
	}
	for j := to; j < len(d.words) && j-to < 4 && d.words[j].flags&wfStart == 0; j++ {
		if d.isWord(j) && historyWord(d.str(j)) {
			return true
		}
	}
	return false
}

func historyWord(s string) bool {
	return listed(s, listHistoryWord)
}
