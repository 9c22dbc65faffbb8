// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// A step of the topics near this one is no step here where hardly anybody took it
// beyond one of those.
func TestStepOfAnotherTopic(t *testing.T) {
	const said = "Send short messages when they are useful"
	for _, row := range []struct {
		name  string
		there int // of 6 on the other topic
		want  bool
	}{
		{"five of seven there: two of fourteen beyond it are few", 5, false},
		{"two of seven there: most took it elsewhere", 2, true},
	} {
		c := grouped()
		group := &c.TopicGroups[0]
		group.Topics = append(slices.Clone(group.Topics), "ch-made.ob-up")
		slices.Sort(group.Topics)
		step := func(n, of int) aggregate.Statement {
			return aggregate.Statement{ID: "step.me-feedback-collection", Kind: aggregate.StepStatement, Code: "me:reminders", Support: by(n, of)}
		}
		group.Statements = append(group.Statements, step(7, 20))
		c.Topics = append(c.Topics, aggregate.Topic{ID: "ch-made.ob-up", Challenge: "ch:jargon", Objective: "ob:information", Support: by(6, 40), Statements: []aggregate.Statement{step(row.there, 6)}})
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err)
		if row.want {
			require.Contains(t, section(t, g, "steps"), said, row.name)
		} else {
			require.NotContains(t, section(t, g, "steps"), said, row.name)
		}
	}
}

// What results mean is said: that something got worse is no failure of the whole, and that
// only successes are told is no proof that there was nothing else.
func TestResultsSayWhatTheyDoNotMean(t *testing.T) {
	const failed, only = "does not mean that the work failed", "does not mean that nothing did"
	for _, row := range []struct {
		directions []model.Code
		want       []bool
	}{
		{[]model.Code{"positive", "negative"}, []bool{true, false}},
		{[]model.Code{"positive", "mixed"}, []bool{true, false}},
		{[]model.Code{"positive"}, []bool{false, true}},
		{[]model.Code{"positive", "none"}, []bool{false, false}},
		{nil, []bool{false, false}},
	} {
		c := made()
		c.Topics[0].Directions = nil
		for _, code := range row.directions {
			c.Topics[0].Directions = append(c.Topics[0].Directions, aggregate.Count{Code: code, Support: by(6, 9)})
		}
		g, err := guidance.Build(c, topicID, guidance.Config{})
		require.NoError(t, err)
		for i, words := range []string{failed, only} {
			if row.want[i] {
				require.Contains(t, text(t, g), words, row.directions)
			} else {
				require.NotContains(t, text(t, g), words, row.directions)
			}
		}
	}
}

// A step that took some an hour and others weeks has no duration to plan by: the line
// says so, the shortest first.
func TestDurationsThatDiffer(t *testing.T) {
	c := bounded()
	for i := range c.Topics[0].Statements {
		if s := &c.Topics[0].Statements[i]; len(s.Efforts) > 0 {
			s.Efforts = []aggregate.Count{{Code: "eb:weeks", Support: s.Efforts[0].Support}, {Code: "eb:hours", Support: s.Efforts[0].Support}, {Code: "eb:days", Support: s.Efforts[0].Support}}
		}
	}
	g, err := guidance.Build(c, topicID, guidance.Config{})
	require.NoError(t, err)
	require.Regexp(t, `How long: it differed from one to the next: 1 to 4 hours \(\w+\); 1 to 2 days \(\w+\); 1 to 2 weeks`, section(t, g, "steps"))
}
