// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
	"github.com/sharedpractice/sharedpractice/model"
)

// text is what a page shows, without its markup.
func text(page string) string {
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, "")
}

func TestFirstPages(t *testing.T) {
	v := newSite(t).visitor(t)
	for _, path := range []string{"/", "/examples/new", "/paste", "/examples", "/help", "/topics", "/guides/ch-jargon.ob-information"} {
		a := v.get(path)
		require.Equal(t, http.StatusOK, a.StatusCode, path)
		require.Equal(t, 1, strings.Count(a.body, "<h1"), path)
		require.True(t, strings.Contains(a.body, `<main id="main"`) && strings.Contains(a.body, `lang="en-GB"`), path)
		require.Empty(t, a.Cookies(), "looking around opens no session: %s", path)
	}
}

func TestFormIsTheModels(t *testing.T) {
	page := newSite(t).visitor(t).get("/examples/new").body
	for _, q := range questions() {
		require.True(t, strings.Contains(page, `id="`+q.ID+`"`), q.ID)
	}
	require.False(t, strings.Contains(page, `name="approved_text"`), "what the working group fills in is not asked")
	first, _, _ := strings.Cut(page, "More, if you like")
	require.True(t, strings.Contains(first, `name="lessons"`))
	require.False(t, strings.Contains(first, `name="organisation"`))
}

func TestFaultsStandBesideTheirFields(t *testing.T) {
	v := newSite(t).visitor(t)
	form := told()
	form.Del("kind")
	form.Set("year", "soon")
	a := v.post("/examples", form)
	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	require.True(t, strings.Contains(a.body, `id="year-fault"`))
	require.True(t, strings.Contains(a.body, `href="#year"`))
	require.True(t, strings.Contains(a.body, "Quillmarsh"), "what was written stays in the form")
	require.Empty(t, a.Cookies(), "nothing was stored")
	form.Del("year")
	a = v.post("/examples", form)
	require.True(t, strings.Contains(a.body, `id="kind-fault"`))
	require.True(t, strings.Contains(a.body, `aria-invalid="true"`))
}

func TestPreviewWithoutStoring(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	for _, path := range []string{"/preview", "/examples/new"} {
		a := v.post(path, told())
		require.Equal(t, http.StatusOK, a.StatusCode)
		require.True(t, strings.Contains(a.body, "A name that you or another contributor asked us to keep out"), path)
		require.True(t, strings.Contains(a.body, "Until you choose and sign off, nothing is used"), path)
	}
	require.Empty(t, s.sessions.byID)
}

func TestSignOffBindsToTheText(t *testing.T) {
	v := newSite(t).visitor(t)
	at := v.add(told())
	require.Equal(t, http.StatusSeeOther, v.sign(at, chosen()).StatusCode)
	page := v.get(at).body
	require.True(t, strings.Contains(page, "You signed this text off"))

	// Another text: the approval lapses.
	form := told()
	form.Set("lessons", "Read letters aloud, twice")
	for name, values := range chosen() {
		if name == "level" {
			name = "confidentiality"
		}
		form[name] = values
	}
	require.Equal(t, http.StatusSeeOther, v.post(at+"/edit", form).StatusCode)
	page = v.get(at).body
	require.True(t, strings.Contains(page, "approval lapsed"))
	require.True(t, strings.Contains(v.get("/").body, ">163<"), "it is used nowhere until the new text is approved")

	// The hash of the text before does not approve this one.
	terms := chosen()
	terms.Set("hash", strings.Repeat("0", 64))
	terms.Set("read", "yes")
	a := v.post(at+"/sign", terms)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	require.True(t, strings.Contains(a.body, "Read it again"))

	// The right one does, once it is said to be read.
	terms.Set("hash", hidden.FindStringSubmatch(a.body)[1])
	terms.Del("read")
	require.Equal(t, http.StatusUnprocessableEntity, v.post(at+"/sign", terms).StatusCode)
	terms.Set("read", "yes")
	require.Equal(t, http.StatusSeeOther, v.post(at+"/sign", terms).StatusCode)

	// A name declared in another example can change the text of this one.
	other := told()
	other.Set("other_names", "Read letters [programme]")
	require.True(t, strings.Contains(v.get("/").body, ">164<"))
	v.add(other)
	require.True(t, strings.Contains(v.get(at).body, "approval lapsed"))
	require.True(t, strings.Contains(v.get("/").body, ">163<"))
}

func TestSignOffCountsForItsVisitorOnly(t *testing.T) {
	s := newSite(t)
	v, other := s.visitor(t), s.visitor(t)
	before := len(s.base.topics)
	for range 2 { // one contributor, however many examples
		v.sign(v.add(told()), chosen())
	}
	page := v.get("/topics").body
	require.True(t, strings.Contains(page, "2 of your own examples"))
	require.True(t, strings.Contains(page, "of 165 examples, 12 contributors, "), "the two count as one contributor more")
	require.Equal(t, before, strings.Count(page, `<li><a href="/guides/`), "no topic is lost by adding an example")
	guide := text(v.get("/guides/ch-jargon.ob-information").body)
	require.True(t, strings.Contains(guide, "at least 5 contributors beside you"))
	require.True(t, strings.Contains(guide, "fewer than 6"))
	require.True(t, strings.Contains(other.get("/topics").body, "of 163 examples, 11 contributors, "))
	require.True(t, strings.Contains(other.get("/").body, "at least 5"))
}

func TestWithhold(t *testing.T) {
	v := newSite(t).visitor(t)
	at := v.add(told())
	v.sign(at, chosen())
	require.Equal(t, http.StatusSeeOther, v.post(at+"/withhold", nil).StatusCode)
	require.True(t, strings.Contains(v.get(at).body, "You withhold this example"))
	require.True(t, strings.Contains(v.get("/").body, ">163<"))
	require.Equal(t, http.StatusSeeOther, v.post(at+"/delete", nil).StatusCode)
	require.Equal(t, http.StatusNotFound, v.get(at).StatusCode)
}

func TestAgreementInWords(t *testing.T) {
	v := newSite(t).visitor(t)
	for _, c := range []struct {
		name, say string
		form      url.Values
		terms     url.Values
	}{
		{"partner", "no agreement on file", url.Values{"others": {"Wexmoor Hospital [partner]"}}, chosen()},
		{"conditions", "a person of the working group must read them", url.Values{"conditions": {"Not before our meeting"}}, chosen()},
		{"embargo", "may not be used yet", url.Values{"not_before": {"2090-01-01"}}, chosen()},
		{"ended", "agreement has ended", url.Values{"expires": {"2001-01-01"}}, chosen()},
		{"totals", "No sentence of yours would be printed", nil, url.Values{"level": {"aggregate"}, "audience": {"public"}, "uses": {"aggregate"}}},
		{"use", "You did not choose this use", nil, chosen()},
		{"level", "Not at the level that you chose", nil, url.Values{"level": {"aggregate"}, "audience": {"public"}, "uses": {"showcase"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			form := told()
			maps.Copy(form, c.form)
			at := v.add(form)
			require.Equal(t, http.StatusOK, v.post(at+"/preview", c.terms).StatusCode)
			require.True(t, strings.Contains(text(v.post(at+"/preview", c.terms).body), c.say))
			v.post(at+"/delete", nil)
		})
	}
}

// A visitor is one contributor, whatever its examples claim, and what it pasted
// says nothing about what it was shown.
func TestPut(t *testing.T) {
	claimed := func(ref string) model.Example {
		return model.Example{
			ID: "another's", Kind: "ki:resource", Title: model.Text{Value: "x"},
			Parties: []model.Party{{Ref: ref, Role: "contributor", Holding: ref, Clients: []string{ref}}, {Ref: ref + "2", Role: "partner"}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "a", Party: ref, Level: model.Anonymous, Consent: model.Consent{Status: "given"},
				Approval: model.Approval{Required: true, TextSHA256: strings.Repeat("0", 64)},
			}},
		}
	}
	holdings := map[string]bool{}
	for _, ref := range []string{"p", "q"} {
		o := newOwn(claimed(ref), nil)
		require.NotEqual(t, "another's", o.example.ID)
		for _, p := range o.example.Parties {
			holdings[p.HoldingRef()] = true
			require.Empty(t, p.Clients)
		}
		require.Equal(t, model.Approval{Required: true}, o.example.Agreements[0].Approval)
		require.Equal(t, "requested", o.example.Agreements[0].Consent.Status)
		require.Equal(t, "draft", o.state())
	}
	require.Len(t, holdings, 1)
}

// An answer that stays as it is keeps the evidence that it was written beside, so
// that a reader is told when that has changed.
func TestSlotsKeepTheirBasis(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	const id = "ch-jargon.ob-information"
	v.post("/guides/"+id, url.Values{"slot.brief": {"Mine."}})
	for _, x := range s.sessions.byID {
		x.answers[id]["brief"] = guidance.Answer{Text: "Mine.", Basis: "of before"}
	}
	v.post("/guides/"+id, url.Values{"slot.brief": {"Mine."}, "slot.problem": {"New."}})
	for _, x := range s.sessions.byID {
		require.Equal(t, "of before", x.answers[id]["brief"].Basis)
		require.Equal(t, "New.", x.answers[id]["problem"].Text)
	}
}

// An approval that comes with pasted data counts for nothing.
func TestPaste(t *testing.T) {
	v := newSite(t).visitor(t)
	all := new(bytes.Buffer)
	_, err := all.ReadFrom(sample.Collection())
	require.NoError(t, err)
	line, _, _ := strings.Cut(all.String(), "\n")
	a := v.post("/paste", url.Values{"json": {line}})
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	at := a.Header.Get("Location")
	require.True(t, strings.Contains(v.get(at).body, "not signed off yet"))
	require.True(t, strings.Contains(v.get("/").body, ">163<"))
	require.Equal(t, http.StatusConflict, v.get(at+"/edit").StatusCode)
	require.Equal(t, http.StatusSeeOther, v.sign(at, chosen()).StatusCode)
	require.True(t, strings.Contains(v.get("/").body, ">164<"))
	for _, bad := range []string{"", "{", "[]", `{"id":"x","secret":"Quillmarsh"}`, `{"id":"x","title":"Quillmarsh"}`} {
		a := v.post("/paste", url.Values{"json": {bad}})
		require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
		require.True(t, strings.Contains(a.body, `role="alert"`))
	}
}

func TestSlots(t *testing.T) {
	v := newSite(t).visitor(t)
	const at = "/guides/ch-jargon.ob-information"
	require.Equal(t, http.StatusSeeOther, v.post(at, url.Values{"slot.brief": {"First.\r\nSecond."}, "slot.review-by": {"2027-05-01"}}).StatusCode)
	page := v.get(at).body
	require.True(t, strings.Contains(page, "First.\nSecond.</textarea>"))
	require.True(t, strings.Contains(page, `value="2027-05-01"`))

	docx := v.get(at + "/guide.docx")
	require.Equal(t, `attachment; filename="ch-jargon.ob-information.docx"`, docx.Header.Get("Content-Disposition"))
	answers, err := render.DOCX{}.Answers(strings.NewReader(docx.body), int64(len(docx.body)))
	require.NoError(t, err)
	require.Equal(t, "2027-05-01", answers["review-by"].Text)

	// What only one side changed is taken; where both did, the visitor is asked.
	md := v.get(at + "/guide.md").body
	v.post(at, url.Values{"slot.brief": {"Third."}})
	a := v.upload(at+"/upload", "edited.md", strings.NewReplacer("First.", "Fourth.", "2027-05-01", "2028-05-01", `2027\-05\-01`, "2028-05-01").Replace(md))
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	page = v.get(at).body
	require.True(t, strings.Contains(page, `value="2028-05-01"`), "only the document changed it")
	require.True(t, strings.Contains(page, "Third.</textarea>"), "what is here is kept")
	require.True(t, strings.Contains(page, "Written differently"))
	require.Equal(t, http.StatusSeeOther, v.post(at+"/settle", url.Values{"slot": {"brief"}, "take": {"document"}}).StatusCode)
	page = v.get(at).body
	require.True(t, strings.Contains(page, "Fourth."))
	require.False(t, strings.Contains(page, "Written differently"))
	require.Equal(t, http.StatusNotFound, v.post(at+"/settle", url.Values{"slot": {"brief"}}).StatusCode)

	v.post(at, url.Values{"slot.brief": {""}})
	require.False(t, strings.Contains(v.get(at).body, "Fourth."), "an answer can be taken back")
}

func TestDownloads(t *testing.T) {
	v := newSite(t).visitor(t)
	for _, name := range []string{"guide.docx", "guide.md", "guide.html", "guide.json", "guide.txt"} {
		a := v.get("/guides/ch-trust/" + name)
		require.Equal(t, http.StatusOK, a.StatusCode, name)
		require.True(t, strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment"), name)
		require.Greater(t, len(a.body), 2000, name)
	}
	require.Equal(t, http.StatusNotFound, v.get("/guides/ch-trust/guide.exe").StatusCode)
	at := v.add(told())
	a := v.get(at + "/sheet")
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.True(t, strings.HasPrefix(a.body, "PK"))
}

func (v *visitor) upload(path, name, body string) answer {
	v.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("document", name)
	require.NoError(v.t, err)
	_, err = part.Write([]byte(body))
	require.NoError(v.t, err)
	require.NoError(v.t, m.Close())
	return v.send(http.MethodPost, path, m.FormDataContentType(), &b)
}
