// SPDX-License-Identifier: Apache-2.0

package collect_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
)

func TestReaders(t *testing.T) {
	for _, row := range []struct {
		audience string
		k        int
		readers  model.Audience
		want     int
	}{
		{"public", 0, model.Everyone, 5}, {"members", 0, model.Members, 3}, {"public", 7, model.Everyone, 7}, {"members", 3, model.Members, 3},
	} {
		readers, k, err := collect.Readers(row.audience, row.k)
		require.NoError(t, err)
		require.Equal(t, row.readers, readers)
		require.Equal(t, row.want, k)
	}
	for audience, k := range map[string]int{"": 0, "everyone": 0, "public": 2, "members": -1} {
		_, _, err := collect.Readers(audience, k)
		require.ErrorIs(t, err, program.ErrUsage, audience)
	}
}

func TestDay(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	day, err := collect.Day("", now)
	require.NoError(t, err)
	require.Equal(t, now, day)
	day, err = collect.Day("2026-02-03", now)
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC), day)
	_, err = collect.Day("yesterday", now)
	require.ErrorIs(t, err, program.ErrUsage)
}

func TestKey(t *testing.T) {
	secret, rest, err := collect.Key([]byte("000102030405060708090a0b0c0d0e0f\nledger abc\n"))
	require.NoError(t, err)
	require.Len(t, secret, 16)
	require.Equal(t, []string{"ledger", "abc"}, rest)
	for _, file := range []string{"", "\n", "000102", "000102030405060708090a0b0c0d0e", "not a key at all, but long enough for one"} {
		_, _, err := collect.Key([]byte(file))
		require.ErrorIs(t, err, collect.ErrKey)
	}
}
