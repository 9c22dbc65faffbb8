// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

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
