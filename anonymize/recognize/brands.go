// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// programmes masks names of programmes, campaigns and products by what stands
// beside them: a trade mark, "known as", "called".
func programmes(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		if i := int(n); d.tradeMark(i) {
			if from, to := d.marked(i); from < i {
				emit(d.found(from, to, Brand, "trade-mark", "trade mark sign", 0.9))
			}
		}
	}
	for _, n := range d.caps {
		i := int(n)
		if to := d.calledTo(i); to > 0 {
			emit(d.found(i, to, Brand, "programme", "called", 0.5))
		}
	}
}

// marked is the name that the trade mark i stands after; it begins at i if there is none.
func (d *Document) marked(i int) (from, to int) {
	const longest = 6
	from, to = i, i
	for from > 0 && i-from < longest && d.capital(from-1) && (d.words[from].gap == gapSpace || from == i && d.words[i].gap <= gapSpace) {
		from--
	}
	if from == i && d.words[i].gap == gapNone && d.coined(i-1) {
		from = i - 1 // "wexomedic®"
	}
	if from < i && d.spacedCapital(i+1) && d.words[i+1].flags&wfStart == 0 && d.words[i+1].lex.grade() >= 2 {
		to, _ = d.properEnd(i + 1) // "Wexomedic® Trials for All"
	}
	return from, to
}

// coined reports a word of no dictionary.
func (d *Document) coined(i int) bool {
	return d.isWord(i) && d.words[i].lex.grade() == 0 && d.words[i].flags&wfLabel == 0
}

// calledTo is the word after the name that the capital i begins, if what stands before says
// that something is called so; else 0.
func (d *Document) calledTo(i int) int {
	if !d.isWord(i) || !d.capital(i) || d.words[i].flags&wfStart != 0 {
		return 0
	}
	if d.wordIs(i-1, "the") && d.named(i-2) {
		if _, to := d.capRun(i); to-i >= 2 && !d.has(i, clsTerm) {
			return to // "known as the Crisis Response Unit"
		}
		return 0
	}
	if !d.named(i - 1) {
		return 0
	}
	return d.nameSaid(i)
}

// nameSaid is the word after the name that begins at word i after "called", 0 if it is none.
func (d *Document) nameSaid(i int) int {
	_, to := d.capRun(i)
	if end, capitals := d.properEnd(i); capitals >= 2 && end > to && d.tied(i, end) && d.beginsTitle(i) {
		return end // "is called Not a Visitor"
	}
	if r := d.cleared(i); r == "" || r == becauseTitle && to-i >= 2 && d.titleBefore(i+1) < 0 {
		return to
	}
	return 0
}

// beginsTitle reports an everyday word with which a title may begin, no country, month or
// given name.
func (d *Document) beginsTitle(i int) bool {
	return !d.has(i, clsWorld|clsMonth|clsWeekday|clsTitle) && d.words[i].lex.grade() >= 2 && d.words[i].lex&lexGiven == 0
}

// tradeMark reports ™, ® or ℠ at i, or "(TM)" and "(R)".
func (d *Document) tradeMark(i int) bool {
	switch d.read[d.words[i].start:d.words[i].end] {
	case "™", "®", "℠":
		return true
	}
	return d.punct(i, '(') && d.wordIn(i+1, "tm", "r") && d.punct(i+2, ')') && d.capital(i+1)
}

// named reports that the words up to i announce a name: "known as", "called",
// "branded", "entitled", "nicknamed".
func (d *Document) named(i int) bool {
	if d.mark(i, "\"'") {
		i--
	}
	if !d.isWord(i) {
		return false
	}
	switch s := d.str(i); {
	case listed(s, listLaunched):
		return true
	case s == "as":
		return d.wordIn(i-1, "known", "branded")
	}
	return false
}

// documents masks the titles of documents and courses: "Report on the Public Mood",
// "a degree in Social Inclusion and Recovery".
func documents(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if d.words[i].flags&(wfLabel|wfShout) != 0 {
			continue
		}
		if from := d.titleOpens(i); from >= 0 {
			to, capitals := d.titleEnd(i)
			if capitals >= 2 || from < i && d.words[i].flags&wfTitle == 0 {
				emit(d.found(from, to, Brand, "title", "title after its kind", 0.5))
			}
		}
	}
}

// titleOpens is where the title begins whose first capital after its kind is word i,
// -1 if there is none.
func (d *Document) titleOpens(i int) int {
	j := i - 1
	for n := 0; n < 2 && d.wordIn(j, "the", "a") && d.words[j+1].gap == gapSpace; n++ {
		j--
	}
	if j == 0 || !d.spacedWord(j) || d.words[j+1].gap != gapSpace || d.words[j].flags&wfLabel != 0 || d.has(i, clsWorld|clsMonth|clsWeekday) {
		return -1
	}
	return d.titleAfter(j, i)
}

// titleAfter is where the title begins whose first capital is word i and which the small word j
// ties to its kind, -1 if it ties none.
func (d *Document) titleAfter(j, i int) int {
	kind := j - 1
	switch d.str(j) {
	case "on":
		if d.documentKind(kind) {
			return kind // "Report on the Public Mood"
		}
		fallthrough
	case "in":
		if j == i-1 && d.has(kind, clsQualification) {
			return i // "a degree in Social Inclusion"
		}
	case "for":
		if d.documentKind(kind) {
			return kind
		}
	case "of":
		if j == i-1 && d.documentKind(kind) && d.words[kind].flags&(wfTitle|wfStart) == 0 && d.spacedCapital(i+1) {
			return kind
		}
	}
	return -1
}

// documentKind reports a kind of document with a capital.
func (d *Document) documentKind(i int) bool {
	return d.has(i, clsDocument) && d.words[i].shape&(shUpper1|shInner|shPoss) == shUpper1
}

// titleEnd is the word after the title that goes on at the capital i, and how many
// capitals it holds.
func (d *Document) titleEnd(i int) (to, capitals int) {
	const longest = 16
	to = i
	for to < len(d.words) && to-i < longest {
		if d.capital(to) && d.words[to].flags&wfLabel == 0 && (to == i || d.words[to].gap <= gapSpace) {
			to++
			capitals++
			continue
		}
		j := d.titleJoints(to)
		if j == to || !d.capital(j) || d.words[j].gap > gapSpace || d.words[j].flags&(wfStart|wfLabel) != 0 || d.has(j, clsMonth|clsWeekday|clsWorld) {
			return to, capitals
		}
		to = j
	}
	return to, capitals
}

// titleJoints is the word after the small words and marks, three at the most, that go on a
// title at word i.
func (d *Document) titleJoints(i int) int {
	const most = 3
	j := i
	for j-i < most && j < len(d.words) && d.words[j].gap <= gapSpace {
		small := d.has(j, clsBridge) && d.words[j].shape&shUpper1 == 0
		if !small && !d.punct(j, '-') && !(j > i && d.punct(j, '"')) {
			break
		}
		j++
	}
	return j
}

// programmesOfKinds masks programmes named by nothing but words for kinds, where there is
// but one: "the Patient Protocol Engagement Toolkit", "Partner Priority Programme (PPP)".
func programmesOfKinds(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		last := int(n)
		if !d.programmeHead(last) {
			continue
		}
		from, ok := d.kindsTo(last)
		if !ok || d.wordIn(from-1, "a", "an") {
			continue
		}
		to := last + 1
		if d.lettersInBrackets(to) && d.explained[d.words[to+1].hash] {
			emit(d.found(from, to, Brand, "programme", "with its abbreviation", 0.5))
			emit(d.found(to+1, to+2, Brand, "programme", "abbreviation", 0.5))
			continue
		}
		fewest := 3
		if d.str(last) == "fund" {
			fewest++
		}
		if to-from >= fewest && d.str(last) != "unit" && d.wordIn(from-1, "the", "our", "their", "its") && d.words[from].gap == gapSpace {
			emit(d.found(from, to, Brand, "programme", "the one programme", 0.5))
		}
	}
}

// programmeHead reports a head noun of programmes, in no heading.
func (d *Document) programmeHead(i int) bool {
	w := &d.words[i]
	if w.flags&(wfLabel|wfTitle|wfShout) != 0 {
		return false
	}
	return w.cls&(clsCampaign|clsBrandHead) == clsCampaign|clsBrandHead || d.wordIn(i, "unit", "fund")
}

// kindsTo is where two words or more for kinds begin, with capitals, that end in word last, and
// those that a small word joins to them: "its Health and Social Care Programme".
func (d *Document) kindsTo(last int) (from int, ok bool) {
	from, to := d.capRun(last)
	if to != last+1 {
		return 0, false
	}
	if d.words[from].flags&wfStart != 0 && text.IsStopWord(d.str(from)) {
		from++
	}
	if to-from < 2 || !d.kindsOnly(from, to) {
		return 0, false
	}
	if a := d.joiner(from-1, -1); a < from-1 && d.words[a].flags&wfStart == 0 && d.has(a, clsKind|clsOrgHead) && (d.str(a+1) == "and" || d.punct(a+1, '&')) {
		if b, _ := d.capRun(a); d.kindsOnly(b, a+1) || a == b {
			from = b
		}
	}
	return from, true
}

// awardLines masks what won: "Winner: Here for Good, a campaign", "Gold: 'Ask early, ask often'".
func awardLines(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		if first := i + 1; d.punct(i, ':') && d.inList(i-1, listAwardLabel) && d.spaced(first) && d.beginsLine(i-1) {
			if to := d.winnerTo(first); to > first {
				if d.mark(first, "\"'") {
					first++
				}
				emit(d.found(first, to, Brand, "title", "what won", 0.5))
			}
		}
	}
}

// beginsLine reports that the words up to i, three at the most, are the first of their line.
func (d *Document) beginsLine(i int) bool {
	const far = 3
	start := i
	for start > 0 && i-start < far && d.words[start].gap < gapLine && d.isWord(start) {
		start--
	}
	return d.words[start].gap >= gapLine
}

// winnerTo is the word after what won, which begins at word i, in quotation marks or not; i if it
// is nothing that has a name.
func (d *Document) winnerTo(i int) int {
	if d.mark(i, "\"'") {
		j := i + 1
		for !d.lineEnds(j) && j-i < longestTitle && d.read[d.words[j].start] != d.read[d.words[i].start] {
			j++
		}
		if j > i+1 && j < len(d.words) && d.read[d.words[j].start] == d.read[d.words[i].start] && d.isWord(i+1) {
			return j
		}
		return i
	}
	if !d.capital(i) || d.words[i].flags&wfLabel != 0 || d.titleBefore(i+1) >= 0 {
		return i
	}
	if to, capitals := d.properEnd(i); capitals >= 2 && !d.kindsOnly(i, to) && d.words[i].lex&lexGiven == 0 {
		return to
	}
	return i
}

// bodiesWithoutArticle masks a body named by nothing but words for kinds, which stands as
// names do, without an article: "worked with Patient Voices Network.".
func bodiesWithoutArticle(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		last := int(n)
		if d.words[last].cls&clsOrgHead == 0 || d.words[last].flags&(wfLabel|wfTitle|wfShout) != 0 {
			continue
		}
		from, to := d.capRun(last)
		if to != last+1 || to-from < 2 || to-from < 3 && !d.oneOfItsName(last) || !d.kindsOnly(from, to) {
			continue
		}
		if d.metWith(from) && (!d.isWord(to) || d.words[to].gap >= gapLine || text.IsStopWord(d.str(to)) || d.has(to, clsSaid|clsCopula)) {
			emit(d.found(from, to, Org, "", "body without an article", 0.5))
		}
	}
}

// metWith reports a small word before word i that stands before whom one works with.
func (d *Document) metWith(i int) bool {
	return d.wordIn(i-1, "with", "by", "from", "joined", "via") && d.words[i].gap == gapSpace && d.words[i-1].shape&shUpper1 == 0
}

// longestTitle is the words and marks of the longest title in quotation marks.
const longestTitle = 20

// quoted masks what quotation marks and capitals show to be a title: two to
// seven words, more where a dash or colon parts them, the first and most others with
// capitals.
func quoted(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '"') && !(d.punct(i, '\'') && (i == 0 || d.words[i].gap != gapNone)) {
			continue
		}
		if end := d.titleInWords(i); end > 0 {
			emit(d.found(i+1, end, Brand, "title", "title after its kind", 0.5))
			continue
		}
		t := d.quotedTitle(i)
		if j := t.end; j >= len(d.words) || d.read[d.words[j].start] != d.read[d.words[i].start] || d.words[j].gap != gapNone {
			continue
		}
		switch {
		case d.quotedCampaign(i, t.end):
			emit(d.found(i+1, t.end, Brand, "title", "quoted name of a campaign", 0.5))
		case d.capital(i+1) && t.inTitleCase(t.end-i-1):
			emit(d.found(i+1, t.end, Brand, "title", "title in quotation marks", 0.5))
		}
	}
}

// quotedCampaign reports one to five words between the marks i and j, before the kind of thing
// that is called so.
func (d *Document) quotedCampaign(i, j int) bool {
	const longest = 5
	n := j - i - 1
	return n >= 1 && n <= longest && d.spaced(j+1) && (d.has(j+1, clsCampaign) || d.capital(i+1) && d.thingNamed(j+1))
}

// inTitleCase reports that n words and marks are a title in Title Case.
func (t titleSpan) inTitleCase(n int) bool {
	if n < 2 || t.caps < 2 || n > 7 && t.marks == 0 && t.caps < 6 {
		return false
	}
	return t.low == 0 || t.low == 1 && t.marks > 0 && t.caps >= 3
}

// titleInWords is the closing mark of a title, of words in lower case too, that the mark i
// opens right after its kind or the year of a source: "our report 'What happens after'",
// "(2020) 'How do we know?'". 0 if it opens none.
func (d *Document) titleInWords(i int) int {
	const longest, longestSource = 14, 40
	switch {
	case d.afterItsKind(i):
		return d.quoteEnd(i, longest)
	case d.punct(i-1, ')') && d.year(i-2) && d.punct(i-3, '('):
		return d.quoteEnd(i, longestSource)
	case d.wordIn(i-1, "the", "our") && d.words[i].gap == gapSpace && !d.capital(i-1):
		return d.phraseInQuotes(i)
	}
	return 0
}

// quoteEnd is the closing mark, not more than far words on, of a quotation that the mark i opens
// and a capital begins; 0 if there is none.
func (d *Document) quoteEnd(i, far int) int {
	if !d.capital(i+1) || d.words[i+1].gap != gapNone || d.words[i+1].flags&wfLabel != 0 {
		return 0
	}
	for j := i + 2; j < len(d.words) && j-i <= far && d.words[j].gap < gapPara; j++ {
		if d.words[j].flags&wfLabel != 0 {
			return 0
		}
		if d.endsQuote(i, j) {
			return j
		}
	}
	return 0
}

// afterItsKind reports the mark i right after a kind of thing that has a title, or after it and
// a comma.
func (d *Document) afterItsKind(i int) bool {
	if d.words[i].gap != gapSpace {
		return false
	}
	if d.punct(i-1, ',') {
		return d.thingNamed(i-2) || d.year(i-2) && d.thingNamed(i-3)
	}
	return d.isWord(i-1) && d.words[i-1].shape&(shUpper1|shPoss) == 0 && (d.inList(i-1, listTitledThing) || d.named(i-1))
}

// endsQuote reports that mark j closes the quotation that mark i opens, and is no apostrophe.
func (d *Document) endsQuote(i, j int) bool {
	return d.closesQuote(i, j) && !(d.isWord(j+1) && d.words[j+1].gap == gapNone)
}

// phraseInQuotes is the closing mark of three words or more, the first with a capital, that are no
// sentence, after an article: "in the 'Asking well for tenants' report"; 0 if there is none.
func (d *Document) phraseInQuotes(i int) int {
	const fewest, longest = 3, 12
	if !d.capital(i+1) || d.words[i+1].gap != gapNone || d.pronoun(i+1) {
		return 0
	}
	words := 0
	for j := i + 1; j < len(d.words) && j-i <= longest && d.words[j].gap <= gapSpace && d.words[j].flags&wfLabel == 0; j++ {
		switch {
		case d.isWord(j):
			words++
		case d.endsQuote(i, j):
			if words >= fewest && !d.mark(j-1, ".,?!") {
				return j
			}
			return 0
		}
	}
	return 0
}

// thingNamed reports a kind of thing that has a title, which a comma may part from it:
// "at the conference of 2024, 'How we met',".
func (d *Document) thingNamed(i int) bool {
	return d.isWord(i) && d.words[i].shape&(shInner|shPoss) == 0 && d.inList(i, listTitledThing)
}

// titleSpan describes the words between a quotation mark and the next mark that
// cannot stand inside a title.
type titleSpan struct {
	end   int // index of the first word after it
	caps  int // words with a capital, or without letters
	low   int // words without a capital that are no stop words
	marks int // hyphens, colons and the last full stop inside
}

// quotedTitle reads the words after the quotation mark at i, at most longestTitle
// and within one paragraph.
func (d *Document) quotedTitle(i int) (t titleSpan) {
	for t.end = i + 1; t.end < len(d.words) && t.end-i <= longestTitle && d.words[t.end].gap < gapPara; t.end++ {
		j := t.end
		w := &d.words[j]
		switch {
		case w.kind >= text.Punct:
			inside := j > i+1 && d.joinsTitle(j)
			if !inside && !(t.marks > 0 && d.punct(j, '.') && d.closesQuote(i, j+1)) {
				return t
			}
			t.marks++
		case w.shape&(shUpper1|shInner) != 0 || w.shape&shLetter == 0:
			t.caps++
		case w.cls&clsBridge == 0 && !text.IsStopWord(d.str(j)):
			t.low++
		}
	}
	return t
}

// joinsTitle reports a mark after which a title goes on.
func (d *Document) joinsTitle(j int) bool {
	return (d.mark(j, "-:") || d.punct(j, '.') && d.capital(j+1)) && d.isWord(j+1)
}
