// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// upload takes the answers back from a document that was edited: a DOCX, a
// Markdown or a JSON file. What one side changed since the last download is
// taken; where both did, the visitor is asked.
func (a *app) upload(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		a.refuse(w, http.StatusUnsupportedMediaType, "Only this site’s own forms are read here.")
		return
	}
	name, body, err := uploaded(r)
	if err != nil {
		a.unread(w, err)
		return
	}
	f, ok := a.filled(w, r)
	if !ok {
		return
	}
	defer f.release()
	theirs, fault := answersIn(name, body, f.slots)
	if fault != "" {
		a.showGuide(w, r, f.session, f.topic, http.StatusUnprocessableEntity, fault)
		return
	}
	merged, conflicts := guidance.MergeAnswers(f.taken[f.ID], f.answers[f.ID], theirs)
	if a.kept(w, f.session, f.ID, merged) {
		f.conflicts[f.ID], f.taken[f.ID] = conflicts, theirs
		http.Redirect(w, r, "/guides/"+f.ID+"?done=taken", http.StatusSeeOther)
	}
}

// uploaded reads the one file of an upload into memory. The name's extension is
// all that is looked at of it.
func uploaded(r *http.Request) (extension string, body []byte, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, err
	}
	for {
		p, err := parts.NextPart()
		if err != nil {
			return "", nil, err
		}
		if p.FormName() != "document" {
			continue
		}
		body, err := io.ReadAll(p)
		return strings.ToLower(path.Ext(p.FileName())), body, err
	}
}

// answersIn reads the answers to a guide's slots from a document. fault says, in
// this program's words, why it cannot.
func answersIn(extension string, body []byte, slots map[string]guidance.Slot) (answers map[string]guidance.Answer, fault string) {
	var all map[string]guidance.Answer
	var err error
	switch extension {
	case ".docx":
		all, err = render.DOCX{}.Answers(bytes.NewReader(body), int64(len(body)))
	case ".md":
		all, err = render.Markdown{}.Answers(bytes.NewReader(body))
	case ".json":
		all, err = render.JSON{}.Answers(bytes.NewReader(body))
	default:
		return nil, "Choose a .docx, .md or .json file that was downloaded here."
	}
	if err != nil {
		if errors.Is(err, render.ErrAnswers) {
			return nil, "No answers can be read from that file. Is it a guide that was downloaded here?"
		}
		return nil, "That file cannot be read."
	}
	answers = map[string]guidance.Answer{}
	for id, answer := range all {
		if _, ok := slots[id]; !ok {
			continue // of another guide, or made up
		}
		text, ok := tidy(answer.Text)
		if !ok || len(answer.Basis) > 128 {
			return nil, "An answer in that file is too long, or holds characters that no text has."
		}
		answers[id] = guidance.Answer{Text: text, Basis: answer.Basis}
	}
	return answers, ""
}

// settle ends a conflict in the way that the visitor chose.
func (a *app) settle(w http.ResponseWriter, r *http.Request) {
	if !a.submitted(w, r) {
		return
	}
	s, release := a.visitor(r)
	defer release()
	t, ok := a.wanted(w, r, s)
	if !ok {
		return
	}
	var open []guidance.Conflict
	if s != nil {
		open = s.conflicts[t.ID]
	}
	i := slices.IndexFunc(open, func(c guidance.Conflict) bool { return c.Slot == r.PostForm.Get("slot") })
	if i < 0 {
		if a.ended(w, r) {
			return
		}
		a.refuse(w, http.StatusNotFound, "That question is settled already.")
		return
	}
	if r.PostForm.Get("take") == "document" {
		answers := map[string]guidance.Answer{}
		maps.Copy(answers, s.answers[t.ID])
		if theirs := open[i].Theirs; theirs.Text == "" {
			delete(answers, open[i].Slot)
		} else {
			answers[open[i].Slot] = theirs
		}
		if !a.kept(w, s, t.ID, answers) {
			return
		}
	}
	s.conflicts[t.ID] = slices.Delete(slices.Clone(open), i, i+1)
	http.Redirect(w, r, "/guides/"+t.ID+"?done=saved", http.StatusSeeOther)
}
