// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	_ "github.com/sharedpractice/sharedpractice/model/modeltest" // for -update
)

// lines is a log that requests may write to side by side.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

var testKey = []byte("a key that only these tests use!")

// sampled is the application with the sample anonymised, which takes a while.
var sampled = sync.OnceValues(func() (*app, error) {
	return newApp(context.Background(), testKey, time.Now, io.Discard)
})

// site is the application with a log and sessions of its own.
type site struct {
	*app
	log *lines
	url string
}

func newSite(t testing.TB) *site {
	t.Helper()
	shared, err := sampled()
	require.NoError(t, err)
	s := &site{log: &lines{}, app: &app{
		key: shared.key, now: shared.now, records: shared.records, base: shared.base,
		sessions: &store{byID: map[string]*session{}}, work: make(chan struct{}, 2),
	}}
	s.app.log = s.log
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = s.handler([]string{server.Listener.Addr().String()})
	server.Start()
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// visitor is a browser with cookies, which does not follow redirects.
type visitor struct {
	t    testing.TB
	site *site
	http *http.Client
}

func (s *site) visitor(t testing.TB) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &visitor{t, s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is what came back, with its body read.
type answer struct {
	*http.Response
	body string
}

func (v *visitor) send(method, path, kind string, body io.Reader, change ...func(*http.Request)) answer {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.site.url+path, body)
	require.NoError(v.t, err)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for _, f := range change {
		f(r)
	}
	resp, err := v.http.Do(r)
	require.NoError(v.t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(v.t, err)
	return answer{resp, string(b)}
}

func (v *visitor) get(path string) answer {
	v.t.Helper()
	return v.send(http.MethodGet, path, "", nil)
}

func (v *visitor) post(path string, form url.Values) answer {
	v.t.Helper()
	return v.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// told is a whole example; every name in it is made up.
func told() url.Values {
	return url.Values{
		"title": {"Letters that the Quillmarsh Trust rewrote"}, "kind": {"ki:resource"}, "stakeholders": {"Patients"},
		"challenges": {"Letters were hard to read [ch:jargon]"}, "objectives": {"Letters that people understand [ob:information]"},
		"steps":    {"We read letters aloud\r\nDr Maud Ferrant rewrote them; ring 07700 900461"},
		"outcomes": {"Fewer people rang"}, "lessons": {"Read letters aloud"}, "organisation": {"Quillmarsh Trust"},
	}
}

func chosen() url.Values {
	return url.Values{"level": {"anonymous"}, "audience": {"public"}, "uses": {"aggregate", "guidance", "single_source"}}
}

var hidden = regexp.MustCompile(`name="hash" value="([0-9a-f]{64})"`)

// add stores the example and returns its address.
func (v *visitor) add(form url.Values) string {
	v.t.Helper()
	a := v.post("/examples", form)
	require.Equal(v.t, http.StatusSeeOther, a.StatusCode)
	return a.Header.Get("Location")
}

// sign chooses terms and approves the text that is then shown.
func (v *visitor) sign(at string, terms url.Values) answer {
	v.t.Helper()
	a := v.post(at, terms)
	require.Equal(v.t, http.StatusSeeOther, a.StatusCode)
	found := hidden.FindStringSubmatch(v.get(at).body)
	require.Len(v.t, found, 2)
	terms = url.Values{"level": terms["level"], "audience": terms["audience"], "uses": terms["uses"], "hash": {found[1]}, "read": {"yes"}}
	return v.post(at+"/sign", terms)
}
