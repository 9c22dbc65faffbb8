// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const someWords = "Fourteen people came, and we owe them lunch."

// filledIn is a folder of guides as a run wrote it, and the files of its first guide, by their
// endings, with words that somebody typed into it.
type filledIn struct {
	dir, id string
	args    []string
	typed   map[string]string
}

// fillGuide makes a folder of guides and types a text into the first open question of one of
// them: into its JSON, from which another run writes it into the other formats.
func fillGuide(t *testing.T, text string) filledIn {
	t.Helper()
	dir, args := small(t)
	_, err := howto(t, args...)
	require.NoError(t, err)
	f := filledIn{dir: dir, id: firstGuide(t, dir), args: args, typed: map[string]string{}}
	dir, args = f.again(t)
	name := filepath.Join(dir, "guides", f.id+".json")
	body, err := os.ReadFile(name)
	require.NoError(t, err)
	var tree any
	require.NoError(t, json.Unmarshal(body, &tree))
	require.True(t, answerFirst(tree, text), "no open question")
	body, err = json.Marshal(tree)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(name, body, 0o600))
	f.typed["json"] = string(body)
	_, err = howto(t, args...)
	require.NoError(t, err)
	for _, ext := range []string{"docx", "md"} {
		body, err := os.ReadFile(filepath.Join(dir, "guides", f.id+"."+ext))
		require.NoError(t, err)
		f.typed[ext] = string(body)
	}
	return f
}

// again is a copy of the folder as the run wrote it, and the arguments of a run in it.
func (f filledIn) again(t *testing.T) (dir string, args []string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "out")
	require.NoError(t, os.CopyFS(dir, os.DirFS(f.dir)))
	return dir, append(slices.Clone(f.args), "-out", dir)
}

// put writes a file of the guide into a folder.
func (f filledIn) put(t *testing.T, dir, ext, body string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "guides", f.id+"."+ext), []byte(body), 0o600))
}

// answerFirst fills the first open question of a decoded guide.
func answerFirst(v any, text string) bool {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if answerFirst(x, text) {
				return true
			}
		}
	case map[string]any:
		if v["question"] != nil && v["type"] == "text" && v["answer"] == nil {
			v["answer"] = text
			return true
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if answerFirst(v[k], text) {
				return true
			}
		}
	}
	return false
}

// What somebody typed into a guide stands in it after the next run, in every
// format, whatever the format it was typed into; and after the run after that.
func TestFilledGuidesAreKept(t *testing.T) {
	t.Parallel()
	guides := fillGuide(t, someWords)
	for _, ext := range []string{"docx", "md", "json"} {
		t.Run(ext, func(t *testing.T) {
			dir, args := guides.again(t)
			guides.put(t, dir, ext, guides.typed[ext])
			for range 2 {
				_, err := howto(t, args...)
				require.NoError(t, err)
				for _, in := range []string{"md", "html", "json"} {
					body, err := os.ReadFile(filepath.Join(dir, "guides", guides.id+"."+in))
					require.NoError(t, err)
					require.Contains(t, string(body), "we owe them lunch", in)
				}
			}
		})
	}
	t.Run("answered differently", func(t *testing.T) { answeredDifferently(t, guides) })
}

// Two people who answer the same question differently in two formats both find
// their words again.
func answeredDifferently(t *testing.T, guides filledIn) {
	t.Helper()
	const others = "Nobody came."
	dir, args := guides.again(t)
	guides.put(t, dir, "docx", guides.typed["docx"])
	markdown := strings.Replace(guides.typed["md"], someWords, others, 1)
	require.Contains(t, markdown, others)
	guides.put(t, dir, "md", markdown)
	said, err := howto(t, args...)
	require.NoError(t, err)
	require.Contains(t, said, "answered differently")
	body, err := os.ReadFile(filepath.Join(dir, "private", "kept.md"))
	require.NoError(t, err)
	require.Contains(t, string(body), "owe them lunch")
	require.Contains(t, string(body), others)
}

// A folder with files of somebody else's is left as it is.
func TestForeignFilesStay(t *testing.T) {
	t.Parallel()
	dir, args := small(t)
	for _, name := range []string{"documents/minutes.docx", "guides/mine.md", "private/sign-off/answers.docx"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte("x"), 0o600))
	}
	for range 2 {
		_, err := howto(t, args...)
		require.NoError(t, err)
	}
	for _, name := range []string{"documents/minutes.docx", "guides/mine.md", "private/sign-off/answers.docx"} {
		body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		require.NoError(t, err, name)
		require.Equal(t, "x", string(body))
	}
}

// Law 5: no edition is published with words that name somebody who declared it.
func TestNamesInAnswersAreNotPublished(t *testing.T) {
	t.Parallel()
	name := string(ofOneTopic(t)[7].Parties[0].Identities[0].Name)
	guides := fillGuide(t, "As they do at "+name+".")
	dir, args := guides.again(t)
	guides.put(t, dir, "docx", guides.typed["docx"])
	said, err := howto(t, args...)
	require.NoError(t, err)
	require.Contains(t, said, "1 question is answered with a name that somebody declared")
	require.NotContains(t, said, name)
	listed, err := os.ReadFile(filepath.Join(dir, "private", "kept.md"))
	require.NoError(t, err)
	require.Contains(t, string(listed), guides.id)

	_, err = publish(t, args...)
	require.ErrorContains(t, err, "nothing was published")
	require.ErrorContains(t, err, "guide or document "+guides.id+", question ")
	require.NotContains(t, err.Error(), name)
	require.NoFileExists(t, filepath.Join(dir, "private", "ledger"))

	for _, ext := range []string{"md", "json"} { // which no longer says what it said to the last run
		guides.put(t, dir, ext, strings.Replace(guides.typed[ext], name, "one of them", 1))
	}
	_, err = publish(t, args...)
	require.NoError(t, err)
	for file, body := range files(t, dir) {
		if !strings.HasPrefix(file, "private/") {
			require.NotContains(t, body, name, file)
		}
	}
}

// A file of somebody else's that would be replaced stops the run before it writes.
func TestForeignFileInTheWay(t *testing.T) {
	t.Parallel()
	dir, args := small(t)
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte("my page"), 0o600))
	_, err := howto(t, args...)
	require.ErrorContains(t, err, "index.html")
	body, err := os.ReadFile(filepath.Join(dir, "index.html"))
	require.NoError(t, err)
	require.Equal(t, "my page", string(body))
	_, err = os.Stat(filepath.Join(dir, "guides"))
	require.True(t, os.IsNotExist(err))
}

// small is a folder and the arguments of a quick run.
func small(t testing.TB) (dir string, args []string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "out")
	return dir, []string{"-in", jsonLines(t, ofOneTopic(t)[:24]), "-out", dir, "-key", keyFile(t), "-now", "2026-11-22"}
}

func firstGuide(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "guides", "*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, names)
	return strings.TrimSuffix(filepath.Base(names[0]), ".md")
}
