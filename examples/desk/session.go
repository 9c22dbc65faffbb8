// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"net/http"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

const (
	cookieName = "desk"
	signedFor  = 12 * time.Hour
	shortest   = 12 // characters of a passphrase
	longest    = 1000
	// mostWrong passphrases are tried in wrongFor; then all wait.
	mostWrong = 5
	wrongFor  = time.Minute
)

// stretch makes a passphrase dear to guess: argon2id with 64 MB.
func stretch(passphrase string, salt []byte) []byte {
	return argon2.IDKey([]byte(passphrase), salt, 3, 64<<10, 2, 32)
}

// welcome is the part of the first address that only who started the program
// knows: with it the passphrase is chosen. Empty once there is one.
func (a *app) welcome() string {
	if a.setup == "" {
		return ""
	}
	return "welcome?with=" + a.setup
}

func (a *app) welcomePage(w http.ResponseWriter, r *http.Request) error {
	if !a.invited(r.URL.Query().Get("with")) {
		return problem{http.StatusForbidden, "Open the address that the program printed when it started."}
	}
	a.render(w, http.StatusOK, "welcome", page{Title: "Choose a passphrase", Data: a.setup})
	return nil
}

func (a *app) invited(with string) bool {
	a.signing.Lock()
	defer a.signing.Unlock()
	return a.setup != "" && subtle.ConstantTimeCompare([]byte(with), []byte(a.setup)) == 1
}

// choose stores the officer's passphrase, once.
func (a *app) choose(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	if !a.invited(r.PostForm.Get("with")) {
		return problem{http.StatusForbidden, "Open the address that the program printed when it started."}
	}
	given := r.PostForm.Get("passphrase")
	switch n := utf8.RuneCountInString(given); {
	case n < shortest || n > longest:
		return problem{http.StatusUnprocessableEntity, "A passphrase has at least 12 characters: some words that nobody would guess."}
	case given != r.PostForm.Get("again"):
		return problem{http.StatusUnprocessableEntity, "The two passphrases are not the same."}
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	a.signing.Lock()
	defer a.signing.Unlock()
	if a.setup == "" {
		return problem{http.StatusConflict, "There is a passphrase already."}
	}
	hash := append(salt, stretch(given, salt)...)
	if err := a.write(r.Context(), "chose a passphrase", "", func(tx *sql.Tx) error { return set(r.Context(), tx, "passphrase", hash) }); err != nil {
		return err
	}
	a.setup = ""
	return a.begin(w, r)
}

func (a *app) signInPage(w http.ResponseWriter, _ *http.Request) error {
	a.render(w, http.StatusOK, "signin", page{Title: "Sign in"})
	return nil
}

func (a *app) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	a.signing.Lock() // one at a time: each takes 64 MB
	defer a.signing.Unlock()
	now := a.now()
	if now.Sub(a.wrongSince) > wrongFor {
		a.wrong, a.wrongSince = 0, now
	}
	if a.wrong >= mostWrong {
		w.Header().Set("Retry-After", "60")
		return problem{http.StatusTooManyRequests, "Too many wrong passphrases. Wait a minute."}
	}
	hash, err := a.setting(r.Context(), "passphrase")
	if err != nil {
		return err
	}
	given := r.PostForm.Get("passphrase")
	if len(hash) != 48 || len(given) > 4*longest || subtle.ConstantTimeCompare(stretch(given, hash[:16]), hash[16:]) != 1 {
		a.wrong++
		return problem{http.StatusUnauthorized, "That is not the passphrase."}
	}
	a.wrong = 0
	return a.begin(w, r)
}

// begin signs the browser in.
func (a *app) begin(w http.ResponseWriter, r *http.Request) error {
	token := rand.Text()
	sum := sha256.Sum256([]byte(token))
	err := a.write(r.Context(), "signed in", "", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(r.Context(), "DELETE FROM session WHERE expires < ?", a.now().Unix()); err != nil {
			return err
		}
		_, err := tx.ExecContext(r.Context(), "INSERT INTO session VALUES (?, ?)", sum[:], a.now().Add(signedFor).Unix())
		return err
	})
	if err != nil {
		return err
	}
	http.SetCookie(w, cookie(token, int(signedFor.Seconds())))
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

func cookie(token string, age int) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: token, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteStrictMode}
}

func (a *app) signOut(w http.ResponseWriter, r *http.Request) error {
	if c, err := r.Cookie(cookieName); err == nil {
		sum := sha256.Sum256([]byte(c.Value))
		if err := a.write(r.Context(), "signed out", "", func(tx *sql.Tx) error {
			_, err := tx.ExecContext(r.Context(), "DELETE FROM session WHERE token = ?", sum[:])
			return err
		}); err != nil {
			return err
		}
	}
	http.SetCookie(w, cookie("", -1))
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	return nil
}

// signedIn reports whether the request comes from a browser that has signed in.
func (a *app) signedIn(ctx context.Context, r *http.Request) bool {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return false
	}
	sum := sha256.Sum256([]byte(c.Value))
	var expires int64
	err = a.db.QueryRowContext(ctx, "SELECT expires FROM session WHERE token = ?", sum[:]).Scan(&expires)
	return err == nil && expires > a.now().Unix()
}
