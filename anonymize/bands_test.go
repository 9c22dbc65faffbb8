// SPDX-License-Identifier: Apache-2.0

package anonymize_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/model"
)

// A number leaves only as a band: each border belongs to one of them.
func TestSizeBand(t *testing.T) {
	for _, x := range []struct {
		reason string
		n      int
		want   model.Code
	}{
		{"no number: the band that was told", 0, "ps:small"},
		{"a number below nothing is none", -3, "ps:small"},
		{"the least of a band", 1, "ps:n1-4"},
		{"the most of a band", 4, "ps:n1-4"},
		{"the least of the next", 10, "ps:n10-19"},
		{"the most of that", 19, "ps:n10-19"},
		{"the least of three digits", 100, "ps:n100-499"},
		{"the most of those", 499, "ps:n100-499"},
	} {
		require.Equal(t, x.want, anonymize.SizeBand(x.n, "ps:small"), x.reason)
	}
}

// Approvals are kept by what a person saw: what shows nothing must not be part of
// it, and what shows must. Each range with what stands just outside of it.
func TestUnseenBorders(t *testing.T) {
	for _, x := range []struct {
		reason      string
		first, last rune
	}{
		{"controls of ASCII", 0, 0x1F},
		{"controls of Latin-1", 0x7F, 0x9F},
		{"Mongolian selectors", 0x180B, 0x180F},
		{"no width, directions", 0x200B, 0x200F},
		{"borders of lines, embeddings", 0x2028, 0x202E},
		{"joiners, isolates", 0x2060, 0x206F},
		{"selectors of variants", 0xFE00, 0xFE0F},
		{"beams and slurs", 0x1D173, 0x1D17A},
		{"specials", 0xFFF0, 0xFFFB},
		{"noncharacters", 0xFDD0, 0xFDEF},
		{"tags", 0xE0000, 0xE0FFF},
	} {
		require.True(t, anonymize.Unseen(x.first), x.reason)
		require.True(t, anonymize.Unseen(x.last), x.reason)
		require.False(t, anonymize.Unseen(x.last+1), x.reason)
		if x.first > 0 && x.first != 0xE0000 { // before it stands a noncharacter
			require.False(t, anonymize.Unseen(x.first-1), x.reason)
		}
	}
}
