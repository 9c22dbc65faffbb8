// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// place marks where words stand: sentence starts, headings, lines in capitals,
// trigger phrases, and labels that an earlier pass left behind.
func (d *Document) place(trig *wordTable) {
	for i := range d.words {
		w := &d.words[i]
		if i == 0 || w.gap >= gapLine {
			w.flags |= wfStart
		} else {
			d.afterPrevious(i, w)
		}
	}
	for i := range d.words {
		if w := &d.words[i]; w.cls&clsOrgSuffix != 0 && d.str(i) == "co" && d.tightMark(i+1, "-") {
			w.cls &^= clsOrgSuffix // "Co-ordinator" is no company
		}
	}
	d.lines()
	d.phrases(trig)
	d.labels()
}

func (d *Document) afterPrevious(i int, w *word) {
	p := &d.words[i-1]
	if p.kind < text.Punct {
		if d.sectionPoint(i - 1) {
			w.flags |= wfWeak // "2.1 Aims"
		}
		return
	}
	switch d.read[p.start] {
	case '.':
		if w.gap != gapNone && !d.abbreviated(i-1) {
			w.flags |= wfStart
		}
	case '!', '?':
		w.flags |= wfStart
	case ':', ';':
		w.flags |= wfWeak
	case '"', '(', '[', '\'', '*', '|', '>':
		w.flags |= wfWeak | p.flags&wfStart
	case '-', '+', '#', '/', ')', '\xe2':
		if w.gap == gapSpace && p.gap == gapSpace && d.punct(i-1, '-') && !d.spacedCapital(i+1) {
			w.flags |= wfWeak // "told them - Closed"
		}
		w.flags |= p.flags & wfStart
	}
}

// sectionPoint reports the second number of "2.1".
func (d *Document) sectionPoint(i int) bool {
	return i >= 2 && d.words[i].kind == text.Number && d.words[i].gap == gapNone && d.tightMark(i-1, ".") && d.words[i-2].kind == text.Number
}

// abbreviated reports a full stop after an initial or a title, which ends no sentence.
func (d *Document) abbreviated(stop int) bool {
	if stop < 1 || d.words[stop].gap != gapNone {
		return false
	}
	w := &d.words[stop-1]
	return w.initial() || w.cls&(clsTitle|clsLabel) != 0 && w.end-w.start <= 5
}

// lines marks lines in capitals and headings in title case.
func (d *Document) lines() {
	for i := 0; i < len(d.words); {
		j := i + 1
		for !d.lineEnds(j) {
			j++
		}
		d.line(i, j)
		i = j
	}
}

func (d *Document) line(from, to int) {
	n := d.casesOf(from, to)
	var f wordFlag
	switch {
	case n.letters >= 2 && n.shouted*4 >= n.letters*3 && n.known*3 >= n.shouted:
		f = wfShout
	case n.letters >= 2 && n.letters <= 14 && n.lower == 0 && n.capitals >= 2 && !d.mark(to-1, ".,"):
		f = wfTitle
	default:
		if n.shouted >= fewestShouted-1 {
			d.shoutedRuns(from, to)
		}
		return
	}
	for i := from; i < to; i++ {
		d.words[i].flags |= f
	}
}

// cases counts words of two letters and more.
type cases struct {
	letters, shouted, known, capitals, lower int // known: of those in capitals, the words of dictionaries
}

func (d *Document) casesOf(from, to int) (n cases) {
	for i := from; i < to; i++ {
		w := &d.words[i]
		if w.shape&shLetter == 0 || w.end-w.start < 2 {
			continue
		}
		n.letters++
		switch {
		case w.allCaps():
			n.shouted++
			if w.lex.grade() >= 2 {
				n.known++
			}
		case w.shape&shUpper1 != 0:
			n.capitals++
		case w.cls&clsBridge == 0:
			n.lower++
		}
	}
	return n
}

// fewestShouted words in capitals in a row are shouting; fewer may be a name.
const fewestShouted = 3

// shoutedRuns marks three words and more in capitals on a line that holds others,
// if most of them are in dictionaries: "not for ONWARD CIRCULATION OUTSIDE THE
// GROUP".
func (d *Document) shoutedRuns(from, to int) {
	for i := from; i < to; i++ {
		n, known, j := d.shoutedRun(i, to)
		if n >= fewestShouted && known*3 >= n*2 || n == 2 && known == 2 && d.words[i].gap >= gapLine && i == from {
			for k := i; k < j; k++ {
				d.words[k].flags |= wfShout
			}
		}
		i = max(i, j)
	}
}

// shoutedRun counts the words in capitals from word i on, and how many of them are in
// dictionaries; end is the first in lower case.
func (d *Document) shoutedRun(i, to int) (n, known, end int) {
	for ; i < to; i++ {
		w := &d.words[i]
		if w.kind == text.Word && w.end-w.start > 1 {
			if !w.allCaps() {
				break
			}
			n++
			if w.lex.grade() >= 2 {
				known++
			}
		} else if w.kind < text.Punct && w.shape&(shLower|shNoCase) != 0 {
			break
		}
	}
	return n, known, i
}

// phrases gives words inside a phrase of several words its class too.
func (d *Document) phrases(trig *wordTable) {
	for i := range d.words {
		w := &d.words[i]
		if w.entry == 0 {
			continue
		}
		for _, p := range trig.entries[w.entry].phrases {
			if p.class == 0 {
				continue
			}
			if to := d.matches(i, p.words); to > 0 {
				for j := i; j < to; j++ {
					d.words[j].cls |= p.class
					d.words[j].flags |= wfPhrase
				}
				w.flags |= wfPhrase1
			}
		}
	}
}

// matches reports where the words end that begin at i, hyphens between them
// allowed; 0 if they are not there.
func (d *Document) matches(i int, words []uint64) int {
	for n, h := range words {
		if n > 0 {
			i++
			if d.mark(i, "-&'") || d.punct(i, '.') && !d.lineEnds(i+1) {
				i++
			}
		}
		if i >= len(d.words) || d.words[i].hash != h || n > 0 && d.words[i].gap >= gapPara {
			return 0
		}
	}
	return i + 1
}

// labels marks labels in square brackets such as "[person]", "[person 2]" and
// "[a hospital trust in the North East]": everyday words in lower case, region
// names and a short number. Reading the output again must change nothing.
func (d *Document) labels() {
	const longest = 16
	for i := 0; i < len(d.words); i++ {
		if !d.punct(i, '[') {
			continue
		}
		j := i + 1
		for j < len(d.words) && j-i <= longest && d.labelWord(j, j == i+1) {
			j++
		}
		if j == i+1 || !d.punct(j, ']') {
			continue
		}
		for k := i; k <= j; k++ {
			d.words[k].flags |= wfLabel
		}
		i = j
	}
}

func (d *Document) labelWord(j int, first bool) bool {
	w := &d.words[j]
	switch {
	case w.gap >= gapLine:
		return false
	case w.kind == text.Number:
		return !first && w.end-w.start <= 3
	case w.kind == text.Word && w.shape&(shUpper1|shInner|shNoCase) == 0:
		return w.lex.grade() >= 2 && w.lex&(lexGiven|lexSurname) == 0 || w.cls&(clsBridge|clsGeneric|clsOrgHead|clsRegion|clsLabel|clsRole) != 0
	case w.kind == text.Word:
		return w.cls&(clsRegion|clsAcronym) != 0
	}
	return d.mark(j, "-,")
}

// turns masks the label of who speaks, though no name, where the lines of a talk begin with it again
// and again and others with names: "Mod: What helps?", "Frank: That.", "Mod: Why?".
func turns(d *Document, emit func(Finding)) {
	const fewest = 4
	lines, again, people := map[uint64]int{}, 0, 0
	for i := range d.words {
		if !d.turn(i) {
			continue
		}
		w := &d.words[i]
		if lines[w.hash]++; lines[w.hash] == 2 {
			again++
			if w.lex&lexGiven != 0 || w.cls&clsForename != 0 {
				people++
			}
		}
	}
	if again < 2 || people == 0 || len(lines) < 2 {
		return
	}
	n := 0
	for _, k := range lines {
		n += k
	}
	if n < fewest {
		return
	}
	for i := range d.words {
		if d.turn(i) && lines[d.words[i].hash] > 1 {
			emit(d.found(i, i+1, Person, "", "label of who speaks", 0.5))
		}
	}
}

// turn reports one word with a capital that begins a line and a colon that words follow; no role and
// no label of forms.
func (d *Document) turn(i int) bool {
	w := &d.words[i]
	if i > 0 && w.gap < gapLine || !d.capital(i) || !d.tightMark(i+1, ":") || d.lineEnds(i+2) || w.flags&wfLabel != 0 || w.cls&(clsRole|clsLineLabel|clsLabel|clsAttendance|clsDocument|clsMonth|clsWeekday|clsOccupation) != 0 {
		return false
	}
	return !d.wordIn(i, "q", "a", "question", "answer", "note", "facilitator", "moderator", "interviewer", "speaker", "action")
}

// spokenTo masks one word with a capital, whatever it means, where only somebody stands: who is greeted
// ("Hi May,"), who did something with the writer ("Will and I"), whose age is told ("Aga, 34,"), who
// a word for a person announces ("One mother, Mags, told"), and "Will" inside a sentence.
func spokenTo(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if d.alone(i) {
			if rule := d.spokenRule(i); rule != "" {
				emit(d.found(i, i+1, Person, "", rule, 0.5))
			}
		}
	}
}

// alone reports a word with one capital that is beside no other, but for a greeting and "I".
func (d *Document) alone(i int) bool {
	w := &d.words[i]
	if w.kind != text.Word || w.shape&(shUpper1|shLower|shInner|shPoss) != shUpper1|shLower || w.flags&(wfShout|wfLabel) != 0 || w.flags&wfTitle != 0 && !d.greets(i-1) {
		return false
	}
	return (!d.followsCapital(i) || d.greets(i-1)) && (!d.spacedCapital(i+1) || d.wordIs(i+1, "i"))
}

// spokenRule is the rule by which the word i stands where only somebody does; "" if it does not.
func (d *Document) spokenRule(i int) string {
	w, j := &d.words[i], i+1
	anyone := d.mayBeAnyone(i) || w.cls&clsMonth != 0 && w.lex&lexGiven != 0
	switch {
	case (anyone || d.inList(i, listKin)) && w.gap == gapSpace && d.tightMark(j, ",") && d.headOf(i-1):
		return "one who holds a post"
	case w.cls&clsMonth != 0 && w.end-w.start == 3 && w.lex&lexGiven != 0 && d.monthForSomebody(i):
		return "short month that nothing dates"
	case w.cls&(clsMonth|clsWeekday) != 0 && d.introduced(i) && d.mark(j, ",.!"):
		return "one who says what he is called"
	case anyone:
		return d.addressedRule(i)
	}
	return ""
}

// addressedRule is the rule by which a word that somebody may be called is one spoken to or of; "" if
// none is.
func (d *Document) addressedRule(i int) string {
	w, j := &d.words[i], i+1
	spaced, starts := w.gap == gapSpace, w.flags&wfStart != 0
	switch {
	case spaced && d.greets(i-1) && (d.lineEnds(j) || d.mark(j, ",!.-")):
		return "who is greeted"
	case starts && d.wordIs(j, "and") && d.wordIs(j+1, "i") && d.spacedWord(j+2):
		return "one with the writer"
	case starts && d.ageToldOf(i):
		return "one whose age is told"
	case spaced && d.tightMark(j, ",") && d.announcesSomebody(i-1):
		return "one whom a word for a person announces"
	case d.wordIs(i, "will") && d.willInside(i):
		return "a verb with a capital inside a sentence"
	}
	return ""
}

// ageToldOf reports an age and what somebody says or did after the word i, no place: "Aga, 34, said".
func (d *Document) ageToldOf(i int) bool {
	w := &d.words[i]
	return w.cls&clsWorld == 0 && (w.lex&lexPlace == 0 || w.lex&lexGiven != 0) && d.tightMark(i+1, ",") && d.ageBeside(i+1) && d.saysOrDid(i+4)
}

// announcesSomebody reports a word for a person before the comma i: "one mother,".
func (d *Document) announcesSomebody(i int) bool {
	j := i - 1
	return d.tightMark(i, ",") && d.isWord(j) && !d.capital(j) && d.words[j].shape&shPoss == 0 && (d.has(j, clsRelation) || personNoun(d.str(j)))
}

// willInside reports "Will" inside a sentence, that is no testament.
func (d *Document) willInside(i int) bool {
	return d.words[i].flags&(wfStart|wfWeak) == 0 && d.spacedWord(i) && d.isWord(i-1) && !d.wordIn(i-1, "a", "the", "your", "my", "their", "his", "her", "our", "living", "this", "that", "last")
}

// greets reports a word that greets.
func (d *Document) greets(i int) bool {
	return d.wordIn(i, "hi", "hiya", "hello", "hey", "dear", "dearest", "thanks", "thankyou", "cheers", "congratulations", "goodbye", "bye")
}

// mayBeAnyone reports a word by which somebody may be called: no word for a kind, a post, a relative or
// a group, and no small word but one that is a given name.
func (d *Document) mayBeAnyone(i int) bool {
	w := &d.words[i]
	s := d.str(i)
	if w.cls&clsForename != 0 {
		return true
	}
	return w.cls&(clsRole|clsOrgHead|clsKind|clsGeneric|clsRelation|clsOccupation|clsMonth|clsWeekday|clsDemonym|clsTerm|clsAcronym|clsAttendance) == 0 && !text.IsStopWord(s) && !d.inList(i, listKin) &&
		!d.wordIn(i, "team", "folks", "sir", "madam", "everybody", "everyone", "editor", "again") && (w.lex&lexGiven != 0 || w.lex.grade() < 2 || w.cls&clsTitleName != 0 || !pluralWord(s) && !d.massNoun(s))
}

// monthForSomebody reports that no number, month or word of time stands beside the short month i, and
// that what follows it ends a name: "proud of Jan,", "Jan just bought", not "since Jan".
func (d *Document) monthForSomebody(i int) bool {
	near := func(j int) bool {
		return j >= 0 && j < len(d.words) && (d.words[j].shape&shDigit != 0 || d.has(j, clsMonth|clsWeekday|clsNumberWord|clsUnit))
	}
	if near(i-2) || near(i-1) || near(i+1) || near(i+2) || d.mark(i-1, "-/|(") || d.mark(i+1, "-/|:)") || d.inList(i-1, listMonthInSentence) && !d.wordIs(i-1, "of") || d.has(i-1, clsThis|clsPartOf|clsRange) {
		return false
	}
	if d.wordIs(i-1, "of") && d.wordIn(i-2, "end", "start", "beginning", "middle", "month", "week", "most", "rest", "half") {
		return false
	}
	return d.words[i].flags&wfStart == 0 && (i == 0 || d.words[i].gap == gapSpace) && d.nameEnds(i+1) || d.wordIn(i+1, "just", "also", "then", "now") && d.didSomething(i+2) || d.inList(i+1, listPeopleAct)
}

// headOf reports that the comma i ends what somebody is of a place or body: "the chief of Wexmoor,".
func (d *Document) headOf(i int) bool {
	const longest = 5
	j := i - 1
	if !d.tightMark(i, ",") || !d.capital(j) {
		return false
	}
	for i-j < longest && d.capital(j) {
		j--
	}
	return d.wordIs(j, "of") && d.wordIn(j-2, "the", "our", "its", "their") && !d.capital(j-1) && (d.has(j-1, clsRole|clsOccupation) || d.holder(j-1) || d.wordIn(j-1, "chief", "leader", "elder", "mayor", "head", "widow", "mother", "father"))
}

// bearers masks a word that people are called, an everyday word too, where what stands around it is
// said of people: "Without Hope we", "my husband Art", "Faith (carer)", "Grace, a retired nurse,".
func bearers(d *Document, emit func(Finding)) {
	for _, n := range d.caps {
		i := int(n)
		if !d.mayBeCalled(i) || d.followsCapital(i) || d.spacedCapital(i+1) {
			continue
		}
		if rule := d.bearerRule(i); rule != "" {
			emit(d.found(i, i+1, Person, "", rule, 0.5))
		}
	}
}

// bearerRule is the rule by which the word i, which people are called, names somebody; "" if none does.
func (d *Document) bearerRule(i int) string {
	w := &d.words[i]
	starts, month := w.flags&(wfStart|wfWeak) != 0, w.cls&clsMonth != 0
	switch {
	case !starts && d.askedOf(i) && (!month || d.has(i-1, clsRelation)):
		return "given name of whom something is asked"
	case d.labelledSo(i), !starts && !month && d.style&styleTagged == 0 && d.nameStands(i), starts && !month && d.takesOn(i):
		return "given name where nothing else stands"
	case d.inCompany(i):
		return "given name beside another"
	case d.describedSo(i):
		return "given name and what somebody is"
	case d.signsOff(i):
		return "given name that signs"
	case starts && !month && d.subjectDoes(i):
		return "given name that does"
	case starts && !month && d.maysDo(i+1) && !d.seen.lower(w):
		return "given name that may do something"
	}
	return ""
}

// subjectDoes reports that the word i, nothing of which there is some and never in small letters, has
// a verb after it that people do.
func (d *Document) subjectDoes(i int) bool {
	j := i + 1
	return !d.massNoun(d.str(i)) && !d.seen.lower(&d.words[i]) && d.spacedWord(j) && !d.capital(j) &&
		(d.inList(j, listPeopleAct) || d.didSomething(j) && !d.has(j, clsCopula))
}

// notCalled reports what stands before a noun, an adjective or a verb, and before no name of somebody.
func (d *Document) notCalled(i int) bool {
	if !d.isWord(i-1) || d.words[i].gap != gapSpace {
		return false
	}
	if d.words[i].lex.grade() < 2 {
		return false
	}
	switch d.str(i - 1) {
	case "a", "an", "the", "this", "that", "these", "those", "my", "your", "our", "their", "its", "his", "her", "some", "any", "no", "each", "every", "all", "both", "much", "more", "most", "such", "what", "which",
		"of", "in", "on", "at", "into", "onto", "through", "within", "without", "per", "as", "than", "off", "out", "up", "under", "over",
		"i", "we", "you", "they", "he", "she", "it", "who", "people", "to", "not", "dont", "don't", "didnt", "didn't", "wont", "won't", "cant", "can't",
		"will", "would", "can", "could", "should", "must", "might", "may", "shall", "do", "does", "did", "be", "is", "are", "was", "were", "been", "being", "am", "has", "have", "had", "very", "so", "too", "really", "just", "quite", "always", "never", "one", "two", "good", "new", "high", "low", "little", "big":
		return true
	}
	return d.words[i-1].shape&shPoss != 0 || d.words[i-1].kind == text.Number
}
