// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// TestStrictReadsAsProse holds what default deny leaves of ordinary sentences.
func TestStrictReadsAsProse(t *testing.T) {
	r, err := redact.New(redact.Config{
		Policy: preset(t, "anonymous"), Declared: []recognize.Declared{{Kind: recognize.Person, Name: "Marc Ferrantino"}},
	})
	require.NoError(t, err)
	for _, row := range []struct{ name, in, want, reason string }{
		{
			"counts", "The guide went from 58 pages to 12. Twenty people asked three questions.",
			"The guide went from [50 to 99] pages to [10 to 19]. [20 to 49] people asked [1 to 4] questions.", "what is counted stays",
		},
		{"number in words", "We heard from thirty-eight families.", "We heard from [20 to 49 families].", "the whole number goes, not its first word"},
		{"time", "It took six weeks, then 20 minutes a day.", "It took [a length of time], then [a length of time] a day.", "a length of time is called one"},
		{"compound", "Two-page summary after a ninety-minute session", "[1 to 4]-page summary after a [length of time] session", "the article is not said twice"},
		{"calendar", "Open Tues–Thurs in June and on Mondays.", "Open Tues–Thurs in [a date] and on Mondays.", "a weekday alone tells no date, a month does"},
		{"emphasis", "We did NOT ask, and did it ONLY once.", "We did NOT ask, and did it ONLY once.", "small words in capitals name nobody"},
		{"brackets", "Thanks to Marc Ferrantino (M.F.), who helped.", "Thanks to [name], who helped.", "no bracket is left behind"},
		{"clock", "Meet at 7.30pm or 11.45–13.30.", "Meet at [a time] or [a time].", "no hour is left beside its minutes"},
		{"possessive", "Ferrantino's notes helped.", "[Name]'s notes helped.", "a possessive stays"},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.Equal(t, row.want, redacted(t, r, row.in)[0].Text, row.reason)
		})
	}
}
