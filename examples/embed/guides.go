// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"html/template"
	"io"
	"maps"
	"net/http"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// reading is the page on which a guide is read and its slots are filled in.
type reading struct {
	ID        string
	Guide     template.HTML
	Slots     int
	Filled    int
	Own       bool // see topic
	Counted   bool
	Public    int // contributors beside the visitor
	Conflicts []conflict
	Fault     string // why an uploaded document was not read
}

type conflict struct{ Slot, Question, Mine, Theirs string }

// wanted finds the topic that the request names in the edition that the visitor
// sees, or answers the request.
func (a *app) wanted(w http.ResponseWriter, r *http.Request, s *session) (topic, bool) {
	e, err := a.current(r.Context(), s)
	if err != nil {
		a.failed(w, err)
		return topic{}, false
	}
	t, ok := e.find(r.PathValue("id"))
	if !ok {
		a.refuse(w, http.StatusNotFound, "There is no guide on that: too few contributors tell of it.")
	}
	return t, ok
}

// built writes the guide of a topic with the visitor's own words in its slots.
func (a *app) built(t topic, s *session) (*guidance.Guide, error) {
	cfg := guidance.Config{Locale: locale, Date: a.day()}
	if s != nil {
		cfg.Answers = s.answers[t.ID]
	}
	return guidance.Build(t.from, t.topic, cfg)
}

func (a *app) guide(w http.ResponseWriter, r *http.Request) {
	s, release := a.visitor(r)
	defer release()
	if t, ok := a.wanted(w, r, s); ok {
		a.showGuide(w, r, s, t, http.StatusOK, "")
	}
}

func (a *app) showGuide(w http.ResponseWriter, r *http.Request, s *session, t topic, code int, fault string) {
	g, err := a.built(t, s)
	if err != nil {
		a.failed(w, err)
		return
	}
	var b strings.Builder
	if err := (render.HTML{Fragment: true, Prefix: "g-", Slot: slotField}).Render(&b, g); err != nil {
		a.failed(w, err)
		return
	}
	slots := slotsOf(g)
	v := reading{
		ID: t.ID, Slots: len(slots), Own: t.Own, Counted: t.Counted, Public: aggregate.KPublic, Fault: fault,
		Guide: template.HTML(b.String()), //nolint:gosec // the renderer and slotField escape all text
	}
	for _, slot := range slots {
		if slot.Answer != "" {
			v.Filled++
		}
	}
	if s != nil {
		for _, c := range s.conflicts[t.ID] {
			v.Conflicts = append(v.Conflicts, conflict{c.Slot, slots[c.Slot].Question, c.Mine.Text, c.Theirs.Text})
		}
	}
	title := g.Front.Title
	if fault != "" {
		title = "Not read: " + title
	}
	a.render(w, code, "guide", page{Title: title, Part: "topics", Said: said(r), Data: v})
}

// filling is what a request that fills in slots is about.
type filling struct {
	*session
	topic
	slots   map[string]guidance.Slot
	release func()
}

// filled finds it, the session made where there is none, or answers the request
// and reports false. The caller releases it where it reports true.
func (a *app) filled(w http.ResponseWriter, r *http.Request) (filling, bool) {
	s, release := a.admit(w, r)
	if s != nil {
		if t, ok := a.wanted(w, r, s); ok {
			g, err := a.built(t, s)
			if err == nil {
				return filling{s, t, slotsOf(g), release}, true
			}
			a.failed(w, err)
		}
	}
	release()
	return filling{}, false
}

// saveSlots stores what the visitor wrote into the slots. Beside each answer is
// kept what evidence it stood beside.
func (a *app) saveSlots(w http.ResponseWriter, r *http.Request) {
	if !a.submitted(w, r) {
		return
	}
	f, ok := a.filled(w, r)
	if !ok {
		return
	}
	defer f.release()
	answers := map[string]guidance.Answer{}
	maps.Copy(answers, f.answers[f.ID])
	for name := range r.PostForm {
		slot, ok := f.slots[strings.TrimPrefix(name, slotPrefix)]
		if !ok || !strings.HasPrefix(name, slotPrefix) {
			a.refuse(w, http.StatusBadRequest, "That was not this guide’s form.")
			return
		}
		text, ok := tidy(r.PostForm.Get(name))
		if !ok {
			a.refuse(w, http.StatusUnprocessableEntity, "An answer is too long, or holds characters that no text has.")
			return
		}
		switch text {
		case "":
			delete(answers, slot.ID)
		case slot.Answer: // the evidence it was written beside stays
		default:
			answers[slot.ID] = guidance.Answer{Text: text, Basis: slot.Basis}
		}
	}
	if a.kept(w, f.session, f.ID, answers) {
		http.Redirect(w, r, "/guides/"+f.ID+"?done=saved", http.StatusSeeOther)
	}
}

// kept stores answers, or answers the request and reports false.
func (a *app) kept(w http.ResponseWriter, s *session, id string, answers map[string]guidance.Answer) bool {
	ok := s.keep(id, answers)
	if !ok {
		a.refuse(w, http.StatusInsufficientStorage, "This demonstration keeps no more text of one visitor.")
	}
	return ok
}

// keep stores the answers for a guide unless the session holds too much.
func (s *session) keep(id string, answers map[string]guidance.Answer) bool {
	written := 0
	for of, all := range s.answers {
		if of != id {
			for _, answer := range all {
				written += len(answer.Text)
			}
		}
	}
	for _, answer := range answers {
		written += len(answer.Text)
	}
	if written > mostWritten {
		return false
	}
	s.answers[id] = answers
	return true
}

// download writes the guide, with the slots as they are filled, as a file.
func (a *app) download(w http.ResponseWriter, r *http.Request) {
	s, release := a.visitor(r)
	defer release()
	t, ok := a.wanted(w, r, s)
	if !ok {
		return
	}
	_, extension, _ := strings.Cut(r.PathValue("document"), ".")
	format, ok := map[string]renderer{
		"guide.docx": render.DOCX{}, "guide.md": render.Markdown{}, "guide.html": render.HTML{}, "guide.json": render.JSON{}, "guide.txt": render.PlainText{},
	}[r.PathValue("document")]
	if !ok {
		a.refuse(w, http.StatusNotFound, "Guides are not written in that format.")
		return
	}
	g, err := a.built(t, s)
	if err != nil {
		a.failed(w, err)
		return
	}
	if a.attach(w, t.ID+"."+extension, format, g) && s != nil {
		s.taken[t.ID] = g.Answers()
	}
}

// renderer writes a guide in one format.
type renderer interface {
	Render(w io.Writer, g *guidance.Guide) error
}

// attach answers with a document to keep, or reports false. Names are made of
// ids, never of text.
func (a *app) attach(w http.ResponseWriter, name string, format renderer, g *guidance.Guide) bool {
	var body bytes.Buffer
	if err := format.Render(&body, g); err != nil {
		a.failed(w, err)
		return false
	}
	kind := map[string]string{
		"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"md":   "text/markdown; charset=utf-8",
		"html": "application/octet-stream", // to keep, never a page of this origin
		"json": "application/json",
		"txt":  "text/plain; charset=utf-8",
	}[name[strings.LastIndexByte(name, '.')+1:]]
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	a.send(w, body.Bytes())
	return true
}
