// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
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

// What a column says on what may be done, and was only guessed, holds every example back until
// a person ticks that it asks this: to take the examples says nothing of it.
func TestCollect_unsure(t *testing.T) {
	rows := [][]string{{"Timestamp", "What is the example called?", "What is your organisation called?", "What did you do, step by step?", "What would you tell others?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "Zorblatt"}}
	for i := range 6 {
		rows = append(rows, []string{fmt.Sprintf("2025-03-%02d 10:00:00", i+1), fmt.Sprintf("Number %d", i), "Trust " + strconv.Itoa(i), fmt.Sprintf("We met %d times in the hall and sang.", i+2), fmt.Sprintf("Ask %d people before you sing.", i+3), "What we did, but not who we are", "As a source of guidance", "Everyone", "Yes", strconv.Itoa(2030 + i)})
	}
	v := desk(t, newPath(t))
	code, page := v.send("/collect/upload", "x.xlsx", book(t, rows))
	require.Equal(t, 200, code)
	require.Equal(t, 1, strings.Count(page, `name="sure-9"`))
	at := "/collect/" + inCollect.FindStringSubmatch(page)[1]
	level := func() (levels []model.Level) {
		all, err := v.examples(t.Context())
		require.NoError(t, err)
		for _, e := range all {
			levels = append(levels, e.Agreements[0].Level)
		}
		return levels
	}
	code, _ = v.post(at, url.Values{"do": {"take"}, "column-9": {"expires"}})
	require.Less(t, code, 400)
	require.Equal(t, slices.Repeat([]model.Level{model.Withheld}, 6), level())
	code, _ = v.post(at, url.Values{"do": {"take"}, "column-9": {"expires"}, "sure-9": {"yes"}})
	require.Less(t, code, 400)
	require.Equal(t, slices.Repeat([]model.Level{model.Anonymous}, 6), level())
}

// What is to be said of several rows in the same words stands once, with all their numbers;
// what each row must settle for itself stands for each.
func TestCheck_sameOnce(t *testing.T) {
	all := []intake.Finding{
		{Row: 2, Column: "C", Question: "Q", Fault: "is none", Was: "snork"},
		{Row: 3, Column: "C", Question: "Q", Fault: "is none", Was: "snork", Unusable: true},
		{Row: 4, Column: "C", Question: "Q", Fault: "is none", Was: "snork"},
		{Row: 9, Column: "C", Question: "Q", Fault: "is none", Was: "snork"},
		{Row: 9, Column: "D", Question: "Q", Fault: "is none", Was: "snork"},
	}
	shown, more := shownOf(all, map[int]string{3: "e"})
	require.Zero(t, more)
	require.Len(t, shown, 3)
	require.Equal(t, "4, 9", shown[0].Also)
	require.Equal(t, "e", shown[1].Example)
	require.Empty(t, shown[2].Also)
}
