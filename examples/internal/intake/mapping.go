// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
)

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
	// Meant are answers to choose, with what a person said that they mean.
	Meant []Meant
}

// Mapped is a column and the question that it answers.
type Mapped struct {
	Column
	Question string // a question's id, Aside or Person
	// Why says how the question was found: "header", "phrase", "answers", "order", "names", "likeness",
	// "naming", "merged", "sheet", "tool" for the columns of survey tools, "permission" for those that may limit
	// what may be done, "given" by a person, or "" for a column that nothing was found
	// for.
	Why string

	ownWords bool // its answers are of several words, and not chosen from a few
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

// answersOf are a column's answers.
func answersOf(c Column, rows []Row) (out []string) {
	for _, row := range rows {
		if cell := c.cell(row); cell != "" {
			out = append(out, cell)
		}
	}
	return out
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
	q, ok := questionsByID()[id]
	return q, ok
}

var questionsByID = sync.OnceValue(func() map[string]*model.Question {
	all := map[string]*model.Question{}
	for i := range form() {
		all[form()[i].ID] = &form()[i]
	}
	return all
})

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
		if id, ok := exact()[key(c.Header)]; ok && (id != "attribution" || !levelled(answersOf(c, rows))) {
			mapped.Question, mapped.Why = id, "header"
		} else if what, ok := toolColumn(c.Header); ok && toolWrote(c, columns, rows) {
			mapped.Question, mapped.Why = what, "tool"
		} else if counts(answersOf(c, rows)) {
			mapped.Why = "tool"
		}
		if mapped.Question != Aside && mapped.Question != Person {
			if taken[mapped.Question] && !Several(mapped.Question) {
				mapped.Question, mapped.Why = Aside, ""
			}
			taken[mapped.Question] = true
		}
		m.Columns = append(m.Columns, mapped)
	}
	for i, cells := range m.cells(rows) {
		m.Columns[i].ownWords = prose(cells, len(rows)) && (!chosen(cells) || distinct(cells) >= 5) && !answersAre(cells, 1, 2, func(s string) bool { return reachable(s) || tellsWhen(s) })
	}
	m.byTicks(taken)
	m.byPhrase(rows, taken)
	m.byPersons(rows)
	m.byAnswers(rows, taken)
	m.byNaming(rows, taken)
	m.byAgreement(rows, taken)
	m.byPermission(rows) // before likeness, which must take none of them
	m.byWhether(rows, taken)
	m.byGroupsToo(rows, taken)
	m.bySheet(rows, taken)
	m.byNames("organisation", rows, taken)
	m.byClients(rows, taken)
	m.byStory(rows, taken)
	m.byLikeness(rows, taken)
	m.byNames("title", rows, taken)
	m.byEvidence(rows)
	m.byOrder(rows, taken)
	m.byPlace(rows, taken)
	m.byMerged(rows, taken)
	m.byLists(rows)
	m.byTelling(rows, taken)
	m.byReserve(rows)
	m.byContrary()
	m.notWhole(taken)
	m.byRest(rows)
	return m, nil
}

// Several reports whether more than one column may answer a question: what they hold
// is put together; of years the last stands. Of most questions one answer only can hold.
func Several(question string) bool {
	switch question {
	case "stakeholders", "challenges", "objectives", "steps", "outcomes", "lessons", "quotes", "resources", "other_names", "conditions", "year", Account:
		return true
	}
	return false
}

// severalHeads reports whether a heading may give a question a second column: who took part is
// asked of in other words too often.
func severalHeads(question string) bool {
	return Several(question) && question != Account && question != "stakeholders"
}

// permission stands in data/questions.tsv for words by which a column limits what may
// be done, whatever its question.
const permission = "permission"

// leave stands there for words by which a heading asks for leave, whatever else it holds.
const leave = "leave"

// ofElse stands there for words by which an agreement is to something else.
const ofElse = "else"

// opens reports whether a yes to a question allows something by itself.
func opens(q *model.Question) bool { return q.ID == "consent" || q.ID == "contact_allowed" }

// limits reports whether the answer to a question only takes away from what may be done.
func limits(q *model.Question) bool { return agrees(q) && !opens(q) || q.ID == "other_names" }

// ofOthers stands there for words by which a number does not count who answers.
const ofOthers = "of others"

// byPermission takes columns that speak of permission, and answer none of the form's
// questions, for conditions: a person must read them before the example is used. Set
// aside, or taken for what they are merely like, they would limit nothing. A yes to
// something else than the form asks, as to a privacy notice, limits nothing by itself.
func (m Mapping) byPermission(rows []Row) {
	cells := m.cells(rows)
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Why != "" || m.ofMatrix(i, cells[i]) || !permits(c.Header) || speaksOf("contact", wordsOfHeader(c.Header)) || asksNoLeave(c.Header, cells[i]) {
			continue
		}
		if speaksOf(ofElse, wordsOfHeader(c.Header)) && !slices.ContainsFunc(cells[i], func(s string) bool { return bare()[strings.Join(said(s), " ")] != "yes" }) {
			continue
		}
		c.Question, c.Why = "conditions", permission
	}
}

// asksLeave reports whether a heading asks for leave.
func asksLeave(header string) bool {
	return speaksOf(leave, wordsOfPhrase(header)) || speaksOf(leave, wordsOfHeader(header))
}

// ofAgreement reports whether a question is one that a heading which asks for leave may be.
func ofAgreement(q *model.Question) bool {
	switch q.ID {
	case "contact", "contact_allowed", "name_form", "attribution", "signed_on":
		return true
	}
	return agrees(q) || limits(q)
}

func speaksOf(question string, header []string) bool {
	return slices.ContainsFunc(headerWords().of[question], func(p phrase) bool { return !p.weak && p.in(header) })
}

// cells are the answers of each column, at most a hundred.
func (m Mapping) cells(rows []Row) [][]string {
	const most = 100
	out := make([][]string, len(m.Columns))
	for i, c := range m.Columns {
		for _, row := range rows {
			if len(out[i]) == most {
				break
			}
			if cell := c.cell(row); cell != "" && !nothing(cell) {
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
	if ofOtherKind(q, cells) {
		return false
	}
	switch {
	case q.ID == "id":
		return len(cells) == 0 || answersAre(cells, 4, 5, func(s string) bool { return len(strings.Fields(s)) <= longestReference }) // else a source, or what somebody writes of one
	case q.ID == "setting" || q.ID == "sector":
		return !prose(cells, len(cells)) || answersAre(cells, 1, 5, func(s string) bool { return understood(q, s) })
	case q.ID == "lifecycle" || q.ID == "participation" || q.ID == "scale":
		return !told1(cells) || answersAre(cells, 1, 5, func(s string) bool { return understood(q, s) })
	case q.ID == "contact" && (tells(cells) || answersAre(cells, 1, 2, yesOrNo)):
		return answersAre(cells, 1, 2, func(s string) bool {
			return strings.ContainsFunc(s, func(r rune) bool { return r == '@' || unicode.IsDigit(r) })
		})
	}
	is := answerTo(q)
	return is == nil || len(cells) == 0 || answersAre(cells, 1, 2, is)
}

// longestReference is in words: "case 12 of 2025".
const longestReference = 4

// ofOtherKind reports whether answers are of a kind that a question never asks for.
func ofOtherKind(q *model.Question, cells []string) bool {
	switch {
	case opens(q) && inDegrees(cells):
		return true // how far somebody agrees with a statement is no leave
	case q.ID == Account && len(cells) >= 5 && (chosen(cells) || answersAre(cells, 2, 3, func(s string) bool { return len(strings.Fields(s)) <= leastProse })):
		return true // a few words, or chosen ones, are no story
	case q.Kind != model.AskYesNo && q.ID != "conditions" && answersAre(cells, 4, 5, yesOrNo):
		return true // a yes or no is no answer to it
	case q.ID == "participation" && listed(cells) != nil && (!borneOut(q, cells) || waysOfWorking(slices.Collect(maps.Keys(listed(cells))))):
		return true // in which ways, and not how far
	case q.ID == "participation" && inDegrees(cells) && !answersAre(cells, 1, 5, func(s string) bool { return understood(q, s) }):
		return true // how far somebody agrees, and not how far people took part
	case slices.Contains(told(), q.ID):
		return notTold(q, cells)
	case q.ID == "other_names":
		return chosen(cells) && levelled(cells) // how somebody is named, not whom to leave out
	case q.ID == "organisation":
		return len(cells) >= 5 && chosen(cells) && kindsOnly(cells) // what somebody is, not who
	}
	return false
}

// notTold reports whether answers cannot be what happened.
func notTold(q *model.Question, cells []string) bool {
	return len(cells) >= 5 && chosen(cells) && optionsOfAnother(cells) && !borneOut(q, cells) || // chosen, and not told
		listsGroups(cells) || inDegrees(cells) || // who, or how far, and not what
		answersAre(cells, 1, 2, allows) || answersAre(cells, 3, 5, dated) || answersAre(cells, 3, 5, quoted)
}

// optionsOfAnother reports whether answers are chosen from those to how far people took part.
func optionsOfAnother(cells []string) bool {
	q, ok := question("participation")
	return ok && answersAre(cells, 2, 3, func(s string) bool { return understood(q, s) })
}

func yesOrNo(s string) bool { _, ok := yesNo("", s); return ok }

// answerTo tells whether a text can be an answer to a question that takes only some; it is
// nil for one that takes any.
func answerTo(q *model.Question) func(string) bool {
	switch {
	case q.ID == "year":
		return func(s string) bool { _, ok := year(s); return ok }
	case q.Kind == model.AskDate:
		return func(s string) bool { _, ok := (dayOrder{}).day(s); return ok || figures().MatchString(s) }
	case q.Kind == model.AskYesNo:
		return agreeable
	case q.Kind == model.AskNumber:
		return func(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }
	case q.ID == "country":
		return func(s string) bool { return len(strings.Fields(s)) <= 5 }
	case q.ID == "confidentiality", q.ID == "uses", q.ID == "audience":
		return func(s string) bool { _, ok := yesNo(q.ID, s); return !ok && len(s) <= 300 }
	}
	return nil
}

// dated reports whether an answer is a year or a date, and no more.
func dated(s string) bool {
	_, ok := year(s)
	return ok && len([]rune(s)) <= longestYear
}

// told1 reports whether answers tell something: half have several words, and most differ.
func told1(cells []string) bool {
	return answersAre(cells, 1, 2, func(s string) bool { return len(strings.Fields(s)) >= leastProse }) && !chosen(cells)
}

// answersAre reports whether a part of the answers, and one at least, are such.
func answersAre(cells []string, part, of int, is func(string) bool) bool {
	others := len(cells) - max(1, (part*len(cells)+of-1)/of) // so many at most may be none
	is = once(is)
	for _, cell := range cells {
		if is(cell) {
			continue
		}
		if others--; others < 0 {
			return false
		}
	}
	return len(cells) > 0
}

// once asks of each answer once, of which there may be many that are the same.
func once(is func(string) bool) func(string) bool {
	told := map[string]bool{}
	return func(s string) bool {
		such, ok := told[s]
		if !ok {
			such = is(s)
			told[s] = such
		}
		return such
	}
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

// several reports whether an answer in ten names more than one thing.
func several(cells []string) bool {
	return answersAre(cells, 1, 10, func(s string) bool { return strings.ContainsAny(strings.Trim(s, ";, \n"), ";\n,") })
}

// early reports whether a column stands before all that tell something: there forms ask who
// somebody is.
func (m Mapping) early(column int, rows []Row) bool {
	cells := m.cells(rows)
	for i := range column {
		n := 0
		for _, cell := range cells[i] {
			n += len(strings.Fields(cell))
		}
		if slices.Contains(told(), m.Columns[i].Question) || n > longestName*len(cells[i]) {
			return false
		}
	}
	return true
}

// longestName is how many words names and kinds have at most, one with another.
const longestName = 6

// longestYear is how long an answer is at most that says when.
const longestYear = 24

// repeats reports whether answers are some of a few, as those chosen from a list are.
func repeats(cells []string) bool {
	distinct := map[string]bool{}
	for _, cell := range cells {
		distinct[cell] = true
	}
	return len(cells) < 5 || 10*len(distinct) <= 8*len(cells)
}

// chosen reports whether answers are of a list: not half of them differ.
func chosen(cells []string) bool {
	distinct := map[string]bool{}
	for _, cell := range cells {
		distinct[cell] = true
	}
	return 2*len(distinct) <= len(cells)
}

// properName reports whether an answer has a capital after its first word, but for short
// forms: kinds of things are written small.
func properName(s string) bool {
	for _, w := range strings.Fields(s)[min(1, len(strings.Fields(s))):] {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) && strings.ToUpper(w) != w {
			return true
		}
	}
	return false
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
