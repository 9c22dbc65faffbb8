// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Made-up texts, written for this test.
const texts = `{"id":"a","text":"Travel costs keep people from coming"}
{"id":"b","text":"Patients cannot afford the travel costs"}
{"id":"c","text":"Travel costs were paid back late"}
{"id":"d","text":"High travel costs for families"}
{"id":"e","text":"Too much medical jargon in the leaflet"}
{"id":"f","text":"The leaflet is full of jargon"}
{"id":"g","text":"Jargon in the leaflet put readers off"}
{"id":"h","text":"Medical jargon confuses readers"}
{"id":"i","text":"Daytime meetings exclude people with jobs"}
{"id":"j","text":"People with jobs cannot come to daytime meetings"}
{"id":"k","text":"Daytime meetings clash with work"}
{"id":"l","text":"Meetings are held in daytime only"}

{"id":"m","text":""}
`

func call(t *testing.T, in string, args ...string) (map[string]output, error) {
	t.Helper()
	var b bytes.Buffer
	err := run(t.Context(), args, strings.NewReader(in), &b)
	out := map[string]output{}
	for line := range strings.Lines(b.String()) {
		var o output
		require.NoError(t, json.Unmarshal([]byte(line), &o))
		out[o.ID] = o
	}
	return out, err
}

func TestRunGroups(t *testing.T) {
	for _, args := range [][]string{{"-k", "3"}, {"-k", "3", "-words"}, {"-k", "3", "-style", "challenge", "-sources", "3"}} {
		got, err := call(t, texts, args...)
		require.NoError(t, err)
		require.Len(t, got, 13)
		require.Equal(t, got["a"].Cluster, got["d"].Cluster)
		require.Equal(t, got["e"].Cluster, got["f"].Cluster)
		require.NotEqual(t, got["a"].Cluster, got["e"].Cluster)
		require.Equal(t, "empty", got["m"].Cluster)
		require.Contains(t, strings.ToLower(got["a"].Label), "travel")
		require.Contains(t, strings.ToLower(got["e"].Label), "jargon")
	}
	for _, in := range []string{texts, "\ufeff" + texts} { // as Windows writes it
		got, err := call(t, in)
		require.NoError(t, err)
		require.Len(t, got, 13)
	}
}

func TestRunWithSeedsAndFiles(t *testing.T) {
	dir := t.TempDir()
	seeds := filepath.Join(dir, "seeds.jsonl")
	require.NoError(t, os.WriteFile(seeds, []byte("\ufeff"+`{"id":"ch:travel","label":"Travel burden","phrases":["travel costs"]}`), 0o600))
	got, err := call(t, texts, "-seeds", seeds, "-report", dir+"/r.json", "-map", dir+"/m.svg")
	require.NoError(t, err)
	require.Equal(t, output{"a", "ch:travel", "Travel burden", got["a"].Confidence}, got["a"])
	for _, f := range []string{"/r.json", "/m.svg"} {
		st, err := os.Stat(dir + f)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), st.Mode().Perm())
		require.Positive(t, st.Size())
	}
}

func TestRunNamesGivenGroups(t *testing.T) {
	in := strings.ReplaceAll(texts, `"text":"`, `"cluster":"one","text":"`)
	in = strings.Replace(in, `"cluster":"one","text":"Travel costs keep`, `"cluster":"two","text":"Travel costs keep`, 1)
	got, err := call(t, in, "-given")
	require.NoError(t, err)
	require.Equal(t, "two", got["a"].Cluster)
	require.NotEqual(t, got["a"].Label, got["b"].Label)
}

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{{"-nonsense"}, {"extra"}, {"-style", "grand"}} {
		_, err := call(t, "", args...)
		require.ErrorIs(t, err, errUsage)
	}
	_, err := call(t, `{"id":"a","text":"Canary`)
	require.ErrorContains(t, err, "line 1")
	require.NotContains(t, err.Error(), "Canary")
	_, err = call(t, `{"id":"a"}`+"\n"+`{"id":"a"}`)
	require.Error(t, err)
	got, err := call(t, "")
	require.NoError(t, err)
	require.Empty(t, got)
}
