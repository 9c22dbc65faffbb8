// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// properNames masks runs of suspect words, and says what they name.
func properNames(d *Document, emit func(Finding)) {
	done := -1
	for _, n := range d.caps {
		i := int(n)
		if i <= done || !d.suspect(i) {
			continue
		}
		from, to := d.nameRun(i)
		kind, sub, rule := d.kindOf(from, to)
		emit(d.found(from, to, kind, sub, rule, 0.5))
		done = to - 1
	}
}

// nameRun widens a suspect word to the name it belongs to.
func (d *Document) nameRun(i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && d.words[from].gap == gapSpace && d.words[from-1].flags&(wfStart|wfLabel) == 0 && d.capital(from-1) &&
		d.words[from-1].cls&(clsTitle|clsMonth|clsWeekday) == 0 && d.cleared(from-1) == "" {
		from--
	}
	for to < len(d.words) {
		j := to
		if d.words[j].gap >= gapLine {
			break
		}
		// "J. Smith", "Smith-Jones", "O'Neill & Sons", "University of X"
		if d.punct(j, '.') && d.words[j-1].initial() && d.words[j].gap == gapNone || d.punct(j, '-') && d.words[j].gap == gapNone || d.punct(j, '&') || d.punct(j, '\'') && d.words[j].gap == gapNone {
			j++
		}
		for n := 0; n < 2 && d.has(j, clsBridge|clsParticle) && d.words[j].shape&shUpper1 == 0 && d.words[j].gap == gapSpace && (d.str(j) != "and" && d.str(j) != "in" && d.str(j) != "on" && d.str(j) != "to" && d.str(j) != "with" && d.str(j) != "at" && d.str(j) != "for" && d.str(j) != "by" || d.head(from, to)); n++ {
			j++
		}
		if j >= len(d.words) || d.words[j].gap >= gapLine || d.words[j].kind >= text.Punct || d.words[j].flags&wfLabel != 0 {
			break
		}
		if !(d.suspect(j) || d.capital(j) && (d.has(j, clsOrgHead|clsOrgSuffix|clsPlaceHead|clsBrandHead) || j == to && d.cleared(j) == "" && d.words[j].flags&(wfStart) == 0)) {
			break
		}
		to = j + 1
	}
	return from, to
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
func (d *Document) kindOf(from, to int) (Kind, string, string) {
	last := to - 1
	switch {
	case d.has(from-1, clsTitle) || d.punct(from-1, '.') && d.has(from-2, clsTitle):
		return Person, "", "title+capitals"
	case d.has(last, clsOrgSuffix) && to-from > 1:
		return Org, "", "legal form"
	}
	for i := from; i < to; i++ {
		if d.has(i, clsOrgHead) && to-from > 1 {
			return Org, orgSubtype(d.str(i)), "head noun"
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
	w := &d.words[last]
	switch {
	case d.has(last, clsPlaceHead) && to-from > 1:
		return Place, "", "place noun"
	case d.has(last, clsBrandHead) && to-from > 1:
		return Brand, "", "programme noun"
	case d.has(last, clsMedicine):
		return Brand, "medicine", "medicine list"
	case d.words[from].lex&lexGiven != 0 && to-from >= 2 && to-from <= 4:
		return Person, "", "given name+capitals"
	case w.lex&lexPlace != 0 && (d.isWord(from-1) && locative(d.str(from-1))):
		return Place, "", "place in context"
	case w.allCaps():
		return Org, "acronym", "capitals"
	case w.lex&lexPlace != 0 && w.lex&(lexGiven|lexSurname) == 0:
		return Place, "", "gazetteer"
	case to-from == 1 && w.lex&(lexGiven|lexSurname) != 0, to-from >= 2 && to-from <= 3:
		return Person, "", "capitals"
	}
	return Other, "name", "capitals"
}

func locative(s string) bool {
	switch s {
	case "in", "at", "near", "from", "to", "around", "across", "of", "outside":
		return true
	}
	return false
}

func orgSubtype(s string) string {
	switch s {
	case "hospital", "hospitals", "infirmary", "hospice", "clinic", "trust", "university", "college", "school", "charity", "council", "surgery", "practice",
		"court", "committee", "society", "foundation", "company", "bank":
		return s
	case "pharma", "pharmaceutical", "pharmaceuticals", "therapeutics", "biotech", "biosciences", "biopharma":
		return "pharma"
	}
	return ""
}
