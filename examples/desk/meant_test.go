// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// What a person says on Check that an answer means is read in the file and in the next export
// that says the same.
func TestCheck_meant(t *testing.T) {
	v := desk(t, newPath(t))
	rows := func(n, who, what string) [][]string {
		return [][]string{
			{"What is the example called?", "What is your organisation called?", "What did you do, step by step?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"},
			{n, who, what, "as per the mouse", "As a source of guidance", "Members", "Yes"},
		}
	}
	level := func(n string) model.Level {
		all, err := v.examples(t.Context())
		require.NoError(t, err)
		i := slices.IndexFunc(all, func(e model.Example) bool { return strings.HasSuffix(string(e.Title.Value), n) })
		require.GreaterOrEqual(t, i, 0)
		return all[i].Agreements[0].Level
	}
	v.taken("one.xlsx", book(t, rows("Letters one", "Zorblatt Trust", "We read letters aloud.")))
	require.Equal(t, model.Withheld, level("one"))
	require.Contains(t, v.page("/check"), "say what it means")
	for means, want := range map[string]int{"": http.StatusBadRequest, "Perhaps": http.StatusBadRequest} {
		code, _ := v.post("/check/meant", url.Values{"question": {"confidentiality"}, "said": {"as per the mouse"}, "means": {means}})
		require.Equal(t, want, code)
	}
	code, page := v.post("/check/meant", url.Values{"question": {"confidentiality"}, "said": {"as per the mouse"}, "means": {"Only in totals, together with others"}})
	require.Equal(t, http.StatusOK, code)
	assert.NotContains(t, page, "say what it means")
	v.taken("two.xlsx", book(t, rows("Evening two", "Quibnor Clinic", "Nurses rang every family before the meeting.")))
	require.Equal(t, model.Aggregate, level("two"))
}
