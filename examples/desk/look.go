// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// mostLogo is how long a logo may be, in bytes.
const mostLogo = 512 << 10

// theme is how pages and Word documents of the group look.
func (a *app) theme(ctx context.Context) (render.Theme, error) {
	var t render.Theme
	body, err := a.setting(ctx, "theme")
	if err == nil && body != nil {
		err = json.Unmarshal(body, &t)
	}
	if err != nil {
		return t, err
	}
	t.Logo, err = a.setting(ctx, "logo")
	return t, err
}

type looks struct {
	render.Theme
	Image template.URL // the logo that is kept
	First string       // a guide to look at
}

func (a *app) lookPage(w http.ResponseWriter, r *http.Request) error {
	t, err := a.theme(r.Context())
	if err != nil {
		return err
	}
	v := looks{Theme: t}
	if len(t.Logo) > 0 {
		v.Image = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(t.Logo)) //nolint:gosec // a PNG image, as it was checked
	}
	if d, err := a.draft(r.Context()); err == nil && d != nil && len(d.collection.Topics) > 0 {
		v.First = d.collection.Topics[0].ID
	}
	a.render(w, http.StatusOK, "look", page{Title: "How guides look", Part: "guides", Said: said(r), Data: v})
	return nil
}

// saveLook keeps the theme: with it guides, documents and sheets are made from then
// on. A logo that is not sent stays.
func (a *app) saveLook(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	form, logo, err := themeForm(r)
	if err != nil {
		return err
	}
	now, err := a.theme(ctx)
	if err != nil {
		return err
	}
	t := render.Theme{Group: form["group"], Colour: form["colour"], Font: form["font"], Footer: form["footer"], Logo: now.Logo}
	for _, s := range []string{t.Group, t.Colour, t.Font, t.Footer} {
		if text, ok := tidy(s); !ok || text != s || len(s) > 500 || strings.ContainsAny(s, "\n\t") {
			return unusable("A line of at most 500 characters is needed. Nothing was saved.")
		}
	}
	switch {
	case form["without-logo"] == "yes":
		t.Logo = nil
	case len(logo) > 0:
		t.Logo = logo
	}
	probe := &guidance.Guide{Schema: guidance.Schema, Front: guidance.Front{ID: "probe", Locale: locale, Title: "x"}}
	if errors.Join(render.HTML{Theme: t}.Render(io.Discard, probe), render.DOCX{Theme: t}.Render(io.Discard, probe)) != nil {
		return unusable("That look cannot be used: a colour is of the form #1d4f6e and dark enough to be read on white, a font is a name, a logo is a PNG image. Nothing was saved.")
	}
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	groups, err := a.setting(ctx, "groups") // on sheets that are out
	if err != nil {
		return err
	}
	for _, line := range []string{now.Group, now.Footer} {
		if line != "" && !slices.Contains(strings.Split(string(groups), "\n"), line) {
			groups = append(groups, "\n"+line...)
		}
	}
	err = a.write(ctx, choseLook, "", func(tx *sql.Tx) error {
		if err := set(ctx, tx, "groups", append([]byte{}, groups...)); err != nil {
			return err
		}
		if err := set(ctx, tx, "theme", body); err != nil {
			return err
		}
		return set(ctx, tx, "logo", append([]byte{}, t.Logo...))
	})
	if err != nil {
		return err
	}
	return back(w, r, "/look?done=saved")
}

// themeForm reads the fields of the form, and the file in it.
func themeForm(r *http.Request) (fields map[string]string, file []byte, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, nil, problem{http.StatusUnsupportedMediaType, "Only this site’s own forms are read here."}
	}
	fields = map[string]string{}
	for len(fields) < 20 {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return fields, file, nil
		}
		if err != nil {
			return nil, nil, unread(err)
		}
		body, err := io.ReadAll(io.LimitReader(p, mostLogo+1))
		if err != nil {
			return nil, nil, unread(err)
		}
		if len(body) > mostLogo {
			return nil, nil, unusable("A logo has at most 512 kB. Nothing was saved.")
		}
		if p.FileName() != "" {
			file = body
			continue
		}
		fields[p.FormName()] = strings.TrimSpace(string(body))
	}
	return nil, nil, unusable("That form has too many fields.")
}
