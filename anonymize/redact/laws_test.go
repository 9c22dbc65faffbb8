// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
)

// TestZeroFailsClosed: a Redactor that was not made by New gives nothing, by no way.
func TestZeroFailsClosed(t *testing.T) {
	for _, r := range []*redact.Redactor{nil, {}} {
		out, err := r.Redact(t.Context(), []redact.Passage{{Text: "Zanzibaria"}})
		require.ErrorContains(t, err, "zero Redactor")
		require.Nil(t, out)
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: r.ReplaceAttr})).Info("Zanzibaria came", "who", "Zanzibaria")
		require.NotContains(t, log.String(), "Zanzibaria")
	}
	got, err := io.ReadAll((&redact.Redactor{}).NewReader(t.Context(), strings.NewReader("Zanzibaria")))
	require.ErrorContains(t, err, "zero Redactor")
	require.Empty(t, got)
	var zero redact.Transformer
	n, _, err := zero.Transform(make([]byte, 64), []byte("Zanzibaria"), true)
	require.ErrorContains(t, err, "zero Redactor")
	require.Zero(t, n)
}

// TestExtraSwitchesNothingOff: the rare conditions are looked for whatever
// recognisers are given, and an extra one only adds.
func TestExtraSwitchesNothingOff(t *testing.T) {
	const s = "We wrote for people with erythropoietic protoporphyria in Wexmoor, with the Kelloch method."
	rs, err := recognize.Default(language.BritishEnglish)
	require.NoError(t, err)
	for name, c := range map[string]redact.Config{
		"appended": {Recognizers: append(rs, finder{find("Kelloch method", "BRAND")}), Balanced: true},
		"extra":    {Extra: []recognize.Recognizer{finder{find("Kelloch method", "BRAND")}}, Balanced: true},
	} {
		c.Policy = preset(t, "anonymous")
		out := redactWith(t, c, s)[0].Text
		for _, w := range []string{"protoporphyria", "Kelloch", "Wexmoor"} {
			require.NotContains(t, out, w, name)
		}
	}
}

// growing are configurations of which each masks at least what the one before does.
func growing(t testing.TB, one, two string) []*redact.Redactor {
	t.Helper()
	var out []*redact.Redactor
	declared := []recognize.Declared{{Kind: recognize.Person, Name: one}, {Kind: recognize.Org, Name: two}}
	extra := []recognize.Recognizer{finder{find("group", "OTHER")}}
	for _, c := range []redact.Config{
		{Balanced: true},
		{Balanced: true, Declared: declared[:1]},
		{Balanced: true, Declared: declared},
		{Balanced: true, Declared: declared, Extra: extra},
		{Declared: declared, Extra: extra},
	} {
		c.Policy = preset(t, "anonymous")
		r, err := redact.New(c)
		if err != nil {
			t.Skip("no name")
		}
		out = append(out, r)
	}
	return out
}

func masksGrow(t testing.TB, rs []*redact.Redactor, s, other string) {
	t.Helper()
	var last *redact.Redacted
	for _, r := range rs {
		alone, err := r.Redact(t.Context(), []redact.Passage{{Text: s}})
		if err != nil {
			require.NotContains(t, err.Error(), "anziba")
			return
		}
		beside, err := r.Redact(t.Context(), []redact.Passage{{Text: s}, {Text: other}})
		if err != nil {
			return
		}
		monotone(t, s, alone[0], beside[0])
		if last != nil {
			monotone(t, s, *last, alone[0])
		}
		last = &alone[0]
	}
}

// TestMasksGrowOnDevelopmentData holds law 4 on real texts, with names that stand in
// them. It runs where SHAREDPRACTICE_EVAL names the folder of development data.
func TestMasksGrowOnDevelopmentData(t *testing.T) {
	folder := os.Getenv("SHAREDPRACTICE_EVAL")
	if folder == "" {
		t.Skip("SHAREDPRACTICE_EVAL is not set: no development data")
	}
	files, err := filepath.Glob(filepath.Join(folder, "deid", "*.jsonl"))
	require.NoError(t, err)
	for _, file := range append(files, filepath.Join(folder, "accounts", "accounts.jsonl")) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			failed, of := 0, 0
			other := ""
			for n, s := range developmentTexts(t, file, 120) {
				words := strings.Fields(s)
				if len(words) < 8 {
					continue
				}
				of++
				rs := growing(t, words[n%len(words)]+" "+words[(n*7+3)%len(words)], words[(n*5+1)%len(words)]+" "+words[(n*3+2)%len(words)])
				if !t.Run("", func(t *testing.T) { masksGrow(t, rs, s, other) }) {
					failed++
				}
				other = s
			}
			t.Logf("%d of %d texts break the law", failed, of)
		})
	}
}

// FuzzMasksGrow is law 4: the stricter setting brings nothing back, nor does a
// declared name where none was, nor one more passage.
func FuzzMasksGrow(f *testing.F) {
	for _, s := range lawTexts() {
		f.Add(s, "Quillonia Zanziba", "Mind", "Mind met Quillonia in Hope Valley.")
		f.Add(s, "Will Price", "Hope Valley", "MRS OKAFOR SAID NO.")
	}
	f.Add("B NO", "Quillonia Zanziba", "Mind", "AXA NO")
	f.Add("B A A A O AAAABAA! A Ｏｋａｆｏｒ!", "0000000 0", "Mind", "Mind 1ayia A0208") // the article was cut in one only
	f.Fuzz(func(t *testing.T, s, one, two, other string) {
		if len(s)+len(other) > 1024 || len(one)+len(two) > 100 {
			t.Skip("longer texts take longer, and show no more")
		}
		rs := growing(t, one, two)
		var outs []redact.Redacted
		for _, r := range []*redact.Redactor{rs[0], rs[2], rs[3], rs[4]} {
			out, err := r.Redact(t.Context(), []redact.Passage{{Text: s}})
			if err != nil {
				require.NotContains(t, err.Error(), "anziba")
				return
			}
			outs = append(outs, out[0])
			beside, err := r.Redact(t.Context(), []redact.Passage{{Text: other}, {Text: s}})
			if err != nil {
				require.NotContains(t, err.Error(), "anziba")
				return
			}
			monotone(t, s, out[0], beside[1])
		}
		monotone(t, s, outs[0], outs[1])
		monotone(t, s, outs[0], outs[2])
		monotone(t, s, outs[2], outs[3])
	})
}

// FuzzErrors: no error shows the text or a declared name.
func FuzzErrors(f *testing.F) {
	f.Add("Zanzibaria", "\xff", "x")
	f.Fuzz(func(t *testing.T, canary, s, name string) {
		canary = "Canary" + canary
		r, err := redact.New(redact.Config{Declared: []recognize.Declared{{Kind: recognize.Org, Name: name + canary}, {Kind: recognize.Org, Name: s}}})
		if err != nil {
			require.NotContains(t, err.Error(), canary)
			return
		}
		ctx, stop := context.WithCancel(t.Context())
		if len(s)%2 == 1 {
			stop()
		}
		defer stop()
		if out, err := r.Redact(ctx, []redact.Passage{{Text: s + canary + "\xff"}}); err != nil {
			require.NotContains(t, err.Error(), canary)
			require.Nil(t, out)
		}
	})
}

// reads notes how often each text was read.
type reads struct{ of map[string]int }

func (reads) Name() string { return "reads" }

func (r reads) Recognize(_ context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	r.of[d.Text]++
	return nil, nil
}

// Default deny and declared names read a text again in another light, but nothing is
// recognised in it twice: recognising is nearly all of the work.
func TestNoTextIsRecognisedTwice(t *testing.T) {
	built, err := recognize.Default(language.BritishEnglish)
	require.NoError(t, err)
	for name, c := range map[string]redact.Config{
		"balanced": {Balanced: true},
		"strict":   {},
		"declared": {Balanced: true, Declared: []recognize.Declared{{Kind: recognize.Org, Name: "Quayside Pharma"}}},
		"both":     {Declared: []recognize.Declared{{Kind: recognize.Org, Name: "Quayside Pharma"}}},
	} {
		t.Run(name, func(t *testing.T) {
			r := reads{map[string]int{}}
			c.Policy, c.Recognizers = preset(t, "anonymous"), append(slices.Clone(built), r)
			redactor, err := redact.New(c)
			require.NoError(t, err)
			_, err = redactor.Redact(t.Context(), []redact.Passage{{Text: prose(1500) + "Quayside Pharma paid for the zorblatt in Wexmoor."}})
			require.NoError(t, err)
			require.NotEmpty(t, r.of)
			for _, n := range r.of {
				require.Equal(t, 1, n)
			}
		})
	}
}
