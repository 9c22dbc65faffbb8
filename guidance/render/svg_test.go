// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// A label is drawn whole where two lines have room for it: many languages need
// more of it than English does.
func TestLabelsOfFigures(t *testing.T) {
	lines := regexp.MustCompile(`<text[^>]*>([^<]+)</text>`)
	for _, row := range []struct {
		name, label, want, reason string
	}{
		{"short", "Trust is low", "Trust is low", "one line is enough"},
		{"German", "Behandlung wird nicht begonnen oder abgebrochen", "Behandlung wird nicht|begonnen oder abgebrochen", "two lines, as even as the words allow"},
		{"one word", strings.Repeat("a", 60), strings.Repeat("a", 35) + "…", "a word is not broken in two"},
		{"too long", strings.Repeat("word ", 30) + "end", strings.Repeat("word ", 8) + "w…|" + strings.Repeat("word ", 8) + "w…", "what two lines cannot hold is cut; the description has it whole"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, kind := range []guidance.FigureKind{guidance.Bars, guidance.HeatMap} {
				f := guidance.Figure{Kind: kind, Caption: "Labels", Alt: row.label, Rows: []string{row.label}, Columns: []string{row.label}, Values: []int{3}, Of: 4}
				var b strings.Builder
				require.NoError(t, render.SVG(&b, &f, "x"))
				var said []string
				for _, m := range lines.FindAllStringSubmatch(b.String(), -1) {
					if m[1] != "3" {
						said = append(said, m[1])
						require.LessOrEqual(t, utf8.RuneCountInString(m[1]), 42)
					}
				}
				if kind == guidance.Bars {
					require.Equal(t, row.want, strings.Join(said, "|"), row.reason)
				}
			}
		})
	}
}

// A bar whose number is a lower bound says so, drawn and in Word.
func TestBarsOfBounds(t *testing.T) {
	told := func(bound bool) *aggregate.Support {
		return &aggregate.Support{Examples: 7, Of: 9, Contributors: 7, AlmostAll: bound}
	}
	f := guidance.Figure{Kind: guidance.Bars, Caption: "Who told", Alt: "Who told", Rows: []string{"Charities", "Hospitals"}, Values: []int{7, 7}, Of: 9, Claims: []guidance.Claim{{Support: told(true)}, {Support: told(false)}}}
	var drawn strings.Builder
	require.NoError(t, render.SVG(&drawn, &f, "x"))
	g := &guidance.Guide{Schema: guidance.Schema, Front: guidance.Front{Title: "Made", Locale: "en-GB"}, Sections: []guidance.Section{{ID: "who", Title: "Who", Blocks: []guidance.Block{{Kind: guidance.FigureOf, Figure: &f}}}}}
	for _, body := range []string{drawn.String(), string(xmlParts(t, rendered(t, render.DOCX{}, g))["word/document.xml"])} {
		require.Equal(t, 1, strings.Count(body, ">≥ 7<"))
		require.Equal(t, 1, strings.Count(body, ">7<"))
	}
}

// In Word, bars stand with their labels and numbers as text, whatever the reader draws, and
// the last paragraph of a step does not hold the next one on its page.
func TestWordShowsBarsAndBreaksBetweenSteps(t *testing.T) {
	f := guidance.Figure{Kind: guidance.Bars, Caption: "Who told", Alt: "Charities: 3 of 4", Rows: []string{"Charities", "Hospitals"}, Values: []int{3, 0}, Of: 4}
	one := guidance.Step{Claim: guidance.Claim{Text: "Ask.", Source: guidance.Vocabulary, Seen: "general advice"}}
	lead := guidance.Claim{Text: "How:", Source: guidance.Frame, Details: []guidance.Claim{{Text: "In person.", Source: guidance.Vocabulary}}}
	more := one
	more.Details = []guidance.Claim{lead}
	g := &guidance.Guide{Schema: guidance.Schema, Front: guidance.Front{Title: "Made", Locale: "en-GB"}, Sections: []guidance.Section{{ID: "steps", Title: "Steps", Blocks: []guidance.Block{
		{Kind: guidance.FigureOf, Figure: &f}, {Kind: guidance.Steps, Steps: []guidance.Step{one, more}},
	}}}}
	body := string(xmlParts(t, rendered(t, render.DOCX{}, g))["word/document.xml"])
	require.Contains(t, body, "Charities")
	require.Contains(t, body, strings.Repeat("█", 12)+strings.Repeat("░", 4))
	require.Contains(t, body, strings.Repeat("░", 16))
	require.NotContains(t, body, "<pic:pic")
	paragraphs := strings.Split(body, "</w:p>")
	of := func(text string) string {
		for i, p := range paragraphs {
			if strings.Contains(p, text) {
				return strings.Join(paragraphs[i:i+1], "")
			}
		}
		return ""
	}
	require.Contains(t, of("General advice"), `"StepEnd"`, "nothing of the step follows")
	require.Contains(t, of("How:"), "<w:keepNext/>")
	require.NotContains(t, of("In person."), "<w:keepNext/>")
}
