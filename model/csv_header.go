// SPDX-License-Identifier: Apache-2.0

package model

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	headerBytes = 64 << 10 // within which the header ends
	maxColumns  = 500
)

// number matches the numbering that survey tools put before a question.
var number = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[Qq]?[0-9]{1,3}[.):][ \t]*`) })

// headerKey reduces a header to letters and digits: headers that agree in them are one.
func headerKey(cell string) string {
	cell = strings.TrimSpace(cell)
	return squeeze(cell[len(number().FindString(cell)):])
}

// headers maps what may stand in a header to the questions.
func headers(questions []Question) map[string]*Question {
	all := map[string]*Question{}
	for i := range questions {
		q := &questions[i]
		for _, name := range append([]string{q.Label, q.ID}, q.Aliases...) {
			all[headerKey(name)] = q
		}
	}
	return all
}

// dialect finds out which of comma, semicolon and tab separates the cells: the
// one by which most columns of the form are found. It passes over a byte order
// mark and Excel's line "sep=;".
func dialect(in *bufio.Reader, known map[string]*Question) (comma rune, lines int, err error) {
	head, err := in.Peek(headerBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, 0, err
	}
	if what := encodingOf(head); what != "" {
		return 0, 0, Fault{Rule: what}
	}
	skip := 0
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		skip = 3
	}
	if first, _, ok := bytes.Cut(head[skip:], []byte("\n")); ok && bytes.HasPrefix(bytes.ToLower(bytes.Trim(first, "\" \r")), []byte("sep=")) {
		skip, lines = skip+len(first)+1, 1
	}
	if _, err := in.Discard(skip); err != nil {
		return 0, 0, err
	}
	comma, most := ',', -1
	for _, c := range []rune{',', ';', '\t'} {
		record, err := newCSV(bytes.NewReader(head[skip:]), c).Read()
		if err != nil && !errors.Is(err, io.EOF) {
			continue
		}
		found := 0
		for _, cell := range record {
			if known[headerKey(cell)] != nil {
				found++
			}
		}
		if found > most {
			comma, most = c, found
		}
	}
	return comma, lines, nil
}

// encodingOf says, of the beginning of a file, that it is not UTF-8.
func encodingOf(head []byte) string {
	utf16 := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	head = head[:min(len(head), 100)]
	if utf16 || 4*bytes.Count(head, []byte{0}) > len(head) {
		return "is in UTF-16: save it as UTF-8 (in Excel: CSV UTF-8)"
	}
	return ""
}

// notUTF8Cell names the encoding of a cell that is not UTF-8.
func notUTF8Cell(cell string) string {
	for len(cell) > 0 {
		r, size := utf8.DecodeRuneInString(cell)
		// Of the bytes from 0x80 on, these five stand for nothing in Windows-1252.
		if r == utf8.RuneError && size == 1 && strings.IndexByte("\x81\x8d\x8f\x90\x9d", cell[0]) >= 0 {
			return "is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)"
		}
		cell = cell[size:]
	}
	return "is in Windows-1252, not in UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)"
}

func newCSV(in io.Reader, comma rune) *csv.Reader {
	r := csv.NewReader(in)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	return r
}

// passes are the headers of the columns to read past.
func (rd Reader) passes() map[string]bool {
	pass := map[string]bool{}
	for _, name := range rd.PassColumns {
		pass[headerKey(name)] = true
	}
	return pass
}

// columns finds each header's question; nil where the column is to be passed.
func columns(record []string, known map[string]*Question, questions []Question, pass map[string]bool) ([]*Question, int, error) {
	if len(record) > maxColumns {
		return nil, 0, Fault{Rule: "has more than " + strconv.Itoa(maxColumns) + " columns"}
	}
	out := make([]*Question, len(record))
	for i, cell := range record {
		if !utf8.ValidString(cell) {
			return nil, i + 1, Fault{Rule: "has a header that " + notUTF8Cell(cell)}
		}
		q := known[headerKey(cell)]
		switch first := slices.Index(out[:i], q); {
		case q == nil && !pass[headerKey(cell)]:
			return nil, i + 1, Fault{Rule: "has a column that the form does not have"}
		case q != nil && first >= 0:
			return nil, i + 1, Fault{Path: q.Field, Rule: "has a second column (" + q.Label + "), after column " + strconv.Itoa(first+1)}
		}
		out[i] = q
	}
	for i := range questions {
		if q := &questions[i]; q.Minimum && !slices.Contains(out, q) {
			return nil, 0, Fault{Path: q.Field, Rule: "has no column (" + q.Label + ")"}
		}
	}
	return out, 0, nil
}
