// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// prose is made-up text of about n bytes, in short paragraphs.
func prose(n int) string {
	const paragraph = "Dr Amara Okafor of the Brightwater Foundation met 63 patients in Gateshead on 12 March 2012. " +
		"They wanted shorter letters, and a person to ring who knew them.\n\n" +
		"The group was asked what had changed. Most of them said that appointments were kept more often, that the " +
		"ward had grown quieter, and that someone had at last written to them in words they could follow.\n\n"
	return strings.Repeat(paragraph, n/len(paragraph)+1)
}

func benchRedact(b *testing.B, s string, balanced bool) {
	r, err := redact.New(redact.Config{Policy: preset(b, "anonymous"), Balanced: balanced})
	require.NoError(b, err)
	passages := []redact.Passage{{Text: s}}
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Redact(b.Context(), passages); err != nil {
			b.Fatal("redact failed")
		}
	}
}

func BenchmarkRedactBalanced(b *testing.B) { benchRedact(b, prose(100_000), true) }

func BenchmarkRedactStrict(b *testing.B) { benchRedact(b, prose(100_000), false) }

func BenchmarkRedactHostile(b *testing.B) {
	for name, unit := range map[string]string{
		"initials": "A. ", "digits": "1234567890", "brackets": "[", "labels": "[name]", "near-labels": "[a name] [person 1] [January", "spaced": "a b c ", "quotes": "'s' ",
	} {
		for _, size := range []string{"100k", "1M"} {
			n := 100_000
			if size == "1M" {
				n = 1_000_000
			}
			b.Run(name+"/"+size, func(b *testing.B) { benchRedact(b, strings.Repeat(unit, n/len(unit)), true) })
		}
	}
}

func BenchmarkTransformer(b *testing.B) {
	s := prose(300_000)
	r, err := redact.New(redact.Config{Policy: preset(b, "anonymous"), Balanced: true})
	require.NoError(b, err)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := io.Copy(io.Discard, r.NewReader(b.Context(), strings.NewReader(s))); err != nil {
			b.Fatal("stream failed")
		}
	}
}

// BenchmarkRedactGroup says how much more passages cost together than each by itself.
func BenchmarkRedactGroup(b *testing.B) {
	r, err := redact.New(redact.Config{Policy: preset(b, "anonymous"), Balanced: true})
	require.NoError(b, err)
	var passages []redact.Passage
	for i := range 40 {
		passages = append(passages, redact.Passage{Text: fmt.Sprintf("Meeting %d. ", i) + prose(2000)})
	}
	var together, alone time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := r.Redact(b.Context(), passages); err != nil {
			b.Fatal("redact failed")
		}
		together += time.Since(start)
		start = time.Now()
		for i := range passages {
			if _, err := r.Redact(b.Context(), passages[i:i+1]); err != nil {
				b.Fatal("redact failed")
			}
		}
		alone += time.Since(start)
	}
	b.ReportMetric(float64(together)/float64(alone), "together/alone")
}
