// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// deny reports every capitalised, unknown or numeric token that no stated
// reason clears and no finding covers yet, and what joins such tokens to one name.
func deny(d *Document, public termSet, found []Finding) []Finding {
	covered := make([]bool, len(d.words))
	kinds := make([]Kind, len(d.words))
	for _, f := range found {
		from, to := d.wordsOf(d.view.Reading(f.Span))
		for i := from; i < to; i++ {
			covered[i], kinds[i] = true, f.Kind
		}
	}
	var out []Finding
	mask := func(from, to int, kind Kind, sub, rule string) {
		f := d.found(from, to, kind, sub, rule, 0.3)
		f.Recognizer = "strict"
		if f, ok := d.tidy(f); ok {
			out = append(out, f)
			for ; from < to; from++ {
				covered[from] = true
			}
		}
	}
	for i := 0; i < len(d.words); i++ {
		if d.words[i].kind >= text.Punct || covered[i] {
			continue
		}
		if n := public.match(d, i); n > 0 && !d.within(covered, i, i+n) {
			i += n - 1
			continue
		}
		if d.strictReason(i, covered) != "" {
			continue
		}
		kind := Other
		if d.words[i].shape&shDigit != 0 {
			kind = Code
		}
		to, sub := i+1, "unknown"
		if d.words[i].kind == text.Number || d.words[i].cls&clsNumberWord != 0 {
			to, sub = d.countedTo(d.numberEnd(to))
			if sub != "unknown" {
				kind = Other
			}
		}
		mask(i, to, kind, sub, "default deny")
		i = to - 1
	}
	d.denyBeside(covered, kinds, mask)
	d.denyAfter(covered, kinds, mask)
	d.denyLetters(covered, kinds, mask)
	d.denyBetween(covered, kinds, mask)
	d.denyTitles(covered, kinds, mask)
	d.denyHeadings(covered, mask)
	d.denyKinds(covered, mask)
	d.denyOpening(covered, mask)
	d.denyExplained(mask)
	d.denySources(covered, kinds, mask)
	d.denyFirst(covered, kinds, mask)
	d.denyQuoted(covered, mask)
	d.denyPhrase(mask)
	d.denyLong(covered, mask)
	d.denyTold(covered, kinds, mask)
	d.denyLines(covered, kinds, mask)
	d.denyBracketed(public, covered, mask)
	d.denyPossessed(covered, kinds, mask)
	d.denyBetween(covered, kinds, mask)
	d.denyWon(covered, kinds, mask)
	d.denyAfter(covered, kinds, mask) // of what was masked since
	d.denySame(covered, mask)
	return out
}

// denyBeside masks a capital that is cleared by itself but stands beside one that
// is masked: "Wexmoor ID", "Kelloch NHS".
func (d *Document) denyBeside(covered []bool, kinds []Kind, mask func(from, to int, kind Kind, sub, rule string)) {
	for _, n := range d.caps {
		if i := int(n); !covered[i] && i > 0 && d.partOfName(i, kinds[i-1]) && d.maskedCapital(covered, i-1) && d.words[i].gap == gapSpace {
			mask(i, i+1, Other, "unknown", "beside a name")
		}
	}
	for _, n := range slices.Backward(d.caps) {
		if i := int(n); !covered[i] && d.spaced(i+1) && d.partOfName(i, kinds[i+1]) && (d.words[i].flags&wfStart == 0 || d.words[i].cls&clsCondition != 0 || d.words[i].allCaps() && kinds[i+1] != Person) && d.maskedCapital(covered, i+1) {
			mask(i, i+1, Other, "unknown", "beside a name")
		}
	}
}

// partOfName reports a word with a capital, no title, month, pronoun or label, that may
// be part of a longer name. A post beside a person is none.
func (d *Document) partOfName(i int, beside Kind) bool {
	w := &d.words[i]
	return w.flags&(wfLabel|wfShout) == 0 && w.cls&(clsPostnominal|clsMonth|clsWeekday) == 0 && (w.cls&clsTitle == 0 || w.cls&clsRole != 0 || beside != Person && beside != "" && !(d.spacedCapital(i+1) && i+1 < len(d.words)) && w.lex.grade() >= 2) && (w.cls&clsRole == 0 || beside != Person) && w.shape&shUpper1 != 0 && !text.IsStopWord(d.str(i))
}

// maskedCapital reports a masked word with a capital, or in a name that goes on.
func (d *Document) maskedCapital(covered []bool, i int) bool {
	return i >= 0 && i < len(d.words) && covered[i] && d.words[i].shape&(shUpper1|shInner) != 0 && d.words[i].flags&wfLabel == 0 && d.words[i].cls&(clsTitle|clsPostnominal|clsMonth|clsWeekday) == 0
}

// within reports that a capital on either side of [from,to) is masked: a public term
// that is part of a longer name.
func (d *Document) within(covered []bool, from, to int) bool {
	return d.words[from].gap == gapSpace && d.maskedCapital(covered, from-1) || d.maskedCapital(covered, to) && d.words[to].gap == gapSpace
}

// longestJoiner is how many small words and marks may stand between two parts of a name.
const longestJoiner = 3

// denyBetween makes one name of two that are masked with small words or marks between
// them: "Mind of my Own", "Towards Recovery and Well-Being". Two people and two places
// stay two.
func (d *Document) denyBetween(covered []bool, kinds []Kind, mask func(from, to int, kind Kind, sub, rule string)) {
	for i := 1; i < len(d.words); i++ {
		if covered[i] || !d.maskedCapital(covered, i-1) {
			continue
		}
		to, words := d.joinerEnd(i)
		if !words || !d.maskedCapital(covered, to) || d.words[to].flags&wfStart != 0 {
			continue
		}
		from, _ := d.maskedRun(covered, kinds, i-1)
		start, right := d.maskedRun(covered, kinds, to)
		if kind, sub := d.joinedKind(kinds, from, i, start, right); kind != "" {
			mask(from, right, kind, sub, "small word in a name")
			i = to
		}
	}
}

// maskedRun is the name of one kind around the masked word i.
func (d *Document) maskedRun(covered []bool, kinds []Kind, i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && covered[from-1] && kinds[from-1] == kinds[i] && d.words[from].gap <= gapSpace {
		from--
	}
	for to < len(d.words) && covered[to] && kinds[to] == kinds[i] && d.words[to].gap <= gapSpace {
		to++
	}
	return from, to
}

// joinedKind is the kind of the name that the masked words [from,i) and [to,end) make
// together with what is between, "" if they stay two.
func (d *Document) joinedKind(kinds []Kind, from, i, to, end int) (Kind, string) {
	left, right := kinds[from], kinds[to]
	one := func(k Kind, from, to int) bool {
		switch k {
		case "", Org, Brand, Place, Other:
			return true
		case Person: // a word that nobody is called, taken for a name
			for j := from; j < to; j++ {
				if d.words[j].lex&lexGiven != 0 || d.words[j].initial() {
					return false
				}
			}
			return d.titleBefore(from) < 0
		case Date, Contact, Code:
		}
		return false
	}
	if left == Person && right == Person && d.nobodys(from, i) && d.nobodys(to, end) {
		return Other, "name" // "Chai and Chat"
	}
	if left == Person && right == Person && to == i+1 && d.wordIn(i, "to", "for") && d.titleBefore(from) < 0 && !d.wordIs(from-1, "from") && i-from == 1 {
		return Other, "name" // "Dare to Dream"
	}
	if !one(left, from, i) || !one(right, to, end) || left == right && (left == Place || left == Person) {
		return "", ""
	}
	if (left == Place || left == Person || left == Org && right != Place && right != "") && (d.wordIn(i, "in", "at") || d.str(to-1) == "the" && to > i+1 && d.punct(i, ',')) {
		return "", ""
	}
	switch {
	case left == Org || right == Org:
		return Org, ""
	case left == Brand || right == Brand:
		return Brand, ""
	case left == Place || right == Place:
		return Place, ""
	}
	return Other, "name"
}

// nobodys reports that words [from,to), taken for a person, are everyday words that nobody
// is called.
func (d *Document) nobodys(from, to int) bool {
	for j := from; j < to; j++ {
		if w := &d.words[j]; w.lex.grade() < 2 || w.lex&lexGiven != 0 || w.cls&(clsForename|clsTitle) != 0 {
			return false
		}
	}
	return d.titleBefore(from) < 0
}

// denyAfter takes in the head noun of an organisation in lower case after a name,
// with a word between at most: "the Wexmoor housing office".
func (d *Document) denyAfter(covered []bool, kinds []Kind, mask func(from, to int, kind Kind, sub, rule string)) {
	plain := func(j int) bool {
		return d.spacedWord(j) && !covered[j] && d.words[j].flags&wfLabel == 0 && d.words[j].kind == text.Word &&
			d.words[j].shape&(shUpper1|shInner|shPoss) == 0 && !text.IsStopWord(d.str(j)) && !d.has(j, clsBridge|clsSaid)
	}
	tail := func(j int) bool { return d.has(j, clsNameTail) || listed(d.str(j), listLowerTail) }
	for i := range d.words {
		k := kinds[i]
		if covered[i] && i > 0 && covered[i-1] && plain(i+1) && !d.capital(i) && d.isWord(i) && tail(i) && !d.has(i, clsUnit) && tail(i+1) && k != Date && k != Contact && k != Code {
			mask(i+1, i+2, Org, "", "head noun in lower case") // "the Wexmoor community forum"
			continue
		}
		titled := covered[i] && d.has(i, clsRole) && d.capital(i) && i > 0 && covered[i-1] && k != Person // "the Rising Ambassador programme"
		if !d.maskedCapital(covered, i) && !titled || d.has(i, clsLanguage) || d.words[i].shape&shPoss != 0 || k == Date || k == Contact || k == Code {
			continue
		}
		if d.trademark(i+1) && d.spacedWord(i+2) && !covered[i+2] && d.words[i+2].shape&shUpper1 == 0 && tail(i+2) {
			mask(i+2, i+3, Brand, "", "head noun in lower case") // "the Wexmoor(TM) initiative"
			continue
		}
		switch {
		case plain(i+1) && tail(i+1):
			to := i + 2
			if plain(to) && tail(to) {
				to++ // "the Wexmoor community forum"
			}
			mask(i+1, to, Org, "", "head noun in lower case")
		case plain(i+1) && plain(i+2) && !d.has(i+1, clsUnit) && tail(i+2):
			mask(i+1, i+3, Org, "", "head noun in lower case")
		}
	}
}

// trademark reports the sign of a trade mark right after a word.
func (d *Document) trademark(i int) bool {
	if i >= len(d.words) || d.words[i].gap != gapNone {
		return false
	}
	switch d.str(i) {
	case "\u2122", "\u00ae", "tm":
		return true
	}
	return false
}

// joinerEnd is the word after the small words and marks that begin at i, and whether
// there are words among them.
func (d *Document) joinerEnd(i int) (to int, words bool) {
	for to = i; !d.lineEnds(to) && to-i < longestJoiner && d.words[to].flags&wfLabel == 0; to++ {
		switch {
		case d.isWord(to) && d.words[to].shape&(shUpper1|shInner|shDigit) == 0 && (d.has(to, clsBridge) || text.IsStopWord(d.str(to))):
			words = true
		case d.punct(to, '&'), d.punct(to, ','), d.punct(to, '-'):
		default:
			return to, words
		}
	}
	return to, words
}

// strictReason states why a token may stay under default deny.
func (d *Document) strictReason(i int, covered []bool) reason {
	w := &d.words[i]
	if w.cls&clsWeekday != 0 && d.oneDay(i) {
		return ""
	}
	if r := d.cleared(i); r != "" && r != becauseCount && r != becauseKind && (w.lex&(lexGiven|lexSurname) == 0 || r != becauseCalendar && r != becauseTitle || w.lex.grade() >= 2) {
		return r
	}
	if w.cls&clsMonth != 0 && d.monthInSentence(i) || w.cls&clsWeekday != 0 && w.lex&lexGiven == 0 && d.cleared(i) != "" {
		return becauseCalendar
	}
	if w.shape&shInner != 0 && w.allCaps() && text.IsStopWord(d.str(i)) && d.spacedWord(i+1) {
		return becauseCommon // "we did NOT"
	}
	switch {
	case w.kind == text.Number:
		if d.words[i].gap >= gapLine && d.itemNumber(i) {
			return becauseItem
		}
		return ""
	case w.cls&clsNumberWord != 0 && d.counted(i), w.cls&clsOccupation != 0 && d.occupied(i):
		return ""
	case w.kind == text.Mixed:
		return d.strictMixed(i)
	case w.shape&(shUpper1|shInner|shNoCase) == 0:
		return d.strictLower(i)
	}
	return d.strictCapital(i, covered)
}

// oneDay reports a weekday that is one day, no habit: "on Wednesday we met". "Every Wednesday"
// and "on Wednesdays" are habits.
func (d *Document) oneDay(i int) bool {
	s := d.str(i)
	for j := i + 1; j <= i+3 && d.isWord(j); j++ {
		switch d.str(j) {
		case "mornings", "afternoons", "evenings", "nights":
			return false // "on Monday and Thursday nights"
		}
	}
	if d.spacedCapital(i) && d.words[i].shape&shPoss != 0 && len(s) > 3 && d.isWord(i-1) && !d.capital(i-1) && !d.wordIn(i-1, "every", "each", "a") {
		return true // "during Friday's workshop"
	}
	return d.spacedCapital(i) && s[len(s)-1] != 's' && d.wordIs(i-1, "on")
}

// itemNumber reports a number at the start of a line that counts nothing: one of a list, or
// of one or two digits, before no word in lower case.
func (d *Document) itemNumber(i int) bool {
	w := &d.words[i]
	return d.numberedList(i) || w.end-w.start <= 2 && !(d.isWord(i+1) && d.words[i+1].gap < gapLine && d.words[i+1].shape&(shUpper1|shInner) == 0)
}

// strictMixed states why a token of letters and digits may stay.
func (d *Document) strictMixed(i int) reason {
	switch s := d.str(i); {
	case ordinalDigits(s), quantity(s):
		return becauseSmall
	case d.words[i].cls&clsTerm != 0:
		return becausePublic
	}
	return ""
}

// strictLower states why a word in lower case may stay.
func (d *Document) strictLower(i int) reason {
	w := &d.words[i]
	grade := w.lex.grade()
	switch {
	case w.end-w.start == 1,
		grade >= 2, grade == 1 && w.lex&(lexGiven|lexSurname|lexPlace) == 0,
		w.cls&(clsBridge|clsUnit|clsGeneric|clsPostnominal|clsAcronym|clsLabel|clsMedicine) != 0:
		return becauseLower
	case grade == 0 && listed(d.str(i), listLoanWord):
		return becauseLower
	case w.lex&lexTerm != 0, w.lex&(lexGiven|lexSurname|lexPlace|lexProper) == 0 && d.derived(i):
		return becauseTerm
	}
	return ""
}

// strictCapital states why a word with a capital may stay.
func (d *Document) strictCapital(i int, covered []bool) reason {
	w := &d.words[i]
	grade := w.lex.grade()
	small := text.IsStopWord(d.str(i))
	plain := w.flags&(wfTitle|wfShout) == 0
	switch {
	case plain && !small && w.allCaps() && w.end-w.start >= 4:
		return "" // "in ONWARD, a charity"
	case plain && !small && w.flags&(wfStart|wfWeak) != 0 && d.nameFollows(i, covered):
		return ""
	case w.flags&(wfStart|wfWeak|wfTitle|wfShout) != 0 && grade >= 2 && (w.lex&(lexGiven|lexSurname) == 0 || grade == 3):
		if w.flags&wfTitle != 0 {
			return becauseHeading
		}
		return becauseStart
	case grade == 3 && d.seen.lower(w) && d.roleRun(i), d.genericAlone(i):
		return becauseCommon
	case grade == 3 && w.cls&(clsRole|clsOrgHead|clsBrandHead|clsGeneric) != 0:
		return becauseCommon
	}
	return ""
}

// monthInSentence reports a month's name where a month stands, though somebody
// may be called so: "in June", "since April".
func (d *Document) monthInSentence(i int) bool {
	if !d.isWord(i-1) || d.words[i].gap != gapSpace || d.words[i-1].shape&shUpper1 != 0 || d.spacedWord(i+1) && (d.capital(i+1) || d.words[i+1].shape&shDigit != 0) {
		return false
	}
	return listed(d.str(i-1), listMonthInSentence)
}

// derived reports a contraction or a compound whose form is English.
func (d *Document) derived(i int) bool {
	s := d.str(i)
	if text.IsStopWord(s) {
		return true
	}
	lex := lexicon()
	for _, p := range [...]string{"non", "un", "re", "pre", "co", "multi", "anti", "inter", "over", "under", "sub", "mis", "out", "self", "micro", "bio", "neuro", "tele", "cyber", "semi", "post"} {
		if len(s) > len(p)+3 && s[:len(p)] == p && lex.look(wordHash(s[len(p):])).grade() >= 2 {
			return true
		}
	}
	for _, p := range [...]string{"s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "less", "able", "n't", "'ll", "'ve", "'re", "'d"} {
		if len(s) > len(p)+2 && s[len(s)-len(p):] == p && lex.look(wordHash(s[:len(s)-len(p)])).grade() >= 2 {
			return true
		}
	}
	return false
}

// compound reports two everyday words written as one: "flipchart".
func (d *Document) compound(i int) bool {
	const least = 4
	s, lex := d.str(i), lexicon()
	for k := least; k <= len(s)-least; k++ {
		if lex.look(wordHash(s[:k])).grade() == 3 && lex.look(wordHash(s[k:])).grade() == 3 {
			return true
		}
	}
	return false
}

// numberEnd is the word after a number in words that goes on at to: "thirty-eight",
// "two hundred and six".
func (d *Document) numberEnd(to int) int {
	for {
		j := to
		if d.tightMark(j, "-") || d.wordIs(j, "and") && d.has(j-1, clsNumberWord) {
			j++
		}
		if !d.has(j, clsNumberWord) || d.words[j].gap > gapSpace || d.words[j].flags&wfLabel != 0 || d.words[to-1].kind == text.Number && d.words[j].gap == gapNone {
			return to
		}
		to = j + 1
	}
}

// countedTo takes in the unit that a denied number counts, where it tells as much
// as the number does: "three years", "22 miles". What is counted stays: "eleven
// people".
func (d *Document) countedTo(to int) (int, string) {
	j := to
	if d.tightMark(j, "-") {
		j++
	}
	if !d.has(j, clsUnit) || d.words[j].gap >= gapLine || d.words[j].flags&wfLabel != 0 || d.words[j].shape&shUpper1 != 0 {
		return to, "unknown"
	}
	switch s := d.str(j); {
	case timeUnit(s):
		if j++; d.wordIs(j, "old") && d.words[j].gap == gapSpace {
			j++
		}
		return j, "duration"
	case thingUnit(s):
		return to, "unknown"
	}
	return j + 1, "unknown"
}

func timeUnit(s string) bool {
	return listed(s, listTimeUnit)
}

// thingUnit reports a unit that is a thing or a person, not a measure.
func thingUnit(s string) bool {
	return listed(s, listThingUnit)
}

// counted reports a number in words, two or more, that counts time or things.
func (d *Document) counted(i int) bool {
	if d.wordIn(i, "one", "zero") {
		return false
	}
	j := i + 1
	for n := 0; n < 4 && (d.has(j, clsNumberWord) || d.punct(j, '-')); n++ {
		j++
	}
	return d.has(j, clsUnit) || d.punct(i-1, '-') && d.has(i-2, clsNumberWord) || d.has(i-1, clsNumberWord) || d.has(i+1, clsNumberWord) || d.punct(i+1, '-')
}

// occupied reports that an occupation is said of somebody: "was a lawyer",
// "as an accountant", "former dancer".
func (d *Document) occupied(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 3 && d.words[j+1].gap == gapSpace && d.isWord(j); j-- {
		switch d.str(j) {
		case "a", "an", "as", "former", "retired", "by", "trainee", "profession", "the":
			return true
		}
	}
	return false
}

// nameFollows reports a capitalised word that nothing clears right after word
// i, or after one small word: "Mind the Gut". What is masked already, without the
// small word, is a name by itself: "Thanks to Ferrant".
func (d *Document) nameFollows(i int, covered []bool) bool {
	j := i + 1
	if d.has(j, clsBridge) && d.words[j].shape&shUpper1 == 0 {
		if j++; j < len(covered) && covered[j] && !covered[j-1] {
			return false
		}
	}
	return d.spaced(j) && d.capital(j) && d.words[j].end-d.words[j].start > 1 && d.cleared(j) == "" && d.words[j].cls&clsRole == 0
}
