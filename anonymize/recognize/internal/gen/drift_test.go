// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTableIsWhatTheListsGive writes the word table again and compares. The
// lists are looked for at GAZETTEERS or beside the module's folder.
func TestTableIsWhatTheListsGive(t *testing.T) {
	lists := os.Getenv("GAZETTEERS")
	if lists == "" {
		lists = filepath.Join("..", "..", "..", "..", "..", "shared", "gazetteers")
	}
	const dict = "/usr/share/dict"
	for _, need := range []string{filepath.Join(lists, "british-places.tsv"), filepath.Join(dict, "british-english-large"), filepath.Join(dict, "british-english-small"), filepath.Join(dict, "american-english")} {
		if _, err := os.Stat(need); err != nil {
			t.Skip("the raw lists are not here; set GAZETTEERS and install wbritish-small, wbritish, wbritish-large and wamerican")
		}
	}
	want, err := Build(lists, dict)
	require.NoError(t, err)
	got, err := os.ReadFile("../../data/lexicon.bin")
	require.NoError(t, err)
	require.Equal(t, sha256.Sum256(want), sha256.Sum256(got), "run go generate")
}
