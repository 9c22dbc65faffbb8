// SPDX-License-Identifier: Apache-2.0

package render

import (
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
	"github.com/sharedpractice/sharedpractice/model"
)

// blocks writes the blocks of a page, which are nearly all of it, as a template of
// html/template would: a template takes them field by field through reflection.
type blocks struct {
	prefix string
	href   func(document string) string
	fill   func(io.Writer, *guidance.Slot) error // nil leaves slots as they are
}

// write is a function of the template: the block as HTML.
func (c blocks) write(x *guidance.Block) (template.HTML, error) {
	var b strings.Builder
	err := c.block(&b, x)
	return template.HTML(b.String()), err //nolint:gosec // all text is escaped
}

func (c blocks) block(b *strings.Builder, x *guidance.Block) error {
	switch x.Kind {
	case guidance.Paragraph:
		for i := range x.Claims {
			c.item(b, "<p>", &x.Claims[i], "</p>", true, "\n")
		}
	case guidance.Note:
		b.WriteString(`<aside class="note">`)
		for i := range x.Claims {
			c.item(b, "<p>", &x.Claims[i], "</p>", false, "")
		}
		b.WriteString("</aside>\n")
	case guidance.List, guidance.Checklist:
		list := x.Kind == guidance.List
		if list {
			b.WriteString("<ul>")
		} else {
			b.WriteString(`<ul class="check">`)
		}
		for i := range x.Claims {
			c.item(b, "<li>", &x.Claims[i], "", list, "</li>\n")
		}
		b.WriteString("</ul>\n")
	case guidance.Steps:
		return c.steps(b, x)
	case guidance.TableOf:
		c.table(b, x.Table)
		b.WriteString("\n")
	case guidance.FigureOf:
		return figure(b, x.Figure)
	case guidance.SlotOf:
		err := c.slot(b, x.Slot)
		b.WriteString("\n")
		return err
	case guidance.Verbatim:
		element(b, "<pre>", x.Text, "</pre>\n")
	case guidance.Heading, guidance.Examples: // the template's own
	}
	return nil
}

func figure(b *strings.Builder, f *guidance.Figure) error {
	if f != nil {
		element(b, "<figure><figcaption>", f.Caption, "</figcaption>")
		if err := SVG(b, f, "f"+model.HashText(f.Caption + f.Alt)[:8]); err != nil {
			return err
		}
		b.WriteString("</figure>")
	}
	b.WriteString("\n")
	return nil
}

// element writes a text between its marks.
func element(b *strings.Builder, before, s, after string) {
	b.WriteString(before)
	escaped(b, s)
	b.WriteString(after)
}

// optional is element where there is a text.
func optional(b *strings.Builder, before, s, after string) {
	if s != "" {
		element(b, before, s, after)
	}
}

func (c blocks) item(b *strings.Builder, before string, x *guidance.Claim, after string, details bool, end string) {
	b.WriteString(before)
	c.sentence(b, x)
	b.WriteString(after)
	if details {
		c.details(b, x.Details)
	}
	b.WriteString(end)
}

func (c blocks) steps(b *strings.Builder, x *guidance.Block) error {
	optional(b, `<p class="phase">`, x.Title, "</p>\n")
	b.WriteString(`<ol class="steps"`)
	if x.Start > 1 {
		b.WriteString(` start="` + strconv.Itoa(x.Start) + `"`)
	}
	b.WriteString(">")
	for i := range x.Steps {
		s := &x.Steps[i]
		b.WriteString(`<li><p class="do">`)
		c.said(b, &s.Claim)
		b.WriteString("</p>\n")
		if s.Seen != "" {
			b.WriteString(`<p class="seen">`)
			c.seen(b, &s.Claim)
			b.WriteString("</p>\n")
		}
		if meta := s.Meta(); len(meta) > 0 {
			b.WriteString(`<ul class="meta">`)
			for _, m := range meta {
				element(b, "<li>", m, "</li>")
			}
			b.WriteString("</ul>")
		}
		c.details(b, s.Details)
		optional(b, `<p class="fork">`, s.Fork, "</p>")
		if err := c.slot(b, s.Slot); err != nil {
			return err
		}
		b.WriteString("</li>\n")
	}
	b.WriteString("</ol>\n")
	return nil
}

func (c blocks) slot(b *strings.Builder, s *guidance.Slot) error {
	if s == nil {
		return nil
	}
	element(b, `<div class="slot" data-slot="`, s.ID, `">`)
	before := b.Len()
	if c.fill != nil {
		if err := c.fill(b, s); err != nil {
			return err
		}
	}
	if b.Len() == before {
		element(b, `<p class="question">`, s.Question, "</p>")
		optional(b, `<p class="why">`, s.Why, "</p>")
		if len(s.Options) > 0 && s.Answer == "" {
			element(b, `<p class="why">`, words.OptionsLine(s.Options), "</p>")
		}
		element(b, `<div class="answer">`, s.Answer, "</div>")
	}
	optional(b, `<p class="changed">`, s.Outdated, "</p>")
	b.WriteString("</div>")
	return nil
}

func (c blocks) table(b *strings.Builder, t *guidance.Table) {
	if t == nil {
		return
	}
	element(b, `<div class="wide" role="group" aria-label="`, t.Caption, `" tabindex="0">`)
	element(b, "<table><caption>", t.Caption, "</caption><thead><tr>")
	for _, h := range t.Header {
		element(b, `<th scope="col">`, h, "</th>")
	}
	b.WriteString("</tr></thead><tbody>")
	c.rows(b, t)
	b.WriteString("</tbody></table></div>")
	optional(b, `<p class="general">`, t.Note, "</p>")
}

// escaper escapes as html/template does in text and in quoted attributes.
var escaper = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;") //nolint:gochecknoglobals // a constant

func escaped(b *strings.Builder, s string) {
	_, _ = escaper.WriteString(b, s) // a Builder does not fail
}

func (c blocks) said(b *strings.Builder, x *guidance.Claim) {
	element(b, `<span class="`, string(x.Source), `">`)
	if to := c.href(x.Document); to != "" {
		linked(b, to, x.Text)
	} else {
		escaped(b, x.Text)
	}
	b.WriteString("</span>")
	optional(b, ` <span class="changed">`, x.Changed, "</span>")
}

// linked writes a link. What an address may hold is left to html/template, but for
// those of nothing but letters, digits and a few marks.
func linked(b *strings.Builder, to, what string) {
	if strings.ContainsFunc(to, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("#/._-", r))
	}) {
		_ = linkTemplate().Execute(b, [2]string{to, what}) // two texts into a Builder: it does not fail
		return
	}
	b.WriteString(`<a href="` + to + `">`)
	escaped(b, what)
	b.WriteString("</a>")
}

var linkTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("link").Parse(`<a href="{{index . 0}}">{{index . 1}}</a>`))
})

func (c blocks) seen(b *strings.Builder, x *guidance.Claim) {
	if x.Seen == "" {
		return
	}
	if d := dots(*x); d != "" {
		b.WriteString(`<span class="dots" aria-hidden="true">` + d + "</span> ")
	}
	escaped(b, x.Seen)
}

func (c blocks) sentence(b *strings.Builder, x *guidance.Claim) {
	c.said(b, x)
	if x.Seen != "" {
		b.WriteString(` <span class="seen">(`)
		c.seen(b, x)
		b.WriteString(")</span>")
	}
}

func (c blocks) details(b *strings.Builder, under []guidance.Claim) {
	if len(under) == 0 {
		return
	}
	b.WriteString("<ul>")
	for i := range under {
		b.WriteString("<li>")
		c.sentence(b, &under[i])
		c.details(b, under[i].Details)
		b.WriteString("</li>")
	}
	b.WriteString("</ul>")
}

func (c blocks) rows(b *strings.Builder, t *guidance.Table) {
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			if i == 0 {
				element(b, `<th scope="row">`, cell, "</th>")
			} else {
				element(b, "<td>", cell, "</td>")
			}
		}
		b.WriteString("</tr>")
	}
}
