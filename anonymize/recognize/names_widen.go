// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strconv"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// widen adds to a name what belongs to it though it is no name itself: a
// personal title, which tells a gender; a numeral; the numbers of an address.
func (v *verdicts) widen(from, to int, k Kind, sub string) (int, int, Kind, string) {
	d := v.Document
	to = d.numerals(d.hyphenTail(to))
	to = d.letterTail(to)
	from = v.leftOf(from, k)
	if j := from - 2; (k == Org || k == Brand) && to-from > 1 && d.tightMark(from-1, "-") && d.words[from].gap == gapNone && d.capital(j) && d.words[j].flags&wfLabel == 0 && d.words[j].lex&lexGiven == 0 {
		from = j // "Patient-Centred Homes Institute"
	}
	if j := from - 2; k == Org && d.tightMark(from-1, "'") && d.words[from].gap == gapSpace && d.capital(j) && d.words[j].flags&wfLabel == 0 && d.str(j)[len(d.str(j))-1] == 's' {
		from = j // "the Walkers' Association of Wexmoor"
	}
	for k == Place && d.isWord(from-1) && d.has(from-1, clsDirection) && d.words[from].gap == gapSpace && d.words[from-1].shape&shUpper1 == 0 && d.words[from-1].kind == text.Word {
		from-- // "south east London"
	}
	if k == Org && d.ordinalBefore(from) {
		from--
	}
	if k == Place || k == Org {
		to = d.settled(to)
		to = d.saintsHouse(from, to)
	}
	if k == Place && d.spaced(to) && d.has(to, clsPlaceTail) && d.words[to].shape&shUpper1 == 0 && d.words[to-1].shape&shPoss == 0 {
		to++
	}
	if end := v.placesOf(from, to); end > to && (k == Org || v.tags[from] == tagOrg) {
		to, k, sub = end, Org, ""
	}
	if (k == Org || k == Brand) && d.punct(to, '(') && d.words[to].gap == gapSpace && d.has(to+1, clsWide) && d.capital(to+1) && d.punct(to+2, ')') {
		to += 3 // "the Wexmoor Foundation (UK)"
	}
	if k == Org && d.inCountry(from, to) {
		to += 2
	}
	if d.ofTheYear(to) {
		return from, to + 3, Brand, "title"
	}
	if d.wordIs(to, "app") && d.spaced(to) && k != Person {
		to, k = to+1, Brand
	}
	from = d.initialsBefore(from)
	if k == Person {
		from = d.lettersBefore(from)
		if j := from - 1; j >= 0 && d.has(j, clsTitle) && d.words[j].lex&(lexSurname|lexGiven) != 0 && !listed(d.str(j), listShortTitle) && d.spacedCapital(j) && d.words[from].gap == gapSpace && d.words[j].flags&(wfStart|wfLabel|wfShout|wfTitle) == 0 && d.has(j-1, clsRole|clsOccupation) && !d.capital(j-1) {
			from = j // "the author Pope Oke"
		}
	}
	if t := d.titleBefore(from); t >= 0 && (k == Person || k == Other || d.words[t].end-d.words[t].start <= 3) {
		if listed(d.str(t), listNeutralTitle) {
			return from, to, Person, "" // "Dr" tells a reader who spoke, and nobody's gender
		}
		return t, to, Person, ""
	}
	if a, b, ok := d.addressAround(from, to, k); ok {
		return a, b, Place, "address"
	}
	return from, to, k, sub
}

// ordinalBefore reports "4th" or "First" before the name of a body.
func (d *Document) ordinalBefore(from int) bool {
	return d.isWord(from-1) && d.words[from].gap == gapSpace && (d.words[from-1].kind == text.Mixed && ordinalDigits(d.str(from-1)) || d.has(from-1, clsOrdinal) && d.capital(from-1))
}

// initialsBefore takes in initials before a name: "J. R. Smith".
func (d *Document) initialsBefore(from int) int {
	for n := 0; n < 4 && from >= 2 && d.capital(from) && d.tightMark(from-1, ".") && d.words[from-2].initial() && d.words[from].gap <= gapSpace && d.words[from-2].flags&wfLabel == 0; n++ {
		from -= 2
	}
	return from
}

// settled takes in the common noun that makes a body of a name: "X court".
func (d *Document) settled(to int) int {
	if !d.spaced(to) || !d.isWord(to) || d.capital(to) || d.words[to-1].shape&shPoss != 0 {
		return to
	}
	switch d.str(to) {
	case "court", "prison", "army", "school", "university", "infirmary", "hospice":
		return to + 1
	case "board":
		if d.str(to-1) == "health" && !d.capital(to-1) {
			return to + 1
		}
	case "health", "city", "county", "borough", "parish", "district", "town":
		if d.spacedWord(to+1) && !d.capital(to+1) && (d.str(to) == "health" && d.str(to+1) == "board" || d.str(to) != "health" && d.str(to+1) == "council") {
			return to + 2 // "Wexmoor health board"
		}
	}
	return to
}

// saintsHouse takes in the kind of house that is called after a saint: "St Brannoc hospital".
func (d *Document) saintsHouse(from, to int) int {
	if d.wordIs(from, "st") && d.capital(from) && d.spaced(to) && !d.capital(to) && d.has(to, clsOrgHead) {
		return to + 1
	}
	return to
}

// bodies masks "Court of Cassation", "Ministry of Defence": a head noun with a
// capital inside a sentence, "of", and a capital. Public terms are let go
// later.
func bodies(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if d.words[i].cls&clsOrgHead == 0 || d.words[i].flags&(wfTitle|wfShout) != 0 || !d.spacedWord(i+1) || !d.wordIn(i+1, "of", "for") {
			continue
		}
		j := i + 2
		if d.wordIs(j, "the") {
			j++
		}
		if !d.spacedCapital(j) || d.cleared(j) != "" && d.words[j].cls&clsTerm == 0 {
			continue
		}
		from, _ := d.capRun(i)
		if d.words[from].flags&wfStart != 0 && from < i && d.ordinary(from, 2) {
			from++
		}
		_, to := d.capRun(j)
		emit(d.found(from, d.listEnd(to), Org, orgSubtype(d.str(i)), "head noun of", 0.5))
	}
}

// listEnd is where a list of capitals ends that goes on at to and closes with "and" or
// "&": "Department for Business, Energy and Industry". It is to if none does.
func (d *Document) listEnd(to int) int {
	commas := false
	for j := to; d.spaced(j+1) && d.words[j].gap < gapLine && d.capital(j+1) && d.words[j+1].flags&(wfStart|wfLabel) == 0; {
		_, end := d.capRun(j + 1)
		switch {
		case d.punct(j, ','):
			commas = true
			j = end
		case (d.punct(j, '&') || d.wordIs(j, "and") && (commas || d.everydayOnly(j+1, end))) && d.words[j].gap == gapSpace:
			return end
		default:
			return to
		}
	}
	return to
}

// national masks national bodies and their products by name. A word of one kind
// with another, such as "nice", counts in capitals only.
func national(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		w := &d.words[i]
		if w.cls&(clsNational|clsNationalProduct) == 0 || w.flags&wfLabel != 0 || w.flags&wfShout != 0 && w.lex.grade() >= 2 {
			continue
		}
		to := i + 1
		if w.flags&wfPhrase1 != 0 {
			for to < len(d.words) && to-i < 12 && d.words[to].flags&(wfPhrase|wfPhrase1) == wfPhrase && d.words[to].cls&(clsNational|clsNationalProduct) != 0 {
				to++
			}
		} else if w.flags&wfPhrase != 0 {
			continue
		}
		if to == i+1 && !w.allCaps() && (w.lex.grade() >= 2 || w.shape&shLower == 0) {
			continue
		}
		switch {
		case w.cls&clsNational != 0:
			emit(d.found(i, to, Org, "", "national body", 0.5))
		default:
			emit(d.found(i, to, Brand, "", "national product", 0.5))
		}
	}
}

// leftOf takes in the head noun before "of": "Ministry of National Education",
// "Municipalities of X and Y", "University of the Fens".
func (v *verdicts) leftOf(from int, k Kind) int {
	d := v.Document
	j := from - 1
	if d.wordIs(j, "the") && d.words[from].gap == gapSpace {
		j--
	}
	if !d.spacedWord(j) || d.words[j+1].gap != gapSpace || !d.wordIn(j, "of", "for") || j < 1 || !d.capital(j-1) {
		return from
	}
	if !d.has(j-1, clsOrgHead|clsOrgSuffix) && !(k == Org && v.name(j-1) && v.tags[j-1] == tagOrg) {
		return from
	}
	for j--; j > 0 && d.capital(j-1) && d.words[j].gap == gapSpace && d.words[j-1].flags&wfStart == 0 && d.words[j-1].cls&(clsTitle|clsMonth|clsWeekday) == 0; j-- {
	}
	return j
}

// numerals takes in a Roman numeral, or a number of one or two digits that
// nothing counts, after a name.
func (d *Document) numerals(to int) int {
	if d.spaced(to) && d.words[to].allCapsOrOne() && roman(d.str(to)) {
		return to + 1
	}
	// "HaemChoice 2": a second of something that no dictionary has
	if n := to + 1; d.spaced(to) && !d.noteMark(to) && d.words[to].kind == text.Number && d.words[to].end-d.words[to].start == 1 && d.words[to-1].lex == 0 && d.words[to-1].cls&taggerClasses == 0 &&
		(d.lineEnds(n) || d.mark(n, ",.") && (n+1 >= len(d.words) || d.words[n+1].gap > gapNone)) {
		return n
	}
	return to
}

func (w *word) allCapsOrOne() bool { return w.shape&shUpper1 != 0 && w.shape&shLower == 0 }

func roman(s string) bool {
	return listed(s, listRoman)
}

// titleBefore is the personal title right before word i, or -1.
func (d *Document) titleBefore(i int) int {
	t := i - 1
	if d.tightMark(t, ".") {
		t--
	}
	if t < 0 || i >= len(d.words) || !d.isWord(t) || d.words[i].gap >= gapPara || d.words[t].shape&shUpper1 == 0 || d.words[i].gap >= gapLine && d.words[t].allCaps() && d.words[t].flags&wfShout == 0 {
		return -1 // "who has MS." and a new line
	}
	if listed(d.str(t), listShortTitle) {
		return t
	}
	return -1
}

// addressAround widens a name to the street address it is part of: a house
// number before a street, or after it where streets are so numbered.
func (d *Document) addressAround(from, to int, k Kind) (int, int, bool) {
	street := k == Place
	for i := from; i < to; i++ {
		street = street || d.has(i, clsPlaceHead) || d.isWord(i) && (streetWord(d.str(i)) && to-from > 1 || streetEnd(d.str(i)))
	}
	if a, b := d.corner(from, to); b > 0 {
		return a, b, true
	}
	a, before := d.streetBefore(from)
	b, after := d.streetAfter(to)
	street = street || before || after
	if n := from - 1; n >= 0 && d.houseNumber(n) && d.words[from].gap == gapSpace && (street || d.lineStart(n) && !d.numberedList(n)) &&
		(d.has(to-1, clsPlaceHead) || d.lineStart(n) || d.punct(to, ',') || d.houseNumber(to)) {
		a = n
	}
	for d.spaced(b) && d.houseNumber(b) && (street || a < from || d.punct(b+1, ',') || d.unitWord(b+1)) && !d.unitAfter(b) && !d.has(b+1, clsMonth) {
		b++
	}
	b = d.premisesAfter(b)
	return a, b, a < from || b > to
}

// corner widens a name to "the corner of Mill Lane and High Street"; b is 0 if no corner
// stands before it.
func (d *Document) corner(from, to int) (a, b int) {
	c := from - 1
	if c <= 2 || !d.wordIs(c, "of") || !d.wordIs(c-1, "corner") {
		return 0, 0
	}
	a, b = c-1, to
	if d.wordIs(a-1, "the") {
		a--
	}
	if j := b; d.wordIs(j, "and") && d.words[j].gap == gapSpace && (d.capital(j+1) || j+1 < len(d.words) && d.houseNumber(j+1)) {
		_, b = d.capRun(j + 1)
	}
	return a, b
}

// streetBefore takes in a word for a street before a name: "ul. Mila", "rue Mila".
func (d *Document) streetBefore(from int) (int, bool) {
	j := from - 1
	if d.tightMark(j, ".") && d.isWord(j-1) && streetWord(d.str(j-1)) && d.words[from].gap <= gapSpace {
		return j - 1, true
	}
	if d.isWord(j) && streetWord(d.str(j)) && d.words[from].gap == gapSpace && (d.str(j) != "via" || d.capital(j)) {
		return j, true
	}
	return from, false
}

// streetAfter takes in a word for a street between a name and its number: "Mila utca 4".
func (d *Document) streetAfter(b int) (int, bool) {
	if !d.spacedWord(b) || !streetWord(d.str(b)) || b+1 >= len(d.words) || !d.houseNumber(b+1) && !(d.punct(b+1, '.') && d.houseNumber(min(b+2, len(d.words)-1))) {
		return b, false
	}
	if b++; d.punct(b, '.') {
		b++
	}
	return b, true
}

// premisesAfter takes in ", Flat 4, Floor 2" after an address.
func (d *Document) premisesAfter(b int) int {
	for range 3 {
		j := b
		if d.mark(j, ",|") {
			j++
		}
		if !d.unitWord(j) {
			break
		}
		j++
		if d.punct(j, '.') {
			j++
		}
		if j >= len(d.words) || d.words[j].shape&shDigit == 0 {
			break
		}
		b = j + 1
	}
	return b
}

// streetWord reports a word for a street in other languages.
func streetWord(s string) bool {
	return listed(s, listStreetWord)
}

// streetEnd reports a word that ends as streets do in other languages:
// "Ziegelgasse", "Mellemvej".
func streetEnd(s string) bool {
	for _, end := range [...]string{"gasse", "strasse", "stra\u00dfe", "platz", "vej", "veien", "vegen", "v\u00e4gen", "gata", "gatan", "gade", "straat", "laan", "katu"} {
		if len(s) > len(end)+2 && s[len(s)-len(end):] == end {
			return true
		}
	}
	return false
}

// numberedList reports the number i of a line whose neighbour has the next or the last.
func (d *Document) numberedList(i int) bool {
	if d.words[i].kind != text.Number || d.words[i].gap < gapLine {
		return false
	}
	v, err := strconv.Atoi(d.str(i))
	if err != nil {
		return false
	}
	same := func(j, want int) bool {
		if j < 0 || j >= len(d.words) || d.words[j].kind != text.Number || d.words[j].gap < gapLine {
			return false
		}
		n, err := strconv.Atoi(d.str(j))
		return err == nil && n == want
	}
	before := i - 1
	for before > 0 && d.words[before].gap < gapLine {
		before--
	}
	return same(d.lineEnd(i), v+1) || same(before, v-1)
}

func (d *Document) lineStart(i int) bool { return d.words[i].gap >= gapLine || d.punct(i-1, ':') }

func (d *Document) houseNumber(i int) bool {
	if i < 0 || i >= len(d.words) || d.words[i].shape&shDigit == 0 || d.year(i) && d.words[i].gap < gapLine || d.noteMark(i) {
		return false
	}
	w := &d.words[i]
	return w.kind == text.Number && w.end-w.start <= 5 || w.kind == text.Mixed && w.end-w.start <= 5 && d.fold[w.start] <= '9' && !ordinalDigits(d.str(i)) && !quantity(d.str(i))
}

// noteMark reports the number of a note or an affiliation in a list of authors: the
// 1 and 2 of "Ann Oke 1, Ben Teal 2".
func (d *Document) noteMark(i int) bool {
	if !d.afterAuthor(i) {
		return false
	}
	const far = 8
	marks := func(j, step int) bool {
		names := 0
		for n := 0; n < far && j >= 0 && !d.lineEnds(j); n, j = n+1, j+step {
			switch {
			case d.capital(j):
				names++
			case d.words[j].kind == text.Number:
				return names > 1 && d.afterAuthor(j)
			case !d.mark(j, ",-.") && !(d.wordIs(j, "and")):
				return false
			}
		}
		return false
	}
	return marks(i+1, 1) || marks(i-1, -1)
}

// afterAuthor reports a number of one or two digits after two words with capitals.
func (d *Document) afterAuthor(i int) bool {
	return i >= 2 && i < len(d.words) && d.words[i].kind == text.Number && d.words[i].end-d.words[i].start <= 2 && d.words[i].gap <= gapSpace && d.capital(i-1) && d.words[i-1].gap <= gapSpace &&
		(d.capital(i-2) || d.mark(i-2, "-.")) && (d.lineEnds(i+1) || d.mark(i+1, ",;") || d.wordIs(i+1, "and"))
}

func (d *Document) unitWord(i int) bool {
	if !d.isWord(i) {
		return false
	}
	return listed(d.str(i), listUnitWord)
}

// premises masks "Flat 4", "Suite 084", "PO Box 12", "Ward 7B".
func premises(d *Document, emit func(Finding)) {
	for _, n := range d.nums {
		i := int(n)
		j := i - 1
		if d.punct(j, '.') {
			j--
		}
		if w := &d.words[i]; j == i-1 && d.isWord(j) && w.kind == text.Number && w.end-w.start == 5 && w.gap == gapSpace && d.words[j].allCaps() && listed(d.str(j), listState) {
			emit(d.found(j, i+1, Place, "address", "state and ZIP code", 0.7))
		}
		if j == i-1 && d.wordIs(j, "ward") && !d.capital(j) && d.words[i].gap == gapSpace && d.words[i].end-d.words[i].start <= 3 && d.words[j].flags&wfLabel == 0 {
			to := i + 1
			if d.has(to, clsDirection) && d.spacedCapital(to) {
				to++ // "ward 10 South"
			}
			emit(d.found(j, to, Place, "address", "ward+number", 0.7))
		}
		if j >= 0 && d.words[i].gap < gapLine && d.capital(j) && (d.unitWord(j) || d.wordIn(j, "ward", "bay")) {
			emit(d.found(j, i+1, Place, "address", "premises+number", 0.7))
		}
	}
}

// linked masks the title of a document that can be had: what stands on its line or after a
// colon before "(PDF, 2 MB)".
func linked(d *Document, emit func(Finding)) {
	const longest = 18
	for i := range d.words {
		if !d.punct(i, '(') || !d.wordIs(i+1, "pdf") || d.words[i].gap != gapSpace {
			continue
		}
		from, words := i, 0
		for from > 0 && i-from < longest && d.words[from].gap < gapLine && !(d.punct(from-1, ':') && d.words[from].gap == gapSpace) && !(d.words[from].flags&wfStart != 0 && from < i) && d.words[from-1].flags&wfLabel == 0 {
			from--
			if d.isWord(from) {
				words++
			}
		}
		if words >= 3 && i-from < longest && d.capital(from) && d.isWord(i-1) {
			emit(d.found(from, i, Brand, "title", "document to be had", 0.5))
		}
	}
}

// initialled masks initials with full stops that stand for a name: "F.E.".
func initialled(d *Document, emit func(Finding)) {
	for k := 0; k < len(d.caps); k++ {
		i := int(d.caps[k])
		j := i
		for j+1 < len(d.words) && d.words[j].initial() && d.tightMark(j+1, ".") && (j == i || d.words[j].gap <= gapSpace) {
			j += 2
		}
		if n := (j - i) / 2; n >= 2 && n <= 4 && !(d.isWord(j) && d.words[j].gap == gapNone) {
			if s := d.compact(i, j); wordClass(s)&(clsAcronym|clsPostnominal) == 0 {
				emit(d.found(i, j, Person, "initials", "initials with full stops", 0.4))
			}
		}
		for k+1 < len(d.caps) && int(d.caps[k+1]) < j {
			k++
		}
	}
}

// partners masks a firm named for people: "Hicks, Pyke and Brown".
func partners(d *Document, emit func(Finding)) {
	for i := range d.words {
		if d.words[i].cls&clsBridge == 0 || d.str(i) != "and" {
			continue
		}
		if i < 3 || !d.surnameOnly(i-1) || !d.punct(i-2, ',') || !d.surnameOnly(i-3) || !d.surnameOnly(i+1) || d.capital(i+2) {
			continue
		}
		emit(d.found(i-3, i+2, Org, "", "surnames in a row", 0.5))
	}
}

func (d *Document) surnameOnly(i int) bool {
	if i < 0 || !d.capital(i) {
		return false
	}
	w := &d.words[i]
	return w.lex&(lexSurname|lexProper) != 0 && w.cls&(clsMonth|clsWeekday|clsWorld|clsDemonym) == 0 && (w.lex.grade() < 2 || w.lex&lexSurname != 0)
}
