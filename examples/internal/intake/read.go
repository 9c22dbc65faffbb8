// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// A Finding is one thing that a person should look at.
type Finding struct {
	Row      int    // as in the spreadsheet; 0 where it is about the sheet
	Column   string // its letter
	Header   string // as the sheet words it
	Question string // the question's words
	Fault    string // what is the matter
	Was      string // the part of an answer to choose that was not understood, cut short; never prose
	Allowed  []string
	Nearest  []string // offered, never taken
	// Unusable says that the row gives no example, or one that is withheld.
	Unusable bool
}

// Result holds the examples read from a sheet, and the faults found.
type Result struct {
	Examples []model.Example
	// Rows holds the spreadsheet's row of each example.
	Rows     []int
	Findings []Finding
	// Answers counts the answers that were looked for in a list, Understood those
	// that were found whole.
	Answers, Understood int
	// Once tells in how many rows each answer of Mapping.Once stands.
	Once []Said
	// Unheard are the answers to choose that were not understood, each once.
	Unheard []Meant
}

// Unusable reports whether any row gives no example.
func (r Result) Unusable() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Unusable })
}

// Read makes an example of each row by the mapping. secret ties the references
// that rows without one of their own get; the same secret gives the same ones.
// Errors are about the sheet as a whole; all else is a Finding.
func Read(t Table, m Mapping, secret []byte) (Result, error) {
	_, rows, err := layout(t)
	if err != nil {
		return Result{}, err
	}
	r := run{m: m, secret: secret, seen: map[string]int{}, orders: map[int]dayOrder{}, days: map[string]int{}}
	for _, q := range m.missing() {
		r.find(Finding{Question: q.Label, Fault: absent(q)})
	}
	for _, c := range m.Columns {
		if c.Question == Aside && c.Why == "" {
			r.find(Finding{Column: c.Letter, Header: c.Header, Fault: "is no question of the form; kept aside and read by nobody: correct the mapping if it answers one", Nearest: nearestQuestions(c.Header)})
		}
	}
	for i, c := range m.Columns {
		if q, ok := question(c.Question); ok && q.Kind == model.AskDate {
			var cells []string
			for _, row := range rows {
				cells = append(cells, c.cell(row))
			}
			r.orders[i] = m.orderIn(rows, orderOf(cells))
		}
		if c.Question == "country" {
			var cells []string
			for _, row := range rows {
				cells = append(cells, c.cell(row))
			}
			r.states, r.nations = ofStates(c.Header, cells), ofNations(cells)
		}
	}
	r.beside(t, rows)
	r.unconfirmed()
	r.coded = codes(m, rows, r.find)
	r.boxes, r.explained = boxes(m, rows), explained(m, rows)
	r.kept, r.lists, r.leave = r.keptNames(rows), ownLists(m, rows), m.ofLeave(rows)
	for _, o := range m.Once {
		r.out.Once = append(r.out.Once, Said{Question: Label(o.Question), Answer: o.Answer})
	}
	r.stamp = slices.IndexFunc(m.Columns, func(c Mapped) bool { return c.Question == Aside && key(c.Header) == "timestamp" })
	for _, row := range rows {
		if d := r.day(row); d != "" {
			r.days[d]++
		}
	}
	came, order := r.sentAt(rows)
	for _, row := range rows {
		r.sent = ""
		if came >= 0 {
			r.sent, _ = order.day(m.Columns[came].cell(row))
		}
		if !r.answered(row) {
			r.find(Finding{Row: row.Number, Fault: "answers none of the questions; passed over"})
			continue
		}
		if _, whole := r.exampleRow(row); whole {
			r.find(Finding{Row: row.Number, Fault: "is the form’s own example; passed over"})
			continue
		}
		r.row(row)
	}
	r.ownOptions()
	r.sentAgain()
	r.out.Findings = append(r.out.Findings, Repeats(r.out.Examples, r.out.Rows)...)
	return r.out, nil
}

const withheldUntil = "; the example is withheld until this is settled"

// What a row is taken for that does not say.
const (
	usualKind = "ki:engagement-activity"
	untitled  = "Example without a title"
)

func absent(q *model.Question) string {
	switch q.ID {
	case "confidentiality", "consent":
		return "has no column: without it every example is withheld"
	case "uses":
		return "has no column: without it nothing may be used"
	case "kind":
		return "has no column: each example is taken for an engagement activity"
	}
	return "has no column: examples are read without it"
}

type run struct {
	m         Mapping
	secret    []byte
	quick     bool           // nothing is listed
	seen      map[string]int // references given, and how often
	orders    map[int]dayOrder
	states    bool            // the column of countries holds states
	nations   bool            // or nations of the United Kingdom
	unsure    bool            // whether the column of consent is one
	reversed  bool            // the column asks whether somebody stays unnamed: what is said there means something else elsewhere
	coded     map[int]bool    // columns that hold a tool's codes
	boxes     map[int]bool    // columns that are ticked or left
	explained map[string]bool // options that say something in brackets
	heads     map[int]noteHead
	leave     map[int]bool // columns by which who leaves them empty gives no leave
	above     []int        // columns that are marked above the answers
	hidden    map[int]bool // columns of the sheet that it does not show
	kept      map[int]bool // columns aside that hold names: whether most of their answers are one
	lists     map[int]*ownList
	stamp     int            // the column in which a tool says when a row came, or -1
	days      map[string]int // rows by who sent them and on which day
	sent      string         // the day on which the row came, where the tool says so
	out       Result
}

// day says who sent a row and on which day, "" where the row does not say. A
// spreadsheet program may write the moment anew in another order and without its
// seconds: the numbers of the day stay.
func (r *run) day(row Row) string {
	if r.stamp < 0 {
		return ""
	}
	who := ""
	for _, c := range r.m.Columns {
		if c.Question == "organisation" || c.Question == "contact" && who == "" {
			who = cmp.Or(organisation(c.cell(row)), who)
		}
	}
	numbers := strings.FieldsFunc(r.m.Columns[r.stamp].cell(row), func(c rune) bool { return c < '0' || c > '9' })
	if who == "" || len(numbers) < 3 {
		return ""
	}
	of := numbers[:3]
	for i := range of {
		of[i] = strings.TrimLeft(of[i], "0")
	}
	slices.Sort(of)
	return who + "\x00" + strings.Join(of, " ")
}

func (r *run) find(f Finding) { r.out.Findings = append(r.out.Findings, f) }

// filled holds the answers of one row.
type filled struct {
	answers map[string]string // by question
	at      map[string]int    // question to column
	people  []string
	bodies  []string // organisations, likewise named in columns that nobody reads
	lasting bool     // an answer says that it has not ended
	closed  bool     // an answer that was not understood closes the example
	beside  way      // what answers say beside their own question, which narrows
}

// cells reads the cells of a row and lists what was not understood.
func (r *run) cells(row Row) filled {
	in := filled{answers: map[string]string{}, at: map[string]int{}}
	for i, c := range r.m.Columns {
		cell := c.cell(row)
		if cell == "" {
			if r.leave[i] && !r.settled(&in, i, leftEmpty) {
				r.hold(&in, row, c, leftEmpty)
			}
			continue
		}
		if back := r.takenBack(i, cell); back != "" {
			r.hold(&in, row, c, back)
		}
		if cell = left(row, c, cell); cell == "" {
			continue
		}
		if c.Question == Person {
			in.person(c, cell)
			continue
		}
		if most, holds := r.kept[i]; holds {
			people, bodies := namesIn(cell, most)
			in.people, in.bodies = append(in.people, people...), append(in.bodies, bodies...)
		}
		if q, ok := question(c.Question); ok && !r.passedOver(&in, row, i, q, cell) {
			r.take(&in, row, i, q, cell)
		}
	}
	r.marked(&in, row)
	return in
}

// person adds the people of a cell. A first and a last name in columns of their own are
// one name.
func (in *filled) person(c Mapped, cell string) {
	if last := len(in.people) - 1; last >= 0 && strings.Contains(key(c.Header), "lastname") {
		in.people[last] += " " + cell
		return
	}
	in.people = append(in.people, peopleIn(cell)...)
}

// passedOver reports whether a cell gives no answer of its own, and lists why where a
// person should look.
func (r *run) passedOver(in *filled, row Row, column int, q *model.Question, cell string) bool {
	agreement := agrees(q) || withholds(q)
	look := func(fault, was string) {
		c := r.m.Columns[column]
		r.find(Finding{Row: row.Number, Column: c.Letter, Header: c.Header, Question: q.Label, Fault: fault, Was: was})
	}
	switch {
	case nothing(cell) && !(withholds(q) && undecided(cell)) && (!agreement || q.ID != "consent" || strings.Contains(cell, "/")):
	case q.ID != "title" && q.ID != "stakeholders" && exampleCells()[q.ID+"\t"+key(cell)]:
		look("is the form’s own example; left out", "")
	case r.coded[column]:
		in.closed = in.closed || withholds(q)
	case !agreement && elsewhere(cell):
		look("points to another answer; left out", short(cell))
	default:
		return false
	}
	return true
}

// take reads the answer of a cell.
func (r *run) take(in *filled, row Row, column int, q *model.Question, cell string) {
	c := r.m.Columns[column]
	in.at[q.ID] = column
	asked := ""
	if q.ID == "confidentiality" {
		asked = asksNaming(c.Header)
	}
	r.reversed = q.ID == "confidentiality" && asked == toBeNone
	if q.ID == "confidentiality" && asked != "" {
		if w, ok := wayOfNaming(asked, cell); ok {
			in.noted(w)
			cell = w.level
		}
	}
	in.lasting = in.lasting || q.ID == "year" && ongoing(cell)
	if q.ID == "confidentiality" && c.Why != "header" && nameOf(cell) && asksWhatIsHidden(c.Header) { // what is to be, or what must not
		cell += "?"
	}
	in.aside(q, cell) // and it stays, whatever a person said that the cell means
	if q.ID == "conditions" && r.settled(in, column, cell) {
		return
	}
	var value string
	var findings []Finding
	if list := r.lists[column]; list != nil {
		value, findings = r.ofList(q, list, cell)
	} else {
		value, findings = r.answer(q, cell, r.orders[column])
	}
	if scale := scaleOfPlace(cell); q.ID == "country" && len(findings) > 0 && scale == "sc:multinational" { // of several none is the country
		findings, in.answers["scale"] = nil, cmp.Or(in.answers["scale"], scale)
		r.out.Understood++
	}
	for _, f := range findings {
		f.Row, f.Column, f.Header, f.Question = row.Number, c.Letter, c.Header, q.Label
		if closes(q) || withholds(q) && value == "" {
			in.closed, f.Unusable = true, true
			f.Fault += withheldUntil
		}
		r.find(f)
	}
	if n, err := strconv.Atoi(value); err == nil && q.ID == "k" && n > 0 && speaksOf(ofOthers, wordsOfHeader(c.Header)) {
		value = itoa(n + 1) // so many others, and the contributor
	}
	if c.narrowed() {
		value = narrowest(q, value)
	}
	in.answered(q, c, value)
}

// answered adds an answer to those that other columns gave to the same question, or puts
// it in their place.
func (in *filled) answered(q *model.Question, c Mapped, value string) {
	switch before := in.answers[q.ID]; {
	case q.ID == "year" && in.lasting: // it has begun in one column, and not ended in another
		delete(in.answers, "year")
	case value == "":
	case q.ID == "year":
		in.answers["year"] = max(before, value)
	case q.ID == "conditions" && (c.Why == permission || before != ""):
		in.answers[q.ID] = join(before, c.Header+": "+value)
	case before != "" && Several(q.ID):
		in.answers[q.ID] = join(before, value)
	default:
		in.answers[q.ID] = value
	}
}

// agrees reports whether a question is one of those on what may be done.
func agrees(q *model.Question) bool {
	return closes(q) || q.ID == "uses" || q.ID == "audience"
}

// answered reports whether a row answers anything: the last lines of an export are
// often a total, a note, or a number for somebody who opened the form only.
func (r *run) answered(row Row) bool {
	return slices.ContainsFunc(r.m.Columns, func(c Mapped) bool {
		return c.Question != Aside && c.Question != Person && c.Question != "id" && c.cell(row) != ""
	})
}

// row makes one example. An answer that the model refuses is left out and
// listed, so that a row with several faults shows them all.
func (r *run) row(row Row) {
	in := r.cells(row)
	r.once(row, in)
	in.narrow(r.m)
	r.unanswered(row, in)
	answers, at, closed := in.answers, in.at, in.closed || r.unsure
	if some, _ := r.exampleRow(row); some {
		closed = true
		r.find(Finding{Row: row.Number, Fault: "still has the title of the form’s own example; withheld until it has one of its own", Unusable: true})
	}
	account := answers[Account]
	delete(answers, Account) // the form's reader knows no such column
	if answers["kind"] == "" {
		answers["kind"] = usualKind
	}
	named := answers["title"] != ""
	if !named {
		answers["title"] = untitled
	}
	r.names(answers, in.people, in.bodies)
	r.references(row, answers, account)
	for tries := len(form()); ; tries-- {
		e, err := reader().Answers(answers)
		if err == nil {
			if closed {
				for i := range e.Agreements {
					e.Agreements[i].Level = model.Withheld
				}
			}
			if e.Account = model.Raw(account); account != "" && !named {
				e.Title = model.Text{} // the account has one
			}
			if err := e.Validate(nil); err != nil { // an account that is too long
				r.find(Finding{Row: row.Number, Fault: "holds an account that cannot be used: it is too long, or holds characters that no text has", Unusable: true})
				return
			}
			r.out.Examples = append(r.out.Examples, e)
			r.out.Rows = append(r.out.Rows, row.Number)
			return
		}
		id, rule := r.culprit(err, answers)
		f := Finding{Row: row.Number, Fault: rule}
		if q, ok := question(id); ok {
			f.Question = q.Label
			if i, ok := at[id]; ok {
				f.Column, f.Header = r.m.Columns[i].Letter, r.m.Columns[i].Header
			}
			if withholds(q) {
				closed, f.Unusable = true, true
				f.Fault += withheldUntil
			}
		}
		if _, ok := answers[id]; !ok || tries == 0 || id == "id" || id == "party" || id == "agreement" {
			f.Unusable = true
			r.find(f)
			return
		}
		r.find(f)
		delete(answers, id)
		switch id { // which every example has
		case "title":
			answers[id] = untitled
		case "kind":
			answers[id] = usualKind
		}
	}
}

// unanswered lists the questions without whose answer the example is withheld,
// unless it is by another answer. Without a column the sheet's own finding says so.
func (r *run) unanswered(row Row, in filled) {
	if in.answers["consent"] == "no" || in.answers["confidentiality"] == model.Withheld.String() {
		return
	}
	for _, c := range r.m.Columns {
		switch c.Question {
		case "consent", "confidentiality", "uses":
			if q, ok := question(c.Question); ok && (c.cell(row) == "" && in.answers[c.Question] == "" || nothing(c.cell(row))) {
				r.find(Finding{Row: row.Number, Column: c.Letter, Header: c.Header, Question: q.Label, Fault: "has no answer; the example is withheld until it has", Allowed: Allowed(q, 12), Unusable: true})
			}
		}
	}
}

// closes reports whether an answer that is not understood must withhold the
// example: those that narrow what may be done with it.
func closes(q *model.Question) bool {
	switch q.ID {
	case "confidentiality", "consent", "not_before", "expires", "overrides", "k", "approval", "conditions", "others", "clients", "holding":
		return true
	}
	return false
}

// culprit finds the question whose answer an error is about.
func (r *run) culprit(err error, answers map[string]string) (id, rule string) {
	f, ok := errors.AsType[model.Fault](err)
	if !ok {
		return "", "cannot be read"
	}
	length := -1
	for i := range form() {
		q := &form()[i]
		if _, given := answers[q.ID]; !strings.HasPrefix(f.Path, q.Field) || len(q.Field) < length || len(q.Field) == length && !given {
			continue
		}
		if rest := f.Path[len(q.Field):]; rest == "" || rest[0] == '.' || rest[0] == '[' {
			id, length = q.ID, len(q.Field)
		}
	}
	return id, f.Rule
}

var groupMatcher = sync.OnceValue(func() *vocabulary.Matcher {
	m, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{Schemes: []string{"stakeholder"}})
	if err != nil {
		panic("intake: the built-in vocabulary has no matcher")
	}
	return m
})

func itoa(n int) string { return strconv.Itoa(n) }

// Sorted gives the findings in the order of rows and columns, those about the
// sheet first.
func Sorted(all []Finding) []Finding {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(len(a.Column), len(b.Column)), cmp.Compare(a.Column, b.Column))
	})
	return out
}
