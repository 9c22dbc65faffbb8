// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The group's name, colour and logo stand in guides and sheets once they are chosen,
// and what cannot be used changes nothing.
func TestLook(t *testing.T) {
	v := desk(t, newPath(t))
	v.messy()
	var logo bytes.Buffer
	require.NoError(t, png.Encode(&logo, image.NewGray(image.Rect(0, 0, 40, 20))))
	save := func(fields map[string]string, logo []byte) (int, string) {
		t.Helper()
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for name, value := range fields {
			require.NoError(t, m.WriteField(name, value))
		}
		if logo != nil {
			part, err := m.CreateFormFile("logo", "logo.png")
			require.NoError(t, err)
			_, err = part.Write(logo)
			require.NoError(t, err)
		}
		require.NoError(t, m.Close())
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.at+"/look", &b)
		require.NoError(t, err)
		r.Header.Set("Content-Type", m.FormDataContentType())
		return v.do(r)
	}
	code, page := save(map[string]string{"group": "Quuxmead <b>Voices", "colour": "#123456", "footer": "Made together"}, logo.Bytes())
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, page, "Quuxmead &lt;b&gt;Voices")
	assert.Contains(t, page, "data:image/png;base64,")
	for name, bad := range map[string]struct {
		fields map[string]string
		logo   []byte
	}{
		"a light colour": {map[string]string{"colour": "#eeeeee"}, nil},
		"no colour":      {map[string]string{"colour": "red;}"}, nil},
		"a font":         {map[string]string{"font": "x'); }"}, nil},
		"no image":       {nil, []byte("<svg onload=alert(1)>")},
		"a long logo":    {nil, bytes.Repeat([]byte{1}, mostLogo+1)},
		"two lines":      {map[string]string{"footer": "a\nb"}, nil},
	} {
		code, _ := save(bad.fields, bad.logo)
		assert.Equal(t, http.StatusUnprocessableEntity, code, name)
	}
	v.page("/sign-off")
	_, body := v.get("/sign-off/sheets.zip")
	sheets := unzipped(t, body)
	seen := 0
	for name, sheet := range sheets {
		switch {
		case strings.HasSuffix(name, ".html"):
			assert.Contains(t, string(sheet), "#123456")
			assert.Contains(t, string(sheet), "data:image/png;base64,")
			seen++
		case strings.HasSuffix(name, ".docx"):
			z, err := zip.NewReader(bytes.NewReader(sheet), int64(len(sheet)))
			require.NoError(t, err)
			var all strings.Builder
			for _, f := range z.File {
				if strings.HasSuffix(f.Name, ".xml") {
					r, err := f.Open()
					require.NoError(t, err)
					_, err = io.Copy(&all, r)
					require.NoError(t, err)
				}
			}
			assert.Contains(t, all.String(), "Made together")
			seen++
		}
	}
	assert.NotZero(t, seen)
	code, page = save(map[string]string{"without-logo": "yes"}, nil)
	require.Equal(t, http.StatusOK, code)
	assert.NotContains(t, page, "data:image/png;base64,")
	assert.NotContains(t, v.log.String(), "Quuxmead")
}
