// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/anonymize"
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
	// Theme sets colours, fonts and logo.
	Theme Theme
	// Links are ways from the page to others, at its top and foot.
	Links []Link
	// Slot writes, as HTML, what stands in a slot in the place of its question and
	// answer, such as a field of a host's form. It escapes what it writes. nil
	// leaves slots as they are.
	Slot func(w io.Writer, s *guidance.Slot) error
	// Address is where the document of an id is, for claims that point to one; ""
	// is nowhere. nil leaves them as text.
	Address func(document string) string
}

// Link is a way to another page.
type Link struct {
	Rel  string // as in HTML: "up", "prev", "next"; may be empty
	Text string
	URL  string
}

//go:embed html.tmpl
var htmlSource string

// The rules of guides, each for what stands within one, and those of the pages
// around them.
var (
	//go:embed guide.css
	guideStyle string
	//go:embed page.css
	pageStyle string
)

// htmlParsed is never executed itself: what has been cannot be cloned.
var htmlParsed = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("guide").Funcs(template.FuncMap{
		"source": func(title, publisher string, year int, attribution, licence string) string {
			return words.SourceLine(title, publisher, year, attribution, licence)
		},
		"url":     urlIn,
		"cut":     strings.TrimSuffix,
		"add":     func(a, b int) int { return min(6, a+b) },
		"kind":    func(k guidance.Block) string { return string(k.Kind) },
		"written": HTML{}.blocks().write,
	}).Parse(htmlSource))
})

// htmlTemplate is that of pages whose slots stand as they are.
var htmlTemplate = sync.OnceValue(func() *template.Template { return template.Must(htmlParsed().Clone()) })

// dots shows at a glance how many of its examples told of a claim: five dots,
// filled by fifths, at least one. "" where that is not told.
func dots(c guidance.Claim) string {
	s := c.Support
	if s == nil || s.Of <= 0 || c.Seen == "" {
		return ""
	}
	full := max(1, min(5, (10*s.Examples+s.Of)/(2*s.Of)))
	return strings.Repeat("●", full) + strings.Repeat("○", 5-full)
}

// urlIn is the address of one of the sources, where a line ends with it.
func urlIn(line string, sources []anonymize.Source) string {
	for _, s := range sources {
		if s.URL != "" && strings.HasSuffix(line, s.URL) {
			return s.URL
		}
	}
	return ""
}

// Render writes the guide.
func (h HTML) Render(w io.Writer, g *guidance.Guide) error {
	if err := h.Theme.check(); err != nil {
		return err
	}
	h.Level = max(1, h.Level)
	t := htmlTemplate()
	if h.Slot != nil || h.Address != nil || h.Prefix != "" {
		own, err := htmlParsed().Clone()
		if err != nil {
			return err
		}
		t = own.Funcs(template.FuncMap{"written": h.blocks().write})
	}
	var b bytes.Buffer
	err := t.Execute(&b, struct {
		HTML
		*guidance.Guide
		Style template.CSS
		Logo  template.URL
	}{h, g, template.CSS(h.PageStyleSheet()), template.URL(h.Theme.logoURL())}) //nolint:gosec // the package's own style sheet, and an image
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, words.UnixLines(words.Clean(b.String())))
	return err
}

// blocks are how the page's blocks are written.
func (h HTML) blocks() blocks {
	return blocks{prefix: h.Prefix, fill: h.Slot, href: func(document string) string {
		if document == "" || h.Address == nil {
			return ""
		}
		return h.Address(document)
	}}
}

// StyleSheet is the CSS of guides for a host's page with fragments in it: every
// rule is for what stands within a guide, and none for the page around it.
func (h HTML) StyleSheet() string { return guideStyle + h.Theme.css() }

// PageStyleSheet is StyleSheet with the rules of whole pages, for pages that
// belong to guides: their content stands in an element of class "guide".
func (h HTML) PageStyleSheet() string { return pageStyle + guideStyle + h.Theme.css() }
