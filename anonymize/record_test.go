// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

var (
	testKey = []byte("a key of thirty-two bytes, tests")
	testNow = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
)

// agreed returns an example of one party with an open anonymous agreement.
func agreed(id, party string, texts ...string) *model.Example {
	e := &model.Example{
		ID: id, Kind: "ki:engagement-activity", Title: model.Text{Value: "A made-up example"},
		Parties: []model.Party{{Ref: party, Role: "contributor", Type: "ot:charity"}},
		Agreements: []model.Agreement{{
			Schema: model.AgreementSchema, ID: "ag-" + id, Party: party, Level: model.Anonymous, Audience: model.Everyone,
			Uses:    model.Uses{model.UseAggregate: true, model.UseGuidance: true},
			Consent: model.Consent{Status: "given"},
		}},
	}
	for _, t := range texts {
		e.Lessons = append(e.Lessons, model.Lesson{Text: model.Text{Value: model.Raw(t)}, Kind: "worked"})
	}
	return e
}

// byName lets an example be shown by name.
func byName(e *model.Example, level model.Level) {
	e.Agreements[0].Level, e.Agreements[0].NameForm = level, model.NameOrganisation
	e.Agreements[0].Uses[model.UseShowcase] = true
	if len(e.Parties[0].Identities) == 0 {
		e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Pelham Lantern Circle"}}
	}
}

func anonymizer(t testing.TB, change func(*anonymize.Config)) *anonymize.Anonymizer {
	t.Helper()
	cfg := anonymize.Config{Key: testKey, Now: testNow, Audience: model.Everyone}
	if change != nil {
		change(&cfg)
	}
	a, err := anonymize.New(cfg)
	require.NoError(t, err)
	return a
}

func one(t testing.TB, a *anonymize.Anonymizer, e *model.Example) anonymize.Result {
	t.Helper()
	results, err := a.Anonymize(t.Context(), e)
	require.NoError(t, err)
	require.Len(t, results, 1)
	return results[0]
}

func TestNewNeedsKeyAndTime(t *testing.T) {
	_, err := anonymize.New(anonymize.Config{Now: testNow})
	require.ErrorIs(t, err, redact.ErrKey)
	_, err = anonymize.New(anonymize.Config{Key: testKey})
	require.ErrorIs(t, err, anonymize.ErrTime)
}

// Law 2: what the agreements close gives no record, and the zero record gives nothing.
func TestAnonymizeWithholds(t *testing.T) {
	a := anonymizer(t, nil)
	for _, row := range []struct {
		name, code string
		change     func(*model.Example)
	}{
		{"no agreement", model.ReasonNoAgreement, func(e *model.Example) { e.Agreements = nil }},
		{"narrower audience", model.ReasonAudience, func(e *model.Example) { e.Agreements[0].Audience = model.Members }},
		{"no use granted", anonymize.ReasonNothingGranted, func(e *model.Example) { e.Agreements[0].Uses = nil }},
		{"withheld", model.ReasonLevel, func(e *model.Example) { e.Agreements[0].Level = model.Withheld }},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := agreed("e1", "p1", "We asked people.")
			require.False(t, one(t, a, e).Withheld())
			row.change(e)
			r := one(t, a, e)
			require.True(t, r.Withheld())
			require.Equal(t, row.code, r.Log.Reasons[0].Code)
			require.Zero(t, r.Record.Countable())
		})
	}
	var zero anonymize.Record
	require.False(t, zero.Valid())
	require.Zero(t, zero.Published())
	require.Zero(t, zero.Countable())
	require.Zero(t, zero.Proposed())
	require.Zero(t, zero.Anonymised())
	for _, use := range []model.Use{model.UseAggregate, model.UseGuidance, model.UseShowcase, model.UseQuotes, model.UseSingleSource} {
		require.False(t, zero.Allows(use), string(use))
		require.False(t, zero.AllowsOnceApproved(use), string(use))
	}
	require.Error(t, zero.Store(&bytes.Buffer{}, testKey))
}

// Law 2: an error yields no output at all.
func TestAnonymizeErrorYieldsNothing(t *testing.T) {
	good, bad := agreed("e1", "p1", "We asked people."), agreed("e2", "p1", "Broken \xff text.")
	results, err := anonymizer(t, nil).Anonymize(t.Context(), good, bad)
	require.Error(t, err)
	require.Nil(t, results)
	require.NotContains(t, err.Error(), "Broken")
}

// Law 5: the leak check does not rely on the recognisers. With recognisers that
// find nothing, an identifier is still not in the record.
func TestVerifierClosesWhatRecognisersMiss(t *testing.T) {
	blind := anonymizer(t, func(c *anonymize.Config) {
		c.Recognizers = []recognize.Recognizer{}
		c.Reviewed = true
	})
	e := agreed("e1", "p1", "Write to jo.bloggs@marlinford.example for the form.", "We asked people first.")
	e.Agreements[0].Uses[model.UseSingleSource] = true
	sign(t, blind, e)
	r := one(t, blind, e)
	body, err := json.Marshal(r.Record.Published())
	require.NoError(t, err)
	require.NotContains(t, string(body), "marlinford")
	require.Contains(t, string(body), "We asked people first.")
	require.Equal(t, anonymize.ReasonVerification, r.Log.Reasons[0].Code)
}

// Law 3: a field that its agreement closes further is in no published record.
func TestFieldOverridesClose(t *testing.T) {
	e := agreed("e1", "p1", "We asked people first.")
	e.Outcomes = []model.Outcome{{Text: model.Text{Value: "More people came."}, Direction: "positive"}}
	e.Agreements[0].Fields = map[string]model.Level{"outcomes": model.Withheld, "lessons": model.Aggregate}
	r := one(t, anonymizer(t, nil), e).Record
	require.Empty(t, r.Countable().Outcomes)
	require.NotEmpty(t, r.Countable().Lessons)
	require.Empty(t, r.Published().Lessons)
}

// Law 3, for whatever an agreement can name: a part of a field ("context.year") closes
// all of it, or the part where it can be told apart; only what is no field withholds all.
func TestOverridesOfPartsClose(t *testing.T) {
	e := agreed("e1", "p1", "We asked people first.")
	coded := func(c model.Code) model.Coded { return model.Coded{Code: c, AssignedBy: model.ByContributor} }
	e.Kind, e.Level, e.Lifecycle = "ki:consultation", "lv:involve", []model.Code{"lc:dissemination"}
	e.Context = model.Context{Region: "Wales", Setting: "se:academia", Scale: "sc:organisation", Year: 2023}
	e.Challenges = []model.Challenge{{Coded: coded("ch:tokenism"), Basis: "experienced"}}
	e.Objectives = []model.Objective{{Coded: coded("ob:equity")}}
	e.Steps = []model.Step{{Text: model.Text{Value: "We asked."}, Method: coded("me:survey"), Actor: "st:patient"}}
	e.Outcomes = []model.Outcome{{Text: model.Text{Value: "More came."}, Direction: "positive", Design: "ed:before-after"}}
	e.Stakeholders = []model.Stakeholder{{Group: "st:patient", Number: 12}}
	e.Resources = []model.Resource{{Type: "money", Band: "mb:b", Helpful: true}, {Type: "time", Band: "eb:days"}}
	e.Adoption = model.Adoption{GettingStarted: []model.Text{{Value: "Begin small."}}, Sustaining: []model.Text{{Value: "Pay somebody."}}}
	whole := one(t, anonymizer(t, nil), e).Record.Countable()
	for path, closed := range map[string]func(c *anonymize.Content){
		"kind":                   func(c *anonymize.Content) { c.Kind = "" },
		"level":                  func(c *anonymize.Content) { c.Level = "" },
		"context.year":           func(c *anonymize.Content) { c.Year, c.Region, c.Setting, c.Scale = "", "", "", "" },
		"context.region":         func(c *anonymize.Content) { c.Year, c.Region, c.Setting, c.Scale = "", "", "", "" },
		"strategy_steps.actor":   func(c *anonymize.Content) { c.Steps = nil },
		"strategy_steps.text":    func(c *anonymize.Content) { c.Steps = nil },
		"outcomes.direction":     func(c *anonymize.Content) { c.Outcomes = nil },
		"outcomes.value":         func(c *anonymize.Content) { c.Outcomes = nil },
		"challenges.basis":       func(c *anonymize.Content) { c.Challenges = nil },
		"objectives.code":        func(c *anonymize.Content) { c.Objectives = nil },
		"stakeholders.number":    func(c *anonymize.Content) { c.Stakeholders = nil },
		"resources.helpful":      func(c *anonymize.Content) { c.Resources, c.Budget = nil, "" },
		"resources.money":        func(c *anonymize.Content) { c.Resources, c.Budget = c.Resources[1:], "" },
		"adoption.sustaining":    func(c *anonymize.Content) { c.Sustaining = nil },
		"adoption":               func(c *anonymize.Content) { c.Sustaining, c.GettingStarted = nil, nil },
		"provenance.mode":        func(*anonymize.Content) {},
		"outcomes.no-such-thing": nil,
		"context.":               nil,
	} {
		e.Agreements[0].Fields = map[string]model.Level{path: model.Withheld}
		r := one(t, anonymizer(t, nil), e)
		require.Equal(t, closed == nil, r.Withheld(), path)
		if closed != nil {
			want := whole.Clone()
			closed(&want)
			require.Equal(t, want, r.Record.Countable(), path)
		}
	}
}

// A code that no person gave is not counted, and stands in no anonymous line: it would be
// the only one that is not counted, and say of somebody what nobody said.
func TestUnconfirmedCodesAreInNoLine(t *testing.T) {
	for by, told := range map[model.AssignedBy]bool{
		model.ByContributor: true, model.ByEditor: true, model.BySuggestion: false, "": false,
	} {
		e := agreed("e1", "p1", "We asked people first.")
		coded := func(c model.Code) model.Coded { return model.Coded{Code: c, AssignedBy: by} }
		e.Challenges = []model.Challenge{{Coded: coded("ch:tokenism"), Basis: "experienced"}}
		e.Objectives = []model.Objective{{Coded: coded("ob:equity")}}
		e.Situations = []model.Coded{coded("si:rural")}
		e.Steps = []model.Step{{Text: model.Text{Value: "We asked."}, Method: coded("me:survey")}}
		e.TherapyAreas = []model.Coded{coded("ta:mental-health")}
		line, err := json.Marshal(one(t, anonymizer(t, nil), e).Record.Published())
		require.NoError(t, err)
		for _, code := range []string{"ch:tokenism", "ob:equity", "si:rural", "me:survey", "ta:mental-health"} {
			require.Equal(t, told, strings.Contains(string(line), code), "%s by %q", code, by)
		}
		require.Equal(t, told, strings.Contains(string(line), "accepted"), by)

		e.Challenges[0].AsWritten = "Nobody was asked." // approved, and printed beside no code
		e.Agreements[0].Uses[model.UseSingleSource] = true
		sign(t, anonymizer(t, nil), e)
		line, err = json.Marshal(one(t, anonymizer(t, nil), e).Record.Published())
		require.NoError(t, err)
		require.Contains(t, string(line), "Nobody was asked.")
		require.Equal(t, told, strings.Contains(string(line), "ch:tokenism"), by)
	}
}

func TestAggregateLevelIsNeverPublished(t *testing.T) {
	e := agreed("e1", "p1", "We asked people first.")
	e.Agreements[0].Level = model.Aggregate
	r := one(t, anonymizer(t, nil), e).Record
	require.NotEmpty(t, r.Countable().Lessons)
	require.Zero(t, r.Published())
}

// The exact text is bound: approval of another text leaves the record to be counted only.
func TestApprovalBindsTheText(t *testing.T) {
	a := anonymizer(t, nil)
	e := agreed("e1", "p1", "We asked people first.")
	e.Agreements[0].Uses[model.UseSingleSource] = true
	e.Agreements[0].Approval.Required = true
	before := one(t, a, e)
	require.Equal(t, model.Aggregate, before.Record.Level())
	require.False(t, before.Record.OwnWords())
	require.Zero(t, before.Record.Published())
	require.NotEmpty(t, before.Record.Proposed().Lessons, "what is to be approved can be shown while the approval is awaited")
	require.Equal(t, before.Log.Approval, model.HashText(before.Record.ApprovalText()))

	e.Agreements[0].Approval.TextSHA256 = before.Log.Approval
	after := one(t, a, e)
	require.Equal(t, model.Anonymous, after.Record.Level())
	require.True(t, after.Record.OwnWords())
	require.Equal(t, before.Log.Approval, model.HashText(after.Record.ApprovalText()))

	e.Lessons[0].Text.Value += " Always."
	require.Equal(t, model.Aggregate, one(t, a, e).Record.Level())
}

func TestFundedWorkOwesAnAcknowledgement(t *testing.T) {
	for _, row := range []struct {
		name    string
		funding []model.Funding
		closed  bool
		owing   bool
	}{
		{"nobody paid", nil, false, false},
		{"acknowledged", []model.Funding{{Statement: model.Text{Value: "Paid for by the Wexmoor Fund."}}}, false, false},
		{"no statement", []model.Funding{{Name: "Wexmoor Fund"}}, false, true},
		{"one of two without a statement", []model.Funding{{Statement: model.Text{Value: "Paid for by the Wexmoor Fund."}}, {Name: "Another"}}, false, true},
		{"statement closed by the agreement", []model.Funding{{Statement: model.Text{Value: "Paid for by the Wexmoor Fund."}}}, true, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := agreed("e1", "p1", "We asked people first.")
			byName(e, model.Attributed)
			e.Funding = row.funding
			if row.closed {
				e.Agreements[0].Fields = map[string]model.Level{"funding": model.Aggregate}
			}
			r := one(t, anonymizer(t, nil), e).Record
			require.Equal(t, row.owing, r.Unacknowledged())
			require.Equal(t, len(row.funding) > 0, r.Funded())
		})
	}
}

func TestPublicExampleShowsOnlyCoveredFieldsBesideItsName(t *testing.T) {
	e := agreed("e1", "p1", "This lesson is in no report.")
	e.Agreements[0].Level = model.Public
	e.Agreements[0].NameForm = model.NameFull
	e.Agreements[0].Uses[model.UseShowcase] = true
	e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Wexmoor Listening Trust"}}
	e.PublicRefs = []model.PublicRef{{Type: "report", Title: "A made-up report", Covers: []string{"title"}}}
	r := one(t, anonymizer(t, nil), e).Record
	require.Equal(t, "Wexmoor Listening Trust", r.Published().Name)
	require.NotEmpty(t, r.Published().Title)
	require.Empty(t, r.Published().Lessons)
	require.NotEmpty(t, r.Countable().Lessons)
}

// The sentences of an anonymous record are published only where the agreement
// lets one source speak; otherwise codes are.
func TestAnonymousSentencesNeedAGrant(t *testing.T) {
	a := anonymizer(t, nil)
	e := agreed("e1", "p1", "We asked people first.")
	e.Steps = []model.Step{{Text: model.Text{Value: "We asked."}, Method: model.Coded{Code: "me:survey", AssignedBy: model.ByEditor}}}
	closed := one(t, a, e).Record
	require.Empty(t, closed.Published().Texts())
	require.Equal(t, model.Code("me:survey"), closed.Published().Steps[0].Method)
	require.NotEmpty(t, closed.Anonymised().Texts())
	e.Agreements[0].Uses[model.UseVignette] = true
	require.Empty(t, one(t, a, e).Record.Published().Texts(), "a vignette needs the approved text")
	e.Agreements[0].Uses[model.UseSingleSource] = true
	require.Empty(t, one(t, a, e).Record.Published().Texts(), "so does what one source says")
	sign(t, a, e)
	require.NotEmpty(t, one(t, a, e).Record.Published().Texts())
}

// What one party declared is not told by another's public example either.
func TestPublicExampleKeepsOthersSecrets(t *testing.T) {
	e := agreed("e1", "p1", "We met the Thornwick Lantern Society twice.", "We asked people first.")
	byName(e, model.Public)
	e.PublicRefs = []model.PublicRef{{Type: "report", Title: "A made-up report", Covers: []string{"title", "lessons"}}}
	other := model.Party{Ref: "p2", Identities: []model.Identity{{Type: "organisation", Name: "Thornwick Lantern Society"}}}
	a := anonymizer(t, func(c *anonymize.Config) { c.Parties = append(e.Parties, other) })
	r := one(t, a, e)
	require.NotContains(t, fmt.Sprint(r.Record.Published().Texts()), "Thornwick")
	require.Equal(t, "We met the [society or charity] twice.", r.Record.Published().Lessons[0].Text, "the name is masked, not the sentence dropped")
	require.Equal(t, "We asked people first.", r.Record.Published().Lessons[1].Text)
	require.Empty(t, r.Log.Reasons)
}

func TestStoreAndLoad(t *testing.T) {
	r := one(t, anonymizer(t, nil), agreed("e1", "p1", "We asked people first.")).Record
	var b bytes.Buffer
	require.NoError(t, r.Store(&b, testKey))
	back, err := anonymize.Load(b.Bytes(), testKey, testNow)
	require.NoError(t, err)
	require.Equal(t, r.Countable(), back.Countable())
	require.Equal(t, r.Holdings(), back.Holdings())
	require.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, r.ID(), "an opaque id of version 8")

	_, err = anonymize.Load(b.Bytes(), []byte("another key of thirty-two bytes."), testNow)
	require.ErrorIs(t, err, anonymize.ErrSeal)
	for i := range b.Len() {
		changed := bytes.Clone(b.Bytes())
		changed[i] ^= 1
		if back, err := anonymize.Load(changed, testKey, testNow); err == nil {
			require.Equal(t, r.Countable(), back.Countable(), "byte %d was changed", i) // white space at most
		}
	}
	for _, more := range []string{"}", "]", "{}", "1", "\x00"} {
		_, err := anonymize.Load(append(bytes.Clone(b.Bytes()), more...), testKey, testNow)
		require.Error(t, err, "nothing stands behind a record: %q", more)
	}
	_, err = anonymize.Load(b.Bytes(), testKey, testNow, recognize.Declared{Kind: recognize.Org, Name: "asked people"})
	var leak *anonymize.LeakError
	require.ErrorAs(t, err, &leak)
}

func TestCoarsenNeverOpens(t *testing.T) {
	r := one(t, anonymizer(t, nil), agreed("e1", "p1", "We asked people first.")).Record
	require.Equal(t, "ot:charity", r.QuasiIdentifiers()[vocabulary.OrganisationType])
	broader := func(_, from, to string) bool { return from == "ot:charity" && to == "ot:any" }
	up, err := r.Coarsen(map[string]string{vocabulary.OrganisationType: "ot:any"}, broader)
	require.NoError(t, err)
	require.Equal(t, []model.Code{"ot:any"}, up.Countable().OrganisationTypes)
	require.Equal(t, []model.Code{"ot:charity"}, r.Countable().OrganisationTypes, "the record itself is unchanged")
	_, err = up.Coarsen(map[string]string{vocabulary.OrganisationType: "ot:charity"}, broader)
	require.Error(t, err)
	same := map[string]string{vocabulary.OrganisationType: "ot:charity", vocabulary.Scale: "", anonymize.QIYear: "", vocabulary.Sector: "se:any"}
	up, err = r.Coarsen(same, func(name, _, _ string) bool { return name == vocabulary.Sector })
	require.NoError(t, err, "what stays as it is need not be broader")
	require.Equal(t, []model.Code{"se:any"}, up.Countable().Sectors, "and ends nothing")
	_, err = r.Coarsen(map[string]string{"postcode": "x"}, func(string, string, string) bool { return true })
	require.Error(t, err)
}

func TestHoldingsAreOfAllPartiesAndClients(t *testing.T) {
	a := anonymizer(t, nil)
	sister := agreed("e1", "p1", "One.")
	sister.Parties[0].Holding = "parent"
	other := agreed("e2", "p2", "Two.")
	other.Parties[0].Holding = "parent"
	agency := agreed("e3", "p3", "Three.")
	agency.Parties[0].Clients = []string{"parent"}
	first := one(t, a, sister).Record.Holdings()
	require.Equal(t, first, one(t, a, other).Record.Holdings())
	require.Len(t, one(t, a, agency).Record.Holdings(), 2)
	require.Contains(t, one(t, a, agency).Record.Holdings(), first[0])
	require.NotContains(t, fmt.Sprint(first), "parent")
}

// Law 6: nothing that can be printed of a record, a result or an error shows what a contributor wrote.
func TestNothingInPassing(t *testing.T) {
	const canary = "Qwzxvkjyhtplmnbdfgrc"
	e := agreed("e1", "p1", "Then "+canary+" said so.", "We asked people.")
	e.Parties[0].Identities = []model.Identity{{Type: "person", Name: canary}}
	e.Condition = model.Text{Value: canary}
	r := one(t, anonymizer(t, nil), e)
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "record", r.Record, "log", r.Log, "example", e)
	kept := &bytes.Buffer{}
	require.NoError(t, r.Record.Store(kept, testKey))
	line, err := json.Marshal(r.Record)
	require.NoError(t, err)
	for _, s := range []string{
		fmt.Sprintf("%v %+v %#v %s %q %x", r.Record, r.Record, r.Record, r.Record, r.Record, r.Record),
		fmt.Sprintf("%v %+v %#v", r, r, r), logged.String(), kept.String(), string(line), r.Record.ApprovalText(),
	} {
		require.False(t, strings.Contains(s, canary), "the canary is in an output")
	}
	loosening := agreed("e1", "p1", canary)
	loosening.Title.Value = canary
	loosening.Agreements[0].Fields = map[string]model.Level{"title": model.Public}
	invalid := agreed("e1", "p1", canary+"\xff")
	invalid.Title.Value = canary
	closed, err := anonymizer(t, nil).Anonymize(t.Context(), loosening)
	require.NoError(t, err)
	require.True(t, closed[0].Withheld())
	require.False(t, strings.Contains(fmt.Sprintf("%v %+v %#v", closed, closed, closed), canary))
	for _, e := range []*model.Example{invalid} {
		_, err = anonymizer(t, nil).Anonymize(t.Context(), e)
		require.Error(t, err)
		for ; err != nil; err = errors.Unwrap(err) {
			require.False(t, strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), canary), "the canary is in an error")
		}
	}
}

// Law 9: the same examples give the same records, in whatever company and order of calls.
func TestSameRecordWhateverTheOrder(t *testing.T) {
	a := anonymizer(t, nil)
	x, y := agreed("e1", "p1", "We asked people first."), agreed("e2", "p1", "We paid them.")
	together, err := a.Anonymize(t.Context(), x, y)
	require.NoError(t, err)
	back, err := a.Anonymize(t.Context(), y, x)
	require.NoError(t, err)
	require.Equal(t, together[0].Record.ApprovalText(), back[1].Record.ApprovalText())
	require.Equal(t, together[0].Record.ID(), back[1].Record.ID())
	require.NotEqual(t, together[0].Record.ID(), together[1].Record.ID())
	afresh := one(t, anonymizer(t, nil), agreed("e1", "p1", "We asked people first."))
	require.Equal(t, stored(t, together[0].Record), stored(t, afresh.Record))
}

func stored(t testing.TB, r anonymize.Record) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, r.Store(&b, testKey))
	return b.String()
}

// Law 2: what Validate faults is not anonymised.
func TestAnonymizeRefusesInvalid(t *testing.T) {
	e := agreed("e1", "p1")
	e.Outcomes = []model.Outcome{{Text: model.Text{Value: "Fine."}, Direction: "marlinford"}}
	results, err := anonymizer(t, nil).Anonymize(t.Context(), e)
	require.Error(t, err)
	require.Nil(t, results)
	require.NotContains(t, err.Error(), "marlinford")
}
