// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// writeSheets writes the sign-off sheets of each record, one for each party behind
// it, and a list by which the working group knows whom to send which.
func writeSheets(s *staging, r *outcome, o options) error {
	for _, x := range r.results {
		if x.Withheld() {
			continue
		}
		parties := r.filed.Parties[x.Log.Example]
		for _, p := range parties {
			cfg := o.sheetConfig()
			cfg.SheetCode = p.Code
			g, err := guidance.SignOff(x.Record, x.Log, cfg)
			if err != nil {
				return fmt.Errorf("private/sign-off: %w", err)
			}
			name := returned.SheetName(x.Record.ID(), p, len(parties))
			for ext, render := range map[string]renderer{"docx": render.DOCX{Theme: o.theme}, "html": render.HTML{Theme: o.theme}, "md": render.Markdown{}} {
				if err := s.file("private/sign-off/"+name+"."+ext, func(f *os.File) error { return render.Render(f, g) }); err != nil {
					return err
				}
			}
		}
	}
	return s.file("private/sign-off.md", func(f *os.File) error { return listSheets(f, r, o) })
}

func listSheets(to io.Writer, r *outcome, o options) error {
	w, err := openWords(o)
	if err != nil {
		return err
	}
	sheets := slices.DeleteFunc(slices.Clone(r.results), func(x anonymize.Result) bool { return x.Withheld() })
	slices.SortStableFunc(sheets, func(x, y anonymize.Result) int {
		at := func(x anonymize.Result) int { return slices.Index(returned.Standings(), returned.Standing(x)) }
		return cmp.Or(cmp.Compare(at(x), at(y)), cmp.Compare(x.Log.Example, y.Log.Example))
	})
	_, err = fmt.Fprintf(to, "# %s\n\n%s %s\n\n| %s | %s | %s | %s | %s |\n| --- | --- | --- | --- | --- |\n", w.say("sheets.title"), w.say("private.only"),
		w.say("sheets.lead", "folder", "`private/sign-off`", "flag", "`-signed`"), w.say("withheld.example"), w.say("sheets.party"), w.say("sheets.sheet"), w.say("sheets.state"), w.say("sheets.answer"))
	for _, x := range sheets {
		parties := r.filed.Parties[x.Log.Example]
		for _, p := range parties {
			if err != nil {
				return err
			}
			name := returned.SheetName(x.Record.ID(), p, len(parties))
			_, err = fmt.Fprintf(to, "| %s | %s | [%s](sign-off/%s.html) | %s | %s |\n", r.row(w, x.Log.Example), p.Ref, name, name, w.say("sheets."+returned.Standing(x)), w.say("sheets.said."+p.Answer.Key()))
		}
	}
	return err
}
