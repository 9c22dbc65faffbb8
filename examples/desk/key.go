// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/http"
	"os"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
	"github.com/sharedpractice/sharedpractice/anonymize/disclosure"
	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
)

// Settings of a key that was changed.
const (
	earlierKeys = "key.earlier" // in hexadecimal, a line each, the first at the end
	notedBefore = "noted.before"
	notedAfter  = "noted.after"
)

// earlierKeys are the keys before this one: sheets that were sent under them still
// come back.
func (a *app) earlierKeys(ctx context.Context) ([][]byte, error) {
	kept, err := a.setting(ctx, earlierKeys)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for line := range bytes.FieldsSeq(kept) {
		key, err := hex.DecodeString(string(line))
		if err != nil {
			return nil, errors.New("an earlier key cannot be read")
		}
		out = append(out, key)
	}
	return out, nil
}

// note is how far the ledger has grown, as the file beside the data says; or as it
// would say, had the program not ended while the key was changed.
func (a *app) note(ctx context.Context) (string, error) {
	note, err := os.ReadFile(a.noted())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", errors.New("the note beside the data file cannot be read")
	}
	before, err := a.setting(ctx, notedBefore)
	if err != nil || before == nil || !bytes.Equal(note, before) {
		return string(note), err
	}
	after, err := a.setting(ctx, notedAfter)
	return string(after), err
}

type keyed struct {
	Public  string   // the public half
	Earlier []string // public halves of the keys before
	Used    bool     // an edition was published
}

func (a *app) keyPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var v keyed
	key, err := disclosure.NewKey(a.secret())
	if err != nil {
		return err
	}
	v.Public = key.PublicKey()
	earlier, err := a.earlierKeys(ctx)
	if err != nil {
		return err
	}
	for _, k := range earlier {
		if key, err = disclosure.NewKey(k); err != nil {
			return err
		}
		v.Earlier = append(v.Earlier, key.PublicKey())
	}
	lines, err := (&ledger{store: a.store}).Get(ctx, "ledger")
	if err != nil {
		return err
	}
	v.Used = lines != nil
	a.render(w, http.StatusOK, "key", page{Title: "The key", Part: "key", Said: said(r), Data: v})
	return nil
}

// rotateKey puts another key in the place of the old one, and goes on with the ledger
// under it; whole or not at all. Before that it writes a copy of everything, unless the
// officer has one.
func (a *app) rotateKey(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	if r.PostForm.Get("sure") != "yes" {
		return unusable("Tick the box that says what it means. The key is as it was.")
	}
	a.publishing.Lock()
	defer a.publishing.Unlock()
	ctx := context.WithoutCancel(r.Context()) // it goes on when the browser goes away
	if r.PostForm.Get("copy") != "have" {
		if err := a.backup(ctx, a.backupName()); err != nil {
			return problem{http.StatusInternalServerError, "The copy could not be written beside the data file. The key is as it was."}
		}
	}
	old, next := a.secret(), make([]byte, keyBytes)
	rand.Read(next)
	noted, err := a.note(ctx)
	if err != nil {
		return err
	}
	l := &ledger{store: a.store}
	lines, err := l.Get(ctx, "ledger")
	if err != nil {
		return err
	}
	note := ""
	if lines != nil || noted != "" { // something was published
		examples, err := a.examples(ctx)
		if err != nil {
			return err
		}
		pairs, err := collect.Pairs(ctx, old, next, a.now().UTC(), examples)
		if err != nil {
			return err
		}
		note, err = edition.Rotate(ctx, l, old, next, noted, pairs)
		switch {
		case errors.Is(err, edition.ErrLedger):
			return problem{http.StatusConflict, "This data file is an older copy: editions were published since it was made. The key is as it was."}
		case errors.Is(err, edition.ErrPairs):
			return problem{http.StatusConflict, "Too few of the examples of the last edition are still here, or may still be used: decide under Check first what waits there. The key is as it was."}
		case err != nil:
			return err
		}
	}
	kept, err := a.setting(ctx, earlierKeys)
	if err != nil {
		return err
	}
	kept = append([]byte(hex.EncodeToString(old)+"\n"), kept...)
	file, err := os.ReadFile(a.noted())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return errors.New("the note beside the data file cannot be read")
	}
	a.changing.Lock()
	defer a.changing.Unlock()
	err = a.write(ctx, changedKey, "", func(tx *sql.Tx) error {
		if err := l.commit(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM record"); err != nil { // they are of the old key
			return err
		}
		for _, s := range []struct {
			name  string
			value []byte
		}{{"key", next}, {earlierKeys, kept}, {notedBefore, append([]byte{}, file...)}, {notedAfter, []byte(note)}} {
			if err := set(ctx, tx, s.name, s.value); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, edition.ErrChanged) {
		return problem{http.StatusConflict, "An edition was published in between. The key is as it was."}
	}
	if err != nil {
		return err
	}
	a.key = next
	if note != "" {
		a.writeNote(note, old, next) // a copy that has the old key still goes on from nothing
	}
	return back(w, r, "/key?done=rotated")
}
