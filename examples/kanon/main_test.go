// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

// The values are made up.
const people = "age;region;trust\n31;North;a\n34;North;b\n38;North;c\n41;South;d\n42;South;e\n49;South;e\n"

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	in := write(t, dir, "in.csv", people)
	write(t, dir, "x_hierarchy_age.csv", "31;30s;*\n34;30s;*\n38;30s;*\n41;40s;*\n42;40s;*\n49;40s;*\n")
	write(t, dir, "region.csv", "North;*\nSouth;*\n")
	var out, errs bytes.Buffer
	args := []string{"-in", in, "-hierarchies", dir, "-qi", "age,region", "-sep", ";", "-k", "3"}
	require.NoError(t, run(t.Context(), args, nil, &out, &errs))
	var got map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &got))
	require.InDelta(t, 6*math.Log2(3), got["loss"], 1e-9)
	require.Positive(t, got["checks"])
	delete(got, "loss")
	delete(got, "checks")
	require.Equal(t, map[string]any{
		"levels": []any{1.0, 0.0}, "suppressed": 0.0, "classes": 2.0, "averageRiskBefore": 1.0, "averageRisk": 1.0 / 3,
	}, got)

	marked := t.TempDir() // as Windows writes them
	write(t, marked, "in.csv", "\ufeff"+people)
	write(t, marked, "age.csv", "\ufeff31;30s;*\n34;30s;*\n38;30s;*\n41;40s;*\n42;40s;*\n49;40s;*\n")
	write(t, marked, "region.csv", "\ufeffNorth;*\nSouth;*\n")
	var same bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"-in", filepath.Join(marked, "in.csv"), "-hierarchies", marked, "-qi", "age,region", "-sep", ";", "-k", "3"}, nil, &same, &errs))
	require.Equal(t, out.String(), same.String())

	out.Reset()
	require.NoError(t, run(t.Context(), append(args, "-compare"), nil, &out, &errs))
	require.Contains(t, errs.String(), "of 6 nodes checked")
	require.Contains(t, errs.String(), "every node: 6 in")

	out.Reset()
	require.NoError(t, run(t.Context(), append(args, "-compare", "-holding", "trust"), nil, &out, &errs))
	require.Contains(t, out.String(), `"levels":[2,1]`, "e counts once, so the forties hold two holdings only")
}

func TestRunRefuses(t *testing.T) {
	dir := t.TempDir()
	in := write(t, dir, "in.csv", people)
	write(t, dir, "age.csv", "31;30s;*\n34;30s;*\n38;30s;*\n41;40s;*\n42;40s;*\n")
	write(t, dir, "region.csv", "North;*\nSouth;*\n")
	var out, errs bytes.Buffer
	require.ErrorIs(t, run(t.Context(), nil, nil, &out, &errs), program.ErrUsage)
	require.ErrorIs(t, run(t.Context(), []string{"-in", in, "-hierarchies", dir, "-qi", "../age", "-k", "2", "-sep", ";"}, nil, &out, &errs), program.ErrUsage)
	err := run(t.Context(), []string{"-in", in, "-hierarchies", dir, "-qi", "age,region", "-k", "2", "-sep", ";"}, nil, &out, &errs)
	require.EqualError(t, err, `recode: hierarchy of column "age", record 5, level 0: value is not in the hierarchy`)
	require.NotContains(t, err.Error(), "49", "the value itself is not printed")
	require.Empty(t, out.String())
}
