// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// apposed masks what a comma and the kind of thing before it show to be a title: "our
// new guide, Easy to Ignore, is", "a short film, Bench to Beach.".
func apposed(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		if !d.tightMark(i, ",") || !d.thingBefore(i) {
			continue
		}
		first := i + 1
		if !d.spacedCapital(first) || d.words[first].flags&wfLabel != 0 || d.has(first, clsMonth|clsWeekday|clsTitle) {
			continue
		}
		to, capitals := d.properEnd(first)
		to = d.secondTitle(to)
		closed := d.lineEnds(to) || d.words[to].kind >= text.Punct
		if !closed || capitals < 2 && (d.pronoun(first) || text.IsStopWord(d.str(first)) || d.cleared(first) != "") {
			continue
		}
		emit(d.found(first, to, Brand, "title", "title after its kind and a comma", 0.5))
	}
}

// between masks a name in Title Case with small words in it between commas: "the book
// that they wrote, Knock on the Tent, has".
func between(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		first := i + 1
		if !d.punct(i, ',') || d.capital(i-1) || !d.isWord(i-1) || !d.spacedCapital(first) || !d.plainOpens(first) {
			continue
		}
		to, capitals := d.properEnd(first)
		if capitals >= 2 && to-first > capitals && d.mark(to, ",.") && d.smallInside(first, to) {
			emit(d.found(first, to, Brand, "title", "title between commas", 0.5))
		}
	}
}

// plainOpens reports an everyday word with which a title may begin: no name, post, kind or month.
func (d *Document) plainOpens(i int) bool {
	w := &d.words[i]
	return w.flags&wfLabel == 0 && !d.has(i, clsMonth|clsWeekday|clsTitle|clsWorld|clsRole|clsOrgHead|clsKind) && w.lex.grade() >= 2 && w.lex&lexGiven == 0 && !text.IsStopWord(d.str(i))
}

// smallInside reports a word without a capital among [from,to), but for "and" and "or".
func (d *Document) smallInside(from, to int) bool {
	for j := from; j < to; j++ {
		if !d.capital(j) && !d.wordIn(j, "and", "or") {
			return true
		}
	}
	return false
}

// secondTitle takes in what follows the first part of a title after a dash or colon, a
// list too: "Out of Sight - Sharing Care, Costs and Views".
func (d *Document) secondTitle(to int) int {
	if !d.mark(to, "-:") || !d.spaced(to+1) || d.words[to].gap > gapSpace || !d.capital(to+1) {
		return to
	}
	to, _ = d.properEnd(to + 1)
	for n := 0; n < 4 && d.punct(to, ',') && d.spacedCapital(to+1); n++ {
		to, _ = d.properEnd(to + 1)
	}
	return to
}

// thingBefore reports the kind of thing that has a title before the comma at i: "our
// guide,", "a leaflet on induction,".
func (d *Document) thingBefore(i int) bool {
	const far = 4
	for j := i - 1; j >= 0 && i-j <= far && d.isWord(j) && d.words[j].flags&wfLabel == 0; j-- {
		if d.has(j, clsNamedThing) && d.words[j].shape&(shUpper1|shPoss) == 0 {
			return j == i-1 || d.wordIn(j+1, "on", "about", "for", "of")
		}
		if d.words[j].gap != gapSpace || d.capital(j) {
			return false
		}
	}
	return false
}

// beforeKind masks a name in Title Case with small words in it before the kind of thing:
// "the Patients at the Table toolkit".
func beforeKind(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if d.words[i].flags&(wfStart|wfLabel|wfTitle|wfShout) != 0 || d.capital(i-1) && d.words[i].gap == gapSpace || d.has(i, clsMonth|clsWeekday|clsTitle) {
			continue
		}
		to, capitals := d.properEnd(i)
		if capitals >= 2 && to-i > capitals && d.tied(i, to) && !d.kindsOrPosts(i, to) && d.words[to-1].shape&shPoss == 0 && d.has(to, clsCampaign) && d.words[to].gap == gapSpace && d.words[to].shape&shUpper1 == 0 {
			emit(d.found(i, to, Brand, "title", "name before its kind", 0.5))
		}
	}
}

// afterKind masks a name in Title Case with small words in it right after the kind of thing:
// "in their report Hard to Reach or Easy to Ignore".
func afterKind(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if d.words[i].flags&(wfStart|wfLabel|wfTitle|wfShout) != 0 || d.words[i].gap != gapSpace || !d.beginsTitle(i) || !d.titledThing(i-1) {
			continue
		}
		if to, capitals := d.properEnd(i); capitals >= 2 && to-i > capitals && d.joints(i, to) {
			emit(d.found(i, to, Brand, "title", "title right after its kind", 0.5))
		}
	}
}

// titledThing reports a kind of thing that has a title, in lower case.
func (d *Document) titledThing(j int) bool {
	return d.isWord(j) && !d.capital(j) && d.words[j].shape&shPoss == 0 && d.inList(j, listTitledThing)
}

// joints reports that words [from,to) are capitals and what joins them in titles.
func (d *Document) joints(from, to int) bool {
	for k := from; k < to; k++ {
		if !d.capital(k) && !d.titleJoint(k) && d.words[k].cls&clsBridge == 0 && !d.wordIn(k, "or", "a", "an") {
			return false
		}
	}
	return true
}

// tied reports that the small words between the capitals of [from,to) are such as stand
// in names: "Patients at the Table", but not "Members during the Review".
func (d *Document) tied(from, to int) bool {
	for j := from; j < to; j++ {
		if d.capital(j) || d.words[j].cls&clsBridge != 0 {
			continue
		}
		switch d.str(j) {
		case "a", "an", "my", "our", "your":
		default:
			return false
		}
	}
	return true
}

// dayNames masks what is called after a day of the week: "the Tuesday Choir".
func dayNames(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if !d.has(i, clsWeekday) || d.words[i].end-d.words[i].start < 6 || d.words[i].shape&shPoss != 0 || d.words[i].flags&(wfLabel|wfTitle|wfShout) != 0 || !d.spacedCapital(i+1) || d.has(i+1, clsWeekday|clsMonth|clsTitle) || !d.isWord(i-1) || d.capital(i-1) && d.str(i-1) != "the" || d.inList(i-1, listBeforeDay) || d.has(i+1, clsPartOf) {
			continue
		}
		_, to := d.capRun(i)
		emit(d.found(i, to, Brand, "", "named for a day", 0.5))
	}
}

// conditionBodies masks bodies called after a condition: "Diabetes UK", "the Dementia
// Engagement and Empowerment Project".
func conditionBodies(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		w := &d.words[i]
		if w.cls&(clsCondition|clsEponym) == 0 || w.flags&(wfLabel|wfTitle|wfShout) != 0 || d.capital(i-1) && w.gap == gapSpace || !d.capital(i+1) && !d.twoConditions(i) || d.words[i+1].gap != gapSpace {
			continue
		}
		if _, to := d.capRun(i); d.bodyEnd(i, to) {
			emit(d.found(i, to, Org, "", "body named for a condition", 0.5))
		} else if to, _ := d.properEnd(i); d.tied(i, to) && d.has(to-1, clsOrgHead|clsOrgSuffix|clsBrandHead) && !d.kindsOnly(i+1, to) {
			emit(d.found(i, to, Org, "", "body named for a condition", 0.5))
		}
	}
}

// namedTimes masks a day, week or month that is called something, itself in lower case:
// "Local Voices week".
func namedTimes(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if d.words[i].flags&(wfStart|wfLabel|wfTitle|wfShout) != 0 || d.capital(i-1) && d.words[i].gap == gapSpace || d.has(i, clsMonth|clsWeekday|clsTitle|clsWorld) {
			continue
		}
		_, to := d.capRun(i)
		if to-i < 2 || !d.spacedWord(to) || d.words[to-1].shape&shPoss != 0 || d.has(to-1, clsMonth|clsWeekday) {
			continue
		}
		switch d.str(to) {
		case "day", "week", "fortnight", "month":
			emit(d.found(i, to+1, Brand, "", "day, week or month with a name", 0.5))
		}
	}
}

// lowerBodies masks bodies and places in a text without capitals: "st brannocs hospital",
// "wexmoor bridge", "isle of wexmoor nhs trust".
func lowerBodies(d *Document, emit func(Finding)) {
	if d.style&styleLower == 0 {
		return
	}
	for i := range d.words {
		if !d.lowerHead(i) {
			continue
		}
		from := d.lowerNameBefore(i)
		if from < 0 {
			continue
		}
		switch j := from - 1; {
		case d.wordIs(j, "st") && d.words[from].gap == gapSpace:
			from = j
		case d.wordIs(j, "of") && d.has(j-1, clsPlaceHead) && d.words[j].gap == gapSpace:
			from = j - 1
		}
		kind := Org
		if d.words[i].cls&clsOrgHead == 0 {
			kind = Place
		}
		emit(d.found(from, i+1, kind, "", "in lower case", 0.5))
	}
}

// lowerHead reports the last head noun of a body or place in lower case.
func (d *Document) lowerHead(i int) bool {
	const shortest = 4
	w := &d.words[i]
	return d.has(i, clsOrgHead|clsPlaceHead) && w.shape&(shUpper1|shInner) == 0 && w.end-w.start >= shortest && w.flags&wfLabel == 0 && !(d.has(i+1, clsOrgHead) && d.words[i+1].gap == gapSpace)
}

// lowerNameBefore is the first of the words in lower case right before word i that nothing else is
// called so; -1 if there is none.
func (d *Document) lowerNameBefore(i int) int {
	const longest = 5
	from := -1
	for j := i - 1; i-j <= longest && d.lowPart(j) && d.words[j+1].gap == gapSpace; j-- {
		if d.lowerName(j) || d.words[j].lex&lexPlace != 0 && d.words[j].lex.grade() == 0 {
			from = j
		}
	}
	return from
}

// lowPart reports a word in lower case that may be part of a name: no small word and no verb.
func (d *Document) lowPart(j int) bool {
	return d.isWord(j) && d.words[j].shape&(shUpper1|shInner|shPoss) == 0 && !text.IsStopWord(d.str(j)) && !d.has(j, clsSaid|clsBridge)
}

// lowerName reports a word in lower case that only names have.
func (d *Document) lowerName(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && w.cls&taggerClasses == 0 && w.end-w.start >= 4 && (w.lex.grade() == 0 && w.lex&lexTerm == 0 && !d.derived(i) && !d.compound(i) || w.lex.grade() <= 2 && w.lex&(lexProper|lexPlace) != 0 && w.lex&lexTerm == 0)
}

// twoConditions reports a condition and another after "and": "the Leukaemia and Lymphoma Society".
func (d *Document) twoConditions(i int) bool {
	return d.wordIs(i+1, "and") && d.spacedCapital(i+2) && d.conditionWord(i+2)
}

// bodyEnd reports that the capitals [from,to) end as names of bodies do, and say more
// than a kind.
func (d *Document) bodyEnd(from, to int) bool {
	last := to - 1
	return d.has(last, clsOrgHead|clsOrgSuffix|clsBrandHead|clsWide|clsWorld|clsDirection) && !d.kindsOnly(from+1, to) || d.inList(last, listBodyEnd)
}

// properEnd is the word after the proper name in Title Case that begins at the capital
// i, and how many capitals it holds. Small words go on it where a capital follows.
func (d *Document) properEnd(i int) (to, capitals int) {
	const longest = 14
	for to = i; to < len(d.words) && to-i < longest; {
		if d.capital(to) && (to == i || d.words[to].gap <= gapSpace) && d.words[to].flags&wfLabel == 0 {
			to++
			capitals++
			continue
		}
		j := to
		for n := 0; n < mostSmall && d.spaced(j) && d.words[j].shape&(shUpper1|shInner|shDigit) == 0 && d.smallWord(j); n++ {
			j++
		}
		if j == to || !d.spacedCapital(j) || d.words[j].flags&wfStart != 0 {
			return to, capitals
		}
		to = j
	}
	return to, capitals
}

// titleWord reports an everyday word with a capital, neither a post nor a body nor a
// place by itself.
func (d *Document) titleWord(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && w.shape&(shUpper1|shInner|shPoss) == shUpper1 && w.lex.grade() >= 2 && w.lex&lexGiven == 0 && w.flags&wfLabel == 0 &&
		w.cls&(clsWorld|clsDemonym|clsMonth|clsWeekday|clsTitle|clsRole|clsOrgHead|clsAcronym|clsTerm|clsForename|clsNational) == 0 && !d.pronoun(i) && !d.inList(i, listNumberedPart)
}

// titleJoint reports a small word inside a title.
func (d *Document) titleJoint(i int) bool {
	if !d.isWord(i) || d.words[i].shape&shUpper1 != 0 {
		return false
	}
	switch d.str(i) {
	case "to", "with", "in", "on", "for", "the", "my", "our", "your", "into", "not":
		return true
	case "a", "an":
		return d.spacedCapital(i+1) && i+1 < len(d.words)
	}
	return false
}

// properFrom is where the proper name in Title Case begins that the capital i ends, and how
// many capitals it holds. Small words that begin it are not of it.
func (d *Document) properFrom(i int) (from, capitals int) {
	const longest = 14
	from, capitals = i, 1
	for from > 0 && i-from < longest && d.words[from].gap == gapSpace && d.words[from].flags&wfStart == 0 {
		j := from - 1
		if !d.partOfTitle(j) {
			j = d.smallBefore(j)
			if d.wordIs(from-1, "the") && d.wordIs(from-2, "and") {
				return from, capitals // two names
			}
			if j == from-1 || !d.partOfTitle(j) || d.words[j+1].gap != gapSpace {
				return from, capitals
			}
		}
		from = j
		capitals++
	}
	return from, capitals
}

// partOfTitle reports a capital, neither a label nor possessive, that may be part of a title.
func (d *Document) partOfTitle(j int) bool {
	return d.capital(j) && d.words[j].flags&wfLabel == 0 && d.words[j].shape&shPoss == 0 && (d.words[j].flags&wfStart == 0 || !text.IsStopWord(d.str(j)))
}

// mostSmall is how many small words may stand between two capitals of one title.
const mostSmall = 3

// smallBefore is the word before the small words of a title that end in word j.
func (d *Document) smallBefore(j int) int {
	for n := 0; n < mostSmall && j > 0 && d.words[j+1].gap == gapSpace && d.words[j].shape&(shUpper1|shInner|shDigit) == 0 && (d.punct(j, '&') || d.smallWord(j)); n++ {
		j--
	}
	return j
}

// smallWord reports a small word, such as titles have between their capitals.
func (d *Document) smallWord(j int) bool {
	return d.isWord(j) && (d.has(j, clsBridge) || text.IsStopWord(d.str(j)))
}

// lowerScraps masks, in a text without capitals, what only bodies and places are called
// so: "nhs wexmoor", "healthwatch", "diabetes uk", "st mary's", "queen's hospital", "in wexmoor".
func lowerScraps(d *Document, emit func(Finding)) {
	if d.style&styleLower == 0 {
		return
	}
	for i := range d.words {
		if d.isWord(i) && d.words[i].flags&wfLabel == 0 {
			if f := d.lowerScrap(i); f.Kind != "" {
				emit(f)
			}
		}
	}
}

// lowerScrap is the body or place that word i begins, or ends with "uk"; without a kind if
// there is none.
func (d *Document) lowerScrap(i int) (none Finding) {
	s := d.str(i)
	next := d.lettersAfter(i)
	withPlace := i + 1
	if next && d.lowerPlace(i+1) {
		withPlace++ // "healthwatch wexmoor", "diabetes uk wexmoor"
	}
	switch {
	case s == "nhs" && withPlace > i+1:
		return d.found(i, withPlace, Org, "", "nhs and a place in lower case", 0.5)
	case d.lowerNational(i):
		return d.found(i, withPlace, Org, "", "national body in lower case", 0.5)
	case s == "uk" && d.ofTheUK(i):
		return d.found(i-1, withPlace, Org, "", "uk after a noun, in lower case", 0.5)
	case next && s == "st" && d.words[i+1].saint():
		return d.found(i, i+2, Org, "", "saint in lower case", 0.5)
	case next && d.lowerHouse(i):
		return d.found(i, i+2, Org, orgSubtype(d.str(i+1)), "somebody's house in lower case", 0.5)
	case d.inLowerPlace(i):
		return d.found(i, i+1, Place, "", "place in lower case", 0.5)
	}
	return none
}

// lettersAfter reports that a word of letters follows, which labels nothing.
func (d *Document) lettersAfter(i int) bool {
	return d.spaced(i+1) && d.words[i+1].kind == text.Word && d.words[i+1].flags&wfLabel == 0
}

// saint reports the name of "st mary's".
func (w *word) saint() bool { return w.lex&lexGiven != 0 && w.shape&shPoss != 0 }

// inLowerPlace reports "leeds" after "in", "near" and their like.
func (d *Document) inLowerPlace(i int) bool {
	w := &d.words[i]
	return w.lex&lexPlace != 0 && w.gap == gapSpace && d.afterLocative(i) && d.lowerPlace(i)
}

// afterLocative reports a word after "in", "near" and their like.
func (d *Document) afterLocative(i int) bool { return d.isWord(i-1) && locative(d.str(i-1)) }

// lowerNational reports a national body in lower case, that is no word of another kind.
func (d *Document) lowerNational(i int) bool {
	const shortest = 4
	w := &d.words[i]
	return w.cls&clsNational != 0 && w.flags&wfPhrase == 0 && w.lex.grade() == 0 && w.shape&(shUpper1|shInner) == 0 && w.end-w.start >= shortest
}

// lowerHouse reports whose a body is, in lower case: "queen's hospital".
func (d *Document) lowerHouse(i int) bool {
	w := &d.words[i]
	return w.shape&shPoss != 0 && d.has(i+1, clsOrgHead) && (d.inList(i, listRoyal) || w.lex&lexGiven != 0 && w.lex.grade() < 2)
}

// lowerPlace reports a word in lower case that is no word but of a place or body.
func (d *Document) lowerPlace(i int) bool {
	w := &d.words[i]
	return w.shape&(shUpper1|shInner|shDigit|shPoss) == 0 && w.end-w.start >= 4 && w.lex.grade() < 2 && !text.IsStopWord(d.str(i)) &&
		(w.lex&(lexPlace|lexProper) != 0 && w.lex&lexTerm == 0 && w.cls&(clsMonth|clsWeekday|clsMedicine) == 0 || d.lowerName(i))
}

// ofTheUK reports a noun right before "uk", which is then a charity: "diabetes uk". "The
// uk", "across uk" and "non uk" are the country.
func (d *Document) ofTheUK(i int) bool {
	j := i - 1
	return d.isWord(j) && d.words[i].gap == gapSpace && d.words[j].kind == text.Word && d.words[j].flags&wfLabel == 0 && d.words[j].end-d.words[j].start >= 3 &&
		!text.IsStopWord(d.str(j)) && !d.inList(j, listPrefix) && !locative(d.str(j)) && !d.has(j, clsBridge|clsSaid|clsDirection)
}
