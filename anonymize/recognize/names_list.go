// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// listItem is a line of a list with bullets: the words after its bullet, whether they may
// all be a name, and of what kind they are found to be.
type listItem struct {
	from, to int
	title    bool
	kind     Kind
}

// listed masks the few lines of a list with bullets that nothing shows to be names, where
// most of the others are: "Age Action" among twelve charities.
func (d *Document) listed(found []Finding) []Finding {
	const fewest = 4
	if len(found) < fewest-1 {
		return found
	}
	var items []listItem
	var more []Finding
	end := func() {
		names, people := 0, 0
		for _, it := range items {
			if it.kind != "" {
				names++
			}
			if it.kind == Person {
				people++
			}
		}
		if names >= fewest-1 && names*3 >= len(items)*2 {
			kind := Org
			if people*2 > names {
				kind = Person
			}
			for _, it := range items {
				if it.title && it.kind == "" {
					f := d.found(it.from, it.to, kind, "", "line of a list of names", 0.5)
					f.Recognizer = "name"
					more = append(more, f)
				}
			}
		}
		items = items[:0]
	}
	next := 0
	for i := 0; i < len(d.words); {
		to := d.lineEnd(i)
		if it, bullet := d.item(i, to); bullet {
			it.kind, next = d.coveredBy(found, it.from, it.to, next)
			items = append(items, it)
		} else {
			end()
		}
		i = to
	}
	end()
	if len(more) == 0 {
		return found
	}
	return merge(d, append(more, found...))
}

// item is the line [i,end) without its bullet, if it has one.
func (d *Document) item(i, end int) (it listItem, bullet bool) {
	const longest = 8
	from := i
	for from < end && d.words[from].kind >= text.Punct {
		from++
	}
	if from == i || from == end || d.words[from].gap != gapSpace || d.mark(from-1, "(\"") {
		return it, false
	}
	it = listItem{from: from, to: end, title: end-from <= longest && d.words[from].shape&(shUpper1|shInner) != 0}
	for j := from; j < end && it.title; j++ {
		w := &d.words[j]
		it.title = w.flags&(wfLabel|wfShout) == 0 && (w.shape&(shUpper1|shInner) != 0 || w.cls&(clsBridge|clsParticle) != 0 || d.mark(j, "&-'"))
	}
	return it, true
}

// coveredBy is the kind of the findings that all the words [from,to) are in, small ones
// aside, "" if they are not. Those before next end before them.
func (d *Document) coveredBy(fs []Finding, from, to, next int) (kind Kind, at int) {
	span := d.view.Original(text.Span{Start: int(d.words[from].start), End: int(d.words[to-1].end)})
	for next < len(fs) && fs[next].End <= span.Start {
		next++
	}
	k := next
	for j := from; j < to; j++ {
		w := &d.words[j]
		if w.kind >= text.Punct || w.cls&clsBridge != 0 && w.shape&shUpper1 == 0 {
			continue
		}
		o := d.view.Original(text.Span{Start: int(w.start), End: int(w.end)})
		for k < len(fs) && fs[k].End <= o.Start {
			k++
		}
		if k >= len(fs) || fs[k].Start >= o.End || fs[k].Kind == Date || fs[k].Kind == Code || fs[k].Kind == Contact {
			return "", next
		}
		kind = fs[k].Kind
	}
	return kind, next
}

// paired masks two people who begin a sentence together, of whom the second is called as nothing
// else is: "Tor and Rachy have a long list".
func paired(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		j := i + 2
		if d.words[i].flags&wfStart == 0 || !d.spacedWord(j) || d.str(i+1) != "and" || d.words[i+1].gap != gapSpace || !d.mayBeSomeone(i) || !d.mayBeSomeone(j) {
			continue
		}
		if d.words[i].lex.grade() == 3 || !d.words[j].calledAlone() {
			continue
		}
		if k := j + 1; d.spacedWord(k) && !d.capital(k) && d.inList(k, listPairDid) {
			emit(d.found(i, i+1, Person, "", "one of two", 0.5))
			emit(d.found(j, j+1, Person, "", "one of two", 0.5))
		}
	}
}

// mayBeSomeone reports a word with a capital that no rule takes for something else.
func (d *Document) mayBeSomeone(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && w.shape&(shUpper1|shLower|shInner|shPoss) == shUpper1|shLower && w.flags&(wfTitle|wfShout|wfLabel) == 0 && w.cls&(taggerClasses&^clsForename) == 0 && !text.IsStopWord(d.str(i))
}

// calledAlone reports a rare word, or a given name that is not among the common ones.
func (w *word) calledAlone() bool {
	if w.lex&lexGiven != 0 {
		return w.lex.grade() < 3
	}
	return w.lex.grade() <= 1 && w.lex&lexPlace == 0
}

// authors masks those of a list of authors whose names are initials and a surname, or the other
// way round, whatever the surname means elsewhere: "M E Pick 6, G Taylor 6, J A Lane 1".
func authors(d *Document, emit func(Finding)) {
	const fewest = 3
	for from := 0; from < len(d.words); {
		to := d.lineEnd(from)
		var found [][2]int
		for i := from; i < to; i++ {
			if !d.capital(i) || i > from && !d.mark(i-1, ",;#*") && d.words[i-1].kind != text.Number && !d.wordIs(i-1, "and") {
				continue
			}
			if end := d.authorEnd(i, to); end > 0 {
				found = append(found, [2]int{i, end})
			}
		}
		for _, f := range found {
			if len(found) >= fewest {
				emit(d.found(f[0], f[1], Person, "", "one of a list of authors", 0.6))
			}
		}
		from = to
	}
}

// authorEnd is the word after the author of a list at word i of a line that ends at to, 0 if
// there is none.
func (d *Document) authorEnd(i, to int) int {
	const initials = 3
	j := i
	for j < min(to, i+initials) && d.isWord(j) && d.words[j].initial() && d.words[j].flags&wfLabel == 0 {
		j++
	}
	switch {
	case j >= to || !d.surnameShape(j):
	case j > i:
		if d.authorEnds(j+1, to, ",;#*") || d.words[j+1].kind == text.Number {
			return j + 1
		}
	case d.spaced(i+1) && i+1 < to:
		if w := &d.words[i+1]; w.allCapsOrOne() && w.end-w.start <= initials && d.authorEnds(i+2, to, ",;.") {
			return i + 2
		}
	}
	return 0
}

// authorEnds reports that at word j the line ends, at to, or an author does, at a mark or "and".
func (d *Document) authorEnds(j, to int, marks string) bool {
	return j >= to || d.mark(j, marks) || d.wordIs(j, "and")
}

// surnameShape reports a word of a capital and small letters, as surnames are written.
func (d *Document) surnameShape(i int) bool {
	w := &d.words[i]
	return d.isWord(i) && w.kind == text.Word && w.shape&(shUpper1|shLower) == shUpper1|shLower && w.flags&wfLabel == 0 && w.end-w.start > 1 && !text.IsStopWord(d.str(i)) && w.cls&(clsMonth|clsWeekday) == 0
}

// soleSubjects masks the one word that begins a sentence where only somebody can stand: a noun in the
// singular has an article unless it is a name: "Win, who chairs,", "Trace has written to them",
// "Mags to ring the office".
func soleSubjects(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if !d.subjectShape(i) {
			continue
		}
		switch {
		case d.tightMark(i+1, ",") && d.wordIn(i+2, "who", "whose"):
			emit(d.found(i, i+1, Person, "", "one of whom a clause tells", 0.5))
		case d.personDoes(i):
			emit(d.found(i, i+1, Person, "", "subject that only a person is", 0.5))
		case d.takesOn(i):
			emit(d.found(i, i+1, Person, "", "one who is to do something", 0.5))
		}
	}
}

// subjectShape reports a word that begins a sentence with the one capital it has, which is no word
// for a kind, a post or a relative, and none that stands without an article whatever it names.
func (d *Document) subjectShape(i int) bool {
	w := &d.words[i]
	if w.flags&(wfStart|wfTitle|wfShout|wfLabel) != wfStart || w.shape&(shUpper1|shLower|shInner|shPoss) != shUpper1|shLower || w.kind != text.Word || w.cls&(taggerClasses&^clsForename) != 0 {
		return false
	}
	s := d.str(i)
	if text.IsStopWord(s) || d.pronoun(i) || d.inList(i, listKin, listLeadsIn) {
		return false
	}
	return w.lex.grade() <= 1 || !pluralWord(s) && !d.massNoun(s) && s[len(s)-1] != 's' && !d.seen.lower(w)
}

// personDoes reports after word i what only people do; after a word that is hardly one, what
// anybody does.
func (d *Document) personDoes(i int) bool {
	j := i + 1
	for n := 0; n < 2 && d.spacedWord(j) && d.wordIn(j, "now", "also", "then", "still", "just", "always", "never", "has", "had", "kindly", "later"); n++ {
		j++
	}
	if !d.spacedWord(j) || d.words[j].shape&(shUpper1|shInner) != 0 {
		return false
	}
	if d.inList(j, listPeopleAct) && (d.words[i].lex&lexGiven != 0 || !d.inList(j, listSpeaks) && !d.wordIn(j, "says", "tells", "told")) || j > i+1 && d.wordIn(j, "written", "spoken") {
		return true
	}
	return d.words[i].lex.grade() <= 1 && d.words[i].lex&lexTerm == 0 && d.didSomething(j) && !d.has(j, clsCopula)
}

// takesOn reports "to" and a verb after a word that is hardly one, or that people are called: what
// minutes ask of somebody.
func (d *Document) takesOn(i int) bool {
	w := &d.words[i]
	if !d.wordIs(i+1, "to") || d.words[i+1].shape&shUpper1 != 0 || !d.spacedWord(i+2) || d.capital(i+2) || text.IsStopWord(d.str(i+2)) || d.has(i+2, clsUnit|clsNumberWord) {
		return false
	}
	return w.lex.grade() <= 1 && w.lex&(lexTerm|lexPlace) == 0 || !d.wordIs(i, "hope") && (w.cls&clsForename != 0 || d.mayBeCalled(i) && !d.massNoun(d.str(i)) && !d.seen.lower(w))
}

// lowSubjects masks a word in lower case that no dictionary has, where somebody begins a sentence or
// says what he is called, in a text with capitals too: "jaz counted them", "i'm charlie and".
func lowSubjects(d *Document, emit func(Finding)) {
	const shortest = 3
	for i := range d.words {
		w := &d.words[i]
		unknown := w.lex.grade() == 0 && w.flags&wfStart != 0
		if given := w.lex&lexGiven != 0 && w.lex.grade() < 2; !unknown && !given {
			continue
		}
		if w.kind != text.Word || w.shape&(shUpper1|shInner|shPoss) != 0 || w.flags&wfLabel != 0 || w.end-w.start < shortest || w.cls&(taggerClasses&^clsForename) != 0 || text.IsStopWord(d.str(i)) || w.lex&lexTerm != 0 {
			continue
		}
		switch {
		case unknown && !d.derived(i) && !d.loanWord(i) && (d.didSomething(i+1) && !d.has(i+1, clsCopula) || d.spacedWord(i+1) && d.inList(i+1, listPeopleAct)):
			emit(d.found(i, i+1, Person, "", "unknown word that begins and does", 0.5))
		case w.lex&lexGiven != 0 && w.lex.grade() < 2 && d.introduced(i) && d.nameEnds(i+1):
			emit(d.found(i, i+1, Person, "", "given name in lower case of who says it", 0.5))
		}
	}
}

// introduced reports "i'm", "i am" or "my name is" before word i.
func (d *Document) introduced(i int) bool {
	if !d.isWord(i-1) || d.words[i].gap != gapSpace {
		return false
	}
	switch d.str(i - 1) {
	case "i'm", "im":
		return true
	case "am":
		return d.wordIs(i-2, "i")
	case "is":
		return d.wordIs(i-2, "name")
	}
	return false
}

// signedOff masks the one letter by which somebody signs: alone on the last line, but for kisses.
func signedOff(d *Document, emit func(Finding)) {
	const leastLetter = 12
	end := len(d.words)
	for end > 0 && (d.words[end-1].kind >= text.Punct || d.wordIn(end-1, "x", "xx", "xxx")) {
		end--
	}
	if i := end - 1; i >= leastLetter && d.words[i].gap >= gapLine && d.capital(i) && d.words[i].initial() && d.words[i].flags&wfLabel == 0 {
		emit(d.found(i, end, Person, "initials", "letter that signs", 0.5))
	}
}

// namedAgain reports that the everyday word i, somebody's name elsewhere, begins a sentence in which
// a noun or verb would go on otherwise: "Joy?", "Comfort and our midwife", "Angel now runs it".
func (d *Document) namedAgain(i int) bool {
	w, j := &d.words[i], i+1
	if w.flags&(wfStart|wfShout|wfTitle) != wfStart || w.cls&(clsKind|clsGeneric|clsMonth|clsWeekday) != 0 || text.IsStopWord(d.str(i)) || d.seen.lower(w) {
		return false
	}
	switch {
	case d.lineEnds(j), d.mark(j, ".,?!:("):
		return true
	case !d.spacedWord(j) || d.capital(j):
		return false
	case d.wordIn(j, "and", "or"):
		return d.capital(j+1) || d.wordIn(j+1, "our", "his", "her", "the", "my", "i")
	case d.wordIn(j, "to"):
		return d.takesOn(i)
	}
	return d.has(j, clsCopula|clsSaid) || d.didSomething(j) || d.wordIn(j, "now", "also", "then", "never", "still", "always", "just", "often", "will", "would", "can", "could", "did", "does", "didn't", "doesn't", "can't", "won't")
}

// besideLetters reports that "and" or a comma joins the letters i to somebody else's: "LO and PS".
func (n *names) besideLetters(d *Document, i int) bool {
	other := func(j int) bool {
		return d.isWord(j) && d.words[j].allCaps() && n.letters[d.words[j].hash].entity != "" && d.words[j].cls&(clsAcronym|clsTitle|clsPostnominal) == 0
	}
	return (d.wordIs(i-1, "and") || d.mark(i-1, ",&")) && other(i-2) || (d.wordIs(i+1, "and") || d.mark(i+1, ",&")) && other(i+2)
}

// mayBeCalled reports a given name with one capital, whatever else the word means, but kinds, posts and
// places. A title without an article may be one: "Prince asked".
func (d *Document) mayBeCalled(i int) bool {
	w := &d.words[i]
	const others = clsRole | clsOrgHead | clsBrandHead | clsGeneric | clsRelation | clsTerm | clsCondition | clsKind | clsWorld | clsDemonym | clsOccupation | clsWeekday | clsLineLabel | clsAttendance
	if w.kind != text.Word || w.shape&(shUpper1|shLower|shInner) != shUpper1|shLower || w.flags&(wfShout|wfLabel) != 0 || w.flags&wfTitle != 0 && !d.mark(i-1, ":") || w.cls&others != 0 || text.IsStopWord(d.str(i)) && w.cls&clsForename == 0 {
		return false
	}
	if d.wordIn(i, "god", "christ", "allah", "jesus") || w.cls&clsTitle != 0 && (w.cls&clsTitleName == 0 || d.wordIn(i-1, "the", "a", "an", "our", "my", "this", "that", "your", "their")) {
		return false
	}
	return w.lex&lexGiven != 0 || w.cls&clsForename != 0 || d.shortenedName(i)
}

// saysOfHimself reports what somebody says after the colon j: "I think".
func (d *Document) saysOfHimself(j int) bool {
	for k := j + 1; k <= j+4 && d.isWord(k) && d.words[k].gap < gapLine; k++ {
		if d.pronoun(k) || d.wordIn(k, "we", "my", "me", "you", "yes", "yeah", "no", "ok", "okay", "sorry", "hi", "hello", "it's", "don't", "i'm", "i've", "i'd") {
			return true
		}
	}
	return false
}

// askedOf reports right before word i, inside a sentence, what is said before people.
func (d *Document) askedOf(i int) bool {
	if !d.isWord(i-1) || d.words[i].gap != gapSpace {
		return false
	}
	if d.has(i-1, clsRelation) && d.words[i].shape&shPoss == 0 && i >= 2 && (d.wordIn(i-2, "my", "his", "her", "our", "their", "your") || d.words[i-2].shape&shPoss != 0) {
		return true
	}
	return d.wordIn(i-1, "without", "ring", "rang", "phone", "text", "email", "because", "thank", "ask", "asks", "meet", "tell", "tells", "told", "called", "volunteer") && !d.has(i+1, clsUnit) || d.wordIn(i-1, "was", "is") && d.wordIs(i-2, "it") && d.wordIn(i+1, "who", "that")
}

// inCompany reports a given name that a comma or "and" joins to another, at the start of a sentence
// or list.
func (d *Document) inCompany(i int) bool {
	j := i + 1
	if d.words[i].flags&(wfStart|wfWeak) == 0 {
		return false
	}
	other := func(k int) bool {
		return d.isWord(k) && d.spacedCapital(k) && d.words[k].shape&shInner == 0 && (d.words[k].lex&lexGiven != 0 || d.words[k].lex.grade() == 0) && d.words[k].cls&(clsOrgHead|clsWorld|clsMonth|clsWeekday|clsAcronym) == 0
	}
	switch {
	case d.tightMark(j, ",") && other(j+1):
		return d.tightMark(j+2, ",") && other(j+3) || d.wordIs(j+2, "and") && d.spacedCapital(j+3)
	case d.wordIs(j, "and") && other(j+1) && d.words[j+1].lex.grade() < 3:
		return d.spacedWord(j+2) && !d.capital(j+2) && (d.didSomething(j+2) || d.has(j+2, clsSaid|clsCopula) || d.inList(j+2, listPairDid) || d.wordIn(j+2, "run", "lead", "help", "sing", "work"))
	}
	return false
}

// describedSo reports after a given name who somebody is: "(carer)", ", a retired nurse,", "'s mum".
func (d *Document) describedSo(i int) bool {
	const far = 4
	j := i + 1
	someone := func(k int) bool {
		return d.has(k, clsRole|clsOccupation|clsRelation) || d.isWord(k) && personNoun(d.str(k))
	}
	if d.words[i].shape&shPoss != 0 {
		return d.spacedWord(j) && d.has(j, clsRelation) && !d.capital(j)
	}
	switch {
	case d.punct(j, '(') && d.words[j].gap == gapSpace:
		for k := j + 1; k <= j+far && d.isWord(k) && !d.capital(k); k++ {
			if someone(k) && (d.punct(k+1, ')') || d.wordIn(k+1, "of", "to", "and")) {
				return true
			}
		}
	case d.tightMark(j, ",") && d.wordIn(j+1, "a", "an", "our", "my", "their", "the", "her", "his"):
		for k := j + 2; k <= j+1+far && d.isWord(k) && !d.capital(k); k++ {
			if someone(k) && (d.mark(k+1, ",.") || d.wordIn(k+1, "who", "from", "at", "with", "of", "for", "in")) {
				return true
			}
		}
	case d.wordIn(j, "has", "had") && d.words[i].flags&wfStart != 0:
		return (d.wordIn(j+1, "her", "his") || d.wordIn(j+1, "a", "an", "two", "three", "four") && someone(j+2)) && !d.seen.lower(&d.words[i])
	}
	return false
}

// nameStands reports a capital inside a sentence, of a word that stands nowhere in lower case, with no
// article before it and no noun after it.
func (d *Document) nameStands(i int) bool {
	j := i + 1
	if !d.isWord(i-1) || d.words[i].gap != gapSpace || d.capital(i-1) || d.wordIn(i-1, "and", "or") && d.capital(i-2) || d.seen.lower(&d.words[i]) || d.words[i].shape&shPoss != 0 ||
		d.wordIn(i-1, "the", "a", "an", "this", "that", "our", "your", "their", "its", "in", "at", "of", "to", "as", "on", "every", "each", "no", "some", "any") {
		return false
	}
	return d.lineEnds(j) || d.mark(j, ".,!?;:)") || d.spacedWord(j) && !d.capital(j) && (text.IsStopWord(d.str(j)) && !d.wordIs(j, "of") || d.has(j, clsCopula|clsSaid) || d.didSomething(j))
}

// labelledSo reports a word that a label announces as somebody, or that says after a quotation who was
// quoted: "Photo: Art", "- Hope, volunteer".
func (d *Document) labelledSo(i int) bool {
	if d.tightMark(i-1, ":") && d.words[i].gap == gapSpace && (d.words[i-2].gap >= gapLine || i == 2 || d.lineMark(i-3)) {
		return d.has(i-2, clsRole|clsAttendance) || d.wordIn(i-2, "photo", "photos", "picture", "pictures", "photograph", "action", "actions", "cc", "bcc", "words", "drawing", "illustration", "interpreter", "author", "notes", "minutes", "scribe", "nominee", "driver")
	}
	if d.words[i].gap < gapLine && !(d.punct(i-1, '-') && d.words[i].gap == gapSpace) {
		return false
	}
	j := i + 1
	if !d.tightMark(j, ",") || !d.spacedWord(j+1) || d.capital(j+1) {
		return false
	}
	k := j + 1
	for d.spacedWord(k+1) && k < j+4 && !d.lineEnds(k+1) {
		k++
	}
	return d.lineEnds(k+1) && (d.has(k, clsRole|clsOccupation|clsRelation) || personNoun(d.str(k)))
}

// signsOff reports one word alone on a line after one that ends a letter: "Best wishes,".
func (d *Document) signsOff(i int) bool {
	const longest = 4
	if d.words[i].gap < gapLine || !d.lineEnds(i+1) || !d.mark(i-1, ",") {
		return false
	}
	from := i - 1
	for from > 0 && i-from <= longest+1 && d.words[from].gap < gapLine {
		from--
	}
	return d.closesLetter(from, i-1)
}
