// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
)

// ErrPairs says that the records given to Rotate are not the same ones, made with
// either key.
var ErrPairs = errors.New("edition: records of both keys are needed, two by two of the same example")

// Pair is one example's record, made with either key from the same settings.
type Pair struct{ Old, New anonymize.Record }

// Rotate goes on under another key: everything that the store's editions printed is
// written again under the new key, so that later editions are held against all of
// it, and the ledger names the one that it goes on from. Pairs are all records that
// there are today, whoever their readers are; whoever is gone needs none. Records
// stored elsewhere are not changed: make them again with the new key.
//
// The ledger of the old key stays in the store, under "ledger.KEY", for what was
// published with it. The old key publishes nothing more. What Rotate returns is the
// note to keep with the new key (Config.Noted).
//
// The new key must be kept safely before. Broken off anywhere, Rotate is called again
// with the same keys and goes on; called once more when it has ended, it changes
// nothing. Until it has ended nothing is published with either key, or what was
// published is still that of the old one.
func Rotate(ctx context.Context, store Store, oldKey, newKey []byte, noted string, pairs []Pair) (note string, err error) {
	was := &Press{store: store, secret: bytes.Clone(oldKey)}
	if was.key, err = disclosure.NewKey(oldKey); err != nil {
		return "", fmt.Errorf("edition: %w", err)
	}
	next, err := disclosure.NewKey(newKey)
	if err != nil {
		return "", fmt.Errorf("edition: %w", err)
	}
	now, kept, err := was.before(ctx)
	if err != nil {
		return "", err
	}
	if !was.knows(noted) || len(was.ledger.Entries()) == 0 {
		return "", ErrLedger
	}
	done, err := was.goneOn(now, next)
	if err != nil {
		return "", err
	}
	if done != nil {
		return noteOf(done), nil
	}
	names, err := rename(pairs, oldKey, newKey)
	if err != nil {
		return "", err
	}
	earlier, err := was.earlier(ctx)
	if err != nil {
		return "", err
	}
	if len(earlier) > 0 && !names.mostOf(earlier[len(earlier)-1]) {
		return "", fmt.Errorf("%w: most of those that were last published are missing", ErrPairs)
	}
	ledger, err := was.ledger.Rotate(next, names.ofLedger(was.key, earlier))
	if err != nil {
		return "", fmt.Errorf("edition: %w", err)
	}
	for _, e := range earlier {
		names.rewrite(e)
	}
	if err := was.replaced(ctx, now, kept, ledger, earlier, newKey); err != nil {
		return "", err
	}
	return noteOf(ledger), nil
}

// replaced writes what goes on under the new key. The old ledger is put aside first, and
// the new one takes its place last: broken off between, there is one of them to go on from.
func (p *Press) replaced(ctx context.Context, now map[string][]byte, kept string, ledger *disclosure.Ledger, earlier []*printed, newKey []byte) error {
	lines, head, err := ledger.Bytes()
	if err != nil {
		return fmt.Errorf("edition: %w", err)
	}
	if err := overwrite(ctx, p.store, kept+".head", p.head); err != nil {
		return err
	}
	if err := overwrite(ctx, p.store, kept, p.lines); err != nil {
		return err
	}
	for _, e := range earlier {
		body, err := e.bytes(newKey)
		if err != nil {
			return err
		}
		name, _ := blob(ledger, e.Edition, newKey)
		if err := overwrite(ctx, p.store, name, body); err != nil {
			return err
		}
	}
	if err := p.store.Swap(ctx, ledgerName, now[ledgerName], lines); err != nil {
		return err
	}
	return p.store.Swap(ctx, headName, now[headName], head)
}

// overwrite writes a part of a store, unless it holds the same already.
func overwrite(ctx context.Context, store Store, name string, body []byte) error {
	old, err := store.Get(ctx, name)
	if err != nil || old != nil && bytes.Equal(old, body) {
		return err
	}
	return store.Swap(ctx, name, old, body)
}

// goneOn returns the ledger of the next key that stands in the store already and goes on
// from this one; nil where there is none yet, or only half of it.
func (p *Press) goneOn(now map[string][]byte, next *disclosure.Key) (*disclosure.Ledger, error) {
	if bytes.Equal(now[ledgerName], p.lines) {
		return nil, nil
	}
	if done, err := disclosure.NewLedger(now[ledgerName], now[headName], next); err == nil && follows(done.Entries(), next, p.ledger) {
		return done, nil
	}
	entries, _, err := disclosure.ReadLedger(now[ledgerName], next.PublicKey())
	if err != nil || !follows(entries, next, p.ledger) || !bytes.Equal(now[headName], p.head) {
		return nil, errors.Join(ErrLedger, err)
	}
	return nil, nil
}

// before reads the ledger of the key that is to be left, from where it was put aside
// if another stands in its place, and says what is in the store now.
func (p *Press) before(ctx context.Context) (now map[string][]byte, kept string, err error) {
	kept = ledgerName + "." + keyName(p.secret)
	now = map[string][]byte{}
	for _, name := range []string{ledgerName, headName, kept, kept + ".head"} {
		if now[name], err = p.store.Get(ctx, name); err != nil {
			return nil, "", err
		}
	}
	p.lines, p.head = now[ledgerName], now[headName]
	if p.ledger, err = disclosure.NewLedger(p.lines, p.head, p.key); err != nil && now[kept] != nil {
		p.lines, p.head = now[kept], now[kept+".head"]
		p.ledger, err = disclosure.NewLedger(p.lines, p.head, p.key)
	}
	if err != nil {
		return nil, "", errors.Join(ErrLedger, err)
	}
	return now, kept, nil
}

// follows reports whether a ledger of a key goes on from where another one ended.
func follows(entries []disclosure.LedgerEntry, key *disclosure.Key, was *disclosure.Ledger) bool {
	rotations, err := disclosure.Rotations(entries, key.PublicKey())
	return err == nil && len(rotations) > 0 && rotations[len(rotations)-1].Ledger == was.Head()
}

// renaming is how records and holdings are called under another key.
type renaming struct {
	records  map[string]string
	holdings map[anonymize.Holding]anonymize.Holding
	newKey   string // names what is gone
}

func rename(pairs []Pair, oldKey, newKey []byte) (renaming, error) {
	n := renaming{map[string]string{}, map[anonymize.Holding]anonymize.Holding{}, keyName(newKey)}
	olds, news := map[anonymize.Holding]string{}, map[anonymize.Holding]string{} // holding -> the records it is behind
	for i, p := range pairs {
		if !p.Old.Valid() || !p.New.Valid() || p.Old.KeyID() != anonymize.KeyID(oldKey) || p.New.KeyID() != anonymize.KeyID(newKey) ||
			len(p.Old.Holdings()) != len(p.New.Holdings()) || n.records[p.Old.ID()] != "" {
			return n, ErrPairs
		}
		n.records[p.Old.ID()] = p.New.ID()
		for _, h := range p.Old.Holdings() {
			olds[h] += fmt.Sprint(i, " ")
		}
		for _, h := range p.New.Holdings() {
			news[h] += fmt.Sprint(i, " ")
		}
	}
	// Holdings behind the same records are told apart by nothing, and need not be.
	by := func(m map[anonymize.Holding]string) []anonymize.Holding {
		out := slices.Sorted(maps.Keys(m))
		slices.SortStableFunc(out, func(a, b anonymize.Holding) int { return strings.Compare(m[a], m[b]) })
		return out
	}
	one, other := by(olds), by(news)
	if len(one) != len(other) {
		return n, ErrPairs
	}
	for i, h := range one {
		if olds[h] != news[other[i]] {
			return n, ErrPairs
		}
		n.holdings[h] = other[i]
	}
	return n, nil
}

// mostOf reports whether most records of an edition are there today. If not, others
// were given than the edition was made from.
func (n renaming) mostOf(last *printed) bool {
	there := 0
	for _, r := range last.Records {
		if n.records[r.ID] != "" {
			there++
		}
	}
	return 2*there >= len(last.Records)
}

// record is the new id of a record. One that is gone has another name of its own.
func (n renaming) record(id string) string {
	if now := n.records[id]; now != "" {
		return now
	}
	return "gone-" + n.newKey + "-" + id
}

func (n renaming) holding(h anonymize.Holding) anonymize.Holding {
	if now := n.holdings[h]; now != "" {
		return now
	}
	return anonymize.Holding("gone-"+n.newKey+"-") + h
}

// ofLedger is the renaming as a ledger takes it, which knows holdings by what the old
// key made of them.
func (n renaming) ofLedger(old *disclosure.Key, earlier []*printed) disclosure.Renaming {
	shown, holding := map[string]string{}, map[string]string{}
	for _, e := range earlier {
		for _, it := range e.Items {
			shown[e.Edition+" "+string(it.Key)] = it.Shown
		}
		for _, r := range e.Records {
			for _, h := range r.Holdings {
				holding[old.Commitment(string(h))] = string(n.holding(h))
			}
		}
	}
	for was, h := range n.holdings {
		holding[old.Commitment(string(was))] = string(h)
	}
	return disclosure.Renaming{
		Record:  n.record,
		Holding: func(commitment string) string { return holding[commitment] },
		Shown:   func(edition, key string) string { return shown[edition+" "+key] },
	}
}

// lines are those of a release under the new names.
func (n renaming) lines(of []byte) (out []byte) {
	for line := range bytes.Lines(of) {
		var r struct{ ID string }
		if json.Unmarshal(line, &r) == nil && r.ID != "" {
			line = bytes.Replace(line, []byte(`"id":"`+r.ID+`"`), []byte(`"id":"`+n.record(r.ID)+`"`), 1)
		}
		out = append(out, line...)
	}
	return out
}

// rewrite writes what an edition printed under the new names.
func (n renaming) rewrite(p *printed) {
	for i, r := range p.Records {
		for j, h := range r.Holdings {
			p.Records[i].Holdings[j] = n.holding(h)
		}
		slices.Sort(p.Records[i].Holdings)
		p.Records[i].ID = n.record(r.ID)
	}
	for i, s := range p.States {
		for j, h := range s.Holdings {
			p.States[i].Holdings[j] = n.holding(h)
		}
		p.States[i].ID = n.record(s.ID)
	}
	p.Release, p.Whole, p.line, p.seen = n.lines(p.Release), n.lines(p.Whole), nil, nil
	for i := range p.Collection.Showcase {
		p.Collection.Showcase[i].ID = n.record(p.Collection.Showcase[i].ID)
	}
	for i := range p.Collection.Topics {
		for j, id := range p.Collection.Topics[i].Examples {
			p.Collection.Topics[i].Examples[j] = n.record(id)
		}
	}
}

// Format prints nothing of the names.
func (n renaming) Format(s fmt.State, _ rune) { fmt.Fprint(s, "[renaming]") }
