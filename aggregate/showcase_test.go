// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model"
)

// A public example is shown with the source that makes it public. Where that
// source names somebody who was promised not to be named, it is left out, and
// the example with it; others are shown all the same.
func TestShowcaseNeedsThePublicSource(t *testing.T) {
	const hidden = "Marlinford Hospice" // made up
	for _, row := range []struct {
		name, reason string
		sources      []model.PublicRef
		level        model.Level
		shown        bool
		left         int // sources shown
	}{
		{"own source", "it is public, and names nobody else", []model.PublicRef{{Type: "report", Title: "A made-up report"}}, model.Public, true, 1},
		{"title names another", "the source cannot be printed", []model.PublicRef{{Type: "report", Title: "How " + hidden + " began"}}, model.Public, false, 0},
		{"address names another", "the source cannot be printed", []model.PublicRef{{Type: "web", Title: "A report", URL: "https://marlinfordhospice.example/report"}}, model.Public, false, 0},
		{"one of two names another", "the other makes it public", []model.PublicRef{
			{Type: "report", Title: "How " + hidden + " began"}, {Type: "report", Title: "A made-up report"},
		}, model.Public, true, 1},
		{"attributed", "it is shown by its name, source or none", []model.PublicRef{{Type: "report", Title: "How " + hidden + " began"}}, model.Attributed, true, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			example := func(id string, level model.Level, sources []model.PublicRef) *model.Example {
				for i := range sources {
					sources[i].Covers = []string{"title"}
				}
				return &model.Example{
					ID: id, Kind: "ki:engagement-activity", Title: model.Text{Value: "Made up " + model.Raw(id)}, PublicRefs: sources,
					Parties: []model.Party{{
						Ref: "p-" + id, Role: "contributor", Holding: "h-" + id, Type: "ot:charity",
						Identities: []model.Identity{{Type: "organisation", Name: "Quorlbridge Group"}},
					}},
					Agreements: []model.Agreement{{
						Schema: model.AgreementSchema, ID: "ag", Party: "p-" + id, Level: level, NameForm: model.NameOrganisation, Audience: model.Everyone,
						Uses: model.Uses{model.UseAggregate: true, model.UseShowcase: true}, Consent: model.Consent{Status: "given"},
					}},
				}
			}
			a, err := anonymize.New(anonymize.Config{
				Key: []byte("a key of thirty-two bytes, tests"), Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
				Audience: model.Everyone, Reviewed: true, Recognizers: []recognize.Recognizer{},
				Parties: []model.Party{{Ref: "p-other", Identities: []model.Identity{{Type: "organisation", Name: hidden}}}},
			})
			require.NoError(t, err)
			e1 := example("e1", row.level, row.sources)
			results, err := a.Anonymize(t.Context(), e1)
			require.NoError(t, err)
			e1.Agreements[0].Approval = model.Approval{Required: true, TextSHA256: results[0].Log.Approval}
			results, err = a.Anonymize(t.Context(), e1)
			require.NoError(t, err)
			require.False(t, results[0].Withheld())
			beside, err := a.Anonymize(t.Context(), example("e2", model.Public, []model.PublicRef{{Type: "report", Title: "Another report"}}))
			require.NoError(t, err)

			c, err := aggregate.Build(t.Context(), []anonymize.Record{results[0].Record, beside[0].Record}, aggregate.Config{Audience: model.Everyone})
			require.NoError(t, err)
			shown := map[string]int{}
			for _, x := range c.Showcase {
				require.False(t, x.Level == model.Public && len(x.Sources) == 0, "public without a source")
				shown[x.ID] = len(x.Sources)
			}
			require.Contains(t, shown, beside[0].Record.ID())
			left, found := shown[results[0].Record.ID()]
			require.Equal(t, row.shown, found, row.reason)
			require.Equal(t, row.left, left, row.reason)
		})
	}
}

// A topic lists the named examples that have both its challenge and its objective.
func TestTopicListsItsOwnNamedExamples(t *testing.T) {
	a, err := anonymize.New(anonymize.Config{
		Key: []byte("a key of thirty-two bytes, tests"), Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Audience: model.Everyone, Reviewed: true, Recognizers: []recognize.Recognizer{},
	})
	require.NoError(t, err)
	coded := func(code model.Code) model.Coded { return model.Coded{Code: code, AssignedBy: model.ByContributor} }
	var rs []anonymize.Record
	for i, objective := range []model.Code{"ob:equity", "ob:equity", "ob:equity", "ob:equity", "ob:equity", "ob:trust"} {
		id := string(rune('a' + i))
		e := &model.Example{
			ID: id, Kind: "ki:engagement-activity", Title: model.Text{Value: "Made up " + model.Raw(id)},
			Challenges: []model.Challenge{{Coded: coded("ch:seldom-heard")}}, Objectives: []model.Objective{{Coded: coded(objective)}},
			PublicRefs: []model.PublicRef{{Type: "report", Title: "A made-up report", Covers: []string{"title", "challenges", "objectives"}}},
			Parties:    []model.Party{{Ref: "p-" + id, Role: "contributor", Holding: "h-" + id, Type: "ot:charity"}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "ag", Party: "p-" + id, Level: model.Public, Audience: model.Everyone,
				Uses: model.Uses{model.UseAggregate: true, model.UseGuidance: true, model.UseShowcase: true}, Consent: model.Consent{Status: "given"},
			}},
		}
		results, err := a.Anonymize(t.Context(), e)
		require.NoError(t, err)
		require.False(t, results[0].Withheld())
		rs = append(rs, results[0].Record)
	}
	c, err := aggregate.Build(t.Context(), rs, aggregate.Config{Audience: model.Everyone})
	require.NoError(t, err)
	require.NotEmpty(t, c.Topics)
	listed := 0
	for _, topic := range c.Topics {
		if topic.Objective == "ob:equity" {
			listed += len(topic.Examples)
			require.NotContains(t, topic.Examples, rs[5].ID(), topic.ID)
		}
	}
	require.NotZero(t, listed)
}
