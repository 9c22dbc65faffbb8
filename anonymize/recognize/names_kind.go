// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// orgs reports that words i and j are both thought to be of organisations.
func (v *verdicts) orgs(i, j int) bool {
	return v.name(i) && v.name(j) && v.tag(i) == tagOrg && v.tag(j) == tagOrg
}

func (d *Document) head(from, to int) bool {
	for i := from; i < to; i++ {
		if d.has(i, clsOrgHead) {
			return true
		}
	}
	return false
}

// kindOf says what a run of words names, by its head noun and neighbours.
func (v *verdicts) kindOf(from, to int) (Kind, string, string) {
	d := v.Document
	last := to - 1
	if d.has(from-1, clsTitle) || d.punct(from-1, '.') && d.has(from-2, clsTitle) {
		return Person, "", "title+capitals"
	}
	if to-from > 1 {
		if d.has(last, clsOrgSuffix) {
			return Org, "", "legal form"
		}
		for i := from; i < to; i++ {
			if d.has(i, clsOrgHead) {
				return Org, orgSubtype(d.str(i)), "head noun"
			}
		}
		if d.has(last, clsWide) && d.words[from].lex.grade() >= 2 && d.plainFirst(from) {
			return Org, "", "body of a country" // "Patient Safety Ireland"
		}
	}
	for i := from; i < to; i++ {
		switch {
		case d.has(i, clsDemonym):
			return Place, "demonym", "nationality"
		case d.has(i, clsWorld):
			return Place, "country-or-city", "gazetteer"
		}
	}
	if k, ok := v.tagged(from, to); ok {
		return k, "", "tagger"
	}
	return d.kindByForm(from, to)
}

// tagged is the kind that the tagger gives a run of words, if it is sure of one.
func (v *verdicts) tagged(from, to int) (Kind, bool) {
	var sum [tagCount]int32
	for i := from; i < to; i++ {
		if v.margin(i) > 0 {
			sum[v.tag(i)] += v.margin(i)
		}
	}
	t, s := best(sum)
	if s <= 0 {
		return "", false
	}
	switch t {
	case tagPerson:
		return Person, true
	case tagOrg:
		return Org, true
	case tagPlace:
		return Place, true
	case tagNone, tagOther, tagCount:
	}
	return "", false
}

// kindNouns are what the last word of a name says that it names.
func kindNouns() [2]kindNoun {
	return [...]kindNoun{{clsPlaceHead, Place, "place noun"}, {clsBrandHead, Brand, "programme noun"}}
}

type kindNoun struct {
	class class
	kind  Kind
	rule  string
}

// kindByForm is the kind that lists, neighbours and length give a run of words.
func (d *Document) kindByForm(from, to int) (Kind, string, string) {
	last, words := to-1, to-from
	if words > 1 {
		for _, h := range kindNouns() {
			if d.has(last, h.class) {
				return h.kind, "", h.rule
			}
		}
	}
	w := &d.words[last]
	somebody, somewhere := w.lex&(lexGiven|lexSurname) != 0, w.lex&lexPlace != 0
	switch {
	case d.has(last, clsMedicine):
		return Brand, "medicine", "medicine list"
	case words > 1 && words <= 4 && d.words[from].lex&lexGiven != 0:
		return Person, "", "given name+capitals"
	case somewhere && d.afterLocative(from):
		return Place, "", "place in context"
	case w.allCaps():
		return Org, "acronym", "capitals"
	case somewhere && !somebody:
		return Place, "", "gazetteer"
	case words == 1 && somebody, words == 2, words == 3:
		return Person, "", "capitals"
	}
	return Other, "name", "capitals"
}

func locative(s string) bool {
	return listed(s, listLocative)
}

func orgSubtype(s string) string {
	switch {
	case listed(s, listOwnKind):
		return s
	case listed(s, listPharma):
		return "pharma"
	}
	return ""
}

// placesOf takes in the second of two places that a body is for: "Home-Start Truro and
// Redruth".
func (v *verdicts) placesOf(from, to int) int {
	d := v.Document
	place := func(i int) bool {
		return (v.name(i) && v.tag(i) == tagPlace || d.words[i].lex&(lexPlace|lexGiven) == lexPlace) && d.words[i].cls&clsOrgHead == 0 && d.words[i].lex.grade() < 2
	}
	if to-from >= 2 && place(to-1) && d.words[to-1].shape&shPoss == 0 && d.wordIs(to, "and") && d.words[to].gap == gapSpace &&
		d.spacedCapital(to+1) && place(to+1) && !d.spacedCapital(to+2) {
		return to + 2
	}
	return to
}

// ofTheYear reports "of the Year" at word to, the tail of what an award is called.
func (d *Document) ofTheYear(to int) bool {
	return d.wordIs(to, "of") && d.words[to].gap == gapSpace && d.wordIs(to+1, "the") && d.words[to+1].gap == gapSpace && d.spacedCapital(to+2) && d.str(to+2) == "year"
}

// hyphenTail takes in what hyphens tie to a name: "ALBA-3", "Chapel-en-le-Frith".
func (d *Document) hyphenTail(to int) int {
	const longest = 6
	end := to
	for j := to; j-to < longest && d.tightMark(j, "-") && d.isWord(j+1) && d.words[j+1].gap == gapNone && d.words[j+1].flags&wfLabel == 0; j += 2 {
		switch n := &d.words[j+1]; {
		case n.kind == text.Number && j == to && n.end-n.start <= 3 && (d.words[to-1].allCaps() || d.words[to-1].lex.grade() == 0), n.shape&(shUpper1|shInner) != 0:
			end = j + 2
		case n.cls&(clsBridge|clsParticle) == 0 && n.end-n.start > 3:
			return end
		}
	}
	return end
}

// letterTail takes in a legal form of letters with full stops: "e.V.", "S.p.A.".
func (d *Document) letterTail(to int) int {
	const longest = 10
	j := to
	for j+1 < len(d.words) && j-to < longest && d.isWord(j) && d.words[j].end-d.words[j].start == 1 && d.tightMark(j+1, ".") && (j == to && d.words[j].gap == gapSpace || j > to && d.words[j].gap == gapNone) {
		j += 2
	}
	if j-to >= 4 && (!d.capital(to) || d.words[to-1].shape&shUpper1 != 0 && d.words[to-1].cls&clsTitle == 0) {
		return j
	}
	return to
}

// inCountry reports "in Scotland" after a body whose name goes on with "of" or "for":
// "the Coalition of Carers in Scotland".
func (d *Document) inCountry(from, to int) bool {
	if !d.wordIs(to, "in") || d.words[to].gap != gapSpace || !d.has(to+1, clsWide) || !d.spacedCapital(to+1) || d.spacedCapital(to+2) {
		return false
	}
	for i := from + 1; i < to; i++ {
		if d.wordIn(i, "of", "for") {
			return true
		}
	}
	return false
}

// ofTheGael reports the article inside a Gaelic surname: the "an" of "Nic an tSaoir".
func (d *Document) ofTheGael(j int) bool {
	if !d.spacedWord(j) || !d.wordIn(j, "an", "na") || !d.spacedWord(j+1) || d.words[j+1].shape&(shUpper1|shInner) == 0 || !d.isWord(j-1) {
		return false
	}
	switch d.str(j - 1) {
	case "mac", "nic", "mhic", "nig", "mag", "giolla":
		return true
	}
	return false
}

// lettersBefore takes in the initials, without full stops, before a surname: "JR Smith".
func (d *Document) lettersBefore(from int) int {
	j := from - 1
	switch {
	case !d.isWord(j) || !d.spacedCapital(from):
	case d.twoInitials(j) && d.words[from].lex&(lexSurname|lexProper) != 0:
		return j - 1 // "J A Lane"
	case d.mayBeInitials(j) && d.words[from].lex.grade() < 2 && d.words[from].lex&(lexGiven|lexSurname) != lexGiven:
		return j
	}
	return from
}

// twoInitials reports two initials with a space between them, the second at word j, before which
// no other capital stands.
func (d *Document) twoInitials(j int) bool {
	return d.words[j].initial() && d.words[j].gap == gapSpace && d.isWord(j-1) && d.words[j-1].initial() && d.words[j-1].flags&(wfLabel|wfShout) == 0 && !(d.capital(j-2) && d.words[j-1].gap == gapSpace)
}

// mayBeInitials reports one to three capitals that are no abbreviation, title or pronoun.
func (d *Document) mayBeInitials(j int) bool {
	const most = 3
	w := &d.words[j]
	if w.kind != text.Word || w.end-w.start > most || w.flags&(wfLabel|wfShout) != 0 || w.cls&clsPostnominal != 0 && w.flags&wfStart == 0 {
		return false
	}
	if w.cls&(clsAcronym|clsTitle|clsTerm|clsNational|clsOrgSuffix|clsWide|clsWorld|clsRole) != 0 {
		return false
	}
	return w.allCaps() || w.initial() && !d.pronoun(j) && (w.flags&wfStart == 0 || d.str(j) != "a") && !d.inList(j-1, listLettered)
}

// letteredThing reports a thing of which there are several and the letter that tells it
// apart: "Option B".
func (d *Document) letteredThing(i int) bool {
	of := func(i, letter int) bool {
		return d.isWord(i) && d.spacedWord(letter) && d.words[letter].initial() && d.inList(i, listLettered) && !(d.punct(letter+1, '.') && d.capital(letter+2) && d.words[letter+2].lex&(lexGiven|lexSurname) != 0)
	}
	return of(i, i+1) || of(i-1, i)
}

// namedGroups masks a group in Title Case, of kinds alone, that is the one of its name: "the
// Patient Information Forum". Committees and boards every body has.
func namedGroups(d *Document, emit func(Finding)) {
	const fewest = 3
	for _, n := range d.caps {
		last := int(n)
		if !d.oneOfItsName(last) || d.words[last].flags&(wfLabel|wfTitle|wfShout) != 0 || d.words[last].shape&(shInner|shPoss) != 0 {
			continue
		}
		from, to := d.capRun(last)
		if to != last+1 {
			continue
		}
		from = d.kindsJoined(from, to)
		if to-from >= fewest && d.words[from].flags&wfStart == 0 && d.joinedKinds(from, to) && d.words[from].gap == gapSpace && !d.has(to, clsRole) && d.wordIn(from-1, "the", "our", "its", "their") {
			emit(d.found(from, to, Org, "", "the one group", 0.5))
		}
	}
}

// kindsJoined is where the kinds begin that "and" joins to the kinds [from,to): "our Patient and
// [Public Review Panel]".
func (d *Document) kindsJoined(from, to int) int {
	a := d.joiner(from-1, -1)
	if a < from-1 && d.kindsOnly(from, to) && (d.str(from-1) == "and" || d.punct(from-1, '&')) {
		if b, _ := d.capRun(a); d.kindsOnly(b, a+1) {
			return b
		}
	}
	return from
}

// oneOfItsName reports a head noun of groups that are called something.
func (d *Document) oneOfItsName(i int) bool {
	return d.inList(i, listOneOfItsName)
}

// glossed masks what a comma or dash and its kind explain: "heads up Common Practice, an
// organisation that", "Quiet Corner, a charity".
func glossed(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, ',') && !(d.punct(i, '-') && d.words[i].gap == gapSpace) || !d.capital(i-1) || !d.spacedWord(i+1) || !d.bodyExplained(i+1) {
			continue
		}
		from, capitals := d.properFrom(i - 1)
		if d.words[from].flags&wfStart != 0 && text.IsStopWord(d.str(from)) {
			from++
		}
		if capitals >= 2 && d.mayBeExplained(from, i) {
			emit(d.found(from, i, Org, "", "explained by its kind", 0.5))
		}
	}
}

// mayBeExplained reports words [from,to) of which a kind after them may say what they are: no post,
// month or heading, and no kind of which there are several.
func (d *Document) mayBeExplained(from, to int) bool {
	last := to - 1
	if to-from < 2 || d.words[from].flags&(wfTitle|wfShout|wfLabel) != 0 || d.holder(last) || d.has(last, clsMonth|clsWeekday|clsPostnominal) || d.words[last].shape&shPoss != 0 {
		return false
	}
	return !d.kindsOnly(from, to) || !d.oneSuch(from-1)
}

// bodyExplained reports "a charity that", "an organisation for", at word i: an article, at most
// two words that describe it, and a body or programme.
func (d *Document) bodyExplained(i int) bool {
	const far = 4
	if s := d.str(i); s != "a" && s != "an" || d.words[i].shape&shUpper1 != 0 {
		return false
	}
	for j := i + 1; j <= i+far && d.plainWord(j); j++ {
		if d.inList(j, listExplained) {
			return !d.plainWord(j + 1)
		}
	}
	return false
}

// subjects masks a name in Title Case that begins a sentence and has a small word in it, before its
// verb: "Common Ground for Health is run by".
func subjects(d *Document, emit func(Finding)) {
	const fewest = 3
	for _, n := range d.caps {
		i := int(n)
		if d.words[i].flags&(wfStart|wfTitle|wfShout|wfLabel) != wfStart || d.words[i].shape&(shInner|shPoss) != 0 {
			continue
		}
		if text.IsStopWord(d.str(i)) {
			if i++; !d.spacedCapital(i) {
				continue
			}
		}
		to, capitals := d.properEnd(i)
		if capitals >= fewest && to-i > capitals && d.spacedWord(to) && (d.has(to, clsCopula) || d.didSomething(to)) && d.ownTitle(i, to) {
			emit(d.found(i, to, Org, "", "name before its verb", 0.5))
		}
	}
}

// ownTitle reports a title [from,to) that begins with an everyday word and is no kind of group or
// post.
func (d *Document) ownTitle(from, to int) bool {
	return d.words[to-1].shape&shPoss == 0 && !d.groups(from, to) && !d.kindsOrPosts(from, to) && d.everydayOnly(from, from+1) && d.tied(from, to) && !d.anyRole(from, to)
}

// anyRole reports a post among the words [from,to).
func (d *Document) anyRole(from, to int) bool {
	for i := from; i < to; i++ {
		if d.holder(i) || d.has(i, clsRole) {
			return true
		}
	}
	return false
}

// joinedKinds reports words for kinds, and what joins them.
func (d *Document) joinedKinds(from, to int) bool {
	for i := from; i < to; i++ {
		if !d.capital(i) && (d.has(i, clsBridge) || d.punct(i, '&')) {
			continue
		}
		if !d.kindsOnly(i, i+1) {
			return false
		}
	}
	return true
}

// jointOfBody masks what joins two masked parts of one body: "[Tollesbury] and [Mersea Surgeries]", "the
// [School of Nursing] and Midwifery", "[Day Surgery] at [Queen's]", "[Bumbang] Co-op".
func (d *denial) jointOfBody(i int) {
	if !d.maskedCapital(i) || i+1 >= len(d.words) || d.covered[i+1] || d.words[i].flags&wfShout != 0 {
		return
	}
	j := i + 1
	switch {
	case d.hyphenTail(j):
		to := j + 2
		for d.spacedCapital(to) && d.has(to, clsOrgHead) {
			to++
		}
		d.mask(i, to, nameKind(d.kinds[i]), "name", "tail of a hyphen")
	case d.kinds[i] == Date || d.kinds[i] == Contact || d.kinds[i] == Code || !d.spaced(j):
	case d.wordIs(j, "and") || d.punct(j, '&'):
		d.jointAnd(i)
	case d.wordIs(j, "at") && d.spaced(j+1) && d.maskedCapital(j+1) && (d.kinds[j+1] == Org || d.kinds[j+1] == Place):
		if d.kinds[i] != Person && d.wordIn(i, "surgery", "ward", "wards", "clinic", "faculty", "council", "unit", "department", "panel", "hospice", "forum", "committee", "pharmacy", "centre") {
			d.mask(i, j+2, Org, "name", "part of a body and where")
		}
	}
}

// hyphenTail reports a hyphen and the small word that ends "Co-op", "Walk-in", "Drop-in".
func (d *denial) hyphenTail(j int) bool {
	return d.tightMark(j, "-") && d.isWord(j+1) && d.words[j+1].gap == gapNone && !d.covered[j+1] && d.wordIn(j+1, "op", "in", "up", "out", "on", "off", "by") && d.kinds[j-1] != Person
}

// jointAnd masks the word for a kind that "and" joins to a school or ministry of something, and "and"
// between a place and the rest of a body's name.
func (d *denial) jointAnd(i int) {
	from, _ := d.maskedRun(i)
	to := i + 2
	if !d.spacedCapital(to) || d.words[to].flags&wfLabel != 0 {
		return
	}
	if !d.covered[to] {
		if d.kinds[i] == Org && !d.has(i, clsOrgHead) && d.has(to, clsKind) && d.ofSomething(from, i) {
			d.mask(i, to+1, Org, "name", "what a body is of, and what else")
		}
		return
	}
	start, end := d.maskedRun(to)
	if start != to || d.kinds[to] != Org || end-to < 2 || i+1-from > 2 || d.headWithin(from, i+1) || !d.has(end-1, clsOrgHead|clsOrgSuffix) {
		return
	}
	if k := d.kinds[i]; k == Place || k == Org || k == Other || k == Person && d.nobodys(from, i+1) {
		d.mask(i, to+1, Org, "name", "two parts of one body")
	}
}

// ofSomething reports "School of", "Ministry of" and their like among words [from,to).
func (d *Document) ofSomething(from, to int) bool {
	for j := from; j+1 < to; j++ {
		if d.wordIs(j+1, "of") && d.wordIn(j, "school", "faculty", "department", "institute", "ministry", "college", "journal", "academy", "directorate", "centre") {
			return true
		}
	}
	return false
}

// lettersOfMasked masks letters in brackets that are those of the masked name before them, an everyday
// word too, and the same letters elsewhere: "[Wexmoor Health Assembly of Tasmania] (CHAT)".
func (d *denial) lettersOfMasked() {
	const fewest = 3
	var known map[uint64]bool
	for _, n := range d.marks {
		i := int(n)
		if i < 1 || i+2 >= len(d.words) || !d.punct(i, '(') {
			continue
		}
		if w := &d.words[i+1]; d.punct(i+2, ')') && d.maskedCapital(i-1) && d.thing(i-1) && w.kind == text.Word && w.allCaps() && w.end-w.start >= fewest && w.flags&wfShout == 0 && w.cls&clsAcronym == 0 {
			if known == nil {
				known = map[uint64]bool{}
			}
			known[w.hash] = true
		}
	}
	if known == nil {
		return
	}
	for _, n := range d.caps {
		i := int(n)
		if w := &d.words[i]; known[w.hash] && !d.covered[i] && w.kind == text.Word && w.allCaps() && w.flags&(wfShout|wfLabel) == 0 {
			d.mask(i, i+1, Org, "acronym", "letters of a masked name")
		}
	}
}

// listAfterNumbered masks the numbers that a list goes on with after a masked name that ends in one:
// "[Wards 3], 4 and 8", "[Camps 1W] and 4".
func (d *denial) listAfterNumbered(i int) {
	const most = 6
	if !d.covered[i] || d.words[i].shape&shDigit == 0 || !d.spaced(i) || !d.maskedCapital(i-1) || d.kinds[i] == Date || d.kinds[i] == Contact {
		return
	}
	to := i + 1
	for range most {
		j := to
		if d.tightMark(j, ",") {
			j++
		}
		if d.wordIn(j, "and", "or") {
			j++
		}
		if j == to || !d.spaced(j) || !d.isWord(j) || d.words[j].shape&shDigit == 0 || d.words[j].end-d.words[j].start > 3 || d.has(j+1, clsUnit|clsMonth) {
			break
		}
		to = j + 1
	}
	if to > i+1 && slices.Contains(d.covered[i:to], false) {
		d.mask(i, to, d.kinds[i], "name", "numbers of a list")
	}
}
