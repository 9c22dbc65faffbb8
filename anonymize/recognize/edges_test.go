// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTextsBeginAndEndAnywhere reads every case of every corpus from each of its words on, and up to
// each of them: what a rule asks of the words around one may not be there ("Aunty Bee").
func TestTextsBeginAndEndAnywhere(t *testing.T) {
	word := regexp.MustCompile(`\S+`)
	marks := strings.NewReplacer("[[", "", "]]", "")
	every := 1
	if testing.Short() {
		every = 7
	}
	rs := builtins(t)
	texts := 0
	require.NoError(t, filepath.WalkDir("testdata", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".txt" || e.Name() == "api.txt" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for c := range strings.SplitSeq(string(b), "\n---\n") {
			_, marked, _ := strings.Cut(c, "\n")
			s := marks.Replace(marked)
			if len(s) > 600 {
				continue
			}
			for _, at := range word.FindAllStringIndex(s, -1) {
				texts++
				if texts%every != 0 {
					continue
				}
				laws(t, s[at[0]:], rs)
				laws(t, s[:at[1]], rs)
			}
		}
		return nil
	}))
	require.Greater(t, texts, 1000)
}
