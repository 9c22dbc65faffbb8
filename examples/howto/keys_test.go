// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Laws 7 and 9: a key gives names to records and to a first edition. Of what is counted it
// decides nothing, nor of how many lines read alike; only in which of them a field is left
// empty beside that of somebody who has nothing there, and later who is left out beside
// somebody who left: whoever has the program and not the key must not find out.
func TestAnotherKeySaysTheSame(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|draft-[0-9a-f]+`)
	other := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(other, []byte(hex.EncodeToString(bytes.Repeat([]byte{77, 231, 5}, 8))), 0o600))
	in := jsonLines(t, collection(t)[:60])
	alike := []string{"level", "organisation_types", "sectors", "therapy_areas", "region", "year", "budget", "scale"}
	var release, collected, plain []string
	for _, key := range []string{keyFile(t), other} {
		out := filepath.Join(t.TempDir(), "out")
		_, err := howto(t, "-in", in, "-out", out, "-key", key)
		require.NoError(t, err)
		got := files(t, out)
		plain = append(plain, got["release.jsonl"])
		var lines []string
		for line := range strings.Lines(got["release.jsonl"]) {
			var x map[string]any
			require.NoError(t, json.Unmarshal([]byte(line), &x))
			maps.DeleteFunc(x, func(name string, _ any) bool { return !slices.Contains(alike, name) })
			lines = append(lines, fmt.Sprint(x))
		}
		slices.Sort(lines)
		release = append(release, strings.Join(lines, "\n"))
		collected = append(collected, named.ReplaceAllString(got["collection.json"], ""))
	}
	require.False(t, plain[0] == plain[1], "one key")
	require.Contains(t, collected[0], `"topics"`)
	require.True(t, release[0] == release[1], "the release hangs on the key")
	require.True(t, collected[0] == collected[1], "the collection hangs on the key")
}
