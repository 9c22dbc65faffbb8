// SPDX-License-Identifier: Apache-2.0

package recognize

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize/internal/gold"
)

// TestExcerpts holds both strengths to floors on excerpts in the registers that people
// send, names of many cultures and of everyday words among them, which were written
// and marked before any rule had seen them: testdata/excerpts. What they name is made up.
func TestExcerpts(t *testing.T) {
	for _, row := range []struct {
		file                      string
		balanced, strict, precise float64
		persons                   float64
	}{
		{"worked-on", 0.965, 0.97, 0.915, 0.99},
		// Kept back until every rule stood: .894 then, .910 once its kinds of misses were seen.
		{"kept-back", 0.93, 0.96, 0.91, 1},
		// .863, persons .929 and strictly .918 before rules were written after it.
		{"many-languages", 0.89, 0.93, 0.84, 0.975},
	} {
		t.Run(row.file, func(t *testing.T) {
			docs := excerpts(t, "testdata/excerpts/"+row.file+".txt")
			var all, strict, persons, precise tally
			for _, g := range docs {
				e, p := score(t, g, false)
				all.right, all.all = all.right+e.right, all.all+e.all
				precise.right, precise.all = precise.right+p.right, precise.all+p.all
				s := masked(t, g, true)
				b := masked(t, g, false)
				at := gold.Bytes(g.Text)
				for _, m := range g.Spans {
					hidden := hides(g.Text, s, at[m.Start], at[m.End])
					strict.all++
					if hidden {
						strict.right++
					}
					if m.Type != "PERSON" {
						continue
					}
					persons.all++
					if hides(g.Text, b, at[m.Start], at[m.End]) {
						persons.right++
					} else if os.Getenv("SHAREDPRACTICE_SHOW") != "" {
						t.Logf("%s: %s", g.ID, g.Text[max(0, at[m.Start]-20):at[m.End]]) // made-up names
					}
				}
			}
			t.Logf("%d excerpts: balanced %.3f of %d, strict %.3f, precision %.3f, persons %.3f of %d", len(docs), all.rate(), all.all, strict.rate(), precise.rate(), persons.rate(), persons.all)
			require.GreaterOrEqual(t, all.rate(), row.balanced)
			require.GreaterOrEqual(t, strict.rate(), row.strict)
			require.GreaterOrEqual(t, precise.rate(), row.precise)
			require.GreaterOrEqual(t, persons.rate(), row.persons)
		})
	}
}

func masked(t *testing.T, g gold.Doc, strict bool) []bool {
	t.Helper()
	d, err := NewDocument(g.Text)
	require.NoError(t, err)
	fs, err := Detect(t.Context(), []*Document{d}, builtin(), Options{Strict: strict})
	require.NoError(t, err)
	out := make([]bool, len(g.Text))
	for _, f := range fs[0] {
		fill(out, f.Start, f.End)
	}
	return out
}

// hides reports that all letters and digits of [from,to) are masked.
func hides(s string, masked []bool, from, to int) bool {
	for _, w := range evalWord.FindAllStringIndex(s[from:to], -1) {
		for i := from + w[0]; i < from+w[1]; i++ {
			if !masked[i] {
				return false
			}
		}
	}
	return true
}

var excerptMark = regexp.MustCompile(`\[([A-Z]+):([^\[\]]+)\]`)

// excerpts reads texts whose names stand in brackets with their kind: "[PERSON:Ann Oke]".
func excerpts(t *testing.T, file string) (out []gold.Doc) {
	t.Helper()
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	for part := range strings.SplitSeq("\n"+string(b), "\n## ") {
		id, body, ok := strings.Cut(part, "\n")
		if !ok || strings.HasPrefix(id, "#") || strings.TrimSpace(id) == "" {
			continue
		}
		body = strings.TrimSpace(body)
		g := gold.Doc{ID: id}
		at := 0
		for _, m := range excerptMark.FindAllStringSubmatchIndex(body, -1) {
			g.Text += body[at:m[0]]
			start := utf8.RuneCountInString(g.Text)
			name := body[m[4]:m[5]]
			g.Text += name
			if kind := body[m[2]:m[3]]; kind == "PERSON" {
				name = strings.TrimSuffix(name, "'s")
			}
			g.Spans = append(g.Spans, gold.Span{Start: start, End: start + utf8.RuneCountInString(name), Type: body[m[2]:m[3]]})
			at = m[1]
		}
		g.Text += body[at:]
		out = append(out, g)
	}
	require.NotEmpty(t, out)
	return out
}
