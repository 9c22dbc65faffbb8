// SPDX-License-Identifier: Apache-2.0

package main

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// workshopSize is for how many people the workshop packs are planned; a pack for
// another number is a call of guidance.Workshop.
const workshopSize = 24

// writeDocuments writes what goes with the guides: a workshop pack for each
// topic, a sheet for each role, showcase, resource list, digest, self-assessment and the skeleton of a
// consultation report, and for each record its contributor's sign-off sheet.
func writeDocuments(s *staging, r *outcome, o options) error {
	cfg := o.config()
	w, err := openWords(o)
	if err != nil {
		return err
	}
	documents, err := filledDocuments(r, cfg)
	if err != nil {
		return err
	}
	for _, g := range documents {
		all := o.formats()
		all["html"] = render.HTML{Theme: o.theme, Links: []render.Link{
			{Rel: "up", Text: w.say("documents.title"), URL: "index.html"}, {Text: w.say("page.guides"), URL: "../index.html"},
		}, Address: func(document string) string { return document + ".html" }}
		for ext, render := range all {
			if err := s.file(fmt.Sprintf("documents/%s.%s", g.Front.ID, ext), func(f *os.File) error { return render.Render(f, g) }); err != nil {
				return err
			}
		}
	}
	if err := s.file("documents/index.html", func(f *os.File) error { return listDocuments(f, documents, o) }); err != nil {
		return err
	}
	return writeSheets(s, r, o)
}

//go:embed documents.tmpl
var documentsSource string

// listDocuments writes the page from which the documents can be reached.
func listDocuments(to io.Writer, documents []*guidance.Guide, o options) error {
	w, err := openWords(o)
	if err != nil {
		return err
	}
	t, err := w.template("documents", documentsSource)
	if err != nil {
		return err
	}
	type group struct {
		Kind      string
		Documents []*guidance.Guide
	}
	groups := []group{{Kind: guidance.KindAbout}, {Kind: guidance.KindMethod}, {Kind: guidance.KindBrief}, {Kind: guidance.KindWorkshop}, {Kind: guidance.KindRole}, {Kind: guidance.KindTemplate}, {Kind: "other"}}
	for _, d := range documents {
		at := slices.IndexFunc(groups, func(g group) bool { return g.Kind == d.Front.Kind })
		if at < 0 {
			at = len(groups) - 1
		}
		groups[at].Documents = append(groups[at].Documents, d)
	}
	groups = slices.DeleteFunc(groups, func(g group) bool { return len(g.Documents) == 0 })
	return t.Execute(to, struct {
		Groups  []group
		Formats []string
		Style   template.CSS
		Locale  string
	}{
		groups, slices.DeleteFunc(slices.Sorted(maps.Keys(o.formats())), func(ext string) bool { return ext == "html" }),
		template.CSS(render.HTML{Theme: o.theme}.PageStyleSheet()), //nolint:gosec // the library's own style sheet
		w.Locale(),
	})
}

// filledDocuments are the documents with the words that people gave them.
func filledDocuments(r *outcome, cfg guidance.Config) ([]*guidance.Guide, error) {
	plain, err := documents(r, cfg)
	if err != nil {
		return nil, err
	}
	for i, g := range plain {
		if len(r.kept.answers[g.Front.ID]) == 0 {
			continue
		}
		filled, err := documents(r, r.kept.of(cfg, g.Front.ID))
		if err != nil {
			return nil, err
		}
		plain[i] = filled[i]
	}
	return plain, nil
}

func documents(r *outcome, cfg guidance.Config) ([]*guidance.Guide, error) {
	var out []*guidance.Guide
	var failed error
	add := func(g *guidance.Guide, err error) {
		out = append(out, g)
		failed = errors.Join(failed, err)
	}
	for _, t := range r.collection.Topics {
		add(guidance.Workshop(r.collection, t.ID, workshopSize, cfg))
	}
	for _, t := range r.collection.Topics {
		add(guidance.Brief(r.collection, t.ID, r.kept.of(cfg, t.ID)))
	}
	methods, err := guidance.Methods(r.collection, cfg)
	if err != nil {
		return nil, err
	}
	for _, m := range methods {
		add(guidance.ForMethod(r.collection, m, cfg))
	}
	for _, role := range guidance.Roles(r.collection) {
		add(guidance.ForRole(r.collection, role, cfg))
	}
	add(guidance.About(r.collection, cfg))
	add(guidance.Showcase(r.collection, cfg))
	add(guidance.ResourceList(r.collection, cfg))
	add(guidance.Digest(r.collection, r.edition.Previous, cfg))
	for _, t := range r.collection.Topics {
		for _, name := range guidance.Templates() {
			if g, err := guidance.ForTopic(r.collection, t.ID, name, cfg); !errors.Is(err, guidance.ErrArgument) {
				add(g, err)
			}
		}
	}
	for _, name := range guidance.Templates() {
		add(guidance.FromTemplate(name, cfg))
	}
	criteria, err := guidance.OpenCriteria(cfg.Locale, nil)
	if err != nil {
		return nil, err
	}
	add(guidance.Assessment(criteria, guidance.Patients, cfg))
	add(guidance.Assessment(criteria, guidance.Professionals, cfg))
	rules, err := guidance.OpenJurisdiction("england", nil)
	if err != nil {
		return nil, err
	}
	add(guidance.ConsultationReport(rules, cfg))
	return out, failed
}
