// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/words"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

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
	Held                        string
	Joined, Gone                []string // topics, since the last edition; nil where there is none
	Lacking                     []lack
	Remedies                    []remedy
}

// remedy says of how many examples are withheld for a reason what can be done.
type remedy struct {
	Examples   int
	Why, Do    string
	At, Called string // a page on which it is done
}

// heldBack says what of a draft waits.
func (a *app) heldBack(ctx context.Context, d *draft) (string, error) {
	n := 0
	err := a.db.QueryRowContext(ctx, "SELECT count(*) FROM edition").Scan(&n)
	return collect.HeldBack(d.edition.Held, d.k, n == 0), err
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
	if v.Held, err = a.heldBack(r.Context(), d); err != nil {
		return err
	}
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
		for _, reason := range d.reasons(x) {
			v.remedied(reason)
		}
		v.Closed = append(v.Closed, closed{ID: x.Log.Example, Title: titles[x.Log.Example], Reasons: d.whysClosed(x)})
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
	case reasonUndecided:
		return "the last export says something else of it, or lacks it, and nobody has decided what that means"
	}
	return strings.ReplaceAll(r.Code, "-", " ")
}

// remedied counts an example that is withheld for a reason.
func (v *drafted) remedied(reason model.Reason) {
	why := whyClosed(reason)
	i := slices.IndexFunc(v.Remedies, func(r remedy) bool { return r.Why == why })
	if i < 0 {
		r := remedy{Why: why}
		switch reason.Code {
		case model.ReasonUse, anonymize.ReasonNothingGranted:
			r.Do, r.At, r.Called = "Where your form told everybody what it may be used for, say it once for the whole sheet, with its columns:", "/check", "Check, then Columns"
		case model.ReasonLevel:
			r.Do, r.At, r.Called = "What was not understood is listed; where the contributor said “not at all”, it stays so.", "/check", "Check"
		case model.ReasonConsent:
			r.Do, r.At, r.Called = "Ask it again; what it answers you can settle for its example.", "/examples", "Examples"
		case model.ReasonAudience:
			r.Do = "Fewer readers may read it: choose members above, where that is who may."
			if v.Members {
				r.Do = "The working group alone may read it."
			}
		case model.ReasonConditions:
			r.Do, r.At, r.Called = "Read it, and settle the agreement of the example.", "/examples", "Examples"
		case reasonUndecided:
			r.Do, r.At, r.Called = "Say whether it is the same, stays or is withdrawn.", "/check", "Check"
		case model.ReasonExpired, model.ReasonNoAgreement:
			r.Do = "Ask for a new agreement, and take it in with the next export."
		}
		v.Remedies, i = append(v.Remedies, r), len(v.Remedies)
	}
	v.Remedies[i].Examples++
}

func (a *app) topics(ctx context.Context, d *draft) ([]topic, error) {
	answers, err := a.allAnswers(ctx)
	if err != nil {
		return nil, err
	}
	var out []topic
	for _, t := range d.collection.Topics {
		// With what was written, since a guide keeps answers to questions that it no longer asks.
		g, err := guidance.Build(d.collection, t.ID, guidance.Config{Locale: locale, Answers: answers[t.ID]})
		if err != nil {
			return nil, err
		}
		out = append(out, topic{g.Front.ID, g.Front.Title, t.Support.Contributors, t.Support.Examples, len(slotsOf(g)), len(g.Answers())})
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
