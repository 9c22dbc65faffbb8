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
		w := &d.words[i]
		if w.kind >= text.Punct || w.flags&wfLabel != 0 {
			continue
		}
		next := d.spaced(i+1) && d.words[i+1].kind == text.Word && d.words[i+1].flags&wfLabel == 0
		switch s := d.str(i); {
		case s == "nhs" && next && d.lowerPlace(i+1):
			emit(d.found(i, i+2, Org, "", "nhs and a place in lower case", 0.5))
		case w.cls&clsNational != 0 && w.flags&wfPhrase == 0 && w.lex.grade() == 0 && w.shape&(shUpper1|shInner) == 0 && w.end-w.start >= 4:
			to := i + 1
			if next && d.lowerPlace(to) {
				to++ // "healthwatch wexmoor"
			}
			emit(d.found(i, to, Org, "", "national body in lower case", 0.5))
		case s == "uk" && d.ofTheUK(i):
			to := i + 1
			if next && d.lowerPlace(to) {
				to++ // "diabetes uk wexmoor"
			}
			emit(d.found(i-1, to, Org, "", "uk after a noun, in lower case", 0.5))
		case s == "st" && next && d.words[i+1].lex&lexGiven != 0 && d.words[i+1].shape&shPoss != 0:
			emit(d.found(i, i+2, Org, "", "saint in lower case", 0.5))
		case w.shape&shPoss != 0 && next && d.has(i+1, clsOrgHead) && (listed(s, listRoyal) || w.lex&lexGiven != 0 && w.lex.grade() < 2):
			emit(d.found(i, i+2, Org, orgSubtype(d.str(i+1)), "somebody's house in lower case", 0.5))
		case d.lowerPlace(i) && w.lex&lexPlace != 0 && d.isWord(i-1) && w.gap == gapSpace && locative(d.str(i-1)):
			emit(d.found(i, i+1, Place, "", "place in lower case", 0.5))
		}
	}
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
		!text.IsStopWord(d.str(j)) && !listed(d.str(j), listPrefix) && !locative(d.str(j)) && !d.has(j, clsBridge|clsSaid|clsDirection)
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
		w := &d.words[i]
		if i < last || w.kind != text.Word || w.lex&lexGiven == 0 || w.cls&(taggerClasses&^clsForename|clsMonth) != 0 || w.shape&(shUpper1|shInner) != 0 || w.flags&wfLabel != 0 || text.IsStopWord(d.str(i)) {
			continue
		}
		rare := w.lex.grade() < 2
		if !rare && w.cls&clsForename == 0 {
			continue
		}
		named := d.has(i-1, clsMet) && w.gap == gapSpace && !d.verbBefore(i-1) || d.wordIs(i-1, "and") && i-1 == last
		switch {
		case w.shape&shPoss == 0 && d.lowerSurname(i+1, rare, named):
			emit(d.found(i, i+2, Person, "", "given name and surname in lower case", 0.5))
			last = i + 2
		case d.begins(i) && w.shape&shPoss == 0 && d.has(i+1, clsSaid) && !d.has(i+1, clsCopula) && d.words[i+1].gap == gapSpace && !listed(d.str(i+1), listSpeaks):
			emit(d.found(i, i+1, Person, "", "given name in lower case that says something", 0.5))
			last = i + 1
		case w.lex.grade() == 0 && w.lex&lexTerm == 0 && w.shape&shPoss == 0 && d.words[min(i+1, len(d.words)-1)].gap == gapSpace && d.has(i+1, clsSaid) && !d.has(i+1, clsCopula) && !listed(d.str(i+1), listSpeaks),
			w.lex.grade() == 0 && w.lex&lexTerm == 0 && w.shape&shPoss == 0 && d.spacedWord(i+1) && listed(d.str(i+1), listDid):
			emit(d.found(i, i+1, Person, "", "given name in lower case that does something", 0.5))
			last = i + 1
		case rare && w.shape&shPoss == 0 && d.thanked(i) && d.nameEnds(i+1):
			emit(d.found(i, i+1, Person, "", "given name in lower case of who is thanked", 0.5))
			last = i + 1
		case d.isWord(i-1) && w.gap == gapSpace && (d.has(i-1, clsRelation) || d.str(i-1) == "nurse") && d.nameEnds(i+1):
			emit(d.found(i, i+1, Person, "", "given name in lower case of a relative", 0.5))
			last = i + 1
		}
	}
}

// thanked reports thanks to what stands at word i: "thank you to gemma".
func (d *Document) thanked(i int) bool {
	if !d.spacedWord(i-1) || !d.isWord(i-2) || d.words[i].gap != gapSpace || d.str(i-1) != "to" {
		return false
	}
	return listed(d.str(i-2), listThanked)
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
	return listed(d.str(i-1), listBegins)
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
	return n.lex.grade() == 0 || rare && n.cls&clsForename != 0 || named && n.cls&taggerClasses&^(clsForename|clsOccupation) == 0 && !listed(d.str(j), listDid)
}
