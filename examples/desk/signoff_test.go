// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/model"
)

// Sheets go out, come back in whatever way people answer, and every file is
// accounted for by its name; a file that may hold a no stops an edition.
func TestSignOff(t *testing.T) {
	v := desk(t, newPath(t))
	v.messy()
	v.page("/sign-off")
	code, body := v.get("/sign-off/sheets.zip")
	require.Equal(t, http.StatusOK, code)
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	var sheet string
	for _, f := range z.File {
		if sheet == "" && strings.HasSuffix(f.Name, ".md") {
			r, err := f.Open()
			require.NoError(t, err)
			all, err := io.ReadAll(r)
			require.NoError(t, err)
			sheet = string(all)
		}
	}
	before, rest, ok := strings.Cut(sheet, "<!-- slot decision#")
	require.True(t, ok)
	answered := before + "<!-- slot decision#" + strings.Replace(rest, "> …", "> No", 1)
	code, _ = v.send("/sign-off/upload", "../Re: <b>ours.md", []byte(answered))
	require.Equal(t, http.StatusOK, code)
	_, _ = v.send("/sign-off/upload", "scan.pdf", []byte("%PDF-1.7"))
	page := v.page("/sign-off")
	assert.True(t, strings.Contains(page, "Re: &lt;b&gt;ours.md"), "a name shows no markup")
	assert.True(t, strings.Contains(page, "no: nothing of it is published"))
	assert.True(t, strings.Contains(page, "cannot be read: ask for it as Word"))
	page = v.page("/publish")
	state := regexp.MustCompile(`name="draft" value="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, state)
	code, page = v.post("/publish", url.Values{"draft": {state[1]}, "sure": {"yes"}})
	assert.Equal(t, http.StatusConflict, code)
	assert.Contains(t, page, "may hold a no")
	ids := regexp.MustCompile(`/sign-off/(\d+)/delete`).FindAllStringSubmatch(v.page("/sign-off"), -1)
	require.Len(t, ids, 2)
	_, _ = v.post("/sign-off/"+ids[1][1]+"/delete", nil)
	page = v.page("/sign-off")
	assert.False(t, strings.Contains(page, "scan.pdf"))
	assert.True(t, strings.Contains(page, "no: nothing of it is published"))

	// Of one that is withdrawn besides, the no says nothing new; of one that is here no
	// more, it may be meant for a row that came again as another.
	d, err := patient(t.Context(), v.edition)
	require.NoError(t, err)
	refused := d.filed.Files[0].Example
	_, _ = v.post("/examples/"+refused+"/withdraw", url.Values{"effect": {"no-new-use"}})
	assert.NotContains(t, v.page("/publish"), "for an example that is not here")
	_, _ = v.post("/examples/"+refused+"/delete", nil)
	assert.Contains(t, v.page("/publish"), "for an example that is not here")
	code, page = v.publishes()
	assert.Equal(t, http.StatusConflict, code)
	assert.Contains(t, page, "says no, or asks for changes, for an example that is not here")
	assert.NotContains(t, v.log.String(), "ours")
}

// document is a Word document of paragraphs, with what may be declared before them.
func document(t *testing.T, declared string, paragraphs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	require.NoError(t, err)
	_, err = io.WriteString(w, declared+`<w:document xmlns:w="w"><w:body>`)
	require.NoError(t, err)
	for _, p := range paragraphs {
		_, err = io.WriteString(w, "<w:p><w:r><w:t>"+p+"</w:t></w:r></w:p>")
		require.NoError(t, err)
	}
	_, err = io.WriteString(w, "</w:body></w:document>")
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

// Accounts come in as files; what a person says of a code wins, and is not asked
// again. Without an agreement nothing is opened.
func TestReview(t *testing.T) {
	v := desk(t, newPath(t))
	story := []string{
		"Few young people answered our letters, and those who did not speak English were missing altogether.",
		"We ran five focus groups with an interpreter and paid everybody's bus fare on the day.",
		"More came than before. Next time we would start with the interpreter.",
	}
	code, _ := v.send("/collect/account/upload", "story.docx", document(t, "", story...))
	require.Equal(t, http.StatusOK, code)
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Equal(t, strings.Join(story, "\n"), string(all[0].Account))
	page := v.page("/review")
	require.Contains(t, page, "Yes, that is right")
	asked := regexp.MustCompile(`name="code" value="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, asked)
	code, _ = v.post("/review", url.Values{"example": {all[0].ID}, "code": {asked[1]}, "said": {"perhaps"}})
	assert.Equal(t, http.StatusBadRequest, code)
	_, _ = v.post("/review", url.Values{"example": {all[0].ID}, "code": {asked[1]}, "said": {"yes"}})
	page = v.page("/review")
	assert.NotContains(t, page, `name="code" value="`+asked[1]+`"`)
	assert.Contains(t, page, "1 is decided")
	d, err := patient(t.Context(), v.draft)
	require.NoError(t, err)
	assert.Empty(t, d.records, "no agreement opens nothing")
	assert.NotContains(t, v.log.String(), "interpreter")
	for name, body := range map[string][]byte{
		"an entity":      document(t, `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>`, "&x;"),
		"no document":    []byte("PK\x03\x04"),
		"not UTF-8":      []byte("caf\xe9"),
		"NUL":            []byte("a\x00b"),
		"a long account": bytes.Repeat([]byte("We went. "), 200_000),
	} {
		code, _ := v.send("/collect/account/upload", "x.docx", body)
		assert.Equal(t, http.StatusUnprocessableEntity, code, name)
	}
}

// A withdrawal holds whatever the next export says, and can be undone.
func TestWithdraw(t *testing.T) {
	v := desk(t, newPath(t))
	v.messy()
	d, err := patient(t.Context(), v.draft)
	require.NoError(t, err)
	id, before := "", len(d.records)
	for _, x := range d.results {
		if !x.Withheld() {
			id = x.Log.Example
			break
		}
	}
	_, page := v.post("/examples/"+id+"/withdraw", url.Values{"effect": {"no-new-use"}})
	assert.Contains(t, page, "<strong>withdrawn</strong>")
	v.messy()
	d, err = patient(t.Context(), v.draft)
	require.NoError(t, err)
	assert.Len(t, d.records, before-1)
	_, _ = v.post("/examples/"+id+"/withdraw", url.Values{"effect": {"none"}})
	d, err = patient(t.Context(), v.draft)
	require.NoError(t, err)
	assert.Len(t, d.records, before)
}

// What looks like one is one until a person says otherwise, and then for good.
func TestAlike(t *testing.T) {
	v := desk(t, newPath(t))
	for _, name := range []string{"Zorblatt Trust (ZT)", "Zorblatt Trust S.p.A."} {
		rows := [][]string{
			{"What is your organisation called?", "What is the example called?", "Which group of companies or parent organisation do you belong to?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"},
			{name, "Letters of " + name, "", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes"},
		}
		v.taken(name+".xlsx", book(t, rows))
	}
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 2)
	code, page := v.get("/alike")
	require.Equal(t, http.StatusOK, code)
	x := regexp.MustCompile(`name="a" value="([^"]+)"><input type="hidden" name="b" value="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, x)
	independent := func() int {
		d, err := patient(t.Context(), v.draft)
		require.NoError(t, err)
		return aggregate.Independent(d.records)
	}
	assert.Equal(t, 1, independent())
	_, page = v.post("/alike", url.Values{"a": {x[1]}, "b": {x[2]}})
	open, apart, ok := strings.Cut(page, "Said to be two")
	require.True(t, ok)
	assert.NotContains(t, open, `value="`+x[2]+`"`)
	assert.Contains(t, apart, "Letters of Zorblatt Trust (ZT)", "a person sees what was decided on")
	assert.Equal(t, 2, independent())
	_, page = v.post("/alike", url.Values{"a": {x[1]}, "b": {x[2]}, "are": {"one"}})
	assert.NotContains(t, page, "Said to be two")
	assert.Contains(t, page, `value="`+x[2]+`"`)
	assert.Equal(t, 1, independent())
}

// Of an example of several parties each has a sheet and an address of its own; what
// each said is shown party by party, and the example waits for all.
func TestSeveralParties(t *testing.T) {
	v := desk(t, newPath(t))
	agreement := func(party string) model.Agreement {
		return model.Agreement{
			Schema: model.AgreementSchema, ID: "ag-" + party, Party: party, Level: model.Anonymous, Audience: model.Everyone, Consent: model.Consent{Status: "given"},
			Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseSingleSource: true}, Approval: model.Approval{Required: true},
		}
	}
	e := model.Example{
		ID: "ex-1", Kind: "ki:engagement-activity", Title: model.Text{Value: "A bus run"},
		Parties: []model.Party{
			{Ref: "p1", Role: "contributor", Identities: []model.Identity{{Type: "organisation", Name: "Zorblatt Trust"}}},
			{Ref: "p2", Role: "partner", Identities: []model.Identity{{Type: "organisation", Name: "Quuxmead Ward"}}},
		},
		Agreements: []model.Agreement{agreement("p1"), agreement("p2")},
		Steps:      []model.Step{{Text: model.Text{Value: "We asked them again."}, Method: model.Coded{Code: "me:outreach", AssignedBy: model.ByContributor}}},
	}
	require.NoError(t, v.write(t.Context(), tookExamples, "", func(tx *sql.Tx) error { return v.put(t.Context(), tx, e, 0, 0) }))
	page := v.page("/sign-off")
	assert.Contains(t, page, "Zorblatt Trust (contributor)")
	assert.Contains(t, page, "Quuxmead Ward (partner)")
	code, body := v.get("/sign-off/sheets.zip")
	require.Equal(t, http.StatusOK, code)
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	sheets := map[string]bool{}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".md") {
			r, err := f.Open()
			require.NoError(t, err)
			all, err := io.ReadAll(r)
			require.NoError(t, err)
			sheets[string(all)] = true
		}
	}
	assert.Len(t, sheets, 2, "one a party, each another")

	address := func(party string) string {
		t.Helper()
		_, page := v.post("/examples/ex-1/link", url.Values{"party": {party}})
		found := shownOnce.FindStringSubmatch(page)
		require.NotNil(t, found)
		return found[1]
	}
	code, _ = v.post("/examples/ex-1/link", url.Values{"party": {"p3"}})
	assert.Equal(t, http.StatusNotFound, code)
	first, second := address("p1"), address("p2")
	answer := func(at, decision, name string) {
		t.Helper()
		code, page := v.get(at)
		require.Equal(t, http.StatusOK, code)
		text := regexp.MustCompile(`name="text" value="([0-9a-f]{64})"`).FindStringSubmatch(page)
		require.NotNil(t, text)
		code, _ = v.post(at, url.Values{"text": {text[1]}, "slot-decision": {decision}, "slot-name": {name}})
		require.Equal(t, http.StatusOK, code)
	}
	waits := func() bool {
		d, err := patient(t.Context(), v.draft)
		require.NoError(t, err)
		require.Len(t, d.results, 1)
		return returned.Standing(d.results[0]) == "waits"
	}
	assert.True(t, waits())
	answer(first, "Yes, as it stands here", "R. Orme")
	page = v.page("/sign-off")
	assert.Contains(t, page, "yes, R. Orme")
	assert.Contains(t, page, "1 example has the yes of one party and waits for another.")
	assert.True(t, waits())
	answer(second, "Yes, as it stands here", "T. Vale")
	assert.Contains(t, v.page("/sign-off"), "yes, T. Vale")
	assert.False(t, waits())
	answer(second, "No", "")
	page = v.page("/sign-off")
	assert.Contains(t, page, "yes, R. Orme")
	assert.Contains(t, page, "no: nothing of it is published")
	assert.True(t, waits(), "a no of anyone takes it out")
	assert.NotContains(t, v.log.String(), "Orme")
}

// What was done several times one after the other on a day is one line.
func TestEntered(t *testing.T) {
	require.Equal(t, []entry{{At: "2026-11-29T10:00:02Z", Did: "decided", Times: 2}, {At: "2026-11-28T10:00:00Z", Did: "decided", About: "e-1", Example: true, Times: 1}},
		entered(entered(entered(nil, entry{At: "2026-11-29T10:00:02Z", Did: "decided", About: "e-2", Times: 1}), entry{At: "2026-11-29T10:00:01Z", Did: "decided", About: "e-1", Times: 1}),
			entry{At: "2026-11-28T10:00:00Z", Did: "decided", About: "e-1", Example: true, Times: 1}))
}
