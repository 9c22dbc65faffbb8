// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// lowerNames masks people in a text without capitals: a given name and a surname, also
// those that are words, where a person is named ("from jo smith", "we met tom baker"), and
// a given name that says something ("sue said").
func lowerNames(d *Document, emit func(Finding)) {
	if d.style&styleLower == 0 {
		return
	}
	last := -1 // the word after the last name
	for i := range d.words {
		if i < last || !d.lowerGiven(i) {
			continue
		}
		if words, rule := d.lowerPerson(i, last); words > 0 {
			emit(d.found(i, i+words, Person, "", rule, 0.5))
			last = i + words
		}
	}
}

// lowerGiven reports a given name in lower case.
func (d *Document) lowerGiven(i int) bool {
	w := &d.words[i]
	if w.kind != text.Word || w.lex&lexGiven == 0 || w.cls&(taggerClasses&^clsForename|clsMonth) != 0 || w.shape&(shUpper1|shInner) != 0 || w.flags&wfLabel != 0 || text.IsStopWord(d.str(i)) {
		return false
	}
	return w.lex.grade() < 2 || w.cls&clsForename != 0
}

// lowerPerson is how many words the person has that the given name i, in lower case, begins,
// and the rule that says so; 0 if it begins none. last is the word after the last person.
func (d *Document) lowerPerson(i, last int) (words int, rule string) {
	w := &d.words[i]
	if w.shape&shPoss == 0 {
		named := d.metInLower(i) || d.wordIs(i-1, "and") && i-1 == last
		if words, rule = d.lowerActs(i, named); words > 0 {
			return words, rule
		}
	}
	if d.isWord(i-1) && w.gap == gapSpace && (d.has(i-1, clsRelation) || d.str(i-1) == "nurse") && d.nameEnds(i+1) {
		return 1, "given name in lower case of a relative"
	}
	return 0, ""
}

// metInLower reports a word of meeting somebody before word i.
func (d *Document) metInLower(i int) bool {
	return d.has(i-1, clsMet) && d.words[i].gap == gapSpace && !d.verbBefore(i-1)
}

// lowerActs is lowerPerson by what follows the given name; named says that what stands before
// asks for a name.
func (d *Document) lowerActs(i int, named bool) (words int, rule string) {
	w := &d.words[i]
	rare := w.lex.grade() < 2
	unknown := w.lex.grade() == 0 && w.lex&lexTerm == 0
	switch says := d.saysOnly(i + 1); {
	case d.lowerSurname(i+1, rare, named):
		return 2, "given name and surname in lower case"
	case says && d.begins(i):
		return 1, "given name in lower case that says something"
	case unknown && (says || d.spacedWord(i+1) && d.inList(i+1, listDid)):
		return 1, "given name in lower case that does something"
	case rare && d.thanked(i) && d.nameEnds(i+1):
		return 1, "given name in lower case of who is thanked"
	}
	return 0, ""
}

// saysOnly reports a verb at word j that people say with, and no noun.
func (d *Document) saysOnly(j int) bool {
	return d.has(j, clsSaid) && d.words[j].gap == gapSpace && !d.has(j, clsCopula) && !d.inList(j, listSpeaks)
}

// thanked reports thanks to what stands at word i: "thank you to gemma".
func (d *Document) thanked(i int) bool {
	if !d.spacedWord(i-1) || !d.isWord(i-2) || d.words[i].gap != gapSpace || d.str(i-1) != "to" {
		return false
	}
	return d.inList(i-2, listThanked)
}

// nameEnds reports that no noun follows a name in lower case, but what somebody is or does,
// a small word, or nothing.
func (d *Document) nameEnds(j int) bool {
	return d.lineEnds(j) || d.words[j].kind >= text.Punct && !d.punct(j, '-') || d.has(j, clsCopula|clsSaid) || d.didSomething(j) || text.IsStopWord(d.str(j)) && d.str(j) != "of"
}

// verbBefore reports words that stand before verbs as well as before people.
func (d *Document) verbBefore(i int) bool {
	switch d.str(i) {
	case "to", "let", "like", "for", "called", "named":
		return true
	}
	return false
}

// begins reports a word that begins a sentence, or what somebody does after a small word.
func (d *Document) begins(i int) bool {
	if d.words[i].flags&wfStart != 0 {
		return true
	}
	if !d.isWord(i-1) || d.words[i].gap != gapSpace {
		return false
	}
	return d.inList(i-1, listBegins)
}

// lowerSurname reports a surname at word j after a given name in lower case. After a rare
// given name it may be a word that is a given name too; where a person is named, any surname.
func (d *Document) lowerSurname(j int, rare, named bool) bool {
	if j >= len(d.words) {
		return false
	}
	n := &d.words[j]
	if n.kind != text.Word || n.gap != gapSpace || n.shape&(shUpper1|shInner|shDigit) != 0 || n.lex&lexSurname == 0 || n.cls&(clsMonth|clsSaid|clsUnit|clsBridge) != 0 || n.flags&wfLabel != 0 || text.IsStopWord(d.str(j)) {
		return false
	}
	return n.lex.grade() == 0 || rare && n.cls&clsForename != 0 || named && n.cls&taggerClasses&^(clsForename|clsOccupation) == 0 && !d.inList(j, listDid)
}

// bareNames masks people where a capital says nothing: in a text or on a line that is all small
// letters or all capitals, where a name is asked for ("told mark or me", "my sister hope couldnt
// come", "NURSE AMIR"); what is hardly a word but a name also among ordinary sentences. "And" or a
// comma joins others to them.
func bareNames(d *Document, emit func(Finding)) {
	named := func(i int, rule string) { emit(d.found(i, i+1, Person, "", rule, 0.5)) }
	for i := range d.words {
		name, sure := d.bareName(i)
		if !name || !sure && !d.caseless(i) {
			continue
		}
		rule := d.bareSlot(i, sure)
		if rule == "" {
			continue
		}
		named(i, rule)
		for j := i + 2; d.joinedBare(j-1, j); j += 2 {
			named(j, "joined to a name without a capital")
		}
		for j := i - 2; d.joinedBare(j+1, j); j -= 2 {
			named(j, "joined to a name without a capital")
		}
	}
}

// caseless reports a word written as all around it is.
func (d *Document) caseless(i int) bool {
	w := &d.words[i]
	if w.flags&wfShout != 0 {
		return w.allCaps()
	}
	return d.style&styleLower != 0 && w.shape&(shUpper1|shInner|shNoCase) == 0
}

// bareName reports a word that may be somebody's name though its capital does not say so, and
// whether it is hardly a word otherwise.
func (d *Document) bareName(i int) (name, sure bool) {
	w := &d.words[i]
	given := w.lex&lexGiven != 0 || w.cls&clsForename != 0
	if d.oddName(i) {
		return true, false
	}
	if w.kind != text.Word || !given && w.lex.grade() > 0 || w.shape&shDigit != 0 || w.flags&wfLabel != 0 || w.end-w.start < 2 || w.cls&(taggerClasses&^clsMonth) != 0 || w.cls&clsMonth != 0 && w.cls&clsForename == 0 {
		return false, false
	}
	if w.shape&(shUpper1|shInner|shNoCase) != 0 && (w.flags&wfShout == 0 || !w.allCaps()) || text.IsStopWord(d.str(i)) || d.tightMark(i-1, "-") && w.gap == gapNone || d.tightMark(i+1, "-") || d.wordIn(i, "god", "christ", "allah", "jesus") {
		return false, false
	}
	if given {
		return true, w.lex.grade() < 2 && w.lex&lexTerm == 0
	}
	if w.end-w.start < 3 || w.lex&(lexTerm|lexPlace) != 0 || d.massNoun(d.str(i)) || d.compound(i) || d.loanWord(i) || d.inList(i, listBareContraction) {
		return false, false
	}
	return true, w.end-w.start >= 4 && !d.derived(i)
}

// oddName reports a given name that is a small word or a word for a kind too: "will", "summer".
func (d *Document) oddName(i int) bool {
	w := &d.words[i]
	return w.cls&clsForename != 0 && w.kind == text.Word && w.flags&wfLabel == 0 && d.caseless(i) && (text.IsStopWord(d.str(i)) || w.cls&(taggerClasses&^clsMonth) != 0)
}

// oddSlot is bareSlot for such a name: a verb must follow it, or what cannot follow a verb.
func (d *Document) oddSlot(i int) string {
	j := i + 1
	acts := d.inList(j, listBareContraction) || d.actsInLower(j)
	closes := d.lineEnds(j) || d.mark(j, ",.!?") || d.wordIn(j, "and", "or", "that", "if", "who", "to")
	switch {
	case d.words[i].gap != gapSpace || !d.isWord(i-1):
	case d.ofMyKin(i-1) && acts, d.callsOn(i-1, false) && closes, d.bareGreeting(i, false, true):
		return "name without a capital that is a small word too"
	}
	return ""
}

// joinedBare reports that the word or mark between joins the name at j to another.
func (d *Document) joinedBare(between, j int) bool {
	if j < 0 || j >= len(d.words) || !d.wordIn(between, "and", "or") && !d.mark(between, ",&") {
		return false
	}
	name, sure := d.bareName(j)
	if d.oddName(j) {
		return false
	}
	if w := &d.words[j]; name && sure {
		return w.lex&lexGiven != 0
	}
	return name && d.caseless(j) && !d.massNoun(d.str(j)) && d.words[j].lex&lexTerm == 0 && d.bareEnds(j+1)
}

// bareEnds is nameEnds for a text without capitals, where contractions have lost their apostrophe.
func (d *Document) bareEnds(j int) bool {
	return d.nameEnds(j) || d.inList(j, listBareContraction, listDid) || d.wordIn(j, "x", "xx", "xxx")
}

// bareSlot is the rule by which the name i stands where a name is asked for; "" if it does not. A
// word that is one otherwise too must end the name it is.
func (d *Document) bareSlot(i int, sure bool) string {
	if d.oddName(i) {
		return d.oddSlot(i)
	}
	w := &d.words[i]
	spaced := w.gap == gapSpace && d.isWord(i-1)
	ends := d.bareEnds(i + 1)
	given := w.lex&lexGiven != 0 || w.cls&clsForename != 0
	switch {
	case spaced && d.ofMyKin(i-1) && (ends || w.shape&shPoss != 0):
		return "name without a capital of a relative"
	case spaced && ends && (given || d.caseless(i)) && d.callsOn(i-1, sure):
		return "name without a capital of whom something is asked"
	case spaced && d.bareTitle(i, sure, ends):
		return "name without a capital after a title"
	case d.bareGreeting(i, sure, given):
		return "name without a capital in a greeting"
	case given:
		return d.givenSlot(i, sure, spaced && ends)
	}
	return ""
}

// givenSlot is bareSlot for a given name; inside says that a word stands before it and the name ends.
func (d *Document) givenSlot(i int, sure, inside bool) string {
	w := &d.words[i]
	mass := !sure && d.massNoun(d.str(i))
	switch {
	case d.withMe(i):
		return "name without a capital in a greeting"
	case inside && !mass && d.wordIn(i-1, "specially", "especially", "particularly", "including"):
		return "name without a capital, singled out"
	case inside && !mass && d.wordIn(i-1, "big", "little", "old", "young", "wee", "lil") && (sure || d.caseless(i) && w.cls&clsForename != 0):
		return "name without a capital after what somebody is like"
	case d.begins(i) && d.punct(i+1, '(') && d.wordIn(i+2, "thats", "that's", "aka"):
		return "name without a capital that is told again"
	case d.caseless(i) && d.bareActs(i, sure):
		return "name without a capital that does something"
	}
	return ""
}

// ofMyKin reports whose relative the word i is: "my brother", "her little sister".
func (d *Document) ofMyKin(i int) bool {
	if !d.has(i, clsRelation) && !d.inList(i, listKin) && !d.wordIn(i, "mate", "nan", "hubby", "bro", "sis", "carer") || d.words[i].shape&shPoss != 0 {
		return false
	}
	whose := func(j int) bool {
		return d.wordIn(j, "my", "his", "her", "our", "their", "your") || d.isWord(j) && d.words[j].shape&shPoss != 0
	}
	return whose(i-1) || d.isWord(i-1) && whose(i-2)
}

// callsOn reports a verb of telling or asking somebody; before what is hardly a word but a name also
// one that is a noun too.
func (d *Document) callsOn(i int, sure bool) bool {
	switch d.str(i) {
	case "told", "tell", "tells", "asked", "asks", "rang", "phoned", "texted", "emailed", "thanked", "messaged":
		return true
	case "ask", "thank":
		return sure || d.words[i].flags&wfStart != 0
	case "ring", "phone", "text", "email", "message":
		return sure && !d.wordIn(i-1, "the", "a", "an", "my", "your", "our", "their", "this", "by", "of")
	}
	return false
}

// bareTitle reports a title before the name i: after one that nothing else is, any word.
func (d *Document) bareTitle(i int, sure, ends bool) bool {
	given := d.words[i].cls&clsForename != 0 && !d.massNoun(d.str(i))
	switch d.str(i - 1) {
	case "mr", "mrs", "ms", "dr", "prof", "cllr", "rev":
		return true
	case "miss":
		return (sure || given) && ends && !d.wordIn(i-2, "i", "we", "you", "they", "will", "to", "really", "still", "not", "don't", "dont")
	case "sister", "nurse", "matron", "midwife", "doctor", "auntie", "aunty", "aunt", "uncle", "nan", "nana", "nanny", "gran", "granny", "grandma", "grandad", "grandpa", "father", "pastor", "imam", "coach", "porter", "councillor":
		return sure && (ends || d.words[i].lex&lexGiven != 0) || (given || d.caseless(i) && d.words[i].lex&lexGiven != 0) && ends
	}
	return false
}

// bareGreeting reports the name of who is greeted, says who he is, or signs: "hi hope,", "its mark
// here", "my names jo and", "love grace x".
func (d *Document) bareGreeting(i int, sure, given bool) bool {
	j := i + 1
	stops := d.lineEnds(j) || d.mark(j, ",.!-") || d.wordIn(j, "x", "xx", "xxx")
	switch {
	case d.wordIs(j, "here") && (d.wordIn(i-1, "its", "it's", "is") || d.words[i].flags&wfStart != 0):
		return true
	case !d.isWord(i-1) || d.words[i].gap != gapSpace || !given && !sure:
		return false
	case d.wordIn(i-1, "names", "name's") && d.wordIs(i-2, "my"), d.wordIs(i-1, "is") && d.wordIs(i-2, "name"):
		return d.bareEnds(j)
	case d.wordIn(i-1, "hi", "hiya", "hello", "hey", "dear"):
		return stops || d.wordIn(j, "its", "it's", "im", "i'm", "and")
	}
	return d.wordIn(i-1, "cheers", "ta", "thanks", "love", "regards", "wishes") && stops && (sure || d.lineEnds(j) || d.isWord(j))
}

// withMe reports a name that "and" joins to whoever tells it: "hope and me went", "me and jo".
func (d *Document) withMe(i int) bool {
	if d.wordIs(i+1, "and") && d.wordIn(i+2, "me", "i", "myself") {
		return d.begins(i)
	}
	return d.wordIs(i-1, "and") && d.wordIs(i-2, "me") && d.bareEnds(i+1)
}

// bareActs reports a name that begins a sentence and does what people do, or of whom "she" or "he"
// goes on to tell.
func (d *Document) bareActs(i int, sure bool) bool {
	if !d.begins(i) || d.words[i].shape&shPoss != 0 {
		return false
	}
	j := i + 1
	starts := d.words[i].flags&wfStart != 0
	if sure && !d.has(i, clsMonth) && (d.has(j, clsCopula) || d.wordIn(j, "will", "would", "can")) {
		return true
	}
	if starts && d.wordIn(j, "on", "from", "at", "in", "who", "is", "was") && d.pronounFollows(i) {
		return true
	}
	return !d.massNoun(d.str(i)) && (sure || starts && d.actsInLower(j)) && (d.inList(j, listPeopleAct) || sure && d.inList(j, listDid))
}

// pronounFollows reports that the next sentence, on the same line, begins with "she" or "he".
func (d *Document) pronounFollows(i int) bool {
	const longest = 30
	for j := i + 1; j < i+longest && !d.lineEnds(j); j++ {
		if d.words[j].flags&wfStart != 0 && d.isWord(j) {
			return d.wordIn(j, "she", "he")
		}
	}
	return false
}

// wordsAsNames masks people called by a month or a verb, or with a letter after the given name,
// where the grammar of the sentence leaves nothing else: "Will to ring them", "May does the
// flowers", "April's in charge", "Grace B asked", "Hope will chase them".
func wordsAsNames(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		w := &d.words[i]
		if w.kind != text.Word || w.shape&(shUpper1|shLower|shInner) != shUpper1|shLower || w.flags&(wfShout|wfTitle|wfLabel) != 0 {
			continue
		}
		switch {
		case d.initialOfName(i+1) && d.takesInitial(i):
			emit(d.found(i, i+2, Person, "", "given name and an initial", 0.5))
		case d.followsCapital(i) || d.spacedCapital(i+1):
		case d.ownsAsPerson(i):
			emit(d.found(i, i+1, Person, "", "name with what only somebody has", 0.5))
		case w.flags&(wfStart|wfWeak) == 0:
		case w.cls&clsForename != 0 && (w.cls&clsMonth != 0 || text.IsStopWord(d.str(i))) && d.wordDoes(i):
			emit(d.found(i, i+1, Person, "", "month or verb that acts", 0.5))
		case d.mayBeCalled(i) && w.cls&clsMonth == 0 && d.willDo(i):
			emit(d.found(i, i+1, Person, "", "name that will do something", 0.5))
		}
	}
}

// initialOfName reports one capital letter, with a full stop or without, that may be a surname's: what
// follows it does not go on with the name.
func (d *Document) initialOfName(j int) bool {
	if !d.spacedCapital(j) || !d.words[j].initial() || d.words[j].flags&(wfLabel|wfShout) != 0 || d.wordIs(j, "i") || d.tightMark(j+1, "-/&") {
		return false
	}
	k := j + 1
	if d.tightMark(k, ".") {
		k++
	}
	return !d.spacedCapital(k) && (!d.wordIs(j, "a") || !d.spacedWord(k) || d.saysOrDid(k))
}

// takesInitial reports a given name, a word or month too, that is no kind of thing with letters.
func (d *Document) takesInitial(i int) bool {
	w := &d.words[i]
	if w.lex&lexGiven == 0 && w.cls&clsForename == 0 || w.cls&(clsPlaceHead|clsOrgHead|clsRole|clsKind|clsTerm|clsCondition|clsMedicine|clsUnit|clsLabel|clsWorld|clsDemonym|clsTitle|clsRelation) != 0 || w.shape&shPoss != 0 || d.inList(i, listLettered, listNumberedPart) {
		return false
	}
	return w.lex.grade() < 2 || w.cls&clsForename != 0
}

// wordDoes reports after a month or an auxiliary verb what neither is followed by.
func (d *Document) wordDoes(i int) bool {
	j := i + 1
	if d.wordIs(j, "to") {
		return d.inList(j+1, listTask) && !d.capital(j)
	}
	if !d.spacedWord(j) || d.capital(j) {
		return false
	}
	if d.wordIn(j, "will", "would", "can", "could") && !d.has(i, clsMonth) || d.inList(j, listPeopleAct) || d.wordIn(j, "does", "did") && d.isWord(j+1) && !d.pronoun(j+1) {
		return true
	}
	if d.has(i, clsMonth) {
		return d.wordIs(j, "will") && d.inList(j+1, listTask)
	}
	return d.wordIn(j, "has", "had", "is", "was", "never", "always") || d.saysOrDid(j) && !d.inList(j, listTask)
}

// ownsAsPerson reports the possessive of a name before what only somebody has, or who is in charge.
func (d *Document) ownsAsPerson(i int) bool {
	w, j := &d.words[i], i+1
	if w.shape&shPoss == 0 || w.cls&(taggerClasses&^clsMonth) != 0 || !d.spacedWord(j) {
		return false
	}
	if called := w.lex&lexGiven != 0 || w.cls&clsForename != 0 || d.shortenedName(i); !called && (w.lex.grade() > 1 || w.lex&(lexTerm|lexPlace) != 0) {
		return false
	}
	return d.inList(j, listPersonHas) || d.has(j, clsRelation) || d.wordIs(j, "in") && d.wordIs(j+1, "charge")
}

// monthInCompany reports a month, somebody's name elsewhere, that a comma or "and" joins to another
// name at the start of a sentence: "May, June and Ann have".
func (d *Document) monthInCompany(i int) bool {
	return d.words[i].flags&wfStart != 0 && (d.tightMark(i+1, ",") || d.wordIs(i+1, "and")) && d.spacedCapital(i+2) && d.words[i+2].shape&shDigit == 0 ||
		d.wordIs(i-1, "and") && d.capital(i-2) && d.monthInCompany(i-2) || d.mark(i-1, ",") && d.has(i-2, clsMonth) && d.monthInCompany(i-2)
}

// willDo reports what one person is to do: "will ring them". After a word that is a mass noun too,
// only what no thing does.
func (d *Document) willDo(i int) bool {
	j := i + 1
	if !d.wordIn(j, "will", "would", "can", "to") || !d.inList(j+1, listTask) || d.seen.lower(&d.words[i]) {
		return false
	}
	return !d.massNoun(d.str(i)) || d.pronounFollows(i) || d.wordIn(j+1, "ring", "phone", "email", "text", "chase", "circulate", "type", "draft", "write", "ask", "invite")
}

// lettersOfOne masks one letter that stands for somebody: after what she or he is ("Young person
// T"), as whose relative somebody is told of ("T's mum", "Mum of J").
func lettersOfOne(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		w := &d.words[i]
		if w.flags&(wfLabel|wfShout) != 0 || w.kind != text.Word || d.wordIs(i, "i") || d.tightMark(i+1, "-/&") {
			continue
		}
		possessive := w.shape&shPoss != 0 && w.end-w.start == 3
		if !possessive && !w.initial() {
			continue
		}
		ends := possessive || d.lineEnds(i+1) || !d.capital(i+1)
		switch {
		case w.gap == gapSpace && ends && d.inList(i-1, listLetteredPerson) && !d.inList(i-2, listLettered):
			from := i - 1
			if d.wordIn(from-1, "young", "service", "family", "older", "expert") && d.words[from].gap == gapSpace {
				from--
			}
			emit(d.found(from, i+1, Person, "", "a letter for somebody", 0.5))
		case d.letterToldOf(i):
			emit(d.found(i, i+1, Person, "initials", "letter of whom something is told", 0.5))
		case possessive && (d.inList(i+1, listPersonHas) || d.has(i+1, clsRelation)):
			emit(d.found(i, i+1, Person, "initials", "letter with a relative", 0.5))
		case w.gap == gapSpace && ends && d.wordIn(i-1, "of", "to") && (d.has(i-2, clsRelation) || d.inList(i-2, listKin)) && !d.wordIs(i, "a"):
			emit(d.found(i, i+1, Person, "initials", "letter with a relative", 0.5))
		}
	}
}

// letterToldOf reports a letter, in quotation marks or not, of whom a clause tells: "'B', who".
func (d *Document) letterToldOf(i int) bool {
	j := i + 1
	if d.mark(j, "'\"") {
		j++
	}
	if !d.mark(j, ",") || d.isWord(i-1) && d.words[i].gap == gapSpace && (d.inList(i-1, listLettered) || d.has(i-1, clsKind|clsGeneric) || d.capital(i-1)) {
		return false // "Group B, who"
	}
	return d.wordIn(j+1, "who", "whose", "aged")
}
