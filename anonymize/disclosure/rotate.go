// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// entryRotation is the kind of the entry with which a ledger goes on under
// another key.
const entryRotation = "rotation"

// Rotation says of which ledger another is the continuation. It is signed with
// both keys: with the earlier one by Signature, with the new one by its entry.
type Rotation struct {
	PublicKey string     `json:"public_key"` // of the earlier ledger
	Ledger    LedgerHead `json:"ledger"`     // where that one ended
	Signature string     `json:"signature"`
}

// Renaming says how what stands in a ledger under one key is called under another.
type Renaming struct {
	Record func(id string) string
	// Holding is the holding that a commitment of the earlier key stands for, as it
	// is called now; empty where nobody knows any more, since it is gone.
	Holding func(commitment string) string
	// Shown returns the text that the edition printed for an item other than a class.
	Shown func(edition, item string) string
}

// Commitment is the commitment of a ledger of this key to a holding.
func (k *Key) Commitment(holding string) string { return k.support(holding) }

// Rotate writes the ledger again under another key, with all that it holds, and
// ends it with an entry that names the earlier ledger, which is to be kept: what
// was published under the earlier key is verified with it. Everything that later
// editions are held against is in the new one. The ledger of the earlier key is not
// changed. The new one is kept as one of NewLedger.
func (l *Ledger) Rotate(next *Key, r Renaming) (*Ledger, error) {
	if next == nil || next.PublicKey() == l.key.PublicKey() {
		return nil, fmt.Errorf("%w: the key is the same", ErrInput)
	}
	out, _, _, err := verifyLedger(nil, nil, next)
	if err != nil {
		return nil, err
	}
	for _, e := range l.entries {
		if e.Kind == entryRotation {
			kept := *e.Rotation
			if err := out.append(LedgerEntry{Kind: entryRotation, Rotation: &kept}); err != nil {
				return nil, err
			}
			continue
		}
		again, err := l.renamed(e, next, r)
		if err != nil {
			return nil, err
		}
		if err := out.append(again); err != nil {
			return nil, err
		}
	}
	note := &Rotation{PublicKey: l.key.PublicKey(), Ledger: l.head}
	body, err := note.body(next.PublicKey())
	if err != nil {
		return nil, err
	}
	note.Signature = l.key.sign(body)
	return out, out.append(LedgerEntry{Kind: entryRotation, Rotation: note})
}

// body returns the canonical JSON that the earlier key signs: the head of its ledger
// and the public key that follows.
func (r Rotation) body(next string) ([]byte, error) {
	return canonical(struct {
		Rotation
		Next string `json:"next"`
	}{Rotation{PublicKey: r.PublicKey, Ledger: r.Ledger}, next})
}

// Rotations are the ledgers that a ledger of a public key goes on from, the earliest
// first. It fails where one of their keys did not say that the next follows.
func Rotations(entries []LedgerEntry, publicKey string) ([]Rotation, error) {
	var out []Rotation
	for _, e := range entries {
		if e.Kind == entryRotation && e.Rotation != nil {
			out = append(out, *e.Rotation)
		}
	}
	for i, r := range out {
		next := publicKey
		if i+1 < len(out) {
			next = out[i+1].PublicKey
		}
		body, err := r.body(next)
		if err != nil {
			return nil, err
		}
		if !signed(r.PublicKey, body, r.Signature) {
			return nil, fmt.Errorf("%w: an earlier key does not say that this one follows", ErrProof)
		}
	}
	return out, nil
}

func (l *Ledger) renamed(e LedgerEntry, next *Key, r Renaming) (LedgerEntry, error) {
	commitment := func(old string) string {
		if h := r.Holding(old); h != "" {
			return next.support(h)
		}
		return next.support("gone:" + old)
	}
	table := make([]string, len(e.Holdings)) // by old place
	for i, old := range e.Holdings {
		table[i] = commitment(old)
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(table)))
	if len(sorted) != len(table) {
		return e, fmt.Errorf("%w: two holdings have one name", ErrInput)
	}
	at := func(p places) places {
		out := make(places, len(p))
		for i, old := range p {
			place, _ := slices.BinarySearch(sorted, table[old])
			out[i] = int32(place)
		}
		slices.Sort(out)
		return out
	}
	byID := func(a, b LedgerMember) int { return cmp.Compare(a.ID, b.ID) }
	out := e
	out.Holdings, out.Records, out.Items, out.Withdrawn = sorted, nil, nil, nil
	if len(sorted) == 0 {
		out.Holdings = nil
	}
	for _, m := range e.Records {
		out.Records = append(out.Records, LedgerMember{ID: r.Record(m.ID), Support: at(m.Support)})
	}
	slices.SortFunc(out.Records, byID)
	for _, it := range e.Items {
		again := it
		again.Support, again.Members, again.Examples = at(it.Support), nil, make(places, 0, len(it.Examples))
		for _, m := range it.Members {
			again.Members = append(again.Members, LedgerMember{r.Record(m.ID), at(m.Support), m.K})
		}
		slices.SortFunc(again.Members, byID)
		for _, old := range it.Examples {
			place, found := slices.BinarySearchFunc(out.Records, LedgerMember{ID: r.Record(e.Records[old].ID)}, byID)
			if !found {
				return e, fmt.Errorf("%w: two records have one name", ErrInput)
			}
			again.Examples = append(again.Examples, int32(place))
		}
		slices.Sort(again.Examples)
		shown := ""
		if strings.HasPrefix(it.Key, "class:") {
			again.Key = classKey(next, it.Labels)
		} else {
			shown = r.Shown(e.Edition, it.Key)
		}
		again.Shown = next.mac("shown", shown)
		out.Items = append(out.Items, again)
	}
	slices.SortStableFunc(out.Items, func(a, b LedgerItem) int { return cmp.Compare(a.Key, b.Key) })
	for _, old := range e.Withdrawn {
		out.Withdrawn = append(out.Withdrawn, commitment(old))
	}
	return out, nil
}

// Rotated reports whether the ledger goes on from that of another key.
func (l *Ledger) Rotated() bool {
	return slices.ContainsFunc(l.entries, func(e LedgerEntry) bool { return e.Kind == entryRotation })
}
