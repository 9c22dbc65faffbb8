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
