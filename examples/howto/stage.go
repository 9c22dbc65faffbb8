// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

// staging collects all files in a folder beside their places, and moves them
// there only when every one of them is complete.
type staging struct {
	dir, tmp string
	made     bool // dir was not there before
	names    []string
	before   manifest                              // of the last run in dir
	answers  map[string]map[string]guidance.Answer // people's words, by guide and slot
	examples []string                              // references of this run's, sorted
	checked  []string                              // what -check wrote in dir, by path
}

func stage(dir string) (*staging, error) {
	before, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	s := &staging{dir: dir, before: before}
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

// ready adds the manifest and makes sure that nothing stands in the way that no
// earlier run wrote. After it, commit may follow.
func (s *staging) ready() error {
	if foreign := s.foreign(); len(foreign) > 0 {
		more := ""
		if len(foreign) > 3 {
			more = fmt.Sprintf(" and %d more", len(foreign)-3)
			foreign = foreign[:3]
		}
		return fmt.Errorf("%s%s in the output folder: not written by this program, and it would be replaced; nothing was written, choose another -out folder", strings.Join(foreign, ", "), more)
	}
	return s.writeManifest()
}

// place moves one file to where it belongs. The key is there already where an edition was entered.
func (s *staging) place(name string) error {
	if _, err := os.Stat(filepath.Join(s.dir, "private", "key")); name == "private/key" && err == nil {
		return nil
	}
	to := filepath.Join(s.dir, filepath.FromSlash(name))
	mode := fs.FileMode(0o755)
	if strings.HasPrefix(name, "private/") {
		mode = 0o700
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(to), mode), os.Rename(filepath.Join(s.tmp, filepath.FromSlash(name)), to)); err != nil {
		return fmt.Errorf("%s cannot be placed", name)
	}
	return nil
}

// commit moves everything into place. Of the files of the last run, those that
// this one does not write are taken away, except for what somebody has worked on,
// which was kept; what no run wrote stays as it is.
func (s *staging) commit() error {
	written, keeps := make(map[string]bool, len(s.names)), false
	for _, name := range s.names {
		written[name] = true
		keeps = keeps || strings.HasPrefix(name, "private/kept/")
	}
	for name, hash := range s.before.Files {
		if written[name] {
			continue
		}
		path := filepath.Join(s.dir, filepath.FromSlash(name))
		if now, err := hashFile(path); err != nil || now != hash && !keeps {
			continue
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("%s cannot be replaced", name)
		}
	}
	for _, name := range s.names {
		if err := s.place(name); err != nil {
			return err
		}
	}
	for _, path := range s.checked {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("%s holds contributors' answers, and cannot be taken away: delete it before the folder is given out", filepath.Base(path))
		}
	}
	s.made = false
	return nil
}
