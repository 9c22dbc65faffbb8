// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/rand"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// own is an example of one visitor.
type own struct {
	id      string
	example model.Example
	answers map[string]string // as the form was filled in; nil where JSON was pasted
	signed  string            // hash of the text that was approved; empty until then
	lapsed  bool              // it was approved, and then changed
	refused bool              // the visitor withholds it
}

func newOwn(e model.Example, answers map[string]string) *own {
	o := &own{id: strings.ToLower(rand.Text())}
	o.put(e, answers)
	return o
}

// put takes what the visitor wrote. Whoever signs is the visitor, here: an
// approval that came with the text counts for nothing, and all parties are of
// one holding, so that a visitor counts as one contributor whatever it claims.
func (o *own) put(e model.Example, answers map[string]string) {
	e.ID = o.id
	for i := range e.Parties {
		e.Parties[i].Holding, e.Parties[i].Clients = "visitor", nil
	}
	a := contributors(&e)
	a.Approval = model.Approval{Required: true}
	a.Consent = model.Consent{Status: "requested", Capacity: a.Consent.Capacity}
	o.example, o.answers, o.lapsed, o.signed = e, answers, o.lapsed || o.signed != "", ""
}

// Title is the example's own, raw: for its visitor's eyes only.
func (o *own) Title() string { return string(o.example.Title.Value) }

// contributors returns the agreement of the example's first party, made where
// there is none.
func contributors(e *model.Example) *model.Agreement {
	ref := e.Parties[0].Ref
	e.Agreements = slices.Clone(e.Agreements)
	i := slices.IndexFunc(e.Agreements, func(a model.Agreement) bool { return a.Party == ref })
	if i < 0 {
		i = len(e.Agreements)
		e.Agreements = append(e.Agreements, model.Agreement{Schema: model.AgreementSchema, ID: "visitor", Party: ref})
	}
	e.Agreements[i].Uses = maps.Clone(e.Agreements[i].Uses)
	return &e.Agreements[i]
}

// terms are the visitor's choices about one example.
type terms struct {
	level    model.Level
	audience model.Audience
	uses     model.Uses
}

func termsOf(e model.Example) terms {
	a := contributors(&e)
	uses := model.Uses{}
	for use, granted := range a.Uses {
		if granted {
			uses[use] = true
		}
	}
	return terms{a.Level, a.Audience, uses}
}

// lines are the uses as the form's answer holds them.
func (t terms) lines() string {
	var names []string
	for _, use := range slices.Sorted(maps.Keys(t.uses)) {
		names = append(names, string(use))
	}
	return strings.Join(names, "\n")
}

// under returns the example under the visitor's terms, approved by hash; "" is
// not approved yet.
func (t terms) under(e model.Example, hash, day string) model.Example {
	a := contributors(&e)
	a.Level, a.Audience, a.Uses = t.level, t.audience, t.uses
	a.Approval = model.Approval{Required: true, TextSHA256: hash}
	a.Consent.Status, a.Consent.GivenAt = "given", day
	if hash != "" {
		a.Approval.At = day
	}
	return e
}

// completed fills in what the visitor has not chosen, to show what it would
// mean. assumed says that it did.
func (t terms) completed() (full terms, assumed bool) {
	if t.level == model.Withheld {
		t.level, assumed = model.Anonymous, true
	}
	if len(t.uses) == 0 {
		t.uses, assumed = model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseWorkshop: true}, true
	}
	return t, assumed
}

// readTerms reads the choices of the sign-off form; what is not one of the
// model's values is not chosen.
func readTerms(r *http.Request) (terms, error) {
	t := terms{uses: model.Uses{}}
	if err := t.level.UnmarshalText([]byte(r.PostForm.Get("level"))); err != nil {
		return t, err
	}
	if err := t.audience.UnmarshalText([]byte(r.PostForm.Get("audience"))); err != nil {
		return t, err
	}
	for _, name := range r.PostForm["uses"] {
		known := slices.ContainsFunc(question("uses").Options, func(o model.Option) bool { return o.Value == name })
		if !known {
			return t, model.ErrUnknownValue
		}
		t.uses[model.Use(name)] = true
	}
	return t, nil
}

// turn waits until one of few may work.
func (a *app) turn(ctx context.Context) (done func(), err error) {
	select {
	case a.work <- struct{}{}:
		return func() { <-a.work }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// outcome anonymises one example for an audience. The names that the visitor
// declares in any of its examples are removed.
func (a *app) outcome(ctx context.Context, e model.Example, audience model.Audience, parties []model.Party) (anonymize.Result, error) {
	done, err := a.turn(ctx)
	if err != nil {
		return anonymize.Result{}, err
	}
	defer done()
	z, err := anonymize.New(anonymize.Config{Key: a.key, Now: a.now(), Audience: audience, Parties: parties})
	if err != nil {
		return anonymize.Result{}, err
	}
	results, err := z.Anonymize(ctx, &e)
	if err != nil {
		return anonymize.Result{}, err
	}
	return results[0], nil
}

// parties are those of all examples of the session.
func (s *session) parties() []model.Party {
	if s == nil {
		return nil
	}
	var out []model.Party
	for _, o := range s.examples {
		out = append(out, o.example.Parties...)
	}
	return out
}
