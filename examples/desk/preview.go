// SPDX-License-Identifier: Apache-2.0

package main

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// previewed is what would be published of one example.
type previewed struct {
	ID, Title, Standing string
	Reasons             []string
	Sheet               template.HTML // empty where nothing would be
}

// previewPage shows what would be published of an example, what is taken out of it,
// and why: the sheet that its contributor is asked to answer.
func (a *app) previewPage(w http.ResponseWriter, r *http.Request) error {
	d, ok, err := a.waited(w, r, a.edition)
	if err != nil || !ok {
		return err
	}
	i := slices.IndexFunc(d.results, func(x anonymize.Result) bool { return x.Log.Example == r.PathValue("id") })
	if i < 0 {
		return problem{http.StatusNotFound, "There is no such example."}
	}
	x := d.results[i]
	v := previewed{ID: x.Log.Example}
	for _, e := range d.examples {
		if e.ID == v.ID {
			v.Title = called(e)
		}
	}
	if x.Withheld() {
		v.Reasons = d.whysClosed(x)
	} else {
		v.Standing = "It is " + standingWords(returned.Standing(x)) + "."
		if returned.Standing(x) == "waits" {
			v.Standing = "It waits for a yes: until then it is counted only."
		}
		g, err := guidance.SignOff(x.Record, x.Log, a.sheetConfig(locale))
		if err != nil {
			return err
		}
		var b strings.Builder
		if err := (render.HTML{Fragment: true, Prefix: "s-"}).Render(&b, g); err != nil {
			return err
		}
		v.Sheet = template.HTML(b.String()) //nolint:gosec // the renderer escapes all text
	}
	a.render(w, http.StatusOK, "preview", page{Title: "One example", Part: "check", Data: v})
	return nil
}

// reasonUndecided closes an example of which an export says something else.
const reasonUndecided = "undecided"

// reasons are why an example is withheld. Of one that a person has to decide on first
// nothing else is said: what its agreement allows is not asked.
func (d *draft) reasons(x anonymize.Result) []model.Reason {
	if d.undecided[x.Log.Example] && !slices.ContainsFunc(x.Log.Reasons, func(r model.Reason) bool { return r.Code == model.ReasonWithdrawn }) {
		return []model.Reason{{Code: reasonUndecided}}
	}
	return x.Log.Reasons
}

// whysClosed words why an example is withheld.
func (d *draft) whysClosed(x anonymize.Result) (out []string) {
	for _, reason := range d.reasons(x) {
		if why := whyClosed(reason); !slices.Contains(out, why) {
			out = append(out, why)
		}
	}
	return out
}
