// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// denyRuns masks the rest of what is masked in part: the capitals that small words tie to a masked
// one, the words around a small word with a capital, chains of letters and digits, titles after a
// masked beginning. What a word is, and where it stands, decides; not what kind of name was found.
func (d *denial) denyRuns() {
	words := denials{(*denial).denyCalendar, (*denial).denyListedWork}
	d.eachWord(wordRules{
		capitals: denials{(*denial).denySmallCapital, (*denial).denyNameLetters, (*denial).denyCalendar, (*denial).denyAwardLine, (*denial).denyFirstSmall, (*denial).denyApposed, (*denial).denyListedWork},
		numbers:  words,
		words:    words,
		marks:    denials{(*denial).denyChain, (*denial).denyFewQuoted},
	})
	for _, n := range slices.Backward(d.caps) {
		d.denyTiedTo(int(n))
	}
	for _, n := range d.caps {
		d.denyTiedFrom(int(n))
	}
	d.eachWord(wordRules{capitals: denials{(*denial).denyWithin}, marks: denials{(*denial).denyBracketRun}})
	d.denySubtitles()
}

// mayTie reports a capital that may be part of a longer name.
func (d *denial) mayTie(i int) bool {
	w := &d.words[i]
	return w.flags&wfLabel == 0 && w.cls&(clsTitle|clsPostnominal|clsMonth|clsWeekday) == 0 && w.shape&(shUpper1|shInner) != 0 && !d.pronoun(i) && w.kind == text.Word
}

// tieEnd is the capital after the small words and marks that begin at j and tie it to what stands
// before, 0 if there is none; loose reports that other words than "and", "of" and "for" tie it.
func (d *denial) tieEnd(j int) (to int, loose bool) {
	const most = 3
	tight := false
	for to = j; to < len(d.words) && to-j <= most && d.words[to].gap == gapSpace; to++ {
		switch {
		case d.capital(to):
			if to == j || d.words[to].flags&(wfStart|wfLabel) != 0 {
				return 0, false
			}
			return to, !tight
		case d.wordIn(to, "of", "for", "and"), d.punct(to, '&'):
			tight = true
		case !d.isWord(to) || !d.has(to, clsBridge) && !d.wordIn(to, "a", "an", "from", "as", "our", "my", "your", "not", "or"):
			return 0, false
		}
	}
	return 0, false
}

// denyTiedTo masks an everyday word with a capital that small words tie to a masked one after it:
// "[Friends] of [Wexmoor]", "[Song] and [Scone]".
func (d *denial) denyTiedTo(i int) {
	if d.covered[i] || !d.mayTie(i) && !(d.has(i, clsTitle) && d.wordIs(i+1, "of")) || d.words[i].flags&wfShout != 0 || text.IsStopWord(d.str(i)) || d.holder(i) || d.postWord(i) && !d.has(i, clsTitle) || d.saysKind(i) {
		return
	}
	to, loose := d.tieEnd(i + 1)
	if d.tightMark(i+1, "'") && d.spacedCapital(i+2) {
		to, loose = i+2, false // "[Patients'] [Choice]"
	}
	if to == 0 || !d.maskedCapital(to) {
		return
	}
	if d.words[i].flags&(wfStart|wfTitle) == wfStart {
		if loose && (!d.wordOfTitle(to, true) || text.IsStopWord(d.str(to))) || d.leadsIn(i) || d.inList(i, listThanked) || d.has(i, clsSaid|clsNumberWord) {
			return
		}
	} else if loose && (d.has(i, clsWide|clsAcronym) || !d.wordOfTitle(to, true)) {
		return
	}
	d.mask(i, to, d.tiedKind(to), "name", "tied to a name")
}

// denyTiedFrom masks a capital, cleared by itself, right after a masked one or tied to it by "and",
// "of" or "for": "[Wexmoor Collaboration] of Clinical Commissioning Groups".
func (d *denial) denyTiedFrom(i int) {
	if !d.maskedCapital(i) || d.words[i].shape&shPoss != 0 && d.words[i].cls&clsKind == 0 {
		return
	}
	j := i + 1
	if !d.spacedCapital(j) {
		to, loose := d.tieEnd(j)
		if to == 0 || loose && !(d.plainCapital(i) && d.wordOfTitle(to, true)) {
			return
		}
		j = to
	}
	if d.covered[j] || !d.mayTie(j) || d.words[j].flags&(wfStart|wfShout) != 0 || d.holder(j) || d.has(j, clsWide) || text.IsStopWord(d.str(j)) {
		return
	}
	d.mask(i+1, j+1, d.tiedKind(i), "name", "tied to a name")
}

// tiedKind is the kind of what is tied to the masked word i.
func (d *denial) tiedKind(i int) Kind {
	switch k := d.kinds[i]; k {
	case Org, Brand, Place:
		return k
	case Person, Date, Contact, Code, Other:
	}
	return Other
}

// denySmallCapital masks the capitals right beside a small word that has a capital inside a sentence
// for no other reason than that it is part of a name: "[Don't Skip] Us", "[Have] Your [Say]".
func (d *denial) denySmallCapital(i int) {
	w := &d.words[i]
	if !d.covered[i] || w.shape&(shUpper1|shInner) != shUpper1 || w.flags&(wfStart|wfWeak|wfShout) != 0 || w.kind != text.Word || w.end-w.start == 1 || !text.IsStopWord(d.str(i)) || w.lex&lexGiven != 0 || w.cls&clsMonth != 0 {
		return
	}
	const far = 8
	from, to := d.capitalsBefore(i), i+1
	if d.words[from].flags&wfStart != 0 && from+1 < i && (d.has(from, clsBridge) || d.wordIn(from, "a", "an", "our", "from", "as")) && !text.IsStopWord(d.str(from+1)) {
		from++ // "In May our" and "The Moving On group" begin with no name
	}
	for to-i < far && d.spacedCapital(to) && d.mayTie(to) {
		to++
	}
	if to-from > 1 && slices.Contains(d.covered[from:to], false) {
		d.mask(from, to, d.tiedKind(i), "name", "around a small word with a capital")
	}
}

// capitalsBefore is where the capitals begin that lead up to word i, a few words before it at most.
func (d *denial) capitalsBefore(i int) (from int) {
	const far = 8
	from = i
	for from > 0 && i-from < far && d.words[from].flags&wfStart == 0 && d.words[from].gap <= gapSpace {
		switch {
		case d.spaced(from) && d.mayTie(from-1):
			from--
		case from > 1 && d.spaced(from) && d.mayTie(from-2) && (from == i && d.tightMark(from-1, ",") && !d.wordIs(i, "the") || from < i && d.wordIn(from-1, "of", "the") && d.spaced(from-1)):
			from -= 2
		default:
			return from
		}
	}
	return from
}

// lettersTied masks capital letters that marks tie to a masked number after them: "JP-UK-[00981]".
func (d *denial) lettersTied(i int) {
	if d.mark(i, "-/_") && i > 0 && d.isWord(i-1) && d.words[i-1].allCaps() && d.words[i-1].shape&shLetter != 0 {
		d.denyChain(i)
	}
}

// denyChain masks letters and digits that marks tie to masked ones without a space: "JP-UK-[00981]",
// "09.[45]".
func (d *denial) denyChain(i int) {
	if !d.mark(i, "-./_:") || d.words[i].gap != gapNone || i == 0 || i+1 >= len(d.words) || d.words[i+1].gap != gapNone {
		return
	}
	const far = 12
	digit := func(j int) bool { return d.isWord(j) && d.words[j].shape&shDigit != 0 && d.covered[j] }
	part := func(j int) bool {
		return d.isWord(j) && (d.words[j].shape&shDigit != 0 || d.words[j].allCaps()) && d.words[j].flags&wfLabel == 0
	}
	switch {
	case digit(i+1) && part(i-1):
		d.mask(i-1, i+2, Other, "unknown", "tied to a number")
		for j := i - 2; j > 0 && i-j <= far && d.mark(j, "-./_:") && d.words[j].gap == gapNone && d.words[j+1].gap == gapNone && part(j-1); j -= 2 {
			d.mask(j-1, j+1, Other, "unknown", "tied to a number")
		}
	case digit(i-1) && part(i+1):
		d.mask(i-1, i+2, Other, "unknown", "tied to a number")
	}
}

// denyNameLetters masks the letters and "et al." that follow a masked name: "[Ann Oke] MP".
func (d *denial) denyNameLetters(i int) {
	j := i + 1
	if !d.maskedCapital(i) || !d.spacedWord(j) || d.covered[j] {
		return
	}
	switch {
	case d.wordIs(j, "et") && d.wordIs(j+1, "al") && d.name == "strict":
		d.mask(i, j+2, d.kinds[i], "", "authors")
	case d.has(j, clsPostnominal) && d.words[j].allCaps() && d.words[j].flags&(wfShout|wfLabel) == 0:
		d.mask(i, j+1, d.kinds[i], "", "letters after a name")
	}
}

// denyBracketRun masks what a masked name goes on with after its letters in brackets: "[Wexmoor Voice]
// (WVP) Group".
func (d *denial) denyBracketRun(i int) {
	if i == 0 || !d.lettersInBrackets(i) || !d.covered[i-1] || !d.spacedCapital(i+3) || d.covered[i+3] || !d.mayTie(i+3) {
		return
	}
	d.mask(i-1, i+4, d.tiedKind(i-1), "name", "goes on after its letters")
}

// denyCalendar masks a month or weekday right beside a number, and the word for a part of the year
// before a masked one: "2020 Feb", "Weds 8", "month 18".
func (d *denial) denyCalendar(i int) {
	if !d.calendarPart(i) {
		return
	}
	if d.spacedWord(i+1) && d.spaced(i+2) && d.calendarPart(i+2) && (d.covered[i] || d.covered[i+2]) && d.wordIn(i+1, "at", "and", "to") && (d.name == "strict" || d.words[i].shape&shDigit != 0 || d.words[i+2].shape&shDigit != 0) && (d.has(i, clsWeekday) || d.has(i+2, clsWeekday)) {
		d.mask(i, i+3, Date, "date", "days in a row")
	}
	if d.words[i].shape&shDigit == 0 {
		return
	}
	for _, j := range [...]int{i - 1, i + 1} {
		if d.has(j, clsMonth|clsWeekday) && d.capital(j) && d.words[max(i, j)].gap == gapSpace {
			d.mask(min(i, j), max(i, j)+1, Date, "date", "day or month beside a number")
		}
	}
	if d.covered[i] && d.spaced(i) && d.wordIn(i-1, "day", "week", "month", "year") {
		d.mask(i-1, i+1, Date, "relative-date", "so many into a work")
	}
}

// calendarPart reports a number, month or weekday.
func (d *Document) calendarPart(i int) bool {
	return d.has(i, clsMonth|clsWeekday) || d.isWord(i) && d.words[i].shape&shDigit != 0
}

// denyAwardLine masks a label of everyday words in Title Case before a colon that says no post or kind
// but what is won: "Pharmacist of the Year: [Ann Oke]".
func (d *denial) denyAwardLine(i int) {
	const longest = 8
	w := &d.words[i]
	if !d.capital(i) || w.gap < gapLine && !d.lineMark(i-1) || w.flags&wfShout != 0 {
		return
	}
	to, capitals := d.properEnd(i)
	if capitals < 2 || to-i > longest || !d.tightMark(to, ":") || !slices.Contains(d.covered[i:to], false) || !d.unlabelled(i, to) {
		return
	}
	ofYear := d.wordIs(to-1, "year") && d.wordIs(to-3, "of")
	if ofYear || !d.labelLike(i, to) && !d.groups(i, to) && !d.anyRole(i, to) && !d.joinedKinds(i, to) && to-i > capitals {
		d.mask(i, to, Brand, "title", "what is won")
	}
}

// denyWithin masks small words between two masked words in capitals, or one of which is no name but
// an everyday word, and a word in lower case after "of" or "for": "[Insights] from [Wexmoor]",
// "[Statements] for local [Wexmoor]".
func (d *denial) denyWithin(i int) {
	if !d.maskedCapital(i) || d.words[i].shape&shPoss != 0 {
		return
	}
	j := i + 1
	if d.words[i].flags&wfShout != 0 && d.spacedWord(j) && !d.covered[j] && text.IsStopWord(d.str(j)) && d.spaced(j+1) && d.maskedCapital(j+1) {
		d.mask(i, j+2, d.tiedKind(i), "name", "small word in capitals")
		return
	}
	if d.wordIn(j, "of", "for") && d.lowNoun(j+1) && d.spaced(j+2) && d.maskedCapital(j+2) && d.wordOfTitle(i, true) {
		d.mask(i, j+3, d.tiedKind(i), "name", "word inside a name")
		return
	}
	to, loose := d.tieEnd(j)
	if to == 0 || !slices.Contains(d.covered[j:to], false) || !d.maskedCapital(to) {
		return
	}
	if d.plainCapital(i) && !d.postWord(i) && !d.holder(i) && (!loose || d.plainCapital(to) || d.wordIn(j, "from", "to", "with", "by", "on")) {
		d.mask(i, to+1, d.tiedKind(i), "name", "small word in a name")
	}
}

// plainCapital reports an everyday word with a capital that nobody is called.
func (d *denial) plainCapital(i int) bool {
	w := &d.words[i]
	if !d.mayTie(i) || w.lex.grade() < 2 || w.cls&(clsForename|clsTitleName|clsWide|clsAcronym) != 0 {
		return false
	}
	return w.lex&lexGiven == 0 || w.lex.grade() == 3 && w.gap == gapSpace && w.flags&wfStart == 0 && i > 0 && d.capital(i-1) && d.words[i-1].lex.grade() >= 2 && (d.words[i-1].lex&lexGiven == 0 || text.IsStopWord(d.str(i-1)))
}

// denyFirstSmall masks a small word that begins a line or sentence right before a masked everyday word:
// "[My] [Bear] came", "entry: [Not] [Forgotten]". What leads into a sentence stays.
func (d *denial) denyFirstSmall(i int) {
	w := &d.words[i]
	if d.covered[i] || w.flags&(wfStart|wfWeak) == 0 || w.shape&(shUpper1|shInner) != shUpper1 || w.flags&wfShout != 0 || w.end-w.start < 2 || !text.IsStopWord(d.str(i)) || d.has(i, clsBridge|clsTitle|clsMonth) || d.wordIn(i, "a", "an", "from", "as", "our", "their", "his", "her", "its", "this", "that", "these", "but", "or", "so", "if", "when", "while", "after", "before", "since", "because", "about", "between") {
		return
	}
	if j := i + 1; d.spacedCapital(j) && d.maskedCapital(j) && d.plainCapital(j) && d.words[j].lex&(lexSurname|lexPlace) == 0 {
		d.mask(i, j+1, d.tiedKind(j), "name", "small word that begins a name")
	}
}

// denyApposed masks an everyday word alone that begins a sentence and is explained after a comma:
// "[Ripple], the newsletter of the programme".
func (d *denial) denyApposed(i int) {
	w := &d.words[i]
	if d.covered[i] || w.flags&wfStart == 0 || w.shape&(shUpper1|shInner|shPoss) != shUpper1 || w.flags&(wfLabel|wfShout) != 0 || w.kind != text.Word || text.IsStopWord(d.str(i)) || d.leadsIn(i) || d.has(i, clsTitle|clsMonth|clsWeekday|clsNumberWord|clsSaid) || d.seen.lower(w) {
		return
	}
	if d.tightMark(i+1, ",") && d.wordIn(i+2, "the", "their", "our", "its", "a", "an", "his", "her") && d.spacedWord(i+3) && !d.capital(i+2) && d.nounBefore(i+3) {
		d.mask(i, i+1, Other, "name", "explained after a comma")
	}
}

// nounBefore reports that a few words from word j on end in a comma, "of" or "for": an explanation, and
// no sentence.
func (d *Document) nounBefore(j int) bool {
	const longest = 6
	for to := j; d.isWord(to) && to-j < longest && !d.has(to, clsCopula|clsSaid) && !d.didSomething(to); to++ {
		if d.mark(to+1, ",") || d.wordIn(to+1, "of", "for", "about", "by", "on") {
			return true
		}
	}
	return false
}

// denyListedWork masks what a line of a programme names after its time, number or the word for a work:
// "13:30 [The long way home] (Ann Oke)", "Episode 13: [Why I said no]".
func (d *denial) denyListedWork(i int) {
	const fewest, longest = 2, 16
	w := &d.words[i]
	if w.gap < gapLine || w.flags&wfLabel != 0 {
		return
	}
	first := d.afterTime(i)
	timed := first > 0
	lettered := !timed && d.words[i].initial() && d.tightMark(i+1, ".")
	if lettered {
		first = i + 2 // "A. Working with children (Ann Oke)"
	}
	if !timed && !lettered {
		first = i + 1
		if d.isWord(first) && d.words[first].gap == gapSpace && d.words[first].shape&shDigit != 0 {
			first++
		}
		if !d.inList(i, listWorkLabel, listTitledThing) || !d.tightMark(first, ":") {
			return
		}
		first++
	}
	if !d.spacedCapital(first) {
		return
	}
	to, words, small := first, 0, 0
	for ; to < len(d.words) && to-first <= longest && d.words[to].gap <= gapSpace && d.words[to].flags&wfLabel == 0 && !d.mark(to, "(;|"); to++ {
		if d.isWord(to) {
			if words++; !d.capital(to) {
				small++
			}
		}
	}
	if words < fewest || to-first > longest || d.mark(to-1, ".") || timed && small == 0 || lettered && !(words > fewest && d.givenIn(first, to)) {
		return
	}
	d.mask(first, to, Brand, "title", "work of a programme")
}

// denyFewQuoted masks a few words in quotation marks that begin with a capital, or of which one is
// masked, where what stands before shows that something is called so.
func (d *denial) denyFewQuoted(i int) {
	const longest = 6
	if i == 0 || !d.mark(i, "\"'") || d.words[i].gap != gapSpace || i+1 >= len(d.words) || d.words[i+1].gap != gapNone || !d.capital(i+1) || !d.beforePhrase(i-1) {
		return
	}
	if j, words, said := d.quotedWords(i, longest+2); d.closesQuote(i, j) && !said && words <= longest && slices.Contains(d.covered[i+1:j], false) {
		d.mask(i+1, j, Other, "name", "quoted phrase")
	}
}

// denySubtitles masks what follows a colon or question mark on a line, or up to a full stop, that
// begins with a title of everyday words which is masked: "[Listening to Patients]: a framework".
func (d *denial) denySubtitles() {
	const fewest, longest = 2, 16
	for _, n := range d.marks {
		i := int(n)
		if !d.mark(i, ":?") || d.words[i].gap != gapNone || !d.spacedWord(i+1) || d.capital(i+1) && text.IsStopWord(d.str(i+1)) && !d.spacedCapital(i+2) {
			continue
		}
		from := i
		for from > 0 && i-from < longest && d.words[from].gap <= gapSpace && d.words[from].flags&wfStart == 0 && !d.mark(from-1, ",;:.?!\"") {
			from--
		}
		if slices.Contains(d.covered[from:i], false) || !d.capital(from) || d.words[from].flags&(wfLabel|wfShout) != 0 || d.has(from, clsTitle) || !d.everydayIn(from, i) {
			continue
		}
		to, capitals := i+1, 0
		for to < len(d.words) && to-i <= longest && d.words[to].gap <= gapSpace && !d.mark(to, ".;,?!\"") && d.words[to].flags&wfLabel == 0 {
			if d.capital(to) {
				capitals++
			}
			to++
		}
		if to-i <= longest && to-i > fewest && (capitals < fewest || to-i <= 2*fewest) && slices.Contains(d.covered[i+1:to], false) && !d.sentenceWithin(i+1, to) {
			d.mask(from, to, Brand, "title", "what a title goes on with")
		}
	}
}

// everydayIn reports two everyday words or more among words [from,to), and no name of a person.
func (d *denial) everydayIn(from, to int) bool {
	const fewest = 2
	n := 0
	for j := from; j < to; j++ {
		if d.words[j].cls&clsForename != 0 || d.words[j].lex&lexGiven != 0 && d.words[j].lex.grade() < 2 {
			return false
		}
		if d.isWord(j) && d.words[j].lex.grade() >= 2 {
			n++
		}
	}
	return n >= fewest
}

// everydayNames masks, at both strengths, what everyday words with capitals make of a masked one together
// with small words: "[Knit] and [Natter]", "[Tea] at [Three]", "[Harvest] [Supper]".
func (d *denial) everydayNames() {
	d.eachWord(wordRules{capitals: denials{(*denial).denySmallCapital, (*denial).ofYear}, marks: denials{(*denial).lettersTied}})
	for _, n := range slices.Backward(d.caps) {
		d.everydayTied(int(n))
	}
	d.denySubtitles()
}

// ownWord reports an everyday word with a capital that says no post and heads no list.
func (d *denial) ownWord(i int) bool {
	w := &d.words[i]
	return d.mayTie(i) && w.lex.grade() >= 2 && w.cls&(clsForename|clsTitleName|clsWide|clsAcronym|clsRole|clsCondition|clsTerm|clsNumberWord|clsDemonym|clsLanguage|clsOccupation|clsAttendance) == 0 && w.flags&wfShout == 0 && !d.postWord(i) && !d.holder(i) && !d.saysKind(i) && !d.inList(i, listHeading, listThanked)
}

// inName reports a masked word with a capital that is an everyday word and no place.
func (d *denial) inName(i int) bool {
	w := &d.words[i]
	return d.maskedCapital(i) && w.lex.grade() >= 1 && (w.lex&lexPlace == 0 || w.lex.grade() == 3) && w.cls&(clsForename|clsTitleName|clsWide|clsAcronym|clsDemonym) == 0
}

// everydayTied masks an everyday word with a capital and a masked one after it that make one name.
func (d *denial) everydayTied(i int) {
	if !d.ownWord(i) {
		return
	}
	if d.spacedCapital(i + 1) {
		if d.inName(i+1) && d.besideInName(i) {
			d.mask(i, i+2, d.tiedKind(i+1), "name", "everyday word beside a name")
		}
		return
	}
	to, _ := d.tieEnd(i + 1)
	if text.IsStopWord(d.str(i)) || to == 0 || !d.maskedCapital(to) || text.IsStopWord(d.str(to)) {
		return
	}
	if d.wordIs(i, "friends") && d.wordIs(i+1, "of") || d.inName(to) && !(d.capital(i-1) && d.words[i].gap == gapSpace) && d.tiedInName(i, to) {
		d.mask(i, to+1, d.tiedKind(to), "name", "small word between everyday words")
	}
}

// besideInName reports that the word i right before a masked one is no kind, begins no sentence that
// goes on, and stands nowhere in lower case.
func (d *denial) besideInName(i int) bool {
	starts := d.words[i].flags&wfStart != 0
	if d.saysWhichKind(i) || !starts && d.words[i].flags&wfWeak != 0 || d.has(i, clsOrdinal) || d.has(i-1, clsOrdinal) || d.wordIn(i, "all", "other", "further", "both", "each", "any", "such", "this", "these") {
		return false
	}
	if text.IsStopWord(d.str(i)) {
		if starts || !d.isWord(i-1) || d.words[i-1].kind == text.Number {
			return false
		}
	} else if d.seen.lower(&d.words[i]) {
		return false
	}
	_, to := d.capRun(i)
	return !starts || d.lineEnds(to) || d.mark(to, ",(")
}

// tiedInName reports that what stands between the word i and the masked word to makes one name of them:
// "and" between two words alone, or inside a sentence "at", "to" or "as" before the last.
func (d *denial) tiedInName(i, to int) bool {
	starts := d.words[i].flags&wfStart != 0
	if (d.wordIs(i+1, "and") || d.punct(i+1, '&')) && to == i+2 {
		heading := (starts || d.isWord(i-1) && d.words[i-1].kind == text.Number) && pluralForm(d.str(i))
		return !heading && (!d.saysWhichKind(i) || d.covered[i])
	}
	return !d.saysWhichKind(i) && !starts && d.words[i].flags&wfWeak == 0 && !d.spacedCapital(to+2) && d.wordIn(i+1, "at", "to", "over", "as", "in", "a", "with", "on", "without")
}

// saysWhichKind reports a word for a kind of group, body, programme or document.
func (d *Document) saysWhichKind(i int) bool {
	return d.has(i, clsKind|clsGeneric|clsOrgHead|clsBrandHead|clsDocument)
}

// ofYear masks what is called so of the year, with its capitals: "won [Best Landlord of the Year]".
func (d *denial) ofYear(i int) {
	if d.wordIs(i, "year") && d.capital(i) && d.wordIs(i-1, "the") && d.wordIs(i-2, "of") && d.capital(i-3) {
		from, _ := d.capRun(i - 3)
		d.mask(from, i+1, Brand, "title", "of the year")
	}
}
