// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	_ "github.com/sharedpractice/sharedpractice/model/modeltest"
)

// Uploads that are made to harm get a clear answer, in bounded memory.
func TestCollect_hostile(t *testing.T) {
	good := workbook(t, "google-forms.csv")
	parts := func(files map[string]string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, text := range files {
			w, err := z.Create(name)
			require.NoError(t, err)
			_, err = io.WriteString(w, text)
			require.NoError(t, err)
		}
		require.NoError(t, z.Close())
		return b.Bytes()
	}
	bomb := func() []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("xl/worksheets/sheet1.xml")
		require.NoError(t, err)
		zeros := make([]byte, 1<<20)
		for range 1024 {
			_, err = w.Write(zeros)
			require.NoError(t, err)
		}
		require.NoError(t, z.Close())
		return b.Bytes()
	}
	wide := excelize.NewFile()
	require.NoError(t, wide.SetCellValue("Sheet1", "XFD1", "far away"))
	wideBook, err := wide.WriteToBuffer()
	require.NoError(t, err)
	for _, c := range []struct {
		name, why string
		body      []byte
	}{
		{"a bomb", "more than 48 MB", bomb()},
		{"a truncated workbook", "cut short or damaged", good[:len(good)/2]},
		{"a million columns of CSV", "more than 2000 columns", []byte(strings.Repeat("a,", 1_000_000) + "\n1\n")},
		{"a workbook with the last column", "more than 2,000 columns", wideBook.Bytes()},
		{"parts that point outside", "points outside", parts(map[string]string{"../../etc/passwd": "x"})},
		{"parts that point outside, otherwise", "points outside", parts(map[string]string{`xl\..\..\x`: "x"})},
		{"a zip that is no workbook", "no workbook that can be read", parts(map[string]string{"a.txt": "x"})},
		{"bytes", "NUL", []byte("a,b\x00c\n1,2\n")},
		{"nothing but a heading sign", "empty", []byte("\n\n\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := desk(t, newPath(t))
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			begun := time.Now()
			code, page := v.send("/collect/upload", "../../x/<script>alert(1)</script>.xlsx", c.body)
			took := time.Since(begun)
			runtime.ReadMemStats(&after)
			t.Logf("refused after %v and %d MB", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
			assert.Less(t, took, 10*time.Minute)
			assert.Equal(t, http.StatusUnprocessableEntity, code)
			assert.Contains(t, page, c.why)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(600<<20))
			_, page = v.get("/collect")
			assert.NotContains(t, page, "Files so far", "nothing is stored")
		})
	}
}

// Formulas are kept as text and never run; names of files show no place and no
// markup; what goes back to Excel begins with no sign of a formula.
func TestCollect_harmless(t *testing.T) {
	v := desk(t, newPath(t))
	rows := [][]string{{"=HYPERLINK(1)", "What is the example called?", "What may it be used for?"}, {"=1+1", "=cmd|'/c calc'!A1", "=2+2"}}
	code, page := v.send("/collect/upload", `..\..\<img src=x>.xlsx`, book(t, rows))
	require.Equal(t, http.StatusOK, code)
	assert.NotContains(t, page, "<img")
	assert.NotContains(t, page, `..\`)
	id := inCollect.FindStringSubmatch(page)[1]
	_, file := v.get("/collect/" + id + "/check.csv")
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	for _, row := range all {
		for _, cell := range row {
			assert.NotRegexp(t, `^[=+@-]`, cell)
		}
	}
}
