// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/model"
)

// accountLines writes examples that hold nothing but an account. All names are made up.
func accountLines(t testing.TB, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		account := fmt.Sprintf(`Zorblatt%[1]d Trust: reaching people who do not come
Young people with diabetes never answered our letters, and those from the estate on Quuxmead Lane were missing altogether.
We went to two youth clubs and a mosque and asked what got in the way.
We ran %[1]d focus groups with an interpreter and paid everybody's bus fare on the day.
Attendance rose from 12 to 3%[1]d.
Next time we would start with the interpreter.`, i)
		e := model.Example{
			ID: fmt.Sprintf("e%d", i), Account: model.Raw(account),
			Parties: []model.Party{{Ref: fmt.Sprintf("p%d", i), Role: "contributor", Holding: fmt.Sprintf("h-%d", i), Identities: []model.Identity{{Type: "organisation", Name: model.Raw(fmt.Sprintf("Zorblatt%d Trust", i))}}}},
		}
		line, err := json.Marshal(e)
		require.NoError(t, err)
		agreement := strings.ReplaceAll(`,"agreements":[{"schema":"agreement/1","id":"p","version":1,"party":"p","level":"anonymous","audience":"public","uses":{"aggregate":true,"guidance":true},"signed_by":"p","consent":{"status":"given","given_at":"2025-03-04","evidence":"form","capacity":"organisation-signatory"},"signed_terms":"t"}]}`, `"p"`, fmt.Sprintf(`"p%d"`, i))
		b.WriteString(strings.TrimSuffix(string(line), "}") + agreement + "\n")
	}
	name := filepath.Join(t.TempDir(), "accounts.jsonl")
	require.NoError(t, os.WriteFile(name, []byte(b.String()), 0o600))
	return name
}

// An account, a contributor and an agreement are enough; the account stays in
// private/, and what a person decided of its codes is taken in.
func TestAccounts(t *testing.T) {
	t.Parallel()
	in, key := accountLines(t, 25), keyFile(t)
	dir := filepath.Join(t.TempDir(), "out")
	said, err := howto(t, "-in", in, "-out", dir, "-key", key)
	require.NoError(t, err)
	require.Contains(t, said, "25 examples read: 25 may be used, from ")
	require.Contains(t, said, "25 accounts were read by software")
	got := files(t, dir)
	for name, body := range got {
		if !strings.HasPrefix(name, "private/") {
			require.NotContains(t, body, "Zorblatt", name)
			require.NotContains(t, body, "Quuxmead", name)
		}
	}
	info, err := os.Stat(filepath.Join(dir, "private", "codes.csv"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	rows, err := csv.NewReader(strings.NewReader(got["private/codes.csv"])).ReadAll()
	require.NoError(t, err)
	require.Equal(t, accounts.Header(), rows[0])
	require.Greater(t, len(rows), 12)
	for i, r := range rows[1:] {
		r[5] = []string{"yes", "no", ""}[i%3]
	}
	answered := filepath.Join(t.TempDir(), "codes.csv")
	f, err := os.Create(answered)
	require.NoError(t, err)
	require.NoError(t, csv.NewWriter(f).WriteAll(rows))
	require.NoError(t, f.Close())
	again := filepath.Join(t.TempDir(), "again")
	said, err = howto(t, "-in", in, "-out", again, "-key", key, "-codes", answered)
	require.NoError(t, err)
	require.Contains(t, said, fmt.Sprintf("%d were decided", (len(rows)-1+2)/3+(len(rows)-1+1)/3))
	left, err := csv.NewReader(strings.NewReader(files(t, again)["private/codes.csv"])).ReadAll()
	require.NoError(t, err)
	asked := map[[2]string]bool{}
	for _, r := range rows[1:] {
		asked[[2]string{r[0], r[1]}] = r[5] == ""
	}
	require.Greater(t, len(left), 1)
	for _, r := range left[1:] {
		open, known := asked[[2]string{r[0], r[1]}]
		require.True(t, open || !known || r[5] != "", "what a person decided is not asked again: %s %s", r[0], r[1])
	}
	// Filled in where it lies, it is read whether or not it is named, and loses nothing.
	inPlace, before := filepath.Join(again, "private", "codes.csv"), files(t, again)["private/codes.csv"]
	for _, args := range [][]string{nil, {"-codes", inPlace}, nil} {
		more, err := howto(t, append([]string{"-in", in, "-out", again, "-key", key}, args...)...)
		require.NoError(t, err)
		require.Contains(t, more, fmt.Sprintf("%d were decided", (len(rows)-1+2)/3+(len(rows)-1+1)/3))
		require.Equal(t, before, files(t, again)["private/codes.csv"])
	}

	rows[1][5] = "perhaps"
	f, err = os.Create(answered)
	require.NoError(t, err)
	require.NoError(t, csv.NewWriter(f).WriteAll(rows))
	require.NoError(t, f.Close())
	_, err = howto(t, "-in", in, "-out", again, "-key", key, "-codes", answered)
	require.ErrorContains(t, err, "-codes: line 2")
}

// A guide says where software gave codes, until a person confirmed them; an
// edition counts none that nobody did.
func TestAccountsSayWhoCoded(t *testing.T) {
	t.Parallel()
	in, key := accountLines(t, 12), keyFile(t)
	// They are made from one text, and would count as one contributor.
	var apart strings.Builder
	for i := range 12 {
		for j := range i {
			fmt.Fprintf(&apart, "e%d,e%d\n", i, j)
		}
	}
	two := filepath.Join(t.TempDir(), "apart.csv")
	require.NoError(t, os.WriteFile(two, []byte(apart.String()), 0o600))
	run := func(args ...string) (string, map[string]string) {
		dir := filepath.Join(t.TempDir(), "out")
		said, err := howto(t, append([]string{"-in", in, "-out", dir, "-key", key, "-apart", two}, args...)...)
		require.NoError(t, err)
		return said, files(t, dir)
	}
	_, draft := run("-least", "0.05")
	guides := 0
	for name, body := range draft {
		if strings.HasPrefix(name, "guides/") && strings.HasSuffix(name, ".md") {
			guides++
			require.Contains(t, body, "No person has confirmed", name)
		}
	}
	require.Positive(t, guides, "accounts alone make guides")
	said, edition := run("-least", "0.05", "-publish")
	require.Contains(t, said, "codes that no person confirmed do not count")
	for name := range edition {
		require.False(t, strings.HasPrefix(name, "guides/"), name)
	}
}

// A draft that would have few topics hears less sure codes and says so; an edition
// never does.
func TestAccounts_lessSure(t *testing.T) {
	t.Parallel()
	vague := func(n int) string {
		body, err := os.ReadFile(accountLines(t, n))
		require.NoError(t, err)
		name := filepath.Join(t.TempDir(), "vague.jsonl")
		text := strings.NewReplacer(
			"We went to two youth clubs and a mosque and asked what got in the way.", "We talked about it with some of them.",
			"focus groups with an interpreter and paid everybody's bus fare on the day", "afternoons with tea",
			"Next time we would start with the interpreter.", "We would do it again.",
			"Young people with diabetes never answered our letters, and those from the estate on Quuxmead Lane were missing altogether.", "Few answered, and we wished to hear more of them.",
			"reaching people who do not come", "afternoons").Replace(string(body))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		return name
	}
	in := vague(12)
	said, err := howto(t, "-in", in, "-out", filepath.Join(t.TempDir(), "out"), "-key", keyFile(t))
	require.NoError(t, err)
	lowered := strings.Contains(said, "are likely to speak of")
	require.Contains(t, said, "codes wait for a person")
	said, err = howto(t, "-in", in, "-out", filepath.Join(t.TempDir(), "out"), "-key", keyFile(t), "-publish")
	require.NoError(t, err)
	require.NotContains(t, said, "are likely to speak of")
	require.True(t, lowered, "the draft says that it hears less sure codes")
}
