// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// apposed masks what a comma and the kind of thing before it show to be a title: "our
// new guide, Easy to Ignore, is", "a short film, Bench to Beach.".
func apposed(d *Document, emit func(Finding)) {
	for i := range d.words {
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
	for i := range d.words {
		first := i + 1
		if !d.punct(i, ',') || !d.spacedCapital(first) || d.words[first].flags&wfLabel != 0 || d.capital(i-1) || !d.isWord(i-1) ||
			d.has(first, clsMonth|clsWeekday|clsTitle|clsWorld|clsRole|clsOrgHead|clsKind) || d.words[first].lex.grade() < 2 || d.words[first].lex&lexGiven != 0 || text.IsStopWord(d.str(first)) {
			continue
		}
		to, capitals := d.properEnd(first)
		if capitals < 2 || to-first == capitals || !d.mark(to, ",.") {
			continue
		}
		for j := first; j < to; j++ {
			if s := d.str(j); !d.capital(j) && s != "and" && s != "or" {
				emit(d.found(first, to, Brand, "title", "title between commas", 0.5))
				break
			}
		}
	}
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
		if capitals >= 2 && to-i > capitals && d.tied(i, to) && d.words[to-1].shape&shPoss == 0 && d.has(to, clsCampaign) && d.words[to].gap == gapSpace && d.words[to].shape&shUpper1 == 0 {
			emit(d.found(i, to, Brand, "title", "name before its kind", 0.5))
		}
	}
}

// afterKind masks a name in Title Case with small words in it right after the kind of thing:
// "in their report Hard to Reach or Easy to Ignore".
func afterKind(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		j := i - 1
		if d.words[i].flags&(wfStart|wfLabel|wfTitle|wfShout) != 0 || !d.isWord(j) || d.capital(j) || d.words[i].gap != gapSpace || d.words[i].lex.grade() < 2 || d.words[i].lex&lexGiven != 0 || d.words[j].shape&shPoss != 0 || !listed(d.str(j), listTitledThing) || d.has(i, clsMonth|clsWeekday|clsTitle|clsWorld) {
			continue
		}
		to, capitals := d.properEnd(i)
		if capitals < 2 || to-i == capitals {
			continue
		}
		tied := true
		for k := i; k < to; k++ {
			tied = tied && (d.capital(k) || d.titleJoint(k) || d.words[k].cls&clsBridge != 0 || d.wordIn(k, "or", "a", "an"))
		}
		if tied {
			emit(d.found(i, to, Brand, "title", "title right after its kind", 0.5))
		}
	}
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
		if !d.has(i, clsWeekday) || d.words[i].end-d.words[i].start < 6 || d.words[i].shape&shPoss != 0 || d.words[i].flags&(wfLabel|wfTitle|wfShout) != 0 || !d.spacedCapital(i+1) || d.has(i+1, clsWeekday|clsMonth|clsTitle) || !d.isWord(i-1) || d.capital(i-1) && d.str(i-1) != "the" || listed(d.str(i-1), listBeforeDay) || d.has(i+1, clsPartOf) {
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
	const longest = 5
	for i := range d.words {
		if !d.has(i, clsOrgHead|clsPlaceHead) || d.words[i].shape&(shUpper1|shInner) != 0 || d.words[i].end-d.words[i].start < 4 || d.words[i].flags&wfLabel != 0 || d.has(i+1, clsOrgHead) && d.words[i+1].gap == gapSpace {
			continue
		}
		from := -1
		for j := i - 1; j >= 0 && i-j <= longest && d.isWord(j) && d.words[j+1].gap == gapSpace && d.words[j].shape&(shUpper1|shInner|shPoss) == 0 && !text.IsStopWord(d.str(j)) && !d.has(j, clsSaid|clsBridge); j-- {
			if d.lowerName(j) || d.words[j].lex&lexPlace != 0 && d.words[j].lex.grade() == 0 {
				from = j
			}
		}
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
	return d.has(last, clsOrgHead|clsOrgSuffix|clsBrandHead|clsWide|clsWorld|clsDirection) && !d.kindsOnly(from+1, to) || listed(d.str(last), listBodyEnd)
}

// properEnd is the word after the proper name in Title Case that begins at the capital
// i, and how many capitals it holds. Small words go on it where a capital follows.
func (d *Document) properEnd(i int) (to, capitals int) {
	const longest, small = 14, 3
	for to = i; to < len(d.words) && to-i < longest; {
		if d.capital(to) && (to == i || d.words[to].gap <= gapSpace) && d.words[to].flags&wfLabel == 0 {
			to++
			capitals++
			continue
		}
		j := to
		for n := 0; n < small && d.spaced(j) && d.words[j].shape&(shUpper1|shInner|shDigit) == 0 && d.isWord(j) && (d.has(j, clsBridge) || text.IsStopWord(d.str(j))); n++ {
			j++
		}
		if j == to || !d.spacedCapital(j) || d.words[j].flags&wfStart != 0 {
			return to, capitals
		}
		to = j
	}
	return to, capitals
}

// wholeTitles widens what is part of a name in Title Case, of everyday words with small
// words between them, to all of it: "joined [Learn] to Lead", "called Hand in [Hand]".
func (d *Document) wholeTitles(fs []Finding) []Finding {
	grown := false
	for k := range fs {
		f := &fs[k]
		if e := max(d.numberInName(f), d.groupOn(f), d.lowerAward(f), d.yearInName(f)); e > f.End {
			if f.End, grown = e, true; f.Kind == Place || f.Kind == Person {
				f.Kind, f.Subtype = Brand, ""
			}
			continue
		}
		if f.Declared || f.Kind != Org && !d.loose(f) {
			continue
		}
		from, to := d.wordsOf(d.view.Reading(f.Span))
		if f.Kind == Org {
			a := d.bodyFrom(from, to)
			if c, e := d.cell(from, to); e == to {
				a = c
			}
			if d.wordIn(to, "a", "an") && to == from+1 && d.everydayCapital(from) {
				if b := d.titleTo(from, to); b > to {
					f.End, grown = d.found(from, b, Org, "", "", 0).End, true
				}
			}
			if a < from {
				f.Start, grown = d.found(a, to, Org, "", "", 0).Start, true
			}
			continue
		}
		a, b := d.titleFrom(from), d.titleTo(from, to)
		if c, e := d.cell(from, to); e > 0 {
			a, b = c, e
		}
		if a == from && b == to {
			continue
		}
		w := d.found(a, b, Brand, "title", f.Rule, f.Score)
		w.Recognizer = f.Recognizer
		fs[k], grown = w, true
	}
	if !grown {
		return fs
	}
	return merge(d, fs)
}

// titleTo is where the title ends that the everyday words [from,to) inside a sentence
// begin; to where they are all of it.
func (d *Document) titleTo(from, to int) int {
	const longest = 7
	if !d.capital(from) || d.words[from].flags&(wfStart|wfTitle|wfShout) != 0 || from > 0 && d.words[from-1].kind == text.Number {
		return to
	}
	end, _ := d.properEnd(from)
	if end-from > longest || d.words[to-1].shape&shPoss != 0 {
		return to
	}
	for j := to; j < end; j++ {
		if d.capital(j) && !d.titleWord(j) || !d.capital(j) && !d.titleJoint(j) {
			return to
		}
	}
	return max(end, to)
}

// titleFrom is where the title begins that the everyday words from word from on end.
func (d *Document) titleFrom(from int) int {
	j := from - 1
	if d.mark(j, "&+") && d.words[j].gap == gapSpace && d.words[from].gap == gapSpace && d.capital(j-1) && d.words[j-1].flags&(wfStart|wfTitle|wfShout|wfLabel) == 0 && d.words[j-1].lex.grade() >= 2 && d.words[j-1].cls&(clsRole|clsKind) == 0 {
		return j - 1 // "Few & [Far]"
	}
	if d.capital(j) && d.words[from].gap == gapSpace && d.words[j].flags&(wfStart|wfWeak|wfTitle|wfShout|wfLabel) == 0 && d.wordIn(j, "most", "more", "best") {
		return j // "the Most [Valuable Idea]"
	}
	for n := 0; n < 2 && d.isWord(j) && !d.capital(j) && d.titleJoint(j) && d.words[j+1].gap == gapSpace; n++ {
		j--
	}
	if j == from-1 || !d.capital(j) || d.words[j+1].gap != gapSpace || d.words[j].flags&(wfStart|wfTitle|wfShout|wfLabel) != 0 || !d.titleWord(j) {
		return from
	}
	for d.capital(j-1) && d.words[j].gap == gapSpace && d.titleWord(j-1) && d.words[j-1].flags&wfStart == 0 {
		j--
	}
	if j > 0 && d.words[j-1].kind == text.Number || d.punct(j-1, ';') {
		return from // "10.7 References to Sections"
	}
	return j
}

// titleWord reports an everyday word with a capital, neither a post nor a body nor a
// place by itself.
func (d *Document) titleWord(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && w.shape&(shUpper1|shInner|shPoss) == shUpper1 && w.lex.grade() >= 2 && w.lex&lexGiven == 0 && w.flags&wfLabel == 0 &&
		w.cls&(clsWorld|clsDemonym|clsMonth|clsWeekday|clsTitle|clsRole|clsOrgHead|clsAcronym|clsTerm|clsForename|clsNational) == 0 && !d.pronoun(i) && !listed(d.str(i), listNumberedPart)
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

// bodyFrom is where the name of the body [from,to) begins, if words for kinds and a small
// word stand before what it is for: "the Partnership for Leadership in [Applied Arts Trust]".
func (d *Document) bodyFrom(from, to int) int {
	if first := d.nameFrom(from, to); first < from {
		return first
	}
	if to-from < 2 || !d.plainFirst(from) || d.words[from].flags&(wfStart|wfTitle|wfShout) != 0 {
		return from
	}
	first := from
	for range 2 {
		j := first - 1
		if !d.spacedWord(j) || !d.wordIn(j, "in", "for") || d.words[j].shape&shUpper1 != 0 || d.words[first].gap != gapSpace || !d.capital(j-1) {
			break
		}
		a, _ := d.capRun(j - 1)
		if d.words[a].flags&(wfStart|wfTitle|wfShout|wfLabel) != 0 || d.holder(j-1) || !d.kindsOnly(a, j) {
			break
		}
		first = a
	}
	return first
}

// nameFrom is where the body or programme [from,to) begins, if a determiner and everyday words
// with capitals and small words stand before it: "the Friends and Family [Choice Test]".
func (d *Document) nameFrom(from, to int) int {
	if !d.has(to-1, clsOrgHead|clsBrandHead|clsCampaign) && d.str(to-1) != "test" {
		return from
	}
	first, capitals := d.properFrom(from)
	if capitals < 2 || first == from || d.words[first].flags&(wfStart|wfTitle|wfShout) != 0 || !d.everydayOnly(first, from) || !d.isWord(first-1) || d.words[first].gap != gapSpace || d.everydayOnly(from, from+1) && d.has(from, clsOrgHead) {
		return from
	}
	for j := first; j < from; j++ {
		if !d.capital(j) && !d.has(j, clsBridge) && !d.titleJoint(j) && !d.punct(j, '&') || d.wordIs(j, "the") || d.holder(j) {
			return from
		}
	}
	switch d.str(first - 1) {
	case "the", "our", "its", "their", "this":
		return first
	}
	return from
}

// cell is the cell of a table that the name [from,to) ends, if all of it is in Title Case
// and of everyday words before the name: "| Remove the [Doubt] |".
func (d *Document) cell(from, to int) (a, b int) {
	const longest = 7
	if !d.punct(to, '|') || d.words[to].gap >= gapLine {
		return 0, 0
	}
	a = from
	for ; a > 0 && !d.punct(a-1, '|') && d.words[a].gap < gapLine; a-- {
		if to-a > longest || !(d.capital(a-1) && d.words[a-1].lex.grade() >= 2 && d.words[a-1].flags&wfLabel == 0 && d.words[a-1].cls&(clsTitle|clsRole) == 0) && !d.titleJoint(a-1) {
			return 0, 0
		}
	}
	if a == from || !d.capital(a) || a == 0 {
		return 0, 0
	}
	return a, to
}
