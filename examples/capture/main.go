// SPDX-License-Identifier: Apache-2.0

// Command capture writes the blank form by which a working group collects
// examples: as the header of a spreadsheet, as text to print or mail, as a web
// page that needs no script, or as the JSON Schema of what comes back.
//
//	go run ./examples/capture [-format csv|md|html|schema] [-small] [-locale de] [-example] > FILE
//
// -small asks the nine questions that make an example worth collecting, and
// nothing else. -locale asks in another language; what comes back in it is read
// as it is. -example shows how the form is answered: under each question, or in a second
// row, which howto and the desk pass over when it comes back. The names of the page's fields are headers that the CSV reader
// knows, so that a host application can write what it receives as a row.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/model"
	"github.com/sharedpractice/sharedpractice/model/vocabulary"
)

func main() { program.Main("capture", run) }

func run(_ context.Context, args []string, _ io.Reader, stdout io.Writer) error {
	fl := flag.NewFlagSet("capture", flag.ContinueOnError)
	format := fl.String("format", "md", "csv, md, html or schema")
	locale := fl.String("locale", vocabulary.DefaultLang, "language of the form: cy, de, en-GB, es, fr, it, nl, pl or sv")
	small := fl.Bool("small", false, "the nine questions only; with -locale also whose example it is")
	example := fl.Bool("example", false, "show how the form is answered; as csv in a second row")
	if err := fl.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil || fl.NArg() > 0 {
		return program.ErrUsage
	}
	if *format == "schema" {
		_, err := stdout.Write(model.Schema())
		return err
	}
	write, ok := map[string]func(io.Writer, form) error{"csv": writeCSV, "md": writeMarkdown, "html": writeHTML}[*format]
	if !ok {
		return fmt.Errorf("%w: -format is csv, md, html or schema", program.ErrUsage)
	}
	asked, ok := asking(*locale, *small, *format == "csv")
	if !ok {
		return fmt.Errorf("%w: -locale is one of %s", program.ErrUsage, strings.Join(intake.FormLocales(), ", "))
	}
	if *example && *format != "csv" {
		asked.show()
	}
	if err := write(stdout, asked); err != nil || !*example || *format != "csv" {
		return err
	}
	return writeExample(stdout, asked)
}

// asking returns the form in a language, false where there is none in it.
func asking(locale string, small, internal bool) (form, bool) {
	f := form{Lang: locale, Say: wordsIn(locale)}
	concepts := options(vocabulary.Default(), locale)
	if locale == vocabulary.DefaultLang {
		f.Sections = sections(model.Form(), small, internal, concepts)
		return f, true
	}
	questions, ok := intake.Form(locale, small)
	f.Sections = sections(questions, false, false, concepts)
	return f, ok
}
