// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// benchText is about 100 KB of prose with a name or figure in most sentences;
// all names are made up.
var benchText = strings.Repeat(`The patient council met four times in Truro. Dr Zofia Przykladowa, who leads engagement at Halden & Rowe plc, asked
whether the leaflet could be shorter, and a carer from Wren House Hospice said that nobody in her family had read it to the
end. By 12 March 2019 the draft had lost half its words. People with asthma and their families were sent the new version
by post; 63 of 112 answered, and most wanted larger print. The team then wrote to NHS England, which had published advice
of its own, and agreed to share what had been learned with the other groups before the summer. Questions to
z.przykladowa@example.org or 07700 900123. What would we do differently? We would start earlier, pay for travel in advance,
and ask somebody who has never been to hospital to read the questions aloud.

`, 120)

// BenchmarkTokens is the bare pass that the others are measured against.
func BenchmarkTokens(b *testing.B) {
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	for b.Loop() {
		v, err := text.NewView(benchText)
		require.NoError(b, err)
		_ = text.Tokens(v.Text())
	}
}

// BenchmarkExpressions is what a handful of regular expressions cost, which find far less.
func BenchmarkExpressions(b *testing.B) {
	var res []*regexp.Regexp
	for _, s := range []string{
		`[\w.+-]+@[\w-]+\.[\w.]+`, `\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b`, `\b(Dr|Mrs?|Ms|Prof)\.? [A-Z]\w+( [A-Z]\w+)?`, `\b([A-Z]\w+ )+(Hospital|Trust|plc|Ltd|Hospice)\b`,
		`\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b`, `https?://\S+`,
	} {
		res = append(res, regexp.MustCompile(s))
	}
	b.SetBytes(int64(len(benchText)))
	for b.Loop() {
		for _, re := range res {
			_ = re.FindAllStringIndex(benchText, -1)
		}
	}
}

func BenchmarkDocument(b *testing.B) {
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := recognize.NewDocument(benchText)
		require.NoError(b, err)
	}
}

func BenchmarkDetect(b *testing.B) {
	for _, strict := range []bool{false, true} {
		b.Run(fmt.Sprintf("strict=%v", strict), func(b *testing.B) {
			benchDetect(b, builtins(b), strict)
		})
	}
}

func BenchmarkDeclared(b *testing.B) {
	for _, n := range []int{10, 1000, 5000} {
		var ds []recognize.Declared
		for i := range n {
			ds = append(ds, recognize.Declared{Kind: recognize.Person, Name: fmt.Sprintf("Name%c%c Family%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/7%26, 'a'+i/3%26, 'a'+i/676%26)})
		}
		dict, err := recognize.NewDictionary(ds)
		require.NoError(b, err)
		b.Run(fmt.Sprintf("names=%d", n), func(b *testing.B) {
			benchDetect(b, []recognize.Recognizer{dict}, false)
		})
	}
}

func benchDetect(b *testing.B, rs []recognize.Recognizer, strict bool) {
	b.Helper()
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	for b.Loop() {
		d, err := recognize.NewDocument(benchText)
		require.NoError(b, err)
		_, err = recognize.Detect(b.Context(), []*recognize.Document{d}, rs, recognize.Options{Strict: strict})
		require.NoError(b, err)
	}
}

// BenchmarkRecognizers times each recogniser alone on a prepared document.
func BenchmarkRecognizers(b *testing.B) {
	d, err := recognize.NewDocument(benchText)
	require.NoError(b, err)
	for _, r := range builtins(b) {
		b.Run(r.Name(), func(b *testing.B) {
			b.SetBytes(int64(len(benchText)))
			for b.Loop() {
				_, err := r.Recognize(b.Context(), d)
				require.NoError(b, err)
			}
		})
	}
}
