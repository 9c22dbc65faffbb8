// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
)

// Law 11: words that contributors share are quoted, unless they say what examples
// cannot show.
func TestSharedWordsThatOverclaimAreNotQuoted(t *testing.T) {
	c := made()
	quoted := 0
	for i, s := range c.Topics[0].Statements {
		if s.Kind == aggregate.LessonStatement {
			c.Topics[0].Statements[i].Shared = []aggregate.Wording{
				{Text: "this always works for everybody", Support: s.Support}, {Text: "asked them before we began", Support: s.Support},
			}
			quoted++
		}
	}
	require.Positive(t, quoted)
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, g), "asked them before we began")
	require.NotContains(t, text(t, g), "always works")
}

// The number of attempts that a guide tells is that of attempts and of no other kind
// of example.
func TestAttemptsAreCountedAsAttempts(t *testing.T) {
	c := made()
	support := c.Topics[0].Support
	support.Examples, support.Contributors = support.Examples-1, support.Contributors-1
	c.Topics[0].Kinds = []aggregate.Count{{Code: "ki:attempt", Support: support}, {Code: "ki:engagement-activity", Support: c.Topics[0].Support}}
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	c.Topics[0].Kinds[0].Support.Contributors--
	if c.Topics[0].Kinds[0].Contributors >= c.K {
		require.ErrorIs(t, guidance.Check(g, c), guidance.ErrCheck)
	}
	c.Topics[0].Kinds = c.Topics[0].Kinds[1:]
	require.ErrorIs(t, guidance.Check(g, c), guidance.ErrCheck, "a count of another kind bears nothing out")
}

// Law 11: each word of the table is found wherever it stands in a sentence, in any case;
// one that is no stem is not found within another word.
func TestOverclaimTable(t *testing.T) {
	table, err := os.ReadFile("data/overclaim.tsv")
	require.NoError(t, err)
	n := 0
	for line := range strings.Lines(string(table)) {
		_, word, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			require.True(t, strings.HasPrefix(line, "#"), "a row without a tab")
			continue
		}
		n++
		stem, isStem := strings.CutSuffix(word, "*")
		require.NotEmpty(t, stem)
		for _, said := range []string{stem, "It " + stem + ", they say.", "It says so: " + strings.ToUpper(stem[:1]) + stem[1:] + "!"} {
			require.NotEmpty(t, guidance.Overclaim(said), word)
		}
		if isStem {
			require.NotEmpty(t, guidance.Overclaim("it "+stem+"qq so"), word)
		} else {
			require.Empty(t, guidance.Overclaim("it "+stem+"qq so"), word)
		}
		require.Empty(t, guidance.Overclaim("it qq"+stem+"qq so"), word)
	}
	require.Greater(t, n, 50)
	require.Equal(t, "%", guidance.Overclaim("9 % of them"))
	require.Empty(t, guidance.Overclaim("9 of 12 asked first"))
}
