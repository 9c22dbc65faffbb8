// SPDX-License-Identifier: Apache-2.0

package main

import (
	"io"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/modeltest"
	"github.com/sharedpractice/sharedpractice/model/reading/internal/linear"
	"github.com/sharedpractice/sharedpractice/model/reading/weights"
	"github.com/sharedpractice/sharedpractice/model/wordtable"
)

var _ = modeltest.API // registers -update

// The passages are whole: known roles, known codes but for those that the
// vocabulary does not have yet.
func TestPassages(t *testing.T) {
	c, err := load(os.DirFS("passages"))
	require.NoError(t, err)
	require.NotEmpty(t, c.passages)
	require.NotEmpty(t, c.accounts)
	for _, p := range c.passages {
		require.NotEmpty(t, p.text)
		if !p.bound {
			require.Contains(t, linear.RoleNames(), p.role)
		}
	}
	for _, a := range c.accounts {
		for _, code := range a.codes() {
			require.True(t, slices.Contains(c.labels, code), "%s: %s", a.ID, code)
		}
	}
}

// The same passages give the same weights, bit for bit.
func TestWeights(t *testing.T) {
	if os.Getenv("SHAREDPRACTICE_TRAIN") == "" {
		t.Skip("takes a minute or more; set SHAREDPRACTICE_TRAIN to have it")
	}
	c, err := load(os.DirFS("passages"))
	require.NoError(t, err)
	b := train(c, 3, wordtable.Default(), io.Discard)
	require.True(t, string(b.Append(nil)) == weights.Data(), "the weights are not those of the passages")
}

// A written account is read as its README says, and what is of no known form is
// refused.
func TestWritten(t *testing.T) {
	got, err := written("w", "# a note\n@ ch:trust | ob:co-design ob:equity | | me:survey\n*other\tA heading\ncontext\tWé are small.\n-\naction me:survey\tWe asked all.\noutcome-\tNobody answered.\n\n@ | | |\nother\tContact: 12\n")
	require.NoError(t, err)
	require.Len(t, got, 2)
	a := got[0]
	require.Equal(t, "A heading\nWé are small.\n\nWe asked all. Nobody answered.", a.Text)
	require.Equal(t, []string{"ch:trust", "ob:co-design", "ob:equity", "me:survey"}, a.codes())
	require.True(t, a.Written)
	runes := []rune(a.Text)
	for _, s := range a.Sentences {
		require.Equal(t, s.text, string(runes[s.Start:s.End]))
	}
	require.Equal(t, []string{"me:survey"}, a.Sentences[2].Methods)
	require.Equal(t, "negative", a.Sentences[3].Direction)
	require.Equal(t, "outcome", a.Sentences[3].Role)
	for _, bad := range []string{"context\tno head\n", "@ a | b\ncontext\tx\n", "@ | | |\nno tab\n", "@ | | |\ncontext\t \n", "@ | | |\n\tx\n"} {
		_, err := written("w", bad)
		require.Error(t, err, bad)
	}
}
