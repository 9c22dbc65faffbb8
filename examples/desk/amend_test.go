// SPDX-License-Identifier: Apache-2.0

package main

import (
	"maps"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// What a person settles of an agreement holds over the next export, until the sheet
// itself says something else: a no is never opened by what was settled before.
func TestAmend(t *testing.T) {
	v := desk(t, newPath(t))
	export := func(consent string) model.Agreement {
		t.Helper()
		v.taken("x.xlsx", book(t, [][]string{
			{"What is the example called?", "What is your organisation called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"},
			{"A title", "Zorblatt Trust", "What we did, but not who we are", "As a source of guidance", "Everyone", consent},
		}))
		all, err := v.examples(t.Context())
		require.NoError(t, err)
		require.Len(t, all, 1)
		return all[0].Agreements[0]
	}
	require.Equal(t, model.Withheld, export("Yes, if our name is not shown").Level)
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	at := "/examples/" + all[0].ID + "/agreement"
	code, _ := v.get(at)
	require.Equal(t, http.StatusOK, code)
	settle := url.Values{
		"confidentiality": {"What we did, but not who we are"}, "uses": {"Counted, and told together with others", "As a source of guidance"},
		"audience": {"Members"}, "consent": {"Yes"}, "expires": {"5 October 2031"}, "evidence": {"e-mail of 3 November"},
	}
	for missing, value := range map[string]string{"evidence": "", "consent": "perhaps", "expires": "some day"} {
		wrong := url.Values{}
		maps.Copy(wrong, settle)
		wrong.Set(missing, value)
		code, _ = v.post(at, wrong)
		assert.Equal(t, http.StatusUnprocessableEntity, code, missing)
	}
	code, _ = v.post(at, settle)
	require.Equal(t, http.StatusOK, code)
	got := export("Yes, if our name is not shown")
	assert.Equal(t, model.Anonymous, got.Level)
	assert.Equal(t, model.Members, got.Audience)
	assert.Equal(t, model.Uses{model.UseAggregate: true, model.UseGuidance: true}, got.Uses)
	assert.Equal(t, "2031-10-05", got.Expires)
	assert.Equal(t, "given", got.Consent.Status)
	no := export("No")
	assert.NotEqual(t, "given", no.Consent.Status, "the contributor has said no since")
	assert.Equal(t, model.Anonymous, export("Yes, if our name is not shown").Level)
	_, _ = v.post("/examples/"+all[0].ID+"/withdraw", url.Values{"effect": {"no-new-use"}})
	assert.NotEmpty(t, export("Yes, if our name is not shown").Withdrawal.Effect)
	_, _ = v.post(at, url.Values{"do": {"undo"}})
	assert.Equal(t, model.Withheld, export("Yes, if our name is not shown").Level)
	assert.NotContains(t, v.log.String(), "November")
}

// Conditions are shown, and the example waits until a person says that they were read.
// What is left empty stays as it was sent, and what narrows is never opened.
func TestAmend_conditions(t *testing.T) {
	v := desk(t, newPath(t))
	v.taken("x.xlsx", book(t, [][]string{
		{"What is the example called?", "What is your organisation called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "Until when may it be used?", "Minimum number of other organisations", "May we publish the wibble?"},
		{"A title", "Zorblatt Trust", "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", "2031-10-05", "7", "Not <b>before</b> the summer"},
	}))
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1)
	sent := all[0].Agreements[0]
	require.Equal(t, 8, sent.K)
	at := "/examples/" + all[0].ID + "/agreement"
	_, page := v.get(at)
	assert.Contains(t, page, "May we publish the wibble?: Not &lt;b&gt;before&lt;/b&gt; the summer")
	settle := url.Values{
		"confidentiality": {"What we did, but not who we are"}, "uses": {"As a source of guidance"}, "audience": {"Members"}, "consent": {"Yes"},
		"not_before": {"2027-06-01"}, "k": {"3"}, "evidence": {"telephone, 3 November"},
	}
	code, _ := v.post(at, settle)
	require.Equal(t, http.StatusUnprocessableEntity, code, "nobody has read them")
	settle.Set("conditions", model.HashText("something else"))
	code, _ = v.post(at, settle)
	require.Equal(t, http.StatusUnprocessableEntity, code)
	settle.Set("conditions", model.HashText(string(sent.Conditions)))
	code, _ = v.post(at, settle)
	require.Equal(t, http.StatusOK, code)
	all, err = v.examples(t.Context())
	require.NoError(t, err)
	got := all[0].Agreements[0]
	assert.Equal(t, model.HashText(string(sent.Conditions)), got.ConditionsReviewed)
	assert.Equal(t, 8, got.K)
	assert.Equal(t, "2031-10-05", got.Expires)
	assert.Equal(t, "2027-06-01", got.NotBefore)
	assert.Equal(t, model.Members, got.Audience)
}

// What a person settled as closed is not opened when the sheet, or how it is read, changes:
// the most closed of both holds.
func TestAmend_staysClosed(t *testing.T) {
	v := desk(t, newPath(t))
	export := func(cells ...string) model.Agreement {
		t.Helper()
		v.taken("x.xlsx", book(t, [][]string{
			{"What is the example called?", "What is your organisation called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "Until when may it be used?"},
			append([]string{"A title", "Zorblatt Trust", "With our name, once we have approved the text", "As a source of guidance", "Everyone"}, cells...),
		}))
		all, err := v.examples(t.Context())
		require.NoError(t, err)
		require.Len(t, all, 1)
		require.Len(t, all[0].Agreements, 1)
		return all[0].Agreements[0]
	}
	require.Equal(t, "given", export("Yes", "2035-10-05").Consent.Status)
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	at := "/examples/" + all[0].ID + "/agreement"
	settle := func(more url.Values) {
		values := url.Values{
			"confidentiality": {"What we did, but not who we are"}, "uses": {"As a source of guidance"}, "audience": {"Members"}, "consent": {"Yes"},
			"expires": {"2030-10-05"}, "not_before": {"2028-06-01"}, "k": {"9"}, "approval": {"Yes"}, "evidence": {"telephone, 3 November"},
		}
		maps.Copy(values, more)
		code, _ := v.post(at, values)
		require.Equal(t, http.StatusOK, code)
	}
	settle(nil)
	for _, day := range []string{"2034-10-05", "2029-10-05", ""} {
		got := export("Yes", day)
		assert.Equal(t, model.Anonymous, got.Level)
		assert.Equal(t, model.Members, got.Audience)
		assert.True(t, got.Approval.Required)
		assert.Equal(t, 10, got.K)
		assert.Equal(t, "2028-06-01", got.NotBefore)

		assert.LessOrEqual(t, got.Expires, "2030-10-05")
		assert.NotEmpty(t, got.Expires)
	}
	settle(url.Values{"consent": {"No"}})
	assert.NotEqual(t, "given", export("Yes", "2033-10-05").Consent.Status, "it took its yes back by telephone")
	assert.NotEqual(t, "given", export("Yes", "2033-10-06").Consent.Status)
}
