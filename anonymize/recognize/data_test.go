// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/sharedpractice/sharedpractice/model/text"
)

// TestTables checks every word table whole.
func TestTables(t *testing.T) {
	files, err := filepath.Glob("data/en/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			require.NoError(t, err)
			s := string(b)
			require.True(t, strings.HasPrefix(s, "# ") && strings.Contains(strings.SplitN(s, "\n", 2)[0], "Apache-2.0"), "its first line says what it is and whence")
			require.True(t, norm.NFC.IsNormalString(s))
			require.False(t, strings.ContainsAny(s, "\u200b\u200e\u200f\u202a\u202e\t\r"), "no invisible or control characters")
			var seen []string
			for line := range strings.Lines(s) {
				line = strings.TrimSuffix(line, "\n")
				require.Equal(t, strings.TrimSpace(line), line)
				require.NotEmpty(t, line)
				if line[0] == '#' {
					continue
				}
				require.NotEmpty(t, text.Tokens(line))
				seen = append(seen, line)
			}
			slices.Sort(seen)
			require.Equal(t, len(seen), len(slices.Compact(slices.Clone(seen))), "no row twice: %v", twice(seen))
		})
	}
}

func twice(sorted []string) (out []string) {
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			out = append(out, sorted[i])
		}
	}
	return out
}
