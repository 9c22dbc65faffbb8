// SPDX-License-Identifier: Apache-2.0

package modeltest

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
)

// update is the one flag of this module's tests. Flags are read after package
// variables are set, so it can only live in one.
var update = updateFlag() //nolint:gochecknoglobals // the flag package works this way

// updateFlag defines -update in the tests of this module only: those of others may
// have a flag of that name, and would panic where it were defined twice.
func updateFlag() *bool {
	if b, ok := debug.ReadBuildInfo(); ok && b.Main.Path != "" && !strings.HasPrefix(b.Main.Path, module) {
		return new(bool)
	}
	return flag.Bool("update", false, "write golden files instead of comparing with them")
}

const module = "github.com/sharedpractice/sharedpractice"

// updating tells whether the test binary runs with -update. Safe for concurrent
// use once flags are parsed.
func updating() bool { return *update }

// Golden compares got with the file testdata/name of the package under test and
// fails tb where they differ, naming the place but not the text. With -update it
// writes the file, making its folders, and does not compare. A missing file is a
// failure. The name is slash-separated and stays below testdata. Safe for
// concurrent use with distinct names.
func Golden(tb testing.TB, name string, got []byte) {
	tb.Helper()
	if !fs.ValidPath(name) || name == "." {
		tb.Fatalf("modeltest: golden name %q is not a clean relative path", name)
		return
	}
	file := filepath.Join("testdata", filepath.FromSlash(name))
	if updating() {
		// Another package's test may be reading the file: the same bytes are not written again.
		if had, err := os.ReadFile(file); err == nil && bytes.Equal(had, got) { //nolint:gosec // a path below testdata, checked above
			return
		}
		if err := write(file, got); err != nil {
			tb.Fatalf("modeltest: %v", err)
		}
		return
	}
	want, err := os.ReadFile(file) //nolint:gosec // a path below testdata, checked above
	if errors.Is(err, fs.ErrNotExist) {
		tb.Fatalf("modeltest: %s does not exist; run the test with -update, then read the file", file)
		return
	}
	if err != nil {
		tb.Fatalf("modeltest: %v", err)
		return
	}
	if bytes.Equal(got, want) {
		return
	}
	kept := filepath.Join(tb.ArtifactDir(), path.Base(name))
	if err := write(kept, got); err != nil {
		tb.Errorf("modeltest: %v", err)
	}
	line, column := difference(got, want)
	tb.Fatalf("modeltest: %s differs first at line %d, byte %d of the line (%d bytes, golden %d); "+
		"see it with -update and git diff, or with -artifacts in %s",
		file, line, column, len(got), len(want), kept)
}

// difference returns where a and b first differ, both counted from 1.
func difference(a, b []byte) (line, column int) {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	before := a[:at]
	return bytes.Count(before, []byte("\n")) + 1, at - (bytes.LastIndexByte(before, '\n') + 1) + 1
}

func write(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // golden files are public
		return err
	}
	return os.WriteFile(file, data, 0o644) //nolint:gosec // golden files are public
}
