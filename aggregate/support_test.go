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

// What a collection prints is what Independent counts, agencies and their
// clients included.
func TestCountsAreOfIndependentContributors(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	fewer := 0
	for range 30 {
		var all []told
		for range 8 + r.IntN(20) {
			x := topic
			x.holding = fmt.Sprintf("h%d", r.IntN(14))
			x.clients = nil
			for _, h := range r.Perm(14)[:r.IntN(3)] {
				x.clients = append(x.clients, fmt.Sprintf("h%d", h))
			}
			all = append(all, x)
		}
		rs := records(t, all...)
		want := aggregate.Independent(rs)
		if want < len(all) {
			fewer++
		}
		c := build(t, rs, 3)
		if want < 3 {
			require.Zero(t, c.Contributors)
			continue
		}
		require.Equal(t, want, c.Contributors)
		for _, tp := range c.Topics {
			require.Equal(t, want, tp.Support.Contributors)
		}
	}
	require.Positive(t, fewer)
}

// Of how many kinds of organisation those are who say something does not tell whether the
// only one of its kind is among them: “2” stood at each number that it was behind.
func TestKindsAreOfAsManyAsAreAskedFor(t *testing.T) {
	for _, c := range []struct{ others, kinds int }{{0, 1}, {1, 1}, {4, 1}, {5, 2}} {
		all := several(16, topic)
		for i := range c.others {
			all[i].org = "ot:nhs-acute-trust"
		}
		for _, tp := range build(t, records(t, all...), 5).Topics {
			require.Equal(t, c.kinds, tp.Support.Kinds, "%d of another kind", c.others)
		}
	}
	all := several(16, topic) // four of each of four kinds
	for i := range all {
		all[i].org = []model.Code{"ot:charity", "ot:nhs-acute-trust", "ot:ambulance-trust", "ot:patient-organisation"}[i%4]
	}
	require.Equal(t, 2, build(t, records(t, all...), 5).Topics[0].Support.Kinds)
}

// Whoever may be counted only stands in no release. Beside a release of all others,
// whose codes anybody can count, a count with too few of them would show what they
// said: the count less the lines that say so.
func TestCountedOnlyAreNotWhatIsLeftOver(t *testing.T) {
	for hidden := range 8 {
		all := several(6, topic)
		for i := range hidden {
			one := topic
			one.holding, one.level = fmt.Sprintf("counted only %d", i), model.Aggregate
			all = append(all, one)
		}
		sealed := records(t, all...)
		c := build(t, sealed, 5)
		require.Len(t, c.Topics, 1)
		lines := 0
		for _, r := range sealed {
			if r.Level() >= model.Anonymous {
				lines++
			}
		}
		check := func(s aggregate.Support) {
			if s.AlmostAll { // all of 6 are told like 5 of 6
				require.Less(t, s.Examples, lines, "%d hidden", hidden)
				return
			}
			rest := s.Examples - lines
			require.True(t, rest == 0 || rest >= 5, "%d hidden: %d of %d lines", hidden, s.Examples, lines)
		}
		check(c.Topics[0].Support)
		for _, s := range c.Topics[0].Statements {
			check(s.Support)
		}
		for _, x := range append(c.Challenges, c.Objectives...) {
			check(x.Support)
		}
	}
}

// A record that mentions several themes of one broader theme counts once for it, in
// whatever order the themes stand.
func TestBroaderThemeCountsARecordOnce(t *testing.T) {
	food, place := model.Raw("Hot food for all."), model.Raw("A village hall.")
	r := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		all := several(8, topic)
		for n, i := range r.Perm(8) { // records stand in the order of their ids
			all[i].method, all[i].month = "", 2
			all[i].also = [][]model.Raw{{place}, {place}, {place, food}, {place, food}, {food}, {food}, nil, nil}[n] // neither has enough
		}
		c := build(t, records(t, all...), 5)
		s := statement(c.Topics[0].Statements, "step.th-reach")
		require.NotNil(t, s)
		require.True(t, s.AlmostAll, "two of eight did not")
		require.Equal(t, 5, s.Examples)
		require.Equal(t, 5, s.Months[0].Examples)
		require.Equal(t, 8, s.Months[0].Of, "the six are not told")
	}
}

// What all examples of a topic have in common is not told of them: a release that
// leaves it out of a record, so that it reads like k others, would be filled in.
func TestCommonAttributesAreNotTold(t *testing.T) {
	for others := range 3 {
		all := several(6+others, topic)
		for i := range 6 {
			all[i].scale = "sc:national"
		}
		c := build(t, records(t, all...), 5)
		require.Len(t, c.Topics, 1)
		require.Len(t, c.Topics[0].Scales, min(others, 1), "%d others", others)
	}
}

// Who did something in all topics together, less who did it in one, would show the
// rest: it is told where the rest is nobody or enough.
func TestFacetsOfAllTopicsDoNotShowTheRest(t *testing.T) {
	for rest := range 8 {
		first, second := topic, told{challenge: "ch:compliance", objective: "ob:partnership"}
		first.method, second.method, first.actor = "me:training", "me:training", "st:nurse"
		all := append(several(6, first), several(7, second)...)
		for i := range rest {
			all[6+i].actor = "st:nurse"
		}
		for i := range all {
			all[i].holding = fmt.Sprintf("holding %d", i)
		}
		c := build(t, records(t, all...), 5)
		require.Len(t, c.Topics, 2)
		s := statement(c.Statements, "step.me-training")
		require.NotNil(t, s)
		require.Equal(t, 13, s.Examples)
		if rest > 0 && rest < 5 {
			require.Empty(t, s.Actors, "%d beyond the topic", rest)
			require.Empty(t, s.Sides, "%d beyond the topic", rest)
		} else {
			require.Len(t, s.Actors, 1, "%d beyond the topic", rest)
			want := 6 + rest
			if s.Actors[0].AlmostAll { // 11 or 12 of 13
				want = 9
			}
			require.Equal(t, want, s.Actors[0].Examples, "%d beyond the topic", rest)
		}
	}
}

// A total of the collection less the same count within its topics is a count of
// those who stand in no topic.
func TestTotalsBeyondTopics(t *testing.T) {
	kinds := func(others int) []model.Code {
		one, lone := topic, told{kind: "ki:support-programme"}
		one.kind = lone.kind
		other := topic
		other.challenge = "ch:trust" // a second kind, so that not all of the topic are of one
		c := build(t, records(t, slices.Concat(several(6, one), several(others, lone), several(7, other))...), 5)
		var out []model.Code
		for _, k := range c.Kinds {
			out = append(out, k.Code)
		}
		return out
	}
	require.NotContains(t, kinds(2), model.Code("ki:support-programme"), "two stand outside the topic")
	require.Contains(t, kinds(0), model.Code("ki:support-programme"))
	require.Contains(t, kinds(5), model.Code("ki:support-programme"))
}

// A count whose rest is one to k-1 contributors is told as almost all, the same
// whoever of them is missing.
func TestAlmostAllIsTold(t *testing.T) {
	for missing := range 7 {
		all := several(12, topic)
		for i := range missing {
			all[i].method = ""
		}
		s := statement(build(t, records(t, all...), 5).Topics[0].Statements, "step.me-outreach")
		require.Equal(t, 12, s.Of)
		require.Equal(t, missing > 0 && missing < 5, s.AlmostAll, "%d", missing)
		switch {
		case s.AlmostAll:
			require.Equal(t, 8, s.Examples)
			require.Equal(t, 8, s.Contributors)
		default:
			require.Equal(t, 12-missing, s.Examples)
		}
	}
}

// Of k+1, k would be the only number that "k or more, and not all" leaves: all of
// them are told in the same words.
func TestAlmostAllOfSixDoesNotGiveItselfAway(t *testing.T) {
	told := func(missing int) aggregate.Support {
		all := several(6, topic)
		for i := range missing {
			all[i].method = ""
		}
		s := statement(build(t, records(t, all...), 5).Topics[0].Statements, "step.me-outreach").Support
		require.Equal(t, aggregate.Support{Examples: 5, Of: 6, Contributors: 5, AlmostAll: true}, s)
		return s
	}
	require.Equal(t, told(0), told(1))
}

// One contributor's own sentence is one contributor's, however few the others are:
// a bound would say that almost all of them wrote it. It stands for itself only where
// that use was granted; a release with the text in a record of its own is another use.
func TestOwnWordsAreOnesOwn(t *testing.T) {
	for use, told := range map[model.Use]int{model.UseSingleSource: 1, model.UseVignette: 0} {
		for _, others := range []int{4, 5, 9} {
			own := topic
			own.holding, own.approves, own.text = "own", true, "We took tea to the market."
			own.uses = model.Uses{model.UseAggregate: true, model.UseGuidance: true, use: true}
			rs := records(t, append(several(others, topic), own)...)
			require.Equal(t, "We took tea to the market.", rs[others].Published().Steps[0].Text, string(use))
			found := 0
			for _, s := range build(t, rs, 5).Topics[0].Statements {
				for _, word := range s.Approved {
					require.Equal(t, 1, word.Examples)
					require.Equal(t, 1, word.Contributors)
					require.False(t, word.AlmostAll)
					found++
				}
			}
			require.Equal(t, told, found, string(use))
		}
	}
}

// Sets are inside one another as their records say, not as their sizes do: what is told
// beside what hangs on it. All pairs of sets of five records.
func TestSetsInside(t *testing.T) {
	of := func(bits int) (out []int) {
		for i := range 5 {
			if bits>>i&1 == 1 {
				out = append(out, i)
			}
		}
		return out
	}
	for a := range 1 << 5 {
		for b := range 1 << 5 {
			require.Equal(t, a&b == a, aggregate.In(of(a), of(b)), "%b in %b", a, b)
		}
	}
}

// How many are in a topic is not told by what its statements are counted among, where the
// topic itself is told as almost all.
func TestAlmostAllAreCountedAmongAll(t *testing.T) {
	for others, bound := range map[int]bool{1: true, 9: false} {
		elsewhere := told{method: "me:survey"}
		rs := records(t, append(several(11, topic), several(others, elsewhere)...)...)
		c := build(t, rs, 5)
		require.Equal(t, bound, c.Topics[0].Support.AlmostAll)
		require.NotEmpty(t, c.Topics[0].Statements)
		for _, s := range c.Topics[0].Statements {
			if bound {
				require.Equal(t, c.Topics[0].Support.Of, s.Support.Of, s.ID)
			} else {
				require.Equal(t, c.Topics[0].Support.Examples, s.Support.Of, s.ID)
			}
		}
	}
}

// So it is with words that are shared and with tools that helped: a sentence of one, or
// a tool of one, outside the topic would be what is left.
func TestWordsAndToolsOfAllTopicsDoNotShowTheRest(t *testing.T) {
	const long, short = "We met at the community kitchen on Elm Row.", "We met in a community kitchen."
	for rest := range 8 {
		for name, others := range map[string]model.Raw{"the same words": long, "a part of the words": short} {
			first, second := topic, told{challenge: "ch:compliance", objective: "ob:partnership"}
			first.method, second.method = "me:training", "me:training"
			first.text, first.tool, first.helpful = long, true, true
			second.text, second.tool = "Every month.", true
			all := append(several(6, first), several(8, second)...)
			for i := range rest {
				all[6+i].text, all[6+i].helpful = others, true
			}
			for i := range all {
				all[i].holding = fmt.Sprintf("holding %d", i)
			}
			c := build(t, records(t, all...), 5)
			require.Len(t, c.Topics, 2)
			told := len(statement(c.Topics[0].Statements, "step.me-training").Shared) + len(statement(c.Topics[1].Statements, "step.me-training").Shared)
			require.Positive(t, told, "a topic tells its own words")
			s := statement(c.Statements, "step.me-training")
			require.NotNil(t, s)
			for _, w := range s.Shared {
				outside := w.Examples - 6
				if !strings.Contains(strings.ToLower(long), w.Text) {
					outside = w.Examples
				}
				require.True(t, w.AlmostAll || outside == 0 || outside >= 5, "%s, %d beyond the topic: %q %d", name, rest, w.Text, w.Examples)
			}
			require.Equal(t, rest > 0 && rest < 5 && name == "the same words", len(s.Shared) == 0, "%s, %d beyond the topic", name, rest)
			tools := slices.IndexFunc(c.Statements, func(s aggregate.Statement) bool { return s.Kind == aggregate.ResourceStatement })
			require.GreaterOrEqual(t, tools, 0)
			require.Equal(t, rest == 0 || rest >= 5, c.Statements[tools].Helpful != nil, "%d beyond the topic", rest)
		}
	}
}

// Who says the same of one step and of another is counted with both: told of one by eight
// and of what both are by nine, one would be known to have said it of the other.
func TestWordsOfTwoStatementsDoNotShowOne(t *testing.T) {
	for other := range 7 {
		const words = "We did it with community kitchen volunteers nearby."
		one, rest, plain := topic, topic, topic
		one.method, one.text = "me:outreach", words
		rest.method, rest.text = "me:survey", words
		plain.method, plain.text, plain.also = "me:outreach", "We did it well.", []model.Raw{"We did it too."}
		all := slices.Concat(several(8, one), several(other, rest), several(8, plain))
		for i := range all {
			all[i].holding = fmt.Sprintf("holding %d", i)
		}
		c := build(t, records(t, all...), 5)
		require.Len(t, c.Topics, 1)
		seen := map[int]bool{}
		for _, s := range c.Topics[0].Statements {
			for _, w := range s.Shared {
				if strings.Contains(w.Text, "community kitchen") {
					seen[w.Examples] = true
				}
			}
		}
		require.NotEmpty(t, seen)
		require.False(t, other > 0 && other < 5 && seen[8] && seen[8+other], "%d others", other)
	}
}
