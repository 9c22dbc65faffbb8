// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// readAlike holds that a text reads the same in pieces as whole. The pieces are short
// beside what is read around them, so that there are many borders.
func readAlike(t *testing.T, texts []string, declared []recognize.Declared) {
	t.Helper()
	for n, s := range texts {
		longest := []int{8000, 3000, 20_000}[n%3]
		for _, balanced := range []bool{true, false} {
			r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: balanced, Declared: declared})
			require.NoError(t, err)
			want, err := r.Redact(t.Context(), []redact.Passage{{Text: s}})
			require.NoError(t, err)
			got, err := redact.InPieces(r, longest).Redact(t.Context(), []redact.Passage{{Text: s}})
			require.NoError(t, err)
			alike(t, fmt.Sprintf("text %d, balanced %v, pieces of %d", n, balanced, longest/4), s, want[0], got[0])
		}
	}
}

func alike(t *testing.T, name, s string, want, got redact.Redacted) {
	t.Helper()
	for k := range max(len(want.Decisions), len(got.Decisions)) {
		if k >= len(want.Decisions) || k >= len(got.Decisions) || want.Decisions[k] != got.Decisions[k] {
			at := func(ds []redact.Decision) string {
				if k >= len(ds) {
					return "none"
				}
				d := ds[k]
				out := fmt.Sprintf("%d-%d %s/%s %s %s", d.Start, d.End, d.Kind, d.Subtype, d.Rule, d.Operator)
				if os.Getenv("SHAREDPRACTICE_DEBUG") != "" {
					out += fmt.Sprintf(" %q", s[max(0, d.Start-60):min(len(s), d.End+30)])
				}
				return out
			}
			require.Failf(t, name, "decision %d of %d and %d: %s and %s", k, len(want.Decisions), len(got.Decisions), at(want.Decisions), at(got.Decisions))
		}
	}
	require.True(t, want.Text == got.Text, name)
}

// TestPiecesReadAsWhole: a text that is read in pieces gives what it gives when it is read
// whole, whatever the size of the pieces; a name found at its end is masked at its beginning.
func TestPiecesReadAsWhole(t *testing.T) {
	var texts []string
	length := 320
	if testing.Short() {
		length = 120
	}
	long := strings.Repeat("Nothing more was said of it, and the people there went home. ", length)
	texts = append(texts, prose(12_000), strings.ReplaceAll(prose(12_000), "\n", " "),
		"Nobody knew why wexham came. "+long+"Dr Amara Wexham of the Kelloch Trust spoke. "+long+"Wexham and Kelloch then left. ",
		"They drew up a waiting list plan (WLP). "+"They met in the garden. "+long+"We asked the Garden, and the WLP ended.",
		"AB Yes, I did.\nCD (laughs) No.\n"+strings.ReplaceAll(long, ". ", ".\n")+"AB They left.\nCD (sighs) So they did.\n",
		"Doug (DL) spoke. "+long+"He met Nora (NHS) there. "+long+"DL left.",
		"Present: Ann Oke, Bob Tarn\n\n"+long+"\n\nAction 4 - MR to write to them.\nMR and SK will ring.\n",
		strings.ToLower(long)+"we saw wexmoor bridge with marta quill. "+strings.ToLower(long))
	var all strings.Builder
	for _, s := range lawTexts() {
		all.WriteString(s + "\n\n")
	}
	texts = append(texts, all.String(), strings.ReplaceAll(all.String(), "\n", " "))
	if testing.Short() {
		texts = texts[2:5]
	}
	readAlike(t, texts, nil)
	readAlike(t, texts[2:], []recognize.Declared{{Kind: recognize.Person, Name: "Amara Wexham"}, {Kind: recognize.Org, Name: "Brightwater Foundation"}})
}

// TestPiecesOfSeveralPassages: what a long passage shows to be a name is masked in a
// short one, and the other way round.
func TestPiecesOfSeveralPassages(t *testing.T) {
	long := 20_000
	if testing.Short() {
		long /= 4
	}
	passages := []redact.Passage{
		{Text: "Wexham came, and Dr Zofia Tarn."},
		{Text: prose(long) + "Dr Amara Wexham left. Tarn stayed.", Document: "other"},
		{Text: ""},
	}
	for _, balanced := range []bool{true, false} {
		r, err := redact.New(redact.Config{Policy: preset(t, "anonymous"), Balanced: balanced, Declared: []recognize.Declared{{Kind: recognize.Person, Name: "Noor Quill"}}})
		require.NoError(t, err)
		want, err := r.Redact(t.Context(), passages)
		require.NoError(t, err)
		got, err := redact.InPieces(r, 2000).Redact(t.Context(), passages)
		require.NoError(t, err)
		for i := range want {
			alike(t, fmt.Sprintf("passage %d, balanced %v", i, balanced), passages[i].Text, want[i], got[i])
		}
	}
}

// TestPiecesReadAsWholeOnDevelopmentData is the same on real texts. It runs where
// SHAREDPRACTICE_EVAL names the folder of development data.
func TestPiecesReadAsWholeOnDevelopmentData(t *testing.T) {
	folder := os.Getenv("SHAREDPRACTICE_EVAL")
	if folder == "" {
		t.Skip("SHAREDPRACTICE_EVAL is not set: no development data")
	}
	files, err := filepath.Glob(filepath.Join(folder, "deid", "*.jsonl"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var texts []string
			var b strings.Builder
			for _, s := range developmentTexts(t, file, 40) {
				if b.WriteString(s + "\n\n"); b.Len() > 20_000 {
					texts = append(texts, b.String())
					b.Reset()
				}
			}
			readAlike(t, append(texts, b.String()), nil)
		})
	}
}
