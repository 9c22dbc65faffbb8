// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
)

//go:embed data/questions.tsv
var questionsTSV string

//go:embed data/aside.tsv
var asideTSV string

// What may become of a column besides answering a question.
const (
	// Aside columns are read by nobody: they are named, and kept out.
	Aside = "aside"
	// Person columns hold names of people, which are kept out of every text.
	Person = "person"
)

// A Mapping says of each column which question it answers: a question's id,
// Aside or Person.
type Mapping struct {
	Columns []Mapped
	// Once are answers that stand in every row that says nothing itself.
	Once []Once
}

// Mapped is a column and the question that it answers.
type Mapped struct {
	Column
	Question string // a question's id, Aside or Person
	// Why says how the question was found: "header", "phrase", "answers", "order", "names",
	// "tool" for the columns of survey tools, "permission" for those that may limit
	// what may be done, "given" by a person, or "" for a column that nothing was found
	// for.
	Why string
}

// key reduces a text to letters and digits: texts that agree in them are one.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// words are a header's words, with a space before, between and after them.
func words(s string) string {
	fields := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "_", " ")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return " " + strings.Join(fields, " ") + " "
}

func wordsOfHeader(s string) []string { return strings.Fields(words(s)) }

// A phrase recognises the header of a question: its parts in their order, with or
// without other words between them. A word of a part may stand for a class of them.
type phrase struct {
	question string
	parts    [][]string
	length   int
	whole    bool // nothing but the phrase may stand in the header
	weak     bool // the answers must bear it out
}

// newPhrase reads "=" before a phrase that must be the whole header, "~" before one
// that many questions have, "…" for any words and "@" before the name of a class.
func newPhrase(question, text string) phrase {
	p := phrase{question: question}
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
			for w := range strings.FieldsSeq(words(token)) {
				tokens = append(tokens, w)
				p.length += 2 * (len(w) + 1)
			}
		}
		p.parts = append(p.parts, tokens)
		p.length += 2
	}
	return p
}

// classLength is how much a word of a class counts for, whichever it is.
const classLength = 7

// in reports whether a header's words hold the phrase.
func (p phrase) in(header []string) bool {
	if p.whole {
		return len(p.parts) == 1 && len(header) == len(p.parts[0]) && begins(header, p.parts[0])
	}
	for _, part := range p.parts {
		at := 0
		for at <= len(header) && !begins(header[at:], part) {
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
	return len(p.parts) == 1 && len(header) == len(p.parts[0]) && begins(header, p.parts[0])
}

// begins reports whether a header begins with the words of a part.
func begins(header, part []string) bool {
	if len(header) < len(part) {
		return false
	}
	for i, token := range part {
		if class, ok := strings.CutPrefix(token, "@"); ok {
			if !headerWords().classes[class][header[i]] {
				return false
			}
		} else if token != header[i] {
			return false
		}
	}
	return true
}

// headerWords are the phrases by which headers are known, and the classes of words
// in them.
var headerWords = sync.OnceValue(func() (all struct {
	phrases []phrase
	classes map[string]map[string]bool
}) {
	all.classes = map[string]map[string]bool{}
	for line := range strings.Lines(questionsTSV) {
		question, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if class, ok := strings.CutPrefix(question, "@"); ok {
			all.classes[class] = map[string]bool{}
			for word := range strings.SplitSeq(list, "|") {
				all.classes[class][word] = true
			}
			continue
		}
		for p := range strings.SplitSeq(list, "|") {
			all.phrases = append(all.phrases, newPhrase(question, p))
		}
	}
	return all
})

func phrases() []phrase { return headerWords().phrases }

var tools = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(asideTSV) {
		if name, what, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			all[key(name)] = what
		}
	}
	return all
})

// toolColumn says what becomes of a column that a survey tool adds, whatever its
// header explains in brackets.
func toolColumn(header string) (string, bool) {
	what, ok := tools()[key(header)]
	if head, _, cut := strings.Cut(header, " ("); !ok && cut && strings.HasSuffix(header, ")") {
		what, ok = tools()[key(head)]
	}
	if !ok && strings.HasSuffix(header, "_complete") { // REDCap, a column for each form
		return Aside, true
	}
	return what, ok
}

// exact are the form's own headers: ids, questions and aliases.
var exact = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, q := range form() {
		for _, name := range append([]string{q.ID, q.Label}, q.Aliases...) {
			all[key(name)] = q.ID
		}
		for _, label := range formWords()[q.ID+"\tlabel"] {
			if k := key(label); all[k] == "" {
				all[k] = q.ID
			}
		}
	}
	return all
})

// Account is the question that model.Form does not have: the whole story, from
// which model/reading fills what no column answers.
const Account = "account"

// form are the questions that columns may answer.
var form = sync.OnceValue(func() []model.Question {
	return append(model.Form(), model.Question{
		Section: "The example", ID: Account, Field: Account, Kind: model.AskProse,
		Label: "Tell us the whole story, in your own words.", Help: "Software reads the other answers from it, for a person to confirm. It is never published.",
	})
})

// Questions are those that columns may answer. Each call returns a new slice.
func Questions() []model.Question { return slices.Clone(form()) }

// question is the form's question with an id.
func question(id string) (*model.Question, bool) {
	i := slices.IndexFunc(form(), func(q model.Question) bool { return q.ID == id })
	if i < 0 {
		return nil, false
	}
	return &form()[i], true
}

// Propose finds for each column the question that it answers: by the form's own
// headers, by what survey tools call their columns, by words of the header, and
// by the answers themselves. Each question is given to one column; others stay
// aside.
func Propose(t Table) (Mapping, error) {
	columns, rows, err := layout(t)
	if err != nil {
		return Mapping{}, err
	}
	var m Mapping
	taken := map[string]bool{}
	for _, c := range columns {
		mapped := Mapped{Column: c, Question: Aside}
		if id, ok := exact()[key(c.Header)]; ok {
			mapped.Question, mapped.Why = id, "header"
		} else if what, ok := toolColumn(c.Header); ok {
			mapped.Question, mapped.Why = what, "tool"
		}
		if mapped.Question != Aside && mapped.Question != Person {
			if taken[mapped.Question] && !Several(mapped.Question) {
				mapped.Question, mapped.Why = Aside, ""
			}
			taken[mapped.Question] = true
		}
		m.Columns = append(m.Columns, mapped)
	}
	m.byPhrase(rows, taken)
	m.byNames("organisation", rows, taken)
	m.byAnswers(rows, taken)
	m.byPermission()
	m.byNames("title", rows, taken)
	m.byOrder(rows, taken)
	m.notWhole(taken)
	return m, nil
}

// Several reports whether more than one column may answer a question: what they hold
// is put together. Of most questions one answer only can hold.
func Several(question string) bool {
	switch question {
	case "challenges", "objectives", "steps", "outcomes", "lessons", "quotes", "resources", "other_names", "conditions":
		return true
	}
	return false
}

// permission stands in data/questions.tsv for words by which a column limits what may
// be done, whatever its question.
const permission = "permission"

// ofOthers stands there for words by which a number does not count who answers.
const ofOthers = "of others"

// byPermission takes columns that speak of permission, and answer none of the form's
// questions, for conditions: a person must read them before the example is used. Set
// aside, they would limit nothing.
func (m Mapping) byPermission() {
	for i := range m.Columns {
		c := &m.Columns[i]
		if header := wordsOfHeader(c.Header); c.Why == "" && speaksOf(permission, header) && !speaksOf("contact", header) {
			c.Question, c.Why = "conditions", permission
		}
	}
}

func speaksOf(question string, header []string) bool {
	return slices.ContainsFunc(phrases(), func(p phrase) bool { return p.question == question && !p.weak && p.in(header) })
}

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
		entries, findings := (&run{}).groups(q, cell)
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

// byPhrase gives columns the questions whose phrases their headers hold, the
// longest phrase first.
func (m Mapping) byPhrase(rows []Row, taken map[string]bool) {
	type found struct {
		column, length int
		question       string
	}
	var all []found
	cells := m.cells(rows)
	for i, c := range m.Columns {
		if c.Why != "" {
			continue
		}
		header := wordsOfHeader(c.Header)
		best := map[string]int{} // by question
		refused := 0             // length of the longest phrase whose question the answers do not fit
		for _, p := range phrases() {
			if q, ok := question(p.question); ok && p.length > refused && !p.weak && p.in(header) && !fits(q, cells[i]) {
				refused = p.length
			}
		}
		for _, p := range phrases() {
			if q, ok := question(p.question); ok && p.in(header) {
				// A phrase that is the whole header says more than one inside it.
				length := p.length
				if p.is(header) {
					length++
				}
				if q.ID == "consent" && levelled(cells[i]) && length-1 > best["confidentiality"] {
					best["confidentiality"] = length - 1
					all = append(all, found{i, length - 1, "confidentiality"})
				}
				if closed(q) && borneOut(q, cells[i]) {
					length += evident
				}
				if q.ID == "contact" && slices.ContainsFunc(cells[i], func(s string) bool { return strings.Contains(s, "@") }) {
					length += addressed
				}
				if agrees(q) && length < refused { // "how long … permission" is no consent, whatever its answers
					continue
				}
				if length > best[p.question] && fits(q, cells[i]) && (!p.weak || borneOut(q, cells[i])) {
					best[p.question] = length
					all = append(all, found{i, length, p.question})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return b.length - a.length })
	// A column that says both whether and how an example may be told answers how, where
	// another asks for a yes.
	plain := slices.ContainsFunc(all, func(f found) bool { return f.question == "consent" && !levelled(cells[f.column]) }) && !taken["consent"]
	for _, f := range all {
		c := &m.Columns[f.column]
		if plain && f.question == "consent" && levelled(cells[f.column]) && !taken["confidentiality"] {
			continue
		}
		switch {
		case c.Why != "":
		case !taken[f.question] || Several(f.question) && f.length >= furthest:
			c.Question, c.Why = f.question, "phrase"
			taken[f.question] = true
		case f.question == "contact": // the name beside the address
			c.Question, c.Why = Person, "phrase"
		}
	}
}

// cells are the answers of each column, at most a hundred.
func (m Mapping) cells(rows []Row) [][]string {
	out := make([][]string, len(m.Columns))
	for i, c := range m.Columns {
		for _, row := range rows {
			if cell := c.cell(row); cell != "" && !nothing(cell) && len(out[i]) < 100 {
				out[i] = append(out[i], cell)
			}
		}
	}
	return out
}

// fits reports whether a column's answers can be to a question that takes only
// some: half of them are. A column of prose is no date, and one of yes and no does
// not say who may read.
func fits(q *model.Question, cells []string) bool {
	var is func(string) bool
	switch {
	case q.Kind != model.AskYesNo && q.ID != "conditions" && answersAre(cells, 4, 5, func(s string) bool { _, ok := yesNo("", s); return ok }):
		return false // a yes or no is no answer to it
	case slices.Contains(told(), q.ID) && answersAre(cells, 1, 2, allows):
		return false
	case q.ID == "year":
		is = func(s string) bool { _, ok := year(s); return ok }
	case q.Kind == model.AskDate:
		is = func(s string) bool { _, ok := (dayOrder{}).day(s); return ok || figures().MatchString(s) }
	case q.Kind == model.AskYesNo:
		is = agreeable
	case q.Kind == model.AskNumber:
		is = func(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }
	case q.ID == "country":
		is = func(s string) bool { return len(strings.Fields(s)) <= 5 }
	case q.ID == "confidentiality", q.ID == "uses", q.ID == "audience":
		is = func(s string) bool { _, ok := yesNo(q.ID, s); return !ok && len(s) <= 300 }
	default:
		return true
	}
	return len(cells) == 0 || answersAre(cells, 1, 2, is)
}

// answersAre reports whether a part of the answers, and one at least, are such.
func answersAre(cells []string, part, of int, is func(string) bool) bool {
	n := 0
	for _, cell := range cells {
		if is(cell) {
			n++
		}
	}
	return n > 0 && of*n >= part*len(cells)
}

// allows reports whether an answer says what may be done.
func allows(s string) bool {
	for _, question := range []string{"consent", "confidentiality", "audience"} {
		if _, ok := wayOf(question, s); ok {
			return true
		}
	}
	return false
}

// agreeable reports whether an answer says yes or no first, whatever follows.
func agreeable(s string) bool {
	if _, ok := yesNo("", s); ok || number2(s) >= 0 {
		return true
	}
	w := said(s)
	for n := min(len(w), 3); n > 0; n-- {
		if ways()["consent"][strings.Join(w[:n], " ")] != "" {
			return true
		}
	}
	return false
}

// byAnswers gives columns without a question one whose options they hold, where
// at least three answers in four are options of that question and of no other; of kinds
// of organisations, groups and scales, for which people have many words, half of them.
func (m Mapping) byAnswers(rows []Row, taken map[string]bool) {
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Why != "" {
			continue
		}
		var cells []string
		for _, row := range rows {
			if cell := c.cell(row); cell != "" {
				cells = append(cells, cell)
			}
		}
		if len(cells) < 3 {
			continue
		}
		best, second, id := 0, 0, ""
		for _, q := range form() {
			if taken[q.ID] || q.Internal || q.Kind != model.AskChoice && q.Kind != model.AskChoices && q.ID != "country" && q.ID != "stakeholders" {
				continue
			}
			if q.ID == "organisation_type" && !repeats(cells) { // names of organisations
				continue
			}
			n := 0
			for _, cell := range cells {
				if understood(&q, cell) {
					n++
				}
			}
			if n > best && !(sameFamily(id, q.ID) && id == "organisation_type") || n == best && n > 0 && q.ID == "organisation_type" && sameFamily(id, q.ID) {
				if !sameFamily(id, q.ID) {
					second = best
				}
				best, id = n, q.ID
			} else if n > second && !sameFamily(id, q.ID) {
				second = n
			}
		}
		enough := 4*best >= 3*len(cells)
		switch id {
		case "organisation_type", "stakeholders", "scale":
			enough = 2*best >= len(cells) && 3*second <= 2*best
		case "confidentiality", "audience":
			enough = 5*best >= 3*len(cells)
		}
		if enough && second < best {
			c.Question, c.Why = id, "answers"
			taken[id] = true
		}
	}
}

// repeats reports whether answers are some of a few, as those chosen from a list are.
func repeats(cells []string) bool {
	distinct := map[string]bool{}
	for _, cell := range cells {
		distinct[cell] = true
	}
	return len(cells) < 5 || 10*len(distinct) <= 8*len(cells)
}

// sameFamily reports whether questions have answers in the same words: what somebody is,
// where it works and who took part.
func sameFamily(a, b string) bool {
	family := []string{"organisation_type", "sector", "setting", "stakeholders"}
	return slices.Contains(family, a) && slices.Contains(family, b)
}

// known reports whether a mapping may name the question.
func known(id string) bool {
	_, ok := question(id)
	return ok || id == Aside || id == Person
}

// Label is a question's words, for a person.
func Label(id string) string {
	if q, ok := question(id); ok {
		return q.Label
	}
	return id
}

var reader = sync.OnceValue(collect.Reader)
