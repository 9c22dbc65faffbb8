// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// app is the application: what all visitors share, and never changes, and the
// store of what each has for itself.
type app struct {
	key      []byte
	now      func() time.Time
	records  []anonymize.Record // of the sample
	base     *edition           // of the sample
	sessions *store
	work     chan struct{} // bounds how much is anonymised and brought together side by side
	secure   bool          // cookies go over TLS only

	logging sync.Mutex
	log     io.Writer
}

func newApp(ctx context.Context, key []byte, now func() time.Time, log io.Writer) (*app, error) {
	a := &app{key: key, now: now, sessions: &store{byID: map[string]*session{}}, work: make(chan struct{}, 2), log: log}
	var err error
	a.records, err = sampleRecords(ctx, anonymize.Config{Key: key, Now: now(), Audience: model.Everyone, Workers: 2})
	if err != nil {
		return nil, err
	}
	a.base, err = newEdition(ctx, nil, a.records, nil)
	return a, err
}

// logf writes one line. Nothing that a visitor wrote may be among its arguments.
func (a *app) logf(format string, args ...any) {
	a.logging.Lock()
	defer a.logging.Unlock()
	fmt.Fprintf(a.log, format+"\n", args...) //nolint:errcheck // there is nobody to tell
}

// day is today's, as documents and agreements write it.
func (a *app) day() string { return a.now().UTC().Format(time.DateOnly) }

func (a *app) handler(hosts []string) http.Handler {
	mux := http.NewServeMux()
	for route, h := range map[string]http.HandlerFunc{
		"GET /{$}":           a.home,
		"GET /style.css":     a.asset("text/css; charset=utf-8", render.HTML{}.PageStyleSheet()+styleSheet),
		"GET /script.js":     a.asset("text/javascript; charset=utf-8", script),
		"POST /forget":       a.forget,
		"GET /examples":      a.listExamples,
		"POST /examples":     a.addExample,
		"POST /preview":      a.previewForm,
		"GET /paste":         a.pasteForm,
		"POST /paste":        a.paste,
		"GET /examples/new":  a.newExample,
		"POST /examples/new": a.newExample,

		"GET /examples/{id}":           a.onOwn(a.example),
		"POST /examples/{id}":          a.onTerms(a.changeTerms),
		"POST /examples/{id}/preview":  a.onTerms(a.previewTerms),
		"POST /examples/{id}/sign":     a.onTerms(a.sign),
		"POST /examples/{id}/withhold": a.onOwn(a.withhold),
		"POST /examples/{id}/delete":   a.onOwn(a.deleteExample),
		"GET /examples/{id}/edit":      a.onOwn(a.editExample),
		"POST /examples/{id}/edit":     a.onOwn(a.changeExample),
		"GET /examples/{id}/sheet":     a.onOwn(a.signOffSheet),

		"GET /help":  a.help,
		"POST /help": a.help,

		"GET /topics":                 a.topics,
		"GET /guides/{id}":            a.guide,
		"POST /guides/{id}":           a.saveSlots,
		"POST /guides/{id}/upload":    a.upload,
		"POST /guides/{id}/settle":    a.settle,
		"GET /guides/{id}/{document}": a.download,
	} {
		mux.HandleFunc(route, h)
	}
	return a.guarded(hosts, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, route := mux.Handler(r); route != "" {
			mux.ServeHTTP(w, r)
			return
		}
		var none nowhere // says which methods there are, if any
		mux.ServeHTTP(&none, r)
		if none.code == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", none.Header().Get("Allow"))
			a.refuse(w, none.code, "That address does not take that method.")
			return
		}
		a.refuse(w, http.StatusNotFound, "There is no such page.")
	}))
}

// nowhere takes an answer's header and drops the rest.
type nowhere struct {
	header http.Header
	code   int
}

func (n *nowhere) Header() http.Header {
	if n.header == nil {
		n.header = http.Header{}
	}
	return n.header
}
func (n *nowhere) WriteHeader(code int)        { n.code = code }
func (n *nowhere) Write(b []byte) (int, error) { return len(b), nil }
