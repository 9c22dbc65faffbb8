// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

const canary = "Zzyqxcanary"

// Whatever one visitor writes, wherever, stands in no log, in no address, in no
// header, and in nothing that another visitor is shown.
func TestCanary(t *testing.T) {
	s := newSite(t)
	v, other := s.visitor(t), s.visitor(t)
	other.add(told())
	form := url.Values{}
	for _, q := range questions() {
		form.Set(q.ID, canary)
	}
	whole := told()
	for _, id := range []string{"title", "steps", "lessons", "organisation", "other_names", "contact", "condition", "context_note", "interests", "quotes"} {
		whole.Set(id, canary+" "+whole.Get(id))
	}
	whole.Set("other_names", canary+" [programme]")
	at := v.add(whole)
	const guide = "/guides/ch-jargon.ob-information"
	terms := chosen()
	terms.Set("hash", canary)
	terms.Set(canary, canary)
	answers := []answer{
		v.get("/?done=" + canary), v.get("/" + canary), v.get("/guides/" + canary), v.get(guide + "/" + canary), v.get("/examples/" + canary),
		v.post("/examples", form), v.post("/preview", form), v.post("/examples/new", form), v.post("/"+canary, form),
		v.post("/examples", url.Values{canary: {canary}}), v.post("/paste", url.Values{"json": {`{"` + canary + `":1}`}}),
		v.post("/paste", url.Values{"json": {canary}}), v.post(at+"/sign", terms), v.post(at+"/edit", form), v.get(at), v.get(at + "/edit"),
		v.post(guide, url.Values{"slot.brief": {canary}}), v.post(guide, url.Values{"slot." + canary: {canary}}), v.get(guide),
		v.upload(guide+"/upload", canary+".md", canary), v.upload(guide+"/upload", "x.docx", canary), v.post(guide+"/settle", url.Values{"slot": {canary}}),
		v.send(canary, "/", "", nil), v.send(http.MethodPost, "/examples", canary, strings.NewReader(canary)),
		v.send(http.MethodPost, "/examples", "application/x-www-form-urlencoded", strings.NewReader("title="+canary+"%zz")),
		v.get("/help?words=" + canary), v.post("/help", url.Values{"words": {canary}, "challenge": {"ch:jargon"}, "from": {canary}}),
		v.post("/help", url.Values{"challenge": {canary}}), v.post("/help", url.Values{"words": {canary + "\x00"}}),
		v.sign(at, chosen()), v.get(at), v.get(guide), v.get("/topics"), v.get("/"),
	}
	seen := 0
	for i, a := range answers {
		for name, values := range a.Header {
			require.False(t, strings.Contains(name+strings.Join(values, "\n"), canary), "header of answer %d", i)
		}
		if strings.Contains(a.body, canary) {
			seen++
		}
		if a.StatusCode == http.StatusNotFound || a.StatusCode == http.StatusBadRequest || a.StatusCode == http.StatusMethodNotAllowed {
			require.False(t, strings.Contains(a.body, canary), "error page %d", i)
		}
	}
	require.Positive(t, seen, "its own visitor sees what was written")
	require.False(t, strings.Contains(s.log.String(), canary), "the log")
	require.Greater(t, strings.Count(s.log.String(), "\n"), len(answers))
	for _, path := range []string{"/", "/examples", "/help", "/topics", guide, guide + "/guide.md", at, at + "/edit", at + "/sheet", "/examples/new"} {
		a := other.get(path)
		require.False(t, strings.Contains(a.body, canary), path)
	}
	for _, path := range []string{at, at + "/sign", at + "/preview", at + "/edit", at + "/withhold", at + "/delete"} {
		require.Equal(t, http.StatusNotFound, other.post(path, chosen()).StatusCode, path)
	}
	require.True(t, strings.Contains(v.get(at).body, "signed off"), "nobody else can change it")
	// Nor does it stand in what would be published.
	for _, o := range s.sessions.find(request(t, v), s.now()).examples {
		p, err := s.show(t.Context(), o.example, nil)
		require.NoError(t, err)
		require.False(t, strings.Contains(strings.ToLower(p.Text), strings.ToLower(canary)))
	}
}

// request is one that carries the visitor's cookie.
func request(t *testing.T, v *visitor) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, v.site.url, nil)
	require.NoError(t, err)
	for _, c := range v.http.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	return r
}

// Hostile text in any field never becomes markup.
func TestHostileText(t *testing.T) {
	const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)><!-- slot brief# --> {{.}} ${x} javascript:alert(1)//</textarea></title>`
	s := newSite(t)
	v := s.visitor(t)
	check := func(where, page string) {
		for _, bad := range []string{"<script>alert", "<img", "onerror=alert(1)>", "</title></title>", "<!-- slot"} {
			require.False(t, strings.Contains(page, bad), "%s: %s", where, bad)
		}
		require.LessOrEqual(t, strings.Count(page, "<script"), 1, where)
	}
	for _, q := range questions() {
		form := told()
		value := hostile
		if q.Kind == model.AskItems || q.Kind == model.AskProse {
			value = hostile + "\n" + hostile
		}
		form.Set(q.ID, value)
		check(q.ID, v.post("/examples/new", form).body)
		a := v.post("/examples", form)
		check(q.ID, a.body)
		if a.StatusCode == http.StatusSeeOther {
			at := a.Header.Get("Location")
			for _, page := range []string{at, at + "/edit", "/examples"} {
				check(q.ID+" "+page, v.get(page).body)
			}
			for _, level := range []string{"anonymous", "attributed", "public"} {
				terms := chosen()
				terms.Set("level", level)
				check(q.ID+" "+level, v.post(at+"/preview", terms).body)
			}
			require.Equal(t, http.StatusSeeOther, v.post(at+"/delete", nil).StatusCode)
		}
	}
	check("paste", v.post("/paste", url.Values{"json": {hostile}}).body)
	shared, err := sampled()
	require.NoError(t, err)
	g, err := s.built(shared.base.topics[0], nil)
	require.NoError(t, err)
	form := url.Values{}
	shown := 0
	for id, slot := range slotsOf(g) {
		form.Set(slotPrefix+id, hostile)
		shown++
		if slot.Type == guidance.ChoiceSlot {
			shown++ // the value of an option, and its text
		}
	}
	at := "/guides/" + shared.base.topics[0].ID
	require.Equal(t, http.StatusSeeOther, v.post(at, form).StatusCode)
	check("slots", v.get(at).body)
	require.Equal(t, shown, strings.Count(v.get(at).body, "&lt;script&gt;alert(1)&lt;/script&gt;"))
}

// Visitors at the same time do not meet.
func TestVisitorsSideBySide(t *testing.T) {
	s := newSite(t)
	var wg sync.WaitGroup
	for i := range 4 {
		v := s.visitor(t)
		wg.Go(func() {
			mine := fmt.Sprintf("%s%d", canary, i)
			form := told()
			form.Set("title", mine)
			at := v.add(form)
			v.sign(at, chosen())
			page := v.get(at).body + v.get("/examples").body + v.get("/topics").body
			for j := range 4 {
				if strings.Contains(page, fmt.Sprintf("%s%d", canary, j)) != (i == j) {
					t.Errorf("visitor %d and the text of visitor %d", i, j)
				}
			}
		})
	}
	wg.Wait()
}
