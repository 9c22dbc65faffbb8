// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// commandLine builds the command line of examples/howto.
func commandLine(t *testing.T) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "howto")
	c := exec.CommandContext(t.Context(), "go", "build", "-o", to, "./examples/howto")
	c.Dir = filepath.Join("..", "..")
	out, err := c.CombinedOutput()
	require.NoError(t, err, string(out))
	return to
}

func unzipped(t *testing.T, body string) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	require.NoError(t, err)
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		files[f.Name], err = io.ReadAll(r)
		require.NoError(t, err)
	}
	return files
}

// The desk and the command line make the same bytes of the same input: rows in
// people's own ways, without codes, with answers that nobody understands, read as
// a draft, confirmed by a person, and published.
func TestSameAsCommandLine(t *testing.T) {
	howto := commandLine(t)
	sheet, err := os.ReadFile("testdata/messy.csv")
	require.NoError(t, err)
	dir := t.TempDir()
	in, key, out := filepath.Join(dir, "messy.csv"), filepath.Join(dir, "key"), filepath.Join(dir, "out")
	require.NoError(t, os.WriteFile(in, sheet, 0o600))
	v := desk(t, newPath(t))
	require.NoError(t, os.WriteFile(key, []byte(hex.EncodeToString(v.key)+"\n"), 0o600))
	run := func(more ...string) {
		t.Helper()
		args := append([]string{"-in", in, "-key", key, "-out", out, "-now", "2026-11-28", "-audience", "members"}, more...)
		said, err := exec.CommandContext(t.Context(), howto, args...).CombinedOutput()
		require.NoError(t, err, string(said))
	}
	same := func(name string, got []byte) {
		t.Helper()
		want, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		require.NoError(t, err)
		assert.True(t, bytes.Equal(want, got), "%s differs", name)
	}

	id := v.taken("messy.csv", sheet)
	_, _ = v.post("/draft", url.Values{"audience": {"members"}})
	run()
	d, err := patient(t.Context(), v.draft)
	require.NoError(t, err)
	require.NotEmpty(t, d.collection.Topics, "the rows tell of something")
	same("collection.json", d.edition.Body)
	same("release.jsonl", d.edition.Release.Proof.Release)
	_, check := v.get("/collect/" + id + "/check.csv")
	same("private/check.csv", bytes.TrimPrefix([]byte(check), []byte("\ufeff")))
	for _, topic := range d.collection.Topics {
		for _, ending := range []string{".docx", ".md", ".json", ".txt"} {
			code, body := v.get("/guides/" + topic.ID + "/guide" + ending)
			require.Equal(t, http.StatusOK, code)
			same("guides/"+topic.ID+ending, []byte(body))
		}
	}

	// A person says yes to half of the codes and no to the others.
	list := [][]string{{"example", "code", "decision"}}
	v.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for i, c := range d.codes.Open {
		said := []string{"yes", "yes", "no"}[i%3]
		list = append(list, []string{c.Example, c.Code, said})
		code, _ := v.post("/review", url.Values{"example": {c.Example}, "code": {c.Code}, "said": {said}})
		require.Equal(t, http.StatusSeeOther, code)
	}
	v.client.CheckRedirect = nil
	codes := filepath.Join(dir, "codes.csv")
	var lines []string
	for _, row := range list {
		lines = append(lines, strings.Join(row, ","))
	}
	require.NoError(t, os.WriteFile(codes, []byte(strings.Join(lines, "\n")), 0o600))
	page := v.page("/publish")
	state := regexp.MustCompile(`name="draft" value="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, state)
	code, _ := v.post("/publish", url.Values{"draft": {state[1]}, "sure": {"yes"}})
	require.Equal(t, http.StatusOK, code)
	run("-codes", codes, "-publish")
	_, body := v.get("/editions/e1")
	files := unzipped(t, body)
	guides, documents := 0, 0
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range files {
			if !yield(name) {
				return
			}
		}
	}) {
		if strings.HasSuffix(name, ".html") {
			continue // there, guides have ways to each other
		}
		if strings.HasPrefix(name, "guides/") {
			guides++
		}
		if strings.HasPrefix(name, "documents/") {
			documents++
		}
		same(name, files[name])
	}
	assert.NotZero(t, guides)
	assert.Greater(t, documents, 40, "what goes with the guides")
	assert.True(t, bytes.Contains(files["documents/index.html"], []byte(`href="collection.docx"`)))
	// The page of all guides shows where the examples are, and finds words in the guides.
	same("search.js", files["search.js"])
	index := string(files["index.html"])
	assert.Contains(t, index, `<script src="search.js" defer>`)
	assert.Equal(t, guides/4, strings.Count(index, "<h3>"))
	theirs, err := os.ReadFile(filepath.Join(out, "index.html"))
	require.NoError(t, err)
	assert.Equal(t, bytes.Contains(theirs, []byte(`<h2 id="map">`)), strings.Contains(index, `<h2 id="map">`))
	for _, page := range []string{"index.html", "documents/index.html", "guides/" + d.collection.Topics[0].ID + ".html"} { // no way leads nowhere
		for _, to := range regexp.MustCompile(`href="([^"#]+)`).FindAllSubmatch(files[page], -1) {
			if !bytes.Contains(to[1], []byte(":")) {
				assert.NotNil(t, files[path.Join(path.Dir(page), string(to[1]))], "%s leads to %s", page, to[1])
			}
		}
	}
}
