// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"context"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// nameFinder masks names that nobody declared: what the tagger takes for a
// name, and what the shape and place of a word make suspect.
type nameFinder struct{ model func() taggerModel }

// Name is "name".
func (nameFinder) Name() string { return "name" }

// Recognize finds names.
func (n nameFinder) Recognize(ctx context.Context, d *Document) ([]Finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v := d.verdicts(n.model())
	var out []Finding
	done := -1
	for k := range v.at {
		i := int(v.at[k])
		if i <= done || !v.name(i) {
			continue
		}
		from, to := v.run(i)
		for from < to-1 && v.words[from].shape&shUpper1 == 0 && v.words[from].cls&(clsBridge|clsParticle) == clsBridge && d.str(from) != "the" {
			from++ // "of Wexmoor"
		}
		for to > from+1 && v.words[to-1].shape&shUpper1 == 0 && d.str(to-1) == "and" {
			to--
		}
		if to-from == 1 && d.str(i) == "the" {
			continue // "The" is part of a name at most
		}
		kind, sub, rule := v.kindOf(from, to)
		from, to, kind, sub = v.widen(from, to, kind, sub)
		f := d.found(from, to, kind, sub, rule, 0.5)
		f.Recognizer = "name"
		out = append(out, f)
		done = to - 1
	}
	return out, nil
}

// verdicts holds the decision on every candidate word.
type verdicts struct {
	*Document
	at     []int32 // the candidates, in order
	tags   []tag   // by word
	margin []int32 // by word; how much the tag beats "no name", in 1/32 logit
	is     []bool  // by word
}

// What the tagger's margin must reach: for any candidate, for a word whose
// shape makes it suspect, and for a suspect word that no dictionary has.
const (
	marginAny       = -48
	marginSuspect   = -70
	marginUnknown   = -170
	marginInner     = -10
	marginForeign   = -72
	marginStart     = 0   // for an everyday word whose capital is that of its sentence
	marginSmall     = 16  // more, for a small word
	marginHeading   = 0   // for an everyday word in a heading
	marginGeneric   = 60  // for a general noun with a capital and an article
	marginTitleLine = 190 // for everyday words in headings and items of a long text in Title Case
	marginAlone     = 55  // for a word that says a kind of body or document, alone
	// In posts, capitals mean less.
	marginPost = 135
	// In long texts one mention missed undoes all the others.
	marginLong = 8
)

func (d *Document) verdicts(m taggerModel) *verdicts {
	n := len(d.words)
	v := &verdicts{Document: d, tags: make([]tag, n), margin: make([]int32, n), is: make([]bool, n)}
	f := featureSet{d: d, slots: make([]uint32, 0, 64)}
	for i := range d.words {
		if !d.candidate(i) {
			continue
		}
		t, margin := best(m.scores(f.of(i, 0)))
		v.at = append(v.at, int32(i))
		v.tags[i], v.margin[i] = t, margin
		v.is[i] = d.decide(i, margin)
	}
	v.inner(m, &f)
	for k := range d.words {
		if v.is[k] && k > 0 && d.words[k].cls&clsBridge != 0 {
			if from, _ := d.capRun(k - 1); d.andSomebody(from, k, k) {
				v.is[k] = false
			}
		}
	}
	return v
}

// inner decides on the small words and nouns in lower case beside a name: "the
// Mereside Forum", "Friends of Mereside", "Mereside group".
func (v *verdicts) inner(m taggerModel, f *featureSet) {
	reach := -1
	for i := range v.words {
		// A word of another language beside a name.
		if w := &v.words[i]; !v.is[i] && v.margin[i] < 0 && v.margin[i] >= marginForeign && w.lex == 0 && w.cls&taggerClasses == 0 && w.kind == text.Word && w.shape&shUpper1 == 0 &&
			(v.name(i-1) && w.gap == gapSpace || v.name(i+1) && v.words[i+1].gap == gapSpace) {
			v.is[i] = true
		}
		if v.is[i] {
			reach = i + 2
		}
		if v.is[i] || !v.innerCandidate(i) || i > reach && !v.name(i+1) && !v.name(i+2) {
			continue
		}
		t, margin := best(m.scores(f.of(i, 0)))
		if v.words[i].cls&clsBridge != 0 && t != tagOrg {
			margin -= marginSmall
		}
		if margin >= marginInner && (v.name(i-1) && v.words[i].gap == gapSpace || v.name(i+1) && v.words[i+1].gap == gapSpace) {
			v.tags[i], v.margin[i], v.is[i] = t, margin, true
			reach = i + 2
		} else if margin >= marginInner && v.name(i+2) && v.innerCandidate(i+1) {
			if _, next := best(m.scores(f.of(i+1, 0))); next >= marginInner {
				v.tags[i], v.margin[i], v.is[i] = t, margin, true
			}
		}
	}
}

// innerCandidate reports a word in lower case, of any frequency, with a
// capitalised candidate at most two words away.
func (d *Document) innerCandidate(i int) bool {
	w := &d.words[i]
	if w.kind >= text.Punct || w.flags&wfLabel != 0 || w.cls&(clsMonth|clsWeekday) != 0 || d.candidate(i) {
		return false
	}
	if w.kind == text.Number && w.end-w.start > 4 {
		return false
	}
	return d.capitalName(i+1) || d.capitalName(i-1) || d.capitalName(i+2) || d.capitalName(i-2)
}

func (d *Document) decide(i int, margin int32) bool {
	if d.cleared(i) != "" {
		return false
	}
	if d.presentWord(i) || d.emphasis(i) || d.meet(i) || d.letteredThing(i) {
		return false // "Meet Ann"
	}
	if d.afterInitial(i) || d.speaks(i) || d.titled(i) || d.words[i].cls&clsMonth != 0 && d.capital(i) && d.afterGiven(i) {
		return true
	}
	if d.shoutedName(i) {
		return true
	}
	if d.generalSetting(i) || d.postTitle(i) || d.forPost(i) {
		return false
	}
	if margin >= marginUnknown && margin < marginSmall && (d.hometown(i) || d.awardRun(i)) {
		return true
	}
	switch {
	case d.style&styleTagged != 0:
		margin -= marginPost
	case d.style&styleShort == 0:
		margin += marginLong
	}
	switch {
	case margin < marginTitleLine && (d.plainTitle(i) || d.minutesHeading(i)):
		return false
	case d.words[i].cls&clsBridge != 0 || text.IsStopWord(d.str(i)):
		return margin >= 0 // "The", "In": part of a title at most
	case d.genericAlone(i), d.law(i):
		return margin >= marginGeneric // "the Board", "the Civil Rights Act"
	case d.kindAlone(i):
		return margin >= marginAlone
	case margin >= marginUnknown && margin < marginGeneric && d.everyday(i, margin):
		return false
	case margin >= marginAny:
		return true
	case margin >= marginUnknown && d.orgRun(i):
		return true
	case d.words[i].cls&clsWorld != 0 && d.capital(i) && d.words[i].flags&(wfStart|wfShout) == 0:
		return true
	case !d.suspect(i):
		return false
	case d.words[i].lex.grade() == 0:
		return margin >= marginUnknown
	}
	return margin >= marginSuspect
}

// shoutedName reports a word in capitals, among others that are not, which what
// follows says to be somebody: "RESOLVE, a charity,".
// generalSetting reports a wide country in a long text that only says where things
// are so: "across England", "Canadian charities". "A Canadian nurse" is somebody.
// plainTitle reports an everyday word on a line of a long text in Title Case, all of
// whose words are everyday words: "Emergency Department Wait Times". Inside a sentence
// the same words would be a name.
// kindAlone reports a single everyday word that says a kind of body or document:
// "City services", "Fund rules".
// law reports that word i, nothing unknown, stands in the name of a statute or
// treaty, which is public.
// speaks reports a given name that begins a sentence and does what people do:
// "Hope chaired", "Mark said".
// titled reports what stands right after a personal title: "MR T. SAID". Among
// words in capitals only what is no everyday word.
// afterInitial reports a capitalised word right after initials: "Z. Smith".
// orgRun reports that word i stands in a run of capitalised words, inside a
// sentence, whose last is the head noun of an organisation, and which are not
// all posts and general words.
func (d *Document) orgRun(i int) bool {
	if d.words[i].flags&(wfTitle|wfShout) != 0 {
		return false
	}
	from, to := d.capRun(i)
	if d.words[from].flags&wfStart != 0 && d.ordinary(from, 2) {
		from++
	}
	if to-from < 2 || i < from || !d.has(to-1, clsOrgHead|clsOrgSuffix) {
		return false
	}
	for j := from; j < to-1; j++ {
		if d.words[j].cls&(clsRole|clsOrgHead|clsGeneric|clsTitle|clsBrandHead) == 0 {
			return true
		}
	}
	return false
}

func (v *verdicts) name(i int) bool { return i >= 0 && i < len(v.is) && v.is[i] }

// run widens a suspect word to the name it belongs to.
func (v *verdicts) run(i int) (from, to int) {
	from, to = v.runFrom(i), i+1
	for to < len(v.words) {
		next := v.runOn(from, to)
		if next == to {
			break
		}
		to = next
	}
	return from, to
}

// runFrom widens a suspect word to the left.
func (v *verdicts) runFrom(from int) int {
	d := v.Document
	for from > 0 && d.words[from].gap == gapSpace && (v.name(from-1) || d.capital(from-1) && v.opens(from-1, from)) {
		from--
	}
	hyphened := func() bool {
		return from >= 2 && d.tightMark(from-1, "-") && d.words[from].gap == gapNone
	}
	for hyphened() && d.capital(from-2) && (v.name(from-2) || !d.ordinary(from-2, 2) || listed(d.str(from-2), listPrefix)) {
		from -= 2
	}
	if hyphened() && d.has(from-2, clsParticle) {
		from -= 2 // "al-Rashid"
	}
	return from
}

// runOn widens the name [from,to) to the right by a word and what joins it; it is to
// where the name ends.
func (v *verdicts) runOn(from, to int) int {
	d := v.Document
	j := to
	switch {
	case d.tightMark(j, "-") && d.isWord(j+1) && (d.capital(j+1) || j == from+1 && d.str(from) == "co") && d.words[j+1].gap == gapNone:
		return j + 2
	case d.words[j].gap >= gapWide, d.andSomebody(from, to, j):
		return to
	case d.ofMine(j):
		return j + 3
	case d.ofTheGael(j):
		return j + 2
	case d.punct(j, '\'') && d.wordIs(j+1, "n") && d.words[j+1].gap == gapNone && d.spacedCapital(j+2):
		return j + 3 // "Heart 'n Home"
	}
	// "J. Smith", "Smith-Jones", "O'Neill & Sons", "University of X"
	if d.tightMark(j, ".") && d.words[j-1].initial() || d.tightMark(j, "-") || d.punct(j, '&') || d.tightMark(j, "'") {
		j++
	}
	for n := 0; n < 2 && !v.name(j) && v.bridge(from, to, j); n++ {
		if j++; d.str(j-1) == "and" && d.wordIs(j, "the") && d.words[j].shape&shUpper1 == 0 {
			return to // "the Forum and the Office" are two
		}
	}
	if j >= len(d.words) || d.words[j].gap >= gapWide || d.words[j].kind >= text.Punct || d.words[j].flags&wfLabel != 0 {
		return to
	}
	if !(v.name(j) || d.capital(j) && (d.has(j, clsOrgHead|clsOrgSuffix|clsPlaceHead|clsBrandHead) || j == to && v.within(j) || j == to+1 && d.bodyOfMany(j))) {
		return to
	}
	return j + 1
}

// bodyOfMany reports that the words from the capital j on, after the apostrophe of a plural, end in
// the head noun of a body: "the Wexmoor Carers' Advisory Group".
func (d *Document) bodyOfMany(j int) bool {
	if !d.tightMark(j-1, "'") || d.words[j].gap != gapSpace || !d.isWord(j-2) || d.str(j - 2)[len(d.str(j-2))-1] != 's' {
		return false
	}
	_, to := d.capRun(j)
	return d.has(to-1, clsOrgHead|clsOrgSuffix)
}

// ofMine reports "of my" and a capital, inside a name: "Mind of my Own".
func (d *Document) ofMine(j int) bool {
	if !d.wordIs(j, "of") || !d.spacedWord(j+1) || d.words[j].gap != gapSpace || !d.spacedCapital(j+2) {
		return false
	}
	s := d.str(j + 1)
	return s == "my" || s == "our" || s == "your"
}

// within reports that the capitalised word j, though nothing to suspect by
// itself, belongs to the name before it: "Fenland Stroke Club", "Eastmere NHS
// Trust", "Bright Kidneys UK".
func (v *verdicts) within(j int) bool {
	d := v.Document
	w := &d.words[j]
	if d.str(j) == "co" && d.punct(j+1, '-') && d.has(j+2, clsRole) {
		return false // "Mereside Surgery Care Co-ordinator"
	}
	if d.presentWord(j) || w.flags&wfStart != 0 || w.cls&(clsMonth|clsWeekday|clsPostnominal) != 0 || w.gap != gapSpace || d.words[j-1].shape&shPoss != 0 || d.shoutedWord(j) {
		return false
	}
	if d.fullName(j) {
		return true
	}
	if v.tags[j-1] == tagPerson && (w.cls&(clsKind|clsRole) != 0 && w.lex&lexSurname == 0 || d.postTitle(j)) {
		return false // "Ann Oke Clinical Lead"
	}
	switch d.cleared(j) {
	case "":
		return true
	case becauseAcronym, becausePublic:
		if w.flags&wfPhrase != 0 && d.termHead(j) {
			return true
		}
		next := d.spacedCapital(j + 1)
		if !next && listed(d.str(j), listBodyAcronym) && (v.tags[j-1] != tagPerson || v.margin[j-1] < 0) {
			return true // "Ashgrove CAMHS"
		}
		return w.flags&wfPhrase1 == 0 && (next && (v.name(j+1) || d.has(j+1, clsOrgHead|clsOrgSuffix) || d.capital(j+2)) || d.str(j) == "uk" && !next)
	case becauseCondition, becauseTitle, becauseEponym:
		return w.cls&clsTitle == 0 || d.spacedCapital(j+1)
	}
	return false
}

// termHead reports that the public term around word j ends in the head noun of
// an organisation, as "Integrated Care Board" does: a kind, of which a name
// before it makes one.
func (d *Document) termHead(j int) bool {
	for n := 0; n < 6 && j+1 < len(d.words) && d.words[j+1].flags&wfPhrase != 0 && d.words[j+1].cls&clsTerm != 0 && d.words[j+1].flags&wfPhrase1 == 0; n++ {
		j++
	}
	return d.has(j, clsOrgHead)
}

// opens reports that the capitalised word j begins the name at next though it
// is nothing to suspect by itself: "Queen Adela Infirmary", "NHS Strathmoray",
// "Young Adult Arthritis Circle" at the start of a sentence.
func (v *verdicts) opens(j, next int) bool {
	d := v.Document
	w := &d.words[j]
	if d.monthAsGiven(j) {
		return true
	}
	if d.presentWord(j) || d.meet(j) {
		return false
	}
	if w.flags&wfLabel != 0 || w.cls&(clsMonth|clsWeekday|clsPostnominal) != 0 || text.IsStopWord(d.str(j)) || d.shoutedWord(j) || d.postTitle(j) {
		return false
	}
	_, to := d.capRun(next)
	org := false
	for i := next; i < to; i++ {
		org = org || d.has(i, clsOrgHead|clsOrgSuffix) || v.name(i) && v.tags[i] == tagOrg
	}
	switch {
	case w.cls&clsTitle != 0 && w.cls&clsForename != 0 && w.lex&lexGiven != 0 && d.words[next].lex&lexSurname != 0 && v.name(next) && v.tags[next] == tagPerson:
		return true // "Don Fenwick", "Dean Fenwick"
	case w.cls&clsTitle != 0 && w.shape&shPoss != 0: // "Bishop's Mead", "the Lord Mayor's Fund"
		return true
	case w.cls&clsTitle != 0 && w.flags&wfStart == 0 && listed(d.str(j), listRoyal): // "the Prince Albert"
		return true
	case w.cls&clsTitle != 0:
		return org && d.wordIn(j, "queen", "king", "prince", "princess", "lady", "lord", "bishop", "duke")
	case d.cleared(j) == becauseAcronym, d.cleared(j) == becausePublic:
		return w.flags&wfPhrase1 == 0 && (d.str(j) == "nhs" || org && w.flags&wfPhrase == 0 && d.wordIn(j, "uk", "eu")) ||
			w.flags&(wfStart|wfPhrase) == 0 && w.allCaps() && (to-next >= 2 || !listed(d.str(j), listBodyAcronym) && d.str(j) != "gp") && v.name(next) && (v.tags[next] == tagOrg || d.has(to-1, clsBrandHead|clsOrgHead)) // "CF Kids Together"
	case d.cleared(j) == becauseCondition, d.cleared(j) == becauseEponym:
		// "the Deaf Cafe", "Alzheimer's Society"
		return v.name(next) && (w.flags&wfStart == 0 || org || to-next >= 2 && w.cls&clsCondition != 0)
	case d.cleared(j) != "":
		return false
	case w.flags&(wfStart|wfWeak) != 0:
		return org || w.lex.grade() < 2 || to-next >= 2 && v.margin[j] >= marginUnknown ||
			w.lex&lexGiven != 0 && w.shape&shPoss == 0 && d.words[next].lex.grade() == 0 && v.name(next) && (v.tags[next] == tagPerson || d.words[next].lex&lexSurname != 0 && to-next == 1) // "Eve Magrath"
	}
	return true
}

// bridge reports that word j, in lower case, can join the name [from,to) to
// what follows it.
func (v *verdicts) bridge(from, to, j int) bool {
	d := v.Document
	if !d.has(j, clsBridge|clsParticle) || d.words[j].shape&shUpper1 != 0 || d.words[j].gap != gapSpace {
		return false
	}
	switch d.str(j) {
	case "in", "on", "to", "with", "at", "by", "under", "upon":
		return false
	case "of", "the":
		// "Zofia P. of Wren House" is a person and an organisation.
		return v.tags[to-1] != tagPerson || v.margin[to-1] < 0
	case "and":
		if d.acronymAlone(j+1) && (d.words[to-1].allCaps() || d.head(from, to)) {
			return false // "the Mereside Trust and MCC", "JM and LD"
		}
		return d.head(from, to) || v.orgs(to-1, j+1)
	case "for":
		return d.head(from, to)
	}
	return true
}

// andSomebody reports "and" and a person at word j, after a body: "the Mereside School and
// Ann Oke".
func (d *Document) andSomebody(from, to, j int) bool {
	n := j + 1
	return d.wordIs(j, "and") && d.words[j].shape&shUpper1 == 0 && d.head(from, to) && d.spacedCapital(n) && d.words[n].lex&(lexGiven|lexPlace) == lexGiven && d.words[n].lex.grade() < 2 &&
		d.spacedCapital(n+1) && !d.head(n, d.nameEnd(n)) && !d.has(d.nameEnd(n)-1, clsOrgSuffix|clsWide|clsBrandHead)
}

// acronymAlone reports letters that are all of a name.
func (d *Document) acronymAlone(i int) bool {
	return d.isWord(i) && d.words[i].allCaps() && d.words[i].end-d.words[i].start <= 5 && d.words[i].flags&wfShout == 0 && !d.spacedCapital(i+1)
}

// orgs reports that words i and j are both thought to be of organisations.
// kindOf says what a run of words names, by its head noun and neighbours.
// tagged is the kind that the tagger gives a run of words, if it is sure of one.
// kindByForm is the kind that lists, neighbours and length give a run of words.
