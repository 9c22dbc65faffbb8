// SPDX-License-Identifier: Apache-2.0

package intake_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// BenchmarkPropose reads an export of a few rows and one of many, of which no two have the same
// story.
func BenchmarkPropose(b *testing.B) {
	f, err := os.Open("testdata/exports/google-forms.csv")
	require.NoError(b, err)
	defer f.Close()
	few, err := intake.ReadCSV(f)
	require.NoError(b, err)
	for _, rows := range []int{20, 2000} {
		t := intake.Table{Rows: few.Rows[:1:1]}
		for n := range rows {
			row := intake.Row{Number: n + 2}
			for _, cell := range few.Rows[1+n%(len(few.Rows)-1)].Cells {
				if len(cell) > 60 {
					cell = fmt.Sprintf("%s It was group %d.", cell, n)
				}
				row.Cells = append(row.Cells, cell)
			}
			t.Rows = append(t.Rows, row)
		}
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			for b.Loop() {
				_, err := intake.Propose(t)
				require.NoError(b, err)
			}
		})
	}
}
