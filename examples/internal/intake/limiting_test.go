// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
)

// limiting are headings of columns that limit what may be done, so many at least, each with
// the answers yes, no and one in words, by language.
func limiting(t *testing.T, file string, least int, each func(language, header string, answers []string)) {
	t.Helper()
	raw, err := os.ReadFile("testdata/permission/" + file)
	require.NoError(t, err)
	n := 0
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		require.Len(t, cells, 3)
		for header := range strings.SplitSeq(cells[2], "|") {
			if n++; testing.Short() && n%36 != 0 {
				continue
			}
			each(cells[0], header, strings.Split(cells[1], "|"))
		}
	}
	require.Greater(t, n, least)
}

// Whatever column limits what may be done, in whatever words and language, and however it
// is answered: it is none that tells the story or says who somebody is, it is never left
// aside, and what was said in it in words, or refused, holds the example back until a person has
// read it or it is known what it means. Beside a yes elsewhere it opens nothing.
func TestRead_limiting(t *testing.T) {
	form := []string{"What is the example called?", "What is your organisation called?", "What did you do?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	row := []string{"A title", "Zorblatt Trust", "We met each month.", "What we did, but not who we are", "As a source of guidance", "Members", "Yes"}
	open := []string{"What is the example called?", "What is your organisation called?", "Where did it begin?", "What did you do?", "And then?"}
	told := []string{"A title", "Zorblatt Trust", "Nobody came to the evenings.", "We met each month in the hall and wrote down what was said.", "More people came."}
	limiting(t, "headings.tsv", 100, func(language, header string, answers []string) {
		yes, no, words := answers[0], answers[1], answers[2]
		for _, said := range [][]string{{yes, yes, no, yes, yes}, {words}, {words, words + ".", "x " + words, words, "y " + words, words}, {yes, words, no, yes, words, yes}} {
			heads, rows := append(slices.Clone(form), header), [][]string(nil)
			heads2, rows2 := append(slices.Clone(open), header), [][]string(nil)
			for i, answer := range said {
				line := append(slices.Clone(row), answer)
				line[0] += " " + strings.Repeat("i", i+1)
				rows = append(rows, line)
				line = append(slices.Clone(told), answer)
				line[0] += " " + strings.Repeat("i", i+1)
				rows2 = append(rows2, line)
			}
			for _, sheet := range []intake.Table{sheetOf(heads, rows...), sheetOf(heads2, rows2...)} {
				m, err := intake.Propose(sheet)
				require.NoError(t, err)
				last := m.Columns[len(m.Columns)-1]
				if !assert.Contains(t, []string{"conditions", "confidentiality", "audience", "consent", "uses", "expires", "not_before", "approval", "others", "other_names", "k"}, last.Question, "%s: %s %q, by %s", language, header, said, last.Why) {
					return
				}
				if last.Unsure() { // which nobody has confirmed
					r, err := intake.Read(sheet, m, []byte("key"))
					require.NoError(t, err)
					assert.True(t, r.Unusable() || !last.Withholds(), header)
					for _, e := range r.Examples {
						a := e.Agreements[0]
						assert.True(t, a.Level == model.Withheld || !last.Withholds() && (last.Question == "uses" && len(a.Uses) == 0 || last.Question == "audience" && a.Audience == model.WorkingGroup || last.Question == "confidentiality" && a.Level <= model.Anonymous), header)
					}
				}
				if len(sheet.Rows[0].Cells) == len(heads2) {
					continue // of what nobody agreed to nothing is used
				}
				r, err := intake.Read(sheet, m, []byte("key"))
				require.NoError(t, err)
				for i, e := range r.Examples {
					a := e.Agreements[0]
					if said[i] != yes && said[i] != "" && last.Question != "other_names" {
						assert.True(t, a.Conditions != "" && a.ConditionsReviewed == "" || a.Level == model.Withheld || a.Consent.Status != "given" || a.NotBefore != "" || a.Expires != "" || said[i] == no, "%s: %s %q is not held back", language, header, said[i])
					}
					assert.LessOrEqual(t, a.Audience, model.Members, header)
				}
			}
		}
	})
}

// What limits in words that no phrase has tells no story either, where it stands behind the
// columns on what may be done: it is set aside and listed, or holds the example back.
func TestRead_limitingUnheard(t *testing.T) {
	form := []string{"What is the example called?", "What is your organisation called?", "What did you do?", "How may this example be told?", "What may it be used for?", "Who may read what comes of it?", "Do you agree to this use?"}
	row := []string{"A title", "Zorblatt Trust", "We met each month.", "What we did, but not who we are", "As a source of guidance", "Members", "Yes"}
	held, all := 0, 0
	limiting(t, "unheard.tsv", 60, func(language, header string, answers []string) {
		yes, no, words := answers[0], answers[1], answers[2]
		for _, said := range [][]string{{yes, yes, no, yes, yes}, {words}, {words, words + ".", "x " + words, words, "y " + words, words}, {yes, words, no, yes, words, yes}} {
			var rows [][]string
			for i, answer := range said {
				line := append(slices.Clone(row), answer)
				line[0] += " " + strings.Repeat("i", i+1)
				rows = append(rows, line)
			}
			sheet := sheetOf(append(slices.Clone(form), header), rows...)
			m, err := intake.Propose(sheet)
			require.NoError(t, err)
			last := m.Columns[len(m.Columns)-1]
			assert.Contains(t, []string{intake.Aside, "conditions", "audience", "approval", "others", "other_names"}, last.Question, "%s: %s %q, by %s", language, header, said, last.Why)
			r, err := intake.Read(sheet, m, []byte("key"))
			require.NoError(t, err)
			if all++; last.Question != intake.Aside {
				held++
			} else {
				assert.True(t, slices.ContainsFunc(r.Findings, func(f intake.Finding) bool { return f.Header == header }), "%s is set aside and not listed", header)
			}
			for i, e := range r.Examples {
				a := e.Agreements[0]
				assert.LessOrEqual(t, a.Audience, model.Members, header)
				if said[i] != yes && said[i] != no && last.Question != intake.Aside && last.Question != "other_names" {
					assert.True(t, a.Conditions != "" && a.ConditionsReviewed == "" || a.Level == model.Withheld, "%s: %s %q is not held back", language, header, said[i])
				}
			}
		}
	})
	t.Logf("%d of %d hold back", held, all)
	if !testing.Short() {
		assert.GreaterOrEqual(t, 5*held, 2*all)
	}
}
