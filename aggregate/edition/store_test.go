// SPDX-License-Identifier: Apache-2.0

package edition_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
)

// A swap happens or does not: refused, it changes no file and leaves none that would
// stop the next one.
func TestFileSwap(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "private")
	f := edition.File(filepath.Join(dir, "ledger"))
	const name = "ledger"
	files := func() (names []string) {
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}
	kept := func() string {
		got, err := f.Get(t.Context(), name)
		require.NoError(t, err)
		return string(got)
	}
	got, err := f.Get(t.Context(), name)
	require.NoError(t, err)
	require.Nil(t, got, "nothing is kept yet")

	require.ErrorIs(t, f.Swap(t.Context(), name, []byte("one"), []byte("two")), edition.ErrChanged, "nothing to replace")
	require.Empty(t, files())
	require.ErrorIs(t, f.Swap(t.Context(), name, []byte{}, []byte("two")), edition.ErrChanged, "an empty file is not no file")
	require.Empty(t, files())

	require.NoError(t, f.Swap(t.Context(), name, nil, []byte("one")))
	require.Equal(t, "one", kept())
	require.Equal(t, []string{"ledger"}, files())

	for _, old := range [][]byte{nil, {}, []byte("On"), []byte("one ")} {
		require.ErrorIs(t, f.Swap(t.Context(), name, old, []byte("two")), edition.ErrChanged)
		require.Equal(t, "one", kept())
		require.Equal(t, []string{"ledger"}, files(), "what was begun is gone")
	}
	require.NoError(t, f.Swap(t.Context(), name, []byte("one"), []byte("two, which is longer")))
	require.NoError(t, f.Swap(t.Context(), name, []byte("two, which is longer"), []byte("3")))
	require.Equal(t, "3", kept(), "nothing of the longer one is left")

	require.NoError(t, os.MkdirAll(filepath.Join(dir, "ledger.head"), 0o700)) // a folder where a file should go
	require.Error(t, f.Swap(t.Context(), "ledger.head", nil, []byte("x")))
	require.Equal(t, []string{"ledger", "ledger.head"}, files())
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(dir, "ledger"))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
}
