// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"context"
	"slices"

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
	var out []Finding
	n.find(d, new(verdicts), func(f Finding) { out = append(out, f) })
	return out, nil
}

// find finds names by way of v.
func (n nameFinder) find(d *Document, v *verdicts, emit func(Finding)) {
	v.decideAll(d, n.model())
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
		if kind == Person {
			from = d.pastPost(from, to)
		}
		if g := d.givenBefore(from, to); g < from && (kind == Person || kind == Other) {
			from, kind, sub = g, Person, ""
		}
		f := d.found(from, to, kind, sub, rule, 0.5)
		f.Recognizer = "name"
		emit(f)
		done = to - 1
	}
}

// verdicts holds the decision on every candidate word.
type verdicts struct {
	*Document
	model    taggerModel
	features featureSet
	at       []int32   // the candidates, in order
	opinions []opinion // by word
	is       []bool    // by word
}

// opinion is what the tagger makes of a word: the likeliest kind of name, and how much that beats
// "no name", in 1/32 logit.
type opinion struct {
	margin int32
	tag    tag
	held   bool // what it is of a candidate is asked when first needed
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

// decideAll makes v the verdicts on a document.
func (v *verdicts) decideAll(d *Document, m taggerModel) {
	n := len(d.words)
	v.Document, v.model, v.features.d = d, m, d
	v.features.slots = slices.Grow(v.features.slots, mostFeatures)
	v.at, v.opinions, v.is = v.at[:0], blank(v.opinions, n), blank(v.is, n)
	for i := range d.words {
		if d.candidate(i) {
			v.at = append(v.at, int32(i))
			v.is[i] = v.decide(i)
		}
	}
	v.inner()
	for k := range d.words {
		if v.is[k] && k > 0 && d.words[k].cls&clsBridge != 0 {
			if from, _ := d.capRun(k - 1); d.andSomebody(from, k, k) {
				v.is[k] = false
			}
		}
	}
}

// mostFeatures is more than a word has.
const mostFeatures = 64

// ask is what the tagger says of word i.
func (v *verdicts) ask(i int) (tag, int32) { return best(v.model.scores(v.features.of(i, 0))) }

// opinion is what the tagger says of a candidate, or of a word that it took for part of a name;
// nothing of others.
func (v *verdicts) opinion(i int) *opinion {
	o := &v.opinions[i]
	if !o.held {
		o.held = true
		if v.candidate(i) {
			o.tag, o.margin = v.ask(i)
		}
	}
	return o
}

func (v *verdicts) tag(i int) tag { return v.opinion(i).tag }

func (v *verdicts) margin(i int) int32 { return v.opinion(i).margin }

// inner decides on the small words and nouns in lower case beside a name: "the
// Mereside Forum", "Friends of Mereside", "Mereside group".
func (v *verdicts) inner() {
	const far = 2
	reach := -1
	for i := range v.words {
		if !v.is[i] && v.foreign(i) {
			v.is[i] = true
		}
		if v.is[i] {
			reach = i + far
		}
		if v.is[i] || !v.innerCandidate(i) || i > reach && !v.name(i+1) && !v.name(i+2) {
			continue
		}
		touches := v.touchesName(i)
		if !touches && !(v.name(i+2) && v.innerCandidate(i+1)) {
			continue
		}
		t, margin := v.innerTag(i)
		if margin < marginInner {
			continue
		}
		if touches {
			v.opinions[i], v.is[i] = opinion{margin, t, true}, true
			reach = i + far
		} else if _, next := v.ask(i + 1); next >= marginInner {
			v.opinions[i], v.is[i] = opinion{margin, t, true}, true
		}
	}
}

// innerTag is what the tagger makes of a word in lower case.
func (v *verdicts) innerTag(i int) (tag, int32) {
	t, margin := v.ask(i)
	if v.words[i].cls&clsBridge != 0 && t != tagOrg {
		margin -= marginSmall
	}
	return t, margin
}

// touchesName reports a name right before or after word i.
func (v *verdicts) touchesName(i int) bool {
	return v.name(i-1) && v.words[i].gap == gapSpace || v.name(i+1) && v.words[i+1].gap == gapSpace
}

// foreign reports a word in lower case of another language beside a name.
func (v *verdicts) foreign(i int) bool {
	w := &v.words[i]
	if w.lex != 0 || w.cls&taggerClasses != 0 || w.kind != text.Word || w.shape&shUpper1 != 0 || !v.touchesName(i) {
		return false
	}
	margin := v.margin(i)
	return margin < 0 && margin >= marginForeign
}

// decide reports that the candidate i is part of a name. The tagger is asked where nothing else
// decides.
func (v *verdicts) decide(i int) bool {
	d := v.Document
	switch {
	case d.cleared(i) != "", d.presentWord(i), d.emphasis(i), d.meet(i), d.letteredThing(i), d.letteredItem(i):
		return false // "Meet Ann"
	case d.afterInitial(i), d.speaks(i), d.titled(i), d.monthAfterGiven(i), d.shoutedName(i):
		return true
	case d.generalSetting(i), d.postTitle(i), d.forPost(i):
		return false
	}
	margin := v.margin(i)
	switch {
	case margin >= marginUnknown && margin < marginSmall && (d.hometown(i) || d.awardRun(i)):
		return true
	case d.style&styleTagged != 0:
		margin -= marginPost
	case d.style&styleShort == 0:
		margin += marginLong
	}
	return d.suffices(i, margin)
}

// monthAfterGiven reports a month's name that is a surname: "Ann May".
func (d *Document) monthAfterGiven(i int) bool {
	return d.words[i].cls&clsMonth != 0 && d.capital(i) && d.afterGiven(i)
}

// suffices reports that the margin is enough for what word i is.
func (d *Document) suffices(i int, margin int32) bool {
	w := &d.words[i]
	switch {
	case margin < marginTitleLine && (d.plainTitle(i) || d.minutesHeading(i)):
		return false
	case w.cls&clsBridge != 0, text.IsStopWord(d.str(i)):
		return margin >= 0 // "The", "In": part of a title at most
	case d.genericAlone(i), d.law(i):
		return margin >= marginGeneric // "the Board", "the Civil Rights Act"
	case d.kindAlone(i):
		return margin >= marginAlone
	case w.flags&wfTitle != 0 && d.plainAlone(i):
		return margin >= marginGeneric
	case margin >= marginUnknown && margin < marginGeneric && d.everyday(i, margin):
		return false
	case margin >= marginAny, margin >= marginUnknown && d.orgRun(i), d.worldInside(i):
		return true
	case !d.suspect(i):
		return false
	case w.lex.grade() == 0:
		return margin >= marginUnknown
	}
	return margin >= marginSuspect && (margin >= marginAny || !d.plainAlone(i))
}

// worldInside reports the name of a country or city with a capital inside a sentence.
func (d *Document) worldInside(i int) bool {
	return d.words[i].cls&clsWorld != 0 && d.capital(i) && d.words[i].flags&(wfStart|wfShout) == 0
}

func (v *verdicts) name(i int) bool { return i >= 0 && i < len(v.is) && v.is[i] }

// longestName is the most words that are read as a name to either side of one of its words.
const longestName = 60

// run widens a suspect word to the name it belongs to.
func (v *verdicts) run(i int) (from, to int) {
	from, to = v.runFrom(i), i+1
	for to < min(len(v.words), i+longestName) {
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
	least := max(0, from-longestName)
	for from > least && d.words[from].gap == gapSpace && (v.name(from-1) || d.capital(from-1) && v.opens(from-1, from)) {
		from--
	}
	hyphened := func() bool {
		return from >= 2 && d.tightMark(from-1, "-") && d.words[from].gap == gapNone
	}
	for hyphened() && d.capital(from-2) && (v.name(from-2) || !d.ordinary(from-2, 2) || d.inList(from-2, listPrefix)) {
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
	switch {
	case d.hyphenGoesOn(from, to):
		return to + 2
	case d.words[to].gap >= gapWide, d.andSomebody(from, to, to):
		return to
	case d.ofMine(to), d.shortAnd(to):
		return to + 3
	case d.ofTheGael(to):
		return to + 2
	}
	j := to
	if d.joinsParts(j) {
		j++
	}
	for n := 0; n < 2 && !v.name(j) && v.bridge(from, to, j); n++ {
		if j++; d.str(j-1) == "and" && d.wordIs(j, "the") && d.words[j].shape&shUpper1 == 0 {
			return to // "the Forum and the Office" are two
		}
	}
	if v.partAfter(to, j) {
		return j + 1
	}
	return to
}

// hyphenGoesOn reports that a hyphen ties a word with a capital to the name [from,to):
// "Smith-Jones", "Co-op".
func (d *Document) hyphenGoesOn(from, to int) bool {
	n := to + 1
	return d.tightMark(to, "-") && d.isWord(n) && d.words[n].gap == gapNone && (d.capital(n) || to == from+1 && d.str(from) == "co")
}

// shortAnd reports "'n" and a capital: "Heart 'n Home".
func (d *Document) shortAnd(j int) bool {
	return d.punct(j, '\'') && d.wordIs(j+1, "n") && d.words[j+1].gap == gapNone && d.spacedCapital(j+2)
}

// joinsParts reports a mark between two parts of a name: "J. Smith", "Smith-Jones",
// "O'Neill & Sons".
func (d *Document) joinsParts(j int) bool {
	return d.tightMark(j, "-'") || d.punct(j, '&') || d.tightMark(j, ".") && d.words[j-1].initial()
}

// partAfter reports that word j goes on the name that ends at to.
func (v *verdicts) partAfter(to, j int) bool {
	d := v.Document
	if !d.isWord(j) || d.words[j].gap >= gapWide || d.words[j].flags&wfLabel != 0 {
		return false
	}
	if v.name(j) {
		return true
	}
	return d.capital(j) && (d.has(j, clsOrgHead|clsOrgSuffix|clsPlaceHead|clsBrandHead) || j == to && v.within(j) || j == to+1 && d.bodyOfMany(j))
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
	switch {
	case d.neverWithin(j):
		return false
	case d.fullName(j):
		return true
	case v.postOf(j):
		return false
	}
	switch d.cleared(j) {
	case "":
		return true
	case becauseAcronym, becausePublic:
		return v.lettersWithin(j)
	case becauseCondition, becauseTitle, becauseEponym:
		return d.words[j].cls&clsTitle == 0 || d.spacedCapital(j+1)
	}
	return false
}

// neverWithin reports a word that ends the name before it, whatever it is.
func (d *Document) neverWithin(j int) bool {
	w := &d.words[j]
	if d.str(j) == "co" && d.punct(j+1, '-') && d.has(j+2, clsRole) {
		return true // "Mereside Surgery Care Co-ordinator"
	}
	return d.presentWord(j) || w.flags&wfStart != 0 || w.cls&(clsMonth|clsWeekday|clsPostnominal) != 0 || w.gap != gapSpace || d.words[j-1].shape&shPoss != 0 || d.shoutedWord(j)
}

// postOf reports the post of the person before it: "Ann Oke Clinical Lead".
func (v *verdicts) postOf(j int) bool {
	w := &v.words[j]
	return v.tag(j-1) == tagPerson && (w.cls&(clsKind|clsRole) != 0 && w.lex&lexSurname == 0 || v.postTitle(j))
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
	switch {
	case d.monthAsGiven(j), d.wordIs(j, "well") && d.has(next, clsPlaceHead):
		return true // "Well Street Surgery"
	case d.neverOpens(j):
		return false
	}
	w := &d.words[j]
	_, to := d.capRun(next)
	org := v.orgAmong(next, to)
	if w.cls&clsTitle != 0 {
		return v.titleOpens(j, next, org)
	}
	switch d.cleared(j) {
	case becauseAcronym, becausePublic:
		return v.lettersOpen(j, next, to, org)
	case becauseCondition, becauseEponym:
		// "the Deaf Cafe", "Alzheimer's Society"
		return v.name(next) && (w.flags&wfStart == 0 || org || to-next >= 2 && w.cls&clsCondition != 0)
	case "":
		return w.flags&(wfStart|wfWeak) == 0 || v.startOpens(j, next, to, org)
	}
	return false
}

// neverOpens reports a word with which no name begins, whatever follows.
func (d *Document) neverOpens(j int) bool {
	w := &d.words[j]
	return d.presentWord(j) || d.meet(j) || w.flags&wfLabel != 0 || w.cls&(clsMonth|clsWeekday|clsPostnominal) != 0 || text.IsStopWord(d.str(j)) || d.shoutedWord(j) || d.postTitle(j)
}

// orgAmong reports a word of an organisation's name among words [from,to).
func (v *verdicts) orgAmong(from, to int) bool {
	for i := from; i < to; i++ {
		if v.has(i, clsOrgHead|clsOrgSuffix) || v.name(i) && v.tag(i) == tagOrg {
			return true
		}
	}
	return false
}

// titleOpens reports that the title j is part of the name at next: "Dean Fenwick", "Bishop's
// Mead", "the Prince Albert", "Queen Adela Infirmary".
func (v *verdicts) titleOpens(j, next int, org bool) bool {
	w := &v.words[j]
	if w.shape&shPoss != 0 || w.flags&wfStart == 0 && v.inList(j, listRoyal) {
		return true
	}
	if org && v.wordIn(j, "queen", "king", "prince", "princess", "lady", "lord", "bishop", "duke") {
		return true
	}
	given := w.cls&clsForename != 0 && w.lex&lexGiven != 0
	return given && v.words[next].lex&lexSurname != 0 && v.name(next) && v.tag(next) == tagPerson
}
