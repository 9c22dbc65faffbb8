// SPDX-License-Identifier: Apache-2.0

package returned

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

// Where several parties must approve, one sheet cannot say for all; where answers
// differ, the most closed holds.
func TestSignedSheetsFailClosed(t *testing.T) {
	log := anonymize.Log{Approval: strings.Repeat("a", 64)}
	two := func() model.Example {
		return model.Example{Agreements: []model.Agreement{
			{Party: "p1", Approval: model.Approval{Required: true}}, {Party: "p2", Approval: model.Approval{Required: true, TextSHA256: strings.Repeat("b", 64)}},
		}}
	}
	for _, row := range []struct {
		name     string
		verdicts []guidance.Verdict
		one      bool
		partner  bool
		want     string
	}{
		{"yes of one", []guidance.Verdict{guidance.Agreed}, true, false, log.Approval},
		{"yes where a partner was not asked", []guidance.Verdict{guidance.Agreed}, true, true, ""}, // it may be the partner's
		{"yes where two must", []guidance.Verdict{guidance.Agreed}, false, false, ""},
		{"yes and no", []guidance.Verdict{guidance.Agreed, guidance.Refused}, true, false, ""},
		{"yes, then changes", []guidance.Verdict{guidance.WithChange, guidance.Agreed}, true, false, ""},
		{"no answer", []guidance.Verdict{guidance.Undecided}, true, false, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := two()
			if row.one {
				e.Agreements = e.Agreements[:1]
			}
			if row.partner {
				e.Agreements = append(e.Agreements, model.Agreement{Party: "p2"})
			}
			before := e.Agreements
			var answers []guidance.SignedOff
			for _, v := range row.verdicts {
				answers = append(answers, guidance.SignedOff{Log: log, Verdict: v})
			}
			(&Filed{}).put(&e, answers)
			require.Equal(t, row.want, e.Agreements[0].Approval.TextSHA256)
			require.True(t, e.Agreements[0].Approval.Required)
			require.Empty(t, before[0].Approval.TextSHA256, "the examples that were read stay as they are")
		})
	}
}
