// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// denyWorks masks titles of works in sentence case, which only their place shows: a line
// after a DOI or before its authors, and what follows authors and a year.
func (d *Document) denyWorks(covered []bool, kinds []Kind, mask strictMask) {
	d.denyCited(covered, kinds, mask)
	doi := false
	for i := 0; i < len(d.words); {
		to := d.lineEnd(i)
		named := d.authors(to, covered, kinds)
		if (doi || named) && d.titleLine(i, to) {
			mask(i, to, Brand, "title", "line that is a title")
		}
		doi = d.doiLine(i, to)
		i = to
	}
}

// doiLine reports a line that has the number of an article in it.
func (d *Document) doiLine(i, to int) bool {
	for ; i < to; i++ {
		if d.isWord(i) && d.str(i) == "doi" {
			return true
		}
	}
	return false
}

// titleLine reports a line of several words that ends as no sentence does.
func (d *Document) titleLine(i, to int) bool {
	const shortest, longest = 4, 45
	words := 0
	for j := i; j < to; j++ {
		if d.words[j].flags&wfLabel != 0 || d.has(j, clsAttendance) {
			return false
		}
		if d.isWord(j) && d.words[j].kind == text.Word {
			words++
		}
	}
	return words >= shortest && words <= longest && d.capital(d.firstWord(i, to)) && !d.punct(to-1, '.') && !d.punct(to-1, ':') && !d.punct(to-1, ',')
}

// firstWord is the first word of [i,to).
func (d *Document) firstWord(i, to int) int {
	for i < to-1 && !d.isWord(i) {
		i++
	}
	return i
}

// authors reports that the line at i holds the authors of the line before: "by" and a
// person, or several people and nobody's deeds.
func (d *Document) authors(i int, covered []bool, kinds []Kind) bool {
	if i >= len(d.words) {
		return false
	}
	person := func(j int) bool { return j < len(d.words) && covered[j] && kinds[j] == Person }
	if d.isWord(i) && d.str(i) == "by" {
		return person(i+1) && d.words[i+1].gap == gapSpace
	}
	if !person(i) {
		return false
	}
	people, others := 0, 0
	for j, to := i, d.lineEnd(i); j < to; j++ {
		switch {
		case !d.isWord(j) || d.words[j].kind == text.Number || d.str(j) == "and":
		case person(j):
			if j == i || !person(j-1) {
				people++
			}
		default:
			others++
		}
	}
	return people >= 2 && others <= people
}

// denyCited masks the title after authors and a year in brackets, up to its full stop:
// "[Oke B], [Teal A] ([2015]) Asking those who came. Journal".
func (d *Document) denyCited(covered []bool, kinds []Kind, mask strictMask) {
	const longest = 40
	for i := range d.words {
		if !d.punct(i, '(') || i == 0 || i+3 >= len(d.words) || d.words[i+1].kind != text.Number || d.words[i+1].end-d.words[i+1].start != 4 || !d.punct(i+2, ')') {
			continue
		}
		before := i - 1
		if d.punct(before, '.') {
			before--
		}
		if before < 0 || !d.isWord(before) || !(covered[before] && kinds[before] == Person || d.str(before) == "al") {
			continue
		}
		first := i + 3
		if d.punct(first, '.') || d.punct(first, ':') {
			first++
		}
		if first >= len(d.words) || !d.capital(first) || d.words[first].flags&wfLabel != 0 {
			continue
		}
		to, words := first, 0
		for ; to < len(d.words) && to-first < longest && d.words[to].gap < gapPara && !d.punct(to, '.') && !d.punct(to, '?'); to++ {
			if d.words[to].flags&wfLabel != 0 {
				break
			}
			if d.isWord(to) {
				words++
			}
		}
		if words >= 3 && (d.punct(to, '.') || d.punct(to, '?') || to == len(d.words) || d.words[to].gap >= gapPara) {
			mask(first, to, Brand, "title", "title after authors and a year")
		}
	}
}
