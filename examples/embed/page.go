// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"io"
	"mime"
	"net/http"
	"sync"
)

//go:embed templates
var templateFiles embed.FS

//go:embed static/style.css
var styleSheet string

//go:embed static/script.js
var script string

// page is the data of every template.
type page struct {
	Title string
	Part  string // of the navigation
	Said  string // that something was done
	Data  any
}

// templates holds each page's template within the common frame.
var templates = sync.OnceValues(func() (map[string]*template.Template, error) {
	out := map[string]*template.Template{}
	for _, name := range [...]string{"home", "new", "paste", "examples", "example", "topics", "guide", "help", "refused"} {
		t, err := template.New("page").ParseFS(templateFiles, "templates/page.html", "templates/field.html", "templates/preview.html", "templates/"+name+".html")
		if err != nil {
			return nil, err
		}
		out[name] = t
	}
	return out, nil
})

// render writes a page whole or not at all.
func (a *app) render(w http.ResponseWriter, code int, name string, p page) {
	a.write(w, code, name, "page", p)
}

// fragment writes a part of a page, for a script to put in its place.
func (a *app) fragment(w http.ResponseWriter, part string, data any) {
	a.write(w, http.StatusOK, "new", part, data)
}

func (a *app) write(w http.ResponseWriter, code int, name, part string, data any) {
	all, err := templates()
	var b bytes.Buffer
	if err == nil {
		err = all[name].ExecuteTemplate(&b, part, data)
	}
	if err != nil { // the error may quote what was to be shown
		a.logf("template %s fails", name)
		http.Error(w, "This page cannot be shown.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	a.send(w, b.Bytes())
}

// send writes a body. That a reader went away is nobody's concern.
func (a *app) send(w io.Writer, body []byte) {
	if _, err := w.Write(body); err != nil {
		a.logf("an answer was not taken whole")
	}
}

// refusal is the text of an error page: why, and what to do now.
type refusal struct{ Why, Next string }

// refuse answers with an error page in words of this program's own.
func (a *app) refuse(w http.ResponseWriter, code int, why string) {
	title, next := "Not done", ""
	switch code {
	case http.StatusNotFound:
		title = "There is nothing here"
	case http.StatusGone:
		title, next = "Your visit has ended", "Nobody else has seen it. You can begin again: add your example once more, or read the guides."
	case http.StatusRequestEntityTooLarge:
		title, next = "Too long", "Nothing was stored. Your browser’s back button takes you to what you wrote: shorten it, and send it again."
	case http.StatusBadRequest, http.StatusUnsupportedMediaType:
		title, next = "Not understood", "Nothing was stored. Go back, load the page afresh, and try again."
	case http.StatusForbidden, http.StatusMisdirectedRequest:
		title, next = "Not taken", "Nothing was stored. Open this site in a window of its own, and try again from there."
	case http.StatusUnprocessableEntity, http.StatusConflict:
		next = "Nothing was stored. Go back, mend it, and send it again."
	case http.StatusInsufficientStorage:
		title, next = "No more room", "What you had before is still there. Delete an example that you no longer need, or shorten an answer."
	case http.StatusServiceUnavailable:
		title, next = "Too busy", "Try again in some minutes."
	case http.StatusInternalServerError:
		title, next = "Something went wrong", "Go back and try again. If it happens again, tell whoever runs this program at what time: its log says where it stopped, and nothing that you wrote."
	}
	a.render(w, code, "refused", page{Title: title, Data: refusal{why, next}})
}

// failed answers for an error of the library. Its errors hold no text; still,
// only that there was one is said.
func (a *app) failed(w http.ResponseWriter, err error) {
	a.logf("not done: %T", err)
	a.refuse(w, http.StatusInternalServerError, "That could not be done. Nothing was published.")
}

// submitted reads a form, or answers the request and reports false.
func (a *app) submitted(w http.ResponseWriter, r *http.Request) bool {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		a.refuse(w, http.StatusUnsupportedMediaType, "Only this site’s own forms are read here.")
		return false
	}
	if err := r.ParseForm(); err != nil {
		a.unread(w, err)
		return false
	}
	return true
}

// unread answers for a body that could not be read.
func (a *app) unread(w http.ResponseWriter, err error) {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		a.refuse(w, http.StatusRequestEntityTooLarge, tooLong)
		return
	}
	a.refuse(w, http.StatusBadRequest, "What your browser sent could not be read.")
}

func (a *app) asset(kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "max-age=600")
		a.send(w, []byte(body))
	}
}

// said words what a redirect left to say; nothing that a request holds is shown.
func said(r *http.Request) string {
	return map[string]string{
		"signed":   "Signed off. The example counts in the guides that you see.",
		"withheld": "Withheld. The example is used nowhere.",
		"deleted":  "Deleted.",
		"saved":    "Saved.",
		"changed":  "Saved. The text that would be published is below: read it, and sign it off if you agree.",
		"taken":    "The answers of your document were taken.",
		"forgot":   "Everything that you wrote here is deleted.",
	}[r.URL.Query().Get("done")]
}
