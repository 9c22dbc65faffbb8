// SPDX-License-Identifier: Apache-2.0

package vocabulary

import (
	"errors"
	"fmt"
)

// errData is wrapped by every [*DataError]: vocabulary data was refused.
var errData = errors.New("vocabulary: invalid data")

// DataError says where vocabulary data broke which rule. It never carries the
// offending text, because a user's own scheme may be confidential.
type DataError struct {
	// File is the path inside the file system that was loaded.
	File string
	// Line counts from 1 in a TSV file and is 0 in a JSON file or where the
	// fault concerns the set as a whole.
	Line int
	// Path is the place inside a JSON file, such as "concepts[3].prefLabel".
	Path string
	// Rule is the rule that was broken, a constant sentence.
	Rule string
}

// Error names file, place and rule.
func (e *DataError) Error() string {
	switch {
	case e.Line > 0:
		return fmt.Sprintf("vocabulary: %q line %d: %s", e.File, e.Line, e.Rule)
	case e.Path != "":
		return fmt.Sprintf("vocabulary: %q at %s: %s", e.File, e.Path, e.Rule)
	default:
		return fmt.Sprintf("vocabulary: %q: %s", e.File, e.Rule)
	}
}

// Unwrap tells that vocabulary data was refused.
func (e *DataError) Unwrap() error { return errData }
