// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// released are the lines of a release by the record's id, and the ids by example.
func released(t testing.TB, dir string) (lines, records map[string]string) {
	t.Helper()
	got := files(t, dir)
	lines, records = map[string]string{}, map[string]string{}
	for line := range strings.Lines(got["release.jsonl"]) {
		var one struct{ ID string }
		require.NoError(t, json.Unmarshal([]byte(line), &one))
		lines[one.ID] = line
	}
	for line := range strings.Lines(got["private/decisions.jsonl"]) {
		var l anonymize.Log
		require.NoError(t, json.Unmarshal([]byte(line), &l))
		records[l.Example] = l.Record
	}
	return lines, records
}

// answer fills in the Markdown sheet of a record and puts it in a folder, under a
// name that a contributor chose.
func answer(t testing.TB, from, record, to, name string, said map[string]string) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(from, "private", "sign-off", record+".md"))
	require.NoError(t, err)
	sheet := string(body)
	for slot, text := range said {
		before, rest, ok := strings.Cut(sheet, "<!-- slot "+slot+"#")
		require.True(t, ok)
		require.Contains(t, rest, "> …")
		sheet = before + "<!-- slot " + slot + "#" + strings.Replace(rest, "> …", "> "+text, 1)
	}
	require.NoError(t, os.WriteFile(filepath.Join(to, name), []byte(sheet), 0o600))
}

// approvedSentences are what a Markdown sheet shows as the exact text, as far as
// it is in words.
func approvedSentences(t testing.TB, name string) (out []string) {
	t.Helper()
	body, err := os.ReadFile(name)
	require.NoError(t, err)
	_, exact, ok := strings.Cut(string(body), "sharedpractice approval text")
	require.True(t, ok)
	for _, found := range regexp.MustCompile(`(?m)^ *(?:Title|What was done|In words|Words): (.*)$`).FindAllStringSubmatch(exact, -1) {
		out = append(out, found[1])
	}
	require.Greater(t, len(out), 3)
	slices.Sort(out)
	return out
}

// releasedSentences are those of a line of the release.
func releasedSentences(t testing.TB, line string) (out []string) {
	t.Helper()
	for _, found := range regexp.MustCompile(`"(?:text|title)":("(?:[^"\\]|\\.)*")`).FindAllStringSubmatch(line, -1) {
		var text string
		require.NoError(t, json.Unmarshal([]byte(found[1]), &text))
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

// A yes on a sheet publishes exactly the text that it shows, a no takes the text
// back, and a sheet of an earlier text does nothing. Nobody edits an agreement.
func TestSignedSheetsAreFiled(t *testing.T) {
	t.Parallel()
	all, key, tmp := ofOneTopic(t)[:44], keyFile(t), t.TempDir()
	run := func(name string, args ...string) string {
		said, err := howto(t, append([]string{"-in", jsonLines(t, all), "-out", filepath.Join(tmp, name), "-key", key}, args...)...)
		require.NoError(t, err)
		return said
	}
	run("open")
	lines, records := released(t, filepath.Join(tmp, "open"))
	var asked, refuses *model.Example // two of those whose sentences are published once they are approved
	for i := range all {
		if len(all[i].Agreements) == 1 && all[i].Agreements[0].Uses[model.UseSingleSource] && strings.Contains(lines[records[all[i].ID]], `"level":"anonymous"`) {
			asked, refuses = refuses, &all[i]
		}
	}
	require.NotNil(t, asked)
	require.NotContains(t, lines[records[asked.ID]], `"text":`, "what one source says waits for its yes")
	asked.Agreements[0].Approval = model.Approval{Required: true}
	run("asking")
	waiting, _ := released(t, filepath.Join(tmp, "asking"))
	require.NotContains(t, waiting, records[asked.ID], "until it is approved")
	require.Contains(t, waiting, records[refuses.ID])

	sheets := filepath.Join(tmp, "sheets")
	require.NoError(t, os.Mkdir(sheets, 0o700))
	answer(t, filepath.Join(tmp, "asking"), records[asked.ID], sheets, "Re: your sheet.md", map[string]string{"decision": "Yes, as it stands here", "name": "M. Ferrant", "date": "2026-11-20"})
	answer(t, filepath.Join(tmp, "asking"), records[refuses.ID], sheets, "ours.md", map[string]string{"decision": "No"})
	said := run("signed", "-signed", sheets)
	require.Contains(t, said, "2 sign-off sheets read: 1 yes, 0 with changes, 1 no, 0 without")
	after, _ := released(t, filepath.Join(tmp, "signed"))
	// The release may make the bands less exact; the sentences are those approved.
	require.Equal(t, approvedSentences(t, filepath.Join(sheets, "Re: your sheet.md")), releasedSentences(t, after[records[asked.ID]]), "what was approved is published")
	require.NotContains(t, after, records[refuses.ID])

	asked.Title.Value += " again"
	refuses.Title.Value += " again"
	said = run("changed", "-signed", sheets)
	require.Contains(t, said, "2 sheets answer for no text as it would be published now. Send new ones.")
	changed, _ := released(t, filepath.Join(tmp, "changed"))
	require.NotContains(t, changed, records[asked.ID], "another text was approved")
	require.NotContains(t, changed, records[refuses.ID], "who refused the text before has not agreed to this one")

	// An example whose row was changed so that it counts as another, as one without a
	// reference does: its no came back, and it was published.
	other := *refuses
	other.ID = "00000000-0000-4000-8000-00000000aaaa"
	renamed := slices.Clone(all)
	for i := range renamed {
		if renamed[i].ID == refuses.ID {
			renamed[i] = other
		}
	}
	lost := func(args ...string) (string, error) {
		return howto(t, append([]string{"-in", jsonLines(t, renamed), "-out", filepath.Join(tmp, "renamed"), "-key", key, "-signed", sheets}, args...)...)
	}
	_, err := lost("-publish")
	require.ErrorContains(t, err, "1 files say no, or ask for changes, for an example that is not in -in")
	require.NoDirExists(t, filepath.Join(tmp, "renamed"))
	_, err = lost()
	require.NoError(t, err)
	require.Contains(t, files(t, filepath.Join(tmp, "renamed"))["private/returned.csv"], "for an example that is not here")
	renamed = slices.DeleteFunc( // a yes that fits nothing publishes nothing, and need not stop
		slices.Clone(all), func(e model.Example) bool { return e.ID == asked.ID })
	_, err = lost("-publish")
	require.NoError(t, err)

	require.NoError(t, os.WriteFile(filepath.Join(sheets, "Ferrant.docx"), []byte("Ferrant"), 0o600))
	_, err = howto(t, "-in", jsonLines(t, all), "-out", filepath.Join(tmp, "none"), "-key", key, "-signed", sheets, "-publish")
	require.ErrorContains(t, err, "1 files cannot be read as sheets")
	require.NotContains(t, err.Error(), "Ferrant")
	require.NoDirExists(t, filepath.Join(tmp, "none"))
	for dir, says := range map[string]string{t.TempDir(): "-signed: the folder", filepath.Join(tmp, "absent"): "-signed: the folder is not there: make it"} {
		_, err = howto(t, "-out", filepath.Join(tmp, "none"), "-signed", dir)
		require.ErrorContains(t, err, says)
	}
}

// Sheets that were sent before the key was changed still count: a no stays a no, and a
// yes to the same words a yes.
func TestSignedSheetsOutliveTheirKey(t *testing.T) {
	t.Parallel()
	all, key, tmp := ofOneTopic(t)[:44], keyFile(t), t.TempDir()
	in := jsonLines(t, all)
	run := func(name string, args ...string) string {
		said, err := howto(t, append([]string{"-in", in, "-out", filepath.Join(tmp, name), "-key", key}, args...)...)
		require.NoError(t, err)
		return said
	}
	run("open")
	lines, records := released(t, filepath.Join(tmp, "open"))
	var says, refuses string
	for _, e := range all {
		if len(e.Agreements) == 1 && e.Agreements[0].Uses[model.UseSingleSource] && strings.Contains(lines[records[e.ID]], `"level":"anonymous"`) {
			says, refuses = refuses, e.ID
		}
	}
	require.NotEmpty(t, says)
	sheets := filepath.Join(tmp, "sheets")
	require.NoError(t, os.Mkdir(sheets, 0o700))
	answer(t, filepath.Join(tmp, "open"), records[says], sheets, "one.md", map[string]string{"decision": "Yes, as it stands here", "name": "M. Ferrant", "date": "2026-11-20"})
	answer(t, filepath.Join(tmp, "open"), records[refuses], sheets, "two.md", map[string]string{"decision": "No"})
	for n := range 2 {
		run("open", "-rotate")
		said := run("after", "-signed", sheets)
		require.Contains(t, said, "2 sign-off sheets read: 1 yes, 0 with changes, 1 no, 0 without", "after %d changes of the key", n+1)
		after, now := released(t, filepath.Join(tmp, "after"))
		require.NotEqual(t, records[says], now[says])
		require.NotContains(t, after, now[refuses], "who refused has not agreed since")
		require.Equal(t, approvedSentences(t, filepath.Join(sheets, "one.md")), releasedSentences(t, after[now[says]]), "what was approved is published")
	}
}

// A no that came back once is not forgotten by a run that is not told of it again: such
// a run publishes nothing, in no folder that shares the ledger, whatever drafts came in
// between.
func TestRefusalsAreNotForgotten(t *testing.T) {
	t.Parallel()
	all, tmp := ofOneTopic(t)[:44], t.TempDir()
	in, sheets, out, members := jsonLines(t, all), filepath.Join(tmp, "sheets"), filepath.Join(tmp, "out"), filepath.Join(tmp, "members")
	with := func(dir string, args ...string) []string { return append([]string{"-in", in, "-out", dir}, args...) }
	_, err := publish(t, with(out)...)
	require.NoError(t, err)
	lines, records := released(t, out)
	refuses := ""
	for _, e := range all {
		if len(e.Agreements) == 1 && lines[records[e.ID]] != "" {
			refuses = records[e.ID]
		}
	}
	require.NotEmpty(t, refuses)
	require.NoError(t, os.Mkdir(sheets, 0o700))
	answer(t, out, refuses, sheets, "ours.md", map[string]string{"decision": "No"})
	_, err = publish(t, with(out, "-signed", sheets)...)
	require.NoError(t, err)
	after, _ := released(t, out)
	require.NotContains(t, after, refuses)

	shared := []string{"-audience", "members", "-key", filepath.Join(out, "private", "key"), "-ledger", filepath.Join(out, "private", "ledger")}
	for range 2 {
		_, err = publish(t, with(out)...)
		require.ErrorContains(t, err, "a no among them would be forgotten")
		_, err = publish(t, with(members, shared...)...)
		require.ErrorContains(t, err, "a no among them would be forgotten")
		require.NoDirExists(t, members)
		_, err = howto(t, with(out)...) // a draft, which says what was refused no more than it did
		require.NoError(t, err)
	}
	_, err = publish(t, with(out, "-signed", sheets)...)
	require.NoError(t, err)
	after, _ = released(t, out)
	require.NotContains(t, after, refuses)
}
