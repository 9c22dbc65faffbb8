// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// around masks at both strengths what stands around what was found and is part of it, or shows
// by its place that it is a name, whatever its words. Of a field of a form and of a short post
// less is masked so: there a few words are all that is told, and no page has them as its title.
func around(doc *Document, public termSet, found []Finding, b *buffers) []Finding {
	d := denialOf(doc, public, found, b, "around", 0.4)
	defer func() { b.masked = d.out }()
	d.denyPhrase()
	d.denyBracketed()
	d.eachWord(wordRules{capitals: denials{(*denial).firstOfList, (*denial).subjectAlone, (*denial).partOfBody, (*denial).hyphenBefore, (*denial).amongPeople}})
	if d.style&(styleFew|styleTagged) == 0 {
		d.everydayNames()
	}
	if d.style&(styleFew|styleTagged) != 0 {
		return d.out
	}
	if d.style&styleShort == 0 {
		d.eachWord(wordRules{capitals: denials{(*denial).countedSo}, numbers: denials{(*denial).countedSo}})
	}
	d.denyWorks()
	d.denyWon()
	if to := d.lineEnd(0); to < len(d.words) && d.words[to].gap >= gapPara && len(d.words)-to >= leastPage {
		d.titlesAbove()
	}
	d.page()
	numbers := denials{(*denial).listAfterNumbered, (*denial).countMeant, (*denial).denyAge, (*denial).denyListedWork, (*denial).denyCalendar}
	d.eachWord(wordRules{
		capitals: append(denials{(*denial).besideThing, (*denial).ownGroup, (*denial).officeOf, (*denial).calledByDay, (*denial).jointOfBody, (*denial).publishedLine, (*denial).dayMeant, (*denial).denyNameLetters, (*denial).denyApposed, (*denial).categoryWon}, numbers...),
		numbers:  numbers,
		words:    denials{(*denial).dayMeant},
		marks:    denials{(*denial).saidTwice},
	})
	d.lettersOfMasked()
	d.denyWorks()
	d.denySubtitles()
	return d.out
}

// leastPage is how many words and marks follow the title of a page.
const leastPage = 3 * leastBody

// page masks what a longer text shows by where it stands: entries of a list, few words in
// quotation marks, what follows the word for a work, posts beside names, tails in lower case.
func (d *denial) page() {
	d.entries()
	words := denials{(*denial).postBeside}
	if d.style&styleShort == 0 || d.name == "strict" {
		words = denials{(*denial).entitled, (*denial).postBeside}
	}
	d.eachWord(wordRules{capitals: words, numbers: words, words: words, marks: denials{(*denial).fewQuoted}})
	for i := range d.words {
		d.lowerTail(i)
	}
}

// denyAround is around under default deny, with what is counted and how.
func (d *denial) denyAround() {
	d.titlesAbove()
	d.eachWord(wordRules{capitals: denials{(*denial).firstOfList, (*denial).subjectAlone, (*denial).countedSo, (*denial).partOfBody}, numbers: denials{(*denial).countedSo}})
	d.page()
}

// titlesAbove masks the lines that stand before a text's first sentence, where the text goes on:
// its title and subtitle in whatever case. A line that says what the text is, a label, a list,
// a question that a form asks and who was there are none.
func (d *denial) titlesAbove() {
	const parts = 5
	from := 0
	for n := 0; n < parts && from < len(d.words); n++ {
		to := d.lineEnd(from)
		for to < len(d.words) && d.words[to].gap < gapPara && d.words[to].flags&wfShout == 0 && d.lineEnd(to)-from < longestTop {
			to = d.lineEnd(to)
		}
		if len(d.words)-to < leastBody {
			return
		}
		title, body := d.topLines(from, to, n == 0)
		if body {
			return
		}
		if title {
			d.mask(d.firstWord(from, to), to, Brand, "title", "line above the text")
		}
		from = to
	}
}

// longestTop is how many words and marks a title may have.
const longestTop = 32

// topLines reports that the paragraph [from,to) above a text is a title, or that the text
// has begun.
func (d *Document) topLines(from, to int, first bool) (title, body bool) {
	const fewest, sentence, short = 3, 8, 6
	begin := d.firstWord(from, to)
	words, lower, commas := 0, 0, 0
	for j := from; j < to; j++ {
		switch w := &d.words[j]; {
		case j > from && w.gap == gapWide:
			return false, false // a table of contents
		case w.flags&wfLabel != 0, d.mark(j, ".!") && w.gap == gapNone && words >= sentence:
			return false, true
		case d.isWord(j) && w.kind == text.Word:
			words++
			if w.shape&shUpper1 == 0 && !d.has(j, clsBridge) {
				lower++
			}
		case d.mark(j, ",;"):
			commas++
		case d.mark(j, "|@"), !first && d.noTitle(begin, j, words):
			return false, false
		}
	}
	if words > longestTop || d.mark(to-1, ".\"") && words >= sentence {
		return false, true
	}
	listed := commas > 1 && lower == 0 || commas > 0 && words < short
	whole := words >= fewest && begin == from && d.capital(begin) && !d.mark(to-1, ".:,;")
	return whole && !listed && !d.sentenceWithin(begin, to) && d.titleWords(begin, to), false
}

// noTitle reports that the mark j below the first line asks, or ends a label that begins at from.
func (d *Document) noTitle(from, j, words int) bool {
	return d.mark(j, "?") || d.mark(j, ":") && (words < 2 || d.wordIs(j-1, "by") || d.groups(from, j))
}

// titleWords reports that the line [from,to) does not merely say what a text is, when it was
// written or who was there.
func (d *Document) titleWords(from, to int) bool {
	if d.saysKind(from) || d.has(from, clsAttendance|clsTitle) || d.has(from, clsLabel) && d.mark(from+1, ":") || d.groups(from, to) || d.words[from].lex&lexGiven != 0 && d.words[from].lex.grade() < 2 && d.capital(from+1) {
		return false
	}
	own := false
	for j := from; j < to; j++ {
		w := &d.words[j]
		if d.mark(j, ":") && (d.labelLike(from, j) || j <= from+2 && (d.has(from, clsLineLabel|clsLabel|clsKind) || d.saysKind(from) || d.inList(from, listBodyLabel, listWorkLabel))) {
			return false // "Author: Ann Oke"
		}
		own = own || w.kind == text.Word && w.cls&(clsKind|clsRole|clsOrgHead|clsGeneric|clsBridge|clsMonth|clsWeekday|clsTerm|clsAcronym|clsDocument) == 0 && w.lex&lexGiven == 0 && !d.saysKind(j) && !text.IsStopWord(d.str(j))
	}
	return own
}

// labelLike reports words for kinds and posts, and what joins them, before a colon.
func (d *Document) labelLike(from, to int) bool {
	for j := from; j < to; j++ {
		if d.words[j].cls&(clsKind|clsRole|clsGeneric|clsBridge|clsLabel|clsLineLabel|clsDocument|clsAttendance) == 0 && !d.saysKind(j) && !d.holder(j) && !text.IsStopWord(d.str(j)) && !d.inList(j, listHeading) {
			return false
		}
	}
	return true
}

// closing is where the quotation that opens at mark i ends, -1 if it is longer or goes over a line.
func (d *Document) closing(i, longest int) int {
	for j := i + 1; j < len(d.words) && j-i <= longest+2 && d.words[j].gap <= gapSpace && d.words[j].flags&wfLabel == 0; j++ {
		if d.closesQuote(i, j) {
			return j
		}
	}
	return -1
}

// fewQuoted masks two to ten words in quotation marks that nobody says: no comma or full stop
// ends them, and nobody speaks of himself in them. What the field puts in such marks stays.
func (d *denial) fewQuoted(i int) {
	const fewest, longest = 2, 10
	if !d.mark(i, "\"'") || i+1 >= len(d.words) || d.words[i+1].gap != gapNone || i > 0 && d.words[i].gap == gapNone && d.isWord(i-1) {
		return
	}
	end := d.closing(i, longest)
	if end < 0 || d.mark(end-1, ".,!?") || d.wordIn(end+1, "form", "button", "link", "page", "box", "field", "option", "question", "tab", "menu", "message", "error", "section") || d.listedPhrase(i+1, listSetPhrase) {
		return
	}
	if d.saidOrDefined(i) {
		return
	}
	words := 0
	for j := i + 1; j < end; j++ {
		if d.isWord(j) {
			words++
		}
		if d.pronoun(j) || d.wordIn(j, "we", "me", "my", "you", "they", "he", "she", "it", "don't", "can't") {
			return
		}
	}
	if (d.calledSo(i+1, end, words) || d.wordIn(i-1, "called", "titled", "entitled", "named") || d.spaced(end+1) && d.thingNamed(end+1)) && words >= fewest && slices.Contains(d.covered[i+1:end], false) {
		d.mask(i+1, end, Other, "name", "few words in quotation marks")
	}
}

// saidOrDefined reports that somebody says what the mark i opens, or that it is a term.
func (d *Document) saidOrDefined(i int) bool {
	before := i - 1
	return d.mark(before, ":,") || d.wordIn(before, "see", "term", "word", "words", "phrase") || d.wordIs(i+1, "the") && !d.capital(i+1) || d.has(before, clsSaid) && !d.has(before, clsCopula)
}

// calledSo reports that the words [from,to) in quotation marks read as a name: a slogan that says
// a word twice, a title of two parts or capitals, a number first.
func (d *Document) calledSo(from, to, words int) bool {
	const fewest = 3
	capitals := 0
	for j := from; j < to; j++ {
		switch {
		case d.capital(j):
			capitals++
		case d.mark(j, "-") && d.words[j].gap == gapSpace:
			capitals++
		case d.mark(j, ",") && j+1 < to && d.words[j+1].hash == d.words[from].hash:
			return true // "better days, better nights"
		}
	}
	return words >= fewest && (capitals >= 2 || d.words[from].shape&shDigit != 0)
}

// entitled masks what follows the word for a work or a theme with a capital, though its other
// words have none: "with its entry Care at the end of life: what we heard".
func (d *denial) entitled(i int) {
	const fewest = 3
	from := i + 1
	if d.words[i].shape&shUpper1 != 0 || !d.inList(i, listTitledThing, listEntered) || d.spacedWord(from) && !d.capital(from) && !d.wordIn(from, "called", "entitled", "titled", "named") {
		return
	}
	if d.isWord(from) && !d.capital(from) || d.mark(from, ":") && d.words[from].gap == gapNone {
		from++
	}
	if !d.spacedCapital(from) || d.words[from].cls&(clsTitle|clsMonth|clsWeekday) != 0 || d.pronoun(from) {
		return
	}
	if to := d.entitledEnd(from); to-from >= fewest && slices.Contains(d.covered[from:to], false) {
		d.mask(from, to, Brand, "title", "title after the word for a work")
	}
}

// entitledEnd is where a title in sentence case ends that begins at word from: at a mark, a verb or
// the word that goes on with the sentence.
func (d *Document) entitledEnd(from int) int {
	const longest = 24
	to := from
	for to < len(d.words) && to-from < longest && d.words[to].gap <= gapSpace && d.words[to].flags&wfLabel == 0 && !d.mark(to, ".;(\"!?") && (to == from || !d.sentenceGoesOn(to)) {
		to++
	}
	for to > from && (d.isWord(to-1) && !d.capital(to-1) && text.IsStopWord(d.str(to-1)) || d.mark(to-1, ",")) {
		to--
	}
	return to
}

// sentenceGoesOn reports a word or comma with which the sentence goes on after a title.
func (d *Document) sentenceGoesOn(i int) bool {
	return d.has(i, clsCopula|clsSaid) || d.didSomething(i) || d.mark(i, ",") && !d.wordIs(i+2, "and") || d.wordIn(i, "as", "which", "that")
}

// firstOfList masks the everyday word with a capital that begins a sentence or line and a list of
// names: "[Mind], Wexmoor UK and".
func (d *denial) firstOfList(i int) {
	w := &d.words[i]
	if d.covered[i] || w.flags&wfStart == 0 || !d.capital(i) || w.kind != text.Word || text.IsStopWord(d.str(i)) || w.cls&(clsMonth|clsWeekday|clsTitle) != 0 || !d.mark(i+1, ",") || d.leadsIn(i) {
		return
	}
	j := i + 2
	if d.maskedCapital(j) && (d.kinds[j] == Org || d.kinds[j] == Brand || nameKind(d.kinds[j]) == Other) && d.capitalList(j) {
		d.mask(i, i+1, Org, "name", "begins a list of names")
	}
}

// leadsIn reports an adverb that stands before a sentence: "Sadly, Wexmoor".
func (d *Document) leadsIn(i int) bool {
	s := d.str(i)
	return len(s) > 4 && s[len(s)-2:] == "ly" || d.has(i, clsOrdinal) || d.inList(i, listLeadsIn)
}

// capitalList reports that the run of capitals at i ends in a comma or "and" with another.
func (d *Document) capitalList(i int) bool {
	_, to := d.capRun(i)
	return (d.mark(to, ",") || d.wordIs(to, "and")) && (d.capital(to+1) || d.capital(to+2))
}

// subjectAlone masks an everyday noun without article that begins a sentence and does, alone, what a
// body does: "Kingdom covers".
func (d *denial) subjectAlone(i int) {
	w := &d.words[i]
	if d.covered[i] || w.flags&(wfStart|wfTitle|wfShout) != wfStart || w.shape&(shUpper1|shInner|shPoss) != shUpper1 || w.kind != text.Word || text.IsStopWord(d.str(i)) || w.cls&(clsRole|clsOccupation|clsKind|clsMonth|clsWeekday|clsTitle|clsCondition|clsGeneric|clsTerm|clsNumberWord) != 0 {
		return
	}
	if s := d.str(i); s[len(s)-1] == 's' || d.massNoun(s) || d.seen.lower(w) {
		return
	}
	if d.spacedWord(i+1) && !d.capital(i+1) && d.inList(i+1, listBodyActs) {
		d.mask(i, i+1, Org, "name", "noun alone that acts")
	}
}

// massNoun reports a noun that stands without an article whatever it names: "Training covers".
func (d *Document) massNoun(s string) bool {
	for _, end := range [...]string{"ing", "tion", "sion", "ment", "ness", "ity", "ship", "ance", "ence", "hood", "ism", "ure", "acy", "ly", "one", "body"} {
		if len(s) > len(end)+1 && s[len(s)-len(end):] == end {
			return true
		}
	}
	return listed(s, listMassNoun)
}

// partOfBody masks what stands between two parts of one name, or ends it: its letters in brackets,
// a small letter in quotation marks, the possessive of a saint, what a body is of.
func (d *denial) partOfBody(i int) {
	if !d.maskedCapital(i) || !d.thing(i) && d.kinds[i] != Person && d.kinds[i] != Place {
		return
	}
	j := i + 1
	switch {
	case d.mark(j, "("):
		d.lettersInside(i)
	case d.mark(j, "'"):
		d.letterBetween(i)
	case d.mark(j, ","):
		if d.words[i].shape&shPoss != 0 && d.kinds[i] != Person && d.maskedCapital(j+1) && d.kinds[j+1] == Org {
			d.mask(i, j+2, Org, "name", "house of a body")
		}
	case !d.spacedWord(j):
	case d.words[i].flags&wfShout != 0 && d.has(j, clsBridge) && !d.covered[j]:
		if d.spaced(j+1) && d.maskedCapital(j+1) && d.kinds[i] != Person {
			d.mask(i, j+2, nameKind(d.kinds[i]), "name", "small word in capitals")
		}
	case d.wordIn(j, "of", "for"):
		d.bodyOf(i)
	}
}

// thing reports that word i is masked as a body, a programme or what is only suspect.
func (d *denial) thing(i int) bool {
	k := nameKind(d.kinds[i])
	return k == Org || k == Brand || k == Other
}

// lettersInside masks a name that goes on after its letters in brackets, and letters with a digit
// after a body.
func (d *denial) lettersInside(i int) {
	letters, after := i+2, i+4
	if !d.isWord(letters) || !d.mark(letters+1, ")") {
		return
	}
	switch {
	case d.words[letters].allCaps() && d.spacedCapital(after) && d.has(after, clsOrgHead|clsBrandHead):
		_, to := d.capRun(after)
		d.mask(i, to, nameKind(d.kinds[i]), "name", "goes on after its letters")
	case d.kinds[i] == Org && d.capital(letters) && d.words[letters].kind == text.Mixed && d.words[letters].shape&shInner != 0:
		d.mask(letters, letters+1, Org, "acronym", "letters after a body")
	}
}

// letterBetween masks a small letter in quotation marks between two words: "Pick 'n' Mix".
func (d *denial) letterBetween(i int) {
	if j := i + 1; !d.wordIs(j+1, "n") || d.words[j+1].gap != gapNone {
		return
	}
	to := i + 3
	if d.mark(to, "'") {
		to++
	}
	if d.spacedCapital(to) {
		d.mask(i, to+1, nameKind(d.kinds[i]), "name", "letter between two words")
	}
}

// bodyOf masks what a body is of or for, with its capital or up to the next name.
func (d *denial) bodyOf(i int) {
	j := i + 2
	switch {
	case !d.spacedWord(j):
	case d.capital(j):
		if d.kinds[i] == Org && !d.covered[j] && d.words[i].cls&clsRole == 0 && d.has(i, clsOrgHead) {
			_, to := d.capRun(j)
			d.mask(i, to, Org, "name", "what a body is of")
		}
	case d.thing(i) && d.words[j].kind == text.Word && !text.IsStopWord(d.str(j)) && d.spaced(j+1) && d.maskedCapital(j+1) && d.kinds[j+1] != Date:
		d.mask(i, j+2, nameKind(d.kinds[i]), "name", "word inside a name")
	}
}

// lowerTail masks the words in lower case after a name up to the noun that ends it, where no verb
// stands among them: "[Wexmoor] children and young people asthma scheme".
func (d *denial) lowerTail(i int) {
	const longest = 7
	if !d.covered[i] || i+1 >= len(d.words) || d.covered[i+1] || d.words[i].shape&shLetter == 0 {
		return
	}
	from, _ := d.maskedRun(i)
	if k := d.kinds[i]; k == Person || k == Date || k == Contact || k == Code && d.words[i].shape&shUpper1 == 0 || !d.capital(from) || d.words[from].flags&wfLabel != 0 || d.words[i].shape&shPoss != 0 || d.has(i, clsDemonym) {
		return
	}
	end := 0
	for j := i + 1; j < len(d.words) && j-i <= longest && !d.covered[j] && d.tailWord(j, j == i+1); j++ {
		if d.inList(j, listProgrammeNoun) {
			end = j + 1
		}
	}
	if end > i+2 && !(end == i+3 && d.has(i+1, clsKind|clsRole|clsGeneric)) {
		d.mask(from, end, Brand, "name", "goes on in lower case")
	}
}

// tailWord reports a noun or what describes one in lower case, or "and" between two.
func (d *Document) tailWord(j int, first bool) bool {
	if !d.spacedWord(j) || d.words[j].kind != text.Word || d.words[j].shape&(shUpper1|shInner|shPoss) != 0 || d.words[j].flags&wfLabel != 0 || d.has(j, clsSaid|clsCopula) || d.didSomething(j) {
		return false
	}
	return d.wordIs(j, "and") && !first || !text.IsStopWord(d.str(j)) && !d.has(j, clsBridge)
}

// entries masks what goes on after a body at the start of a line that says nothing was done:
// an entry of a list of winners or partners, "[Wexmoor Hospital] better care at the front door".
func (d *denial) entries() {
	const fewest, longest = 3, 30
	for from := 0; from < len(d.words); {
		i, to := from, d.lineEnd(from)
		from = to
		if to-i > longest || d.words[i].initial() || !d.maskedCapital(i) || !d.thing(i) && d.kinds[i] != Place || d.mark(to-1, ".,:;?-") || !d.unlabelled(i, to) {
			continue
		}
		first, words := i, 0
		for first < to && d.covered[first] {
			first++
		}
		for j := first; j < to; j++ {
			if d.isWord(j) {
				words++
			}
		}
		if first-i < 2 || words < fewest || !d.spaced(first) && !d.mark(first, ":") || d.mark(first, "(,;'\"") || d.words[first-1].shape&shPoss != 0 || d.sentenceWithin(first, to) || !d.headWithin(i, first) {
			continue
		}
		d.mask(i, to, Org, "name", "entry of a list")
	}
}

// headWithin reports the head noun of a body or programme among words [from,to).
func (d *Document) headWithin(from, to int) bool {
	for j := from; j < to; j++ {
		if d.has(j, clsOrgHead|clsOrgSuffix|clsBrandHead) && d.capital(j) {
			return true
		}
	}
	return false
}

// sentenceWithin reports a verb or pronoun among words [from,to).
func (d *Document) sentenceWithin(from, to int) bool {
	for j := from; j < to; j++ {
		if d.has(j, clsCopula|clsSaid) && !d.wordIn(j, "who", "whom", "whose") || d.didSomething(j) || d.pronoun(j) || d.wordIn(j, "we", "our", "are", "were", "will", "they", "you", "your", "can", "be", "been") {
			return true
		}
	}
	return false
}

// nameKind is the kind of what begins with a word of kind k.
func nameKind(k Kind) Kind {
	if k == "" {
		return Other
	}
	return k
}
