// SPDX-License-Identifier: Apache-2.0

package modeltest_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// A wider door is a decision: whoever needs more exported names in one room says
// so here, and in the review of it. Names that only tests need belong into
// export_test.go.
func TestExportedNames(t *testing.T) {
	head := regexp.MustCompile(`^package \w+: (\d+) exported names\n`)
	rooms := []struct {
		packages []string
		most     int
	}{
		{[]string{"model"}, 100},
		{[]string{"model/vocabulary", "model/text"}, 64},
		{[]string{"model/reading", "model/wordtable"}, 9},
		{[]string{"anonymize", "anonymize/redact"}, 63},
		{[]string{"anonymize/recognize"}, 24},
		{[]string{"anonymize/disclosure", "anonymize/disclosure/recode", "anonymize/disclosure/verify"}, 77},
		{[]string{"aggregate", "aggregate/edition"}, 58},
		{[]string{"aggregate/cluster"}, 31},
		{[]string{"guidance", "guidance/render"}, 109},
		{[]string{"model/modeltest", "anonymize/anonymizetest"}, 11},
	}
	var listed []string
	for _, room := range rooms {
		sum := 0
		for _, p := range room.packages {
			file := filepath.Join("..", "..", filepath.FromSlash(p), "testdata", "api.txt")
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			m := head.FindSubmatch(data)
			require.NotNil(t, m, p)
			n, err := strconv.Atoi(string(m[1]))
			require.NoError(t, err)
			sum += n
			listed = append(listed, p)
		}
		require.LessOrEqual(t, sum, room.most, "%v", room.packages)
	}
	var found []string
	for _, pattern := range []string{"*", "*/*", "*/*/*"} {
		files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pattern), "testdata", "api.txt"))
		require.NoError(t, err)
		for _, f := range files {
			rel, err := filepath.Rel(filepath.Join("..", ".."), f)
			require.NoError(t, err)
			found = append(found, path.Dir(path.Dir(filepath.ToSlash(rel))))
		}
	}
	slices.Sort(listed)
	slices.Sort(found)
	require.Equal(t, found, listed, "a package with no budget")
}
