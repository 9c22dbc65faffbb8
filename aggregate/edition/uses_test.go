// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// Who grants only one of aggregate and guidance is counted in the topics or in the totals,
// not in both. Its line beside them would be known as the one that a count lacks: where
// one grants fewer uses than all others, what is printed is what is printed without it.
func TestWhoGrantsOneUseHasNoLine(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	var rows []row
	for i := range 30 {
		rows = append(rows, random(r, fmt.Sprintf("r%02d", i)))
	}
	printed := func(rows []row) (map[string]number, int, int) {
		p, err := edition.Open(t.Context(), &edition.Memory{}, secret, edition.Config{Now: today, Audience: model.Everyone, K: 5})
		require.NoError(t, err)
		e, err := p.Publish(t.Context(), records(t, model.Everyone, rows))
		require.NoError(t, err)
		return numbersOf(t, e), len(linesOf(e)), e.Collection.Examples
	}
	for _, use := range []model.Use{model.UseAggregate, model.UseGuidance} {
		rows[11].only = use
		numbers, lines, _ := printed(rows)
		without, linesWithout, _ := printed(slices.Concat(rows[:11], rows[12:]))
		require.Equal(t, without, numbers, use)
		require.Equal(t, linesWithout, lines, use)
	}

	for i := range 7 { // as many as it takes are counted, without lines
		rows[i+8].only = model.UseAggregate
	}
	rows[11].only = model.UseAggregate
	_, lines, counted := printed(rows)
	require.Equal(t, []int{23, 30}, []int{lines, counted})
}
