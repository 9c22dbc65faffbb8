// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance/render"
)

func ownTemplates() fstest.MapFS {
	return fstest.MapFS{
		"page.html": {Data: []byte(`<h2 title="{{.Front.Title}}">{{.Front.Title}}</h2>{{range .Sections}}{{template "section.html" .}}{{end}}` +
			`<a href="{{.Front.Lead}}">x</a><script>var t = {{.Front.Title}};</script>`)},
		"section.html": {Data: []byte(`<p>{{.Title}}</p>{{range .Blocks}}{{range .Claims}}<i>{{.Text}}</i>{{end}}{{end}}`)},
		"page.md":      {Data: []byte("# {{.Front.Title}}\n\n{{range $i, $s := .Sections}}{{add $i 1}}. {{$s.Title}}\n{{range $s.Blocks}}{{if eq .Kind \"list\"}}{{range .Claims}}   - {{.Text}}\n{{end}}{{end}}{{end}}{{end}}")},
		"page.txt":     {Data: []byte(`{{.Front.Title}}: {{len .Sections}}{{range .Sections}}{{range .Blocks}}{{with .Slot}}{{join .Options "/"}}{{range lines .Answer}}|{{.}}{{end}}{{end}}{{end}}{{end}}`)},
		"broken.html":  {Data: []byte(`{{.Front.Title`)},
		"wrong.html":   {Data: []byte(`<p>{{.Front.NoSuchField}}</p>`)},
		"page.exe":     {Data: []byte(`x`)},
	}
}

func TestOwnTemplates(t *testing.T) {
	files := ownTemplates()
	page := render.Template{FS: files, Name: "page.html", Include: []string{"section.*"}}
	require.Contains(t, string(rendered(t, page, hand())), `<h2 title="How to try everything">How to try everything</h2><p>First</p><i>Some did this.</i>`)
	require.Contains(t, string(rendered(t, render.Template{FS: files, Name: "page.md"}, hand())), "# How to try everything\n\n1. First\n   - One\n   - Two\n2. Second\n")
	require.Equal(t, "How to try everything: 2|Because.|And because.Yes/No||", string(rendered(t, render.Template{FS: files, Name: "page.txt"}, hand())))
	g := hand()
	rendered(t, page, g)
	require.Equal(t, hand(), g, "a template gets a copy")
}

func TestOwnTemplatesEscape(t *testing.T) {
	files := ownTemplates()
	page := render.Template{FS: files, Name: "page.html", Include: []string{"section.*"}}
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			harmlessHTML(t, string(rendered(t, page, filled("x"))), string(rendered(t, page, filled(text+"x"))))
			md := render.Template{FS: files, Name: "page.md"}
			require.Equal(t, skeleton(string(rendered(t, md, filled("x")))), skeleton(string(rendered(t, md, filled(text+"x")))))
		})
	}
}

// A template that cannot be read or executed writes nothing and tells nothing.
func TestOwnTemplatesFail(t *testing.T) {
	for name, r := range map[string]render.Template{
		"missing": {FS: ownTemplates(), Name: "none.html"}, "malformed": {FS: ownTemplates(), Name: "broken.html"}, "unknown field": {FS: ownTemplates(), Name: "wrong.html"},
		"unknown extension": {FS: ownTemplates(), Name: "page.exe"}, "no files": {Name: "page.html"}, "include missing": {FS: ownTemplates(), Name: "page.html"},
	} {
		var b bytes.Buffer
		err := r.Render(&b, filled("secret"))
		require.ErrorContains(t, err, "render: template", name)
		require.False(t, strings.Contains(err.Error(), "secret"))
		require.Zero(t, b.Len(), name)
	}
}
