// SPDX-License-Identifier: Apache-2.0

package many_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/many"
	"github.com/sharedpractice/sharedpractice/model"
	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

func lines(t *testing.T, n int) []string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, model.WriteJSONLines(&b, many.Examples(n)))
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

func TestExamples(t *testing.T) {
	const n = 500
	made := lines(t, n)
	require.Len(t, made, n)
	require.Equal(t, made[:200], lines(t, 200), "fewer are the first ones")

	ids, holdings, names := map[string]bool{}, map[string]bool{}, map[string]bool{}
	said := 0
	for e, err := range collect.Reader().JSONLines(strings.NewReader(strings.Join(made, "\n"))) {
		require.NoError(t, err, "every line is valid")
		require.False(t, ids[e.ID])
		ids[e.ID] = true
		refs := map[string]bool{}
		for _, p := range e.Parties {
			refs[p.Ref], holdings[p.HoldingRef()] = true, true
			for _, id := range p.Identities {
				names[string(id.Name)] = true
				parties := e.Parties
				e.Parties = nil
				body, err := json.Marshal(e)
				require.NoError(t, err)
				e.Parties = parties
				if strings.Contains(string(body), string(id.Name)) {
					said++
				}
			}
		}
		for _, a := range e.Agreements {
			require.True(t, refs[a.Party], "an agreement of one of the parties")
		}
	}
	require.Len(t, ids, n)
	require.Greater(t, len(holdings), n/4, "each round has holdings of its own")
	require.Greater(t, len(names), n/2, "and names")
	require.Greater(t, said, n/20, "texts say the names that are declared")
}
