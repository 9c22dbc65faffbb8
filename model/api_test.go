// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

func TestAPI(t *testing.T) { modeltest.API(t) }

// No two questions may be found under one header, whatever its punctuation.
func TestForm_headersDiffer(t *testing.T) {
	seen := map[string]string{}
	key := func(s string) string {
		var b []rune
		for _, r := range s {
			if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
				b = append(b, r)
			}
			if 'A' <= r && r <= 'Z' {
				b = append(b, r+'a'-'A')
			}
		}
		return string(b)
	}
	minimum := map[string]bool{}
	for _, q := range model.Form() {
		require.NotEmpty(t, q.Kind, q.ID)
		require.NotEmpty(t, q.Section, q.ID)
		for _, name := range append([]string{q.Label, q.ID}, q.Aliases...) {
			other, taken := seen[key(name)]
			require.False(t, taken && other != q.ID, "%s and %s", other, q.ID)
			seen[key(name)] = q.ID
		}
		if q.Minimum {
			minimum[q.Section+q.ID] = true
		}
	}
	require.Len(t, minimum, 12, "eight questions, and the ninth with four answers")
}
