// SPDX-License-Identifier: Apache-2.0

// Package intake turns the export of a survey tool into examples, without the
// file being edited: whatever its encoding, separators, header rows and columns.
//
// A Table is a sheet as it came. Propose finds for each column the question of
// the capture form that it answers; a person may correct the proposal. Read then
// makes an example of each row and lists, as Findings, every answer that was not
// understood and every row that cannot be used, in the sheet's own terms: row,
// column, what is allowed, what may have been meant.
//
// What is not understood never opens anything: an agreement with an answer that
// cannot be read withholds its example, and a use that cannot be read is not
// granted. Of what may be done nothing is guessed: the nearest option is offered in the
// finding. Elsewhere a long word with one letter wrong is read as the one that it can be, and
// a kind, a group or a stage in somebody's own words as the one that it is clearly likest,
// which is listed for a person to correct.
//
// A row is known again by its reference or else by organisation and title,
// never by its place, so that a sorted sheet gives the same examples.
package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Bounds of a sheet.
const (
	maxBytes   = 256 << 20
	maxColumns = 2000
	maxRows    = 200_000
	maxCell    = 1 << 20
)

// Table is a sheet as it came: rows of cells, the header rows among them.
type Table struct {
	Rows []Row
	// Hidden says which columns a workbook does not show, by their place from 0.
	Hidden map[int]bool
}

// Row is one row of a sheet. Number is its number in the spreadsheet, counting
// the header from 1.
type Row struct {
	Number int
	Cells  []string
	// Marks are what somebody marked on cells, by their place, that their text does not say.
	Marks map[int]Mark
	// Hidden says that a workbook does not show the row, or filters it out.
	Hidden bool
}

// Mark is what a workbook shows on a cell beside its text.
type Mark struct {
	Struck, Left string // the text that a line is drawn through, and what is left without it
	Note         string
}

var errTable = errors.New("sheet")

func refuse(rule string) error { return tableError(rule) }

type tableError string

func (e tableError) Error() string { return string(e) }
func (e tableError) Unwrap() error { return errTable }

// ReadCSV reads a file of separated values in UTF-8, UTF-16 or Windows-1252,
// with commas, semicolons or tabs, with or without a byte order mark. Quotation
// marks that neither open nor close a cell are taken as they stand. Errors name
// the rule, never the text.
func ReadCSV(r io.Reader) (Table, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return Table{}, refuse("cannot be read")
	}
	if len(raw) > maxBytes {
		return Table{}, refuse("is longer than " + strconv.Itoa(maxBytes>>20) + " MB")
	}
	text, err := decode(raw)
	if err != nil {
		return Table{}, err
	}
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(strings.Trim(first, "\" \r")), "sep=") {
		text = rest
	}
	comma := separator(text)
	strict, strictErr := parse(text, comma, false)
	if strictErr == nil {
		return strict, nil
	}
	if errors.Is(strictErr, errTable) {
		return Table{}, strictErr
	}
	lax, err := parse(text, comma, true)
	if err != nil && !errors.Is(err, errTable) {
		err = refuse("is not CSV")
	}
	return lax, err
}

// decode makes UTF-8 of what spreadsheets save.
func decode(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return "", refuse("is a workbook, not CSV: open it in the desk, or save it as CSV UTF-8")
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return transcode(raw, unicode.BOMOverride(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()))
	case bytes.Count(raw[:min(len(raw), 200)], []byte{0}) > 25:
		return transcode(raw, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case bytes.IndexByte(raw, 0) >= 0:
		return "", refuse("holds a NUL, which no text has")
	case utf8.Valid(raw):
		return strings.TrimPrefix(string(raw), "\ufeff"), nil
	}
	return transcode(raw, charmap.Windows1252.NewDecoder())
}

func transcode(raw []byte, t transform.Transformer) (string, error) {
	out, _, err := transform.Bytes(t, raw)
	if err != nil || bytes.IndexByte(out, 0) >= 0 || !utf8.Valid(out) {
		return "", refuse("is in an encoding that cannot be read: save it as CSV UTF-8")
	}
	return strings.TrimPrefix(string(out), "\ufeff"), nil
}

// separator is the sign by which the first lines fall into most columns.
func separator(text string) rune {
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		r := csv.NewReader(strings.NewReader(text[:min(len(text), 256<<10)]))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = c, -1, true
		if record, err := r.Read(); err == nil && len(record) > most {
			best, most = c, len(record)
		}
	}
	return best
}

func parse(text string, comma rune, lax bool) (Table, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, lax
	var t Table
	for number, end := 1, int64(0); ; number++ {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return Table{}, err
		}
		number += emptyLines(text[end:r.InputOffset()])
		end = r.InputOffset()
		if err := t.add(number, record); err != nil {
			return Table{}, err
		}
	}
}

// emptyLines counts those before a record, which encoding/csv passes over and a
// spreadsheet counts.
func emptyLines(raw string) int {
	return strings.Count(raw[:len(raw)-len(strings.TrimLeft(raw, "\r\n"))], "\n")
}

// add appends a row within the bounds.
func (t *Table) add(number int, cells []string) error {
	switch {
	case len(cells) > maxColumns:
		return refuse("has more than " + strconv.Itoa(maxColumns) + " columns")
	case len(t.Rows) >= maxRows:
		return refuse("has more than " + strconv.Itoa(maxRows) + " rows")
	}
	for _, cell := range cells {
		if len(cell) > maxCell {
			return refuse("has a cell longer than " + strconv.Itoa(maxCell>>20) + " MB, in row " + strconv.Itoa(number))
		}
	}
	t.Rows = append(t.Rows, Row{Number: number, Cells: cells})
	return nil
}

// NewTable makes a table of rows that a workbook holds, the first being the
// sheet's row 1.
func NewTable(rows [][]string) (Table, error) {
	var t Table
	for i, cells := range rows {
		if err := t.add(i+1, cells); err != nil {
			return Table{}, err
		}
	}
	return t, nil
}

// explains recognises a row of questions below the names of variables: the names are
// words of their own, what stands below most of them is several words that say a question,
// or that end as one does, and none of it is an answer as those below it.
func explains(names []string, rest []Row) bool {
	filled, asks := 0, 0
	for i, name := range names {
		text := at0(rest[0].Cells, i)
		switch {
		case strings.TrimSpace(name) == "" || text == "":
			continue
		case strings.ContainsAny(strings.TrimSpace(name), " \n"), len(rest) > 1 && at0(rest[1].Cells, i) == text, dated(text), code(text), strings.Contains(text, "@"):
			return false
		}
		if filled++; strings.HasSuffix(strings.TrimRight(text, " *"), "?") || len(strings.Fields(text)) > 1 && recognised(tidy(text)) {
			asks++
		}
	}
	return filled > 3 && 2*asks >= filled
}

// boxed takes columns apart whose parts are questions of their own under one heading, as the
// boxes of "Your details": what is written in them is no mark of an option, and none of a
// few answers that all of them share. What stands below a heading that limits what may be
// done limits it together.
func boxed(columns []Column, rows []Row) (out []Column) {
	for _, c := range columns {
		if len(c.parts) < 2 || c.parts[0].option == "" || limitsAny(c.Header) || rated(c.parts, rows) || !ownWords(c, rows) {
			out = append(out, c)
			continue
		}
		for _, p := range c.parts {
			header := tidy(p.option)
			if _, tool := toolColumn(header); !tool && !recognised(header) && c.Header != "" {
				header = c.Header + " - " + header
			}
			out = append(out, Column{Header: header, Letter: letter(p.at), parts: []part{{at: p.at}}})
		}
	}
	return out
}

// limitsAny reports whether a heading may limit what may be done, or asks for what is kept out.
func limitsAny(header string) bool {
	w := wordsOfHeader(header)
	return permits(header) || reserves(header) || asksLeave(header) || contrary(header) || amongUs(header) || asksNaming(header) != "" || speaksOf(ofElse, w) || speaksOf("other_names", w) || speaksOf("conditions", w)
}

// ownWords reports whether most parts of a column that hold anything hold words of people's
// own, and not marks that an option was chosen.
func ownWords(c Column, rows []Row) bool {
	own, filled := 0, 0
	for _, p := range c.parts {
		n, marks := 0, 0
		for _, row := range rows {
			cell := at0(row.Cells, p.at)
			switch {
			case cell == "":
			case ticked(cell, p.option) || unticked(cell):
				marks++
			default:
				n++
			}
		}
		if n+marks > 0 && !isOther(p.option) {
			filled++
			if n > marks {
				own++
			}
		}
	}
	return filled > 1 && 2*own > filled
}

// sideBySide puts columns of marks together whose headings are groups of people, as somebody
// keeps them in a sheet of her own: one column a group, from the first to the last that is
// known, and what was written of others behind them.
func sideBySide(columns []Column, rows []Row) (out []Column) {
	const least, longest = 3, 120
	q, _ := question("stakeholders")
	group := func(c Column) bool { return understood(q, c.Header) }
	marks := func(c Column) bool {
		return len(c.parts) == 1 && c.parts[0].option == "" && c.Header != "" && len(strings.Fields(c.Header)) <= longestGroup && (group(c) || !limitsAny(c.Header)) &&
			ticks(rows, c.parts[0].at, c.Header) && slices.ContainsFunc(rows, func(r Row) bool { return ticked(at0(r.Cells, c.parts[0].at), c.Header) })
	}
	for i := 0; i < len(columns); i++ {
		j, known := i, 0
		for last := i; j < len(columns) && marks(columns[j]); j++ {
			if group(columns[j]) {
				if known++; !limitsAny(columns[j].Header) { // "public" may be who or how, between groups it is who
					last = j + 1
				}
			}
			if j+1 == len(columns) || !marks(columns[j+1]) {
				j = last - 1
				break
			}
		}
		if known < least || 2*known < j+1-i || !group(columns[i]) {
			out = append(out, columns[i])
			continue
		}
		together := Column{Letter: columns[i].Letter}
		for _, c := range columns[i : j+1] {
			together.parts = append(together.parts, part{at: c.parts[0].at, option: c.Header})
			if len(together.Header)+len(c.Header) < longest && !limitsAny(c.Header) {
				together.Header = strings.TrimPrefix(together.Header+" / "+c.Header, " / ")
			}
		}
		i = j
		if behind := i + 1; behind < len(columns) && len(columns[behind].parts) == 1 && isOther(columns[behind].Header) && len(strings.Fields(columns[behind].Header)) <= longestGroup && !permits(columns[behind].Header) {
			together.parts, i = append(together.parts, part{at: columns[behind].parts[0].at}), behind
		}
		out = append(out, together)
	}
	return out
}
