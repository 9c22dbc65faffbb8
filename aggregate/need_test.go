// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/anonymize"
)

func TestHelpRanksWhatSharesTheNeed(t *testing.T) {
	other := told{challenge: "ch:jargon", objective: "ob:information", method: "me:plain-language"}
	rs := records(t, append(several(6, topic), several(6, other)...)...)
	c := build(t, rs, 5)
	practice, introductions, err := aggregate.Need{Challenge: topic.challenge, Objective: topic.objective}.Match(c, rs, 3, nil)
	require.NoError(t, err)
	require.Len(t, practice, 1)
	require.Equal(t, "ch-seldom-heard.ob-equity", practice[0].Topic)
	require.Empty(t, introductions, "nobody asked, and nobody allows contact")

	words, _, err := aggregate.Need{Text: "plain language leaflets"}.Match(c, rs, 3, nil)
	require.NoError(t, err)
	require.Equal(t, "ch-jargon.ob-information", words[0].Topic)
}

// Both sides must allow contact, and nobody is introduced to itself.
func TestIntroductionsNeedBothSides(t *testing.T) {
	willing, asker := topic, topic
	willing.contact, asker.contact = true, true
	all := append(several(6, topic), several(3, willing)...)
	for i := range all {
		all[i].holding += "-h"
	}
	for i := 6; i < 9; i++ {
		all[i].holding += "-willing"
	}
	asker.holding = all[6].holding // a sister of one of the willing
	rs := records(t, append(all, asker)...)
	c := build(t, rs, 3)
	from := rs[len(rs)-1]
	need := aggregate.Need{Challenge: topic.challenge, From: from}
	_, introductions, err := need.Match(c, rs, 10, nil)
	require.NoError(t, err)
	require.Len(t, introductions, 2)
	for _, x := range introductions {
		require.NotEqual(t, from.ID(), x.To)
	}
	need.From = anonymize.Record{}
	_, introductions, err = need.Match(c, rs, 10, nil)
	require.NoError(t, err)
	require.Empty(t, introductions)
	need.From = rs[0] // does not allow contact
	_, introductions, err = need.Match(c, rs, 10, nil)
	require.NoError(t, err)
	require.Empty(t, introductions)
}
