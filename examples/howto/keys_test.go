// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Laws 7 and 9: a key gives names to records and to a first edition, and decides nothing of
// it. Of a later one it decides who is left out beside somebody who left.
// Under another one the same lines are released, and the same is counted.
func TestAnotherKeySaysTheSame(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|draft-[0-9a-f]+`)
	var release, collection [][]byte
	for _, first := range []byte{1, 77} {
		out := t.TempDir()
		key := bytes.Repeat([]byte{first, 3 * first, 5}, 8)
		file := filepath.Join(out, "..", hex.EncodeToString(key[:2]))
		require.NoError(t, os.WriteFile(file, []byte(hex.EncodeToString(key)), 0o600))
		_, err := howto(t, "-out", out, "-key", file, "-now", "2026-11-28")
		require.NoError(t, err)
		body, err := os.ReadFile(filepath.Join(out, "release.jsonl"))
		require.NoError(t, err)
		lines := bytes.Split(named.ReplaceAll(body, nil), []byte("\n"))
		slices.SortFunc(lines, bytes.Compare)
		release = append(release, bytes.Join(lines, []byte("\n")))
		body, err = os.ReadFile(filepath.Join(out, "collection.json"))
		require.NoError(t, err)
		collection = append(collection, named.ReplaceAll(body, nil))
	}
	require.True(t, bytes.Equal(release[0], release[1]), "the release hangs on the key")
	require.True(t, bytes.Equal(collection[0], collection[1]), "the collection hangs on the key")
}
