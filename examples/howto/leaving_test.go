// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
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
// but five: its own and those of four others; or six, where somebody among them asks
// to be one of six. Every one with SHAREDPRACTICE_LARGE, some without.
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
	require.Len(t, printed, len(first.Behind))
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
		require.GreaterOrEqual(t, len(next.Behind), len(first.Behind)-6, "record %d", i)
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
		require.GreaterOrEqual(t, len(e.Release.Behind), len(first.Release.Behind)-6, "record %d", i)
		require.Len(t, e.Collection.Topics, len(first.Collection.Topics), "record %d", i)
	}
}

var sampleSecret = []byte("a key of thirty-two bytes, tests")

func sampleRecords(t testing.TB) ([]anonymize.Record, options) {
	t.Helper()
	o, err := parse([]string{"-now", "2026-11-28"})
	require.NoError(t, err)
	results, err := anonymize.All(t.Context(), o.anonymizer(sampleSecret), model.Reader{}.JSONLines(sample.Collection()))
	require.NoError(t, err)
	return anonymize.Records(results), o
}

// Several who leave at once cost no more than they would one by one: each hides
// among four others, and those of one class hide each other.
func TestSeveralWithdrawalsAtOnce(t *testing.T) {
	t.Parallel()
	all, o := sampleRecords(t)
	store := &edition.Memory{}
	press := func() *edition.Press {
		p, err := edition.Open(t.Context(), store, sampleSecret, edition.Config{Now: o.now, Audience: o.audience, K: o.k, Embedder: wordtable.Default()})
		require.NoError(t, err)
		return p
	}
	first, err := press().Publish(t.Context(), all)
	require.NoError(t, err)
	draws := uint64(1)
	if os.Getenv("SHAREDPRACTICE_LARGE") != "" {
		draws = 20
	}
	for _, leave := range []int{2, 3, 5, 10} {
		for draw := range draws {
			r := rand.New(rand.NewPCG(draw, uint64(leave)))
			rest := slices.Clone(all)
			r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
			e, err := press().Draft(t.Context(), rest[leave:])
			require.NoError(t, err)
			lost := len(first.Release.Behind) - len(e.Release.Behind)
			t.Logf("%d leave: %d of %d lines, %d of %d statements, %d of %d topics", leave, len(e.Release.Behind), len(first.Release.Behind),
				statementsOf(e.Collection), statementsOf(first.Collection), len(e.Collection.Topics), len(first.Collection.Topics))
			require.LessOrEqual(t, lost, 6*leave)
			require.GreaterOrEqual(t, 10*statementsOf(e.Collection), 8*statementsOf(first.Collection))
			require.Len(t, e.Collection.Topics, len(first.Collection.Topics))
		}
	}
}
