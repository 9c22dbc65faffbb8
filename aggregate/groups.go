// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/model"
)

// topicGroup is a group of topics and the examples of all of them.
type topicGroup struct {
	code    model.Code
	topics  []string
	members set
}

// topicGroups are the groups of topics that lie near one another: those whose
// challenges are of one family and, for a topic that has no such neighbour,
// those with the same objective, unless that is a topic itself. A group holds the
// examples of its topics and no others, so that nobody can be found by taking the
// topics away from it.
func (b *build) topicGroups(topics []Topic, sets map[string]set) []TopicGroup {
	var out []TopicGroup
	for _, c := range b.groupTopics(topics, sets) {
		where := TopicGroup{Code: c.code}.Key()
		b.gate.tells(where, func(i int) bool {
			return slices.ContainsFunc(c.topics, func(id string) bool { return b.gate.told[Topic{ID: id}.Key()][i] })
		})
		members := b.gate.admit(question{key: where, of: c.members, beside: b.gate.partsWithin, part: true})
		if members == nil {
			continue
		}
		out = append(out, TopicGroup{Code: c.code, Topics: c.topics, Support: b.all.support(members, b.countable), Statements: b.nearby(where, members, b.among(members))})
	}
	slices.SortFunc(out, func(x, y TopicGroup) int { return cmp.Compare(x.Code, y.Code) })
	return out
}

func (b *build) groupTopics(topics []Topic, sets map[string]set) []topicGroup {
	family := func(t Topic) model.Code { return b.family(t.Challenge) }
	objective := func(t Topic) model.Code { return t.Objective }
	group := func(by func(Topic) model.Code) map[model.Code]topicGroup {
		found := map[model.Code]topicGroup{}
		for _, t := range topics {
			code := by(t)
			if _, itself := sets[hyphened(string(code))]; code == "" || itself {
				continue
			}
			c := found[code]
			c.code, c.topics = code, append(c.topics, t.ID)
			c.members = append(c.members, sets[t.ID]...)
			found[code] = c
		}
		for code, c := range found {
			if len(c.topics) < 2 {
				delete(found, code)
				continue
			}
			slices.Sort(c.topics)
			slices.Sort(c.members)
			c.members = slices.Compact(c.members)
			found[code] = c
		}
		return found
	}
	families := group(family)
	out := make([]topicGroup, 0, len(families))
	for _, c := range families {
		out = append(out, c)
	}
	for _, c := range group(objective) {
		if slices.ContainsFunc(c.topics, func(id string) bool { return !inGroup(out, id) }) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(x, y topicGroup) int { return cmp.Compare(x.code, y.code) })
	return out
}

// inGroup reports whether a topic lies in one of the groups of families.
func inGroup(groups []topicGroup, topic string) bool {
	return slices.ContainsFunc(groups, func(c topicGroup) bool {
		return !strings.HasPrefix(string(c.code), "ob:") && slices.Contains(c.topics, topic)
	})
}

// nearby groups what the records of a group of topics say. A statement that stands in
// topics too is dropped where what it has beyond them rests on too few
// contributors. Nothing is told of it but its support.
func (b *build) nearby(where ItemKey, s, among set) []Statement {
	grouped := map[statementKey][]mention{}
	for _, i := range s {
		for _, m := range b.mentions(i) {
			if m.code != "" && m.kind != ChallengeStatement {
				k := statementKey{m.kind, m.part, m.code}
				grouped[k] = append(grouped[k], mention{record: m.record, kind: m.kind, part: m.part, code: m.code})
			}
		}
	}
	out := b.beyond(where, grouped, among)
	for i := range out {
		out[i].Order = 0
	}
	return out
}
