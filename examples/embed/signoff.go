// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// signing is the page on which an example is read as it would be published, and
// signed off or withheld.
type signing struct {
	ID, Title string
	State     string // draft, signed, lapsed, withheld
	Form      bool   // it was written in the form, and can be changed there
	Preview   preview
	Level     field
	Audience  field
	Uses      field
	Changed   bool   // the text is another than that which was to be approved
	Unread    bool   // the box that says that it was read is empty
	Signed    string // hash
}

func (o *own) state() string {
	switch {
	case o.refused:
		return "withheld"
	case o.signed != "":
		return "signed"
	case o.lapsed:
		return "lapsed"
	}
	return "draft"
}

// listed is an example in the visitor's list.
type listed struct{ ID, Title, State string }

func (a *app) listExamples(w http.ResponseWriter, r *http.Request) {
	s, release := a.visitor(r)
	defer release()
	var all []listed
	if s != nil {
		for _, o := range s.examples {
			all = append(all, listed{o.id, o.Title(), o.state()})
		}
	}
	a.render(w, http.StatusOK, "examples", page{Title: "Your examples", Part: "examples", Said: cmp.Or(said(r), a.forgotten(r)), Data: all})
}

// owned finds the visitor's example that the request names, or answers the
// request. Another visitor's is not found.
func (a *app) owned(w http.ResponseWriter, r *http.Request) (*session, *own, func()) {
	s, release := a.visitor(r)
	o := s.example(r.PathValue("id"))
	if o == nil {
		release()
		if !a.ended(w, r) {
			a.refuse(w, http.StatusNotFound, "There is no such example, or it is not yours.")
		}
		return nil, nil, func() {}
	}
	return s, o, release
}

// onOwn handles a request about one of the visitor's examples.
func (a *app) onOwn(h func(w http.ResponseWriter, r *http.Request, s *session, o *own)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s, o, release := a.owned(w, r)
		defer release()
		if o != nil {
			h(w, r, s, o)
		}
	}
}

// onTerms handles a request that chooses terms for one of the visitor's examples.
func (a *app) onTerms(h func(w http.ResponseWriter, r *http.Request, s *session, o *own, t terms)) http.HandlerFunc {
	return a.onOwn(func(w http.ResponseWriter, r *http.Request, s *session, o *own) {
		if t, ok := a.chosen(w, r); ok {
			h(w, r, s, o, t)
		}
	})
}

func (a *app) example(w http.ResponseWriter, r *http.Request, s *session, o *own) {
	a.showSigning(w, r, s, o, http.StatusOK, signing{})
}

func (a *app) showSigning(w http.ResponseWriter, r *http.Request, s *session, o *own, code int, v signing) {
	p, err := a.show(r.Context(), o.example, s.parties())
	if err != nil {
		a.failed(w, err)
		return
	}
	v.ID, v.Title, v.State, v.Form, v.Preview, v.Signed = o.id, o.Title(), o.state(), o.answers != nil, p, o.signed
	if v.State == "signed" && p.Hash != o.signed { // another example declared a name
		v.State = "lapsed"
	}
	v.choices(termsOf(o.example))
	a.render(w, code, "example", page{Title: "What would be published", Part: "examples", Said: said(r), Data: v})
}

// choices fills the fields in which terms are chosen.
func (v *signing) choices(t terms) {
	pick := func(id, answer string) field {
		q := question(id)
		return field{Question: q, Options: q.Options, Answer: answer}
	}
	v.Level = pick("confidentiality", t.level.String())
	v.Level.Options = slices.DeleteFunc(slices.Clone(v.Level.Options), func(o model.Option) bool { return o.Value == model.Withheld.String() })
	v.Audience = pick("audience", t.audience.String())
	v.Uses = pick("uses", t.lines())
}

// chosen reads the terms that the request chooses for an example, or answers
// the request.
func (a *app) chosen(w http.ResponseWriter, r *http.Request) (t terms, ok bool) {
	if !a.submitted(w, r) {
		return t, false
	}
	t, err := readTerms(r)
	if err != nil {
		a.refuse(w, http.StatusUnprocessableEntity, "Choose how the example may be told, and for whom.")
		return t, false
	}
	return t, true
}

// previewTerms shows what other terms would mean, and stores nothing.
func (a *app) previewTerms(w http.ResponseWriter, r *http.Request, s *session, o *own, t terms) {
	e := o.example
	t.on(&e)
	p, err := a.show(r.Context(), e, s.parties())
	if err != nil {
		a.failed(w, err)
		return
	}
	a.fragment(w, "preview", p)
}

// on writes the visitor's choices into the example, not yet agreed to.
func (t terms) on(e *model.Example) {
	a := contributors(e)
	a.Level, a.Audience, a.Uses = t.level, t.audience, t.uses
}

// changeTerms stores other terms. An approval of a text that they change lapses.
func (a *app) changeTerms(w http.ResponseWriter, r *http.Request, s *session, o *own, t terms) {
	o.choose(t)
	s.edition = nil
	http.Redirect(w, r, "/examples/"+o.id+"?done=changed", http.StatusSeeOther)
}

func (o *own) choose(t terms) {
	t.on(&o.example)
	o.put(o.example, o.answers)
	o.refused = false
	if o.answers != nil { // the form asks the same
		o.answers["confidentiality"], o.answers["audience"] = t.level.String(), t.audience.String()
		o.answers["uses"] = t.lines()
	}
}

// sign approves the exact text whose hash the visitor was shown, under the terms
// that the visitor chose, and nothing else.
func (a *app) sign(w http.ResponseWriter, r *http.Request, s *session, o *own, t terms) {
	o.choose(t)
	s.edition = nil
	p, err := a.show(r.Context(), o.example, s.parties())
	if err != nil {
		a.failed(w, err)
		return
	}
	switch {
	case p.Withheld || p.Assumed || r.PostForm.Get("hash") != p.Hash:
		a.showSigning(w, r, s, o, http.StatusConflict, signing{Changed: true})
		return
	case r.PostForm.Get("read") != "yes":
		a.showSigning(w, r, s, o, http.StatusUnprocessableEntity, signing{Unread: true})
		return
	}
	o.example = t.under(o.example, p.Hash, a.day())
	o.signed, o.lapsed = p.Hash, false
	http.Redirect(w, r, "/examples/"+o.id+"?done=signed", http.StatusSeeOther)
}

func (a *app) withhold(w http.ResponseWriter, r *http.Request, s *session, o *own) {
	t := termsOf(o.example)
	t.level, t.uses = model.Withheld, nil
	o.choose(t)
	contributors(&o.example).Consent.Status = "declined"
	o.refused, s.edition = true, nil
	http.Redirect(w, r, "/examples/"+o.id+"?done=withheld", http.StatusSeeOther)
}

func (a *app) deleteExample(w http.ResponseWriter, r *http.Request, s *session, o *own) {
	s.examples = slices.DeleteFunc(s.examples, func(x *own) bool { return x == o })
	s.edition = nil
	http.Redirect(w, r, "/examples?done=deleted", http.StatusSeeOther)
}

func (a *app) editExample(w http.ResponseWriter, _ *http.Request, _ *session, o *own) {
	if o.answers == nil {
		a.refuse(w, http.StatusConflict, "This example was pasted. To change it, paste it again.")
		return
	}
	a.describe(w, http.StatusOK, describing{Form: newForm(o.answers, nil), Action: "/examples/" + o.id + "/edit", Change: true})
}

func (a *app) changeExample(w http.ResponseWriter, r *http.Request, s *session, o *own) {
	e, answers, ok := a.told(w, r, describing{Action: "/examples/" + o.id + "/edit", Change: true})
	if !ok {
		return
	}
	o.put(e, answers)
	o.refused, s.edition = false, nil
	http.Redirect(w, r, "/examples/"+o.id+"?done=changed", http.StatusSeeOther)
}

// signOffSheet is the sheet for a party that signs on paper.
func (a *app) signOffSheet(w http.ResponseWriter, r *http.Request, s *session, o *own) {
	p, err := a.show(r.Context(), o.example, s.parties())
	if err != nil {
		a.failed(w, err)
		return
	}
	if p.Withheld {
		a.refuse(w, http.StatusConflict, "Nothing of this example would be published, so that there is nothing to sign.")
		return
	}
	g, err := guidance.SignOff(p.result.Record, p.result.Log, guidance.Config{Locale: locale, Date: a.day()})
	if err != nil {
		a.failed(w, err)
		return
	}
	a.attach(w, "sign-off.docx", render.DOCX{}, g)
}
