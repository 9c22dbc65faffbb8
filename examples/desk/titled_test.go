// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// A sheet as people keep it, with a title above the headings, empty rows, a column of
// notes and days that Excel counts, gives what the plain one gives.
func TestCollect_titled(t *testing.T) {
	raw, err := os.ReadFile("testdata/messy.csv")
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
	require.NoError(t, err)
	x := excelize.NewFile()
	at, year := 4, 0
	require.NoError(t, x.SetCellValue("Sheet1", "A1", "Patient engagement examples, autumn round"))
	require.NoError(t, x.SetCellValue("Sheet1", "A2", "please do not sort"))
	for i, row := range rows {
		if i > 0 && i%6 == 0 {
			at++ // an empty row
		}
		for j, cell := range row {
			if i == 0 && cell == "Year" {
				year = j
			}
			name, err := excelize.CoordinatesToCellName(j+1, at)
			require.NoError(t, err)
			if i > 0 && j == year && cell == "2025" {
				require.NoError(t, x.SetCellInt("Sheet1", name, 45930)) // a day of October 2025
				continue
			}
			require.NoError(t, x.SetCellStr("Sheet1", name, cell))
		}
		name, err := excelize.CoordinatesToCellName(len(row)+1, at)
		require.NoError(t, err)
		require.NoError(t, x.SetCellStr("Sheet1", name, map[bool]string{true: "Notes (office)", false: ""}[i == 0]))
		at++
	}
	require.Positive(t, year)
	var b bytes.Buffer
	require.NoError(t, x.Write(&b))
	v := desk(t, newPath(t))
	v.taken("kept.xlsx", b.Bytes())
	kept, err := v.examples(t.Context())
	require.NoError(t, err)
	w := desk(t, newPath(t))
	w.messy()
	plain, err := w.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, kept, len(plain))
	of := func(v *visit) (years, letters int) {
		all, err := v.examples(t.Context())
		require.NoError(t, err)
		for _, e := range all {
			years += e.Context.Year
			letters += len(string(e.Account))
		}
		return years, letters
	}
	years, letters := of(v)
	wantYears, wantLetters := of(w)
	assert.Equal(t, wantYears, years)
	assert.Equal(t, wantLetters, letters)
}

// What stands in the rows of headings is shown as nobody's answer.
func TestCollect_samples(t *testing.T) {
	raw, err := os.ReadFile(exports + "/qualtrics.csv")
	require.NoError(t, err)
	v := desk(t, newPath(t))
	code, page := v.send("/collect/upload", "qualtrics.csv", raw)
	require.Equal(t, http.StatusOK, code)
	require.NotContains(t, page, "ImportId")
	require.Contains(t, page, `class="sample"`)
}
