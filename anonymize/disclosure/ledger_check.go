// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"fmt"
	"slices"
)

// Reasons why an edition is refused.
const (
	ReasonSupport   = "support"   // an item rests on fewer than k holdings
	ReasonAdds      = "adds"      // 1 to k-1 holdings stand out as new
	ReasonWithdraws = "withdraws" // 1 to k-1 holdings stand out as gone
	ReasonIsolates  = "isolates"  // records of 1 to k-1 holdings share their classes in two editions
	ReasonWithdrawn = "withdrawn" // a holding that withdrew supports an item
	ReasonRepeated  = "repeated"  // an item or a record occurs twice
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
// of all: neither side may hold 1 to k-1 holdings more. A merged item is
// compared with the union of its parts as well. Classes of records are
// compared record by record: those new to the ledger, those of an earlier
// class that are gone, and those that two classes share must each come from 0
// or at least k holdings. Byun et al. 2006 call the last the intersection
// attack on incremental releases; ABS's rule of ten, "differences of less than
// ten should not be able to be calculated through combining the tables", is
// the first two.
func conflicts(history []LedgerEntry, items []LedgerItem) []Conflict {
	var out []Conflict
	withdrawn := map[string]bool{}
	seen := map[string]bool{} // records ever published
	for _, e := range history {
		for _, w := range e.Withdrawn {
			withdrawn[w] = true
		}
		for _, it := range e.Items {
			for _, m := range it.Members {
				seen[m.ID] = true
			}
		}
	}
	keys, ids := map[string]bool{}, map[string]string{} // record -> class
	for _, it := range items {
		if keys[it.Key] {
			out = append(out, Conflict{it.Key, "", ReasonRepeated})
		}
		keys[it.Key] = true
		for _, m := range it.Members {
			if ids[m.ID] != "" {
				out = append(out, Conflict{it.Key, "", ReasonRepeated})
			}
			ids[m.ID] = it.Key
		}
		if slices.ContainsFunc(it.Support, func(h string) bool { return withdrawn[h] }) {
			out = append(out, Conflict{it.Key, "", ReasonWithdrawn})
		}
		if few(supportOf(it), it.K) {
			out = append(out, Conflict{it.Key, "", ReasonSupport})
		}
		if it.Members == nil {
			out = append(out, setConflicts(history, it)...)
			continue
		}
		out = append(out, classConflicts(history, it, seen)...)
	}
	out = append(out, goneConflicts(history, items, ids)...)
	slices.SortStableFunc(out, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Edition, b.Edition))
	})
	return slices.Compact(out)
}

// few reports 1 to k-1.
func few(n, k int) bool { return n > 0 && n < k }

// supportOf counts independent holdings.
func supportOf(it LedgerItem) int {
	if it.Members == nil {
		return len(it.Support)
	}
	return countMembers(it.Members)
}

func countMembers(ms []LedgerMember) int {
	var all []string
	for _, m := range ms {
		all = append(all, m.Support...)
	}
	code, _ := codes(all)
	sets, at := make([][]int32, len(ms)), 0
	for i, m := range ms {
		sets[i] = code[at : at+len(m.Support)]
		at += len(m.Support)
	}
	return independent(sets)
}

func setConflicts(history []LedgerEntry, it LedgerItem) []Conflict {
	var out []Conflict
	compare := func(edition string, old []string, k int) {
		k = max(k, it.K)
		if few(minus(it.Support, old), k) {
			out = append(out, Conflict{it.Key, edition, ReasonAdds})
		}
		if few(minus(old, it.Support), k) {
			out = append(out, Conflict{it.Key, edition, ReasonWithdraws})
		}
	}
	var all []string
	most, forms := 0, 0
	for _, e := range history {
		var parts []string
		found, k := 0, 0
		for _, old := range e.Items {
			if old.Members != nil {
				continue
			}
			if old.Key == it.Key && old.Shown != it.Shown {
				compare(e.Edition, old.Support, old.K)
				all, most, forms = append(all, old.Support...), max(most, old.K), forms+1
			}
			if slices.Contains(it.Parts, old.Key) {
				parts, found, k = append(parts, old.Support...), found+1, max(k, old.K)
			}
		}
		if found > 0 {
			compare(e.Edition, parts, k)
		}
	}
	if forms > 1 {
		compare("", all, most)
	}
	return out
}

// minus counts what is in a and not in b.
func minus(a, b []string) int {
	in := make(map[string]bool, len(b))
	for _, x := range b {
		in[x] = true
	}
	n := 0
	counted := make(map[string]bool, len(a))
	for _, x := range a {
		if !in[x] && !counted[x] {
			counted[x] = true
			n++
		}
	}
	return n
}

func classConflicts(history []LedgerEntry, it LedgerItem, seen map[string]bool) []Conflict {
	var out []Conflict
	published := len(seen) > 0
	fresh := slices.DeleteFunc(slices.Clone(it.Members), func(m LedgerMember) bool { return seen[m.ID] })
	if published && few(countMembers(fresh), it.K) {
		out = append(out, Conflict{it.Key, "", ReasonAdds})
	}
	own := map[string]LedgerMember{}
	for _, m := range it.Members {
		own[m.ID] = m
	}
	for _, e := range history {
		for _, old := range e.Items {
			var shared []LedgerMember
			for _, m := range old.Members {
				if n, ok := own[m.ID]; ok {
					shared = append(shared, n)
				}
			}
			if few(countMembers(shared), max(it.K, old.K)) {
				out = append(out, Conflict{it.Key, e.Edition, ReasonIsolates})
			}
		}
	}
	return out
}

// goneConflicts finds earlier classes of which 1 to k-1 holdings are missing.
// A class that is missing whole gives nobody away.
func goneConflicts(history []LedgerEntry, items []LedgerItem, ids map[string]string) []Conflict {
	if !slices.ContainsFunc(items, func(it LedgerItem) bool { return it.Members != nil }) {
		return nil
	}
	var out []Conflict
	for _, e := range history {
		for _, old := range e.Items {
			gone := slices.DeleteFunc(slices.Clone(old.Members), func(m LedgerMember) bool { return ids[m.ID] != "" })
			if len(gone) < len(old.Members) && few(countMembers(gone), old.K) {
				out = append(out, Conflict{old.Key, e.Edition, ReasonWithdraws})
			}
		}
	}
	return out
}
