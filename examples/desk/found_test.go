// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// Whatever way a column was found in, the page says so in words.
func TestCollect_foundBy(t *testing.T) {
	names, err := filepath.Glob("../internal/intake/testdata/*/*.csv")
	require.NoError(t, err)
	ways := map[string]bool{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		require.NoError(t, err)
		table, err := intake.ReadCSV(bytes.NewReader(raw))
		require.NoError(t, err)
		m, err := intake.Propose(table)
		require.NoError(t, err)
		for _, c := range m.Columns {
			ways[c.Why] = true
			if c.Why != "" {
				require.NotEmpty(t, foundBy(c.Why), "%s %s", name, c.Why)
			}
		}
	}
	require.Greater(t, len(ways), 6)
}
