// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
)

// Every sentence of every guide, of the sample and of accounts, says of
// contributors only what the collection beside it publishes.
func TestEverySentenceIsTraced(t *testing.T) {
	t.Parallel()
	accounts := filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-in", accountLines(t, 25), "-out", accounts, "-key", keyFile(t))
	require.NoError(t, err)
	for name, got := range map[string]map[string]string{"sample": sampleDraft(t).files, "accounts": files(t, accounts)} {
		var c aggregate.Collection
		require.NoError(t, json.Unmarshal([]byte(got["collection.json"]), &c))
		guides, derived := 0, 0
		for file, body := range got {
			if !strings.HasSuffix(file, ".json") || !strings.HasPrefix(file, "guides/") && !strings.Contains(file, "brief") && !strings.Contains(file, "evidence") {
				continue
			}
			var g guidance.Guide
			require.NoError(t, json.Unmarshal([]byte(body), &g))
			guides++
			sentences := guidance.Trace(&g, &c)
			for i, s := range sentences {
				require.Empty(t, s.Loose, "%s %s %s", name, file, s.At)
				derived += len(s.Items)
				// What is said of contributors has an item, or leads to what has.
				if s.Source == guidance.Frame && strings.Contains(s.Text, "ontributors") && len(s.Items) == 0 && !absent(s.Text) {
					require.Less(t, i+1, len(sentences))
					require.NotEmpty(t, sentences[i+1].Items, "%s %s %s", name, file, s.Text)
				}
			}
		}
		require.Positive(t, guides, name)
		require.Positive(t, derived, name)
	}
}

// absent reports whether a sentence says how little was told, or how the guide is
// ordered.
func absent(s string) bool {
	for _, words := range []string{"Too few contributors", "Few contributors, or none", "too few contributors", "where contributors tell one", "fewer than", "The line under a step says", "the line under it says so", "Contributors took every step", "began most of these steps"} {
		if strings.Contains(s, words) {
			return true
		}
	}
	return false
}
