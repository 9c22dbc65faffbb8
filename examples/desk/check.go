// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

// checking is what needs a look.
type checking struct {
	Files         []checked
	Gone, Changed []differing
	Officer       bool
}

// checked holds the faults and answers of one sheet.
type checked struct {
	upload
	Fault    string
	Findings []finding
	Unusable int
	More     int // findings that the page does not show
	Result   intake.Result
	Unheard  []unheard
}

// unheard is an answer that was not understood, with what a person may say that it means.
type unheard struct {
	intake.Meant
	Asked   string
	Options []string
}

// finding is one thing to look at, with a suggestion of what may have been meant.
type finding struct {
	intake.Finding
	Also    string   // further rows of which the same is to be said
	Some    []string // of what is allowed
	Example string   // whose agreement a person can settle; "" where the row gives none yet
}

const (
	mostShown   = 300 // findings of one sheet
	mostAllowed = 8
)

func unusableRows(all []intake.Finding) int {
	rows := map[int]bool{}
	for _, f := range all {
		if f.Unusable {
			rows[f.Row] = true
		}
	}
	return len(rows)
}

func (a *app) checkPage(w http.ResponseWriter, r *http.Request) error {
	var ids []string
	err := a.each(r.Context(), "SELECT id FROM upload ORDER BY id DESC LIMIT 20", nil, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, strconv.FormatInt(id, 10))
		return err
	})
	if err != nil {
		return err
	}
	var all []checked
	for _, id := range ids {
		u, err := a.upload(r.Context(), id)
		if err != nil {
			return err
		}
		c := checked{upload: u}
		_, _, result, err := a.read(r.Context(), u)
		if err != nil {
			c.Fault = err.Error() // its own words, or a rule's
		}
		c.Result, c.Unusable = result, unusableRows(result.Findings)
		for i, m := range result.Unheard {
			if i < mostShown {
				c.Unheard = append(c.Unheard, unheard{m, intake.Label(m.Question), m.Options()})
			}
		}
		examples := map[int]string{}
		err = a.each(r.Context(), "SELECT place, id FROM example WHERE upload = ?", []any{u.ID}, func(scan func(...any) error) error {
			var row int
			var id string
			err := scan(&row, &id)
			examples[row] = id
			return err
		})
		if err != nil {
			return err
		}
		c.Findings, c.More = shownOf(intake.Sorted(result.Findings), examples)
		all = append(all, c)
	}
	v := checking{Files: all, Officer: a.role(r.Context(), r) == officerRole}
	if v.Gone, v.Changed, err = a.differences(r.Context()); err != nil {
		return err
	}
	a.render(w, http.StatusOK, "check", page{Title: "Check", Part: "check", Said: said(r), Data: v})
	return nil
}

// shownOf are the findings that the page shows, and how many it does not. What is to be said
// of several rows in the same words, and can be settled for all at once, stands once.
func shownOf(all []intake.Finding, examples map[int]string) (shown []finding, more int) {
	type same struct{ column, question, fault, was string }
	at := map[same]int{}
	for _, f := range all {
		k := same{f.Column, f.Question, f.Fault, f.Was}
		if i, ok := at[k]; ok && !f.Unusable && f.Row > 0 && f.Was != "" {
			shown[i].Also = strings.TrimPrefix(shown[i].Also+", "+strconv.Itoa(f.Row), ", ")
			continue
		}
		if len(shown) == mostShown {
			more++
			continue
		}
		next := finding{Finding: f, Some: f.Allowed[:min(len(f.Allowed), mostAllowed)]}
		if f.Unusable && f.Row > 0 {
			next.Example = examples[f.Row]
		}
		if !f.Unusable {
			at[k] = len(shown)
		}
		shown = append(shown, next)
	}
	return shown, more
}

func (a *app) findingsFile(w http.ResponseWriter, r *http.Request) error {
	u, err := a.upload(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	_, _, result, err := a.read(r.Context(), u)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // by which Excel knows UTF-8
	if err := intake.WriteFindings(&b, result.Findings); err != nil {
		return err
	}
	a.attach(w, "check.csv", b.Bytes())
	return nil
}

// meant are what people said that answers mean, as intake.Mapping.Correct reads it.
func (a *app) meant(ctx context.Context) ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	err := a.each(ctx, "SELECT question, said, means FROM meant ORDER BY question, said", nil, func(scan func(...any) error) error {
		var question, saying, means string
		err := scan(&question, &saying, &means)
		_ = out.Write(meantLine(question, saying, means))
		return err
	})
	out.Flush()
	return b.Bytes(), err
}

func meantLine(question, saying, means string) []string {
	return []string{intake.SaidSo, program.Cell(saying), question, "given", program.Cell(means)}
}

// sayMeant keeps what an answer means, for each sheet in which it stands. Examples that were
// taken stay as they are until their file is taken again.
func (a *app) sayMeant(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	question, saying, means := r.PostForm.Get("question"), r.PostForm.Get("said"), r.PostForm.Get("means")
	if means == "" {
		return problem{http.StatusBadRequest, "Choose what it means."}
	}
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	_ = out.Write(meantLine(question, saying, means))
	out.Flush()
	if m, err := (intake.Mapping{}).Correct(&b); err != nil || len(m.Meant) == 0 {
		return problem{http.StatusBadRequest, "That is no option of the question."}
	}
	if err := a.write(r.Context(), "said what an answer means", "", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(r.Context(), "INSERT INTO meant VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET means = excluded.means", question, saying, means)
		return err
	}); err != nil {
		return err
	}
	return back(w, r, "/check?done=saved")
}
