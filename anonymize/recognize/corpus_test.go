// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// TestCorpus reads testdata/recognize/NAME.txt for the recogniser of that name:
// cases split by "---", a reason after "#", the text with what is to be found
// in double brackets. At least a third of the cases of every file and of all
// must find nothing.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/recognize/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	byName := map[string]recognize.Recognizer{}
	for _, r := range builtins(t) {
		byName[r.Name()] = r
	}
	all, nothing := 0, 0
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		r := byName[name]
		require.NotNil(t, r, "no recogniser %s", name)
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		for c := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n---\n") {
			reason, marked, ok := strings.Cut(c, "\n")
			require.True(t, ok, "%s: a case without text", file)
			all++
			if !strings.Contains(marked, "[[") {
				nothing++
			}
			t.Run(name+"/"+strings.TrimPrefix(reason, "# "), func(t *testing.T) {
				plain := strings.NewReplacer("[[", "", "]]", "").Replace(marked)
				var b strings.Builder
				at := 0
				for _, f := range detect(t, plain, recognize.Options{Public: []string{"NHS"}}, r) {
					b.WriteString(plain[at:f.Start] + "[[" + plain[f.Start:f.End] + "]]")
					at = f.End
				}
				require.Equal(t, marked, b.String()+plain[at:], reason)
			})
		}
	}
	require.GreaterOrEqual(t, nothing*3, all, "%d of %d cases must find nothing", nothing, all)
}
