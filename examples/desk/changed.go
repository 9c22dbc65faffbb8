// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"database/sql"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// Kinds of differences between an export and what was known.
const (
	changedRow = "changed" // a row looks like another version of an example
	goneRow    = "gone"    // an example stands in the export no longer
)

// taking is what a file would change.
type taking struct {
	known, fresh []version
	pairs        []joint
	unknown      []int // of fresh
	gone         []int // of known: not in this export of their form
	headings     []string
}

// known are the examples as they are kept, with what their rows are known by.
func (a *app) known(ctx context.Context) ([]version, error) {
	var out []version
	at := map[string]int{}
	err := a.each(ctx, "SELECT body, upload, place FROM example ORDER BY id", nil, func(scan func(...any) error) error {
		var body []byte
		v := version{marks: map[string]string{}}
		if err := scan(&body, &v.upload, &v.row); err != nil {
			return err
		}
		var err error
		if v.example, err = model.DecodeJSON(body); err != nil {
			return err
		}
		v.ids = []string{v.example.ID}
		at[v.example.ID] = len(out)
		out = append(out, v)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = a.each(ctx, "SELECT example, fresh FROM alias UNION SELECT example, fresh FROM difference WHERE kind = '"+changedRow+"'", nil, func(scan func(...any) error) error {
		var id, fresh string
		err := scan(&id, &fresh)
		if i, ok := at[id]; ok {
			out[i].ids = append(out[i].ids, fresh)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, a.each(ctx, "SELECT example, heading, value FROM mark", nil, func(scan func(...any) error) error {
		var id, heading, value string
		err := scan(&id, &heading, &value)
		if i, ok := at[id]; ok {
			out[i].marks[heading] = value
		}
		return err
	})
}

// compared holds a file against what is known.
func (a *app) compared(ctx context.Context, u upload, t intake.Table, m intake.Mapping, result intake.Result) (taking, error) {
	x := taking{}
	for _, c := range m.Columns {
		x.headings = append(x.headings, folded(c.Header))
	}
	marks := sheetMarks(t, m, result)
	for i, e := range result.Examples {
		x.fresh = append(x.fresh, version{example: e, upload: u.ID, row: result.Rows[i], marks: marks[i]})
	}
	var err error
	if x.known, err = a.known(ctx); err != nil {
		return x, err
	}
	forms := map[int64][]string{}
	err = a.each(ctx, "SELECT upload, headings FROM form", nil, func(scan func(...any) error) error {
		var id int64
		var headings string
		err := scan(&id, &headings)
		forms[id] = strings.Split(headings, "\n")
		return err
	})
	if err != nil {
		return x, err
	}
	taken := int64(0)
	if u.Taken != "" {
		taken = u.ID
	}
	series := func(upload int64) bool {
		was, ok := forms[upload]
		return upload > 0 && (!ok || likeForms(was, x.headings))
	}
	x.pairs = pairs(x.known, x.fresh, taken, slices.ContainsFunc(m.Columns, func(c intake.Mapped) bool { return c.Question == "id" }), series)
	in, joined := make([]bool, len(x.known)), make([]bool, len(x.fresh))
	overlap := map[int64]bool{}
	for _, p := range x.pairs {
		in[p.old], joined[p.fresh] = true, true
		overlap[x.known[p.old].upload] = true
	}
	for j := range x.fresh {
		if !joined[j] {
			x.unknown = append(x.unknown, j)
		}
	}
	// An export that holds nothing of an earlier one is another: nothing is missing in it.
	for i, v := range x.known {
		if !in[i] && overlap[v.upload] && series(v.upload) {
			x.gone = append(x.gone, i)
		}
	}
	return x, nil
}

// likeForms reports whether exports have at least half of their headings in common.
func likeForms(a, b []string) bool {
	shared := 0
	for _, h := range a {
		if slices.Contains(b, h) {
			shared++
		}
	}
	return shared > 0 && 2*shared >= min(len(a), len(b))
}

// under is an example by another reference.
func under(e model.Example, id string) model.Example {
	e.Agreements = slices.Clone(e.Agreements)
	for i := range e.Agreements {
		if e.Agreements[i].ID == "agreement-"+e.ID {
			e.Agreements[i].ID = "agreement-" + id
		}
	}
	e.ID = id
	return e
}

// take puts what a file holds among the examples. What it gives for an example that is
// known takes its place; where only a person can say that it is the same one, nothing of
// either is published until somebody has.
func (a *app) take(ctx context.Context, tx *sql.Tx, x taking) error {
	used := map[string]bool{}
	for _, v := range x.known {
		used[v.example.ID] = true
	}
	for _, p := range x.pairs {
		old, now := x.known[p.old], x.fresh[p.fresh]
		if err := a.noteDifference(ctx, tx, old, now, p.why); err != nil {
			return err
		}
		if err := a.keepVersion(ctx, tx, now, old.example.ID); err != nil {
			return err
		}
	}
	for _, j := range x.unknown {
		v := x.fresh[j]
		id := free(v.example.ID, used)
		used[id] = true
		if _, err := tx.ExecContext(ctx, "DELETE FROM alias WHERE fresh = ?", id); err != nil {
			return err
		}
		if err := a.keepVersion(ctx, tx, v, id); err != nil {
			return err
		}
	}
	for _, i := range x.gone {
		// What a person said to keep stays kept.
		_, err := tx.ExecContext(ctx, `INSERT INTO difference VALUES (?, ?, '', '', x'', '', ?)
			ON CONFLICT DO UPDATE SET kind = excluded.kind WHERE said = ''`, x.known[i].example.ID, goneRow, a.stamp())
		if err != nil {
			return err
		}
	}
	if len(x.headings) == 0 || len(x.fresh) == 0 {
		return nil
	}
	// Of a workbook several sheets may be taken.
	_, err := tx.ExecContext(ctx, `INSERT INTO form VALUES (?, ?) ON CONFLICT DO UPDATE SET headings = headings || char(10) || excluded.headings
		WHERE instr(char(10) || headings || char(10), char(10) || excluded.headings || char(10)) = 0`, x.fresh[0].upload, strings.Join(x.headings, "\n"))
	return err
}

// free is a reference that none has yet, after one that is wanted.
func free(id string, used map[string]bool) string {
	out := id
	for n := 2; used[out]; n++ {
		out = stem(id) + "-" + strconv.Itoa(n)
	}
	return out
}

// keepVersion stores a version under a reference.
func (a *app) keepVersion(ctx context.Context, tx *sql.Tx, v version, id string) error {
	if err := a.put(ctx, tx, under(v.example, id), v.upload, v.row); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM mark WHERE example = ?", id); err != nil {
		return err
	}
	for _, heading := range slices.Sorted(maps.Keys(v.marks)) {
		if _, err := tx.ExecContext(ctx, "INSERT INTO mark VALUES (?, ?, ?)", id, heading, v.marks[heading]); err != nil {
			return err
		}
	}
	return nil
}

// noteDifference keeps whether a person has to say that a version is of the example which
// was known.
func (a *app) noteDifference(ctx context.Context, tx *sql.Tx, old, now version, why string) error {
	id := old.example.ID
	exec := func(query string, args ...any) error { _, err := tx.ExecContext(ctx, query, args...); return err }
	if now.example.ID == id { // as it was, or a changed row that is known by its reference
		return exec("DELETE FROM difference WHERE example = ?", id)
	}
	if err := exec("DELETE FROM difference WHERE example = ? AND kind = ?", id, goneRow); err != nil {
		return err
	}
	if why == "" || bytes.Equal(bare(old.example), bare(now.example)) {
		return exec("UPDATE difference SET fresh = ? WHERE example = ?", now.example.ID, id)
	}
	was, err := model.EncodeJSON(old.example)
	if err != nil {
		return err
	}
	return exec(`INSERT INTO difference VALUES (?, ?, ?, ?, ?, '', ?)
		ON CONFLICT DO UPDATE SET why = excluded.why, fresh = excluded.fresh`, id, changedRow, why, now.example.ID, was, a.stamp())
}

// undecided are the examples that wait for a person to say what a difference means.
func (a *app) undecided(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	return out, a.each(ctx, "SELECT example FROM difference WHERE said = ''", nil, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out[id] = true
		return err
	})
}

// waitingFor counts the examples that wait for a person's word: one that was withdrawn
// may be gone.
func (a *app) waitingFor(ctx context.Context) (n int, err error) {
	err = a.db.QueryRowContext(ctx, "SELECT count(*) FROM difference WHERE said = '' AND example IN (SELECT id FROM example) AND (kind = '"+changedRow+"' OR example NOT IN (SELECT example FROM withdrawal))").Scan(&n)
	return n, err
}

// differing is a difference that waits for a person.
type differing struct {
	ID, Title, Organisation, Why string
	Closed                       bool // its row says no now
	Withdrawn                    bool // it was, before
	Answers                      []answerChanged
}

type answerChanged struct{ Question, Was, Now string }

// differences are those that wait: examples that are gone from their export, and rows
// that look like changed ones.
func (a *app) differences(ctx context.Context) (gone, changed []differing, err error) {
	err = a.each(ctx, `SELECT d.kind, d.why, d.was, e.body, d.example IN (SELECT example FROM withdrawal) FROM difference d JOIN example e ON e.id = d.example
		WHERE d.said = '' ORDER BY e.place, e.id`, nil, func(scan func(...any) error) error {
		var kind, why string
		var was, body []byte
		var withdrawn bool
		if err := scan(&kind, &why, &was, &body, &withdrawn); err != nil || withdrawn && kind == goneRow {
			return err
		}
		e, err := model.DecodeJSON(body)
		if err != nil {
			return err
		}
		d := differing{Withdrawn: withdrawn, ID: e.ID, Title: called(e), Organisation: organisation(e), Why: why, Closed: !opens(e)}
		if kind == goneRow {
			gone = append(gone, d)
			return nil
		}
		d.Answers = answersChanged(was, body)
		changed = append(changed, d)
		return nil
	})
	return gone, changed, err
}

// opens reports whether an example's agreements, as they came, allow anything.
func opens(e model.Example) bool {
	return len(e.Agreements) > 0 && !slices.ContainsFunc(e.Agreements, func(g model.Agreement) bool {
		return g.Level == model.Withheld || g.Consent.Status != "given" && g.Consent.Status != "amended"
	})
}

// settleDifference keeps what a person says of a difference, or of all of a kind.
func (a *app) settleDifference(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	said, all := r.PostForm.Get("said"), r.PostForm.Get("all") == "yes"
	kind := map[string]string{"same": changedRow, "two": changedRow, "keep": goneRow, "withdraw": goneRow}[said]
	if kind == "" {
		return problem{http.StatusBadRequest, "Say what it is."}
	}
	gone, changed, err := a.differences(ctx)
	if err != nil {
		return err
	}
	waiting := map[string][]differing{goneRow: gone, changedRow: changed}[kind]
	if !all {
		waiting = slices.DeleteFunc(waiting, func(d differing) bool { return d.ID != r.PostForm.Get("example") })
	}
	if len(waiting) == 0 {
		return problem{http.StatusConflict, "That waits for nobody any more: look at Check again."}
	}
	err = a.write(ctx, settledDifference, "", func(tx *sql.Tx) error {
		for _, d := range waiting {
			if err := a.settleOne(ctx, tx, d.ID, said); err != nil {
				return err
			}
			if err := a.audit(ctx, tx, map[string]string{"same": "said that a changed row is the same example", "two": "said that a row is another example", "keep": "kept an example that an export lacks", "withdraw": withdrew}[said], d.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return back(w, r, "/check?done=saved")
}

func (a *app) settleOne(ctx context.Context, tx *sql.Tx, id, said string) error {
	exec := func(query string, args ...any) error { _, err := tx.ExecContext(ctx, query, args...); return err }
	switch said {
	case "keep":
		return exec("UPDATE difference SET said = 'keep' WHERE example = ?", id)
	case "withdraw":
		if err := withdraw(ctx, tx, id, "no-new-use", a.today()); err != nil {
			return err
		}
		return exec("DELETE FROM difference WHERE example = ?", id)
	case "same":
		if err := exec("INSERT OR REPLACE INTO alias SELECT fresh, example FROM difference WHERE example = ? AND fresh <> example", id); err != nil {
			return err
		}
		return exec("DELETE FROM difference WHERE example = ?", id)
	}
	// They are two: what was known is as it was, and is not in the export.
	var fresh string
	var was, body []byte
	var v version
	if err := tx.QueryRowContext(ctx, "SELECT d.fresh, d.was, e.body, e.upload, e.place FROM difference d JOIN example e ON e.id = d.example WHERE d.example = ?", id).
		Scan(&fresh, &was, &body, &v.upload, &v.row); err != nil {
		return err
	}
	old, err := model.DecodeJSON(was)
	if err != nil {
		return err
	}
	if v.example, err = model.DecodeJSON(body); err != nil {
		return err
	}
	if err := exec("DELETE FROM alias WHERE fresh = ?", fresh); err != nil {
		return err
	}
	used := map[string]bool{}
	rows, err := tx.QueryContext(ctx, "SELECT id FROM example")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		used[id] = true
	}
	if err := rows.Err(); err != nil {
		return err
	}
	fresh = free(fresh, used)
	if err := a.put(ctx, tx, under(v.example, fresh), v.upload, v.row); err != nil {
		return err
	}
	if err := exec("UPDATE OR REPLACE mark SET example = ? WHERE example = ?", fresh, id); err != nil {
		return err
	}
	if err := a.put(ctx, tx, old, v.upload, 0); err != nil {
		return err
	}
	return exec("UPDATE difference SET kind = ?, why = '', fresh = '', was = x'' WHERE example = ?", goneRow, id)
}
