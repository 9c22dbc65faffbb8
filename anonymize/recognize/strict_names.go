// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// denyHeadings masks a heading in Title Case that ends, or begins before "of", as names of
// bodies, places and programmes do: "Patient and Family Service Award", "Canning Town".
func (d *denial) denyHeadings() {
	const heads = clsOrgHead | clsBrandHead | clsPlaceHead
	d.eachCapital(func(i int) (next int) {
		slashed := d.tightMark(i-1, "/") && d.words[i].gap == gapNone
		if i > 0 && d.words[i].gap < gapLine && !d.lineMark(i-1) && !slashed || d.words[i].flags&(wfLabel|wfShout) != 0 {
			return i + 1
		}
		to, capitals := d.properEnd(i)
		ends := d.lineEnds(to) || d.punct(to, ':') || d.tightMark(to, "/")
		headed := d.has(to-1, heads) || d.has(i, heads) && d.wordIs(i+1, "of")
		if ends && headed && capitals >= 2 && d.moreThanKinds(i, to) && slices.Contains(d.covered[i:to], false) {
			d.mask(i, to, Other, "name", "heading that ends as names do")
		}
		return to
	})
}

// moreThanKinds reports that words [from,to) say more than a kind of group or a post; of a group of
// which a country has one, kinds are enough.
func (d *denial) moreThanKinds(from, to int) bool {
	last := to - 1
	return !d.kindsOnly(from, to) && (!d.groups(from, to) || d.publicBody(last)) && !(d.has(last, clsRole) && d.roleRun(last))
}

// publicBody reports a head noun of bodies of which a country has one.
func (d *Document) publicBody(i int) bool {
	return d.inList(i, listPublicBody)
}

// denyQuoted masks the whole of a few words in quotation marks of which one with a capital
// is masked: "year of [Care]".
func (d *denial) denyQuoted() {
	const longest = 6
	for _, n := range d.marks {
		i := int(n)
		if !d.mark(i, "\"'") || i+1 == len(d.words) || d.words[i].gap == gapNone && i > 0 && d.isWord(i-1) || d.words[i+1].gap != gapNone {
			continue
		}
		j, some, all := i+1, false, true
		for ; j-i <= longest+1 && d.isWord(j) && d.words[j].gap <= gapSpace && d.words[j].flags&wfLabel == 0; j++ {
			some, all = some || d.covered[j] && d.capital(j), all && d.covered[j]
		}
		if some && !all && d.closesQuote(i, j) {
			d.mask(i+1, j, Other, "name", "quoted name")
		}
	}
}

// denyLong masks the whole of what letters in brackets stand for, of which a part is
// masked: "[Major] Projects Wexmoor (MPW)".
func (d *denial) denyLong() {
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '(') {
			continue
		}
		if from, _, ok := d.longFormAt(i); ok && slices.Contains(d.covered[from:i], true) && slices.Contains(d.covered[from:i], false) {
			d.mask(from, i, Org, "name", "words of the letters after them")
		}
	}
}

// denyFirst masks an everyday word with a capital that "and" joins to a name: "Patient and
// [Caregiver Council]".
func (d *denial) denyFirst() {
	for i := 1; i+1 < len(d.words); i++ {
		if d.covered[i] || d.words[i].gap != gapSpace || !d.punct(i, '&') && !d.wordIs(i, "and") || !d.spaced(i+1) || !d.maskedCapital(i+1) {
			continue
		}
		if d.covered[i-1] || !d.everydayCapital(i-1) || d.holder(i-1) {
			continue
		}
		if k := d.kinds[i+1]; k == Org || k == Brand || k == Other || k == "" {
			d.mask(i-1, i+1, Other, "name", "first of a name that goes on")
		}
	}
}

// denyTitles masks the whole of a title of everyday words that small words join, of which
// any word is masked: "[Kick] the Dust", "Learn to [Lead]".
func (d *denial) denyTitles() {
	d.eachCapital(func(i int) (next int) {
		w := &d.words[i]
		small := text.IsStopWord(d.str(i)) && w.flags&wfStart != 0
		inside := d.capital(i-1) && w.gap == gapSpace && !text.IsStopWord(d.str(i-1))
		if w.flags&(wfLabel|wfShout) != 0 || small || inside {
			return i + 1
		}
		to, capitals := d.properEnd(i)
		if capitals >= 2 && to-i > capitals && !(d.holder(i) && d.kindsOrPosts(i, to)) && d.titleInPart(i, to) {
			d.mask(i, to, Other, "name", "title in Title Case")
		}
		return to
	})
}

// titleInPart reports that some of words [from,to), with a capital, are masked and others not, and
// that all may be words of a title.
func (d *denial) titleInPart(from, to int) bool {
	some, all := false, true
	named := d.words[from].flags&wfStart == 0 || d.lineEnds(to)
	for j := from; j < to; j++ {
		if d.capital(j) && !d.wordOfTitle(j, named) {
			return false
		}
		some, all = some || d.covered[j] && d.capital(j), all && d.covered[j]
	}
	return some && !all
}

// wordOfTitle reports an everyday word, kind or condition that nobody is called, or a country; of
// what is masked also a body or programme, if named.
func (d *denial) wordOfTitle(j int, named bool) bool {
	w := &d.words[j]
	if w.lex&lexGiven != 0 || w.cls&(clsForename|clsTitleName|clsMonth|clsWeekday|clsPostnominal) != 0 || d.kinds[j] == Date {
		return false
	}
	if w.lex.grade() >= 2 || w.cls&(clsKind|clsCondition) != 0 {
		return true
	}
	return d.covered[j] && (w.cls&clsWide != 0 || named && (d.kinds[j] == Org || d.kinds[j] == Brand))
}

// denyWorks masks titles of works in sentence case, which only their place shows: a line
// after a DOI or before its authors, and what follows authors and a year.
func (d *denial) denyWorks() {
	d.denyCited()
	doi := false
	for i := 0; i < len(d.words); {
		to := d.lineEnd(i)
		named := d.authors(to)
		if (doi || named) && d.titleLine(i, to) && !(d.mark(i+1, ":") && d.covered[i] && d.kinds[i] == Person) {
			d.mask(i, to, Brand, "title", "line that is a title")
		}
		doi = d.doiLine(i, to)
		i = to
	}
}

// doiLine reports a line that has the number of an article in it.
func (d *Document) doiLine(i, to int) bool {
	doi := wordHash("doi")
	for ; i < to; i++ {
		if d.words[i].hash == doi {
			return true
		}
	}
	return false
}

// titleLine reports a line of several words that ends as no sentence does.
func (d *Document) titleLine(i, to int) bool {
	const shortest, longest = 4, 45
	words := 0
	for j := i; j < to; j++ {
		if d.words[j].flags&wfLabel != 0 || d.has(j, clsAttendance) {
			return false
		}
		if d.isWord(j) && d.words[j].kind == text.Word {
			words++
		}
	}
	return words >= shortest && words <= longest && d.capital(d.firstWord(i, to)) && !d.mark(to-1, ".:,")
}

// authors reports that the line at i holds the authors of the line before: "by" and a
// person, or several people and nobody's deeds.
func (d *denial) authors(i int) bool {
	if i >= len(d.words) {
		return false
	}
	person := func(j int) bool { return j < len(d.words) && d.covered[j] && d.kinds[j] == Person }
	if d.wordIs(i, "by") {
		return person(i+1) && d.words[i+1].gap == gapSpace
	}
	if !person(i) || d.mark(i+1, ":") {
		return false // "Ann: yes" is what she said
	}
	people, others := 0, 0
	for j, to := i, d.lineEnd(i); j < to; j++ {
		switch {
		case !d.isWord(j) || d.words[j].kind == text.Number || d.str(j) == "and":
		case person(j):
			if j == i || !person(j-1) {
				people++
			}
		default:
			others++
		}
	}
	return people >= 2 && others <= people
}

// denyCited masks the title after authors and a year in brackets, up to its full stop:
// "[Oke B], [Teal A] ([2015]) Asking those who came. Journal".
func (d *denial) denyCited() {
	const fewest, longest = 3, 40
	for _, n := range d.marks {
		i := int(n)
		if !d.yearInBrackets(i) || !d.authorEnds(i-1) {
			continue
		}
		first := i + 3
		if d.mark(first, ".:") {
			first++
		}
		if !d.capital(first) || d.words[first].flags&wfLabel != 0 {
			continue
		}
		if to, words := d.sourceTitle(first, longest); words >= fewest && (to >= len(d.words) || d.mark(to, ".?") || d.words[to].gap >= gapPara) {
			d.mask(first, to, Brand, "title", "title after authors and a year")
		}
	}
}

// yearInBrackets reports four digits in the brackets that open at i, and something after them.
func (d *Document) yearInBrackets(i int) bool {
	return d.punct(i, '(') && i+3 < len(d.words) && d.words[i+1].kind == text.Number && d.words[i+1].end-d.words[i+1].start == 4 && d.punct(i+2, ')')
}

// authorEnds reports that an author's name, or "et al.", ends at word i.
func (d *denial) authorEnds(i int) bool {
	if d.punct(i, '.') {
		i--
	}
	return d.isWord(i) && (d.covered[i] && d.kinds[i] == Person || d.str(i) == "al")
}

// sourceTitle is where the sentence from word first on ends, or what can be no title, no longer than
// so many words and marks, and how many words it has.
func (d *Document) sourceTitle(first, longest int) (to, words int) {
	for to = first; to < len(d.words) && to-first < longest && d.words[to].gap < gapPara && !d.mark(to, ".?") && d.words[to].flags&wfLabel == 0; to++ {
		if d.isWord(to) {
			words++
		}
	}
	return to, words
}

// denyKinds masks kinds in Title Case that "and" or "of" joins to the name of a document or
// body, of which there is but one: "the Patient and Public Engagement Strategy".
func (d *denial) denyKinds() {
	d.eachCapital(func(i int) (next int) {
		if d.words[i].flags&wfStart != 0 && text.IsStopWord(d.str(i)) {
			return i + 1
		}
		to, capitals := d.properEnd(i)
		if d.words[i].flags&(wfLabel|wfShout|wfTitle) == 0 && capitals >= 3 && to-i > capitals && d.oneOfKind(i, to) && slices.Contains(d.covered[i:to], false) {
			d.mask(i, to, Other, "name", "kind of which there is one")
		}
		return to
	})
}

// oneOfKind reports everyday words [from,to) that end in a document or body, in the singular, of
// which no article says that there are many.
func (d *denial) oneOfKind(from, to int) bool {
	last := to - 1
	head := d.str(last)
	if !d.has(last, clsDocument|clsBrandHead|clsOrgHead) || d.words[last].shape&shPoss != 0 || head[len(head)-1] == 's' || !d.everydayOrHead(from, to) {
		return false
	}
	return !d.isWord(from-1) || d.words[from].gap != gapSpace || !d.manyOf(d.str(from-1))
}

// manyOf reports a word before a kind of which there are many.
func (d *Document) manyOf(s string) bool {
	switch s {
	case "a", "an", "any", "each", "every", "other", "another", "no", "some":
		return true
	}
	return false
}

// everydayOrHead reports that all capitals of [from,to) are everyday words and no posts.
func (d *Document) everydayOrHead(from, to int) bool {
	for j := from; j < to; j++ {
		if d.capital(j) && (!d.everydayCapital(j) || d.holder(j)) {
			return false
		}
	}
	return true
}

// denyOpening masks the first line of a text that is its title: in Title Case, a question, or
// with a second title after a colon or dash. A line of kinds alone says what the text is.
func (d *denial) denyOpening() {
	if len(d.words) == 0 {
		return
	}
	start := d.firstLine()
	to := d.lineEnd(start)
	from := d.firstWord(start, to)
	if len(d.words)-to < leastBody || !d.capital(from) || d.mark(to-1, ".:,") || to-from > longestTitle*2 || d.has(from, clsAttendance) || !d.unlabelled(from, to) {
		return
	}
	if d.openingTitle(from, to) && slices.Contains(d.covered[from:to], false) {
		d.mask(from, to, Brand, "title", "first line")
	}
}

// openingTitle reports that the first line [from,to) is a title, and no kind of text.
func (d *denial) openingTitle(from, to int) bool {
	const shortest, inLowerCase = 3, 5
	words, capitals, parted := d.titleShape(from, to)
	asked := d.punct(to-1, '?')
	if words < shortest || !asked && d.saysKind(from) {
		return false
	}
	if end, _ := d.properEnd(from); end >= to && d.groups(from, end) {
		return false
	}
	if asked || parted || d.words[from].flags&wfTitle != 0 || capitals >= 3 && capitals*2 >= words {
		return true
	}
	return words >= inLowerCase && d.words[to].gap >= gapPara
}

// denyExplained masks letters in brackets, and the words before them in lower case of which they
// are the first, before the noun of a programme: "the [patient-focused waiting plan] ([PFWP]) initiative".
func (d *denial) denyExplained() {
	for _, n := range d.marks {
		i := int(n)
		if i < 1 || i+3 >= len(d.words) || !d.lettersInBrackets(i) || !d.explained[d.words[i+1].hash] || d.words[i+1].cls&clsAcronym != 0 || !d.spacedWord(i+3) || !d.has(i+3, clsCampaign|clsBrandHead) {
			continue
		}
		from := i
		for n := int(d.words[i+1].end - d.words[i+1].start); n > 0 && from > 0 && d.words[from].gap <= gapSpace && d.words[from-1].flags&wfLabel == 0; {
			from--
			if d.isWord(from) && !d.has(from, clsBridge) {
				n--
			}
		}
		if from < i && d.isWord(from) {
			d.mask(from, i+2, Brand, "title", "programme in lower case with its letters")
		}
	}
}

// denySources masks the title of a source after its authors, up to its full stop, where no year
// stands between: "[Oke B], [Teal A]. Asking those who came: a plan. Journal".
func (d *denial) denySources() {
	const fewest, longest = 4, 39
	for _, n := range d.marks {
		i := int(n)
		first := i + 1
		if i < 3 || i+3 >= len(d.words) || !d.tightMark(i, ".") || !d.authorInitials(i-1) || !d.capital(first) || d.words[first].gap > gapLine || d.words[first].flags&wfLabel != 0 {
			continue
		}
		if to, words := d.sourceTitle(first, longest); words >= fewest && d.mark(to, ".?") && d.capital(to+1) {
			d.mask(first, to, Brand, "title", "title after its authors")
		}
	}
}

// authorInitials reports the initials, after a surname, of an author.
func (d *denial) authorInitials(i int) bool {
	const most = 3
	w := &d.words[i]
	return d.covered[i] && d.kinds[i] == Person && w.end-w.start <= most && w.shape&shLower == 0 && d.covered[i-1] && d.kinds[i-1] == Person
}

// denyLines masks a whole line in Title Case that says more than a kind, and one that goes on
// after a colon from a name: "Heart and Lung Supporters", "[Wexmoor]: using pies to meet".
func (d *denial) denyLines() {
	const fewest, longest = 3, 20
	for from := 0; from < len(d.words); {
		i, to := d.firstWord(from, d.lineEnd(from)), d.lineEnd(from)
		from = to
		if to-i < fewest || to-i > longest || !slices.Contains(d.covered[i:to], false) || !d.mayBeTitle(i, to) {
			continue
		}
		end, capitals := d.properEnd(i)
		switch {
		case end == to && capitals >= fewest && !d.groups(i, to) && !d.anyRole(i, to) && !d.joinedKinds(i, to) && d.ownWords(i, to):
			d.mask(i, to, Other, "name", "line in Title Case")
		case to-i >= 2*fewest && d.placeAndColon(i) && d.unlabelled(i, to):
			d.mask(i, to, Other, "name", "line that a name begins")
		}
	}
}

// mayBeTitle reports a line [from,to) that begins with a capital, no title, month or list of those
// present, and ends as no sentence does.
func (d *denial) mayBeTitle(from, to int) bool {
	return d.capital(from) && d.words[from].flags&wfShout == 0 && !d.mark(to-1, ".,") && !d.has(from, clsAttendance|clsTitle|clsMonth|clsWeekday)
}

// placeAndColon reports a masked place and a colon at word i.
func (d *denial) placeAndColon(i int) bool {
	return d.tightMark(i+1, ":") && d.covered[i] && !d.words[i].allCaps() && (d.kinds[i] == Place || d.kinds[i] != "" && d.words[i].lex&lexPlace != 0)
}

// unlabelled reports words without a label of an earlier pass.
func (d *Document) unlabelled(from, to int) bool {
	for ; from < to; from++ {
		if d.words[from].flags&wfLabel != 0 {
			return false
		}
	}
	return true
}

// ownWords reports that a word of [from,to) is masked or says no kind of thing, and none is a label.
func (d *denial) ownWords(from, to int) bool {
	const fewest = 2
	own := 0
	for i := from; i < to; i++ {
		switch w := &d.words[i]; {
		case w.flags&wfLabel != 0:
			return false
		case d.covered[i]:
			own += fewest
		case d.capital(i) && w.cls&(clsKind|clsGeneric|clsOrgHead|clsBrandHead|clsDocument|clsTerm|clsNumberWord) == 0 && !text.IsStopWord(d.str(i)):
			own++
		}
	}
	return own >= fewest
}

// denyBracketed masks letters in brackets and the words in Title Case before them of which they are
// the first: "the Health Service Executive (HSE)". What is public stays.
func (d *denial) denyBracketed() {
	const fewest = 3
	for _, n := range d.marks {
		i := int(n)
		if !d.lettersInBrackets(i) || d.words[i+1].kind != text.Word || d.words[i+1].end-d.words[i+1].start < fewest || d.words[i+1].flags&(wfShout|wfLabel) != 0 {
			continue
		}
		from, low, ok := d.firstLetters(i-1, i+1)
		if !ok {
			from, ok = d.lettersInOrder(i-1, i+1)
			low = false
		}
		if !ok || low || from < 0 || !d.isWord(from) || !slices.Contains(d.covered[from:i+2], false) {
			continue
		}
		if d.kindsOnly(from, i) || d.joinedKinds(from, i) || d.public.match(d.Document, from) >= i-from {
			continue
		}
		d.mask(from, i, Org, "name", "words of the letters after them")
		d.mask(i+1, i+2, Org, "acronym", "letters of the words before them")
	}
}

// lettersInOrder is where the words that end in word k begin, the first with a capital, of which
// the letters of word j are the first one by one: "Prostate active care together (PACT)".
func (d *Document) lettersInOrder(k, j int) (from int, ok bool) {
	const letters = 4
	s := d.str(j)
	if len(s) < letters || d.words[j].cls&clsAcronym != 0 {
		return k, false
	}
	for n := len(s) - 1; n >= 0; n-- {
		if !d.isWord(k) || d.words[k+1].gap != gapSpace || d.words[k].flags&wfLabel != 0 || d.fold[d.words[k].start] != s[n] {
			return k, false
		}
		k--
	}
	return k + 1, d.capital(k + 1)
}

// denySame masks letters that default deny has masked once wherever they stand.
func (d *denial) denySame() {
	letters := map[uint64]bool{}
	is := func(i int) bool {
		w := &d.words[i]
		return w.kind == text.Word && w.allCaps() && w.end-w.start >= 3 && w.flags&(wfShout|wfLabel) == 0
	}
	for _, n := range d.caps {
		if i := int(n); is(i) && d.covered[i] && d.punct(i-1, '(') && d.punct(i+1, ')') {
			letters[d.words[i].hash] = true
		}
	}
	for _, n := range d.caps {
		if i := int(n); len(letters) > 0 && is(i) && !d.covered[i] && letters[d.words[i].hash] {
			d.mask(i, i+1, Org, "acronym", "letters masked once")
		}
	}
}
