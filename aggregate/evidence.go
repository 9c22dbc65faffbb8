// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// Evidence is what one published item rests on. It links an item to holdings,
// and so is for a ledger of editions on the working group's own machine.
type Evidence struct {
	Key ItemKey
	// Shown is what a reader sees of its support. While it stays the same, a change
	// of the holdings behind it does not show.
	Shown string
	// K is the strictest threshold of the records behind it.
	K        int
	Holdings []anonymize.Holding // sorted, distinct
	Records  []anonymize.Record  // that are counted, sorted by id
}

// Format implements fmt.Formatter: evidence prints as its key.
func (e Evidence) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[evidence %s]", e.Key) }
