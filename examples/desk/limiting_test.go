// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// Of a sheet full of columns that limit what may be done, in nine languages, each answer in
// words holds its row back, whatever else the row agrees to, until a person has read it;
// one who was not asked any of them is not held.
func TestCollect_limiting(t *testing.T) {
	raw, err := os.ReadFile("../internal/intake/testdata/permission/headings.tsv")
	require.NoError(t, err)
	held := 0
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		headings := strings.Split(cells[2], "|")
		form := []string{"What is the example called?", "What is your organisation called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
		row := []string{"None asked", "Zorblatt Trust", "What we did, but not who we are", "As a source of guidance", "Members", "Yes"}
		rows := [][]string{append(slices.Clone(form), headings...), row}
		for i, heading := range headings {
			next := append(slices.Clone(row), make([]string, len(headings))...)
			next[0], next[len(form)+i] = heading, strings.Split(cells[1], "|")[2]
			rows = append(rows, next)
		}
		v := desk(t, newPath(t))
		v.taken("x.xlsx", book(t, rows))
		all, err := v.examples(t.Context())
		require.NoError(t, err)
		require.Len(t, all, len(headings)+1, cells[0])
		for _, e := range all {
			a := e.Agreements[0]
			closed := a.Level == model.Withheld || a.Conditions != "" && a.ConditionsReviewed == "" || len(e.Parties[0].Identities) > 1
			assert.Equal(t, string(e.Title.Value) != "None asked", closed, "%s: %s", cells[0], e.Title.Value)
			held++
		}
	}
	require.Greater(t, held, 100)
}
