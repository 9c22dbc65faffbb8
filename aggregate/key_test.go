// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

func TestItemKeyWithin(t *testing.T) {
	topic := aggregate.Topic{ID: "ch-access.ob-trust"}.Key()
	step := topic.Statement("step.pr-listen")
	all := aggregate.AllItems
	for _, row := range []struct {
		name string
		key  aggregate.ItemKey
		want []aggregate.ItemKey
	}{
		{"of nobody else", all, nil},
		{"a total", all.Count("challenge", "ch:access"), []aggregate.ItemKey{all}},
		{"those who may speak", all.Facet("guidance"), []aggregate.ItemKey{all}},
		{"what all say", all.Statement("step.pr-listen"), []aggregate.ItemKey{all.Facet("guidance")}},
		{"who did what all say", all.Statement("step.pr-listen").Count("actor", "st:patients"), []aggregate.ItemKey{all.Statement("step.pr-listen"), all.Facet("guidance")}},
		{"a cell", aggregate.Cell{Challenge: "ch:access", Objective: "ob:trust"}.Key(), []aggregate.ItemKey{all}},
		{"a topic", topic, []aggregate.ItemKey{all}},
		{"an optional count", topic.Facet("measured"), []aggregate.ItemKey{topic, all}},
		{"a count of a topic", topic.Count("situation", "si:new"), []aggregate.ItemKey{topic, all}},
		{"a statement", step, []aggregate.ItemKey{topic, all}},
		{"of those who say so", step.Facet("helpful"), []aggregate.ItemKey{step, topic, all}},
		{"who did so", step.Count("actor", "st:patients"), []aggregate.ItemKey{step, topic, all}},
		{"in the same words", topic.Wording("step.pr-listen", "asked at home"), []aggregate.ItemKey{step, topic, all}},
		{"words that no concept covers", topic.Statement("step.words-0123456789ab"), []aggregate.ItemKey{topic + "/step", topic, all}},
		{"said in a group of topics", aggregate.TopicGroup{Code: "fa:access"}.Key().Statement("step.pr-listen"), []aggregate.ItemKey{"near/fa:access", all}},
	} {
		require.True(t, row.key.Valid(), row.name)
		require.Equal(t, row.want, row.key.Within(), row.name)
	}
}

// What each key says of itself: whether there can be an item of it, whether it is a
// total, a proposal, and what is said or counted, whoever says so.
func TestItemKeySays(t *testing.T) {
	type says struct {
		valid, total, proposed bool
		said                   string
	}
	for key, want := range map[aggregate.ItemKey]says{
		"all":                                {valid: true, total: true},
		"all/guidance":                       {valid: true, total: true},
		"all/uncoded":                        {valid: true},
		"all/sector/se:public":               {valid: true, said: "sector/se:public"},
		"all/step.me-survey":                 {valid: true, said: "step.me-survey"},
		"all/step.me-survey/actor/st:nurse":  {valid: true, said: "step.me-survey/actor/st:nurse"},
		"all/step.me-survey/helpful":         {valid: true},
		"all/step.me-survey/words-012345":    {valid: true},
		"topic/ch-jargon":                    {valid: true},
		"topic/ch-jargon/measured":           {valid: true},
		"topic/ch-jargon/sector/se:public":   {valid: true, said: "sector/se:public"},
		"topic/ch-jargon/step.me-survey":     {valid: true, said: "step.me-survey"},
		"topic/ch-jargon/step/words-012345":  {valid: true},
		"near/fa:access/step.me-survey":      {valid: true, said: "step.me-survey"},
		"cell/ch-jargon.ob-safety":           {valid: true},
		"proposed/challenge/c1":              {valid: true, proposed: true},
		"":                                   {},
		"all/":                               {},
		"all/step.me-survey/":                {},
		"all/step.me-survey/words-":          {},
		"all/step.me-survey/words-01/helped": {},
		"topic":                              {},
		"topic/":                             {},
		"topic//measured":                    {},
		"topic/ch-jargon/":                   {},
		"topic/ch-jargon/sector/":            {},
		"cell":                               {},
		"cell/ch-jargon.ob-safety/measured":  {},
		"proposed":                           {},
		"proposed/challenge":                 {},
		"proposed/challenge/":                {},
		"proposed//c1":                       {},
		"another/ch-jargon":                  {},
	} {
		got := says{key.Valid(), key.Total(), key.Valid() && key.Proposed(), key.Said()}
		require.Equal(t, want, got, string(key))
		require.Equal(t, want.proposed, key.Proposed(), string(key))
	}
}

// The same told of a broader or a narrower concept has a key of its own, in the same
// place and of the same kind; each is the other's.
func TestItemKeyNested(t *testing.T) {
	n := 0
	for c := range vocabulary.Default().Scheme(vocabulary.Method).Concepts() {
		key := aggregate.AllItems.Statement("step." + strings.Replace(c.ID(), ":", "-", 1))
		for _, other := range key.Nested(nil) {
			n++
			require.True(t, strings.HasPrefix(string(other), "all/step."), string(other))
			require.Contains(t, other.Nested(nil), key, string(other))
		}
	}
	require.Greater(t, n, 10)
	require.Empty(t, aggregate.AllItems.Nested(nil))
	require.Empty(t, aggregate.AllItems.Statement("step.me-unheard-of").Nested(nil))
	require.Empty(t, aggregate.AllItems.Wording("step.me-survey", "we asked").Nested(nil), "words are one's own")
}

// Whoever is counted in a topic is counted in its group and in all.
func TestItemKeyBreadth(t *testing.T) {
	scopes := [][]aggregate.ItemKey{
		{aggregate.Topic{ID: "ch-access.ob-trust"}.Key(), aggregate.Cell{Challenge: "ch:access", Objective: "ob:trust"}.Key()},
		{aggregate.TopicGroup{Code: "fa:access"}.Key()},
		{aggregate.AllItems},
	}
	for breadth, keys := range scopes {
		for _, key := range keys {
			require.Equal(t, breadth, key.Breadth(), key)
			require.Equal(t, breadth, key.Statement("step.pr-listen").Breadth(), key)
			require.Equal(t, breadth, key.Count("situation", "all").Breadth(), key)
		}
	}
}

// What tells of the same examples under two keys has one population.
func TestItemKeyPopulation(t *testing.T) {
	for key, want := range map[aggregate.ItemKey]string{
		aggregate.Topic{ID: "ch-access.ob-trust"}.Key():                             "ch-access ob-trust: ",
		aggregate.Cell{Challenge: "ch:access", Objective: "ob:trust"}.Key():         "ch-access ob-trust: ",
		aggregate.AllItems.Count("challenge", "ch:access"):                          "ch-access: ",
		aggregate.AllItems.Count("sector", "se:public"):                             ": sector/se:public",
		aggregate.Topic{ID: "ch-access"}.Key().Count("sector", "se:public"):         "ch-access: sector/se:public",
		aggregate.Topic{ID: "ch-access"}.Key().Statement("step.words-0123456789ab"): "ch-access: step/words-0123456789ab",
		aggregate.AllItems: ": all",
		aggregate.TopicGroup{Code: "fa:access"}.Key(): "near fa-access: ",
		aggregate.TopicGroup{Code: "ob:access"}.Key(): ": near/ob:access",
	} {
		codes, what := key.Population()
		require.Equal(t, want, strings.Join(codes, " ")+": "+what, key)
	}
}

// Lists of codes are akin where one holds the other, a family its challenges; nothing
// is akin to nothing, and the order does not matter.
func TestAkinEitherWay(t *testing.T) {
	for _, row := range []struct {
		reason     string
		one, other []string
		want       bool
	}{
		{"nothing", nil, nil, false},
		{"nothing and a code", nil, []string{"ch-jargon"}, false},
		{"the same", []string{"ch-jargon"}, []string{"ch-jargon"}, true},
		{"one of two", []string{"ch-jargon"}, []string{"ch-jargon", "ob-information"}, true},
		{"two of one", []string{"ch-jargon", "ob-information"}, []string{"ob-information"}, true},
		{"others", []string{"ch-jargon"}, []string{"ch-funding"}, false},
		{"one of them is another", []string{"ch-jargon", "ob-information"}, []string{"ch-jargon", "ob-safety"}, false},
		{"of an unknown family", []string{"ch-jargon"}, []string{"fa-none"}, false},
		{"what is not known may lie in any", []string{"ch-unheard-of"}, []string{"fa-none"}, true},
	} {
		require.Equal(t, row.want, aggregate.Akin(row.one, row.other, nil), row.reason)
		require.Equal(t, row.want, aggregate.Akin(row.other, row.one, nil), row.reason)
	}
}

// A key that can be read is written back as it was, and those among whom it is
// counted can be read too, are others, and end with all examples or those who may
// speak.
func FuzzItemKey(f *testing.F) {
	for _, seed := range []string{
		"all", "all/guidance", "all/challenge/ch:access", "all/step.pr-listen/actor/st:patients", "topic/ch-access.ob-trust",
		"topic/ch-access/step/words-0123456789ab", "topic/a/lesson.worked/words-", "near/fa:access/step.x", "cell/a.b", "proposed/challenge/c1",
		"topic//x", "cell/a/b", "all/", "topic/a/b/", "proposed/a", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := aggregate.ItemKey(s)
		if !key.Valid() {
			require.Empty(t, key.Within())
			return
		}
		require.Equal(t, key, aggregate.Written(key))
		within := key.Within()
		for i, parent := range within {
			require.True(t, parent.Valid() || strings.Count(s, "words-") > 0, parent)
			require.NotEqual(t, key, parent)
			require.NotContains(t, within[i+1:], parent)
		}
		require.True(t, key == aggregate.AllItems || within[len(within)-1].Total(), key)
	})
}
