// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/sharedpractice/sharedpractice/anonymize"
)

// Reasons why an edition is refused.
const (
	reasonSupport   = "support"   // an item rests on fewer than k holdings
	reasonAdds      = "adds"      // 1 to k-1 holdings stand out as new
	reasonWithdraws = "withdraws" // 1 to k-1 holdings stand out as gone
	reasonIsolates  = "isolates"  // records of 1 to k-1 holdings share their classes in two editions
	reasonWithdrawn = "withdrawn" // a holding that withdrew supports an item
	reasonRepeated  = "repeated"  // an item or a record occurs twice
)

// Conflict is one reason why an edition would give somebody away. It names
// the item and the edition compared with, and no holding.
type Conflict struct {
	Item    string // key
	Edition string // the earlier edition; empty where none is concerned
	Reason  string
}

// ConflictError refuses an edition.
type ConflictError struct{ Conflicts []Conflict }

func (e *ConflictError) Error() string {
	c := e.Conflicts[0]
	return fmt.Sprintf("disclosure: edition refused: %d conflicts, the first with item %s (%s)", len(e.Conflicts), c.Item, c.Reason)
}

// Is makes a ConflictError an ErrInfeasible.
func (e *ConflictError) Is(target error) bool { return target == ErrInfeasible }

// conflicts compares an edition with all before it, item by item. Items of
// different keys are compared only where one names the other among its Parts:
// what a parent less its child gives away is for verify.Attack.
//
// An item that shows the same as before gives no difference away. One that
// shows something else is compared with each earlier form, and with the union
// of all: neither side may hold 1 to k-1 holdings more. Where items tell the
// records that they count, those that came or went must come from 0 or at least k
// holdings as well, since a number falls with one example of a contributor that
// has others. A merged item is
// compared with the union of its parts as well. Classes of records are
// compared record by record: those new to the ledger, those of an earlier
// class that are gone, and those that two classes share must each come from 0
// or at least k holdings. Byun et al. 2006 call the last the intersection
// attack on incremental releases; ABS's rule of ten, "differences of less than
// ten should not be able to be calculated through combining the tables", is
// the first two.
func conflicts(history []LedgerEntry, now LedgerEntry) []Conflict {
	c := compare(history, now)
	var out []Conflict
	keys, ids := map[string]bool{}, map[string]string{} // record -> class
	for _, it := range now.Items {
		if keys[it.Key] {
			out = append(out, Conflict{it.Key, "", reasonRepeated})
		}
		keys[it.Key] = true
		for _, m := range it.Members {
			if ids[m.ID] != "" {
				out = append(out, Conflict{it.Key, "", reasonRepeated})
			}
			ids[m.ID] = it.Key
		}
		if slices.ContainsFunc(it.Support, func(place int32) bool { return c.withdrawn[now.Holdings[place]] }) {
			out = append(out, Conflict{it.Key, "", reasonWithdrawn})
		}
		if tooFew(supportOf(it), it.K) {
			out = append(out, Conflict{it.Key, "", reasonSupport})
		}
		if it.Members == nil {
			out = append(out, c.setConflicts(it)...)
			continue
		}
		out = append(out, c.classConflicts(it)...)
	}
	out = append(out, c.goneConflicts(ids)...)
	slices.SortStableFunc(out, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Edition, b.Edition))
	})
	return slices.Compact(out)
}

// tooFew reports 1 to k-1.
func tooFew(n, k int) bool { return n > 0 && n < k }

// supportOf counts independent holdings.
func supportOf(it LedgerItem) int {
	if it.Members == nil {
		return len(it.Support)
	}
	return countMembers(it.Members)
}

// countMembers counts independent holdings behind records of one entry.
func countMembers(ms []LedgerMember) int {
	sets := make([][]int32, len(ms))
	for i, m := range ms {
		sets[i] = m.Support
	}
	return anonymize.Independent(sets)
}

// strictest is the threshold of records of one item, whose own threshold is that of
// its strictest record.
func strictest(ms []LedgerMember, ofItem int) int {
	k := 0
	for _, m := range ms {
		if m.K == 0 {
			return ofItem
		}
		k = max(k, m.K)
	}
	return k
}

// comparison holds an edition against those before it.
type comparison struct {
	history   []LedgerEntry
	withdrawn map[string]bool
	earlier   map[string][]where // items that are no classes, by key
	classOf   map[string][]where // classes that a record stood in
	number    [][]int32          // of each holding, by entry and place; the last entry is the new one
	mark      []int              // by number: the comparison that saw it last
	round     int
	records   [][]int32 // number of each record, by entry and place, the same in all entries
	behind    [][]int32 // holdings of a record, by its number
}

// where an item stands in the history.
type where struct{ entry, item int }

func compare(history []LedgerEntry, now LedgerEntry) *comparison {
	c := &comparison{history: history, withdrawn: map[string]bool{}, earlier: map[string][]where{}, classOf: map[string][]where{}}
	number, record := map[string]int32{}, map[string]int32{}
	for i, e := range append(slices.Clone(history), now) {
		of := make([]int32, len(e.Holdings))
		for place, h := range e.Holdings {
			if _, known := number[h]; !known {
				number[h] = int32(len(number))
			}
			of[place] = number[h]
		}
		c.number = append(c.number, of)
		c.records = append(c.records, make([]int32, len(e.Records)))
		for place, m := range e.Records {
			if _, known := record[m.ID]; !known {
				record[m.ID] = int32(len(record))
				c.behind = append(c.behind, c.numbers(i, m.Support))
			}
			c.records[i][place] = record[m.ID]
		}
		if i == len(history) {
			break
		}
		for _, w := range e.Withdrawn {
			c.withdrawn[w] = true
		}
		for j, it := range e.Items {
			if it.Members == nil {
				c.earlier[it.Key] = append(c.earlier[it.Key], where{i, j})
			}
			for _, m := range it.Members {
				c.classOf[m.ID] = append(c.classOf[m.ID], where{i, j})
			}
		}
	}
	c.mark = make([]int, len(number))
	return c
}

// numbers are the holdings at places of an entry, the same in all entries.
func (c *comparison) numbers(entry int, places places) []int32 {
	out := make([]int32, len(places))
	for i, p := range places {
		out[i] = c.number[entry][p]
	}
	return out
}

// minus counts what is in a and not in b.
func (c *comparison) minus(a, b []int32) int {
	c.round++
	for _, x := range b {
		c.mark[x] = c.round
	}
	n := 0
	for _, x := range a {
		if c.mark[x] != c.round {
			c.mark[x] = c.round
			n++
		}
	}
	return n
}

// apart counts the independent holdings behind the records that one item counts
// and another does not: 0 where either does not tell its records.
func (c *comparison) apart(entry int, it LedgerItem, other int, without LedgerItem) int {
	if len(it.Examples) == 0 || len(without.Examples) == 0 {
		return 0
	}
	not := make(map[int32]bool, len(without.Examples))
	for _, place := range without.Examples {
		not[c.records[other][place]] = true
	}
	var rest [][]int32
	for _, place := range it.Examples {
		if n := c.records[entry][place]; !not[n] {
			not[n], rest = true, append(rest, c.behind[n])
		}
	}
	return anonymize.Independent(rest)
}

func (c *comparison) setConflicts(it LedgerItem) []Conflict {
	var out []Conflict
	now := len(c.history)
	own := c.numbers(len(c.history), it.Support)
	against := func(edition string, old []int32, k int) {
		k = max(k, it.K)
		if tooFew(c.minus(own, old), k) {
			out = append(out, Conflict{it.Key, edition, reasonAdds})
		}
		if tooFew(c.minus(old, own), k) {
			out = append(out, Conflict{it.Key, edition, reasonWithdraws})
		}
	}
	var all []int32
	most, forms := 0, 0
	for _, w := range c.earlier[it.Key] {
		e := c.history[w.entry]
		if old := e.Items[w.item]; old.Shown != it.Shown {
			support := c.numbers(w.entry, old.Support)
			against(e.Edition, support, old.K)
			if k := max(old.K, it.K); tooFew(c.apart(now, it, w.entry, old), k) {
				out = append(out, Conflict{it.Key, e.Edition, reasonAdds})
			} else if tooFew(c.apart(w.entry, old, now, it), k) {
				out = append(out, Conflict{it.Key, e.Edition, reasonWithdraws})
			}
			all, most, forms = append(all, support...), max(most, old.K), forms+1
		}
	}
	if forms > 1 {
		against("", all, most)
	}
	parts, strictest, whole := map[int][]int32{}, map[int]int{}, map[int]LedgerItem{} // by entry
	for _, key := range it.Parts {
		for _, w := range c.earlier[key] {
			old := c.history[w.entry].Items[w.item]
			parts[w.entry] = append(parts[w.entry], c.numbers(w.entry, old.Support)...)
			strictest[w.entry] = max(strictest[w.entry], old.K)
			all := whole[w.entry]
			all.Examples = append(all.Examples, old.Examples...)
			whole[w.entry] = all
		}
	}
	for _, i := range slices.Sorted(maps.Keys(parts)) {
		against(c.history[i].Edition, parts[i], strictest[i])
		if k := max(strictest[i], it.K); tooFew(c.apart(now, it, i, whole[i]), k) || tooFew(c.apart(i, whole[i], now, it), k) {
			out = append(out, Conflict{it.Key, c.history[i].Edition, reasonIsolates})
		}
	}
	return out
}

func (c *comparison) classConflicts(it LedgerItem) []Conflict {
	var out []Conflict
	var fresh []LedgerMember
	shared := map[where][]LedgerMember{}
	ids := map[string]bool{}
	for _, m := range it.Members {
		ids[m.ID] = true
		if len(c.classOf[m.ID]) == 0 {
			fresh = append(fresh, m)
		}
		for _, w := range c.classOf[m.ID] {
			shared[w] = append(shared[w], m)
		}
	}
	if len(c.classOf) > 0 && tooFew(countMembers(fresh), strictest(fresh, it.K)) {
		out = append(out, Conflict{it.Key, "", reasonAdds})
	}
	for w, both := range shared { // in any order: what is found is sorted
		e := c.history[w.entry]
		was := slices.DeleteFunc(slices.Clone(e.Items[w.item].Members), func(m LedgerMember) bool { return !ids[m.ID] })
		if tooFew(countMembers(both), max(strictest(both, it.K), strictest(was, e.Items[w.item].K))) {
			out = append(out, Conflict{it.Key, e.Edition, reasonIsolates})
		}
	}
	return out
}

// goneConflicts finds earlier classes of which 1 to k-1 holdings are missing.
// A class that is missing whole gives nobody away, and so does an edition
// without records.
func (c *comparison) goneConflicts(ids map[string]string) []Conflict {
	if len(ids) == 0 {
		return nil
	}
	var out []Conflict
	for _, e := range c.history {
		for _, old := range e.Items {
			gone := slices.DeleteFunc(slices.Clone(old.Members), func(m LedgerMember) bool { return ids[m.ID] != "" })
			if len(gone) < len(old.Members) && tooFew(countMembers(gone), strictest(gone, old.K)) {
				out = append(out, Conflict{old.Key, e.Edition, reasonWithdraws})
			}
		}
	}
	return out
}
