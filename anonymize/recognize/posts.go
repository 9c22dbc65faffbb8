// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"slices"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// posts masks posts that few hold, by which their holder is found: "Associate Director
// of Lived Experience", "nurse consultant for frailty, Ann Oke". Posts that every body
// has, "chief executive", "project manager", stay.
func posts(d *Document, emit func(Finding)) {
	done := -1
	for i := range d.words {
		if i <= done || !d.postWord(i) || d.words[i].flags&(wfLabel|wfShout|wfTitle) != 0 || d.words[i].shape&shPoss != 0 {
			continue
		}
		from, to := d.post(i)
		if to > 0 {
			emit(d.found(from, to, Other, "role", "post of its own", 0.5))
			done = to - 1
		}
	}
}

// post is the post that the word i for a role is part of, to 0 if it is none that few
// hold.
func (d *Document) post(i int) (from, to int) {
	upper := d.capital(i)
	from, to = i, i+1
	for d.spaced(to) && to-i < longestPost && d.postWord(to) && d.capital(to) == upper {
		to++
	}
	own := 0
	if upper {
		from, own = d.postFrom(i)
	} else if lead, ok := d.lowPost(i, to); ok {
		return lead, to
	}
	if end := d.postFor(from, to, upper); end > 0 {
		return from, end
	}
	switch {
	case !upper:
	case to == i+1 && d.ministry(i) && d.wordIs(to, "for") && d.spacedCapital(to+1):
		_, end := d.capRun(to + 1)
		return i, d.listEnd(end)
	case d.chiefOfItsOwn(from, to), d.postInTitle(from, to, own):
		return from, to
	}
	return 0, 0
}

// postFrom is where a post in Title Case begins that ends in word i, with the words before it
// that say of what, and how many of these are no posts: "Youth Participation Lead".
func (d *Document) postFrom(i int) (from, own int) {
	from = i
	for i-from < longestPost && d.spacedCapital(from) && d.saysOfWhat(from-1) {
		from--
		if !d.postWord(from) {
			own++
		}
	}
	return from, own
}

// saysOfWhat reports an everyday word with a capital that may stand before a post.
func (d *Document) saysOfWhat(i int) bool {
	return d.capital(i) && d.words[i].shape&(shPoss|shInner) == 0 && d.words[i].lex.grade() >= 2 && !text.IsStopWord(d.str(i))
}

// lowPost is where a post in lower case begins whose holder is told beside it: "lived
// experience lead", "youth participation lead, Ann Oke".
func (d *Document) lowPost(i, to int) (from int, ok bool) {
	lead := d.postBefore(i)
	if lead == i || !d.post1(to-1) {
		return i, false
	}
	if d.str(lead) == "lived" && d.str(lead+1) == "experience" {
		return d.rank(lead), true
	}
	return lead, d.named1(to) || d.afterName(lead) && (d.punct(to, ',') || d.wordIn(to, "at", "for"))
}

// afterName reports a comma before word i, and before that a name.
func (d *Document) afterName(i int) bool {
	return d.punct(i-1, ',') && d.capital(i-2) && d.words[i-2].cls&(clsMonth|clsWeekday|clsOrgHead|clsWorld|clsRole) == 0
}

// postFor is the word after what the post [from,to) is for, 0 where nothing follows that few
// posts are for.
func (d *Document) postFor(from, to int, upper bool) int {
	if !d.spacedWord(to) || !d.wordIn(to, "of", "for") || !d.post1(to-1) {
		return 0
	}
	end := d.postOf(to+1, upper)
	if end == 0 || !upper || !d.kindsOrPosts(to+1, end) {
		return end
	}
	if end-to >= 3 && (to-from >= 2 || d.ofSomebody(from, end)) {
		return end
	}
	return 0
}

// postInTitle reports a post [from,to) in Title Case, own words of which say of what, that few
// hold.
func (d *Document) postInTitle(from, to, own int) bool {
	if own == 0 || to-from < 3 || !d.post1(to-1) || d.words[from].flags&wfStart != 0 || d.spacedCapital(to) {
		return false
	}
	return own >= 2 && !d.kindsOrPosts(from, to) || d.ofSomebody(from, to)
}

// ofSomebody reports a post [from,to) after a name and a comma, or of a body: "Ann Oke, Head of
// Patient and Carer Participation at Wexmoor".
func (d *Document) ofSomebody(from, to int) bool {
	if d.afterName(from) && d.words[from].gap == gapSpace {
		return true
	}
	return d.spacedWord(to) && d.wordIn(to, "at", "for") && d.capital(to+1) && (d.words[to+1].lex.grade() == 0 || d.words[to+1].allCaps())
}

// ministry reports a post that one person at a time holds, for something.
func (d *Document) ministry(i int) bool {
	switch d.str(i) {
	case "minister", "commissioner", "ombudsman", "tsar", "champion", "envoy":
		return true
	}
	return false
}

// chiefOfItsOwn reports a chief officer of what few bodies have one for: "Chief Patient
// Affairs Officer".
func (d *Document) chiefOfItsOwn(from, to int) bool {
	if to-from < 3 || d.str(from) != "chief" || d.str(to-1) != "officer" {
		return false
	}
	switch d.str(from + 1) {
	case "executive", "operating", "financial", "finance", "information", "nursing", "technology", "scientific", "people", "clinical", "digital":
		return to-from > 3
	case "medical":
		return to-from > 3
	}
	return true
}

// postBefore takes in the two words in lower case that say of what somebody is the lead,
// where they are no posts: "youth participation lead". It is i where there are not two.
func (d *Document) postBefore(i int) int {
	for j := i - 1; j >= i-2; j-- {
		if !d.isWord(j) || d.words[j].kind != text.Word || d.words[j+1].gap != gapSpace || d.words[j].shape&(shUpper1|shInner|shPoss) != 0 || d.words[j].lex.grade() < 2 || text.IsStopWord(d.str(j)) || d.post1(j) || d.has(j, clsBridge|clsSaid|clsNumberWord) {
			return i
		}
	}
	return i - 2
}

// kindsOrPosts reports words which every body has in its posts: "Patient Engagement".
func (d *Document) kindsOrPosts(from, to int) bool {
	for j := from; j < to; j++ {
		if d.wordIs(j, "lived") {
			return false // still rare: "Head of Lived Experience"
		}
		if d.words[j].cls&(clsKind|clsRole|clsGeneric|clsBridge) == 0 && !d.postWord(j) {
			return false
		}
	}
	return true
}

// rank takes in how high a post is, before word i: "advanced", "senior".
func (d *Document) rank(i int) int {
	if d.has(i-1, clsRole|clsKind) && d.words[i].gap == gapSpace || d.wordIs(i-1, "advanced") {
		return i - 1
	}
	return i
}

// named1 reports a comma and a name at word to.
func (d *Document) named1(to int) bool {
	return d.punct(to, ',') && d.spacedCapital(to+1) && d.words[to+1].cls&(clsMonth|clsWeekday) == 0
}

// named0 reports that the post which "of" at word i goes on stands after a name and a comma:
// "Ann Oke, head of rural partnerships".
func (d *Document) named0(i int) bool {
	const far = 4
	for j := i - 1; j > 0 && i-j <= far && d.isWord(j); j-- {
		if d.punct(j-1, ',') {
			return d.capital(j-2) && d.words[j-2].flags&wfStart == 0 && d.words[j-2].cls&(clsMonth|clsWeekday|clsOrgHead|clsWorld) == 0
		}
		if !d.postWord(j) && !d.has(j, clsRole|clsKind) {
			return false
		}
	}
	return false
}

func (d *Document) postWord(i int) bool {
	return d.has(i, clsRole) || d.inList(i, listPost)
}

// post1 reports a word for one holder of a post.
func (d *Document) post1(i int) bool { return d.inList(i, listPost) }

// postOf is the word after what a post is for, from word j on: "Lived Experience and
// Inclusion"; 0 if it is nothing that narrows the post to a few. In lower case only a
// name beside it shows that somebody is meant.
func (d *Document) postOf(j int, upper bool) int {
	const longest = 8
	if d.wordIs(j, "the") {
		return 0
	}
	to := j
	for to-j < longest && d.spaced(to) && d.words[to].flags&wfLabel == 0 && d.ofPost(to, to > j, upper) {
		to++
	}
	switch {
	case to == j:
		return 0
	case upper, d.named1(to) && to-j <= 4, d.named0(j-1) && to-j >= 2 && !d.kindsOrPosts(j, to):
		return to
	}
	return 0
}

// ofPost reports a word of what a post is for; later ones may be abbreviations, or join two.
func (d *Document) ofPost(i int, later, upper bool) bool {
	w := &d.words[i]
	if d.capital(i) == upper && w.kind == text.Word && w.shape&shPoss == 0 && (w.lex.grade() >= 2 || d.has(i, clsKind)) && !text.IsStopWord(d.str(i)) && !d.has(i, clsMonth|clsWeekday|clsBridge|clsSaid) {
		return true
	}
	if !later {
		return false
	}
	if upper && w.allCaps() {
		return true
	}
	return (d.wordIs(i, "and") || d.punct(i, '&')) && i+1 < len(d.words) && d.capital(i+1) == upper && d.words[i+1].lex.grade() >= 2
}

// longestPost is how many words a post beside a name may have.
const longestPost = 6

// postTitle reports that word i belongs to a post in Title Case, which many hold: "Ann
// Oke, Tenant Involvement Manager,", "Social Media Coach Ann Oke". Posts that few hold
// are another rule's.
func (d *Document) postTitle(i int) bool {
	if d.wordIs(i, "co") && d.punct(i+1, '-') && d.has(i+2, clsRole) {
		return true
	}
	if !d.everydayCapital(i) {
		return false
	}
	end := i
	for end-i < longestPost && d.sameRun(end) && d.everydayCapital(end+1) {
		end++
	}
	if !d.holder(end) || d.words[end].shape&shPoss != 0 || d.lettersInBrackets(end+1) {
		return false // "Community Champions Network"; a post with an abbreviation of its own
	}
	from := i
	for i-from < longestPost && from > 0 && d.sameRun(from-1) && d.everydayCapital(from-1) {
		from--
	}
	if end-from < 2 && d.sameRun(end) && d.capital(end+1) {
		return false // "Deputy Secretary Oke"
	}
	before := from > 0 && d.sameRun(from-1) && d.capital(from-1)
	if from == end && d.words[end].cls&clsRole == 0 {
		return !before && d.listOfPosts(end)
	}
	return !before || d.words[end].lex&lexSurname == 0
}

// lettersInBrackets reports an abbreviation in the brackets that open at i.
func (d *Document) lettersInBrackets(i int) bool {
	return d.punct(i, '(') && d.isWord(i+1) && d.words[i+1].allCaps() && d.punct(i+2, ')')
}

// forPost reports an everyday word in what a post is for: "Director of Volunteer Services".
func (d *Document) forPost(i int) bool {
	from, to := d.capRun(i)
	j := from - 1
	if !d.spacedWord(j) || !d.wordIn(j, "of", "for") || d.words[from].gap != gapSpace || !d.capital(j-1) || !d.holder(j-1) || d.str(j) == "of" && d.headsBody(j-1) {
		return false
	}
	for k := from; k < to; k++ {
		if !d.everydayCapital(k) {
			return false
		}
	}
	return !d.has(to-1, clsOrgHead) || d.has(to-1, clsKind)
}

// headsBody reports a post that somebody has of a whole body, so that what follows "of" is
// its name: "Chair of Silver Linings".
func (d *Document) headsBody(i int) bool {
	return d.inList(i, listHeadsBody)
}

// holder reports the word for who holds a post.
func (d *Document) holder(i int) bool {
	if !d.isWord(i) {
		return false
	}
	s := d.str(i)
	if n := len(s) - 1; n > 3 && s[n] == 's' && listed(s[:n], listPost, listHolder) {
		switch s[:n] {
		case "advocate", "ambassador", "associate", "champion", "fellow", "guardian", "mentor", "partner":
			return false // such are what a programme is called: "Asthma Champions"
		}
		return true // "Youth Councillors"
	}
	return d.has(i, clsRole) && d.post1(i) || d.has(i, clsOccupation) || listed(s, listHolder)
}

// listOfPosts reports that the post at i stands beside others after a comma: "Drummer,
// Composer, Architect".
func (d *Document) listOfPosts(i int) bool {
	return d.punct(i-1, ',') || d.words[i].flags&wfTitle == 0 && d.wordIn(i-1, "the", "our", "a", "an")
}

// sameRun reports that the word after i goes on the run of words that i is in.
func (d *Document) sameRun(i int) bool {
	return d.spaced(i + 1)
}

// everydayCapital reports an everyday word with a capital that nobody is called.
func (d *Document) everydayCapital(i int) bool {
	if i < 0 || i >= len(d.words) {
		return false
	}
	w := &d.words[i]
	return w.kind == text.Word && w.shape&(shUpper1|shInner) == shUpper1 && w.flags&(wfLabel|wfShout) == 0 && (w.lex.grade() >= 2 || w.cls&clsRole != 0) &&
		(w.lex&lexGiven == 0 || w.cls&(clsKind|clsRole) != 0) && (w.cls&clsTitleName == 0 || d.str(i) == "governor") && w.cls&(clsForename|clsMonth|clsWeekday|clsWorld|clsDemonym|clsNational) == 0 && !text.IsStopWord(d.str(i))
}

// postBeside masks a post with what it is of, where a name stands beside it: "Ann Oke, Policy Fellow at",
// "CEO of the [Wexmoor Trust]".
func (d *denial) postBeside(i int) {
	if !d.postWord(i) && !d.chief(i) || d.words[i].flags&(wfShout|wfLabel) != 0 || d.spaced(i) && d.postWord(i-1) && !d.covered[i-1] {
		return
	}
	from, to := i, d.postEnd(i)
	for i-from < longestPost && d.spaced(from) && d.ofPost(from-1, i) {
		from--
	}
	if d.tightMark(from-1, "-") && d.wordIs(from-2, "co") {
		from -= 2 // "Co-Director"
	}
	named := d.mark(from-1, ",") && from > 1 && d.covered[from-2] && d.kinds[from-2] == Person && d.spaced(from)
	if body := d.bodyAfter(to); body > to && d.holderWithin(from, to) && (named || d.chief(i) || d.capital(i)) {
		to = body
	} else if !named || to-from < 2 || to-from < 4 && !d.tied(from, to) || d.capital(from) && d.kindsOrPosts(from, to) {
		return // a nurse, or a Director of Nursing, beside a name is one of many
	}
	if slices.Contains(d.covered[from:to], false) {
		d.mask(from, to, Other, "role", "post beside a name")
	}
}

// chief reports a post by which its holder is found, whose body is told.
func (d *Document) chief(i int) bool { return d.wordIn(i, "ceo", "coo", "cfo", "cto", "founder") }

// ofPost reports that word j before a post says of what it is, and is nobody's name.
func (d *denial) ofPost(j, post int) bool {
	if !d.isWord(j) || d.words[j].flags&wfLabel != 0 || d.covered[j] && d.kinds[j] == Person || text.IsStopWord(d.str(j)) || d.has(j, clsBridge|clsSaid) {
		return false
	}
	return d.postWord(j) || d.capital(j) == d.capital(post) && d.words[j].lex.grade() >= 2
}

// holderWithin reports a word for one who holds a post among words [from,to).
func (d *Document) holderWithin(from, to int) bool {
	for j := from; j < to; j++ {
		if d.post1(j) && !d.wordIn(j, "member", "nurse", "champion", "ambassador", "mentor") || d.wordIn(j, "ceo", "founder", "patron") {
			return true
		}
	}
	return false
}

// postEnd is the word after the post that the word i belongs to, with what it is of or for.
func (d *Document) postEnd(i int) int {
	const far = 10
	to := i + 1
	for to < len(d.words) && to-i < far && d.words[to].flags&wfLabel == 0 {
		j := to
		if d.mark(j, "-") && d.words[j].gap == gapNone {
			j++
		} else {
			for j < to+2 && d.spacedWord(j) && (d.wordIn(j, "of", "for", "and") || d.mark(j, "&")) {
				j++
			}
		}
		if !d.isWord(j) || d.words[j].gap > gapSpace || text.IsStopWord(d.str(j)) || d.words[j].lex.grade() < 2 && !d.postWord(j) || d.has(j, clsBridge|clsSaid|clsCopula) || d.didSomething(j) || d.words[j].kind != text.Word || d.capital(j) != d.capital(i) && !d.postWord(j) || j > to && !d.capital(j) && !d.postWord(j) && d.wordIs(to, "and") {
			return to
		}
		to = j + 1
	}
	return to
}

// bodyAfter is the word after the masked body that "of the" joins to the post ending at to; to if
// there is none.
func (d *denial) bodyAfter(to int) int {
	j := to
	if !d.spacedWord(j) || !d.wordIs(j, "of") {
		return to
	}
	if j++; d.wordIs(j, "the") {
		j++
	}
	if d.maskedCapital(j) && d.kinds[j] != Person && d.kinds[j] != Date && d.kinds[j] != Code && d.kinds[j] != Contact {
		if _, end := d.maskedRun(j); !(d.spacedWord(end) && !d.capital(end) && !text.IsStopWord(d.str(end)) && !d.has(end, clsSaid|clsCopula|clsBridge)) {
			return end
		}
	}
	return to
}
