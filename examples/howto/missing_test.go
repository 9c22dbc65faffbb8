// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
)

// Three good rows (of the sample's first, two contributors) are no guide, and no fault either: the working group reads what
// is missing, and may send out sheets.
func TestThreeGoodRows(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	said, err := howto(t, "-in", jsonLines(t, collection(t)[:3]), "-out", dir, "-key", keyFile(t))
	require.NoError(t, err)
	require.Contains(t, said, "private/missing.md")
	got := files(t, dir)
	require.Contains(t, got["index.html"], "private/missing.md")
	sheets, err := filepath.Glob(filepath.Join(dir, "private", "sign-off", "*.docx"))
	require.NoError(t, err)
	require.NotEmpty(t, sheets)
	page := got["private/missing.md"]
	require.Contains(t, page, "may be used: 2. Needed before anything can be told: 5.")
	rows := regexp.MustCompile(`(?m)^\| [^|]+ \| (\d+) \| (\d+) \|$`).FindAllStringSubmatch(page, -1)
	require.NotEmpty(t, rows)
	last := 5
	for _, row := range rows {
		has, err := strconv.Atoi(row[1])
		require.NoError(t, err)
		more, err := strconv.Atoi(row[2])
		require.NoError(t, err)
		require.Equal(t, 5, has+more, "what a subject has and lacks is the threshold")
		require.True(t, 0 < has && has <= last, "those first that lack the fewest, none that has enough")
		last = has
	}
}

// What has enough contributors is not missing.
func TestMissing_notWhatIsTold(t *testing.T) {
	t.Parallel()
	got := sampleDraft(t).files
	require.NotContains(t, got["index.html"], "private/missing.md", "a collection with guides says what it has")
	require.NotContains(t, got["private/missing.md"], "| Survey or questionnaire |", "told by many in the sample")
}

// Where agreements withhold all, that is what is missing, and no subject.
func TestMissing_allWithheld(t *testing.T) {
	t.Parallel()
	in := filepath.Join(t.TempDir(), "in.csv")
	require.NoError(t, os.WriteFile(in, []byte("Organisation,Account\nWibble Trust,We asked people by telephone what they need.\nQuux Group,We met on Mondays and asked.\n"), 0o600))
	dir := filepath.Join(t.TempDir(), "out")
	_, err := howto(t, "-in", in, "-out", dir, "-key", keyFile(t))
	require.NoError(t, err)
	page := files(t, dir)["private/missing.md"]
	require.Contains(t, page, "Examples withheld: 2. withheld.md says why")
	require.NotContains(t, page, "No subject is named")
}

// The number of today does not stand above topics that are printed as they were, of more
// examples than there are today.
func TestSummaryTellsOneTotal(t *testing.T) {
	o, err := parse([]string{"-now", "2026-11-28"})
	require.NoError(t, err)
	said := func(all int) string {
		c := &aggregate.Collection{Examples: all, Contributors: all, K: 5, Topics: []aggregate.Topic{{Support: aggregate.Support{Examples: 12, Of: 21}}}}
		var b bytes.Buffer
		require.NoError(t, writeSummary(&b, &outcome{collection: c, edition: &edition.Edition{}}, o))
		return b.String()
	}
	require.Contains(t, said(21), "Examples counted: 21,")
	require.NotContains(t, said(11), "Examples counted")
	require.Contains(t, said(11), "Topics: 1")
}
