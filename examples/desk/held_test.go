// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The list of faults is in the order of the sheet, and says where a row that cannot be
// used is settled, once it is taken in; the overview counts what is withheld, and before
// an edition without a guide is published the page says so.
func TestCheck_settle(t *testing.T) {
	v := desk(t, newPath(t))
	rows := [][]string{{"What is the example called?", "What is your organisation called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}}
	for i, consent := range []string{"Yes", "perhaps", "Yes", "if we must"} {
		rows = append(rows, []string{"Title " + string(rune('A'+i)), "Zorblatt Trust " + string(rune('A'+i)), "What we did, but not who we are", "As a source of guidance", "Everyone", consent})
	}
	_, page := v.send("/collect/upload", "x.xlsx", book(t, rows))
	require.Regexp(t, inCollect, page)
	_, page = v.get("/check")
	assert.NotContains(t, page, "Settle it", "nothing is taken yet")
	v.taken("x.xlsx", book(t, rows))
	_, page = v.get("/check")
	links := regexp.MustCompile(`/examples/e-[0-9]+/agreement">Settle it`).FindAllString(page, -1)
	assert.GreaterOrEqual(t, len(links), 2)
	code, _ := v.get(strings.TrimSuffix(links[0], `">Settle it`))
	assert.Equal(t, http.StatusOK, code)
	last := 0
	for _, m := range regexp.MustCompile(`<th scope="row">row (\d+)`).FindAllStringSubmatch(v.page("/check"), 2) {
		n := int(m[1][0] - '0')
		assert.GreaterOrEqual(t, n, last)
		last = n
	}
	_, page = v.get("/")
	assert.Contains(t, page, "2 examples are withheld.")
}

// An edition that would hold no guide says so before it is published.
func TestPublish_noGuide(t *testing.T) {
	v := desk(t, newPath(t))
	rows := [][]string{{"What is the example called?", "What is your organisation called?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?", "What did you do, step by step?"}}
	for i, what := range []string{"rang forty people", "painted the hall", "wrote to the council", "met on Tuesdays", "walked the river", "sang in the square"} {
		rows = append(rows, []string{"Title " + string(rune('A'+i)), []string{"Zorblatt", "Quux", "Wibble", "Plonk", "Marl", "Fells"}[i] + " Trust", "What we did, but not who we are", "Counted, and told together with others;As a source of guidance", "Everyone", "Yes", "We " + what})
	}
	v.taken("x.xlsx", book(t, rows))
	page := v.page("/publish")
	assert.Contains(t, page, "0 guides")
	assert.Contains(t, page, "This edition would hold no guide")
	assert.NotContains(t, page, "last edition")
	v.samples()
	assert.NotContains(t, v.page("/publish"), "This edition would hold no guide")
}
