// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/model"
)

// What too few tell is taken out of lines before they are checked, so that no press shows
// that the check would find it.
func TestLinesAreHeldAgainstWhoTellsThem(t *testing.T) {
	for _, told := range []string{`"lifecycle":["lc:%s"]`, `"kind":"ki:%s"`, `"challenges":[{"code":"ch:%s"}]`, `"outcomes":[{"direction":"positive"},{"measure":{"kind":"%s"}}]`} {
		t.Run(told, func(t *testing.T) { heldAgainst(t, told) })
	}
}

// heldAgainst does so with lines in which one place tells something; what else is of one alone
// in each is a sentence, a place in a list or what its class reads alike in.
func heldAgainst(t *testing.T, place string) {
	t.Helper()
	line := func(id, told string) string {
		own := strings.ReplaceAll(`{"id":"ID","level":"anonymous","region":"rg:ID","summary":"ID","steps":[{"order":"ID","text":"ID","accepted":"ID"}],`, "ID", id)
		return own + fmt.Sprintf(place, told) + "}"
	}
	for _, c := range []struct {
		name      string
		rare      int // how many of ten tell it
		each      int // and how many records each contributor has
		named     bool
		shown     []int // of them, whose line was printed so
		otherwise bool  // but says something else now
		narrower  []int // for fewer readers
		swap      bool  // one line is another record's
		cut       int   // lines that are missing
		fails     string
	}{
		{name: "five tell it", rare: 5},
		{name: "four tell it", rare: 4, fails: "only 4"},
		{name: "one tells it", rare: 1, fails: "only 1"},
		{name: "six of three contributors tell it, and four of two the other", rare: 6, each: 2, fails: "only 2"},
		{name: "six of three contributors tell it, and four told the other before", rare: 6, each: 2, shown: []int{6, 7, 8, 9}, fails: "only 3"},
		{name: "ten of five contributors tell it", rare: 10, each: 2},
		{name: "four tell it by name", rare: 4, named: true},
		{name: "four told it before", rare: 4, shown: []int{0, 1, 2, 3}},
		{name: "three told it before, and one tells it now", rare: 4, shown: []int{0, 1, 2}, fails: "only 4"},
		{name: "four told something else before", rare: 4, shown: []int{0, 1, 2, 3}, otherwise: true, fails: "only 4"},
		{name: "four told it to fewer readers", rare: 4, shown: []int{0, 1, 2, 3}, narrower: []int{0, 1, 2, 3}, fails: "only 4"},
		{name: "one of the four told it to fewer readers", rare: 4, shown: []int{0, 1, 2, 3}, narrower: []int{3}, fails: "only 4"},
		{name: "a line is another record's", rare: 5, swap: true, fails: "not those of its records"},
		{name: "a line is missing", rare: 5, cut: 1, fails: "not those of its records"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows []row
			for i := range 10 {
				x := row{ref: fmt.Sprintf("r%02d", i), level: model.Anonymous, kind: "ki:engagement-activity", challenges: []model.Code{"ch:jargon"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:survey"}}
				if c.each > 0 {
					x.party = fmt.Sprint("of", i/c.each)
				}
				if c.named && i < c.rare {
					x.level = model.Attributed
				}
				rows = append(rows, x)
			}
			of := records(t, model.Everyone, rows)
			require.Len(t, of, len(rows))
			cfg := disclosure.ReleaseConfig{Shown: map[string][]byte{}, Narrower: map[string]bool{}}
			var lines []string
			for i, r := range of {
				told := "tokenism"
				if i < c.rare {
					told = "jargon"
				}
				lines = append(lines, line(r.ID(), told))
				if slices.Contains(c.shown, i) {
					if cfg.Shown[r.ID()] = []byte(line(r.ID(), told)); c.otherwise {
						cfg.Shown[r.ID()] = []byte(line(r.ID(), "tokenism"))
					}
				}
				cfg.Narrower[r.ID()] = slices.Contains(c.narrower, i)
			}
			if c.swap {
				lines[0], lines[1] = lines[1], lines[0]
			}
			lines = lines[:len(lines)-c.cut]
			err := edition.CheckLines(&disclosure.Release{Behind: of, Proof: &disclosure.Proof{Release: []byte(strings.Join(lines, "\n") + "\n")}}, cfg, 5)
			if c.fails == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, c.fails)
			}
		})
	}
}
