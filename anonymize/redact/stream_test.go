// SPDX-License-Identifier: Apache-2.0

package redact_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/transform"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
	"github.com/sharedpractice/sharedpractice/anonymize/redact"
	"github.com/sharedpractice/sharedpractice/model/text"
)

func streamRedactor(t testing.TB, declared ...string) *redact.Redactor {
	t.Helper()
	c := redact.Config{Policy: preset(t, "anonymous"), Balanced: true}
	for _, name := range declared {
		c.Declared = append(c.Declared, recognize.Declared{Kind: recognize.Person, Name: name})
	}
	r, err := redact.New(c)
	require.NoError(t, err)
	return r
}

func TestStreamEqualsWhole(t *testing.T) {
	r := streamRedactor(t)
	for _, s := range lawTexts() {
		want := redacted(t, r, s)[0].Text
		for size := 1; size <= len(s)+1; size += 1 + size/8 {
			got, err := io.ReadAll(r.NewReader(t.Context(), &chunks{s: s, size: size}))
			require.NoError(t, err)
			require.Equal(t, want, string(got), "reads of %d bytes", size)

			var b bytes.Buffer
			w := r.NewWriter(t.Context(), &b)
			for at := 0; at < len(s); at += size {
				_, err := io.WriteString(w, s[at:min(len(s), at+size)])
				require.NoError(t, err)
			}
			require.NoError(t, w.Close())
			require.Equal(t, want, b.String(), "writes of %d bytes", size)
		}
		got, _, err := transform.String(r.NewTransformer(t.Context()), s)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

// chunks reads a string in pieces of a size.
type chunks struct {
	s    string
	size int
}

func (c *chunks) Read(p []byte) (int, error) {
	if c.s == "" {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), c.size)], c.s)
	c.s = c.s[n:]
	return n, nil
}

func TestStreamDoesNotDependOnReads(t *testing.T) {
	r := streamRedactor(t, "Amara Okafor")
	for name, s := range map[string]string{
		"paragraphs":         prose(80_000),
		"lines":              strings.ReplaceAll(prose(80_000), "\n\n", "\n"),
		"lines without ends": strings.ReplaceAll(strings.ReplaceAll(prose(80_000), "\n\n", "\n"), ".\n", "\n"),
		"one line":           strings.ReplaceAll(prose(80_000), "\n\n", " "),
		"exactly one block":  prose(80_000)[:64<<10],
		"a block and a byte": prose(80_000)[:64<<10+1],
		"no sentences":       strings.Repeat("and so on ", 8_000),
	} {
		if testing.Short() && name != "one line" && name != "no sentences" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			want, err := io.ReadAll(r.NewReader(t.Context(), strings.NewReader(s)))
			require.NoError(t, err)
			require.NotContains(t, string(want), "Okafor")
			for _, size := range []int{1000, 64<<10 + 1} {
				got, err := io.ReadAll(r.NewReader(t.Context(), &chunks{s: s, size: size}))
				require.NoError(t, err)
				require.True(t, bytes.Equal(want, got), "reads of %d bytes", size)
			}
			var b bytes.Buffer
			w := r.NewWriter(t.Context(), &b)
			_, err = io.WriteString(w, s)
			require.NoError(t, err)
			require.NoError(t, w.Close())
			require.True(t, bytes.Equal(want, b.Bytes()), "one write")
		})
	}
}

// TestStreamFindsNamesAcrossBorders slides a declared name over the border of two
// blocks, in text with no better border than a blank.
func TestStreamFindsNamesAcrossBorders(t *testing.T) {
	r := streamRedactor(t, "Zanzibaria Okafor-Lindqvist")
	const block = 64 << 10
	step := 5
	if testing.Short() {
		step = 30
	}
	for _, border := range []int{block, block * 3 / 4} {
		for shift := -29; shift <= 2; shift += step {
			s := strings.Repeat("and so on ", block/10+2)[:border+shift-1] + " Zanzibaria Okafor-Lindqvist " +
				strings.Repeat("and so on ", block/10)
			got, err := io.ReadAll(r.NewReader(t.Context(), strings.NewReader(s)))
			require.NoError(t, err)
			for _, part := range []string{"Zanz", "Okaf", "qvist"} {
				require.NotContains(t, string(got), part, "border %d, shift %d", border, shift)
			}
			require.Equal(t, 1, strings.Count(string(got), "["), "border %d, shift %d", border, shift)
		}
	}
}

func TestStreamRemembersNames(t *testing.T) {
	r := streamRedactor(t)
	filler := strings.Repeat("they met again and talked it over until it was late.\n\n", 2000)
	s := "We thanked Dr Amara Okafor.\n\n" + filler + "Then Okafor left.\n\n" + filler + "OKAFOR came back.\n"
	got, err := io.ReadAll(r.NewReader(t.Context(), strings.NewReader(s)))
	require.NoError(t, err)
	require.NotContains(t, strings.ToLower(string(got)), "okafor", "a name of an earlier block is masked in later ones")
}

func TestStreamFailsClosed(t *testing.T) {
	r := streamRedactor(t)
	const block = 64 << 10
	for _, tc := range []struct {
		name string
		in   io.Reader
		want error
	}{
		{"no border", strings.NewReader(strings.Repeat("x", 2*block)), redact.ErrStream},
		{"invalid UTF-8", strings.NewReader("Okafor\xff"), text.ErrInvalidUTF8},
		{"broken source", io.MultiReader(strings.NewReader("Dr Amara Okafor"), iotest.ErrReader(io.ErrUnexpectedEOF)), io.ErrUnexpectedEOF},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := io.ReadAll(r.NewReader(t.Context(), tc.in))
			require.ErrorIs(t, err, tc.want)
			require.Empty(t, got, "nothing of a block that failed is written")
		})
	}
	w := r.NewWriter(t.Context(), failing{})
	_, err := io.WriteString(w, "Okafor")
	require.NoError(t, err)
	require.ErrorIs(t, w.Close(), errFull)
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	return 0, errFull
}

func TestStreamMemoryIsBounded(t *testing.T) {
	r := streamRedactor(t)
	one := strings.Repeat("they met again and talked it over until it was late.\n\n", 200)
	tr := r.NewTransformer(t.Context())
	dst := make([]byte, 1<<20)
	var total int
	for range 100 {
		nDst, nSrc, err := tr.Transform(dst, []byte(one), false)
		require.NoError(t, err)
		require.Equal(t, len(one), nSrc)
		total += nDst
	}
	require.Less(t, 100*len(one)-total, 64<<10+1, "no more than a block is held back")
}

// TestStreamRemembersThousands: a stream goes on however many names it holds, and a
// name found early is masked late; what is no name is not remembered.
func TestStreamRemembersThousands(t *testing.T) {
	r := streamRedactor(t)
	syllables := strings.Fields("ba ke lo mi nu ra se ti vo zu dra fle gri")
	made := func(n int) string {
		var s strings.Builder
		for range 3 {
			s.WriteString(syllables[n%len(syllables)])
			n /= len(syllables)
		}
		return strings.ToUpper(s.String()[:1]) + s.String()[1:]
	}
	var b strings.Builder
	b.WriteString("We met #and talked of it with Dr Quillon Zanzibar.\n\n")
	for n := range 6000 {
		b.WriteString("Dr " + made(n*7%2197) + " " + made(n) + "son met the group.\n\n")
	}
	b.WriteString("Then zanzibar left.\n")
	out, err := io.ReadAll(r.NewReader(t.Context(), strings.NewReader(b.String())))
	require.NoError(t, err)
	require.NotContains(t, strings.ToLower(string(out)), "zanzibar")
}
