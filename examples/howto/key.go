// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sharedpractice/sharedpractice/examples/internal/collect"
)

// key is the working group's secret key and, in the same file, how far the ledger
// had grown when it last published: so that it starts no other ledger, and goes
// on from no older copy.
type key struct {
	name   string
	secret []byte
	noted  string
	made   bool // in this run
}

// noteWord stands before the note in a key file.
const noteWord = "ledger"

// key reads the secret key, or makes one on the first run.
func (s *staging) key(name string) (key, error) {
	own := name == ""
	if own {
		name = filepath.Join(s.dir, "private", "key")
	}
	body, err := os.ReadFile(name)
	if own && errors.Is(err, fs.ErrNotExist) {
		k := key{name: name, secret: make([]byte, 32), made: true}
		rand.Read(k.secret)
		return k, s.file("private/key", func(f *os.File) error {
			_, err := f.Write(k.text())
			return err
		})
	}
	if err != nil {
		return key{}, errors.New("the key file cannot be read")
	}
	k := key{name: name}
	secret, note, err := collect.Key(body)
	if err != nil || len(note) != 0 && (len(note) != 2 || note[0] != noteWord) {
		return key{}, collect.ErrKey
	}
	if k.secret = secret; len(note) == 2 {
		k.noted = note[1]
	}
	return k, nil
}

func (k key) text() []byte {
	text := hex.EncodeToString(k.secret) + "\n"
	if k.noted != "" {
		text += noteWord + " " + k.noted + "\n"
	}
	return []byte(text)
}

// keep puts a key that was made in this run into place, before anything is signed
// with it.
func (k key) keep() error {
	if !k.made {
		return nil
	}
	return k.replace()
}

// note writes how far the ledger has grown.
func (k key) note(noted string) error {
	k.noted = noted
	return k.replace()
}

func (k key) replace() error {
	failed := errors.New("the key file cannot be written: it notes how far the ledger has grown")
	if os.MkdirAll(filepath.Dir(k.name), 0o700) != nil || os.WriteFile(k.name+".new", k.text(), 0o600) != nil || os.Rename(k.name+".new", k.name) != nil {
		return failed
	}
	return nil
}
