// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
	"github.com/sharedpractice/sharedpractice/model"
)

func TestCodeHierarchies(t *testing.T) {
	hs := disclosure.DefaultHierarchies()
	for _, tt := range []struct {
		name, reason, qi, value string
		want                    []string
	}{
		{"year", "five, ten, nothing", "year", "2023", []string{"2023", "2020-2024", "2020-2029", "*"}},
		{"range", "a range that fits no five years waits for ten", "year", "2019-2022", []string{"2019-2022", "2019-2022", "2019-2022", "*"}},
		{"missing", "missing stays missing", "year", "", []string{"", "", "", "*"}},
		{"set", "two of one kind become one", "organisation-type", "ot:ambulance-trust+ot:nhs-acute-trust", []string{"ot:ambulance-trust+ot:nhs-acute-trust", "ot:health-care-provider"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for l, want := range tt.want {
				got, ok := hs[tt.qi].Generalize(tt.value, l)
				require.True(t, ok)
				require.Equal(t, want, got, tt.reason)
			}
			got, ok := hs[tt.qi].Generalize(tt.value, hs[tt.qi].Height()-1)
			require.True(t, ok)
			require.Equal(t, "*", got)
		})
	}
}

// sampleRecords anonymises the made-up sample collection.
func sampleRecords(t *testing.T) []anonymize.Record {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "examples", "internal", "sample", "collection.jsonl"))
	require.NoError(t, err)
	defer f.Close()
	var examples []*model.Example
	var parties []model.Party
	for e, err := range (model.Reader{}).JSONLines(f) {
		require.NoError(t, err)
		examples = append(examples, &e)
		parties = append(parties, e.Parties...)
	}
	a, err := anonymize.New(anonymize.Config{
		Key: bytes.Repeat([]byte{7}, 32), Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Audience: model.Everyone, Parties: parties,
	})
	require.NoError(t, err)
	results, err := a.Anonymize(t.Context(), examples...)
	require.NoError(t, err)
	var out []anonymize.Record
	for _, r := range results {
		if !r.Withheld() {
			out = append(out, r.Record)
		}
	}
	return out
}

func TestReleaseOfSample(t *testing.T) {
	records := sampleRecords(t)
	path := filepath.Join(t.TempDir(), "ledger")
	ledger := openLedger(t, path)
	cfg := disclosure.ReleaseConfig{Key: testKey(t), Edition: "first", Ledger: ledger, K: 3}
	first, err := disclosure.NewRelease(t.Context(), records, cfg)
	require.NoError(t, err)
	t.Logf("%d records, %d published, loss %.3f, %d classes", len(records), len(first.Behind), first.Recoding.Loss, len(first.Recoding.Classes))
	require.NotEmpty(t, first.Behind)
	for _, c := range first.Recoding.Classes {
		require.GreaterOrEqual(t, c.Holdings, c.K)
	}
	report, err := first.Report(t.Context(), records, cfg)
	require.NoError(t, err)
	require.LessOrEqual(t, report.After.Highest, 1.0/3)
	require.Greater(t, report.Before.Average, report.After.Average)
	var md bytes.Buffer
	require.NoError(t, report.WriteMarkdown(&md, false))
	require.NotContains(t, md.String(), string(records[0].Holdings()[0]))

	// The same bytes in whatever order records come.
	turned := slices.Clone(records)
	slices.Reverse(turned)
	again, err := disclosure.NewRelease(t.Context(), turned, cfg)
	require.NoError(t, err)
	require.Equal(t, first.Proof.Release, again.Proof.Release)
	require.Equal(t, first.Proof.Certificate, again.Proof.Certificate)

	require.NoError(t, first.Proof.Commit())
	ledgerData, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = disclosure.VerifyCertificate(disclosure.Bundle{
		Release: first.Proof.Release, Certificate: first.Proof.Certificate, Ledger: ledgerData, Sealed: first.Proof.Sealed, Key: testKey(t),
	})
	require.NoError(t, err)

	// A second edition of the same records says the same.
	cfg.Edition = "second"
	second, err := disclosure.NewRelease(t.Context(), records, cfg)
	require.NoError(t, err)
	require.Equal(t, first.Proof.Release, second.Proof.Release)
	require.Equal(t, first.Recoding.Loss, second.Recoding.Loss)
	require.NoError(t, second.Proof.Commit())

	// One holding withdraws: all classes it stood in go, nothing else changes.
	gone := first.Behind[0].Holdings()[0]
	list, err := ledger.Withdraw(string(gone))
	require.NoError(t, err)
	require.NotEmpty(t, list)
	cfg.Edition = "third"
	third, err := disclosure.NewRelease(t.Context(), records, cfg)
	require.NoError(t, err)
	require.NoError(t, third.Proof.Commit())
	require.Less(t, len(third.Behind), len(second.Behind))
	for _, r := range third.Behind {
		require.NotContains(t, r.Holdings(), gone)
	}
	was := map[string][]byte{}
	for _, r := range first.Behind {
		was[r.ID()], err = json.Marshal(r)
		require.NoError(t, err)
	}
	for _, r := range third.Behind {
		now, err := json.Marshal(r)
		require.NoError(t, err)
		require.Equal(t, string(was[r.ID()]), string(now), "a record changed its wording")
	}
}

func TestReleaseHoldsNewcomersBack(t *testing.T) {
	whole(t)
	records := sampleRecords(t)
	ledger := openLedger(t, filepath.Join(t.TempDir(), "ledger"))
	cfg := disclosure.ReleaseConfig{Key: testKey(t), Edition: "e0", Ledger: ledger, K: 3}
	at := slices.IndexFunc(records, func(r anonymize.Record) bool { return r.Level() == model.Anonymous })
	some := slices.Concat(records[:at], records[at+1:])
	first, err := disclosure.NewRelease(t.Context(), some, cfg)
	require.NoError(t, err)
	require.NoError(t, first.Proof.Commit())
	cfg.Edition = "e1"
	next, err := disclosure.NewRelease(t.Context(), records, cfg)
	require.NoError(t, err)
	require.NoError(t, next.Proof.Commit())
	require.Equal(t, first.Proof.Release, next.Proof.Release, "one newcomer would stand out, so it waits")
}

func TestReleaseEditionsInPortions(t *testing.T) {
	whole(t)
	// Records arriving in portions: every edition passes the ledger by itself.
	records := sampleRecords(t)
	ledger := openLedger(t, filepath.Join(t.TempDir(), "ledger"))
	last := 0
	for i, n := range []int{40, 60, 61, 90, len(records)} {
		cfg := disclosure.ReleaseConfig{Key: testKey(t), Edition: fmt.Sprint("e", i), Ledger: ledger, K: 3}
		r, err := disclosure.NewRelease(t.Context(), records[:n], cfg)
		require.NoError(t, err)
		require.NoError(t, r.Proof.Commit())
		require.GreaterOrEqual(t, len(r.Behind), last)
		last = len(r.Behind)
		// Each record is printed or left out, with one reason.
		told := map[string]int{}
		for _, rec := range r.Behind {
			_, err := json.Marshal(rec)
			require.NoError(t, err)
			told[rec.ID()]++
		}
		for _, d := range r.Dropped {
			require.NotEmpty(t, d.Reason)
			told[d.ID]++
		}
		for j, rec := range records[:n] {
			require.Equal(t, 1, told[rec.ID()], "edition %d, record %d", i, j)
		}
		require.Len(t, told, n)
		// Classes of K, with few records, or of 2K or more: who leaves one can take
		// K-1 others along and K are left.
		for g, c := range r.Recoding.Classes {
			if i == 0 && len(r.Recoding.Classes) > 1 && c.K <= cfg.K {
				require.True(t, c.Holdings >= 2*cfg.K || c.Holdings == cfg.K && len(c.Records) <= cfg.K+1, "class %d: %d holdings, %d records", g, c.Holdings, len(c.Records))
			}
		}
	}
	t.Logf("%d of %d records published in the end", last, len(records))
}

func TestReleaseAtAStricterThreshold(t *testing.T) {
	whole(t)
	// The next edition asks for more than the first did: classes that have no
	// more to offer go whole, and no error stands in the way.
	records := sampleRecords(t)
	ledger := openLedger(t, filepath.Join(t.TempDir(), "ledger"))
	first, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{Key: testKey(t), Edition: "e1", Ledger: ledger, K: 3})
	require.NoError(t, err)
	require.NoError(t, first.Proof.Commit())
	second, err := disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{
		Key: testKey(t), Edition: "e2", Ledger: ledger, K: 6, Diversity: []recode.Diversity{{Column: "kind", L: 1}, {Column: "level", L: 1}},
	})
	require.NoError(t, err)
	require.NoError(t, second.Proof.Commit())
	require.Less(t, len(second.Behind), len(first.Behind))
	_, err = disclosure.NewRelease(t.Context(), records, disclosure.ReleaseConfig{
		Key: testKey(t), Edition: "e3", Diversity: []recode.Diversity{{Column: "year", L: 2}},
	})
	require.ErrorIs(t, err, disclosure.ErrInput, "a quasi-identifier is alike in every class")
	for _, c := range second.Recoding.Classes {
		require.GreaterOrEqual(t, c.Holdings, 6)
	}
}
