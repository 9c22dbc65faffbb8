// SPDX-License-Identifier: Apache-2.0

package modeltest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What DESIGN.md names is there: its files and folders, its tests, and the functions
// that it names beside a file stand in that file.
func TestDesignNamesWhatIsThere(t *testing.T) {
	root := filepath.Join("..", "..")
	data, err := os.ReadFile(filepath.Join(root, ".github", "DESIGN.md"))
	require.NoError(t, err)
	design := string(data)

	var tests strings.Builder
	require.NoError(t, filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		body, err := os.ReadFile(name)
		tests.Write(body)
		return err
	}))
	for _, m := range regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllStringSubmatch(design, -1) {
		require.Regexp(t, `func `+m[1]+`\w*\(`, tests.String(), m[1])
	}

	named := 0
	for _, m := range regexp.MustCompile("`([a-z]+/[\\w./-]+|\\.ci/\\w+)`").FindAllStringSubmatch(design, -1) {
		_, err := os.Stat(filepath.Join(root, filepath.FromSlash(m[1])))
		require.NoError(t, err, m[1])
		named++
	}
	require.Greater(t, named, 30)

	for _, m := range regexp.MustCompile("`([\\w./-]+\\.go)`(?: \\(|, )`(\\w+)`").FindAllStringSubmatch(design, -1) {
		body, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(m[1])))
		require.NoError(t, err, m[1])
		require.Contains(t, string(body), m[2], m[1])
	}
}
