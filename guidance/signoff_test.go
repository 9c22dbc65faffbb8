// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// anonymised is a made-up example after anonymisation. change may alter it first.
func anonymised(t testing.TB, name string, change func(e *model.Example)) anonymize.Result {
	t.Helper()
	e := &model.Example{
		ID: "e1", Kind: "ki:engagement-activity", Title: model.Text{Value: model.Raw("A bus run by " + name)},
		Parties: []model.Party{{Ref: "p1", Role: "contributor", Holding: "h1", Type: "ot:charity", Identities: []model.Identity{{Type: "organisation", Name: model.Raw(name)}}}},
		Agreements: []model.Agreement{{
			Schema: model.AgreementSchema, ID: "ag", Party: "p1", Level: model.Anonymous, Audience: model.Everyone,
			Uses:    model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseSingleSource: true},
			Consent: model.Consent{Status: "given"}, Approval: model.Approval{Required: true},
		}},
		Challenges: []model.Challenge{{Coded: model.Coded{Code: "ch:seldom-heard", AssignedBy: model.ByContributor, AsWritten: "nobody came"}, Basis: "experienced"}},
		Steps:      []model.Step{{Text: model.Text{Value: model.Raw("We asked " + name + " and then " + name + " again.")}, Method: model.Coded{Code: "me:outreach", AssignedBy: model.ByContributor}}},
		Lessons:    []model.Lesson{{Text: model.Text{Value: "Bring tea."}, Kind: "worked"}},
	}
	if change != nil {
		change(e)
	}
	a, err := anonymize.New(anonymize.Config{
		Key: []byte("a key of thirty-two bytes, tests"), Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Audience: model.Everyone, Reviewed: true, Parties: e.Parties,
	})
	require.NoError(t, err)
	results, err := a.Anonymize(t.Context(), e)
	require.NoError(t, err)
	return results[0]
}

func TestSignOff(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	require.False(t, x.Withheld())
	require.Zero(t, x.Record.Published(), "the approval is awaited")
	g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{Date: "2026-11-22"})
	golden(t, "sign-off", g, err)
	said := text(t, g)
	require.Contains(t, said, x.Log.Approval)
	require.Contains(t, said, "Bring tea.")
	require.Contains(t, said, "you or another contributor named it to us as identifying")
	require.Contains(t, said, "You have not approved the exact text below.")

	// The exact text stands in the sheet so that its fingerprint can be made again.
	for _, s := range g.Sections {
		if s.ID == "exact" {
			require.Equal(t, x.Log.Approval, model.HashText(s.Blocks[1].Text))
			require.Contains(t, string(render(t, guidance.Markdown{}, g)), s.Blocks[1].Text)
		}
	}

	// Once approved, the sheet shows the same text and hash, and no door closed.
	after := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.Agreements[0].Approval.TextSHA256 = x.Log.Approval })
	require.NotZero(t, after.Record.Published())
	h, err := guidance.SignOff(after.Record, after.Log, guidance.Config{})
	require.NoError(t, err)
	require.Contains(t, text(t, h), x.Log.Approval)
	require.NotContains(t, text(t, h), "You have not approved")
}

// Law 6: what was taken out stands on no sheet, in no format.
func TestSignOffHoldsNoRawText(t *testing.T) {
	for n := range 5 {
		canary := modeltest.Canary(t, n)
		x := anonymised(t, canary, nil)
		require.False(t, x.Withheld())
		g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
		require.NoError(t, err)
		for ext, r := range renderers() {
			modeltest.Absent(t, canary, ext, render(t, r, g))
		}
	}
}

func TestSignOffOfWhatIsCountedOnly(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(e *model.Example)
		want   string
	}{
		{"aggregate", func(e *model.Example) { e.Agreements[0].Level = model.Aggregate }, "For now your example is counted only."},
		{"no single source", func(e *model.Example) { delete(e.Agreements[0].Uses, model.UseSingleSource) }, "None of your sentences would be published"},
	} {
		t.Run(row.name, func(t *testing.T) {
			x := anonymised(t, "Wexmoor Listening Trust", row.change)
			g, err := guidance.SignOff(x.Record, x.Log, guidance.Config{})
			require.NoError(t, err)
			said := text(t, g)
			require.Contains(t, said, row.want)
			require.NotContains(t, said, "Bring tea.")
		})
	}
}

func TestSignOffRefuses(t *testing.T) {
	x := anonymised(t, "Wexmoor Listening Trust", nil)
	y := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.Lessons[0].Text.Value += " And cake." })
	other := anonymised(t, "Wexmoor Listening Trust", func(e *model.Example) { e.ID = "e2" })
	for name, pair := range map[string]struct {
		r anonymize.Record
		l anonymize.Log
	}{
		"no record":          {anonymize.Record{}, anonymize.Log{}},
		"another's log":      {x.Record, other.Log},
		"log of a later one": {x.Record, y.Log},
	} {
		g, err := guidance.SignOff(pair.r, pair.l, guidance.Config{})
		require.ErrorIs(t, err, guidance.ErrSignOff, name)
		require.Nil(t, g)
		require.False(t, strings.Contains(err.Error(), "tea"))
	}
}
