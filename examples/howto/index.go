// SPDX-License-Identifier: Apache-2.0

package main

import (
	_ "embed"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

//go:embed index.tmpl
var indexSource string

type indexTopic struct {
	Title, ID                  string
	Examples, Of, Contributors int
	Formats                    []string
	Steps                      int
}

type indexPage struct {
	Collection *aggregate.Collection
	Topics     []indexTopic
	Showcase   []aggregate.Exhibit
	HeatMap    template.HTML
	Mix        template.HTML
	Style      template.CSS
	Day        string
	Audience   string
	PublicKey  string
}

// writeIndex writes the page from which everything published can be reached.
func writeIndex(w io.Writer, r *outcome, o options) error {
	t, err := template.New("index").Funcs(template.FuncMap{
		"upper": strings.ToUpper,
		"label": func(c model.Code) string { return vocabulary.Default().Label(string(c), o.locale) },
	}).Parse(indexSource)
	if err != nil {
		return err
	}
	page := indexPage{
		Collection: r.collection, Showcase: r.collection.Showcase, Day: o.now.Format("2 January 2006"), Audience: o.audience.String(),
		PublicKey: r.edition.key.PublicKey(),
		Style:     template.CSS(guidance.StyleSheet()), //nolint:gosec // the library's own style sheet
	}
	for i, g := range r.guides {
		s := r.collection.Topics[i].Support
		steps := 0
		for _, st := range r.collection.Topics[i].Statements {
			if st.Kind == aggregate.StepStatement {
				steps++
			}
		}
		page.Topics = append(page.Topics, indexTopic{
			Title: g.Front.Title, ID: g.Front.ID, Examples: s.Examples, Of: s.Of, Contributors: s.Contributors, Steps: steps,
			Formats: slices.DeleteFunc(slices.Sorted(maps.Keys(formats())), func(ext string) bool { return ext == "html" }),
		})
	}
	crosstab, err := guidance.Crosstab(r.collection, guidance.Config{Locale: o.locale})
	if err != nil {
		return err
	}
	if page.HeatMap, err = drawn(crosstab, "heat"); err != nil {
		return err
	}
	mix := &guidance.Figure{Kind: guidance.Bars, Caption: "Contributors by kind of organisation", Of: r.collection.Examples}
	for _, k := range r.collection.Organisations[:min(12, len(r.collection.Organisations))] {
		mix.Rows = append(mix.Rows, vocabulary.Default().Label(string(k.Code), o.locale))
		mix.Values = append(mix.Values, k.Examples)
	}
	mix.Alt = "Number of examples in which each kind of organisation took part."
	if len(mix.Rows) > 1 {
		if page.Mix, err = drawn(mix, "mix"); err != nil {
			return err
		}
	}
	return t.Execute(w, page)
}

func drawn(f *guidance.Figure, prefix string) (template.HTML, error) {
	if f == nil {
		return "", nil
	}
	var b strings.Builder
	err := f.Draw(&b, prefix)
	return template.HTML(b.String()), err //nolint:gosec // Draw escapes all text
}
