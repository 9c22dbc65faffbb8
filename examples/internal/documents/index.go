// SPDX-License-Identifier: Apache-2.0

package documents

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

//go:embed search.js
var searchScript string

// filled is which part of a cross table must show a number for it to be drawn.
const filled = 0.5

// HeatMap draws challenges by objectives; empty where most cells would be.
func HeatMap(c *aggregate.Collection, cfg guidance.Config) (template.HTML, error) {
	table, err := guidance.Crosstab(c, cfg)
	if err != nil || table == nil || shown(table.Values) < filled {
		return "", err
	}
	return Drawn(table, "heat")
}

// shown is which part of the cells shows a number.
func shown(cells []int) float64 {
	n := 0
	for _, v := range cells {
		if v > 0 {
			n++
		}
	}
	return float64(n) / float64(max(1, len(cells)))
}

// Drawn is a figure within a page, where there is one. Its parts are named by the prefix.
func Drawn(f *guidance.Figure, prefix string) (template.HTML, error) {
	if f == nil {
		return "", nil
	}
	var b strings.Builder
	err := render.SVG(&b, f, prefix)
	return template.HTML(b.String()), err //nolint:gosec // the renderer escapes all text
}

// Search writes the script by which the page of all guides searches in their text:
// each stands there under its id, with its title in an h3, below a form.find.
func Search(to io.Writer, all []*guidance.Guide) error {
	type section struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		Text  string `json:"text"`
	}
	type guide struct {
		ID       string    `json:"id"`
		Sections []section `json:"sections"`
	}
	guides := []guide{}
	for _, g := range all {
		x := guide{ID: g.Front.ID}
		for _, s := range g.Sections {
			var b strings.Builder
			one := &guidance.Guide{Schema: g.Schema, Front: guidance.Front{Locale: g.Front.Locale}, Sections: []guidance.Section{s}}
			if err := (render.PlainText{Width: 1 << 20}).Render(&b, one); err != nil {
				return err
			}
			x.Sections = append(x.Sections, section{s.ID, s.Title, strings.Join(strings.Fields(b.String()), " ")})
		}
		guides = append(guides, x)
	}
	body, err := json.Marshal(guides)
	if err == nil {
		_, err = fmt.Fprintf(to, "const guides = %s;\n%s", body, searchScript)
	}
	return err
}
