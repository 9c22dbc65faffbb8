// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"net/http"

	"github.com/xuri/excelize/v2"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

// formRows is how many rows of the form offer their answers.
const formRows = 500

// formBook is the capture form as a workbook: a column a question, with a hint,
// and a list to choose from where one answer is chosen; below it a row that shows how
// it is answered, which is passed over when it comes back.
func formBook(locale string, short bool) (*excelize.File, error) {
	locale = cmp.Or(locale, vocabulary.DefaultLang)
	questions, ok := intake.Form(locale, short)
	if !ok {
		return nil, problem{http.StatusNotFound, "There is no form in that language."}
	}
	row := intake.ExampleRow(locale)
	const answers, lists = "Answers", "Lists"
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", answers); err != nil {
		return f, err
	}
	if _, err := f.NewSheet(lists); err != nil {
		return f, err
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return f, err
	}
	shown, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Italic: true, Color: "4A5560"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return f, err
	}
	n := 0
	for _, q := range questions {
		n++
		column, err := excelize.ColumnNumberToName(n)
		if err != nil {
			return f, err
		}
		if err := f.SetCellStr(answers, column+"1", q.Label); err != nil {
			return f, err
		}
		if err := f.SetCellStr(answers, column+"2", row[q.ID]); err != nil {
			return f, err
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = column + "2:" + column + "501"
		v.SetInput(shortened(q.Label, 32), shortened(q.Help, 255))
		options := intake.Allowed(&q, formRows)
		for i, o := range options {
			cell, err := excelize.CoordinatesToCellName(n, i+1)
			if err != nil {
				return f, err
			}
			if err := f.SetCellStr(lists, cell, o); err != nil {
				return f, err
			}
		}
		if one := q.Kind == model.AskChoice || q.Kind == model.AskYesNo; one && len(options) > 0 {
			last, err := excelize.CoordinatesToCellName(n, len(options), true)
			if err != nil {
				return f, err
			}
			v.SetSqrefDropList(lists + "!$" + column + "$1:" + last)
			v.SetError(excelize.DataValidationErrorStyleWarning, "Not in the list", "Choose from the list where you can.")
		}
		if err := f.AddDataValidation(answers, v); err != nil {
			return f, err
		}
	}
	last, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return f, err
	}
	if err := f.SetCellStyle(answers, "A1", last+"1", head); err != nil {
		return f, err
	}
	if err := f.SetCellStyle(answers, "A2", last+"2", shown); err != nil {
		return f, err
	}
	if err := f.SetColWidth(answers, "A", last, 32); err != nil {
		return f, err
	}
	if err := f.SetPanes(answers, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return f, err
	}
	return f, f.SetSheetVisible(lists, false)
}

// shortened fits a text into what Excel shows.
func shortened(s string, most int) string {
	r := []rune(s)
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func (a *app) formFile(w http.ResponseWriter, r *http.Request) error {
	f, err := formBook(r.URL.Query().Get("locale"), r.URL.Query().Get("form") == "short")
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := f.WriteToBuffer()
	if err != nil {
		return err
	}
	a.attach(w, "form.xlsx", b.Bytes())
	return nil
}
