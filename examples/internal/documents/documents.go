// SPDX-License-Identifier: Apache-2.0

// Package documents writes what goes with the guides of a collection: briefs, guides
// by method, workshop packs, role sheets, templates and the like. Whatever way in was
// taken, they are the same.
package documents

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// workshopSize is for how many people the workshop packs are planned; a pack for
// another number is a call of guidance.Workshop.
const workshopSize = 24

// Guides are those of a collection: of each topic with what it rests on, and of each method.
type Guides struct{ Topics, Evidence, Methods []*guidance.Guide }

// Build builds the guides, with the words that people gave them: of is the configuration
// with the answers of a guide or document.
func Build(c *aggregate.Collection, of func(id string) guidance.Config) (Guides, error) {
	var out Guides
	for _, t := range c.Topics {
		g, evidence, err := guidance.WithEvidence(c, t.ID, of(t.ID))
		if err != nil {
			return out, err
		}
		out.Topics, out.Evidence = append(out.Topics, g), append(out.Evidence, evidence)
	}
	methods, err := guidance.Methods(c, of(""))
	if err != nil {
		return out, err
	}
	for _, m := range methods {
		g, err := answered(of, func(cfg guidance.Config) (*guidance.Guide, error) { return guidance.ForMethod(c, m, cfg) })
		if err != nil {
			return out, err
		}
		out.Methods = append(out.Methods, g)
	}
	return out, nil
}

// answered writes a document, and again with the words that people gave it, if they did.
func answered(of func(id string) guidance.Config, write func(guidance.Config) (*guidance.Guide, error)) (*guidance.Guide, error) {
	g, err := write(of(""))
	if err != nil {
		return nil, err
	}
	if own := of(g.Front.ID); len(own.Answers) > 0 {
		return write(own)
	}
	return g, nil
}

// All are the documents that go with the guides of a collection, those of methods among
// them. previous is the collection of the edition before, nil for the first; of is the
// configuration with the answers of a document, of "" that without any.
func All(c, previous *aggregate.Collection, guides Guides, of func(id string) guidance.Config) ([]*guidance.Guide, error) {
	var out []*guidance.Guide
	var failed error
	add := func(write func(guidance.Config) (*guidance.Guide, error)) {
		g, err := answered(of, write)
		out = append(out, g)
		failed = errors.Join(failed, err)
	}
	for _, t := range c.Topics {
		add(func(cfg guidance.Config) (*guidance.Guide, error) {
			return guidance.Workshop(c, t.ID, workshopSize, cfg)
		})
	}
	for _, g := range slices.Concat(guides.Topics, guides.Methods) {
		brief, err := guidance.Brief(c, g, of(g.Front.ID))
		out, failed = append(out, brief), errors.Join(failed, err)
	}
	out = slices.Concat(out, guides.Evidence, guides.Methods)
	for _, role := range guidance.Roles(c) {
		add(func(cfg guidance.Config) (*guidance.Guide, error) { return guidance.ForRole(c, role, cfg) })
	}
	for _, write := range []func(*aggregate.Collection, guidance.Config) (*guidance.Guide, error){
		guidance.About, guidance.Showcase, guidance.ResourceList,
		func(c *aggregate.Collection, cfg guidance.Config) (*guidance.Guide, error) {
			return guidance.Digest(c, previous, cfg)
		},
	} {
		add(func(cfg guidance.Config) (*guidance.Guide, error) { return write(c, cfg) })
	}
	for _, t := range c.Topics {
		for _, name := range guidance.Templates() {
			g, err := answered(of, func(cfg guidance.Config) (*guidance.Guide, error) { return guidance.ForTopic(c, t.ID, name, cfg) })
			if !errors.Is(err, guidance.ErrArgument) {
				out, failed = append(out, g), errors.Join(failed, err)
			}
		}
	}
	for _, name := range guidance.Templates() {
		add(func(cfg guidance.Config) (*guidance.Guide, error) { return guidance.FromTemplate(name, cfg) })
	}
	criteria, err := guidance.OpenCriteria(of("").Locale, nil)
	if err != nil {
		return nil, err
	}
	add(criteria.ForPatients)
	add(criteria.ForProfessionals)
	add(func(cfg guidance.Config) (*guidance.Guide, error) { return guidance.ConsultationReport("england", cfg) })
	return out, failed
}

// Page is how a document's page looks, with the ways back: to all documents, and to
// the page up of it.
func Page(cfg guidance.Config, theme render.Theme, up string) (render.HTML, error) {
	say, _, err := messages(cfg)
	if err != nil {
		return render.HTML{}, err
	}
	return render.HTML{Theme: theme, Links: []render.Link{
		{Rel: "up", Text: say("documents.title"), URL: "index.html"}, {Text: say("page.guides"), URL: up},
	}, Address: func(document string) string { return document + ".html" }}, nil
}

//go:embed documents.tmpl
var source string

// List writes the page from which the documents can be reached, in the formats that
// they have besides their page.
func List(to io.Writer, documents []*guidance.Guide, cfg guidance.Config, theme render.Theme, up string, formats []string) error {
	say, locale, err := messages(cfg)
	if err != nil {
		return err
	}
	t, err := template.New("documents").Funcs(template.FuncMap{"format": FormatName, "say": say}).Parse(source)
	if err != nil {
		return err
	}
	type group struct {
		Kind      string
		Documents []*guidance.Guide
	}
	groups := []group{{Kind: guidance.KindAbout}, {Kind: guidance.KindMethod}, {Kind: guidance.KindBrief}, {Kind: "evidence"}, {Kind: guidance.KindWorkshop}, {Kind: guidance.KindRole}, {Kind: guidance.KindTemplate}, {Kind: "other"}}
	for _, d := range documents {
		at := slices.IndexFunc(groups, func(g group) bool { return g.Kind == d.Front.Kind })
		if at < 0 {
			at = len(groups) - 1
		}
		groups[at].Documents = append(groups[at].Documents, d)
	}
	groups = slices.DeleteFunc(groups, func(g group) bool { return len(g.Documents) == 0 })
	return t.Execute(to, struct {
		Groups     []group
		Formats    []string
		Style      template.CSS
		Locale, Up string
	}{
		groups, formats,
		template.CSS(render.HTML{Theme: theme}.PageStyleSheet()), //nolint:gosec // the library's own style sheet
		locale, up,
	})
}

// FormatName returns the common name of a format, by the ending of its files.
func FormatName(ending string) string {
	if name, ok := map[string]string{"docx": "Word", "md": "Markdown"}[ending]; ok {
		return name
	}
	return strings.ToUpper(ending)
}

// messages words a message with pairs of a name and a value, in which language.
func messages(cfg guidance.Config) (say func(key string, pairs ...any) string, locale string, err error) {
	c, err := guidance.OpenCatalog(cfg.Locale, cfg.Catalogs)
	if err != nil {
		return nil, "", err
	}
	return func(key string, pairs ...any) string {
		values := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			values[fmt.Sprint(pairs[i])] = pairs[i+1]
		}
		return c.Say(key, values)
	}, c.Locale(), nil
}
