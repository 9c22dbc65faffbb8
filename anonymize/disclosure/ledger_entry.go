// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// LedgerHead identifies the state of a ledger: how many entries, and the hash of
// the last.
type LedgerHead struct {
	Entries int    `json:"entries"`
	Hash    string `json:"hash"`
}

// Kinds of ledger entries.
const (
	EntryEdition    = "edition"
	entryWithdrawal = "withdrawal"
)

// ledgerVersion is the form of entries.
const ledgerVersion = 2

// LedgerEntry is one line of a ledger. Supporters stand in it as keyed
// commitments that are the same throughout one ledger: who has the ledger but
// not the key learns how supports overlap, so it is kept private.
type LedgerEntry struct {
	Version     int      `json:"version"`
	Number      int      `json:"number"` // from 1
	Previous    string   `json:"previous"`
	Kind        string   `json:"kind"`
	Edition     string   `json:"edition,omitempty"`
	Release     string   `json:"release,omitempty"`     // SHA-256 of the release
	Certificate string   `json:"certificate,omitempty"` // SHA-256 of the certificate
	Holdings    []string `json:"holdings,omitempty"`    // commitments, sorted
	// Records are those that items count, sorted by id.
	Records   []LedgerMember `json:"records,omitempty"`
	Items     []LedgerItem   `json:"items,omitempty"`
	Withdrawn []string       `json:"withdrawn,omitempty"` // commitments
	Rotation  *Rotation      `json:"rotation,omitempty"`
	Signature string         `json:"signature"`
	Hash      string         `json:"hash"`
}

// LedgerItem is an Item as a ledger keeps it.
type LedgerItem struct {
	Key     string         `json:"key"`
	Shown   string         `json:"shown"`
	K       int            `json:"k"`
	Support places         `json:"support"`
	Members []LedgerMember `json:"members,omitempty"`
	// Examples are places in the entry's Records.
	Examples places   `json:"examples,omitempty"`
	Labels   []string `json:"labels,omitempty"`
	Parts    []string `json:"parts,omitempty"`
}

// LedgerMember is a Member as a ledger keeps it.
type LedgerMember struct {
	ID      string `json:"id"`
	Support places `json:"support"`
	K       int    `json:"k,omitempty"` // where it asks for less than its item
}

// firstPrevious stands in the first entry for the hash of one before it.
const firstPrevious = "0000000000000000000000000000000000000000000000000000000000000000"

// seal signs an entry and closes it with its hash.
func (e *LedgerEntry) seal(k *Key) ([]byte, error) {
	e.Version, e.Signature, e.Hash = ledgerVersion, "", ""
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
func readEntry(line []byte, previous LedgerHead, publicKey string) (LedgerEntry, error) {
	var e LedgerEntry
	at := previous.Entries + 1
	if err := parseCanonical(line, &e); err != nil || e.Version != ledgerVersion || !e.placed() {
		var other struct{ Version int }
		if json.Unmarshal(line, &other) == nil && other.Version != ledgerVersion {
			return e, fmt.Errorf("%w: ledger entry %d is of another version", ErrProof, at)
		}
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
	if (e.Kind == entryRotation) != (e.Rotation != nil) {
		return e, fmt.Errorf("%w: ledger entry %d", ErrProof, at)
	}
	return e, nil
}

// placed reports whether every place in an entry is one of its holdings.
func (e *LedgerEntry) placed() bool {
	if !isTable(e.Holdings) {
		return false
	}
	for i, m := range e.Records {
		if !m.Support.within(len(e.Holdings)) || i > 0 && e.Records[i-1].ID >= m.ID {
			return false
		}
	}
	for _, it := range e.Items {
		if !it.Support.within(len(e.Holdings)) || !it.Examples.within(len(e.Records)) {
			return false
		}
		for _, m := range it.Members {
			if !m.Support.within(len(e.Holdings)) {
				return false
			}
		}
	}
	return true
}

// ReadLedger verifies a whole ledger: every entry is canonical, signed, and
// follows the one before; nothing follows the last. That entries are missing
// at its end only a Head from elsewhere can tell.
func ReadLedger(data []byte, publicKey string) ([]LedgerEntry, LedgerHead, error) {
	entries, head, rest, err := readLedger(data, publicKey)
	if err != nil {
		return nil, LedgerHead{}, err
	}
	if len(rest) > 0 {
		return nil, LedgerHead{}, fmt.Errorf("%w: ledger ends within entry %d", ErrProof, head.Entries+1)
	}
	return entries, head, nil
}

// readLedger reads all complete lines and returns what follows the last.
func readLedger(data []byte, publicKey string) (entries []LedgerEntry, head LedgerHead, rest []byte, err error) {
	head = LedgerHead{Hash: firstPrevious}
	for len(data) > 0 {
		end := bytes.IndexByte(data, '\n')
		if end < 0 {
			return entries, head, data, nil
		}
		e, err := readEntry(data[:end+1], head, publicKey)
		if err != nil {
			return nil, LedgerHead{}, nil, err
		}
		entries, head, data = append(entries, e), LedgerHead{e.Number, e.Hash}, data[end+1:]
	}
	return entries, head, nil, nil
}
