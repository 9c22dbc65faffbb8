// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/sharedpractice/sharedpractice/examples/internal/documents"
	"github.com/sharedpractice/sharedpractice/guidance"
)

// upPage is the page of all guides, seen from the documents.
const upPage = "../index.html"

// writeDocuments writes what goes with the guides, and for each record its
// contributors' sign-off sheets.
func writeDocuments(s *staging, r *outcome, o options) error {
	cfg := o.config()
	all, err := documents.All(r.collection, r.edition.Previous, r.guides, func(id string) guidance.Config { return r.kept.of(cfg, id) })
	if err != nil {
		return err
	}
	page, err := documents.Page(cfg, o.theme, upPage)
	if err != nil {
		return err
	}
	formats := o.formats()
	formats["html"] = page
	for _, g := range all {
		for ext, render := range formats {
			if err := s.file(fmt.Sprintf("documents/%s.%s", g.Front.ID, ext), func(f *os.File) error { return render.Render(f, g) }); err != nil {
				return err
			}
		}
	}
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(formats)), func(ext string) bool { return ext == "html" })
	err = s.file("documents/index.html", func(f *os.File) error { return documents.List(f, all, cfg, o.theme, upPage, others) })
	if err != nil {
		return err
	}
	return writeSheets(s, r, o)
}
