// SPDX-License-Identifier: Apache-2.0

package modeltest

import (
	"io/fs"
	"testing"
)

// Files returns the names in fsys that match the [path.Match] pattern, sorted,
// and fails tb where there are none: a test over no cases passes whatever the
// code does. Safe for concurrent use.
func Files(tb testing.TB, fsys fs.FS, pattern string) []string {
	tb.Helper()
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		tb.Fatalf("modeltest: pattern %q: %v", pattern, err)
		return nil
	}
	if len(names) == 0 {
		tb.Fatalf("modeltest: no file matches %q: a test over no cases cannot fail", pattern)
	}
	return names
}
