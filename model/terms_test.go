// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func open(party string) model.Agreement {
	return model.Agreement{
		Schema: model.AgreementSchema, ID: "ag-" + party, Party: party, Version: 1,
		Level: model.Anonymous, Audience: model.Everyone,
		Uses:    model.Uses{model.UseAggregate: true, model.UseGuidance: true},
		Consent: model.Consent{Status: "given"},
	}
}

// Law 2: whatever is missing or cannot be read withholds the example.
func TestResolveFailsClosed(t *testing.T) {
	for _, row := range []struct {
		name, reason string
		change       func(*model.Example)
		code         string
	}{
		{"no parties", "nobody is there to allow anything", func(e *model.Example) { e.Parties = nil; e.Agreements = nil }, model.ReasonNoAgreement},
		{"no agreement", "silence is no consent", func(e *model.Example) { e.Agreements = nil }, model.ReasonNoAgreement},
		{"party missing", "one of two parties has not agreed", func(e *model.Example) { e.Parties = append(e.Parties, model.Party{Ref: "b"}) }, model.ReasonNoAgreement},
		{"agreement of a stranger", "a party that is not listed may have rights", func(e *model.Example) { e.Agreements = append(e.Agreements, open("x")) }, model.ReasonNoAgreement},
		{"schema", "another schema may mean something else", func(e *model.Example) { e.Agreements[0].Schema = "agreement/2" }, model.ReasonSchema},
		{"zero level", "the zero value is withheld", func(e *model.Example) { e.Agreements[0].Level = 0 }, model.ReasonLevel},
		{"level out of range", "an unknown level opens nothing", func(e *model.Example) { e.Agreements[0].Level = 9 }, model.ReasonValue},
		{"audience out of range", "an unknown audience opens nothing", func(e *model.Example) { e.Agreements[0].Audience = 9 }, model.ReasonValue},
		{"no consent status", "not asked", func(e *model.Example) { e.Agreements[0].Consent.Status = "" }, model.ReasonConsent},
		{"consent requested", "asked is not given", func(e *model.Example) { e.Agreements[0].Consent.Status = "requested" }, model.ReasonConsent},
		{"consent withdrawn", "status says so", func(e *model.Example) { e.Agreements[0].Consent.Status = "withdrawn" }, model.ReasonConsent},
		{"unknown status", "no status that we know", func(e *model.Example) { e.Agreements[0].Consent.Status = "Given" }, model.ReasonConsent},
		{"unreadable start", "a date that cannot be read may lie ahead", func(e *model.Example) { e.Agreements[0].NotBefore = "1/3/2026" }, model.ReasonDate},
		{"unreadable end", "a date that cannot be read may have passed", func(e *model.Example) { e.Agreements[0].Expires = "next year" }, model.ReasonDate},
		{"unreadable day of consent", "it may not have been given", func(e *model.Example) { e.Agreements[0].Consent.GivenAt = "not yet" }, model.ReasonDate},
		{"consent of tomorrow", "nobody has given it", func(e *model.Example) { e.Agreements[0].Consent.GivenAt = "2026-03-02" }, model.ReasonNotYet},
		{"embargo", "tomorrow", func(e *model.Example) { e.Agreements[0].NotBefore = "2026-03-02" }, model.ReasonNotYet},
		{"retired", "the working group took it out", func(e *model.Example) { e.Review.Status = "retired" }, model.ReasonExpired},
		{"expired to the second", "the end is exclusive", func(e *model.Example) { e.Agreements[0].Expires = "2026-03-01T12:00:00Z" }, model.ReasonExpired},
		{"withdrawn", "a request is enough", func(e *model.Example) { e.Agreements[0].Withdrawal.RequestedAt = "2026-02-01" }, model.ReasonWithdrawn},
		{"withdrawn by effect only", "half a withdrawal is one", func(e *model.Example) { e.Agreements[0].Withdrawal.Effect = "no-new-use" }, model.ReasonWithdrawn},
		{"conditions", "nobody has read them", func(e *model.Example) { e.Agreements[0].Conditions = "ask me first" }, model.ReasonConditions},
		{"conditions changed after review", "review was of another text", func(e *model.Example) {
			e.Agreements[0].Conditions = "ask me first"
			e.Agreements[0].ConditionsReviewed = model.HashText("ask me")
		}, model.ReasonConditions},
		{"override of an unknown field", "it meant to close something", func(e *model.Example) {
			e.Agreements[0].Fields = map[string]model.Level{"outcome": model.Withheld}
		}, model.ReasonUnknownField},
		{"attribution without text", "the condition cannot be met", func(e *model.Example) { e.Agreements[0].Attribution.Required = true }, model.ReasonAttribution},
		{"newer version by somebody else", "both apply", func(e *model.Example) {
			old := open("a")
			old.Consent.Status = "declined"
			e.Agreements[0].Version = 2
			e.Agreements[0].SignedBy = "b"
			e.Agreements = append(e.Agreements, old)
		}, model.ReasonConsent},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := model.Example{Parties: []model.Party{{Ref: "a"}}, Agreements: []model.Agreement{open("a")}}
			before, err := model.Resolve(&e, now)
			require.NoError(t, err)
			require.Equal(t, model.Anonymous, before.Level)

			row.change(&e)
			terms, err := model.Resolve(&e, now)
			require.NoError(t, err)
			require.Equal(t, model.Withheld, terms.Level, row.reason)
			require.Contains(t, codes(terms.Reasons), row.code)
			for _, use := range []model.Use{model.UseAggregate, model.UseGuidance, model.UseShowcase, model.UseQuotes} {
				ok, _ := terms.Allows(use, model.WorkingGroup)
				require.False(t, ok)
			}
		})
	}
}

func codes(reasons []model.Reason) []string {
	var out []string
	for _, r := range reasons {
		out = append(out, r.Code)
	}
	return out
}

// Law 3: several parties resolve to the most closed of them in every respect,
// whichever stands first.
func TestResolveMostClosedWins(t *testing.T) {
	a, b := open("a"), open("b")
	a.Level, b.Level = model.Attributed, model.Anonymous
	a.Audience, b.Audience = model.Members, model.Everyone
	a.Uses = model.Uses{model.UseAggregate: true, model.UseQuotes: true}
	a.NotBefore, b.NotBefore = "2026-01-01", "2026-02-01"
	a.Expires, b.Expires = "2027-01-01", "2026-06-01"
	a.K, b.K = 3, 11
	a.ContactAllowed = true
	a.Fields = map[string]model.Level{"outcomes": model.Aggregate, "resources": model.Anonymous}
	b.Fields = map[string]model.Level{"outcomes": model.Withheld}
	for _, agreements := range [][]model.Agreement{{a, b}, {b, a}} {
		e := model.Example{Parties: []model.Party{{Ref: "a"}, {Ref: "b"}}, Agreements: agreements}
		terms, err := model.Resolve(&e, now)
		require.NoError(t, err)
		require.Equal(t, model.Anonymous, terms.Level)
		require.Equal(t, model.Members, terms.Audience)
		require.Equal(t, model.Uses{model.UseAggregate: true}, terms.Uses)
		require.Equal(t, "2026-02-01", terms.NotBefore.Format(time.DateOnly))
		require.Equal(t, "2026-06-01", terms.Expires.Format(time.DateOnly))
		require.Equal(t, 11, terms.K)
		require.False(t, terms.ContactAllowed)
		require.Equal(t, model.Withheld, terms.FieldLevel("outcomes.text"))
		require.Equal(t, model.Anonymous, terms.FieldLevel("resources.money"))
		ok, why := terms.Allows(model.UseAggregate, model.Everyone)
		require.False(t, ok)
		require.Equal(t, model.ReasonAudience, why.Code)
	}
}

func TestResolveLooseningOverrideIsAnError(t *testing.T) {
	a := open("a")
	a.Fields = map[string]model.Level{"outcomes": model.Public}
	e := model.Example{Parties: []model.Party{{Ref: "a"}}, Agreements: []model.Agreement{a}}
	terms, err := model.Resolve(&e, now)
	require.ErrorIs(t, err, model.ErrLoosens)
	require.Equal(t, model.Withheld, terms.Level)
}

func TestResolveOwnNewerVersionReplaces(t *testing.T) {
	old, renewed := open("a"), open("a")
	old.Expires = "2026-01-01"
	renewed.Version = 2
	e := model.Example{Parties: []model.Party{{Ref: "a"}}, Agreements: []model.Agreement{old, renewed}}
	terms, err := model.Resolve(&e, now)
	require.NoError(t, err)
	require.Equal(t, model.Anonymous, terms.Level)
}

func TestTermsApprovesOnlyTheExactText(t *testing.T) {
	a, b := open("a"), open("b")
	a.Approval = model.Approval{Required: true, TextSHA256: model.HashText("the text")}
	e := model.Example{Parties: []model.Party{{Ref: "a"}, {Ref: "b"}}, Agreements: []model.Agreement{a, b}}
	terms, err := model.Resolve(&e, now)
	require.NoError(t, err)
	require.True(t, terms.NeedsApproval())
	require.True(t, terms.Approves(model.HashText("the text")))
	require.False(t, terms.Approves(model.HashText("the text ")))
	require.False(t, model.Terms{}.Approves(model.HashText("")))
}
