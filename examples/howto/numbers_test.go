// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// One count has one name and one number wherever it is told: of the examples that may be
// used, those that are counted, and the lines of the release. The program said 16
// contributors of those that can be counted and missing.md 18, the summary 19 examples
// beside 15 lines.
func TestNumbersSayWhatTheyCount(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	sheet := []string{"-in", filepath.Join("../internal/intake", exports(t)[0]), "-out", dir}
	args := [][]string{sheet, append(sheet, "-publish"), append(sheet[:2:2], "-out", filepath.Join(dir, "members"), "-audience", "members", "-publish", "-key", filepath.Join(dir, "private", "key"), "-ledger", filepath.Join(dir, "private", "ledger"))}
	all := []written{sampleDraft(t)}
	for _, a := range args {
		said, err := howto(t, a...)
		require.NoError(t, err)
		all = append(all, written{said: said, files: files(t, a[3])})
	}
	number := func(pattern, text string) string {
		found := regexp.MustCompile(pattern).FindStringSubmatch(text)
		require.NotNil(t, found, "%s", pattern)
		return found[1]
	}
	for i, w := range all {
		var c aggregate.Collection
		require.NoError(t, json.Unmarshal([]byte(w.files["collection.json"]), &c))
		require.Equal(t, number(`may be used, from (\d+) independent`, w.said), number(`may be used: (\d+)\.`, w.files["private/missing.md"]), i)
		counted := number(`\n(\d+) examples? from `, w.said)
		require.Equal(t, number(`\n\d+ examples? from (\d+) independent`, w.said), number(`Examples counted: \d+, from (\d+)`, w.files["summary.md"]), i)
		require.Equal(t, counted, number(`Examples counted: (\d+),`, w.files["summary.md"]), i)
		require.Equal(t, counted, number(`<p class="lead">(\d+) example`, w.files["index.html"]), i)
		require.Equal(t, counted, number(`"examples": ?(\d+)`, w.files["collection.json"]), i)
		lines := number(`release\.jsonl (?:would have|has) (\d+) line`, w.said)
		require.Equal(t, lines, number(`Lines of release\.jsonl, each of one example: (\d+)`, w.files["summary.md"]), i)
		require.Len(t, strings.Split(strings.TrimSuffix(w.files["release.jsonl"], "\n"), "\n"), atoi(t, lines), "%d", i)
		if certificate, ok := w.files["certificate.json"]; ok {
			var proof disclosure.Certificate
			require.NoError(t, json.Unmarshal([]byte(certificate), &proof))
			require.Equal(t, atoi(t, lines), proof.Records)
		}
		require.NotContains(t, w.said+w.files["summary.md"], "can be counted", i)
	}
}

// What index.html says of the release is so: each single answer in a line of an anonymous
// record stands in as many lines as contributors are asked for.
func TestTheReleaseIsAsTheIndexSays(t *testing.T) {
	t.Parallel()
	w := sampleDraft(t)
	require.Contains(t, w.files["index.html"], "The file release.jsonl has a line for each example; with the same exceptions, each single answer in it was given by at least 5 contributors.")
	in := map[string]int{}
	for line := range strings.Lines(w.files["release.jsonl"]) {
		var x map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &x))
		if x["level"] != "anonymous" {
			continue
		}
		delete(x, "id")
		seen := map[string]bool{}
		var walk func(v any, at string)
		walk = func(v any, at string) {
			switch v := v.(type) {
			case map[string]any:
				for name, inner := range v {
					if name != "text" && name != "order" {
						walk(inner, at+"/"+name)
					}
				}
			case []any:
				for _, inner := range v {
					walk(inner, at)
				}
			default:
				b, err := json.Marshal(v)
				require.NoError(t, err)
				seen[at+"="+string(b)] = true
			}
		}
		walk(x, "")
		for answer := range seen {
			in[answer]++
		}
	}
	require.Greater(t, len(in), 50)
	for answer, n := range in {
		require.GreaterOrEqual(t, n, 5, answer)
	}
}

func atoi(t testing.TB, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	require.NoError(t, err)
	return n
}
