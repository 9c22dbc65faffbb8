// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Hierarchy says how the values of one attribute become coarser, level by
// level. Level 0 is the value itself, Height()-1 the coarsest. Each step joins
// values and never splits them: what reads alike at one level reads alike at
// all higher ones. Immutable; safe for concurrent use.
type Hierarchy struct {
	height int
	table  map[string][]string                   // closed domain: value -> labels of levels 0..
	rule   func(value string, dst []string) bool // open domain: fills dst[0:height]
}

// Height is the number of levels, the value itself included.
func (h *Hierarchy) Height() int { return h.height }

// Closed reports whether the hierarchy lists its domain, and how large it is.
func (h *Hierarchy) Closed() (size int, closed bool) { return len(h.table), h.table != nil }

// Generalize gives the label of a value at a level; false if the value is not
// covered or the level does not exist.
func (h *Hierarchy) Generalize(value string, level int) (string, bool) {
	if level < 0 || level >= h.height {
		return "", false
	}
	path := make([]string, h.height)
	if !h.path(value, path) {
		return "", false
	}
	return path[level], true
}

// path fills dst with the labels of all levels.
func (h *Hierarchy) path(value string, dst []string) bool {
	if h.table != nil {
		p, ok := h.table[value]
		copy(dst, p)
		return ok
	}
	return h.rule(value, dst)
}

// gapError is a value of the data, or a row of a hierarchy, that the hierarchy
// does not cover consistently. It names the place and never the value.
type gapError struct {
	Column string // the attribute; empty while a hierarchy is being read
	Record int    // record of the table, or row of the hierarchy, from 0
	Level  int    // level at which the fault shows
	Rule   string // what is wrong there
}

func (e *gapError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("recode: hierarchy row %d, level %d: %s", e.Record, e.Level, e.Rule)
	}
	return fmt.Sprintf("recode: hierarchy of column %q, record %d, level %d: %s", e.Column, e.Record, e.Level, e.Rule)
}

// Unwrap makes a gapError an ErrInput.
func (e *gapError) Unwrap() error { return ErrInput }

// NewHierarchy makes a hierarchy of a closed domain from its paths: one row a
// value, the value first, then its label at every level. All rows must have
// the same length; a value may be listed once; values that share a label at
// one level must share those of all higher levels. A top level that leaves
// more than one label gets a further level, Suppressed.
func NewHierarchy(rows [][]string) (*Hierarchy, error) {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return nil, &gapError{Rule: "no rows"}
	}
	height := len(rows[0])
	h := &Hierarchy{height: height, table: make(map[string][]string, len(rows))}
	parent := make([]map[string]string, height)
	for l := range parent {
		parent[l] = map[string]string{}
	}
	tops := map[string]bool{}
	for i, row := range rows {
		if len(row) != height {
			return nil, &gapError{Record: i, Level: min(len(row), height), Rule: "row has another number of levels than the first"}
		}
		if _, dup := h.table[row[0]]; dup {
			return nil, &gapError{Record: i, Rule: "value listed twice"}
		}
		for l := 0; l+1 < height; l++ {
			if row[l+1] == "" {
				return nil, &gapError{Record: i, Level: l + 1, Rule: "label empty"}
			}
			if up, seen := parent[l][row[l]]; seen && up != row[l+1] {
				return nil, &gapError{Record: i, Level: l + 1, Rule: "label has two parents"}
			}
			parent[l][row[l]] = row[l+1]
		}
		h.table[row[0]] = slices.Clone(row)
		tops[row[height-1]] = true
	}
	if len(tops) > 1 {
		h.height++
		for v, p := range h.table {
			h.table[v] = append(p, Suppressed)
		}
	}
	return h, nil
}

// ReadHierarchy reads a hierarchy from CSV without a header, one value a line
// and its labels after it, separated by sep (0 means ';'), as the usual tools
// for microdata write it. NewHierarchy says what is checked.
func ReadHierarchy(r io.Reader, sep rune) (*Hierarchy, error) {
	if sep == 0 {
		sep = ';'
	}
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord = sep, -1
	rows, err := c.ReadAll()
	if err != nil {
		return nil, csvError("hierarchy", err)
	}
	return NewHierarchy(rows)
}

// csvError keeps the place of a CSV fault and drops everything else.
func csvError(what string, err error) error {
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("%w: %s: line %d, column %d: not CSV", ErrInput, what, p.Line, p.Column)
	}
	return fmt.Errorf("recode: %s: %w", what, err)
}

// ReadColumns reads a CSV file with a header line and returns the named
// columns in the order asked for. A name that is not in the header, or a line
// with another number of fields, is an error that names the place.
func ReadColumns(r io.Reader, sep rune, names []string) ([]Column, error) {
	if sep == 0 {
		sep = ','
	}
	c := csv.NewReader(r)
	c.Comma, c.ReuseRecord = sep, true
	head, err := c.Read()
	if err != nil {
		return nil, csvError("table", err)
	}
	at := make([]int, len(names))
	cols := make([]Column, len(names))
	for i, name := range names {
		if at[i] = slices.Index(head, name); at[i] < 0 {
			return nil, fmt.Errorf("%w: column %d of those asked for is not in the header", ErrInput, i)
		}
		cols[i].Name = name
	}
	for {
		rec, err := c.Read()
		if err == io.EOF {
			return cols, nil
		}
		if err != nil {
			return nil, csvError("table", err)
		}
		for i, j := range at {
			cols[i].Values = append(cols[i].Values, string([]byte(rec[j])))
		}
	}
}
