// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// serve answers requests until ctx ends, and then lets those under way end.
func serve(ctx context.Context, listener net.Listener, h http.Handler, logged io.Writer) error {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(silent{logged}, "", 0),
	}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := s.Shutdown(closing); err != nil {
		return errors.New("requests were still under way after 10 s")
	}
	return nil
}

// silent says that the server has something to say, and not what: its messages
// can quote what was sent.
type silent struct{ to io.Writer }

func (s silent) Write(b []byte) (int, error) {
	if _, err := io.WriteString(s.to, "http: a connection failed\n"); err != nil {
		return 0, err
	}
	return len(b), nil
}

// What a request may send at most, in bytes.
const (
	mostForm   = 1 << 20
	mostUpload = 24 << 20
)

// policy lets pages load this origin's style sheet, send forms here, and nothing
// else: there are no scripts.
const policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guarded puts around a handler what every request passes: a log line without
// anything that was sent, recovery, headers, and the checks of who may ask.
func (a *app) guarded(hosts []string, next http.Handler) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		a.refuse(w, problem{http.StatusForbidden, "That came from another site’s page, and was not read."})
	}))
	inner := foreign.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		seen := &status{ResponseWriter: w}
		defer func() {
			if v := recover(); v != nil {
				// The value may hold anything; the place cannot.
				a.logf("panic at %s", place())
				if seen.code == 0 {
					a.refuse(seen, problem{http.StatusInternalServerError, "Something went wrong here. Nothing was stored."})
				}
			}
			a.logf("%s %s %d", method(r), pattern(r), seen.code)
		}()
		if !slices.Contains(hosts, r.Host) {
			a.refuse(seen, problem{http.StatusMisdirectedRequest, "This program does not answer by that name."})
			return
		}
		if a.secure { // behind a proxy, which says who asks
			all := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
			if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil && net.ParseIP(host).IsLoopback() && net.ParseIP(strings.TrimSpace(all[len(all)-1])) != nil {
				r.RemoteAddr = net.JoinHostPort(strings.TrimSpace(all[len(all)-1]), "0")
			}
		}
		if r.Method == http.MethodPost && !a.writes.may(r, a.now()) {
			h.Set("Retry-After", "60")
			a.refuse(seen, problem{http.StatusTooManyRequests, "That is too much at once. Wait a minute. Nothing was stored."})
			return
		}
		most := int64(mostForm)
		if strings.HasSuffix(r.URL.Path, "/upload") {
			most = mostUpload
		}
		if r.ContentLength > most {
			a.refuse(seen, errTooLong)
			return
		}
		r.Body = http.MaxBytesReader(seen, r.Body, most)
		inner.ServeHTTP(seen, r)
	})
}

// pattern is the route that answered, never the path that was asked for.
func pattern(r *http.Request) string {
	if _, route, ok := strings.Cut(r.Pattern, " "); ok {
		return route
	}
	return "(no route)"
}

// method is the request's, if it is one that this program knows.
func method(r *http.Request) string {
	if slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost}, r.Method) {
		return r.Method
	}
	return "OTHER"
}

// place returns the file and line in which a panic began.
func place() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	panicked := false
	for {
		f, more := frames.Next()
		if f.Function == "runtime.gopanic" || f.Function == "runtime.sigpanic" {
			panicked = true
		} else if panicked && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}

// status notes what was answered.
type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int) {
	if s.code == 0 {
		s.code = code
	}
	s.ResponseWriter.WriteHeader(code)
}

func (s *status) Write(b []byte) (int, error) {
	if s.code == 0 {
		s.code = http.StatusOK
	}
	return s.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController find the writer.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }
