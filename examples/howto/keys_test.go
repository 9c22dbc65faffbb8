// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Laws 7 and 9: a key gives names to records and to a first edition, and decides nothing of
// it. Of a later one it decides who is left out beside somebody who left.
// Under another one the same lines are released, and the same is counted.
func TestAnotherKeySaysTheSame(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|draft-[0-9a-f]+`)
	file := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(file, []byte(hex.EncodeToString(bytes.Repeat([]byte{77, 231, 5}, 8))), 0o600))
	out := filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-out", out, "-key", file)
	require.NoError(t, err)
	var release, collection []string
	for _, got := range []map[string]string{sampleDraft(t).files, files(t, out)} {
		lines := strings.Split(named.ReplaceAllString(got["release.jsonl"], ""), "\n")
		slices.Sort(lines)
		release = append(release, strings.Join(lines, "\n"))
		collection = append(collection, named.ReplaceAllString(got["collection.json"], ""))
	}
	require.NotEqual(t, sampleDraft(t).files["release.jsonl"], files(t, out)["release.jsonl"], "one key")
	require.True(t, release[0] == release[1], "the release hangs on the key")
	require.True(t, collection[0] == collection[1], "the collection hangs on the key")
}
