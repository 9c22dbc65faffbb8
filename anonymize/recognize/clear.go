// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// reason says why a capitalised or unknown token may stay readable. "" is no
// reason.
type reason string

const (
	becauseLabel     reason = "label of an earlier pass"
	becausePublic    reason = "public term"
	becauseAcronym   reason = "abbreviation in general use"
	becauseCalendar  reason = "month or weekday"
	becauseTitle     reason = "title, post or letters after a name"
	becauseEponym    reason = "eponym"
	becauseCondition reason = "condition"
	becauseStart     reason = "everyday word that begins a sentence"
	becauseHeading   reason = "everyday word in a heading"
	becauseAnnounces reason = "word that announces an identifier"
	becauseCommon    reason = "common noun with a capital"
	becauseLower     reason = "known word in lower case"
	becauseSmall     reason = "ordinal or quantity with its unit"
	becauseItem      reason = "number of an item or heading"
	becausePronoun   reason = "pronoun"
	becauseTerm      reason = "medical or scientific term"
	becausePaper     reason = "size of paper"
	becauseCount     reason = "number in words"
	becauseKind      reason = "kind of group, post, event or document"
	becauseLanguage  reason = "the language that is spoken"
	becauseKin       reason = "what everybody calls a relative"
	becauseExplained reason = "abbreviation of words in lower case"
)

// cleared states why word i, which has a capital, need not be a name. It is
// what a reader can say from the word and its place alone.
func (d *Document) cleared(i int) reason {
	if r := d.clearedByList(i); r != "" {
		return r
	}
	return d.clearedByPlace(i)
}

// clearedByList states what the lists say for word i.
func (d *Document) clearedByList(i int) reason {
	w := &d.words[i]
	switch {
	case w.flags&wfLabel != 0:
		return becauseLabel
	case d.pronoun(i):
		return becausePronoun
	}
	if because := d.clearedByClass(i); because != "" {
		return because
	}
	if d.kin(i) {
		return becauseKin
	}
	return ""
}

// clearedByClass states what the classes of word i say for it.
func (d *Document) clearedByClass(i int) reason {
	w := &d.words[i]
	switch {
	case w.cls&clsTerm != 0 && w.flags&wfPhrase != 0:
		return becausePublic
	case w.cls&clsAcronym != 0 && w.writtenAsLetters() && !d.shortenedName(i):
		return becauseAcronym
	case w.cls&clsLabel != 0 && w.allCaps() && d.announces(i):
		return becauseAnnounces
	case w.cls&(clsMonth|clsWeekday) != 0 && !d.besideName(i):
		return becauseCalendar
	case w.cls&clsEponym != 0 && d.eponym(i):
		return becauseEponym
	case w.cls&(clsTitle|clsPostnominal) != 0 && d.usedAsTitle(i):
		return becauseTitle
	case w.cls&clsCondition != 0:
		return becauseCondition
	}
	return ""
}

// writtenAsLetters reports an abbreviation in capitals, or at the start of a sentence where nobody
// is called so.
func (w *word) writtenAsLetters() bool {
	return w.allCaps() || w.shape&shInner != 0 || w.flags&wfPhrase != 0 && w.initial() || w.flags&wfStart != 0 && w.lex&(lexGiven|lexSurname) == 0
}

// shortenedName reports two letters of which only the first is a capital: "Ed", "Vi".
func (d *Document) shortenedName(i int) bool {
	w := &d.words[i]
	return w.end-w.start == 2 && w.shape&(shUpper1|shLower|shInner) == shUpper1|shLower && !text.IsStopWord(d.str(i))
}

// announces reports a label before what it labels: "ID: 7", "REF is", "NO 12".
func (d *Document) announces(i int) bool {
	return d.punct(i+1, ':') || d.wordIs(i+1, "is") || d.isWord(i+1) && d.words[i+1].shape&shDigit != 0
}

// kin reports "Mum" or "Grandad" with a capital, alone: everybody's.
func (d *Document) kin(i int) bool {
	w := &d.words[i]
	return w.shape&(shUpper1|shInner) == shUpper1 && d.inList(i, listKin) && !d.spacedCapital(i+1) && !(i > 0 && d.capital(i-1) && w.gap == gapSpace && d.words[i-1].flags&wfStart == 0)
}

// clearedByPlace states what the form of word i and its neighbours say for it.
func (d *Document) clearedByPlace(i int) reason {
	w := &d.words[i]
	switch {
	case w.kind == text.Mixed && d.paper(i):
		return becausePaper
	case d.explainedLetters(i):
		return becauseExplained
	case d.labelsLine(i):
		return becauseHeading
	case d.startsLow(i) && d.capital(i) && d.loanWord(i):
		return becauseStart
	case d.unitTail(i):
		return becauseSmall
	case w.cls&clsKind != 0 && d.kindRun(i):
		return becauseKind
	case w.cls&clsLanguage != 0 && d.asLanguage(i):
		return becauseLanguage
	case w.cls&clsNumberWord != 0 && d.startsLow(i):
		return becauseCount
	}
	return ""
}

// loanWord reports a word of another language that text in English uses: "a hui for kaumatua".
func (d *Document) loanWord(i int) bool {
	return d.words[i].lex.grade() == 0 && d.inList(i, listLoanWord, listBareContraction)
}

// startsLow reports a word, no capitals inside, that begins a sentence or line that goes on in lower
// case: "Twelve came".
func (d *Document) startsLow(i int) bool {
	w := &d.words[i]
	return w.flags&wfStart != 0 && w.shape&shInner == 0 && !d.capital(i+1)
}

// explainedLetters reports an abbreviation that the text explains, or letters that stand for
// themselves.
func (d *Document) explainedLetters(i int) bool {
	w := &d.words[i]
	if w.allCaps() {
		return d.explained[w.hash] || d.pattern(i)
	}
	return w.shape&(shInner|shLower) == shInner|shLower && d.explained[w.hash] && d.manyLetters(i)
}

// labelsLine reports what a line begins with before a colon: "Winner:", "To: all / Subject: visit".
func (d *Document) labelsLine(i int) bool {
	const shortest = 3
	if !d.punct(i+1, ':') {
		return false
	}
	w := &d.words[i]
	if w.cls&clsLineLabel != 0 && w.shape&shInner == 0 && d.words[i+1].gap == gapNone && w.end-w.start >= shortest {
		return true
	}
	return (i == 0 || w.gap >= gapLine) && d.inList(i, listAwardLabel)
}

// pronoun reports "I", alone or in a contraction, that is no initial.
func (d *Document) pronoun(i int) bool {
	w := &d.words[i]
	return w.end-w.start == 1 && d.read[w.start] == 'I' && !(w.gap == gapSpace && d.titleBefore(i) >= 0 && d.capital(i+1)) && !(d.tightMark(i+1, ".") && d.capital(i+2)) || slices.Contains(contractions[:], w.hash)
}

// surnameAfterGiven reports a title that is the surname after a given name: "Ann Dean".
func (d *Document) surnameAfterGiven(i int) bool {
	w := &d.words[i]
	return i > 0 && d.capital(i-1) && w.gap == gapSpace && d.words[i-1].lex&lexGiven != 0 && w.lex&lexSurname != 0 && d.words[i-1].cls&clsTitle == 0
}

// unitTail reports the "L" of "mmol/L".
func (d *Document) unitTail(i int) bool {
	w := &d.words[i]
	return w.end-w.start == 1 && d.tightMark(i-1, "/") && w.gap == gapNone && d.isWord(i-2) && d.words[i-2].shape&shUpper1 == 0
}

// titleAsName reports a title that is somebody's name: "Mr King", "Dr Judge".
func (d *Document) titleAsName(i int) bool {
	w := &d.words[i]
	return w.cls&clsTitle != 0 && w.flags&wfShout == 0 && d.capital(i) && w.gap == gapSpace && d.inList(i-1, listCivilTitle) && d.titleBefore(i) == i-1 && !d.capital(i+1)
}

// usedAsTitle reports a title that is neither a surname nor a whole name.
func (d *Document) usedAsTitle(i int) bool { return !d.titleAsName(i) && !d.surnameAfterGiven(i) }

// eponym reports that what follows the eponym i shows that it names no person, if no title stands
// before it. Some need nothing but a possessive or a noun in lower case: "Parkinson's", "Lewy body".
func (d *Document) eponym(i int) bool {
	w := &d.words[i]
	if d.has(i-1, clsTitle) {
		return false
	}
	next := i + 1
	if d.tightMark(next, "'") {
		next++ // "Graves' disease"
	}
	if d.has(next, clsAfterEponym) {
		return true
	}
	return w.cls&clsEponymAlone != 0 && (w.shape&shPoss != 0 || d.seen.lower(w) || d.spacedWord(next) && d.words[next].shape&shUpper1 == 0)
}

// kindRun reports that word i stands among two or more capitalised words which only
// say what kind of group, post, event or document is meant: "Steering Committee".
func (d *Document) kindRun(i int) bool {
	from, to := d.capRun(i)
	if d.words[from].flags&wfStart != 0 && from < i && text.IsStopWord(d.str(from)) {
		from++
	}
	if !d.kindsOnly(from, to) {
		return false
	}
	words := to - from
	// What joins it to more must join it to more of the kind.
	if j := d.joiner(to, 1); j > to {
		_, end := d.capRun(j)
		if !d.kindsOnly(j, end) {
			return false
		}
		words += end - j
	}
	if j := d.joiner(from-1, -1); j < from-1 && d.words[j].flags&wfStart == 0 {
		begin, _ := d.capRun(j)
		if !d.kindsOnly(begin, j+1) {
			return false
		}
		words += j + 1 - begin
	}
	return words >= 2
}

// joiner is the capitalised word beyond the "and", "of" or "&" at i, else i.
func (d *Document) joiner(i, step int) int {
	for n, j := 0, i; n < 3 && j >= 0 && !d.lineEnds(j); n, j = n+1, j+step {
		switch {
		case d.capital(j) && n > 0:
			return j
		case !d.has(j, clsBridge) && !d.punct(j, '&'):
			return i
		}
	}
	return i
}

func (d *Document) kindsOnly(from, to int) bool {
	for j := from; j < to; j++ {
		w := &d.words[j]
		switch {
		case w.shape&shPoss != 0 && j < to-1 && d.wordIn(j, "chair", "chairman", "chairwoman", "chairperson", "secretary", "treasurer", "president", "director"):
			// "Chairman's Remarks"
		case w.shape&(shInner|shPoss) != 0, w.cls&clsKind == 0 && (j < to-1 || j == from || w.cls&clsCondition == 0):
			return false // "Secondary Breast Cancer" is a condition, "Breast Cancer Care" a body
		}
	}
	return true
}

// asLanguage reports "in English", "English as a second language", and those of a list:
// "into Slovene, Greek and Polish".
func (d *Document) asLanguage(i int) bool {
	if d.spacedCapital(i + 1) {
		return false // "in Polish Square"
	}
	if d.str(i) == "english" && (d.has(i-1, clsSpoken) || d.has(i+1, clsSpoken)) || d.punct(i+1, '-') && d.has(i+2, clsSpoken) {
		return true
	}
	if d.spacedWord(i+1) && d.inList(i+1, listSpokenAfter) {
		return true
	}
	j := d.beforeLanguages(i)
	if !d.isWord(j) || d.capital(j) {
		return false
	}
	// A people is not spoken: "the Polish asked" has no such word before it.
	return d.inList(j, listSpokenBefore) && !(d.str(j) == "in" && d.nounAtOnce(i+1))
}

// beforeLanguages is the word before the list of languages that ends at word i, -1 if no language
// begins it.
func (d *Document) beforeLanguages(i int) int {
	j := i - 1
	for n := 0; n < longestLanguages && (d.punct(j, ',') || d.wordIn(j, "and", "or") || d.has(j, clsLanguage)); n++ {
		j--
	}
	if d.isWord(j+1) && d.words[j+1].cls&clsLanguage == 0 {
		return -1
	}
	return j
}

// nounAtOnce reports an everyday word in lower case right after a language: "in Polish shops".
func (d *Document) nounAtOnce(i int) bool {
	return d.spacedWord(i) && d.words[i].shape&shUpper1 == 0 && d.words[i].lex.grade() >= 2 && !text.IsStopWord(d.str(i)) && !d.has(i, clsBridge)
}

// longestLanguages is how many words and marks a list of languages may hold.
const longestLanguages = 16

// pattern reports capitals that stand for themselves: "YYY".
func (d *Document) pattern(i int) bool {
	s := d.str(i)
	return len(s) >= 3 && strings.Count(s, s[:1]) == len(s) && strings.ContainsRune("adhmnxyz", rune(s[0]))
}

// explain notes abbreviations in brackets whose letters begin the words before
// them, in lower case: "personal independence payment (PIP)". They name nobody. So do
// those of a kind of people in Title Case: "Village Health Workers (VHWs)".
// It tells of those after a bracket among words [from,to).
func (d *Document) explain(from, to int, tell func(hash uint64)) {
	const longest = 7
	for i := max(from, 1); i < to && i+2 < len(d.words); i++ {
		w := &d.words[i+1]
		if !d.punct(i, '(') || !d.punct(i+2, ')') || w.kind != text.Word || w.end-w.start > longest {
			continue
		}
		s, plural := d.str(i+1), false
		if !w.allCaps() {
			if plural = d.manyLetters(i + 1); !plural {
				continue
			}
			s = s[:len(s)-1]
		}
		first, ok := d.wordsBefore(i, s, plural)
		if !ok || !plural && d.bodyOfLetters(first, i) {
			continue
		}
		tell(w.hash)
		if plural {
			tell(wordHash(s))
		} else {
			tell(wordHash(s + "s"))
		}
	}
}

// wordsBefore is where the everyday words begin that end before the bracket i and begin with the
// letters, one each; small words between them may have none.
func (d *Document) wordsBefore(i int, letters string, plural bool) (first int, ok bool) {
	many := plural && d.isWord(i-1) && d.str(i - 1)[len(d.str(i-1))-1] == 's'
	k := i - 1
	for n := len(letters) - 1; n >= 0; n-- {
		if d.has(k, clsBridge) && d.isWord(k) && d.fold[d.words[k].start] != letters[n] || d.punct(k, '-') {
			k--
		}
		if !d.isWord(k) || !d.explains(k, many) || d.fold[d.words[k].start] != letters[n] {
			return k, false
		}
		k--
	}
	return k + 1, true
}

// explains reports an everyday word in lower case, or a kind; of many people also one with a
// capital that nobody is called.
func (d *Document) explains(k int, many bool) bool {
	w := &d.words[k]
	return w.lex.grade() >= 2 && (w.shape&(shUpper1|shInner) == 0 || w.cls&clsKind != 0 || many && d.everydayCapital(k))
}

// bodyOfLetters reports that the words [from,to) before letters in brackets are, in Title Case, a
// body or programme: "Patient Voice Network (PVN)" is one of them, a "patient voice network" is not.
func (d *Document) bodyOfLetters(from, to int) bool {
	last := d.str(to - 1)
	if !d.has(to-1, clsOrgHead) || d.words[to-1].cls&clsRole != 0 || d.words[from].flags&wfShout != 0 || last[len(last)-1] == 's' || d.words[to+1].cls&clsAcronym != 0 || d.wordIn(from-1, "a", "an") {
		return false
	}
	if d.words[to+1].end-d.words[to+1].start > 4 {
		last = "" // so many letters are a name's
	}
	switch last {
	case "committee", "board", "unit", "team", "service":
		return false // every study and hospital has such
	}
	for j := from; j < to; j++ {
		if !d.capital(j) && !d.has(j, clsBridge) {
			return false
		}
	}
	return true
}

// manyLetters reports letters with an "s" of the plural: "VHWs".
func (d *Document) manyLetters(i int) bool {
	w := &d.words[i]
	n := int(w.end-w.start) - 1
	s := d.read[w.start:w.end]
	return n >= 2 && s[n] == 's' && w.shape&(shWide|shDigit|shPoss) == 0 && strings.ToUpper(s[:n]) == s[:n]
}

// paper reports a size of paper: "one side of A4". "The A4" is a road.
func (d *Document) paper(i int) bool {
	switch d.str(i) {
	case "a0", "a1", "a2", "a3", "a4", "a5", "a6":
		before := d.words[i].flags&wfStart != 0 || d.isWord(i-1) && d.words[i-1].shape&shUpper1 == 0 && d.str(i-1) != "the"
		return before && !d.capital(i+1)
	}
	return false
}

var contractions = [...]uint64{wordHash("i'm"), wordHash("i've"), wordHash("i'd"), wordHash("i'll")}

// genericAlone reports a general noun with a capital and a determiner, "the
// Board", "our Trust", that is no part of a longer name.
func (d *Document) genericAlone(i int) bool {
	w := &d.words[i]
	if w.cls&(clsOrgHead|clsRole|clsBrandHead|clsGeneric) == 0 || w.lex.grade() < 2 || w.shape&shInner != 0 || d.run(i) > 1 || !d.isWord(i-1) || d.words[i].gap != gapSpace {
		return false
	}
	if d.spacedWord(i+1) && d.wordIn(i+1, "of", "for") {
		return false
	}
	return d.inList(i-1, listGenericAlone)
}

// afterGiven reports a month's name that is the surname after a given name: "Lily March
// wrote".
func (d *Document) afterGiven(i int) bool {
	p := i - 1
	return d.isWord(p) && d.capital(p) && d.words[i].gap == gapSpace && d.words[i].end-d.words[i].start > 3 && d.words[p].lex&lexGiven != 0 && d.words[p].shape&shPoss == 0 &&
		d.words[p].cls&(clsMonth|clsWeekday|clsPartOf|clsRange) == 0 && !text.IsStopWord(d.str(p)) && (d.didSomething(i+1) || d.has(i+1, clsSaid) || d.words[p].flags&wfStart == 0 && d.punct(i+1, ','))
}

// monthAsGiven reports a month's name before a surname, where no month stands: "we met
// May Ling Teo".
func (d *Document) monthAsGiven(i int) bool {
	w, n := &d.words[i], i+1
	if w.cls&clsMonth == 0 || w.lex&lexGiven == 0 && w.cls&clsForename == 0 || w.shape&(shInner|shPoss) != 0 || w.flags&wfShout != 0 || !d.spacedCapital(n) {
		return false
	}
	if w.flags&wfTitle != 0 && !d.mark(i-1, ":,") || w.flags&wfStart != 0 && !d.capital(n+1) || !d.maySurname(n) {
		return false
	}
	p := i - 1
	return !d.isWord(p) || !d.inList(p, listMonthInSentence) && d.words[p].shape&shDigit == 0 && !d.has(p, clsThis|clsPartOf|clsMonth)
}

// maySurname reports a surname, or a word that no dictionary has.
func (d *Document) maySurname(i int) bool {
	w := &d.words[i]
	return (w.lex&(lexSurname|lexGiven) != 0 || w.lex.grade() == 0) && w.cls&(clsMonth|clsWeekday|clsOrgHead|clsRole|clsKind|clsAcronym) == 0
}

// besideName reports that word i stands where a name would: after a title, or
// between other capitalised words of unknown meaning.
func (d *Document) besideName(i int) bool {
	return d.has(i-1, clsTitle) || d.punct(i-1, '.') && d.has(i-2, clsTitle) || d.afterGiven(i) || d.monthAsGiven(i) ||
		d.isWord(i-1) && d.capital(i-1) && d.words[i-1].lex.grade() == 0 && d.words[i-1].cls&taggerClasses == 0 && d.words[i].gap == gapSpace && d.words[i-1].lex&lexGiven != 0
}

// ordinary reports a word that also stands in dictionaries in lower case.
func (d *Document) ordinary(i int, grade int) bool { return d.words[i].lex.grade() >= grade }

// suspect reports whether a capitalised word is to be treated as (part of) a
// name in the balanced strength.
func (d *Document) suspect(i int) bool {
	w := &d.words[i]
	if !d.capitalName(i) || w.shape&shLetter == 0 || d.cleared(i) != "" {
		return false
	}
	grade := w.lex.grade()
	switch {
	case w.flags&wfShout != 0:
		return grade == 0
	case w.flags&wfTitle != 0:
		return grade == 0 || w.cls&clsWorld != 0
	case w.flags&(wfStart|wfWeak) != 0:
		return d.suspectStart(i)
	case grade >= 2 && (d.seen.lower(w) || w.cls&clsRole != 0):
		// a common noun with a capital, unless it belongs to a longer name
		return d.run(i) >= 2 && !d.roleRun(i)
	}
	return true
}

// suspectStart is suspect where the place of word i alone may give it its capital.
func (d *Document) suspectStart(i int) bool {
	w := &d.words[i]
	grade := w.lex.grade()
	return w.cls&clsWorld != 0 || grade < 2 && d.seen.inside(w) || grade == 0 && !(w.lex == 0 && w.kind == text.Word && d.derived(i))
}
