// SPDX-License-Identifier: Apache-2.0

package anonymizetest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// TestRecognizer checks that r keeps the contract of recognize.Recognizer on a
// set of awkward texts and on the caller's own: it has a stable name, obeys a
// cancelled context, reports spans in bounds and on character boundaries with
// a known kind and a score from 0 to 1, answers the same twice and from
// several goroutines, never panics, and puts no text into an error.
func TestRecognizer(tb testing.TB, r recognize.Recognizer, texts ...string) {
	tb.Helper()
	if name := r.Name(); name == "" || name != r.Name() {
		tb.Errorf("anonymizetest: the recogniser has no stable name")
	}
	for i, s := range append(awkward(), texts...) {
		d, err := recognize.NewDocument(s)
		if err != nil {
			tb.Fatalf("anonymizetest: text %d is not valid UTF-8", i)
		}
		first := once(tb, r, d, i)
		check(tb, d, first, i)
		if !slices.Equal(first, once(tb, r, d, i)) {
			tb.Errorf("anonymizetest: text %d: a second run differs from the first", i)
		}
		results := make(chan []recognize.Finding, 4)
		for range cap(results) {
			go func() { results <- quietly(tb.Context(), r, d) }()
		}
		for range cap(results) {
			if !slices.Equal(first, <-results) {
				tb.Errorf("anonymizetest: text %d: concurrent runs differ", i)
			}
		}
	}
	ctx, cancel := context.WithCancel(tb.Context())
	cancel()
	if d, err := recognize.NewDocument("Canary Canarius met us."); err == nil {
		if _, err := r.Recognize(ctx, d); err == nil {
			tb.Errorf("anonymizetest: a cancelled context gives no error")
		} else if strings.Contains(strings.ToLower(err.Error()), "canar") {
			tb.Errorf("anonymizetest: an error holds text of the document")
		}
	}
}

// quietly runs r and takes a panic, which once has reported, for no findings.
func quietly(ctx context.Context, r recognize.Recognizer, d *recognize.Document) (fs []recognize.Finding) {
	defer func() { _ = recover() }()
	fs, _ = r.Recognize(ctx, d)
	return fs
}

func once(tb testing.TB, r recognize.Recognizer, d *recognize.Document, i int) (fs []recognize.Finding) {
	tb.Helper()
	defer func() {
		if recover() != nil {
			tb.Errorf("anonymizetest: text %d: the recogniser panics", i)
		}
	}()
	fs, err := r.Recognize(tb.Context(), d)
	if err != nil {
		tb.Errorf("anonymizetest: text %d: the recogniser fails", i)
	}
	return fs
}

func check(tb testing.TB, d *recognize.Document, fs []recognize.Finding, i int) {
	tb.Helper()
	kinds := []recognize.Kind{
		recognize.Person, recognize.Org, recognize.Place, recognize.Date, recognize.Contact, recognize.Code, recognize.Brand, recognize.Other,
	}
	for _, f := range fs {
		switch {
		case f.Start < 0 || f.End > len(d.Text) || f.Start >= f.End:
			tb.Errorf("anonymizetest: text %d: span %d-%d is empty or outside", i, f.Start, f.End)
		case !utf8.RuneStart(d.Text[f.Start]), f.End < len(d.Text) && !utf8.RuneStart(d.Text[f.End]):
			tb.Errorf("anonymizetest: text %d: span %d-%d cuts a character", i, f.Start, f.End)
		case !slices.Contains(kinds, f.Kind):
			tb.Errorf("anonymizetest: text %d: unknown kind", i)
		case !(f.Score >= 0 && f.Score <= 1):
			tb.Errorf("anonymizetest: text %d: score outside 0 to 1", i)
		}
	}
}

// awkward are texts on which offsets, loops and assumptions break. The names
// in them are made up.
func awkward() []string {
	return []string{
		"", " ", "\n\n\n", ".", "A", "\u0301", "\u200b", "é\u0301\u0301", "日本語のテキスト", "العربية ٠١٢", "😀👩\u200d👩\u200d👧 Zaphod",
		"Ｆｕｌｌ　Ｗｉｄｔｈ ０２０ ７９４６", "O&rsquo;Nobody &amp; Sons", "Zofia Przykla-\ndowa", "z\u0336o\u0336f\u0336i\u0336a",
		strings.Repeat("A. ", 200), strings.Repeat("1", 300), strings.Repeat("((((", 50), strings.Repeat("a@", 100), strings.Repeat("-\n", 60),
		"Dr Zofia Przykladowa MBE (zofia dot p at example dot org) rang 020 7946 0958 on 12th March 1974 about £4.94.",
		"[person] met [organisation 2] in [the North East].",
	}
}
