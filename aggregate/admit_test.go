// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

// What a ledger refuses is left out, and it is asked again, until it refuses nothing; what
// it was asked for last is what is published. Where it cannot say, nothing is.
func TestAdmit(t *testing.T) {
	other := told{challenge: "ch:jargon", objective: "ob:information", method: "me:plain-language"}
	rs := records(t, append(several(9, topic), several(6, other)...)...)
	refused := aggregate.AllItems.Count("challenge", "ch:jargon")
	build := func(admit func([]aggregate.Item) ([]aggregate.ItemKey, error)) (*aggregate.Collection, error) {
		return aggregate.Build(t.Context(), rs, aggregate.Config{K: 5, Audience: model.Everyone, Admit: admit})
	}
	codes := func(c *aggregate.Collection) (out []model.Code) {
		for _, x := range c.Challenges {
			out = append(out, x.Code)
		}
		return out
	}
	asked := 0
	c, err := build(func([]aggregate.Item) ([]aggregate.ItemKey, error) { asked++; return nil, nil })
	require.NoError(t, err)
	require.Equal(t, []model.Code{"ch:seldom-heard", "ch:jargon"}, codes(c), "the most told of first")
	require.Equal(t, 1, asked)

	asked = 0
	c, err = build(func(items []aggregate.Item) ([]aggregate.ItemKey, error) {
		asked++
		for _, x := range items {
			if x.Key == refused {
				return []aggregate.ItemKey{refused}, nil
			}
		}
		return nil, nil
	})
	require.NoError(t, err)
	require.Equal(t, []model.Code{"ch:seldom-heard"}, codes(c))
	require.Equal(t, 2, asked)

	broken := errors.New("the ledger cannot be read")
	c, err = build(func([]aggregate.Item) ([]aggregate.ItemKey, error) { return nil, broken })
	require.ErrorIs(t, err, broken)
	require.Nil(t, c, "an error yields nothing")

	c, err = build(func([]aggregate.Item) ([]aggregate.ItemKey, error) { return []aggregate.ItemKey{refused}, nil })
	require.Error(t, err, "it refuses without end")
	require.Nil(t, c)
}
