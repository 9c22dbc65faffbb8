// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// deny reports every capitalised, unknown or numeric token that no stated
// reason clears and no finding covers yet.
func deny(d *Document, public termSet, found []Finding) []Finding {
	covered := make([]bool, len(d.words))
	for _, f := range found {
		from, to := d.wordsOf(d.view.Reading(f.Span))
		for i := from; i < to; i++ {
			covered[i] = true
		}
	}
	var out []Finding
	for i := 0; i < len(d.words); i++ {
		if d.words[i].kind >= text.Punct {
			continue
		}
		// A small word between two that are masked belongs to them.
		if covered[i-min(i, 1)] && i > 0 && !covered[i] && d.words[i].cls&clsBridge != 0 && d.words[i].gap == gapSpace && i+1 < len(d.words) && d.words[i+1].gap == gapSpace &&
			d.capital(i+1) && d.words[i].flags&wfLabel == 0 && (covered[i+1] || d.strictReason(i+1) == "") && !conjunction(d.str(i)) {
			covered[i] = true
			out = append(out, d.found(i, i+1, Other, "unknown", "small word in a name", 0.3))
			out[len(out)-1].Recognizer = "strict"
			continue
		}
		if n := public.match(d, i); n > 0 && !covered[i] {
			i += n - 1
			continue
		}
		if covered[i] || d.strictReason(i) != "" {
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
		f := d.found(i, to, kind, sub, "default deny", 0.3)
		f.Recognizer = "strict"
		if f, ok := d.tidy(f); ok {
			out = append(out, f)
			for ; i < to; i++ {
				covered[i] = true
			}
			i--
		}
	}
	return out
}

// strictReason states why a token may stay under default deny.
func (d *Document) strictReason(i int) reason {
	w := &d.words[i]
	if r := d.cleared(i); r != "" && r != becauseCount && (w.lex&(lexGiven|lexSurname) == 0 || r != becauseCalendar && r != becauseTitle || w.lex.grade() >= 2) {
		return r
	}
	if w.cls&clsMonth != 0 && d.monthInSentence(i) || w.cls&clsWeekday != 0 && w.lex&lexGiven == 0 && d.cleared(i) != "" {
		return becauseCalendar
	}
	if w.shape&shInner != 0 && w.allCaps() && text.IsStopWord(d.str(i)) && d.isWord(i+1) && d.words[i+1].gap == gapSpace {
		return becauseCommon // "we did NOT"
	}
	if w.kind == text.Number {
		if d.listNumber(i, i+1) || d.words[i].gap >= gapLine {
			return becauseItem
		}
		return ""
	}
	if w.cls&clsNumberWord != 0 && d.counted(i) {
		return ""
	}
	if w.cls&clsOccupation != 0 && d.occupied(i) {
		return ""
	}
	if w.kind == text.Mixed {
		if s := d.str(i); ordinalDigits(s) || quantity(s) {
			return becauseSmall
		}
		if w.cls&clsTerm != 0 {
			return becausePublic
		}
		return ""
	}
	grade := w.lex.grade()
	if w.shape&(shUpper1|shInner|shNoCase) == 0 {
		switch {
		case w.end-w.start == 1:
			return becauseLower
		case grade >= 2, grade == 1 && w.lex&(lexGiven|lexSurname|lexPlace) == 0:
			return becauseLower
		case w.cls&(clsBridge|clsUnit|clsGeneric|clsPostnominal|clsAcronym|clsLabel|clsMedicine) != 0:
			return becauseLower
		case w.lex&lexTerm != 0, w.lex&(lexGiven|lexSurname|lexPlace|lexProper) == 0 && d.derived(i):
			return becauseTerm
		}
		return ""
	}
	switch {
	case w.allCaps() && w.end-w.start >= 5 && w.flags&(wfTitle|wfShout|wfStart) == 0 && !text.IsStopWord(d.str(i)):
		return "" // "in ONWARD, a charity"
	case w.flags&(wfStart|wfWeak) != 0 && w.flags&(wfTitle|wfShout) == 0 && !text.IsStopWord(d.str(i)) && d.nameFollows(i):
		return ""
	case w.flags&(wfStart|wfWeak|wfTitle|wfShout) != 0 && grade >= 2 && (w.lex&(lexGiven|lexSurname) == 0 || grade == 3):
		if w.flags&wfTitle != 0 {
			return becauseHeading
		}
		return becauseStart
	case grade == 3 && d.seen.lower(w) && (d.run(i) < 2 || d.roleRun(i)), d.genericAlone(i):
		return becauseCommon
	case grade == 3 && w.cls&(clsRole|clsOrgHead|clsBrandHead|clsGeneric) != 0:
		return becauseCommon
	}
	return ""
}

// monthInSentence reports a month's name where a month stands, though somebody
// may be called so: "in June", "since April".
func (d *Document) monthInSentence(i int) bool {
	if !d.isWord(i-1) || d.words[i].gap != gapSpace || d.words[i-1].shape&shUpper1 != 0 || d.isWord(i+1) && (d.capital(i+1) || d.words[i+1].shape&shDigit != 0) && d.words[i+1].gap == gapSpace {
		return false
	}
	switch d.str(i - 1) {
	case "in", "since", "until", "till", "during", "every", "each", "last", "next", "early", "late", "mid":
		return true
	}
	return false
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
		if d.punct(j, '-') && d.words[j].gap == gapNone || d.isWord(j) && d.str(j) == "and" && d.has(j-1, clsNumberWord) {
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
	if d.punct(j, '-') && d.words[j].gap == gapNone {
		j++
	}
	if !d.has(j, clsUnit) || d.words[j].gap >= gapLine || d.words[j].flags&wfLabel != 0 || d.words[j].shape&shUpper1 != 0 {
		return to, "unknown"
	}
	switch s := d.str(j); {
	case timeUnit(s):
		if j++; d.isWord(j) && d.str(j) == "old" && d.words[j].gap == gapSpace {
			j++
		}
		return j, "duration"
	case thingUnit(s):
		return to, "unknown"
	}
	return j + 1, "unknown"
}

func timeUnit(s string) bool {
	switch s {
	case "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "day", "days", "night", "nights", "week", "weeks",
		"weekly", "month", "months", "monthly", "year", "years", "yr", "yrs", "annual", "decade", "decades", "century", "centuries":
		return true
	}
	return false
}

// thingUnit reports a unit that is a thing or a person, not a measure.
func thingUnit(s string) bool {
	switch s {
	case "people", "patients", "participants", "members", "carers", "volunteers", "respondents", "attendees", "delegates", "families", "children",
		"adults", "staff", "nurses", "site", "sites", "centres", "countries", "session", "sessions", "workshop", "workshops", "interviews",
		"meetings", "events", "calls", "times", "point", "points", "items", "questions", "page", "pages", "word", "words", "copies", "responses":
		return true
	}
	return false
}

func conjunction(s string) bool {
	switch s {
	case "and", "in", "on", "at", "by", "with", "to", "for":
		return true
	}
	return false
}

// counted reports a number in words, two or more, that counts time or things.
func (d *Document) counted(i int) bool {
	if d.str(i) == "one" || d.str(i) == "zero" {
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
// i, or after one small word: "Mind the Gut".
func (d *Document) nameFollows(i int) bool {
	j := i + 1
	if d.has(j, clsBridge) && d.words[j].shape&shUpper1 == 0 {
		j++
	}
	return j < len(d.words) && d.capital(j) && d.words[j].gap == gapSpace && d.words[j].end-d.words[j].start > 1 && d.cleared(j) == "" && d.words[j].cls&clsRole == 0
}
