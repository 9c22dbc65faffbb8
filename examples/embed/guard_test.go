// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

func TestHeaders(t *testing.T) {
	v := newSite(t).visitor(t)
	at := v.add(told())
	for _, path := range []string{"/", at, at + "/edit", "/examples", "/topics", "/guides/ch-trust", "/guides/ch-trust/guide.md", "/no-such-page"} {
		h := v.get(path).Header
		require.Equal(t, "no-store", h.Get("Cache-Control"), path)
		require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-referrer", h.Get("Referrer-Policy"), path)
		csp := h.Get("Content-Security-Policy")
		require.True(t, strings.HasPrefix(csp, "default-src 'none';"), path)
		require.True(t, strings.Contains(csp, "frame-ancestors 'none'") && strings.Contains(csp, "base-uri 'none'"), path)
		require.False(t, strings.Contains(csp, "unsafe") || strings.Contains(csp, "*"), path)
	}
	// What the policy forbids is in no page.
	for _, path := range []string{"/", at, "/examples/new", "/topics", "/guides/ch-trust"} {
		page := v.get(path).body
		require.False(t, strings.Contains(page, " style=") || strings.Contains(page, "<style") || strings.Contains(page, " onclick="), path)
		require.Equal(t, 1, strings.Count(page, "<script"), path)
	}
}

func TestCookie(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	c := v.post("/examples", told()).Cookies()
	require.Len(t, c, 1)
	require.True(t, c[0].HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, c[0].SameSite)
	require.GreaterOrEqual(t, len(c[0].Value), 26, "at least 128 random bits")
	require.NotEqual(t, c[0].Value, s.visitor(t).post("/examples", told()).Cookies()[0].Value)
	s.secure = true
	require.True(t, s.visitor(t).post("/examples", told()).Cookies()[0].Secure)

	// A cookie that nobody was given opens nothing.
	made := s.visitor(t).send(http.MethodGet, "/examples", "", nil, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: cookieName, Value: "made-up"}) })
	require.True(t, strings.Contains(made.body, "There is nothing here yet"))

	require.Equal(t, http.StatusSeeOther, v.post("/forget", nil).StatusCode)
	require.True(t, strings.Contains(v.get("/examples").body, "There is nothing here yet"))
}

func TestRequestsThatAreRefused(t *testing.T) {
	v := newSite(t).visitor(t)
	at := v.add(told())
	const form = "application/x-www-form-urlencoded"
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, c := range []struct {
		name, method, path, kind, body string
		change                         func(*http.Request)
		want                           int
	}{
		{"another site's form", "POST", "/examples", form, "title=x", header("Sec-Fetch-Site", "cross-site"), 403},
		{"a sibling's form", "POST", "/examples", form, "title=x", header("Sec-Fetch-Site", "same-site"), 403},
		{"another origin", "POST", "/examples", form, "title=x", header("Origin", "https://evil.example"), 403},
		{"another origin's signature", "POST", at + "/sign", form, "level=public", header("Origin", "null"), 403},
		{"another host", "GET", "/", "", "", func(r *http.Request) { r.Host = "evil.example" }, 421},
		{"another port", "GET", at, "", "", func(r *http.Request) { r.Host = "127.0.0.1:1" }, 421},
		{"unknown page", "GET", "/etc/passwd", "", "", nil, 404},
		{"path that climbs", "GET", "/guides/..%2f..%2fetc", "", "", nil, 404},
		{"unknown example", "GET", "/examples/abc", "", "", nil, 404},
		{"unknown guide", "GET", "/guides/abc", "", "", nil, 404},
		{"GET where POST is", "GET", at + "/sign", "", "", nil, 405},
		{"POST where GET is", "POST", "/topics", form, "", nil, 405},
		{"DELETE", "DELETE", at, "", "", nil, 405},
		{"JSON", "POST", "/examples", "application/json", "{}", nil, 415},
		{"text", "POST", "/examples", "text/plain", "title=x", nil, 415},
		{"no type", "POST", "/examples", "", "title=x", nil, 415},
		{"form where a file is", "POST", "/guides/ch-trust/upload", form, "x=y", nil, 415},
		{"malformed form", "POST", "/examples", form, "title=%zz", nil, 400},
		{"unknown field", "POST", "/examples", form, "title=x&surprise=y", nil, 400},
		{"field of the working group", "POST", "/examples", form, "title=x&approved_text=y", nil, 400},
		{"unknown slot", "POST", "/guides/ch-trust", form, "slot.no-such=x", nil, 400},
		{"no field", "POST", "/examples", form, "", nil, 422},
		{"unknown level", "POST", at + "/sign", form, "level=everything&audience=public", nil, 422},
		{"unknown use", "POST", at + "/sign", form, "level=anonymous&audience=public&uses=all", nil, 422},
		{"no level", "POST", at + "/sign", form, "hash=x", nil, 422},
		{"control characters", "POST", "/guides/ch-trust", form, "slot.brief=a%00b", nil, 422},
		{"not UTF-8", "POST", "/guides/ch-trust", form, "slot.brief=%ff", nil, 422},
		{"long answer", "POST", "/guides/ch-trust", form, "slot.brief=" + strings.Repeat("a", mostAnswer+1), nil, 422},
		{"long form", "POST", "/examples", form, "title=" + strings.Repeat("a", mostForm), nil, 413},
		{"no file", "POST", "/guides/ch-trust/upload", "multipart/form-data; boundary=x", "--x--\r\n", nil, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			change := c.change
			if change == nil {
				change = func(*http.Request) {}
			}
			a := v.send(c.method, c.path, c.kind, strings.NewReader(c.body), change)
			require.Equal(t, c.want, a.StatusCode)
			require.True(t, strings.Contains(a.body, "<h1"), "in words")
			if c.want == http.StatusMethodNotAllowed {
				require.NotEmpty(t, a.Header.Get("Allow"))
			}
		})
	}
	// A body of unknown length is cut where it is too long.
	body := struct{ *strings.Reader }{strings.NewReader("title=" + strings.Repeat("a", mostForm))}
	require.Equal(t, 413, v.send("POST", "/examples", form, body).StatusCode)
	require.Equal(t, http.StatusOK, v.send("HEAD", "/", "", nil).StatusCode)
	require.Empty(t, v.send("HEAD", "/", "", nil).body)
}

func TestUploadsThatAreRefused(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	for name, body := range map[string]string{
		"guide.docx": "no zip", "guide.json": "{", "guide.exe": "MZ", "guide": "", "../../guide.docx": "PK\x03\x04",
		"long.md": "<!-- slot brief# -->\n>\n> " + strings.Repeat("a", mostAnswer+1) + "\n<!-- /slot -->",
		"null.md": "<!-- slot brief# -->\n>\n> a\x00b\n<!-- /slot -->",
	} {
		require.Equal(t, http.StatusUnprocessableEntity, v.upload("/guides/ch-trust/upload", name, body).StatusCode, name)
	}
	require.Equal(t, http.StatusRequestEntityTooLarge, v.upload("/guides/ch-trust/upload", "guide.md", strings.Repeat("a", mostUpload)).StatusCode)
	// Slots of other guides, and made-up ones, are passed over.
	require.Equal(t, http.StatusSeeOther, v.upload("/guides/ch-trust/upload", "x.md", "<!-- slot no-such# -->\n>\n> a\n<!-- /slot -->").StatusCode)
	for _, x := range s.sessions.byID {
		require.Empty(t, x.answers["ch-trust"])
	}
}

func TestBounds(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	for range mostExamples {
		v.add(told())
	}
	require.Equal(t, http.StatusInsufficientStorage, v.post("/examples", told()).StatusCode)
	full := strings.Repeat("a ", mostAnswer/2-1)
	kept := 0
	for _, topic := range s.base.topics {
		for _, slot := range []string{"brief", "forces", "risks", "sustain", "adapt", "measure"} {
			if v.post("/guides/"+topic.ID, url.Values{"slot." + slot: {full}}).StatusCode == http.StatusSeeOther {
				kept += len(full)
			}
		}
	}
	require.LessOrEqual(t, kept, mostWritten)
	require.Greater(t, kept, mostWritten-2*len(full))

	now := time.Now()
	for len(s.sessions.byID) < mostSessions {
		require.NotNil(t, s.sessions.open(now))
	}
	require.Equal(t, http.StatusServiceUnavailable, s.visitor(t).post("/examples", told()).StatusCode)
	require.NotNil(t, s.sessions.open(now.Add(idleFor+time.Minute)), "those that nobody uses make room")
	require.Len(t, s.sessions.byID, 1)
}

func TestPanicTellsThePlaceOnly(t *testing.T) {
	shared, err := sampled()
	require.NoError(t, err)
	var log lines
	a := &app{log: &log, now: shared.now, sessions: &store{byID: map[string]*session{}}}
	h := a.guarded([]string{"h"}, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("Quillmarsh") }))
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = "h"
	h.ServeHTTP(w, r)
	require.Equal(t, http.StatusInternalServerError, w.Code)
	require.False(t, strings.Contains(w.Body.String(), "Quillmarsh"))
	require.Regexp(t, `^panic at guard_test\.go:\d+\nGET \(no route\) 500\n$`, log.String())
}

func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var log lines
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"-addr", "127.0.0.1:0"}, nil, &log) }()
	require.Eventually(t, func() bool { return strings.Contains(log.String(), "Listening on ") }, time.Minute, 20*time.Millisecond)
	address := strings.TrimSuffix(strings.TrimPrefix(strings.SplitN(log.String(), "\n", 2)[0], "Listening on "), "/")
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/", nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
	stop()
	require.NoError(t, <-done)
}

func TestRun_usage(t *testing.T) {
	for _, args := range [][]string{{"-no-such"}, {"more"}, {"-addr", "nowhere"}, {"-addr", "0.0.0.0:0"}, {"-addr", ":0"}, {"-addr", "192.0.2.1:0"}} {
		require.ErrorIs(t, run(t.Context(), args, nil, &lines{}), program.ErrUsage, fmt.Sprint(args))
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	err = run(t.Context(), []string{"-addr", taken.Addr().String()}, nil, &lines{})
	require.Error(t, err)
	require.NotErrorIs(t, err, program.ErrUsage)
}

func TestHosts(t *testing.T) {
	at := &net.TCPAddr{IP: net.ParseIP("127.0.0.1"), Port: 80}
	require.Contains(t, hosts(at, "127.0.0.1", ""), "localhost")
	require.Contains(t, hosts(at, "127.0.0.1", ""), "[::1]:80")
	public := hosts(&net.TCPAddr{IP: net.ParseIP("192.0.2.1"), Port: 8080}, "192.0.2.1", "practice.example")
	require.Equal(t, []string{"practice.example", "practice.example:8080"}, public)
}
