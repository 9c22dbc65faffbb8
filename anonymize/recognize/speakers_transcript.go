// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// transcript masks the letters of those who speak, which no colon follows: "CT  Yes, I did."
// It takes several such lines of more than one speaker, and then an abbreviation is
// somebody too. A list that says whose letters they are ("CT - Caroline Tull") is enough
// by itself.
func transcript(d *Document, emit func(Finding)) {
	const fewest = 4
	var at []int
	lines := map[uint64]int{}
	for _, n := range d.caps {
		i := int(n)
		if d.lettersNamed(i) {
			emit(d.found(i, i+1, Person, "initials", lettersRule, 0.5))
		}
		if d.speakerLetters(i) {
			at = append(at, i)
			lines[d.words[i].hash]++
		}
	}
	again := 0
	for _, n := range lines {
		if n > 1 {
			again++
		}
	}
	if len(at) < fewest || len(lines) < 2 || again == 0 {
		return
	}
	for _, i := range at {
		rule := lettersRule
		if d.words[i].initial() {
			rule = "speaker"
		}
		emit(d.found(i, i+1, Person, "initials", rule, 0.5))
	}
}

// speakerLetters reports one to three letters that begin a line on which somebody says
// something: a capital, an opening mark or points follow, or a gap.
func (d *Document) speakerLetters(i int) bool {
	w := &d.words[i]
	if n := w.end - w.start; w.kind != text.Word || n > 3 || !w.allCapsOrOne() || i > 0 && w.gap < gapLine || w.flags&wfLabel != 0 || w.cls&clsNational != 0 || listed(d.str(i), listBodyAcronym|listActingLetters) {
		return false
	}
	if d.str(i) == "q" || d.str(i) == "a" || d.str(i) == "i" || d.str(i) == "nhs" {
		return false
	}
	j := i + 1
	if j >= len(d.words) || d.words[j].gap == gapNone || d.words[j].gap >= gapLine {
		return false
	}
	if d.words[j].gap == gapWide {
		return true
	}
	return d.capital(j) && !d.words[j].allCaps() && d.words[j].lex.grade() >= 2 || d.punct(j, '.') || d.punct(j, '(') || d.punct(j, '"')
}

// lettersNamed reports letters whose owner a dash or an equals sign names: "CT - Caroline Tull".
func (d *Document) lettersNamed(i int) bool {
	w := &d.words[i]
	n := int(w.end - w.start)
	if w.kind != text.Word || !w.allCaps() || n > 3 || w.flags&wfLabel != 0 || !d.punct(i+1, '-') && !d.punct(i+1, '=') && !d.punct(i+1, ':') || d.words[i+1].gap > gapSpace {
		return false
	}
	s := d.str(i)
	first := i + 2
	if first+n > len(d.words) || len(s) != n {
		return false
	}
	for k := range n {
		if j := first + k; !d.capital(j) || d.words[j].gap != gapSpace || d.fold[d.words[j].start] != s[k] {
			return false
		}
	}
	return d.words[first].lex&lexGiven != 0 && (d.words[first].lex.grade() < 2 || d.has(first, clsForename)) && d.words[first].shape&shInner == 0
}
