// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model"
)

// today is when all editions of these tests are made.
var today = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

var secret = []byte("a key of thirty-two bytes, tests")

// row is one made-up example of one made-up contributor.
type row struct {
	ref                   string
	challenges, objective []model.Code
	methods               []model.Code
	actor, kind           model.Code
	level                 model.Level
	membersOnly           bool
	party                 string     // whose it is; ref without
	org, sector, region   model.Code // what tells of whom it is
	with                  string     // who else has a part in it
	often                 model.Raw  // how often, of each step
	k                     int        // that its agreement asks for, where it asks for more
	says                  model.Raw  // how it puts its challenges
	only                  model.Use  // that its agreement grants; both without
}

func (r row) example() *model.Example {
	whose := cmp.Or(r.party, r.ref)
	e := &model.Example{
		ID: r.ref, Kind: r.kind, Title: model.Text{Value: "Made up"},
		Parties: []model.Party{{
			Ref: "party-" + whose, Role: "contributor", Holding: "holding-" + whose, Type: cmp.Or(r.org, "ot:charity"), Sector: r.sector,
		}},
		Context: model.Context{Region: model.Raw(r.region)},
		Agreements: []model.Agreement{{
			Schema: model.AgreementSchema, ID: "ag", Party: "party-" + whose, Level: r.level, Audience: model.Everyone, K: r.k,
			Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true}, Consent: model.Consent{Status: "given"},
		}},
	}
	if r.with != "" {
		e.Parties = append(e.Parties, model.Party{Ref: "party-" + r.with, Role: "partner", Holding: "holding-" + r.with, Type: "ot:charity"})
		a := e.Agreements[0]
		a.ID, a.Party = "ag2", "party-"+r.with
		e.Agreements = append(e.Agreements, a)
	}
	if r.only != "" {
		e.Agreements[0].Uses = model.Uses{r.only: true}
	}
	if r.membersOnly {
		e.Agreements[0].Audience = model.Members
	}
	by := model.ByContributor
	for _, c := range r.challenges {
		e.Challenges = append(e.Challenges, model.Challenge{Coded: model.Coded{Code: c, AssignedBy: by, AsWritten: r.says}, Basis: "experienced"})
	}
	for _, o := range r.objective {
		e.Objectives = append(e.Objectives, model.Objective{Coded: model.Coded{Code: o, AssignedBy: by}})
	}
	for _, m := range r.methods {
		e.Steps = append(e.Steps, model.Step{Text: model.Text{Value: "We did it" + r.often + "."}, Method: model.Coded{Code: m, AssignedBy: by}, Actor: r.actor})
	}
	return e
}

func records(t testing.TB, readers model.Audience, rows []row) []anonymize.Record {
	t.Helper()
	return recordsUnder(t, secret, readers, rows)
}

func recordsUnder(t testing.TB, secret []byte, readers model.Audience, rows []row) []anonymize.Record {
	t.Helper()
	a, err := anonymize.New(anonymize.Config{
		Key: secret, Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Audience: readers, Reviewed: true, Recognizers: []recognize.Recognizer{},
	})
	require.NoError(t, err)
	var out []anonymize.Record
	for _, r := range rows {
		name := fmt.Sprint(string(secret), readers, r)
		if _, known := made[name]; !known {
			results, err := a.Anonymize(t.Context(), r.example())
			require.NoError(t, err)
			if len(made) > 10_000 {
				clear(made)
			}
			made[name] = results[0]
		}
		if !made[name].Withheld() {
			out = append(out, made[name].Record)
		}
	}
	return out
}

// made are results that were made lately: most rows of a life stay as they are.
var made = map[string]anonymize.Result{}

// random makes a row of a working group.
func random(r *rand.Rand, ref string) row {
	pick := func(codes ...model.Code) []model.Code {
		out := []model.Code{codes[r.IntN(len(codes))]}
		if other := codes[r.IntN(len(codes))]; r.IntN(3) == 0 && other != out[0] {
			out = append(out, other)
		}
		return out
	}
	one := func(codes ...model.Code) model.Code { return codes[r.IntN(len(codes))] }
	return row{
		ref: ref, level: model.Anonymous, kind: one("ki:engagement-activity", "ki:engagement-activity", "ki:consultation"),
		challenges: pick("ch:seldom-heard", "ch:tokenism"), objective: pick("ob:equity", "ob:equity", "ob:partnership"),
		methods: pick("me:outreach", "me:training", "me:co-production", "me:survey"), actor: one("st:patient", "st:nurse", ""),
		often: model.Raw(one("", " every week", " every month", " every quarter", " every month", " once a year")),
	}
}

// What was left out so that one who left is one of five comes back when he does.
func TestThoseWhoHideComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	var rows []row
	for i := range 20 {
		rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
	}
	store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
	publish := func(name string, readers model.Audience) *edition.Edition {
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: 5})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), records(t, readers, rows))
		require.NoError(t, err)
		intruder.read(name, p, e)
		return e
	}
	require.Len(t, publish("all", model.Everyone).Release.Behind, 20)
	mistaken := rows[7]
	rows = slices.Delete(rows, 7, 8)
	require.Len(t, publish("a no by mistake", model.Everyone).Release.Behind, 15)
	rows = append(rows, mistaken)
	again := publish("taken back", model.Everyone)
	require.Len(t, again.Release.Behind, 20)
	require.Equal(t, 20, again.Collection.Examples)

	// Those whom members alone may read are with them again after each public edition.
	store, intruder = &edition.Memory{}, &reader{t: t, k: 5}
	for i := range 5 {
		rows[i].membersOnly = true
	}
	for range 2 {
		require.Len(t, publish("members", model.Members).Release.Behind, 20)
		require.Len(t, publish("everyone", model.Everyone).Release.Behind, 15)
	}
	for i := range 5 {
		rows[i].membersOnly = false
	}
	require.Len(t, publish("everyone again", model.Everyone).Release.Behind, 20)
}

func statements(c *aggregate.Collection) int {
	n := len(c.Statements)
	for _, x := range c.TopicGroups {
		n += len(x.Statements)
	}
	for _, x := range c.Topics {
		n += len(x.Statements)
	}
	return n
}

// groups are kinds of working groups, by what they send.
var groups = map[string]func(r *rand.Rand, ref string) row{
	"few codes": random,
	// Many codes of everything, and organisations of all kinds.
	"wide": func(r *rand.Rand, ref string) row {
		one := func(codes ...model.Code) model.Code { return codes[r.IntN(len(codes))] }
		x := random(r, ref)
		x.challenges = append(x.challenges, one("ch:burden", "ch:jargon", "ch:adherence", "ch:remuneration"))
		if other := one("ob:trust", "ob:partnership"); !slices.Contains(x.objective, other) {
			x.objective = append(x.objective, other)
		}
		x.methods = append(x.methods, one("me:interview", "me:lay-review", "me:closing-loop"))
		x.org = one("ot:charity", "ot:nhs-acute-trust", "ot:ambulance-trust", "ot:nhs-community-or-mental-health-trust")
		x.sector = one("se:public-health-service", "se:industry", "")
		x.region = one("Wales", "Scotland", "London", "")
		return x
	},
	// Everybody says the same but a few.
	"alike": func(r *rand.Rand, ref string) row {
		x := random(r, ref)
		x.says = "the same few do everything"
		if r.IntN(8) > 0 {
			x.challenges, x.objective, x.methods = []model.Code{"ch:tokenism"}, []model.Code{"ob:equity"}, []model.Code{"me:training", "me:survey"}
		}
		return x
	},
	// Ten contributors send most of it.
	"several each": func(r *rand.Rand, ref string) row {
		x := random(r, ref)
		if r.IntN(4) > 0 {
			x.party = fmt.Sprint("of-", r.IntN(10))
		}
		return x
	},
	// Of many, two had a part in it.
	"joint": func(r *rand.Rand, ref string) row {
		x := random(r, ref)
		if r.IntN(3) == 0 {
			x.with = fmt.Sprint("partner-", r.IntN(6))
		}
		return x
	},
}

// The year of 24 rows of one working group, of each kind.
func TestLife(t *testing.T) {
	seeds := uint64(2)
	if testing.Short() {
		seeds = 1
	}
	if large(t) > 0 {
		seeds = 100
	}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		for seed := range seeds {
			several := name == "joint" || name == "several each"
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) { live(t, seed, groups[name], several) })
		}
	}
}

// live is such a year. Where contributors have several lines, or share one, four others
// may lose more than four lines.
func live(t *testing.T, seed uint64, random func(*rand.Rand, string) row, several bool) {
	const k = 5
	r := rand.New(rand.NewPCG(seed, 24))
	var rows []row
	for i := range 24 {
		rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
	}
	rows[20].level, rows[21].level = model.Aggregate, model.Aggregate // await an approval
	rows[22].membersOnly, rows[23].membersOnly = true, true
	store := &edition.Memory{}
	note := ""
	at := func(readers model.Audience) *edition.Press {
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: readers, K: k, Noted: note})
		require.NoError(t, err)
		return p
	}
	intruder := &reader{t: t, k: k}
	publish := func(name string, readers model.Audience) *edition.Edition {
		p := at(readers)
		e, err := p.Publish(t.Context(), records(t, readers, rows))
		require.NoError(t, err, name)
		note = e.Note
		intruder.read(name, p, e)
		return e
	}
	for range 3 {
		d, err := at(model.Everyone).Draft(t.Context(), records(t, model.Everyone, rows))
		require.NoError(t, err)
		require.True(t, d.Draft)
		require.Empty(t, at(model.Everyone).Note(), "a draft leaves no trace")
	}
	last := publish("first", model.Everyone)
	require.Positive(t, statements(last.Collection))
	publish("members", model.Members)
	change := func(name string, leave int, do func()) {
		do()
		now := publish(name, model.Everyone)
		here := linesOf(now)
		lost := slices.DeleteFunc(slices.Clone(last.Release.Behind), func(r anonymize.Record) bool { return here[r.ID()] != "" })
		cost := len(lost)
		if several {
			cost = aggregate.Independent(lost)
		}
		require.LessOrEqual(t, cost, leave*k, "%s costs four others their lines at most, and none where nobody left", name)
		require.GreaterOrEqual(t, 10*statements(now.Collection), 8*statements(last.Collection), "%s costs a fifth of the statements at most", name)
		require.GreaterOrEqual(t, len(now.Collection.Topics), len(last.Collection.Topics), name)
		last = now
	}
	change("one yes", 0, func() { rows[20].level = model.Anonymous })
	change("one no", 1, func() { rows = slices.Delete(rows, 3, 4) })
	before := len(last.Release.Behind)
	change("three joined", 0, func() {
		for i := range 3 {
			rows = append(rows, random(r, fmt.Sprintf("n%02d", i)))
		}
	})
	came := len(last.Release.Behind) - before // with whom had waited
	change("one withdrew", 1, func() { rows = slices.Delete(rows, 9, 10) })
	change("one changed", 1, func() { rows[5].challenges, rows[5].methods = []model.Code{"ch:tokenism"}, []model.Code{"me:survey"} })
	unsorted := last
	slices.Reverse(rows)
	change("sorted", 0, func() {})
	require.Equal(t, unsorted.Body, last.Body, "the order of rows is nothing")
	require.Equal(t, unsorted.Release.Proof.Release, last.Release.Proof.Release)
	held := last
	change("five have joined", 0, func() {
		for i := 3; i < 8; i++ {
			rows = append(rows, random(r, fmt.Sprintf("n%02d", i)))
		}
	})
	if aggregate.Independent(records(t, model.Everyone, rows[len(rows)-k:])) >= k { // and not two who sent five
		require.GreaterOrEqual(t, len(last.Release.Behind)+came, len(held.Release.Behind)+k, "those who were held back stand in the release")
	}
	require.GreaterOrEqual(t, last.Collection.Examples, min(held.Collection.Examples, len(last.Release.Behind)))
}

// Four newcomers wait for a fifth, in every count; then they are told of.
func TestNewcomersWaitForEnough(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var rows []row
	for i := range 20 {
		rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
	}
	store, intruder := &edition.Memory{}, &reader{t: t, k: 5}
	for joined := range 6 {
		if joined > 0 {
			rows = append(rows, random(r, fmt.Sprintf("n%02d", joined)))
		}
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), records(t, model.Everyone, rows))
		require.NoError(t, err)
		intruder.read(fmt.Sprint(joined), p, e)
		want := 20
		if joined == 5 {
			want = 25
		}
		require.Equal(t, want, e.Collection.Examples, "%d joined", joined)
		require.Len(t, e.Release.Behind, want, "%d joined", joined)
	}
}
