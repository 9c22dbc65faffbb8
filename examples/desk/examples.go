// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"github.com/sharedpractice/sharedpractice/model"
)

// Entries of the audit log that stand for another set of examples.
const (
	tookExamples     = "took examples from a file"
	tookAccounts     = "took in accounts"
	deletedExample   = "deleted an example"
	withdrew         = "withdrew an example"
	decidedCode      = "decided on a code"
	toldApart        = "told two apart"
	tookSheets       = "took in sign-off sheets"
	deletedSheet     = "deleted a sign-off sheet"
	settledAgreement = "settled an agreement"
	// What a person says of how an export differs from the one before.
	settledDifference = "settled how an export differs"
	choseReaders      = "chose the readers"
	choseLook         = "chose how guides look"
	published         = "published an edition"
	changedKey        = "changed the key"
	// What changes the words of an edition, and not what a draft is made of.
	filledIn      = "filled in a guide"
	tookAnswers   = "took answers from a document"
	settledAnswer = "settled an answer"
)

// changesDraft are those that make another draft of the same day.
func changesDraft() []string {
	return []string{tookExamples, tookAccounts, deletedExample, withdrew, decidedCode, toldApart, settledAgreement, settledDifference, tookSheets, deletedSheet, choseReaders, choseLook, published, changedKey}
}

// changesEdition are those that make another edition of the same day.
func changesEdition() []string { return append(changesDraft(), filledIn, tookAnswers, settledAnswer) }

// put stores an example. One that is known by its reference is replaced.
func (a *app) put(ctx context.Context, tx *sql.Tx, e model.Example, upload int64, row int) error {
	body, err := model.EncodeJSON(e)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO example VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET body = excluded.body, upload = excluded.upload, place = excluded.place`, e.ID, body, upload, row, a.stamp())
	return err
}

// examples are all that were taken in, by their references. Those that were
// withdrawn say so, and those of which an export says something else are withheld until
// a person has decided.
func (a *app) examples(ctx context.Context) ([]model.Example, error) {
	gone := map[string]model.Withdrawal{}
	err := a.each(ctx, "SELECT example, effect, at FROM withdrawal", nil, func(scan func(...any) error) error {
		var id string
		var w model.Withdrawal
		err := scan(&id, &w.Effect, &w.RequestedAt)
		gone[id] = w
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []model.Example
	err = a.each(ctx, "SELECT body FROM example ORDER BY id", nil, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		e, err := model.DecodeJSON(body)
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := a.amended(ctx, out); err != nil {
		return nil, err
	}
	undecided, err := a.undecided(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range out {
		for i := range e.Agreements {
			if undecided[e.ID] {
				e.Agreements[i].Level = model.Withheld
			}
		}
		if w, ok := gone[e.ID]; ok { // whatever was settled
			for i := range e.Agreements {
				e.Agreements[i].Withdrawal = w
			}
		}
	}
	return out, nil
}

// organisation returns the name of the contributor, for the working group.
func organisation(e model.Example) string {
	if len(e.Parties) > 0 && len(e.Parties[0].Identities) > 0 {
		return string(e.Parties[0].Identities[0].Name)
	}
	return ""
}

// called is an example's title, or how its account begins.
func called(e model.Example) string {
	if !e.Title.Empty() {
		return string(e.Title.Value)
	}
	return shortened(string(e.Account), 80)
}

// listed is an example in the list.
type listed struct {
	ID, Title, Organisation string
	Withdrawn, Undecided    bool
	Complete                int // per cent of the questions that have answers
	Uncoded                 int // challenges, objectives and steps without a code
}

func (a *app) examplesPage(w http.ResponseWriter, r *http.Request) error {
	all, err := a.examples(r.Context())
	if err != nil {
		return err
	}
	undecided, err := a.undecided(r.Context())
	if err != nil {
		return err
	}
	out := make([]listed, len(all))
	for i, e := range all {
		out[i] = listed{Undecided: undecided[e.ID], ID: e.ID, Title: called(e), Organisation: organisation(e), Withdrawn: len(e.Agreements) > 0 && e.Agreements[0].Withdrawal.Effect != "", Complete: int(100 * e.Completeness()), Uncoded: uncoded(e)}
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
		for _, query := range []string{"DELETE FROM example WHERE id = ?", "DELETE FROM mark WHERE example = ?", "DELETE FROM difference WHERE example = ?", "DELETE FROM alias WHERE example = ?"} {
			if _, err := tx.ExecContext(r.Context(), query, r.PathValue("id")); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return back(w, r, "/examples?done=deleted")
}

// withdrawExample ends an example's agreements for every new use. It is kept
// beside the example, so that the next export does not undo it.
func (a *app) withdrawExample(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	id, effect := r.PathValue("id"), r.PostForm.Get("effect")
	if effect != "no-new-use" && effect != "remove-where-controlled" && effect != "none" {
		return problem{http.StatusBadRequest, "Choose what the withdrawal means."}
	}
	err := a.write(r.Context(), withdrew, id, func(tx *sql.Tx) error {
		if effect == "none" { // it was somebody else's
			_, err := tx.ExecContext(r.Context(), "DELETE FROM withdrawal WHERE example = ?", id)
			return err
		}
		return withdraw(r.Context(), tx, id, effect, a.today())
	})
	if err != nil {
		return err
	}
	return back(w, r, "/examples?done=saved")
}

func (a *app) today() string { return a.now().UTC().Format(time.DateOnly) }

// withdraw keeps beside an example that it was withdrawn.
func withdraw(ctx context.Context, tx *sql.Tx, id, effect, day string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO withdrawal VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET effect = excluded.effect", id, effect, day)
	return err
}
