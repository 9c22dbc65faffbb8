// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// tellsNothing is a sheet without the columns on what may be done.
func tellsNothing(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/messy.csv")
	require.NoError(t, err)
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	require.NoError(t, err)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, cells := range rows {
		require.NoError(t, w.Write(append(cells[:3:3], cells[7:]...)))
	}
	w.Flush()
	return b.Bytes()
}

// What the form's introduction told everybody is said once on the page of the mapping,
// where nothing is chosen beforehand, and gives what the command line gives.
func TestSaidOnce(t *testing.T) {
	sheet := tellsNothing(t)
	v := desk(t, newPath(t))
	code, page := v.send("/collect/upload", "silent.csv", sheet)
	require.Equal(t, http.StatusOK, code)
	m := inCollect.FindStringSubmatch(page)
	require.NotNil(t, m)
	at := "/collect/" + m[1]
	page = v.page(at)
	_, block, ok := strings.Cut(page, "Said once for the whole sheet")
	require.True(t, ok)
	block, _, ok = strings.Cut(block, `aria-label="Columns"`)
	require.True(t, ok, "what is needed comes before the columns")
	assert.Contains(t, block, "no example can be used")
	assert.NotContains(t, block, " selected")
	assert.NotContains(t, block, " checked")
	for _, id := range []string{"consent", "confidentiality", "uses", "audience", "expires", "k", "organisation_type"} {
		assert.Contains(t, block, `name="once-`+id+`"`)
	}
	for _, id := range []string{"country", "year", "title"} {
		assert.NotContains(t, block, `name="once-`+id+`"`, "a column answers it, or each contributor does")
	}

	said := url.Values{
		"do": {"save"}, "once": {"shown"}, "once-consent": {"yes"}, "once-confidentiality": {"anonymous"}, "once-audience": {"public"},
		"once-uses": {"aggregate", "guidance"}, "once-k": {"many"}, "once-expires": {""},
	}
	code, page = v.post(at, said)
	require.Equal(t, http.StatusUnprocessableEntity, code)
	assert.Contains(t, page, "With how many others at least?")
	assert.NotContains(t, page, "many”")
	u, err := v.upload(t.Context(), m[1])
	require.NoError(t, err)
	require.Empty(t, u.mapping, "nothing of it is kept")
	said["once-k"] = []string{"6"}
	code, page = v.post(at, said)
	require.Equal(t, http.StatusOK, code)
	assert.NotContains(t, v.page(at), "no example can be used")
	assert.Contains(t, page, "taken from the mapping: Yes.")
	assert.Contains(t, page, `value="guidance" checked>`)
	assert.Contains(t, page, `name="once-k" value="6"`)
	count := func(did string) (n int) {
		require.NoError(t, v.db.QueryRowContext(t.Context(), "SELECT count(*) FROM audit WHERE did = ? AND about = ?", did, m[1]).Scan(&n))
		return n
	}
	require.Equal(t, 1, count("said once for a whole sheet"))
	code, _ = v.post(at, url.Values{"do": {"take"}}) // as it stands
	require.Equal(t, http.StatusOK, code)
	require.Equal(t, 1, count("said once for a whole sheet"))
	examples, err := v.examples(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, examples)
	for _, e := range examples {
		require.Equal(t, "given", e.Agreements[0].Consent.Status)
		require.Equal(t, model.Anonymous, e.Agreements[0].Level)
		require.Equal(t, 6, e.Agreements[0].K)
	}

	// The next file says nothing of it by itself: its form may have told otherwise.
	_, page = v.send("/collect/upload", "next.csv", sheet)
	_, block, ok = strings.Cut(page, "Said once for the whole sheet")
	require.True(t, ok)
	block, _, ok = strings.Cut(block, `aria-label="Columns"`)
	require.True(t, ok, "what is needed comes before the columns")
	assert.Contains(t, block, "no example can be used")
	assert.NotContains(t, block, " selected")
	assert.NotContains(t, block, " checked")

	howto := commandLine(t)
	dir := t.TempDir()
	in, key, mapping, out := filepath.Join(dir, "silent.csv"), filepath.Join(dir, "key"), filepath.Join(dir, "map.csv"), filepath.Join(dir, "out")
	require.NoError(t, os.WriteFile(in, sheet, 0o600))
	require.NoError(t, os.WriteFile(key, []byte(hex.EncodeToString(v.key)+"\n"), 0o600))
	lines := "every row,,consent,,Yes\nevery row,,confidentiality,,\"What we did, but not who we are\"\nevery row,,audience,,Everyone\n" +
		"every row,,uses,,\"Counted, and told together with others | As a source of guidance\"\nevery row,,k,,6\n"
	require.NoError(t, os.WriteFile(mapping, []byte(lines), 0o600))
	told, err := exec.CommandContext(t.Context(), howto, "-in", in, "-map", mapping, "-key", key, "-out", out, "-now", "2026-11-28", "-audience", "members").CombinedOutput()
	require.NoError(t, err, string(told))
	_, _ = v.post("/draft", url.Values{"audience": {"members"}})
	d, err := patient(t.Context(), v.draft)
	require.NoError(t, err)
	require.NotEmpty(t, d.records)
	_, check := v.get(at + "/check.csv")
	for name, got := range map[string][]byte{
		"collection.json": d.edition.Body, "release.jsonl": d.edition.Release.Proof.Release, "private/check.csv": bytes.TrimPrefix([]byte(check), []byte("\ufeff")),
	} {
		want, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		require.NoError(t, err)
		assert.True(t, bytes.Equal(want, got), "%s differs", name)
	}
}

// What was said once of a form's file is offered for its next one, and holds for that
// once a person says it again; a file of another form is offered nothing.
func TestSaidOnce_again(t *testing.T) {
	sheet := tellsNothing(t)
	v := desk(t, newPath(t))
	_, page := v.send("/collect/upload", "spring.csv", sheet)
	at := "/collect/" + inCollect.FindStringSubmatch(page)[1]
	assert.NotContains(t, v.page(at), "Say the same of this file")
	said := url.Values{"do": {"take"}, "once": {"shown"}, "once-consent": {"yes"}, "once-confidentiality": {"anonymous"}, "once-uses": {"aggregate", "guidance"}, "once-audience": {"public"}}
	code, _ := v.post(at, said)
	require.Equal(t, http.StatusOK, code)
	before, err := v.examples(t.Context())
	require.NoError(t, err)

	_, page = v.send("/collect/upload", "autumn.csv", append(bytes.Clone(sheet), '\n'))
	at = inCollect.FindAllStringSubmatch(page, -1)[0][0]
	at = "/collect/" + inCollect.FindStringSubmatch(at)[1]
	page = v.page(at)
	require.Contains(t, page, "Say the same of this file")
	assert.Contains(t, page, "spring.csv")
	assert.NotContains(t, page, " checked", "nothing is chosen beforehand")
	code, page = v.post(at, url.Values{"do": {"again"}, "once": {"shown"}})
	require.Equal(t, http.StatusOK, code)
	assert.NotContains(t, page, "Say the same of this file")
	assert.Contains(t, page, " checked")
	code, _ = v.post(at, url.Values{"do": {"take"}})
	require.Equal(t, http.StatusOK, code)
	after, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, after, len(before))
	for i := range before {
		assert.Equal(t, before[i].Agreements, after[i].Agreements)
	}

	_, page = v.send("/collect/upload", "other.csv", []byte("Account,Organisation\nWe met in the hall.,A made-up club\n"))
	require.NotNil(t, inCollect.FindStringSubmatch(page))
	for _, m := range inCollect.FindAllStringSubmatch(page, -1) {
		assert.NotContains(t, v.page("/collect/"+m[1]), "Say the same of this file")
	}
}
