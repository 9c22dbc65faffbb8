// SPDX-License-Identifier: Apache-2.0

package main

import (
	"database/sql"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// Long work says how far it has come and can be stopped; what was taken in stays,
// nothing is published meanwhile, and it begins anew when it is asked for. Work that a
// change has overtaken ends by itself.
func TestDraft_stopped(t *testing.T) {
	v := desk(t, newPath(t))
	v.samples()
	state, err := v.state(t.Context())
	require.NoError(t, err)
	begin := func() {
		t.Helper()
		go v.draft(t.Context())
		require.Eventually(t, func() bool {
			v.work.mu.Lock()
			defer v.work.mu.Unlock()
			return v.work.done != nil && v.work.far != ""
		}, 10*time.Minute, time.Millisecond)
	}
	begin()
	v.work.mu.Lock()
	far, done := v.work.far, v.work.done
	v.work.mu.Unlock()
	assert.Regexp(t, `^(Reading|Anonymising|Bringing)`, far)
	code, _ := v.post("/draft/stop", nil)
	require.Equal(t, http.StatusOK, code)
	<-done
	if page := v.page("/draft"); assert.Contains(t, page, "Make it now") {
		assert.Contains(t, page, "Nothing that was taken in is lost")
	}
	code, _ = v.post("/publish", map[string][]string{"draft": {state}, "sure": {"yes"}})
	assert.Equal(t, http.StatusConflict, code)
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	assert.Len(t, all, 182)
	assert.Contains(t, v.page("/draft"), "Make it now", "it does not begin by itself")

	code, _ = v.post("/draft/again", nil)
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, v.page("/draft"), "independent contributors behind those")

	// Overtaken: what is under way ends, and the page has the newer one.
	// No page is asked for meanwhile: it would wait, and a quick machine be done by then.
	require.NoError(t, v.write(t.Context(), choseReaders, "", func(tx *sql.Tx) error {
		return set(t.Context(), tx, "audience", []byte("members"))
	}))
	begin()
	v.work.mu.Lock()
	done = v.work.done
	v.work.mu.Unlock()
	code, _ = v.post("/draft", map[string][]string{"audience": {"public"}})
	require.Equal(t, http.StatusOK, code)
	<-done
	d, err := patient(t.Context(), v.draft)
	require.NoError(t, err)
	now, err := v.state(t.Context())
	require.NoError(t, err)
	assert.Equal(t, now, d.state)
	assert.Equal(t, 5, d.k)
}

// The officer sees of each example what would be published, what was taken out and
// why, or why nothing is; and what would make more guides.
func TestPreview(t *testing.T) {
	v := desk(t, newPath(t))
	v.taken("two.xlsx", book(t, [][]string{
		{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"},
		{"Letters read aloud", "Zorblatt Trust", "We asked Zorblatt Trust to read each letter aloud.", "What we did, but not who we are", "As a source of guidance, In statements that rest on our example alone", "Everyone", "Yes"},
		{"Tea at the stop", "Quuxmead Ward", "We stood at the stop with tea.", "What we did, but not who we are", "As a source of guidance", "Everyone", "No"},
	}))
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 2)
	for _, e := range all {
		page := v.page("/examples/" + e.ID)
		switch string(e.Title.Value) {
		case "Letters read aloud":
			assert.Contains(t, page, "It is published unless the answer is no.")
			assert.Contains(t, page, "to read each letter aloud")
			assert.NotContains(t, page, "Zorblatt", "its name is not among what would be published")
		default:
			assert.Contains(t, page, "Nothing would be published of Tea at the stop.")
			assert.Contains(t, page, "the contributor has not agreed")
		}
		assert.Contains(t, v.page("/examples"), `href="/examples/`+e.ID+`"`)
	}
	code, _ := v.get("/examples/none")
	assert.Equal(t, http.StatusNotFound, code)
	v.messy()
	page := v.page("/draft")
	assert.Contains(t, page, "What would make more guides")
	assert.Contains(t, page, "Ask members for examples")
}

// Of each reason for which examples are withheld, a draft says how many they are and
// what can be done.
func TestDraft_remedies(t *testing.T) {
	var v drafted
	for _, code := range []string{model.ReasonUse, model.ReasonUse, anonymize.ReasonNothingGranted, model.ReasonConsent, model.ReasonLevel, model.ReasonAudience, model.ReasonConditions, model.ReasonExpired} {
		v.remedied(model.Reason{Code: code})
	}
	require.Len(t, v.Remedies, 6)
	require.Equal(t, 3, v.Remedies[0].Examples, "the same in words is one")
	for _, r := range v.Remedies {
		require.NotEmpty(t, r.Do, r.Why)
		require.Equal(t, r.At == "", r.Called == "")
	}
}

// What an export says otherwise is shown wherever in a long answer it stands.
func TestAnswersChanged_long(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("We mended the lamps on the stairs. ", 40))
	for name, now := range map[string]string{
		"at the end":      long + " It went on for a year.",
		"in the middle":   long[:700] + "It went on for a year. " + long[700:],
		"at the start":    "It went on for a year. " + long,
		"after one word":  "We It went on for a year. " + strings.TrimPrefix(long, "We "),
		"in no word":      strings.ReplaceAll(long, " ", "") + "It went on for a year.",
		"all of it":       "It went on for a year.",
		"with characters": strings.ReplaceAll(long, "stairs", "Treppenhäuser 東京") + " It went on for a year.",
	} {
		was := long
		if name == "in no word" {
			was = strings.ReplaceAll(long, " ", "")
		}
		if name == "with characters" {
			was = strings.TrimSuffix(now, " It went on for a year.")
		}
		body := func(account string) []byte {
			b, err := model.EncodeJSON(model.Example{ID: "a", Account: model.Raw(account)})
			require.NoError(t, err)
			return b
		}
		for _, x := range [][2]string{{was, now}, {now, was}} {
			got := answersChanged(body(x[0]), body(x[1]))
			require.Len(t, got, 1, name)
			assert.NotEqual(t, got[0].Was, got[0].Now, name)
			assert.Contains(t, got[0].Was+got[0].Now, "It went on", name)
			assert.LessOrEqual(t, max(utf8.RuneCountInString(got[0].Was), utf8.RuneCountInString(got[0].Now)), 300, name)
		}
	}
}
