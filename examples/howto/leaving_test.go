// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

// Whichever example of the sample is withdrawn, the next release keeps all lines
// but six: its own and those of four others, or a class of six whole. Every one
// with SHAREDPRACTICE_LARGE, some without.
func TestOneWithdrawalCostsFewLines(t *testing.T) {
	t.Parallel()
	all, _ := sampleRecords(t)
	key, err := disclosure.NewKey(sampleSecret)
	require.NoError(t, err)
	ledger, err := disclosure.NewLedger(nil, nil, key)
	require.NoError(t, err)
	first, err := disclosure.NewRelease(t.Context(), all, disclosure.ReleaseConfig{Key: key, Edition: "e1", K: aggregate.KPublic, Ledger: ledger})
	require.NoError(t, err)
	require.NoError(t, first.Proof.Commit())
	printed := map[string][]byte{}
	for line := range bytes.SplitSeq(bytes.TrimSpace(first.Proof.Release), []byte("\n")) {
		var r struct{ ID string }
		require.NoError(t, json.Unmarshal(line, &r))
		printed[r.ID] = line
	}
	require.Len(t, printed, len(first.Records))
	step := 8
	if os.Getenv("SHAREDPRACTICE_LARGE") != "" {
		step = 1
	}
	for i := 0; i < len(all); i += step {
		rest := slices.Delete(slices.Clone(all), i, i+1)
		next, err := disclosure.NewRelease(t.Context(), rest, disclosure.ReleaseConfig{
			Key: key, Edition: "e2", K: aggregate.KPublic, Ledger: ledger, Printed: printed,
		})
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(next.Records), len(first.Records)-6, "record %d", i)
	}
}

// Nor is a guide lost.
func TestOneWithdrawalCostsNoGuide(t *testing.T) {
	t.Parallel()
	all, o := sampleRecords(t)
	press := func(store edition.Store) *edition.Press {
		p, err := edition.Open(t.Context(), store, sampleSecret, edition.Config{Now: o.now, Audience: o.audience, K: o.k, Embedder: wordtable.Default()})
		require.NoError(t, err)
		return p
	}
	store := &edition.Memory{}
	first, err := press(store).Publish(t.Context(), all)
	require.NoError(t, err)
	step := 60
	if os.Getenv("SHAREDPRACTICE_LARGE") != "" {
		step = 1
	}
	for i := 0; i < len(all); i += step {
		e, err := press(store).Draft(t.Context(), slices.Delete(slices.Clone(all), i, i+1))
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(e.Release.Records), len(first.Release.Records)-6, "record %d", i)
		require.Len(t, e.Collection.Topics, len(first.Collection.Topics), "record %d", i)
	}
}

var sampleSecret = []byte("a key of thirty-two bytes, tests")

func sampleRecords(t testing.TB) ([]anonymize.Record, options) {
	t.Helper()
	o, err := parse([]string{"-now", "2026-11-28"})
	require.NoError(t, err)
	results, err := anonymize.All(t.Context(), o.anonymizer(sampleSecret), model.ReadJSONLines(sample.Collection()))
	require.NoError(t, err)
	return anonymize.Records(results), o
}
