// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

// near is a topic of the same family of challenges as topic.
var near = told{challenge: "ch:jargon", objective: "ob:information"}

func statement(list []aggregate.Statement, id string) *aggregate.Statement {
	if i := slices.IndexFunc(list, func(s aggregate.Statement) bool { return s.ID == id }); i >= 0 {
		return &list[i]
	}
	return nil
}

// What too few say on each of two topics near one another, enough may say on both.
func TestCirclesTellWhatTopicsCannot(t *testing.T) {
	first, second := topic, near
	first.method, second.method = "", ""
	all := append(several(6, first), several(6, second)...)
	for _, i := range []int{0, 1, 2, 6, 7, 8} {
		all[i].method = "me:training"
	}
	c := build(t, records(t, all...), 5)
	require.Len(t, c.Topics, 2)
	for _, tp := range c.Topics {
		require.Nil(t, statement(tp.Statements, "step.me-training"))
	}
	require.Len(t, c.TopicGroups, 1)
	require.Equal(t, model.Code("fa:reach"), c.TopicGroups[0].Code)
	require.Equal(t, 12, c.TopicGroups[0].Support.Examples)
	s := statement(c.TopicGroups[0].Statements, "step.me-training")
	require.NotNil(t, s)
	require.Equal(t, []int{6, 12, 6}, []int{s.Examples, s.Of, s.Contributors})
	require.Empty(t, s.Actors)
	require.Empty(t, s.Shared)

	all = append(several(6, topic), several(6, told{challenge: "ch:compliance", objective: "ob:partnership"})...)
	require.Empty(t, build(t, records(t, all...), 5).TopicGroups, "not of one family, nor with one objective")
	all = append(several(6, topic), several(6, told{challenge: "ch:compliance", objective: topic.objective})...)
	require.Equal(t, model.Code("ob:equity"), build(t, records(t, all...), 5).TopicGroups[0].Code, "with one objective")
}

// A group's count less its topic's would show the rest.
func TestCirclesDoNotRevealTheRest(t *testing.T) {
	for rest := range 7 {
		second := near
		all := append(several(6, topic), several(7, second)...)
		for i := range rest {
			all[6+i].method = topic.method
		}
		c := build(t, records(t, all...), 5)
		require.Len(t, c.TopicGroups, 1)
		s := statement(c.TopicGroups[0].Statements, "step.me-outreach")
		require.Equal(t, rest == 0 || rest >= 5, s != nil, "%d", rest)
		if everywhere := statement(c.Statements, "step.me-outreach"); rest > 0 && rest < 5 {
			require.Nil(t, everywhere, "%d", rest)
		}
	}
}

// On random collections, each example of a contributor of its own: whatever is
// nested differs by none or by k.
func TestNestedCountsDifferByNoneOrK(t *testing.T) {
	const k = 3
	challenges := []model.Code{"ch:seldom-heard", "ch:jargon", "ch:accessibility", "ch:compliance", "ch:remuneration", "ch:staff-attitudes"}
	objectives := []model.Code{"ob:equity", "ob:embed"}
	methods := []model.Code{"me:outreach", "me:training", "me:survey", ""}
	random := rand.New(rand.NewPCG(7, 11))
	apart := func(t *testing.T, what string, wide, narrow []aggregate.Statement) {
		t.Helper()
		for _, w := range wide {
			if n := statement(narrow, w.ID); n != nil {
				d := w.Examples - n.Examples
				require.False(t, !w.AlmostAll && !n.AlmostAll && d != 0 && d < k, "%s %s: %d", what, w.ID, d)
			}
		}
	}
	found := 0
	for range 40 {
		var all []told
		for i := range 30 + random.IntN(30) {
			all = append(all, told{
				holding: fmt.Sprint("h", i), challenge: challenges[random.IntN(len(challenges))], objective: objectives[random.IntN(2)],
				method: methods[random.IntN(len(methods))],
			})
		}
		c := build(t, records(t, all...), k)
		for _, group := range c.TopicGroups {
			found += len(group.Statements)
			apart(t, "all", c.Statements, group.Statements)
			covered := 0
			// A topic that lies in another of the group is counted with that one.
			widest := slices.DeleteFunc(slices.Clone(group.Topics), func(id string) bool {
				return slices.ContainsFunc(strings.Split(id, "."), func(part string) bool { return part != id && slices.Contains(group.Topics, part) })
			})
			for _, id := range widest {
				i := slices.IndexFunc(c.Topics, func(tp aggregate.Topic) bool { return tp.ID == id })
				apart(t, string(group.Code), group.Statements, c.Topics[i].Statements)
				covered += c.Topics[i].Support.Examples
				d := group.Support.Examples - c.Topics[i].Support.Examples
				require.False(t, !group.Support.AlmostAll && !c.Topics[i].Support.AlmostAll && d != 0 && d < k, "%s less %s", group.Code, id)
			}
			require.Equal(t, covered, group.Support.Examples, "an example has one challenge here: its topics are all of it")
			// What its topics tell, taken away together, leaves none or k.
			for _, s := range group.Statements {
				rest, bounds := s.Examples, s.AlmostAll
				for _, id := range widest {
					i := slices.IndexFunc(c.Topics, func(tp aggregate.Topic) bool { return tp.ID == id })
					if n := statement(c.Topics[i].Statements, s.ID); n != nil {
						rest, bounds = rest-n.Examples, bounds || n.AlmostAll
					}
				}
				require.False(t, !bounds && rest != 0 && rest < k, "%s %s", group.Code, s.ID)
			}
		}
	}
	require.Positive(t, found)
}
