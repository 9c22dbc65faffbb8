// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Store keeps the ledger and what was printed. All of it is for the working
// group's own machine. Names are "ledger", "ledger.head" and, of each edition,
// "ledger.eN.HASH".
type Store interface {
	// Get returns what is kept under a name, nil where nothing is.
	Get(ctx context.Context, name string) ([]byte, error)
	// Swap puts next in place of old, nil standing for nothing, in one step, and
	// returns ErrChanged where something else than old is kept.
	Swap(ctx context.Context, name string, old, next []byte) error
}

// ErrChanged says that somebody else published in between.
var ErrChanged = errors.New("edition: the store was changed by somebody else")

// File keeps the ledger in the file of that name and what belongs to it in files
// beside it, whose names begin with its own; all of mode 0600.
type File string

// Get implements Store.
func (f File) Get(_ context.Context, name string) ([]byte, error) {
	data, err := os.ReadFile(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, errors.New("edition: " + name + " cannot be read")
	}
	return append([]byte{}, data...), nil
}

// Swap implements Store. What replaces a file is written beside it and takes its
// place whole or not at all. Of several processes one writes at a time; on systems
// that cannot lock a file, one that was stopped amid a write leaves a file that a
// person must remove.
func (f File) Swap(ctx context.Context, name string, old, next []byte) error {
	if err := os.MkdirAll(filepath.Dir(string(f)), 0o700); err != nil {
		return errors.New("edition: the ledger's folder cannot be made")
	}
	path := f.path(name)
	failed := errors.New("edition: " + name + " cannot be written")
	file, err := lockNew(path + ".new")
	if errors.Is(err, errLocked) {
		return errors.Join(ErrChanged, fmt.Errorf("edition: another program is writing %s%s", name, staleHint(name)))
	}
	if err != nil {
		return failed
	}
	now, err := f.Get(ctx, name)
	if err == nil && ((now == nil) != (old == nil) || !bytes.Equal(now, old)) {
		err = ErrChanged
	}
	if err == nil && !put(file, path, next) {
		err = failed
	}
	if err != nil && !closeFirst {
		_ = os.Remove(path + ".new") // while nobody else can have it
	}
	_ = file.Close()
	if err != nil && closeFirst {
		_ = os.Remove(path + ".new")
	}
	return err
}

// put writes a locked file and moves it into place.
func put(file *os.File, path string, body []byte) bool {
	if file.Truncate(0) != nil {
		return false
	}
	if _, err := file.Write(body); err != nil || file.Sync() != nil {
		return false
	}
	if closeFirst && file.Close() != nil || os.Rename(path+".new", path) != nil {
		return false
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil { // the renaming outlasts a loss of power
		_ = dir.Sync()
		_ = dir.Close()
	}
	return true
}

func (f File) path(name string) string { return string(f) + strings.TrimPrefix(name, ledgerName) }

// Memory is a store that lasts as long as the program. The zero Memory is empty;
// it is safe for concurrent use.
type Memory struct {
	mu   sync.Mutex
	kept map[string][]byte
}

// Get implements Store.
func (m *Memory) Get(_ context.Context, name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.kept[name]), nil
}

// Swap implements Store.
func (m *Memory) Swap(_ context.Context, name string, old, next []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	now, found := m.kept[name]
	if found != (old != nil) || !bytes.Equal(now, old) {
		return ErrChanged
	}
	if m.kept == nil {
		m.kept = map[string][]byte{}
	}
	m.kept[name] = bytes.Clone(next)
	return nil
}
