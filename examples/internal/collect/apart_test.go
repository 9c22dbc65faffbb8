// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/model"
)

// Pairs that count as one are listed; filled in, the list parts them, and the next
// list keeps what was decided. All names are made up.
func TestWriteAlike(t *testing.T) {
	var all []model.Example
	for i, name := range []string{"Zorblatt Trust", "Zorblatt", "Quayside", "Wexmoor"} {
		n := string(rune('a' + i))
		all = append(all, model.Example{ID: "=" + n, Parties: []model.Party{{Ref: "p" + n, Identities: []model.Identity{{Type: "organisation", Name: model.Raw(name)}}}}})
	}
	list := func(told collect.Told) (string, int) {
		var out bytes.Buffer
		n, err := collect.WriteAlike(&out, all, told, func(id string) string { return "row of " + id })
		require.NoError(t, err)
		return out.String(), n
	}
	text, n := list(collect.Told{})
	require.Equal(t, 1, n)
	require.NotContains(t, text, "Zorblatt", "references, no names")
	require.Contains(t, text, "row of =a; row of =b")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 2)

	file := filepath.Join(t.TempDir(), "alike.csv")
	read := func(text string) ([][2]string, error) {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		return collect.Apart(file)
	}
	apart, err := read(text)
	require.NoError(t, err)
	require.Empty(t, apart, "nothing is decided yet")
	apart, err = read(strings.TrimSuffix(text, "\n") + "two\n")
	require.NoError(t, err)
	require.Equal(t, [][2]string{{"pa", "pb"}}, apart)
	again, n := list(collect.Told{Two: apart})
	require.Zero(t, n)
	once, err := read(again)
	require.NoError(t, err)
	require.Equal(t, apart, once)
	// That they are one is kept as well, and not asked again.
	one := strings.TrimSuffix(text, "\n") + "one\n"
	apart, err = read(one)
	require.NoError(t, err)
	require.Empty(t, apart)
	told, err := collect.ReadAlike(strings.NewReader(one))
	require.NoError(t, err)
	require.Equal(t, collect.Told{One: [][2]string{{"pa", "pb"}}}, told)
	again, n = list(told)
	require.Zero(t, n)
	require.Equal(t, one, again)
	_, err = read(strings.TrimSuffix(text, "\n") + "perhaps\n")
	require.Error(t, err)
	apart, err = read("x,y\n")
	require.NoError(t, err)
	require.Equal(t, [][2]string{{"x", "y"}}, apart, "two references in a row, as before")
	_, err = read("x,y,z\n")
	require.Error(t, err)
}
