// SPDX-License-Identifier: Apache-2.0

package disclosure

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Ledger is an append-only file of everything published so far and by how
// many it was supported: one signed JSON object a line, each bound to the one
// before. Beside it, NAME.head holds how far it had grown, so that cutting off
// its end shows. Both files have mode 0600. Not safe for concurrent use; a
// second writer is noticed at the next Append.
type Ledger struct { //nolint:recvcheck // a copy must not print either
	path    string // "" for one that is kept elsewhere
	data    []byte // of such a one
	key     *Key
	entries []LedgerEntry
	head    LedgerHead
	size    int64
}

// Format prints nothing of what a ledger holds: its key is among it.
func (l Ledger) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "[ledger, %d entries]", len(l.entries)) }

// OpenLedger reads and verifies the ledger at path, which need not exist yet.
// What a crash left unfinished is cut off: an entry counts from the moment
// Append has returned, and may count if it was written whole before.
func OpenLedger(path string, key *Key) (*Ledger, error) {
	data, err := os.ReadFile(path) //nolint:gosec // the caller names the ledger
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("disclosure: ledger: %w", err)
	}
	head, err := os.ReadFile(path + ".head") //nolint:gosec // the caller names the ledger
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("disclosure: ledger: %w", err)
	}
	l, anchor, rest, err := verifyLedger(data, head, key)
	if err != nil {
		return nil, err
	}
	l.path = path
	l.size = int64(len(data) - len(rest))
	if len(rest) > 0 {
		if err := os.Truncate(path, l.size); err != nil {
			return nil, fmt.Errorf("disclosure: ledger: %w", err)
		}
	}
	if len(l.entries) > anchor.Entries {
		return l, l.writeHead()
	}
	return l, nil
}

// NewLedger verifies a ledger that is kept elsewhere than in a file of its own:
// its lines, and the head beside them, both nil at first. Bytes is what to keep
// after each Append.
func NewLedger(lines, head []byte, key *Key) (*Ledger, error) {
	l, _, rest, err := verifyLedger(lines, head, key)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%w: ledger ends within an entry", ErrProof)
	}
	l.data, l.size = bytes.Clone(lines), int64(len(lines))
	return l, nil
}

// Bytes are the lines of a ledger of NewLedger, and its signed head.
func (l *Ledger) Bytes() (lines, head []byte, err error) {
	head, err = l.sealedHead()
	return bytes.Clone(l.data), head, err
}

// verifyLedger reads lines as far as they are whole and holds them against the
// head. One entry more than it says was written just before a crash.
func verifyLedger(data, head []byte, key *Key) (l *Ledger, anchor LedgerHead, rest []byte, err error) {
	l = &Ledger{key: key}
	if l.entries, l.head, rest, err = readLedger(data, key.PublicKey()); err != nil {
		return nil, LedgerHead{}, nil, err
	}
	if anchor, err = readHead(head, key); err != nil {
		return nil, LedgerHead{}, nil, err
	}
	switch n := anchor.Entries; {
	case len(l.entries) < n || len(l.entries) > n+1 || len(l.entries) > n && len(rest) > 0:
		return nil, LedgerHead{}, nil, fmt.Errorf("%w: the ledger has %d entries, its head says %d", ErrProof, len(l.entries), n)
	case n > 0 && l.entries[n-1].Hash != anchor.Hash:
		return nil, LedgerHead{}, nil, fmt.Errorf("%w: the ledger does not lead to its head", ErrProof)
	}
	return l, anchor, rest, nil
}

type signedHead struct {
	LedgerHead
	Signature string `json:"signature"`
}

// readHead reads a signed head; a ledger that has none is empty, or was never
// completely written once.
func readHead(data []byte, key *Key) (LedgerHead, error) {
	if data == nil {
		return LedgerHead{Hash: firstPrevious}, nil
	}
	var h signedHead
	if err := parseCanonical(data, &h); err != nil {
		return LedgerHead{}, fmt.Errorf("%w: ledger head", ErrProof)
	}
	body, err := canonical(h.LedgerHead)
	if err != nil {
		return LedgerHead{}, err
	}
	if !signed(key.PublicKey(), body, h.Signature) {
		return LedgerHead{}, fmt.Errorf("%w: ledger head is not signed with this key", ErrProof)
	}
	return h.LedgerHead, nil
}

func (l *Ledger) sealedHead() ([]byte, error) {
	body, err := canonical(l.head)
	if err != nil {
		return nil, err
	}
	return canonical(signedHead{l.head, l.key.sign(body)})
}

func (l *Ledger) writeHead() error {
	data, err := l.sealedHead()
	if err != nil {
		return err
	}
	tmp := l.path + ".head.new"
	if err := writeSynced(tmp, os.O_TRUNC, data); err != nil {
		return err
	}
	if err := os.Rename(tmp, l.path+".head"); err != nil { //nolint:gosec // the caller names the ledger
		return fmt.Errorf("disclosure: ledger: %w", err)
	}
	if dir, err := os.Open(filepath.Dir(l.path)); err == nil { //nolint:gosec // the caller names the ledger; best effort: not every system can
		_ = dir.Sync()
		_ = dir.Close()
	}
	return nil
}

func writeSynced(path string, flag int, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flag, 0o600) //nolint:gosec // the caller names the ledger
	if err != nil {
		return fmt.Errorf("disclosure: ledger: %w", err)
	}
	_, err = f.Write(data)
	if err = cmp.Or(err, f.Sync()); err != nil {
		_ = f.Close()
		return fmt.Errorf("disclosure: ledger: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("disclosure: ledger: %w", err)
	}
	return nil
}

// Head is the state of the ledger.
func (l *Ledger) Head() LedgerHead { return l.head }

// Entries is a copy of what the ledger holds.
func (l *Ledger) Entries() []LedgerEntry { return slices.Clone(l.entries) }

// Check returns the conflicts of the items with what the ledger holds: they may be
// published if there is none. It changes nothing.
func (l *Ledger) Check(items []Item) ([]Conflict, error) {
	e, err := l.key.entry(items)
	if err != nil {
		return nil, err
	}
	return conflicts(l.entries, e), nil
}

// Append enters an edition and what it published; release and certificate are
// the bytes of both, nil where there is none. It refuses with a ConflictError,
// and enters nothing, where Check finds a conflict. The edition's name is a
// code, used once.
func (l *Ledger) Append(edition string, items []Item, release, certificate []byte) error {
	if !validKey(edition) {
		return fmt.Errorf("%w: the edition's name is no code", ErrInput)
	}
	if l.holds(edition) {
		return fmt.Errorf("%w: the edition is in the ledger", ErrInput)
	}
	e, err := l.key.entry(items)
	if err != nil {
		return err
	}
	return l.enter(edition, e, release, certificate)
}

// enter is Append for an edition whose items are turned into an entry.
func (l *Ledger) enter(edition string, e LedgerEntry, release, certificate []byte) error {
	if l.holds(edition) {
		return fmt.Errorf("%w: the edition is in the ledger", ErrInput)
	}
	if c := conflicts(l.entries, e); len(c) > 0 {
		return &ConflictError{c}
	}
	e.Edition = edition
	if release != nil {
		e.Release = digest(release)
	}
	if certificate != nil {
		e.Certificate = digest(certificate)
	}
	return l.append(e)
}

func (l *Ledger) holds(edition string) bool {
	return slices.ContainsFunc(l.entries, func(e LedgerEntry) bool { return e.Kind == EntryEdition && e.Edition == edition })
}

func (l *Ledger) append(e LedgerEntry) error {
	if l.path == "" {
		return l.appendTo(e)
	}
	if now, err := os.Stat(l.path); err == nil && now.Size() != l.size || err != nil && l.size > 0 {
		return fmt.Errorf("%w: the ledger was changed by somebody else", ErrProof)
	}
	line, err := l.line(&e)
	if err != nil {
		return err
	}
	if err := writeSynced(l.path, os.O_APPEND, line); err != nil {
		return err
	}
	l.entries, l.head, l.size = append(l.entries, e), LedgerHead{e.Number, e.Hash}, l.size+int64(len(line))
	return l.writeHead()
}

func (l *Ledger) appendTo(e LedgerEntry) error {
	line, err := l.line(&e)
	if err != nil {
		return err
	}
	l.entries, l.head, l.data = append(l.entries, e), LedgerHead{e.Number, e.Hash}, append(l.data, line...)
	return nil
}

// line numbers and seals an entry.
func (l *Ledger) line(e *LedgerEntry) ([]byte, error) {
	e.Number, e.Previous = l.head.Entries+1, l.head.Hash
	line, err := e.seal(l.key)
	if err == nil && bytes.IndexByte(line, '\n') != len(line)-1 {
		err = fmt.Errorf("%w: entry is not one line", ErrInput)
	}
	return line, err
}

// Publication is one thing that a holding supported in an edition.
type Publication struct {
	Edition string
	Item    string
	Records []string // ids of its own records, where the item is a class
}

// Withdraw enters a tombstone for a holding and lists what was published with
// its support. No later edition may count it. What an earlier edition said
// stays said; later ones must not show who left, which Check sees to: an item
// that changes by fewer than k must be merged (Resolve) or left out.
func (l *Ledger) Withdraw(holding string) ([]Publication, error) {
	if holding == "" {
		return nil, fmt.Errorf("%w: holding without a name", ErrInput)
	}
	id := l.key.support(holding)
	list := l.published(id)
	for _, e := range l.entries {
		if slices.Contains(e.Withdrawn, id) {
			return list, nil
		}
	}
	return list, l.append(LedgerEntry{Kind: entryWithdrawal, Withdrawn: []string{id}})
}

func (l *Ledger) published(id string) []Publication {
	var out []Publication
	for _, e := range l.entries {
		place, found := slices.BinarySearch(e.Holdings, id)
		if !found {
			continue
		}
		for _, it := range e.Items {
			if !it.Support.has(place) {
				continue
			}
			p := Publication{Edition: e.Edition, Item: it.Key}
			for _, m := range it.Members {
				if m.Support.has(place) {
					p.Records = append(p.Records, m.ID)
				}
			}
			out = append(out, p)
		}
	}
	return out
}

// Resolution says how Resolve settled one item.
type Resolution struct {
	Item   string // key
	Reason string // the conflict
	Into   string // key of the merged item; empty if it was left out
}

// Resolve makes an edition publishable: items in conflict are merged with one
// another where parent gives them the same key (the forced merge), as far as
// the merged item has no conflict itself; what still has one is left out until
// more holdings have come or gone. Items that are classes of records are only
// left out. The result passes Check. Deterministic.
func (l *Ledger) Resolve(items []Item, parent func(key string) string) ([]Item, []Resolution, error) {
	now := slices.Clone(items)
	var done []Resolution
	for {
		found, err := l.Check(now)
		if err != nil || len(found) == 0 {
			return now, done, err
		}
		var more []Resolution
		now, more = l.resolveOnce(now, found, parent)
		done = append(done, more...)
	}
}

// resolveOnce merges or leaves out the items that conflicts were found of.
func (l *Ledger) resolveOnce(items []Item, found []Conflict, parent func(key string) string) (keep []Item, done []Resolution) {
	reason := map[string]string{}
	for _, c := range found {
		if reason[c.Item] == "" {
			reason[c.Item] = c.Reason
		}
	}
	groups := map[string][]Item{} // by the key of what they are merged into
	for _, it := range items {
		why := reason[it.Key]
		if why == "" {
			keep = append(keep, it)
			continue
		}
		up := ""
		if parent != nil && it.Members == nil && it.Parts == nil && why != reasonWithdrawn {
			up = parent(it.Key)
		}
		if up == "" {
			done = append(done, Resolution{it.Key, why, ""})
			continue
		}
		groups[up] = append(groups[up], it)
	}
	// A conflict may name a class that this edition only touches: leave
	// out every class that shares records with it.
	if len(keep) == len(items) {
		keep, done = l.leaveTouching(keep, found, done)
	}
	for _, up := range slices.Sorted(maps.Keys(groups)) {
		into := ""
		if len(groups[up]) > 1 && !slices.ContainsFunc(keep, func(it Item) bool { return it.Key == up }) {
			into = up
			keep = append(keep, mergedItem(up, groups[up]))
		}
		for _, it := range groups[up] {
			done = append(done, Resolution{it.Key, reason[it.Key], into})
		}
	}
	return keep, done
}

// mergedItem is several items told as one, under another key.
func mergedItem(key string, all []Item) Item {
	m := Item{Key: key}
	for _, it := range all {
		m.Parts, m.K = append(m.Parts, it.Key), max(m.K, it.K)
		m.Holdings, m.Shown = append(m.Holdings, it.Holdings...), m.Shown+"\n"+it.Shown
	}
	return m
}

func (l *Ledger) leaveTouching(items []Item, found []Conflict, done []Resolution) ([]Item, []Resolution) {
	ids := map[string]string{}
	for _, c := range found {
		for _, e := range l.entries {
			for _, old := range e.Items {
				if old.Key == c.Item && e.Edition == c.Edition {
					for _, m := range old.Members {
						ids[m.ID] = c.Reason
					}
				}
			}
		}
	}
	var keep []Item
	for _, it := range items {
		i := slices.IndexFunc(it.Members, func(m Member) bool { return ids[m.ID] != "" })
		if i < 0 {
			keep = append(keep, it)
			continue
		}
		done = append(done, Resolution{it.Key, ids[it.Members[i].ID], ""})
	}
	if len(keep) == len(items) { // cannot happen; leave out everything rather than loop
		return nil, done
	}
	return keep, done
}
