// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

func exports(t *testing.T) []string {
	return modeltest.Files(t, os.DirFS("../internal/intake"), "testdata/exports/*.csv")
}

// -check reads only: it lists every fault of the file at once, one a line, and
// fails where a row cannot be used.
func TestCheck(t *testing.T) {
	t.Parallel()
	for _, name := range exports(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			_, err := howto(t, "-in", filepath.Join("../internal/intake", name), "-check", "-out", dir)
			require.ErrorContains(t, err, "some rows cannot be used")
			require.NotErrorIs(t, err, program.ErrUsage)
			f, err := os.Open(filepath.Join(dir, "check.csv"))
			require.NoError(t, err)
			defer f.Close()
			rows, err := csv.NewReader(f).ReadAll()
			require.NoError(t, err)
			require.Greater(t, len(rows), 5)
			names, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, names, 2, "check.csv and map.csv, nothing else")
		})
	}
}

// Faults of JSON Lines are all listed too, by line.
func TestCheck_jsonLines(t *testing.T) {
	t.Parallel()
	all := collection(t)[:4]
	name := jsonLines(t, all)
	body, err := os.ReadFile(name)
	require.NoError(t, err)
	lines := strings.SplitAfter(string(body), "\n")
	lines[1] = "{\"schema\":1\n"
	lines[3] = strings.Replace(lines[3], `"kind":"ki:`, `"kind":"zz:`, 1)
	require.NoError(t, os.WriteFile(name, []byte(strings.Join(lines, "")), 0o600))
	dir := t.TempDir()
	said, err := howto(t, "-in", name, "-check", "-out", dir)
	require.Error(t, err)
	require.Contains(t, said, "2 examples can be read. 2 things")
}

// The exports run through the whole chain, and the rows that cannot be used stop
// nothing else.
func TestExportsRun(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	said, err := howto(t, "-in", filepath.Join("../internal/intake", exports(t)[0]), "-out", dir, "-now", "2026-11-28")
	require.NoError(t, err)
	require.Contains(t, said, "20 examples read")
	require.Contains(t, said, "private/check.csv")
}

func TestHelpAndFlags(t *testing.T) {
	t.Parallel()
	said, err := howto(t, "-h")
	require.ErrorIs(t, err, flag.ErrHelp)
	for _, name := range []string{"-in", "-out", "-k", "-audience", "-locale", "-key", "-ledger", "-signed", "-map", "-check"} {
		require.Contains(t, said, "\n  "+name, "every flag is explained")
	}
	for _, row := range []struct{ args, names string }{
		{"-frobnicate", "-frobnicate"}, {"-k many", "-k"}, {"-k 2", "-k"}, {"-workers", "-workers"}, {"-map x.csv", "-map"}, {"-check", "-check"},
	} {
		_, err := howto(t, strings.Fields(row.args)...)
		require.ErrorIs(t, err, program.ErrUsage, row.args)
		require.ErrorContains(t, err, row.names)
	}
}

// Where the working group reads of an example of a sheet, its row stands there:
// nobody can find a reference in a spreadsheet.
func TestRowsAreNamed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-in", filepath.Join("../internal/intake", exports(t)[0]), "-out", dir, "-now", "2026-11-28", "-locale", "de")
	require.NoError(t, err)
	got := files(t, dir)
	require.Regexp(t, `\| Zeile \d+ \(e-\d+\) \|`, got["private/withheld.md"])
	require.Regexp(t, `\| Zeile \d+ \(e-\d+\) \| o-\d+ \| \[`, got["private/sign-off.md"])
}

// What the form's introduction told everybody is said once: the run says in how many
// rows it stands, and each contributor is shown it and can still say no.
func TestSaidOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in, mapping := filepath.Join(dir, "answers.csv"), filepath.Join(dir, "map.csv")
	require.NoError(t, os.WriteFile(in, []byte("What is your organisation called?,What is the example called?,How may this example be told?\n"+
		"Quuxmead Trust,One,\"What we did, but not who we are\"\nZorblatt Ward,Two,Not at all for now\n"), 0o600))
	said, err := howto(t, "-in", in, "-check", "-out", filepath.Join(dir, "check"))
	require.NoError(t, err)
	require.NotContains(t, said, "says nothing of")
	proposed, err := os.ReadFile(filepath.Join(dir, "check", "map.csv"))
	require.NoError(t, err)
	given := strings.Replace(string(proposed), ",consent,,,", ",consent,,Yes,", 1)
	given = strings.Replace(given, ",uses,,,", ",uses,,As a source of guidance,", 1)
	given = strings.Replace(given, ",audience,,,", ",audience,,Everyone,", 1)
	require.NoError(t, os.WriteFile(mapping, []byte(given), 0o600))
	for _, args := range [][]string{{"-check"}, {"-now", "2026-11-28"}} {
		said, err = howto(t, append([]string{"-in", in, "-map", mapping, "-out", filepath.Join(dir, "out")}, args...)...)
		require.NoError(t, err)
		require.Contains(t, said, "For 2 rows the sheet itself says nothing of “Do you agree to this use?”; taken from the mapping: Yes.\n")
		require.Contains(t, said, "For 2 rows the sheet itself says nothing of “What may it be used for?”; taken from the mapping: As a source of guidance.\n")
	}
	got := files(t, filepath.Join(dir, "out"))
	require.NotContains(t, got["private/withheld.md"], "Row 2")
	require.Contains(t, got["private/withheld.md"], "Row 3", "its own answer stands")
	require.Contains(t, got["private/map.csv"], ",consent,given,Yes,")
	require.NoError(t, os.WriteFile(mapping, []byte(strings.Replace(given, ",consent,,Yes,", ",consent,,Perhaps,", 1)), 0o600))
	_, err = howto(t, "-in", in, "-map", mapping, "-check", "-out", filepath.Join(dir, "third"))
	require.ErrorContains(t, err, "none of its options, in row ")
	require.NoDirExists(t, filepath.Join(dir, "third"))
}

// What -check wrote for the working group does not stay beside the pages that are given
// out: a folder that was checked and then drafted held contributors' own answers in
// check.csv, next to index.html. What somebody noted in such a list is kept under private;
// a file of that name that -check did not write stays as it is.
func TestCheckedFolderIsGivenOut(t *testing.T) {
	t.Parallel()
	in := filepath.Join(t.TempDir(), "answers.csv")
	require.NoError(t, os.WriteFile(in, []byte("What is your organisation called?,What is the example called?,How may this example be told?,Do you agree to this use?,What may it be used for?,Who may read what comes of it?,Zibble\n"+
		"Quuxmead Trust,One,\"What we did, but not who we are\",Frobwick must be asked,As a source of guidance,Everyone,We rang\n"), 0o600))
	const (
		canary = "Frobwick"
		noted  = "asked on Monday"
	)
	given := func(t *testing.T, out string) string {
		var all strings.Builder
		for name, body := range files(t, out) {
			if !strings.HasPrefix(name, "private/") {
				all.WriteString(name + "\n" + body + "\n")
			}
		}
		return all.String()
	}
	for _, row := range []struct {
		name  string
		notes bool // somebody wrote into the list
		args  []string
	}{
		{"as they were", false, nil},
		{"with notes", true, nil},
		{"published", true, []string{"-publish"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			args := []string{"-in", in, "-out", out}
			_, err := howto(t, append(args, "-check")...)
			require.ErrorContains(t, err, "cannot be used")
			require.Contains(t, given(t, out), canary, "it is told where it can be corrected")
			if row.notes {
				name := filepath.Join(out, "check.csv")
				body, err := os.ReadFile(name)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(name, append(body, noted...), 0o600))
			}
			_, err = howto(t, append(args, row.args...)...)
			require.NoError(t, err)
			got := given(t, out)
			require.NotContains(t, got, canary)
			require.NotContains(t, got, "check.csv\n")
			require.NotContains(t, got, "map.csv\n")
			require.Contains(t, files(t, out)["private/check.csv"], canary)
			var kept strings.Builder
			for name, body := range files(t, out) {
				if strings.HasPrefix(name, "private/kept/") {
					kept.WriteString(body)
				}
			}
			require.Equal(t, row.notes, strings.Contains(kept.String(), noted))
			_, err = howto(t, append(args, "-check")...)
			require.ErrorContains(t, err, "cannot be used", "and again")
			require.Contains(t, given(t, out), canary)
		})
	}
	t.Run("somebody's own", func(t *testing.T) {
		t.Parallel()
		out := t.TempDir()
		own := filepath.Join(out, "check.csv")
		require.NoError(t, os.WriteFile(own, []byte("my,own\nlist,here\n"), 0o600))
		_, err := howto(t, "-in", in, "-out", out)
		require.NoError(t, err)
		require.FileExists(t, own)
	})
}

// A text by which somebody asks that it is not used holds its example in JSON Lines as in a
// sheet, until a person has read it; a story that speaks of such things holds nothing.
func TestCheck_jsonLinesRemarks(t *testing.T) {
	t.Parallel()
	all := collection(t)[:3]
	for i := range all {
		for j := range all[i].Agreements {
			all[i].Agreements[j].Conditions = ""
		}
	}
	all[0].Lessons[0].Text.Value += " Please do not publish this part."
	all[1].Lessons[0].Text.Value += " They told us not to publish the figures without asking."
	name, dir := jsonLines(t, all), t.TempDir()
	said, err := howto(t, "-in", name, "-check", "-out", dir)
	require.ErrorContains(t, err, "some rows cannot be used")
	require.Contains(t, said, "3 examples can be read. 1 thing")
	c, err := read(options{in: name})
	require.NoError(t, err)
	for i, e := range c.Examples {
		require.Equal(t, i == 0, e.Agreements[0].Conditions != "", i)
	}
	read := string(c.Examples[0].Agreements[0].Conditions)
	for j := range all[0].Agreements {
		all[0].Agreements[j].Conditions, all[0].Agreements[j].ConditionsReviewed = model.Raw(read), model.HashText(read)
	}
	_, err = howto(t, "-in", jsonLines(t, all), "-check", "-out", dir)
	require.NoError(t, err, "who has read it puts down that he has")
}
