// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"github.com/sharedpractice/sharedpractice/model/text"
)

// widening is a name while what belongs to it is added: its words so far, and the kind of
// name that they make.
type widening struct {
	*verdicts
	from, to int
	kind     Kind
	subtype  string
}

// widen adds to a name what belongs to it though it is no name itself: a
// personal title, which tells a gender; a numeral; the numbers of an address.
func (v *verdicts) widen(from, to int, k Kind, sub string) (int, int, Kind, string) {
	d := v.Document
	n := widening{v, from, to, k, sub}
	n.to = d.letterTail(d.numerals(d.hyphenTail(to)))
	n.from = v.leftOf(from, k)
	n.wordsBefore()
	n.nounsAfter()
	n.placesAfter()
	if d.ofTheYear(n.to) {
		return n.from, n.to + 3, Brand, "title"
	}
	if n.kind != Person && d.wordIs(n.to, "app") && d.words[n.to].gap == gapSpace {
		n.to, n.kind = n.to+1, Brand
	}
	n.from = d.initialsBefore(n.from)
	if n.kind == Person {
		n.from = d.titleAsSurname(d.lettersBefore(n.from))
	}
	if t := d.titleBefore(n.from); t >= 0 && (n.kind == Person || n.kind == Other || d.words[t].end-d.words[t].start <= 3) {
		if !d.inList(t, listNeutralTitle) { // "Dr" tells a reader who spoke, and nobody's gender
			n.from = t
		}
		return n.from, n.to, Person, ""
	}
	if a, b, ok := d.addressAround(n.from, n.to, n.kind); ok {
		return a, b, Place, "address"
	}
	return n.from, n.to, n.kind, n.subtype
}

// wordsBefore takes in words before a body, programme or place that are part of its name.
func (n *widening) wordsBefore() {
	d, j := n.Document, n.from-2
	if (n.kind == Org || n.kind == Brand) && n.to-n.from > 1 && d.hyphenedTo(n.from) && d.mayBegin(j) && d.words[j].lex&lexGiven == 0 {
		n.from = j // "Patient-Centred Homes Institute"
	}
	if n.kind == Org && d.ownersBefore(n.from) {
		n.from -= 2 // "the Walkers' Association of Wexmoor"
	}
	for n.kind == Place && d.directionBefore(n.from) {
		n.from-- // "south east London"
	}
	if n.kind == Org && d.ordinalBefore(n.from) {
		n.from--
	}
}

// directionBefore reports "south" in lower case before word i.
func (d *Document) directionBefore(i int) bool {
	return d.has(i-1, clsDirection) && d.words[i].gap == gapSpace && d.words[i-1].shape&shUpper1 == 0 && d.words[i-1].kind == text.Word
}

// hyphenedTo reports that a hyphen ties word i to the one before it.
func (d *Document) hyphenedTo(i int) bool {
	return d.tightMark(i-1, "-") && d.words[i].gap == gapNone
}

// mayBegin reports a word with a capital that is no label of an earlier pass.
func (d *Document) mayBegin(i int) bool { return d.capital(i) && d.words[i].flags&wfLabel == 0 }

// ownersBefore reports the plural of those who have what stands at from: "Walkers'".
func (d *Document) ownersBefore(from int) bool {
	j := from - 2
	return d.tightMark(from-1, "'") && d.words[from].gap == gapSpace && d.mayBegin(j) && d.str(j)[len(d.str(j))-1] == 's'
}

// nounsAfter takes in the common noun after a place or body that makes a body or another
// place of it: "Wexmoor court", "Kelloch valley".
func (n *widening) nounsAfter() {
	d := n.Document
	if n.kind != Place && n.kind != Org {
		return
	}
	n.to = d.saintsHouse(n.from, d.settled(n.to))
	if n.kind == Place && d.spaced(n.to) && d.has(n.to, clsPlaceTail) && d.words[n.to].shape&shUpper1 == 0 && d.words[n.to-1].shape&shPoss == 0 {
		n.to++
	}
}

// placesAfter takes in the place or country that a body is for.
func (n *widening) placesAfter() {
	d := n.Document
	if end := n.placesOf(n.from, n.to); end > n.to && (n.kind == Org || n.tag(n.from) == tagOrg) {
		n.to, n.kind, n.subtype = end, Org, ""
	}
	if (n.kind == Org || n.kind == Brand) && d.punct(n.to, '(') && d.words[n.to].gap == gapSpace && d.has(n.to+1, clsWide) && d.capital(n.to+1) && d.punct(n.to+2, ')') {
		n.to += 3 // "the Wexmoor Foundation (UK)"
	}
	if n.kind == Org && d.inCountry(n.from, n.to) {
		n.to += 2
	}
}

// titleAsSurname takes in a title that is somebody's name, before the rest of it: "the
// author Pope Oke".
func (d *Document) titleAsSurname(from int) int {
	j := from - 1
	if !d.has(j, clsTitle) || d.words[j].lex&(lexSurname|lexGiven) == 0 || d.inList(j, listShortTitle) || !d.spacedCapital(j) || d.words[from].gap != gapSpace {
		return from
	}
	if d.words[j].flags&(wfStart|wfLabel|wfShout|wfTitle) != 0 || !d.has(j-1, clsRole|clsOccupation) || d.capital(j-1) {
		return from
	}
	return j
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
	low := func(i int) string {
		if d.capital(i) {
			return ""
		}
		return d.str(i)
	}
	switch d.str(to) {
	case "court", "prison", "army", "school", "university", "infirmary", "hospice":
		return to + 1
	case "board":
		if low(to-1) == "health" {
			return to + 1
		}
	case "health":
		if d.spacedWord(to+1) && low(to+1) == "board" {
			return to + 2 // "Wexmoor health board"
		}
	case "city", "county", "borough", "parish", "district", "town":
		if d.spacedWord(to+1) && low(to+1) == "council" {
			return to + 2
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
		if w.cls&nationals == 0 || w.flags&wfLabel != 0 || w.flags&wfShout != 0 && w.lex.grade() >= 2 {
			continue
		}
		to := d.nationalEnd(i)
		if to == i || to == i+1 && !w.allCaps() && (w.lex.grade() >= 2 || w.shape&shLower == 0) {
			continue
		}
		if w.cls&clsNational != 0 {
			emit(d.found(i, to, Org, "", "national body", 0.5))
		} else {
			emit(d.found(i, to, Brand, "", "national product", 0.5))
		}
	}
}

const nationals = clsNational | clsNationalProduct

// nationalEnd is the word after the national body that begins at word i; i where it began before.
func (d *Document) nationalEnd(i int) int {
	const longest = 12
	switch flags := d.words[i].flags; {
	case flags&wfPhrase1 == 0 && flags&wfPhrase != 0:
		return i
	case flags&wfPhrase1 == 0:
		return i + 1
	}
	to := i + 1
	for to < len(d.words) && to-i < longest && d.words[to].flags&(wfPhrase|wfPhrase1) == wfPhrase && d.words[to].cls&nationals != 0 {
		to++
	}
	return to
}

// leftOf takes in the head noun before "of": "Ministry of National Education",
// "Municipalities of X and Y", "University of the Fens".
func (v *verdicts) leftOf(from int, k Kind) int {
	d := v.Document
	j := d.ofBefore(from) - 1
	if j < 0 || !d.capital(j) {
		return from
	}
	if !d.has(j, clsOrgHead|clsOrgSuffix) && !(k == Org && v.name(j) && v.tag(j) == tagOrg) {
		return from
	}
	for j > 0 && d.capital(j-1) && d.words[j].gap == gapSpace && d.words[j-1].flags&wfStart == 0 && d.words[j-1].cls&(clsTitle|clsMonth|clsWeekday) == 0 {
		j--
	}
	return j
}

// ofBefore is the "of" or "for" before word from, or before its "the"; -1 if there is none.
func (d *Document) ofBefore(from int) int {
	j := from - 1
	if d.wordIs(j, "the") && d.words[from].gap == gapSpace {
		j--
	}
	if !d.spacedWord(j) || d.words[j+1].gap != gapSpace || !d.wordIn(j, "of", "for") {
		return -1
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
	if d.inList(t, listShortTitle) {
		return t
	}
	return -1
}

// linked masks the title of a document that can be had: what stands on its line or after a
// colon before "(PDF, 2 MB)".
func linked(d *Document, emit func(Finding)) {
	const longest = 18
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '(') || !d.wordIs(i+1, "pdf") || d.words[i].gap != gapSpace {
			continue
		}
		from, words := i, 0
		for from > 0 && i-from < longest && (from == i || d.words[from].flags&wfStart == 0) && d.onLine(from) {
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

// onLine reports that no end of line, colon and space, or label parts word i from the one before.
func (d *Document) onLine(i int) bool {
	return d.words[i].gap < gapLine && !(d.punct(i-1, ':') && d.words[i].gap == gapSpace) && d.words[i-1].flags&wfLabel == 0
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

// ownGroup masks words for kinds in Title Case that the article says to be the one group of which
// the text tells: "the Lived Experience Board", "our Study Advisory Group", "the Scrutiny Panel".
// The committees that every trial or practice has keep their kind.
func (d *denial) ownGroup(i int) {
	const fewest = 2
	w := &d.words[i]
	if d.covered[i] || !d.capital(i) || w.flags&(wfTitle|wfShout|wfStart) != 0 || !d.wordIn(i-1, "the", "our", "their", "its", "my") || w.gap != gapSpace {
		return
	}
	to := i
	for to < len(d.words) && d.capital(to) && !d.covered[to] && d.words[to].flags&(wfLabel|wfStart) == 0 && (to == i || d.words[to].gap == gapSpace || d.words[to].gap == gapNone && d.mark(to-1, "-")) {
		if to++; d.spacedCapital(to+1) && (d.wordIs(to, "and") || d.punct(to, '&')) || d.tightMark(to, "-") && d.capital(to+1) {
			to++
		}
	}
	goesOn := d.wordIn(to, "on", "for") && d.spacedCapital(to+1)
	if n := to - i; n < fewest || d.has(to-1, clsTerm) && d.words[to-1].flags&wfPhrase != 0 || n == fewest && !goesOn && !d.inList(to-1, listOneOfItsName) || !d.groupHead(to-1) || d.everyTrial(to-2) || d.words[to-1].shape&shPoss != 0 {
		return
	}
	if goesOn {
		_, to = d.capRun(to + 1)
	}
	d.mask(i, to, Org, "name", "one group of its kind")
}

// groupHead reports the noun of a group that meets, in the singular.
func (d *Document) groupHead(i int) bool {
	return d.inList(i, listOneOfItsName) || d.wordIn(i, "group", "board", "committee", "council", "commission", "service", "unit")
}

// everyTrial reports before such a noun what every trial, practice or ward has one of.
func (d *Document) everyTrial(i int) bool {
	return d.wordIn(i, "steering", "management", "ethics", "monitoring", "participation", "focus", "working", "leadership", "operating", "user", "governing", "trust", "parish", "town", "county", "city", "district", "borough")
}

// calledByDay masks a weekday that ends a name, whatever begins it: "Worry Box Wednesday", "Talk To Us
// Tuesdays".
func (d *denial) calledByDay(i int) {
	if !d.has(i, clsWeekday) || !d.capital(i) || d.words[i].gap != gapSpace || d.words[i].flags&(wfStart|wfShout) != 0 || d.words[i].end-d.words[i].start < 6 || !d.maskedCapital(i-1) {
		return
	}
	if k := d.kinds[i-1]; k == Date || k == Contact || k == Code || k == Place || k == Person && d.words[i-1].lex&lexSurname != 0 && d.words[i-1].lex.grade() < 2 {
		return
	}
	if j := i + 1; d.spaced(j) && (d.words[j].shape&shDigit != 0 || d.isWord(j) && !text.IsStopWord(d.str(j)) && !d.has(j, clsSaid|clsCopula) && !d.didSomething(j)) {
		return // "the Forum Monday 4 May", "Polish Saturday school"
	}
	d.mask(i-1, i+1, Brand, "name", "day that ends a name")
}

// denyKin masks what somebody is called before his name, with its capital: "Auntie [Val]".
func (d *denial) denyKin(i int) {
	if d.covered[i] || !d.capital(i) || !d.spaced(i+1) || !d.maskedCapital(i+1) || d.words[i].flags&(wfLabel|wfShout) != 0 {
		return
	}
	if d.inList(i, listKin) || d.wordIn(i, "aunt", "aunty", "uncle", "sister", "brother", "mama", "papa") {
		d.mask(i, i+2, d.kinds[i+1], "name", "what somebody is called")
	}
}

// besideThing masks letters and everyday words with a capital right beside a body, programme or place
// that is masked: "ICS [Co-production Showcase]", "[Ashgrove] General".
func (d *denial) besideThing(i int) {
	w := &d.words[i]
	if d.covered[i] || !d.capital(i) || w.flags&(wfTitle|wfShout) != 0 || w.cls&(clsRole|clsTitle|clsDocument|clsLabel|clsAttendance) != 0 || d.mark(i+1, "-") || d.mark(i-1, "-") || d.saysKind(i) || d.inList(i, listLaw, listRoman) || w.end-w.start < 2 {
		return
	}
	named := func(j int) bool {
		return d.maskedCapital(j) && (d.kinds[j] == Org || d.kinds[j] == Brand || d.kinds[j] == Place) && d.partOfName(i, d.kinds[j])
	}
	if w.gap == gapSpace && named(i-1) && d.words[i-1].shape&shPoss == 0 || d.spaced(i+1) && named(i+1) && d.beginsBeside(i) {
		d.mask(i, i+1, nameKind(d.kinds[i]), "name", "beside a name")
	}
}

// dayMeant masks one weekday, and a week, month or year told from the day of writing. "The next week"
// is told from the story, and "the first Monday" and "Saturday mornings" are habits.
func (d *denial) dayMeant(i int) {
	next := func() bool {
		return d.spacedWord(i+1) && !d.capital(i+1) && !text.IsStopWord(d.str(i+1)) && !d.has(i+1, clsSaid|clsCopula)
	}
	switch {
	case d.wordIn(i, "today", "yesterday", "tomorrow", "tonight"), d.wordIs(i-2, "the") && d.wordIs(i-1, "next"):
	case d.has(i, clsWeekday) && (next() || d.has(i-1, clsOrdinal) || d.wordIn(i+1, "and", "of")):
	default:
		d.denyDay(i)
	}
}

// countMeant masks what a number counts that no mark ties to letters or other digits.
func (d *denial) countMeant(i int) {
	if d.words[i].gap != gapNone || i == 0 {
		d.denyCounted(i)
	}
}

// hyphenBefore masks the word with a capital that a hyphen ties to a masked one: "[Women]-Led Wexmoor".
func (d *denial) hyphenBefore(i int) {
	if j := i - 2; d.maskedCapital(i) && d.kinds[i] != Date && d.words[i].gap == gapNone && d.tightMark(i-1, "-") && j >= 0 && d.capital(j) && !d.covered[j] && d.words[j].flags&wfLabel == 0 && !d.has(j, clsWorld|clsDemonym) {
		d.mask(j, i+1, nameKind(d.kinds[i]), "name", "tied by a hyphen")
	}
}
