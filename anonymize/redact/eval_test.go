// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// TestRedactLawsOnDevelopmentData holds both strengths to the laws on thousands
// of real texts, and lets the leak check look for identifiers in what comes out.
// It runs where SHAREDPRACTICE_EVAL names the folder of development data.
func TestRedactLawsOnDevelopmentData(t *testing.T) {
	folder := os.Getenv("SHAREDPRACTICE_EVAL")
	if folder == "" {
		t.Skip("SHAREDPRACTICE_EVAL is not set: no development data")
	}
	const texts = 1500 // of each file
	balanced, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: true})
	require.NoError(t, err)
	strict, err := redact.New(redact.Config{Policy: preset(t, "anonymous")})
	require.NoError(t, err)
	files, err := filepath.Glob(filepath.Join(folder, "deid", "*.jsonl"))
	require.NoError(t, err)
	require.NotEmpty(t, files, "no file of development data")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var originals, outs []string
			for _, s := range developmentTexts(t, file, texts) {
				a, b := redacted(t, balanced, s)[0], redacted(t, strict, s)[0]
				keepsTheRest(t, s, a)
				keepsTheRest(t, s, b)
				monotone(t, s, a, b)
				require.Equal(t, redacted(t, balanced, a.Text)[0].Text, a.Text, "text %d: idempotent", len(outs))
				require.Equal(t, redacted(t, strict, b.Text)[0].Text, b.Text, "text %d: idempotent", len(outs))
				originals, outs = append(originals, s), append(outs, a.Text)
			}
			before := len(leaks(originals, nil))
			after := len(leaks(outs, nil))
			t.Logf("%d texts, balanced: %d identifiers before, %d after", len(outs), before, after)
			require.LessOrEqual(t, after, max(3, before/50), "at most one in fifty survives recognition")
		})
	}
}

// developmentTexts are the first texts of a file of development data.
func developmentTexts(t *testing.T, file string, most int) (out []string) {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() && len(out) < most {
		var d struct{ Text string }
		require.NoError(t, json.Unmarshal(sc.Bytes(), &d))
		out = append(out, d.Text)
	}
	require.NoError(t, sc.Err())
	return out
}

// TestRedactOrderOfPassages: what is masked in a passage does not depend on the
// order in which a group is given, and another passage can only add to it.
func TestRedactOrderOfPassages(t *testing.T) {
	for _, balanced := range []bool{true, false} {
		r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: balanced})
		require.NoError(t, err)
		texts := lawTexts()
		forward := redacted(t, r, texts...)
		passages := make([]redact.Passage, len(texts))
		for i, s := range texts {
			passages[len(texts)-1-i] = redact.Passage{Text: s, Document: string(rune('a' + i))}
		}
		backward, err := r.Redact(t.Context(), passages)
		require.NoError(t, err)
		for i, s := range texts {
			require.Equal(t, forward[i].Text, backward[len(texts)-1-i].Text)
			monotone(t, s, redacted(t, r, s)[0], forward[i])
		}
	}
}

// TestRedactMixedStrengths holds groups of strict and balanced passages to the laws.
func TestRedactMixedStrengths(t *testing.T) {
	r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: true})
	require.NoError(t, err)
	group := func(texts []string) []redact.Passage {
		var out []redact.Passage
		for i, s := range texts {
			out = append(out, redact.Passage{Text: s, Document: string(rune('a' + i)), Strict: i%2 == 0})
		}
		return out
	}
	texts := lawTexts()
	once, err := r.Redact(t.Context(), group(texts))
	require.NoError(t, err)
	var again []string
	balanced := redacted(t, r, texts...)
	for i, o := range once {
		keepsTheRest(t, texts[i], o)
		monotone(t, texts[i], balanced[i], o)
		again = append(again, o.Text)
	}
	twice, err := r.Redact(t.Context(), group(again))
	require.NoError(t, err)
	for i, o := range twice {
		require.Equal(t, again[i], o.Text)
	}
}
