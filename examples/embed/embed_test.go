// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
)

// This is the smallest host: what a developer copies is read in one sitting, and
// compiles in another module.
func TestToCopy(t *testing.T) {
	lines := 0
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		body, err := os.ReadFile(name)
		require.NoError(t, err)
		lines += bytes.Count(body, []byte("\n"))
		require.NotContains(t, string(body), "/internal/", name)
	}
	require.Less(t, lines, 600)
}

// What a store promises.
func TestFolder(t *testing.T) {
	ctx, f := t.Context(), Folder(filepath.Join(t.TempDir(), "kept"))
	body, err := f.Get(ctx, "a.1")
	require.NoError(t, err)
	require.Nil(t, body)
	require.NoError(t, f.Swap(ctx, "a.1", nil, []byte("one")))
	require.ErrorIs(t, f.Swap(ctx, "a.1", nil, []byte("two")), edition.ErrChanged)
	require.ErrorIs(t, f.Swap(ctx, "a.1", []byte("two"), []byte("three")), edition.ErrChanged)
	require.NoError(t, f.Swap(ctx, "a.1", []byte("one"), []byte("two")))
	require.NoError(t, f.Swap(ctx, "b", nil, []byte{}))
	names, err := f.Names(ctx, "a.")
	require.NoError(t, err)
	require.Equal(t, []string{"a.1"}, names)
	require.NoError(t, f.Swap(ctx, "a.1", []byte("two"), nil))
	names, err = f.Names(ctx, "")
	require.NoError(t, err)
	require.Equal(t, []string{"b"}, names)
	info, err := os.Stat(filepath.Join(string(f), "b"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

type browser struct {
	*testing.T
	client *http.Client
	at     string
}

func open(t *testing.T, s *Site) func() browser {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = s.Handler(server.Listener.Addr().String())
	server.Start()
	t.Cleanup(server.Close)
	return func() browser {
		jar, err := cookiejar.New(nil)
		require.NoError(t, err)
		return browser{t, &http.Client{Jar: jar}, server.URL}
	}
}

func (b browser) ask(path string, form url.Values) (int, string) {
	b.Helper()
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(b.Context(), method, b.at+path, body)
	require.NoError(b, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := b.client.Do(r)
	require.NoError(b, err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	require.NoError(b, err)
	return answer.StatusCode, string(page)
}

// Five people tell of the same, approve what they see, and an edition tells of it,
// without a name, after a restart too; nobody sees another's example.
func TestLife(t *testing.T) {
	ctx, dir := t.Context(), Folder(filepath.Join(t.TempDir(), "kept"))
	now := func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	s, err := Open(ctx, dir, now)
	require.NoError(t, err)
	visit := open(t, s)
	shown := regexp.MustCompile(`href="/examples/([^"]+)"`)
	text := regexp.MustCompile(`name="text" value="([0-9a-f]{64})"`)
	did := []string{
		"We read ten letters aloud with patients.\nFewer people rang after that. Read letters aloud before you send them.",
		"A panel of nine relatives went through every leaflet for a month and struck out what they did not understand.",
		"Two nurses and a teacher made a list of forty words that nobody knows, and what to say instead.",
		"Young volunteers drew the whole appointment as a comic; it hangs in the lift now.",
		"Before each mailing, somebody who left school at fifteen says it back in their own words.",
		"The trial's information sheet went from eleven pages to three, with a film beside it.",
	}
	names := []string{"Quillmarsh Trust", "Zorblatt Ward", "Lumeria Society", "Brackenholt Forum", "Tarnbeck Group", "Oxmere Union"}
	var firstOwn string
	for i, name := range names {
		b := visit()
		code, page := b.ask("/examples", url.Values{
			"title": {did[i][:20] + " at " + name}, "organisation": {name}, "challenge": {"ch:jargon"}, "objective": {"ob:information"},
			"account": {"Nobody at " + name + " understood us. " + did[i]},
		})
		require.Equal(t, http.StatusOK, code)
		require.Contains(t, page, "Nothing of it is used.")
		_, sheet, _ := strings.Cut(page, "<section")
		require.NotContains(t, sheet, name)
		_, home := b.ask("/", nil)
		own := shown.FindStringSubmatch(home)
		require.NotNil(t, own)
		code, _ = visit().ask("/examples/"+own[1], nil)
		require.Equal(t, http.StatusNotFound, code, "somebody else's")
		code, _ = b.ask("/examples/"+own[1], url.Values{"say": {"yes"}, "text": {strings.Repeat("0", 64)}})
		require.Equal(t, http.StatusConflict, code, "a text that was never shown")
		seen := text.FindStringSubmatch(page)
		require.NotNil(t, seen)
		if i == 0 {
			firstOwn = own[1]
		}
		code, page = b.ask("/examples/"+own[1], url.Values{"say": {"yes"}, "text": {seen[1]}})
		require.Equal(t, http.StatusOK, code)
		require.Contains(t, page, "exactly this text")
	}
	require.NoError(t, s.Publish(ctx))
	again, err := Open(ctx, dir, now) // the program was started anew
	require.NoError(t, err)
	b := open(t, again)()
	_, home := b.ask("/", nil)
	guide := regexp.MustCompile(`href="(/guides/[^"]+)"`).FindStringSubmatch(home)
	require.NotNil(t, guide, "six contributors tell of it")
	code, page := b.ask(html.UnescapeString(guide[1]), nil)
	require.Equal(t, http.StatusOK, code)
	code, document := b.ask(html.UnescapeString(guide[1])+"?as=docx", nil)
	require.Equal(t, http.StatusOK, code)
	require.True(t, strings.HasPrefix(document, "PK"))
	for _, name := range names {
		require.NotContains(t, page, name)
	}
	code, _ = b.ask("/examples/"+firstOwn, url.Values{"say": {"delete"}})
	require.Equal(t, http.StatusNotFound, code, "nobody deletes another's")
	require.NoError(t, again.Publish(ctx))
}

// meddled is a store in which something happens when it is asked for a name, and that may
// refuse to delete.
type meddled struct {
	Store
	when        string
	meddle      func()
	undeletable bool
}

func (m *meddled) Get(ctx context.Context, name string) ([]byte, error) {
	if do := m.meddle; do != nil && name == m.when {
		m.meddle = nil
		do()
	}
	return m.Store.Get(ctx, name)
}

func (m *meddled) Swap(ctx context.Context, name string, old, next []byte) error {
	if m.undeletable && next == nil {
		return errors.New("the store cannot be written")
	}
	return m.Store.Swap(ctx, name, old, next)
}

// Who deletes an example while an edition is made is not in it: it is refused, and made
// anew. Nobody is told that an example is gone that is not.
func TestPublish_moved(t *testing.T) {
	ctx, m := t.Context(), &meddled{Store: Folder(filepath.Join(t.TempDir(), "kept")), when: "noted"}
	s, err := Open(ctx, m, func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) })
	require.NoError(t, err)
	b := open(t, s)()
	code, page := b.ask("/examples", url.Values{"title": {"Tea"}, "organisation": {"Quillmarsh Trust"}, "challenge": {"ch:jargon"}, "objective": {"ob:information"}, "account": {"We read ten letters aloud."}})
	require.Equal(t, http.StatusOK, code)
	own := regexp.MustCompile(`action="/examples/([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, own)
	m.undeletable = true
	code, _ = b.ask("/examples/"+own[1], url.Values{"say": {"delete"}})
	require.Equal(t, http.StatusInternalServerError, code)
	m.undeletable = false
	var gone int
	m.meddle = func() { gone, _ = b.ask("/examples/"+own[1], url.Values{"say": {"delete"}}) }
	require.ErrorIs(t, s.Publish(ctx), edition.ErrChanged)
	require.Equal(t, http.StatusOK, gone)
	lines, err := m.Get(ctx, "ledger")
	require.NoError(t, err)
	require.Nil(t, lines)
}

func TestHandler_refusals(t *testing.T) {
	s, err := Open(t.Context(), Folder(t.TempDir()), time.Now)
	require.NoError(t, err)
	visit := open(t, s)
	for path, form := range map[string]url.Values{
		"/examples":                       {"title": {"x"}},
		"/examples/..%2Fkey":              nil,
		"/examples/%2e%2e%2f%2e%2e%2fk":   {"say": {"delete"}},
		"/guides/ch-jargon":               nil,
		"/guides/..%2Fkey":                nil,
		"/examples/e-1":                   {"say": {"yes"}},
		"/examples?title=a&account=b\xff": {"title": {"a\x00b"}, "organisation": {"b"}, "account": {"c"}},
	} {
		code, page := visit().ask(path, form)
		require.GreaterOrEqual(t, code, 400, path)
		require.Less(t, code, 500, path)
		require.NotContains(t, page, "\x00")
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://rebound.example/", nil)
	w := httptest.NewRecorder()
	s.Handler("127.0.0.1:1").ServeHTTP(w, r)
	require.Equal(t, http.StatusMisdirectedRequest, w.Code)
}

func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"-addr", "127.0.0.1:0"}, write) }()
	var line [100]byte
	n, err := read.Read(line[:])
	require.NoError(t, err)
	require.Regexp(t, `^Listening on http://127\.0\.0\.1:\d+/\n`, string(line[:n]))
	cancel()
	require.NoError(t, <-done)
	require.Error(t, run(t.Context(), []string{"-addr", "0.0.0.0:0"}, io.Discard))
}
