// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/modeltest"
	"github.com/sharedpractice/sharedpractice/model/reading/internal/linear"
	"github.com/sharedpractice/sharedpractice/model/reading/weights"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

var _ = modeltest.API // registers -update

const openText = "../../../../../shared/eval/open-text/open-text.jsonl.gz"

// The passages are whole: known roles, known codes but for those that the
// vocabulary does not have yet.
func TestPassages(t *testing.T) {
	c, err := load(os.DirFS("passages"))
	require.NoError(t, err)
	require.NotEmpty(t, c.passages)
	require.NotEmpty(t, c.accounts)
	for _, p := range c.passages {
		require.NotEmpty(t, p.text)
		if !p.bound {
			require.Contains(t, linear.RoleNames(), p.role)
		}
	}
	for _, a := range c.accounts {
		for _, code := range a.codes() {
			require.True(t, slices.Contains(c.labels, code), "%s: %s", a.ID, code)
		}
	}
}

// The same passages give the same weights, bit for bit.
func TestWeights(t *testing.T) {
	if os.Getenv("SHAREDPRACTICE_TRAIN") == "" {
		t.Skip("takes a minute or more; set SHAREDPRACTICE_TRAIN to have it")
	}
	c, err := load(os.DirFS("passages"))
	require.NoError(t, err)
	if _, err := os.Stat(openText); err != nil {
		t.Skip("the open text is not there")
	}
	require.NoError(t, c.mark(os.DirFS("passages"), openText))
	b := train(c, 2, wordtable.Default(), io.Discard)
	require.True(t, string(b.Append(nil)) == weights.Data(), "the weights are not those of the passages")
}

// Weights that were made before the passages, the vocabulary or the features changed
// are found without training: run the program with -write.
func TestProvenance(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("..", "..", "weights", "data", "provenance.txt"))
	require.NoError(t, err)
	got, err := provenance([]byte(weights.Data()), os.DirFS("passages"), wordtable.Default())
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// A word more in any passage or mark is another digest.
func TestTrainedOn(t *testing.T) {
	seen := map[string]string{}
	for name, files := range map[string]fstest.MapFS{
		"nothing":       {"marked-open-text.jsonl": {}},
		"a mark":        {"marked-open-text.jsonl": {Data: []byte("{}\n")}},
		"a passage":     {"marked-open-text.jsonl": {}, "a.tsv": {Data: []byte("me:survey\taction\tWe asked all.\n")}},
		"roles alone":   {"marked-open-text.jsonl": {}, "a.roles.tsv": {Data: []byte("me:survey\taction\tWe asked all.\n")}},
		"another code":  {"marked-open-text.jsonl": {}, "a.tsv": {Data: []byte("me:event\taction\tWe asked all.\n")}},
		"another role":  {"marked-open-text.jsonl": {}, "a.tsv": {Data: []byte("me:survey\toutcome\tWe asked all.\n")}},
		"an account":    {"marked-open-text.jsonl": {}, "written.txt": {Data: []byte("@ | | |\naction\tWe asked all.\n")}},
		"and of it":     {"marked-open-text.jsonl": {}, "written.roles.txt": {Data: []byte("@ | | |\naction\tWe asked all.\n")}},
		"another sense": {"marked-open-text.jsonl": {}, "written.txt": {Data: []byte("@ | | |\ncontext\tWe asked all.\n")}},
	} {
		got, err := trainedOn(files, wordtable.Default())
		require.NoError(t, err)
		require.Empty(t, seen[got], "%s is not told from %s", name, seen[got])
		seen[got] = name
	}
	_, err := trainedOn(fstest.MapFS{}, wordtable.Default())
	require.Error(t, err)
}

// A written account is read as its README says, and what is of no known form is
// refused.
func TestWritten(t *testing.T) {
	got, err := written("w", "# a note\n@ ch:trust | ob:co-design ob:equity | | me:survey\n*other\tA heading\ncontext\tWé are small.\n-\naction me:survey\tWe asked all.\noutcome-\tNobody answered.\n\n@ | | |\nother\tContact: 12\n")
	require.NoError(t, err)
	require.Len(t, got, 2)
	a := got[0]
	require.Equal(t, "A heading\nWé are small.\n\nWe asked all. Nobody answered.", a.Text)
	require.Equal(t, []string{"ch:trust", "ob:co-design", "ob:equity", "me:survey"}, a.codes())
	require.True(t, a.Written)
	runes := []rune(a.Text)
	for _, s := range a.Sentences {
		require.Equal(t, s.text, string(runes[s.Start:s.End]))
	}
	require.Equal(t, []string{"me:survey"}, a.Sentences[2].Methods)
	require.Equal(t, "negative", a.Sentences[3].Direction)
	require.Equal(t, "outcome", a.Sentences[3].Role)
	for _, bad := range []string{"context\tno head\n", "@ a | b\ncontext\tx\n", "@ | | |\nno tab\n", "@ | | |\ncontext\t \n", "@ | | |\n\tx\n"} {
		_, err := written("w", bad)
		require.Error(t, err, bad)
	}
}

// Marks are of sentences that stand in the open text; where they do not, or the
// text is not there, nothing is trained.
func TestMarked(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "open.jsonl.gz")
	var body bytes.Buffer
	z := gzip.NewWriter(&body)
	_, err := z.Write([]byte(`{"id":"a-1","text":" Wé met. "}` + "\n" + `{"id":"a-2","text":"Twelve came."}` + "\n"))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.NoError(t, os.WriteFile(path, body.Bytes(), 0o600))
	marks := func(line string) fs.FS {
		return fstest.MapFS{"marked-open-text.jsonl": {Data: []byte(line + "\n")}}
	}
	good := `{"from":"a-1","texts":2,"at":3,"methods":["me:event"],"sentences":[{"start":0,"end":4,"role":"action"},{"start":6,"end":18,"role":"outcome","direction":"none"}]}`
	got, err := marked(marks(good), path)
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.Equal(t, "met.", got[0].Sentences[0].text)
	require.Equal(t, "Twelve came.", got[0].Sentences[1].text)
	require.True(t, got[0].Written)
	for name, bad := range map[string]string{
		"another text":     strings.Replace(good, "a-1", "b-1", 1),
		"more texts":       strings.Replace(good, `"texts":2`, `"texts":3`, 1),
		"beyond the text":  strings.Replace(good, `"end":18`, `"end":19`, 1),
		"before the text":  strings.Replace(good, `"at":3`, `"at":-1`, 1),
		"no JSON":          good[:40],
		"an empty stretch": strings.Replace(good, `"end":4`, `"end":0`, 1),
	} {
		_, err := marked(marks(bad), path)
		require.Error(t, err, name)
	}
	_, err = marked(marks(good), filepath.Join(dir, "none"))
	require.Error(t, err)
}

// What teaches roles alone leaves codes as they were, and how likely each is.
func TestRolesOnly(t *testing.T) {
	made := func(more string) *linear.Bundle {
		files := fstest.MapFS{
			"a.tsv":       {Data: []byte("me:survey\taction\tWe asked all.\n")},
			"written.txt": {Data: []byte(strings.Repeat("@ ch:trust | ob:equity | | me:survey\nchallenge\tFew trusted us.\naction me:survey\tWe asked all.\n\n", 8))},
		}
		for _, name := range []string{"b" + more + ".tsv", "written-b" + more + ".txt"} {
			files[name] = &fstest.MapFile{Data: []byte("# nothing\n")}
		}
		if more != "" {
			files["b"+more+".tsv"] = &fstest.MapFile{Data: []byte(strings.Repeat("me:event\toutcome\tAn evening in the hall.\n", 8))}
			files["written-b"+more+".txt"] = &fstest.MapFile{Data: []byte(strings.Repeat("@ ch:time | ob:equity | | me:event\nlesson me:event\tAn evening in the hall.\n\n", 8))}
		}
		c, err := load(files)
		require.NoError(t, err)
		i := slices.IndexFunc(c.passages, func(p passage) bool { return p.bound })
		c.passages = c.passages[:i] // not what the vocabulary says
		tr := &trainer{corpus: c, table: wordtable.Default()}
		tr.passagesToSamples()
		tr.readFeatures()
		return tr.models(tr.accounts)
	}
	none, roles, both := made(""), made(".roles"), made("-2")
	require.Equal(t, none.Prior, roles.Prior)
	require.Equal(t, none.Codes.Append(nil), roles.Codes.Append(nil))
	require.NotEqual(t, none.Codes.Append(nil), both.Codes.Append(nil))
	require.NotEqual(t, none.Roles.Append(nil), roles.Roles.Append(nil))
	require.Equal(t, both.Roles.Append(nil), roles.Roles.Append(nil))
}

// Every mark has a known role and known codes.
func TestMarksAreKnown(t *testing.T) {
	c, err := load(os.DirFS("passages"))
	require.NoError(t, err)
	body, err := os.ReadFile(filepath.Join("passages", "marked-open-text.jsonl"))
	require.NoError(t, err)
	for line := range strings.Lines(string(body)) {
		var m mark
		require.NoError(t, json.Unmarshal([]byte(line), &m))
		require.NotEmpty(t, m.Sentences)
		for _, s := range m.Sentences {
			require.Contains(t, linear.RoleNames(), s.Role)
			for _, code := range s.Methods {
				require.Contains(t, c.labels, code)
			}
		}
		for _, code := range m.codes() {
			require.Contains(t, c.labels, code)
		}
	}
}

// A passage says nothing of the schemes that it names none of: those codes are not known.
// One without any code is a near miss, and has none.
func TestUnsaid(t *testing.T) {
	c, err := load(fstest.MapFS{"a.tsv": {Data: []byte("me:survey\taction\tWe asked all.\nme:survey,ob:equity\taction\tWe asked those whom nobody asks.\n-\tcontext\tThe bus was late.\nme:of-nobody\taction\tWe did something.\n")}})
	require.NoError(t, err)
	tr := &trainer{corpus: c, table: wordtable.Default()}
	tr.passagesToSamples()
	for i, known := range [][]string{{"me"}, {"me", "ob"}, {"ch", "me", "ob", "si"}, {"ch", "me", "ob", "si"}} {
		s := tr.base[i]
		for l, label := range c.labels {
			require.Equal(t, !slices.Contains(known, schemeOf(label)), slices.Contains(s.Unknown, l), "%d: %s", i, label)
		}
		for _, l := range s.Labels {
			require.NotContains(t, s.Unknown, l)
		}
	}
	for i, p := range c.passages {
		require.True(t, !p.bound || len(tr.base[i].Unknown) > 0, "a definition is of its own scheme")
	}
}
