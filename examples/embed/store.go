// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/sharedpractice/sharedpractice/aggregate/edition"
)

// Store keeps bodies under names, all of them confidential: examples, answers, the
// key, and the ledger of editions. Names are of small letters, digits, "-" and ".".
type Store interface {
	edition.Store // Get and Swap
	// Names are those that begin with prefix and hold something, sorted.
	Names(ctx context.Context, prefix string) ([]string, error)
}

// Folder is a Store of files that only their owner can read. One process at a time
// writes to it.
type Folder string

var folders sync.Mutex //nolint:gochecknoglobals // of this process

// Get implements edition.Store.
func (f Folder) Get(_ context.Context, name string) ([]byte, error) {
	body, err := os.ReadFile(filepath.Join(string(f), name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, errors.New("the store cannot be read") // an error of the system's names files
	}
	return body, nil
}

// Swap implements edition.Store. What it has put is there after a power cut.
func (f Folder) Swap(ctx context.Context, name string, old, next []byte) error {
	folders.Lock()
	defer folders.Unlock()
	now, err := f.Get(ctx, name)
	if err != nil {
		return err
	}
	if (now == nil) != (old == nil) || !bytes.Equal(now, old) {
		return edition.ErrChanged
	}
	failed := errors.New("the store cannot be written")
	path := filepath.Join(string(f), name)
	if next == nil {
		if os.Remove(path) != nil {
			return failed
		}
		return nil
	}
	err = os.MkdirAll(string(f), 0o700)
	t, opened := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if errors.Join(err, opened) != nil {
		return failed
	}
	_, err = t.Write(next)
	if errors.Join(err, t.Sync(), t.Close()) != nil || os.Rename(path+".new", path) != nil {
		return failed
	}
	return nil
}

// Names implements Store.
func (f Folder) Names(_ context.Context, prefix string) ([]string, error) {
	files, err := os.ReadDir(string(f))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.New("the store cannot be read")
	}
	var out []string
	for _, file := range files {
		if name := file.Name(); strings.HasPrefix(name, prefix) && !strings.HasSuffix(name, ".new") {
			out = append(out, name)
		}
	}
	return out, nil
}
