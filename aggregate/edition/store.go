// SPDX-License-Identifier: Apache-2.0

package edition

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Store keeps the ledger and what was printed. All of it is for the working
// group's own machine. Names are "ledger", "ledger.head" and "ledger.eN".
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

// Swap implements Store. Between processes it is as safe as the file system's
// exclusive creation of files, by which the first of several writers wins.
func (f File) Swap(ctx context.Context, name string, old, next []byte) error {
	now, err := f.Get(ctx, name)
	if err != nil {
		return err
	}
	if (now == nil) != (old == nil) || !bytes.Equal(now, old) {
		return ErrChanged
	}
	if err := os.MkdirAll(filepath.Dir(string(f)), 0o700); err != nil {
		return errors.New("edition: the ledger's folder cannot be made")
	}
	path := f.path(name)
	failed := errors.New("edition: " + name + " cannot be written")
	file, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the caller names the ledger
	if errors.Is(err, fs.ErrExist) {
		return errors.Join(ErrChanged, errors.New("edition: another program is writing "+name+", or stopped while it did: then remove "+name+".new"))
	}
	if err != nil {
		return failed
	}
	_, err = file.Write(next)
	if synced := file.Sync(); err == nil {
		err = synced
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		_ = os.Remove(path + ".new")
		return failed
	}
	return nil
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
