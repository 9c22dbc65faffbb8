// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/samber/lo"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// EveryRow stands in a mapping where a column would: for the whole sheet.
const EveryRow = "every row"

// Once is an answer that was said once for the whole sheet, as a form's introduction
// tells it everybody. It stands in each row that says nothing itself.
type Once struct {
	Question string // its id
	Answer   string // in words of the form; several options with " | " between them
	value    string // as the form's reader wants it
}

// Said tells in how many rows an answer of the mapping stands.
type Said struct {
	Question, Answer string // in words
	Rows             int
}

// String words it for a person.
func (s Said) String() string {
	rows := itoa(s.Rows) + " rows"
	if s.Rows == 1 {
		rows = "1 row"
	}
	return "For " + rows + " the sheet itself says nothing of “" + s.Question + "”; taken from the mapping: " + s.Answer
}

// OnceQuestions are those that one answer may stand for in every row, with what may be
// chosen. Each call returns a new slice.
func OnceQuestions() []model.Question {
	var out []model.Question
	for _, id := range []string{"consent", "confidentiality", "uses", "audience", "expires", "k", "country", "year", "organisation_type"} {
		q, ok := question(id)
		if !ok {
			continue
		}
		out = append(out, *q)
		last := &out[len(out)-1]
		last.Options = slices.Clone(last.Options)
		if len(last.Options) > 0 || last.Scheme == "" {
			continue
		}
		for _, s := range vocabulary.Default().Schemes() {
			for c := range s.Concepts() {
				if s.Prefix() == q.Scheme && !c.IsGroup() {
					last.Options = append(last.Options, model.Option{Value: c.ID(), Label: c.PrefLabel(vocabulary.DefaultLang)})
				}
			}
		}
	}
	return out
}

func onceQuestion(id string) (model.Question, bool) {
	all := OnceQuestions()
	i := slices.IndexFunc(all, func(q model.Question) bool { return q.ID == id })
	if i < 0 {
		return model.Question{}, false
	}
	return all[i], true
}

// Unsaid are the questions that could be said once, and that no column answers.
func (m Mapping) Unsaid() []model.Question {
	return slices.DeleteFunc(OnceQuestions(), func(q model.Question) bool {
		return slices.ContainsFunc(m.Columns, func(c Mapped) bool { return c.Question == q.ID })
	})
}

// onceOptions are the options of OnceQuestions by question and words, in the languages
// of the form. Words that stand for two options in other languages stand for none.
var onceOptions = sync.OnceValue(func() map[string]string {
	english, others := map[string]string{}, map[string]string{}
	for _, q := range OnceQuestions() {
		for _, o := range q.Options {
			english[q.ID+"\t"+key(o.Label)], english[q.ID+"\t"+key(o.Value)] = o.Value, o.Value
		}
	}
	for _, locale := range formLocales() {
		questions, _ := Form(locale, false)
		for _, q := range questions {
			for _, o := range q.Options {
				k := q.ID + "\t" + key(o.Label)
				if had, ok := others[k]; ok && had != o.Value {
					others[k] = ""
					continue
				}
				others[k] = o.Value
			}
		}
	}
	for k, value := range others {
		if _, ok := english[k]; !ok && value != "" {
			english[k] = value
		}
	}
	return english
})

// newOnce reads an answer for every row: an option in the form's own words, or a fact
// that can be read in one way. fault says what is the matter with it.
func newOnce(id, answer string) (o Once, fault string) {
	q, ok := onceQuestion(id)
	if !ok {
		return o, "gives one answer in every row to a question that each contributor answers"
	}
	o = Once{Question: id, Answer: answer}
	switch {
	case len(q.Options) > 0:
		chosen, rest := split(answer, func(s string) (string, bool) {
			value := onceOptions()[id+"\t"+key(s)]
			return value, value != ""
		})
		if len(rest) > 0 || len(chosen) == 0 || len(chosen) > 1 && q.Kind != model.AskChoices {
			return o, "answers “" + q.Label + "” with none of its options"
		}
		var labels []string
		for _, value := range chosen {
			i := slices.IndexFunc(q.Options, func(o model.Option) bool { return o.Value == value })
			labels = append(labels, q.Options[i].Label)
		}
		o.Answer, o.value = strings.Join(labels, " | "), strings.Join(chosen, "\n")
	case id == "expires":
		o.value, ok = dayOrder{mixed: true}.day(answer)
	case id == "country":
		o.value, ok = country(answer)
	case id == "year":
		o.value, ok = year(answer)
	default:
		n, err := strconv.Atoi(answer)
		o.value, ok = itoa(n), err == nil
	}
	if ok {
		e, err := reader().Answers(map[string]string{"id": "e-1", "party": "o-1", "title": untitled, "kind": usualKind, id: o.value})
		ok = err == nil && e.Validate(nil) == nil
	}
	if !ok {
		return o, "answers “" + q.Label + "” with what cannot be read in one way"
	}
	return o, ""
}

// boxes are the columns that are ticked or left, one box or a list of them: nothing in
// them is an answer, by which somebody did not agree.
func boxes(m Mapping, rows []Row) map[int]bool {
	out := map[int]bool{}
	for i, c := range m.Columns {
		q, ok := question(c.Question)
		if !ok || len(c.parts) == 0 {
			continue
		}
		if len(c.parts) > 1 || c.parts[0].option != "" {
			out[i] = true
			continue
		}
		yes, other := 0, 0
		for _, row := range rows {
			switch value, ok := resolve(q, c.cell(row)); {
			case c.cell(row) == "":
			case ok && value == "yes":
				yes++
			default:
				other++
			}
		}
		out[i] = q.Kind == model.AskYesNo && yes > 0 && other == 0 || q.Kind == model.AskChoices && other > 0
	}
	return out
}

// once gives a row the answers that were said once, where it says nothing itself. What
// stands in a cell is the row's own answer, whether it was understood or not. Of a
// column of a tool's codes nobody knows what it says, its empty cells neither. Who was
// asked to agree and left the cell empty has not agreed.
func (r *run) once(row Row, in filled) {
	for i, o := range r.m.Once {
		own := false
		for j, c := range r.m.Columns {
			own = own || c.Question == o.Question && (o.Question == "consent" || r.boxes[j] || r.coded[j] || c.cell(row) != "")
		}
		if !own {
			in.answers[o.Question] = o.value
			r.out.Once[i].Rows++
		}
	}
}

// SaidSo stands in a mapping where a column would, on the line of an answer that was not
// understood: the second column holds what was said, the fifth what was meant.
const SaidSo = "answer"

// A Meant is what an answer to choose means, in words of the form; several with " | "
// between them. Without Means it is a question to a person.
type Meant struct {
	Question, Said, Means string
	values                []string
	near                  []string // of the options, nearest first
}

// Options are what an answer may mean, in words of the form, those first that are nearest to
// what was said. Each call returns a new slice.
func (m Meant) Options() []string {
	out := slices.Clone(m.near)
	if m.Question == "conditions" && len(out) == 0 {
		return settlements(true)
	}
	if q, ok := question(m.Question); ok {
		for _, option := range Allowed(q, 100) {
			if !slices.Contains(out, option) {
				out = append(out, option)
			}
		}
	}
	return out
}

// meantBy reads what an answer means: options in the form's own words. fault says what is
// the matter with it.
func meantBy(id, saying, means string) (m Meant, fault string) {
	q, ok := question(id)
	switch {
	case id == "conditions" && saying != "":
		return settledBy(saying, means)
	case !ok || q.Internal || len(q.Options) == 0 && q.Scheme == "":
		return m, "says what an answer means to a question that has no options"
	case saying == "":
		return m, "says what an answer means, and not which"
	}
	m = Meant{Question: id, Said: saying}
	for part := range strings.SplitSeq(means, "|") {
		value := ""
		for _, o := range q.Options {
			if key(part) == key(o.Label) || key(part) == key(o.Value) {
				value = o.Value
			}
		}
		if len(q.Options) == 0 {
			value = labels()[q.Scheme][key(part)]
		}
		if value == "" {
			return m, "answers “" + q.Label + "” with none of its options"
		}
		m.values = append(m.values, value)
	}
	if q.Kind != model.AskChoices && q.Kind != model.AskItems && len(m.values) > 1 {
		return m, "answers “" + q.Label + "” with several of its options"
	}
	m.Means = means
	return m, ""
}

// meant are the values that a person gave what was said, if any. Signs count: who asks
// “fine?” or writes “no problem” says something else than “fine” and “no: problem”.
func (m Mapping) meant(question, said string) ([]string, bool) {
	for _, a := range m.Meant {
		if a.Question == question && a.Means != "" && sameAnswer(a.Said, said) {
			return a.values, true
		}
	}
	return nil, false
}

// sameAnswer reports whether two answers are the same but for spaces and capitals.
func sameAnswer(a, b string) bool { return folded(a) == folded(b) }

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// meant is Mapping.meant, in the column that is read.
func (r *run) meant(question, said string) ([]string, bool) {
	if r.reversed {
		return nil, false
	}
	return r.m.meant(question, said)
}

// mostUnheard is how many different answers a mapping asks about at most.
const mostUnheard = 500

// unheard notes an answer to choose that was not understood, once.
func (r *run) unheard(q *model.Question, said string, near []string) {
	if r.reversed || len(r.out.Unheard) >= mostUnheard || slices.ContainsFunc(r.out.Unheard, func(m Meant) bool { return m.Question == q.ID && sameAnswer(m.Said, said) }) {
		return
	}
	r.out.Unheard = append(r.out.Unheard, Meant{Question: q.ID, Said: said, near: near})
}

// heard takes out of what was not understood what a person said the meaning of.
func (r *run) heard(q *model.Question, rest []string) (values, left []string) {
	for _, part := range rest {
		if v, ok := r.meant(q.ID, part); ok {
			values = append(values, v...)
		} else {
			left = append(left, part)
		}
	}
	return values, left
}

// Answers of a column that may limit what may be done, and that a person may say the meaning
// of once for all rows: no longer ones, which are read row by row.
const longestSettled = 80 // bytes

// limitsNothing is what a person says of an answer that takes nothing away.
const limitsNothing = "Limits nothing"

// settledWays are the further meanings of such an answer. Each narrows.
func settledWays() []lo.Entry[string, way] {
	return []lo.Entry[string, way]{
		{Key: "Not at all for now", Value: way{consent: "no", level: "withheld"}},
		{Key: "Only in totals, together with others", Value: way{level: "aggregate"}},
		{Key: "What we did, but not who we are", Value: way{level: "anonymous"}},
		{Key: "The text must be approved first", Value: way{approval: true}},
		{Key: "The working group", Value: way{audience: "working-group"}},
		{Key: "Members", Value: way{audience: "members"}},
	}
}

// settlements are what an answer of a column that may limit can be said to mean; where it may
// not be passed over, each of them limits.
func settlements(free bool) []string {
	out := lo.Map(settledWays(), func(w lo.Entry[string, way], _ int) string { return w.Key })
	if free {
		out = append(out, limitsNothing)
	}
	return out
}

// settledBy reads what an answer of such a column means.
func settledBy(saying, means string) (m Meant, fault string) {
	m = Meant{Question: "conditions", Said: saying, Means: means}
	for part := range strings.SplitSeq(means, "|") {
		i := slices.IndexFunc(settlements(true), func(s string) bool { return key(s) == key(part) })
		if i < 0 {
			return m, "says of an answer that may limit something what it cannot mean"
		}
		m.values = append(m.values, settlements(true)[i])
	}
	if slices.Contains(m.values, limitsNothing) && len(m.values) > 1 {
		return m, "says of an answer that it limits nothing, and what it limits"
	}
	return m, ""
}

// settled applies what a person said once that an answer of a column that may limit means:
// that very answer under that very heading. Otherwise it is asked about.
func (r *run) settled(in *filled, column int, cell string) bool {
	c := r.m.Columns[column]
	if c.Question != "conditions" || len(cell) > longestSettled {
		return false
	}
	said := "“" + c.Header + "”: " + cell
	free := c.mayBePassedOver(cell)
	values, ok := r.m.meant("conditions", said)
	if !ok || !free && slices.Contains(values, limitsNothing) {
		q, _ := question("conditions")
		r.unheard(q, said, settlements(free))
		return false
	}
	for _, w := range settledWays() {
		if slices.Contains(values, w.Key) {
			in.noted(w.Value)
		}
	}
	return true
}

// mayBePassedOver reports whether a person may say of an answer that it limits nothing: of a no
// where a heading asks whether something is needed or kept, and elsewhere of what neither
// denies nor is left open. Whatever a heading of other words asks, a no to it may refuse leave.
func (c Mapped) mayBePassedOver(cell string) bool {
	answer, _ := yesNo("", cell)
	no := answer == "no" || cell == leftEmpty
	switch {
	case remark(cell) != "" || doubtful(cell) || undecided(cell):
		return false
	case asksForLimit(c.Header):
		return no
	}
	return !no && !negates(cell) && !(contrary(c.Header) && answer == "yes")
}

// asksForLimit reports whether a heading asks whether something is needed first or kept back,
// in words that turn nothing round.
func asksForLimit(header string) bool {
	return !negates(header) && slices.ContainsFunc(strings.Fields(words(header)), func(w string) bool {
		return slices.ContainsFunc(strings.Fields(`need requir necess restrict embargo confidential condition nötig notwendig erforderlich einschränkung sperrfrist bedingung vertraulich
			nécessaire requis confidentiel necesari restricci condicion confidencial nodig vereist beperking voorwaarde vertrouwelijk necessari vincol condizion riservat
			konieczn wymagan ograniczeni warunk poufn behöv begränsning villkor konfidentiell angen cyfyngiad amod cyfrinach`), func(head string) bool { return strings.HasPrefix(w, head) })
	})
}
