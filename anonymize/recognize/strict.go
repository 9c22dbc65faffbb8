// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// denial is default deny, or what stands around names, on its way through a document: what is
// masked so far, as what kind of finding, and what it adds under its name and with its score.
type denial struct {
	*Document
	public  termSet
	covered []bool
	kinds   []Kind
	telling []int32 // marks, and words with a capital or a digit or for a number, no labels
	out     []Finding
	name    string
	score   float64
}

// denialOf begins with what is found.
func denialOf(doc *Document, public termSet, found []Finding, b *buffers, name string, score float64) *denial {
	b.covered, b.kinds = blank(b.covered, len(doc.words)), blank(b.kinds, len(doc.words))
	d := &denial{Document: doc, public: public, covered: b.covered, kinds: b.kinds, out: b.masked[:0], name: name, score: score}
	d.telling = b.telling[:0]
	for i := range d.words {
		if w := &d.words[i]; w.flags&wfLabel == 0 && (w.kind >= text.Punct || w.shape&(shUpper1|shInner|shNoCase|shDigit) != 0 || w.cls&clsNumberWord != 0) {
			d.telling = append(d.telling, int32(i))
		}
	}
	b.telling = d.telling
	for _, f := range found {
		from, to := d.wordsOf(d.view.Reading(f.Span))
		for i := from; i < to; i++ {
			d.covered[i], d.kinds[i] = true, f.Kind
		}
	}
	return d
}

// deny reports every capitalised, unknown or numeric token that no stated
// reason clears and no finding covers yet, and what joins such tokens to one name.
func deny(doc *Document, public termSet, found []Finding, b *buffers) []Finding {
	d := denialOf(doc, public, found, b, "strict", 0.3)
	defer func() { b.masked = d.out }()
	d.denyUncleared()
	d.denyFlat()
	d.denyFlatThings()
	d.denyBeside()
	d.denyAfter()
	d.denyLetters()
	d.denyBetween()
	d.denyTitles()
	d.denyHeadings()
	d.denyKinds()
	d.denyOpening()
	d.denyExplained()
	d.denySources()
	d.denyFirst()
	d.denyQuoted()
	d.denyPhrase()
	d.denyLong()
	d.denyTold()
	d.denyLines()
	d.denyBracketed()
	d.denyPossessed()
	d.denyBetween()
	d.denyWon()
	d.denyAround()
	d.denyRuns()
	d.denyAfter() // of what was masked since
	d.denySame()
	return d.out
}

// mask adds words [from,to) to what is masked.
func (d *denial) mask(from, to int, kind Kind, sub, rule string) {
	f := d.found(from, to, kind, sub, rule, d.score)
	f.Recognizer = d.name
	if f, ok := d.tidy(f); ok {
		d.out = append(d.out, f)
		for ; from < to; from++ {
			if !d.covered[from] {
				d.covered[from], d.kinds[from] = true, kind
			}
		}
	}
}

// denyUncleared masks what no reason clears.
func (d *denial) denyUncleared() {
	for i := 0; i < len(d.words); i++ {
		if d.words[i].kind >= text.Punct || d.covered[i] {
			continue
		}
		if n := d.public.match(d.Document, i); n > 0 && !d.within(i, i+n) {
			i += n - 1
			continue
		}
		if d.strictReason(i) != "" {
			continue
		}
		kind := Other
		if d.words[i].shape&shDigit != 0 {
			kind = Code
		}
		to, sub := i+1, "unknown"
		if d.words[i].kind == text.Number || d.words[i].cls&clsNumberWord != 0 {
			to, sub = d.countedTo(d.numberEnd(to))
			switch {
			case sub != "unknown":
				kind = Other
			case d.words[i].kind != text.Number:
				sub = "count"
			}
		}
		d.mask(i, to, kind, sub, "default deny")
		i = to - 1
	}
}

// denyBeside masks a capital that is cleared by itself but stands beside one that
// is masked: "Wexmoor ID", "Kelloch NHS".
func (d *denial) denyBeside() {
	for _, n := range d.caps {
		if i := int(n); i > 0 && !d.covered[i] && d.words[i].gap == gapSpace && d.maskedCapital(i-1) && d.partOfName(i, d.kinds[i-1]) {
			d.mask(i, i+1, Other, "unknown", "beside a name")
		}
	}
	for _, n := range slices.Backward(d.caps) {
		if i := int(n); !d.covered[i] && d.spaced(i+1) && d.maskedCapital(i+1) && d.partOfName(i, d.kinds[i+1]) && d.beginsBeside(i) {
			d.mask(i, i+1, Other, "unknown", "beside a name")
		}
	}
}

// beginsBeside reports a capital that is not that of its sentence alone, before a masked name.
func (d *denial) beginsBeside(i int) bool {
	w := &d.words[i]
	return w.flags&wfStart == 0 || w.cls&clsCondition != 0 || w.allCaps() && d.kinds[i+1] != Person
}

// partOfName reports a word with a capital, no title, month, pronoun or label, that may
// be part of a longer name. A post beside a person is none.
func (d *Document) partOfName(i int, beside Kind) bool {
	w := &d.words[i]
	return w.flags&(wfLabel|wfShout) == 0 && w.cls&(clsPostnominal|clsMonth|clsWeekday) == 0 && (w.cls&clsTitle == 0 || w.cls&clsRole != 0 || beside != Person && beside != "" && !(d.spacedCapital(i+1) && i+1 < len(d.words)) && w.lex.grade() >= 2) && (w.cls&clsRole == 0 || beside != Person) && w.shape&shUpper1 != 0 && !text.IsStopWord(d.str(i))
}

// maskedCapital reports a masked word with a capital, or in a name that goes on.
func (d *denial) maskedCapital(i int) bool {
	return i >= 0 && i < len(d.words) && d.covered[i] && d.words[i].shape&(shUpper1|shInner) != 0 && d.words[i].flags&wfLabel == 0 && d.words[i].cls&(clsTitle|clsPostnominal|clsMonth|clsWeekday) == 0
}

// within reports that a capital on either side of [from,to) is masked: a public term
// that is part of a longer name.
func (d *denial) within(from, to int) bool {
	return d.words[from].gap == gapSpace && d.maskedCapital(from-1) || d.maskedCapital(to) && d.words[to].gap == gapSpace
}

// longestJoiner is how many small words and marks may stand between two parts of a name.
const longestJoiner = 3

// denyBetween makes one name of two that are masked with small words or marks between
// them: "Mind of my Own", "Towards Recovery and Well-Being". Two people and two places
// stay two.
func (d *denial) denyBetween() {
	for i := 1; i < len(d.words); i++ {
		if d.covered[i] || !d.maskedCapital(i-1) {
			continue
		}
		to, words := d.joinerEnd(i)
		if !words || !d.maskedCapital(to) || d.words[to].flags&wfStart != 0 {
			continue
		}
		from, _ := d.maskedRun(i - 1)
		start, right := d.maskedRun(to)
		if kind, sub := d.joinedKind(from, i, start, right); kind != "" {
			d.mask(from, right, kind, sub, "small word in a name")
			i = to
		}
	}
}

// maskedRun is the name of one kind around the masked word i, fifty words before and
// after it at most.
func (d *denial) maskedRun(i int) (from, to int) {
	from, to = i, i+1
	least, most := max(0, i-50), min(len(d.words), i+50)
	for from > least && d.covered[from-1] && d.kinds[from-1] == d.kinds[i] && d.words[from].gap <= gapSpace {
		from--
	}
	for to < most && d.covered[to] && d.kinds[to] == d.kinds[i] && d.words[to].gap <= gapSpace {
		to++
	}
	return from, to
}

// joinedKind is the kind of the name that the masked words [from,i) and [to,end) make
// together with what is between, "" if they stay two.
func (d *denial) joinedKind(from, i, to, end int) (Kind, string) {
	left, right := d.kinds[from], d.kinds[to]
	if left == Person && right == Person && (d.nobodys(from, i) && d.nobodys(to, end) || d.wordToWord(from, i, to)) {
		return Other, "name" // "Chai and Chat"
	}
	if left == right && (left == Place || left == Person) || !d.partOfOne(left, from, i) || !d.partOfOne(right, to, end) || d.isWhere(left, right, i, to) {
		return "", ""
	}
	for _, k := range [...]Kind{Org, Brand, Place} {
		if left == k || right == k {
			return k, ""
		}
	}
	return Other, "name"
}

// partOfOne reports that words [from,to) of a kind may be part of a longer name: of those taken
// for a person only what nobody is called.
func (d *denial) partOfOne(k Kind, from, to int) bool {
	switch k {
	case "", Org, Brand, Place, Other:
		return true
	case Person:
		for j := from; j < to; j++ {
			if d.words[j].lex&lexGiven != 0 || d.words[j].initial() {
				return false
			}
		}
		return d.titleBefore(from) < 0
	case Date, Contact, Code:
	}
	return false
}

// wordToWord reports one word and "to" or "for": "Dare to Dream".
func (d *denial) wordToWord(from, i, to int) bool {
	return i-from == 1 && to == i+1 && d.wordIn(i, "to", "for") && d.titleBefore(from) < 0 && !d.wordIs(from-1, "from")
}

// isWhere reports that the small words [i,to) between two names say where the first is.
func (d *denial) isWhere(left, right Kind, i, to int) bool {
	if left != Place && left != Person && (left != Org || right == Place || right == "") {
		return false
	}
	return d.wordIn(i, "in", "at") || d.str(to-1) == "the" && to > i+1 && d.punct(i, ',')
}

// nobodys reports that words [from,to), taken for a person, are everyday words that nobody
// is called.
func (d *Document) nobodys(from, to int) bool {
	for j := from; j < to; j++ {
		if w := &d.words[j]; w.lex.grade() < 2 || w.lex&lexGiven != 0 || w.cls&(clsForename|clsTitle) != 0 {
			return false
		}
	}
	return d.titleBefore(from) < 0
}

// denyAfter takes in the head noun of an organisation in lower case after a name,
// with a word between at most: "the Wexmoor housing office".
func (d *denial) denyAfter() {
	for i := range d.words {
		if from, to, kind := d.nounAfter(i); to > 0 {
			d.mask(from, to, kind, "", "head noun in lower case")
		}
	}
}

// nounAfter is the head noun in lower case after the masked word i; to 0 if there is none.
func (d *denial) nounAfter(i int) (from, to int, kind Kind) {
	if k := d.kinds[i]; !d.covered[i] || k == Date || k == Contact || k == Code {
		return 0, 0, ""
	}
	n := i + 1
	switch {
	case (d.tailInside(i) || d.tightMark(i-1, "-") && d.maskedCapital(i-2)) && d.lowNoun(n) && d.nameTail(n):
		return n, n + 1, Org // "the Wexmoor community forum"
	case !d.maskedCapital(i) && !d.maskedPost(i), d.has(i, clsLanguage), d.words[i].shape&shPoss != 0:
	case d.trademark(n) && d.spacedWord(n+1) && !d.covered[n+1] && d.words[n+1].shape&shUpper1 == 0 && d.nameTail(n+1):
		return n + 1, n + 2, Brand // "the Wexmoor(TM) initiative"
	case !d.lowNoun(n):
	case d.nameTail(n):
		if to = n + 1; d.lowNoun(to) && d.nameTail(to) {
			to++ // "the Wexmoor community forum"
		}
		return n, to, Org
	case !d.has(n, clsUnit) && d.lowNoun(n+1) && d.nameTail(n+1):
		return n, n + 2, Org
	}
	return 0, 0, ""
}

// lowNoun reports a word in lower case, neither masked nor a small word, on the same line.
func (d *denial) lowNoun(j int) bool {
	return d.spacedWord(j) && !d.covered[j] && d.words[j].flags&wfLabel == 0 && d.words[j].kind == text.Word &&
		d.words[j].shape&(shUpper1|shInner|shPoss) == 0 && !text.IsStopWord(d.str(j)) && !d.has(j, clsBridge|clsSaid)
}

// nameTail reports a noun with which names of bodies end.
func (d *denial) nameTail(j int) bool {
	return d.has(j, clsNameTail) || d.inList(j, listLowerTail)
}

// tailInside reports a noun in lower case that is masked as part of the name before it.
func (d *denial) tailInside(i int) bool {
	return i > 0 && d.covered[i-1] && d.isWord(i) && !d.capital(i) && !d.has(i, clsUnit) && d.nameTail(i)
}

// maskedPost reports a post with a capital that is masked as part of the name before it, no
// person's: "the Rising Ambassador programme".
func (d *denial) maskedPost(i int) bool {
	return d.has(i, clsRole) && d.capital(i) && i > 0 && d.covered[i-1] && d.kinds[i] != Person
}

// trademark reports the sign of a trade mark right after a word.
func (d *Document) trademark(i int) bool {
	if i >= len(d.words) || d.words[i].gap != gapNone {
		return false
	}
	switch d.str(i) {
	case "\u2122", "\u00ae", "tm":
		return true
	}
	return false
}

// joinerEnd is the word after the small words and marks that begin at i, and whether
// there are words among them.
func (d *Document) joinerEnd(i int) (to int, words bool) {
	for to = i; !d.lineEnds(to) && to-i < longestJoiner && d.words[to].flags&wfLabel == 0; to++ {
		switch {
		case d.isWord(to) && d.words[to].shape&(shUpper1|shInner|shDigit) == 0 && (d.has(to, clsBridge) || text.IsStopWord(d.str(to))):
			words = true
		case d.punct(to, '&'), d.punct(to, ','), d.punct(to, '-'):
		default:
			return to, words
		}
	}
	return to, words
}

// strictReason states why a token may stay under default deny.
func (d *denial) strictReason(i int) reason {
	w := &d.words[i]
	if w.cls&clsWeekday != 0 && d.oneDay(i) {
		return ""
	}
	r := d.cleared(i)
	switch {
	case r != "" && d.clearsStrictly(i, r):
		return r
	case w.cls&clsMonth != 0 && d.monthInSentence(i), r != "" && w.cls&clsWeekday != 0 && w.lex&lexGiven == 0:
		return becauseCalendar
	case d.headingWord(i):
		return becauseHeading
	case d.smallAtStart(i):
		return becauseCommon
	case d.generalSetting(i) && !d.wordIn(i+1, "government", "parliament", "ministry", "assembly"):
		return becausePublic
	case w.shape&shInner != 0 && w.allCaps() && text.IsStopWord(d.str(i)) && d.spacedWord(i+1):
		return becauseCommon // "we did NOT"
	case w.kind == text.Number:
		if w.gap >= gapLine && d.itemNumber(i) {
			return becauseItem
		}
		return ""
	case w.cls&clsNumberWord != 0 && d.attachedNumber(i):
		return becauseSmall
	case w.cls&clsNumberWord != 0 && d.counted(i), w.cls&clsOccupation != 0 && d.occupied(i):
		return ""
	case w.kind == text.Mixed:
		return d.strictMixed(i)
	case w.shape&(shUpper1|shInner|shNoCase) == 0:
		return d.strictLower(i)
	}
	return d.strictCapital(i)
}

// strictlyNamed reports a capital that nothing clears, after one that begins a sentence or, inside it,
// what follows a colon.
func (d *Document) strictlyNamed(j int, inside bool) bool {
	switch r := d.cleared(j); {
	case inside:
		return (r == "" || r == becauseKind) && !d.holder(j)
	default:
		return r == "" && d.words[j].cls&clsRole == 0
	}
}

// smallAtStart reports a small word with a capital that begins a sentence without a space before
// it: "what they create...It is theirs".
func (d *denial) smallAtStart(i int) bool {
	w := &d.words[i]
	if to, _ := d.tieEnd(i + 1); to > 0 && w.flags&(wfStart|wfWeak|wfTitle) == 0 && w.gap != gapNone && d.isWord(i-1) {
		return false // "through Get on Board"
	}
	return w.shape&(shUpper1|shInner|shLower) == shUpper1|shLower && text.IsStopWord(d.str(i)) && w.cls&(clsMonth|clsTitle) == 0 && w.lex&lexGiven == 0 && !d.spacedCapital(i+1) && !(d.capital(i-1) && w.gap == gapSpace)
}

// headingWord reports what heads a part of a text or a list, in capitals or before a colon or a
// new line: "MINUTES", "Attendees:".
func (d *Document) headingWord(i int) bool {
	w := &d.words[i]
	return w.gap >= gapLine && d.capital(i) && w.kind == text.Word && (d.mark(i+1, ":") || d.lineEnds(i+1)) && (d.has(i, clsAttendance) && w.lex&lexGiven == 0 || d.saysKind(i) || d.inList(i, listHeading))
}

// clearsStrictly reports that a reason clears word i under default deny too: what somebody may be
// called is not cleared for being a month or title, nor anything for being a count or kind.
func (d *denial) clearsStrictly(i int, r reason) bool {
	w := &d.words[i]
	switch r {
	case becauseCount, becauseKind:
		return false
	case becauseCalendar, becauseTitle:
		return w.lex&(lexGiven|lexSurname) == 0 || w.lex.grade() >= 2
	}
	return true
}

// strictMixed states why a token of letters and digits may stay.
func (d *Document) strictMixed(i int) reason {
	switch s := d.str(i); {
	case ordinalDigits(s), quantity(s):
		return becauseSmall
	case d.words[i].cls&clsTerm != 0:
		return becausePublic
	}
	return ""
}

// strictLower states why a word in lower case may stay.
func (d *Document) strictLower(i int) reason {
	w := &d.words[i]
	grade := w.lex.grade()
	switch {
	case w.end-w.start == 1,
		grade >= 2, grade == 1 && w.lex&(lexGiven|lexSurname|lexPlace) == 0,
		w.cls&(clsBridge|clsUnit|clsGeneric|clsPostnominal|clsAcronym|clsLabel|clsMedicine) != 0:
		return becauseLower
	case grade == 0 && d.inList(i, listLoanWord):
		return becauseLower
	case w.lex&lexTerm != 0, w.lex&(lexGiven|lexSurname|lexPlace|lexProper) == 0 && d.derived(i):
		return becauseTerm
	}
	return ""
}

// strictCapital states why a word with a capital may stay.
func (d *denial) strictCapital(i int) reason {
	w := &d.words[i]
	grade := w.lex.grade()
	if w.flags&(wfTitle|wfShout) == 0 && !text.IsStopWord(d.str(i)) {
		if w.allCaps() && w.end-w.start >= 4 || w.flags&(wfStart|wfWeak) != 0 && d.nameFollows(i) {
			return "" // "in ONWARD, a charity"
		}
	}
	switch {
	case w.flags&wfTitle != 0 && !text.IsStopWord(d.str(i)) && !d.plainHeading(i):
	case w.flags&(wfStart|wfTitle|wfShout) == wfStart && d.mayBeCalled(i) && (d.mark(i+1, ",:(") || d.personDoes(i) || d.didSomething(i+1) || d.modal(i+1) || d.has(i+1, clsCopula|clsSaid)):
	case w.flags&(wfStart|wfWeak|wfTitle|wfShout) != 0 && grade >= 2 && (w.lex&(lexGiven|lexSurname) == 0 || grade == 3):
		if w.flags&wfTitle != 0 {
			return becauseHeading
		}
		return becauseStart
	case grade == 3 && d.seen.lower(w) && d.roleRun(i), d.genericAlone(i), grade == 3 && w.cls&(clsRole|clsOrgHead|clsBrandHead|clsGeneric) != 0:
		return becauseCommon
	}
	return ""
}

// plainHeading reports a word of a heading that says what kind of thing follows, or that the text
// also has in lower case.
func (d *denial) plainHeading(i int) bool {
	return d.seen.lower(&d.words[i]) || d.saysKind(i) || d.holder(i) || d.has(i, clsKind|clsRole|clsAttendance|clsGeneric) || d.inList(i, listHeading)
}

// nameFollows reports a capitalised word that nothing clears right after word
// i, or after one small word: "Mind the Gut". What is masked already, without the
// small word, is a name by itself: "Thanks to Ferrant".
func (d *denial) nameFollows(i int) bool {
	j := i + 1
	if d.has(j, clsBridge) && d.words[j].shape&shUpper1 == 0 {
		if j++; j < len(d.covered) && d.covered[j] && !d.covered[j-1] {
			return false
		}
	}
	return d.spaced(j) && d.capital(j) && d.words[j].end-d.words[j].start > 1 && d.strictlyNamed(j, d.words[i].flags&wfStart == 0 && !d.postWord(i) && !d.holder(i))
}
