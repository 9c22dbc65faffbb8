// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// hostile are texts that try to become markup somewhere.
func hostile() map[string]string {
	return map[string]string{
		"script":         `<script>alert(1)</script>`,
		"attribute":      `" onmouseover="alert(1)" x="`,
		"single quotes":  `' onload='alert(1)`,
		"image":          `<img src=x onerror=alert(1)>`,
		"close all":      `</p></li></div></section></article></main></body></html>`,
		"comment":        `--> <b>x</b> <!--`,
		"slot marker":    "<!-- /slot -->\n<!-- slot stolen#0 -->\n>\n> x",
		"link":           `[x](javascript:alert(1))`,
		"image link":     `![x](https://evil.example/p.png)`,
		"reference":      "[x]: https://evil.example\n[x]",
		"autolink":       `<javascript:alert(1)>`,
		"fence":          "```\nx\n```",
		"long fence":     "``````\nx\n``````",
		"tilde fence":    "~~~\nx\n~~~",
		"heading":        "# x\n\nx\n===\n\nx\n---",
		"list":           "- x\n+ x\n* x\n1. x\n2) x",
		"ordered":        "1. x",
		"ordered paren":  "12) x",
		"indented code":  "    x\n\tx",
		"quote":          "> x",
		"rule":           "***\n___\n---",
		"table":          "a | b\n--- | ---\nx | y",
		"emphasis":       "*x* **x** _x_ ~~x~~ `x`",
		"html entity":    "&lt;script&gt; &#x3C;b&#x3E; &amp;",
		"backslash":      `\<b\> \\[x\\](y) x\`,
		"template":       `{{.Front.Title}} {{template "x"}} ${x}`,
		"docx":           `</w:t></w:r></w:p><w:p><w:r><w:instrText>DDEAUTO c:\\x</w:instrText></w:r></w:p>`,
		"cdata":          `]]><![CDATA[x]]>`,
		"entity bomb":    `<!DOCTYPE x [<!ENTITY a "aaaa">]>&a;`,
		"svg":            `</text><script xlink:href="https://evil.example"/>`,
		"css":            `x}</style><style>body{display:none}`,
		"controls":       "x\x00\x01\x08\x0b\x0c\x1b[31m\x7f\u0085y",
		"direction":      "x\u202Egnp.exe\u202C \u2066y\u2069 \u2067z",
		"tags":           "x\U000E0041\U000E0042y",
		"not utf-8":      "x\xff\xfe\xc3y",
		"noncharacters":  "x\uFFFE\uFFFFy",
		"line separator": "x\u2028- y\u2029# z",
		"long word":      strings.Repeat("x", 4_000),
		"many brackets":  strings.Repeat("[", 400) + "x",
		"many stars":     strings.Repeat("*", 400) + "x",
		"crlf":           "x\r\n# y\r\n\r\n- z",
	}
}

// filled is a hand-built guide with text in every field that takes text.
func filled(text string) *guidance.Guide {
	g := hand()
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				fill(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				fill(v.Index(i))
			}
		case reflect.Struct:
			for _, field := range v.Fields() {
				fill(field)
			}
		case reflect.String:
			if v.Type() == reflect.TypeFor[string]() && v.CanSet() {
				v.SetString(text)
			}
		}
	}
	fill(reflect.ValueOf(g))
	return g
}

// harmless fails where a text became markup in some format.
func harmless(t testing.TB, text string) {
	t.Helper()
	if strings.IndexFunc(strings.ToValidUTF8(text, ""), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		text += "x" // what shows nothing leaves its place out
	}
	want, got := plain(), filled(text)
	for i, h := range pages() {
		harmlessHTML(t, want.pages[i], string(rendered(t, h, got)))
	}
	require.Equal(t, want.markdown, skeleton(string(rendered(t, render.Markdown{}, got))), "markdown")
	parts := xmlParts(t, rendered(t, render.DOCX{}, got))
	require.Equal(t, len(want.parts), len(parts))
	for name, body := range parts {
		require.Equal(t, want.parts[name], elements(t, body), name)
	}
	for name, r := range renderers() {
		if name == "docx" || name == "json" {
			continue
		}
		for _, c := range string(rendered(t, r, got)) {
			require.False(t, c < 0x20 && c != '\n' && c != '\t' || 0x7F <= c && c <= 0x9F || 0x202A <= c && c <= 0x202E || 0x2066 <= c && c <= 0x2069, "%s holds %U", name, c)
		}
	}
	var back guidance.Guide
	require.NoError(t, json.Unmarshal(rendered(t, render.JSON{}, got), &back))
	require.Equal(t, len(got.Sections), len(back.Sections))
}

func pages() []render.HTML {
	return []render.HTML{{}, {Fragment: true, Level: 3, Prefix: "p-"}}
}

// shapes are what a guide looks like whose every text is "x".
type shapes struct {
	pages    []string
	markdown []string
	parts    map[string][]string
}

var plain = sync.OnceValue(func() shapes {
	var b bytes.Buffer
	out := shapes{parts: map[string][]string{}}
	rendered := func(r render.Renderer) []byte {
		b.Reset()
		if err := r.Render(&b, filled("x")); err != nil {
			panic("a guide of plain text cannot be rendered")
		}
		return bytes.Clone(b.Bytes())
	}
	for _, h := range pages() {
		out.pages = append(out.pages, string(rendered(h)))
	}
	out.markdown = skeleton(string(rendered(render.Markdown{})))
	t := new(testing.T)
	for name, body := range xmlParts(t, rendered(render.DOCX{})) {
		out.parts[name] = elements(t, body)
	}
	return out
})

func TestNoTextBecomesMarkup(t *testing.T) {
	for name, text := range hostile() {
		if len(text) < 1000 {
			continue // the seeds of the law below
		}
		t.Run(name, func(t *testing.T) { harmless(t, text) })
	}
}

func FuzzNoTextBecomesMarkup(f *testing.F) {
	texts := hostile()
	for i, name := range slices.Sorted(maps.Keys(texts)) {
		if text := texts[name]; len(text) < 1000 && (!testing.Short() || i%4 == 0) {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			t.Skip("long texts are in the table")
		}
		harmless(t, text)
	})
}

var (
	tagForm   = regexp.MustCompile(`(?s)<[^>]*>`)
	valueForm = regexp.MustCompile(`(?s)="[^"]*"`)
	hrefForm  = regexp.MustCompile(`(?s)(?:href|src)="([^"]*)"`)
)

// harmlessHTML compares tags and attribute names, and looks at every address.
func harmlessHTML(t testing.TB, want, got string) {
	t.Helper()
	tags := func(page string) []string {
		out := tagForm.FindAllString(page, -1)
		for i := range out {
			out[i] = valueForm.ReplaceAllString(out[i], `=""`)
		}
		return out
	}
	// Only the address of a link may go; it is dropped whole where it is no web address.
	require.Equal(t, tags(want), tags(got), "html")
	require.Equal(t, strings.Count(got, "<"), len(tags(got)))
	for _, m := range hrefForm.FindAllStringSubmatch(got, -1) {
		address := strings.ToLower(strings.TrimSpace(html.UnescapeString(m[1])))
		scheme, _, found := strings.Cut(address, ":")
		if found && !strings.ContainsAny(scheme, "/?#") {
			require.Contains(t, []string{"http", "https", "mailto"}, scheme)
		}
	}
}

var (
	escapedForm = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]")
	activeForm  = regexp.MustCompile("[^`*_{}\\[\\]<>#|~!&$\\\\\n]")
	markerForm  = regexp.MustCompile(`^ *<!-- slot [a-zA-Z0-9._-]*#[a-zA-Z0-9._-]* -->$`)
	startForm   = regexp.MustCompile(`(?m)^([> ]*)([-+=]|[0-9]{1,9}[.)])`)
)

// skeleton is what is left of a Markdown text without all that is plain: line by
// line, the characters that can be markup, and how lines begin.
func skeleton(text string) []string {
	var out []string
	fence := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case fence != "":
			if strings.TrimRight(line, " \t") == fence || strings.HasPrefix(strings.TrimLeft(line, " "), fence) {
				out, fence = append(out, "fence"), ""
			}
			continue // what is fenced is not read
		case strings.HasPrefix(line, "```"):
			fence = line[:len(line)-len(strings.TrimLeft(line, "`"))]
			continue
		}
		line = markerForm.ReplaceAllString(line, "<!-- slot -->")
		line = escapedForm.ReplaceAllString(line, "x")
		begins := startForm.FindString(line)
		out = append(out, begins+"@"+activeForm.ReplaceAllString(line, ""))
	}
	// A text of several lines in a slot stands on several lines of one quotation.
	return slices.CompactFunc(out, func(a, b string) bool { return a == b })
}

// elements lists the elements of an XML part and their attributes; a text of
// several lines has breaks between them, which are left out.
func elements(t testing.TB, part []byte) []string {
	t.Helper()
	var out []string
	d := xml.NewDecoder(bytes.NewReader(part))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		require.NoError(t, err)
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "br" || e.Name.Local == "t" {
				continue
			}
			names := []string{e.Name.Local}
			for _, a := range e.Attr {
				names = append(names, a.Name.Local)
			}
			out = append(out, strings.Join(names, " "))
		case xml.Comment, xml.Directive:
			out = append(out, "!")
		}
	}
}

// No id in a page, or in a document's file names, carries what a guide says.
func TestIDsCarryNoNames(t *testing.T) {
	g := hand()
	g.Front.Title, g.Front.Authors = "Marlinford Wexmoor", []string{"Marlinford Wexmoor"}
	for i := range g.Sections {
		g.Sections[i].Title = "Marlinford Wexmoor"
		for j := range g.Sections[i].Blocks {
			b := &g.Sections[i].Blocks[j]
			b.Title = "Marlinford Wexmoor"
			if b.Slot != nil {
				b.Slot.Answer = "Marlinford Wexmoor"
			}
			if b.Figure != nil {
				b.Figure.Caption = "Marlinford Wexmoor"
			}
		}
	}
	for _, m := range regexp.MustCompile(`(?i)\b(?:id|for|name|href|aria-labelledby|data-slot)="([^"]*)"`).FindAllStringSubmatch(string(rendered(t, render.HTML{}, g)), -1) {
		require.NotRegexp(t, `(?i)marlin|wexmoor [a-z]*ford`, m[1])
	}
	for name := range xmlParts(t, rendered(t, render.DOCX{}, g)) {
		require.NotRegexp(t, `(?i)marlin`, name)
	}
}
