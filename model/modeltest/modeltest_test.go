// SPDX-License-Identifier: Apache-2.0

package modeltest_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// A recorder stands for a test that may fail: it notes failures instead of
// failing. Fatalf returns here, so callers must return after it.
type recorder struct {
	testing.TB

	failures []string
	dir      string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Name() string              { return "recorder" }
func (r *recorder) ArtifactDir() string       { return r.dir }
func (r *recorder) Errorf(f string, a ...any) { r.failures = append(r.failures, fmt.Sprintf(f, a...)) }
func (r *recorder) Fatalf(f string, a ...any) { r.Errorf(f, a...) }
func newRecorder(t *testing.T) *recorder      { t.Helper(); return &recorder{TB: t, dir: t.TempDir()} }

func put(t *testing.T, file string, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
}

func TestGolden(t *testing.T) {
	if modeltest.Updating() {
		t.Skip("-update writes what this test compares")
	}
	for _, tc := range []struct {
		name, golden, got, want, reason string
	}{
		{"same", "one\ntwo\n", "one\ntwo\n", "", "equal bytes pass"},
		{"line", "one\ntwo\nthree\n", "one\ntvo\nthree\n", "line 2, byte 2", "the place is named"},
		{"longer", "one\n", "one\ntwo", "line 2, byte 1", "an end is a difference too"},
		{"line ends", "one\n", "one\r\n", "line 1, byte 4", "line ends are bytes"},
		{"empty", "one", "", "line 1, byte 1", "no output is not the golden output"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, "testdata/deep/case.txt", tc.golden)
			r := newRecorder(t)
			modeltest.Golden(r, "deep/case.txt", []byte(tc.got))
			if tc.want == "" {
				require.Empty(t, r.failures, tc.reason)
				return
			}
			require.Len(t, r.failures, 1, tc.reason)
			require.Contains(t, r.failures[0], tc.want, tc.reason)
			kept, err := os.ReadFile(filepath.Join(r.dir, "case.txt"))
			require.NoError(t, err)
			require.Equal(t, tc.got, string(kept), "what came out is kept for -artifacts")
		})
	}
}

func TestGoldenMissing(t *testing.T) {
	if modeltest.Updating() {
		t.Skip("-update writes missing files")
	}
	t.Chdir(t.TempDir())
	r := newRecorder(t)
	modeltest.Golden(r, "none.txt", nil)
	require.Len(t, r.failures, 1)
	require.Contains(t, r.failures[0], "does not exist")
}

func TestGoldenStaysBelowTestdata(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../api.go", "/etc/passwd", "a/../b", "a//b"} {
		r := newRecorder(t)
		modeltest.Golden(r, name, []byte("x"))
		require.Len(t, r.failures, 1, "%q would leave testdata or has two spellings", name)
	}
}

func TestGoldenShowsNoText(t *testing.T) {
	if modeltest.Updating() {
		t.Skip("-update writes what this test compares")
	}
	t.Chdir(t.TempDir())
	secret := modeltest.Canary(t, 0)
	put(t, "testdata/case.txt", "A line.\n")
	r := newRecorder(t)
	modeltest.Golden(r, "case.txt", []byte("A line by "+secret+".\n"))
	require.Len(t, r.failures, 1)
	require.NotContains(t, r.failures[0], secret)
}

func TestFiles(t *testing.T) {
	fsys := os.DirFS(".")
	require.Equal(t, []string{"api.go", "canary.go"}, modeltest.Files(t, fsys, "?[ap]*.go"))
	r := newRecorder(t)
	require.Empty(t, modeltest.Files(r, fsys, "no-such-*"))
	require.Len(t, r.failures, 1, "a test over no cases cannot fail")
	r = newRecorder(t)
	require.Empty(t, modeltest.Files(r, fsys, "[bad"))
	require.Len(t, r.failures, 1, "a bad pattern matches nothing")
}

func TestAPI(t *testing.T) { modeltest.API(t) }

func TestAPIListsWhatOthersMayCall(t *testing.T) {
	if modeltest.Updating() {
		t.Skip("-update writes what this test compares")
	}
	t.Chdir(t.TempDir())
	put(t, "p.go", `// Package p is made up.
package p

// Small is documented.
const Small, hidden = 1, 2

type Open struct {
	// A has a comment.
	A      int // another
	secret string
}

type closed struct{ B int }

func (o *Open) Do(x int) error { return nil }
func (o *Open) dont()          {}
func New() *Open               { return nil }
func helper()                  {}
`)
	put(t, "p_test.go", "package p\n\nfunc NotListed() {}\n")
	put(t, "testdata/api.txt", `package p: 3 exported names

const Small, _ = 1, 2
func (o *Open) Do(x int) error
func New() *Open
type Open struct {
	A int
	_ unexported
}
`)
	r := newRecorder(t)
	modeltest.API(r)
	require.Empty(t, r.failures)
	put(t, "q.go", "package p\n\nfunc Added() {}\n")
	modeltest.API(r)
	require.Len(t, r.failures, 1, "a new exported function is a change of API")
}

func TestCanary(t *testing.T) {
	seen := map[string]bool{}
	for n := range 1000 {
		c := modeltest.Canary(t, n)
		require.Regexp(t, `^[A-Z][a-z]{19}$`, c)
		require.False(t, seen[c])
		seen[c] = true
		require.Equal(t, c, modeltest.Canary(t, n), "a failure can be repeated")
	}
}

func TestAbsent(t *testing.T) {
	const secret = "Gafelimo"
	for _, tc := range []struct {
		name, data, reason string
		found              bool
	}{
		{"clean", "Nothing to see in this line.", "absent", false},
		{"near", "Gafelim and afelimo", "parts are not the whole", false},
		{"plain", "by Gafelimo.", "as it is", true},
		{"case", "by GAFELIMO.", "any case", true},
		{"spaced", "G a-f e.l i_m o", "separators do not hide it", true},
		{"backwards", "omilefag", "reversing does not hide it", true},
		{"hex", "476166656C696D6F", "hex does not hide it", true},
		{"base64", "R2FmZWxpbW8=", "base64 does not hide it", true},
		{"base64 shifted by 1", "eEdhZmVsaW1v", "nor after one other byte", true},
		{"base64 shifted by 2", "eHhHYWZlbGltbw==", "nor after two", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRecorder(t)
			modeltest.Absent(r, secret, "the data", []byte(tc.data))
			require.Equal(t, tc.found, len(r.failures) == 1, tc.reason)
			for _, f := range r.failures {
				require.NotContains(t, strings.ToLower(f), strings.ToLower(secret), "the failure keeps the secret")
			}
		})
	}
	r := newRecorder(t)
	modeltest.Absent(r, "Ann", "the data", []byte("clean"))
	require.Len(t, r.failures, 1, "a short secret's absence means nothing")
}

type loud string

type quiet string

func (q quiet) Format(s fmt.State, _ rune) { _, _ = fmt.Fprintf(s, "[text %d bytes]", len(q)) }

type mute string

func (m mute) Format(s fmt.State, r rune) { quiet(m).Format(s, r) }
func (m mute) LogValue() slog.Value       { return slog.StringValue(fmt.Sprint(m)) }

type leaky struct{ cause error }

func (l leaky) Error() string { return "a clean message" }
func (l leaky) Unwrap() error { return l.cause }

func TestSilent(t *testing.T) {
	secret := modeltest.Canary(t, 0)
	for _, tc := range []struct {
		name, reason string
		v            any
		silent       bool
	}{
		{"a string", "prints itself", loud(secret), false},
		{"a Formatter", "slog's JSON handler does not ask it", quiet(secret), false},
		{"a Formatter and LogValuer", "prints its size everywhere", mute(secret), true},
		{"an error's cause", "a wrapped error can be printed by anyone", leaky{fmt.Errorf("at %s", secret)}, false},
		{"a clean error", "nothing to show", leaky{fmt.Errorf("at line 3")}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRecorder(t)
			modeltest.Silent(r, secret, tc.v)
			require.Equal(t, tc.silent, len(r.failures) == 0, "%s: %q", tc.reason, r.failures)
		})
	}
}
