// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

func lawTexts() []string {
	return []string{
		"Dr Sarah O'Neill of the Hope Valley Hospitals NHS Foundation Trust met 63 patients in Newcastle on 12 March 2012.",
		"Contact:\n- Mrs Amara Okafor, 0191 496 0123\n- j.smith@example.org\n\nThe Brightwater Foundation's app, \"TouchPoint\", was an Alzheimer's tool.",
		"NHS number 943 476 5919; AB12 3CD; £4.94 per £1; 4.46/5; n=63; #FlyWithIt; www.example.org.uk/x?y=1",
		"[person 2] met [an organisation] in [2012]; [Name] and Mr Price hoped to price it at [£10,000 to £25,000].",
		"MRS OKAFOR SAID NO. mrs okafor said yes. O\u200bkafor; Ｏｋａｆｏｒ.", "", " ", "a", "[", "[]", "[[name]]", "]name[", "A. B. C. D.",
		"Zażółć gęślą jaźń w Łodzi, said Prof. Łukasz Żółw — “James' report” from St James's.",
	}
}

func TestRedactLaws(t *testing.T) {
	for _, level := range []string{"public", "attributed", "anonymous", "aggregate"} {
		for _, balanced := range []bool{true, false} {
			r, err := redact.New(redact.Config{Policy: preset(t, level), Balanced: balanced})
			require.NoError(t, err)
			for _, s := range lawTexts() {
				got := redacted(t, r, s)[0]
				keepsTheRest(t, s, got)
				require.Equal(t, got.Text, redacted(t, r, got.Text)[0].Text, "idempotent")
				require.Equal(t, got, redacted(t, r, s)[0], "deterministic")
			}
		}
	}
}

func TestRedactStrictMasksAllThatBalancedMasks(t *testing.T) {
	redactor := func(balanced bool) *redact.Redactor {
		r, err := redact.New(redact.Config{Policy: all(redact.Label), Balanced: balanced})
		require.NoError(t, err)
		return r
	}
	strict, balanced := redactor(false), redactor(true)
	for _, s := range lawTexts() {
		monotone(t, s, redacted(t, balanced, s)[0], redacted(t, strict, s)[0])
	}
}

// monotone checks that every letter and digit that a masks, b masks too.
func monotone(t testing.TB, s string, a, b redact.Redacted) {
	t.Helper()
	masked := func(r redact.Redacted) []bool {
		m := make([]bool, len(s))
		for _, d := range r.Decisions {
			if d.Operator != redact.Keep {
				for i := d.Start; i < d.End; i++ {
					m[i] = true
				}
			}
		}
		return m
	}
	x, y := masked(a), masked(b)
	for i := range s {
		if c := s[i] | 0x20; c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			require.False(t, x[i] && !y[i], "byte %d", i)
		}
	}
}

func FuzzRedact(f *testing.F) {
	for _, s := range lawTexts() {
		f.Add(s, true)
	}
	redactors := map[bool]*redact.Redactor{}
	for _, balanced := range []bool{true, false} {
		r, err := redact.New(redact.Config{Policy: preset(f, "anonymous"), Balanced: balanced})
		require.NoError(f, err)
		redactors[balanced] = r
	}
	f.Fuzz(func(t *testing.T, s string, balanced bool) {
		if len(s) > 4096 {
			t.Skip("longer texts take longer, and show no more")
		}
		out, err := redactors[balanced].Redact(t.Context(), []redact.Passage{{Text: s}})
		if err != nil {
			require.Nil(t, out)
			return
		}
		keepsTheRest(t, s, out[0])
		require.True(t, slices.IsSortedFunc(out[0].Decisions, func(a, b redact.Decision) int { return a.Start - b.Start }))
		again, err := redactors[balanced].Redact(t.Context(), []redact.Passage{{Text: out[0].Text}})
		require.NoError(t, err)
		require.Equal(t, out[0].Text, again[0].Text)
	})
}
