// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func mustDay(t testing.TB) time.Time {
	t.Helper()
	moment, err := time.Parse(time.DateOnly, day)
	require.NoError(t, err)
	return moment
}
