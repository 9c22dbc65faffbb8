// SPDX-License-Identifier: Apache-2.0

package main

import (
	"html/template"
	"net/http"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// overview is the page of an edition as a whole.
type overview struct {
	Examples, Contributors, K, Own int
	Topics                         []topic
	HeatMap                        template.HTML
	Public                         int // the threshold without the visitor's own
}

func newOverview(e *edition) (overview, error) {
	c := e.collection
	v := overview{Examples: c.Examples, Contributors: c.Contributors, K: c.K, Own: e.own, Topics: e.topics, Public: aggregate.KPublic}
	f, err := guidance.Crosstab(c, guidance.Config{Locale: locale})
	if err != nil || f == nil {
		return v, err
	}
	var b strings.Builder
	err = render.SVG(&b, f, "heat")
	v.HeatMap = template.HTML(b.String()) //nolint:gosec // Draw escapes all text
	return v, err
}

func (a *app) topics(w http.ResponseWriter, r *http.Request) {
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
	a.render(w, http.StatusOK, "topics", page{Title: "Topics and guides", Part: "topics", Data: view})
}
