// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// regions is a made-up table of six records in two regions and three towns.
func regions(t *testing.T) (*disclosure.Table, disclosure.RecodeConfig) {
	t.Helper()
	h, err := disclosure.NewTree(map[string]string{"t1": "r1", "t2": "r1", "t3": "r2"})
	require.NoError(t, err)
	return &disclosure.Table{Quasi: []disclosure.Column{{Name: "town", Values: []string{"t1", "t1", "t2", "t3", "t3", "t3"}}}},
		disclosure.RecodeConfig{Hierarchies: []*disclosure.Hierarchy{h}, Requirement: disclosure.Requirement{K: 3}}
}

func TestUtilityAndRisk(t *testing.T) {
	table, cfg := regions(t)
	r, err := disclosure.Local(t.Context(), table, cfg)
	require.NoError(t, err)
	require.Len(t, r.Classes, 2)
	u, err := disclosure.MeasureUtility(table, r, cfg)
	require.NoError(t, err)
	require.Equal(t, []disclosure.Bar{{Size: 3, Count: 2}}, u.Histogram)
	require.InDelta(t, 3, u.AverageClass, 0)
	require.InDelta(t, 18, u.Discernibility, 0)
	require.InDelta(t, -2*math.Log2(2.0/3)-math.Log2(1.0/3), u.Entropy, 1e-12)

	risks := disclosure.MeasureRisks(r, nil, 0)
	require.InDelta(t, 1.0/3, risks.Prosecutor.Highest, 1e-15)
	require.InDelta(t, 1, risks.Prosecutor.AtRisk, 0)

	register := &disclosure.Table{Quasi: []disclosure.Column{{Name: "town", Values: []string{"t1", "t1", "t1", "t2", "t2", "t2", "t3", "t3", "t3"}}}}
	p, err := disclosure.Against(t.Context(), r, cfg, register)
	require.NoError(t, err)
	require.Equal(t, 3, p.Least)
	require.ElementsMatch(t, []int{6, 3}, p.Register)
	require.InDelta(t, 1, p.High, 0, "three of three: a reader knows that they took part")
	require.True(t, p.Meets(3, 0, 1))
	require.False(t, p.Meets(3, 0, 0.9), "delta-presence")
	require.False(t, p.Meets(4, 0, 1), "k-map")
	risks = disclosure.MeasureRisks(r, p, 0)
	require.InDelta(t, (3.0/6+3.0/3)/6, risks.Journalist.Average, 1e-15)
	require.InDelta(t, 1.0/3, risks.Journalist.Highest, 1e-15)

	register = register.Select([]int{0, 1, 3, 6})
	_, err = disclosure.Against(t.Context(), r, cfg, register)
	require.ErrorIs(t, err, disclosure.ErrInput, "fewer in the register than in the release")
}

func TestAdultMeasures(t *testing.T) {
	table, hs := adult(t)
	cfg := disclosure.RecodeConfig{Hierarchies: hs, Requirement: disclosure.Requirement{K: 5}}
	r, err := disclosure.FullDomain(table, cfg, []int{1, 2, 1, 1, 3, 2, 2, 1, 1}, all(table.Len()))
	require.NoError(t, err)
	require.Len(t, r.Classes, 48)
	u, err := disclosure.MeasureUtility(table, r, cfg)
	require.NoError(t, err)
	require.InDelta(t, 407289.5388925293, u.Entropy, 1e-6, "the same loss by another way")
	require.InDelta(t, 30162.0/48, u.AverageClass, 1e-9)
	raw, err := disclosure.FullDomain(table, cfg, make([]int, 9), all(table.Len()))
	require.NoError(t, err)
	require.InDelta(t, 0.6465751607983555, disclosure.MeasureRisks(raw, nil, 0).Prosecutor.Average, 1e-12)
}

func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestCostAndWhatIf(t *testing.T) {
	table, hs := randomTable(rand.New(rand.NewPCG(3, 3)), 80)
	table.K = make([]int, 80)
	agreements := make([]string, 80)
	for i := range agreements {
		agreements[i] = "plain"
		if i%8 == 0 {
			agreements[i], table.K[i] = "strict", 15
		}
	}
	cfg := disclosure.RecodeConfig{Hierarchies: hs, Requirement: disclosure.Requirement{K: 3}}
	costs, err := disclosure.CostByAgreement(t.Context(), table, cfg, agreements)
	require.NoError(t, err)
	require.Equal(t, "strict", costs[0].Agreement)
	require.Equal(t, 10, costs[0].Records)
	require.Positive(t, costs[0].Saved, "without the strict agreement the release says more")
	require.Zero(t, costs[1].Saved)

	what, err := disclosure.WhatIfK(t.Context(), table, cfg, []int{2, 5, 20, 81})
	require.NoError(t, err)
	require.False(t, what[3].Possible)
	require.Less(t, what[0].Loss, what[2].Loss)

	r, err := disclosure.Best(t.Context(), table, cfg)
	require.NoError(t, err)
	u, err := disclosure.MeasureUtility(table, r, cfg)
	require.NoError(t, err)
	preset, ok := disclosure.FindPreset("isb1523-weak")
	require.True(t, ok)
	report := disclosure.Report{
		Before: disclosure.MeasureRisks(r, nil, 0), After: disclosure.MeasureRisks(r, nil, 0), Utility: u, WhatIf: what,
		Agreements: costs, Preset: &preset, Worksheet: disclosure.Worksheet(r, 5),
	}
	var private, public bytes.Buffer
	require.NoError(t, report.WriteMarkdown(&private, false))
	require.NoError(t, report.WriteMarkdown(&public, true))
	require.Contains(t, private.String(), "| strict | 10 | 15 |")
	require.Contains(t, private.String(), "Motivated-intruder work sheet")
	require.NotContains(t, public.String(), "strict")
	require.NotContains(t, public.String(), "work sheet")
	require.NotContains(t, public.String(), "suppressed")
	require.Contains(t, private.String(), "| 81 | not possible |")

	for _, draw := range []func(io.Writer) error{u.WriteHistogram, func(w io.Writer) error { return disclosure.WriteWhatIf(w, what) }} {
		var svg bytes.Buffer
		require.NoError(t, draw(&svg))
		d := xml.NewDecoder(&svg)
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
		}
	}
}

func TestTags(t *testing.T) {
	rec := func(holding, tags string) disclosure.TagRecord {
		return disclosure.TagRecord{Tags: strings.Fields(tags), Holdings: []string{holding}}
	}
	records := []disclosure.TagRecord{rec("a", "x y"), rec("b", "x y"), rec("c", "x z"), rec("d", "z x"), rec("a", "y z"), rec("b", "x")}
	faults, err := disclosure.CheckTags(t.Context(), records, 2, 1)
	require.NoError(t, err)
	require.Empty(t, faults, "each tag alone is carried by two")
	faults, err = disclosure.CheckTags(t.Context(), records, 2, 2)
	require.NoError(t, err)
	require.Equal(t, []disclosure.TagFault{{Record: 4, Tags: []int{0, 1}}}, faults, "y and z together by one only")
	kept, removed, err := disclosure.SuppressTags(t.Context(), records, 2, 2)
	require.NoError(t, err)
	require.Equal(t, 1, removed)
	for i := range records {
		records[i].Tags = kept[i]
	}
	faults, err = disclosure.CheckTags(t.Context(), records, 2, 2)
	require.NoError(t, err)
	require.Empty(t, faults)
	same := []disclosure.TagRecord{rec("a", "x"), rec("a", "x")}
	faults, err = disclosure.CheckTags(t.Context(), same, 2, 1)
	require.NoError(t, err)
	require.Len(t, faults, 1, "one holding twice is one")
}
