// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pdf is a document with a page of lines, and whatever else is to stand in it.
func pdf(lines []string, more ...string) []byte {
	var content strings.Builder
	content.WriteString("BT /F1 11 Tf 14 TL 50 780 Td\n")
	for _, line := range lines {
		fmt.Fprintf(&content, "(%s) Tj T*\n", strings.NewReplacer("(", `\(`, ")", `\)`).Replace(line))
	}
	content.WriteString("ET")
	objects := append([]string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", content.Len(), content.String()),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	}, more...)
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF", len(objects)+1, xref)
	return b.Bytes()
}

// An account comes out of a PDF as it was written; what is no whole document, asks for
// too much or holds no text is refused in words, and within a bound.
func TestPDF(t *testing.T) {
	v := desk(t, newPath(t))
	lines := []string{
		"Few young people answered our letters, and those who did not speak English were", "missing altogether.",
		"We ran five focus groups with an interpreter and paid everybody's bus fare on the", "day (in cash).", "More came than before.",
	}
	code, _ := v.send("/collect/account/upload", "story.pdf", pdf(lines))
	require.Equal(t, http.StatusOK, code)
	all, err := v.examples(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Equal(t, lines[0]+" "+lines[1]+"\n"+lines[2]+" "+lines[3]+"\n"+lines[4], string(all[0].Account))

	whole := pdf(lines)
	for name, body := range map[string][]byte{
		"no text":          pdf(nil),
		"cut short":        whole[:60],
		"nothing":          []byte("%PDF-1.7\n"),
		"noise":            append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0xff, 0, 1, '<', '<'}, 5000)...),
		"pages in a ring":  bytes.Replace(whole, []byte("/Kids[3 0 R]/Count 1"), []byte("/Kids[2 0 R]/Count 9"), 1),
		"a million pages":  bytes.Replace(whole, []byte("/Count 1>>"), []byte("/Count 1000000>>"), 1),
		"a length of lies": bytes.Replace(whole, []byte("/Length "), []byte("/Length 99999999"), 1),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			code, page := v.send("/collect/account/upload", "x.pdf", body)
			if code != http.StatusOK { // what can be mended is read
				assert.Equal(t, http.StatusUnprocessableEntity, code)
				assert.Contains(t, page, "No text can be read from that PDF")
			}
			assert.Less(t, time.Since(began), 10*time.Minute)
		})
	}
	assert.NotContains(t, v.log.String(), "young")
}
