// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/examples/internal/returned"
	"github.com/sharedpractice/sharedpractice/guidance"
	"github.com/sharedpractice/sharedpractice/model"
)

// signed holds the sign-off sheets that came back, and how each was taken in.
type signed struct{ *returned.Filed }

const returnedName = "private/returned.csv"

// answered is the list of sheets that the last run with -signed made, in the output
// folder or beside the ledger; nil where no sheet ever came back.
func answered(o options) []byte {
	for _, name := range []string{filepath.Join(o.out, filepath.FromSlash(returnedName)), filepath.Join(filepath.Dir(o.ledgerPath()), filepath.Base(returnedName))} {
		list, err := os.ReadFile(name)
		if err == nil && bytes.Count(list, []byte("\n")) > 1 {
			return list
		}
	}
	return nil
}

// unheard refuses to publish without the sheets that came back for an earlier run: a
// no among them would be forgotten, and what it took out be published.
func unheard(o options) error {
	if !o.publish || o.signed != "" || answered(o) == nil {
		return nil
	}
	return errors.New("-signed: sheets came back before this run, and a no among them would be forgotten: give their folder again; once all that they say stands in -in, delete private/returned.csv")
}

// fileSigned puts the answers on the sheets in a folder into the agreements, for
// this run. The folder stays as it is: it is the evidence, and the next run reads
// it again.
func fileSigned(ctx context.Context, examples []model.Example, o options, key []byte) ([]model.Example, *signed, error) {
	files, err := returned.Folder(o.signed)
	if err != nil {
		return nil, nil, fmt.Errorf("-signed: %w", err)
	}
	earlier, err := o.earlierKeys()
	if err != nil {
		return nil, nil, err
	}
	out, filed, err := returned.Put(ctx, examples, files, returned.Config{
		Anonymize: o.anonymizer(key), Locale: o.locale, Theme: o.theme, Earlier: earlier,
		Guide: func(locale string) guidance.Config {
			in := o
			if in.locale = locale; locale != o.locale {
				in.terms = ""
			}
			return in.sheetConfig()
		},
	})
	if err != nil {
		return nil, nil, err
	}
	if o.publish && filed.Unread > 0 {
		return nil, nil, fmt.Errorf("-signed: %d files cannot be read as sheets, and any of them may hold a no; a draft lists them in private/returned.csv: file them by hand, take them out of the folder, then publish", filed.Unread)
	}
	if o.publish && filed.Lost > 0 {
		return nil, nil, fmt.Errorf("-signed: %d files say no, or ask for changes, for an example that is not in -in, or whose row was changed so that it counts as another: it would be published against their word. A draft lists them in private/returned.csv: take the row out, or write the answer into it, then take the file out of the folder and publish", filed.Lost)
	}
	return out, &signed{filed}, nil
}

// write lists for the working group what became of each file. A run without sheets
// keeps the list of the one before.
func (s *signed) write(to *staging, o options) error {
	if s == nil {
		before := answered(o)
		if before == nil {
			return nil
		}
		return to.file(returnedName, func(f *os.File) error {
			_, err := f.Write(before)
			return err
		})
	}
	return to.file(returnedName, func(f *os.File) error {
		w := csv.NewWriter(f)
		_ = w.Write([]string{"file", "what became of it", "example", "party", "signed by"})
		for _, b := range s.Files {
			_ = w.Write([]string{program.Cell(b.Name), b.What, program.Cell(b.Example), program.Cell(b.Party), program.Cell(b.By)})
		}
		w.Flush()
		return w.Error()
	})
}

// report says what came back. It names no files: a name may be anything.
func (s *signed) report(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%d sign-off sheets read: %d yes, %d with changes, %d no, %d without an answer or a name.\n",
		len(s.Files), s.Verdicts[guidance.Agreed], s.Verdicts[guidance.WithChange], s.Verdicts[guidance.Refused], s.Verdicts[guidance.Undecided])
	if err == nil && s.Other > 0 {
		_, err = fmt.Fprintf(w, "%d sheets answer for no text as it would be published now. Send new ones.\n", s.Other)
	}
	if err == nil && s.Unread > 0 {
		_, err = fmt.Fprintf(w, "%d files cannot be read as sheets.\n", s.Unread)
	}
	if err == nil {
		_, err = fmt.Fprintln(w, "private/returned.csv says of each file what became of it.")
	}
	if err == nil && s.Several > 0 {
		_, err = fmt.Fprintf(w, "%d yes do not count: the example has several parties, and the sheet does not say whose answer it is. Send each its own sheet.\n", s.Several)
	}
	if err == nil && s.Waiting > 0 {
		_, err = fmt.Fprintf(w, "%d examples have the yes of one party and wait for another: private/sign-off.md says whose.\n", s.Waiting)
	}
	return err
}
