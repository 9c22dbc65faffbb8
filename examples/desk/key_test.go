// SPDX-License-Identifier: Apache-2.0

package main

import (
	"database/sql"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
)

func (v *visit) publish() {
	v.Helper()
	state := regexp.MustCompile(`name="draft" value="([^"]+)"`).FindStringSubmatch(v.page("/publish"))
	require.NotNil(v, state)
	code, _ := v.post("/publish", url.Values{"draft": {state[1]}, "sure": {"yes"}})
	require.Equal(v, http.StatusOK, code)
}

// someSamples are enough for an edition.
func (v *visit) someSamples() {
	v.Helper()
	require.NoError(v, v.write(v.Context(), tookExamples, "", func(tx *sql.Tx) error {
		n := 0
		for e, err := range collect.Reader().JSONLines(sample.Collection()) {
			require.NoError(v, err)
			if n++; n <= 50 {
				require.NoError(v, v.put(v.Context(), tx, e, 1, n))
			}
		}
		return nil
	}))
}

func (v *visit) copies() int {
	v.Helper()
	found, err := filepath.Glob(filepath.Join(filepath.Dir(v.path), "*.backup.db"))
	require.NoError(v, err)
	return len(found)
}

// The key is changed on a page: a copy is written before, the ledger goes on, what came
// back on sheets still counts, and what was left of the change where the program ended
// amid it stops nothing.
func TestKey(t *testing.T) {
	path := newPath(t)
	v := desk(t, path)
	v.someSamples()
	v.publish()
	old := slices.Clone(v.secret())
	// One says no on a sheet of the old key.
	_, body := v.get("/sign-off/sheets.zip")
	name, sheet := "", ""
	for at, text := range unzipped(t, body) {
		if strings.HasSuffix(at, ".md") && (name == "" || at < name) {
			name, sheet = at, string(text)
		}
	}
	code, _ := v.send("/sign-off/upload", "ours.md", []byte(answeredSheet(t, sheet, "No")))
	require.Equal(t, http.StatusOK, code)
	require.Contains(t, v.page("/sign-off"), "no: nothing of it is published")
	records := len(v.drafted().records)

	page := v.page("/key")
	code, _ = v.post("/key", nil)
	assert.Equal(t, http.StatusUnprocessableEntity, code)
	assert.Equal(t, old, v.secret(), "not without the box")
	assert.Zero(t, v.copies())
	code, after := v.post("/key", url.Values{"sure": {"yes"}, "copy": {"write"}})
	require.Equal(t, http.StatusOK, code)
	assert.Equal(t, 1, v.copies())
	assert.NotEqual(t, old, v.secret())
	public := regexp.MustCompile(`<code class="long">([0-9a-f]+)</code>`)
	was, now := public.FindAllStringSubmatch(page, -1), public.FindAllStringSubmatch(after, -1)
	require.Len(t, was, 1)
	require.Len(t, now, 2)
	assert.Equal(t, was[0][1], now[1][1], "editions from before are checked with it")
	assert.NotEqual(t, was[0][1], now[0][1])
	assert.Contains(t, v.page("/"), changedKey, "in the audit log")

	assert.Contains(t, v.page("/sign-off"), "no: nothing of it is published")
	assert.Len(t, v.drafted().records, records)
	v.publish()
	code, _ = v.get("/editions/e1")
	assert.Equal(t, http.StatusOK, code, "earlier editions stay")

	// Another change, amid which the program ends before the note is written.
	note, err := os.ReadFile(v.noted())
	require.NoError(t, err)
	code, _ = v.post("/key", url.Values{"sure": {"yes"}, "copy": {"have"}})
	require.Equal(t, http.StatusOK, code)
	assert.Equal(t, 1, v.copies(), "who has a copy needs none")
	require.NoError(t, os.WriteFile(v.noted(), note, 0o600))
	w := desk(t, path)
	assert.Equal(t, v.secret(), w.secret())
	assert.Contains(t, w.page("/sign-off"), "no: nothing of it is published", "a sheet of the key before the last")
	w.publish()
	// And a copy from before publishes nothing more.
	copied, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.backup.db"))
	require.NoError(t, err)
	require.NoError(t, os.Rename(w.noted(), copied[0]+".noted"))
	x := desk(t, copied[0])
	_, err = patient(t.Context(), x.draft)
	assert.ErrorContains(t, err, "older copy")
}

// A key that has published nothing is changed as well.
func TestKey_unused(t *testing.T) {
	v := desk(t, newPath(t))
	old := slices.Clone(v.secret())
	code, _ := v.post("/key", url.Values{"sure": {"yes"}, "copy": {"have"}})
	require.Equal(t, http.StatusOK, code)
	assert.NotEqual(t, old, v.secret())
	v.someSamples()
	v.publish()
}

func (v *visit) drafted() *draft {
	v.Helper()
	d, err := patient(v.Context(), v.app.draft)
	require.NoError(v, err)
	return d
}

// The draft says which records are others than those behind the last edition, and why:
// to those only who may know of examples.
func TestDraft_again(t *testing.T) {
	v := desk(t, newPath(t))
	v.someSamples()
	assert.NotContains(t, v.page("/draft"), "Records to make again", "nothing was published yet")
	v.publish()
	assert.NotContains(t, v.page("/draft"), "Records to make again", "nothing has changed")
	i := slices.IndexFunc(v.drafted().results, func(r anonymize.Result) bool { return !r.Withheld() })
	id := v.drafted().results[i].Log.Example
	code, _ := v.post("/examples/"+id+"/withdraw", url.Values{"effect": {"no-new-use"}})
	require.Equal(t, http.StatusOK, code)
	page := v.page("/draft")
	assert.Contains(t, page, "Records to make again")
	assert.Contains(t, page, "Its agreement has changed, begun or ended, or was withdrawn.")
	i = slices.IndexFunc(v.drafted().results, func(r anonymize.Result) bool { return !r.Withheld() })
	code, _ = v.post("/examples/"+v.drafted().results[i].Log.Example+"/delete", nil)
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, v.page("/draft"), "The example is no longer there")
}
