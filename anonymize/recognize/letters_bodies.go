// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// writtenOut masks the words in brackets after letters that nobody knows, of which these
// are the first letters: "the CRISP register (Concerns, Requests, Ideas and Stories of
// Patients)".
func writtenOut(d *Document, emit func(Finding)) {
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '(') || d.words[i].gap != gapSpace || !d.capital(i+1) {
			continue
		}
		if letters := d.lettersBeforeBracket(i); letters != "" {
			if to, ok := d.wordsOfLetters(i+1, letters); ok {
				emit(d.found(i+1, to, Brand, "programme", "letters written out", 0.5))
			}
		}
	}
}

// lettersBeforeBracket are the letters that nobody knows before the bracket i, at most two
// words in lower case between; "" if there are none.
func (d *Document) lettersBeforeBracket(i int) string {
	const far, fewest = 2, 3
	j := i - 1
	for n := 0; n < far && d.spacedWord(j) && d.words[j].shape&(shUpper1|shInner) == 0; n++ {
		j--
	}
	if !d.isWord(j) || !d.words[j].allCaps() || d.words[j].end-d.words[j].start < fewest || d.words[j].flags&(wfShout|wfLabel) != 0 || d.cleared(j) != "" {
		return ""
	}
	if d.hyphenedLetters(j) {
		return d.str(j-2) + d.str(j)
	}
	return d.str(j)
}

// hyphenedLetters reports that a hyphen ties word i to letters before it.
func (d *Document) hyphenedLetters(i int) bool {
	return d.punct(i-1, '-') && d.words[i].gap == gapNone && d.isWord(i-2) && d.words[i-2].allCaps()
}

// wordsOfLetters is the closing bracket after words from i on, of which those with capitals begin
// with the letters, in order.
func (d *Document) wordsOfLetters(i int, letters string) (to int, ok bool) {
	const longest, fewest = 23, 3
	at, caps := 0, 0
	for to = i; to < len(d.words) && to-i < longest && !d.punct(to, ')') && d.words[to].gap < gapPara; to++ {
		if !d.capital(to) || at >= len(letters) {
			continue
		}
		caps++
		for at < len(letters) && letters[at] != d.fold[d.words[to].start] {
			at++
		}
		at++
	}
	return to, d.punct(to, ')') && caps >= fewest && at <= len(letters)
}

// lettersOfBody masks letters in general use that stand in brackets after a name of which
// they are the first letters: "the Fenland Care Partnership (FCP)". A kind has no name in it.
func lettersOfBody(d *Document, emit func(Finding)) {
	const fewest = 3
	for _, n := range d.marks {
		i := int(n)
		if !d.lettersInBrackets(i) || d.words[i+1].cls&clsAcronym == 0 || d.words[i+1].flags&(wfShout|wfLabel) != 0 {
			continue
		}
		s := d.str(i + 1)
		if first := i - len(s); first >= 0 && len(s) >= fewest && d.has(i-1, clsOrgHead) && d.beginWith(first, s) && d.namedAmong(first, i) {
			emit(d.found(i+1, i+2, Org, "acronym", "letters of a body", 0.5))
		}
	}
}

// beginWith reports that the words from i on have capitals and begin with the letters, one each.
func (d *Document) beginWith(i int, letters string) bool {
	for k := range len(letters) {
		w := &d.words[i+k]
		if !d.capital(i+k) || w.kind != text.Word || d.fold[w.start] != letters[k] || k > 0 && w.gap != gapSpace {
			return false
		}
	}
	return true
}

// namedAmong reports a word among [from,to) that says whose or where a body is.
func (d *Document) namedAmong(from, to int) bool {
	for i := from; i < to; i++ {
		w := &d.words[i]
		if w.lex.grade() < 2 || w.lex.grade() < 3 && w.lex&lexPlace != 0 && w.cls&(clsKind|clsGeneric|clsOrgHead) == 0 {
			return true
		}
	}
	return false
}

// longForm masks the words before letters in brackets that are their first letters, though
// some of them are in lower case: "Kinder letters And Minutes in Esk (KAMIE)". So many
// letters are nobody's by chance that all may be everyday words with capitals.
func longForm(d *Document, emit func(Finding)) {
	const manyLetters = 5
	for _, n := range d.marks {
		i := int(n)
		if !d.punct(i, '(') {
			continue
		}
		if from, low, ok := d.longFormAt(i); ok && (low || d.words[i+1].end-d.words[i+1].start >= manyLetters || d.bodyOfLetters(from, i)) {
			emit(d.found(from, i, Brand, "programme", "words of the letters after them", 0.5))
		}
	}
}

// longFormAt is where the words begin of which the letters in brackets at i are the first,
// and whether one of them is in lower case.
func (d *Document) longFormAt(i int) (from int, low, ok bool) {
	if !d.punct(i+2, ')') || !d.isWord(i+1) || !d.words[i+1].allCaps() || d.words[i+1].kind != text.Word || d.words[i+1].end-d.words[i+1].start < 3 || d.words[i+1].flags&(wfShout|wfLabel) != 0 || d.cleared(i+1) != "" {
		return i, false, false
	}
	if from, low, ok = d.firstLetters(i-1, i+1); !ok && d.has(i-1, clsOrgSuffix) {
		return d.firstLetters(i-2, i+1) // "Wexmoor Advice and Support for Parents SCIO (WASP)"
	}
	return from, low, ok
}

// firstLetters is where the words that end in word k begin, of which the letters of word j are
// the first.
func (d *Document) firstLetters(k, j int) (from int, low, ok bool) {
	const longest = 16
	s := d.str(j)
	n := len(s) - 1
	for ; n >= 0 && k >= 0 && j-k <= longest && d.isWord(k) && d.words[k+1].gap <= gapSpace && d.words[k].flags&wfLabel == 0; k-- {
		switch {
		case d.capital(k) && d.fold[d.words[k].start] == s[n]:
			n--
		case d.capital(k):
			n = -2
		case d.words[k].cls&clsBridge == 0 && !text.IsStopWord(d.str(k)):
			low = true
		}
	}
	return k + 1, low, n == -1
}

// lettersApart masks the words in Title Case of which a body's letters, told elsewhere in the text, are
// the first: "Wexmoor Primary Care Respiratory Group" on a line, "WPCRG agreed" below.
func lettersApart(d *Document, emit func(Finding)) {
	told := map[uint64]bool{}
	if d.whole != nil {
		told = d.whole.bodies
	} else {
		for _, n := range d.caps {
			if d.tellsBody(int(n)) {
				told[d.words[n].hash] = true
			}
		}
	}
	if len(told) == 0 {
		return
	}
	for _, n := range d.caps {
		from := int(n)
		if from > 0 && d.words[from].gap == gapSpace && d.capital(from-1) {
			continue
		}
		if hash, to := d.firstOnes(from); to > from && told[hash] && !d.punct(to, '(') {
			emit(d.found(from, to, Org, "", "words of letters told elsewhere", 0.5))
		}
	}
}

// Letters that a body is called by: fewer are some words' by chance.
const fewestOfBody, mostOfBody = 4, 8

// tellsBody reports letters that may be a body's.
func (d *Document) tellsBody(i int) bool {
	w := &d.words[i]
	n := w.end - w.start
	return n >= fewestOfBody && n <= mostOfBody && w.allCaps() && w.kind == text.Word && w.flags&(wfShout|wfLabel) == 0 && w.cls&(clsAcronym|clsTerm) == 0 && w.lex.grade() < 2
}

// firstOnes is the hash of the first letters of the words in Title Case from word from on, small words
// between them left out, and where they end; to is from where they are too few or too many.
func (d *Document) firstOnes(from int) (hash uint64, to int) {
	var letters [mostOfBody]byte
	n := 0
	for j := from; j < len(d.words) && (j == from || d.words[j].gap == gapSpace); j++ {
		switch {
		case d.capital(j) && !d.words[j].allCaps():
			if n == mostOfBody {
				return 0, from
			}
			letters[n] = d.fold[d.words[j].start]
			n, to = n+1, j+1
		case !d.has(j, clsBridge):
			j = len(d.words)
		}
	}
	if n < fewestOfBody {
		return 0, from
	}
	return wordHash(string(letters[:n])), to
}

// lettersWithin reports that an abbreviation or public term belongs to the name before it:
// "Eastmere NHS Trust", "Ashgrove CAMHS", "Bright Kidneys UK".
func (v *verdicts) lettersWithin(j int) bool {
	d := v.Document
	w := &d.words[j]
	if w.flags&wfPhrase != 0 && d.termHead(j) {
		return true
	}
	if d.spacedCapital(j + 1) {
		return w.flags&wfPhrase1 == 0 && (v.name(j+1) || d.has(j+1, clsOrgHead|clsOrgSuffix) || d.capital(j+2))
	}
	if d.inList(j, listBodyAcronym) && (v.tag(j-1) != tagPerson || v.margin(j-1) < 0) {
		return true
	}
	return w.flags&wfPhrase1 == 0 && d.str(j) == "uk"
}

// lettersOpen reports that an abbreviation or public term begins the name [next,to): "NHS
// Strathmoray", "CF Kids Together".
func (v *verdicts) lettersOpen(j, next, to int, org bool) bool {
	w := &v.words[j]
	if w.flags&wfPhrase1 == 0 && (v.str(j) == "nhs" || org && w.flags&wfPhrase == 0 && v.wordIn(j, "uk", "eu")) {
		return true
	}
	if w.flags&(wfStart|wfPhrase) != 0 || !w.allCaps() || !v.name(next) {
		return false
	}
	alone := to-next < 2 && (v.str(j) == "gp" || v.inList(j, listBodyAcronym))
	return !alone && (v.tag(next) == tagOrg || v.has(to-1, clsBrandHead|clsOrgHead))
}
