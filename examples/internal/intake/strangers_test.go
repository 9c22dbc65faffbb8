// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// A meant column says which questions it may answer, and of an answer to choose what it
// means: one of several, or nothing where it must be listed.
type meant struct {
	Column    int
	Questions []string
	Answers   map[string][]string // nil: own words
	Ticks     bool
}

// Exports worded by strangers, of health, housing and schools, are mapped without a
// person, and nine answers in ten are understood as they were meant. None is read as
// more than it says.
func TestRead_strangers(t *testing.T) {
	for i, path := range modeltest.Files(t, os.DirFS("."), "testdata/strangers/*.csv") {
		if testing.Short() && i > 0 {
			break
		}
		name := strings.TrimSuffix(filepath.Base(path), ".csv")
		t.Run(name, func(t *testing.T) {
			table := loadFrom(t, "strangers", name+".csv")
			raw, err := os.ReadFile("testdata/strangers/" + name + ".json")
			require.NoError(t, err)
			var truth struct {
				Heads   int
				Columns []meant
			}
			require.NoError(t, json.Unmarshal(raw, &truth))
			m, err := intake.Propose(table)
			require.NoError(t, err)
			r, err := intake.Read(table, m, []byte("key"))
			require.NoError(t, err)
			examples := map[int]*model.Example{}
			for i := range r.Examples {
				examples[r.Rows[i]] = &r.Examples[i]
			}
			columns, found, answers, right := 0, 0, 0, 0
			for _, c := range truth.Columns {
				got := questionOf(m, c.Column)
				mapped := slices.Contains(c.Questions, got)
				columns++
				if mapped {
					found++
				} else {
					t.Logf("column %d is read as %s, not %v", c.Column+1, got, c.Questions)
				}
				for _, row := range table.Rows {
					if row.Number <= truth.Heads || c.Column >= len(row.Cells) {
						continue
					}
					cell := strings.TrimSpace(row.Cells[c.Column])
					if cell == "" || c.Ticks && slices.Contains([]string{"No", "Nein", "Nie", "Non", "Not involved", "Unchecked", "0"}, cell) {
						continue
					}
					answers++
					listed := slices.ContainsFunc(r.Findings, func(f intake.Finding) bool {
						return f.Row == row.Number && f.Question == intake.Label(got)
					})
					switch {
					case mapped && (c.Answers == nil || got == "condition" || heard(c.Answers, cell, read1(got, examples[row.Number]), listed)):
						right++
					case mapped:
						t.Logf("row %d: %q is read as %q", row.Number, cell, read1(got, examples[row.Number]))
						require.False(t, wider(got, c.Answers[cell], read1(got, examples[row.Number])), "row %d: %q is read as more than it says", row.Number, cell)
					}
				}
			}
			t.Logf("%d of %d columns, %d of %d answers", found, columns, right, answers)
			require.GreaterOrEqual(t, 100*found, 90*columns)
			require.GreaterOrEqual(t, 100*right, 90*answers)
		})
	}
}

// questionOf is what a column of the sheet, counted from 0, was taken for.
func questionOf(m intake.Mapping, at int) string {
	question, start := "", -1
	for _, c := range m.Columns {
		n := 0
		for _, r := range c.Letter {
			n = 26*n + int(r-'A') + 1
		}
		if n-1 <= at && n-1 >= start {
			question, start = c.Question, n-1
		}
	}
	return question
}

// heard reports whether an answer, or each of those in a cell, was read as meant.
func heard(meant map[string][]string, cell string, have []string, listed bool) bool {
	if want, ok := meant[cell]; ok {
		return slices.ContainsFunc(want, func(w string) bool { return w == "" && len(have) == 0 || slices.Contains(have, w) }) ||
			len(want) == 0 && (listed || len(have) == 0) ||
			// Where consent is refused nothing may be told, whatever the row says of it.
			slices.Equal(have, []string{"Not at all for now"}) && !listed
	}
	known := false
	for rest := cell; rest != ""; {
		hit := ""
		for option := range meant {
			if strings.HasPrefix(rest, option) && len(option) > len(hit) {
				hit = option
			}
		}
		if hit == "" {
			rest = rest[1:]
			continue
		}
		if known = true; !heard(meant, hit, have, listed) {
			return false
		}
		rest = rest[len(hit):]
	}
	return known
}

// wider reports whether an answer on what may be done was read as more than any meaning
// of it.
func wider(question string, want, have []string) bool {
	order := map[string][]string{
		"confidentiality": {"Not at all for now", "Only in totals, together with others", "What we did, but not who we are", "With our name, once we have approved the text", "It is already public: cite the public source"},
		"audience":        {"The working group", "Members", "Partners", "Everyone"},
		"consent":         {"No", "Yes"},
	}[question]
	most := -1
	for _, w := range want {
		most = max(most, slices.Index(order, w))
	}
	return len(have) == 1 && slices.Index(order, have[0]) > max(most, 0)
}

// read1 says in the form's words what an example holds of a question.
func read1(question string, e *model.Example) (out []string) {
	if e == nil {
		return nil
	}
	code := func(codes ...model.Code) {
		for _, c := range codes {
			if c != "" {
				out = append(out, vocabulary.Default().Label(string(c), vocabulary.DefaultLang))
			}
		}
	}
	chosen := func(value string) {
		for _, q := range intake.Questions() {
			for _, o := range q.Options {
				if q.ID == question && o.Value == value {
					out = append(out, o.Label)
				}
			}
		}
	}
	yes := func(b bool) { out = append(out, map[bool]string{true: "Yes", false: "No"}[b]) }
	a := e.Agreements[0]
	switch question {
	case "organisation_type":
		code(e.Parties[0].Type)
	case "scale":
		code(e.Context.Scale)
	case "participation":
		code(e.Level)
	case "lifecycle":
		code(e.Lifecycle...)
	case "therapy_areas":
		for _, c := range e.TherapyAreas {
			code(c.Code)
		}
	case "stakeholders":
		for _, s := range e.Stakeholders {
			code(s.Group)
		}
	case "country":
		out = []string{e.Context.Jurisdiction}
	case "year":
		if e.Context.Year > 0 {
			out = []string{strconv.Itoa(e.Context.Year)}
		}
	case "confidentiality":
		chosen(a.Level.String())
	case "audience":
		chosen(a.Audience.String())
	case "name_form":
		chosen(a.NameForm.String())
	case "consent":
		if a.Consent.Status != "" {
			yes(a.Consent.Status == "given" || a.Consent.Status == "amended")
		}
	case "approval":
		yes(a.Approval.Required)
	case "contact_allowed":
		yes(a.ContactAllowed)
	case "expires":
		out = []string{a.Expires}
	case "not_before":
		out = []string{a.NotBefore}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
