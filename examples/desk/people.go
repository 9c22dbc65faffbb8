// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
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
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
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
	reviewer := []string{"GET /check", "GET /collect/{id}/check.csv", "GET /examples", "GET /examples/{id}", "GET /review", "POST /review", "GET /alike", "POST /alike", "POST /guides/{guide}", "POST /guides/{guide}/upload", "POST /guides/{guide}/settle", "GET /guides/{guide}/{document}"}
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
	Site   string // what stands before a personal address
	Here   bool   // it works on this machine only
	People []somebody
	Links  []linked
	New    string // a passphrase or an address that is shown once
	For    string
}

type somebody struct{ Name, Role, Added string }

type linked struct {
	ID, Title string
	Party     string // its reference
	Called    string
	Made      string
}

func (a *app) peoplePage(w http.ResponseWriter, r *http.Request) error {
	return a.showPeople(w, r, "", "")
}

func (a *app) showPeople(w http.ResponseWriter, r *http.Request, fresh, whose string) error {
	v := peopled{New: fresh, For: whose, Here: !a.secure, Site: "https://" + r.Host}
	if v.Here {
		v.Site = "http://" + r.Host
	}
	err := a.each(r.Context(), "SELECT name, role, added FROM person ORDER BY name", nil, func(scan func(...any) error) error {
		var x somebody
		err := scan(&x.Name, &x.Role, &x.Added)
		v.People = append(v.People, x)
		return err
	})
	if err != nil {
		return err
	}
	made := map[[2]string]string{}
	err = a.each(r.Context(), "SELECT example, party, made FROM link", nil, func(scan func(...any) error) error {
		var of [2]string
		var at string
		err := scan(&of[0], &of[1], &at)
		made[of] = at
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
		parties := returned.Parties(a.secret(), e, "")
		for _, p := range parties {
			at := made[[2]string{e.ID, p.Ref}]
			if at == "" && len(parties) == 1 {
				at = made[[2]string{e.ID, ""}]
			}
			v.Links = append(v.Links, linked{e.ID, called(e), p.Ref, calledParty(p, len(parties)), at})
		}
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

// calledParty is how the working group knows a party.
func calledParty(p returned.Party, of int) string {
	if of < 2 {
		return p.Name
	}
	return strings.TrimSpace(cmp.Or(p.Name, p.Ref) + " (" + p.Role + ")")
}

// makeLink makes the personal address of a party of an example. An earlier one of
// the same party ends.
func (a *app) makeLink(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	id, party, token := r.PathValue("id"), r.PostForm.Get("party"), rand.Text()
	sum := sha256.Sum256([]byte(token))
	title := ""
	err := a.write(r.Context(), "made a personal address", id, func(tx *sql.Tx) error {
		body, err := kept(tx.QueryRowContext(r.Context(), "SELECT body FROM example WHERE id = ?", id))
		if err != nil {
			return err
		}
		if body == nil {
			return problem{http.StatusNotFound, "There is no such example."}
		}
		e, err := model.DecodeJSON(body)
		if err != nil {
			return err
		}
		parties := returned.Parties(a.secret(), e, "")
		if party == "" && len(parties) == 1 {
			party = parties[0].Ref
		}
		if !slices.ContainsFunc(parties, func(p returned.Party) bool { return p.Ref == party }) {
			return problem{http.StatusNotFound, "Nobody of that reference stands behind the example."}
		}
		if len(parties) == 1 {
			if _, err := tx.ExecContext(r.Context(), "DELETE FROM link WHERE example = ?", id); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(r.Context(), "INSERT INTO link VALUES (?, ?, ?, ?) ON CONFLICT (example, party) DO UPDATE SET token = excluded.token, made = excluded.made", sum[:], id, party, a.stamp())
		return err
	})
	if err != nil {
		return err
	}
	return a.showPeople(w, r, "/mine/"+token, title)
}

// own is the example that a personal address is for, and whose address it is.
type own struct {
	anonymize.Result
	code string // of its sheet
	name string // of its sheet, without the ending
}

func (a *app) mine(ctx context.Context, r *http.Request) (own, error) {
	sum := sha256.Sum256([]byte(r.PathValue("token")))
	var id, party string
	err := a.db.QueryRowContext(ctx, "SELECT example, party FROM link WHERE token = ?", sum[:]).Scan(&id, &party)
	none := problem{http.StatusNotFound, "This address is not valid, or no longer. Ask the working group for a new one."}
	if errors.Is(err, sql.ErrNoRows) {
		return own{}, none
	}
	if err != nil {
		return own{}, err
	}
	d, err := patient(ctx, a.edition)
	if errors.Is(err, errStopped) { // no contributor waits for an officer
		for _, work := range a.workshops() {
			work.resume()
		}
		d, err = patient(ctx, a.edition)
	}
	if err != nil {
		return own{}, err
	}
	i := slices.IndexFunc(d.results, func(x anonymize.Result) bool { return x.Log.Example == id })
	if i < 0 {
		return own{}, none
	}
	x := own{Result: d.results[i], name: d.results[i].Record.ID()}
	if x.Withheld() {
		return x, nil
	}
	parties := d.filed.Parties[id]
	at := slices.IndexFunc(parties, func(p returned.Party) bool { return p.Ref == party || party == "" && len(parties) == 1 })
	switch {
	case at >= 0:
		x.code, x.name = parties[at].Code, returned.SheetName(x.name, parties[at], len(parties))
	case party != "": // it stands behind the example no longer
		return own{}, none
	}
	return x, nil
}

// sheet is the sign-off sheet behind a personal address.
func (a *app) sheet(x own) (*guidance.Guide, error) {
	cfg := a.sheetConfig(locale)
	cfg.SheetCode = x.code
	return guidance.SignOff(x.Record, x.Log, cfg)
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
		g, err := a.sheet(x)
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
	g, err := a.sheet(x)
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
		name := "by its personal address, " + x.name + ".json"
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
