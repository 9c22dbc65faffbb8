// SPDX-License-Identifier: Apache-2.0

package render

import (
	"bytes"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"path"
	"reflect"
	"strings"
	texttemplate "text/template"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/internal/words"
)

// errTemplate says that a user's template is missing, malformed or fails; the
// error names the file, never what was to be rendered.
var errTemplate = errors.New("render: template")

// Template renders a guide with the user's own templates. The dot is the
// *Guide; Name says which file of FS is executed, and its extension what it
// makes:
//
//	.html, .htm   html/template: text is escaped where it stands
//	.md           text/template over a copy of the guide whose texts are
//	              escaped for Markdown, so that none becomes markup
//	.txt          text/template over a copy without hidden characters
//
// Another extension is errTemplate. Templates may include others of FS, by the
// file names that match Include. They may call lines (the lines of a text),
// join and add. HTML templates must not convert text to template.HTML, which
// they have no function for.
type Template struct {
	FS      fs.FS
	Name    string
	Include []string // patterns of other files, as fs.Glob takes them
}

// Render writes the guide; nothing where the template fails.
func (t Template) Render(w io.Writer, g *guidance.Guide) error {
	if t.FS == nil {
		return fmt.Errorf("%w: no file system", errTemplate)
	}
	files := append([]string{t.Name}, t.Include...)
	functions := map[string]any{
		"join": strings.Join,
		"add":  func(a, b int) int { return a + b },
		"lines": func(s string) []string {
			return strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
		},
	}
	var b bytes.Buffer
	var err error
	switch strings.ToLower(path.Ext(t.Name)) {
	case ".html", ".htm":
		var page *htmltemplate.Template
		if page, err = htmltemplate.New(path.Base(t.Name)).Funcs(functions).ParseFS(t.FS, files...); err == nil {
			err = page.Execute(&b, mapText(g, words.Clean))
		}
	case ".md":
		err = executeText(&b, t, files, functions, mapText(g, escapeMarkdown))
	case ".txt":
		err = executeText(&b, t, files, functions, mapText(g, words.Clean))
	default:
		return fmt.Errorf("%w: %s: unknown extension", errTemplate, t.Name)
	}
	if err != nil {
		return fmt.Errorf("%w: %s: it cannot be read, parsed or executed", errTemplate, t.Name)
	}
	_, err = w.Write(b.Bytes())
	return err
}

func executeText(w io.Writer, t Template, files []string, functions map[string]any, g *guidance.Guide) error {
	page, err := texttemplate.New(path.Base(t.Name)).Funcs(functions).ParseFS(t.FS, files...)
	if err != nil {
		return err
	}
	return page.Execute(w, g)
}

// mapText is a deep copy of a guide with every text changed.
func mapText(g *guidance.Guide, change func(string) string) *guidance.Guide {
	out := mapped(reflect.ValueOf(g), change)
	copied, _ := reflect.TypeAssert[*guidance.Guide](out)
	return copied
}

func mapped(v reflect.Value, change func(string) string) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		out.SetString(change(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(mapped(v.Elem(), change))
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				out.Index(i).Set(mapped(v.Index(i), change))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			out.Field(i).Set(mapped(v.Field(i), change))
		}
	default:
		out.Set(v)
	}
	return out
}
