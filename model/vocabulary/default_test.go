// SPDX-License-Identifier: Apache-2.0

package vocabulary_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

func TestDefaultLoads(t *testing.T) {
	s, err := vocabulary.Load(vocabulary.Data())
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(s.Schemes()), 20)
}
