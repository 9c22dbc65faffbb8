// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

func TestHelpFindsTopicsThatShareTheNeed(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	a := v.post("/help", url.Values{"challenge": {"ch:jargon"}, "objective": {"ob:information"}, "words": {"letters that nobody understands"}})
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Empty(t, a.Cookies(), "nothing is stored")
	require.Empty(t, s.sessions.byID)
	_, found, ok := strings.Cut(a.body, `id="found"`)
	require.True(t, ok)
	first, _, _ := strings.Cut(found, "</article>")
	require.True(t, strings.Contains(first, `href="/guides/ch-jargon.ob-information"`), "what shares most stands first")
	require.True(t, strings.Contains(text(first), "shares with you: "+label("ch:jargon")+"; "+label("ob:information")))
	require.True(t, strings.Contains(first, "<li>"), "what others did")
	require.LessOrEqual(t, strings.Count(found, "<article"), mostMatched)

	// Words alone find topics too; what nobody tells of is said to be so.
	words := v.post("/help", url.Values{"words": {"plain language leaflets and letters"}}).body
	require.True(t, strings.Contains(words, "told in like words"))
	none := v.post("/help", url.Values{"words": {"zzyzx qwrtpl"}}).body
	require.True(t, strings.Contains(none, "Nothing that enough contributors tell of"))
	require.False(t, strings.Contains(none, "<article"))
}

// A page about help shows nobody: no name that any contributor of the sample
// declared, and no record.
func TestHelpNamesNobody(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	var pages strings.Builder
	for _, c := range needed()[0].Options {
		pages.WriteString(text(v.post("/help", url.Values{"challenge": {c.Value}}).body))
	}
	shown := pages.String()
	names := 0
	for e, err := range collect.Reader().JSONLines(sample.Collection()) {
		require.NoError(t, err)
		for _, p := range e.Parties {
			for _, id := range p.Identities {
				names++
				require.False(t, strings.Contains(shown, string(id.Name)), "a declared name is shown")
			}
		}
	}
	require.Greater(t, names, 50)
	for _, r := range s.records {
		require.False(t, strings.Contains(shown, r.ID()))
	}
}

func TestHelpThatIsRefused(t *testing.T) {
	v := newSite(t).visitor(t)
	for name, c := range map[string]struct {
		form url.Values
		want int
	}{
		"nothing chosen":    {url.Values{}, http.StatusUnprocessableEntity},
		"no such challenge": {url.Values{"challenge": {"ch:no-such"}}, http.StatusUnprocessableEntity},
		"another scheme":    {url.Values{"challenge": {"ob:equity"}}, http.StatusUnprocessableEntity},
		"too many words":    {url.Values{"words": {strings.Repeat("a ", mostNeed)}}, http.StatusUnprocessableEntity},
		"control character": {url.Values{"words": {"a\x00b"}}, http.StatusUnprocessableEntity},
		"no such example":   {url.Values{"challenge": {"ch:jargon"}, "from": {"another's"}}, http.StatusOK},
	} {
		a := v.post("/help", c.form)
		require.Equal(t, c.want, a.StatusCode, name)
		require.False(t, strings.Contains(a.body, "goes to the working group"), name)
	}
	require.True(t, strings.Contains(v.post("/help", url.Values{}).body, `role="alert"`))
	require.Equal(t, http.StatusUnsupportedMediaType, v.send("POST", "/help", "application/json", strings.NewReader("{}")).StatusCode)
}

// An introduction needs a signed example whose agreement allows contact, and the
// page says the same whether or not anybody fits.
func TestIntroductions(t *testing.T) {
	s := newSite(t)
	v, other := s.visitor(t), s.visitor(t)
	willing, silent := told(), told()
	willing.Set("contact_allowed", "yes")
	at, closed := v.add(willing), v.add(silent)
	id, closedID := strings.TrimPrefix(at, "/examples/"), strings.TrimPrefix(closed, "/examples/")
	ask := func(v *visitor, from, challenge string) string {
		return v.post("/help", url.Values{"challenge": {challenge}, "from": {from}}).body
	}
	require.False(t, strings.Contains(v.get("/help").body, `name="from"`))
	require.False(t, strings.Contains(ask(v, id, "ch:jargon"), "goes to the working group"), "not signed off yet")
	v.sign(at, chosen())
	v.sign(closed, chosen())
	page := v.get("/help").body
	require.True(t, strings.Contains(page, `value="`+id+`"`))
	require.False(t, strings.Contains(page, `value="`+closedID+`"`), "it does not allow contact")
	require.False(t, strings.Contains(ask(v, closedID, "ch:jargon"), "goes to the working group"))
	require.False(t, strings.Contains(ask(other, id, "ch:jargon"), "goes to the working group"), "it is not theirs")
	require.False(t, strings.Contains(s.log.String(), "introduction:"))

	// Somebody else, who allows contact too, has the challenge ch:jargon.
	elsewhere := v.site.sessions.find(request(t, v), s.now()).example(id).example
	elsewhere.ID = "elsewhere"
	elsewhere.Parties = slices.Clone(elsewhere.Parties)
	for i := range elsewhere.Parties {
		elsewhere.Parties[i].Holding = "elsewhere"
	}
	there, err := s.outcome(t.Context(), elsewhere, model.Everyone, nil)
	require.NoError(t, err)
	require.True(t, there.Record.ContactAllowed())
	s.records = append(slices.Clip(s.records), there.Record)

	said := map[string]bool{}
	counts := map[string]bool{}
	for _, c := range needed()[0].Options {
		body := ask(v, id, c.Value)
		_, rest, ok := strings.Cut(body, "Your wish to be introduced")
		require.True(t, ok)
		sentence, _, _ := strings.Cut(rest, "</p>")
		said[sentence] = true
		log := s.log.String()
		log = log[strings.LastIndex(log, "introduction:"):]
		_, count, ok := strings.Cut(log[:strings.Index(log, "\n")], "asks, ")
		require.True(t, ok)
		counts[count] = true
	}
	require.Len(t, said, 1)
	require.Greater(t, len(counts), 1, "the working group's side does tell them apart")
}

// A visit that has ended is said to have, in words, and shows nothing.
func TestEndedVisit(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	at := v.add(told())
	s.sessions.mu.Lock()
	for _, x := range s.sessions.byID {
		x.seen = x.seen.Add(-idleFor - time.Minute)
	}
	s.sessions.mu.Unlock()
	page := v.get("/examples").body
	require.True(t, strings.Contains(page, "Your visit has ended") && strings.Contains(page, "There is nothing here yet"))
	require.Equal(t, http.StatusGone, v.post("/guides/ch-trust/settle", url.Values{"slot": {"brief"}}).StatusCode)
	v = &visitor{t, s, v.http}
	for i, a := range []answer{v.get(at), v.post(at+"/sign", chosen())} {
		if i == 0 { // the cookie went with the answer before
			require.Equal(t, http.StatusNotFound, a.StatusCode)
		}
		require.False(t, strings.Contains(a.body, "Quillmarsh"))
	}
}

// Every refusal says in words what to do, and none of the machine's.
func TestRefusalsAreInPlainWords(t *testing.T) {
	v := newSite(t).visitor(t)
	at := v.add(told())
	const form = "application/x-www-form-urlencoded"
	for name, a := range map[string]answer{
		"too long":      v.send("POST", "/examples", form, strings.NewReader("title="+strings.Repeat("a", mostForm))),
		"large file":    v.upload("/guides/ch-trust/upload", "guide.md", strings.Repeat("a", mostUpload)),
		"another type":  v.send("POST", "/examples", "application/json", strings.NewReader("{}")),
		"malformed":     v.send("POST", "/examples", form, strings.NewReader("title=%zz")),
		"unknown page":  v.get("/no-such-page"),
		"unknown field": v.post("/examples", url.Values{"surprise": {"x"}}),
		"no level":      v.post(at+"/sign", url.Values{"hash": {"x"}}),
		"another site":  v.send("POST", "/examples", form, strings.NewReader("title=x"), func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }),
	} {
		require.GreaterOrEqual(t, a.StatusCode, 400, name)
		said := text(a.body)
		for _, machine := range []string{"HTTP", "multipart", "error", "Error", "bytes", "parse", "nil", fmt.Sprint(a.StatusCode)} {
			require.False(t, strings.Contains(said, machine), "%s: %s", name, machine)
		}
		require.True(t, strings.Contains(a.body, `href="/examples"`), name)
		require.True(t, a.StatusCode == http.StatusNotFound || strings.Contains(said, "Nothing was stored"), name)
	}
}
