// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/examples/internal/accounts"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
	"github.com/sharedpractice/sharedpractice/examples/internal/intake"
	"github.com/sharedpractice/sharedpractice/examples/internal/program"
)

// The lists in the output folder that people fill in. Filled in where they lie they are
// read by the next run, unless a file of the same kind is named; what a person wrote into
// one that is not read is kept apart.
const (
	codesName = "private/codes.csv"
	mapName   = "private/map.csv"
	alikeName = "private/alike.csv"
)

// inPlace are the lists of the folder that this run reads, since none was named.
type inPlace struct {
	said []string // what of them was used
	// mapping is the one for the sheet; of one that nobody worked on only the lines count
	// that a person gave before.
	mapping string
	given   bool
}

// readInPlace reads what people filled in where it lies, as far as it was not named.
func (o *options) readInPlace() error {
	before, err := readManifest(o.out)
	if err != nil {
		return err
	}
	at := func(name string) string {
		path := filepath.Join(o.out, filepath.FromSlash(name))
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			return ""
		}
		return path
	}
	use := func(what string, n int, one, more string) {
		if n > 0 {
			o.inPlace.said = append(o.inPlace.said, fmt.Sprintf("%s of yours stood in %s/%s and %s read.", program.Count(n, one, more), o.out, what, map[bool]string{true: "was", false: "were"}[n == 1]))
		}
	}
	read := func(named, flag, name string, from func(io.Reader) error) (inPlace bool, err error) {
		path := cmp.Or(named, at(name))
		if path == "" {
			return false, nil
		}
		list, err := openList(path)
		if err == nil {
			err = from(list)
		}
		if err != nil && named != "" {
			return false, fmt.Errorf("%s: %w", flag, err)
		}
		if err != nil {
			return false, fmt.Errorf("%s/%s, as it stands there: %w", o.out, name, err)
		}
		return named == "", nil
	}
	lies, err := read(o.codes, "-codes", codesName, func(r io.Reader) (err error) {
		o.decided, err = accounts.ReadDecisions(r)
		return err
	})
	if err != nil {
		return err
	}
	if lies {
		use(codesName, len(o.decided), "decision", "decisions")
	}
	if lies, err = read(o.alike, "-apart", alikeName, func(r io.Reader) (err error) {
		o.apart, err = collect.ReadAlike(r)
		return err
	}); err != nil {
		return err
	}
	if lies {
		use(alikeName, len(o.apart.Two)+len(o.apart.One), "decision", "decisions")
	}
	if o.mapping != "" {
		return nil
	}
	// A run with -check writes its list beside the folder private.
	checked := at(filepath.Base(mapName))
	if path := at(mapName); path != "" && !o.check {
		o.inPlace.mapping, o.inPlace.given = path, !slices.Contains(before.edited(o.out), mapName)
		if persons, err := personsIn(path); err != nil || len(persons) > 0 || !o.inPlace.given {
			return err
		}
	}
	if checked != "" {
		o.inPlace.mapping, o.inPlace.given = checked, false
	}
	return nil
}

// openList reads a list as an office program may have saved it: whatever its separator and
// its characters are, as CSV.
func openList(path string) (io.Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, errors.New("the file cannot be opened")
	}
	defer f.Close()
	table, err := intake.ReadCSV(f)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, r := range table.Rows {
		_ = w.Write(r.Cells)
	}
	w.Flush()
	return &out, w.Error()
}

// givenOnly are the lines of a mapping that a person gave.
func givenOnly(mapping io.Reader) (io.Reader, error) {
	rows, err := readRows(mapping)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for i, r := range rows {
		if i == 0 || givenLine(r) {
			_ = w.Write(r)
		}
	}
	w.Flush()
	return &out, w.Error()
}

func readRows(from io.Reader) ([][]string, error) {
	r := csv.NewReader(from)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, errors.New("not rows of CSV")
	}
	return rows, nil
}

func givenLine(row []string) bool { return len(row) > 3 && row[3] == "given" }

// personsIn are the lines of a list that hold something of a person's, without what the
// program wrote beside it.
func personsIn(path string) ([]string, error) {
	list, err := openList(path)
	if err != nil {
		return nil, err
	}
	rows, err := readRows(list)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	decision := slices.Index(rows[0], "decision")
	var out []string
	for _, r := range rows[1:] {
		switch {
		case decision >= 0 && decision < len(r) && r[decision] != "":
			out = append(out, strings.Join([]string{r[0], r[1], r[decision]}, "\x00"))
		case decision < 0 && givenLine(r):
			out = append(out, strings.Join(slices.Delete(slices.Clone(r), 0, 1)[:min(4, len(r)-1)], "\x00"))
		}
	}
	return out, nil
}

// keepUnread keeps those lists apart of which a person's lines stand no more in what this
// run writes, since it was given another list.
func (s *staging) keepUnread(k *kept) error {
	for _, name := range []string{codesName, mapName, alikeName} {
		if slices.ContainsFunc(k.copies, func(c []string) bool { return c[0] == name }) {
			continue
		}
		before, err := personsIn(filepath.Join(s.dir, filepath.FromSlash(name)))
		if err != nil || len(before) == 0 {
			continue // there is none
		}
		var now []string
		if slices.Contains(s.names, name) {
			if now, err = personsIn(filepath.Join(s.tmp, filepath.FromSlash(name))); err != nil {
				return err
			}
		}
		if !slices.ContainsFunc(before, func(line string) bool { return !slices.Contains(now, line) }) {
			continue
		}
		copied, err := s.keep(name)
		if err != nil {
			return err
		}
		k.copies = append(k.copies, []string{name, copied})
	}
	return nil
}

// reportInPlace says what was read that people filled in where it lies.
func (o options) reportInPlace(w io.Writer) error {
	for _, said := range o.inPlace.said {
		if _, err := fmt.Fprintln(w, said); err != nil {
			return err
		}
	}
	return nil
}

// name is the mapping as it is called in the output folder.
func (p inPlace) name(out string) string {
	name, err := filepath.Rel(out, p.mapping)
	if err != nil {
		return filepath.Base(p.mapping)
	}
	return filepath.ToSlash(name)
}
