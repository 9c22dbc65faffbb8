// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// app is the desk.
type app struct {
	*store
	changing sync.RWMutex // guards key
	key      []byte
	log      io.Writer

	ctx  context.Context //nolint:containedctx // of the work in the background, which outlives a request
	stop context.CancelFunc
	work workshop
	// toPublish is made only where a draft counts codes that nobody confirmed.
	toPublish workshop
	codes     proposals
	mapped    mappings

	publishing sync.Mutex
	entering   func() // of tests: between the making of an edition and its entry
	unpacking  sync.Mutex

	signing sync.Mutex // guards setup, and lets one passphrase be stretched at a time
	setup   string     // see welcome
	wrong   visits     // wrong passphrases
	writes  visits
	secure  bool // cookies go over TLS only

	logging sync.Mutex
}

const (
	keyBytes = 32
	// mostWrites is how often one visitor may send something in a minute.
	mostWrites = 600
)

func newApp(ctx context.Context, s *store, log io.Writer) (*app, error) {
	a := &app{store: s, log: log, toPublish: workshop{publish: true}, wrong: visits{most: mostWrong}, writes: visits{most: mostWrites}}
	var err error
	if a.key, err = s.setting(ctx, "key"); err != nil {
		return nil, errors.New("the data file cannot be read")
	}
	if a.key == nil {
		a.key = make([]byte, keyBytes)
		rand.Read(a.key)
		if err := s.write(ctx, "made the key", "", func(tx *sql.Tx) error { return set(ctx, tx, "key", a.key) }); err != nil {
			return nil, errors.New("the data file cannot be written")
		}
	}
	passphrase, err := s.setting(ctx, "passphrase")
	if err != nil {
		return nil, errors.New("the data file cannot be read")
	}
	if passphrase == nil {
		a.setup = rand.Text()
	}
	a.ctx, a.stop = context.WithCancel(ctx)
	return a, nil
}

// secret is the key as it is now.
func (a *app) secret() []byte {
	a.changing.RLock()
	defer a.changing.RUnlock()
	return a.key
}

// logf writes one line. Nothing that a person wrote may be among its arguments.
func (a *app) logf(format string, args ...any) {
	a.logging.Lock()
	defer a.logging.Unlock()
	fmt.Fprintf(a.log, format+"\n", args...) //nolint:errcheck // there is nobody to tell
}

// problem is a refusal in words of this program's own.
type problem struct {
	code int
	why  string
}

func (p problem) Error() string { return p.why }

var errTooLong = problem{http.StatusRequestEntityTooLarge, "That is too long: a file may have 24 MB, and a form 1 MB."}

// unread is the problem with a body that could not be read.
func unread(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return errTooLong
	}
	return problem{http.StatusBadRequest, "What your browser sent could not be read."}
}

type handler func(w http.ResponseWriter, r *http.Request) error

// answered turns a handler's error into a page.
func (a *app) answered(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		p, ok := errors.AsType[problem](err)
		if !ok { // the library's errors hold no text; still, only that there was one is said
			a.logf("not done: %T", err)
			p = problem{http.StatusInternalServerError, "That could not be done. Nothing was published."}
		}
		a.refuse(w, p)
	}
}

// signedIn lets in who has signed in as one who may ask for the route.
func (a *app) signedIn(route string, h handler) http.HandlerFunc {
	return a.answered(func(w http.ResponseWriter, r *http.Request) error {
		as := a.role(r.Context(), r)
		switch {
		case as != "" && openTo(route, as):
			return h(w, r)
		case as != "":
			return problem{http.StatusForbidden, "That is for the officer of the working group. You have signed in as " + as + "."}
		case r.Method == http.MethodPost:
			return problem{http.StatusUnauthorized, "Sign in first. Nothing was stored."}
		}
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
		return nil
	})
}

func (a *app) handler(hosts []string) http.Handler {
	mux := http.NewServeMux()
	for route, h := range map[string]handler{
		"GET /style.css": a.style,
		"GET /welcome":   a.welcomePage,
		"POST /welcome":  a.choose,
		"GET /sign-in":   a.signInPage,
		"POST /sign-in":  a.signIn,

		"GET /mine/{token}":  a.minePage,
		"POST /mine/{token}": a.answerMine,
	} {
		mux.HandleFunc(route, a.answered(h))
	}
	for route, h := range a.routes() {
		mux.HandleFunc(route, a.signedIn(route, h))
	}
	return a.guarded(hosts, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, route := mux.Handler(r); route == "" {
			a.refuse(w, problem{http.StatusNotFound, "There is no such page, or it takes no such request."})
			return
		}
		mux.ServeHTTP(w, r)
	}))
}

// routes are those for people who have signed in; who may ask for which: openTo.
func (a *app) routes() map[string]handler {
	return map[string]handler{
		"GET /{$}": a.overview,

		"GET /people":              a.peoplePage,
		"POST /people":             a.addPerson,
		"POST /people/delete":      a.deletePerson,
		"POST /examples/{id}/link": a.makeLink,

		"GET /examples/{id}":            a.previewPage,
		"GET /examples/{id}/agreement":  a.amendPage,
		"POST /examples/{id}/agreement": a.amend,
		"POST /sign-out":                a.signOut,
		"POST /backup":                  a.makeBackup,
		"GET /key":                      a.keyPage,
		"POST /key":                     a.rotateKey,

		"GET /collect":                   a.collectPage,
		"POST /collect/upload":           a.takeFile,
		"GET /collect/{id}":              a.mappingPage,
		"POST /collect/{id}":             a.saveMapping,
		"POST /collect/{id}/delete":      a.deleteUpload,
		"GET /check":                     a.checkPage,
		"POST /check/differences":        a.settleDifference,
		"POST /check/meant":              a.sayMeant,
		"GET /collect/{id}/check.csv":    a.findingsFile,
		"GET /examples":                  a.examplesPage,
		"POST /examples/{id}/delete":     a.deleteExample,
		"POST /examples/{id}/withdraw":   a.withdrawExample,
		"GET /collect/account":           a.accountPage,
		"POST /collect/account/upload":   a.takeAccount,
		"GET /review":                    a.reviewPage,
		"POST /review":                   a.decide,
		"GET /alike":                     a.alikePage,
		"POST /alike":                    a.tellApart,
		"GET /sign-off":                  a.signOffPage,
		"GET /sign-off/sheets.zip":       a.sendOut,
		"POST /sign-off/upload":          a.takeSheets,
		"POST /sign-off/{id}/delete":     a.deleteSheet,
		"GET /draft":                     a.draftPage,
		"POST /draft":                    a.chooseAudience,
		"POST /draft/stop":               a.stopDraft,
		"POST /draft/again":              a.resumeDraft,
		"GET /publish":                   a.publishPage,
		"POST /publish":                  a.publish,
		"GET /editions/{edition}":        a.editionFile,
		"GET /collect/form.xlsx":         a.formFile,
		"GET /draft/{guide}":             a.draftGuide,
		"GET /guides":                    a.guidesPage,
		"GET /guides/{guide}":            a.guidePage,
		"POST /guides/{guide}":           a.saveSlots,
		"POST /guides/{guide}/upload":    a.takeDocument,
		"POST /guides/{guide}/settle":    a.settle,
		"GET /guides/{guide}/{document}": a.documentFile,
		"GET /look":                      a.lookPage,
		"POST /look":                     a.saveLook,
	}
}

//go:embed templates
var templateFiles embed.FS

//go:embed static/style.css
var styleSheet string

func (a *app) style(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "max-age=600")
	a.send(w, []byte(render.HTML{}.PageStyleSheet()+styleSheet))
	return nil
}

// page holds the data that every template needs.
type page struct {
	Title   string
	Part    string // of the navigation
	Said    string // that something was done
	Bare    bool   // of somebody who has not signed in
	Refresh bool   // the page is looked at again in two seconds
	Data    any
}

// templates holds each page's template within the common frame.
// pageWords word what the templates say: a moment, and a number of things.
func pageWords() template.FuncMap {
	return template.FuncMap{
		"moment": func(s string) string {
			t, err := time.Parse(time.RFC3339, s)
			if err != nil {
				return s
			}
			return t.UTC().Format("2 January 2006, 15:04")
		},
		"count": program.Count,
	}
}

var templates = sync.OnceValues(func() (map[string]*template.Template, error) {
	files, err := templateFiles.ReadDir("templates")
	out := map[string]*template.Template{}
	for _, f := range files {
		if err != nil {
			return nil, err
		}
		out[strings.TrimSuffix(f.Name(), ".html")], err = template.New("page").Funcs(pageWords()).ParseFS(templateFiles, "templates/page.html", path.Join("templates", f.Name()))
	}
	return out, err
})

// render writes a page whole or not at all.
func (a *app) render(w http.ResponseWriter, code int, name string, p page) {
	all, err := templates()
	var b bytes.Buffer
	if err == nil {
		err = all[name].ExecuteTemplate(&b, "page", p)
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

func (a *app) refuse(w http.ResponseWriter, p problem) {
	a.render(w, p.code, "refused", page{Title: "Not done", Data: p.why})
}

// attach answers with a file to keep. Names are made of ids, never of text.
func (a *app) attach(w http.ResponseWriter, name string, body []byte) {
	kind := map[string]string{
		".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		".csv":  "text/csv; charset=utf-8",
		".md":   "text/markdown; charset=utf-8",
		".json": "application/json",
		".zip":  "application/zip",
	}[path.Ext(name)]
	if kind == "" { // to keep, never a page of this origin
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	a.send(w, body)
}

// said words what a redirect left to say; nothing that a request holds is shown.
func said(r *http.Request) string {
	return map[string]string{
		"saved":     "Saved.",
		"taken":     "Taken in.",
		"deleted":   "Deleted.",
		"published": "Published, and entered in the ledger.",
		"backup":    "The copy is written beside the data file.",
		"rotated":   "There is another key now, and the ledger goes on under it.",
	}[r.URL.Query().Get("done")]
}

func back(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
