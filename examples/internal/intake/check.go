// SPDX-License-Identifier: Apache-2.0

package intake

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

// WriteFindings writes findings as CSV, one a line, for a person beside the
// sheet: in the order of its rows and columns, those about the sheet first.
func WriteFindings(w io.Writer, findings []Finding) error {
	out := csv.NewWriter(w)
	_ = out.Write(FindingsHead())
	for _, f := range Sorted(findings) {
		row, usable := "", "yes"
		if f.Row > 0 {
			row = itoa(f.Row)
		}
		if f.Unusable {
			usable = "no"
		}
		_ = out.Write([]string{row, f.Column, program.Cell(f.Header), f.Question, f.Fault, program.Cell(f.Was), strings.Join(f.Nearest, " | "), strings.Join(f.Allowed, " | "), usable})
	}
	out.Flush()
	return out.Error()
}

// FindingsHead is the first row of a list of findings.
func FindingsHead() []string {
	return []string{"row", "column", "header", "question", "what is the matter", "what was there", "nearest", "allowed", "row can be used"}
}
