// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	htmltemplate "html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

//go:embed form.md.tmpl
var markdown string

//go:embed form.html.tmpl
var page string

//go:embed words.tsv
var wordsTSV string

// form is the form in one language.
type form struct {
	Lang     string
	Say      map[string]string // what stands around the questions; the title of each section too
	Sections []section
}

// section is a part of the form.
type section struct {
	Title     string // in English
	Questions []question
}

// question is a model.Question with its number and the options of its vocabulary.
type question struct {
	model.Question
	Number  string
	Options []model.Option // to choose from
	Words   []model.Option // that a free answer may carry in brackets
	Shown   string         // an answer that shows how
}

// Lines is the height of the field for an answer of several lines.
func (q question) Lines() int {
	if q.Kind == model.AskProse {
		return 6
	}
	return 4
}

// options returns the concepts of a vocabulary, by its prefix, as options in the
// order of their labels; of a ladder, in its own order.
func options(set *vocabulary.Set, lang string) func(prefix string) []model.Option {
	return func(prefix string) []model.Option {
		type ranked struct {
			model.Option
			rank int
			low  int64
		}
		var all []ranked
		for _, s := range set.Schemes() {
			if s.Prefix() != prefix {
				continue
			}
			for c := range s.Concepts() {
				if c.IsGroup() {
					continue
				}
				rank, _ := c.Rank()
				low, _, _ := c.Bounds()
				all = append(all, ranked{model.Option{Value: c.ID(), Label: c.PrefLabel(lang)}, rank, low})
			}
		}
		slices.SortStableFunc(all, func(a, b ranked) int {
			return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.low, b.low), strings.Compare(a.Label, b.Label))
		})
		out := make([]model.Option, len(all))
		for i, r := range all {
			out[i] = r.Option
		}
		return out
	}
}

// sections groups the questions: of the small form the minimum only, of one for
// contributors none that the working group answers.
func sections(all []model.Question, small, internal bool, concepts func(prefix string) []model.Option) []section {
	var out []section
	n, parts := 0, 0
	for _, q := range all {
		if small && !q.Minimum || !internal && q.Internal {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Title != q.Section {
			out = append(out, section{Title: q.Section})
		}
		number := ""
		if q.Minimum && q.Section == "Confidentiality" { // one question with several answers
			if parts == 0 {
				n++
			}
			number = string(rune('a' + parts))
			parts++
		} else {
			n++
		}
		asked := question{Question: q, Number: strconv.Itoa(n) + number, Options: q.Options}
		asked = asked.offering(concepts)
		last := &out[len(out)-1]
		last.Questions = append(last.Questions, asked)
	}
	return out
}

// offering adds the concepts of the question's scheme: to choose from, or as words.
func (q question) offering(concepts func(prefix string) []model.Option) question {
	switch {
	case q.Scheme == "":
	case q.Kind == model.AskChoice || q.Kind == model.AskChoices:
		q.Options = concepts(q.Scheme)
	case q.Kind == model.AskItems:
		q.Words = concepts(q.Scheme)
	}
	return q
}

// wordsIn holds what the form says around its questions, in a language.
func wordsIn(locale string) map[string]string {
	at := slices.Index(intake.FormLocales(), locale)
	out := map[string]string{}
	for line := range strings.Lines(wordsTSV) {
		word, all, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if w := strings.Split(all, "|"); ok && at >= 0 && !strings.HasPrefix(line, "#") {
			out[word] = w[at]
		}
	}
	return out
}

// show adds to each question an answer that shows how it is answered.
func (f *form) show() {
	row := intake.ExampleRow(f.Lang)
	// In a sheet the title says that its row is an example.
	if _, title, ok := strings.Cut(row["title"], ": "); ok {
		row["title"] = title
	}
	for _, s := range f.Sections {
		for i, q := range s.Questions {
			s.Questions[i].Shown = row[q.ID]
		}
	}
}

func writeCSV(w io.Writer, f form) error {
	var labels []string
	for _, s := range f.Sections {
		for _, q := range s.Questions {
			labels = append(labels, `"`+strings.ReplaceAll(q.Label, `"`, `""`)+`"`)
		}
	}
	_, err := io.WriteString(w, "\ufeff"+strings.Join(labels, ",")+"\r\n")
	return err
}

// writeExample writes a row that shows how the questions are answered.
func writeExample(w io.Writer, f form) error {
	var cells []string
	row := intake.ExampleRow(f.Lang)
	for _, s := range f.Sections {
		for _, q := range s.Questions {
			cells = append(cells, row[q.ID])
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	_ = out.Write(cells)
	out.Flush()
	return out.Error()
}

func writeMarkdown(w io.Writer, f form) error {
	t, err := template.New("form").Funcs(template.FuncMap{"wrap": wrap, "quoted": quoted}).Parse(markdown)
	if err != nil {
		return err
	}
	return t.Execute(w, f)
}

func writeHTML(w io.Writer, f form) error {
	t, err := htmltemplate.New("form").Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(w, f)
}

// wrap breaks a text into lines of at most 80 characters.
func wrap(s string) string {
	var b strings.Builder
	n := 0
	for i, word := range strings.Fields(s) {
		long := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case n+1+long > 80:
			b.WriteByte('\n')
			n = 0
		default:
			b.WriteByte(' ')
			n++
		}
		b.WriteString(word)
		n += long
	}
	return b.String()
}

// quoted makes each line of a text a paragraph of a quotation.
func quoted(s string) string { return strings.ReplaceAll(s, "\n", "\n>\n> ") }
