// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// sheetConfig is how sheets are made, in a language.
func (a *app) sheetConfig(locale string) guidance.Config {
	return guidance.Config{Locale: locale, Date: a.now().UTC().Format(time.DateOnly)}
}

// sheets are the sign-off sheets that came back, as they came.
func (a *app) sheets(ctx context.Context) ([]returned.File, error) {
	var out []returned.File
	err := a.each(ctx, "SELECT name, body FROM sheet ORDER BY id", nil, func(scan func(...any) error) error {
		var f returned.File
		err := scan(&f.Name, &f.Body)
		out = append(out, f)
		return err
	})
	return out, err
}

// signing is where an example stands.
type signing struct {
	Title, Organisation string
	Sheet, Standing     string
	Answers             []string
}

// cameBack is a file, and what became of it.
type cameBack struct {
	ID         int64
	Name, What string
}

type signingOff struct {
	Examples []signing
	Files    []cameBack
	Unread   int
	Several  int
	Open     int // codes that wait: a decision changes what a sheet shows
}

// standingWords words where a record stands.
func standingWords(standing string) string {
	return map[string]string{"waits": "waits for a yes", "open": "published unless the answer is no", "counted": "counted only: nothing to answer"}[standing]
}

// signings lists who gets which sheet, those first that somebody must answer for.
func (d *draft) signings() []signing {
	byID := map[string]model.Example{}
	for _, e := range d.examples {
		byID[e.ID] = e
	}
	said := map[string][]string{}
	for _, f := range d.filed.Files {
		if f.Example != "" {
			said[f.Example] = append(said[f.Example], f.What)
		}
	}
	var out []signing
	for _, standing := range returned.Standings() {
		for _, x := range d.results {
			if e := byID[x.Log.Example]; !x.Withheld() && returned.Standing(x) == standing {
				out = append(out, signing{called(e), organisation(e), x.Record.ID(), standingWords(standing), said[e.ID]})
			}
		}
	}
	return out
}

func (a *app) signOffPage(w http.ResponseWriter, r *http.Request) error {
	d, ok, err := a.waited(w, r, a.edition)
	if err != nil || !ok {
		return err
	}
	v := signingOff{Examples: d.signings(), Unread: d.filed.Unread, Several: d.filed.Several, Open: len(d.codes.Open)}
	n := 0
	err = a.each(r.Context(), "SELECT id, name FROM sheet ORDER BY id", nil, func(scan func(...any) error) error {
		var f cameBack
		err := scan(&f.ID, &f.Name)
		if n < len(d.filed.Files) { // in the same order
			f.What = d.filed.Files[n].What
		}
		n++
		v.Files = append(v.Files, f)
		return err
	})
	if err != nil {
		return err
	}
	a.render(w, http.StatusOK, "signoff", page{Title: "Sign-off", Part: "signoff", Said: said(r), Data: v})
	return nil
}

// sendOut writes every sheet, and the list that says whose it is.
func (a *app) sendOut(w http.ResponseWriter, r *http.Request) error {
	d, err := patient(r.Context(), a.edition)
	if err != nil {
		return err
	}
	var b, list bytes.Buffer
	z := zip.NewWriter(&b)
	rows := csv.NewWriter(&list)
	list.WriteString("\ufeff") // by which Excel knows UTF-8
	_ = rows.Write([]string{"sheet", "example", "organisation", "where it stands", "answers so far"})
	for _, s := range d.signings() {
		_ = rows.Write([]string{s.Sheet, plainCell(s.Title), plainCell(s.Organisation), s.Standing, strings.Join(s.Answers, "; ")})
	}
	rows.Flush()
	add := func(name string, body []byte) error {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write(body)
		}
		return err
	}
	if err := add("whose-is-which.csv", list.Bytes()); err != nil {
		return err
	}
	for _, x := range d.results {
		if x.Withheld() {
			continue
		}
		g, err := guidance.SignOff(x.Record, x.Log, a.sheetConfig(locale))
		if err != nil {
			return err
		}
		for _, f := range []struct {
			ending string
			format render.Renderer
		}{{".docx", render.DOCX{}}, {".html", render.HTML{}}, {".md", render.Markdown{}}} {
			var body bytes.Buffer
			if err := f.format.Render(&body, g); err != nil {
				return err
			}
			if err := add("sheets/"+x.Record.ID()+f.ending, body.Bytes()); err != nil {
				return err
			}
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	a.attach(w, "sheets.zip", b.Bytes())
	return nil
}

// plainCell keeps a spreadsheet from running a text as a formula.
func plainCell(s string) string {
	if strings.IndexAny(s, "=+-@\t\r") == 0 {
		return "'" + s
	}
	return s
}

// takeSheets keeps the files that came back, as they came. What they approve is
// worked out for each draft anew.
func (a *app) takeSheets(w http.ResponseWriter, r *http.Request) error {
	got, err := files(r)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(got, func(f received) bool { return len(f.body) > returned.Most }) {
		return unusable("A sheet has at most 8 MB. None was taken.")
	}
	err = a.write(r.Context(), tookSheets, "", func(tx *sql.Tx) error {
		var kept int64
		if err := tx.QueryRowContext(r.Context(), "SELECT coalesce(sum(length(body)), 0) FROM sheet").Scan(&kept); err != nil {
			return err
		}
		for _, f := range got {
			if kept += int64(len(f.body)); kept > mostKept {
				return problem{http.StatusInsufficientStorage, "There is no more room for sheets. None was taken."}
			}
			if _, err := tx.ExecContext(r.Context(), "INSERT INTO sheet (name, kind, body, received) VALUES (?, 'returned', ?, ?)", f.name, f.body, a.stamp()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return back(w, r, "/sign-off?done=taken")
}

func (a *app) deleteSheet(w http.ResponseWriter, r *http.Request) error {
	err := a.write(r.Context(), deletedSheet, r.PathValue("id"), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(r.Context(), "DELETE FROM sheet WHERE id = ?", r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/sign-off?done=deleted")
}
