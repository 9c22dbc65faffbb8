// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// everyday reports that no more than its capital, or no dictionary, makes word i
// suspect.
func (d *Document) everyday(i int, margin int32) bool {
	if w := &d.words[i]; w.shape&(shUpper1|shInner|shNoCase) == 0 {
		return margin >= marginAny && margin < marginStart && d.ordinaryForm(i)
	} else if w.cls&(clsRole|clsUnit) != 0 && (d.functions(i) || d.everydayStart(i)) {
		return true
	}
	if w := &d.words[i]; margin < marginHeading && w.flags&wfTitle != 0 && w.lex.grade() == 3 && w.cls&(clsWorld|clsDemonym|clsForename) == 0 && w.shape&(shInner|shPoss) == 0 {
		return true
	}
	return margin < marginStart && (d.everydayStart(i) || d.shoutedWord(i) && d.run(i) > 2)
}

// everydayStart reports an everyday word that begins a sentence, heading or item
// and is followed by one in lower case: "Letters were", "Ward feedback",
// "Pre-meeting". A capital there says nothing.
func (d *Document) everydayStart(i int) bool {
	w := &d.words[i]
	if w.flags&wfStart == 0 && !(w.flags&wfWeak != 0 && w.lex.grade() == 3 && w.lex&(lexGiven|lexSurname|lexPlace) == 0 && w.kind == text.Word) || w.lex.grade() < 2 && w.cls&(clsRole|clsUnit) == 0 && !d.prefix(i) || w.shape&shInner != 0 || w.shape&shPoss != 0 && !d.anybody(i) || w.cls&(clsWorld|clsDemonym) != 0 || d.style&styleTagged != 0 || d.seen.inside(w) {
		return false
	}
	j := i + 1
	if w.flags&wfStart == 0 && d.afterDash(i) && (j >= len(d.words) || d.words[j].gap >= gapLine) {
		return true // "told them - Closed"
	}
	if d.punct(j, '-') && d.words[j].gap == gapNone {
		j++
		if !d.isWord(j) || attached(d.str(j)) {
			return false
		}
	} else if d.punct(j, ',') && w.lex.grade() == 3 && w.lex&lexGiven == 0 {
		return true // "Older, female patients"
	} else if w.lex&(lexGiven|lexSurname) == 0 && (d.punct(j, ':') && d.words[j].gap == gapNone || d.punct(j, '(')) {
		return true // "Timeliness: delays", "Download (PDF)"
	} else {
		if d.punct(j, '\'') && d.words[j].gap == gapNone {
			j++ // "Carers' voice"
		}
		if !d.isWord(j) || d.words[j].gap != gapSpace || d.has(j, clsSaid) && w.lex&(lexGiven|lexSurname) != 0 && w.cls&(clsRole|clsUnit) == 0 {
			return false
		}
	}
	if d.isWord(j) && d.str(j) == "estate" || d.has(j, clsPlaceHead) && w.lex&(lexSurname|lexPlace|lexProper) != 0 {
		return false // "Teal valley"
	}
	if d.has(j, clsBridge) {
		j++ // "Bullocks to Stan"
	}
	return d.isWord(j) && (!d.capital(j) || d.cleared(j) != "")
}

// afterDash reports a word after a dash between spaces: "told them - Closed".
func (d *Document) afterDash(i int) bool {
	return d.punct(i-1, '-') && d.words[i].gap == gapSpace && d.words[i-1].gap == gapSpace
}

// anybody reports a word for people of a kind, whose possessive begins a line:
// "Children's panel".
func (d *Document) anybody(i int) bool {
	w := &d.words[i]
	return (w.cls&(clsKind|clsRole|clsOccupation) != 0 || d.post1(i)) && w.lex&lexGiven == 0 && d.isWord(i+1) && d.words[i+1].gap == gapSpace && !d.capital(i+1)
}

// prefix reports the first part of "Pre-meeting".
func (d *Document) prefix(i int) bool {
	if !d.punct(i+1, '-') {
		return false
	}
	return listed(d.str(i), listPrefix)
}

// functions reports a post or department of an organisation, alone: "Legal says
// no", "ask Medical".
func (d *Document) functions(i int) bool {
	w := &d.words[i]
	return w.cls&clsRole != 0 && w.lex.grade() >= 2 && w.lex&lexGiven == 0 && w.shape&(shInner|shPoss) == 0 && w.flags&wfTitle == 0 && d.roleRun(i) &&
		!(d.isWord(i+1) && (d.str(i+1) == "of" || d.str(i+1) == "for"))
}

// ordinaryForm reports a word in lower case that no dictionary has, but which is
// made of such words: "readmissions", "homecare".
func (d *Document) ordinaryForm(i int) bool {
	w := &d.words[i]
	return w.kind == text.Word && w.shape&(shUpper1|shInner|shNoCase|shPoss) == 0 && w.lex == 0 && w.cls&taggerClasses == 0 && (d.derived(i) || d.compound(i))
}

// attached reports a word that a hyphen ties to a name: "Reading-based".
func attached(s string) bool {
	return listed(s, listAttached)
}

// awardRun reports that word i stands in capitalised words that end in "Award" or
// "Prize", by which its winners are found.
func (d *Document) awardRun(i int) bool {
	if d.words[i].shape&(shUpper1|shInner|shNoCase) == 0 || d.words[i].flags&(wfTitle|wfShout) != 0 {
		return false
	}
	from, to := d.capRun(i)
	if to-from < 3 || !d.has(to-1, clsBrandHead) {
		return false
	}
	return d.awardWord(to - 1)
}

// hometown reports where somebody is from, after a name or an age: "Ann, 43, of
// Quayside".
func (d *Document) hometown(i int) bool {
	if !d.punct(i-2, ',') || !d.capital(i) || !d.isWord(i-1) || d.words[i].gap != gapSpace || !d.isWord(i-3) {
		return false
	}
	if s := d.str(i - 1); s != "of" && s != "from" {
		return false
	}
	return d.words[i-3].kind == text.Number && d.words[i-3].end-d.words[i-3].start <= 3 || d.capital(i-3)
}

// shoutedWord reports an everyday word among words in capitals, which is no part
// of the name beside it for its capitals: "KELECHI TO WRITE TO HIM".
func (d *Document) shoutedWord(j int) bool {
	w := &d.words[j]
	return w.flags&wfShout != 0 && (w.lex.grade() >= 2 || text.IsStopWord(d.str(j))) && w.lex&(lexGiven|lexSurname) == 0 && w.cls&(clsOrgHead|clsOrgSuffix|clsPlaceHead|clsBrandHead) == 0
}
