// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// oneName reports that a small word between two findings makes one name of them:
// "Institute at X University", "Framework for a Y Strategy", "North X and North Y".
func (d *Document) oneName(p, f *Finding) bool {
	if p.Kind == Date && f.Kind == Date {
		return d.datesOfOne(p, f)
	}
	if !partOfThing(p) && !d.loose(p) && !d.placesOf(p, f) || !partOfThing(f) && !d.loose(f) || f.Start <= p.End || f.Start-p.End > 9 || p.Score > 0.7 || f.Score > 0.7 {
		return false
	}
	left, right := d.wordBefore(p.End), d.wordBefore(f.End)
	leftFrom, _ := d.wordsOf(d.view.Reading(p.Span))
	rightFrom, _ := d.wordsOf(d.view.Reading(f.Span))
	heads := clsOrgHead | clsBrandHead | clsOrgSuffix
	switch strings.ReplaceAll(d.Text[p.End:f.Start], "\n", " ") {
	case " of ", " of the ":
		return p.Kind != Place
	case " for ", " for a ", " for an ", " for the ":
		return p.Kind != Place && f.Kind != Place && (d.has(right, heads) || p.Kind == Org && f.Kind == Org && d.has(right, clsWide)) || p.Kind != Place && d.has(left, heads)
	case " at ", " at the ":
		return p.Kind == Org && f.Kind == Org && d.has(left, heads)
	case " in ", " in the ":
		return p.Kind != Place && (p.Kind != Person || d.loose(p)) && f.Kind != Place && (d.awardWord(right) || d.has(right, heads) && d.plainFirst(rightFrom)) || d.loose(p) && d.loose(f)
	case " to ", " to the ", " with ", " with the ", " from ", " on ", " by ":
		return d.twoWords(p, f) || d.titleGoesOn(p, f)
	case " through ", " between ", " into ":
		return d.titleGoesOn(p, f)
	case " - ":
		return p.Kind == Place && f.Kind == Org
	case " and ", " & ":
		if d.twoWords(p, f) || p.Kind == Brand && p.Subtype == "title" && d.loose(f) {
			return true
		}
		if leftFrom == left && p.Kind != Brand && f.Kind != Brand && d.listedPhrase(left, listPairedPlaces) {
			return true // "Perth and Kinross"
		}
		// "the County Governments of Tarn and Esk", "Ferrant Europe and Canada"
		if p.Kind == Org && f.Kind == Place && leftFrom < left && (d.wordIs(left-1, "of") && d.capital(left-2) || d.has(left, clsWorld) && d.has(right, clsWorld)) {
			return true
		}
		// "Barnaby and Redlock Hospitals"
		if f.Kind == Org && (p.Kind == Place || p.Kind == Person && leftFrom == left) && rightFrom < right && d.has(right, clsOrgHead) && d.str(right)[len(d.str(right))-1] == 's' {
			return true
		}
		// "Kent and Medway NHS and Social Care Partnership Trust"
		if f.Kind == Org && d.str(left) == "nhs" && d.has(right, clsOrgHead|clsOrgSuffix) {
			return true
		}
		// "Calder Vale Maternity and Neonatal Voices Partnership"
		if f.Kind == Org && leftFrom < left && d.has(left, clsKind) && d.has(right, clsOrgHead) && d.words[left].lex&lexGiven == 0 {
			return true
		}
		// "Crafts and Design Scotland", "NHS Wexshire and Fenland"
		if f.Kind == Org && rightFrom < right && d.has(right, clsWide) && d.loose(p) || (p.Kind == Org || p.Kind == Place) && f.Kind == Place && leftFrom < left && d.wordIs(leftFrom, "nhs") && !d.has(left, heads) {
			return true
		}
		// "Wexshire and East Fenland Cancer Alliance", "the Leukaemia and Myeloma Society"
		if f.Kind == Org && rightFrom < right && d.has(right, clsOrgHead) && (p.Kind == Place && d.placeWord(rightFrom) || leftFrom == left && (d.loose(p) || p.Kind != Person && p.Kind != Place && d.conditionWord(left)) && d.conditionWord(rightFrom)) {
			return true
		}
		return d.has(right, clsOrgHead|clsOrgSuffix) && f.Kind == Org && p.Kind == Org && !d.has(left, heads) ||
			p.Kind == Place && f.Kind == Place && d.has(leftFrom, clsDirection) && d.has(rightFrom, clsDirection)
	}
	return false
}

// titleGoesOn reports that a small word joins two parts, three words or more, of one name, of
// which one is of everyday words: "the Carers Coalition to Unlock Time".
func (d *Document) titleGoesOn(p, f *Finding) bool {
	from, to := d.wordsOf(d.view.Reading(p.Span))
	first, last := d.wordsOf(d.view.Reading(f.Span))
	thing := func(k Kind) bool { return k == Org || k == Brand }
	if !thing(p.Kind) || !thing(f.Kind) && !d.loose(f) || to-from+last-first < 3 || d.words[from].flags&wfStart != 0 && to-from < 2 {
		return false
	}
	return d.everydayOnly(from, to) || d.everydayOnly(first, last)
}

// everydayOnly reports words [from,to) with capitals that are all everyday words and no head
// nouns of bodies.
func (d *Document) everydayOnly(from, to int) bool {
	for i := from; i < to; i++ {
		if d.isWord(i) && d.words[i].cls&clsBridge == 0 && (!d.everydayCapital(i) || d.has(i, clsOrgHead|clsOrgSuffix)) {
			return false
		}
	}
	return true
}

// datesOfOne reports from when to when: "November 2016 to March 2017".
func (d *Document) datesOfOne(p, f *Finding) bool {
	if p.Declared || f.Declared || f.Start <= p.End || f.Start-p.End > 16 {
		return false
	}
	for _, s := range [...]string{p.Subtype, f.Subtype} {
		switch s {
		case "age", "time", "duration", "decade":
			return false
		}
	}
	switch d.Text[p.End:f.Start] {
	case " to ", " until ", " till ", " through ", " - ", " – ", " — ", " to the ", " through to ", " through to the ", "/":
		return true
	case " and ":
		from, _ := d.wordsOf(d.view.Reading(p.Span))
		return d.wordIs(from-1, "between")
	}
	return false
}

// plainFirst reports an everyday word, no place, with which the name of what a body is
// for goes on: "Partnership in [Social Housing Commission]".
func (d *Document) plainFirst(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && (w.lex.grade() >= 2 || d.conditionWord(i)) && w.lex&(lexGiven|lexPlace) == 0 && w.cls&(clsWorld|clsDemonym|clsDirection|clsRegion|clsMonth|clsWeekday|clsTitle|clsAcronym) == 0
}

// placeWord reports a word that begins the name of a place.
func (d *Document) placeWord(i int) bool {
	return d.has(i, clsDirection|clsWorld|clsRegion) || i >= 0 && i < len(d.words) && d.words[i].lex&lexPlace != 0 && d.words[i].lex.grade() < 3
}

// conditionWord reports a condition or a medical term.
func (d *Document) conditionWord(i int) bool {
	return d.has(i, clsCondition|clsEponym) || i >= 0 && i < len(d.words) && d.words[i].lex&lexTerm != 0
}

// placesOf reports that p, taken for a person, may be a place of the body f: "Barnaby and
// Redlock Hospitals".
func (d *Document) placesOf(p, f *Finding) bool {
	from, _ := d.wordsOf(d.view.Reading(p.Span))
	return p.Kind == Person && !p.Declared && f.Kind == Org && d.Text[p.End:max(p.End, f.Start)] == " and " && d.titleBefore(from) < 0
}

// partOfThing reports a finding that may be part of the name of a body, place or thing.
func partOfThing(f *Finding) bool {
	switch f.Subtype {
	case "address", "medicine", "demonym", "uk-postcode", "hashtag":
		return false
	}
	return !f.Declared && (f.Kind == Org || f.Kind == Brand || f.Kind == Place || f.Subtype == "name")
}

// awardWord reports "Award" or "Prize" at word i.
func (d *Document) awardWord(i int) bool {
	switch d.str(i) {
	case "award", "awards", "prize", "prizes":
		return true
	}
	return false
}

// loose reports a finding of everyday words that nobody is called, of which no more is
// known than that they are a name: "Bench" and "Beach".
func (d *Document) loose(f *Finding) bool {
	if f.Kind != Brand && f.Kind != Person && !(f.Kind == Other && f.Subtype == "name") || f.Subtype == "title" {
		return false
	}
	const longest = 8
	from, to := d.wordsOf(d.view.Reading(f.Span))
	if to-from > longest {
		return false
	}
	for i := from; i < to; i++ {
		if w := &d.words[i]; w.kind >= text.Punct || w.lex.grade() < 2 || w.lex&lexGiven != 0 || w.cls&(clsForename|clsTitle|clsMonth|clsWeekday) != 0 {
			return false
		}
	}
	return d.titleBefore(from) < 0
}

// twoWords reports two everyday words that a small word makes one name, with an article
// before: "the Boots and Bandages van".
func (d *Document) twoWords(p, f *Finding) bool {
	from, to := d.wordsOf(d.view.Reading(p.Span))
	first, last := d.wordsOf(d.view.Reading(f.Span))
	if to-from != 1 || last-first != 1 || d.words[from].hash == d.words[first].hash || !d.isWord(from-1) || d.words[from-1].shape&shUpper1 != 0 && d.words[from-1].flags&wfStart == 0 {
		return false
	}
	switch d.str(from - 1) {
	case "the", "a", "our", "their":
		return d.loose(p) && d.loose(f)
	}
	return false
}

// wordBefore is the word that ends at or before a byte of the original.
func (d *Document) wordBefore(end int) int {
	_, to := d.wordsOf(d.view.Reading(text.Span{Start: max(0, end-1), End: end}))
	return to - 1
}

// join makes one finding of neighbours that are one name: the same undeclared
// kind with nothing but a space or hyphen between.
func join(d *Document, fs []Finding) []Finding {
	out := fs[:0]
	for _, f := range fs {
		if n := len(out); n > 0 {
			p := &out[n-1]
			if p.Kind == f.Kind && !p.Declared && !f.Declared && p.Subtype == f.Subtype && (f.Kind == Person || f.Kind == Org || f.Kind == Place) && f.Start-p.End <= 2 {
				switch gap := d.Text[p.End:f.Start]; {
				case gap == " ", gap == "-", gap == "\u00a0", gap == ". " && d.words[d.wordBefore(p.End)].initial():
					p.End = f.End
					p.Score = max(p.Score, f.Score)
					continue
				}
			}
			if d.oneName(p, &f) {
				f.Start, f.Score = p.Start, max(p.Score, f.Score)
				if p.Kind == Date {
					f.Subtype = "date"
				}
				if p.Kind == Org || p.Kind == Brand && f.Kind != Org {
					f.Kind, f.Subtype, f.Rule = p.Kind, p.Subtype, p.Rule
				}
				out[n-1] = f
				continue
			}
		}
		out = append(out, f)
		for n := len(out) - 1; n > 0 && d.severalPlaces(&out[n-1], &out[n]); n-- {
			out[n].Start = out[n-1].Start
			out[n-1] = out[n]
			out = out[:n]
		}
	}
	return out
}

// severalPlaces reports that p is one of several places for which the body f is named:
// "Tarn, Esk and Wear Valleys NHS Trust". A given name is a person's.
func (d *Document) severalPlaces(p, f *Finding) bool {
	if f.Kind != Org || f.Declared || p.Declared || p.Kind != Place && p.Kind != Person && p.Kind != Org || f.Start <= p.End || f.Start-p.End > 9 {
		return false
	}
	from, to := d.wordsOf(d.view.Reading(p.Span))
	first, last := d.wordsOf(d.view.Reading(f.Span))
	gap := strings.ReplaceAll(d.Text[p.End:f.Start], "\u2019", "'")
	saint := gap == "'s and " && to-from == 1 // "Guy's and St Thomas' NHS Foundation Trust"
	if to-from > 2 || !saint && (d.words[from].lex&lexGiven != 0 && d.words[from].lex&lexPlace == 0 || d.words[to-1].shape&shPoss != 0) || d.titleBefore(from) >= 0 {
		return false
	}
	health := false
	for i := first; i < last; i++ {
		health = health || d.has(i, clsAcronym) && d.str(i) == "nhs"
		if d.str(i) == "integrated" || d.str(i) == "health" && d.has(i+1, clsOrgHead) {
			health = true
		}
	}
	if !health || !d.has(last-1, clsOrgHead|clsOrgSuffix) {
		return false
	}
	switch gap {
	case " and ", " & ", "'s and ":
		return p.Kind != Org || to-from == 1
	case ", ":
		for i := first; i < last; i++ {
			if d.words[i].shape&shUpper1 == 0 && d.wordIs(i, "and") || d.punct(i, '&') {
				return true
			}
		}
	}
	return false
}
