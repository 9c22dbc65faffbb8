// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// another is a browser that nobody has signed in.
func (v *visit) another() *visit {
	v.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(v, err)
	return &visit{v.T, v.app, v.at, &http.Client{Jar: jar}, v.log}
}

var shownOnce = regexp.MustCompile(`<strong>([^<]+)</strong>`)

// Each role gets what it is for and nothing else; who is let in no longer is out.
func TestRoles(t *testing.T) {
	v := desk(t, newPath(t))
	v.taken("people.xlsx", book(t, [][]string{
		{"What is the example called?", "What is your organisation called?"},
		{"A title", "Zorblatt Trust"},
	}))
	routes := map[string][2]bool{ // reviewer, reader
		"/": {true, true}, "/guides": {true, true}, "/draft": {true, true}, "/publish": {true, true},
		"/check": {true, false}, "/examples": {true, false}, "/review": {true, false}, "/alike": {true, false},
		"/collect": {false, false}, "/people": {false, false}, "/sign-off": {false, false}, "/sign-off/sheets.zip": {false, false}, "/collect/1": {false, false},
	}
	for i, as := range []string{reviewerRole, readerRole} {
		_, page := v.post("/people", url.Values{"name": {"Jo <b>" + as}, "role": {as}})
		secret := shownOnce.FindStringSubmatch(page)
		require.NotNil(t, secret)
		assert.NotContains(t, page, "<b>"+as)
		_, page = v.get("/people")
		assert.NotContains(t, page, secret[1], "it is shown once")
		w := v.another()
		code, _ := w.post("/sign-in", url.Values{"name": {"Jo <b>" + as}, "passphrase": {passphrase}})
		assert.Equal(t, http.StatusUnauthorized, code, "the officer’s passphrase is another")
		code, _ = w.post("/sign-in", url.Values{"name": {"Jo <b>" + as}, "passphrase": {secret[1]}})
		require.Equal(t, http.StatusOK, code)
		for path, may := range routes {
			code, body := w.get(path)
			want := http.StatusForbidden
			if may[i] {
				want = http.StatusOK
			}
			assert.Equal(t, want, code, as+" "+path)
			if as == readerRole {
				assert.NotContains(t, body, "Zorblatt", path)
			}
		}
		for _, path := range []string{"/publish", "/backup", "/people", "/people/delete", "/collect/upload", "/examples/x/delete", "/examples/x/withdraw", "/examples/x/link", "/sign-off/upload", "/draft"} {
			code, _ := w.post(path, nil)
			assert.Equal(t, http.StatusForbidden, code, as+" "+path)
		}
		_, _ = v.post("/people/delete", url.Values{"name": {"Jo <b>" + as}})
		code, _ = w.post("/review", nil)
		assert.Equal(t, http.StatusUnauthorized, code, "let in no longer")
	}
	assert.NotContains(t, v.log.String(), "Jo ")
}

// Each route is refused to each role that it is not for, a new one too; a reader sees
// nothing of what was withheld, nor what was done to which example.
func TestRoles_everyRoute(t *testing.T) {
	v := desk(t, newPath(t))
	v.messy()
	v.taken("held.xlsx", book(t, [][]string{
		{"What is the example called?", "What is your organisation called?", "Do you agree to this use?"},
		{"The wibblequux bus", "Zorblatt Trust", "No"},
	}))
	require.Contains(t, v.page("/draft"), "wibblequux", "the officer is told")
	mayRead := []string{"GET /{$}", "GET /draft", "GET /draft/{guide}", "GET /guides", "GET /guides/{guide}", "GET /editions/{edition}", "GET /publish", "POST /sign-out"}
	mayReview := append([]string{
		"GET /check", "GET /collect/{id}/check.csv", "GET /examples", "GET /examples/{id}", "GET /review", "POST /review", "GET /alike", "POST /alike",
		"POST /guides/{guide}", "POST /guides/{guide}/upload", "POST /guides/{guide}/settle", "GET /guides/{guide}/{document}",
	}, mayRead...)
	for as, may := range map[string][]string{readerRole: mayRead, reviewerRole: mayReview} {
		_, page := v.post("/people", url.Values{"name": {as}, "role": {as}})
		secret := shownOnce.FindStringSubmatch(page)
		require.NotNil(t, secret)
		w := v.another()
		code, _ := w.post("/sign-in", url.Values{"name": {as}, "passphrase": {secret[1]}})
		require.Equal(t, http.StatusOK, code)
		for route := range v.routes() {
			method, path, _ := strings.Cut(route, " ")
			path = regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(strings.ReplaceAll(path, "{$}", ""), "1")
			if route == "POST /sign-out" {
				continue
			}
			var body string
			if method == http.MethodGet {
				code, body = w.get(path)
			} else {
				code, body = w.post(path, nil)
			}
			if slices.Contains(may, route) {
				assert.NotEqual(t, http.StatusForbidden, code, "%s %s", as, route)
			} else {
				assert.Equal(t, http.StatusForbidden, code, "%s %s", as, route)
			}
			if as == readerRole {
				assert.False(t, strings.Contains(body, "wibblequux") || strings.Contains(body, "Zorblatt") || strings.Contains(body, tookExamples), "a reader sees it at %s", route)
			}
		}
		if as == readerRole {
			body := w.page("/draft")
			assert.False(t, strings.Contains(body, "wibblequux"))
		}
	}
}

// A contributor's personal address shows its own example only and takes its
// answer; an address ends when a new one is made.
func TestPersonalAddress(t *testing.T) {
	v := desk(t, newPath(t))
	rows := [][]string{{"What is the example called?", "What is your organisation called?", "Tell us what happened", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}}
	for _, name := range []string{"Zorblatt Trust", "Quuxmead Ward"} {
		rows = append(rows, []string{"Letters of " + name, name, "Nobody read our letters. We rewrote them with patients of " + name + ".", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes"})
	}
	v.taken("two.xlsx", book(t, rows))
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 2)
	address := func(id string) string {
		t.Helper()
		_, page := v.post("/examples/"+id+"/link", nil)
		found := shownOnce.FindStringSubmatch(page)
		require.NotNil(t, found)
		return found[1]
	}
	first := address(all[0].ID)
	w := v.another()
	code, page := w.get(first)
	require.Equal(t, http.StatusOK, code)
	for _, name := range []string{"Zorblatt", "Quuxmead"} {
		_, sheet, _ := strings.Cut(page, "<section")
		assert.NotContains(t, sheet, name)
	}
	assert.NotContains(t, page, all[1].ID)
	assert.NotContains(t, page, `href="/examples`)
	code, _ = w.get("/examples")
	assert.Equal(t, http.StatusOK, code) // the page to sign in
	code, _ = w.post("/examples/"+all[1].ID+"/delete", nil)
	assert.Equal(t, http.StatusUnauthorized, code)

	text := regexp.MustCompile(`name="text" value="([0-9a-f]{64})"`).FindStringSubmatch(page)
	require.NotNil(t, text)
	options := regexp.MustCompile(`(?s)<select id="slot-decision".*?</select>`).FindString(page)
	choices := regexp.MustCompile(`<option>([^<]+)</option>`).FindAllStringSubmatch(options, -1)
	require.Len(t, choices, 3)
	code, _ = w.post(first, url.Values{"text": {strings.Repeat("0", 64)}, "slot-decision": {choices[0][1]}, "slot-name": {"Jo"}})
	assert.Equal(t, http.StatusConflict, code)
	code, page = w.post(first, url.Values{"text": {text[1]}, "slot-decision": {choices[0][1]}, "slot-name": {"Jo"}})
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, page, "Saved.")
	assert.Contains(t, v.page("/sign-off"), "yes, filed")
	_, _ = w.post(first, url.Values{"text": {text[1]}, "slot-decision": {choices[2][1]}})
	page = v.page("/sign-off")
	assert.NotContains(t, page, "yes, filed", "the last answer holds")
	assert.Contains(t, page, "no: nothing of it is published")

	second := address(all[0].ID)
	code, _ = w.get(first)
	assert.Equal(t, http.StatusNotFound, code)
	code, _ = w.get(second)
	assert.Equal(t, http.StatusOK, code)
	assert.NotContains(t, v.log.String(), strings.TrimPrefix(second, "/mine/"), "the log holds an address")
}

// Who guesses is stopped, and nobody else for it.
func TestVisits(t *testing.T) {
	v := visits{most: 3}
	ask := func(address string) *http.Request {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/sign-in", nil)
		r.RemoteAddr = address
		return r
	}
	for n := range 5 {
		assert.Equal(t, n < 3, v.may(ask("192.0.2.1:1"), day()))
		assert.Equal(t, n < 3, v.may(ask("[2001:db8::"+string(rune('a'+n))+"]:1"), day()), "one network is one visitor")
	}
	assert.True(t, v.left(ask("192.0.2.2:1"), day()))
	assert.False(t, v.left(ask("192.0.2.1:9"), day()))
}
