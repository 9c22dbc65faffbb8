// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

// Law 3: of two agreements on one example the most closed counts, clause by clause. An open
// one that is tightened by another allows what the other alone does, whichever it was.
func TestTighten(t *testing.T) {
	t.Parallel()
	open := func() model.Agreement {
		return model.Agreement{
			Schema: model.AgreementSchema, ID: "a", Party: "p", Level: model.Anonymous, Audience: model.Everyone, ContactAllowed: true,
			Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true}, Consent: model.Consent{Status: "given"},
		}
	}
	now := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	terms := func(a model.Agreement) model.Terms {
		out, err := model.Resolve(&model.Example{ID: "e", Parties: []model.Party{{Ref: "p"}}, Agreements: []model.Agreement{a}}, now)
		require.NoError(t, err)
		return out
	}
	require.Equal(t, model.Anonymous, terms(open()).Level, "it is open")
	for name, change := range map[string]func(*model.Agreement){
		"level":      func(a *model.Agreement) { a.Level = model.Aggregate },
		"withheld":   func(a *model.Agreement) { a.Level = model.Withheld },
		"audience":   func(a *model.Agreement) { a.Audience = model.Members },
		"k":          func(a *model.Agreement) { a.K = 8 },
		"a use":      func(a *model.Agreement) { delete(a.Uses, model.UseGuidance) },
		"no use":     func(a *model.Agreement) { a.Uses = nil },
		"a field":    func(a *model.Agreement) { a.Fields = map[string]model.Level{"lessons": model.Withheld} },
		"contact":    func(a *model.Agreement) { a.ContactAllowed = false },
		"approval":   func(a *model.Agreement) { a.Approval.Required = true },
		"declined":   func(a *model.Agreement) { a.Consent.Status = "declined" },
		"withdrawn":  func(a *model.Agreement) { a.Withdrawal.RequestedAt = "2026-11-01" },
		"no consent": func(a *model.Agreement) { a.Consent = model.Consent{} },
		"not before": func(a *model.Agreement) { a.NotBefore = "2027-01-01" },
		"expired":    func(a *model.Agreement) { a.Expires = "2026-11-01" },
		"conditions": func(a *model.Agreement) { a.Conditions = "ask us first" },
	} {
		other := open()
		change(&other)
		require.NotEqual(t, terms(open()), terms(other), "%s closes something", name)
		a := open()
		require.True(t, intake.Tighten(&a, other), name)
		require.Equal(t, terms(other), terms(a), name)
		require.False(t, intake.Tighten(&a, open()), "%s: what is open takes nothing back", name)
		require.Equal(t, terms(other), terms(a), name)
	}
}
