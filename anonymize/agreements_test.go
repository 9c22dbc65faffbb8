// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model"
)

// What waits for a yes is counted only; nothing of its sentences goes out.
func TestWhatWaitsForAYes(t *testing.T) {
	for _, row := range []struct {
		name, reason string
		change       func(a *model.Agreement)
		level        model.Level // before the yes
		after        model.Level
		texts        bool // after it
	}{
		{"attributed", "the name stands once the text is approved, though the flag was not set", func(a *model.Agreement) {
			a.Level, a.NameForm = model.Attributed, model.NameOrganisation
			a.Uses[model.UseShowcase] = true
		}, model.Aggregate, model.Attributed, true},
		{"single source", "codes may stand; sentences wait", func(a *model.Agreement) { a.Uses[model.UseSingleSource] = true }, model.Anonymous, model.Anonymous, true},
		{"vignette", "codes may stand; sentences wait", func(a *model.Agreement) { a.Uses[model.UseVignette] = true }, model.Anonymous, model.Anonymous, true},
		{"approval asked for", "nothing stands before it", func(a *model.Agreement) { a.Approval.Required = true }, model.Aggregate, model.Anonymous, false},
		{"none of these", "a yes opens no more than the agreement", func(*model.Agreement) {}, model.Anonymous, model.Anonymous, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := anonymizer(t, nil)
			e := agreed("e1", "p1", "We asked people first.")
			e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Pelham Lantern Circle"}}
			row.change(&e.Agreements[0])
			before := one(t, a, e)
			require.Equal(t, row.level, before.Record.Level(), row.reason)
			require.Empty(t, before.Record.Published().Texts(), row.reason)
			require.False(t, before.Record.OwnWords())
			require.False(t, before.Record.Allows(model.UseShowcase))

			e.Agreements[0].Approval = model.Approval{Required: true, TextSHA256: before.Log.Approval}
			after := one(t, a, e)
			require.Equal(t, row.after, after.Record.Level())
			require.Equal(t, row.texts, len(after.Record.Published().Texts()) > 0, row.reason)

			e.Agreements[0].Approval.TextSHA256 = model.HashText("another text")
			require.Empty(t, one(t, a, e).Record.Published().Texts(), "a yes to another text is none")
		})
	}
}

// sign puts a yes to the text as it stands into every agreement.
func sign(t testing.TB, a *anonymize.Anonymizer, e *model.Example) {
	t.Helper()
	hash := one(t, a, e).Log.Approval
	for i := range e.Agreements {
		e.Agreements[i].Approval = model.Approval{Required: true, TextSHA256: hash}
	}
}

// Who is named beside an attributed example has signed; partners that the
// contributor only mentioned have not.
func TestPartnersAreMaskedUntilTheySign(t *testing.T) {
	const text = "Quorlbridge Group wrote the letters. Marlinford Hospice read them aloud."
	for _, row := range []struct {
		name, reason string
		change       func(e *model.Example)
		own, other   bool // are named
	}{
		{"declared by the contributor", "the partner has agreed to nothing", func(e *model.Example) {
			e.Parties[0].Identities = append(e.Parties[0].Identities, model.Identity{Type: "organisation", Name: "Marlinford Hospice"})
		}, true, false},
		{"a party that signed to be named", "both have agreed", func(e *model.Example) {
			e.Parties = append(e.Parties, model.Party{Ref: "p2", Role: "partner", Identities: []model.Identity{{Type: "organisation", Name: "Marlinford Hospice"}}})
			b := e.Agreements[0]
			b.ID, b.Party = "ag-2", "p2"
			e.Agreements = append(e.Agreements, b)
		}, true, true},
		{"a name of its own under another legal form", "it is the contributor", func(e *model.Example) {
			e.Parties[0].Identities = append(e.Parties[0].Identities, model.Identity{Type: "organisation", Name: "Quorlbridge Group Ltd"}, model.Identity{Type: "organisation", Name: "Marlinford Hospice"})
		}, true, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := agreed("e1", "p1", text)
			e.Parties[0].Identities = []model.Identity{{Type: "organisation", Name: "Quorlbridge Group"}}
			byName(e, model.Attributed)
			row.change(e)
			a := anonymizer(t, func(c *anonymize.Config) { c.Parties = e.Parties })
			sign(t, a, e)
			line, err := json.Marshal(one(t, a, e).Record.Published())
			require.NoError(t, err)
			require.Equal(t, row.own, bytes.Contains(line, []byte("Quorlbridge")), row.reason)
			require.Equal(t, row.other, bytes.Contains(line, []byte("Marlinford")), row.reason)
		})
	}
}

// One bad agreement holds back its own example, says why, and stops nothing else.
func TestABadAgreementStopsNothingElse(t *testing.T) {
	for _, row := range []struct {
		name, reason string
		change       func(e *model.Example)
		withheld     bool
	}{
		{"opens a field further", "override-loosens", func(e *model.Example) {
			e.Agreements[0].Fields = map[string]model.Level{"title": model.Public}
		}, true},
		{"closes a field that is none", "unknown-field", func(e *model.Example) {
			e.Agreements[0].Fields = map[string]model.Level{"titel": model.Withheld}
		}, true},
		{"a date that is none", "date-unreadable", func(e *model.Example) { e.Agreements[0].Expires = "soon" }, true},
		{"is over", model.ReasonExpired, func(e *model.Example) { e.Agreements[0].Expires = "2026-02-28" }, true},
		{"with a name, and without", anonymize.ReasonNoName, func(e *model.Example) {
			byName(e, model.Attributed)
			e.Agreements[0].NameForm = model.NameNone
			e.PublicRefs = []model.PublicRef{{Type: "report", Title: "A made-up report"}}
		}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			bad, good := agreed("e1", "p1", "We asked people first."), agreed("e2", "p2", "We paid them.")
			row.change(bad)
			results, err := anonymizer(t, nil).Anonymize(t.Context(), bad, good)
			require.NoError(t, err)
			require.Equal(t, row.withheld, results[0].Withheld())
			require.Equal(t, row.reason, results[0].Log.Reasons[0].Code)
			require.Empty(t, results[0].Record.Published().Sources, "a source says who it was")
			require.False(t, results[1].Withheld())
		})
	}
}

// Every example that cannot be used is named, not only the first.
func TestErrorsNameTheirExamples(t *testing.T) {
	list := []model.Example{
		*agreed("e1", "p1", "We asked."), *agreed("e2", "p1", "Broken \xff."), *agreed("e3", "p2", "Broken \xff."), *agreed("a name\n", "p3", "\xff"),
	}
	for _, workers := range []int{1, 4} {
		results, err := anonymize.All(t.Context(), anonymize.Config{Key: testKey, Now: testNow, Workers: workers}, func(yield func(model.Example, error) bool) {
			for _, e := range list {
				if !yield(e, nil) {
					return
				}
			}
		})
		require.Nil(t, results)
		one, ok := errors.AsType[*anonymize.ExampleError](err)
		require.True(t, ok)
		require.Equal(t, "e2", one.ID)
		require.ErrorContains(t, err, "example e3")
		require.NotContains(t, err.Error(), "a name")
		require.NotContains(t, err.Error(), "Broken")
	}
}

// A stored record ends with its agreements, and belongs to one key.
func TestStoredRecordsEndWithTheirAgreements(t *testing.T) {
	e := agreed("e1", "p1", "We asked people first.")
	e.Agreements[0].Expires = "2026-06-01"
	r := one(t, anonymizer(t, nil), e).Record
	end := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	require.Equal(t, end, r.Expires())
	require.Len(t, r.KeyID(), 32)
	var b bytes.Buffer
	require.NoError(t, r.Store(&b, testKey))
	other := slices.Concat(testKey[1:], testKey[:1])
	for _, row := range []struct {
		name string
		key  []byte
		now  time.Time
		err  error
	}{
		{"in force", testKey, end.Add(-time.Second), nil},
		{"over", testKey, end, anonymize.ErrExpired},
		{"no time", testKey, time.Time{}, anonymize.ErrTime},
		{"no key", nil, testNow, redact.ErrKey},
		{"another key", other, testNow, anonymize.ErrSeal},
	} {
		t.Run(row.name, func(t *testing.T) {
			back, err := anonymize.Load(b.Bytes(), row.key, row.now)
			require.ErrorIs(t, err, row.err)
			require.Equal(t, row.err == nil, back.Valid())
			if row.err == nil {
				require.Equal(t, end, back.Expires())
			}
		})
	}
	require.ErrorIs(t, r.Store(&b, nil), redact.ErrKey)
	require.ErrorIs(t, r.Store(&b, other), anonymize.ErrKeyID)
}
