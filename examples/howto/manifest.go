// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sharedpractice/sharedpractice/guidance"
)

const manifestName = "private/manifest.json"

// A manifest says what a run has written, so that the next one replaces nothing
// else: a file that is not in it is somebody's own, and one whose hash is another
// has been worked on.
type manifest struct {
	Schema string            `json:"schema"`
	Files  map[string]string `json:"files"` // SHA-256 by name
	// Answers are the words that the guides held when they were written, by guide
	// and slot: what to compare with.
	Answers map[string]map[string]guidance.Answer `json:"answers,omitempty"`
	// Examples are the references of what the run read, sorted.
	Examples []string `json:"examples,omitempty"`
}

const manifestSchema = "sharedpractice-howto-manifest/1"

// readManifest reads what the last run in the folder wrote; an empty manifest
// where there was none.
func readManifest(dir string) (manifest, error) {
	m := manifest{Schema: manifestSchema, Files: map[string]string{}, Answers: map[string]map[string]guidance.Answer{}}
	body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(manifestName)))
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil || json.Unmarshal(body, &m) != nil || m.Schema != manifestSchema {
		return m, fmt.Errorf("%s cannot be read: choose another -out folder, or put it back", manifestName)
	}
	for name := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return m, fmt.Errorf("%s names a file outside the folder", manifestName)
		}
	}
	return m, nil
}

func hashFile(name string) (string, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}

// foreign lists files in the way of this run that no earlier run wrote.
func (s *staging) foreign() []string {
	var out []string
	for _, name := range s.names {
		if _, ours := s.before.Files[name]; ours || name == manifestName {
			continue
		}
		if _, err := os.Lstat(filepath.Join(s.dir, filepath.FromSlash(name))); err == nil {
			out = append(out, name)
		}
	}
	return out
}

// edited lists the files of the last run that somebody has worked on since.
func (m manifest) edited(dir string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(m.Files)), func(name string) bool { return !m.touched(dir, name) })
}

// touched reports whether somebody has worked on a file of the last run since.
func (m manifest) touched(dir, name string) bool {
	was, ours := m.Files[name]
	hash, err := hashFile(filepath.Join(dir, filepath.FromSlash(name)))
	return ours && err == nil && hash != was
}

// writeManifest adds the manifest of this run to what is to be put in place.
func (s *staging) writeManifest() error {
	m := manifest{Schema: manifestSchema, Files: map[string]string{}, Answers: s.answers, Examples: s.examples}
	for _, name := range s.names {
		if name == "private/key" || strings.HasPrefix(name, "private/kept/") {
			continue
		}
		hash, err := hashFile(filepath.Join(s.tmp, filepath.FromSlash(name)))
		if err != nil {
			return fmt.Errorf("%s cannot be read", name)
		}
		m.Files[name] = hash
	}
	return s.file(manifestName, func(f *os.File) error {
		e := json.NewEncoder(f)
		e.SetIndent("", " ")
		return e.Encode(m)
	})
}

// keep puts a copy of a file that somebody has worked on under private/kept, by
// its content, so that none is ever lost.
func (s *staging) keep(name string) (string, error) {
	body, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		return "", fmt.Errorf("%s cannot be read", name)
	}
	sum := sha256.Sum256(body)
	to := "private/kept/" + hex.EncodeToString(sum[:6]) + "-" + filepath.Base(filepath.FromSlash(name))
	if slices.Contains(s.names, to) {
		return to, nil
	}
	return to, s.file(to, func(f *os.File) error {
		_, err := f.Write(body)
		return err
	})
}
