// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/examples/internal/words"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

const locale = "en-GB"

// draft holds the records, topics and guides that would be published now. Immutable.
type draft struct {
	results    []anonymize.Result
	records    []anonymize.Record
	collection *aggregate.Collection
	edition    *edition.Edition
	state      string // what it was made of
	audience   model.Audience
	k          int
	examples   []model.Example // as they were anonymised
	codes      *accounts.Codes
	lessSure   bool // less sure codes count, since there were few topics otherwise
	filed      *returned.Filed
	undecided  map[string]bool // of which an export says something else
	again      []anonymize.Log // of the records behind the last edition
}

// workshop makes drafts in the background, one at a time, and keeps the last.
type workshop struct {
	publish bool // what would be published: codes that nobody confirmed do not count
	mu      sync.Mutex
	of      string // what the draft was made of
	made    *draft
	failed  error
	// The one under way; done is nil without one, and closed when it ends.
	making  string
	done    chan struct{}
	cancel  context.CancelFunc
	stopped bool // by a person
	stage   string
	begun   time.Time // of the stage
	far     string    // how far it has come, in words
}

// errStopped is told while a person wants no draft made.
var errStopped = problem{http.StatusConflict, "Making the draft was stopped. Open Draft to have it made. Nothing was published."}

// tell notes how far the work has come.
func (w *workshop) tell(stage string, done, of int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stage != stage {
		w.stage, w.begun = stage, time.Now()
	}
	w.far = stage + program.Left(done, of, time.Since(w.begun))
}

// halt ends the work under way, if any.
func (w *workshop) halt() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done != nil {
		w.stopped = true
		w.cancel()
	}
}

// resume lets work that was stopped begin anew.
func (w *workshop) resume() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if errors.Is(w.failed, errStopped) {
		w.of, w.failed = "", nil
	}
}

// patience is how long a page waits for a draft before it says that it is being
// made.
const patience = 2 * time.Second

// draft returns what the working group looks at, or nil while it is being made.
func (a *app) draft(ctx context.Context) (*draft, error) { return a.from(ctx, &a.work) }

// edition returns what would be published now, or nil while it is being made. It
// is the draft, unless that counts codes that nobody confirmed.
func (a *app) edition(ctx context.Context) (*draft, error) {
	d, err := a.draft(ctx)
	if err != nil || d == nil || d.codes.Accounts == 0 {
		return d, err
	}
	return a.from(ctx, &a.toPublish)
}

// state changes whenever a draft must be made again: it names the last change of the
// examples, and the day.
func (a *app) state(ctx context.Context) (string, error) { return a.lastOf(ctx, a.db, changesDraft()) }

// reader is the data file, or a transaction of it.
type reader interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// lastOf is the last entry of the audit log of some kinds, and the day.
func (a *app) lastOf(ctx context.Context, of reader, kinds []string) (string, error) {
	var n string
	err := of.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM audit WHERE did IN ('"+strings.Join(kinds, "', '")+"')").Scan(&n)
	return n + "/" + a.now().UTC().Format(time.DateOnly), err
}

func (a *app) from(ctx context.Context, work *workshop) (*draft, error) {
	state, err := a.state(ctx)
	if err != nil {
		return nil, err
	}
	work.mu.Lock()
	if work.of == state {
		defer work.mu.Unlock()
		return work.made, work.failed
	}
	if work.done == nil {
		ctx, cancel := context.WithCancel(a.ctx)
		work.making, work.done, work.cancel, work.stopped, work.far = state, make(chan struct{}), cancel, false, ""
		go a.makeDraft(ctx, work, state, work.done)
	} else if work.making != state { // overtaken
		work.cancel()
	}
	done := work.done
	work.mu.Unlock()
	select {
	case <-done:
		work.mu.Lock()
		defer work.mu.Unlock()
		if work.of == state {
			return work.made, work.failed
		}
		return nil, nil //nolint:nilnil // it is being made
	case <-time.After(patience):
		return nil, nil //nolint:nilnil // it is being made
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (a *app) makeDraft(ctx context.Context, work *workshop, state string, done chan struct{}) {
	d, err := a.prepare(ctx, work.publish, work.tell)
	if d != nil {
		d.state = state
	}
	work.mu.Lock()
	defer work.mu.Unlock()
	ended := ctx.Err() != nil
	work.cancel()
	switch {
	case err != nil && work.stopped:
		work.of, work.made, work.failed = state, nil, errStopped
	case err != nil && ended: // overtaken, or the program ends
		work.of = ""
	default:
		work.of, work.made, work.failed = state, d, err
	}
	work.done = nil
	close(done)
}

// audience is who will read what is published: everyone, unless the officer chose
// members.
func (a *app) audience(ctx context.Context) (model.Audience, error) {
	chosen, err := a.setting(ctx, "audience")
	if string(chosen) == "members" {
		return model.Members, err
	}
	return model.Everyone, err
}

func (a *app) chooseAudience(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	chosen := r.PostForm.Get("audience")
	if chosen != "members" && chosen != "public" {
		return problem{http.StatusBadRequest, "Choose members or the public."}
	}
	err := a.write(r.Context(), choseReaders, "", func(tx *sql.Tx) error { return set(r.Context(), tx, "audience", []byte(chosen)) })
	if err != nil {
		return err
	}
	return back(w, r, "/draft?done=saved")
}

// prepare makes a draft. It leaves no trace.
func (a *app) prepare(ctx context.Context, publish bool, tell func(stage string, done, of int)) (*draft, error) {
	audience, err := a.audience(ctx)
	if err != nil {
		return nil, err
	}
	for lessSure := false; ; lessSure = true {
		d := &draft{audience: audience, k: aggregate.KPublic, lessSure: lessSure}
		if audience == model.Members {
			d.k = aggregate.KMembers
		}
		if err := a.fill(ctx, d, publish, tell); err != nil {
			return nil, err
		}
		if publish || d.lessSure || !d.codes.Few(d.examples, d.collection.Topics) {
			return d, nil
		}
	}
}

func (a *app) fill(ctx context.Context, d *draft, publish bool, tell func(stage string, done, of int)) error {
	var err error
	if d.examples, err = a.examples(ctx); err != nil {
		return err
	}
	if d.undecided, err = a.undecided(ctx); err != nil {
		return err
	}
	decided, err := a.decisions(ctx)
	if err != nil {
		return err
	}
	if d.codes, err = accounts.Fill(d.examples, decided, accounts.Config{LessSure: d.lessSure, K: d.k, Publish: publish, Progress: func(done, of int) error {
		tell("Reading what people wrote", done, of)
		return ctx.Err()
	}}); err != nil {
		return err
	}
	apart, err := a.apart(ctx)
	if err != nil {
		return err
	}
	secret := a.secret()
	cfg := anonymize.Config{Key: secret, Now: a.now().UTC(), Audience: d.audience, Workers: 2, Apart: apart, Progress: func(done, of int) { tell("Anonymising, contributor by contributor", done, of) }}
	sheets, err := a.sheets(ctx)
	if err != nil {
		return err
	}
	d.filed = &returned.Filed{}
	if len(sheets) > 0 {
		theme, err := a.theme(ctx)
		if err != nil {
			return err
		}
		groups, err := a.setting(ctx, "groups")
		if err != nil {
			return err
		}
		earlier, err := a.earlierKeys(ctx)
		if err != nil {
			return err
		}
		d.examples, d.filed, err = returned.Put(ctx, d.examples, sheets, returned.Config{Earlier: earlier, Anonymize: cfg, Locale: locale, Guide: a.sheetConfig, Theme: theme, Groups: strings.Split(string(groups), "\n")})
		if err != nil {
			return err
		}
	}
	if d.results, err = anonymize.All(ctx, cfg, collect.Sequence(d.examples)); err != nil {
		return err
	}
	d.filed.Behind(secret, d.examples, d.results)
	d.records = anonymize.Records(d.results)
	if d.again, err = a.again(ctx, cfg, d.examples); err != nil {
		return err
	}
	press, err := a.press(ctx, &ledger{store: a.store}, d)
	if err != nil {
		return err
	}
	tell("Bringing together what they tell", 0, 0)
	if d.edition, err = press.Draft(ctx, d.records); err != nil {
		return err
	}
	d.collection = d.edition.Collection
	return nil
}

// guideConfig is how guides are written; a draft says that it is one.
func (a *app) guideConfig(draft bool, answers map[string]guidance.Answer) (guidance.Config, error) {
	cfg := guidance.Config{Locale: locale, Catalogs: words.Catalogs(), Date: a.now().UTC().Format(time.DateOnly), Answers: answers}
	var err error
	if draft {
		cfg.Notice, err = words.Draft(locale, false)
	}
	return cfg, err
}

// guide builds a topic's guide, with what is said in it of its codes.
func (d *draft) guide(c *aggregate.Collection, t aggregate.Topic, cfg guidance.Config) (*guidance.Guide, error) {
	g, err := guidance.Build(c, t.ID, cfg)
	if err != nil {
		return nil, err
	}
	return g, d.confirmed(g, t, cfg.Locale)
}

// confirmed adds to a topic's guide what is said in it of its codes.
func (d *draft) confirmed(g *guidance.Guide, t aggregate.Topic, locale string) error {
	if d.codes.Accounts == 0 {
		return nil
	}
	return words.Confirmed(g, t, d.examples, locale)
}

// wanted returns the draft, or answers the request with the page that waits.
func (a *app) wanted(w http.ResponseWriter, r *http.Request) (*draft, bool, error) {
	return a.waited(w, r, a.draft)
}

// waiting is what is known of a draft that is not there yet.
type waiting struct {
	Far     []string
	Stopped bool
	Officer bool
}

func (a *app) waited(w http.ResponseWriter, r *http.Request, from func(context.Context) (*draft, error)) (*draft, bool, error) {
	d, err := from(r.Context())
	v := waiting{Officer: a.role(r.Context(), r) == officerRole, Stopped: errors.Is(err, errStopped)}
	if v.Stopped {
		a.render(w, http.StatusOK, "waiting", page{Title: "Stopped", Part: "draft", Data: v})
		return nil, false, nil
	}
	if err == nil && d == nil {
		for _, work := range a.workshops() {
			work.mu.Lock()
			if work.done != nil && work.far != "" {
				v.Far = append(v.Far, work.far)
			}
			work.mu.Unlock()
		}
		a.render(w, http.StatusOK, "waiting", page{Title: "Being made", Part: "draft", Refresh: true, Data: v})
	}
	return d, d != nil, err
}

func (a *app) workshops() []*workshop { return []*workshop{&a.work, &a.toPublish} }

// stopDraft ends the work in the background. What is published is never half: that
// is no work of this kind.
func (a *app) stopDraft(w http.ResponseWriter, r *http.Request) error {
	for _, work := range a.workshops() {
		work.halt()
	}
	return back(w, r, "/draft")
}

func (a *app) resumeDraft(w http.ResponseWriter, r *http.Request) error {
	for _, work := range a.workshops() {
		work.resume()
	}
	return back(w, r, "/draft")
}
