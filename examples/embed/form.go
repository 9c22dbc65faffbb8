// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// field is a question of the form with the visitor's answer.
type field struct {
	model.Question
	Options []model.Option // to choose from
	Words   []model.Option // that a free answer may carry in brackets
	Answer  string
	Faults  []string
}

// Chosen reports whether an option is among the answers.
func (f field) Chosen(value string) bool {
	return slices.Contains(strings.Split(f.Answer, "\n"), value)
}

// Lines is the height of the field for an answer of several lines.
func (f field) Lines() int { return max(4, min(12, 1+strings.Count(f.Answer, "\n"))) }

// Described lists the ids of what says more about the field.
func (f field) Described() string {
	var ids []string
	if f.Help != "" {
		ids = append(ids, f.ID+"-help")
	}
	if len(f.Faults) > 0 {
		ids = append(ids, f.ID+"-fault")
	}
	return strings.Join(ids, " ")
}

// form is what a visitor fills in: the few questions that everybody is asked,
// and the others in parts that can be left closed.
type form struct {
	First  []part
	More   []part
	Faults []fault
}

type part struct {
	Title  string
	Fields []field
	Open   bool // something in it is answered or at fault
}

// fault is one thing to mend, and the field in which.
type fault struct{ ID, Label, Rule string }

// questions are those that a contributor answers. What the working group fills
// in, and the exact text that the sign-off binds, are none of them.
var questions = sync.OnceValue(func() []model.Question {
	return slices.DeleteFunc(model.Form(), func(q model.Question) bool {
		return q.Internal || q.ID == "consent" || q.ID == "approval" || q.ID == "signed_on"
	})
})

func question(id string) model.Question {
	i := slices.IndexFunc(questions(), func(q model.Question) bool { return q.ID == id })
	if i < 0 {
		return model.Question{ID: id}
	}
	return questions()[i]
}

// newForm shows the questions with the answers and faults so far.
func newForm(answers map[string]string, faults []fault) form {
	f := form{Faults: faults}
	for _, q := range questions() {
		one := field{Question: q, Options: q.Options, Answer: answers[q.ID]}
		switch {
		case q.Scheme == "" || q.Kind == model.AskLine:
		case q.Kind == model.AskItems:
			one.Words = concepts(q.Scheme)
		default:
			one.Options = concepts(q.Scheme)
		}
		for _, x := range faults {
			if x.ID == q.ID {
				one.Faults = append(one.Faults, x.Rule)
			}
		}
		parts := &f.More
		if q.Minimum {
			parts = &f.First
		}
		if len(*parts) == 0 || (*parts)[len(*parts)-1].Title != q.Section {
			*parts = append(*parts, part{Title: q.Section})
		}
		last := &(*parts)[len(*parts)-1]
		last.Fields = append(last.Fields, one)
		last.Open = last.Open || one.Answer != "" || len(one.Faults) > 0
	}
	return f
}

// concepts are those of a vocabulary as options, in the order of their labels;
// of a ladder, in its own order.
func concepts(prefix string) []model.Option {
	type ranked struct {
		model.Option
		rank int
		low  int64
	}
	var all []ranked
	for _, s := range vocabulary.Default().Schemes() {
		if s.Prefix() != prefix {
			continue
		}
		for c := range s.Concepts() {
			if !c.IsGroup() {
				rank, _ := c.Rank()
				low, _, _ := c.Bounds()
				all = append(all, ranked{model.Option{Value: c.ID(), Label: c.PrefLabel(locale)}, rank, low})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.low, y.low), strings.Compare(x.Label, y.Label))
	})
	out := make([]model.Option, len(all))
	for i, r := range all {
		out[i] = r.Option
	}
	return out
}

var errField = errors.New("a field that the form does not have")

// readAnswers takes the answers from a form that was sent.
func readAnswers(r *http.Request) (map[string]string, error) {
	answers := map[string]string{}
	for name, values := range r.PostForm {
		if question(name).Kind == "" {
			return nil, errField
		}
		value := strings.ReplaceAll(strings.Join(values, "\n"), "\r\n", "\n")
		if strings.TrimSpace(value) != "" {
			answers[name] = value
		}
	}
	return answers, nil
}

// read makes an example of answers, or says what is to be mended.
func read(answers map[string]string) (model.Example, []fault) {
	e, err := collect.Reader().Answers(answers)
	return e, faultsOf(err)
}

// faultsOf words an error of the model by the questions of the form.
func faultsOf(err error) []fault {
	if err == nil {
		return nil
	}
	var found []model.Fault
	if v, ok := errors.AsType[*model.ValidationError](err); ok {
		found = v.Faults
	} else if f, ok := errors.AsType[model.Fault](err); ok {
		found = []model.Fault{f}
	} else {
		return []fault{{Label: "The example", Rule: "cannot be read"}}
	}
	out := make([]fault, len(found))
	for i, f := range found {
		out[i] = faultOf(f)
	}
	return out
}

// faultOf finds the question that fills the field at fault.
func faultOf(f model.Fault) fault {
	best := fault{Label: "The example", Rule: f.Rule}
	length := 0
	for _, q := range questions() {
		if len(q.Field) <= length || !strings.HasPrefix(f.Path, q.Field) {
			continue
		}
		rest := f.Path[len(q.Field):]
		if rest != "" && rest[0] != '.' && rest[0] != '[' {
			continue
		}
		best, length = fault{ID: q.ID, Label: q.Label, Rule: entry(rest) + f.Rule}, len(q.Field)
	}
	if length == 0 && f.Path != "" {
		best.Label = f.Path
	}
	return best
}

// entry says in which entry of a list a fault is, counted from 1.
func entry(rest string) string {
	digits, _, ok := strings.Cut(strings.TrimPrefix(rest, "["), "]")
	if n, err := strconv.Atoi(digits); ok && err == nil {
		return "entry " + strconv.Itoa(n+1) + " "
	}
	return ""
}
