// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"database/sql"
	"net/http"
	"strconv"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// checked is what was found in one sheet.
type checked struct {
	upload
	Fault    string
	Findings []finding
	Unusable int
	More     int // findings that the page does not show
	Result   intake.Result
}

// finding is one thing to look at, with a suggestion of what may have been meant.
type finding struct {
	intake.Finding
	Some []string // of what is allowed
}

// Entries of the audit log that stand for another set of examples.
const (
	tookExamples   = "took examples from a file"
	deletedExample = "deleted an example"
	choseReaders   = "chose the readers"
	published      = "published an edition"
)

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
		for i, f := range result.Findings {
			if i == mostShown {
				c.More = len(result.Findings) - i
				break
			}
			c.Findings = append(c.Findings, finding{f, f.Allowed[:min(len(f.Allowed), mostAllowed)]})
		}
		all = append(all, c)
	}
	a.render(w, http.StatusOK, "check", page{Title: "Check", Part: "check", Said: said(r), Data: all})
	return nil
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

// examples are all that were taken in, by their references.
func (a *app) examples(ctx context.Context) ([]model.Example, error) {
	var out []model.Example
	err := a.each(ctx, "SELECT body FROM example ORDER BY id", nil, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		e, err := model.DecodeJSON(body)
		out = append(out, e)
		return err
	})
	return out, err
}

// listed is an example in the list.
type listed struct {
	ID, Title, Organisation string
	Complete                int // per cent of the questions that have answers
	Uncoded                 int // challenges, objectives and steps without a code
}

func (a *app) examplesPage(w http.ResponseWriter, r *http.Request) error {
	all, err := a.examples(r.Context())
	if err != nil {
		return err
	}
	out := make([]listed, len(all))
	for i, e := range all {
		out[i] = listed{ID: e.ID, Title: string(e.Title.Value), Complete: int(100 * e.Completeness()), Uncoded: uncoded(e)}
		if len(e.Parties) > 0 && len(e.Parties[0].Identities) > 0 {
			out[i].Organisation = string(e.Parties[0].Identities[0].Name)
		}
	}
	a.render(w, http.StatusOK, "examples", page{Title: "Examples", Part: "check", Said: said(r), Data: out})
	return nil
}

func uncoded(e model.Example) int {
	n := 0
	for _, k := range e.Challenges {
		if k.Code == "" {
			n++
		}
	}
	for _, k := range e.Objectives {
		if k.Code == "" {
			n++
		}
	}
	for _, s := range e.Steps {
		if s.Method.Code == "" {
			n++
		}
	}
	return n
}

func (a *app) deleteExample(w http.ResponseWriter, r *http.Request) error {
	err := a.write(r.Context(), deletedExample, "", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(r.Context(), "DELETE FROM example WHERE id = ?", r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/examples?done=deleted")
}
