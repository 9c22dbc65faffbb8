// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

const (
	cookieName = "desk"
	signedFor  = 12 * time.Hour
	shortest   = 12 // characters of a passphrase
	longest    = 1000
	// mostWrong passphrases are tried by one visitor in wrongFor; then that one waits.
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
	a.render(w, http.StatusOK, "welcome", page{Title: "Choose a passphrase", Bare: true, Data: a.setup})
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
	a.signing.Lock()
	defer a.signing.Unlock()
	if a.setup == "" {
		return problem{http.StatusConflict, "There is a passphrase already."}
	}
	hash := salted(given)
	if err := a.write(r.Context(), "chose a passphrase", "", func(tx *sql.Tx) error { return set(r.Context(), tx, "passphrase", hash) }); err != nil {
		return err
	}
	a.setup = ""
	return a.begin(w, r, officerRole, "")
}

func (a *app) signInPage(w http.ResponseWriter, _ *http.Request) error {
	a.render(w, http.StatusOK, "signin", page{Title: "Sign in", Bare: true})
	return nil
}

func (a *app) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	if !a.wrong.left(r, a.now()) {
		w.Header().Set("Retry-After", "60")
		return problem{http.StatusTooManyRequests, "Too many wrong passphrases. Wait a minute."}
	}
	as, name := officerRole, strings.TrimSpace(r.PostForm.Get("name"))
	hash, err := a.setting(r.Context(), "passphrase")
	if err == nil && name != "" {
		hash = nil
		err = a.db.QueryRowContext(r.Context(), "SELECT role, secret FROM person WHERE name = ?", name).Scan(&as, &hash)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	given := r.PostForm.Get("passphrase")
	if !a.fits(given, hash) {
		a.wrong.may(r, a.now())
		return problem{http.StatusUnauthorized, "That is not the passphrase."}
	}
	return a.begin(w, r, as, name)
}

// fits reports whether a passphrase is the one of a salted hash. It takes as long
// where there is none, so that nobody learns who has an account.
func (a *app) fits(given string, hash []byte) bool {
	known := len(hash) == 48
	if !known {
		hash = make([]byte, 48)
	}
	if len(given) > 4*longest {
		return false
	}
	a.signing.Lock() // one at a time: each takes 64 MB
	defer a.signing.Unlock()
	return subtle.ConstantTimeCompare(stretch(given, hash[:16]), hash[16:]) == 1 && known
}

// salted returns a salt and the passphrase stretched with it; only these are stored.
func salted(passphrase string) []byte {
	salt := make([]byte, 16)
	rand.Read(salt)
	return append(salt, stretch(passphrase, salt)...)
}

// begin signs the browser in.
func (a *app) begin(w http.ResponseWriter, r *http.Request, as, name string) error {
	token := rand.Text()
	sum := sha256.Sum256([]byte(token))
	err := a.write(r.Context(), "signed in as "+as, "", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(r.Context(), "DELETE FROM session WHERE expires < ?", a.now().Unix()); err != nil {
			return err
		}
		_, err := tx.ExecContext(r.Context(), "INSERT INTO session (token, expires, role, person) VALUES (?, ?, ?, ?)", sum[:], a.now().Add(signedFor).Unix(), as, name)
		return err
	})
	if err != nil {
		return err
	}
	http.SetCookie(w, a.cookie(token, int(signedFor.Seconds())))
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

func (a *app) cookie(token string, age int) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: token, Path: "/", MaxAge: age, HttpOnly: true, Secure: a.secure, SameSite: http.SameSiteStrictMode}
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
	http.SetCookie(w, a.cookie("", -1))
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	return nil
}

// role is as what the request's browser has signed in, "" where it has not.
func (a *app) role(ctx context.Context, r *http.Request) string {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(c.Value))
	var expires int64
	var as string
	err = a.db.QueryRowContext(ctx, "SELECT expires, role FROM session WHERE token = ?", sum[:]).Scan(&expires, &as)
	if err != nil || expires <= a.now().Unix() {
		return ""
	}
	return as
}
