// SPDX-License-Identifier: Apache-2.0

// Package sample holds a collection of made-up examples, so that the programs
// beside it have something to run on. Names, figures and quotations in it are
// invented; see README.md.
package sample

import (
	_ "embed" // for the collection
	"io"
	"strings"
)

//go:embed collection.jsonl
var collection string

// Collection returns the sample as JSON Lines, one example a line. Each call
// reads from the start. Safe for concurrent use.
func Collection() io.Reader { return strings.NewReader(collection) }
