// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
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
