// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
	"github.com/sharedpractice/sharedpractice/examples/internal/sample"
	"github.com/sharedpractice/sharedpractice/model"
)

// collected holds the examples that were read, and the notes for a person to look at.
type collected struct {
	intake.Result
	mapping *intake.Mapping // of a sheet
	rows    int             // rows or lines that hold something
	used    string          // which corrections in the folder were read
}

// read reads and validates all examples before anything else is done. A file of
// JSON Lines stops at the first fault, with file, line, path and rule; a sheet
// goes on without the rows that cannot be used, and lists them.
func read(o options) (collected, error) {
	if o.in == "" {
		return readLines("sample", sample.Collection())
	}
	file := filepath.Base(o.in)
	f, err := os.Open(o.in)
	if err != nil {
		return collected{}, fmt.Errorf("%s: cannot be opened", file)
	}
	defer f.Close()
	if !strings.HasSuffix(strings.ToLower(o.in), ".csv") {
		return readLines(file, f)
	}
	c, err := readSheetOf(o, f)
	if err != nil {
		return c, fmt.Errorf("%s: %w", file, err)
	}
	if len(c.Examples) == 0 && !o.check {
		return c, fmt.Errorf("%s: no examples; -check lists why", file)
	}
	return c, nil
}

func readLines(file string, source io.Reader) (collected, error) {
	var c collected
	for e, err := range collect.Reader().JSONLines(source) {
		if err != nil {
			return c, fmt.Errorf("%s: %w", file, err)
		}
		c.Examples = append(c.Examples, e)
		c.Rows = append(c.Rows, len(c.Examples))
	}
	if len(c.Examples) == 0 {
		return c, fmt.Errorf("%s: no examples", file)
	}
	c.Findings = intake.HoldRemarks(c.Examples, c.Rows)
	return c, nil
}

func readSheetOf(o options, f io.Reader) (collected, error) {
	table, err := intake.ReadCSV(f)
	if err != nil {
		return collected{}, err
	}
	m, err := intake.Propose(table)
	if err != nil {
		return collected{}, err
	}
	changed := 0
	if name := cmp.Or(o.mapping, o.inPlace.mapping); name != "" {
		proposed := m
		if m, err = correct(m, name, o.mapping == "" && o.inPlace.given); err != nil {
			if o.mapping == "" {
				return collected{}, fmt.Errorf("%s, as it stands there, %w", filepath.ToSlash(name), err)
			}
			return collected{}, fmt.Errorf("-map %w", err)
		}
		changed = len(m.Once) + len(m.Meant)
		for i, c := range m.Columns {
			if c.Question != proposed.Columns[i].Question {
				changed++
			}
		}
	}
	result, err := intake.Read(table, m, nil)
	m.Meant = append(m.Meant, result.Unheard...)
	c := collected{Result: result, mapping: &m, rows: len(table.Rows)}
	if o.mapping == "" && changed > 0 {
		c.used = stood(changed, "correction", o.inPlace.mapping)
	}
	return c, err
}

// correct lays a corrected mapping over the one that is proposed, whole or only those
// lines that a person gave.
func correct(m intake.Mapping, name string, given bool) (intake.Mapping, error) {
	f, err := os.Open(name)
	if err != nil {
		return m, errors.New("cannot be opened")
	}
	defer f.Close()
	var from io.Reader = f
	if given {
		if from, err = givenOnly(f); err != nil {
			return m, err
		}
	}
	return m.Correct(from)
}

// places are the rows of a sheet by the reference of their example.
func (c collected) places() map[string]int {
	if c.mapping == nil {
		return nil
	}
	out := map[string]int{}
	for i, e := range c.Examples {
		out[e.ID] = c.Rows[i]
	}
	return out
}

// write leaves what a person should look at for the working group.
func (c collected) write(s *staging) error {
	if c.mapping == nil && len(c.Findings) == 0 {
		return nil
	}
	if err := s.file("private/check.csv", func(f *os.File) error { return intake.WriteFindings(f, c.Findings) }); err != nil {
		return err
	}
	if c.mapping == nil {
		return nil
	}
	return s.file(mapName, func(f *os.File) error { return c.mapping.Write(f) })
}

// reportOnce says which answers were said once for the whole sheet.
func (c collected) reportOnce(w io.Writer) error {
	if c.used != "" {
		if _, err := fmt.Fprintln(w, c.used); err != nil {
			return err
		}
	}
	for _, said := range c.Once {
		if _, err := fmt.Fprintf(w, "%s.\n", said); err != nil {
			return err
		}
	}
	return nil
}

func (c collected) report(w io.Writer, o options) error {
	if err := c.reportOnce(w); err != nil || len(c.Findings) == 0 {
		return err
	}
	rows := map[int]bool{}
	for _, f := range c.Findings {
		if f.Unusable {
			rows[f.Row] = true
		}
	}
	_, err := fmt.Fprintf(w, "%s not understood, or to be looked at, and %s cannot be used yet; %s/private/check.csv says why.\n", program.Count(len(c.Findings), "answer was", "answers were"), program.Count(len(rows), "row", "rows"), o.out)
	return err
}

// check reads the file only, and lists every fault and every answer that is not
// understood.
func check(o options, stdout io.Writer) error {
	c, err := readAll(o)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return errors.New("the output folder cannot be made")
	}
	put := func(name string, write func(io.Writer) error) error {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(o.out, name), b.Bytes(), 0o600); err != nil {
			return fmt.Errorf("%s cannot be written", name)
		}
		return nil
	}
	if err := put("check.csv", func(w io.Writer) error { return intake.WriteFindings(w, c.Findings) }); err != nil {
		return err
	}
	if c.mapping != nil {
		if err := put("map.csv", c.mapping.Write); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(stdout, "%s/map.csv says which column answers which question; correct its third column where it lies, write after “every row” what was said once to everybody, and beside an “answer” that was not understood what was meant: the next run in this folder reads it, or one that gets it with -map.\n", o.out); err != nil {
			return err
		}
	}
	if err := c.reportOnce(stdout); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s can be read. %s to look at, each a line of %s/check.csv.\n", program.Count(len(c.Examples), "example", "examples"), program.Count(len(c.Findings), "thing", "things"), o.out)
	if err == nil && c.Unusable() {
		err = errors.New("some rows cannot be used as they are: see check.csv")
	}
	return err
}

// readAll reads a file to its end, whatever faults it has.
func readAll(o options) (collected, error) {
	if strings.HasSuffix(strings.ToLower(o.in), ".csv") {
		return read(o)
	}
	f, err := os.Open(o.in)
	if err != nil {
		return collected{}, fmt.Errorf("%s: cannot be opened", filepath.Base(o.in))
	}
	defer f.Close()
	var c collected
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 2*model.MaxExampleBytes)
	checker := model.Checker{Known: collect.Known}
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		for e, err := range collect.Reader().JSONLines(bytes.NewReader(lines.Bytes())) {
			if err == nil {
				err = checker.Check(e)
			}
			if err != nil {
				finding := intake.Finding{Row: n, Fault: "cannot be read", Unusable: true}
				if f, ok := errors.AsType[model.Fault](err); ok {
					finding.Header, finding.Fault = f.Path, f.Rule
				}
				c.Findings = append(c.Findings, finding)
				break
			}
			c.Examples = append(c.Examples, e)
			c.Rows = append(c.Rows, n)
		}
	}
	c.Findings = slices.Concat(c.Findings, intake.HoldRemarks(c.Examples, c.Rows), intake.Repeats(c.Examples, c.Rows))
	if lines.Err() != nil {
		return c, fmt.Errorf("%s: has a line that is too long", filepath.Base(o.in))
	}
	return c, nil
}
