// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
)

//go:embed data/questions.tsv
var questionsTSV string

// wordsOfHeader are a heading's words without accents and slips of the pen.
func wordsOfHeader(s string) []string {
	out := wordsOfPhrase(s)
	for i, w := range out {
		if long := abbreviated()[w]; long != "" && !strings.Contains(s, " ") {
			w = long // in the name of a variable
		}
		out[i] = spellings().mend(w)
	}
	return out
}

// abbreviated are words as names of variables shorten them.
func abbreviated() map[string]string {
	return map[string]string{
		"yr": "year", "org": "organisation", "inst": "institution", "anon": "anonymous", "pref": "preference", "desc": "description", "loc": "location", "geo": "geographic",
		"cat": "category", "chall": "challenge", "obj": "objective", "objs": "objectives", "outc": "outcome", "outs": "outcomes", "recs": "recommendations", "conf": "confidentiality",
		"descr": "description", "lvl": "level", "perm": "permission", "exp": "expires", "stk": "stakeholders", "grp": "group", "grps": "groups", "impl": "implementation", "proj": "project", "addr": "address",
	}
}

// wordsOfPhrase are words without accents.
func wordsOfPhrase(s string) []string {
	out := strings.Fields(words(s))
	for i, w := range out {
		out[i] = plain(w)
	}
	return out
}

// A phrase recognises the header of a question: its parts in their order, with or
// without other words between them. A word of a part may stand for a class of them.
type phrase struct {
	question string
	parts    [][]string
	length   int
	whole    bool // nothing but the phrase may stand in the header
	exact    bool // in no other form of its words
	weak     bool // the answers must bear it out
}

// open stands after the beginning of a word for all words that begin so.
const open = "*"

// newPhrase reads "=" before a phrase that must be the whole header, "~" before one
// that many questions have, "…" for any words and "@" before the name of a class.
func newPhrase(question, text string) phrase {
	p := phrase{question: question, exact: question == permission || question == leave} // which take a column from its question
	text, p.weak = strings.CutPrefix(text, "~")
	text, p.whole = strings.CutPrefix(text, "=")
	for part := range strings.SplitSeq(text, "…") {
		var tokens []string
		for token := range strings.FieldsSeq(part) {
			if strings.HasPrefix(token, "@") {
				tokens = append(tokens, token)
				p.length += 2 * classLength
				continue
			}
			for _, w := range wordsOfPhrase(token) {
				p.length += 2 * (len(w) + 1)
				if strings.HasSuffix(token, open) {
					w += open
				}
				tokens = append(tokens, w)
			}
		}
		p.parts = append(p.parts, tokens)
		p.length += 2
	}
	// A phrase of one word has all its forms in the table.
	p.exact = p.exact || len(p.parts) == 1 && len(p.parts[0]) == 1 && !strings.HasPrefix(p.parts[0][0], "@")
	return p
}

// classLength is how much a word of a class counts for, whichever it is.
const classLength = 7

// stemmed stands before the stem of a word in a class.
const stemmed = "~"

// inflected is a word's stem: "redacted" and "redact" are one in a heading.
func inflected(w string) string {
	if len(w) < 5 {
		return w
	}
	return stem(w)
}

// in reports whether a header's words hold the phrase.
func (p phrase) in(header []string) bool {
	if p.whole {
		return len(p.parts) == 1 && len(header) == len(p.parts[0]) && begins(header, p.parts[0], p.exact)
	}
	for _, part := range p.parts {
		at := 0
		for at <= len(header) && !begins(header[at:], part, p.exact) {
			at++
		}
		if at > len(header) {
			return false
		}
		header = header[at+len(part):]
	}
	return true
}

// is reports whether a header's words are the phrase and no more.
func (p phrase) is(header []string) bool {
	return len(p.parts) == 1 && len(header) == len(p.parts[0]) && begins(header, p.parts[0], p.exact)
}

// begins reports whether a header begins with the words of a part, in any form of them
// unless exact.
func begins(header, part []string, exact bool) bool {
	if len(header) < len(part) {
		return false
	}
	for i, token := range part {
		if class, ok := strings.CutPrefix(token, "@"); ok {
			if of := headerWords().classes[class]; !of[header[i]] && (exact || !of[stemmed+inflected(header[i])]) {
				return false
			}
		} else if head, ok := strings.CutSuffix(token, open); ok {
			if !strings.HasPrefix(header[i], head) {
				return false
			}
		} else if token != header[i] && (exact || token[0] != header[i][0] || inflected(token) != inflected(header[i])) {
			return false
		}
	}
	return true
}

// headerWords are the phrases by which headers are known, and the classes of words
// in them.
var headerWords = sync.OnceValue(func() (all struct {
	phrases []phrase
	of      map[string][]phrase // by question
	classes map[string]map[string]bool
},
) {
	all.of, all.classes = map[string][]phrase{}, map[string]map[string]bool{}
	for line := range strings.Lines(questionsTSV) {
		question, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if class, ok := strings.CutPrefix(question, "@"); ok {
			all.classes[class] = map[string]bool{}
			for word := range strings.SplitSeq(list, "|") {
				word = plain(word)
				all.classes[class][word] = true
				all.classes[class][stemmed+inflected(word)] = true
			}
			continue
		}
		for p := range strings.SplitSeq(list, "|") {
			found := newPhrase(question, p)
			all.phrases, all.of[question] = append(all.phrases, found), append(all.of[question], found)
		}
	}
	return all
})

func phrases() []phrase { return headerWords().phrases }

// addressed puts a column of e-mail addresses before one of the names beside them.
const addressed = 1000

// levelled reports whether half of the answers say how an example may be told.
func levelled(cells []string) bool {
	n := 0
	for _, cell := range cells {
		if w, ok := wayOf("confidentiality", cell); ok && w.level != "withheld" {
			n++
		}
	}
	return n > 0 && 2*n >= len(cells)
}

// borneOut reports whether answers are such as the question has: half of them are
// understood.
func borneOut(q *model.Question, cells []string) bool {
	n := 0
	for _, cell := range cells {
		if understood(q, cell) {
			n++
		}
	}
	return n > 0 && 2*n >= len(cells)
}

// longestGroup is how many words name a group, its code among them: more are a story in
// which it takes part.
const longestGroup = 6

// understood reports whether an answer is one that the question takes, alone.
func understood(q *model.Question, cell string) bool {
	switch {
	case q.ID == "year":
		_, ok := year(cell)
		return ok
	case q.ID == "country":
		_, ok := country(cell)
		return ok
	case q.ID == "age_band":
		_, ok := ageBand(cell)
		return ok
	case q.ID == "stakeholders":
		entries, findings := (&run{quick: true}).groups(q, cell)
		return !slices.ContainsFunc(lines(entries), func(l string) bool { return len(strings.Fields(l)) > longestGroup }) && 2*len(findings) <= len(lines(entries))
	case q.Kind == model.AskDate:
		_, ok := (dayOrder{}).day(cell)
		return ok
	case q.Kind == model.AskYesNo:
		return agreeable(cell)
	case len(q.Options) > 0 || q.Scheme != "":
		_, rest := options(q, cell)
		return len(rest) == 0
	}
	return true
}

// evident puts a column whose answers are such as the question has before one of which
// only the heading speaks.
const evident = 500

// closed reports whether a question is answered by choosing, or by a fact.
func closed(q *model.Question) bool {
	return q.Kind == model.AskChoice || q.Kind == model.AskChoices || q.Kind == model.AskDate || q.ID == "year" || q.ID == "country" || q.ID == "stakeholders" || q.ID == "age_band"
}

// furthest is the least length of a phrase that gives a question a further column.
const furthest = 13

// A phraseIn is a question of which a column's header holds a phrase, and how much that
// says.
type phraseIn struct {
	column, length int
	question       string
}

// byPhrase gives columns the questions whose phrases their headers hold, the
// longest phrase first.
func (m Mapping) byPhrase(rows []Row, taken map[string]bool) {
	var all []phraseIn
	cells := m.cells(rows)
	for i, c := range m.Columns {
		if c.Why == "" {
			all = append(all, c.phrases(i, cells[i])...)
		}
	}
	slices.SortStableFunc(all, func(a, b phraseIn) int { return b.length - a.length })
	// A column that says both whether and how an example may be told answers how, where
	// another asks for a yes.
	plain := slices.ContainsFunc(all, func(f phraseIn) bool { return f.question == "consent" && !levelled(cells[f.column]) }) && !taken["consent"]
	for _, f := range all {
		c := &m.Columns[f.column]
		if plain && f.question == "consent" && levelled(cells[f.column]) && !taken["confidentiality"] {
			continue
		}
		switch {
		case c.Why != "":
		case !taken[f.question] || severalHeads(f.question) && f.length >= furthest:
			c.Question, c.Why = f.question, "phrase"
			taken[f.question] = true
		case f.question == "contact": // the name beside the address
			c.Question, c.Why = Person, "phrase"
		}
	}
}

// phrases are the questions of which a header holds phrases, each by the longest that its
// answers bear out.
func (c Mapped) phrases(column int, cells []string) (all []phraseIn) {
	header := wordsOfHeader(c.Header)
	telling, refused := asksToTell(header), longestRefused(header, cells)
	best := map[string]int{} // by question
	add := func(question string, length int) {
		if length > best[question] {
			best[question] = length
			all = append(all, phraseIn{column, length, question})
		}
	}
	elsewhere, sure := c.asksElse(header), knownHeadings().surely(c.Header, farAhead)
	for _, p := range phrases() {
		q, ok := question(p.question)
		if !ok || !p.in(header) || elsewhere(q) {
			continue
		}
		// A phrase that is the whole header says more than one inside it.
		length := p.length
		if p.is(header) {
			length++
		}
		if sure != "" && sure != q.ID && !limits(q) && !(closed(q) && borneOut(q, cells)) {
			continue
		}
		if q.ID == "consent" && levelled(cells) {
			add("confidentiality", length-1)
		}
		if closed(q) && !(p.weak && telling) && borneOut(q, cells) {
			length += evident
		}
		if q.ID == "contact" && slices.ContainsFunc(cells, func(s string) bool { return strings.Contains(s, "@") }) {
			length += addressed
		}
		if agrees(q) && length < refused { // "how long … permission" is no consent, whatever its answers
			continue
		}
		if fits(q, cells) && (!p.weak || borneOut(q, cells)) {
			add(p.question, length)
		}
	}
	return all
}

// asksToTell reports whether a header asks what was done or came of it: "how were they
// involved" is not who was.
func asksToTell(header []string) bool {
	return slices.ContainsFunc(phrases(), func(p phrase) bool {
		return !p.weak && len(p.parts)+len(p.parts[0]) > 2 && slices.Contains(told(), p.question) && p.in(header)
	})
}

// longestRefused is the length of the longest phrase of a header whose question the
// answers do not fit.
func longestRefused(header, cells []string) (length int) {
	for _, p := range phrases() {
		if q, ok := question(p.question); ok && p.length > length && !p.weak && p.in(header) && !fits(q, cells) {
			length = p.length
		}
	}
	return length
}

// farAhead is how far a heading is likest one question, so that a phrase of another in it
// says nothing.
const farAhead = 2.5

// asksElse tells of questions whether a header asks for something else though it holds one
// of their phrases.
func (c Mapped) asksElse(header []string) func(q *model.Question) bool {
	says, asked := knownHeadings().speaks(c.Header), asksLeave(c.Header) || asksWhether(c.Header)
	return func(q *model.Question) bool {
		if opens(q) && (q.ID == "consent" && (asksNaming(c.Header) != "" || asksToReach(c.Header)) || speaksOf(ofElse, header)) { // a name is no consent, nor is a privacy notice
			return true
		}
		if q.ID == "confidentiality" && ofTheirs(c.Header) {
			return true
		}
		if q.ID == "signed_on" && speaksOf("expires", header) { // which narrows
			return true
		}
		return says[noQuestion] > max(1, says[q.ID]+1) && !limits(q) || slices.Contains(told(), q.ID) && c.ofGroups() || asked && !ofAgreement(q)
	}
}

// asksWhether reports whether a heading begins by asking whether somebody may, must or
// shall: "Can others copy what you did?" is not what they did. Of those whom it addresses it
// may only ask politely to tell.
func asksWhether(header string) bool {
	w, of := wordsOfPhrase(header), headerWords().classes
	return len(w) > 1 && of["whether"][w[0]] && !of["addressed"][w[1]]
}

// asksOpenly reports whether a heading that is a question asks for more than a yes, a no
// or a name: it holds a question word.
func asksOpenly(header string) bool {
	return !strings.Contains(header, "?") || slices.ContainsFunc(wordsOfPhrase(header), func(w string) bool { return headerWords().classes["open"][w] })
}
