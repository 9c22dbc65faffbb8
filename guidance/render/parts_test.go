// SPDX-License-Identifier: Apache-2.0

package render_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
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
