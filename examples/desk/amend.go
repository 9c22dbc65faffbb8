// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// amendable are the questions of an agreement that a person may settle, after
// having asked the contributor.
func amendable() []string {
	return []string{"confidentiality", "uses", "audience", "consent", "expires", "not_before", "k", "approval"}
}

// leftAsSent are those of them that need no answer: what the sheet says holds.
func leftAsSent() []string { return []string{"expires", "not_before", "k", "approval"} }

// amended lays what a person settled over the agreements. Where the sheet says something
// else since, the most closed of both holds: neither does what was settled before open a no
// that came later, nor does a change of the sheet, or of how it is read, open what was
// settled as closed.
func (a *app) amended(ctx context.Context, all []model.Example) error {
	settled := map[string][2][]byte{}
	err := a.each(ctx, "SELECT example, was, body FROM amendment", nil, func(scan func(...any) error) error {
		var id string
		var x [2][]byte
		err := scan(&id, &x[0], &x[1])
		settled[id] = x
		return err
	})
	if err != nil {
		return err
	}
	for i := range all {
		e := &all[i]
		x, ok := settled[e.ID]
		if !ok || len(e.Agreements) != 1 {
			continue
		}
		now, err := json.Marshal(e.Agreements[0])
		if err != nil {
			return err
		}
		var as model.Agreement
		if err := json.Unmarshal(x[1], &as); err != nil {
			return err
		}
		if !bytes.Equal(now, x[0]) {
			settled := as
			as = e.Agreements[0]
			intake.Tighten(&as, settled)
		}
		e.Agreements = []model.Agreement{as}
	}
	return nil
}

type amending struct {
	ID, Title, Organisation string
	Fields                  []accountField
	Settled                 bool
	Conditions              string // as they were sent
	Hash                    string // of them
}

// asSent finds an example as the sheet has it.
func (a *app) asSent(ctx context.Context, id string) (model.Example, error) {
	body, err := kept(a.db.QueryRowContext(ctx, "SELECT body FROM example WHERE id = ?", id))
	if err != nil {
		return model.Example{}, err
	}
	if body == nil {
		return model.Example{}, problem{http.StatusNotFound, "There is no such example."}
	}
	e, err := model.DecodeJSON(body)
	if err == nil && len(e.Agreements) != 1 {
		err = problem{http.StatusConflict, "This example has several agreements. Settle them in your sheet, and take it in again."}
	}
	return e, err
}

func (a *app) amendPage(w http.ResponseWriter, r *http.Request) error {
	e, err := a.asSent(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	v := amending{ID: e.ID, Title: called(e), Organisation: organisation(e), Conditions: string(e.Agreements[0].Conditions)}
	for _, id := range amendable() {
		for _, q := range intake.Questions() {
			if q.ID == id {
				f := accountField{ID: id, Label: q.Label, Help: q.Help}
				f.Optional = slices.Contains(leftAsSent(), id)
				if !f.Optional || id == "approval" {
					f.Allowed = intake.Allowed(&q, 20)
				}
				v.Fields = append(v.Fields, f)
			}
		}
	}
	var n int
	if err := a.db.QueryRowContext(r.Context(), "SELECT count(*) FROM amendment WHERE example = ?", e.ID).Scan(&n); err != nil {
		return err
	}
	v.Settled, v.Hash = n > 0, model.HashText(v.Conditions)
	a.render(w, http.StatusOK, "amend", page{Title: "Settle an agreement", Part: "check", Said: said(r), Data: v})
	return nil
}

// amend keeps what a person settled, read as the cells of a sheet are.
func (a *app) amend(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	e, err := a.asSent(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if r.PostForm.Get("do") == "undo" {
		err := a.write(r.Context(), settledAgreement, e.ID, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(r.Context(), "DELETE FROM amendment WHERE example = ?", e.ID)
			return err
		})
		if err != nil {
			return err
		}
		return back(w, r, "/examples/"+e.ID+"/agreement?done=saved")
	}
	evidence, ok := tidy(r.PostForm.Get("evidence"))
	if !ok || evidence == "" || strings.Contains(evidence, "\n") || len(evidence) > 500 {
		return unusable("Say in a line where it is written that the contributor wants it so.")
	}
	conditions := string(e.Agreements[0].Conditions)
	if conditions != "" && r.PostForm.Get("conditions") != model.HashText(conditions) {
		return unusable("Read the conditions, and tick the box below them.")
	}
	rows := [][]string{{"title"}, {"x"}}
	for _, id := range amendable() {
		rows[0], rows[1] = append(rows[0], id), append(rows[1], strings.Join(r.PostForm[id], "\n"))
	}
	table, err := intake.NewTable(rows)
	if err != nil {
		return unusable("That " + err.Error() + ".")
	}
	m, err := intake.Propose(table)
	if err != nil {
		return err
	}
	result, err := intake.Read(table, m, nil)
	if err != nil {
		return err
	}
	for _, f := range result.Findings {
		if f.Row > 0 {
			return unusable("“" + f.Question + "” " + f.Fault + ".")
		}
	}
	if len(result.Examples) != 1 || len(result.Examples[0].Agreements) != 1 {
		return unusable("Answer each question.")
	}
	was, as := e.Agreements[0], e.Agreements[0]
	said := result.Examples[0].Agreements[0]
	if said.K > 0 { // so many others, and the contributor
		said.K++
	}
	as.Level, as.Uses, as.Audience, as.Consent = said.Level, said.Uses, said.Audience, said.Consent
	as.Expires, as.NotBefore = cmp.Or(said.Expires, was.Expires), cmp.Or(said.NotBefore, was.NotBefore)
	as.K, as.Approval.Required = max(was.K, said.K), was.Approval.Required || said.Approval.Required
	if conditions != "" {
		as.ConditionsReviewed = model.HashText(conditions)
	}
	as.Consent.Evidence, as.Consent.GivenAt = model.Raw(evidence), a.now().UTC().Format("2006-01-02")
	before, err := json.Marshal(was)
	if err != nil {
		return err
	}
	after, err := json.Marshal(as)
	if err != nil {
		return err
	}
	err = a.write(r.Context(), settledAgreement, e.ID, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(r.Context(), "INSERT INTO amendment VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET was = excluded.was, body = excluded.body, at = excluded.at", e.ID, before, after, a.stamp())
		return err
	})
	if err != nil {
		return err
	}
	return back(w, r, "/examples/"+e.ID+"/agreement?done=saved")
}
