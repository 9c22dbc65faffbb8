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
	"github.com/sharedpractice/sharedpractice/guidance/render"
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
	Locale     string
	Language   string
}

// writeIndex writes the page from which everything published can be reached.
func writeIndex(to io.Writer, r *outcome, o options) error {
	w, err := openWords(o)
	if err != nil {
		return err
	}
	t, err := w.template("index", indexSource)
	if err != nil {
		return err
	}
	page := indexPage{
		Collection: r.collection, Showcase: r.collection.Showcase, Day: w.Date(o.now.Format("2006-01-02")), Audience: w.say("audience." + o.audience.String()),
		PublicKey: r.edition.key.PublicKey(), Locale: w.Locale(), Language: w.language(),
		Style: template.CSS(render.HTML{}.StyleSheet()), //nolint:gosec // the library's own style sheet
	}
	for i, g := range r.guides {
		s := r.collection.Topics[i].Support
		steps := 0
		for _, section := range g.Sections {
			for _, b := range section.Blocks {
				steps += len(b.Steps)
			}
		}
		page.Topics = append(page.Topics, indexTopic{
			Title: g.Front.Title, ID: g.Front.ID, Examples: s.Examples, Of: s.Of, Contributors: s.Contributors, Steps: steps,
			Formats: slices.DeleteFunc(slices.Sorted(maps.Keys(formats())), func(ext string) bool { return ext == "html" }),
		})
	}
	crosstab, err := guidance.Crosstab(r.collection, o.config())
	if err != nil {
		return err
	}
	if page.HeatMap, err = drawn(crosstab, "heat"); err != nil {
		return err
	}
	mix := &guidance.Figure{Kind: guidance.Bars, Caption: w.say("evidence.organisations"), Of: r.collection.Examples}
	var said []string
	for _, k := range r.collection.Organisations[:min(12, len(r.collection.Organisations))] {
		mix.Rows = append(mix.Rows, w.label(k.Code))
		mix.Values = append(mix.Values, k.Examples)
		said = append(said, w.say("page.mix.bar", "what", w.label(k.Code), "n", k.Examples))
	}
	mix.Alt = w.say("figure.alt", "caption", mix.Caption, "list", strings.Join(said, "; "))
	if len(mix.Rows) > 1 {
		if page.Mix, err = drawn(mix, "mix"); err != nil {
			return err
		}
	}
	return t.Execute(to, page)
}

// template reads a page's template, which says all words by their keys.
func (w words) template(name, source string) (*template.Template, error) {
	return template.New(name).Funcs(template.FuncMap{"upper": strings.ToUpper, "say": w.say}).Parse(source)
}

func drawn(f *guidance.Figure, prefix string) (template.HTML, error) {
	if f == nil {
		return "", nil
	}
	var b strings.Builder
	err := render.SVG(&b, f, prefix)
	return template.HTML(b.String()), err //nolint:gosec // Draw escapes all text
}
