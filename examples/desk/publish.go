// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// ledger keeps what the editions need in the data file. Changes wait in memory,
// and are stored together with the edition, or not at all.
type ledger struct {
	*store
	puts []put
}

type put struct {
	name      string
	old, next []byte
}

// Get implements edition.Store.
func (l *ledger) Get(ctx context.Context, name string) ([]byte, error) {
	for _, p := range slices.Backward(l.puts) {
		if p.name == name {
			return p.next, nil
		}
	}
	return kept(l.db.QueryRowContext(ctx, "SELECT body FROM ledger WHERE name = ?", name))
}

func kept(row *sql.Row) ([]byte, error) {
	var body []byte
	err := row.Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return body, err
}

// Swap implements edition.Store.
func (l *ledger) Swap(ctx context.Context, name string, old, next []byte) error {
	now, err := l.Get(ctx, name)
	if err != nil {
		return err
	}
	if (now == nil) != (old == nil) || !bytes.Equal(now, old) {
		return edition.ErrChanged
	}
	l.puts = append(l.puts, put{name, old, next})
	return nil
}

// commit stores what waits, unless something else was stored since.
func (l *ledger) commit(ctx context.Context, tx *sql.Tx) error {
	for _, p := range l.puts {
		now, err := kept(tx.QueryRowContext(ctx, "SELECT body FROM ledger WHERE name = ?", p.name))
		if err != nil {
			return err
		}
		if (now == nil) != (p.old == nil) || !bytes.Equal(now, p.old) {
			return edition.ErrChanged
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO ledger VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body", p.name, p.next); err != nil {
			return err
		}
	}
	return nil
}

// noted is the file beside the data file that says how far the ledger has grown,
// by which an older copy of the data file is told. It tells nothing else.
func (s *store) noted() string { return s.path + ".noted" }

// notedOf is that file by the name of a key, for the copies of the data file that lie
// beside it under names of their own.
func (s *store) notedOf(key []byte) string {
	return filepath.Join(filepath.Dir(s.path), anonymize.KeyID(key)+".noted")
}

// writeNote says beside the data file how far the ledger of a key has grown.
func (a *app) writeNote(note string, keys ...[]byte) {
	err := os.WriteFile(a.noted(), []byte(note), 0o600)
	for _, key := range keys {
		err = errors.Join(err, os.WriteFile(a.notedOf(key), []byte(note), 0o600))
	}
	if err != nil {
		a.logf("the note beside the data file was not written")
	}
}

func (a *app) press(ctx context.Context, l *ledger, d *draft) (*edition.Press, error) {
	note, err := a.note(ctx)
	if err != nil {
		return nil, err
	}
	byKey, err := os.ReadFile(a.notedOf(a.secret()))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.New("the note beside the data file cannot be read")
	}
	cfg := edition.Config{Now: a.now().UTC(), Audience: d.audience, K: d.k, Noted: note, Embedder: wordtable.Default()}
	p, err := edition.Open(ctx, l, a.secret(), cfg)
	if err == nil && len(byKey) > 0 && string(byKey) != note {
		cfg.Noted = string(byKey)
		_, err = edition.Open(ctx, l, a.secret(), cfg)
	}
	if errors.Is(err, edition.ErrLedger) {
		return nil, problem{http.StatusConflict, "This data file is an older copy: editions were published since it was made. Put the newest copy back; from this one, a reader could tell who joined or left."}
	}
	return p, err
}

var errMoved = problem{http.StatusConflict, "Something has changed since you looked at the draft. Look at it again. Nothing was published."}

// publish enters an edition of what the draft shows in the ledger, and keeps its
// files; whole or not at all.
func (a *app) publish(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	if r.PostForm.Get("sure") != "yes" {
		return unusable("Tick the box that says that the draft was read. Nothing was published.")
	}
	a.publishing.Lock()
	defer a.publishing.Unlock()
	before, err := a.lastOf(ctx, a.db, changesEdition())
	if err != nil {
		return err
	}
	d, err := patient(ctx, a.edition)
	if err != nil {
		return err
	}
	if d.filed.Unread > 0 {
		return problem{http.StatusConflict, "Some files under Sign-off cannot be read as sheets, and any of them may hold a no. File them by hand, delete them there, and publish then. Nothing was published."}
	}
	if d.filed.Lost > 0 {
		return problem{http.StatusConflict, "A file under Sign-off says no, or asks for changes, for an example that is not here, or that was deleted and came again as another. Write its answer into the agreement of that example or withdraw it, delete the file under Sign-off, and publish then. Nothing was published."}
	}
	if before != r.PostForm.Get("draft") {
		return errMoved
	}
	if aggregate.Independent(d.records) < d.k {
		return problem{http.StatusConflict, "Too few contributors. Nothing was published."}
	}
	// A publication goes on when the browser goes away: it is never half.
	ctx = context.WithoutCancel(ctx)
	l := &ledger{store: a.store}
	p, err := a.press(ctx, l, d)
	if err != nil {
		return err
	}
	e, err := p.Prepare(ctx, d.records)
	if err != nil {
		return err
	}
	files, err := a.editionFiles(ctx, d, e)
	if err != nil {
		return err
	}
	if err := p.Enter(ctx, e); err != nil {
		return err
	}
	if a.entering != nil {
		a.entering()
	}
	l.puts = append(l.puts, put{name: "sealed." + e.Name, next: e.Release.Proof.Sealed})
	err = a.write(ctx, published, e.Name, func(tx *sql.Tx) error {
		// Whoever withdrew, said no or filled in words while the edition was made is not in it.
		if now, err := a.lastOf(ctx, tx, changesEdition()); err != nil || now != before {
			return cmp.Or(err, error(errMoved))
		}
		if err := l.commit(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO edition VALUES (?, ?, ?, ?)", e.Name, d.audience.String(), a.stamp(), files); err != nil {
			return err
		}
		return a.keepRecords(ctx, tx, d.records)
	})
	if errors.Is(err, edition.ErrChanged) {
		return problem{http.StatusConflict, "Another edition was published in between. Nothing was published now."}
	}
	if err != nil {
		return err
	}
	a.writeNote(e.Note, a.secret())
	return back(w, r, "/publish?done=published")
}

// unnamed fails where an answer that would be printed holds a name that somebody
// declared, and says in which guides to look.
func (a *app) unnamed(ctx context.Context, d *draft, answers map[string]map[string]guidance.Answer, guides []*guidance.Guide) error {
	named, err := collect.Named(ctx, a.secret(), a.now().UTC(), d.examples, answers)
	if err != nil || len(named) == 0 {
		return err
	}
	var at []string
	for _, g := range guides {
		for _, q := range named {
			if q.Guide == g.Front.ID {
				at = append(at, g.Front.Title+" (question "+q.Slot+")")
			}
		}
	}
	slices.Sort(at)
	return problem{http.StatusConflict, "What was filled in holds a name that somebody declared. Write it without that name, and publish then: " + strings.Join(slices.Compact(at), "; ") + ". Nothing was published."}
}

// formats are those that a guide is written in, by the ending of their files.
func formats(theme render.Theme) map[string]render.Renderer {
	return map[string]render.Renderer{".html": render.HTML{Theme: theme}, ".docx": render.DOCX{Theme: theme}, ".md": render.Markdown{}, ".json": render.JSON{}, ".txt": render.PlainText{}}
}

type publishing struct {
	State               string
	Records, K, Missing int
	Silenced, Unread    int
	Lost                int // sheets with a no of an example that is not here
	Undecided           int // examples of which an export says something else
	Open                int // codes that wait for a person
	Held                string
	Members             bool
	Topics              []topic
	Editions            []issued
}

type issued struct{ Name, Audience, At string }

func (a *app) publishPage(w http.ResponseWriter, r *http.Request) error {
	state, err := a.lastOf(r.Context(), a.db, changesEdition()) // before the draft that is shown
	if err != nil {
		return err
	}
	d, ok, err := a.waited(w, r, a.edition)
	if err != nil || !ok {
		return err
	}
	v := publishing{Silenced: d.codes.Silenced, Unread: d.filed.Unread, State: state, K: d.k, Missing: max(0, d.k-aggregate.Independent(d.records)), Members: d.k == aggregate.KMembers}
	v.Lost = d.filed.Lost
	if v.Undecided, err = a.waitingFor(r.Context()); err != nil {
		return err
	}
	v.Records, v.Open = len(d.edition.Release.Behind), len(d.codes.Open)
	if v.Held, err = a.heldBack(r.Context(), d); err != nil {
		return err
	}
	if v.Topics, err = a.topics(r.Context(), d); err != nil {
		return err
	}
	err = a.each(r.Context(), "SELECT name, audience, published FROM edition ORDER BY published DESC, name DESC", nil, func(scan func(...any) error) error {
		var e issued
		err := scan(&e.Name, &e.Audience, &e.At)
		v.Editions = append(v.Editions, e)
		return err
	})
	if err != nil {
		return err
	}
	a.render(w, http.StatusOK, "publish", page{Title: "Publish", Part: "publish", Said: said(r), Data: v})
	return nil
}

func (a *app) editionFile(w http.ResponseWriter, r *http.Request) error {
	body, err := kept(a.db.QueryRowContext(r.Context(), "SELECT files FROM edition WHERE name = ?", r.PathValue("edition")))
	if err != nil {
		return err
	}
	if body == nil {
		return problem{http.StatusNotFound, "There is no such edition."}
	}
	a.attach(w, "edition.zip", body)
	return nil
}
