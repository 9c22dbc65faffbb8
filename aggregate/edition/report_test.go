// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// A report is made of what an edition was made of, whatever the store holds since; there is
// none where no line can be coarsened.
func TestReport(t *testing.T) {
	var rows []row
	for i := range 12 {
		rows = append(rows, row{
			ref: fmt.Sprintf("r%02d", i), level: model.Anonymous, kind: "ki:engagement-activity", org: "ot:charity",
			challenges: []model.Code{"ch:tokenism"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:survey"},
		})
	}
	of := func(rows []row) (*edition.Edition, string) {
		e, err := pressOf(t, &edition.Memory{}).Publish(t.Context(), records(t, model.Everyone, rows))
		require.NoError(t, err)
		report, err := e.Report(t.Context())
		require.NoError(t, err)
		if report == nil {
			return e, ""
		}
		var out strings.Builder
		require.NoError(t, report.WriteMarkdown(&out, false))
		return e, out.String()
	}
	e, said := of(rows)
	require.Contains(t, said, fmt.Sprintf("- Records: %d, of which %d suppressed", len(rows), len(rows)-len(e.Release.Behind)))
	require.Contains(t, said, "| 5 | 0.000 | 1 | 0 |", "at the threshold that it was made under")
	for i := range rows {
		rows[i].level = model.Aggregate
	}
	_, said = of(rows)
	require.Empty(t, said)
	_, said = of(nil)
	require.Empty(t, said)
}
