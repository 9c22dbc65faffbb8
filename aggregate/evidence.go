// SPDX-License-Identifier: Apache-2.0

package aggregate

import (
	"fmt"
	"maps"
	"slices"

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

// admitted notes what an item rests on, and returns its members unless it was
// refused or has none.
func (b *build) admitted(key ItemKey, members set) set {
	if members == nil || b.refused[key] {
		return nil
	}
	shown := b.all.support(members, nil)
	e := Evidence{
		Key: key, K: b.all.k,
		Shown:   fmt.Sprintf("%d/%d/%d/%s", shown.Examples, shown.Contributors, shown.Kinds, shown.Lowest),
		Records: make([]anonymize.Record, 0, len(members)),
	}
	for _, i := range members {
		e.K = max(e.K, b.all.records[i].K())
		e.Holdings = append(e.Holdings, b.all.holdings[i]...)
		e.Records = append(e.Records, b.all.records[i])
	}
	slices.Sort(e.Holdings)
	e.Holdings = slices.Clone(slices.Compact(e.Holdings)) // kept for as long as the edition is made
	b.items[key] = e
	return members
}

func (b *build) evidence() []Evidence {
	var out []Evidence
	for _, key := range slices.Sorted(maps.Keys(b.items)) {
		out = append(out, b.items[key])
	}
	return out
}
