// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// joint is two findings that stand near each other, and the words of each: a small word
// between them may make them one name.
type joint struct {
	*Document
	p, f                             *Finding
	leftFrom, left, rightFrom, right int // first and last word of p and of f
}

// headNouns say what a name is of: a body, a programme or a firm.
const headNouns = clsOrgHead | clsBrandHead | clsOrgSuffix

// oneName reports that a small word between two findings makes one name of them:
// "Institute at X University", "Framework for a Y Strategy", "North X and North Y".
func (d *Document) oneName(p, f *Finding) bool {
	if p.Kind == Date && f.Kind == Date {
		return d.datesOfOne(p, f)
	}
	if !d.mayJoin(p, f) {
		return false
	}
	j := joint{Document: d, p: p, f: f, left: d.wordBefore(p.End), right: d.wordBefore(f.End)}
	j.leftFrom, _ = d.wordsOf(d.view.Reading(p.Span))
	j.rightFrom, _ = d.wordsOf(d.view.Reading(f.Span))
	switch strings.ReplaceAll(d.Text[p.End:f.Start], "\n", " ") {
	case " of ", " of the ":
		return p.Kind != Place
	case " for ", " for a ", " for an ", " for the ":
		return j.purpose()
	case " at ", " at the ":
		return j.part()
	case " in ", " in the ":
		return j.field()
	case " to ", " to the ", " with ", " with the ", " from ", " on ", " by ":
		return d.twoWords(p, f) || d.titleGoesOn(p, f)
	case " through ", " between ", " into ":
		return d.titleGoesOn(p, f)
	case " - ":
		return p.Kind == Place && f.Kind == Org
	case " and ", " & ":
		return j.and()
	}
	return false
}

// mayJoin reports two findings near enough to each other, and of such kinds, that they may
// be parts of one name.
func (d *Document) mayJoin(p, f *Finding) bool {
	const far, sure = 9, 0.7
	if f.Start <= p.End || f.Start-p.End > far || p.Score > sure || f.Score > sure {
		return false
	}
	return (partOfThing(p) || d.loose(p) || d.placesOf(p, f)) && (partOfThing(f) || d.loose(f))
}

// part reports that what follows "at" is the body that the body before it is part of:
// "Institute at Wexmoor University".
func (j joint) part() bool {
	return j.p.Kind == Org && j.f.Kind == Org && j.has(j.left, headNouns)
}

// purpose reports that what follows "for" is part of the name before it: "Framework for a
// Wexmoor Strategy".
func (j joint) purpose() bool {
	if j.p.Kind == Place {
		return false
	}
	if j.has(j.left, headNouns) {
		return true
	}
	return j.f.Kind != Place && (j.has(j.right, headNouns) || j.p.Kind == Org && j.f.Kind == Org && j.has(j.right, clsWide))
}

// field reports that what follows "in" is part of the name before it: "Partnership in
// Social Housing Commission".
func (j joint) field() bool {
	if j.loose(j.p) && j.loose(j.f) {
		return true
	}
	if j.p.Kind == Place || j.f.Kind == Place || j.p.Kind == Person && !j.loose(j.p) {
		return false
	}
	return j.awardWord(j.right) || j.has(j.right, headNouns) && j.plainFirst(j.rightFrom)
}

// and reports that "and" joins two parts of one name.
func (j joint) and() bool {
	switch {
	case j.twoWords(j.p, j.f), j.p.Kind == Brand && j.p.Subtype == "title" && j.loose(j.f),
		j.placesOfOne(), j.bodyOfPlaces(), j.placesOfBody(), j.servicesOfBody(), j.bodyOfConditions():
		return true
	}
	return j.p.Kind == Org && j.f.Kind == Org && j.has(j.right, clsOrgHead|clsOrgSuffix) && !j.has(j.left, headNouns)
}

// placesOfOne reports two places that are one: "Perth and Kinross", "North Wexmoor and
// South Wexmoor".
func (j joint) placesOfOne() bool {
	if j.p.Kind == Place && j.f.Kind == Place && j.has(j.leftFrom, clsDirection) && j.has(j.rightFrom, clsDirection) {
		return true
	}
	return j.leftFrom == j.left && j.p.Kind != Brand && j.f.Kind != Brand && j.listedPhrase(j.left, listPairedPlaces)
}

// bodyOfPlaces reports a body and the second of its places: "the County Governments of Tarn
// and Esk", "Ferrant Europe and Canada", "NHS Wexshire and Fenland".
func (j joint) bodyOfPlaces() bool {
	if j.f.Kind != Place || j.leftFrom == j.left {
		return false
	}
	switch j.p.Kind {
	case Org:
		return j.wordIs(j.left-1, "of") && j.capital(j.left-2) || j.has(j.left, clsWorld) && j.has(j.right, clsWorld) || j.healthOf()
	case Place:
		return j.healthOf()
	}
	return false
}

// healthOf reports a health service called after a place, without a head noun.
func (j joint) healthOf() bool { return j.wordIs(j.leftFrom, "nhs") && !j.has(j.left, headNouns) }

// placesOfBody reports a place and the body that is called after it and another: "Barnaby
// and Redlock Hospitals", "Wexshire and East Fenland Cancer Alliance".
func (j joint) placesOfBody() bool {
	if j.f.Kind != Org || j.rightFrom == j.right || !j.has(j.right, clsOrgHead) {
		return false
	}
	head := j.str(j.right)
	several := head[len(head)-1] == 's'
	switch j.p.Kind {
	case Place:
		return several || j.placeWord(j.rightFrom)
	case Person:
		return j.leftFrom == j.left && (several || j.words[j.left].lex&lexGiven == 0 && j.placeWord(j.rightFrom) && j.right-j.rightFrom >= 2)
	}
	return false
}

// servicesOfBody reports a body named for two things that it does, or for a thing and a
// country: "Kent and Medway NHS and Social Care Partnership Trust", "Calder Vale Maternity
// and Neonatal Voices Partnership", "Crafts and Design Scotland".
func (j joint) servicesOfBody() bool {
	if j.f.Kind != Org {
		return false
	}
	if j.str(j.left) == "nhs" && j.has(j.right, clsOrgHead|clsOrgSuffix) || j.rightFrom < j.right && j.has(j.right, clsWide) && j.loose(j.p) {
		return true
	}
	return j.leftFrom < j.left && j.has(j.left, clsKind) && j.has(j.right, clsOrgHead) && j.words[j.left].lex&lexGiven == 0
}

// bodyOfConditions reports a body named for two conditions: "the Leukaemia and Myeloma
// Society".
func (j joint) bodyOfConditions() bool {
	if j.f.Kind != Org || j.rightFrom == j.right || !j.has(j.right, clsOrgHead) || j.leftFrom != j.left || !j.conditionWord(j.rightFrom) {
		return false
	}
	return j.loose(j.p) || j.p.Kind != Person && j.p.Kind != Place && j.conditionWord(j.left)
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

// join makes one finding of neighbours that are one name.
func join(d *Document, fs []Finding) []Finding {
	out := fs[:0]
	for _, f := range fs {
		if n := len(out); n > 0 && d.grow(&out[n-1], &f) {
			continue
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

// grow adds f to p where they are one name.
func (d *Document) grow(p, f *Finding) bool {
	if d.goesOn(p, f) {
		p.End, p.Score = f.End, max(p.Score, f.Score)
		return true
	}
	if !d.oneName(p, f) {
		return false
	}
	one := *f
	one.Start, one.Score = p.Start, max(p.Score, f.Score)
	if p.Kind == Date {
		one.Subtype = "date"
	}
	if p.Kind == Org || p.Kind == Brand && f.Kind != Org {
		one.Kind, one.Subtype, one.Rule = p.Kind, p.Subtype, p.Rule
	}
	*p = one
	return true
}

// goesOn reports two findings of the same undeclared kind with nothing but a space or hyphen
// between them.
func (d *Document) goesOn(p, f *Finding) bool {
	if p.Kind != f.Kind || p.Declared || f.Declared || p.Subtype != f.Subtype || f.Start-p.End > 2 {
		return false
	}
	if f.Kind != Person && f.Kind != Org && f.Kind != Place {
		return false
	}
	switch d.Text[p.End:f.Start] {
	case " ", "-", "\u00a0":
		return true
	case ". ":
		return d.words[d.wordBefore(p.End)].initial()
	}
	return false
}

// severalPlaces reports that p is one of several places for which the body f is named:
// "Tarn, Esk and Wear Valleys NHS Trust". A given name is a person's.
func (d *Document) severalPlaces(p, f *Finding) bool {
	const far = 9
	if f.Kind != Org || f.Declared || p.Declared || p.Kind != Place && p.Kind != Person && p.Kind != Org || f.Start <= p.End || f.Start-p.End > far {
		return false
	}
	gap := strings.ReplaceAll(d.Text[p.End:f.Start], "\u2019", "'")
	from, to := d.wordsOf(d.view.Reading(p.Span))
	first, last := d.wordsOf(d.view.Reading(f.Span))
	if !d.namesPlace(from, to, gap == "'s and ") || !d.healthBody(first, last) {
		return false
	}
	switch gap {
	case " and ", " & ", "'s and ":
		return p.Kind != Org || to-from == 1
	case ", ":
		return d.listCloses(first, last)
	}
	return false
}

// namesPlace reports one or two words that a place may be called; where they own what follows, one
// that somebody is called may be a saint: "Guy's and St Thomas' NHS Foundation Trust".
func (d *Document) namesPlace(from, to int, owns bool) bool {
	if to-from > 2 || d.titleBefore(from) >= 0 {
		return false
	}
	if owns && to-from == 1 {
		return true
	}
	return (d.words[from].lex&lexGiven == 0 || d.words[from].lex&lexPlace != 0) && d.words[to-1].shape&shPoss == 0
}

// healthBody reports a body of the health service.
func (d *Document) healthBody(from, to int) bool {
	if !d.has(to-1, clsOrgHead|clsOrgSuffix) {
		return false
	}
	for i := from; i < to; i++ {
		switch d.str(i) {
		case "nhs":
			if d.has(i, clsAcronym) {
				return true
			}
		case "integrated":
			return true
		case "health":
			if d.has(i+1, clsOrgHead) {
				return true
			}
		}
	}
	return false
}

// listCloses reports that a list ends inside words [from,to): "Esk and Wear Valleys".
func (d *Document) listCloses(from, to int) bool {
	for i := from; i < to; i++ {
		if d.words[i].shape&shUpper1 == 0 && d.wordIs(i, "and") || d.punct(i, '&') {
			return true
		}
	}
	return false
}

// rank orders kinds for a word that was found as several: a person outweighs.
func rank(k Kind) int {
	switch k {
	case Person:
		return 0
	case Org:
		return 1
	case Brand:
		return 2
	}
	return 3
}

func compareEntries(a, b nameEntry) int {
	return cmp.Or(cmp.Compare(rank(a.kind), rank(b.kind)), cmp.Compare(a.entity, b.entity), cmp.Compare(a.subtype, b.subtype))
}

// looksLike reports whether a declared name is called what it would be called had
// nobody declared it: otherwise its label would say that somebody did. g is what was
// found there without the declaration, over the same span.
func looksLike(g, declared *Finding, span text.Span) bool {
	if g.Declared || g.Start > span.Start || g.End < span.End {
		return false
	}
	return g.Kind == Contact || g.Kind == declared.Kind && (g.Kind == Brand || g.Kind == Place)
}

// merge sorts findings and unites those that overlap.
func merge(d *Document, fs []Finding) []Finding {
	return mergeInto(make([]Finding, 0, len(fs)), make([]int32, len(fs)), d, fs)
}

// mergeInto is merge into out, which shares nothing with fs, by way of order.
func mergeInto(out []Finding, order []int32, d *Document, fs []Finding) []Finding {
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &fs[i], &fs[j]
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		if a.End != b.End {
			return b.End - a.End
		}
		return stronger(a, b)
	})
	for i := 0; i < len(order); {
		best := &fs[order[i]]
		span := best.Span
		j := i + 1
		for ; j < len(order) && fs[order[j]].Start < span.End; j++ {
			f := &fs[order[j]]
			span.End = max(span.End, f.End)
			if stronger(f, best) < 0 {
				best = f
			}
		}
		f := *best
		if f.Declared {
			for _, at := range order[i:j] {
				if g := &fs[at]; looksLike(g, best, span) {
					f.Kind, f.Subtype, f.Recognizer, f.Rule = g.Kind, g.Subtype, g.Recognizer, g.Rule
					break
				}
			}
		}
		f.Span = d.brackets(span)
		out = append(out, f)
		i = j
	}
	return join(d, out)
}
