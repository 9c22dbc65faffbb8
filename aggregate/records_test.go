// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// What may not stand in one collection is refused, whole.
func TestBuildRefusesRecords(t *testing.T) {
	made := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	end := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	until := "2026-06-01"
	record := func(id, key string, readers model.Audience) anonymize.Record {
		a, err := anonymize.New(anonymize.Config{Key: []byte(key), Now: made, Audience: readers})
		require.NoError(t, err)
		results, err := a.Anonymize(t.Context(), &model.Example{
			ID: id, Kind: "ki:engagement-activity", Title: model.Text{Value: "A made-up example"},
			Parties: []model.Party{{Ref: "p-" + id, Role: "contributor", Type: "ot:charity"}},
			Agreements: []model.Agreement{{
				Schema: model.AgreementSchema, ID: "ag", Party: "p-" + id, Level: model.Anonymous, Audience: model.Everyone,
				Uses: model.Uses{model.UseAggregate: true}, Consent: model.Consent{Status: "given"}, Expires: until,
			}},
		})
		require.NoError(t, err)
		require.False(t, results[0].Withheld())
		return results[0].Record
	}
	const key, other = "a key of thirty-two bytes, tests", "another key of thirty-two bytes."
	bounded := record("e1", key, model.Everyone)
	until = ""
	unbounded := record("e2", key, model.Everyone)
	until = "2026-06-01"
	for _, row := range []struct {
		name    string
		records []anonymize.Record
		now     time.Time
		err     error
	}{
		{"in force", []anonymize.Record{record("e1", key, model.Everyone), record("e2", key, model.Everyone)}, made, nil},
		{"an agreement without an end", []anonymize.Record{bounded, unbounded}, made, nil},
		{"an agreement without an end, long after", []anonymize.Record{unbounded}, end.AddDate(100, 0, 0), nil},
		{"no moment", []anonymize.Record{bounded, unbounded}, time.Time{}, nil},
		{"one agreement of two is over", []anonymize.Record{unbounded, bounded}, end, anonymize.ErrExpired},
		{"an agreement is over", []anonymize.Record{record("e1", key, model.Everyone)}, end, anonymize.ErrExpired},
		{"one contributor under two keys", []anonymize.Record{record("e1", key, model.Everyone), record("e1", other, model.Everyone)}, made, aggregate.ErrKeys},
		{"fewer readers", []anonymize.Record{record("e1", key, model.Members)}, made, aggregate.ErrAudience},
		{"not sealed", []anonymize.Record{{}}, made, aggregate.ErrRecord},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, err := aggregate.Build(t.Context(), row.records, aggregate.Config{Audience: model.Everyone, Now: row.now})
			require.ErrorIs(t, err, row.err)
			require.Equal(t, row.err == nil, c != nil)
		})
	}
}
