// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

const day = "2026-11-22"

// howto runs the program and returns what it printed.
func howto(t testing.TB, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), append([]string{"-now", day}, args...), strings.NewReader(""), &out)
	return out.String(), err
}

// written is what a run printed and wrote, with the modes of the files.
type written struct {
	said  string
	files map[string]string
	modes map[string]fs.FileMode
}

// sampleDraft is a draft of the whole sample under the key of keyFile, made once for all
// tests that only read it.
func sampleDraft(t testing.TB) written {
	t.Helper()
	w, err := draftOfSample()
	require.NoError(t, err)
	return w
}

var draftOfSample = sync.OnceValues(func() (w written, err error) {
	folder, err := os.MkdirTemp("", "howto")
	if err != nil {
		return w, err
	}
	defer os.RemoveAll(folder)
	key, dir := filepath.Join(folder, "key"), filepath.Join(folder, "out")
	if err := os.WriteFile(key, []byte(testKey), 0o600); err != nil {
		return w, err
	}
	var out bytes.Buffer
	if err := run(context.Background(), []string{"-now", day, "-out", dir, "-key", key}, strings.NewReader(""), &out); err != nil {
		return w, err
	}
	w = written{said: out.String(), files: map[string]string{}, modes: map[string]fs.FileMode{}}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		body, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		name = filepath.ToSlash(name)
		w.files[name], w.modes[name] = string(body), info.Mode().Perm()
		return err
	})
	return w, err
})

// testKey is the key of most tests, as a key file holds it.
var testKey = strings.Repeat("4b", 32)

func keyFile(t testing.TB) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(name, []byte(testKey), 0o600))
	return name
}

// files reads every file under a folder.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(body)
		return err
	}))
	require.NotEmpty(t, out)
	return out
}

func collection(t testing.TB) []model.Example {
	t.Helper()
	var out []model.Example
	for e, err := range (model.Reader{}).JSONLines(sample.Collection()) {
		require.NoError(t, err)
		out = append(out, e)
	}
	return out
}

func jsonLines(t testing.TB, examples []model.Example) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "examples.jsonl")
	var b bytes.Buffer
	require.NoError(t, model.WriteJSONLines(&b, func(yield func(model.Example, error) bool) {
		for _, e := range examples {
			if !yield(e, nil) {
				return
			}
		}
	}))
	require.NoError(t, os.WriteFile(name, b.Bytes(), 0o600))
	return name
}

func TestSampleCollection(t *testing.T) {
	t.Parallel()
	draft := sampleDraft(t)
	said, got := draft.said, draft.files
	require.Contains(t, said, "may be used")
	for _, name := range []string{"index.html", "release.jsonl", "collection.json", "summary.md", "private/decisions.jsonl", "private/withheld.md"} {
		require.Contains(t, got, name)
	}
	guides, methods := 0, 0
	for name := range got {
		if strings.HasSuffix(name, ".md") && strings.HasPrefix(name, "guides/") {
			guides++
		}
		if strings.HasSuffix(name, ".md") && strings.HasPrefix(name, "documents/method.") {
			methods++
			require.Contains(t, got["summary.md"], "("+name+")")
		}
	}
	require.GreaterOrEqual(t, guides, 8)
	require.GreaterOrEqual(t, methods, 3)
	require.Contains(t, said, fmt.Sprintf("%d guides by topic and %d by method", guides, methods))
	for name, mode := range draft.modes {
		if strings.HasPrefix(name, "private/") {
			require.Equal(t, fs.FileMode(0o600), mode, name)
		}
	}
}

func TestBrokenLineStopsAndWritesNothing(t *testing.T) {
	t.Parallel()
	all := collection(t)[:80]
	name := jsonLines(t, all)
	body, err := os.ReadFile(name)
	require.NoError(t, err)
	lines := strings.SplitAfter(string(body), "\n")
	for _, row := range []struct{ name, from, to, want string }{
		{"unknown field", `"title":`, `"titel":`, "unknown field"},
		{"unknown level", `"level":"`, `"level":"x`, "level"},
		{"cut short", "}\n", "\n", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			broken := slices.Clone(lines)
			i := strings.LastIndex(broken[36], row.from)
			require.GreaterOrEqual(t, i, 0)
			broken[36] = broken[36][:i] + row.to + broken[36][i+len(row.from):]
			file := filepath.Join(t.TempDir(), "group.jsonl")
			require.NoError(t, os.WriteFile(file, []byte(strings.Join(broken, "")), 0o600))
			dir := filepath.Join(t.TempDir(), "out")
			_, err := howto(t, "-in", file, "-out", dir)
			require.Error(t, err)
			require.Contains(t, err.Error(), "group.jsonl")
			require.Contains(t, err.Error(), "line 37")
			require.Contains(t, err.Error(), row.want)
			require.NoDirExists(t, dir)
		})
	}
}

func TestCSVGivesGuidesToo(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "export.csv")
	var b bytes.Buffer
	require.NoError(t, model.WriteCSV(&b, func(yield func(model.Example, error) bool) {
		for _, e := range collection(t)[:80] {
			// The form has columns for one party's agreement.
			if len(e.Parties) == 1 && len(e.Agreements) == 1 && model.WriteCSV(io.Discard, single(e)) == nil && !yield(e, nil) {
				return
			}
		}
	}))
	require.NoError(t, os.WriteFile(name, b.Bytes(), 0o600))
	dir := filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-in", name, "-out", dir, "-audience", "members")
	require.NoError(t, err)
	require.Contains(t, files(t, dir), "index.html")
}

func single(e model.Example) iter.Seq2[model.Example, error] {
	return func(yield func(model.Example, error) bool) { yield(e, nil) }
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"-k", "2"}, {"-audience", "all"}, {"-in", "file.xlsx"}, {"-locale", "xx-XX"}, {"-nonsense"}, {"file.csv"}, {"-now", "yesterday"},
	} {
		_, err := howto(t, args...)
		require.ErrorIs(t, err, program.ErrUsage, "%v", args)
	}
	_, err := howto(t, "-in", filepath.Join(t.TempDir(), "missing.jsonl"))
	require.ErrorContains(t, err, "missing.jsonl")
}

// Law 9: the order of the examples and the number of workers change nothing.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	key := keyFile(t)
	all := collection(t)[:50]
	once := filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-in", jsonLines(t, all), "-out", once, "-key", key, "-workers", "1")
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(3, 4))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	again := filepath.Join(t.TempDir(), "out")
	_, err = howto(t, "-in", jsonLines(t, all), "-out", again, "-key", key, "-workers", "7")
	require.NoError(t, err)
	want, got := files(t, once), files(t, again)
	require.Equal(t, len(want), len(got))
	for name, body := range want {
		require.True(t, body == got[name], "%s differs", name)
	}
}

// Law 6: a name that a contributor declared is in no file, in whatever field it
// was written, and in no error.
func TestCanary(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	var canaries []string
	all := collection(t)
	for i := range all {
		e := &all[i]
		terms, err := model.Resolve(e, mustDay(t))
		require.NoError(t, err)
		if terms.Level >= model.Attributed || i%3 != 0 {
			continue
		}
		canary := randomName(random)
		canaries = append(canaries, canary)
		e.Parties[0].Identities = append(e.Parties[0].Identities, model.Identity{Type: "person", Name: model.Raw(canary)})
		n := 0
		plant(reflect.ValueOf(e).Elem(), func(s string) string {
			n++
			switch n % 4 {
			case 0:
				return s + " " + canary
			case 1:
				return s + " (" + strings.ToUpper(canary) + "'s idea)"
			case 2:
				return strings.ToLower(canary) + "@marlinford.example wrote: " + s
			default:
				return s + " - " + canary + ", " + s
			}
		})
		require.Greater(t, n, 2)
	}
	require.Greater(t, len(canaries), 20)
	dir := filepath.Join(t.TempDir(), "out")
	name := jsonLines(t, all)
	_, err := howto(t, "-in", name, "-out", dir, "-key", keyFile(t), "-audience", "members")
	require.NoError(t, err)
	for file, body := range files(t, dir) {
		folded := strings.ToLower(body)
		for i, c := range canaries {
			require.False(t, strings.Contains(folded, strings.ToLower(c)), "canary %d is in %s", i, file)
		}
	}
}

// plant changes every text that a contributor may write freely, but for what
// the program must read as it is: party names, agreements and public sources.
func plant(v reflect.Value, change func(string) string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			switch v.Type().Field(i).Name {
			case "Parties", "Agreements", "PublicRefs", "Summary", "Link", "Licence":
			default:
				plant(v.Field(i), change)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			plant(v.Index(i), change)
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[model.Raw]() && v.Len() > 0 {
			v.SetString(change(v.String()))
		}
	}
}

func randomName(r *rand.Rand) string {
	b := make([]byte, 20)
	for i := range b {
		b[i] = byte('a' + r.IntN(26))
	}
	return strings.ToUpper(string(b[:1])) + string(b[1:])
}

// Law 11: no guide promises what examples cannot show, and counts are n of N.
func TestHonestWords(t *testing.T) {
	t.Parallel()
	for name, body := range sampleDraft(t).files {
		if !strings.HasSuffix(name, ".md") || strings.HasPrefix(name, "private/") {
			continue
		}
		for _, word := range strings.FieldsFunc(strings.ToLower(body), func(r rune) bool { return !('a' <= r && r <= 'z' || r == '-' || r == '%') }) {
			switch word {
			case "proves", "proven", "effective", "works", "evidence-based", "%":
				t.Errorf("%s says %q", name, word)
			}
		}
	}
}

func TestWithheldExamplesLeaveNoTrace(t *testing.T) {
	t.Parallel()
	all := collection(t)
	var open, closed []model.Example
	for i := range all {
		terms, err := model.Resolve(&all[i], mustDay(t))
		require.NoError(t, err)
		if ok, _ := terms.Allows(model.UseAggregate, model.Everyone); ok {
			open = append(open, all[i])
		} else if terms.Level == model.Withheld {
			closed = append(closed, all[i])
		}
	}
	require.NotEmpty(t, closed)
	open = open[:min(50, len(open))]
	key := keyFile(t)
	var outputs []map[string]string
	for _, examples := range [][]model.Example{open, append(slices.Clone(open), closed...)} {
		dir := filepath.Join(t.TempDir(), "out")
		_, err := howto(t, "-in", jsonLines(t, examples), "-out", dir, "-key", key)
		require.NoError(t, err)
		outputs = append(outputs, files(t, dir))
	}
	for name, body := range outputs[0] {
		if name == "collection.json" || strings.HasPrefix(name, "guides/") {
			require.True(t, body == outputs[1][name], "%s tells of a withheld example", name)
		}
	}
	fmt.Fprintln(t.Output(), len(open), "open,", len(closed), "withheld")
}
