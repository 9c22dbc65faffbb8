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
	other := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(other, []byte(hex.EncodeToString(bytes.Repeat([]byte{77, 231, 5}, 8))), 0o600))
	in := jsonLines(t, collection(t)[:60])
	var release, collected, plain []string
	for _, key := range []string{keyFile(t), other} {
		out := filepath.Join(t.TempDir(), "out")
		_, err := howto(t, "-in", in, "-out", out, "-key", key)
		require.NoError(t, err)
		got := files(t, out)
		plain = append(plain, got["release.jsonl"])
		lines := strings.Split(named.ReplaceAllString(got["release.jsonl"], ""), "\n")
		slices.Sort(lines)
		release = append(release, strings.Join(lines, "\n"))
		collected = append(collected, named.ReplaceAllString(got["collection.json"], ""))
	}
	require.False(t, plain[0] == plain[1], "one key")
	require.Contains(t, collected[0], `"topics"`)
	require.True(t, release[0] == release[1], "the release hangs on the key")
	require.True(t, collected[0] == collected[1], "the collection hangs on the key")
}
