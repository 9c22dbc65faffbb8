// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every list that a run writes and asks people to fill in is read by the next run where it
// lies, which says so, and by each run after that; a run that is given another list keeps
// what stood there apart. A mapping and pairs of look-alikes that were filled in so were
// written anew, and what people had decided was lost.
func TestListsFilledInWhereTheyLie(t *testing.T) {
	t.Parallel()
	var sheet strings.Builder
	sheet.WriteString("What is your organisation called?,What is the example called?,How may this example be told?,Do you agree to this use?,What may it be used for?,Who may read what comes of it?,What was hard?,Zibble\n")
	for i, name := range []string{"Zorblatt Trust", "Zorblatt", "Quayside Forum", "Wexmoor Voices", "Ferncastle Ward"} {
		sheet.WriteString(name + "," + strings.Repeat("One ", i+1) + ",\"What we did, but not who we are\",Yes,As a source of guidance,Everyone,letters came too late to reply,We rang everybody up\n")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "answers.csv")
	require.NoError(t, os.WriteFile(in, []byte(sheet.String()), 0o600))
	key := keyFile(t)
	semicolons := func(list string) string { // as a spreadsheet saves it in most of Europe
		rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
		require.NoError(t, err)
		var out strings.Builder
		w := csv.NewWriter(&out)
		w.Comma = ';'
		require.NoError(t, w.WriteAll(rows))
		return "\ufeff" + out.String()
	}
	fillLast := func(cell string) func(string) string {
		return func(list string) string {
			lines := strings.Split(strings.TrimSpace(list), "\n")
			require.Greater(t, len(lines), 1)
			require.True(t, strings.HasSuffix(lines[1], ","), "nothing is decided yet")
			lines[1] += cell
			return strings.Join(lines, "\n") + "\n"
		}
	}
	for _, row := range []struct {
		name, list string
		args       []string // of the run that asks
		fill       func(list string) string
		said       string
		stands     string // in the list that the next run writes
		flag       string
		other      string // another list, which says nothing of it
	}{
		{"codes", codesName, nil, func(list string) string {
			lines := strings.SplitN(list, "\n", 3)
			require.Contains(t, lines[1], ",,")
			cells := strings.SplitN(lines[1], ",", 7)
			cells[5] = "no"
			return lines[0] + "\n" + strings.Join(cells, ",") + "\n" + lines[2]
		}, "1 decision of yours stood in OUT/private/codes.csv and was read.", ",,,no,", "-codes", "example,code,decision\n"},
		{"a column", mapName, nil, func(list string) string {
			require.Contains(t, list, ",Zibble,aside,")
			return strings.Replace(list, ",Zibble,aside,", ",Zibble,steps,", 1)
		}, "1 correction of yours stood in OUT/private/map.csv and was read.", ",Zibble,steps,given,", "-map", "column,header,question\nA,What is your organisation called?,organisation\n"},
		{"every row, with semicolons", mapName, nil, func(list string) string {
			require.Contains(t, list, ",country,,,")
			lines := strings.Split(strings.TrimSpace(list), "\n")
			var out strings.Builder
			out.WriteString("column;header;question;found by;answer;allowed\n")
			for _, l := range lines {
				if strings.HasPrefix(l, "every row,") && strings.Contains(l, ",country,,,") {
					out.WriteString("every row;;country;;Wales;\n")
				}
			}
			return "\ufeff" + out.String()
		}, "1 correction of yours stood in OUT/private/map.csv and was read.", ",country,given,Wales,", "-map", "column,header,question\nA,What is your organisation called?,organisation\n"},
		{"look-alikes are two", alikeName, nil, fillLast("two"), "1 decision of yours stood in OUT/private/alike.csv and was read.", ",two\n", "-apart", "first,second,why,examples,decision\n"},
		{"look-alikes are one, with semicolons", alikeName, nil, func(list string) string {
			return semicolons(fillLast("one")(list))
		}, "1 decision of yours stood in OUT/private/alike.csv and was read.", ",one\n", "-apart", "first,second,why,examples,decision\n"},
		{"a column, as -check proposes it", filepath.Base(mapName), []string{"-check"}, func(list string) string {
			return strings.Replace(list, ",Zibble,aside,", ",Zibble,steps,", 1)
		}, "1 correction of yours stood in OUT/map.csv and was read.", ",Zibble,steps,given,", "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			args := []string{"-in", in, "-out", out, "-key", key}
			_, err := howto(t, append(args, row.args...)...)
			require.NoError(t, err)
			name := filepath.Join(out, filepath.FromSlash(row.list))
			list, err := os.ReadFile(name)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(name, []byte(row.fill(string(list))), 0o600))
			written := row.list
			for i, args := range [][]string{append(args, row.args...), args, args} {
				said, err := howto(t, args...)
				require.NoError(t, err)
				if i == 1 && row.list == filepath.Base(mapName) {
					written = mapName
				}
				if i < 2 || written == row.list {
					require.Contains(t, said, strings.Replace(row.said, "OUT", out, 1), "run %d", i)
				}
				require.Contains(t, files(t, out)[written], row.stands, "run %d", i)
			}
			if row.flag == "" {
				return
			}
			stood := files(t, out)[row.list]
			other := filepath.Join(t.TempDir(), "other.csv")
			require.NoError(t, os.WriteFile(other, []byte(row.other), 0o600))
			said, err := howto(t, append(args, row.flag, other)...)
			require.NoError(t, err)
			require.NotContains(t, said, strings.Replace(row.said, "OUT", out, 1))
			got := files(t, out)
			require.NotContains(t, got[row.list], row.stands, "another list was given")
			require.Contains(t, got["private/kept.md"], row.list)
			found := false
			for name, body := range got {
				found = found || strings.HasPrefix(name, "private/kept/") && body == stood
			}
			require.True(t, found, "what was decided is kept")
		})
	}
}

// A list that nothing is read from, and somebody wrote into, is kept as it was.
func TestNotesInListsAreKept(t *testing.T) {
	t.Parallel()
	dir, args := small(t)
	_, err := howto(t, args...)
	require.NoError(t, err)
	noted := map[string]string{}
	for _, name := range []string{"private/missing.md", "private/withheld.md", "private/sign-off.md"} {
		body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		require.NoError(t, err)
		noted[name] = string(body) + "\nask the two of Quuxmead again\n"
		require.NoError(t, os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(noted[name]), 0o600))
	}
	said, err := howto(t, args...)
	require.NoError(t, err)
	require.Contains(t, said, "3 files were worked on since the last run and are each kept as it was: "+dir+"/private/kept.md lists what became of it.")
	got := files(t, dir)
	for name, body := range noted {
		require.Contains(t, got["private/kept.md"], "`"+name+"`")
		found := false
		for kept, text := range got {
			found = found || strings.HasPrefix(kept, "private/kept/") && text == body
		}
		require.True(t, found, name)
	}
}
