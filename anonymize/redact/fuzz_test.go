// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/internal/leak"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// FuzzRedactPlanted plants a declared name between arbitrary texts: no form of it
// that the leak check knows survives, and strict masks all that balanced masks.
func FuzzRedactPlanted(f *testing.F) {
	for _, s := range lawTexts() {
		f.Add(s, " ")
		f.Add(" ", s)
	}
	secrets := []recognize.Declared{
		{Kind: recognize.Person, Name: "Quillonia Zanziba"},
		{Kind: recognize.Org, Name: "Vexmoor Hospitals NHS Trust"},
	}
	redactor := func(balanced bool) *redact.Redactor {
		r, err := redact.New(redact.Config{
			Declared: secrets, Policy: preset(f, "public"), Balanced: balanced,
		})
		require.NoError(f, err)
		return r
	}
	balanced, strict := redactor(true), redactor(false)
	f.Fuzz(func(t *testing.T, before, after string) {
		if len(before)+len(after) > 4096 {
			t.Skip("longer texts take longer, and show no more")
		}
		s := before + " Quillonia Zanziba " + after
		a, err := balanced.Redact(t.Context(), []redact.Passage{{Text: s}})
		if err != nil {
			require.NotContains(t, err.Error(), "anziba")
			return
		}
		b, err := strict.Redact(t.Context(), []redact.Passage{{Text: s}})
		require.NoError(t, err)
		monotone(t, s, a[0], b[0])
		for _, l := range leaks([]string{a[0].Text}, secrets[:1]) {
			require.NotEqual(t, leak.Declared, l.Kind, "byte %d", l.Place)
		}
	})
}

// FuzzStream: what a stream gives does not depend on the size of the reads, and
// a short one gives what the whole text gives.
func FuzzStream(f *testing.F) {
	for i, s := range lawTexts() {
		f.Add(s, i+1)
	}
	r := streamRedactor(f)
	f.Fuzz(func(t *testing.T, s string, size int) {
		if len(s) > 4096 {
			t.Skip("longer texts take longer, and show no more")
		}
		want, err := r.Redact(t.Context(), []redact.Passage{{Text: s}})
		got, streamErr := io.ReadAll(r.NewReader(t.Context(), &chunks{s: s, size: max(1, min(size, len(s)))}))
		require.Equal(t, err == nil, streamErr == nil)
		if err != nil {
			require.Empty(t, got)
			return
		}
		require.Equal(t, 0, strings.Compare(want[0].Text, string(got)))
	})
}
