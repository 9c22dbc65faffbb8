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
	for _, audience := range []string{"members", "public"} {
		name := sharedSentence(t, secret, secret, "the Weavers")
		for file, body := range leaving(t, name, audience) {
			folded := strings.ToLower(body)
			require.False(t, strings.Contains(folded, strings.ToLower(secret)), "%s: a declared name is in %s", audience, file)
			require.False(t, strings.Contains(folded, "the weavers"), "%s: its short form is in %s", audience, file)
		}
	}
	// The control: the same sentence about nobody is printed whole, so it is the name alone
	// that was kept out.
	name := sharedSentence(t, secret, "Two volunteers", "they")
	found := false
	for _, body := range leaving(t, name, "public") {
		found = found || strings.Contains(strings.ToLower(body), "two volunteers read every letter aloud before it was sent")
	}
	require.True(t, found, "without the name the sentence is in no file, so the test shows nothing")
}

// leaving are the files of an edition that leave the working group.
func leaving(t *testing.T, in, audience string) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), audience)
	_, err := howto(t, "-in", in, "-out", dir, "-key", keyFile(t), "-audience", audience)
	require.NoError(t, err)
	out := map[string]string{}
	for file, body := range files(t, dir) {
		if !strings.HasPrefix(file, "private") {
			out[file] = body
		}
	}
	return out
}

// sharedSentence is the sample in which nine contributors and more say the same sentence of
// who, and one other has declared the name secret.
func sharedSentence(t *testing.T, secret, who, again string) string {
	t.Helper()
	all := collection(t)[:80]
	closed := slices.IndexFunc(all, func(e model.Example) bool { return e.Agreements[0].Level == model.Anonymous })
	require.GreaterOrEqual(t, closed, 0)
	owner := all[closed].Parties[0].Ref
	all[closed].Parties[0].Identities = append(slices.Clone(all[closed].Parties[0].Identities), model.Identity{Type: "organisation", Name: model.Raw(secret), Forms: []model.Raw{"the Weavers"}})
	others := map[string]bool{}
	for i := range all {
		e := &all[i]
		if e.Parties[0].Ref == owner || others[e.Parties[0].Ref] || len(e.Steps) == 0 || e.Agreements[0].Level == model.Anonymous {
			continue
		}
		others[e.Parties[0].Ref] = true
		e.Steps = slices.Clone(e.Steps)
		e.Steps[0].Text.Value = model.Raw(who + " read every letter aloud before it was sent, and " + again + " chose the words.")
		if len(e.Lessons) > 0 {
			e.Lessons = slices.Clone(e.Lessons)
			e.Lessons[0].Text.Value = model.Raw("Ask " + strings.ToLower(who[:1]) + who[1:] + " first.")
		}
	}
	require.GreaterOrEqual(t, len(others), 9)
	return jsonLines(t, all)
}
