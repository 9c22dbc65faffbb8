// SPDX-License-Identifier: Apache-2.0

// Package modeltest holds what the tests of this module share: golden files,
// the record of a package's exported declarations, non-empty case lists and
// canaries. It is for tests only; nothing else imports it.
//
// A golden file is what a test compares its output with, byte for byte, under
// the package's testdata folder. By default a test compares; with -update it
// writes the file instead, and the change is read with git diff:
//
//	go test ./... -update
//	git diff
//
// The flag -update is registered here and nowhere else, and only in tests of this
// module: a package of yours may have a flag of that name. A test binary that does
// not link this package refuses it ("flag provided but not defined"), so every
// test package imports modeltest, blank where it calls nothing:
//
//	import _ "github.com/sharedpractice/sharedpractice/model/modeltest"
//
// A failing comparison names the file, the line and the column, never the text,
// since a test may be run over real contributions. Run it with -artifacts to
// keep what came out.
//
// What this does not protect against: a golden file that was updated without
// being read.
//
// Stable: the names of the functions and the flag. Not stable: the wording of
// failures and the layout of api.txt.
package modeltest
