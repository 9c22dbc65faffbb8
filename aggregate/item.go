// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"fmt"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// Item is a published number and who stands behind it. It links numbers to holdings,
// and so is for a ledger of editions on the working group's own machine.
type Item struct {
	Key ItemKey
	// Shown is the support as a reader sees it. While it stays the same, a change
	// of the holdings behind it does not show.
	Shown string
	// K is the strictest threshold of the records behind it.
	K        int
	Holdings []anonymize.Holding // sorted, distinct
	Records  []anonymize.Record  // that are counted, sorted by id
}

// Format implements fmt.Formatter: an item prints as its key.
func (x Item) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "[item %s]", x.Key) }
