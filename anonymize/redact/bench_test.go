// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model/text"
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
		"parts of a figure": "1.2.3.", "one word": "é", "heads": "Hospital ", "joined": "the Abc of the ", "addresses": "http://a.b/", "owners": "AB’s NHS ",
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

// varied are the excerpts that recognition is tested with, in many registers, without their marks.
func varied(tb testing.TB) (texts []string) {
	tb.Helper()
	marks := regexp.MustCompile(`\[[A-Z]+:([^\]]*)\]`)
	for _, file := range []string{"excerpts/worked-on", "excerpts/kept-back"} {
		data, err := os.ReadFile("../recognize/testdata/" + file + ".txt")
		require.NoError(tb, err)
		for _, s := range strings.Split(string(data), "\n## ")[1:] {
			texts = append(texts, marks.ReplaceAllString(s, "$1"))
		}
	}
	return texts
}

// expressions are ten of those that people search for identifiers with.
func expressions() (out []*regexp.Regexp) {
	for _, s := range []string{
		`[\w.+-]+@[\w-]+\.[\w.]+`, `\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b`, `\b(Dr|Mrs?|Ms|Prof)\.? [A-Z]\w+( [A-Z]\w+)?`, `\b([A-Z]\w+ )+(Hospital|Trust|plc|Ltd|Hospice)\b`,
		`\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b`, `https?://\S+`,
		`\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b`, `\b[A-Z]{2}\d{6}[A-Z]\b`, `[£$€]\d[\d,.]*(k|m|bn| million)?`, `\b\d{3} ?\d{3} ?\d{4}\b`,
	} {
		out = append(out, regexp.MustCompile(s))
	}
	return out
}

// BenchmarkRedactRatios measures redaction of varied text beside a bare pass, which reads a text
// and divides it into tokens, and beside ten regular expressions, all in one run.
func BenchmarkRedactRatios(b *testing.B) {
	texts, found := varied(b), expressions()
	redacting := func(balanced bool) func(string) error {
		r, err := redact.New(redact.Config{Policy: preset(b, "anonymous"), Balanced: balanced})
		require.NoError(b, err)
		return func(s string) error {
			_, err := r.Redact(b.Context(), []redact.Passage{{Text: s}})
			return err
		}
	}
	ways := []func(string) error{
		func(s string) error {
			v, err := text.NewView(s)
			if err == nil {
				_ = text.Tokens(v.Text())
			}
			return err
		},
		func(s string) error {
			for _, re := range found {
				_ = re.FindAllStringIndex(s, -1)
			}
			return nil
		},
		redacting(true),
		redacting(false),
	}
	took := make([]time.Duration, len(ways))
	for b.Loop() {
		for i, way := range ways {
			start := time.Now()
			for _, s := range texts {
				if way(s) != nil {
					b.Fatal("a text was not read")
				}
			}
			took[i] += time.Since(start)
		}
	}
	bare, expressions, balanced, strict := float64(took[0]), float64(took[1]), float64(took[2]), float64(took[3])
	b.ReportMetric(balanced/bare, "balanced/bare")
	b.ReportMetric(balanced/expressions, "balanced/expressions")
	b.ReportMetric(strict/balanced, "strict/balanced")
}

// BenchmarkTransformerNames reads a stream of 1.5 MB in which 20,000 names stand, and says how much
// slower its last third is than the second: names found are looked for in all later text.
func BenchmarkTransformerNames(b *testing.B) {
	const size = 1_500_000
	var s strings.Builder
	_, err := io.Copy(&s, newPeople(b, size))
	require.NoError(b, err)
	r, err := redact.New(redact.Config{Policy: preset(b, "anonymous"), Balanced: true})
	require.NoError(b, err)
	b.SetBytes(int64(s.Len()))
	var took [3]time.Duration
	for b.Loop() {
		in := r.NewReader(b.Context(), strings.NewReader(s.String()))
		for i := range took {
			start := time.Now()
			if _, err := io.CopyN(io.Discard, in, size/3-size/100); err != nil && !errors.Is(err, io.EOF) {
				b.Fatal("stream failed")
			}
			took[i] += time.Since(start)
		}
	}
	b.ReportMetric(float64(took[2])/float64(took[1]), "last/second")
}
