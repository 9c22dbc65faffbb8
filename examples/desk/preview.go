// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
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

// leaf is a text of an example, and the question that it answers.
type leaf struct{ question, text string }

// leaves are the texts of an example, in their order.
func leaves(body []byte) []leaf {
	var all map[string]any
	if json.Unmarshal(body, &all) != nil {
		return nil
	}
	var out []leaf
	var walk func(question, key string, value any)
	walk = func(question, key string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(value)) {
				if question == "agreements" || question == "parties" {
					walk(question+"."+k, k, value[k])
				} else if k != "assigned_by" && k != "ref" {
					walk(question, k, value[k])
				}
			}
		case []any:
			for _, one := range value {
				walk(question, key, one)
			}
		case string:
			out = append(out, leaf{question, value})
		case bool:
			if value {
				out = append(out, leaf{question, key})
			}
		case float64:
			out = append(out, leaf{question, strconv.FormatFloat(value, 'f', -1, 64)})
		}
	}
	for _, k := range slices.Sorted(maps.Keys(all)) {
		if k != "id" && k != "kind" {
			walk(k, k, all[k])
		}
	}
	return slices.DeleteFunc(out, func(l leaf) bool {
		return slices.Contains([]string{"agreements.id", "agreements.schema", "agreements.party", "agreements.version", "parties.role", "parties.holding"}, l.question)
	})
}

// answersChanged are the answers that two versions of an example give differently.
func answersChanged(was, now []byte) []answerChanged {
	by := func(body []byte) (map[string]string, []string) {
		all, order := map[string][]string{}, []string(nil)
		for _, l := range leaves(body) {
			if all[l.question] == nil {
				order = append(order, l.question)
			}
			if text := worded(l); !slices.Contains(all[l.question], text) {
				all[l.question] = append(all[l.question], text)
			}
		}
		out := map[string]string{}
		for q, texts := range all {
			out[q] = strings.Join(texts, "; ")
		}
		return out, order
	}
	before, order := by(was)
	after, more := by(now)
	for _, q := range more {
		if !slices.Contains(order, q) {
			order = append(order, q)
		}
	}
	var out []answerChanged
	for _, q := range order {
		if before[q] != after[q] {
			a, b := whereTheyPart(before[q], after[q], 300)
			out = append(out, answerChanged{asked(q), a, b})
		}
	}
	return out
}

// whereTheyPart shortens two texts to what can be shown of them, from a few words before
// the first difference on.
func whereTheyPart(was, now string, most int) (string, string) {
	a, b := []rune(was), []rune(now)
	if max(len(a), len(b)) <= most {
		return was, now
	}
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	from := same - most/4
	if from <= 0 {
		return shortened(was, most), shortened(now, most)
	}
	from += 1 + slices.IndexFunc(a[from:same], unicode.IsSpace) // where a word begins
	return shortened("… "+string(a[from:]), most), shortened("… "+string(b[from:]), most)
}

// worded is a code or an answer to choose by its label, and everything else as it stands.
func worded(l leaf) string {
	s := l.text
	if strings.HasPrefix(l.question, "agreements.") {
		if l.question == "agreements.consent" {
			s = map[string]string{"given": "yes", "declined": "no"}[s]
		}
		for _, o := range question(l.question).Options {
			if o.Value == s {
				return o.Label
			}
		}
		return l.text
	}
	if _, rest, ok := strings.Cut(s, ":"); ok && rest != "" && !strings.ContainsAny(s, " \n") {
		return label(s)
	}
	return s
}

// question is that of the form which a field of an example answers.
func question(field string) model.Question {
	field = strings.NewReplacer("agreements.", "agreements[0].", "parties.", "parties[0].").Replace(field)
	for _, q := range model.Form() { // the first that the field answers
		if !q.Internal && (q.Field == field || strings.HasPrefix(q.Field, field+"[") || strings.HasPrefix(q.Field, field+".")) {
			return q
		}
	}
	return model.Question{Label: strings.ReplaceAll(strings.TrimPrefix(field, "agreements[0]."), "_", " ")}
}

// asked words the question that a field of an example answers.
func asked(field string) string {
	if field == intake.Account {
		return intake.Label(intake.Account)
	}
	return question(field).Label
}
