// SPDX-License-Identifier: Apache-2.0

package guidance_test

import (
	"io"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// BenchmarkRender renders one guide of a topic in each format; a thousand of
// them are to take under 2 s as HTML and under 1 s as Markdown.
func BenchmarkRender(b *testing.B) {
	g, err := guidance.Build(made(), topicID, guidance.Config{})
	require.NoError(b, err)
	for _, ext := range slices.Sorted(maps.Keys(renderers())) {
		r := renderers()[ext]
		b.Run(ext, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(rendered(b, r, g))))
			for b.Loop() {
				if err := r.Render(io.Discard, g); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	c := made()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := guidance.Build(c, topicID, guidance.Config{}); err != nil {
			b.Fatal(err)
		}
	}
}
