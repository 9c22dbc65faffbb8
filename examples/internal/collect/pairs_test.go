// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

// Pairs are named as the records of either key are, whoever its readers are, and
// there is one of each example that gives a record.
func TestPairs(t *testing.T) {
	t.Parallel()
	var examples []model.Example
	for e, err := range collect.Reader().JSONLines(sample.Collection()) {
		require.NoError(t, err)
		examples = append(examples, e)
	}
	for i := range examples[0].Agreements {
		examples[0].Agreements[i].Audience = model.Members
	}
	now := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	keys := [][]byte{[]byte("a key of thirty-two bytes, really"), []byte("and another key of as many bytes.")}
	pairs, err := collect.Pairs(t.Context(), keys[0], keys[1], now, examples)
	require.NoError(t, err)
	for i, key := range keys {
		results, err := anonymize.All(t.Context(), anonymize.Config{Key: key, Now: now, Workers: 2}, func(yield func(model.Example, error) bool) {
			for _, e := range examples {
				if !yield(e, nil) {
					return
				}
			}
		})
		require.NoError(t, err)
		want, got := map[string]bool{}, map[string]bool{}
		for _, r := range anonymize.Records(results) {
			want[r.ID()] = true
		}
		for _, p := range pairs {
			r := []anonymize.Record{p.Old, p.New}[i]
			require.Equal(t, anonymize.KeyID(key), r.KeyID())
			got[r.ID()] = true
		}
		require.Equal(t, want, got)
	}
}
