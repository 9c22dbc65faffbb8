// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rows that are gone, or were changed so that they count as another example, are told.
func TestSinceTheLastRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.csv"), filepath.Join(dir, "out")
	rows := []string{"title,organisation,steps,confidentiality,uses,audience,consent"}
	for _, row := range []string{"Tea,Zorblatt Trust,We put a kettle on each landing", "Night walk,,Eleven of us walked the stairwells", "Damp diary,Fells Housing,Families kept a diary"} {
		rows = append(rows, row+",anonymous,guidance,everyone,yes")
	}
	said := func() string {
		t.Helper()
		require.NoError(t, os.WriteFile(in, []byte(strings.Join(rows, "\n")+"\n"), 0o600))
		said, err := howto(t, "-in", in, "-out", out)
		require.NoError(t, err)
		return said
	}
	require.NotContains(t, said(), "last run")
	require.NotContains(t, said(), "last run", "nothing has changed")
	rows[1] = strings.Replace(rows[1], "kettle", "kettle and cups", 1)
	require.NotContains(t, said(), "last run", "it is the same example")
	rows[2] = strings.Replace(rows[2], "walked", "went up", 1)
	require.Contains(t, said(), "1 example of the last run is not in -in, and 1 is new. A row without a reference")
	rows = rows[:3]
	require.Contains(t, said(), "1 example of the last run is not in -in, and is told no more.")
}
