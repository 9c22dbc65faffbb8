// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

func BenchmarkDecodeJSON(b *testing.B) {
	line, err := model.EncodeJSON(full(b))
	require.NoError(b, err)
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		_, err = model.DecodeJSON(line)
	}
	require.NoError(b, err)
}

func BenchmarkEncodeJSON(b *testing.B) {
	e := full(b)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = model.EncodeJSON(e)
	}
}

func BenchmarkValidate(b *testing.B) {
	e := full(b)
	b.ReportAllocs()
	for b.Loop() {
		_ = e.Validate(nil)
	}
}

// The file holds a hundred rows.
func BenchmarkReadCSV(b *testing.B) {
	in := hundred(b)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range (model.Reader{}).CSV(bytes.NewReader(in)) {
			require.NoError(b, err)
			n++
		}
		require.Equal(b, 100, n)
	}
}

func hundred(tb testing.TB) []byte {
	tb.Helper()
	e := full(tb)
	var out bytes.Buffer
	require.NoError(tb, model.WriteCSV(&out, func(yield func(model.Example, error) bool) {
		for i := range 100 {
			e.ID = fmt.Sprintf("e%d", i)
			if !yield(e, nil) {
				return
			}
		}
	}))
	return out.Bytes()
}

// Hostile cells of one megabyte: what each costs is seen by comparing them with
// each other; none may grow with the square of its length.
func BenchmarkReadCSV_hostile(b *testing.B) {
	header, row := minimum()
	for _, hostile := range []struct{ name, cell string }{
		{"continued lines", "- a\n" + strings.Repeat("b\n", 400_000)},
		{"entries", strings.Repeat("b\n", 400_000)},
		{"notes", "a" + strings.Repeat(" [experienced]", 60_000)},
		{"codes", "a" + strings.Repeat(" [ch:x]", 100_000)},
		{"brackets", strings.Repeat("[", 800_000) + "]"},
		{"blanks", strings.Repeat(" ", 800_000)},
	} {
		b.Run(hostile.name, func(b *testing.B) {
			cells := append([]string(nil), row...)
			cells[3] = hostile.cell
			in := sheet(',', header, cells)
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				_, _ = collect(model.Reader{}.CSV(strings.NewReader(in)))
			}
		})
	}
}
