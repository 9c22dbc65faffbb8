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

// FormLocales are the languages in which the short form can be asked.
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

// ShortForm are the questions of the short form, and who answers it, with options to
// choose from, in a language; false where it has none.
func ShortForm(locale string) ([]model.Question, bool) {
	at := slices.Index(formLocales(), locale)
	if at < 0 && locale != vocabulary.DefaultLang {
		return nil, false
	}
	optionWords := wordings(optionsTSV)
	yesNo := [][2]string{{"Ie", "Na"}, {"Ja", "Nein"}, {"Sí", "No"}, {"Oui", "Non"}, {"Sì", "No"}, {"Ja", "Nee"}, {"Tak", "Nie"}, {"Ja", "Nej"}}
	var out []model.Question
	for _, q := range model.Form() {
		if !q.Minimum && q.ID != "organisation" {
			continue
		}
		q.Options = slices.Clone(q.Options)
		if q.Kind == model.AskChoice && q.Scheme != "" {
			for _, s := range vocabulary.Default().Schemes() {
				for c := range s.Concepts() {
					if s.Prefix() == q.Scheme && !c.IsGroup() {
						q.Options = append(q.Options, model.Option{Value: c.ID(), Label: c.PrefLabel(locale)})
					}
				}
			}
		}
		if at >= 0 {
			q.Label, q.Help = formWords()[q.ID+"\tlabel"][at], formWords()[q.ID+"\thelp"][at]
			for i, o := range q.Options {
				if w := optionWords[q.ID+"\t"+o.Value]; w != nil {
					q.Options[i].Label = w[at]
				}
				if q.ID == "consent" {
					q.Options[i].Label = yesNo[at][i]
				}
			}
		}
		out = append(out, q)
	}
	return out, true
}
