// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model"
)

// told is one made-up example, in short.
type told struct {
	org       model.Code
	holding   string
	clients   []string
	k         int
	level     model.Level
	challenge model.Code
	suggested bool
	wrote     model.Raw // of the challenge
	objective model.Code
	method    model.Code
	lesson    string
	uses      model.Uses
	tool      bool // was used
	helpful   bool // and helped
	contact   bool
	actor     model.Code // of the step
	month     int        // of the step
	definedBy model.Code // of a criterion, met in part
	scale     model.Code
	kind      model.Code  // engagement activity where none is given
	also      []model.Raw // further steps in the same month
	text      model.Raw   // of the step
	approves  bool        // its text, as one source
}

// opaque is a reference of the permitted form.
func opaque(holding string) string { return strings.NewReplacer(" ", "-", ":", "-").Replace(holding) }

func records(t testing.TB, all ...told) []anonymize.Record {
	t.Helper()
	return recordsFor(t, model.Everyone, all...)
}

func recordsFor(t testing.TB, readers model.Audience, all ...told) []anonymize.Record {
	t.Helper()
	a, err := anonymize.New(anonymize.Config{
		Key: []byte("a key of thirty-two bytes, tests"), Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Audience: readers, Reviewed: true, Recognizers: []recognize.Recognizer{},
	})
	require.NoError(t, err)
	var out []anonymize.Record
	for i, x := range all {
		id := fmt.Sprintf("e%03d", i)
		by := model.ByContributor
		if x.suggested {
			by = model.BySuggestion
		}
		if x.level == 0 {
			x.level = model.Anonymous
		}
		if x.uses == nil {
			x.uses = model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseSingleSource: x.approves}
		}
		var clients []string
		for _, c := range x.clients {
			clients = append(clients, opaque(c))
		}
		e := &model.Example{
			ID: id, Kind: cmp.Or(x.kind, "ki:engagement-activity"), Title: model.Text{Value: "Made up"},
			Parties: []model.Party{{Ref: "party-" + id, Role: "contributor", Holding: opaque(x.holding), Clients: clients, Type: cmp.Or(x.org, "ot:charity")}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "ag", Party: "party-" + id, Level: x.level, Audience: model.Everyone, K: x.k,
				Uses: x.uses, ContactAllowed: x.contact, Consent: model.Consent{Status: "given"},
			}},
		}
		if x.challenge != "" {
			e.Challenges = []model.Challenge{{Coded: model.Coded{Code: x.challenge, AssignedBy: by, AsWritten: x.wrote}, Basis: "experienced"}}
		}
		if x.objective != "" {
			e.Objectives = []model.Objective{{Coded: model.Coded{Code: x.objective, AssignedBy: by}}}
		}
		if x.method != "" {
			e.Steps = []model.Step{{Text: model.Text{Value: cmp.Or(x.text, "We did it.")}, Method: model.Coded{Code: x.method, AssignedBy: model.ByContributor}, Actor: x.actor, Month: x.month}}
		}
		for _, step := range x.also {
			e.Steps = append(e.Steps, model.Step{Text: model.Text{Value: step}, Month: x.month})
		}
		e.Context.Scale = x.scale
		if x.definedBy != "" {
			e.Criteria = []model.Criterion{{Text: model.Text{Value: "People know what became of it."}, DefinedBy: []model.Code{x.definedBy}, Met: "partly"}}
		}
		if x.lesson != "" {
			e.Lessons = []model.Lesson{{Text: model.Text{Value: model.Raw(x.lesson)}, Kind: "worked"}}
		}
		if x.tool {
			e.Resources = []model.Resource{{Type: "tool", Text: model.Text{Value: "plain language"}, Helpful: x.helpful}}
		}
		results, err := a.Anonymize(t.Context(), e)
		require.NoError(t, err)
		if x.approves {
			e.Agreements[0].Approval = model.Approval{Required: true, TextSHA256: results[0].Log.Approval}
			results, err = a.Anonymize(t.Context(), e)
			require.NoError(t, err)
		}
		require.False(t, results[0].Withheld())
		out = append(out, results[0].Record)
	}
	return out
}

// several makes n examples of n holdings.
func several(n int, x told) []told {
	var out []told
	for i := range n {
		x.holding = fmt.Sprintf("%s%s%d", x.challenge, x.objective, i)
		out = append(out, x)
	}
	return out
}

var topic = told{challenge: "ch:seldom-heard", objective: "ob:equity", method: "me:outreach"}

func build(t testing.TB, rs []anonymize.Record, k int) *aggregate.Collection {
	t.Helper()
	c, err := aggregate.Build(t.Context(), rs, aggregate.Config{K: k, Audience: model.Everyone})
	require.NoError(t, err)
	return c
}

// What a mask says is nobody's word: it counts for no method and no wording.
func TestMasksAreNotCounted(t *testing.T) {
	x := topic
	x.method = ""
	x.lesson = "We asked [a patient participation group] and [a support group] first."
	for _, topic := range build(t, records(t, several(8, x)...), 5).Topics {
		for _, s := range topic.Statements {
			require.NotEqual(t, aggregate.LessonStatement, s.Kind, s.ID)
		}
	}
	x.lesson = "We asked a patient participation group and a support group first."
	told := false
	for _, topic := range build(t, records(t, several(8, x)...), 5).Topics {
		for _, s := range topic.Statements {
			told = told || s.Kind == aggregate.LessonStatement && s.Code != ""
		}
	}
	require.True(t, told, "the same words outside of masks are")
}

// Law 3: a record made for fewer readers than the collection is refused.
func TestBuildRefusesAWiderAudience(t *testing.T) {
	made := recordsFor(t, model.Members, topic)
	_, err := aggregate.Build(t.Context(), made, aggregate.Config{Audience: model.Everyone})
	require.ErrorIs(t, err, aggregate.ErrAudience)
	_, err = aggregate.Build(t.Context(), made, aggregate.Config{Audience: model.Members})
	require.NoError(t, err)
}

// Law 1: a record that no anonymizer made is refused.
func TestBuildTakesSealedRecordsOnly(t *testing.T) {
	_, err := aggregate.Build(t.Context(), []anonymize.Record{{}}, aggregate.Config{})
	require.ErrorIs(t, err, aggregate.ErrRecord)
	_, err = aggregate.Build(t.Context(), nil, aggregate.Config{K: 2})
	require.ErrorIs(t, err, aggregate.ErrThreshold)
}

// Law 7: contributors are counted, not examples.
func TestIndependentCountsHoldings(t *testing.T) {
	for _, row := range []struct {
		name, reason string
		want         int
		all          []told
	}{
		{"none", "nobody spoke", 0, nil},
		{"five examples of one", "one contributor", 1, []told{{holding: "a"}, {holding: "a"}, {holding: "a"}, {holding: "a"}, {holding: "a"}}},
		{"five of five", "each its own", 5, several(5, topic)},
		{"agency for three clients", "the agency stands behind all of them", 1, []told{
			{holding: "agency", clients: []string{"x"}}, {holding: "agency", clients: []string{"y"}}, {holding: "agency", clients: []string{"z"}},
		}},
		{"agency and its client's own", "the client is in both", 1, []told{{holding: "agency", clients: []string{"x"}}, {holding: "x"}}},
		{"chain", "the two ends share nobody", 2, []told{
			{holding: "a", clients: []string{"b"}}, {holding: "b", clients: []string{"c"}}, {holding: "c", clients: []string{"d"}},
		}},
		{"one example with three parties", "one account is one, however many stand behind it", 1, []told{{holding: "a", clients: []string{"b", "c"}}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.Equal(t, row.want, aggregate.Independent(records(t, row.all...)), row.reason)
		})
	}
}

func TestTopicsNeedKContributors(t *testing.T) {
	four := several(4, topic)
	require.Empty(t, build(t, records(t, four...), 5).Topics)
	again := append(several(4, topic), told{holding: four[0].holding, challenge: topic.challenge, objective: topic.objective})
	require.Empty(t, build(t, records(t, again...), 5).Topics, "a second example of one holding does not make five")
	five := build(t, records(t, several(5, topic)...), 5)
	require.Len(t, five.Topics, 1)
	require.Equal(t, 5, five.Topics[0].Support.Contributors)
	require.Equal(t, "step.me-outreach", five.Topics[0].Statements[0].ID)
}

// A tool is counted as helpful only once k contributors say so.
func TestHelpfulTools(t *testing.T) {
	used := topic
	used.tool = true
	helped := used
	helped.helpful = true
	for _, row := range []struct {
		name          string
		helped, other int
		want          int
	}{{"enough", 5, 5, 5}, {"too few to say", 4, 6, 0}, {"none", 0, 6, 0}} {
		t.Run(row.name, func(t *testing.T) {
			all := append(several(row.helped, helped), several(row.helped+row.other, used)[row.helped:]...)
			c := build(t, records(t, all...), 5)
			i := slices.IndexFunc(c.Topics[0].Statements, func(s aggregate.Statement) bool { return s.Kind == aggregate.ResourceStatement })
			require.GreaterOrEqual(t, i, 0)
			s := c.Topics[0].Statements[i].Helpful
			if row.want == 0 {
				require.Nil(t, s)
				return
			}
			require.Equal(t, row.want, s.Contributors)
			require.Equal(t, row.helped+row.other, s.Of)
		})
	}
}

func TestSuggestionsNeverCount(t *testing.T) {
	x := topic
	x.suggested = true
	c := build(t, records(t, several(8, x)...), 5)
	require.Empty(t, c.Topics)
	require.Empty(t, c.Challenges)
	require.NotNil(t, c.Uncoded)
}

// Law 4: a stricter agreement asks for more for itself, and changes nothing for the others.
func TestStricterAgreementWeakensNobody(t *testing.T) {
	base := several(5, topic)
	strict := told{holding: "strict", k: 11, challenge: topic.challenge, objective: topic.objective, method: topic.method}
	with := build(t, records(t, append(base, strict)...), 5)
	require.Equal(t, 5, with.Topics[0].Support.Examples, "the strict one is not counted among six")
	ten := build(t, records(t, append(several(10, topic), strict)...), 5)
	require.Equal(t, 11, ten.Topics[0].Support.Examples, "with eleven it is")
	short := build(t, records(t, append(several(4, topic), strict)...), 5)
	require.Empty(t, short.Topics, "it does not lift four over the threshold and then leave")
}

func TestUsesAreKeptApart(t *testing.T) {
	x := topic
	x.uses = model.Uses{model.UseAggregate: true}
	c := build(t, records(t, several(6, x)...), 5)
	require.Equal(t, 6, c.Examples)
	require.Empty(t, c.Topics, "counted, but not for guidance")
}

// A narrower topic beside a wider one must not show who makes the difference.
func TestNestedTopicsDoNotRevealTheRest(t *testing.T) {
	all := several(6, topic)
	all[0].challenge = "ch:tokenism"
	// all[0] shares the objective only: the pair has five, the objective alone six.
	c := build(t, records(t, all...), 5)
	for _, tp := range c.Topics {
		require.Equal(t, 5, tp.Support.Examples)
	}
}

// A total less a topic, or less a cell of the crosstab, shows what is left.
func TestTotalsDoNotRevealTheRest(t *testing.T) {
	other := told{challenge: topic.challenge, objective: "ob:embed"}
	for rest, shown := range map[int]bool{0: true, 1: false, 4: false, 5: true} {
		c := build(t, records(t, append(several(6, topic), several(rest, other)...)...), 5)
		require.Equal(t, shown, slices.ContainsFunc(c.Challenges, func(k aggregate.Count) bool { return k.Code == topic.challenge }), "%d", rest)
	}
}

func TestSharedWordingNeedsKContributors(t *testing.T) {
	x := topic
	x.lesson = "Ask the community elders first, and then come back."
	five := build(t, records(t, several(5, x)...), 5)
	var words []string
	for _, s := range five.Topics[0].Statements {
		for _, w := range s.Shared {
			words = append(words, w.Text)
		}
	}
	require.Contains(t, fmt.Sprint(words, five.Topics[0].Statements), "community elders")

	mixed := append(several(4, x), several(1, topic)...)
	body, err := json.Marshal(build(t, records(t, mixed...), 5))
	require.NoError(t, err)
	require.NotContains(t, string(body), "elders")
}

// Nor do the topics of one challenge together.
func TestTotalsDoNotRevealTheRestOfSeveral(t *testing.T) {
	second, third := told{challenge: topic.challenge, objective: "ob:embed"}, told{challenge: topic.challenge, objective: "ob:safety"}
	c := build(t, records(t, slices.Concat(several(6, topic), several(6, second), several(2, third))...), 5)
	require.Len(t, c.Topics, 2)
	require.Empty(t, c.Challenges)
}

// Law 9: the same bytes whatever the order and the number of processors.
func TestBuildDoesNotDependOnOrder(t *testing.T) {
	rs := records(t, append(several(9, topic), several(7, told{challenge: "ch:tokenism", objective: "ob:embed", method: "me:survey", lesson: "Tell people early what can change."})...)...)
	want, err := json.Marshal(build(t, rs, 3))
	require.NoError(t, err)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 20 {
		runtime.GOMAXPROCS([]int{1, 2, 8}[i%3])
		random.Shuffle(len(rs), func(i, j int) { rs[i], rs[j] = rs[j], rs[i] })
		got, err := json.Marshal(build(t, rs, 3))
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	}
}

// Every cell of the rows and columns that are shown stands there once; those with
// too few contributors look like those with none.
func TestCrosstabHidesWhatItMayNotTell(t *testing.T) {
	at := func(challenge, objective model.Code) told { return told{challenge: challenge, objective: objective} }
	c := build(t, records(t, slices.Concat(
		several(6, at("ch:seldom-heard", "ob:equity")), several(2, at("ch:seldom-heard", "ob:embed")),
		several(7, at("ch:tokenism", "ob:embed")), several(3, at("ch:tokenism", "ob:safety")))...), 5)
	type cell struct {
		challenge, objective string
		examples             int
		hidden               bool
	}
	var got []cell
	for _, x := range c.Crosstab.Cells {
		got = append(got, cell{string(x.Challenge), string(x.Objective), x.Examples, x.Hidden})
	}
	require.Equal(t, []cell{
		{"ch:seldom-heard", "ob:embed", 0, true}, // two
		{"ch:seldom-heard", "ob:equity", 6, false},
		{"ch:tokenism", "ob:embed", 7, false},
		{"ch:tokenism", "ob:equity", 0, true}, // none
	}, got)
	require.NotContains(t, c.Crosstab.Objectives, model.Code("ob:safety"), "a column of which no cell may be told")
}

// How many examples have no code is told of k contributors or more only, and one
// code alone is not both.
func TestUncodedExamplesAreCounted(t *testing.T) {
	bare := told{challenge: "ch:seldom-heard"}
	for n, want := range map[int]int{4: 0, 5: 5} {
		c := build(t, records(t, append(several(6, topic), several(n, bare)...)...), 5)
		got := 0
		if c.Uncoded != nil {
			got = c.Uncoded.Examples
		}
		require.Equal(t, want, got, "%d", n)
	}
}
