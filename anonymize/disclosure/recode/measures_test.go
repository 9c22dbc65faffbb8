// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

// regions is a made-up table of six records in two regions and three towns.
func regions(t *testing.T) (*recode.Table, recode.Config) {
	t.Helper()
	h, err := recode.NewHierarchy([][]string{{"t1", "r1"}, {"t2", "r1"}, {"t3", "r2"}})
	require.NoError(t, err)
	return &recode.Table{Quasi: []recode.Column{{Name: "town", Values: []string{"t1", "t1", "t2", "t3", "t3", "t3"}}}},
		recode.Config{Hierarchies: []*recode.Hierarchy{h}, Requirement: recode.Requirement{K: 3}}
}

func TestUtilityAndRisk(t *testing.T) {
	table, cfg := regions(t)
	r, err := recode.TopDown(t.Context(), table, cfg)
	require.NoError(t, err)
	require.Len(t, r.Classes, 2)
	u, err := recode.MeasureUtility(table, r, cfg)
	require.NoError(t, err)
	require.Equal(t, []recode.ClassSize{{Holdings: 3, Classes: 2}}, u.Histogram)
	require.InDelta(t, 3, u.AverageClass, 0)
	require.InDelta(t, 18, u.Discernibility, 0)
	require.InDelta(t, -2*math.Log2(2.0/3)-math.Log2(1.0/3), u.Entropy, 1e-12)

	risks := recode.MeasureRisk(r, 0)
	require.InDelta(t, 1.0/3, risks.Highest, 1e-15)
	require.InDelta(t, 1, risks.AtRisk, 0)
}

func TestAdultMeasures(t *testing.T) {
	table, hs := adult(t)
	cfg := recode.Config{Hierarchies: hs, Requirement: recode.Requirement{K: 5}}
	r, err := recode.FullDomain(table, cfg, []int{1, 2, 1, 1, 3, 2, 2, 1, 1}, all(table.Len()))
	require.NoError(t, err)
	require.Len(t, r.Classes, 48)
	u, err := recode.MeasureUtility(table, r, cfg)
	require.NoError(t, err)
	require.InDelta(t, 407289.5388925293, u.Entropy, 1e-6, "the same loss by another way")
	require.InDelta(t, 30162.0/48, u.AverageClass, 1e-9)
	raw, err := recode.FullDomain(table, cfg, make([]int, 9), all(table.Len()))
	require.NoError(t, err)
	require.InDelta(t, 0.6465751607983555, recode.MeasureRisk(raw, 0).Average, 1e-12)
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
	cfg := recode.Config{Hierarchies: hs, Requirement: recode.Requirement{K: 3}}
	now, err := recode.Recode(t.Context(), table, cfg)
	require.NoError(t, err)
	costs, err := recode.CostByAgreement(t.Context(), table, cfg, agreements, now)
	require.NoError(t, err)
	require.Equal(t, "strict", costs[0].Agreement)
	require.Equal(t, 10, costs[0].Records)
	require.Positive(t, costs[0].Saved, "without the strict agreement the release says more")
	require.Zero(t, costs[1].Saved)

	what, err := recode.WhatIfK(t.Context(), table, cfg, []int{2, 5, 20, 81}, nil)
	require.NoError(t, err)
	require.False(t, what[3].Possible)
	require.Less(t, what[0].Loss, what[2].Loss)

	r, err := recode.Recode(t.Context(), table, cfg)
	require.NoError(t, err)
	u, err := recode.MeasureUtility(table, r, cfg)
	require.NoError(t, err)
	report := recode.Report{
		Before: recode.MeasureRisk(r, 0), After: recode.MeasureRisk(r, 0), Utility: u, WhatIf: what,
		Agreements: costs, Worksheet: recode.Worksheet(r, 5),
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
}
