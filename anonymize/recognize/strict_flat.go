// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// denyFlat is default deny for people where a capital says nothing: a given name that is a word too
// stays only where what stands around it says that it is the word.
func (d *denial) denyFlat() {
	if !d.anyFlat() {
		return
	}
	letters, called := map[uint64]bool{}, map[uint64]bool{}
	lettered := func(i int, rule string) { d.mask(i, i+1, Person, "initials", rule) }
	d.flatRoll(true, letters, lettered)
	d.flatBrackets(letters, lettered)
	for i := range d.words {
		if !d.flat(i) {
			continue
		}
		if to, rule := d.flatPerson(i, true); to > i {
			d.mask(i, to, Person, "", rule)
		} else if d.flatCalled(i) {
			d.mask(i, i+1, Person, "", "given name that may be a word")
			called[d.words[i].hash] = !text.IsStopWord(d.str(i)) && !d.massNoun(d.str(i))
		}
	}
	for i := range d.words {
		switch {
		case !d.flat(i):
		case called[d.words[i].hash] && !d.notCalled(i):
			d.mask(i, i+1, Person, "", "given name that may be a word, as before")
		case letters[d.words[i].hash] && !text.IsStopWord(d.str(i)):
			lettered(i, "letters of somebody, as before")
		case i > 0 && d.covered[i-1] && d.kinds[i-1] == Person && d.surnameOf(i):
			d.mask(i, i+1, Person, "", "surname after a given name")
		}
	}
}

// denyFlatThings takes in what stands around a masked word where a capital says nothing: the head noun
// after it, what is of it, which side of it, the other places of its list; and words whose letters follow
// in brackets, or a country as the last part of a name.
func (d *denial) denyFlatThings() {
	if !d.anyFlat() {
		return
	}
	d.flatLongForms()
	for i := range d.words {
		if !d.flat(i) {
			continue
		}
		if d.covered[i] && d.kinds[i] != Date && d.kinds[i] != Contact {
			d.flatBefore(i)
			d.flatAfter(i)
		}
		if d.has(i, clsWide) && d.words[i].cls&clsDemonym == 0 && !d.wordIs(i, "us") && d.flatNoun(i-1) && d.words[i].gap == gapSpace && !d.side(i-1) {
			from := i - 1
			if d.flatNoun(from-1) && d.words[from].gap == gapSpace {
				from--
			}
			d.mask(from, i+1, Org, "", "words before a country")
		}
	}
	for i := range d.words {
		if d.flat(i) && d.words[i].lex&lexPlace != 0 && !d.flatVerb(i) && !text.IsStopWord(d.str(i)) && d.betweenMarks(i) && d.besidePlace(i) {
			d.mask(i, i+1, Place, "", "one of several places")
		}
	}
}

// flatNoun reports a word of a name in small letters or in capitals: no small word, no verb.
func (d *Document) flatNoun(i int) bool {
	return d.flat(i) && !text.IsStopWord(d.str(i)) && !d.flatVerb(i) && d.words[i].cls&(clsNumberWord|clsMonth|clsWeekday|clsBridge|clsTitle) == 0 && d.words[i].end-d.words[i].start > 1
}

// side reports which part of a place is meant: "north", "upper".
func (d *Document) side(i int) bool {
	return d.wordIn(i, "north", "south", "east", "west", "mid", "central", "upper", "lower", "greater", "new", "great", "royal", "northern", "southern", "eastern", "western", "inner", "outer", "saint", "st")
}

// flatBefore masks the sides of the masked word i, and what is of it: "north west", "university of".
func (d *denial) flatBefore(i int) {
	from := i
	narrow := d.kinds[i] == Place || d.words[i].lex.grade() < 2
	for n := 0; n < 3 && narrow && from > 0 && d.side(from-1) && d.flat(from-1) && d.words[from].gap == gapSpace; n++ {
		from--
	}
	if d.wordIs(from-1, "of") && d.words[from].gap == gapSpace && d.words[from-1].gap == gapSpace && d.flat(from-2) && (d.has(from-2, clsOrgHead|clsPlaceHead) || d.wordIn(from-2, "friends", "university", "institute", "faculty", "college", "state", "bank", "bishop", "city", "borough")) {
		from -= 2
	}
	if from < i {
		d.mask(from, i+1, cmp.Or(d.kinds[i], Org), "", "what a name is of, or its side")
	}
}

// flatAfter masks words up to the head noun of a body or a place after the masked word i, with two words
// between at most.
func (d *denial) flatAfter(i int) {
	const between = 2
	if w := &d.words[i]; w.shape&shPoss != 0 || w.cls&(clsNumberWord|clsUnit) != 0 || d.kinds[i] == Other && w.lex.grade() >= 2 {
		return
	}
	for j := i + 1; j <= i+1+between && d.flatNoun(j) && d.words[j].gap == gapSpace; j++ {
		if !d.has(j, clsOrgHead|clsPlaceHead|clsOrgSuffix) {
			continue
		}
		for d.flatNoun(j+1) && d.words[j+1].gap == gapSpace && d.has(j+1, clsOrgHead|clsPlaceHead|clsOrgSuffix) && j < i+between*3 {
			j++
		}
		d.mask(i, j+1, Org, "", "head noun after a name without capitals")
		return
	}
}

// besidePlace reports that a comma or "and" parts word i from a place that is masked.
func (d *denial) besidePlace(i int) bool {
	masked := func(j int) bool { return j >= 0 && j < len(d.words) && d.covered[j] && d.kinds[j] == Place }
	return (d.mark(i-1, ",&") || d.wordIs(i-1, "and")) && masked(i-2) || (d.mark(i+1, ",&") || d.wordIs(i+1, "and")) && masked(i+2)
}

// flatLongForms masks words and the letters after them in brackets that are their first ones, if they are
// no abbreviation in general use, and the letters wherever they stand again.
func (d *denial) flatLongForms() {
	letters := map[uint64]bool{}
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '(') || !d.punct(i+2, ')') || !d.flat(i+1) || d.has(i+1, clsAcronym) {
			continue
		}
		s, from := d.str(i+1), i
		if len(s) < 3 || len(s) > 7 {
			continue
		}
		left := len(s)
		for j := i - 1; j >= 0 && j >= i-2*len(s) && left > 0 && d.isWord(j) && d.words[j+1].gap <= gapSpace; j-- {
			switch {
			case d.fold[d.words[j].start] == s[left-1]:
				left, from = left-1, j
			case text.IsStopWord(d.str(j)) || d.has(j, clsBridge):
			default:
				left = -1
			}
		}
		if left == 0 {
			d.mask(from, i+2, Org, "", "words whose letters follow in brackets")
			letters[d.words[i+1].hash] = d.words[i+1].lex.grade() < 2
		}
	}
	for i := range d.words {
		if len(letters) > 0 && letters[d.words[i].hash] && d.flat(i) {
			d.mask(i, i+1, Org, "acronym", "letters explained before")
		}
	}
}

// anyFlat reports that a capital says nothing somewhere in the text.
func (d *Document) anyFlat() bool {
	if d.style&styleLower != 0 {
		return true
	}
	for _, n := range d.caps {
		if d.words[n].flags&wfShout != 0 {
			return true
		}
	}
	return false
}

// flatCalled reports a given name that is a word too, where somebody may be meant.
func (d *denial) flatCalled(i int) bool {
	w := &d.words[i]
	if !d.wordName(i) && (w.lex&lexGiven == 0 || w.lex.grade() != 2) || w.end-w.start < 2 || w.cls&(clsTerm|clsPlaceHead|clsRole|clsCondition|clsUnit|clsWorld|clsWide|clsDemonym|clsAcronym) != 0 && !d.wordName(i) {
		return false
	}
	switch {
	case d.notCalled(i) && !d.turnedTo(i):
		return false
	case text.IsStopWord(d.str(i)):
		return d.beforeSurname(i)
	case d.beforeSurname(i), d.besidePerson(i), d.nextInLine(i):
		return true
	case d.virtue(i):
		return d.virtueCalled(i)
	}
	return d.flatAlone(i)
}

// virtue reports a given name that is a noun without an article too, or what somebody is like.
func (d *Document) virtue(i int) bool {
	return d.massNoun(d.str(i)) || d.inList(i, listGivenNoun)
}

// virtueCalled reports that somebody is called by such a word: who is spoken to, does what people do, has
// what people have, or signs.
func (d *Document) virtueCalled(i int) bool {
	j := i + 1
	begins := d.words[i].gap >= gapLine || d.begins(i) || d.mark(i-1, ",;:")
	return d.mark(i-1, ",") && d.wordIn(i-2, "you", "dear", "hi", "hello") && d.mark(j, ",.!") ||
		begins && d.words[i].shape&shPoss != 0 ||
		begins && !d.has(j, clsCopula) && d.flatVerb(j) ||
		d.words[i].gap >= gapLine && d.lineEnds(j) && d.style&styleFew == 0
}

// beforeSurname reports a masked word right after word i that may be the surname to it.
func (d *denial) beforeSurname(i int) bool {
	j := i + 1
	if !d.spacedWord(j) || !d.covered[j] || d.words[i].shape&shPoss != 0 {
		return false
	}
	switch d.kinds[j] {
	case Person, Other, Code, Org:
	case Place, Brand, Date, Contact:
		return false
	}
	n := &d.words[j]
	if text.IsStopWord(d.str(i)) && n.lex&(lexSurname|lexGiven) == 0 {
		return false // "will prob"
	}
	return n.lex.grade() < 2 && n.shape&shLetter != 0
}

// besidePerson reports that "and" or "&" joins word i to somebody who is masked.
func (d *denial) besidePerson(i int) bool {
	joins := func(j int) bool { return d.wordIs(j, "and") || d.mark(j, "&") }
	return joins(i-1) && i >= 2 && d.covered[i-2] && d.kinds[i-2] == Person || joins(i+1) && i+2 < len(d.words) && d.covered[i+2] && d.kinds[i+2] == Person
}

// nextInLine reports a given name and a surname right after somebody who is masked, in names without
// marks between them.
func (d *denial) nextInLine(i int) bool {
	return d.spaced(i) && i > 0 && d.covered[i-1] && d.kinds[i-1] == Person && d.flatSurname(i+1) && d.words[i+1].gap == gapSpace && d.words[i+1].lex&lexSurname != 0 && d.listedAfter(i+2)
}

// turnedTo reports what stands before somebody though it may stand before a verb or an adjective:
// "speaks to mark", "im pat".
func (d *Document) turnedTo(i int) bool {
	switch {
	case d.wordIs(i-1, "to"):
		return d.wordIn(i-2, "speak", "speaks", "spoke", "spoken", "speaking", "talk", "talks", "talked", "talking", "thanks", "you", "listen", "listens", "listened", "according", "welcome", "married", "goes", "over", "wrote", "said", "sorry", "grateful", "handed")
	case d.wordIn(i-1, "im", "i'm"):
		return d.lineEnds(i+1) || d.mark(i+1, ",.!") || d.wordIn(i+1, "and", "from", "here")
	}
	return false
}

// flatAlone reports that what stands around the given name i asks for somebody.
func (d *Document) flatAlone(i int) bool {
	j := i + 1
	line := d.words[i].gap >= gapLine
	begins := line || d.begins(i) || d.mark(i-1, ",;:-") || d.afterQuote(i)
	closes := d.lineEnds(j) || d.mark(j, ",.!?;:)\"'") || d.words[j].kind >= text.Punct && !d.mark(j, "-(/&")
	switch {
	case d.words[i].shape&shPoss != 0, d.turnedTo(i):
		return true
	case (line && (closes || d.mark(j, "-(")) || !d.isWord(i-1) && closes) && d.style&styleFew == 0:
		return true // a line of its own, "jack, who", "you, pat,"
	case begins && (d.flatVerb(j) || d.wordIn(j, "also", "never", "always", "then", "would", "will", "can", "could", "who")):
		return true
	case d.words[i].gap == gapSpace && d.asksForSomebody(i):
		return closes || d.nameEnds(j) || d.flatVerb(j) || strings.HasSuffix(d.str(j), "ly") || d.has(i-1, clsRole|clsOccupation|clsRelation)
	}
	return false
}

// afterQuote reports a quotation mark before word i.
func (d *Document) afterQuote(i int) bool {
	return i > 0 && d.words[i].gap == gapNone && d.words[i-1].kind >= text.Punct
}

// asksForSomebody reports a word before word i after which somebody is named.
func (d *Document) asksForSomebody(i int) bool {
	return d.has(i-1, clsMet|clsRole|clsOccupation|clsRelation) && !d.wordIs(i-1, "to") ||
		d.wordIn(i-1, "about", "between", "contact", "see", "seen", "meet", "tell", "ask", "thank", "thanks", "name", "member", "producer", "presenter", "champion", "but", "because", "when", "that", "if", "while", "where", "love", "cheers", "hi", "hello", "dear")
}

// surnameOf reports a word after a given name by which somebody may be called.
func (d *Document) surnameOf(i int) bool {
	if !d.given(i-1) || d.words[i-1].shape&shPoss != 0 || d.words[i].gap != gapSpace || d.has(i-1, clsMonth) {
		return false
	}
	if d.wordIn(i, "last", "best", "long", "small", "more", "little", "good", "down", "still", "day", "head") {
		return d.listedAfter(i + 1)
	}
	return d.flatSurname(i) && !strings.HasSuffix(d.str(i), "ly") && (d.words[i].lex&lexSurname != 0 || d.listedAfter(i+1) && d.words[i].cls&(clsKind|clsRole|clsOrgHead) == 0)
}
