// SPDX-License-Identifier: Apache-2.0

//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package edition

import (
	"errors"
	"os"
	"syscall"
)

// closeFirst says that an open file cannot be renamed.
const closeFirst = false

func staleHint(string) string { return "" }

var errLocked = errors.New("locked")

// lockNew opens a file that this process alone writes, until it is closed or the
// process ends. One that a stopped process left is taken over.
func lockNew(path string) (*os.File, error) {
	for range 100 {
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600) //nolint:gosec // the caller names the ledger
		if err != nil {
			return nil, err
		}
		if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			_ = file.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				return nil, errLocked
			}
			return nil, err
		}
		// Whoever held it before may have moved or removed it.
		is, err := file.Stat()
		named, there := os.Stat(path)
		if err == nil && there == nil && os.SameFile(is, named) {
			return file, nil
		}
		_ = file.Close()
	}
	return nil, errLocked
}
