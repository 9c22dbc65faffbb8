// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	_ "embed"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/examples/internal/documents"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

//go:embed index.tmpl
var indexSource string

type indexTopic struct {
	Title, ID                  string
	Examples, Of, Contributors any // numbers, or words for a bound
	Formats                    []string
	Steps, Told                int // steps, and those of them that contributors told of
	Dots                       string
}

type indexPage struct {
	Collection *aggregate.Collection
	Topics     []indexTopic
	Showcase   []aggregate.Exhibit
	HeatMap    template.HTML
	Challenges template.HTML
	Mix        template.HTML
	Style      template.CSS
	Day        string
	Audience   string
	PublicKey  string
	Locale     string
	Language   string
	About      string
	Methods    []*guidance.Guide
	Draft      bool
}

// mostBars bounds the bars of a chart.
const mostBars = 12

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
		PublicKey: r.publicKey, Draft: r.edition.Draft, Locale: w.Locale(), Language: w.language(), About: guidance.KindAbout,
		Style: template.CSS(render.HTML{Theme: o.theme}.PageStyleSheet()), //nolint:gosec // the library's own style sheet
	}
	for i, g := range r.guides.Topics {
		s := r.collection.Topics[i].Support
		steps, told := 0, 0
		for _, section := range g.Sections {
			for _, b := range section.Blocks {
				steps += len(b.Steps)
				for _, step := range b.Steps {
					if step.Support != nil {
						told++
					}
				}
			}
		}
		page.Topics = append(page.Topics, indexTopic{
			Title: g.Front.Title, ID: g.Front.ID, Examples: w.number(s, s.Examples), Of: s.Of, Contributors: w.number(s, s.Contributors), Steps: steps, Told: told,
			Formats: slices.DeleteFunc(slices.Sorted(maps.Keys(o.formats())), func(ext string) bool { return ext == "html" }),
			Dots:    strings.Repeat("●", min(10, (s.Contributors+4)/5)),
		})
	}
	page.Methods = r.guides.Methods
	if page.HeatMap, err = documents.HeatMap(r.collection, o.config()); err == nil && page.HeatMap == "" {
		page.Challenges, err = documents.Drawn(w.bars("page.challenges", r.collection.Challenges, r.collection.Contributors), "challenges")
	}
	if err != nil {
		return err
	}
	page.Mix, err = documents.Drawn(w.bars("evidence.organisations", r.collection.Organisations, r.collection.Contributors), "mix")
	if err != nil {
		return err
	}
	return t.Execute(to, page)
}

// bars draws counts by contributors, most first; nil where there is nothing to
// compare.
func (w words) bars(key string, counts []aggregate.Count, of int) *guidance.Figure {
	counts = slices.Clone(counts)
	slices.SortStableFunc(counts, func(x, y aggregate.Count) int { return cmp.Compare(y.Contributors, x.Contributors) })
	if len(counts) < 2 {
		return nil
	}
	f := &guidance.Figure{Kind: guidance.Bars, Caption: w.say(key), Of: of}
	var said []string
	for _, k := range counts[:min(mostBars, len(counts))] {
		f.Rows = append(f.Rows, w.label(k.Code))
		f.Values = append(f.Values, k.Contributors)
		f.Claims = append(f.Claims, guidance.Claim{Text: w.label(k.Code), Source: guidance.Derived, Support: &k.Support})
		said = append(said, w.label(k.Code)+": "+w.say("page.number", "n", w.number(k.Support, k.Contributors)))
	}
	f.Alt = w.say("figure.alt", "caption", f.Caption, "list", strings.Join(said, "; "))
	return f
}

// page is how a guide's page looks: with ways back to all guides and to the next.
func (w words) page(guides []*guidance.Guide, i int, theme render.Theme) render.HTML {
	links := []render.Link{
		{Rel: "up", Text: w.say("page.guides"), URL: "../index.html"},
		{Text: w.say("collection.title"), URL: "../documents/" + guidance.KindAbout + ".html"},
	}
	if i+1 < len(guides) {
		next := guides[i+1].Front
		links = append(links, render.Link{Rel: "next", Text: w.say("page.next", "title", next.Title), URL: next.ID + ".html"})
	}
	return render.HTML{Theme: theme, Links: links, Address: func(document string) string { return "../documents/" + document + ".html" }}
}

// template reads a page's template, which says all words by their keys.
func (w words) template(name, source string) (*template.Template, error) {
	return template.New(name).Funcs(template.FuncMap{"format": documents.FormatName, "say": w.say}).Parse(source)
}
