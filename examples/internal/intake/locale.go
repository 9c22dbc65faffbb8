// SPDX-License-Identifier: Apache-2.0

package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

//go:embed data/form.tsv
var formTSV string

// formLocales are the languages of data/form.tsv and data/options.tsv, in the order
// of their wordings.
func formLocales() []string { return []string{"cy", "de", "es", "fr", "it", "nl", "pl", "sv"} }

// FormLocales are the languages in which the form can be asked.
func FormLocales() []string { return append([]string{vocabulary.DefaultLang}, formLocales()...) }

// wordings are a question's or an option's words in each of formLocales.
func wordings(table string) map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if len(cells) == 3 && !strings.HasPrefix(line, "#") {
			all[cells[0]+"\t"+cells[1]] = strings.Split(cells[2], "|")
		}
	}
	return all
}

var formWords = sync.OnceValue(func() map[string][]string { return wordings(formTSV) })

var optionWords = sync.OnceValue(func() map[string][]string { return wordings(optionsTSV) })

// wordingsOf are an option's words in formLocales, nil where it has none.
func wordingsOf(question, value string) []string { return optionWords()[question+"\t"+value] }

// Form are the questions of the form that contributors answer, with options to choose
// from, in a language; false where it has none. The short form has the questions that
// make an example worth collecting, and who answers them.
func Form(locale string, short bool) ([]model.Question, bool) {
	at := slices.Index(formLocales(), locale)
	if at < 0 && locale != vocabulary.DefaultLang {
		return nil, false
	}
	yesNo := [][2]string{{"Ie", "Na"}, {"Ja", "Nein"}, {"Sí", "No"}, {"Oui", "Non"}, {"Sì", "No"}, {"Ja", "Nee"}, {"Tak", "Nie"}, {"Ja", "Nej"}}
	var out []model.Question
	for _, q := range model.Form() {
		if q.Internal || short && !q.Minimum && q.ID != "organisation" {
			continue
		}
		q.Options = slices.Clone(q.Options)
		if (q.Kind == model.AskChoice || q.Kind == model.AskChoices) && q.Scheme != "" {
			for _, s := range vocabulary.Default().Schemes() {
				for c := range s.Concepts() {
					if s.Prefix() == q.Scheme && !c.IsGroup() {
						q.Options = append(q.Options, model.Option{Value: c.ID(), Label: c.PrefLabel(locale)})
					}
				}
			}
		}
		if at >= 0 {
			q.Label = formWords()[q.ID+"\tlabel"][at]
			if help := formWords()[q.ID+"\thelp"]; help != nil {
				q.Help = help[at]
			}
			for i, o := range q.Options {
				if w := wordingsOf(q.ID, o.Value); w != nil {
					q.Options[i].Label = w[at]
				}
				if q.Kind == model.AskYesNo {
					q.Options[i].Label = yesNo[at][i]
				}
			}
		}
		out = append(out, q)
	}
	return out, true
}

//go:embed data/example.tsv
var exampleTSV string

// ExampleRow is a row that shows how the form is answered, by question, in a
// language. What may be done with an example it leaves open: nobody agrees by leaving
// a row as it was. Read passes it over.
func ExampleRow(locale string) map[string]string {
	at := slices.Index(FormLocales(), locale)
	out := map[string]string{}
	for line := range strings.Lines(exampleTSV) {
		id, all, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if w := strings.Split(all, "|"); ok && at >= 0 && !strings.HasPrefix(line, "#") {
			out[id] = strings.ReplaceAll(w[at], `\n`, "\n")
		}
	}
	return out
}

// exampleCells holds the cells of the example rows of all languages, by question.
var exampleCells = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, locale := range FormLocales() {
		for id, cell := range ExampleRow(locale) {
			all[id+"\t"+key(cell)] = true
		}
	}
	return all
})

// exampleRow reports whether a row has the form's own example left in it, and whether
// it holds nothing else.
func (r *run) exampleRow(row Row) (some, whole bool) {
	whole = true
	for _, c := range r.m.Columns {
		cell := c.cell(row)
		is := exampleCells()[c.Question+"\t"+key(cell)]
		some = some || c.Question == "title" && is
		whole = whole && (cell == "" || is)
	}
	return some, some && whole
}
