// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
)

// Beside a key file: the key that is to follow, until everything goes on under it,
// and the one that it followed.
const (
	nextKey = ".next"
	oldKey  = ".old-"
)

// rotation changes the key of a working group in steps, each of which may be the last
// that a run takes: the next run goes on from there. The new key is kept before
// anything is written under it, and takes the old one's place at the very end.
type rotation struct {
	o     options
	store edition.Store
	step  func(step string) error // before each step that changes a file
}

func rotate(ctx context.Context, o options, stdout io.Writer) error {
	r := rotation{o: o, store: edition.File(o.ledgerPath()), step: func(string) error { return nil }}
	return r.run(ctx, stdout)
}

func (r rotation) run(ctx context.Context, stdout io.Writer) error {
	old, err := readKey(r.o.keyPath())
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is no key yet that another could follow; the first run makes one")
	}
	if err != nil {
		return err
	}
	sheet, err := read(r.o)
	if err != nil {
		return err
	}
	next, goesOn, err := r.next(old)
	if err != nil {
		return err
	}
	lines, err := r.store.Get(ctx, "ledger")
	if err != nil {
		return err
	}
	left := 0
	if lines != nil || old.noted != "" { // something was published
		pairs, err := collect.Pairs(ctx, old.secret, next.secret, r.o.now, sheet.Examples)
		if err != nil {
			return err
		}
		left = gone(lines, old.secret, pairs)
		next.noted, err = edition.Rotate(ctx, r.store, old.secret, next.secret, old.noted, pairs)
		if refused := refusal(err); refused != nil {
			if !goesOn { // nothing was written
				_ = os.Remove(next.name)
			}
			return refused
		}
		if err != nil {
			return fmt.Errorf("%w: run again with -rotate, it goes on from here", err)
		}
	}
	if err := r.settle(old, next); err != nil {
		return err
	}
	return r.report(stdout, old, next, left, goesOn)
}

// refusal is why a key cannot be changed at all.
func refusal(err error) error {
	switch {
	case errors.Is(err, edition.ErrLedger):
		return fmt.Errorf("%w: give its ledger with -ledger; the key stays as it is", edition.ErrLedger)
	case errors.Is(err, edition.ErrPairs):
		return fmt.Errorf("%w: give with -in what was last published from; the key stays as it is", err)
	}
	return nil
}

// next is the key that follows: the one that a run which was broken off has made, or
// a new one, which is kept before it is used.
func (r rotation) next(old key) (next key, goesOn bool, err error) {
	name := old.name + nextKey
	next, err = readKey(name)
	if err == nil {
		return next, true, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return key{}, false, fmt.Errorf("the file of the next key: %w", err)
	}
	next = key{name: name, secret: make([]byte, 32)}
	rand.Read(next.secret)
	if err := r.step("make the next key"); err != nil {
		return key{}, false, err
	}
	if err := next.create(); err != nil {
		return key{}, false, err
	}
	return next, false, nil
}

// settle puts the new key in the place of the old one, which is kept beside it.
func (r rotation) settle(old, next key) error {
	kept := old
	kept.name = old.name + oldKey + keyName(old.secret)
	for _, s := range []struct {
		step string
		do   func() error
	}{
		{"note how far the ledger has grown", next.replace},
		{"keep the old key", kept.replace},
		{"put the next key in its place", func() error { return os.Rename(next.name, old.name) }},
	} {
		if err := r.step(s.step); err != nil {
			return err
		}
		if err := s.do(); err != nil {
			return err
		}
	}
	return nil
}

// earlierKeys are the keys that -rotate left beside the key: sheets that were sent under
// them still come back.
func (o options) earlierKeys() ([][]byte, error) {
	dir, base := filepath.Split(o.keyPath())
	files, err := os.ReadDir(filepath.Clean(dir + "."))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, errors.New("the folder of the key cannot be read")
	}
	var out [][]byte
	for _, f := range files {
		if strings.HasPrefix(f.Name(), base+oldKey) {
			k, err := readKey(dir + f.Name())
			if err != nil {
				return nil, fmt.Errorf("an earlier key: %w", err)
			}
			out = append(out, k.secret)
		}
	}
	return out, nil
}

func keyName(secret []byte) string { return anonymize.KeyID(secret)[:16] }

// gone counts the records of the last edition that there are no more.
func gone(lines, secret []byte, pairs []edition.Pair) int {
	k, err := disclosure.NewKey(secret)
	if err != nil {
		return 0
	}
	entries, _, err := disclosure.ReadLedger(lines, k.PublicKey())
	if err != nil {
		return 0 // it was put aside by a run that was broken off
	}
	there := map[string]bool{}
	for _, p := range pairs {
		there[p.Old.ID()] = true
	}
	for _, e := range slices.Backward(entries) {
		if e.Kind != disclosure.EntryEdition {
			continue
		}
		n := 0
		for _, m := range e.Records {
			if !there[m.ID] {
				n++
			}
		}
		return n
	}
	return 0
}

func (r rotation) report(w io.Writer, old, next key, left int, goesOn bool) error {
	kept := old.name + oldKey + keyName(old.secret)
	if goesOn {
		if _, err := fmt.Fprintln(w, "A change of the key that was broken off has been brought to its end."); err != nil {
			return err
		}
	}
	if next.noted == "" {
		_, err := fmt.Fprintf(w, "%s holds another key now; nothing had been published with the old one, which is kept as %s.\n", old.name, kept)
		return err
	}
	k, err := disclosure.NewKey(old.secret)
	if err != nil {
		return err
	}
	if left > 0 {
		if _, err := fmt.Fprintf(w, "%d examples of the last edition are not in this file and count as having left; if that is wrong, put %s and %s.%s back in their places.\n", left, kept, r.o.ledgerPath(), keyName(old.secret)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(w, `%s holds another key now, and the ledger goes on under it: the next edition is held against all earlier ones. Keep both together.
Publish its new public key when you next publish. The old key publishes nothing more; it is kept as %s, and may go to where nobody needs it.
What was published with it is checked as before, with -ledger %s.%s -public-key %s.
Other folders and programs that use this key and this ledger are given the same two files. Records that you have stored yourself are made again, with the new key.
`, old.name, kept, r.o.ledgerPath(), keyName(old.secret), k.PublicKey())
	return err
}
