// SPDX-License-Identifier: Apache-2.0

package recognize

// namesLine reports letters that end a line which begins with the name they are of, also
// those of a degree or condition: "Mark Dodds (Practice Manager) MD".
func (d *Document) namesLine(i int) bool {
	const longest = 12
	if i+1 < len(d.words) && d.words[i+1].gap < gapLine || d.words[i].gap >= gapLine {
		return false
	}
	from := i
	for from > 0 && i-from < longest && d.words[from].gap < gapLine {
		from--
	}
	for from < i && (d.has(from, clsTitle) && d.capital(from) || d.punct(from, '.')) {
		from++
	}
	s := d.str(i)
	for k := range len(s) {
		if j := from + k; j >= i || !d.capital(j) || d.words[j].allCaps() && d.words[j].end-d.words[j].start > 1 || d.fold[d.words[j].start] != s[k] || k > 0 && d.words[j].gap != gapSpace {
			return false
		}
	}
	if d.words[from].lex&lexGiven == 0 && d.titleBefore(from) < 0 {
		return false
	}
	if from += len(s); d.punct(from, '(') {
		for from < i && !d.punct(from, ')') {
			from++
		}
		from++
	}
	for from < i && !d.isWord(from) {
		from++
	}
	return from == i
}

// citedLetters reports initials after a surname in a list of authors, also those of an
// abbreviation: the AM of "Oke B, Teal AM".
func (d *Document) citedLetters(i int) bool {
	pair := func(i int) bool {
		return i >= 1 && d.isWord(i) && d.words[i].allCapsOrOne() && d.words[i].end-d.words[i].start <= 3 && d.words[i].gap == gapSpace && d.capital(i-1) && !d.words[i-1].allCaps() && d.words[i-1].lex.grade() < 3
	}
	return pair(i) && d.punct(i-2, ',') && d.words[i-2].gap == gapNone && pair(i-3) && (i < 5 || d.punct(i-5, ',') || d.punct(i-5, ':') || d.words[i-4].gap >= gapLine)
}

// lettersAmong masks letters in a list of those present that has others of the kind: the PS
// of "Attendees: Ann Oke, JL, MC, PS".
func (d *Document) lettersAmong(from, end int, emit func(Finding)) {
	item := func(j int) bool {
		return d.letters(j) && d.words[j].end-d.words[j].start <= 3 && (d.punct(j-1, ',') || d.punct(j-1, ':') || d.isWord(j-1) && d.str(j-1) == "and") &&
			(j+1 >= len(d.words) || d.words[j+1].gap >= gapLine || d.punct(j+1, ',') || d.punct(j+1, '.') || d.isWord(j+1) && d.str(j+1) == "and")
	}
	sure := 0
	for j := from; j < end && (j == from || d.words[j].gap < gapLine); j++ {
		if item(j) && d.words[j].cls&clsAcronym == 0 {
			sure++
		}
	}
	if sure < 2 {
		return
	}
	for j := from; j < end && (j == from || d.words[j].gap < gapLine); j++ {
		if item(j) {
			emit(d.found(j, j+1, Person, "initials", lettersRule, 0.5))
		}
	}
}
