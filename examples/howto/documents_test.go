// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// A digest compares with the edition before, never with a draft, which no reader
// has seen, and is the same however often an edition is written.
func TestDigestOfAnEdition(t *testing.T) {
	t.Parallel()
	dir, key := filepath.Join(t.TempDir(), "out"), keyFile(t)
	all := collection(t)[:44]
	_, err := publish(t, "-in", jsonLines(t, all[:26]), "-out", dir, "-key", key)
	require.NoError(t, err)
	first := files(t, dir)["documents/digest.md"]
	require.NotContains(t, first, "Topics with changed evidence")
	_, err = howto(t, "-in", jsonLines(t, all[:38]), "-out", dir, "-key", key)
	require.NoError(t, err)
	_, err = publish(t, "-in", jsonLines(t, all), "-out", dir, "-key", key)
	require.NoError(t, err)
	second := files(t, dir)["documents/digest.md"]
	require.Contains(t, second, "Topics with changed evidence")
	_, err = publish(t, "-in", jsonLines(t, all), "-out", dir, "-key", key)
	require.NoError(t, err)
	require.True(t, second == files(t, dir)["documents/digest.md"])
}

// Each record has a sign-off sheet, which nobody but the owner can read, and no
// published file names the sheet or the example.
func TestSignOffSheets(t *testing.T) {
	t.Parallel()
	all := sampleDraft(t).files
	sheets, records := 0, map[string]bool{}
	for name, body := range all {
		if strings.HasPrefix(name, "private/sign-off/") && strings.HasSuffix(name, ".md") {
			sheets++
			records[strings.TrimPrefix(name, "private/sign-off/")[:len(uuid.Nil.String())]] = true
			require.True(t, strings.Contains(body, "Its fingerprint (SHA-256) is ") && strings.Contains(body, "\nsharedpractice approval text 2\n"), "the text to approve")
			require.Contains(t, all, strings.TrimSuffix(name, ".md")+".docx", "to answer in a word processor")
		}
	}
	// Each record has a sheet, and one for each party where it has several.
	require.Len(t, records, strings.Count(all["private/decisions.jsonl"], `"record":`))
	require.Greater(t, sheets, len(records))
	// The list says for every example which sheet is its, those first that wait.
	list := all["private/sign-off.md"]
	require.Equal(t, sheets, strings.Count(list, "](sign-off/"))
	waits, open, counted := strings.LastIndex(list, "Waits for a yes"), strings.Index(list, "May be published already"), strings.Index(list, "Counted only: nothing to approve")
	require.True(t, 0 < waits && waits < open && open < counted)
	examples := collection(t)
	for name, body := range all {
		if strings.HasPrefix(name, "private/") {
			continue
		}
		for _, e := range examples {
			require.False(t, strings.Contains(body, e.ID), "%s names an example", name)
		}
	}
}

// From every page a way leads back to the index; Word documents number their pages and
// no section is numbered 0; what goes with the guides has a page of its own; who is speaking
// is told by contributors, of whom there are no more than behind the whole.
func TestPagesLeadBack(t *testing.T) {
	t.Parallel()
	got := sampleDraft(t).files
	pages, documents := 0, 0
	for name, body := range got {
		folder, _, _ := strings.Cut(name, "/")
		if folder != "guides" && folder != "documents" {
			continue
		}
		switch filepath.Ext(name) {
		case ".html":
			pages++
			require.True(t, strings.Contains(body, `href="../index.html"`), "no way back from %s", name)
		case ".md":
			require.NotRegexp(t, `(?m)^#+ 0`, body, name)
		case ".docx":
			documents++
			z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
			require.NoError(t, err)
			f, err := z.Open("word/footer1.xml")
			require.NoError(t, err, name)
			foot, err := io.ReadAll(f)
			require.NoError(t, err)
			require.True(t, strings.Contains(string(foot), " PAGE "), "no page numbers in %s", name)
		}
	}
	require.Greater(t, pages, 20)
	require.Greater(t, documents, 20)
	require.NotRegexp(t, `href="documents/[^"]+\.docx"`, got["index.html"], "they have a page of their own")
	var c struct {
		Contributors  int
		Organisations []struct{ Contributors, Examples int }
	}
	require.NoError(t, json.Unmarshal([]byte(got["collection.json"]), &c))
	require.NotEmpty(t, c.Organisations)
	sum := 0
	for _, o := range c.Organisations {
		require.Less(t, o.Contributors, o.Examples)
		sum += o.Contributors
	}
	require.LessOrEqual(t, sum, c.Contributors)
	_, after, _ := strings.Cut(got["index.html"], `<h2 id="mix-of">`)
	mix, _, _ := strings.Cut(after, "<h2")
	require.True(t, strings.Contains(mix, ": "+strconv.Itoa(c.Organisations[0].Contributors)), "the index tells contributors")
}

// The index counts the steps that a reader finds numbered in the guide.
func TestIndexCountsSteps(t *testing.T) {
	t.Parallel()
	got := sampleDraft(t).files
	rows := regexp.MustCompile(`<a href="guides/([^"]+)\.html">[^<]*</a></h3>\n<p>.*Steps: (\d+) \(of these told by contributors: (\d+)\)</p>`).FindAllStringSubmatch(got["index.html"], -1)
	require.Greater(t, len(rows), 10)
	for _, row := range rows {
		require.Equal(t, row[2], strconv.Itoa(strings.Count(got["guides/"+row[1]+".html"], `<p class="do">`)), row[1])
		require.Equal(t, row[3], strconv.Itoa(strings.Count(got["guides/"+row[1]+".html"], `<p class="do"><span class="derived"`)), row[1])
	}
}
