// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The commands of the README for a working group run one after the other on one folder, as
// they stand there: a sheet that came back is filed for the public edition and for members
// alike, who read that too. It was called written on outside its fields for members, since
// the sheet speaks of everybody; and the command did not name the folder.
func TestCommandsOfTheReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	commands := regexp.MustCompile(`(?m)^go run \./examples/howto (-in answers\.csv .*)$`).FindAllStringSubmatch(string(readme), -1)
	require.Greater(t, len(commands), 5)
	dir := t.TempDir()
	sheet, err := os.ReadFile(filepath.Join("../internal/intake", exports(t)[0]))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "answers.csv"), sheet, 0o600))
	signed := 0
	for _, c := range commands {
		args := strings.Fields(c[1])
		for i, a := range args {
			if i > 0 && slices.Contains([]string{"-in", "-out", "-key", "-ledger", "-signed", "-map", "-codes"}, args[i-1]) {
				args[i] = filepath.Join(dir, filepath.FromSlash(a))
			}
		}
		folder := filepath.Join(dir, "answered")
		if slices.Contains(args, "-signed") && signed == 0 {
			sheets, err := filepath.Glob(filepath.Join(dir, "public", "private", "sign-off", "*.md"))
			require.NoError(t, err)
			require.Greater(t, len(sheets), 1, "the draft before made them")
			require.NoError(t, os.Mkdir(folder, 0o700))
			record := strings.TrimSuffix(filepath.Base(sheets[0]), ".md")
			answer(t, filepath.Join(dir, "public"), record, folder, "ours.md", map[string]string{"decision": "Yes, as it stands here", "name": "R. Orme, chair"})
			record = strings.TrimSuffix(filepath.Base(sheets[1]), ".md")
			answer(t, filepath.Join(dir, "public"), record, folder, "theirs.md", map[string]string{"decision": "No", "name": "T. Vale"})
		}
		if !slices.Contains(args, "-out") {
			args = append(args, "-out", filepath.Join(dir, "out"))
		}
		said, err := howto(t, args...)
		if slices.Contains(args, "-check") && err != nil {
			require.ErrorContains(t, err, "check.csv", c[1])
			continue
		}
		require.NoError(t, err, c[1])
		if slices.Contains(args, "-signed") {
			signed++
			require.Contains(t, said, "2 sign-off sheets read: 1 yes, 0 with changes, 1 no, 0 without an answer or a name.", c[1])
		}
	}
	require.Equal(t, 2, signed, "the public edition and that of members")
}
