// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// Roles. An officer may do everything; a reviewer reads what came in, decides on
// codes and writes in guides; a reader reads drafts, guides and editions. A
// contributor has no role: its personal address shows its own example only.
const (
	officerRole  = "officer"
	reviewerRole = "reviewer"
	readerRole   = "reader"
)

// openTo reports whether a role may ask for a route.
func openTo(route, as string) bool {
	reader := []string{"GET /{$}", "POST /sign-out", "GET /draft", "GET /draft/{guide}", "GET /guides", "GET /guides/{guide}", "GET /editions/{edition}", "GET /publish"}
	reviewer := []string{"GET /check", "GET /collect/{id}/check.csv", "GET /examples", "GET /review", "POST /review", "GET /alike", "POST /alike", "POST /guides/{guide}", "POST /guides/{guide}/upload", "POST /guides/{guide}/settle", "GET /guides/{guide}/{document}"}
	switch as {
	case officerRole:
		return true
	case reviewerRole:
		return slices.Contains(reader, route) || slices.Contains(reviewer, route)
	case readerRole:
		return slices.Contains(reader, route)
	}
	return false
}

type peopled struct {
	People []somebody
	Links  []linked
	New    string // a passphrase or an address that is shown once
	For    string
}

type somebody struct{ Name, Role, Added string }

type linked struct {
	ID, Title, Organisation string
	Made                    string
}

func (a *app) peoplePage(w http.ResponseWriter, r *http.Request) error {
	return a.showPeople(w, r, "", "")
}

func (a *app) showPeople(w http.ResponseWriter, r *http.Request, fresh, whose string) error {
	v := peopled{New: fresh, For: whose}
	err := a.each(r.Context(), "SELECT name, role, added FROM person ORDER BY name", nil, func(scan func(...any) error) error {
		var x somebody
		err := scan(&x.Name, &x.Role, &x.Added)
		v.People = append(v.People, x)
		return err
	})
	if err != nil {
		return err
	}
	made := map[string]string{}
	err = a.each(r.Context(), "SELECT example, made FROM link", nil, func(scan func(...any) error) error {
		var id, at string
		err := scan(&id, &at)
		made[id] = at
		return err
	})
	if err != nil {
		return err
	}
	examples, err := a.examples(r.Context())
	if err != nil {
		return err
	}
	for _, e := range examples {
		v.Links = append(v.Links, linked{e.ID, called(e), organisation(e), made[e.ID]})
	}
	a.render(w, http.StatusOK, "people", page{Title: "People", Part: "people", Said: said(r), Data: v})
	return nil
}

// addPerson makes an account with a passphrase that is shown once.
func (a *app) addPerson(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	name, as := strings.TrimSpace(r.PostForm.Get("name")), r.PostForm.Get("role")
	if _, ok := tidy(name); !ok || name == "" || utf8.RuneCountInString(name) > 100 || strings.Contains(name, "\n") || as != reviewerRole && as != readerRole {
		return unusable("A name of at most 100 characters and a role are needed.")
	}
	passphrase := rand.Text()
	secret := salted(passphrase)
	err := a.write(r.Context(), "let somebody in as "+as, "", func(tx *sql.Tx) error {
		// Whoever had signed in by an earlier passphrase of this name is out.
		if _, err := tx.ExecContext(r.Context(), "DELETE FROM session WHERE person = ?", name); err != nil {
			return err
		}
		_, err := tx.ExecContext(r.Context(), "INSERT INTO person VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET role = excluded.role, secret = excluded.secret", name, as, secret, a.stamp())
		return err
	})
	if err != nil {
		return err
	}
	return a.showPeople(w, r, passphrase, name)
}

func (a *app) deletePerson(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	name := r.PostForm.Get("name")
	err := a.write(r.Context(), "let somebody in no longer", "", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(r.Context(), "DELETE FROM person WHERE name = ?", name)
		if err == nil && name != "" { // the officer has none
			_, err = tx.ExecContext(r.Context(), "DELETE FROM session WHERE person = ?", name)
		}
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/people?done=deleted")
}

// makeLink makes the personal address of an example's contributor. An earlier one
// of the same example ends.
func (a *app) makeLink(w http.ResponseWriter, r *http.Request) error {
	id, token := r.PathValue("id"), rand.Text()
	sum := sha256.Sum256([]byte(token))
	title := ""
	err := a.write(r.Context(), "made a personal address", id, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(r.Context(), "SELECT count(*) FROM example WHERE id = ?", id).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return problem{http.StatusNotFound, "There is no such example."}
		}
		_, err := tx.ExecContext(r.Context(), "INSERT INTO link VALUES (?, ?, ?) ON CONFLICT (example) DO UPDATE SET token = excluded.token, made = excluded.made", sum[:], id, a.stamp())
		return err
	})
	if err != nil {
		return err
	}
	return a.showPeople(w, r, "/mine/"+token, title)
}

// mine is the example that a personal address is for.
func (a *app) mine(ctx context.Context, r *http.Request) (anonymize.Result, error) {
	sum := sha256.Sum256([]byte(r.PathValue("token")))
	var id string
	err := a.db.QueryRowContext(ctx, "SELECT example FROM link WHERE token = ?", sum[:]).Scan(&id)
	none := problem{http.StatusNotFound, "This address is not valid, or no longer. Ask the working group for a new one."}
	if errors.Is(err, sql.ErrNoRows) {
		return anonymize.Result{}, none
	}
	if err != nil {
		return anonymize.Result{}, err
	}
	d, err := patient(ctx, a.edition)
	if err != nil {
		return anonymize.Result{}, err
	}
	i := slices.IndexFunc(d.results, func(x anonymize.Result) bool { return x.Log.Example == id })
	if i < 0 {
		return anonymize.Result{}, none
	}
	return d.results[i], nil
}

type ownExample struct {
	Sheet template.HTML
	Token string
	Text  string // its fingerprint
}

func (a *app) minePage(w http.ResponseWriter, r *http.Request) error {
	x, err := a.mine(r.Context(), r)
	if err != nil {
		return err
	}
	v := ownExample{Token: r.PathValue("token"), Text: x.Log.Approval}
	if !x.Withheld() {
		g, err := guidance.SignOff(x.Record, x.Log, a.sheetConfig(locale))
		if err != nil {
			return err
		}
		var b strings.Builder
		if err := (render.HTML{Fragment: true, Prefix: "s-", Slot: writeField}).Render(&b, g); err != nil {
			return err
		}
		v.Sheet = template.HTML(b.String()) //nolint:gosec // the renderer and writeField escape all text
	}
	a.render(w, http.StatusOK, "mine", page{Title: "Your example", Bare: true, Said: said(r), Data: v})
	return nil
}

// answerMine takes a contributor's answer as a sheet that came back: what becomes
// of it is worked out as of any other.
func (a *app) answerMine(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	x, err := a.mine(r.Context(), r)
	if err != nil {
		return err
	}
	if x.Withheld() || r.PostForm.Get("text") != x.Log.Approval {
		return problem{http.StatusConflict, "The text has changed since you saw it. Open your address again. Nothing was filed."}
	}
	g, err := guidance.SignOff(x.Record, x.Log, a.sheetConfig(locale))
	if err != nil {
		return err
	}
	answers := map[string]string{}
	for id := range slotsOf(g) {
		text, ok := tidy(r.PostForm.Get(slotPrefix + id))
		if !ok {
			return unusable("An answer is too long, or holds characters that no text has.")
		}
		answers[id] = text
	}
	fillSlots(g, answers)
	var body bytes.Buffer
	if err := (render.JSON{}).Render(&body, g); err != nil {
		return err
	}
	err = a.write(r.Context(), tookSheets, x.Log.Example, func(tx *sql.Tx) error {
		// The contributor's last word by this address holds.
		name := "by its personal address, " + x.Record.ID() + ".json"
		if _, err := tx.ExecContext(r.Context(), "DELETE FROM sheet WHERE name = ? AND kind = 'own'", name); err != nil {
			return err
		}
		_, err := tx.ExecContext(r.Context(), "INSERT INTO sheet (name, kind, body, received) VALUES (?, 'own', ?, ?)", name, body.Bytes(), a.stamp())
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/mine/"+r.PathValue("token")+"?done=saved")
}

func fillSlots(g *guidance.Guide, answers map[string]string) {
	for i := range g.Sections {
		for j := range g.Sections[i].Blocks {
			b := &g.Sections[i].Blocks[j]
			if b.Slot != nil {
				b.Slot.Answer = answers[b.Slot.ID]
			}
		}
	}
}
