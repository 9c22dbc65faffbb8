// SPDX-License-Identifier: Apache-2.0

package sample_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

func known(c model.Code) bool {
	_, ok := vocabulary.Default().Concept(string(c))
	return ok
}

func TestCollectionIsValid(t *testing.T) {
	n := 0
	for _, err := range (model.Reader{Known: known}).JSONLines(sample.Collection()) {
		require.NoError(t, err)
		n++
	}
	require.Positive(t, n)
}
