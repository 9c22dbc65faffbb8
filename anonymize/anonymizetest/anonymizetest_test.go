// SPDX-License-Identifier: Apache-2.0

package anonymizetest_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/anonymize/anonymizetest"
	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/model/text"
)

// spy is a testing.TB that remembers failures.
type spy struct {
	testing.TB
	failed bool
	said   strings.Builder
}

func (s *spy) Helper() {}
func (s *spy) Errorf(f string, a ...any) {
	s.failed = true
	fmt.Fprintf(&s.said, f, a...)
}

func (s *spy) Fatalf(f string, a ...any) {
	s.Errorf(f, a...)
	panic(s)
}

func failing(t testing.TB, do func(tb testing.TB)) (s *spy) {
	t.Helper()
	s = &spy{TB: t}
	defer func() {
		if r := recover(); r != nil && r != any(s) {
			panic(r)
		}
	}()
	do(s)
	return s
}

const canary = "Zofia Przykladowa" // made up

type nested struct {
	public string
	inner  *struct{ list []map[string]any }
}

func leaking(t *testing.T) map[string]any {
	t.Helper()
	file := filepath.Join(t.TempDir(), "out.txt")
	require.NoError(t, os.WriteFile(file, []byte("by "+canary), 0o600))
	opened, err := os.Open(file)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, opened.Close()) })
	rec := httptest.NewRecorder()
	_, _ = rec.WriteString("<p>Zofia&nbsp;Przykladowa</p>")
	header := httptest.NewRecorder()
	header.Header().Set("Content-Disposition", "attachment; filename=zofia_przykladowa.docx")
	return map[string]any{
		"string": "by " + canary, "upper case": "BY ZOFIA PRZYKLADOWA", "bytes": []byte("zofia-przykladowa"), "file": opened,
		"response": rec, "header": header, "error": fmt.Errorf("wrapped: %w", errors.New(canary)), "percent": "?by=Zofia%20Przykladowa",
		"look-alikes": "Zоfіа Рrzуklаdоwа", "zero width": "Zo\u200bfia Przykla\u00addowa", "full width": "Ｚｏｆｉａ Ｐｒｚｙｋｌａｄｏｗａ",
		"spaced out": "Z o f i a P r z y k l a d o w a", "accents": "Zófia Przykladówa",
		"nested": nested{inner: &struct{ list []map[string]any }{[]map[string]any{{"k": []byte(canary)}}}}, "map key": map[string]int{canary: 1},
	}
}

func TestNoLeakFindsEveryForm(t *testing.T) {
	for name, out := range leaking(t) {
		t.Run(name, func(t *testing.T) {
			s := failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, out, canary) })
			require.True(t, s.failed)
			require.NotContains(t, strings.ToLower(s.said.String()), "zofia", "a failure does not repeat the secret")
		})
	}
}

// TestIdentityFails: a pipeline that hands its input on fails on every mutation of
// every name, and on each encoding and archive of it.
func TestIdentityFails(t *testing.T) {
	for _, name := range []string{"Bo Li", "Jo Fry", "Amy Xu", "Zofia Przykladowa", "Wren House Hospice", "Anne-Marie O'Dell"} { // made up
		for _, m := range anonymizetest.Mutations(name) {
			require.True(t, failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, m.Text, m.Secrets...) }).failed, "%s in %s", m.Transform, m.Place)
		}
		for how, out := range encodings(t, "We met "+name+" twice.") {
			require.True(t, failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, out, name) }).failed, how)
			require.False(t, failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, out, "Quillon Zanzibar") }).failed, how)
		}
		ws := strings.Fields(name)
		last, rest := ws[len(ws)-1], strings.Join(ws[:len(ws)-1], " ")
		var initials strings.Builder
		for _, w := range ws {
			initials.WriteString(w[:1] + ".")
		}
		if strings.Contains(name, "-") {
			continue // its initials are another question
		}
		for how, out := range map[string]string{"reversed": last + ", " + rest, "capitals": strings.ToUpper(last) + " " + rest, "initials": "as " + initials.String() + " said", "spaced initials": strings.ReplaceAll(initials.String(), ".", ". ")} {
			require.True(t, failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, out, name) }).failed, how)
		}
	}
}

func encodings(t *testing.T, s string) map[string]any {
	t.Helper()
	var u, x, qp strings.Builder
	for _, r := range s {
		fmt.Fprintf(&u, "\\u%04x", r)
	}
	for i := range len(s) {
		fmt.Fprintf(&x, "\\x%02x", s[i])
		fmt.Fprintf(&qp, "=%02X", s[i])
	}
	var z, g bytes.Buffer
	w := zip.NewWriter(&z)
	f, err := w.Create("word/document.xml")
	require.NoError(t, err)
	_, err = f.Write([]byte("<w:t>" + s + "</w:t>"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	gz := gzip.NewWriter(&g)
	_, err = gz.Write([]byte(s))
	require.NoError(t, err)
	require.NoError(t, gz.Close())
	return map[string]any{
		"JSON escapes": `{"a":"` + u.String() + `"}`, "byte escapes": x.String(), "quoted-printable": qp.String(),
		"base64": "data:;base64," + base64.StdEncoding.EncodeToString([]byte(s)), "base64 for URLs": base64.RawURLEncoding.EncodeToString([]byte(s)),
		"hexadecimal": hex.EncodeToString([]byte(s)), "DOCX": z.Bytes(), "gzip": g.Bytes(), "DOCX in base64": base64.StdEncoding.EncodeToString(z.Bytes()),
	}
}

func TestNoLeakLetsCleanOutputPass(t *testing.T) {
	for _, out := range []any{nil, "", "the person said so", []byte{0, 1, 2}, nested{public: "nothing"}, 42, map[string]any{"a": nil}} {
		require.False(t, failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, out, canary) }).failed)
	}
	require.False(t, failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, "many annals", "Ann") }).failed, "a short name inside a word is chance")
	require.True(t, failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, "ask ANN’s sister", "Ann") }).failed)
	require.True(t, failing(t, func(tb testing.TB) { anonymizetest.NoLeak(tb, "x", "Jo") }).failed, "a secret of two letters cannot be looked for")
	loop := &struct{ next any }{}
	loop.next = loop
	anonymizetest.NoLeak(t, loop, canary)
}

func TestMutationsHoldTheirSecret(t *testing.T) {
	ms := anonymizetest.Mutations("Zofia Przykladowa")
	transforms, places := map[string]bool{}, map[string]bool{}
	for _, m := range ms {
		transforms[m.Transform], places[m.Place] = true, true
		require.Contains(t, m.Text, m.Form)
		require.True(t, anonymizetest.Leaks(m.Text, m.Secrets...), "%s in %s can be read before anything is done", m.Transform, m.Place)
		require.False(t, anonymizetest.Leaks(strings.ReplaceAll(m.Text, m.Form, "[removed]"), m.Secrets...), "%s in %s: nothing is left without the form", m.Transform, m.Place)
	}
	require.GreaterOrEqual(t, len(transforms), 25)
	require.GreaterOrEqual(t, len(places), 12)
}

type fake struct {
	name string
	do   func(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error)
}

func (f fake) Name() string { return f.name }

func (f fake) Recognize(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
	return f.do(ctx, d)
}

func TestTestRecognizerCatchesBrokenOnes(t *testing.T) {
	good := func(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if d.Text == "" {
			return nil, nil
		}
		return []recognize.Finding{{Span: text.Span{End: len(d.Text)}, Kind: recognize.Other, Score: 0.5}}, nil
	}
	require.False(t, failing(t, func(tb testing.TB) { anonymizetest.TestRecognizer(tb, fake{"good", good}) }).failed)
	finding := func(f recognize.Finding) func(context.Context, *recognize.Document) ([]recognize.Finding, error) {
		return func(ctx context.Context, _ *recognize.Document) ([]recognize.Finding, error) {
			return []recognize.Finding{f}, ctx.Err()
		}
	}
	rows := map[string]recognize.Recognizer{
		"no name":            fake{"", good},
		"outside":            fake{"x", finding(recognize.Finding{Span: text.Span{End: 1 << 20}, Kind: recognize.Other})},
		"inside a character": fake{"x", finding(recognize.Finding{Span: text.Span{End: 1}, Kind: recognize.Other})},
		"unknown kind":       fake{"x", finding(recognize.Finding{Span: text.Span{End: 3}, Kind: "SPY"})},
		"score":              fake{"x", finding(recognize.Finding{Span: text.Span{End: 3}, Kind: recognize.Other, Score: 2})},
		"deaf to its context": fake{"x", func(context.Context, *recognize.Document) ([]recognize.Finding, error) {
			return nil, nil
		}},
		"text in its error": fake{"x", func(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
			if ctx.Err() != nil {
				return nil, errors.New(d.Text)
			}
			return nil, nil
		}},
		"panics": fake{"x", func(ctx context.Context, d *recognize.Document) ([]recognize.Finding, error) {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			panic(len(d.Text))
		}},
	}
	for name, r := range rows {
		t.Run(name, func(t *testing.T) {
			require.True(t, failing(t, func(tb testing.TB) { anonymizetest.TestRecognizer(tb, r) }).failed)
		})
	}
}

func ExampleMutations() {
	forms := map[string]bool{}
	for _, m := range anonymizetest.Mutations("Wren House Hospice") { // made up
		forms[m.Transform] = true
	}
	fmt.Println(len(forms) >= 25)
	// Output: true
}
