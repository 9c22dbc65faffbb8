// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// money masks amounts: "£12,500", "GBP 3k", "€1.2 million", "500 pounds".
func money(d *Document, emit func(Finding)) {
	for _, n := range d.nums {
		i := int(n)
		if i > 0 && d.words[i-1].kind == text.Number && d.words[i].gap == gapNone {
			continue
		}
		to := d.figureEnd(i)
		if to == 0 {
			continue
		}
		if from, to := d.currencyBeside(i, d.scaleEnd(to)); from >= 0 {
			if d.wordIs(to, "sterling") {
				to++
			}
			emit(d.found(d.roughlyBefore(from), to, Other, "money", "currency+number", 0.9))
		}
	}
}

// scaleEnd takes in what a figure is counted in: "1.2 million", "3k", "5 Swiss" francs.
func (d *Document) scaleEnd(to int) int {
	if d.has(to, clsDemonym) && d.isWord(to+1) && currencyWord(d.str(to+1)) && d.words[to].gap < gapLine {
		to++
	}
	for d.has(to, clsNumberWord) && d.words[to].gap < gapLine || d.wordIn(to, "m", "k", "bn") {
		to++
	}
	return to
}

// currencyBeside takes in the currency before or after the figure [i,to); from is -1 if
// there is none.
func (d *Document) currencyBeside(i, to int) (from, end int) {
	switch {
	case i > 0 && d.currencySign(i-1):
		from = i - 1
		if d.isWord(from-1) && d.words[from].gap == gapNone && d.words[from-1].allCaps() {
			from--
		}
		return from, to
	case d.isWord(i-1) && currencyCode(d.str(i-1)) && d.words[i].gap < gapLine:
		return i - 1, to
	case d.isWord(to) && d.words[to].gap < gapLine && (currencyCode(d.str(to)) || currencyWord(d.str(to))),
		!d.lineEnds(to) && d.currencySign(to):
		return i, to + 1
	}
	return -1, to
}

// roughlyBefore takes in up to two words for about before a figure.
func (d *Document) roughlyBefore(from int) int {
	for range 2 {
		if j := from - 1; d.isWord(j) && d.words[from].gap < gapLine && roughly(d.str(j)) {
			from = j
		} else if d.punct(j, '.') && d.wordIs(j-1, "approx") {
			from = j - 1
		}
	}
	return from
}

func roughly(s string) bool {
	return s == "approximately" || s == "approx" || s == "about" || s == "around" || s == "roughly" || s == "nearly"
}

// figureEnd is the word after the number at i with its thousands and decimals, of which no
// figure has so many as are read.
func (d *Document) figureEnd(i int) int {
	if d.words[i].kind == text.Mixed {
		s := d.str(i)
		if s[0] < '0' || s[0] > '9' {
			return 0
		}
		return i + 1
	}
	j, most := i+1, i+40
	for j < most && j+1 < len(d.words) && d.tightMark(j, ",.") && d.words[j+1].gap == gapNone && d.words[j+1].shape&shDigit != 0 {
		j += 2
	}
	for j < most && d.spaced(j) && d.words[j].kind == text.Number && d.words[j].end-d.words[j].start == 3 {
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
		if d.words[i].kind != text.Number || d.afterDigits(i) {
			continue
		}
		to := d.figureEnd(i)
		v, err := strconv.Atoi(strings.TrimRight(d.compact(i, to), "kmbn"))
		if err != nil || d.article(i) || d.listNumber(i, to) || d.publicLine(i, to) || d.sectionNumber(i, to) {
			continue
		}
		switch fraction := d.fraction(to); {
		case fraction:
			to = d.figureEnd(to + 1)
			emit(d.found(i, d.withPercent(to), Other, "figure", "decimal or score", 0.5))
		case to-i >= 3 && d.punct(to-2, '.'):
			emit(d.found(i, d.withPercent(to), Other, "figure", "decimal or score", 0.5))
		case d.punct(to, '%') && v%10 != 0:
			emit(d.found(i, to+1, Other, "percentage", "not round", 0.5))
		case notRound(v, to-i), d.sampleSize(i):
			emit(d.found(i, to, Other, "figure", "odd count", 0.5))
		}
	}
}

// withPercent is the word after a figure that ends before to, and after its sign.
func (d *Document) withPercent(to int) int {
	if d.punct(to, '%') {
		return to + 1
	}
	return to
}

// sampleSize reports the figure of "n=63".
func (d *Document) sampleSize(i int) bool { return d.punct(i-1, '=') && d.wordIs(i-2, "n") }

// notRound reports a count of a hundred or more, written in so many words, that is no multiple of
// 50, or of 500 from a thousand on.
func notRound(v, words int) bool {
	return v >= 100 && v%50 != 0 && words != 2 || v >= 1000 && v%500 != 0
}

// afterDigits reports that word i goes on a figure: the 5 of "2.5".
func (d *Document) afterDigits(i int) bool {
	return d.words[i].gap == gapNone && d.mark(i-1, ".,") && d.isWord(i-2) && d.words[i-2].shape&shDigit != 0
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
	if i >= 1 && i+1 < len(d.words) && d.words[i-1].end-d.words[i-1].start == 2 && d.read[d.words[i-1].start] == '0' {
		return false // "05/21" is a month
	}
	return d.tightMark(i, "/") && i+1 < len(d.words) && d.words[i+1].kind == text.Number && d.words[i+1].gap == gapNone &&
		i+2 <= len(d.words) && !d.punct(i+2, '/')
}

// listNumber reports the number of a heading or item: "3.1 Aims".
func (d *Document) listNumber(i, to int) bool {
	return d.words[i].gap >= gapLine && !d.lineEnds(to) && d.words[i].end-d.words[i].start <= 2 &&
		!d.punct(to, '%') && (to == i+1 || d.punct(i+1, '.'))
}

// sectionNumber reports "2.1" before a capital where the text goes on to "2.2", or has
// come from it.
func (d *Document) sectionNumber(i, to int) bool {
	return d.sectionForm(i, to) && (d.sectionBeside(i, to, 1) || d.sectionBeside(i, i-1, -1))
}

// sectionBeside reports that the first number of a section from word j on, in steps of one or minus
// one, is that after or before the one at i.
func (d *Document) sectionBeside(i, j, step int) bool {
	const far = 40
	for n := 0; n < far && j >= 0 && j < len(d.words); n, j = n+1, j+step {
		if j+2 < len(d.words) && d.sectionForm(j, j+3) && (j == 0 || !d.punct(j-1, '.')) {
			chapter, section := d.number(i), d.number(i+2)
			ch, sec := d.number(j), d.number(j+2)
			return ch == chapter && sec == section+step || ch == chapter+step && (step > 0 && sec == 1 || step < 0 && section == 1)
		}
	}
	return false
}

// number is the value of a word that is a number.
func (d *Document) number(i int) int {
	n, _ := strconv.Atoi(d.str(i))
	return n
}

// sectionForm reports a number, a full stop and another, of at most two digits each, and a
// capital after them.
func (d *Document) sectionForm(i, to int) bool {
	return to == i+3 && d.tightMark(i+1, ".") && d.words[i].kind == text.Number && d.words[i+2].kind == text.Number && d.words[i+2].gap == gapNone &&
		d.words[i].end-d.words[i].start <= 2 && d.words[i+2].end-d.words[i+2].start <= 2 && d.str(i + 2)[0] != '0' && d.spacedCapital(to)
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
		possessive := d.tightMark(to, "'") || d.words[to-1].shape&shPoss != 0
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

// attachedNumber reports a number below ten in words that a hyphen ties to a word in lower case
// which is no unit: "a two-way street".
func (d *Document) attachedNumber(i int) bool {
	return d.words[i].shape&(shUpper1|shInner) == 0 && d.mark(i+1, "-") && d.words[i+1].gap == gapNone && d.isWord(i+2) && d.words[i+2].gap == gapNone && !d.has(i+2, clsUnit|clsNumberWord) && d.words[i+2].shape&(shUpper1|shInner|shDigit) == 0 && d.numberInWords(i) < leastDenied && !d.has(i-1, clsNumberWord) && !d.mark(i-1, "-")
}

// itemNumber reports a number at the start of a line that counts nothing: one of a list, or
// of one or two digits, before no word in lower case.
func (d *Document) itemNumber(i int) bool {
	w := &d.words[i]
	return d.numberedList(i) || w.end-w.start <= 2 && !(d.isWord(i+1) && d.words[i+1].gap < gapLine && d.words[i+1].shape&(shUpper1|shInner) == 0)
}
