// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"net/http"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
)

// describing is the page on which an example is written.
type describing struct {
	Form    form
	Preview *preview
	Action  string // where the form is sent
	Change  bool   // of an example that is there already
}

func (a *app) home(w http.ResponseWriter, r *http.Request) {
	s, release := a.visitor(r)
	defer release()
	e, err := a.current(r.Context(), s)
	if err != nil {
		a.failed(w, err)
		return
	}
	view, err := newOverview(e)
	if err != nil {
		a.failed(w, err)
		return
	}
	a.render(w, http.StatusOK, "home", page{Title: "Share what worked, and not whose it was", Part: "home", Said: said(r), Data: view})
}

// newExample shows the blank form, or the form as sent with a preview beside
// it, of which nothing is stored.
func (a *app) newExample(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		a.describe(w, http.StatusOK, describing{Form: newForm(nil, nil), Action: "/examples"})
		return
	}
	p, answers, faults, ok := a.tried(w, r)
	if !ok {
		return
	}
	a.describe(w, codeOf(faults), describing{Form: newForm(answers, faults), Preview: p, Action: "/examples"})
}

func (a *app) describe(w http.ResponseWriter, code int, d describing) {
	title := "Add an example"
	if d.Change {
		title = "Change your example"
	}
	if len(d.Form.Faults) > 0 {
		title = "To mend: " + title
	}
	a.render(w, code, "new", page{Title: title, Part: "new", Data: d})
}

func codeOf(faults []fault) int {
	if len(faults) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// answers reads the form's answers, or answers the request and reports false.
func (a *app) answers(w http.ResponseWriter, r *http.Request) (map[string]string, bool) {
	if !a.submitted(w, r) {
		return nil, false
	}
	answers, err := readAnswers(r)
	if err != nil {
		a.refuse(w, http.StatusBadRequest, "That was not this site’s form.")
	}
	return answers, err == nil
}

// told reads an example from the form, or shows the form with what is to be
// mended and reports false.
func (a *app) told(w http.ResponseWriter, r *http.Request, d describing) (e model.Example, answers map[string]string, ok bool) {
	if answers, ok = a.answers(w, r); !ok {
		return e, nil, false
	}
	e, faults := read(answers)
	if len(faults) > 0 {
		d.Form = newForm(answers, faults)
		a.describe(w, http.StatusUnprocessableEntity, d)
	}
	return e, answers, len(faults) == 0
}

// tried makes a preview of the form's answers without storing anything, or
// answers the request and reports false.
func (a *app) tried(w http.ResponseWriter, r *http.Request) (p *preview, answers map[string]string, faults []fault, ok bool) {
	if answers, ok = a.answers(w, r); !ok {
		return nil, nil, nil, false
	}
	e, faults := read(answers)
	if len(faults) > 0 {
		return nil, answers, faults, true
	}
	s, release := a.visitor(r)
	defer release()
	o := newOwn(e, answers)
	shown, err := a.show(r.Context(), o.example, append(s.parties(), o.example.Parties...))
	if err != nil {
		a.failed(w, err)
		return nil, nil, nil, false
	}
	return &shown, answers, nil, true
}

// previewForm answers a script that sends the form while it is filled in.
func (a *app) previewForm(w http.ResponseWriter, r *http.Request) {
	if p, _, faults, ok := a.tried(w, r); ok {
		a.fragment(w, "beside", describing{Form: form{Faults: faults}, Preview: p})
	}
}

// addExample stores an example from the form.
func (a *app) addExample(w http.ResponseWriter, r *http.Request) {
	if e, answers, ok := a.told(w, r, describing{Action: "/examples"}); ok {
		a.store(w, r, newOwn(e, answers))
	}
}

func (a *app) store(w http.ResponseWriter, r *http.Request, o *own) {
	s, release := a.admit(w, r)
	defer release()
	if s == nil {
		return
	}
	if len(s.examples) >= mostExamples {
		a.refuse(w, http.StatusInsufficientStorage, "This demonstration keeps no more examples of one visitor. Delete one first.")
		return
	}
	s.examples, s.edition = append(s.examples, o), nil
	http.Redirect(w, r, "/examples/"+o.id, http.StatusSeeOther)
}

// pasting is the page on which an example is pasted as JSON.
type pasting struct {
	Text   string
	Faults []fault
}

func (a *app) pasteForm(w http.ResponseWriter, _ *http.Request) {
	a.render(w, http.StatusOK, "paste", page{Title: "Paste an example", Part: "new", Data: pasting{}})
}

func (a *app) paste(w http.ResponseWriter, r *http.Request) {
	if !a.submitted(w, r) {
		return
	}
	text := r.PostForm.Get("json")
	e, err := model.DecodeJSON([]byte(text))
	if err == nil {
		err = e.Validate(collect.Known)
	}
	if err != nil {
		a.render(w, http.StatusUnprocessableEntity, "paste", page{
			Title: "To mend: Paste an example", Part: "new", Data: pasting{text, inJSON(err)},
		})
		return
	}
	a.store(w, r, newOwn(e, nil))
}

// inJSON words an error of the model by the paths of the JSON.
func inJSON(err error) []fault {
	var out []fault
	if v, ok := errors.AsType[*model.ValidationError](err); ok {
		for _, f := range v.Faults {
			out = append(out, fault{ID: "json", Label: f.Path, Rule: f.Rule})
		}
		return out
	}
	if f, ok := errors.AsType[model.Fault](err); ok {
		return []fault{{ID: "json", Label: f.Path, Rule: f.Rule}}
	}
	return []fault{{ID: "json", Label: "The text", Rule: "is not JSON"}}
}

func (a *app) forget(w http.ResponseWriter, r *http.Request) {
	if s, release := a.visitor(r); s != nil {
		a.sessions.forget(s.id)
		release()
	}
	http.SetCookie(w, a.cookie("", -1))
	http.Redirect(w, r, "/?done=forgot", http.StatusSeeOther)
}
