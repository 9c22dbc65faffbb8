// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
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
	return book.GetSheetList(), nil
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
	return t, nil
}
