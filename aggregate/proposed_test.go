// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/text"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// What enough contributors wrote and nobody has coded is proposed as a group; what has
// a code is not, and what too few wrote neither.
func TestProposedAreOfWhatNobodyCoded(t *testing.T) {
	wrote := told{challenge: "ch:jargon", wrote: "the small print of our leaflets"}
	for _, row := range []struct {
		reason    string
		n         int
		suggested bool
		want      int
	}{
		{"nobody coded it", 6, true, 1},
		{"coded", 6, false, 0},
		{"too few", 4, true, 0},
	} {
		x := wrote
		x.suggested = row.suggested
		c := build(t, records(t, several(row.n, x)...), 5)
		require.Len(t, c.Proposed, row.want, row.reason)
		for _, p := range c.Proposed {
			require.Equal(t, "challenge", p.Facet)
			require.GreaterOrEqual(t, p.Contributors, 5)
			require.LessOrEqual(t, p.Contributors, row.n)
		}
	}
}

// What contributors wrote is not named by a concept of which they say no word, however
// near to it the meanings of their words lie.
func TestProposedNamesAreSaid(t *testing.T) {
	for _, wrote := range []string{
		"the small print of our leaflets", "everything took ages", "the bus stops at four", "a coffee machine that nobody could mend",
		"our purse was empty by spring", "parking near the building", "the roof let the rain in", "the same thing again", "new cushions for the chairs",
		"nobody would pay for the biscuits", "snow in the second week", "it cost more than it gave", "we were short of pounds",
	} {
		c, err := aggregate.Build(t.Context(), records(t, several(7, told{challenge: "ch:jargon", wrote: model.Raw(wrote), suggested: true})...), aggregate.Config{Embedder: wordtable.Default()})
		require.NoError(t, err)
		require.Len(t, c.Proposed, 1, wrote)
		label := c.Proposed[0].Label
		if strings.HasPrefix(label, "Group ") {
			continue // nameless
		}
		said := false
		for word := range strings.FieldsSeq(text.Fold(label)) {
			said = said || strings.Contains(stems(wrote), stems(strings.Trim(word, ",.")))
		}
		if concept, ok := vocabulary.Default().Concept(string(c.Proposed[0].Nearest)); ok {
			const lang = vocabulary.DefaultLang
			for _, phrase := range append(concept.AltLabels(lang), concept.HiddenLabels(lang)...) {
				said = said || saysAll(wrote, phrase)
			}
		}
		require.True(t, said, "%q is named %q", wrote, label)
	}
}

func saysAll(wrote, phrase string) bool {
	for word := range strings.FieldsSeq(stems(phrase)) {
		if !strings.Contains(stems(wrote), " "+word+" ") {
			return false
		}
	}
	return true
}

// stems are those of the content words, with spaces around each.
func stems(s string) string {
	var out strings.Builder
	out.WriteString(" ")
	for word := range strings.FieldsSeq(text.Fold(s)) {
		if !text.IsStopWord(word) {
			out.WriteString(text.Stem(word) + " ")
		}
	}
	return out.String()
}
