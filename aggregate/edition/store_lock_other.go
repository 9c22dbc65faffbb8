// SPDX-License-Identifier: Apache-2.0

//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package edition

import (
	"errors"
	"io/fs"
	"os"
)

// closeFirst says that an open file cannot be renamed.
const closeFirst = true

func staleHint(name string) string {
	return ", or stopped while it did: then remove " + name + ".new"
}

var errLocked = errors.New("locked")

// lockNew makes a file that must not be there yet.
func lockNew(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the caller names the ledger
	if errors.Is(err, fs.ErrExist) {
		return nil, errLocked
	}
	return file, err
}
