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
