// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/examples/internal/documents"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// renderer writes a guide in one format.
type renderer interface {
	Render(w io.Writer, g *guidance.Guide) error
}

func (o options) formats() map[string]renderer {
	return map[string]renderer{
		"md":   render.Markdown{},
		"html": render.HTML{Theme: o.theme},
		"json": render.JSON{},
		"docx": render.DOCX{Theme: o.theme},
		"txt":  render.PlainText{},
	}
}

func write(s *staging, r *outcome, o options) error {
	lines := func(name string, n int, at func(i int) any) error {
		return s.file(name, func(f *os.File) error {
			e := json.NewEncoder(f)
			for i := range n {
				if v := at(i); v != nil {
					if err := e.Encode(v); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	proof := r.edition.Release.Proof
	bodies := map[string][]byte{"release.jsonl": proof.Release, "collection.json": r.edition.Body}
	if !r.edition.Draft {
		bodies["certificate.json"], bodies["private/certificate-sealed.json"] = proof.Certificate, proof.Sealed
	}
	for name, body := range bodies {
		err := s.file(name, func(f *os.File) error {
			_, err := f.Write(body)
			return err
		})
		if err != nil {
			return err
		}
	}
	w, err := openWords(o)
	if err != nil {
		return err
	}
	for i, g := range r.guides.Topics {
		all := o.formats()
		all["html"] = w.page(r.guides.Topics, i, o.theme)
		for ext, render := range all {
			err := s.file(fmt.Sprintf("guides/%s.%s", g.Front.ID, ext), func(f *os.File) error { return render.Render(f, g) })
			if err != nil {
				return err
			}
		}
	}
	if err := writeDocuments(s, r, o); err != nil {
		return err
	}
	if err := lines("private/decisions.jsonl", len(r.results), func(i int) any { return r.results[i].Log }); err != nil {
		return err
	}
	if err := s.file("private/withheld.md", func(f *os.File) error { return writeWithheld(f, r, o) }); err != nil {
		return err
	}
	if err := s.file("private/missing.md", func(f *os.File) error { return writeMissing(f, r, o) }); err != nil {
		return err
	}
	if r.risks != nil {
		if err := s.file("private/disclosure.md", func(f *os.File) error { return writeDisclosure(f, r.risks, o) }); err != nil {
			return err
		}
	}
	if err := s.file("summary.md", func(f *os.File) error { return writeSummary(f, r, o) }); err != nil {
		return err
	}
	if err := s.file("search.js", func(f *os.File) error { return documents.Search(f, r.guides.Topics) }); err != nil {
		return err
	}
	return s.file("index.html", func(f *os.File) error { return writeIndex(f, r, o) })
}

func writeWithheld(to io.Writer, r *outcome, o options) error {
	w, err := openWords(o)
	if err != nil {
		return err
	}
	var rows []string
	for _, x := range r.results {
		if x.Log.Record != "" {
			continue
		}
		for _, reason := range x.Log.Reasons {
			rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s | %s |\n", r.row(w, x.Log.Example), w.say("withheld."+reason.Code), reason.Code, reason.Party, reason.Clause))
		}
	}
	if _, err := fmt.Fprintf(to, "# %s\n\n%s\n\n", w.say("withheld.title"), w.say("private.only")); err != nil {
		return err
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintln(to, w.say("withheld.none"))
		return err
	}
	_, err = fmt.Fprintf(to, "| %s | %s | %s | %s | %s |\n| --- | --- | --- | --- | --- |\n%s", w.say("withheld.example"), w.say("withheld.reason"), w.say("withheld.code"), w.say("withheld.party"), w.say("withheld.clause"), strings.Join(rows, ""))
	return err
}

// writeDisclosure writes the report of the disclosure control, which has no
// other language than English.
func writeDisclosure(to io.Writer, report *recode.Report, o options) error {
	w, err := openWords(o)
	if err != nil {
		return err
	}
	if said := w.english(); said != "" {
		if _, err := fmt.Fprintf(to, "%s\n\n", said); err != nil {
			return err
		}
	}
	return report.WriteMarkdown(to, false)
}

func writeSummary(to io.Writer, r *outcome, o options) error {
	w, err := openWords(o)
	if err != nil {
		return err
	}
	c := r.collection
	_, err = fmt.Fprintf(to, "# %s\n\n", w.say("summary.title"))
	// Topics that are printed as in the last edition may be of more examples than there
	// are today; the number of today would contradict them.
	if err == nil && !slices.ContainsFunc(c.Topics, func(t aggregate.Topic) bool { return t.Support.Of > c.Examples }) {
		_, err = fmt.Fprintf(to, "- %s\n", w.say("summary.counted", "n", c.Examples, "contributors", c.Contributors))
	}
	if err == nil && r.edition.Release != nil {
		_, err = fmt.Fprintf(to, "- %s\n", w.say("summary.lines", "n", r.lines()))
	}
	if err == nil {
		_, err = fmt.Fprintf(to, "- %s\n- %s\n- %s\n\n", w.say("summary.threshold", "k", c.K),
			w.say("summary.audience", "audience", w.say("audience."+o.audience.String())), w.say("summary.topics", "n", len(c.Topics)))
	}
	if r.edition.Draft && err == nil {
		_, err = fmt.Fprintf(to, "%s\n\n", w.say("page.draft"))
	}
	for i, g := range r.guides.Topics {
		if err != nil {
			return err
		}
		t := c.Topics[i].Support
		_, err = fmt.Fprintf(to, "- [%s](guides/%s.md): %s\n", g.Front.Title, g.Front.ID, w.say("summary.topic", "n", w.number(t, t.Examples), "of", t.Of))
	}
	for i, g := range r.guides.Methods {
		if i == 0 && err == nil {
			_, err = fmt.Fprintf(to, "\n## %s\n\n", w.say("documents.kind.method"))
		}
		if err == nil {
			_, err = fmt.Fprintf(to, "- [%s](documents/%s.md)\n", g.Front.Title, g.Front.ID)
		}
	}
	return err
}
