// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"database/sql"
	"encoding/hex"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

// ofEveryKind are examples of the sample: all whose agreement names, only counts, has
// ended or was withdrawn, and some of the others, of several parties too.
func ofEveryKind(t *testing.T) (all []*model.Example) {
	t.Helper()
	kinds := map[string]int{}
	for e, err := range collect.Reader().JSONLines(sample.Collection()) {
		require.NoError(t, err)
		kind := "plain"
		for _, g := range e.Agreements {
			if g.Level != model.Anonymous || g.Withdrawal.Effect != "" || g.Expires != "" && g.Expires < "2026-11-28" {
				kind = "special"
			}
		}
		if kind == "plain" && len(e.Parties) > 1 {
			kind = "parties"
		}
		if kinds[kind]++; kind == "special" || kinds[kind] <= map[string]int{"plain": 24, "parties": 6}[kind] {
			all = append(all, &e)
		}
	}
	require.Greater(t, kinds["special"], 10)
	return all
}

// named reports whether an example is of a party of one kind of name.
func named(kind string) func(e *model.Example) bool {
	return func(e *model.Example) bool {
		return len(e.Parties) == 1 && len(e.Parties[0].Identities) > 0 && e.Parties[0].Identities[0].Type == kind
	}
}

// Two editions of both, of agreements of every kind: one that names whose sheet came back
// with a yes, some that count only, have ended or are withdrawn; then one is withdrawn,
// one says something else, a no comes back, and two that look alike are told apart. What
// is sent out and what is published is the same to the byte.
func TestSameAsCommandLine_year(t *testing.T) {
	howto := commandLine(t)
	dir := t.TempDir()
	in, key, out, two, signed := filepath.Join(dir, "in.jsonl"), filepath.Join(dir, "key"), filepath.Join(dir, "out"), filepath.Join(dir, "two.csv"), filepath.Join(dir, "signed")
	v := desk(t, newPath(t))
	require.NoError(t, os.Mkdir(signed, 0o700))
	require.NoError(t, os.WriteFile(key, []byte(hex.EncodeToString(v.key)+"\n"), 0o600))
	require.NoError(t, os.WriteFile(two, nil, 0o600))
	examples := ofEveryKind(t)
	take := func() {
		t.Helper()
		require.NoError(t, v.write(t.Context(), tookExamples, "", func(tx *sql.Tx) error {
			for i, e := range examples {
				require.NoError(t, v.put(t.Context(), tx, *e, 1, i+1))
			}
			return nil
		}))
	}
	run := func(more ...string) {
		t.Helper()
		var b bytes.Buffer
		require.NoError(t, model.WriteJSONLines(&b, func(yield func(model.Example, error) bool) {
			for _, e := range examples {
				if !yield(*e, nil) {
					return
				}
			}
		}))
		require.NoError(t, os.WriteFile(in, b.Bytes(), 0o600))
		args := append([]string{"-in", in, "-key", key, "-out", out, "-now", "2026-11-28", "-audience", "public", "-apart", two}, more...)
		said, err := exec.CommandContext(t.Context(), howto, args...).CombinedOutput()
		require.NoError(t, err, string(said))
	}
	same := func(from string, files map[string][]byte) {
		t.Helper()
		n := 0
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if strings.HasSuffix(name, ".html") {
				continue // there, guides have ways to each other
			}
			want, err := os.ReadFile(filepath.Join(out, from, filepath.FromSlash(name)))
			if assert.NoError(t, err) {
				assert.True(t, bytes.Equal(want, files[name]), "%s differs", name)
			}
			n++
		}
		assert.Greater(t, n, 40)
	}
	sheets := func() map[string][]byte {
		t.Helper()
		v.page("/draft")
		_, body := v.get("/sign-off/sheets.zip")
		files := unzipped(t, body)
		delete(files, "whose-is-which.csv")
		for name, sheet := range files {
			delete(files, name)
			if strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".docx") {
				files[strings.TrimPrefix(name, "sheets/")] = sheet
			}
		}
		return files
	}
	comesBack := func(sheet []byte, name, said string) {
		t.Helper()
		body := []byte(answeredSheet(t, string(sheet), said))
		require.NoError(t, os.WriteFile(filepath.Join(signed, name), body, 0o600))
		_, _ = v.send("/sign-off/upload", name, body)
	}
	sheetOf := func(sent map[string][]byte, e *model.Example) []byte {
		t.Helper()
		d, err := patient(t.Context(), v.draft)
		require.NoError(t, err)
		for _, x := range d.results {
			if x.Log.Example == e.ID && !x.Withheld() {
				for _, name := range slices.Sorted(maps.Keys(sent)) {
					if strings.HasPrefix(name, x.Record.ID()) && strings.HasSuffix(name, ".md") {
						return sent[name]
					}
				}
			}
		}
		require.Fail(t, "no sheet was sent")
		return nil
	}

	var plain []*model.Example
	for _, e := range examples {
		if len(e.Agreements) == 1 && e.Agreements[0].Level == model.Anonymous && e.Agreements[0].Expires == "" && e.Agreements[0].Withdrawal.Effect == "" && len(e.Steps) > 0 {
			plain = append(plain, e)
		}
	}
	// Two of them go by one name from the beginning.
	first := slices.IndexFunc(plain, named("organisation"))
	second := first + 1 + slices.IndexFunc(plain[first+1:], named("organisation"))
	require.NotEqual(t, plain[first].Parties[0].HoldingRef(), plain[second].Parties[0].HoldingRef())
	plain[second].Parties[0].Identities[0].Name = plain[first].Parties[0].Identities[0].Name + " Ltd"

	take()
	run()
	sent := sheets()
	same("private/sign-off", sent)
	attributed := examples[slices.IndexFunc(examples, func(e *model.Example) bool {
		return len(e.Parties) == 1 && e.Agreements[0].Level == model.Attributed && e.Agreements[0].Expires == ""
	})]
	comesBack(sheetOf(sent, attributed), "yes.md", "Yes")
	run("-signed", signed, "-publish")
	v.publish()
	_, body := v.get("/editions/e1")
	same("", unzipped(t, body))

	alike := anonymize.LookAlikes(examples, nil)
	require.NotEmpty(t, alike)
	_, _ = v.post("/alike", url.Values{"a": {alike[0].A}, "b": {alike[0].B}, "are": {"two"}})
	require.NoError(t, os.WriteFile(two, []byte(alike[0].A+","+alike[0].B+"\n"), 0o600))
	comesBack(sheetOf(sent, plain[0]), "no.md", "No")
	plain[1].Steps[0].Text.Value += " Later we did it once more."
	take()
	_, _ = v.post("/examples/"+plain[2].ID+"/withdraw", url.Values{"effect": {"no-new-use"}})
	plain[2].Agreements[0].Withdrawal = model.Withdrawal{Effect: "no-new-use", RequestedAt: "2026-11-28"}
	run("-signed", signed, "-publish")
	v.publish()
	_, body = v.get("/editions/e2")
	same("", unzipped(t, body))
}
