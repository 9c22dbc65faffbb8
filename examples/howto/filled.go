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
func readInPlace(o *options) error {
	before, beside, err := o.manifests()
	if err != nil {
		return err
	}
	use := func(path string, n int) {
		if path != "" && n > 0 {
			o.inPlace.said = append(o.inPlace.said, stood(n, "decision", path))
		}
	}
	read := func(named, flag, name string, from func(io.Reader) error) (lies string, err error) {
		path, _ := o.find(name, before, beside)
		if path = cmp.Or(named, path); path == "" {
			return "", nil
		}
		list, err := openList(path)
		if err == nil {
			err = from(list)
		}
		switch {
		case err != nil && named != "":
			return "", fmt.Errorf("%s: %w", flag, err)
		case err != nil:
			return "", fmt.Errorf("%s, as it stands there: %w", filepath.ToSlash(path), err)
		case named != "":
			return "", nil
		}
		return path, nil
	}
	lies, err := read(o.codes, "-codes", codesName, func(r io.Reader) (err error) {
		o.decided, err = accounts.ReadDecisions(r)
		return err
	})
	if err != nil {
		return err
	}
	use(lies, len(o.decided))
	if lies, err = read(o.alike, "-apart", alikeName, func(r io.Reader) (err error) {
		o.apart, err = collect.ReadAlike(r)
		return err
	}); err != nil {
		return err
	}
	use(lies, len(o.apart.Two)+len(o.apart.One))
	if o.mapping != "" {
		return nil
	}
	proposed := filepath.Join(o.out, filepath.Base(mapName)) // by a run with -check, until the next without it
	if path, edited := o.find(mapName, before, beside); path != "" && !(o.check && isFile(proposed)) {
		o.inPlace.mapping, o.inPlace.given = path, !edited
		if persons, err := personsIn(path); err != nil || len(persons) > 0 || edited {
			return err
		}
	}
	if isFile(proposed) {
		o.inPlace.mapping, o.inPlace.given = proposed, false
	}
	return nil
}

// manifests are what the last run wrote in this folder, and in the one whose ledger this
// run is given: members' editions are made beside the public one, of one set of decisions.
func (o options) manifests() (own, beside manifest, err error) {
	if own, err = readManifest(o.out); err != nil || o.besides() == "" {
		return own, manifest{}, err
	}
	beside, err = readManifest(o.besides())
	return own, beside, err
}

// besides is the folder whose ledger this run is given; "" for its own.
func (o options) besides() string {
	if dir := filepath.Dir(filepath.Dir(o.ledgerPath())); o.ledger != "" && dir != filepath.Clean(o.out) {
		return dir
	}
	return ""
}

// find looks for a list that people fill in: in this folder where somebody worked on it,
// else beside the ledger, else in this folder.
func (o options) find(name string, own, beside manifest) (path string, edited bool) {
	here := filepath.Join(o.out, filepath.FromSlash(name))
	if edited = own.touched(o.out, name); edited {
		return here, true
	}
	if dir := o.besides(); dir != "" {
		if there := filepath.Join(dir, filepath.FromSlash(name)); isFile(there) {
			return there, beside.touched(dir, name)
		}
	}
	if isFile(here) {
		return here, false
	}
	return "", false
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// stood says what of a list was read.
func stood(n int, what, path string) string {
	return fmt.Sprintf("%s of yours stood in %s and %s read.", program.Count(n, what, what+"s"), filepath.ToSlash(path), map[bool]string{true: "was", false: "were"}[n == 1])
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

// takeChecked takes what -check wrote for the working group out of the folder that is given
// out, when this run is placed: it stands under private now, as this run writes it or, where
// somebody worked on it, as it was.
func (s *staging) takeChecked() error {
	for name, head := range map[string][]string{"check.csv": intake.FindingsHead(), filepath.Base(mapName): intake.MappingHead()} {
		path := filepath.Join(s.dir, name)
		if !isFile(path) {
			continue
		}
		list, err := openList(path)
		if err != nil {
			continue // not CSV: somebody's own
		}
		rows, err := readRows(list)
		if err != nil || len(rows) == 0 || !slices.Equal(rows[0], head) {
			continue
		}
		s.checked = append(s.checked, path)
		was, err := hashFile(path)
		if err != nil {
			return fmt.Errorf("%s cannot be read", name)
		}
		if now, err := hashFile(filepath.Join(s.tmp, "private", name)); err == nil && now == was {
			continue
		}
		if _, err := s.keep(name); err != nil {
			return err
		}
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
