// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/reading"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

//go:embed pages.html
var text string

//go:embed style.css
var style string

var pages = template.Must(template.New("").Parse(text)) //nolint:gochecknoglobals // never changed

// refusal is an answer other than a page, in words of this program's own.
type refusal struct {
	code int
	why  string
}

func (r refusal) Error() string { return r.why }

// visitor says who asks: "" for nobody yet. Put your site's own sign-in here.
func visitor(r *http.Request) string {
	c, err := r.Cookie("visitor")
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(c.Value))
	return "o-" + hex.EncodeToString(sum[:16])
}

// welcome gives a visitor who writes a cookie, and says who it is from now on.
func (s *Site) welcome(w http.ResponseWriter, r *http.Request) string {
	if visitor(r) == "" {
		c := &http.Cookie{Name: "visitor", Value: rand.Text(), Path: "/", HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteStrictMode, MaxAge: 1e7}
		http.SetCookie(w, c)
		r.AddCookie(c)
	}
	return visitor(r)
}

// Handler answers for the names in hosts: any other was pointed here by somebody else.
func (s *Site) Handler(hosts ...string) http.Handler {
	mux := http.NewServeMux()
	for route, h := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /{$}":            s.home,
		"POST /examples":      s.add,
		"GET /examples/{id}":  s.example,
		"POST /examples/{id}": s.decide,
		"GET /guides/{guide}": s.guide,
	} {
		mux.HandleFunc(route, func(w http.ResponseWriter, r *http.Request) {
			no := refusal{http.StatusInternalServerError, "That could not be done."}
			if err := h(w, r); errors.As(err, &no) || err != nil {
				s.render(w, no.code, "refused", no.why) //nolint:errcheck // there is nobody left to tell
			}
		})
	}
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		io.WriteString(w, render.HTML{}.PageStyleSheet()+style) //nolint:errcheck // there is nobody left to tell
	})
	safe := http.NewCrossOriginProtection().Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		} {
			w.Header().Set(name, value)
		}
		if !slices.Contains(hosts, r.Host) {
			http.Error(w, "This program does not answer by that name.", http.StatusMisdirectedRequest)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		safe.ServeHTTP(w, r)
	})
}

func (s *Site) render(w http.ResponseWriter, code int, name string, data any) error {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		return errors.New("a page cannot be shown") // the error may quote what was to be shown
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	_, err := w.Write(b.Bytes())
	return err
}

func (s *Site) home(w http.ResponseWriter, r *http.Request) error {
	all, err := s.examples(r.Context(), nameOf(visitor(r), ""))
	c, failed := s.Published(r.Context())
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	own, guides, voc := map[string]string{}, map[string]string{}, vocabulary.Default() // titles
	for _, e := range all {
		own[e.ID] = string(e.Title.Value)
	}
	for _, t := range c.Topics {
		g, err := guidance.Build(c, t.ID, guidance.Config{})
		if err != nil {
			return err
		}
		guides[t.ID] = g.Front.Title
	}
	return s.render(w, http.StatusOK, "home", map[string]any{
		"Own": own, "Guides": guides, "Challenges": voc.Scheme(vocabulary.Challenge).Concepts(), "Objectives": voc.Scheme(vocabulary.Objective).Concepts(),
	})
}

// add takes an example in. Nothing of it may be used before its contributor has
// seen what would be published and said so.
func (s *Site) add(w http.ResponseWriter, r *http.Request) error {
	field := func(name string) model.Raw {
		return model.Raw(strings.TrimSpace(strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n")))
	}
	title, name, account := field("title"), field("organisation"), field("account")
	if title == "" || name == "" || account == "" {
		return refusal{http.StatusUnprocessableEntity, "A title, the name of your organisation and what happened are needed."}
	}
	who := s.welcome(w, r)
	e := model.Example{
		ID: "e-" + strings.ToLower(rand.Text()), Kind: "ki:engagement-activity", Title: model.Text{Value: title}, Account: account,
		Challenges: []model.Challenge{{Coded: model.Coded{Code: model.Code(field("challenge")), AssignedBy: model.ByContributor}}},
		Objectives: []model.Objective{{Coded: model.Coded{Code: model.Code(field("objective")), AssignedBy: model.ByContributor}}},
		Parties:    []model.Party{{Ref: who, Role: "contributor", Identities: []model.Identity{{Type: "organisation", Name: name}}}},
		Agreements: []model.Agreement{{Schema: model.AgreementSchema, ID: "a-" + strings.ToLower(rand.Text()), Party: who}},
	}
	reader, err := reading.New(reading.Config{})
	if err == nil {
		e, _, err = reader.Fill(e)
	}
	e.Account = "" // it is not needed any more
	if err != nil || s.put(r.Context(), visitor(r), e) != nil {
		return refusal{http.StatusUnprocessableEntity, "That cannot be taken in. Choose a challenge and an objective, and leave out characters that no text has."}
	}
	http.Redirect(w, r, "/examples/"+e.ID, http.StatusSeeOther)
	return nil
}

// own finds an example of the visitor's. Anybody else's is not there.
func (s *Site) own(r *http.Request) (model.Example, error) {
	body, err := s.store.Get(r.Context(), nameOf(visitor(r), r.PathValue("id")))
	if err == nil && body == nil {
		err = refusal{http.StatusNotFound, "There is no such example of yours."}
	}
	if err != nil {
		return model.Example{}, err
	}
	return model.DecodeJSON(body)
}

// offered is an agreement that opens an example as far as a contributor is asked:
// without its name, for guidance, once the exact text is approved.
func offered(e model.Example) model.Example {
	a := e.Agreements[0]
	a.Level, a.Audience, a.Consent = model.Anonymous, model.Everyone, model.Consent{Status: "given"}
	a.Uses = model.Uses{model.UseAggregate: true, model.UseGuidance: true}
	a.Approval.Required = true
	e.Agreements = []model.Agreement{a}
	return e
}

func (s *Site) example(w http.ResponseWriter, r *http.Request) error {
	e, err := s.own(r)
	if err != nil {
		return err
	}
	log, sheet, err := s.preview(r.Context(), offered(e))
	if err != nil {
		return err
	}
	var b strings.Builder
	if sheet != nil {
		nothing := func(io.Writer, *guidance.Slot) error { return nil } // the page's own buttons take the answer
		if err := (render.HTML{Fragment: true, Level: 2, Prefix: "s-", Slot: nothing}).Render(&b, sheet); err != nil {
			return err
		}
	}
	return s.render(w, http.StatusOK, "example", map[string]any{
		"ID": e.ID, "Title": string(e.Title.Value), "Sheet": template.HTML(b.String()), "Text": log.Approval, //nolint:gosec // the renderer escapes all text
		"Open": e.Agreements[0].Level > model.Withheld, "Current": e.Agreements[0].Approval.TextSHA256 == log.Approval,
	})
}

// decide files what a contributor says: yes to exactly the text that was shown, no, or delete.
func (s *Site) decide(w http.ResponseWriter, r *http.Request) error {
	e, err := s.own(r)
	if err != nil {
		return err
	}
	switch r.PostFormValue("say") {
	case "yes":
		e = offered(e)
		log, _, err := s.preview(r.Context(), e)
		if err != nil {
			return err
		}
		if text := r.PostFormValue("text"); text == "" || text != log.Approval {
			return refusal{http.StatusConflict, "The text has changed since you saw it. Look at it again."}
		}
		e.Agreements[0].Approval = model.Approval{Required: true, TextSHA256: log.Approval, At: s.day()}
		e.Agreements[0].Consent.GivenAt = s.day()
	case "no":
		e.Agreements[0] = model.Agreement{Schema: model.AgreementSchema, ID: e.Agreements[0].ID, Party: e.Agreements[0].Party}
	case "delete":
		if err := s.set(r.Context(), nameOf(visitor(r), e.ID), nil); err != nil {
			return err
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	default:
		return refusal{http.StatusBadRequest, "Say yes, no or delete."}
	}
	if err := s.put(r.Context(), visitor(r), e); err != nil {
		return err
	}
	http.Redirect(w, r, "/examples/"+e.ID, http.StatusSeeOther)
	return nil
}

// guide shows a guide, or gives it as a Word document.
func (s *Site) guide(w http.ResponseWriter, r *http.Request) error {
	c, err := s.Published(r.Context())
	if err != nil {
		return err
	}
	id := r.PathValue("guide")
	if !slices.ContainsFunc(c.Topics, func(t aggregate.Topic) bool { return t.ID == id }) {
		return refusal{http.StatusNotFound, "There is no such guide."}
	}
	g, err := guidance.Build(c, id, guidance.Config{Date: s.day()})
	if err != nil {
		return err
	}
	if r.FormValue("as") == "docx" {
		w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
		w.Header().Set("Content-Disposition", `attachment; filename="guide.docx"`)
		return render.DOCX{}.Render(w, g)
	}
	var b strings.Builder
	if err := (render.HTML{Fragment: true}).Render(&b, g); err != nil {
		return err
	}
	return s.render(w, http.StatusOK, "guide", map[string]any{"ID": id, "Title": g.Front.Title, "Guide": template.HTML(b.String())}) //nolint:gosec // as above
}
