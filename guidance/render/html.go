// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// HTML renders a guide as HTML, a self-contained page or a fragment. All text
// is escaped.
type HTML struct {
	// Fragment leaves out the page around the guide, for a host's own page.
	Fragment bool
	// Level is the heading level of the title; 0 means 1.
	Level int
	// Prefix stands before every id, so that several guides fit in one page.
	Prefix string
}

//go:embed html.tmpl
var htmlSource string

//go:embed html.css
var htmlStyle string

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("guide").Funcs(template.FuncMap{
		"anchor": strings.NewReplacer(".", "-", ":", "-").Replace,
		"source": func(title, publisher string, year int, attribution, licence string) string {
			return words.SourceLine(title, publisher, year, attribution, licence)
		},
		"url":     urlIn,
		"cut":     strings.TrimSuffix,
		"options": words.OptionsLine,
		"add":     func(a, b int) int { return min(6, a+b) },
		"share":   func(v, of int) int { return 100 * v / max(1, of) },
		"kind":    func(k guidance.Block) string { return string(k.Kind) },
		"draw": func(f *guidance.Figure) (template.HTML, error) {
			var b strings.Builder
			err := SVG(&b, f, "f"+model.HashText(f.Caption + f.Alt)[:8])
			return template.HTML(b.String()), err //nolint:gosec // SVG escapes all text
		},
	}).Parse(htmlSource))
})

// urlIn is the address of one of the sources, where a line ends with it.
func urlIn(line string, sources []aggregate.Reference) string {
	for _, s := range sources {
		if s.URL != "" && strings.HasSuffix(line, s.URL) {
			return s.URL
		}
	}
	return ""
}

// Render writes the guide.
func (h HTML) Render(w io.Writer, g *guidance.Guide) error {
	h.Level = max(1, h.Level)
	var b bytes.Buffer
	err := htmlTemplate().Execute(&b, struct {
		HTML
		*guidance.Guide
		Style template.CSS
	}{h, g, template.CSS(htmlStyle)}) //nolint:gosec // the package's own style sheet
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, words.UnixLines(words.Clean(b.String())))
	return err
}

// StyleSheet is the CSS of HTML pages, for pages of a host that belong to them.
func (HTML) StyleSheet() string { return htmlStyle }
