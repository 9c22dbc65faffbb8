// SPDX-License-Identifier: Apache-2.0

package vocabulary_test

import (
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

func TestSchemes(t *testing.T) {
	s := vocabulary.Default()
	for name, prefix := range map[string]string{
		vocabulary.Challenge: "ch", vocabulary.Objective: "ob", vocabulary.Method: "me", vocabulary.Situation: "si",
		vocabulary.OrganisationType: "ot", vocabulary.Sector: "se", vocabulary.TherapyArea: "ta", vocabulary.Stakeholder: "st",
		vocabulary.Lifecycle: "lc", vocabulary.PartnershipType: "pt", vocabulary.Level: "lv", vocabulary.EvidenceDesign: "ed",
		vocabulary.Scale: "sc", vocabulary.PeopleSize: "ps", vocabulary.MoneyBand: "mb", vocabulary.EffortBand: "eb",
		vocabulary.Kind: "ki", vocabulary.OutcomeDomain: "od", vocabulary.OutcomeDirection: "dr", vocabulary.LessonKind: "lk",
		vocabulary.StepStage: "sg", vocabulary.Region: "rg", vocabulary.YearBand: "yr", vocabulary.Term: "tm", vocabulary.Trap: "tr",
		vocabulary.Frame: "fm", vocabulary.Sign: "sn", vocabulary.ChallengeFamily: "fa",
		vocabulary.Practice: "pr", "doer": "do",
	} {
		require.Equal(t, prefix, s.Scheme(name).Prefix(), name)
		require.Equal(t, name, s.Scheme(name).Name())
		require.Len(t, s.Scheme(name).IDs(), s.Scheme(name).Len())
	}
	none := s.Scheme("nowhere")
	require.Zero(t, none.Len())
	require.False(t, none.Has("x"))
	require.Empty(t, none.IDs())
}

func TestNilConceptAnswers(t *testing.T) {
	var c *vocabulary.Concept
	require.Empty(t, c.ID()+c.Scheme()+c.Slug()+c.PrefLabel("en-GB")+c.Definition("en-GB")+c.Notation("x"))
	text, in := c.Say(vocabulary.FormNoun, "en-GB")
	require.Empty(t, text+in)
	require.False(t, c.IsGroup() || c.HasLang("en-GB"))
}

func TestLevels(t *testing.T) {
	s := vocabulary.Default().Scheme(vocabulary.Level)
	require.Equal(t, []string{"lv:unknown", "lv:none", "lv:inform", "lv:consult", "lv:involve", "lv:collaborate", "lv:empower"}, s.IDs())
	c, _ := s.Concept("involve")
	require.Equal(t, "involve", c.Notation("iap2"))
	require.Equal(t, "placation", c.Notation("arnstein"))
}

func TestEvidenceAtLeast(t *testing.T) {
	s := vocabulary.Default().Scheme(vocabulary.EvidenceDesign)
	require.True(t, s.AtLeast("ed:before-after", "ed:before-after"))
	require.True(t, s.AtLeast("randomised", "before-after"))
	require.False(t, s.AtLeast("ed:monitoring", "ed:before-after"))
	require.False(t, s.AtLeast("ed:independent-evaluation", "ed:anecdote"), "a modifier has no rank of its own")
	require.False(t, s.AtLeast("ed:nothing", "ed:anecdote"))
}

func TestLadders(t *testing.T) {
	s := vocabulary.Default()
	require.Equal(t, [][]string{{"ta:psoriasis-no-such"}}[:0], append([][]string{}, s.Ladder("ta:psoriasis-no-such")...))
	require.Equal(t, [][]string{{"ta:dermatology"}, {"ta:joints-skin-gut"}, {"ta:any"}}, s.Ladder("ta:dermatology"))
	require.Equal(t, [][]string{{"ot:general-practice"}, {"ot:health-care-provider"}, {"ot:health-service-body"}, {"ot:any"}}, s.Ladder("ot:general-practice"))
	up, ok := s.Generalise("rg:north-east", 2)
	require.True(t, ok)
	require.Equal(t, "rg:gb-eng", up)
	up, ok = s.Generalise("yr:y2015-2019", 99)
	require.True(t, ok)
	require.Equal(t, "yr:any", up)
	_, ok = s.Generalise("ta:no", 1)
	require.False(t, ok)
	require.True(t, s.IsA("ot:hospice", "ot:voluntary-sector-body"))
	require.False(t, s.IsA("ot:hospice", "ot:industry-body"))
}

// Disclosure control needs a function from each value to the next level, so
// every ladder scheme is a tree with one top.
func TestLadderSchemesAreTrees(t *testing.T) {
	s := vocabulary.Default()
	for _, name := range []string{
		vocabulary.TherapyArea, vocabulary.OrganisationType, vocabulary.Region, vocabulary.YearBand, vocabulary.MoneyBand,
		vocabulary.PeopleSize, vocabulary.EffortBand, vocabulary.Sector, vocabulary.Stakeholder,
	} {
		top := s.Scheme(name).Prefix() + ":any"
		require.True(t, s.Scheme(name).Has(top), name)
		for c := range s.Scheme(name).Concepts() {
			if c.ID() == top {
				require.Empty(t, c.Broader())
				continue
			}
			require.Len(t, c.Broader(), 1, c.ID())
			require.True(t, s.IsA(c.ID(), top), c.ID())
		}
	}
}

func TestBands(t *testing.T) {
	s := vocabulary.Default()
	for _, row := range []struct {
		scheme string
		n      int64
		id     string
	}{
		{vocabulary.MoneyBand, 0, "mb:a"},
		{vocabulary.MoneyBand, 9999, "mb:a"},
		{vocabulary.MoneyBand, 10000, "mb:b"},
		{vocabulary.MoneyBand, 25000, "mb:b"},
		{vocabulary.MoneyBand, 25001, "mb:c"},
		{vocabulary.MoneyBand, 250001, "mb:f"},
		{vocabulary.MoneyBand, math.MaxInt64, "mb:f"},
		{vocabulary.PeopleSize, 1, "ps:n1-4"},
		{vocabulary.PeopleSize, 4999, "ps:n500-4999"},
		{vocabulary.PeopleSize, 5000, "ps:n5000-plus"},
		{vocabulary.YearBand, 2019, "yr:y2015-2019"},
		{vocabulary.YearBand, 1990, "yr:before-2000"},
	} {
		c, ok := s.Scheme(row.scheme).Band(row.n)
		require.True(t, ok)
		require.Equal(t, row.id, c.ID())
	}
	_, ok := s.Scheme(vocabulary.PeopleSize).Band(0)
	require.False(t, ok)
	_, ok = s.Scheme(vocabulary.MoneyBand).Band(-1)
	require.False(t, ok)
}

func TestFill(t *testing.T) {
	for _, row := range []struct{ reason, template, want string }{
		{"slot filled", "Run it with {actor}", "Run it with [x] {stage}"},
		{"optional part kept, value not read again", "Run it[ with {actor}]", "Run it with [x] {stage}"},
		{"optional part dropped", "Run it[ over {duration}]", "Run it"},
		{"part with one empty slot dropped", "Run it[ with {actor} over {duration}]", "Run it"},
		{"empty slot", "Run it {duration}", "Run it "},
		{"no slot", "Run it", "Run it"},
	} {
		require.Equal(t, row.want, vocabulary.Fill(row.template, map[string]string{"actor": "[x] {stage}"}), row.reason)
	}
}

func TestStepHasOneBracket(t *testing.T) {
	step, in := vocabulary.Default().Step("me:focus-group", vocabulary.StepSlots{Actor: "st:nurse", Duration: "eb:days"}, "de")
	require.Equal(t, "de", in)
	require.Equal(t, "Führen Sie eine Fokusgruppe zu wenigen offenen Fragen durch (beteiligt: Pflegefachkräfte; Zeitbedarf: 1 bis 2 Tage)", step)
}

func TestEquivalents(t *testing.T) {
	s := vocabulary.Default()
	got := s.Equivalents("Patient Involvement", "en-GB")
	var equal, narrower []string
	for _, e := range got {
		require.NotEqual(t, "patient involvement", strings.ToLower(e.Text), "the term itself is not repeated")
		if e.Narrower {
			narrower = append(narrower, e.Text)
		} else {
			equal = append(equal, e.Text)
			require.Equal(t, "tm:patient-engagement", e.Concept)
		}
	}
	require.Contains(t, equal, "PPIE")
	require.Contains(t, equal, "patient engagement")
	require.Contains(t, narrower, "co-production")
	require.NotContains(t, equal, "co-production", "a narrower term is not the same term")
	require.Empty(t, s.Equivalents("wardrobe", "en-GB"))
	require.Empty(t, s.Equivalents("", "en-GB"))
	require.Equal(t, s.Equivalents("co-design", "en-GB"), s.Equivalents("Co Designs", "en-GB"), "hyphens, case and plurals do not matter")
	for _, e := range s.Equivalents("shared decision making", "en-GB") {
		require.NotEqual(t, "tm:patient-engagement", e.Concept, "a narrower term does not widen")
	}
}

func TestFallbackIsVisible(t *testing.T) {
	s := vocabulary.Default()
	c, _ := s.Concept("ch:tokenism")
	require.Equal(t, "Tokenistic involvement", c.PrefLabel("en-US"), "another English")
	require.Equal(t, "Tokenistic involvement", c.PrefLabel("xx"), "the default language")
	require.False(t, c.HasLang("xx"))
	_, in := c.Say(vocabulary.FormWhen, "xx")
	require.Equal(t, vocabulary.DefaultLang, in, "the language of the answer is told")
	require.Equal(t, "ch:none", s.Label("ch:none", "en-GB"))
	_, in = s.Title("ob:safety", "ch:trust", "", "xx")
	require.Equal(t, vocabulary.DefaultLang, in)
	none, in := s.Title("ob:no", "", "", "en-GB")
	require.Empty(t, none+in)
}

// What is returned may be changed without harm to others.
func TestImmutable(t *testing.T) {
	s := vocabulary.Default()
	c, _ := s.Concept("ch:tokenism")
	c.Related()[0] = "x"
	c.HiddenLabels("en-GB")[0] = "x"
	all, _ := c.SayAll(vocabulary.FormShows, "en-GB")
	all[0] = "x"
	s.Schemes()[0] = nil
	require.NotContains(t, c.Related(), "x")
	require.NotContains(t, c.HiddenLabels("en-GB"), "x")
	require.NotNil(t, s.Schemes()[0])
}

func TestConcurrentUse(t *testing.T) {
	s, m := vocabulary.Default(), matcher(t)
	want, err := m.Match("a lack of trust, and focus groups")
	require.NoError(t, err)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				got, err := m.Match("a lack of trust, and focus groups")
				if err != nil || len(got) != len(want) {
					t.Error("another answer")
				}
				_ = s.Label("ch:tokenism", "de")
			}
		})
	}
	wg.Wait()
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := vocabulary.Load(vocabulary.Data()); err != nil {
			b.Fatal("load failed")
		}
	}
}

func BenchmarkNewMatcher(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := vocabulary.NewMatcher(vocabulary.MatcherConfig{}); err != nil {
			b.Fatal("no matcher")
		}
	}
}
