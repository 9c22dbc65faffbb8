// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
)

// Bounds of a workbook: what it unpacks to, and what of it is read.
const (
	mostUnpacked = 48 << 20
	mostParts    = 2000
	mostSheets   = 100
	mostRows     = 20_000
	mostColumns  = 2000
	mostCells    = 2_000_000
)

func unusable(why string) error { return problem{http.StatusUnprocessableEntity, why} }

// sheetFile is an uploaded file of one or more sheets.
type sheetFile struct {
	body []byte
	book bool // a workbook, not CSV
}

func newSheetFile(body []byte) sheetFile { return sheetFile{body, bytes.HasPrefix(body, []byte("PK"))} }

// open opens a workbook within the bounds. Errors name the rule.
func (f sheetFile) open() (*excelize.File, error) {
	z, err := zip.NewReader(bytes.NewReader(f.body), int64(len(f.body)))
	if err != nil {
		return nil, unusable("That is no whole workbook: it is cut short or damaged. Save it again as .xlsx.")
	}
	if len(z.File) > mostParts {
		return nil, unusable("That workbook has too many parts.")
	}
	left := int64(mostUnpacked)
	for _, part := range z.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		if strings.HasPrefix(name, "/") || strings.Contains("/"+name+"/", "/../") {
			return nil, unusable("That workbook holds a part that points outside of it. It was not read.")
		}
		if name == "encryptedpackage" {
			return nil, unusable("That workbook has a password. Save it without one.")
		}
		n, err := unpacked(part, left+1)
		if left -= n; left < 0 {
			return nil, unusable("That workbook unpacks to more than 48 MB. Save only the sheet with the answers.")
		}
		if err != nil {
			return nil, unusable("That workbook is damaged. Save it again as .xlsx.")
		}
	}
	// With both limits the same, no part is unpacked to a file.
	book, err := excelize.OpenReader(bytes.NewReader(f.body), excelize.Options{
		UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked, ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, unusable("That is no workbook that can be read. Save it as .xlsx without a password.")
	}
	if len(book.GetSheetList()) > mostSheets {
		return nil, errors.Join(unusable("That workbook has too many sheets."), book.Close())
	}
	return book, nil
}

// unpacked counts what a part really unpacks to, at most most bytes.
func unpacked(part *zip.File, most int64) (int64, error) {
	r, err := part.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return io.Copy(io.Discard, io.LimitReader(r, most))
}

// sheets are the names of the sheets that hold something; none of a CSV file.
func (f sheetFile) sheets() ([]string, error) {
	if !f.book {
		return nil, nil
	}
	book, err := f.open()
	if err != nil {
		return nil, err
	}
	defer book.Close()
	sheets, seen := book.GetSheetList(), map[string]int{}
	for _, name := range sheets { // hidden ones last: the first that can be read is taken
		if visible, err := book.GetSheetVisible(name); err != nil || !visible {
			seen[name] = 1
		}
	}
	slices.SortStableFunc(sheets, func(a, b string) int { return seen[a] - seen[b] })
	return sheets, nil
}

// table reads a sheet.
func (f sheetFile) table(sheet string) (intake.Table, error) {
	if !f.book {
		t, err := intake.ReadCSV(bytes.NewReader(f.body))
		if err != nil {
			return t, unusable("That file " + err.Error() + ".")
		}
		if len(t.Rows) > mostRows {
			return t, unusable("That file has more than 20,000 rows.")
		}
		return t, nil
	}
	book, err := f.open()
	if err != nil {
		return intake.Table{}, err
	}
	defer book.Close()
	rows, err := book.Rows(sheet)
	if err != nil {
		return intake.Table{}, unusable("That sheet cannot be read.")
	}
	defer rows.Close()
	marks, err := f.marks(book, sheet)
	if err != nil {
		return intake.Table{}, err
	}
	var all [][]string
	cells, last := 0, 0
	for rows.Next() {
		row, err := rows.Columns()
		if err != nil {
			return intake.Table{}, unusable("That sheet is damaged. Save the workbook again as .xlsx.")
		}
		for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
			row = row[:len(row)-1]
		}
		cells += len(row)
		switch {
		case len(row) > mostColumns:
			return intake.Table{}, unusable("That sheet has more than 2,000 columns.")
		case cells > mostCells:
			return intake.Table{}, unusable("That sheet has more than two million cells.")
		case len(row) > 0 && len(all) >= mostRows:
			return intake.Table{}, unusable("That sheet has more than 20,000 rows.")
		case len(all) < mostRows:
			all = append(all, append([]string(nil), row...))
		}
		if len(row) > 0 {
			last = len(all)
		}
	}
	if rows.Error() != nil {
		return intake.Table{}, unusable("That sheet is damaged. Save the workbook again as .xlsx.")
	}
	if last == 0 {
		return intake.Table{}, unusable("That sheet is empty. Choose another one.")
	}
	t, err := intake.NewTable(all[:last])
	if err != nil {
		return t, unusable("That sheet " + err.Error() + ".")
	}
	if err := marks.lay(&t); err != nil {
		return intake.Table{}, unusable("What is marked in that sheet cannot be read. Save the workbook again as .xlsx.")
	}
	return t, nil
}

// marks are what a sheet shows of its cells that their text does not say.
type marks struct {
	book  *excelize.File
	sheet string
	notes map[string]string
	// Whether a line goes through anything, and whether anything may be hidden.
	struck, hidden, flat bool
	styles               map[int]bool // by number, whether a line goes through it
}

// marks looks through the parts of a workbook for what is seldom there, and costs.
func (f sheetFile) marks(book *excelize.File, sheet string) (marks, error) {
	m := marks{book: book, sheet: sheet, notes: map[string]string{}, styles: map[int]bool{}}
	damaged := unusable("That workbook is damaged. Save it again as .xlsx.")
	z, err := zip.NewReader(bytes.NewReader(f.body), int64(len(f.body)))
	if err != nil {
		return m, damaged
	}
	threads := map[string]string{}
	for _, part := range z.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		if strings.HasPrefix(name, "xl/media/") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			return m, damaged
		}
		body, err := io.ReadAll(io.LimitReader(r, mostUnpacked))
		if err = errors.Join(err, r.Close()); err != nil {
			return m, damaged
		}
		m.struck = m.struck || bytes.Contains(body, []byte("strike"))
		if strings.Contains(name, "worksheets/") {
			m.flat = m.flat || bytes.Contains(body, []byte(`ht="0`))
			m.hidden = m.hidden || m.flat || bytes.Contains(body, []byte("hidden=")) || bytes.Contains(body, []byte(`width="0`))
		}
		if strings.Contains(name, "threadedcomment") && threaded(body, threads) != nil {
			return m, damaged
		}
	}
	notes, err := book.GetComments(sheet)
	if err != nil {
		return m, damaged
	}
	for _, c := range notes {
		text := bytes.NewBufferString(c.Text)
		for _, run := range c.Paragraph {
			text.WriteString(run.Text)
		}
		if threads[c.Cell] == "" || !strings.HasPrefix(text.String(), "[") { // "[Threaded comment]", and what a program says of it
			m.notes[c.Cell] = strings.TrimSpace(text.String())
		}
	}
	for cell, text := range threads { // of whichever sheet: which one, only the older note beside it would tell
		m.notes[cell] = strings.TrimSpace(m.notes[cell] + "\n" + text)
	}
	return m, nil
}

// threaded adds the comments of a part that holds threads, by their cells.
func threaded(part []byte, to map[string]string) error {
	var all struct {
		Comments []struct {
			Ref  string `xml:"ref,attr"`
			Text string `xml:"text"`
		} `xml:"threadedComment"`
	}
	if err := xml.Unmarshal(part, &all); err != nil {
		return err
	}
	for _, c := range all.Comments {
		to[c.Ref] = strings.TrimSpace(to[c.Ref] + "\n" + c.Text)
	}
	return nil
}

// lay puts the marks beside the cells of a table, which begins with the sheet's row 1.
func (m marks) lay(t *intake.Table) error {
	mark := func(row, at int, change func(*intake.Mark)) {
		if t.Rows[row].Marks == nil {
			t.Rows[row].Marks = map[int]intake.Mark{}
		}
		as := t.Rows[row].Marks[at]
		change(&as)
		t.Rows[row].Marks[at] = as
	}
	for cell, note := range m.notes {
		column, row, err := excelize.CellNameToCoordinates(cell)
		if err != nil {
			return err
		}
		// One below the last row is of no row; it is listed with the last.
		mark(min(row, len(t.Rows))-1, column-1, func(as *intake.Mark) { as.Note = strings.TrimSpace(as.Note + "\n" + note) })
	}
	widest := 0
	for i, row := range t.Rows {
		widest = max(widest, len(row.Cells))
		for at, text := range row.Cells {
			if !m.struck || strings.TrimSpace(text) == "" {
				continue
			}
			struck, left, err := m.through(at, i, text)
			if err != nil {
				return err
			}
			if strings.TrimSpace(struck) != "" {
				mark(i, at, func(as *intake.Mark) { as.Struck, as.Left = struck, left })
			}
		}
	}
	if m.hidden {
		return m.unseen(t, widest)
	}
	return nil
}

// unseen says which rows and columns are not shown, or have no height or width.
func (m marks) unseen(t *intake.Table, widest int) error {
	for i := range t.Rows {
		visible, err := m.book.GetRowVisible(m.sheet, i+1)
		if err != nil {
			return err
		}
		height := 1.0
		if m.flat {
			if height, err = m.book.GetRowHeight(m.sheet, i+1); err != nil {
				return err
			}
		}
		t.Rows[i].Hidden = !visible || height == 0
	}
	t.Hidden = map[int]bool{}
	for at := range widest {
		name, err := excelize.ColumnNumberToName(at + 1)
		if err != nil {
			return err
		}
		visible, err := m.book.GetColVisible(m.sheet, name)
		if err != nil {
			return err
		}
		width, err := m.book.GetColWidth(m.sheet, name)
		if err != nil {
			return err
		}
		if !visible || width == 0 {
			t.Hidden[at] = true
		}
	}
	return nil
}

// through is the text of a cell that a line goes through, and what is left.
func (m marks) through(at, row int, text string) (struck, left string, err error) {
	cell, err := excelize.CoordinatesToCellName(at+1, row+1)
	if err != nil {
		return "", "", err
	}
	runs, err := m.book.GetCellRichText(m.sheet, cell)
	if err != nil {
		return "", "", err
	}
	id, err := m.book.GetCellStyle(m.sheet, cell)
	if err != nil {
		return "", "", err
	}
	whole, known := m.styles[id]
	if !known {
		style, err := m.book.GetStyle(id)
		if err != nil {
			return "", "", err
		}
		whole = style.Font != nil && style.Font.Strike
		m.styles[id] = whole
	}
	said := false
	for _, r := range runs {
		if said = said || r.Font != nil; r.Font != nil && r.Font.Strike || r.Font == nil && whole {
			struck += r.Text
		} else {
			left += r.Text
		}
	}
	switch {
	case whole && !said:
		return text, "", nil
	case whole && strings.TrimSpace(struck) == "": // parts of another look under a line: a person reads it
		return text, text, nil
	}
	return struck, left, nil
}
