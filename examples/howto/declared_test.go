// SPDX-License-Identifier: Apache-2.0

package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// What one contributor declared is nobody's to print: though as many others as would
// make it shared wording use the name in the same sentence, it is in no file for members
// or for everyone.
func TestNameInWordingOfManyOthers(t *testing.T) {
	t.Parallel()
	const secret = "Brambletide Weavers"
	all := collection(t)
	closed := slices.IndexFunc(all, func(e model.Example) bool { return e.Agreements[0].Level == model.Anonymous })
	require.GreaterOrEqual(t, closed, 0)
	owner := all[closed].Parties[0].Ref
	all[closed].Parties[0].Identities = append(slices.Clone(all[closed].Parties[0].Identities), model.Identity{Type: "organisation", Name: secret, Forms: []model.Raw{"the Weavers"}})
	others := map[string]bool{}
	for i := range all {
		e := &all[i]
		if e.Parties[0].Ref == owner || others[e.Parties[0].Ref] || len(e.Steps) == 0 || e.Agreements[0].Level == model.Anonymous {
			continue
		}
		others[e.Parties[0].Ref] = true
		e.Steps = slices.Clone(e.Steps)
		e.Steps[0].Text.Value = secret + " read every letter aloud before it was sent, and the Weavers chose the words."
		if len(e.Lessons) > 0 {
			e.Lessons = slices.Clone(e.Lessons)
			e.Lessons[0].Text.Value = "Ask " + secret + " first."
		}
	}
	require.GreaterOrEqual(t, len(others), 9)
	name := jsonLines(t, all)
	for _, audience := range []string{"members", "public"} {
		dir := filepath.Join(t.TempDir(), audience)
		_, err := howto(t, "-in", name, "-out", dir, "-key", keyFile(t), "-audience", audience)
		require.NoError(t, err)
		for file, body := range files(t, dir) {
			if strings.HasPrefix(file, "private") {
				continue
			}
			folded := strings.ToLower(body)
			require.False(t, strings.Contains(folded, strings.ToLower(secret)), "%s: a declared name is in %s", audience, file)
			require.False(t, strings.Contains(folded, "the weavers"), "%s: its short form is in %s", audience, file)
		}
	}
}
