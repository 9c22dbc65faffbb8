// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Item is one thing that an edition publishes and somebody can count: a class
// of records, a topic, a statement.
type Item struct {
	// Key says what it is, the same in every edition: a code of at most 200
	// characters a-z 0-9 : . _ / + | * -. It is kept in clear.
	Key string
	// Shown is the printed text of it, wording and number. Where it stays
	// the same between editions, a change of support is not visible. Only a
	// keyed hash of it is kept.
	Shown string
	// K is the strictest threshold among its supporters.
	K int
	// Holdings support it, each counted once: of an agency and its client
	// behind one and the same example name one. Ignored where Members are given.
	Holdings []string
	// Members are its records, for a class of published records.
	Members []Member
	// Examples are the records that are counted, where the item is no class. One
	// that comes or goes shows in the number even where its holdings stand behind
	// others too; without them an edition is held against holdings only.
	Examples []Member
	// Labels are the quasi-identifiers that the records of a class share.
	Labels []string
	// Parts are the keys that a merged item replaces.
	Parts []string
}

// Member is one published record.
type Member struct {
	ID       string
	Holdings []string
	// K is its threshold where it asks for less than its item, 0 otherwise: who comes
	// or goes together is as many as the strictest of them asks for.
	K int
}

func validKey(s string) bool {
	if s == "" || len(s) > 200 {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune(":._/+|*-", r) {
			return false
		}
	}
	return true
}

// check returns an error that wraps ErrInput and names the position and the broken
// rule, without the item's text; nil for a valid item.
func (it *Item) check(at int) error {
	fault := func(rule string) error { return fmt.Errorf("%w: item %d: %s", ErrInput, at, rule) }
	switch {
	case !validKey(it.Key):
		return fault("key is no code")
	case it.K < 1:
		return fault("k must be at least 1")
	case slices.ContainsFunc(it.Parts, func(p string) bool { return !validKey(p) }):
		return fault("part is no code")
	}
	if !validMembers(it.Members) || !validMembers(it.Examples) {
		return fault("member without id or holding, or listed twice")
	}
	if it.Members != nil && it.Examples != nil {
		return fault("a class has members, no examples")
	}
	supported := false
	for _, list := range it.support() {
		if slices.Contains(list, "") {
			return fault("holding without a name")
		}
		supported = supported || len(list) > 0
	}
	if !supported {
		return fault("no support")
	}
	return nil
}

func validMembers(list []Member) bool {
	ids := map[string]bool{}
	for _, m := range list {
		if !validKey(m.ID) || ids[m.ID] || len(m.Holdings) == 0 || slices.Contains(m.Holdings, "") {
			return false
		}
		ids[m.ID] = true
	}
	return true
}

// support is the holdings of an item, or of its records one by one.
func (it *Item) support() [][]string {
	if it.Members == nil {
		return [][]string{it.Holdings}
	}
	out := make([][]string, len(it.Members))
	for i, m := range it.Members {
		out[i] = m.Holdings
	}
	return out
}

// entry turns items into what a ledger keeps of them.
func (k *Key) entry(items []Item) (LedgerEntry, error) {
	var lists [][]string
	examples := map[string][]string{}
	for i := range items {
		if err := items[i].check(i); err != nil {
			return LedgerEntry{}, err
		}
		lists = append(lists, items[i].support()...)
		for _, m := range items[i].Examples {
			if _, known := examples[m.ID]; !known {
				examples[m.ID] = m.Holdings
				lists = append(lists, m.Holdings)
			}
		}
	}
	table := commit(k.support, lists...)
	e := LedgerEntry{Kind: EntryEdition, Holdings: table.sorted, Items: make([]LedgerItem, len(items))}
	at := make(map[string]int32, len(examples))
	for i, id := range slices.Sorted(maps.Keys(examples)) {
		e.Records = append(e.Records, LedgerMember{ID: id, Support: table.places(examples[id])})
		at[id] = int32(i)
	}
	for i, it := range items {
		kept := LedgerItem{Key: it.Key, Shown: k.mac("shown", it.Shown), K: it.K, Labels: slices.Clone(it.Labels)}
		kept.Parts = slices.Compact(slices.Sorted(slices.Values(it.Parts)))
		for _, m := range it.Members {
			kept.Members = append(kept.Members, LedgerMember{ID: m.ID, Support: table.places(m.Holdings), K: m.K})
		}
		kept.Examples = make(places, 0, len(it.Examples))
		for _, m := range it.Examples {
			kept.Examples = append(kept.Examples, at[m.ID])
		}
		slices.Sort(kept.Examples)
		slices.SortFunc(kept.Members, func(a, b LedgerMember) int { return cmp.Compare(a.ID, b.ID) })
		kept.Support = table.places(slices.Concat(it.support()...))
		e.Items[i] = kept
	}
	slices.SortStableFunc(e.Items, func(a, b LedgerItem) int { return cmp.Compare(a.Key, b.Key) })
	return e, nil
}

// support commits to a holding, the same throughout one ledger.
func (k *Key) support(holding string) string { return k.mac("support", holding) }
