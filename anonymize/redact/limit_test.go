// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"context"
	"math"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// TestBandsBesideLimits: a word such as "over" gives a band one end, so that the
// sentence stays true.
func TestBandsBesideLimits(t *testing.T) {
	for s, want := range map[string]string{
		"Over £120,000 came in.":            "Over [£100,000] came in.",
		"It cost less than £9,000.":         "It cost less than [£10,000].",
		"It cost over £300,000.":            "It cost over [£250,000].",
		"More than 314 people came.":        "More than [100 people] came.",
		"Up to 450 young people came.":      "Up to [499 people] came.",
		"Fewer than 5,200 families came.":   "Fewer than [a number] came.",
		"Over 6,100 families came.":         "Over [5,000 families] came.",
		"We met 303 members of the public.": "We met [100 to 499 people].",
		"She had a 6-week-old baby.":        "She had a [under-18-year-old] baby.",
		"It took 27 workshops in a year.":   "It took [20 to 49 meetings] in a year.",
	} {
		for _, balanced := range []bool{true, false} {
			c := redact.Config{Policy: preset(t, "anonymous"), Balanced: balanced}
			once := redactWith(t, c, s)[0].Text
			require.Equal(t, want, once)
			require.Equal(t, want, redactWith(t, c, once)[0].Text)
		}
	}
}

// TestCountedWordsAgree: whatever recognition takes for a counted noun has a word here.
func TestCountedWordsAgree(t *testing.T) {
	b, err := os.ReadFile("data/counted.tsv")
	require.NoError(t, err)
	told := string(b)
	for _, table := range []string{"counted", "counted-many"} {
		b, err := os.ReadFile("../recognize/data/en/" + table + ".txt")
		require.NoError(t, err)
		for s := range strings.Lines(string(b)) {
			if s = strings.TrimSpace(s); !strings.HasPrefix(s, "#") {
				require.Contains(t, told, "\n"+s+"\t")
			}
		}
	}
}

// reader counts how often it is asked about a text.
type reader struct{ asked map[string]int }

func (reader) Name() string { return "reader" }

func (r reader) Recognize(_ context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	r.asked[d.Text]++
	return nil, nil
}

// TestPassagesAreReadOnce holds that passages of one call, read by themselves and together,
// cost no recogniser the same text twice.
func TestPassagesAreReadOnce(t *testing.T) {
	for _, balanced := range []bool{true, false} {
		asked := map[string]int{}
		r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: balanced, Extra: []recognize.Recognizer{reader{asked}}})
		require.NoError(t, err)
		_, err = r.Redact(t.Context(), []redact.Passage{
			{Text: "Dr Amara Okafor of Gateshead chaired."}, {Text: "The group asked Okafor for shorter letters."}, {Text: "Nobody else came."},
		})
		require.NoError(t, err)
		require.NotEmpty(t, asked)
		for _, n := range asked {
			require.Equal(t, 1, n)
		}
	}
}

// TestPiecesAreAskedOnce holds that recognisers are asked about each piece of a long text once a
// reading: of a text in which nothing is found there is one.
func TestPiecesAreAskedOnce(t *testing.T) {
	asked := map[string]int{}
	r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: true, Extra: []recognize.Recognizer{reader{asked}}})
	require.NoError(t, err)
	var s strings.Builder
	for n := range 1 << 10 { // no two lines are the same
		s.WriteString("Nothing more was said of it")
		for k := range 10 {
			s.WriteString([]string{", nor of this", ", nor of that"}[n>>k&1])
		}
		s.WriteString(", and the people there went home.\n")
	}
	out, err := redact.InPieces(r, 8000).Redact(t.Context(), []redact.Passage{{Text: s.String()}})
	require.NoError(t, err)
	require.Empty(t, out[0].Decisions)
	require.Greater(t, len(asked), 10)
	for _, n := range asked {
		require.LessOrEqual(t, n, 2, "once for what is declared, once with all others")
	}
}

// TestFewObjects holds that what a reading needs is not allocated anew for each: with everything
// made where it is needed, 840 objects were made of each KB (balanced), 1,590 by default deny.
func TestFewObjects(t *testing.T) {
	if testing.Short() {
		t.Skip("with -race, which CI runs short, a pool forgets by chance what it holds")
	}
	texts := varied(t)
	size := 0
	for _, s := range texts {
		size += len(s)
	}
	for balanced, most := range map[bool]float64{true: 650, false: 1250} {
		r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: balanced})
		require.NoError(t, err)
		objects := math.Inf(1) // the least of a few: a collection of garbage empties pools
		for range 3 {
			objects = min(objects, testing.AllocsPerRun(1, func() {
				for _, s := range texts {
					redacted(t, r, s)
				}
			}))
		}
		require.Less(t, objects/float64(size)*1000, most, "objects a KB, balanced %v", balanced)
	}
}

// TestReadingsShareNothing holds that texts which are read at once by one Redactor, whose buffers
// go from one to the next, come out as they do one after another by a new one each.
func TestReadingsShareNothing(t *testing.T) {
	texts := varied(t)
	for _, balanced := range []bool{true, false} {
		c := redact.Config{Policy: preset(t, "anonymous"), Balanced: balanced}
		one, err := redact.New(c)
		require.NoError(t, err)
		got := make([][]redact.Redacted, len(texts))
		var wait sync.WaitGroup
		const readers = 4
		for k := range readers {
			wait.Go(func() {
				for i := k; i < len(texts); i += readers {
					got[i], _ = one.Redact(t.Context(), []redact.Passage{{Text: texts[i]}})
				}
			})
		}
		wait.Wait()
		for i, s := range texts {
			require.Equal(t, redactWith(t, c, s), got[i], "text %d", i)
		}
	}
}
