// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"errors"
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize/recognize"
)

// Operator names a treatment of findings. Operators are totally ordered from
// strict to loose, in the order of the constants; that order is what tightening
// a policy goes by. Every replacement but the suppressed sentence stands in
// square brackets, as the UK Data Service asks, so that a reader sees where
// something was changed.
type Operator string

// The operators, strictest first.
const (
	// Suppress withholds the whole sentence, bullet or line that holds the finding: "[withheld]".
	Suppress Operator = "suppress"
	// Remove leaves "[removed]", which tells not even the kind.
	Remove Operator = "remove"
	// Label tells the kind: "[name]", "[an organisation]", "[phone number]".
	Label Operator = "label"
	// Pseudonym tells the kind and which mentions are the same: "[person 1]". For
	// people, organisations, places, programmes, codes and other entities.
	Pseudonym Operator = "pseudonym"
	// GeneraliseRelative tells a date by its distance from the first of the
	// document: "[month 3]". For dates.
	GeneraliseRelative Operator = "generalise:relative"
	// Generalise tells the coarse value: the type of an organisation, the region of
	// a place, the year of a date, the band of an age, sum or count, the group of a
	// role, the therapy area of a condition. A value that cannot be read gets its
	// label instead. Not for contact details and codes.
	Generalise Operator = "generalise"
	// GeneraliseQuarter tells the quarter of a date: "[January to March 2012]". For dates.
	GeneraliseQuarter Operator = "generalise:quarter"
	// GeneraliseRegion tells the type and the region of an organisation: "[a hospital
	// trust in the North East]". For organisations.
	GeneraliseRegion Operator = "generalise:region"
	// Keep leaves the finding as it is. It never applies to a finding of a stricter rule beside it.
	Keep Operator = "keep"
)

// errOperator says that a policy names an unknown operator, or one that does
// not apply to the kind it is given for.
var errOperator = errors.New("redact: operator does not apply")

// rank is the place in the order, -1 for an unknown operator.
func (o Operator) rank() int {
	switch o {
	case Suppress:
		return 0
	case Remove:
		return 1
	case Label:
		return 2
	case Pseudonym:
		return 3
	case GeneraliseRelative:
		return 4
	case Generalise:
		return 5
	case GeneraliseQuarter:
		return 6
	case GeneraliseRegion:
		return 7
	case Keep:
		return 8
	default:
		return -1
	}
}

// Stricter reports whether o discloses less than p.
func (o Operator) Stricter(p Operator) bool { return o.rank() < p.rank() }

// stricter is the meet of two known operators.
func stricter(a, b Operator) Operator {
	if b.rank() < a.rank() {
		return b
	}
	return a
}

// appliesTo returns nil when the operator can be carried out on that kind of
// finding; subtype "" means every subtype of the kind.
func (o Operator) appliesTo(kind recognize.Kind, subtype string) error {
	ok := false
	switch o {
	case Suppress, Remove, Label, Keep:
		ok = true
	case Pseudonym:
		switch kind {
		case recognize.Person, recognize.Org, recognize.Place, recognize.Brand, recognize.Code, recognize.Other:
			ok = true
		case recognize.Date, recognize.Contact:
		}
	case GeneraliseRelative, GeneraliseQuarter:
		ok = kind == recognize.Date
	case GeneraliseRegion:
		ok = kind == recognize.Org
	case Generalise:
		switch kind {
		case recognize.Person, recognize.Org, recognize.Place, recognize.Date, recognize.Brand, recognize.Other:
			ok = true
		case recognize.Contact, recognize.Code:
			ok = generalisable(subtype)
		}
	}
	if o.rank() < 0 {
		return fmt.Errorf("%w: unknown operator for kind %s", errOperator, kind)
	}
	if !ok {
		return fmt.Errorf("%w: %s for kind %s", errOperator, o, kind)
	}
	return nil
}
