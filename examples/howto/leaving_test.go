// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
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

var sampleSecret = []byte("a key of thirty-two bytes, tests")

func sampleRecords(t testing.TB) ([]anonymize.Record, options) {
	t.Helper()
	o, err := parse([]string{"-now", "2026-11-28"})
	require.NoError(t, err)
	results, err := anonymize.All(t.Context(), o.anonymizer(sampleSecret), model.Reader{}.JSONLines(sample.Collection()))
	require.NoError(t, err)
	return anonymize.Records(results), o
}

// Whoever leaves the sample, of whom there may be several examples or one, takes at
// most four lines of others along, or as many as it asks for less one, and no guide.
// Several who leave at once cost no more than they would one by one: each hides among
// four others, and those of one class hide each other.
func TestWithdrawalsFromTheSample(t *testing.T) {
	t.Parallel()
	all, o := sampleRecords(t)
	l := &changing{t: t, o: o, store: &edition.Memory{}}
	before := l.publishRecords("first", all)
	topics, lines := len(before.Collection.Topics), len(before.Release.Behind)
	step, draws := 60, uint64(1)
	if os.Getenv("SHAREDPRACTICE_LARGE") != "" {
		step, draws = 1, 20
	}
	fewest, stay, tried := lines, 0, 0
	for i := 0; i < len(all); i += step {
		e, _ := l.costsOf(fmt.Sprint("one left: ", i), before, slices.Delete(slices.Clone(all), i, i+1), nil, max(o.k, all[i].K()))
		require.GreaterOrEqual(t, len(e.Release.Behind), lines-6, "record %d", i)
		require.Len(t, e.Collection.Topics, topics, "record %d", i)
		fewest, stay, tried = min(fewest, len(e.Release.Behind)), stay+len(e.Release.Behind), tried+1
	}
	l.said()
	t.Logf("whichever of %d examples is withdrawn: of %d lines %d stay at least, %.1f in the mean, and all %d topics", tried, lines, fewest, float64(stay)/float64(tried), topics)
	require.LessOrEqual(t, l.mostLines, 4)
	require.LessOrEqual(t, l.mostPercent, 20)
	for _, leave := range []int{2, 3, 5, 10} {
		for draw := range draws {
			r := rand.New(rand.NewPCG(draw, uint64(leave)))
			rest := slices.Clone(all)
			r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
			l.rows, l.mostPercent = nil, 0
			e, _ := l.costsOf(fmt.Sprint(leave, " left"), before, rest[leave:], nil, o.k)
			l.said()
			require.GreaterOrEqual(t, len(e.Release.Behind), lines-6*leave)
			require.LessOrEqual(t, l.mostPercent, 20)
			require.Len(t, e.Collection.Topics, topics)
		}
	}
}
