// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"errors"
	"html/template"
	"io"
	"iter"
	"net/http"
	"slices"
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
	"github.com/sharedpractice/sharedpractice/guidance/render"
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
func (a *app) state(ctx context.Context) (string, error) { return a.lastOf(ctx, changesDraft()) }

// lastOf is the last entry of the audit log of some kinds, and the day.
func (a *app) lastOf(ctx context.Context, kinds []string) (string, error) {
	var n string
	err := a.db.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM audit WHERE did IN ('"+strings.Join(kinds, "', '")+"')").Scan(&n)
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
	if d.results, err = anonymize.All(ctx, cfg, sequence(d.examples)); err != nil {
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

func sequence(examples []model.Example) iter.Seq2[model.Example, error] {
	return func(yield func(model.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	}
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
	if err != nil || d.codes.Accounts == 0 {
		return g, err
	}
	return g, words.Confirmed(g, t, d.examples, cfg.Locale)
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

type drafted struct {
	Members                     bool
	Examples, Records, Withheld int
	Contributors, K             int
	Missing                     int // contributors that nothing can be told without
	LessSure                    bool
	Open                        int // codes that nobody confirmed
	Topics                      []topic
	Closed                      []closed
	Again                       []closed // what became another record since the last edition
	AgainTitle                  string
	Held                        edition.Held
	Joined, Gone                []string // topics, since the last edition; nil where there is none
	Lacking                     []lack
}

// lack is a subject that some contributors tell of, but too few.
type lack struct {
	Subject   string
	Has, More int
}

// sinceLast are the titles of guides that join and go with this draft.
func (d *draft) sinceLast() (joined, gone []string, err error) {
	if d.edition.Previous == nil {
		return nil, nil, nil
	}
	titles := func(of, not *aggregate.Collection) (out []string) {
		for _, t := range of.Topics {
			if slices.ContainsFunc(not.Topics, func(o aggregate.Topic) bool { return o.ID == t.ID }) {
				continue
			}
			g, fault := guidance.Build(of, t.ID, guidance.Config{Locale: locale})
			if err = errors.Join(err, fault); fault == nil {
				out = append(out, g.Front.Title)
			}
		}
		return out
	}
	return titles(d.collection, d.edition.Previous), titles(d.edition.Previous, d.collection), err
}

type topic struct {
	ID, Title    string
	Contributors int
	Examples     int
	Slots        int
	Filled       int
}

// closed is an example of which nothing is published, and why.
type closed struct {
	ID      string
	Title   string
	Reasons []string
}

func (a *app) draftPage(w http.ResponseWriter, r *http.Request) error {
	d, ok, err := a.wanted(w, r)
	if err != nil || !ok {
		return err
	}
	v := drafted{
		Members:  d.audience == model.Members,
		Examples: len(d.results), Records: len(d.records), Withheld: len(d.results) - len(d.records),
		Contributors: aggregate.Independent(d.records), K: d.k,
		Missing: max(0, d.k-aggregate.Independent(d.records)), LessSure: d.lessSure, Open: len(d.codes.Open),
	}
	if v.Topics, err = a.topics(r.Context(), d); err != nil {
		return err
	}
	v.Held = d.edition.Held
	if v.Joined, v.Gone, err = d.sinceLast(); err != nil {
		return err
	}
	examples, err := a.examples(r.Context())
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, e := range examples {
		titles[e.ID] = called(e)
	}
	reader := a.role(r.Context(), r) == readerRole // who learns of no example
	for _, x := range d.results {
		if !x.Withheld() || reader {
			continue
		}
		v.Closed = append(v.Closed, closed{ID: x.Log.Example, Title: titles[x.Log.Example], Reasons: whysClosed(x)})
	}
	if !reader {
		for _, x := range collect.Lacking(d.records, d.k) {
			v.Lacking = append(v.Lacking, lack{label(string(x.Code)), x.Contributors, d.k - x.Contributors})
		}
		if v.AgainTitle, v.Again, err = d.madeAgain(titles); err != nil {
			return err
		}
	}
	a.render(w, http.StatusOK, "draft", page{Title: "Draft", Part: "draft", Said: said(r), Data: v})
	return nil
}

// whyClosed words a reason by its code.
func whyClosed(r model.Reason) string {
	switch r.Code {
	case model.ReasonNoAgreement:
		return "there is no agreement"
	case model.ReasonConsent:
		return "the contributor has not agreed"
	case model.ReasonLevel:
		return "the agreement withholds it, or its answer was not understood"
	case model.ReasonAudience:
		return "it may not be read by these readers"
	case model.ReasonUse, anonymize.ReasonNothingGranted:
		return "the use is not granted"
	case model.ReasonExpired:
		return "the agreement has expired"
	case model.ReasonNotYet:
		return "the agreement begins later"
	case model.ReasonWithdrawn:
		return "the contributor has withdrawn it"
	case model.ReasonConditions:
		return "a condition in the agreement waits for a person to read it"
	}
	return strings.ReplaceAll(r.Code, "-", " ")
}

func (a *app) topics(ctx context.Context, d *draft) ([]topic, error) {
	var out []topic
	for _, t := range d.collection.Topics {
		g, err := guidance.Build(d.collection, t.ID, guidance.Config{Locale: locale})
		if err != nil {
			return nil, err
		}
		answers, err := a.answers(ctx, g.Front.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, topic{g.Front.ID, g.Front.Title, t.Support.Contributors, t.Support.Examples, len(slotsOf(g)), len(answers)})
	}
	return out, nil
}

type shown struct {
	ID    string
	Guide template.HTML
}

func (a *app) draftGuide(w http.ResponseWriter, r *http.Request) error {
	g, body, err := a.fragment(w, r, nil)
	if g == nil || err != nil {
		return err
	}
	a.render(w, http.StatusOK, "guide-draft", page{Title: g.Front.Title, Part: "draft", Data: shown{g.Front.ID, body}})
	return nil
}

// fragment is the guide that a request names, as a part of a page; nil where the page
// that waits was answered. slot writes its open questions, nil as they stand.
func (a *app) fragment(w http.ResponseWriter, r *http.Request, slot func(io.Writer, *guidance.Slot) error) (*guidance.Guide, template.HTML, error) {
	d, ok, err := a.wanted(w, r)
	if err != nil || !ok {
		return nil, "", err
	}
	g, err := a.written(r.Context(), d, r.PathValue("guide"))
	if err != nil {
		return nil, "", err
	}
	var b strings.Builder
	if err := (render.HTML{Fragment: true, Prefix: "g-", Slot: slot}).Render(&b, g); err != nil {
		return nil, "", err
	}
	return g, template.HTML(b.String()), nil //nolint:gosec // the renderer and writeField escape all text
}

// written is a guide of the draft with the answers that are kept.
func (a *app) written(ctx context.Context, d *draft, id string) (*guidance.Guide, error) {
	answers, err := a.answers(ctx, id)
	if err != nil {
		return nil, err
	}
	cfg, err := a.guideConfig(true, answers)
	if err == nil && d.lessSure {
		cfg.Notice, err = words.Draft(locale, true)
	}
	if err != nil {
		return nil, err
	}
	for _, t := range d.collection.Topics {
		g, err := d.guide(d.collection, t, cfg)
		if err != nil || g.Front.ID == id {
			return g, err
		}
	}
	return nil, problem{http.StatusNotFound, "There is no guide on that: too few contributors tell of it."}
}
