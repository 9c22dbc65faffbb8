// SPDX-License-Identifier: Apache-2.0

package recode

import (
	"errors"
	"fmt"
	"slices"
)

// Errors that callers branch on. None of them ever carries a value of the
// data: they name the column, the record (counted from 0) and the rule.
var (
	// ErrInput: the table or the configuration contradicts itself.
	ErrInput = errors.New("recode: invalid input")
	// ErrInfeasible: no allowed transformation keeps the promise.
	ErrInfeasible = errors.New("recode: no transformation meets the requirement")
	// ErrBound: a stated bound (nodes, checks, cells) was reached first.
	ErrBound = errors.New("recode: bound reached")
)

// Missing is the value of a cell about which nothing is known. A missing
// value is a category of its own: it matches other missing values and nothing
// else. Read as a wildcard it would count a record into every class it might
// belong to, and so promise more than the reader's view of the release keeps.
const Missing = ""

// Suppressed is the value of a suppressed cell in the output, and the label of the
// top of every hierarchy built here. It is not the same as Missing.
const Suppressed = "*"

// Column is one named column; Values holds one value a record.
type Column struct {
	Name   string
	Values []string
}

// Table is plain data: what the searches, models and measures here work on.
// It is never changed by this package.
type Table struct {
	// Quasi are the quasi-identifiers: what a reader may know from elsewhere.
	Quasi []Column
	// Sensitive are the columns that diversity and closeness protect.
	Sensitive []Column
	// Holdings names, for each record, the holdings it belongs to (parent
	// company; an agency and its client both). The names are opaque. Nil
	// means that each record is a holding of its own. An empty entry is an
	// error: a record without a known holding cannot be counted.
	Holdings [][]string
	// K is each record's own threshold, from its agreement. Nil, or an entry
	// below the Requirement's K, means the Requirement's K: a record may ask
	// for more, never for less.
	K []int
}

// Len is the number of records.
func (t *Table) Len() int {
	switch {
	case len(t.Quasi) > 0:
		return len(t.Quasi[0].Values)
	case len(t.Sensitive) > 0:
		return len(t.Sensitive[0].Values)
	}
	return max(len(t.Holdings), len(t.K))
}

// Validate reports whether all columns have the same length, names are
// unique, every record has a holding and no threshold is negative.
func (t *Table) Validate() error {
	n := t.Len()
	names := map[string]bool{}
	for _, c := range slices.Concat(t.Quasi, t.Sensitive) {
		if c.Name == "" || names[c.Name] {
			return fmt.Errorf("%w: column name empty or repeated", ErrInput)
		}
		names[c.Name] = true
		if len(c.Values) != n {
			return fmt.Errorf("%w: column %q has %d values, want %d", ErrInput, c.Name, len(c.Values), n)
		}
	}
	if t.Holdings != nil && len(t.Holdings) != n {
		return fmt.Errorf("%w: %d holdings for %d records", ErrInput, len(t.Holdings), n)
	}
	for i, h := range t.Holdings {
		if len(h) == 0 || slices.Contains(h, "") {
			return fmt.Errorf("%w: record %d has no holding", ErrInput, i)
		}
	}
	if t.K != nil && len(t.K) != n {
		return fmt.Errorf("%w: %d thresholds for %d records", ErrInput, len(t.K), n)
	}
	for i, k := range t.K {
		if k < 0 {
			return fmt.Errorf("%w: record %d has a negative threshold", ErrInput, i)
		}
	}
	return nil
}

// sensitive finds a sensitive column by name.
func (t *Table) sensitive(name string) (int, error) {
	for i, c := range t.Sensitive {
		if c.Name == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%w: no sensitive column %q", ErrInput, name)
}

// Select returns a table of the given records, in the given order.
func (t *Table) Select(records []int) *Table {
	pick := func(cols []Column) []Column {
		out := make([]Column, len(cols))
		for i, c := range cols {
			out[i] = Column{Name: c.Name, Values: make([]string, len(records))}
			for j, r := range records {
				out[i].Values[j] = c.Values[r]
			}
		}
		return out
	}
	s := &Table{Quasi: pick(t.Quasi), Sensitive: pick(t.Sensitive)}
	if t.Holdings != nil {
		s.Holdings = make([][]string, len(records))
		for j, r := range records {
			s.Holdings[j] = slices.Clone(t.Holdings[r])
		}
	}
	if t.K != nil {
		s.K = make([]int, len(records))
		for j, r := range records {
			s.K[j] = t.K[r]
		}
	}
	return s
}

// String says how large the table is, and nothing of what it holds.
func (t *Table) String() string {
	return fmt.Sprintf("[table: %d records, %d quasi-identifiers, %d sensitive columns]", t.Len(), len(t.Quasi), len(t.Sensitive))
}

// Format keeps every verb from printing values.
func (t *Table) Format(s fmt.State, _ rune) { fmt.Fprint(s, t.String()) }
