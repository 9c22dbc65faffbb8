// SPDX-License-Identifier: Apache-2.0

package recognize_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/sharedpractice/sharedpractice/anonymize/anonymizetest"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

func builtins(tb testing.TB) []recognize.Recognizer {
	tb.Helper()
	rs, err := recognize.Default(language.BritishEnglish)
	require.NoError(tb, err)
	return rs
}

func TestUnknownLocaleIsAnError(t *testing.T) {
	for _, tag := range []language.Tag{language.French, language.MustParse("cy"), language.Und} {
		_, err := recognize.Default(tag)
		require.ErrorIs(t, err, recognize.ErrUnknownLocale)
	}
}

func TestRecognizersKeepTheirContract(t *testing.T) {
	for _, r := range append(builtins(t), dictionary(t)) {
		t.Run(r.Name(), func(t *testing.T) { anonymizetest.TestRecognizer(t, r) })
	}
}

func TestDeclaredNameWithoutLettersIsAnError(t *testing.T) {
	_, err := recognize.NewDictionary([]recognize.Declared{{Kind: recognize.Person, Name: "Canary Birdson"}, {Kind: recognize.Org, Name: " - "}})
	require.ErrorIs(t, err, recognize.ErrEmptyName)
	require.NotContains(t, err.Error(), "Canary")
}

type broken struct{ span text.Span }

func (broken) Name() string { return "broken" }

func (b broken) Recognize(context.Context, *recognize.Document) ([]recognize.Finding, error) {
	if b.span.End == 0 {
		return nil, errors.New("no luck")
	}
	return []recognize.Finding{{Span: b.span, Kind: recognize.Other}}, nil
}

func TestDetectRefusesABrokenRecognizer(t *testing.T) {
	d, err := recognize.NewDocument("é canary")
	require.NoError(t, err)
	for _, s := range []text.Span{{Start: 1, End: 3}, {Start: 0, End: 99}, {Start: 3, End: 3}, {Start: -1, End: 2}} {
		_, err := recognize.Detect(t.Context(), []*recognize.Document{d}, []recognize.Recognizer{broken{s}}, recognize.Options{})
		require.ErrorIs(t, err, recognize.ErrContract)
		require.NotContains(t, err.Error(), "canary")
	}
	_, err = recognize.Detect(t.Context(), []*recognize.Document{d}, []recognize.Recognizer{broken{}}, recognize.Options{})
	require.EqualError(t, err, "recognize: broken: no luck")
}

func TestFindingAndDocumentPrintNoText(t *testing.T) {
	d, err := recognize.NewDocument("Canary Birdson met us.")
	require.NoError(t, err)
	fs, err := recognize.Detect(t.Context(), []*recognize.Document{d}, builtins(t), recognize.Options{})
	require.NoError(t, err)
	require.NotEmpty(t, fs[0])
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		anonymizetest.NoLeak(t, fmt.Sprintf(verb+verb, d, fs[0][0]), "Canary", "Birdson")
	}
	anonymizetest.NoLeak(t, fs[0][0].LogValue().String()+d.LogValue().String(), "Canary", "Birdson")
}

// laws checks on one text what must hold on every text.
func laws(t *testing.T, s string, rs []recognize.Recognizer) {
	t.Helper()
	d, err := recognize.NewDocument(s)
	if err != nil {
		require.False(t, utf8.ValidString(s))
		return
	}
	run := func(d *recognize.Document, strict bool) []recognize.Finding {
		fs, err := recognize.Detect(t.Context(), []*recognize.Document{d}, rs, recognize.Options{Strict: strict})
		require.NoError(t, err)
		return fs[0]
	}
	balanced, strict := run(d, false), run(d, true)
	require.Equal(t, balanced, run(d, false), "the same twice")
	for _, fs := range [][]recognize.Finding{balanced, strict} {
		end := 0
		for _, f := range fs {
			require.True(t, f.Start >= end && f.Start < f.End && f.End <= len(s), "sorted, disjoint, in bounds")
			require.True(t, utf8.ValidString(s[f.Start:f.End]), "whole characters")
			end = f.End
		}
	}
	covered := make([]bool, len(s))
	for _, f := range strict {
		for i := f.Start; i < f.End; i++ {
			covered[i] = true
		}
	}
	for _, f := range balanced {
		for i := f.Start; i < f.End; i++ {
			require.True(t, covered[i], "strict masks what balanced masks")
		}
	}
}

var lawTexts = []string{
	"", " ", "Dr Zofia Przykladowa (made up) met Halden & Rowe plc in Truro on 12 March 2019; call 07700 900123.",
	"[person] met [organisation] in [place] on [date].", "MINUTES OF THE MEETING\nPresent: Z. Przykladowa, A. N. Elmesworth\n- item one\n",
	"j\u200bane dot doe at nhs dot net, ＳＭＩＴＨ, Smi-\nth, O&rsquo;Nobody", "日本語 العربية ٠١٢ Ελλάδα", "((((1)))) .... @@@@ #### www. :// 10.1/", "1.1.1.1.1.1 12/12/12/12 00-00-00-00",
	"I. II. III. X. Y. Z.", "a@b.c @d #e f@g", "“Heads Together Up” and 'Walk With Me'", "İstanbul ﬁeld ß K", "::1 fe80::1:2 a:b:c:d:e:f",
}

func TestLaws(t *testing.T) {
	rs := append([]recognize.Recognizer{dictionary(t)}, builtins(t)...)
	for _, s := range lawTexts {
		laws(t, s, rs)
	}
}

func FuzzLaws(f *testing.F) {
	for _, s := range lawTexts {
		f.Add(s)
	}
	rs := append([]recognize.Recognizer{dictionary(f)}, builtins(f)...)
	f.Fuzz(func(t *testing.T, s string) { laws(t, s, rs) })
}

// FuzzPlanted plants a declared name between any two texts: it never survives.
func FuzzPlanted(f *testing.F) {
	dict := dictionary(f)
	for _, s := range lawTexts {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		if !utf8.ValidString(before) || !utf8.ValidString(after) {
			return
		}
		const name = "Chukwuemeka Obidele"
		s := before + " " + name + " " + after
		d, err := recognize.NewDocument(s)
		require.NoError(t, err)
		fs, err := recognize.Detect(t.Context(), []*recognize.Document{d}, []recognize.Recognizer{dict}, recognize.Options{})
		require.NoError(t, err)
		at := len(before) + 1
		for i := at; i < at+len(name); i++ {
			if s[i] == ' ' {
				continue
			}
			require.True(t, slices.ContainsFunc(fs[0], func(f recognize.Finding) bool { return f.Start <= i && i < f.End }), "byte %d of the name", i-at)
		}
	})
}

// TestIdempotent cuts what was found, labels it as an operator would, and
// finds nothing new in the labels.
func TestIdempotent(t *testing.T) {
	labels := map[recognize.Kind]string{
		recognize.Person: "[person 1]", recognize.Org: "[a hospital trust in the North East]", recognize.Place: "[place]", recognize.Date: "[date]",
		recognize.Contact: "[contact]", recognize.Code: "[number]", recognize.Brand: "[programme]", recognize.Other: "[removed]",
	}
	rs := builtins(t)
	for _, strict := range []bool{false, true} {
		for _, s := range lawTexts {
			once := relabel(t, s, rs, strict, labels)
			require.Equal(t, once, relabel(t, once, rs, strict, labels), "strict %v", strict)
		}
	}
}

func relabel(t *testing.T, s string, rs []recognize.Recognizer, strict bool, labels map[recognize.Kind]string) string {
	t.Helper()
	var b strings.Builder
	at := 0
	for _, f := range detect(t, s, recognize.Options{Strict: strict}, rs...) {
		b.WriteString(s[at:f.Start] + labels[f.Kind])
		at = f.End
	}
	return b.String() + s[at:]
}

// TestBatch: the order of documents changes nothing, and another document only
// adds.
func TestBatch(t *testing.T) {
	texts := []string{
		"Dr Zofia Przykladowa chaired the group. Przykladowa thanked the Wren House Hospice.", "We asked przykladowa and wren house hospice again.",
		"Hope is not a plan. We hope so.", "Grace Hope (made up) chaired.",
	}
	rs := builtins(t)
	run := func(order ...int) map[int][]recognize.Finding {
		var docs []*recognize.Document
		for _, i := range order {
			d, err := recognize.NewDocument(texts[i])
			require.NoError(t, err)
			docs = append(docs, d)
		}
		fs, err := recognize.Detect(t.Context(), docs, rs, recognize.Options{})
		require.NoError(t, err)
		m := map[int][]recognize.Finding{}
		for k, i := range order {
			m[i] = fs[k]
		}
		return m
	}
	all := run(0, 1, 2, 3)
	require.Equal(t, all, run(3, 1, 0, 2))
	alone := run(1)
	require.GreaterOrEqual(t, len(all[1]), len(alone[1]), "masks only grow")
	require.Contains(t, cut(texts[1], all[1]), "We asked [removed]", "a name found in another document")
}

// TestMentions: one detection masks the later mentions.
func TestMentions(t *testing.T) {
	s := "Dr Amara Obidelewa chaired. The nurse met Obidelewa twice. OBIDELEWA agreed; so did amara's sister. Ask obidelewa."
	out := cut(s, detect(t, s, recognize.Options{}, builtins(t)...))
	anonymizetest.NoLeak(t, out, "Obidelewa")
	require.Equal(t, 5, strings.Count(out, "[removed]"), "the given name too")
}

// TestLinear: the work on hostile text grows with its length only. It counts
// findings and time is left to the benchmarks; a quadratic step would not end.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a megabyte each")
	}
	rs := append([]recognize.Recognizer{dictionary(t)}, builtins(t)...)
	for _, unit := range []string{"A. ", "1", "1 ", "a@", "Smith-", "-\n", "[", "(1", "&#49;", "e\u0301", "%41", "www.", "://", "one ", "\" A", "Mr ", "of Hope ", "1:", "x.y."} {
		d, err := recognize.NewDocument(strings.Repeat(unit, (1<<18)/len(unit)))
		require.NoError(t, err)
		_, err = recognize.Detect(t.Context(), []*recognize.Document{d}, rs, recognize.Options{Strict: true})
		require.NoError(t, err)
	}
}

func TestPublicTermsStayAndCanBeReplaced(t *testing.T) {
	s := "We wrote to the NHS, to Parliament and to the Zarquon Board."
	require.Contains(t, cut(s, detect(t, s, recognize.Options{}, builtins(t)...)), "NHS, to Parliament")
	require.NotContains(t, cut(s, detect(t, s, recognize.Options{}, builtins(t)...)), "Zarquon")
	require.Contains(t, cut(s, detect(t, s, recognize.Options{Public: []string{"Zarquon Board"}}, builtins(t)...)), "Zarquon Board")
	dict, err := recognize.NewDictionary([]recognize.Declared{{Kind: recognize.Org, Name: "Parliament"}})
	require.NoError(t, err)
	require.NotContains(t, cut(s, detect(t, s, recognize.Options{}, dict)), "Parliament", "a declared name outranks the list")
	s = "We wrote to NHS England, to NICE and to Healthwatch, which was nice."
	require.Equal(t, "We wrote to [removed], to [removed] and to [removed], which was nice.", cut(s, detect(t, s, recognize.Options{}, builtins(t)...)), "a national body is an organisation by name")
	require.Contains(t, cut(s, detect(t, s, recognize.Options{Public: []string{"NICE"}}, builtins(t)...)), "NICE", "unless the caller says otherwise")
	terms := recognize.PublicTerms()
	terms[0] = "changed"
	require.NotEqual(t, "changed", recognize.PublicTerms()[0], "the caller's copy")
}
