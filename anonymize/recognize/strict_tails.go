// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// denyTold masks what tells the same as the words masked beside it: the noun that a count
// counts, the words around an age, what a hyphen ties to a name, the tail of a name.
func (d *denial) denyTold() {
	d.eachWord(wordRules{
		capitals: denials{(*denial).denyCounted, (*denial).denyAge, (*denial).denyDay, (*denial).denyArticle, (*denial).denyPurpose, (*denial).denyClaim, (*denial).denyNeighbour, (*denial).denyAwareness, (*denial).denyKin, (*denial).calledByDay},
		numbers:  denials{(*denial).denyCounted, (*denial).denyAge, (*denial).denyDay, (*denial).denyClaim, (*denial).denyAwareness},
		words:    denials{(*denial).denyDay, (*denial).denyClaim, (*denial).denyAwareness},
		marks:    denials{(*denial).denyHyphened},
	})
	d.denyWorks()
}

// wordRules are rules by the word with which they begin: one with a capital, another with a digit
// or for a number, any other, or a mark.
type wordRules struct{ capitals, numbers, words, marks denials }

// denials are rules that begin with word i.
type denials []func(d *denial, i int)

// eachWord applies its rules to each word that is no label's, in their order.
func (d *denial) eachWord(of wordRules) {
	if len(of.words) == 0 {
		for _, i := range d.telling {
			d.applyTo(int(i), &of)
		}
		return
	}
	for i := range d.words {
		d.applyTo(i, &of)
	}
}

// applyTo applies the rules for word i.
func (d *denial) applyTo(i int, of *wordRules) {
	w := &d.words[i]
	rules := of.words
	switch {
	case w.flags&wfLabel != 0:
		return
	case w.kind >= text.Punct:
		rules = of.marks
	case w.shape&(shUpper1|shInner|shNoCase) != 0:
		rules = of.capitals
	case w.shape&shDigit != 0 || w.cls&clsNumberWord != 0:
		rules = of.numbers
	}
	for _, apply := range rules {
		apply(d, i)
	}
}

// denyHyphened masks what hyphens tie to a masked capital: "[Flexi]-way", "[East Out]-patients".
func (d *denial) denyHyphened(i int) {
	if i == 0 || !d.tightMark(i, "-") || !d.isWord(i-1) || !d.isWord(i+1) || d.words[i+1].gap != gapNone || d.has(i-1, clsNumberWord) || d.has(i+1, clsNumberWord) {
		return
	}
	masked := i - 1
	if d.covered[i+1] {
		masked = i + 1
	}
	if d.covered[i-1] != d.covered[i+1] && d.words[masked].shape&shLetter != 0 {
		d.mask(i-1, i+2, Other, "unknown", "tied to a name by a hyphen")
	}
}

// leastDenied is from how many on what is counted goes with its number.
const leastDenied = 10

// denyCounted masks what a masked number counts: "[87] links", "[18] multigenerational workers".
func (d *denial) denyCounted(i int) {
	const describing = 2
	if !d.countDenied(i) {
		return
	}
	for j := i + 1; j <= i+1+describing; j++ {
		if !d.spacedWord(j) || d.words[j].flags&wfLabel != 0 || text.IsStopWord(d.str(j)) || d.has(j, clsBridge) {
			return
		}
		switch {
		case j > i+1 && d.covered[j]:
			d.mask(i, j, Other, "count", "between a count and a name")
			return
		case d.has(j, clsUnit), thingUnit(d.str(j)):
			return // "[37] patients": the band says how many, and of whom is wanted
		case d.has(j, clsCounted), d.wordIs(j, "more"), pluralWord(d.str(j)):
			d.mask(i, j+1, Other, "count", "what is counted")
			return
		case d.words[j].shape&(shUpper1|shInner|shDigit) != 0:
			return
		}
	}
}

// countDenied reports a masked number, no date, of which what it counts tells as much.
func (d *denial) countDenied(i int) bool {
	w := &d.words[i]
	if !d.covered[i] || d.kinds[i] == Date || d.kinds[i] == Contact || d.kinds[i] == Place || d.covered[min(i+1, len(d.words)-1)] {
		return false
	}
	if w.kind == text.Number && (w.end-w.start >= 2 || i > 0 && w.gap == gapNone) {
		return w.end-w.start != 2 || d.read[w.start] != '0'
	}
	return w.cls&clsNumberWord != 0 && d.numberInWords(i) >= leastDenied
}

// numberInWords is the least that the number word i may mean.
func (d *Document) numberInWords(i int) int {
	switch s := d.str(i); {
	case len(s) > 3 && s[len(s)-2:] == "ty", len(s) > 4 && s[len(s)-4:] == "teen", s == "hundred", s == "thousand", s == "million", s == "billion", s == "eleven", s == "twelve", s == "dozen":
		return leastDenied
	}
	if d.punct(i-1, '-') || d.has(i-1, clsNumberWord) {
		return leastDenied
	}
	return 0
}

// denyAge masks the words that make an age of a number, and those of a birthday.
func (d *denial) denyAge(i int) {
	const digits = 3
	w := &d.words[i]
	if w.kind == text.Mixed && ordinalDigits(d.str(i)) {
		d.denyBirthday(i)
		return
	}
	if !d.covered[i] || w.kind != text.Number && w.cls&clsNumberWord == 0 || w.end-w.start > digits && w.kind == text.Number {
		return
	}
	from, to := i, i+1
	if d.wordIs(i-1, "of") && d.wordIs(i-2, "age") {
		from = i - 2
	} else if d.wordIn(i-1, "age", "aged") {
		from = i - 1
	}
	if end := d.yearsOld(to); end > 0 {
		to = end
	}
	if from < i || to > i+1 {
		d.mask(from, to, Date, "age", "age with its words")
	}
}

// denyBirthday masks "40th birthday", and "40th consecutive" with its noun, at word i.
func (d *denial) denyBirthday(i int) {
	if !d.spacedWord(i + 1) {
		return
	}
	switch d.str(i + 1) {
	case "birthday", "anniversary":
		d.mask(i, i+2, Date, "age", "birthday")
	case "consecutive":
		if d.isWord(i + 2) {
			d.mask(i, i+3, Other, "claim", "so many in a row")
		}
	}
}

// yearsOld is the word after "years old" or "-year-olds" at word j, 0 if that is not there.
func (d *denial) yearsOld(j int) int {
	if d.punct(j, '-') {
		j++
	}
	if !d.isWord(j) || !yearWord(d.str(j)) || d.covered[j] {
		return 0
	}
	k := j + 1
	if d.punct(k, '-') {
		k++
	}
	if !d.wordIn(k, "old", "olds") {
		return 0
	}
	return k + 1
}

// denyDay masks a day or time told from the day of writing, and a weekday that is no habit.
func (d *denial) denyDay(i int) {
	if d.covered[i] || !d.isWord(i) {
		return
	}
	switch d.str(i) {
	case "today", "yesterday", "tomorrow", "tonight":
		d.mask(i, i+1, Date, "relative-date", "a day told from today")
	case "week", "month", "year", "summer", "winter", "autumn", "spring", "weekend", "fortnight":
		if d.words[i].gap == gapSpace && d.wordIn(i-1, "last", "next", "this") {
			d.mask(i-1, i+1, Date, "relative-date", "a time told from today")
		}
	default:
		if d.oneWeekday(i) && !(d.words[i].gap == gapSpace && d.wordIn(i-1, "every", "each", "a", "any")) {
			d.mask(i, i+1, Date, "weekday", "one weekday")
		}
	}
}

// oneWeekday reports a weekday in the singular, written out, that is no given name.
func (d *denial) oneWeekday(i int) bool {
	if !d.has(i, clsWeekday) {
		return false
	}
	s := d.str(i)
	return d.capital(i) && len(s) > 3 && s[len(s)-1] != 's' && d.words[i].lex&lexGiven == 0
}

// denyArticle masks the article of a name that has a capital inside a sentence, or that
// begins a line which the name ends: "partners are: The [Atkinson]".
func (d *denial) denyArticle(i int) {
	w := &d.words[i]
	if d.covered[i] || w.shape&(shUpper1|shInner) != shUpper1 || w.flags&(wfShout|wfTitle) != 0 && w.gap < gapLine || !d.wordIn(i, "the", "my", "our") || !d.maskedCapital(i+1) || d.words[i+1].gap != gapSpace || d.kinds[i+1] == Person || d.kinds[i+1] == Date {
		return
	}
	if w.flags&wfStart == 0 {
		d.mask(i, i+2, d.kinds[i+1], "name", "article of a name")
		return
	}
	to := i + 1
	for !d.lineEnds(to) && d.covered[to] {
		to++
	}
	if w.gap >= gapLine && d.lineEnds(to) {
		d.mask(i, i+2, d.kinds[i+1], "name", "article of a name")
	}
}

// denyPurpose masks what a name of a body, an award or a document is for, up to where its
// clause ends: "the [Oke Award] for direct patient care,", "The [Party] of the workers".
func (d *denial) denyPurpose(i int) {
	if !d.hasPurpose(i) {
		return
	}
	j := i + 1
	if !d.spacedWord(j) || d.covered[j] || !d.wordIn(j, "for", "of", "in") {
		return
	}
	first := j + 1
	if d.wordIs(first, "the") {
		first++
	}
	to, nouns := d.purposeTo(first)
	if nouns > 0 && (d.lineEnds(to) || d.mark(to, "),;.'\"")) {
		d.mask(i, to, d.kinds[i], "name", "what a name is for")
	}
}

// hasPurpose reports the masked name of a body, an award or a document.
func (d *denial) hasPurpose(i int) bool {
	if !d.maskedCapital(i) {
		return false
	}
	switch d.kinds[i] {
	case Person, Date, Contact, Code:
		return false
	case Org, Place, Brand, Other:
	}
	return d.has(i, clsOrgHead|clsBrandHead|clsNamedThing|clsDocument) || d.inList(i, listAwardLabel, listLowerTail) || d.awardOf(i)
}

// purposeTo is the word after the words in lower case that say from word first on what something
// is for, and how many they are.
func (d *denial) purposeTo(first int) (to, nouns int) {
	const longest = 8
	for to = first; to < len(d.words) && to-first < longest && d.words[to].gap <= gapSpace && d.words[to].flags&wfLabel == 0; to++ {
		if d.tightMark(to, "-") {
			continue
		}
		if !d.isWord(to) || d.words[to].shape&(shUpper1|shInner|shDigit) != 0 || d.has(to, clsSaid) || text.IsStopWord(d.str(to)) && !d.wordIn(to, "and", "of") {
			break
		}
		nouns++
	}
	return to, nouns
}

// awardOf reports an award or prize at word i.
func (d *Document) awardOf(i int) bool {
	switch d.str(i) {
	case "award", "awards", "prize", "medal", "fellowship", "scholarship", "conduct", "practice", "standard", "charter":
		return true
	}
	return false
}

// denyNeighbour masks an everyday word with a capital, after a dash or colon, that a list of
// bodies begins with: "partners - Involve, The [Democratic Society]".
func (d *denial) denyNeighbour(i int) {
	w := &d.words[i]
	if d.covered[i] || w.flags&(wfWeak|wfStart) != wfWeak || !d.capital(i) || w.shape&shInner != 0 || text.IsStopWord(d.str(i)) || !d.punct(i+1, ',') || w.cls&(clsRole|clsTitle|clsMonth|clsWeekday) != 0 {
		return
	}
	j := i + 2
	if d.wordIs(j, "the") {
		j++
	}
	if d.maskedCapital(j) && d.kinds[j] == Org {
		d.mask(i, i+1, Org, "name", "first of a list of bodies")
	}
}

// denyAwareness masks a day, week or month that is called something, in lower case:
// "national volunteer appreciation week".
func (d *denial) denyAwareness(i int) {
	if d.covered[i] || !d.wordIn(i, "day", "week", "month") || !d.isWord(i-1) || d.words[i].gap != gapSpace {
		return
	}
	if from := d.awarenessFrom(i); from < i-1 {
		d.mask(from, i+1, Brand, "title", "day, week or month with a name")
	}
}

// awarenessFrom is where the name of the day, week or month i begins: at "national" or "world", or
// at the first word of its cause.
func (d *denial) awarenessFrom(i int) int {
	const far = 4
	cause := d.wordIn(i-1, "awareness", "appreciation", "disease", "history", "heritage", "pride", "action", "remembrance")
	from := i
	for j := i - 1; i-j <= far && d.isWord(j) && d.words[j+1].gap == gapSpace && d.words[j].flags&wfLabel == 0; j-- {
		s := d.str(j)
		switch {
		case s == "world", j < i-1 && (s == "national" || s == "international" || s == "global"):
			return j
		case s == "national", s == "international", s == "global", text.IsStopWord(s), d.has(j, clsBridge|clsNumberWord|clsSaid):
			return from
		case cause:
			from = j
		}
	}
	return from
}

// denyLetters masks an abbreviation that a small word joins to a name: "the [Wexmoor Panel] on AI".
func (d *denial) denyLetters() {
	for i := 2; i < len(d.words); i++ {
		if d.covered[i] || !d.words[i].allCaps() || d.words[i].gap != gapSpace || !d.spacedWord(i-1) || d.capital(i-1) || !d.maskedCapital(i-2) || d.words[i].flags&(wfLabel|wfShout) != 0 {
			continue
		}
		if k := d.kinds[i-2]; k == Person || k == Date || k == Contact || k == Code || k == Place {
			continue
		}
		switch d.str(i - 1) {
		case "on", "of", "for":
			d.mask(i-1, i+1, d.kinds[i-2], "name", "letters in a name")
		}
	}
}

// denyPhrase masks the few words in quotation marks that an article stands before, where they are no
// sentence: "the 'better choices, better care' event".
func (d *denial) denyPhrase() {
	const fewest, longest = 2, 12
	for _, n := range d.marks {
		i := int(n)
		if i < 1 || i+1 >= len(d.words) || !d.mark(i, "\"'") || d.words[i].gap != gapSpace || d.words[i+1].gap != gapNone || !d.beforePhrase(i-1) {
			continue
		}
		j, words, said := d.quotedWords(i, longest+2)
		if !d.closesQuote(i, j) || said || words < fewest || words > longest || d.punct(j-1, ',') {
			continue
		}
		thing := d.spaced(j+1) && (d.thingNamed(j+1) || d.has(j+1, clsCampaign))
		if thing || d.capital(i+1) && words > fewest {
			d.mask(i+1, j, Other, "name", "quoted phrase")
		}
	}
}

// beforePhrase reports a small word in lower case that stands before what something is called.
func (d *denial) beforePhrase(i int) bool {
	return d.wordIn(i, "the", "our", "their", "its", "of", "was", "is", "with", "for", "called") && !d.capital(i)
}

// quotedWords is where the quotation ends that the mark i opens, far words and marks after it at
// the most, how many words it has, and whether it is a sentence.
func (d *Document) quotedWords(i, far int) (end, words int, said bool) {
	for end = i + 1; end < len(d.words) && end-i <= far && d.words[end].gap <= gapSpace && d.words[end].flags&wfLabel == 0 && !d.closesQuote(i, end); end++ {
		if d.isWord(end) {
			words++
		}
		said = said || d.punct(end, '.') || d.pronoun(end) || d.mark(end, "?") && d.inList(i+1, listAsks)
	}
	return end, words, said
}

// closesQuote reports that mark j closes the quotation that mark i opens.
func (d *Document) closesQuote(i, j int) bool {
	return j < len(d.words) && d.words[j].kind >= text.Punct && d.words[j].gap == gapNone && d.read[d.words[j].start] == d.read[d.words[i].start]
}

// denyPossessed makes one of a body and what it has, whose name is masked too: "[Wexmoor]'s [Advisory
// Group]", "[Guy]'s and [St Brannoc's NHS Trust]".
func (d *denial) denyPossessed() {
	for i := range d.words {
		w := &d.words[i]
		if !d.covered[i] || w.shape&shPoss == 0 || w.flags&wfLabel != 0 || !d.spaced(i+1) {
			continue
		}
		if d.hasWhatFollows(i) {
			d.mask(i, i+2, Org, "name", "what a body has")
		} else if d.kinds[i] != Date && d.str(i+1) == "and" && d.spaced(i+2) && d.maskedCapital(i+2) && (d.kinds[i+2] == Org || d.kinds[i+2] == Place) {
			d.mask(i, i+3, Org, "name", "two houses of one body")
		}
	}
}

// hasWhatFollows reports that the masked word i, nobody's name, owns the body or thing after it.
func (d *denial) hasWhatFollows(i int) bool {
	switch d.kinds[i] {
	case Person, Date, Code:
		return false
	case Org, Place, Brand, Contact, Other:
	}
	if !d.maskedCapital(i + 1) {
		return false
	}
	k := d.kinds[i+1]
	return k == Org || k == Brand || k == Other || k == ""
}

// denyWon masks what follows a body on a line of its own that tells of nothing done: the title of
// what it entered, "[Wexmoor Health Board] Active care at the front door".
func (d *denial) denyWon() {
	const longest = 32
	for i := 0; i < len(d.words); {
		from, to := i, d.lineEnd(i)
		i = to
		if to-from > longest || !d.maskedCapital(from) || d.kinds[from] != Org && d.kinds[from] != Brand || d.mark(to-1, ".,:") || !d.unlabelled(from, to) {
			continue
		}
		if d.entered(from, d.maskedTo(from, to), to) {
			d.mask(from, to, Org, "name", "what a body entered")
		}
	}
}

// maskedTo is the word after the masked words that begin a line.
func (d *denial) maskedTo(from, to int) int {
	first := from
	for first < to && d.covered[first] && d.isWord(first) && (d.words[first].gap == gapSpace || first == from) {
		first++
	}
	return first
}

// entered reports that the words [first,to), after the body [from,first), tell of nothing done.
func (d *denial) entered(from, first, to int) bool {
	const fewest, capitalised = 2, 3
	if first-from < 2 || first >= to || !d.spacedWord(first) || d.words[first-1].shape&shPoss != 0 {
		return false
	}
	capitals, words := 0, 0
	for j := from + 1; j < to; j++ {
		if d.has(j, clsCopula|clsSaid) || d.didSomething(j) || d.pronoun(j) || d.punct(j, ':') && j <= first {
			return false
		}
		if d.isWord(j) {
			words++
		}
		if d.capital(j) {
			capitals++
		}
	}
	return words-(first-from) >= fewest && capitals >= capitalised
}
