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
	"time"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
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

// signing says how far one party has come in signing off an example.
type signing struct {
	Title, Party    string
	Sheet, Standing string
	Answer          string
	Several         bool // parties stand behind the example
	result          anonymize.Result
	code            string
}

// cameBack is a file, and what became of it.
type cameBack struct {
	ID                int64
	Name, Whose, What string
}

type signingOff struct {
	Examples []signing
	Files    []cameBack
	Unread   int
	Several  int
	Waiting  int
	Open     int // codes that wait: a decision changes what a sheet shows
}

// standingWords words where a record stands.
func standingWords(standing string) string {
	return map[string]string{"waits": "waits for a yes", "open": "published unless the answer is no", "counted": "counted only: nothing to answer"}[standing]
}

// whose says in the working group's words which sheet a file is.
func (d *draft) whose(f returned.Became) string {
	i := slices.IndexFunc(d.examples, func(e model.Example) bool { return f.Example != "" && e.ID == f.Example })
	if i < 0 {
		return ""
	}
	title, parties := called(d.examples[i]), d.filed.Parties[f.Example]
	if at := slices.IndexFunc(parties, func(p returned.Party) bool { return p.Ref == f.Party }); at >= 0 {
		title += ", " + calledParty(parties[at], len(parties))
	}
	return title
}

// answerWords words what a party has said.
func answerWords(a returned.Answer) string {
	said := map[string]string{
		"yes": "yes", "change": "only with changes", "no": "no", "none": "none yet", "unclear": "yes, but two people signed copies of this sheet: ask which of them speaks for it",
	}[a.Key()]
	if a.Verdict != guidance.Undecided && a.By != "" {
		said += ", " + a.By
	}
	return said
}

// signings lists who gets which sheet, those first that somebody must answer for.
func (d *draft) signings() []signing {
	byID := map[string]model.Example{}
	for _, e := range d.examples {
		byID[e.ID] = e
	}
	var out []signing
	for _, standing := range returned.Standings() {
		for _, x := range d.results {
			e := byID[x.Log.Example]
			if x.Withheld() || returned.Standing(x) != standing {
				continue
			}
			parties := d.filed.Parties[e.ID]
			stands := standingWords(standing)
			if slices.ContainsFunc(parties, func(p returned.Party) bool { return p.Answer.Key() == "no" }) {
				stands = "taken out: the answer is no"
			}
			for _, p := range parties {
				out = append(out, signing{
					Title: called(e), Party: calledParty(p, len(parties)), Sheet: returned.SheetName(x.Record.ID(), p, len(parties)), Standing: stands,
					Answer: answerWords(p.Answer), Several: len(parties) > 1, result: x, code: p.Code,
				})
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
	v := signingOff{Examples: d.signings(), Unread: d.filed.Unread, Several: d.filed.Several, Waiting: d.filed.Waiting, Open: len(d.codes.Open)}
	n := 0
	err = a.each(r.Context(), "SELECT id, name FROM sheet ORDER BY id", nil, func(scan func(...any) error) error {
		var f cameBack
		err := scan(&f.ID, &f.Name)
		if n < len(d.filed.Files) { // in the same order
			f.What, f.Whose = d.filed.Files[n].What, d.whose(d.filed.Files[n])
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
	_ = rows.Write([]string{"sheet", "example", "whose", "where it stands", "answer so far"})
	all := d.signings()
	for _, s := range all {
		_ = rows.Write([]string{s.Sheet, program.Cell(s.Title), program.Cell(s.Party), s.Standing, program.Cell(s.Answer)})
	}
	rows.Flush()
	theme, err := a.theme(r.Context())
	if err != nil {
		return err
	}
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
	for _, s := range all {
		cfg := a.sheetConfig(locale)
		cfg.SheetCode = s.code
		g, err := guidance.SignOff(s.result.Record, s.result.Log, cfg)
		if err != nil {
			return err
		}
		for _, f := range []struct {
			ending string
			format render.Renderer
		}{{".docx", render.DOCX{Theme: theme}}, {".html", render.HTML{Theme: theme}}, {".md", render.Markdown{}}} {
			var body bytes.Buffer
			if err := f.format.Render(&body, g); err != nil {
				return err
			}
			if err := add("sheets/"+s.Sheet+f.ending, body.Bytes()); err != nil {
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
