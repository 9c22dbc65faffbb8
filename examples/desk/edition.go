// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed"
	"errors"
	"html/template"
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/examples/internal/documents"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

//go:embed edition/index.html
var indexPage string

// upPage is the page of all guides, seen from a guide or a document.
const upPage = "../index.html"

// editionFiles returns an archive of those files of an edition that may be given out.
func (a *app) editionFiles(ctx context.Context, d *draft, e *edition.Edition) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, body []byte) error {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(body)
		}
		return err
	}
	proof := e.Release.Proof
	err := errors.Join(add("release.jsonl", proof.Release), add(edition.CollectionName, e.Body), add("certificate.json", proof.Certificate))
	if err != nil {
		return nil, err
	}
	theme, err := a.theme(ctx)
	if err != nil {
		return nil, err
	}
	plain, err := a.guideConfig(false, nil)
	if err != nil {
		return nil, err
	}
	// Guides and documents are answered by their ids.
	answered, err := a.allAnswers(ctx)
	if err != nil {
		return nil, err
	}
	printed := map[string]map[string]guidance.Answer{}
	of := func(id string) guidance.Config {
		cfg := plain
		cfg.Answers = answered[id]
		printed[id] = answered[id]
		return cfg
	}
	write := func(folder string, g *guidance.Guide, page render.HTML) error {
		all := formats(theme)
		all[".html"] = page
		for _, ending := range slices.Sorted(maps.Keys(all)) {
			var body bytes.Buffer
			if err := all[ending].Render(&body, g); err != nil {
				return err
			}
			if err := add(folder+g.Front.ID+ending, body.Bytes()); err != nil {
				return err
			}
		}
		return nil
	}
	say, err := guidance.OpenCatalog(locale, plain.Catalogs)
	if err != nil {
		return nil, err
	}
	page := render.HTML{Theme: theme, Links: []render.Link{{Rel: "up", Text: say.Say("page.guides", nil), URL: upPage}}, Address: func(document string) string { return "../documents/" + document + ".html" }}
	built, err := documents.Build(e.Collection, of)
	if err != nil {
		return nil, err
	}
	guides := built.Topics
	for i, g := range guides {
		if err := errors.Join(d.confirmed(g, e.Collection.Topics[i], locale), write("guides/", g, page)); err != nil {
			return nil, err
		}
	}
	list, err := documents.All(e.Collection, e.Previous, built, of)
	if err != nil {
		return nil, err
	}
	if err := a.unnamed(ctx, d, printed, slices.Concat(guides, list)); err != nil {
		return nil, err
	}
	if page, err = documents.Page(plain, theme, upPage); err != nil {
		return nil, err
	}
	for _, g := range list {
		if err := write("documents/", g, page); err != nil {
			return nil, err
		}
	}
	others := []string{"docx", "json", "md", "txt"}
	var index, listed, search bytes.Buffer
	if err := documents.List(&listed, list, plain, theme, upPage, others); err != nil {
		return nil, err
	}
	t, err := template.New("index").Funcs(template.FuncMap{"name": documents.FormatName, "say": func(key string, values ...any) string {
		with := map[string]any{}
		for i := 0; i+1 < len(values); i += 2 {
			with[values[i].(string)] = values[i+1] //nolint:forcetypeassert // the page's own
		}
		return say.Say(key, with)
	}}).Parse(indexPage)
	if err != nil {
		return nil, err
	}
	heat, err := documents.HeatMap(e.Collection, plain)
	if err != nil {
		return nil, err
	}
	if err := documents.Search(&search, guides); err != nil {
		return nil, err
	}
	err = t.Execute(&index, struct {
		Title   string
		Guides  []*guidance.Guide
		Formats []string
		HeatMap template.HTML
		K       int
		Style   template.CSS
	}{say.Say("page.title", nil), guides, others, heat, e.Collection.K, template.CSS(render.HTML{Theme: theme}.PageStyleSheet())}) //nolint:gosec // the library's own style sheet
	if err != nil {
		return nil, err
	}
	if err := errors.Join(add("documents/index.html", listed.Bytes()), add("index.html", index.Bytes()), add("search.js", search.Bytes()), z.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
