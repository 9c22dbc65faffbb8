// SPDX-License-Identifier: Apache-2.0

package recode_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure/recode"
)

const adultColumns = "sex,age,race,marital-status,education,native-country,workclass,occupation,salary-class"

// evalDir finds the evaluation data beside the checkout, or skips.
func evalDir(tb testing.TB) string {
	tb.Helper()
	if dir := os.Getenv("SHAREDPRACTICE_EVAL"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	require.NoError(tb, err)
	for {
		eval := filepath.Join(filepath.Dir(dir), "shared", "eval")
		if _, err := os.Stat(eval); err == nil {
			return eval
		}
		if up := filepath.Dir(dir); up != dir {
			dir = up
			continue
		}
		tb.Skip("evaluation data not found: set SHAREDPRACTICE_EVAL")
	}
}

func adult(tb testing.TB) (*recode.Table, []*recode.Hierarchy) {
	tb.Helper()
	dir := filepath.Join(evalDir(tb), "microdata")
	f, err := os.Open(filepath.Join(dir, "adult.csv"))
	require.NoError(tb, err)
	defer f.Close()
	names := strings.Split(adultColumns, ",")
	cols, err := recode.ReadColumns(f, ';', names)
	require.NoError(tb, err)
	var hs []*recode.Hierarchy
	for _, name := range names {
		f, err := os.Open(filepath.Join(dir, "adult_hierarchy_"+name+".csv"))
		require.NoError(tb, err)
		h, err := recode.ReadHierarchy(f, ';')
		f.Close()
		require.NoError(tb, err)
		hs = append(hs, h)
	}
	return &recode.Table{Quasi: cols}, hs
}

// randomTable makes up records, their holdings and hierarchies. Values are
// made up: v0, v1, ...
func randomTable(r *rand.Rand, n int) (*recode.Table, []*recode.Hierarchy) {
	t := &recode.Table{}
	var hs []*recode.Hierarchy
	for c := range 2 + r.IntN(3) {
		width := 2 + r.IntN(7)
		var rows [][]string
		for v := range width {
			row := []string{fmt.Sprintf("v%d", v)}
			for l, step := 0, 2; l < 1+c%2; l, step = l+1, step*2 {
				row = append(row, fmt.Sprintf("l%d-%d", l, v/step))
			}
			rows = append(rows, row)
		}
		h, err := recode.NewHierarchy(rows)
		if err != nil {
			panic(err)
		}
		hs = append(hs, h)
		col := recode.Column{Name: fmt.Sprintf("q%d", c)}
		for range n {
			col.Values = append(col.Values, fmt.Sprintf("v%d", min(r.IntN(width), r.IntN(width))))
		}
		t.Quasi = append(t.Quasi, col)
	}
	s := recode.Column{Name: "s"}
	for range n {
		s.Values = append(s.Values, fmt.Sprintf("s%d", min(r.IntN(4), r.IntN(4))))
	}
	t.Sensitive = []recode.Column{s}
	return t, hs
}
