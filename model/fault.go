// SPDX-License-Identifier: Apache-2.0

package model

import (
	"fmt"
	"strconv"
	"strings"
)

// Fault is one thing that is wrong with an example: where, and which rule it
// breaks. It never holds what was written there. Path is made of JSON field
// names and positions counted from 0, such as "strategy_steps[2].method.code";
// keys of a map, which anybody may have written, are given by their position in
// sorted order. An empty path is the whole example.
type Fault struct {
	Path string `json:"path,omitempty"`
	Rule string `json:"rule"`
}

// Error implements error.
func (f Fault) Error() string { return "model: " + f.text() }

func (f Fault) text() string {
	if f.Path == "" {
		return "the example " + f.Rule
	}
	return f.Path + " " + f.Rule
}

// ValidationError holds every fault of one example, in the order of its fields;
// of more than maxFaults only the first.
type ValidationError struct {
	Faults []Fault
}

// maxFaults bounds the faults listed for one example.
const maxFaults = 200

// Error implements error. It names the first five faults and counts the others.
func (e *ValidationError) Error() string {
	const shown = 5
	var b strings.Builder
	b.WriteString("model: ")
	for i, f := range e.Faults[:min(shown, len(e.Faults))] {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(f.text())
	}
	if more := len(e.Faults) - shown; more > 0 {
		fmt.Fprintf(&b, "; and %d more", more)
	}
	return b.String()
}

// Unwrap returns the faults, each a Fault.
func (e *ValidationError) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// LineError says in which line of a file something is wrong. Err is a Fault, a
// *ValidationError, or what the reader of the file returned.
type LineError struct {
	Line   int // counted from 1; in CSV the line on which the row starts; 0 in writing
	Row    int // in CSV, counted from 1 after the header; 0 otherwise, and for the header itself
	Column int // in CSV, counted from 1; 0 where no single column is meant
	Err    error
}

// Error implements error.
func (e *LineError) Error() string {
	var b strings.Builder
	b.WriteString("model: ")
	for _, part := range []struct {
		name string
		n    int
	}{{"line", e.Line}, {"row", e.Row}, {"column", e.Column}} {
		if part.n > 0 {
			if b.Len() > len("model: ") {
				b.WriteString(", ")
			}
			b.WriteString(part.name + " " + strconv.Itoa(part.n))
		}
	}
	b.WriteString(": ")
	b.WriteString(strings.TrimPrefix(e.Err.Error(), "model: "))
	return b.String()
}

// Unwrap returns Err.
func (e *LineError) Unwrap() error { return e.Err }

// A place is the path to the value being looked at, written only for a fault.
type place []step

type step struct {
	name string // of a field; empty for a position
	at   int
}

func (p *place) field(name string) { *p = append(*p, step{name: name}) }
func (p *place) index(i int)       { *p = append(*p, step{at: i}) }
func (p *place) up()               { *p = (*p)[:len(*p)-1] }

func (p *place) String() string {
	var b strings.Builder
	for _, s := range *p {
		if s.name == "" {
			b.WriteString("[" + strconv.Itoa(s.at) + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.name)
	}
	return b.String()
}
