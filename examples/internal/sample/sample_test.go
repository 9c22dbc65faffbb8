// SPDX-License-Identifier: Apache-2.0

package sample_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samber/lo"
	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// day is the moment at which the agreements of the sample are judged here: after
// every expiry in it and before every end of an embargo.
var day = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func read(tb testing.TB) []model.Example {
	tb.Helper()
	var all []model.Example
	for e, err := range (model.Reader{Known: known}).JSONLines(sample.Collection()) {
		require.NoError(tb, err)
		all = append(all, e)
	}
	return all
}

func known(c model.Code) bool {
	_, ok := vocabulary.Default().Concept(string(c))
	return ok
}

func terms(tb testing.TB, e *model.Example) model.Terms {
	tb.Helper()
	t, err := model.Resolve(e, day)
	require.NoError(tb, err)
	return t
}

func holdings(examples []model.Example) []string {
	return lo.Uniq(lo.Map(examples, func(e model.Example, _ int) string { return e.Parties[0].HoldingRef() }))
}

func TestCollectionIsValid(t *testing.T) {
	all := read(t)
	require.GreaterOrEqual(t, len(all), 90)
	require.GreaterOrEqual(t, len(holdings(all)), 34)
	require.True(t, slices.IsSortedFunc(all, func(a, b model.Example) int { return strings.Compare(a.ID, b.ID) }),
		"lines are in the order of ids, which tells nothing")
}

// concepts returns the codes of a scheme that stand for no others, without
// those left out.
func concepts(tb testing.TB, scheme string, without ...string) []string {
	tb.Helper()
	var codes []string
	for c := range vocabulary.Default().Scheme(scheme).Concepts() {
		if len(c.Narrower()) == 0 && !slices.Contains(without, c.Slug()) {
			codes = append(codes, c.ID())
		}
	}
	require.NotEmpty(tb, codes)
	return codes
}

func TestCollectionCoversTheVocabularies(t *testing.T) {
	seen := map[string]bool{}
	see := func(codes ...model.Code) {
		for _, c := range codes {
			seen[string(c)] = true
		}
	}
	for _, e := range read(t) {
		see(e.Kind, e.Level, e.Parties[0].Sector)
		see(e.PartnershipTypes...)
		for _, p := range e.Parties {
			see(p.Type)
		}
		for _, o := range e.Outcomes {
			seen["dr:"+o.Direction] = true
			see(o.Design)
		}
		for _, l := range e.Lessons {
			seen["ls:"+l.Kind] = true
		}
		for _, r := range e.Resources {
			seen["resource:"+r.Type] = true
			see(r.Band)
		}
		for _, s := range e.Steps {
			see(s.Effort)
			see(s.Actor)
		}
		for _, c := range e.Criteria {
			seen["met:"+c.Met] = true
		}
		for _, c := range e.Challenges {
			seen["basis:"+c.Basis] = true
		}
	}
	want := slices.Concat(
		concepts(t, "kind"),
		concepts(t, "partnership-type"),
		concepts(t, "level", "unknown"),
		concepts(t, "sector"),
		concepts(t, "money-band"),
		concepts(t, "effort-band"),
		[]string{
			"dr:positive", "dr:mixed", "dr:negative", "dr:none",
			"ls:worked", "ls:did-not-work", "ls:would-change", "ls:surprise",
			"ed:anecdote", "ed:participant-feedback", "ed:monitoring", "ed:before-after", "ed:comparison", "ed:randomised",
			"met:yes", "met:partly", "met:no", "basis:experienced", "basis:perceived",
			"resource:money", "resource:time", "resource:people", "resource:tool", "resource:material",
		},
	)
	require.Empty(t, lo.Filter(want, func(code string, _ int) bool { return !seen[code] }), "codes that no example uses")
	types := concepts(t, "organisation-type")
	require.Empty(t, lo.Filter(types, func(code string, _ int) bool { return !seen[code] }), "kinds of organisation that are no party")
}

func TestAgreementsOpenAndCloseEveryDoor(t *testing.T) {
	levels := map[model.Level]int{}
	audiences := map[model.Audience]int{}
	uses := map[model.Use]int{}
	reasons := map[string]int{}
	for _, e := range read(t) {
		terms := terms(t, &e)
		levels[terms.Level]++
		for _, r := range terms.Reasons {
			reasons[r.Code]++
		}
		if terms.Level > model.Withheld {
			audiences[terms.Audience]++
		}
		for use := range terms.Uses {
			uses[use]++
		}
	}
	least := map[model.Level]int{model.Withheld: 8, model.Aggregate: 4, model.Anonymous: 60, model.Attributed: 4, model.Public: 4}
	for level, n := range least {
		require.GreaterOrEqual(t, levels[level], n, "examples that are %s", level)
	}
	require.Greater(t, levels[model.Anonymous], len(read(t))/2, "most are anonymous")
	for _, a := range []model.Audience{model.Members, model.Partners, model.Everyone} {
		require.Positive(t, audiences[a], "examples for %s", a)
	}
	for _, use := range []model.Use{model.UseShowcase, model.UseAggregate, model.UseGuidance, model.UseQuotes, model.UseWorkshop, model.UseVignette, model.UseTranslate, model.UseEmbed, model.UseSingleSource} {
		require.Positive(t, uses[use], "examples that grant %s", use)
	}
	for _, code := range []string{model.ReasonNoAgreement, model.ReasonConsent, model.ReasonNotYet, model.ReasonExpired, model.ReasonWithdrawn, model.ReasonConditions, model.ReasonLevel} {
		require.Positive(t, reasons[code], "doors closed by %s", code)
	}
}

// topics are the pairs of challenge and objective that people gave, with the
// contributors' holdings whose examples may be counted before everyone.
func topics(tb testing.TB) map[[2]model.Code][]string {
	tb.Helper()
	found := map[[2]model.Code][]string{}
	for _, e := range read(tb) {
		if ok, _ := terms(tb, &e).Allows(model.UseAggregate, model.Everyone); !ok {
			continue
		}
		for _, c := range e.Challenges {
			for _, o := range e.Objectives {
				if c.Accepted() && o.Accepted() {
					pair := [2]model.Code{c.Code, o.Code}
					found[pair] = lo.Uniq(append(found[pair], e.Parties[0].HoldingRef()))
				}
			}
		}
	}
	return found
}

func TestTopicsHaveManyContributorsOrFew(t *testing.T) {
	large, small := 0, 0
	for _, who := range topics(t) {
		require.LessOrEqual(t, len(who), 14)
		if len(who) >= 7 {
			large++
		}
		if len(who) <= 2 {
			small++
		}
	}
	require.GreaterOrEqual(t, large, 8, "topics of seven holdings or more")
	require.GreaterOrEqual(t, small, 30, "topics of one or two")
}

func TestAgreementsChangeOverTime(t *testing.T) {
	replaced, ratings, interests, fields := 0, 0, 0, 0
	for _, e := range read(t) {
		ids := map[string]bool{}
		for _, a := range e.Agreements {
			if ids[a.ID] {
				replaced++
			}
			ids[a.ID] = true
			fields += len(a.Fields)
		}
		ratings += len(e.Quality)
		interests += len(e.Interests)
	}
	require.GreaterOrEqual(t, replaced, 3, "agreements that the party replaced")
	require.GreaterOrEqual(t, fields, 5, "fields closed further than their example")
	require.GreaterOrEqual(t, ratings, 10)
	require.GreaterOrEqual(t, interests, 3)
}

func TestManyPartiesAndHoldings(t *testing.T) {
	all := read(t)
	perHolding := lo.CountValuesBy(all, func(e model.Example) string { return e.Parties[0].HoldingRef() })
	members := map[string][]string{} // of each holding
	roles := map[string]int{}
	clients, asking := 0, 0
	for _, e := range all {
		for _, p := range e.Parties {
			members[p.HoldingRef()] = lo.Uniq(append(members[p.HoldingRef()], p.Ref))
			roles[p.Role]++
			clients += len(p.Clients)
		}
		asking += lo.CountBy(e.Agreements, func(a model.Agreement) bool { return a.K > 0 })
	}
	several := lo.CountBy(slices.Collect(maps.Values(perHolding)), func(n int) bool { return n >= 3 })
	sisters := lo.CountBy(slices.Collect(maps.Values(members)), func(refs []string) bool { return len(refs) >= 3 })
	require.GreaterOrEqual(t, several, 10, "holdings with three examples or more")
	require.Positive(t, sisters, "holdings of three companies")
	require.Positive(t, clients, "agencies with clients")
	for _, role := range []string{"contributor", "partner", "funder", "speaker", "guardian"} {
		require.Positive(t, roles[role], "parties that are %s", role)
	}
	require.Positive(t, asking, "agreements that ask for more holdings")
	require.GreaterOrEqual(t, lo.CountBy(all, func(e model.Example) bool { return len(e.Parties) >= 3 }), 6)
}
