// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

func topicIDs(c *aggregate.Collection) []string {
	var out []string
	for _, t := range c.Topics {
		out = append(out, t.ID)
	}
	slices.Sort(out)
	return out
}

// of makes n examples of one challenge, whose objectives are all others.
func of(challenge model.Code, n int, x told) []told {
	objectives := []model.Code{"ob:equity", "ob:partnership", "ob:information", "ob:embed", "ob:co-design", "ob:safety"}
	var out []told
	for i := range n {
		x.challenge, x.objective = challenge, objectives[(i+len(challenge))%len(objectives)]
		x.holding = fmt.Sprint(challenge, i)
		out = append(out, x)
	}
	return out
}

// Where each challenge has too few contributors, their family speaks; beside a topic
// in it only where it lets as many more speak.
func TestFamiliesOfChallenges(t *testing.T) {
	for _, row := range []struct {
		name                string
		seldom, jargon, far int
		topics              []string
	}{
		{name: "three of too few", seldom: 3, jargon: 3, far: 0, topics: []string{"fa-reach"}},
		{name: "too few together", seldom: 2, jargon: 2, far: 0},
		{name: "another family has nothing to do with it", seldom: 3, jargon: 0, far: 3},
		{name: "one is a topic, and the rest are too few", seldom: 6, jargon: 4, far: 0, topics: []string{"ch-seldom-heard"}},
		{name: "one is a topic, and enough are left", seldom: 6, jargon: 3, far: 0, topics: []string{"ch-seldom-heard"}},
		{name: "one is a topic and has too few steps; the family has more", seldom: 5, jargon: 4, far: -1, topics: []string{"fa-reach"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			x := told{method: "me:survey"}
			all := slices.Concat(of("ch:seldom-heard", row.seldom, x), of("ch:jargon", row.jargon, x))
			if row.far == -1 {
				for i := range all {
					all[i].method = []model.Code{"me:survey", "me:outreach"}[i%2]
				}
			} else {
				all = append(all, of("ch:compliance", row.far, x)...)
			}
			require.Equal(t, row.topics, topicIDs(build(t, records(t, all...), 5)))
		})
	}
	more := slices.Concat(of("ch:seldom-heard", 6, told{}), of("ch:jargon", 3, told{}), of("ch:accessibility", 4, told{}))
	require.Equal(t, []string{"ch-seldom-heard", "fa-reach"}, topicIDs(build(t, records(t, more...), 5)), "seven more speak")
	same := slices.Clone(more)
	for i := range same[6:] {
		same[6+i].holding = same[i%6].holding
	}
	require.Equal(t, []string{"ch-seldom-heard"}, topicIDs(build(t, records(t, same...), 5)), "no others than those who speak already")
}

// Whatever a family's topic and one in it tell of the same differs by none or by k,
// and so do the numbers of all with one of its challenges.
func TestFamiliesDoNotRevealTheRest(t *testing.T) {
	told5 := 0
	for rest := range 8 {
		all := slices.Concat(of("ch:seldom-heard", 6, told{method: "me:outreach", actor: "st:nurse"}), of("ch:jargon", 4, told{}), of("ch:accessibility", 4, told{}))
		for i := range rest {
			all[6+i].method, all[6+i].actor = "me:outreach", "st:nurse"
		}
		c := build(t, records(t, all...), 5)
		require.Equal(t, []string{"ch-seldom-heard", "fa-reach"}, topicIDs(c))
		wide := c.Topics[slices.IndexFunc(c.Topics, func(x aggregate.Topic) bool { return x.ID == "fa-reach" })]
		s := statement(wide.Statements, "step.me-outreach")
		require.Equal(t, rest == 0 || rest >= 5, s != nil, "%d", rest)
		if s != nil && rest >= 5 {
			told5++
			require.Len(t, s.Actors, 1)
		}
		require.Len(t, wide.Together, 1, "four are too few")
		for _, k := range c.Challenges {
			require.NotEqual(t, model.Code("ch:jargon"), k.Code)
		}
	}
	require.Equal(t, 3, told5)
	// Nine and four: the nine, taken from the family, would leave the four.
	all := slices.Concat(of("ch:jargon", 3, told{}), of("ch:accessibility", 4, told{}), of("ch:seldom-heard", 4, told{}))
	for i := range all[:3] {
		all[i].challenge = "ch:accessibility"
	}
	c := build(t, records(t, all...), 5)
	require.Len(t, c.Topics, 1)
	require.Equal(t, "ch-accessibility", c.Topics[0].ID)
}

// Where each method has too few contributors, their family is the step.
func TestFamiliesOfMethods(t *testing.T) {
	all := several(9, topic)
	for i, m := range []model.Code{"me:survey", "me:survey", "me:survey", "me:interview", "me:interview", "me:focus-group", "me:outreach", "", ""} {
		all[i].method = m
	}
	c := build(t, records(t, all...), 5)
	require.Len(t, c.Topics, 1)
	s := statement(c.Topics[0].Statements, "step.mf-ask")
	require.NotNil(t, s)
	require.True(t, s.AlmostAll || s.Contributors == 6)
	for i := range 5 {
		all[i].method = "me:survey"
	}
	c = build(t, records(t, all...), 5)
	require.NotNil(t, statement(c.Topics[0].Statements, "step.me-survey"))
	require.Nil(t, statement(c.Topics[0].Statements, "step.mf-ask"), "beside the survey it would show the one who did not")
}

// A family and its challenges tell of the same examples, under whatever key.
func TestAkin(t *testing.T) {
	codes := func(k aggregate.ItemKey) []string { c, _ := k.Population(); return c }
	family := codes(aggregate.Topic{ID: "fa-reach"}.Key())
	for key, want := range map[aggregate.ItemKey]bool{
		aggregate.Topic{ID: "ch-jargon"}.Key():                              true,
		aggregate.Topic{ID: "ch-jargon.ob-equity"}.Key():                    true,
		aggregate.AllItems.Count("challenge", "ch:jargon"):                  true,
		aggregate.Topic{ID: "ch-of-nobody"}.Key():                           true, // it is not known
		aggregate.TopicGroup{Code: "fa:reach"}.Key():                        true,
		aggregate.Topic{ID: "ch-compliance"}.Key():                          false,
		aggregate.Topic{ID: "ob-equity"}.Key():                              false,
		aggregate.TopicGroup{Code: "fa:rules"}.Key():                        false,
		aggregate.Cell{Challenge: "ch:trust", Objective: "ob:equity"}.Key(): false,
	} {
		require.Equal(t, want, aggregate.Akin(family, codes(key), nil), key)
		require.Equal(t, want, aggregate.Akin(codes(key), family, nil), key)
	}
	step := aggregate.Topic{ID: "ob-equity"}.Key().Statement("step.me-survey")
	require.Equal(t, []aggregate.ItemKey{"topic/ob-equity/step.mf-ask"}, step.Nested(nil))
	require.Contains(t, aggregate.AllItems.Statement("step.mf-ask").Count("actor", "st:nurse").Nested(nil), aggregate.ItemKey("all/step.me-survey/actor/st:nurse"))
	require.Empty(t, aggregate.AllItems.Nested(nil))
}

// Who needs help with a challenge is shown the topic of its family.
func TestNeedOfAFamily(t *testing.T) {
	c := build(t, records(t, slices.Concat(of("ch:seldom-heard", 3, told{}), of("ch:jargon", 3, told{}))...), 5)
	found, _, err := aggregate.Need{Challenge: "ch:accessibility"}.Match(c, nil, 0, nil)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "fa-reach", found[0].Topic)
	require.Equal(t, []model.Code{"fa:reach"}, found[0].Why)
	found, _, err = aggregate.Need{Challenge: "ch:compliance"}.Match(c, nil, 0, nil)
	require.NoError(t, err)
	require.Empty(t, found)
}
