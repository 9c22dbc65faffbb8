// SPDX-License-Identifier: Apache-2.0

package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// BenchmarkWording indexes and checks a megabyte of prose of 60 holdings.
func BenchmarkWording(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var sources []disclosure.SourceText
	for h := range 60 {
		var text strings.Builder
		for text.Len() < 1<<20/60 {
			fmt.Fprintf(&text, "w%c%c%c ", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+min(r.IntN(26), r.IntN(26)))
			if r.IntN(12) == 0 {
				text.WriteString("end. ")
			}
		}
		sources = append(sources, disclosure.SourceText{Text: text.String(), Holdings: []string{fmt.Sprint(h)}})
	}
	b.SetBytes(1 << 20)
	b.ReportAllocs()
	for b.Loop() {
		w, err := disclosure.NewWording(sources, disclosure.WordingConfig{})
		require.NoError(b, err)
		_, err = w.Check(sources[0].Text)
		require.NoError(b, err)
	}
}
