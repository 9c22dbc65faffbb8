// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
)

// lines are n least examples, one a line.
func lines(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = strings.Replace(least, `"e1"`, fmt.Sprintf(`"e%d"`, i+1), 1)
	}
	return out
}

func collect(seq iter.Seq2[model.Example, error]) (ids []string, err error) {
	for e, err := range seq {
		if err != nil {
			return ids, err
		}
		ids = append(ids, e.ID)
	}
	return ids, nil
}

func TestReader_JSONLines_line37(t *testing.T) {
	for _, row := range []struct{ name, line, path, rule string }{
		{"broken", `{"id":`, "id", "is not a text in double quotes"},
		{"unknown field", with(`"extra":1`), "", "has an unknown field (its 5th)"},
		{"invalid", strings.Replace(least, "ki:", "si:", 1), "kind", "is a code of another vocabulary than ki:"},
		{"id of line 3", strings.Replace(least, `"e1"`, `"e3"`, 1), "id", "is used by an earlier example"},
		{"another holding", strings.Replace(strings.Replace(least, `"e1"`, `"x"`, 1), `"role"`, `"holding":"h2","role"`, 1), "parties[0].holding", "differs from what an earlier example says of the party"},
		{"not UTF-8", "{\"id\":\"\xff\"}", "", "is not UTF-8"},
		{"long", strings.Repeat(" ", 3<<20), "", "is longer than 1048576 bytes"},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := lines(80)
			all[36] = row.line
			ids, err := collect(model.Reader{}.JSONLines(strings.NewReader(strings.Join(all, "\n"))))
			require.Len(t, ids, 36)
			at, ok := errors.AsType[*model.LineError](err)
			require.True(t, ok)
			require.Equal(t, 37, at.Line)
			fault, ok := errors.AsType[model.Fault](err)
			require.True(t, ok)
			require.Equal(t, row.path, fault.Path)
			require.Equal(t, row.rule, fault.Rule)
			require.True(t, strings.HasPrefix(err.Error(), "model: line 37: "), "the line is named")
		})
	}
}

func TestReader_JSONLines_forms(t *testing.T) {
	all := lines(3)
	for _, row := range []struct{ name, in string }{
		{"plain", strings.Join(all, "\n") + "\n"},
		{"no end of line at the end", strings.Join(all, "\n")},
		{"byte order mark", "\ufeff" + strings.Join(all, "\n")},
		{"Windows line ends", strings.Join(all, "\r\n")},
		{"blank lines", "\n\n" + strings.Join(all, "\n \t\n") + "\n\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			ids, err := collect(model.Reader{}.JSONLines(iotest.OneByteReader(strings.NewReader(row.in))))
			require.NoError(t, err)
			require.Equal(t, []string{"e1", "e2", "e3"}, ids)
		})
	}
	ids, err := collect(model.Reader{}.JSONLines(strings.NewReader("")))
	require.NoError(t, err)
	require.Empty(t, ids)
	_, err = collect(model.Reader{}.JSONLines(strings.NewReader("\xff\xfe{\x00")))
	require.ErrorContains(t, err, "line 1: the example is in UTF-16: save it as UTF-8")
	_, err = collect(model.Reader{}.JSONLines(iotest.ErrReader(io.ErrUnexpectedEOF)))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

func TestWriteJSONLines(t *testing.T) {
	in := strings.Join(lines(3), "\n") + "\n"
	var out bytes.Buffer
	require.NoError(t, model.WriteJSONLines(&out, model.Reader{}.JSONLines(strings.NewReader(in))))
	require.Equal(t, in, out.String())
	err := model.WriteJSONLines(&out, model.Reader{}.JSONLines(strings.NewReader("{}")))
	require.Error(t, err, "the sequence's error is passed on")
}

// endless writes examples as long as they are asked for.
type endless struct {
	n, most int
	rest    []byte
	next    func(n int, to []byte) []byte
}

func (r *endless) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.n == r.most {
			return 0, io.EOF
		}
		r.n++
		r.rest = r.next(r.n, r.rest[:0])
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func TestReaders_constantMemory(t *testing.T) {
	const many = 10_000 // 24 MB of text
	prose := strings.Repeat("made up ", 300)
	header, row := minimum()
	header = append(header, "organisation", "condition")
	for _, in := range []struct {
		name string
		read func(io.Reader) iter.Seq2[model.Example, error]
		next func(n int, to []byte) []byte
		head string
	}{
		{"JSON Lines", model.Reader{}.JSONLines, func(n int, to []byte) []byte {
			return fmt.Appendf(to, `{"id":"e%d","kind":"ki:consultation","title":"t","condition":%q,"parties":[{"ref":"p%d","role":"contributor"}]}`+"\n", n, prose, n%500)
		}, ""},
		{"CSV", model.Reader{}.CSV, func(n int, to []byte) []byte {
			return append(to, sheet(',', append(append([]string(nil), row...), fmt.Sprintf("Made-up body %d", n%500), prose))...)
		}, sheet(',', header)},
	} {
		t.Run(in.name, func(t *testing.T) {
			heap := func() uint64 {
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				return m.HeapAlloc
			}
			before, peak, n := heap(), uint64(0), 0
			for _, err := range in.read(io.MultiReader(strings.NewReader(in.head), &endless{most: many, next: in.next})) {
				require.NoError(t, err)
				if n++; n%2000 == 0 {
					peak = max(peak, heap())
				}
			}
			require.Equal(t, many, n)
			require.Less(t, peak, before+4<<20, "ids, references and names are all that is kept")
		})
	}
}
