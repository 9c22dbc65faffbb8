// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/model"
)

// A band beside a span that an earlier edition printed would show how many of those
// in the span are not in the band, and who joined.
func TestABandDoesNotShowWhoIsInTheSpan(t *testing.T) {
	var rows []row
	add := func(n int, often model.Raw) {
		for range n {
			rows = append(rows, row{
				ref: fmt.Sprintf("o%02d", len(rows)), level: model.Anonymous, kind: "ki:engagement-activity",
				challenges: []model.Code{"ch:seldom-heard"}, objective: []model.Code{"ob:equity"}, methods: []model.Code{"me:outreach"}, often: often,
			})
		}
	}
	printed := func(p *edition.Press) map[string]int {
		e, err := p.Publish(t.Context(), records(t, model.Everyone, rows))
		require.NoError(t, err)
		out := map[string]int{}
		for _, s := range e.Collection.Topics[0].Statements {
			for _, c := range s.Often {
				out[string(c.Code)] = c.Contributors
			}
		}
		return out
	}
	open := func(store edition.Store) *edition.Press {
		p, err := edition.Open(t.Context(), store, secret, edition.Config{Now: today, Audience: model.Everyone})
		require.NoError(t, err)
		return p
	}
	add(14, "") // twenty: nobody waits
	add(3, " every month")
	add(3, " every quarter")
	store := &edition.Memory{}
	require.Equal(t, map[string]int{"monthly-quarterly": 6}, printed(open(store)))
	add(5, " every month")
	require.Equal(t, map[string]int{"monthly": 8}, printed(open(&edition.Memory{})), "alone it may be told")
	require.NotContains(t, printed(open(store)), "monthly", "of the six, three are not in it")
}
