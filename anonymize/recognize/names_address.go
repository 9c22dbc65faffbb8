// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strconv"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// addressAround widens a name to the street address it is part of: a house
// number before a street, or after it where streets are so numbered.
func (d *Document) addressAround(from, to int, k Kind) (int, int, bool) {
	if a, b := d.corner(from, to); b > 0 {
		return a, b, true
	}
	a, before := d.streetBefore(from)
	b, after := d.streetAfter(to)
	street := k == Place || before || after || d.streetIn(from, to)
	if d.numberBefore(from, to, street) {
		a = from - 1
	}
	for d.spaced(b) && d.houseNumber(b) && (street || a < from || d.punct(b+1, ',') || d.unitWord(b+1)) && !d.unitAfter(b) && !d.has(b+1, clsMonth) {
		b++
	}
	b = d.premisesAfter(b)
	return a, b, a < from || b > to
}

// numberBefore reports the number of a house right before [from,to): where that is no street,
// at the start of a line that is no item of a list.
func (d *Document) numberBefore(from, to int, street bool) bool {
	n := from - 1
	if n < 0 || !d.houseNumber(n) || d.words[from].gap != gapSpace {
		return false
	}
	begins := d.lineStart(n)
	if !street && (!begins || d.numberedList(n)) {
		return false
	}
	return begins || d.has(to-1, clsPlaceHead) || d.punct(to, ',') || d.houseNumber(to)
}

// streetIn reports a word for a street among words [from,to).
func (d *Document) streetIn(from, to int) bool {
	for i := from; i < to; i++ {
		if d.has(i, clsPlaceHead) || d.isWord(i) && (streetEnd(d.str(i)) || to-from > 1 && streetWord(d.str(i))) {
			return true
		}
	}
	return false
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
			case !d.mark(j, ",-.") && !d.wordIs(j, "and"):
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
	return d.inList(i, listUnitWord)
}

// premises masks "Flat 4", "Suite 084", "PO Box 12", "Ward 7B", and a state with its ZIP code.
func premises(d *Document, emit func(Finding)) {
	for _, n := range d.nums {
		i := int(n)
		j := i - 1
		if d.stateBefore(i) {
			emit(d.found(j, i+1, Place, "address", "state and ZIP code", 0.7))
		}
		if to := d.wardEnd(i); to > 0 {
			emit(d.found(j, to, Place, "address", "ward+number", 0.7))
		}
		if d.punct(j, '.') {
			j--
		}
		if d.capital(j) && d.words[i].gap < gapLine && (d.unitWord(j) || d.wordIn(j, "ward", "bay")) {
			emit(d.found(j, i+1, Place, "address", "premises+number", 0.7))
		}
	}
}

// stateBefore reports the letters of a state before the five digits at i.
func (d *Document) stateBefore(i int) bool {
	w, j := &d.words[i], i-1
	return w.kind == text.Number && w.end-w.start == 5 && w.gap == gapSpace && d.isWord(j) && d.words[j].allCaps() && d.inList(j, listState)
}

// wardEnd is the word after a ward whose number is at i, in lower case: "ward 10 South"; 0 if it
// is none.
func (d *Document) wardEnd(i int) int {
	j := i - 1
	if !d.wordIs(j, "ward") || d.capital(j) || d.words[i].gap != gapSpace || d.words[i].end-d.words[i].start > 3 || d.words[j].flags&wfLabel != 0 {
		return 0
	}
	if to := i + 1; d.has(to, clsDirection) && d.spacedCapital(to) {
		return to + 1
	}
	return i + 1
}

// threeWords masks an address of three words, which says a place to three metres:
// "filled.count.soap".
func threeWords(d *Document, emit func(Finding)) {
	for i := 0; i+4 < len(d.words); i++ {
		if !d.plainPart(i) || !d.dotBetween(i+1) || !d.plainPart(i+2) || !d.dotBetween(i+3) || !d.plainPart(i+4) || d.topLevel(i+4) {
			continue
		}
		if d.str(i) != "www" && !d.dottedBefore(i) && !d.dottedAfter(i+5) {
			emit(d.found(i, i+5, Place, "address", "three words", 0.7))
			i += 4
		}
	}
}

// plainPart reports three letters or more in lower case.
func (d *Document) plainPart(i int) bool {
	const shortest = 3
	w := &d.words[i]
	return w.kind == text.Word && w.shape&(shUpper1|shInner|shPoss|shWide) == 0 && w.end-w.start >= shortest && w.flags&wfLabel == 0
}

// dotBetween reports a full stop with nothing around it.
func (d *Document) dotBetween(i int) bool { return d.tightMark(i, ".") && d.words[i+1].gap == gapNone }

// dottedBefore reports that something stands right before word i, other than a slash.
func (d *Document) dottedBefore(i int) bool {
	return i > 0 && d.words[i].gap == gapNone && !d.punct(i-1, '/')
}

// dottedAfter reports that a word, a full stop and a word, or an at sign goes on at i.
func (d *Document) dottedAfter(i int) bool {
	return d.punct(i, '@') || d.isWord(i) && d.words[i].gap == gapNone || d.punct(i, '.') && d.isWord(i+1) && d.words[i+1].gap == gapNone
}

// dayOfMonth is where "the first Tuesday in" begins before word from, or from.
func (d *Document) dayOfMonth(from int) int {
	if d.wordIn(from-1, "in", "of") && d.has(from-2, clsWeekday) && d.has(from-3, clsOrdinal) && d.words[from].gap == gapSpace {
		return from - 3
	}
	return from
}

// unknownSeason reports a word that no dictionary has between "in" and a year: a month or season in
// another language.
func (d *Document) unknownSeason(i int) bool {
	return d.plainWord(i) && d.words[i].lex.grade() == 0 && d.words[i].lex&lexTerm == 0 && !d.derived(i) && d.wordIn(i-1, "in", "since", "from", "by", "during", "until")
}

// bridge reports that word j, in lower case, can join the name [from,to) to
// what follows it.
func (v *verdicts) bridge(from, to, j int) bool {
	d := v.Document
	if !d.has(j, clsBridge|clsParticle) || d.words[j].shape&shUpper1 != 0 || d.words[j].gap != gapSpace {
		return false
	}
	switch d.str(j) {
	case "in", "on", "to", "with", "at", "by", "under", "upon":
		return false
	case "of", "the":
		// "Zofia P. of Wren House" is a person and an organisation.
		return v.tag(to-1) != tagPerson || v.margin(to-1) < 0
	case "and":
		if d.acronymAlone(j+1) && (d.words[to-1].allCaps() || d.head(from, to)) {
			return false // "the Mereside Trust and MCC", "JM and LD"
		}
		return d.head(from, to) || v.orgs(to-1, j+1)
	case "for":
		return d.head(from, to)
	}
	return true
}

// startOpens reports that the capital with which a sentence begins is that of the name
// [next,to): "Eve Magrath".
func (v *verdicts) startOpens(j, next, to int, org bool) bool {
	w := &v.words[j]
	if org || w.lex.grade() < 2 || to-next >= 2 && v.margin(j) >= marginUnknown {
		return true
	}
	if w.lex&lexGiven == 0 || w.shape&shPoss != 0 || v.words[next].lex.grade() != 0 || !v.name(next) {
		return false
	}
	return v.tag(next) == tagPerson || v.words[next].lex&lexSurname != 0 && to-next == 1
}

// officeOf masks who holds an office of a place, by the office: "the Bishop of [Wexmoor]".
func (d *denial) officeOf(i int) {
	if d.has(i, clsTitle) && d.capital(i) && !d.covered[i] && d.wordIs(i+1, "of") && d.words[i].flags&wfShout == 0 && d.maskedCapital(i+2) && d.kinds[i+2] == Place && d.words[i+2].gap == gapSpace {
		d.mask(i, i+3, Other, "post", "office of a place")
	}
}

// closesLetter reports the words [from,to) with which a letter ends.
func (d *Document) closesLetter(from, to int) bool {
	const longest = 4
	if to-from > longest {
		return false
	}
	for j := from; j < to; j++ {
		if d.wordIn(j, "wishes", "regards", "love", "sincerely", "faithfully", "thanks", "cheers", "yours", "hugs", "kindly", "warmly", "solidarity", "gratitude") {
			return true
		}
	}
	return false
}

// callRoll masks words that people are called where a label begins a line of names and letters of
// people, of which at least one can be nothing else: "Here: GT (chair), Will, May, PJ".
func callRoll(d *Document, emit func(Finding)) {
	const longestLabel, longestItem = 4, 3
	for _, n := range d.marks {
		i := int(n)
		if !d.tightMark(i, ":") {
			continue
		}
		for j := i - 1; j >= 0 && i-j <= longestLabel && d.isWord(j); j-- {
			if d.words[j].gap >= gapLine || d.capital(j) && d.punct(j-1, '.') {
				d.rollFrom(i+1, d.lineEnd(i), longestItem, emit)
			}
			if d.words[j].gap != gapSpace {
				break
			}
		}
	}
}

// rollFrom masks the names of the list that begins at word i, up to its first full stop.
func (d *Document) rollFrom(i, to, longest int, emit func(Finding)) {
	var items [][2]int
	sure := 0
	for i < to {
		run, end := d.rollItem(i, to)
		if run == i || run-i > longest || run < end && !d.wordIn(run, "from", "of", "at", "for") {
			return
		}
		w := &d.words[i]
		if run == i+1 && d.letters(i) && w.cls&clsAcronym == 0 || w.lex&lexGiven != 0 && w.lex.grade() == 0 {
			sure++
		}
		items = append(items, [2]int{i, run})
		if i = d.nextInRoll(end, to); i == end {
			break
		}
	}
	if len(items) < 2 || sure == 0 {
		return
	}
	for _, it := range items {
		w := &d.words[it[0]]
		if called := w.lex&lexGiven != 0 || w.cls&(clsForename|clsTitleName) != 0 || d.shortenedName(it[0]); called && it[1] == it[0]+1 && w.cls&(clsOrgHead|clsRole|clsKind|clsWeekday) == 0 {
			emit(d.found(it[0], it[1], Person, "", "one of a list of people", 0.5))
		}
	}
}

// rollItem is where the capitals end that begin the item at word i of a list of people, and where the
// item does.
func (d *Document) rollItem(i, to int) (run, end int) {
	for end = i; end < to && !d.mark(end, ",;.(") && !d.wordIs(end, "and"); end++ {
	}
	for run = i; run < end && d.capital(run); run++ {
	}
	return run, end
}

// nextInRoll is where the next item begins after the one that ends at end, what stands in brackets left
// out; end if the list is over.
func (d *Document) nextInRoll(end, to int) int {
	i := end
	if d.punct(i, '(') {
		for i < to && !d.punct(i, ')') {
			i++
		}
		i++
	}
	if i < to && d.punct(i, '.') && !d.words[i-1].initial() {
		return end
	}
	for i < to && (d.mark(i, ",;.") || d.wordIs(i, "and")) {
		i++
	}
	return i
}

// doubleNames widens names to the article of another language before them ("An tAthair"), and people
// to the given name that a hyphen ties to theirs, though a word ("Ah-Ming"), and to what nameTail says.
func (d *Document) doubleNames(fs []Finding) []Finding {
	for k := range fs {
		f := &fs[k]
		some := f.Kind == Person || f.Kind == Other && f.Subtype == "name"
		if !some && f.Kind != Place && f.Kind != Org || f.Declared {
			continue
		}
		i, to := d.wordsOf(d.view.Reading(f.Span))
		if f.Start > 1 && d.foreignArticle(i-1) {
			f.Start = min(f.Start, d.found(i-1, i, Person, "", "", 0).Start)
		}
		if !some {
			continue
		}
		if end := d.nameTail(to); end > to {
			f.End = max(f.End, d.found(end-1, end, Person, "", "", 0).End)
		}
		if j := i - 2; j >= 0 && d.tightMark(i-1, "-") && d.words[i].gap == gapNone && d.capital(j) && d.words[j].lex&lexGiven != 0 && !d.inList(j, listPrefix) && d.words[j].flags&wfLabel == 0 {
			f.Start = min(f.Start, d.found(j, j+1, Person, "", "", 0).Start)
		}
	}
	return fs
}

// lowMention reports that word i in lower case may be a name that was found elsewhere: a word that is
// nothing else, or one that was found in lower case ("charlie"), where it stands alone.
func (n *names) lowMention(d *Document, i int) bool {
	w := &d.words[i]
	switch {
	case w.kind != text.Word:
		return false
	case w.lex.grade() == 0 && w.cls&taggerClasses == 0 && w.end-w.start >= 5:
		return true
	case !n.low[w.hash] || w.cls&taggerClasses != 0:
		return false
	case w.lex.grade() <= 1 && w.lex&lexGiven != 0 && w.lex&lexTerm == 0 && w.end-w.start >= 4:
		return true
	case !d.caseless(i):
		return false
	}
	return w.lex.grade() < 2 || (d.begins(i) || d.metInLower(i)) && d.actsInLower(i+1)
}

// actsInLower reports a verb at j that cannot be a noun in the plural: "was", "said", "rang".
func (d *Document) actsInLower(j int) bool {
	return d.has(j, clsCopula) || (d.has(j, clsSaid) || d.didSomething(j)) && d.words[j].gap == gapSpace && d.str(j)[len(d.str(j))-1] != 's'
}

// nameTail is where the name goes on that ends at to: after a hyphen in lower case ("Hyun-ju"), or
// after "o'" ("Magnie o' Toft"). It is to if it does not.
func (d *Document) nameTail(to int) int {
	j := to + 1
	if to < 1 || j >= len(d.words) {
		return to
	}
	w := &d.words[j]
	switch {
	case d.tightMark(to, "-") && d.isWord(j) && w.gap == gapNone && w.kind == text.Word && w.shape&(shUpper1|shInner|shDigit) == 0 && w.lex.grade() < 2 && w.end-w.start <= 5 && !d.inList(j, listAttached) && !d.derived(j):
		return to + 2
	case d.wordIs(to, "o") && d.words[to].gap == gapSpace && d.tightMark(j, "'") && d.spacedCapital(j+1):
		return to + 3
	}
	return to
}
