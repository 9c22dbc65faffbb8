// SPDX-License-Identifier: Apache-2.0

package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// The source of a public example names somebody who was promised not to be
// named: the run goes on without the source, and does not show the example.
func TestPublicSourceThatNamesSomebodyElse(t *testing.T) {
	t.Parallel()
	all := collection(t)[:60]
	shown := slices.IndexFunc(all, func(e model.Example) bool { return e.Agreements[0].Level == model.Public && len(e.PublicRefs) > 0 })
	closed := slices.IndexFunc(all, func(e model.Example) bool {
		return e.Agreements[0].Level == model.Anonymous && len(e.Parties[0].Identities) > 0
	})
	require.GreaterOrEqual(t, min(shown, closed), 0)
	run := func(examples []model.Example) map[string]string {
		dir := filepath.Join(t.TempDir(), "out")
		_, err := howto(t, "-in", jsonLines(t, examples), "-out", dir, "-key", keyFile(t))
		require.NoError(t, err)
		return files(t, dir)
	}
	title := string(all[shown].Title.Value)
	require.Contains(t, run(all)["collection.json"], title, "as it stands it is shown")

	secret := all[closed].Parties[0].Identities[0].Name
	all[shown].PublicRefs = slices.Clone(all[shown].PublicRefs)
	for i := range all[shown].PublicRefs {
		all[shown].PublicRefs[i].Title = "A report on " + secret
	}
	for name, body := range run(all) {
		if filepath.Dir(name) != "private" && filepath.Dir(name) != "private/sign-off" {
			require.NotContains(t, body, string(secret), name)
		}
		if name == "collection.json" {
			require.NotContains(t, body, title)
		}
	}
}
