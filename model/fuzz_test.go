// SPDX-License-Identifier: Apache-2.0

package model_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/modeltest"
)

// What DecodeJSON reads, encoding/json calls JSON; written, it reads as the same
// again; and valid, it passes the schema. What it refuses, it refuses silently.
func FuzzDecodeJSON(f *testing.F) {
	secret := modeltest.Canary(f, 0)
	whole, err := model.EncodeJSON(full(f))
	require.NoError(f, err)
	f.Add(whole)
	for _, seed := range []string{
		least, with(`"public_summary":{"value":"\u00e9\ud83d\ude00","lang":"cy"}`), with(`"extra":"` + secret + `"`),
		with(`"created":"2026-01-02T03:04:05.678+01:00"`), with(`"agreements":[{"uses":{"quotes":true},"fields":{"title":"withheld"}}]`),
		with(`"quality":[{"criterion":"a","score":-0}]`), with(`"situations":[{"confidence":1e-400}]`), "null", "[]", `{"id":"\`, `{"id":1` + secret,
	} {
		f.Add([]byte(seed))
	}
	schema := newSchemaChecker(f)
	f.Fuzz(func(t *testing.T, in []byte) {
		e, err := model.DecodeJSON(in)
		if err != nil {
			_, isFault := errors.AsType[model.Fault](err)
			require.True(t, isFault)
			modeltest.Absent(t, secret, "the error", []byte(err.Error()))
			return
		}
		require.True(t, json.Valid(in))
		out, err := model.EncodeJSON(e)
		require.NoError(t, err)
		again, err := model.DecodeJSON(out)
		require.NoError(t, err)
		twice, err := model.EncodeJSON(again)
		require.NoError(t, err)
		require.True(t, bytes.Equal(out, twice))
		if err := e.Validate(nil); err != nil {
			modeltest.Absent(t, secret, "the error", []byte(err.Error()))
			return
		}
		require.Empty(t, schema(t, out), "the schema is never stricter than Validate")
		e.Warnings()
		if c := e.Completeness(); c < 0 || c > 1 {
			t.Error("completeness out of range")
		}
	})
}

// Each line is an example or an error with the line; what is read, is written
// and read again.
func FuzzReadJSONLines(f *testing.F) {
	f.Add([]byte(strings.Join(lines(3), "\n")))
	f.Add([]byte("\ufeff\n" + strings.Join(lines(2), "\r\n\n") + "\n{"))
	f.Add([]byte("\xff\xfe"))
	f.Fuzz(func(t *testing.T, in []byte) {
		ids, err := collect(model.Reader{}.JSONLines(bytes.NewReader(in)))
		if err != nil {
			at, ok := errors.AsType[*model.LineError](err)
			require.True(t, ok)
			require.LessOrEqual(t, at.Line, bytes.Count(in, []byte("\n"))+1)
			return
		}
		var out bytes.Buffer
		require.NoError(t, model.WriteJSONLines(&out, model.Reader{}.JSONLines(bytes.NewReader(in))))
		again, err := collect(model.Reader{}.JSONLines(&out))
		require.NoError(t, err)
		require.Equal(t, ids, again)
	})
}

// What ReadCSV reads, WriteCSV writes so that it reads as the same, or names
// the field that it cannot write.
func FuzzReadCSV(f *testing.F) {
	header, row := minimum()
	f.Add([]byte(sheet(',', header, row)))
	f.Add([]byte("sep=;\n" + sheet(';', header, row, row)))
	f.Add([]byte(written(f, full(f))))
	f.Add([]byte(sheet('\t', append(header, "overrides", "others"), append(row, "outcomes: withheld", "A made-up trust (also AMT) [ref p2]\n• Bo [speaker]"))))
	f.Add([]byte("\xff\xfe"))
	f.Add([]byte("title\n\"a"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var all []model.Example
		for e, err := range (model.Reader{}).CSV(bytes.NewReader(in)) {
			if err != nil {
				_, ok := errors.AsType[*model.LineError](err)
				require.True(t, ok)
				return
			}
			all = append(all, e)
		}
		for _, e := range all {
			rewritten(t, e)
		}
	})
}

// rewritten writes the example as CSV and reads it, and writes that: the same
// bytes. What cannot be written is named.
func rewritten(t *testing.T, e model.Example) {
	t.Helper()
	write := func(e model.Example) ([]byte, error) {
		var out bytes.Buffer
		err := model.WriteCSV(&out, func(yield func(model.Example, error) bool) { yield(e, nil) })
		return out.Bytes(), err
	}
	first, err := write(e)
	if err != nil {
		fault, ok := errors.AsType[model.Fault](err)
		require.True(t, ok)
		require.NotEmpty(t, fault.Path)
		return
	}
	again := one(t, model.Reader{}.CSV(bytes.NewReader(first)))
	second, err := write(again)
	require.NoError(t, err)
	require.True(t, bytes.Equal(first, second), "the same bytes")
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(first, []byte("\ufeff")))).ReadAll()
	require.NoError(t, err)
	for _, cell := range records[1] {
		require.NotContains(t, []string{"=", "+", "-", "@", "\t", "\r"}, cell[:min(1, len(cell))], "a spreadsheet runs no cell")
	}
}

// A cell of any content in any column is read, or refused with its place.
func FuzzReadCSV_cell(f *testing.F) {
	questions := model.Form()
	whole := full(f)
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(written(f, whole), "\ufeff"))).ReadAll()
	require.NoError(f, err)
	for i := range questions {
		f.Add(uint8(i), records[1][i])
		f.Add(uint8(i), "- a [me:x] [month 2]\n- b ("+questions[i].ID+")")
	}
	f.Fuzz(func(t *testing.T, column uint8, cell string) {
		at := int(column) % len(questions)
		row := append([]string(nil), records[1]...)
		row[at] = cell
		for e, err := range (model.Reader{}).CSV(strings.NewReader(sheet(',', records[0], row))) {
			if err != nil {
				line, ok := errors.AsType[*model.LineError](err)
				require.True(t, ok)
				require.Equal(t, 1, line.Row)
				return
			}
			rewritten(t, e)
		}
	})
}

// Steps of any texts come back from CSV as they were, but for white space
// around them, or are refused with the place.
func FuzzWriteCSV_items(f *testing.F) {
	for _, s := range []string{"a|b", "a | b", "- a\n- b", "1. a\x00[x]", "a\n  b\x00c []", "• \x00x", "'=1\x00-", "a [me:workshop]\x00b [metric: c]"} {
		f.Add(s)
	}
	whole := full(f)
	f.Fuzz(func(t *testing.T, in string) {
		e := whole
		e.Steps = nil
		for s := range strings.SplitSeq(in, "\x00") {
			e.Steps = append(e.Steps, model.Step{Text: model.Text{Value: model.Raw(s)}, Actor: "st:nurse"})
		}
		if len(e.Steps) > 300 || e.Validate(nil) != nil {
			return
		}
		var out bytes.Buffer
		require.NoError(t, model.WriteCSV(&out, func(yield func(model.Example, error) bool) { yield(e, nil) }))
		again := one(t, model.Reader{}.CSV(&out))
		require.Len(t, again.Steps, len(e.Steps))
		for i, s := range e.Steps {
			want := strings.TrimSpace(strings.ReplaceAll(string(s.Text.Value), "\r\n", "\n"))
			require.Equal(t, want, string(again.Steps[i].Text.Value), "step %d of %d", i, len(e.Steps))
		}
	})
}
