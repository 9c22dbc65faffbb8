// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/rand"
	"net/http"
	"sync"
	"time"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// The bounds of what is held in memory.
const (
	mostSessions = 200
	mostExamples = 8         // of one session
	mostWritten  = 512 << 10 // bytes in the slots of one session
	idleFor      = 2 * time.Hour
	cookieName   = "visit"
)

// session is one visitor's own: the raw examples, and the words for the guides.
// No other visitor's request reaches it.
type session struct {
	mu       sync.Mutex // held for the whole of a request
	id       string
	seen     time.Time // guarded by the store
	examples []*own
	edition  *edition // nil until it is asked for, and after every change
	// answers are those to the slots of each guide, taken those that its last
	// downloaded document had, conflicts those that its last upload left open.
	answers   map[string]map[string]guidance.Answer
	taken     map[string]map[string]guidance.Answer
	conflicts map[string][]guidance.Conflict
}

// store holds the sessions. Safe for concurrent use.
type store struct {
	mu   sync.Mutex
	byID map[string]*session
}

// find returns the session of the request's cookie, or nil.
func (s *store) find(r *http.Request, now time.Time) *session {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.byID[c.Value]
	if found == nil || now.Sub(found.seen) > idleFor {
		return nil
	}
	found.seen = now
	return found
}

// open makes a session, or returns nil where there are too many. Those that
// nobody has used for long make room.
func (s *store) open(now time.Time) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, old := range s.byID {
		if now.Sub(old.seen) > idleFor {
			delete(s.byID, id)
		}
	}
	if len(s.byID) >= mostSessions {
		return nil
	}
	made := &session{
		id: rand.Text(), seen: now, answers: map[string]map[string]guidance.Answer{},
		taken: map[string]map[string]guidance.Answer{}, conflicts: map[string][]guidance.Conflict{},
	}
	s.byID[made.id] = made
	return made
}

// forget drops a session and all that it holds.
func (s *store) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
}

// visitor returns the request's session, locked, or nil without one. release
// unlocks it.
func (a *app) visitor(r *http.Request) (found *session, release func()) {
	found = a.sessions.find(r, a.now())
	if found == nil {
		return nil, func() {}
	}
	found.mu.Lock()
	return found, found.mu.Unlock
}

// forgotten tells a visitor whose session is gone so.
func (a *app) forgotten(r *http.Request) string {
	if _, err := r.Cookie(cookieName); err != nil || a.sessions.find(r, a.now()) != nil {
		return ""
	}
	return "Your visit has ended. What you wrote was deleted, as it is after two hours without a visit."
}

// ended answers the request of a visitor whose session is gone, and reports
// whether it is.
func (a *app) ended(w http.ResponseWriter, r *http.Request) bool {
	why := a.forgotten(r)
	if why != "" {
		http.SetCookie(w, a.cookie("", -1))
		a.refuse(w, http.StatusGone, why)
	}
	return why != ""
}

// admit is visitor for requests that store something: it makes a session where
// there is none. It answers the request and returns nil if there are too many.
func (a *app) admit(w http.ResponseWriter, r *http.Request) (found *session, release func()) {
	if found, release = a.visitor(r); found != nil {
		return found, release
	}
	if found = a.sessions.open(a.now()); found == nil {
		a.refuse(w, http.StatusServiceUnavailable, "Too many visitors for now. Nothing was stored.")
		return nil, func() {}
	}
	http.SetCookie(w, a.cookie(found.id, 0))
	found.mu.Lock()
	return found, found.mu.Unlock
}

// cookie names a session to the browser. maxAge is that of http.Cookie.
func (a *app) cookie(id string, maxAge int) *http.Cookie {
	return &http.Cookie{ // Secure where it is reached by TLS; the loopback address has none
		Name: cookieName, Value: id, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: a.secure, SameSite: http.SameSiteStrictMode,
	}
}

// example finds one of the visitor's own examples.
func (s *session) example(id string) *own {
	if s == nil {
		return nil
	}
	for _, o := range s.examples {
		if o.id == id {
			return o
		}
	}
	return nil
}
