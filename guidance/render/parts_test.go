// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/guidance/render"
)

// xmlParts are the parts of a Word document, without its pictures.
func xmlParts(t testing.TB, file []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	out := map[string][]byte{}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".png") {
			continue
		}
		r, err := f.Open()
		require.NoError(t, err)
		out[f.Name], err = io.ReadAll(r)
		require.NoError(t, err)
	}
	require.NotEmpty(t, out)
	return out
}

// In plain text, a table that tells in words has each cell in a line of its own, after its header;
// one of numbers a line for each row.
func TestTableOfWordsInText(t *testing.T) {
	of := func(last string) string {
		var b strings.Builder
		g := &guidance.Guide{Front: guidance.Front{Title: "T", Locale: "en-GB"}, Sections: []guidance.Section{{ID: "s", Title: "S", Blocks: []guidance.Block{{Kind: guidance.TableOf, Table: &guidance.Table{
			Header: []string{"You are here", "Open", "Fixed"}, Rows: [][]string{{"Results are in", "12", last}},
		}}}}}}
		require.NoError(t, render.PlainText{}.Render(&b, g))
		return b.String()
	}
	require.Contains(t, of("What was found in the whole of the study"), "  Results are in\n    Open: 12\n    Fixed: What was found in the whole of the study\n")
	require.Contains(t, of("7"), "  Results are in | 12 | 7\n")
}
