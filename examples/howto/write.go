// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// renderer writes a guide in one format.
type renderer interface {
	Render(w io.Writer, g *guidance.Guide) error
}

func formats() map[string]renderer {
	return map[string]renderer{
		"md":   guidance.Markdown{},
		"html": guidance.HTML{},
		"json": guidance.JSON{},
		"docx": guidance.DOCX{},
		"txt":  guidance.PlainText{},
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
	proof := r.edition.release.Proof
	for name, body := range map[string][]byte{
		"release.jsonl": proof.Release, "certificate.json": proof.Certificate,
		"private/certificate-sealed.json": proof.Sealed, "private/counted": []byte(strings.Join(r.counted, "\n") + "\n"),
	} {
		err := s.file(name, func(f *os.File) error {
			_, err := f.Write(body)
			return err
		})
		if err != nil {
			return err
		}
	}
	err := s.file("collection.json", func(f *os.File) error {
		e := json.NewEncoder(f)
		e.SetIndent("", "  ")
		return e.Encode(r.collection)
	})
	if err != nil {
		return err
	}
	for _, g := range r.guides {
		for ext, render := range formats() {
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
	if err := s.file("private/withheld.md", func(f *os.File) error { return writeWithheld(f, r) }); err != nil {
		return err
	}
	if report := r.edition.report; report != nil {
		if err := s.file("private/disclosure.md", func(f *os.File) error { return report.WriteMarkdown(f, false) }); err != nil {
			return err
		}
	}
	if err := s.file("summary.md", func(f *os.File) error { return writeSummary(f, r, o) }); err != nil {
		return err
	}
	return s.file("index.html", func(f *os.File) error { return writeIndex(f, r, o) })
}

func writeWithheld(w io.Writer, r *outcome) error {
	if _, err := fmt.Fprint(w, "# Withheld examples\n\nFor the working group only.\n\n| example | reason | party | clause |\n| --- | --- | --- | --- |\n"); err != nil {
		return err
	}
	for _, x := range r.results {
		l := x.Log
		if l.Record != "" {
			continue
		}
		for _, reason := range l.Reasons {
			if _, err := fmt.Fprintf(w, "| %s | %s | %s | %s |\n", l.Example, reason.Code, reason.Party, reason.Clause); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeSummary(w io.Writer, r *outcome, o options) error {
	_, err := fmt.Fprintf(w, "# Summary\n\n- Examples that can be counted: %d, from %d independent contributors\n- Threshold: %d\n- Audience: %s\n- Topics: %d\n\n",
		r.collection.Examples, r.collection.Contributors, r.collection.K, o.audience, len(r.collection.Topics))
	for i, g := range r.guides {
		if err != nil {
			return err
		}
		t := r.collection.Topics[i]
		_, err = fmt.Fprintf(w, "- [%s](guides/%s.md): %d of %d examples\n", g.Front.Title, g.Front.ID, t.Support.Examples, t.Support.Of)
	}
	return err
}
