// SPDX-License-Identifier: Apache-2.0

package recognize

import "github.com/sharedpractice/sharedpractice/model/text"

// longestPost is how many words a post beside a name may have.
const longestPost = 6

// postTitle reports that word i belongs to a post in Title Case, which many hold: "Ann
// Oke, Tenant Involvement Manager,", "Social Media Coach Ann Oke". Posts that few hold
// are another rule's.
func (d *Document) postTitle(i int) bool {
	if d.isWord(i) && d.str(i) == "co" && d.punct(i+1, '-') && d.has(i+2, clsRole) {
		return true
	}
	if !d.everydayCapital(i) {
		return false
	}
	end := i
	for end-i < longestPost && d.sameRun(end) && d.everydayCapital(end+1) {
		end++
	}
	if !d.holder(end) || d.words[end].shape&shPoss != 0 {
		return false // "Community Champions Network"
	}
	from := i
	for i-from < longestPost && from > 0 && d.sameRun(from-1) && d.everydayCapital(from-1) {
		from--
	}
	if d.punct(end+1, '(') && d.isWord(end+2) && d.words[end+2].allCaps() && d.punct(end+3, ')') {
		return false // a post with an abbreviation of its own
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

// forPost reports an everyday word in what a post is for: "Director of Volunteer Services".
func (d *Document) forPost(i int) bool {
	from, to := d.capRun(i)
	j := from - 1
	if !d.isWord(j) || d.str(j) != "of" && d.str(j) != "for" || d.words[from].gap != gapSpace || d.words[j].gap != gapSpace || !d.capital(j-1) || !d.holder(j-1) || d.str(j) == "of" && d.headsBody(j-1) {
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
	switch d.str(i) {
	case "chair", "chairman", "chairwoman", "chairperson", "president", "patron", "founder", "executive", "trustee", "treasurer", "governor", "member":
		return true
	}
	return false
}

// holder reports the word for who holds a post.
func (d *Document) holder(i int) bool {
	if !d.isWord(i) {
		return false
	}
	s := d.str(i)
	if n := len(s) - 1; n > 3 && s[n] == 's' && listed(s[:n], listPost|listHolder) {
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
	return d.punct(i-1, ',') || d.words[i].flags&wfTitle == 0 && d.isWord(i-1) && (d.str(i-1) == "the" || d.str(i-1) == "our" || d.str(i-1) == "a" || d.str(i-1) == "an")
}

// sameRun reports that the word after i goes on the run of words that i is in.
func (d *Document) sameRun(i int) bool {
	return i+1 < len(d.words) && d.words[i+1].gap == gapSpace
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
