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
func (s *staging) key(o options) (key, error) {
	name := o.keyPath()
	if _, err := os.Lstat(name + nextKey); err == nil {
		return key{}, errors.New("a change of the key was broken off: run again with -rotate, it goes on from there")
	}
	k, err := readKey(name)
	if errors.Is(err, fs.ErrNotExist) && o.key == "" {
		k := key{name: name, secret: make([]byte, 32), made: true}
		rand.Read(k.secret)
		return k, s.file("private/key", func(f *os.File) error {
			_, err := f.Write(k.text())
			return err
		})
	}
	if errors.Is(err, fs.ErrNotExist) {
		return key{}, errKeyFile
	}
	return k, err
}

var errKeyFile = errors.New("the key file cannot be read")

// readKey reads a key file.
func readKey(name string) (key, error) {
	body, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return key{}, fs.ErrNotExist
	}
	if err != nil {
		return key{}, errKeyFile
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

// replace writes the key file, whole or not at all.
func (k key) replace() error {
	return k.write(func(whole string) error { return os.Rename(whole, k.name) })
}

// create writes a key file that must not be there yet, whole or not at all.
func (k key) create() error {
	return k.write(func(whole string) error {
		err := os.Link(whole, k.name)
		if _, there := os.Lstat(k.name); err != nil && errors.Is(there, fs.ErrNotExist) {
			return os.Rename(whole, k.name) // this file system has no links
		}
		return err
	})
}

func (k key) write(place func(whole string) error) error {
	failed := errors.New("the key file cannot be written: it notes how far the ledger has grown")
	dir := filepath.Dir(k.name)
	if os.MkdirAll(dir, 0o700) != nil {
		return failed
	}
	f, err := os.CreateTemp(dir, filepath.Base(k.name)+".new-*") // 0600
	if err != nil {
		return failed
	}
	defer os.Remove(f.Name())
	_, err = f.Write(k.text())
	if synced := f.Sync(); err == nil {
		err = synced
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil || place(f.Name()) != nil {
		return failed
	}
	return nil
}
