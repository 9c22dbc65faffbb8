// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// publishes presses the button, and reports what came of it.
func (v *visit) publishes() (int, string) {
	v.Helper()
	state := regexp.MustCompile(`name="draft" value="([^"]+)"`).FindStringSubmatch(v.page("/publish"))
	require.NotNil(v, state)
	return v.post("/publish", url.Values{"draft": {state[1]}, "sure": {"yes"}})
}

// On a new machine a copy alone is enough: everything that was done is there, words,
// answers, look and editions, and the next edition is held against the last.
func TestStore_restored(t *testing.T) {
	path := newPath(t)
	v := desk(t, path)
	v.messy()
	_, _ = v.post("/draft", url.Values{"audience": {"members"}})
	code, _ := v.publishes()
	require.Equal(t, http.StatusOK, code)
	d, err := patient(t.Context(), v.draft)
	require.NoError(t, err)
	require.NotEmpty(t, d.results)
	withdrawn := ""
	for _, x := range d.results {
		if !x.Withheld() {
			withdrawn = x.Log.Example
		}
	}
	_, _ = v.post("/examples/"+withdrawn+"/withdraw", url.Values{"effect": {"no-new-use"}})
	_, first := v.get("/editions/e1")
	want, err := v.examples(t.Context())
	require.NoError(t, err)
	code, _ = v.post("/backup", nil)
	require.Equal(t, http.StatusOK, code)
	copies, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.backup.db"))
	require.NoError(t, err)
	require.Len(t, copies, 1)

	elsewhere := newPath(t)
	body, err := os.ReadFile(copies[0])
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(elsewhere, body, 0o644))
	w := desk(t, elsewhere) // signs in with the same passphrase
	info, err := os.Stat(elsewhere)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	got, err := w.examples(t.Context())
	require.NoError(t, err)
	assert.Equal(t, want, got)
	_, again := w.get("/editions/e1")
	assert.True(t, first == again, "the edition is there")
	code, _ = w.publishes()
	require.Equal(t, http.StatusOK, code)
	code, _ = w.get("/editions/e2")
	assert.Equal(t, http.StatusOK, code)

	// Put beside the note of a later edition, the same copy is told.
	note, err := os.ReadFile(elsewhere + ".noted")
	require.NoError(t, err)
	late := newPath(t)
	require.NoError(t, os.WriteFile(late, body, 0o600))
	require.NoError(t, os.WriteFile(late+".noted", note, 0o600))
	x := desk(t, late)
	_, err = patient(t.Context(), x.draft)
	require.ErrorContains(t, err, "older copy")
}
