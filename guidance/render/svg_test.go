// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

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
