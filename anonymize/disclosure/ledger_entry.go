// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"fmt"
	"slices"
)

// Item is one thing that an edition publishes and somebody can count: a class
// of records, a topic, a statement.
type Item struct {
	// Key says what it is, the same in every edition: a code of at most 200
	// characters a-z 0-9 : . _ / + | * -. It is kept in clear.
	Key string
	// Shown is what a reader sees of it, wording and number. Where it stays
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
	// Labels are what the records of a class read in the quasi-identifiers.
	Labels []string
	// Parts are the keys that a merged item replaces.
	Parts []string
}

// Member is one published record.
type Member struct {
	ID       string
	Holdings []string
}

// Head identifies the state of a ledger: how many entries, and the hash of
// the last.
type Head struct {
	Entries int    `json:"entries"`
	Hash    string `json:"hash"`
}

// Kinds of ledger entries.
const (
	EntryEdition    = "edition"
	EntryWithdrawal = "withdrawal"
)

// LedgerEntry is one line of a ledger. Supporters stand in it as keyed
// commitments that are the same throughout one ledger: who has the ledger but
// not the key learns how supports overlap, so it is kept private.
type LedgerEntry struct {
	Number      int          `json:"number"` // from 1
	Previous    string       `json:"previous"`
	Kind        string       `json:"kind"`
	Edition     string       `json:"edition,omitempty"`
	Release     string       `json:"release,omitempty"`     // SHA-256 of the release
	Certificate string       `json:"certificate,omitempty"` // SHA-256 of the certificate
	Items       []LedgerItem `json:"items,omitempty"`
	Withdrawn   []string     `json:"withdrawn,omitempty"`
	Signature   string       `json:"signature"`
	Hash        string       `json:"hash"`
}

// LedgerItem is an Item as a ledger keeps it.
type LedgerItem struct {
	Key     string         `json:"key"`
	Shown   string         `json:"shown"`
	K       int            `json:"k"`
	Support []string       `json:"support"`
	Members []LedgerMember `json:"members,omitempty"`
	Labels  []string       `json:"labels,omitempty"`
	Parts   []string       `json:"parts,omitempty"`
}

// LedgerMember is a Member as a ledger keeps it.
type LedgerMember struct {
	ID      string   `json:"id"`
	Support []string `json:"support"`
}

// firstPrevious is what the first entry follows.
const firstPrevious = "0000000000000000000000000000000000000000000000000000000000000000"

// seal signs an entry and closes it with its hash.
func (e *LedgerEntry) seal(k *Key) ([]byte, error) {
	e.Signature, e.Hash = "", ""
	body, err := canonical(e)
	if err != nil {
		return nil, err
	}
	e.Signature = k.sign(body)
	if body, err = canonical(e); err != nil {
		return nil, err
	}
	e.Hash = digest(body)
	return canonical(e)
}

// readEntry checks one line against the entry before it.
func readEntry(line []byte, previous Head, publicKey string) (LedgerEntry, error) {
	var e LedgerEntry
	at := previous.Entries + 1
	if err := parseCanonical(line, &e); err != nil {
		return e, fmt.Errorf("%w: ledger entry %d", ErrProof, at)
	}
	open := e
	open.Hash = ""
	body, err := canonical(&open)
	if err != nil {
		return e, err
	}
	if e.Number != at || e.Previous != previous.Hash || e.Hash != digest(body) {
		return e, fmt.Errorf("%w: ledger entry %d does not follow the one before", ErrProof, at)
	}
	open.Signature = ""
	if body, err = canonical(&open); err != nil {
		return e, err
	}
	if !signed(publicKey, body, e.Signature) {
		return e, fmt.Errorf("%w: ledger entry %d is not signed with this key", ErrProof, at)
	}
	return e, nil
}

// ReadLedger verifies a whole ledger: every entry is canonical, signed, and
// follows the one before; nothing follows the last. That entries are missing
// at its end only a Head from elsewhere can tell.
func ReadLedger(data []byte, publicKey string) ([]LedgerEntry, Head, error) {
	entries, head, rest, err := readLedger(data, publicKey)
	if err != nil {
		return nil, Head{}, err
	}
	if len(rest) > 0 {
		return nil, Head{}, fmt.Errorf("%w: ledger ends within entry %d", ErrProof, head.Entries+1)
	}
	return entries, head, nil
}

// readLedger reads all complete lines and returns what follows the last.
func readLedger(data []byte, publicKey string) (entries []LedgerEntry, head Head, rest []byte, err error) {
	head = Head{Hash: firstPrevious}
	for len(data) > 0 {
		end := bytes.IndexByte(data, '\n')
		if end < 0 {
			return entries, head, data, nil
		}
		e, err := readEntry(data[:end+1], head, publicKey)
		if err != nil {
			return nil, Head{}, nil, err
		}
		entries, head, data = append(entries, e), Head{e.Number, e.Hash}, data[end+1:]
	}
	return entries, head, nil, nil
}

func validKey(s string) bool {
	if s == "" || len(s) > 200 {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && !bytes.ContainsRune([]byte(":._/+|*-"), r) {
			return false
		}
	}
	return true
}

// entryItem turns an item into what the ledger keeps.
func (k *Key) entryItem(at int, it Item) (LedgerItem, error) {
	fault := func(rule string) (LedgerItem, error) {
		return LedgerItem{}, fmt.Errorf("%w: item %d: %s", ErrInput, at, rule)
	}
	out := LedgerItem{Key: it.Key, Shown: k.mac("shown", it.Shown), K: it.K, Labels: slices.Clone(it.Labels)}
	if !validKey(it.Key) {
		return fault("key is no code")
	}
	if it.K < 1 {
		return fault("k must be at least 1")
	}
	for _, p := range it.Parts {
		if !validKey(p) {
			return fault("part is no code")
		}
	}
	out.Parts = slices.Compact(slices.Sorted(slices.Values(it.Parts)))
	all := it.Holdings
	ids := map[string]bool{}
	if it.Members != nil {
		all = nil
		for _, m := range it.Members {
			if !validKey(m.ID) || ids[m.ID] || len(m.Holdings) == 0 {
				return fault("member without id or holding, or listed twice")
			}
			ids[m.ID] = true
			all = append(all, m.Holdings...)
			out.Members = append(out.Members, LedgerMember{m.ID, k.support(m.Holdings)})
		}
		slices.SortFunc(out.Members, func(a, b LedgerMember) int { return bytes.Compare([]byte(a.ID), []byte(b.ID)) })
	}
	if slices.Contains(all, "") {
		return fault("holding without a name")
	}
	out.Support = k.support(all)
	if len(out.Support) == 0 {
		return fault("no support")
	}
	return out, nil
}

// support commits to holdings, sorted and without repetition.
func (k *Key) support(holdings []string) []string {
	out := make([]string, 0, len(holdings))
	for _, h := range holdings {
		out = append(out, k.remembered(k.supports, "support", h))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
