// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// staging collects all files in a folder beside their places, and moves them
// there only when every one of them is complete.
type staging struct {
	dir, tmp string
	made     bool // dir was not there before
	names    []string
}

func stage(dir string) (*staging, error) {
	s := &staging{dir: dir}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		s.made = true
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, errors.New("the output folder cannot be made")
	}
	tmp, err := os.MkdirTemp(dir, ".staging-")
	if err != nil {
		return nil, errors.New("the output folder cannot be written to")
	}
	s.tmp = tmp
	return s, nil
}

// discard removes what was not committed.
func (s *staging) discard() {
	_ = os.RemoveAll(s.tmp)
	if s.made {
		_ = os.Remove(s.dir) // only if it is empty
	}
}

// create adds a file. Files under private/ are for the owner only.
func (s *staging) create(name string) (*os.File, error) {
	mode, dirMode := fs.FileMode(0o644), fs.FileMode(0o755)
	if strings.HasPrefix(name, "private/") {
		mode, dirMode = 0o600, 0o700
	}
	path := filepath.Join(s.tmp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), dirMode); err != nil {
		return nil, fmt.Errorf("%s cannot be written", name)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written", name)
	}
	s.names = append(s.names, name)
	return f, nil
}

// file writes one file.
func (s *staging) file(name string, write func(*os.File) error) error {
	f, err := s.create(name)
	if err != nil {
		return err
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// commit moves everything into place. Folders of guides and private lists are
// replaced whole, so that nothing of an earlier run stays in them.
func (s *staging) commit() error {
	for _, dir := range []string{"guides", "documents", "private/sign-off"} {
		if err := os.RemoveAll(filepath.Join(s.dir, dir)); err != nil {
			return fmt.Errorf("%s cannot be replaced", dir)
		}
	}
	for _, name := range s.names {
		to := filepath.Join(s.dir, filepath.FromSlash(name))
		mode := fs.FileMode(0o755)
		if strings.HasPrefix(name, "private/") {
			mode = 0o700
		}
		if err := os.MkdirAll(filepath.Dir(to), mode); err != nil {
			return fmt.Errorf("%s cannot be placed", name)
		}
		if err := os.Rename(filepath.Join(s.tmp, filepath.FromSlash(name)), to); err != nil {
			return fmt.Errorf("%s cannot be placed", name)
		}
	}
	s.made = false
	return nil
}

// key reads the secret key, or makes one on the first run.
func (s *staging) key(name string) ([]byte, error) {
	own := name == ""
	if own {
		name = filepath.Join(s.dir, "private", "key")
	}
	body, err := os.ReadFile(name)
	if own && errors.Is(err, fs.ErrNotExist) {
		key := make([]byte, 32)
		rand.Read(key)
		return key, s.file("private/key", func(f *os.File) error {
			_, err := f.WriteString(hex.EncodeToString(key) + "\n")
			return err
		})
	}
	if err != nil {
		return nil, errors.New("the key file cannot be read")
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(body)))
	if err != nil || len(key) < 16 {
		return nil, errors.New("the key file must hold at least 16 bytes as hexadecimal digits")
	}
	return key, nil
}
