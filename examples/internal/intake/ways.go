// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/model"
)

//go:embed data/ways.tsv
var waysTSV string

// A way is the meaning of an answer on what may be done, in whatever words it was given.
type way struct {
	consent  string   // "yes", "no" or ""
	level    string   // the most closed that it names, or ""
	audience string   // the narrowest that it names, or ""
	uses     []string // that it grants
	approval bool     // it asks for the text to be approved
}

// levelsClosedFirst are the levels from the most closed to the most open.
func levelsClosedFirst() []string {
	return []string{"withheld", "aggregate", "anonymous", "attributed", "public"}
}

// audiencesClosedFirst are the readers from the fewest to all.
func audiencesClosedFirst() []string {
	return []string{"working-group", "members", "partners", "public"}
}

const longestWay = 6 // words of a phrase

// fillerOf are words that say nothing in the answer to one question, beside those
// that never do.
func fillerOf(question string) waysOf { return ways()["filler "+question] }

// kindFiller are the kinds of organisations: which of them is named or not says nothing.
var kindFiller = sync.OnceValue(func() waysOf {
	out := waysOf{}
	for name := range kindWords().heads {
		if !strings.Contains(name, " ") {
			out[name] = "-"
		}
	}
	return out
})

// waysOf are the phrases of a question with their values; "" of none.
type waysOf map[string]string

var ways = sync.OnceValue(func() map[string]waysOf {
	all := map[string]waysOf{}
	for line := range strings.Lines(waysTSV) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		if all[cells[0]] == nil {
			all[cells[0]] = waysOf{}
		}
		for phrase := range strings.SplitSeq(cells[2], "|") {
			tokens := said(phrase)
			if !strings.HasPrefix(cells[0], "filler") { // of these the fillers stand above
				tokens = telling(tokens, all["filler"])
			}
			if k := strings.Join(tokens, " "); k != "" && all[cells[0]][k] == "" {
				all[cells[0]][k] = cells[1]
			}
		}
	}
	return all
})

var oneNot = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("n't", " not", "n’t", " not", "n‘t", " not", "can't", "can not", "can’t", "can not", "can‘t", "can not", "cannot", "can not", "never", "not", "dont ", "not ")
})

// said are the words of an answer, with one word for every English "not".
func said(s string) []string {
	s = oneNot().Replace(strings.ToLower(s))
	fields := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
	return slices.DeleteFunc(fields, func(w string) bool { return w == "do" || w == "does" })
}

// noName writes "no company or product name" as "no name": which name, says nothing.
func noName(tokens []string) []string {
	const between = 6
	of := ways()["filler name"]
	for i, t := range tokens {
		if t != "no" && t != "without" && t != "ohne" && t != "sans" && t != "sin" && t != "senza" && t != "zonder" && t != "bez" && t != "utan" && t != "heb" {
			continue
		}
		j := i + 1
		for j < len(tokens) && j-i <= between && of[tokens[j]] == "-" {
			j++
		}
		if j > i+1 && j < len(tokens) && of[tokens[j]] == "name" {
			return append(slices.Concat(tokens[:i], []string{"no", "name"}), noName(tokens[j+1:])...)
		}
	}
	return tokens
}

// telling leaves the words that say something of what may be done.
func telling(tokens []string, fillers ...waysOf) []string {
	var out []string
	for i := 0; i < len(tokens); {
		n := 0
		for j := min(len(tokens), i+longestWay); j > i && n == 0; j-- {
			for _, f := range fillers {
				if _, ok := f[strings.Join(tokens[i:j], " ")]; ok {
					n = j - i
				}
			}
		}
		if n == 0 {
			out = append(out, tokens[i])
			n = 1
		}
		i += n
	}
	return out
}

// doubtful reports signs by which an answer is in doubt, or says what its words
// do not.
func doubtful(s string) bool {
	return emptyBox(s) || strings.ContainsFunc(s, func(r rune) bool {
		switch {
		case r >= 0x0334 && r <= 0x0338: // struck through
			return true
		case r == '?' || r == '¿' || r == '…' || r == '~':
			return true
		case unicode.Is(unicode.So, r) || unicode.Is(unicode.Sm, r) && r > unicode.MaxLatin1:
			return !strings.ContainsRune("👍👌🙏🙂😊😀😃🎉💚❤✓✔☑✅", r)
		}
		return false
	})
}

// emptyBox reports whether an answer holds a box that was left: an option that somebody
// copied and did not tick.
func emptyBox(s string) bool {
	return strings.ContainsAny(s, "☐□⬜◻") || slices.ContainsFunc([]string{"[ ]", "[]", "( )", "()", "[_]"}, func(box string) bool { return strings.Contains(s, box) })
}

// read reads an answer of which every word is known: phrases of one of the
// questions, longest first, and words that say nothing. One word more, and it is
// not understood.
func (w *way) read(s string, questions ...string) bool {
	if doubtful(s) {
		return false
	}
	fillers := []waysOf{ways()["filler"], fillerOf(questions[0])}
	if questions[0] == "confidentiality" {
		fillers = append(fillers, kindFiller())
	}
	tokens := telling(noName(said(s)), fillers...)
	before := ""
	for i, step := range phrased(tokens, questions) {
		value := ""
		if step.of > 0 {
			value = ways()[step.question][strings.Join(tokens[i:i+step.of], " ")]
		}
		if step.of == 0 || before == "but" && exempts(step.question, value, *w) {
			return false
		}
		before = step.question
		w.take(step.question, value)
	}
	return len(tokens) > 0
}

// exempts reports whether what stands behind a but may be what is taken out of what stands
// before it: everyone but some, all but the name, all but agreed.
func exempts(question, value string, before way) bool {
	switch question {
	case "audience":
		return before.audience != ""
	case "confidentiality":
		return identifies(value)
	case "consent":
		return before.consent == "" && value == "yes"
	}
	return false
}

// identifies reports whether somebody is known at a level.
func identifies(level string) bool { return level == "attributed" || level == "public" }

// phrased takes an answer apart into known phrases, the longest that leave no word over:
// by the place of its first word, of how many words each is and to which question. One
// of no words stands where no phrase leads to the end.
func phrased(tokens, questions []string) iter.Seq2[int, phrasing] {
	best := make([]phrasing, len(tokens)+1)
	best[len(tokens)].of = 1
	for i := range slices.Backward(tokens) {
		for j := min(len(tokens)-i, longestWay); j > 0 && best[i].of == 0; j-- {
			if best[i+j].of == 0 {
				continue
			}
			phrase := strings.Join(tokens[i:i+j], " ")
			for _, q := range questions {
				if _, known := ways()[q][phrase]; known && (q != "but" || i+j < len(tokens)) { // after a but comes more
					best[i] = phrasing{q, j}
					break
				}
			}
		}
	}
	return func(yield func(int, phrasing) bool) {
		for i := 0; i < len(tokens); i += best[i].of {
			if !yield(i, best[i]) || best[i].of == 0 {
				return
			}
		}
	}
}

// phrasing is how many words a phrase has, and to which question it speaks.
type phrasing struct {
	question string
	of       int
}

func (w *way) take(question, value string) {
	switch question {
	case "consent":
		if w.consent != "no" {
			w.consent = value
		}
	case "confidentiality":
		w.level = mostClosed(levelsClosedFirst(), w.level, value)
	case "audience":
		w.audience = mostClosed(audiencesClosedFirst(), w.audience, value)
	case "approval":
		w.approval = true
	case "uses":
		if !slices.Contains(w.uses, value) {
			w.uses = append(w.uses, value)
		}
	}
}

// ownNetwork takes off the short name of the network whose members may read: it is
// the group's own, who wrote the option.
func ownNetwork(cell string) string {
	fields := strings.Fields(cell)
	for i := 0; i+2 < len(fields); i++ {
		name, members := fields[i], strings.EqualFold(fields[i+1], "network") && strings.HasPrefix(strings.ToLower(fields[i+2]), "member")
		if len(name) > 1 && len(name) < 8 && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && name != "NOT" && name != "NO" && members {
			return strings.Join(append(slices.Clone(fields[:i]), fields[i+1:]...), " ")
		}
	}
	return cell
}

// together reads readers that are told one beside the other: "members and the
// public" are all of them. Those that are not known add nothing. "Public" before
// another word may belong to it, and counts last only.
func together(cell string) (way, bool) {
	parts := strings.Split(strings.NewReplacer(" and ", "/", " & ", "/", ", ", "/", " und ", "/", " et ", "/", " y ", "/", " e ", "/", " i ", "/", " oraz ", "/", " en ", "/", " och ", "/").Replace(strings.ToLower(cell)), "/")
	if len(parts) < 2 || doubtful(cell) || negates(cell) || slices.ContainsFunc(said(cell), func(w string) bool {
		return slices.Contains([]string{"not", "no", "but", "except", "excluding", "without", "unless", "if", "aber", "außer", "wenn", "mais", "sauf", "si", "pero", "excepto", "salvo", "ma", "se", "eccetto", "tranne", "maar", "behalve", "als", "ale", "oprócz", "jeśli", "gdy", "men", "utom", "om", "ond", "heblaw", "os"}, w)
	}) {
		return way{}, false
	}
	widest, order := -1, audiencesClosedFirst()
	for i, part := range parts {
		w := way{}
		if !w.read(part, "audience") {
			if w.audience = readersBy(part); w.audience == "" {
				continue
			}
		}
		if at := slices.Index(order, w.audience); at < len(order)-1 || i == len(parts)-1 {
			widest = max(widest, at)
		}
	}
	if widest < 0 {
		return way{}, false
	}
	return way{audience: order[widest]}, true
}

// few reports whether an answer names a small group, whichever: the working group is
// the fewest that there are, so that reading it so opens nothing.
func few(cell string) bool {
	if doubtful(cell) {
		return false
	}
	tokens := telling(said(cell), ways()["filler"])
	return len(tokens) > 0 && len(tokens) <= longestWay && fillerOf("few")[tokens[len(tokens)-1]] == "few"
}

// readersBy are the readers that an answer of a few words names by its last, as the
// members of "housing network members": those of a small group are the working group.
func readersBy(cell string) string {
	tokens := telling(said(cell), ways()["filler"])
	if len(tokens) < 2 || len(tokens) > longestWay || doubtful(cell) || denies(strings.Join(tokens, " ")) {
		return ""
	}
	readers := fillerOf("readers")[tokens[len(tokens)-1]]
	if readers == "" || slices.ContainsFunc(tokens, func(t string) bool {
		return t == "but" || t == "except" || t == "excluding" || t == "if" || t == "former" || t == "or"
	}) {
		return ""
	}
	if slices.ContainsFunc(tokens[:len(tokens)-1], func(t string) bool { return fillerOf("few")[t] == "few" }) {
		return audiencesClosedFirst()[0]
	}
	return readers
}

// mostClosed is the more closed of two values, "" being none.
func mostClosed(order []string, a, b string) string {
	if a == "" || b != "" && slices.Index(order, b) < slices.Index(order, a) {
		return b
	}
	return a
}

// stillOpen reports whether an answer on leave says that it has yet to be given or may be,
// begins with a no and goes on, or is for somebody only of whom nothing else is known.
func stillOpen(cell string, w way) bool {
	tokens := said(cell)
	for i := range tokens {
		if leavesOpen(tokens, i) {
			return true
		}
	}
	ofWhomUnknown := limited(tokens) && w.level == "" && w.audience == "" && !w.approval
	return perhaps(cell, true) || ofWhomUnknown || len(tokens) > 1 && beginsWithNo(cell)
}

// leavesOpen reports whether a word of an answer on leave says, with those beside it, that it
// may be given, is others' to give or is wished for, or that all stays among those who ask.
func leavesOpen(tokens []string, i int) bool {
	before, after := tokenAt(tokens, i-1), tokenAt(tokens, i+1)
	switch x := tokens[i]; x {
	case "may", "might", "could", "should", "would", "will", "shall", "must", "can":
		yours := x == "may" && before == "you" && (after == "use" || after == "share")
		return !yours && mayYet(x, after, tokenAt(tokens, i+2))
	case "to":
		return toCome(tokens, i)
	case "they", "sie", "de":
		return othersAgree(tokens[i+1:])
	case "as":
		return mayGrant(after) && after != "a"
	case "but":
		return mayGrant(after) && before == "all"
	case "keep", "stay", "remain":
		return slices.Contains(tokens[i:], "us") || slices.Contains(tokens[i:], "me")
	}
	return false
}

// toCome reports whether leave is spoken of behind the "to" at i as what is still to be
// given: not "happy to share" or "happy for you to use it".
func toCome(tokens []string, i int) bool {
	after, whom := tokenAt(tokens, i+1), i-1
	if tokenAt(tokens, whom-1) == "for" {
		whom -= 2
	}
	if after == "be" && (i == 0 || mayGrant(tokenAt(tokens, i+2))) {
		return true
	}
	polite := slices.Contains([]string{"happy", "glad", "like", "pleased", "delighted", "willing", "content", "fine", "ok", "sure"}, tokenAt(tokens, whom))
	return !polite && mayGrant(after) && after != "a"
}

// tokenAt is a word of an answer; "" before its first and behind its last.
func tokenAt(tokens []string, i int) string {
	if i < 0 || i >= len(tokens) {
		return ""
	}
	return tokens[i]
}

// mayGrant reports whether a word may give leave, or begin to.
func mayGrant(s string) bool {
	return ways()["consent"][s] == "yes" || slices.Contains([]string{"give", "a", "no", "good", "possible"}, s)
}

// mayYet reports whether leave is spoken of as what may be: "could be possible". Who can
// confirm does so.
func mayYet(auxiliary, after, next string) bool {
	if after == "be" || after == "have" {
		after = next
	}
	return mayGrant(after) && !(auxiliary == "can" && strings.HasPrefix(after, "confirm"))
}

// wayOf reads the answer to one of the questions on what may be done. What it
// says beside its own question narrows, and never opens.
func wayOf(question, cell string) (w way, ok bool) {
	if head, inside, cut := strings.Cut(cell, " ("); cut && strings.HasPrefix(inside, "e.g") && strings.HasSuffix(inside, ")") {
		cell = head // an instance of what was said
	}
	switch question {
	case "consent":
		ok = w.read(cell, "consent", "confidentiality", "approval", "but", "audience")
		if w.consent == "" && w.level == model.Withheld.String() {
			w.consent = "no" // "Do not publish"
		}
		// "Use" and "name" may be a yes to something else: without a word of consent there is none.
		return w, ok && w.consent != "" && (w.consent == "no" || !stillOpen(cell, w)) && (!identifies(w.level) || plainlyNamed(cell, w.level))
	case "confidentiality":
		ok = w.read(cell, "confidentiality", "approval", "consent", "but", "audience")
		return w, ok && w.level != "" && !perhaps(cell, false) && (!identifies(w.level) || plainlyNamed(cell, w.level))
	case "audience":
		if perhaps(cell, false) {
			return w, false
		}
		if several, ok := together(cell); ok {
			return several, true
		}
		if ok = w.read(ownNetwork(cell), "audience", "consent", "but"); ok && w.audience != "" && w.consent != "no" && (w.consent == "" || leaveFirst(cell)) {
			return w, true
		}
		if few(cell) {
			return way{audience: audiencesClosedFirst()[0]}, true
		}
		if readers := readersBy(cell); readers != "" {
			return way{audience: readers}, true
		}
		return w, false
	case "uses":
		ok = w.read(cell, "uses")
		return w, ok && len(w.uses) > 0 && !perhaps(cell, false)
	}
	return w, false
}

// leaveFirst reports whether an answer on readers says yes before it names them, or no more
// than that: "anyone with permission" is not anyone.
func leaveFirst(cell string) bool {
	w := said(cell)
	return !slices.ContainsFunc(w[min(1, len(w)):], func(s string) bool {
		return slices.ContainsFunc([]string{"agree", "permi", "consent", "approv", "accept", "cleared", "released", "given", "grant", "authoris", "confirm"}, func(head string) bool { return strings.HasPrefix(s, head) })
	})
}

// aside notes what an answer says beside its own question.
func (in *filled) aside(q *model.Question, cell string) {
	if q.ID != "consent" && q.ID != "confidentiality" {
		return
	}
	if w, ok := wayOf(q.ID, cell); ok {
		in.noted(w)
	}
}

func (in *filled) noted(w way) {
	in.beside.level = mostClosed(levelsClosedFirst(), in.beside.level, w.level)
	in.beside.audience = mostClosed(audiencesClosedFirst(), in.beside.audience, w.audience)
	in.beside.approval = in.beside.approval || w.approval
	if w.consent == "no" {
		in.beside.consent = "no"
	}
}

// narrow applies what answers say beside their own question: "yes, but not our
// name" is a yes to no more than that. Only where no column asks how it may be
// told, the consent says it.
func (in *filled) narrow(m Mapping) {
	b := in.beside
	if b.consent == "no" {
		in.answers["consent"] = "no"
	}
	level := in.answers["confidentiality"]
	if b.level != "" && (level != "" || !m.asks("confidentiality")) {
		in.answers["confidentiality"] = mostClosed(levelsClosedFirst(), level, b.level)
	}
	if readers := in.answers["audience"]; b.audience != "" && (readers != "" || !m.asks("audience")) {
		in.answers["audience"] = mostClosed(audiencesClosedFirst(), readers, b.audience)
	}
	if b.approval && in.answers["confidentiality"] != "" {
		in.answers["approval"] = "yes"
	}
}
