// SPDX-License-Identifier: Apache-2.0

package aggregate_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate"
	"github.com/sharedpractice/sharedpractice/model"
)

// What more contributors tell stands before what fewer tell, each kind and part by itself;
// where as many tell it, the id decides. The theme above several methods stands among them.
func TestStatementsStandBySupport(t *testing.T) {
	steps := func(n int, method model.Code) []told {
		x := topic
		x.method = method
		out := several(n, x)
		for i := range out {
			out[i].holding += string(method)
			out[i].tool, out[i].lesson = true, "Plain language and meetings in the evening helped."
		}
		return out
	}
	c := build(t, records(t, slices.Concat(steps(5, "me:survey"), steps(9, "me:interview"), steps(7, "me:outreach"), steps(7, "me:event"))...), 5)
	require.Len(t, c.Topics, 1)
	kinds := map[aggregate.Kind]int{}
	var methods []model.Code
	for _, s := range c.Topics[0].Statements {
		if kinds[s.Kind]++; s.Kind == aggregate.StepStatement {
			methods = append(methods, s.Code)
		}
	}
	require.Equal(t, []model.Code{"th:answer-back", "me:interview", "me:event", "me:outreach", "me:survey"}, methods)
	require.Greater(t, len(kinds), 1)
	require.True(t, slices.IsSortedFunc(c.Topics[0].Statements, func(x, y aggregate.Statement) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Part, y.Part), cmp.Compare(y.Contributors, x.Contributors), cmp.Compare(x.ID, y.ID))
	}))
}

// Who shares more of a need is named before who shares less.
func TestIntroductionsStandByLikeness(t *testing.T) {
	near, far := topic, topic
	near.contact, far.contact, far.objective = true, true, "ob:embed"
	all := slices.Concat(several(3, far), several(3, near), several(3, far), several(3, near))
	for i := range all {
		all[i].holding += string(rune('a' + i))
	}
	rs := records(t, all...)
	_, introductions, err := aggregate.Need{Challenge: near.challenge, Objective: near.objective, From: rs[3]}.Match(build(t, rs, 3), rs, 20, nil)
	require.NoError(t, err)
	require.Len(t, introductions, len(rs)-1)
	require.Greater(t, introductions[0].Score, introductions[len(introductions)-1].Score)
	require.True(t, slices.IsSortedFunc(introductions, func(x, y aggregate.Introduction) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.To, y.To))
	}))
}
